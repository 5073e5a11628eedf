"""Enjeu sans objectif.

La phase qui produit les objectifs est close, et le territoire ne dit pas ce qu'il vise face à cet enjeu. Tant que la
phase est ouverte, c'est un travail en cours et rien n'est demandé.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-objectifs, titre: Écriture des objectifs, ordre: 3, statut: terminee, produit: [objectifs],
     diffusion: public}
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-objectifs, titre: Écriture des objectifs, ordre: 3, statut: terminee, produit: [objectifs],
     diffusion: public}
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [attirer]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Enjeu, Objectif
from smde.rules import Faute
from smde.rules._lecture import lus_en_entier

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every enjeu that no objectif answers, once the phase that writes the objectifs is closed."""
    if "objectifs" not in dossier.termines or not lus_en_entier(dossier, Objectif, "enjeux"):
        return
    traites = {ident for objectif in dossier.vivants(Objectif) for ident in objectif.enjeux}
    for enjeu in dossier.vivants(Enjeu):
        if enjeu.id not in traites:
            yield Faute(
                enjeu.id,
                (),
                f"Aucun objectif ne répond à l'enjeu « {enjeu.titre} ».",
                f"Citez `{enjeu.id}` dans `enjeux` d'un objectif, ou écrivez l'objectif qui manque.",
            )
