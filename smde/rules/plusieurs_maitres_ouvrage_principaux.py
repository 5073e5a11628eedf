"""Plusieurs maîtres d'ouvrage principaux.

Plusieurs maîtres d'ouvrage peuvent agir ensemble, mais un seul est responsable : c'est à lui qu'un financeur
s'adresse.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true}
    - {acteur: region, role: maitre_ouvrage, statut: accepte, principal: true}
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
    """Every action with more than one principal maître d'ouvrage."""
    for action in dossier.tous(Action):
        principaux = [
            (rang, role.acteur)
            for rang, role in enumerate(action.roles)
            if role.principal and role.role is NomRole.maitre_ouvrage
        ]
        if len(principaux) > 1:
            noms = enumeration([f"`{acteur}`" for _, acteur in principaux])
            yield Faute(
                action.id,
                ("roles", principaux[1][0], "principal"),
                f"L'action « {action.titre} » a {len(principaux)} maîtres d'ouvrage principaux : {noms}.",
                "Gardez `principal: true` pour un seul d'entre eux.",
            )
