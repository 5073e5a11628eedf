"""Périmètres mélangés.

Un constat rapproche deux nombres de même libellé qui diffèrent à la fois par la date et par le périmètre. Le lecteur
y verra une évolution ou un écart, alors qu'une partie vient du changement de frontière. Prenez le même périmètre, ou
la même date, ou dites dans `note` comment lire l'écart.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: population-en-hausse
    titre: La population du Pays progresse
    diffusion: public
    theme: population
    nature: tendance
    preuves:
      - {par: chiffre, libelle: Population, valeur: 410000, unite: habitants, millesime: 2014, territoire: pays-2012,
         source: agence-2023}
      - {par: chiffre, libelle: Population, valeur: 431674, unite: habitants, millesime: 2023, territoire: pays,
         source: insee-2020}
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: population-en-hausse
    titre: La population du Pays progresse
    diffusion: public
    theme: population
    nature: tendance
    preuves:
      - {par: chiffre, libelle: Population, valeur: 421380, unite: habitants, millesime: 2018, territoire: pays,
         source: agence-2023}
      - {par: chiffre, libelle: Population, valeur: 431674, unite: habitants, millesime: 2023, territoire: pays,
         source: insee-2020}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Constat, PreuveChiffre
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every number of a constat compared with another of other perimeter and other vintage."""
    for constat in dossier.tous(Constat):
        if len(constat.preuves) < 2:
            continue
        premiers: dict[tuple[str, str], PreuveChiffre] = {}
        for rang, preuve in enumerate(constat.preuves):
            if not isinstance(preuve, PreuveChiffre) or preuve.note or not (preuve.millesime and preuve.territoire):
                continue
            premier = premiers.setdefault((preuve.libelle.casefold(), preuve.unite), preuve)
            if premier.millesime != preuve.millesime and premier.territoire != preuve.territoire:
                yield Faute(
                    constat.id,
                    ("preuves", rang),
                    f"« {constat.titre} » compare « {preuve.libelle} » sur deux périmètres et à deux dates "
                    f"(`{premier.territoire}` et `{preuve.territoire}`).",
                    "Prenez le même périmètre ou la même date, ou expliquez l'écart dans `note`.",
                )
