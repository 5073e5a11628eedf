"""Constat sans preuve.

Un constat affirme quelque chose du territoire. Sans indicateur, chiffre, document ou entretien pour l'établir,
personne ne peut le vérifier, et tout ce qui en découle repose sur une impression.

Refusé

```yaml
strategy/diagnostic.yml: |
  - id: friches-nombreuses
    titre: Les friches sont nombreuses au nord de la rade
    diffusion: public
    theme: foncier
    nature: faiblesse
```

Accepté

```yaml
strategy/diagnostic.yml: |
  - id: friches-nombreuses
    titre: Les friches sont nombreuses au nord de la rade
    diffusion: public
    theme: foncier
    nature: faiblesse
    preuves:
      - {par: source, source: agence-2023, page: "12"}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.strategie import Constat
from smde.rules import Faute

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every constat that rests on nothing."""
    for constat in dossier.vivants(Constat):
        if not constat.preuves:
            yield Faute(
                constat.id,
                ("preuves",),
                f"Le constat « {constat.titre} » ne cite aucune preuve.",
                "Ajoutez `preuves:` avec au moins une ligne `par: indicateur`, `chiffre`, `source` ou `entretien`.",
            )
