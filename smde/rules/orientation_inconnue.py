"""Orientation inconnue.

Le code cité n'est pas celui d'une orientation du cadre : dans la table d'articulation, la ligne ne mènerait nulle
part.

Refusé

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srdeii, orientation: FRICHE, nature: contribue}
```

Accepté

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srdeii, orientation: FRICHES, nature: contribue}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite, suggestion
from smde.dossier import Dossier
from smde.model.cadres import Cadre
from smde.rules import Faute
from smde.rules._chaine import articules
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every orientation that its framework does not list."""
    for element in articules(dossier):
        for rang, lien in enumerate(element.articulations):
            cadre = dossier.elements.get(lien.cadre)
            if lien.orientation is None or not isinstance(cadre, Cadre):
                continue
            codes = [orientation.code for orientation in cadre.orientations]
            if lien.orientation in codes or illisible(dossier, cadre.id, "orientations"):
                continue
            if codes:
                aide = suggestion(lien.orientation, codes) or f"Codes possibles : {', '.join(codes)}."
            else:
                aide = f"Ajoutez les `orientations` de `{cadre.id}`, ou retirez `orientation`."
            yield Faute(
                element.id,
                ("articulations", rang, "orientation"),
                f"« {element.titre} » cite l'orientation `{lien.orientation}`, absente de « {cadre.titre} ».",
                aide,
            )
