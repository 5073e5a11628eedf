"""Plan déséquilibré.

Quand une fiche donne un budget et un plan de financement, le total des parts égale le coût, à un euro près. Une part
refusée ne compte pas : si un financeur s'est retiré, il reste à trouver de quoi le remplacer, et cela s'écrit.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  budget:
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, etat: estime}
  plan_financement:
    - {financeur: metropole, annee: 2026, montant: 300000, taxe: HT, etat: acquis}
    - {financeur: region, annee: 2026, montant: 200000, taxe: HT, etat: refuse}
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
    - {financeur: metropole, annee: 2026, montant: 300000, taxe: HT, etat: acquis}
    - {financeur: region, annee: 2026, montant: 200000, taxe: HT, etat: sollicite}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import euros
from smde.model.schema import Action, EtatFinancement
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"
_TOLERANCE = Decimal(1)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every plan that differs from its budget by more than one euro; mixed taxes are another fault."""
    for action in dossier.tous(Action):
        if not (action.budget and action.plan_financement) or illisible(dossier, action.id, "budget"):
            continue
        taxes = {ligne.taxe for ligne in action.budget} | {part.taxe for part in action.plan_financement}
        if len(taxes) > 1:
            continue
        budget = sum((ligne.montant for ligne in action.budget), Decimal())
        parts = (part.montant for part in action.plan_financement if part.etat is not EtatFinancement.refuse)
        plan = sum(parts, Decimal())
        if abs(plan - budget) > _TOLERANCE:
            yield Faute(
                action.id,
                ("plan_financement",),
                f"Le plan de financement de « {action.titre} » totalise {euros(plan)}, son budget {euros(budget)} : "
                f"{'il manque' if plan < budget else 'il y a en trop'} {euros(abs(plan - budget))}.",
                "Ajoutez ou corrigez une part (`etat: a_solliciter` si le financeur n'est pas trouvé), ou le budget.",
            )
