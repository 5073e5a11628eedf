"""Maître d'ouvrage principal absent.

Quand une action a plusieurs maîtres d'ouvrage, l'un d'eux est responsable de l'ensemble. Sans lui, personne ne signe
et personne ne répond.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte}
    - {acteur: region, role: maitre_ouvrage, statut: accepte}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true}
    - {acteur: region, role: maitre_ouvrage, statut: accepte}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import enumeration
from smde.model.acteurs import NomRole
from smde.model.schema import Action
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every action with several maîtres d'ouvrage of whom none is the principal one."""
    for action in dossier.vivants(Action):
        ouvrage = [role for role in action.roles if role.role is NomRole.maitre_ouvrage]
        if len(ouvrage) > 1 and not any(role.principal for role in ouvrage):
            noms = enumeration([f"`{role.acteur}`" for role in ouvrage])
            yield Faute(
                action.id,
                ("roles",),
                f"L'action « {action.titre} » a plusieurs maîtres d'ouvrage ({noms}) et aucun n'est le principal.",
                "Ajoutez `principal: true` à celui qui en répond.",
            )
