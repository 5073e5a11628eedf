"""Utilité sans réponse.

La démarche annonce à quoi elle sert. Aucun élément du dossier ne le montre : la promesse reste à tenir.

Refusé

```yaml
data/demarche/utilites.yml: |
  - {id: utilite-cap, titre: Donner un cap aux acteurs, echelle: locale, diffusion: public}
```

Accepté

```yaml
data/demarche/utilites.yml: |
  - {id: utilite-cap, titre: Donner un cap aux acteurs, echelle: locale, diffusion: public, reponses: [reemployer]}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Utilite
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every purpose that nothing serves."""
    for utilite in dossier.vivants(Utilite):
        if not utilite.reponses:
            yield Faute(
                utilite.id,
                ("reponses",),
                f"Aucun élément du dossier ne sert l'utilité « {utilite.titre} ».",
                "Ajoutez `reponses: [identifiant]`.",
            )
