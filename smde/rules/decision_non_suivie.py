"""Décision non suivie.

Une instance a validé un élément, et l'élément ne le dit pas. Le lecteur le croit encore en débat.

Refusé

```yaml
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - {element: attirer}
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
```

Accepté

```yaml
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    date: 2024-06-20
    resultat: adopte
    valide:
      - element: attirer
        empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Decision, ResultatDecision
from smde.model.element import StatutValidation, Validation
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element an adopted decision lists and that is still a draft, or still before the same séance."""
    for decision in dossier.tous(Decision):
        if decision.resultat is not ResultatDecision.adopte or illisible(dossier, decision.id, "resultat"):
            continue
        for ligne in decision.valide:
            element = dossier.elements.get(ligne.element)
            if element is None:
                continue
            validation = element.validation
            if non_suivie(validation, decision):
                yield Faute(
                    element.id,
                    ("validation", "statut"),
                    f"« {decision.titre} » a validé « {element.titre} », qui est encore `{validation.statut.name}`.",
                    f"Écrivez `validation: {{statut: valide, decision: {decision.id}}}`, ou citez la séance où il "
                    "sera de nouveau soumis.",
                )


def non_suivie(validation: Validation, decision: Decision) -> bool:
    """Whether a state is still that of before a decision: neither decided, nor submitted to another séance since."""
    if validation.statut is StatutValidation.a_valider:
        return validation.seance in (None, decision.seance)
    return validation.statut is StatutValidation.brouillon
