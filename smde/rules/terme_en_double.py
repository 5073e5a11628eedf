"""Terme en double.

Deux entrées du glossaire définissent le même mot, le même sigle ou le même synonyme : un lien depuis un texte ne
saurait pas laquelle choisir.

Refusé

```yaml
data/glossaire.yml: |
  - {id: terme-epci, titre: Intercommunalité, sigle: EPCI, texte: Groupement de communes., diffusion: public}
  - {id: terme-interco, titre: EPCI, texte: Établissement public de communes associées., diffusion: public}
```

Accepté

```yaml
data/glossaire.yml: |
  - {id: terme-epci, titre: Intercommunalité, sigle: EPCI, texte: Groupement de communes., diffusion: public}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.mesures import Terme
from smde.rules import Faute

SEVERITE: Severite = "alerte"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every term one of whose names is already that of another."""
    premiers: dict[str, str] = {}
    for terme in dossier.tous(Terme):
        noms = [(("titre",), terme.titre), (("sigle",), terme.sigle or "")]
        noms += [(("synonymes", rang), nom) for rang, nom in enumerate(terme.synonymes)]  # type: ignore[misc]
        for chemin, nom in noms:
            premier = premiers.setdefault(nom.casefold(), terme.id) if nom else terme.id
            if premier != terme.id:
                yield Faute(
                    terme.id,
                    chemin,
                    f"Le glossaire définit déjà « {nom} » dans `{premier}`.",
                    "Réunissez les deux entrées, ou distinguez les mots.",
                )
