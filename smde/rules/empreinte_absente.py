"""Empreinte absente.

La décision cite un élément encore valide sans garder l'empreinte du texte validé. Si ce texte change, personne ne le
verra.

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
from smde.model.demarche import Decision
from smde.model.element import StatutValidation
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every element still valid whose decision did not keep the fingerprint of its text."""
    for decision in dossier.tous(Decision):
        for rang, ligne in enumerate(decision.valide):
            element = dossier.elements.get(ligne.element)
            if ligne.empreinte is not None or element is None:
                continue
            validation = element.validation
            if validation.statut is StatutValidation.valide and validation.decision == decision.id:
                yield Faute(
                    decision.id,
                    ("valide", rang),
                    f"« {decision.titre} » valide « {element.titre} » sans garder l'empreinte de son texte.",
                    f"Ajoutez `empreinte`, que donne `smde comprendre {element.id}`.",
                )
