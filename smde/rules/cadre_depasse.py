"""Cadre dépassé.

L'élément s'articule avec un texte qui a été remplacé, ou dont la période est finie. Le négociateur d'en face parlera
du texte en vigueur. « Fini » se compare au jour le plus récent dont parle le dossier (source consultée, séance tenue,
décision), jamais à l'horloge.

Refusé

```yaml
data/cadres.yml: |
  - {id: srde-2006, titre: Schéma régional de 2006, type: srdeii, remplace_par: srdeii, diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srde-2006, nature: compatible}
```

Accepté

```yaml
data/cadres.yml: |
  - {id: srde-2006, titre: Schéma régional de 2006, type: srdeii, remplace_par: srdeii, diffusion: public}
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    articulations:
      - {cadre: srdeii, nature: compatible}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import periode
from smde.model.cadres import Cadre
from smde.periodes import bornes
from smde.rules import Faute
from smde.rules._aujourd_hui import aujourd_hui
from smde.rules._chaine import articules, en_vigueur

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every link to a framework that was replaced, or whose period was over when the dossier was last touched."""
    today = aujourd_hui(dossier)
    depasses: dict[str, tuple[str, str]] = {}
    for cadre in dossier.tous(Cadre):
        if cadre.remplace_par:
            suite = dossier.elements.get(cadre.remplace_par)
            nom = f"« {suite.titre} »" if suite else f"`{cadre.remplace_par}`"
            depasses[cadre.id] = f"a été remplacé par {nom}", f"Citez `{cadre.remplace_par}`, et revoyez l'orientation."
        elif cadre.fin and today and bornes(cadre.fin)[1] < today:
            depasses[cadre.id] = f"a pris fin ({periode(cadre.fin)})", "Citez le texte en vigueur, ou retirez le lien."
    for element in articules(dossier):
        for rang, lien in enumerate(element.articulations if en_vigueur(element) else ()):
            if lien.cadre in depasses:
                pourquoi, aide = depasses[lien.cadre]
                titre = dossier.elements[lien.cadre].titre
                yield Faute(
                    element.id,
                    ("articulations", rang, "cadre"),
                    f"« {element.titre} » s'articule avec « {titre} », qui {pourquoi}.",
                    aide,
                )
