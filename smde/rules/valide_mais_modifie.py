"""Validé, mais modifié depuis.

La décision a validé un texte précis, dont elle garde l'empreinte. Le texte actuel n'a plus cette empreinte : il a
changé depuis. Il faut le soumettre de nouveau, ou revenir au texte validé. Les notes internes ne comptent pas.

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
      - element: attirer
        empreinte: 0000000000000000000000000000000000000000000000000000000000000000
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants et de nouveaux actifs
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: valide, instance: pilotage, decision: decision-enjeux}
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
        empreinte: 0000000000000000000000000000000000000000000000000000000000000000
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants et de nouveaux actifs
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: a_valider, instance: pilotage, seance: pilotage-automne}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.edition import empreinte
from smde.model.demarche import Decision
from smde.model.element import StatutValidation
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every validated element whose text is no longer the one its decision validated."""
    for decision in dossier.tous(Decision):
        for ligne in decision.valide:
            element = dossier.elements.get(ligne.element)
            if ligne.empreinte is None or element is None or dossier.broken.get(element.id):
                continue
            validation = element.validation
            if validation.statut is not StatutValidation.valide or validation.decision != decision.id:
                continue
            if (actuelle := empreinte(dossier, element.id)) != ligne.empreinte:
                yield Faute(
                    element.id,
                    ("validation", "statut"),
                    f"« {element.titre} » a changé depuis sa validation par « {decision.titre} ».",
                    f"Revenez au texte validé, ou écrivez `statut: a_valider` (empreinte actuelle : {actuelle}).",
                )
