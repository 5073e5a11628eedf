"""Action sans priorité.

Une action qui ne sert aucune priorité a peut-être son utilité, mais elle n'est pas dans la stratégie : on ne saurait
dire ni pourquoi elle est menée, ni pourquoi elle passe avant une autre.

Refusé

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
```

Accepté

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action that serves no priorité."""
    for action in dossier.vivants(Action):
        if action.priorite is None:
            yield Faute(
                action.id,
                ("priorite",),
                f"L'action « {action.titre} » ne sert aucune priorité.",
                "Ajoutez `priorite: identifiant-de-la-priorite`.",
            )
