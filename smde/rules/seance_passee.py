"""Séance passée.

L'élément attend d'être validé dans une séance qui s'est déjà tenue, ou qui a été annulée. Soit la décision n'a pas
été écrite, soit il faut le soumettre à une autre séance.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage, seance: pilotage-juin}
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage, seance: pilotage-automne}
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
    """Every element that awaits a séance which will not come."""
    passees = {seance.id: seance for seance in dossier.tous(Seance) if seance.statut is not StatutSeance.prevue}
    for element in dossier.au_statut(StatutValidation.a_valider):
        seance = passees.get(element.validation.seance or "")
        if seance is not None and not illisible(dossier, seance.id, "statut"):
            etat = "s'est déjà tenue" if seance.statut is StatutSeance.tenue else "a été annulée"
            yield Faute(
                element.id,
                ("validation", "seance"),
                f"« {element.titre} » attend la séance « {seance.titre} », qui {etat}.",
                "Écrivez la décision prise, ou citez la séance suivante.",
            )
