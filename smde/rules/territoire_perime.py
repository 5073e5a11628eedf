"""Territoire périmé.

Les périmètres changent : le nombre de communes d'un Pays n'est pas le même avant et après une adhésion. Un chiffre se
lit sur le périmètre qui existait à sa date. S'il a été recalculé sur un autre, une `note` le dit.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: population-stable
    titre: La population du Pays est stable
    diffusion: public
    theme: population
    nature: tendance
    preuves:
      - {par: chiffre, libelle: Population, valeur: 421380, unite: habitants, millesime: 2018, territoire: pays-2012,
         source: insee-2020}
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: population-stable
    titre: La population du Pays est stable
    diffusion: public
    theme: population
    nature: tendance
    preuves:
      - {par: chiffre, libelle: Population, valeur: 421380, unite: habitants, millesime: 2018, territoire: pays,
         source: insee-2020}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import jour as ecrit
from smde.ecriture import periode
from smde.model.mesures import Territoire
from smde.model.strategie import Constat, PreuveChiffre
from smde.periodes import bornes, jour
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every number whose whole vintage lies outside the dates of its perimeter."""
    for constat in dossier.tous(Constat):
        for rang, preuve in enumerate(constat.preuves):
            if not isinstance(preuve, PreuveChiffre) or preuve.note or not (preuve.millesime and preuve.territoire):
                continue
            territoire = dossier.elements.get(preuve.territoire)
            if not isinstance(territoire, Territoire):
                continue
            debut, fin = bornes(preuve.millesime)
            if territoire.valide_du and fin < jour(territoire.valide_du):
                quand = f"n'existe que depuis le {ecrit(territoire.valide_du)}"
            elif territoire.valide_au and debut > jour(territoire.valide_au):
                quand = f"n'existe plus après le {ecrit(territoire.valide_au)}"
            else:
                continue
            yield Faute(
                constat.id,
                ("preuves", rang, "territoire"),
                f"« {preuve.libelle} » ({periode(preuve.millesime)}) est rapporté au périmètre « {territoire.titre} », "
                f"qui {quand}.",
                "Citez le périmètre de l'époque, ou dites dans `note` que le nombre a été recalculé.",
            )
