"""Décision sans objet.

Une décision dit ce qu'elle décide : les éléments qu'elle valide, ou un texte. Sinon on sait qu'une instance a voté,
mais pas sur quoi.

Refusé

```yaml
data/demarche/decisions.yml: |
  - id: decision-juin
    titre: Décision du 20 juin
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
```

Accepté

```yaml
data/demarche/decisions.yml: |
  - id: decision-juin
    titre: Décision du 20 juin
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    texte: Le groupe de pilotage confie le diagnostic à l'agence d'urbanisme.
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Decision
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every decision that neither validates nor says anything."""
    for decision in dossier.tous(Decision):
        if not (decision.valide or decision.texte or illisible(dossier, decision.id, "valide", "texte")):
            yield Faute(
                decision.id,
                (),
                f"La décision « {decision.titre} » ne dit pas sur quoi elle porte.",
                "Ajoutez un `texte`, ou les éléments validés dans `valide`.",
            )
