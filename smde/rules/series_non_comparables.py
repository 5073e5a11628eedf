"""Séries non comparables.

Un indicateur demande à être dessiné avec un autre (`compare_a`), mais leurs nombres ne se comparent pas : l'unité, la
définition, la fréquence ou le genre de période diffèrent, la mesure change en cours de route, ou le périmètre et la
source changent à la fois. Le lecteur prendrait pour un écart ce qui vient de la façon de compter. Ne rapprochez que la
même mesure, de la même source, sur deux périmètres ; ou la même mesure, sur le même périmètre, de deux sources. Tant
que ce n'est pas fait, l'indicateur est dessiné seul.

Refusé

```yaml
data/indicateurs/vacance.yml: |
  - {id: bureaux-vides, titre: Bureaux vides du Pays, diffusion: public, unite: "%", territoire: pays,
     definition: Part des bureaux inoccupés., source: agence-2023, serie: pays.csv, compare_a: [bureaux-vides-2012]}
  - {id: bureaux-vides-2012, titre: Bureaux vides du Pays de 2012, diffusion: public, unite: "%", territoire: pays-2012,
     definition: Part des bureaux inoccupés depuis trois mois., source: agence-2023, serie: ancien.csv}
data/indicateurs/pays.csv: |
  periode,valeur,note
  2021,9.5,
  2022,10,
data/indicateurs/ancien.csv: |
  periode,valeur,note
  2021,8.5,
  2022,8.9,
```

Accepté

```yaml
data/indicateurs/vacance.yml: |
  - {id: bureaux-vides, titre: Bureaux vides du Pays, diffusion: public, unite: "%", territoire: pays,
     definition: Part des bureaux inoccupés., source: agence-2023, serie: pays.csv, compare_a: [bureaux-vides-2012]}
  - {id: bureaux-vides-2012, titre: Bureaux vides du Pays de 2012, diffusion: public, unite: "%", territoire: pays-2012,
     definition: Part des bureaux inoccupés., source: agence-2023, serie: ancien.csv}
data/indicateurs/pays.csv: |
  periode,valeur,note
  2021,9.5,
  2022,10,
data/indicateurs/ancien.csv: |
  periode,valeur,note
  2021,8.5,
  2022,8.9,
```
"""

from collections.abc import Iterator

from smde.comparables import AUTRES, Serie, ecart
from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.mesures import Indicateur
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every indicator that does not compare with the one that asks for it, or with one asked for before it."""
    for indicateur in dossier.tous(Indicateur):
        before = _series(dossier, indicateur.id)
        for rang, ident in enumerate(indicateur.compare_a):
            if rang == AUTRES:
                yield Faute(
                    indicateur.id,
                    ("compare_a", rang),
                    f"« {indicateur.titre} » est comparé à plus de {AUTRES} indicateurs : les lignes se confondraient.",
                    f"Gardez-en {AUTRES} au plus.",
                )
                break
            for autre in _series(dossier, ident):
                found = next(filter(None, (ecart(une, autre) for une in before)), None)
                if found is not None:
                    yield Faute(indicateur.id, ("compare_a", rang), found.message, found.aide)
                before.append(autre)


def _series(dossier: Dossier, ident: str) -> list[Serie]:
    """The series of an indicator; nothing when it or its values could not be read, which is told elsewhere."""
    found, valeurs = dossier.elements.get(ident), dossier.series.get(ident)
    if not isinstance(found, Indicateur) or valeurs is None:
        return []
    names = [dossier.elements.get(cible) for cible in (found.territoire, found.source)]
    territoire, source = (one.titre if one else "" for one in names)
    return [Serie(found, valeurs, territoire, source)]
