"""Remplacé sans le dire.

Un élément en remplace un autre, mais l'ancien se présente toujours comme en vigueur : le lecteur trouve deux textes
pour la même chose.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
  - id: attirer-et-retenir
    titre: Attirer et retenir les habitants
    diffusion: public
    constats: [vacance-tertiaire]
    remplace: [attirer]
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: remplace}
  - id: attirer-et-retenir
    titre: Attirer et retenir les habitants
    diffusion: public
    constats: [vacance-tertiaire]
    remplace: [attirer]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.element import StatutValidation
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element that another one replaces and that does not say so, and the other way round."""
    remplaces: set[str] = set()
    for element in dossier.elements.values():
        for ident in element.remplace:
            remplaces.add(ident)
            ancien = dossier.elements.get(ident)
            if ancien is None or ancien.validation.statut is StatutValidation.remplace:
                continue
            if not illisible(dossier, ident, "validation"):
                yield Faute(
                    ident,
                    ("validation", "statut"),
                    f"« {ancien.titre} » est remplacé par « {element.titre} », mais son statut est "
                    f"`{ancien.validation.statut.name}`.",
                    f"Écrivez `validation: {{statut: remplace}}` dans `{ident}`.",
                )
    for element in dossier.au_statut(StatutValidation.remplace):
        if element.id not in remplaces:
            yield Faute(
                element.id,
                ("validation", "statut"),
                f"« {element.titre} » est `remplace`, mais aucun élément ne dit le remplacer.",
                f"Ajoutez `remplace: [{element.id}]` dans son remplaçant, ou écrivez `abandonne`.",
            )
