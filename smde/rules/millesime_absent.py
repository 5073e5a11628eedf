"""Millésime absent.

La preuve renvoie à une valeur d'une série, mais la série n'a pas de valeur pour cette période : le lecteur ne
trouverait rien.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: emploi-repart
    titre: L'emploi repart à la hausse
    diffusion: public
    theme: emploi
    nature: tendance
    preuves:
      - {par: indicateur, indicateur: emplois, millesime: 2016}
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: emploi-repart
    titre: L'emploi repart à la hausse
    diffusion: public
    theme: emploi
    nature: tendance
    preuves:
      - {par: indicateur, indicateur: emplois, millesime: 2020}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import enumeration, periode
from smde.model.strategie import Constat, PreuveIndicateur
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every evidence read in a series that has no such value; a series that cannot be read says so itself."""
    connus: dict[str, list[str]] = {}
    for constat in dossier.tous(Constat):
        for rang, preuve in enumerate(constat.preuves):
            if not isinstance(preuve, PreuveIndicateur) or illisible(dossier, preuve.indicateur, "serie"):
                continue
            if (serie := dossier.series.get(preuve.indicateur)) is None:
                continue
            if preuve.indicateur not in connus:
                connus[preuve.indicateur] = [valeur.periode for valeur in serie if valeur.valeur is not None]
            if preuve.millesime in connus[preuve.indicateur]:
                continue
            derniers, titre = connus[preuve.indicateur][-4:], dossier.elements[preuve.indicateur].titre
            yield Faute(
                constat.id,
                ("preuves", rang, "millesime"),
                f"La série « {titre} » n'a pas de valeur pour {periode(preuve.millesime)}.",
                f"Dernières périodes de la série : {enumeration(derniers)}." if derniers else "La série est vide.",
            )
