"""Lien en boucle.

Un élément finit par se remplacer lui-même, ou un territoire par se contenir : en suivant les liens, on revient au
point de départ, et rien ne dit lequel est le dernier.

Refusé

```yaml
data/cadres.yml: |
  - {id: contrat-2015, titre: Contrat 2015-2020, type: contrat, remplace_par: contrat-2021, diffusion: public}
  - {id: contrat-2021, titre: Contrat 2021-2027, type: contrat, remplace_par: contrat-2015, diffusion: public}
```

Accepté

```yaml
data/cadres.yml: |
  - {id: contrat-2015, titre: Contrat 2015-2020, type: contrat, remplace_par: contrat-2021, diffusion: public}
  - {id: contrat-2021, titre: Contrat 2021-2027, type: contrat, diffusion: public}
```
"""

from collections.abc import Iterator, Mapping, Sequence

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre
from smde.model.mesures import Territoire
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every loop of replacements or of territories, once, at the element where it closes."""
    remplace = {element.id: element.remplace for element in dossier.elements.values() if element.remplace}
    suites = {cadre.id: [cadre.remplace_par] for cadre in dossier.tous(Cadre) if cadre.remplace_par}
    compose = {territoire.id: territoire.composition for territoire in dossier.tous(Territoire)}
    for champ, liens in (("remplace", remplace), ("remplace_par", suites), ("composition", compose)):
        for ident, boucle in _boucles(liens):
            chemin = [f"`{passage}`" for passage in (*boucle[:4], *(["…"] if len(boucle) > 4 else []), boucle[0])]
            yield Faute(
                ident,
                (champ,),
                f"« {dossier.elements[ident].titre} » revient à lui-même par `{champ}` : {' → '.join(chemin)}.",
                "Retirez l'un de ces liens.",
            )


def _boucles(liens: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """For each link that closes a loop, the element that holds it and the first of the loop; each is visited once."""
    finis: set[str] = set()
    for depart in liens:
        if depart in finis:
            continue
        pile = [(depart, iter(liens[depart]))]
        rang = {depart: 0}
        while pile:
            ici, suite = pile[-1]
            suivant = next(suite, None)
            if suivant is None:
                pile.pop()
                del rang[ici]
                finis.add(ici)
            elif suivant in rang:
                yield ici, [ident for ident, _ in pile[rang[suivant] : rang[suivant] + 5]]
            elif suivant in liens and suivant not in finis:
                rang[suivant] = len(pile)
                pile.append((suivant, iter(liens[suivant])))
