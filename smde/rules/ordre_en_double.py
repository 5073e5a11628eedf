"""Ordre en double.

Deux phases, ou deux étapes, portent le même rang : rien ne dit laquelle vient d'abord.

Refusé

```yaml
data/demarche/phases.yml: |
  - {id: phase-diagnostic, titre: Diagnostic, ordre: 1, statut: en_cours, diffusion: public}
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 1, statut: a_venir, diffusion: public}
```

Accepté

```yaml
data/demarche/phases.yml: |
  - {id: phase-diagnostic, titre: Diagnostic, ordre: 1, statut: en_cours, diffusion: public}
  - {id: phase-enjeux, titre: Écriture des enjeux, ordre: 2, statut: a_venir, diffusion: public}
```
"""

from collections.abc import Iterator, Sequence

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.demarche import Etape, Phase
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every phase or étape whose rank is taken by an earlier one."""
    yield from _doubles([phase for phase in dossier.vivants(Phase) if not illisible(dossier, phase.id, "ordre")])
    yield from _doubles([etape for etape in dossier.vivants(Etape) if not illisible(dossier, etape.id, "ordre")])


def _doubles(suite: Sequence[Phase | Etape]) -> Iterator[Faute]:
    premiers: dict[int, Phase | Etape] = {}
    for element in suite:
        premier = premiers.setdefault(element.ordre, element)
        if premier is not element:
            yield Faute(
                element.id,
                ("ordre",),
                f"« {element.titre} » porte le rang {element.ordre}, déjà pris par « {premier.titre} ».",
                "Donnez un autre rang à l'une des deux.",
            )
