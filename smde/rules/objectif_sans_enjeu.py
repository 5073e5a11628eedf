"""Objectif sans enjeu.

Un objectif répond à ce que le territoire peut gagner ou perdre. S'il ne répond à aucun enjeu, le lecteur ne sait pas
pourquoi il est là, et le diagnostic ne sert à rien.

Refusé

```yaml
strategy/objectifs.yml: |
  - id: doubler-les-bureaux
    titre: Doubler la surface de bureaux
    diffusion: public
```

Accepté

```yaml
strategy/objectifs.yml: |
  - id: louer-avant-de-construire
    titre: Louer les bureaux vides avant d'en construire
    diffusion: public
    enjeux: [sobriete]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Objectif
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every objectif that answers no enjeu."""
    for objectif in dossier.vivants(Objectif):
        if not objectif.enjeux:
            yield Faute(
                objectif.id,
                ("enjeux",),
                f"L'objectif « {objectif.titre} » ne répond à aucun enjeu.",
                "Ajoutez `enjeux: [identifiant-de-l-enjeu]`.",
            )
