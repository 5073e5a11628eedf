"""Priorité sans objectif.

Les objectifs appartiennent à tout le territoire ; une priorité est ce que la collectivité choisit d'y faire d'abord.
Une priorité qui ne sert aucun objectif partagé n'appartient qu'à elle : les partenaires n'ont pas de raison de la
soutenir.

Refusé

```yaml
schema/priorites.yml: |
  - id: nouvelle-zone
    titre: Ouvrir une nouvelle zone d'activité
    diffusion: public
```

Accepté

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Priorite
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every priorité that serves no objectif."""
    for priorite in dossier.vivants(Priorite):
        if not priorite.objectifs:
            yield Faute(
                priorite.id,
                ("objectifs",),
                f"La priorité « {priorite.titre} » ne sert aucun objectif de territoire.",
                "Ajoutez `objectifs: [identifiant-de-l-objectif]`.",
            )
