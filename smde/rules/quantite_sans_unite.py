"""Quantité sans unité.

« 3 » ne dit rien : trois agents, trois hectares ou trois millions d'euros ?

Refusé

```yaml
schema/moyens.yml: |
  - id: equipe-foncier
    titre: Équipe de développeurs fonciers
    diffusion: public
    nature: humain
    quantite: 3
    actions: [A-01]
```

Accepté

```yaml
schema/moyens.yml: |
  - id: equipe-foncier
    titre: Équipe de développeurs fonciers
    diffusion: public
    nature: humain
    quantite: 3
    unite: agents
    actions: [A-01]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import nombre
from smde.model.schema import Moyen
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every quantity without a unit."""
    for moyen in dossier.tous(Moyen):
        if moyen.quantite is not None and not moyen.unite and not illisible(dossier, moyen.id, "unite"):
            yield Faute(
                moyen.id,
                ("quantite",),
                f"La quantité de « {moyen.titre} » ({nombre(moyen.quantite)}) n'a pas d'unité.",
                "Ajoutez `unite`, par exemple « agents », « hectares » ou « euros par an ».",
            )
