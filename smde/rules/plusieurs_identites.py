"""Plusieurs identités.

Un dossier est celui d'une seule collectivité : son nom, ses couleurs et ses mots pour les niveaux sont partout les
mêmes.

Refusé

```yaml
data/identite.yml: |
  - {id: identite-ville, titre: Ville, strategie: Stratégie économique de la ville, diffusion: public}
  - {id: identite-metropole, titre: Métropole, strategie: Stratégie économique de la métropole, diffusion: public}
```

Accepté

```yaml
data/identite.yml: |
  id: identite-metropole
  titre: Métropole
  strategie: Stratégie économique de la métropole
  diffusion: public
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.identite import Identite
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every identity after the first one."""
    identites = dossier.tous(Identite)
    for identite in identites[1:]:
        yield Faute(
            identite.id,
            (),
            f"Le dossier a déjà une identité, « {identites[0].titre} » (`{identites[0].id}`).",
            "Gardez une seule identité dans `data/identite.yml`.",
        )
