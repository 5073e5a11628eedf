"""Aide sans convention.

La Région définit et accorde les aides aux entreprises ; une métropole n'y participe que par convention avec elle
(CGCT, article L1511-2). L'immobilier d'entreprise fait exception : il relève des communes et de leurs groupements
(L1511-3). C'est une alerte et non une erreur : la convention est souvent en cours de négociation quand la fiche
s'écrit.

Refusé

```yaml
schema/actions/prets.yml: |
  id: A-05
  titre: Prêter aux entreprises qui s'installent dans une friche
  diffusion: public
  priorite: requalifier
  aide_entreprise: true
  articulations:
    - {cadre: srdeii, nature: compatible}
```

Accepté

```yaml
schema/actions/prets.yml: |
  id: A-05
  titre: Prêter aux entreprises qui s'installent dans une friche
  diffusion: public
  priorite: requalifier
  aide_entreprise: true
  convention_region: convention-region
  articulations:
    - {cadre: srdeii, nature: compatible}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.cadres import Cadre, TypeCadre
from smde.model.schema import Action
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every direct aid to firms, real estate aside, without a convention with the Region."""
    for action in dossier.vivants(Action):
        if not action.aide_entreprise or action.immobilier or illisible(dossier, action.convention_region, "type"):
            continue
        cadre = dossier.elements.get(action.convention_region or "")
        if action.convention_region is None:
            constat = "aucune convention avec la Région n'est citée (CGCT L1511-2)"
        elif isinstance(cadre, Cadre) and cadre.type not in (TypeCadre.convention, TypeCadre.contrat):
            constat = f"« {cadre.titre} » n'est pas une convention (CGCT L1511-2)"
        else:
            continue
        yield Faute(
            action.id,
            ("convention_region",),
            f"L'action « {action.titre} » aide des entreprises, mais {constat}.",
            "Ajoutez `convention_region: identifiant-du-cadre`, ou `immobilier: true` si elle porte sur l'immobilier.",
        )
