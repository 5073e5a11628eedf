"""Budget sans plan de financement.

Le budget est facultatif : une stratégie n'est pas un programme chiffré. Mais une fiche qui se dit prête à démarrer et
qui annonce un coût dit aussi qui le paie.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Reprendre la charpente, puis ouvrir trois ateliers.
  territoire: pays
  calendrier: {debut: 2025, fin: 2026}
  suivis:
    - {type: realisation, mesure: Surface remise en usage}
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
  budget:
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, etat: estime}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Reprendre la charpente, puis ouvrir trois ateliers.
  territoire: pays
  calendrier: {debut: 2025, fin: 2026}
  suivis:
    - {type: realisation, mesure: Surface remise en usage}
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
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
from smde.rules._chaine import fiche_attendue
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every budget that nobody funds, in an action that should be ready."""
    for action in dossier.vivants(Action):
        if not action.budget or action.plan_financement or not fiche_attendue(dossier, action):
            continue
        if not illisible(dossier, action.id, "plan_financement"):
            yield Faute(
                action.id,
                ("budget",),
                f"« {action.titre} » a un budget, mais pas de plan de financement.",
                "Ajoutez `plan_financement`, avec l'état de chaque part, ou baissez la `maturite`.",
            )
