"""Lien vers un élément sorti de la stratégie.

L'élément s'appuie sur un autre qui a été abandonné ou remplacé : la chaîne passe par quelque chose qui n'existe plus.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    validation: {statut: abandonne, motif: Déjà traité par la stratégie régionale}
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [attirer]
```

Accepté

```yaml
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
from smde.dossier import SORTIS, Dossier
from smde.model.element import StatutValidation
from smde.rules import Faute
from smde.rules._chaine import en_vigueur

SEVERITE: Severite = "alerte"
_CHAINE = frozenset(
    {"constats", "enjeux", "objectifs", "priorite", "priorites", "actions", "actions_liees", "reponses"}
)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every link of the chain from an element in force to one that no longer is."""
    sortis = {element.id: element for element in dossier.au_statut(*SORTIS)}
    if not sortis:
        return
    successeurs = {ident: element.id for element in dossier.elements.values() for ident in element.remplace}
    for element, chemin, cible in dossier.liens:
        if cible not in sortis or chemin[0] not in _CHAINE or not en_vigueur(element):
            continue
        ancien, suite = sortis[cible], successeurs.get(cible)
        sort = "remplacé" if ancien.validation.statut is StatutValidation.remplace else "abandonné"
        yield Faute(
            element.id,
            chemin,
            f"« {element.titre} » s'appuie sur « {ancien.titre} », qui a été {sort}{'e' if ancien.feminin else ''}.",
            f"Citez son remplaçant `{suite}`." if suite else f"Retirez `{cible}`, ou citez ce qui le remplace.",
        )
