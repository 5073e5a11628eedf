"""Moyen sans emploi.

Un moyen se justifie par ce qu'il permet de faire. S'il ne sert ni action ni priorité, personne ne saura dire à quoi
il est consacré.

Refusé

```yaml
schema/moyens.yml: |
  - id: portage-foncier
    titre: Portage de terrains par l'établissement foncier
    diffusion: public
    nature: foncier
```

Accepté

```yaml
schema/moyens.yml: |
  - id: portage-foncier
    titre: Portage de terrains par l'établissement foncier
    diffusion: public
    nature: foncier
    priorites: [requalifier]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Moyen
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every moyen that serves neither action nor priorité."""
    for moyen in dossier.vivants(Moyen):
        if not (moyen.actions or moyen.priorites or illisible(dossier, moyen.id, "priorites")):
            yield Faute(
                moyen.id,
                ("actions",),
                f"Le moyen « {moyen.titre} » ne sert ni action ni priorité.",
                "Ajoutez `actions: [identifiant-de-l-action]` ou `priorites: [identifiant-de-la-priorite]`.",
            )
