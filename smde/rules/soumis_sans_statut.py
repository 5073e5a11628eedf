"""Soumis sans être à valider.

Une séance à venir doit se prononcer sur un élément qui ne se dit pas à valider : il n'est pas prêt, ou son statut n'a
pas suivi.

Refusé

```yaml
data/demarche/seances.yml: |
  - {id: pilotage-hiver, titre: Groupe de pilotage d'hiver, instance: pilotage, statut: prevue, soumet: [attirer],
     diffusion: public}
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
```

Accepté

```yaml
data/demarche/seances.yml: |
  - {id: pilotage-hiver, titre: Groupe de pilotage d'hiver, instance: pilotage, statut: prevue, soumet: [attirer],
     diffusion: public}
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage, seance: pilotage-hiver}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Seance, StatutSeance
from smde.model.element import StatutValidation
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element that a séance to come will examine and that does not await a validation."""
    for seance in dossier.tous(Seance):
        if seance.statut is not StatutSeance.prevue or illisible(dossier, seance.id, "statut"):
            continue
        for rang, ident in enumerate(seance.soumet):
            element = dossier.elements.get(ident)
            if element is None or element.validation.statut is StatutValidation.a_valider:
                continue
            if not illisible(dossier, ident, "validation"):
                yield Faute(
                    seance.id,
                    ("soumet", rang),
                    f"« {seance.titre} » doit examiner « {element.titre} », dont le statut est "
                    f"`{element.validation.statut.name}`.",
                    f"Écrivez `statut: a_valider` dans `{ident}`, ou retirez-le de la séance.",
                )
