"""Carte mélangée.

Les tuiles de la carte portent des nombres qui ne se comparent pas : deux années de population, ou deux genres de
territoires. La carte ferait croire à un écart entre voisins qui n'existe pas. Donnez la même année (`millesime`) et le
même `type` à tous les territoires qui ont une `tuile` ; tant que ce n'est pas fait, la carte ne montre aucun nombre.

Refusé

```yaml
data/territoires.yml: |
  - {id: pays-des-abers, titre: Pays des Abers, diffusion: public, type: epci, population: 42247, millesime: 2023,
     source: insee-2020, tuile: {x: 1, y: 0}}
  - {id: pays-d-iroise, titre: Pays d'Iroise, diffusion: public, type: epci, population: 49200, millesime: 2018,
     source: insee-2020, tuile: {x: 0, y: 1}}
```

Accepté

```yaml
data/territoires.yml: |
  - {id: pays-des-abers, titre: Pays des Abers, diffusion: public, type: epci, population: 42247, millesime: 2023,
     source: insee-2020, tuile: {x: 1, y: 0}}
  - {id: pays-d-iroise, titre: Pays d'Iroise, diffusion: public, type: epci, population: 50440, millesime: 2023,
     source: insee-2020, tuile: {x: 0, y: 1}}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import periode
from smde.model.mesures import Territoire
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every tile whose number does not compare with that of the first one."""
    tiles = [t for t in dossier.tous(Territoire) if t.tuile is not None and t.population is not None]
    for territoire in tiles[1:]:
        first = tiles[0]
        if territoire.millesime != first.millesime:
            year = periode(territoire.millesime) if territoire.millesime else "sans année"
            other = periode(first.millesime) if first.millesime else "sans année"
            yield Faute(
                territoire.id,
                ("millesime",) if territoire.millesime else (),
                f"La carte mélange deux années : « {territoire.titre} » ({year}) et « {first.titre} » ({other}).",
                "Donnez la même année à tous les territoires qui ont une tuile, ou ôtez la tuile de celui-ci.",
            )
        elif territoire.type != first.type:
            yield Faute(
                territoire.id,
                ("type",),
                f"La carte mélange deux genres de territoires : « {territoire.titre} » et « {first.titre} ».",
                "Gardez sur la carte des territoires du même genre, ou ôtez la tuile de celui-ci.",
            )
