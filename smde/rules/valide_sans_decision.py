"""Validé sans décision.

Un élément se dit valide, mais rien ne prouve qu'une instance l'a validé : pas de décision citée, une décision qui n'a
pas été adoptée, ou une décision qui ne le cite pas parmi ce qu'elle valide.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage}
```

Accepté

```yaml
data/demarche/decisions.yml: |
  - id: decision-enjeux
    titre: Valider les enjeux
    diffusion: public
    instance: pilotage
    seance: pilotage-juin
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
from smde.model.element import StatutValidation
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element that no adopted decision validated, though it says so."""
    decisions = {decision.id: decision for decision in dossier.tous(Decision)}
    listes = {ident: {ligne.element for ligne in decision.valide} for ident, decision in decisions.items()}
    for element in dossier.au_statut(StatutValidation.valide):
        validation = element.validation
        if validation.decision is None:
            yield Faute(
                element.id,
                ("validation", "statut"),
                f"« {element.titre} » est `valide`, mais ne cite aucune décision.",
                "Ajoutez `decision: identifiant-de-la-decision`, ou revenez à `statut: a_valider`.",
            )
            continue
        decision = decisions.get(validation.decision)
        if decision is None or illisible(dossier, decision.id, "resultat", "valide"):
            continue
        if decision.resultat is not ResultatDecision.adopte:
            resultat = decision.resultat.name
            yield Faute(
                element.id,
                ("validation", "decision"),
                f"« {element.titre} » est `valide`, mais le résultat de « {decision.titre} » est `{resultat}`.",
                "Citez une décision dont le résultat est `adopte`, ou corrigez le statut.",
            )
        elif element.id not in listes[decision.id]:
            yield Faute(
                element.id,
                ("validation", "decision"),
                f"« {element.titre} » est `valide`, mais « {decision.titre} » ne le cite pas dans `valide`.",
                f"Ajoutez `- element: {element.id}` dans `valide` de `{decision.id}`, ou corrigez le statut.",
            )
