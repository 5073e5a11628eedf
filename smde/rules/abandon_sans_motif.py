"""Abandon sans motif.

Un élément ou une action abandonnés restent dans le dossier pour qu'on sache pourquoi. Sans motif, la même idée
reviendra à la séance suivante.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: abandonne}
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: abandonne, motif: Déjà porté par la stratégie régionale}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.element import StatutValidation
from smde.model.schema import Action, StatutAction
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element given up without a reason."""
    abandonnes = {element.id: element for element in dossier.au_statut(StatutValidation.abandonne)}
    abandonnes |= {action.id: action for action in dossier.tous(Action) if action.statut is StatutAction.abandonnee}
    for element in abandonnes.values():
        if not element.validation.motif:
            yield Faute(
                element.id,
                ("validation", "motif"),
                f"« {element.titre} » est abandonné{'e' if element.feminin else ''}, sans motif.",
                "Ajoutez `motif` dans `validation`, en une ligne.",
            )
