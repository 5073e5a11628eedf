"""The part of an edition that a document prints."""

from dataclasses import replace

from smde.edition import Edition
from smde.filtre import NIVEAUX, criteres, portee
from smde.model.identite import Filtre


def selection(edition: Edition, filtre: Filtre) -> Edition:
    """The same edition, its chain limited to what a filter keeps and to what that rests on; all of it when empty.

    Elements outside the chain (actors, sources, démarche…) stay. Those left out can still be named: `titre` knows them.
    """
    if not criteres(filtre):
        return edition
    kept = portee(edition.elements, filtre)
    elements = {
        ident: element
        for ident, element in edition.elements.items()
        if ident in kept.retenus or not isinstance(element, NIVEAUX)
    }
    left_out = {ident: element.titre for ident, element in edition.elements.items() if ident not in elements}
    return replace(edition, elements=elements, hors_document=left_out, vises=kept.vises)
