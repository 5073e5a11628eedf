"""Taxes mélangées.

Dans une même fiche, tous les montants sont hors taxes, ou tous sont toutes taxes comprises. Sinon leur somme ne veut
rien dire, et le plan de financement ne peut pas être comparé au budget.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  budget:
    - {poste: Études, annee: 2025, montant: 40000, taxe: HT, etat: estime}
    - {poste: Travaux, annee: 2026, montant: 600000, taxe: TTC, etat: estime}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  budget:
    - {poste: Études, annee: 2025, montant: 40000, taxe: HT, etat: estime}
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, etat: estime}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action that counts in HT and in TTC, at the first amount that differs from the first one."""
    for action in dossier.tous(Action):
        lignes = [(("budget", rang, "taxe"), ligne.taxe) for rang, ligne in enumerate(action.budget)]
        lignes += [(("plan_financement", rang, "taxe"), part.taxe) for rang, part in enumerate(action.plan_financement)]
        autre = next((chemin for chemin, taxe in lignes if taxe is not lignes[0][1]), None)
        if autre is not None:
            yield Faute(
                action.id,
                autre,
                f"La fiche « {action.titre} » mélange des montants HT et TTC.",
                "Écrivez tous les montants de la fiche en HT, ou tous en TTC.",
            )
