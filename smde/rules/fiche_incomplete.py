"""Fiche incomplète.

Une fiche projet devient fiche action quand on peut démarrer : ce qui sera fait, où, quand, et comment on saura que
c'est fait. La règle ne s'applique qu'aux fiches qui se disent prêtes (maturité `fiche_action`, `engagee` ou
`realisee`), ou à toutes quand la phase qui écrit les actions est close.

Refusé

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Une liste commune des locaux disponibles, revue deux fois par an.
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
```

Accepté

```yaml
schema/actions/registre.yml: |
  id: A-02
  titre: Tenir un registre des locaux vacants
  diffusion: public
  priorite: requalifier
  maturite: fiche_action
  descriptif: Une liste commune des locaux disponibles, revue deux fois par an.
  territoire: pays
  calendrier: {debut: 2025, fin: 2027}
  suivis:
    - {type: realisation, mesure: Nombre de locaux suivis}
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import enumeration
from smde.model.schema import Action
from smde.rules import Faute
from smde.rules._chaine import fiche_attendue
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"
_CHAMPS = ("descriptif", "territoire", "calendrier", "suivis")


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action that should be ready and lacks what makes it one."""
    for action in dossier.vivants(Action):
        if not fiche_attendue(dossier, action):
            continue
        manques = [
            f"`{champ}`" for champ in _CHAMPS if not getattr(action, champ) and not illisible(dossier, action.id, champ)
        ]
        if manques:
            yield Faute(
                action.id,
                ("maturite",),
                f"La fiche « {action.titre} » devrait être complète ; il y manque {enumeration(manques)}.",
                "Complétez-la, ou écrivez `maturite: fiche_projet` tant qu'elle ne peut pas démarrer.",
            )
