"""Principal mal placé.

`principal: true` désigne le maître d'ouvrage responsable. Sur un autre rôle, le mot ne veut rien dire, et le vrai
responsable n'est pas désigné.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: pilote, statut: accepte, principal: true}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: pilote, statut: accepte}
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import NomRole
from smde.rules import Faute
from smde.rules._chaine import porteurs_de_roles

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every `principal` on a role that is not maître d'ouvrage."""
    for element in porteurs_de_roles(dossier):
        for rang, role in enumerate(element.roles):
            if role.principal and role.role is not NomRole.maitre_ouvrage:
                yield Faute(
                    element.id,
                    ("roles", rang, "principal"),
                    f"« {element.titre} » dit `{role.acteur}` principal, mais son rôle est `{role.role.name}`.",
                    "Retirez `principal`, ou écrivez `role: maitre_ouvrage`.",
                )
