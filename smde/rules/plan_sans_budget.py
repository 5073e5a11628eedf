"""Plan sans budget.

Un plan de financement dit qui paie ; sans budget, on ne sait pas ce qui est payé, et l'équilibre ne peut pas être
vérifié.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  plan_financement:
    - {financeur: metropole, annee: 2026, montant: 500000, taxe: HT, etat: acquis}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  budget:
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, etat: estime}
  plan_financement:
    - {financeur: metropole, annee: 2026, montant: 500000, taxe: HT, etat: acquis}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every funding plan of an action without budget."""
    for action in dossier.vivants(Action):
        if action.plan_financement and not action.budget and not illisible(dossier, action.id, "budget"):
            yield Faute(
                action.id,
                ("plan_financement",),
                f"« {action.titre} » a un plan de financement, mais pas de budget.",
                "Ajoutez `budget`, poste par poste, ou retirez le plan.",
            )
