"""Série vide.

Un indicateur sans aucune valeur ne mesure rien : ni constat ni cible ne peut s'y appuyer.

Refusé

```yaml
data/indicateurs/vacance.yml: |
  id: taux-vacance
  titre: Taux de vacance des bureaux
  diffusion: public
  unite: "%"
  definition: Part des bureaux inoccupés depuis plus de trois mois.
  territoire: pays
  source: agence-2023
  serie: vacance.csv
data/indicateurs/vacance.csv: |
  periode,valeur,note
  2022,n.d.,
```

Accepté

```yaml
data/indicateurs/vacance.yml: |
  id: taux-vacance
  titre: Taux de vacance des bureaux
  diffusion: public
  unite: "%"
  definition: Part des bureaux inoccupés depuis plus de trois mois.
  territoire: pays
  source: agence-2023
  serie: vacance.csv
data/indicateurs/vacance.csv: |
  periode,valeur,note
  2022,10,
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.mesures import Indicateur
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every indicator whose series could be read and holds no value."""
    for indicateur in dossier.tous(Indicateur):
        serie = dossier.series.get(indicateur.id)
        if serie is not None and all(valeur.valeur is None for valeur in serie):
            yield Faute(
                indicateur.id,
                ("serie",),
                f"La série de « {indicateur.titre} » ne contient aucune valeur.",
                f"Ajoutez au moins une ligne dans `{indicateur.serie}`, ou retirez l'indicateur.",
            )
