"""Titre trop court.

Le titre d'un constat, d'un enjeu, d'un objectif, d'une priorité ou d'une action se lit seul, dans une liste ou un
tableau. « Foncier » est un thème ; « Louer les bureaux vides avant d'en construire » est un objectif.

Refusé

```yaml
strategy/objectifs.yml: |
  - id: foncier-economique
    titre: Foncier économique
    diffusion: public
    enjeux: [sobriete]
```

Accepté

```yaml
strategy/objectifs.yml: |
  - id: foncier-economique
    titre: Louer les bureaux vides avant d'en construire
    diffusion: public
    enjeux: [sobriete]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.schema import Action, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif
from smde.rules import Faute

SEVERITE: Severite = "alerte"
_MOTS = 3


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every title of the chain of fewer than three words."""
    for classe in (Constat, Enjeu, Objectif, Priorite, Action):
        for element in dossier.vivants(classe):
            if element.titre.count(" ") < _MOTS - 1:
                yield Faute(
                    element.id,
                    ("titre",),
                    f"Le titre « {element.titre} » ne dit pas ce que {'cette' if element.feminin else 'cet'} "
                    f"{element.nom} affirme.",
                    "Écrivez une phrase courte, avec un verbe : elle sera lue seule.",
                )
