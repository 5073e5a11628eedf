"""Terme sans définition.

Une entrée du glossaire sans texte n'explique rien : le lecteur qui suit le lien trouve une page vide.

Refusé

```yaml
data/glossaire.yml: |
  - {id: terme-friche, titre: Friche, diffusion: public}
```

Accepté

```yaml
data/glossaire.yml: |
  - {id: terme-friche, titre: Friche, texte: Terrain bâti laissé sans usage depuis plus de deux ans., diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.mesures import Terme
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every term without a text."""
    for terme in dossier.tous(Terme):
        if not terme.texte:
            yield Faute(
                terme.id,
                ("texte",),
                f"Le terme « {terme.titre} » n'a pas de définition.",
                "Ajoutez `texte`, en une ou deux phrases.",
            )
