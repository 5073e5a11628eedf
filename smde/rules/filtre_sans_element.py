"""Filtre sans élément.

Le document est limité à une partie de la stratégie, et rien dans le dossier n'y répond : il serait vide. Les critères
s'ajoutent : un élément doit répondre à tous à la fois. Répondent à un critère l'élément cité et ce qui en découle.

Refusé

```yaml
data/livrables/note.yml: |
  id: note-agence
  titre: Fiches qui concernent l'agence d'urbanisme
  lecteur: Agence d'urbanisme
  modele: fiches
  diffusion: interne
  filtre: {acteurs: [agence], genres: [action]}
```

Accepté

```yaml
data/livrables/note.yml: |
  id: note-agence
  titre: Fiches qui concernent la métropole
  lecteur: Services de la métropole
  modele: fiches
  diffusion: interne
  filtre: {acteurs: [metropole], genres: [action]}
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import accord, enumeration
from smde.filtre import NIVEAUX, criteres, portee
from smde.model.identite import Filtre, Livrable
from smde.model.plan import champs
from smde.rules import Faute
from smde.rules._lecture import lus_en_entier

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every document whose filter nothing answers."""
    for livrable in dossier.tous(Livrable):
        names = criteres(livrable.filtre)
        if not names or portee(dossier.elements, livrable.filtre).vises or not _tout_lu(dossier, livrable.filtre):
            continue
        asked = enumeration([f"`{nom}: [{', '.join(getattr(livrable.filtre, nom))}]`" for nom in names])
        yield Faute(
            livrable.id,
            ("filtre",),
            f"Rien dans le dossier ne répond au filtre de « {livrable.titre} » ({asked}) : le document serait vide.",
            _conseil(dossier, livrable.filtre, names),
        )


def _tout_lu(dossier: Dossier, filtre: Filtre) -> bool:
    """Whether what the filter cites is known, and nothing of the chain was lost."""
    cited = [(champ.vers, ident) for champ in champs(Filtre).values() for ident in filtre.__dict__[champ.nom]]
    known = all(not vers or dossier.genres.get(ident) in vers for vers, ident in cited)
    return known and all(lus_en_entier(dossier, classe) for classe in NIVEAUX)


def _conseil(dossier: Dossier, filtre: Filtre, names: list[str]) -> str:
    """Which criterion, taken out, would let something through."""
    for nom in names if len(names) > 1 else []:
        count = len(portee(dossier.elements, filtre.model_copy(update={nom: []})).vises)
        if count:
            return f"Sans le critère `{nom}`, {accord(count, 'élément resterait', 'éléments resteraient')}."
    return "Citez d'autres éléments, ou retirez le filtre : le document contiendra alors tout le dossier."
