"""À valider, mais par personne.

Un élément attend une validation sans dire de qui. Il n'apparaîtra dans l'ordre du jour d'aucune instance.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider}
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.element import StatutValidation
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element awaiting a validation that names neither body nor séance."""
    for element in dossier.au_statut(StatutValidation.a_valider):
        if not (element.validation.instance or element.validation.seance):
            yield Faute(
                element.id,
                ("validation", "statut"),
                f"« {element.titre} » est `a_valider`, mais ne dit pas par qui.",
                "Ajoutez `instance: identifiant-du-groupe`, et `seance` si elle est connue.",
            )
