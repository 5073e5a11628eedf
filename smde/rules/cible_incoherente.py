"""Cible incohérente.

La cible va contre le sens souhaité de l'indicateur : elle vise moins que ce que l'on a déjà alors qu'il faut monter,
ou plus alors qu'il faut baisser. L'un des trois est faux : la valeur, le sens ou la cible.

Refusé

```yaml
strategy/objectifs.yml: |
  - id: emploi-partout
    titre: Créer des emplois dans toutes les communes
    diffusion: public
    enjeux: [sobriete]
    cibles:
      - {indicateur: emplois, valeur: 150000, echeance: 2030}
```

Accepté

```yaml
strategy/objectifs.yml: |
  - id: emploi-partout
    titre: Créer des emplois dans toutes les communes
    diffusion: public
    enjeux: [sobriete]
    cibles:
      - {indicateur: emplois, valeur: 180000, echeance: 2030}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import mesure, periode
from smde.model.mesures import Indicateur, Sens
from smde.model.strategie import Objectif
from smde.periodes import bornes
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every target on the wrong side of the last value known before its deadline."""
    for objectif in dossier.vivants(Objectif):
        for rang, cible in enumerate(objectif.cibles):
            indicateur = dossier.elements.get(cible.indicateur)
            if not isinstance(indicateur, Indicateur) or indicateur.sens is Sens.neutre:
                continue
            fin = bornes(cible.echeance)[1]
            connues = [
                (bornes(valeur.periode)[1], valeur.periode, valeur.valeur)
                for valeur in dossier.series.get(cible.indicateur, ())
                if valeur.valeur is not None
            ]
            if not connues:
                continue
            jour, dernier, valeur = max(connues)
            if jour >= fin:
                continue
            if cible.valeur < valeur if indicateur.sens is Sens.hausse else cible.valeur > valeur:
                yield Faute(
                    objectif.id,
                    ("cibles", rang, "valeur"),
                    f"« {objectif.titre} » vise {mesure(cible.valeur, indicateur.unite)} pour « {indicateur.titre} », "
                    f"qui vaut déjà {mesure(valeur, indicateur.unite)} ({periode(dernier)}) et doit aller à la "
                    f"{indicateur.sens}.",
                    "Corrigez la valeur visée, ou le `sens` de l'indicateur.",
                )
