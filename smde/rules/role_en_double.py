"""Rôle en double.

Le même acteur tient deux fois le même rôle : l'une des deux lignes est de trop, ou l'un des deux statuts est faux.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: cci, role: partenaire, statut: accepte}
    - {acteur: cci, role: partenaire, statut: conventionne}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: cci, role: partenaire, statut: conventionne}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.rules import Faute
from smde.rules._chaine import porteurs_de_roles

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every role written twice for the same actor in the same element."""
    for element in porteurs_de_roles(dossier):
        vus: set[tuple[str, str]] = set()
        for rang, role in enumerate(element.roles):
            if (role.acteur, role.role) in vus:
                yield Faute(
                    element.id,
                    ("roles", rang),
                    f"« {element.titre} » donne deux fois le rôle `{role.role.name}` à `{role.acteur}`.",
                    "Gardez une seule ligne, et réunissez les précisions.",
                )
            vus.add((role.acteur, role.role))
