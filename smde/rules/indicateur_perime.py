"""Indicateur périmé.

L'indicateur dit combien de mois une valeur reste bonne (`validite`). Sa dernière valeur est plus ancienne. Le
programme ne regarde pas l'horloge : « aujourd'hui » est le jour le plus récent dont parle le dossier (source
consultée, séance tenue ou décision).

Refusé

```yaml
data/indicateurs/chomage.yml: |
  id: chomage
  titre: Taux de chômage localisé
  diffusion: public
  unite: "%"
  definition: Part des actifs sans emploi, au sens du Bureau international du travail.
  territoire: pays
  source: insee-2020
  serie: chomage.csv
  validite: 24
data/indicateurs/chomage.csv: |
  periode,valeur,note
  2017-T2,8.3,
```

Accepté

```yaml
data/indicateurs/chomage.yml: |
  id: chomage
  titre: Taux de chômage localisé
  diffusion: public
  unite: "%"
  definition: Part des actifs sans emploi, au sens du Bureau international du travail.
  territoire: pays
  source: insee-2020
  serie: chomage.csv
  validite: 24
data/indicateurs/chomage.csv: |
  periode,valeur,note
  2017-T2,8.3,
  2023-T4,6.1,
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import accord, periode
from smde.model.mesures import Indicateur
from smde.periodes import bornes, mois_entre
from smde.rules import Faute
from smde.rules._aujourd_hui import aujourd_hui

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every indicator whose last value is older than it may be."""
    today = aujourd_hui(dossier)
    for indicateur in dossier.tous(Indicateur):
        if today is None or indicateur.validite is None:
            continue
        valeurs = [valeur.periode for valeur in dossier.series.get(indicateur.id, ()) if valeur.valeur is not None]
        if not valeurs:
            continue
        derniere = max(valeurs, key=lambda valeur: bornes(valeur)[1])
        if (age := mois_entre(bornes(derniere)[1], today)) > indicateur.validite:
            yield Faute(
                indicateur.id,
                ("validite",),
                f"La dernière valeur de « {indicateur.titre} » ({periode(derniere)}) a {accord(age, 'mois', 'mois')} ; "
                f"elle devait servir {accord(indicateur.validite, 'mois', 'mois')} au plus.",
                f"Ajoutez une valeur récente dans `{indicateur.serie}`, ou retirez `validite`.",
            )
