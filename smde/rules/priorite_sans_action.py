"""Priorité sans action.

La phase qui produit les actions est close et rien n'est prévu pour cette priorité : elle reste une intention. Tant
que la phase est ouverte, rien n'est demandé.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-schema, titre: Écriture des fiches action, ordre: 5, statut: terminee, produit: [actions],
     diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-schema, titre: Écriture des fiches action, ordre: 5, statut: en_cours, produit: [actions],
     diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action, Priorite
from smde.rules import Faute
from smde.rules._lecture import lus_en_entier

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every priorité that no action serves, once the phase that writes the actions is closed."""
    if "actions" not in dossier.termines or not lus_en_entier(dossier, Action, "priorite"):
        return
    servies = {action.priorite for action in dossier.vivants(Action)}
    for priorite in dossier.vivants(Priorite):
        if priorite.id not in servies:
            yield Faute(
                priorite.id,
                (),
                f"Aucune action ne met en œuvre la priorité « {priorite.titre} ».",
                f"Écrivez `priorite: {priorite.id}` dans une action, ou une action qui manque.",
            )
