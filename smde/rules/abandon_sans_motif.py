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
    for element in dossier.elements.values():
        if element.validation.motif:
            continue
        arretee = isinstance(element, Action) and element.statut is StatutAction.abandonnee
        if arretee or element.validation.statut is StatutValidation.abandonne:
            yield Faute(
                element.id,
                ("validation", "motif"),
                f"« {element.titre} » est abandonné{'e' if element.feminin else ''}, sans motif.",
                "Ajoutez `motif` dans `validation`, en une ligne.",
            )
