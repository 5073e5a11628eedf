"""Orientation en double.

Deux orientations du même cadre portent le même code : un lien vers ce code ne dit plus laquelle il vise.

Refusé

```yaml
data/cadres.yml: |
  - id: contrat
    titre: Contrat de territoire
    type: contrat
    diffusion: public
    orientations:
      - {code: AXE-1, titre: Foncier}
      - {code: AXE-1, titre: Emploi}
```

Accepté

```yaml
data/cadres.yml: |
  - id: contrat
    titre: Contrat de territoire
    type: contrat
    diffusion: public
    orientations:
      - {code: AXE-1, titre: Foncier}
      - {code: AXE-2, titre: Emploi}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every code already taken in its framework."""
    for cadre in dossier.tous(Cadre):
        premiers: dict[str, str] = {}
        for rang, orientation in enumerate(cadre.orientations):
            premier = premiers.get(orientation.code)
            if premier is None:
                premiers[orientation.code] = orientation.titre
            else:
                yield Faute(
                    cadre.id,
                    ("orientations", rang, "code"),
                    f"Dans « {cadre.titre} », le code `{orientation.code}` est déjà celui de « {premier} ».",
                    "Donnez un autre code à l'une des deux orientations.",
                )
