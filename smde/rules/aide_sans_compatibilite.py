"""Aide sans compatibilité.

Les actes d'une métropole en matière d'aides aux entreprises doivent être compatibles avec le schéma régional (CGCT,
article L4251-17). La fiche d'une telle aide dit avec quel schéma elle l'est, et en quoi.

Refusé

```yaml
schema/actions/prets.yml: |
  id: A-05
  titre: Prêter aux entreprises qui s'installent dans une friche
  diffusion: public
  priorite: requalifier
  aide_entreprise: true
  convention_region: convention-region
```

Accepté

```yaml
schema/actions/prets.yml: |
  id: A-05
  titre: Prêter aux entreprises qui s'installent dans une friche
  diffusion: public
  priorite: requalifier
  aide_entreprise: true
  convention_region: convention-region
  articulations:
    - {cadre: srdeii, nature: compatible, commentaire: Sert le réemploi des friches}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre, NatureLien, TypeCadre
from smde.model.schema import Action
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every aid to firms that is not said compatible with a regional scheme."""
    schemas = {
        cadre.id
        for cadre in dossier.tous(Cadre)
        if cadre.type is TypeCadre.srdeii or illisible(dossier, cadre.id, "type")
    }
    for action in dossier.vivants(Action):
        if action.aide_entreprise and not any(
            lien.nature is NatureLien.compatible and lien.cadre in schemas for lien in action.articulations
        ):
            yield Faute(
                action.id,
                ("articulations",),
                f"L'action « {action.titre} » aide des entreprises sans dire sa compatibilité avec le schéma régional "
                "(CGCT L4251-17).",
                "Ajoutez dans `articulations` une ligne `{cadre: …, nature: compatible, commentaire: …}`.",
            )
