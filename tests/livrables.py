"""Every document of data/livrables at every readership, from two priorities of the Brest dossier. Holds no test."""

from collections.abc import Mapping
from functools import cache

import yaml

from smde import construire
from smde.edition import Edition
from smde.model.champ import Diffusion
from smde.model.identite import Filtre, FormatDocument, Livrable
from smde.model.schema import Priorite
from smde.pages import TemplateFault
from smde.refus import Refus
from smde.views.portee import selection
from tests.brest import RACINE
from tests.rendu import edition_de


def couples(form: str) -> list[tuple[Diffusion, str]]:
    """Every livrable that has this format, at every readership that may have it; nothing is made to know it."""
    found = []
    for file in sorted((RACINE / "data" / "livrables").glob("*.yml")):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        for livrable in read if isinstance(read, list) else [read]:
            least = Diffusion[livrable.get("diffusion", "interne")]
            most = Diffusion[livrable.get("plafond", "interne")]
            if form in livrable.get("formats", ["docx", "pdf"]):
                found += [(niveau, livrable["id"]) for niveau in Diffusion if least <= niveau <= most]
    return found


@cache
def produit(niveau: Diffusion, ident: str) -> Mapping[str, bytes]:
    """The files of a livrable in its own formats but OpenDocument, by suffix.

    Two priorities and what they rest on say all that a template can say, in a third of the pages; the whole dossier is
    for those whose own filter keeps none of it.
    """
    whole = edition_de(RACINE, niveau)
    try:
        return _fabrique(
            selection(whole, Filtre(priorites=[priorite.id for priorite in whole.tous(Priorite)[:2]])), ident
        )
    except (Refus, TemplateFault):
        return _fabrique(whole, ident)


def _fabrique(edition: Edition, ident: str) -> dict[str, bytes]:
    atelier = construire.Atelier(edition, construire.lieux(RACINE), lambda _: None)
    wanted = edition.element(ident, Livrable).formats
    formats = [form for form in FormatDocument if form in wanted and form is not FormatDocument.odt]
    made = atelier.documents([ident], formats)
    return {name.rpartition(".")[2]: content for name, content in made.items()}
