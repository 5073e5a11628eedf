"""Délai des orientations impossible à calculer.

Le document sur les orientations applicables à une métropole imprime le dernier jour des six mois qui suivent l'adoption
du schéma régional (CGCT, article L4251-15). Il lui faut, parmi ses cadres, un schéma régional en vigueur (type
`srdeii`) dont l'adoption est datée au jour.

Refusé

```yaml
data/cadres.yml: |
  - {id: srdeii-2023, titre: Schéma régional de 2023, type: srdeii, date: 2023-04, diffusion: public}
data/livrables/orientations.yml: |
  id: orientations
  titre: Orientations conjointes
  lecteur: Services de la Région
  modele: orientations
  forme: conjointe
  cadres: [srdeii-2023]
  diffusion: public
```

Accepté

```yaml
data/cadres.yml: |
  - {id: srdeii-2023, titre: Schéma régional de 2023, type: srdeii, date: 2023-04-07, diffusion: public}
data/livrables/orientations.yml: |
  id: orientations
  titre: Orientations conjointes
  lecteur: Services de la Région
  modele: orientations
  forme: conjointe
  cadres: [srdeii-2023]
  diffusion: public
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import periode
from smde.model.cadres import Cadre, TypeCadre
from smde.model.identite import Livrable
from smde.periodes import bornes
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"
MODELE = "orientations"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every document on the orientations without a regional scheme in force, adopted on a known day."""
    for livrable in dossier.tous(Livrable):
        if livrable.modele != MODELE or not all(_lu(dossier, ident) for ident in livrable.cadres):
            continue
        cited = [(rang, dossier.elements.get(ident)) for rang, ident in enumerate(livrable.cadres)]
        schemes = [
            (rang, cadre) for rang, cadre in cited if isinstance(cadre, Cadre) and cadre.type is TypeCadre.srdeii
        ]
        if not schemes:
            yield Faute(
                livrable.id,
                ("cadres",) if livrable.cadres else ("modele",),
                f"« {livrable.titre} » ne cite aucun schéma régional : le délai de six mois ne peut pas être calculé.",
                "Citez dans `cadres` le schéma régional en vigueur (type `srdeii`).",
            )
        for rang, cadre in schemes:
            if fault := _faute(cadre):
                yield Faute(livrable.id, ("cadres", rang), f"« {cadre.titre} » {fault[0]}.", fault[1])


def _lu(dossier: Dossier, ident: str) -> bool:
    return ident in dossier.elements and not illisible(dossier, ident, "type", "date")


def _faute(cadre: Cadre) -> tuple[str, str] | None:
    """What keeps the six months of a scheme from being known, and what to write."""
    if cadre.remplace_par:
        return "est remplacé : ses six mois ne comptent plus", f"Citez `{cadre.remplace_par}`."
    advice = f"Écrivez `date: AAAA-MM-JJ` dans `{cadre.id}`."
    if cadre.date is None:
        return "n'a pas de date d'adoption : le délai de six mois ne peut pas être calculé", advice
    if len(set(bornes(cadre.date))) > 1:
        return f"n'est pas daté au jour ({periode(cadre.date)}) : le délai de six mois se compte au jour près", advice
    return None
