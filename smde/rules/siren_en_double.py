"""SIREN en double.

Deux acteurs portent le même SIREN : c'est la même personne morale écrite deux fois, ou une erreur de copie.

Refusé

```yaml
data/acteurs.yml: |
  - {id: mission-locale, titre: Mission locale, type: emploi, siren: "243500139", diffusion: public}
  - {id: mission-jeunes, titre: Mission pour les jeunes, type: emploi, siren: "243500139", diffusion: public}
```

Accepté

```yaml
data/acteurs.yml: |
  - {id: mission-locale, titre: Mission locale, type: emploi, siren: "243500139", diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import Acteur
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every SIREN already given to another actor."""
    premiers: dict[str, str] = {}
    for acteur in dossier.tous(Acteur):
        if acteur.siren is None:
            continue
        premier = premiers.setdefault(acteur.siren, acteur.id)
        if premier != acteur.id:
            yield Faute(
                acteur.id,
                ("siren",),
                f"« {acteur.titre} » a le SIREN {acteur.siren}, déjà celui de `{premier}`.",
                "Réunissez les deux acteurs, ou corrigez le numéro.",
            )
