"""Chiffres contradictoires.

Deux constats donnent des valeurs différentes pour la même mesure, la même période et le même périmètre. Un lecteur de
la Région le verra avant vous. Si les deux valeurs sont justes (deux méthodes, deux champs), dites-le dans `note` ou
donnez un `libelle` différent à chacune.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: locaux-vides
    titre: Un local de bureaux sur dix est vide
    diffusion: public
    theme: foncier
    nature: faiblesse
    preuves:
      - {par: chiffre, libelle: Taux de vacance des bureaux, valeur: 10, unite: "%", millesime: 2022, territoire: pays,
         source: agence-2023}
  - id: bureaux-recherches
    titre: Les bureaux du centre trouvent preneur
    diffusion: public
    theme: foncier
    nature: atout
    preuves:
      - {par: chiffre, libelle: Taux de vacance des bureaux, valeur: 6.5, unite: "%", millesime: 2022, territoire: pays,
         source: insee-2020}
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: locaux-vides
    titre: Un local de bureaux sur dix est vide
    diffusion: public
    theme: foncier
    nature: faiblesse
    preuves:
      - {par: chiffre, libelle: Taux de vacance des bureaux, valeur: 10, unite: "%", millesime: 2022, territoire: pays,
         source: agence-2023}
  - id: bureaux-recherches
    titre: Les bureaux du centre trouvent preneur
    diffusion: public
    theme: foncier
    nature: atout
    preuves:
      - {par: chiffre, libelle: Taux de vacance des bureaux, valeur: 6.5, unite: "%", millesime: 2022, territoire: pays,
         source: insee-2020, note: Bureaux de plus de 500 m² seulement}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import nombre, periode
from smde.model.strategie import Constat, PreuveChiffre
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every number that contradicts an earlier one, unless a note on either explains it."""
    premiers: dict[tuple[str, str, str, str], tuple[Constat, PreuveChiffre]] = {}
    for constat in dossier.tous(Constat):
        for rang, preuve in enumerate(constat.preuves):
            if not isinstance(preuve, PreuveChiffre) or preuve.note or not (preuve.millesime and preuve.territoire):
                continue
            cle = (preuve.libelle.casefold(), preuve.unite, preuve.millesime, preuve.territoire)
            autre, premier = premiers.setdefault(cle, (constat, preuve))
            if premier.valeur != preuve.valeur:
                yield Faute(
                    constat.id,
                    ("preuves", rang, "valeur"),
                    f"« {preuve.libelle} » ({periode(preuve.millesime)}) vaut {nombre(preuve.valeur)} ici et "
                    f"{nombre(premier.valeur)} dans `{autre.id}`, pour le même périmètre.",
                    "Corrigez l'une des deux valeurs, ou expliquez l'écart dans `note`.",
                )
