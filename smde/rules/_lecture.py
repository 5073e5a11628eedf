"""What could not be read: nothing is said of it, nor of what it would have changed. Finds no fault."""

from smde.dossier import Dossier
from smde.model.element import Element
from smde.model.rubriques import CHEMINS


def illisible(dossier: Dossier, ident: str | None, *champs: str) -> bool:
    """Whether one of these fields was refused: the element then holds a default, or a stand-in, in its place."""
    broken = dossier.broken.get(ident or "")
    return broken is not None and not broken.isdisjoint(champs)


def lus_en_entier(dossier: Dossier, classe: type[Element], *champs: str) -> bool:
    """Whether nothing was lost of a kind of element: else « nobody cites it » cannot be said."""
    for ident, genre in dossier.genres.items():
        if genre != classe.genre:
            continue
        if ident not in dossier.elements or dossier.origines[ident].source.broken or illisible(dossier, ident, *champs):
            return False
    return not _fichier_perdu(dossier, CHEMINS[classe.genre])


def _fichier_perdu(dossier: Dossier, rubrique: str) -> bool:
    """Whether a file of that heading is told to be wrong and gave no element at all."""
    suspects = {
        path
        for diagnostic in dossier.diagnostics
        if (path := diagnostic.place.path).startswith((f"{rubrique}.", f"{rubrique}/"))
    }
    return bool(suspects) and not suspects <= {origine.source.path for origine in dossier.origines.values()}
