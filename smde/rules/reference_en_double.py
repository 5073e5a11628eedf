"""Référence en double.

La même liste cite deux fois le même élément : l'une des deux est de trop, ou devait citer autre chose.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire, vacance-tertiaire]
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every id cited again in the same list of references; parts of a list each stand for themselves."""
    vus: set[str] = set()
    for element, chemin, cible in dossier.liens:
        rang = chemin[-1]
        if isinstance(rang, str):
            continue
        if rang == 0:
            vus = set()
        elif cible in vus:
            yield Faute(
                element.id,
                chemin,
                f"« {element.titre} » cite deux fois `{cible}` dans `{chemin[-2]}`.",
                "Gardez-le une seule fois.",
            )
        vus.add(cible)
