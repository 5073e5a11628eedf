"""Attendu sans réponse.

Des personnes interrogées ont dit ce qu'elles attendent de la démarche. Rien dans le dossier n'y répond encore, ou la
réponse n'est pas citée : elles ne verront pas qu'on les a entendues.

Refusé

```yaml
data/demarche/attendus.yml: |
  - {id: attendu-lisibilite, titre: Savoir qui fait quoi, diffusion: public}
```

Accepté

```yaml
data/demarche/attendus.yml: |
  - {id: attendu-lisibilite, titre: Savoir qui fait quoi, diffusion: public, reponses: [requalifier]}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Attendu
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every expectation that nothing answers."""
    for attendu in dossier.vivants(Attendu):
        if not attendu.reponses:
            yield Faute(
                attendu.id,
                ("reponses",),
                f"Aucun élément du dossier ne répond à l'attendu « {attendu.titre} ».",
                "Ajoutez `reponses: [identifiant]`, ou dites dans `texte` pourquoi il reste sans réponse.",
            )
