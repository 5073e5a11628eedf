"""Titre en double.

Deux éléments du même genre portent le même titre : dans une liste, personne ne les distingue.

Refusé

```yaml
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [sobriete]
  - id: accueillir-les-familles
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [sobriete]
```

Accepté

```yaml
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [sobriete]
  - id: accueillir-les-familles
    titre: Proposer une école et un logement aux familles qui arrivent
    diffusion: public
    enjeux: [sobriete]
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.acteurs import Acteur
from smde.model.cadres import Cadre
from smde.model.mesures import Indicateur, Territoire
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every title already given to an element of the same kind."""
    for classe in (Constat, Enjeu, Objectif, Priorite, Action, Moyen, Acteur, Cadre, Indicateur, Territoire):
        premiers: dict[str, str] = {}
        for element in dossier.vivants(classe):
            premier = premiers.setdefault(element.titre, element.id)
            if premier != element.id:
                yield Faute(
                    element.id,
                    ("titre",),
                    f"« {element.titre} » est déjà le titre de `{premier}`.",
                    "Dites dans le titre ce qui les distingue.",
                )
