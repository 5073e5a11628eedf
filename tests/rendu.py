"""What tests of templates share: editions, pages poured from them, and the words a tree says."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from smde import pages
from smde.arbre import Document, Node, Nodes
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.fragments import Fragment
from smde.gabarits import Gabarits
from smde.model.champ import PUBLIC, Diffusion
from smde.model.element import Element
from smde.model.rubriques import CLASSES
from smde.outputs import pandoc
from smde.vocabulaire import Vocabulaire
from tests.conftest import VALMER, ecrire

RACINE = Path(__file__).parents[1]
MACROS = RACINE / "macros"
DATE = "2026-11-22"


@cache
def edition_de(racine: Path = VALMER, niveau: Diffusion = PUBLIC) -> Edition:
    """The edition of a dossier that does not change during the tests."""
    return edition(charger(racine), niveau, DATE)


@cache
def site_de(racine: Path = VALMER, niveau: Diffusion = PUBLIC) -> pages.Pages:
    """Its pages, poured from the templates of the repository."""
    return pages.site(gabarits(edition_de(racine, niveau)))


def gabarits(une_edition: Edition, macros: Path = MACROS) -> Gabarits:
    return Gabarits(macros, une_edition, pandoc.read)


def edition_avec(*elements: Element, **autres: Any) -> Edition:
    """An edition that holds these elements, and the identity of an authority."""
    identite = CLASSES["identite"].model_validate({"id": "identite", "titre": "Valmer", "strategie": "Stratégie"})
    values: dict[str, Any] = {"series": {}, "fichiers": {}, "identite": identite, **autres}
    return Edition(PUBLIC, DATE, {element.id: element for element in elements}, **values)


def element(genre: str, ident: str, **champs: Any) -> Any:
    """An element as a writer types it; its title is its id unless told otherwise."""
    return CLASSES[genre].model_validate({"id": ident, "titre": ident, "diffusion": "public", **champs})


def mots(une_edition: Edition) -> Vocabulaire:
    """The words of the templates of an edition."""
    return Vocabulaire(une_edition, {}, frozenset)


def verser(dossier: Path, texte: str, une_edition: Edition | None = None, **valeurs: Any) -> Document:
    """One document poured from one template, given as text."""
    ecrire(dossier, {"essai.md.j2": texte})
    (document,) = gabarits(une_edition or edition_de(), dossier).documents([("essai", "essai.md.j2", valeurs)])
    return document


def page(site: pages.Pages, nom: str) -> Document:
    return next(document for document in site.documents if document.nom == nom)


def noeuds(arbre: Any) -> Iterator[Node]:
    """Every node of a tree, in document order."""
    waiting = [arbre]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            if "c" in item:
                waiting.append(item["c"])
        elif isinstance(item, list | tuple):
            waiting += reversed(item)


def paroles(arbre: Any) -> str:
    """Every word of a tree, notes included; blocks on lines of their own."""
    if isinstance(arbre, Document):
        return paroles(list(arbre.blocs))
    if isinstance(arbre, Fragment):
        return paroles(list(arbre.nodes)).strip()
    if isinstance(arbre, list | tuple):
        return "".join(map(paroles, arbre))
    if not isinstance(arbre, dict):
        return ""
    match arbre["t"]:
        case "Str":
            return str(arbre["c"])
        case "Code" | "CodeBlock":
            return str(arbre["c"][1]) + ("\n" if arbre["t"] == "CodeBlock" else "")
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Note":
            return f" [{paroles(arbre['c']).strip()}]"
        case "Plain" | "Para" | "Header":
            return paroles(arbre["c"]) + "\n"
        case "Table":
            _, caption, _, head, bodies, _ = arbre["c"]
            rows = [*head[1], *(row for body in bodies for row in body[3])]
            return "\n".join([paroles(caption).strip(), *map(ligne, rows)]) + "\n"
    return paroles(arbre.get("c"))


def ligne(row: Any) -> str:
    """The cells of a row."""
    return " | ".join(paroles(cell[4]).strip() for cell in row[1])


def tableaux(arbre: Any) -> Mapping[str, list[list[str]]]:
    """The rows of each table of a tree, by caption, header first."""
    found = {}
    for node in noeuds(list(arbre.blocs) if isinstance(arbre, Document) else arbre):
        if node["t"] == "Table":
            _, caption, _, head, bodies, _ = node["c"]
            rows = [*head[1], *(row for body in bodies for row in body[3])]
            found[paroles(caption).strip()] = [[paroles(cell[4]).strip() for cell in row[1]] for row in rows]
    return found


def titres(document: Document) -> list[tuple[int, str]]:
    """The headings of a document: level and words."""
    headers = [node for node in noeuds(list(document.blocs)) if node["t"] == "Header"]
    return [(header["c"][0], paroles(header["c"][2])) for header in headers]


def cibles(document: Document) -> list[str]:
    """Where the links of a document lead."""
    return [node["c"][2][0] for node in noeuds(list(document.blocs)) if node["t"] == "Link"]


def simple(texte: str) -> str:
    """The same words with plain spaces and apostrophes."""
    return texte.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def sous(document: Document, titre: str) -> str:
    """What stands under a heading, up to the next one of its level or above."""
    blocs: Nodes = []
    level = 0
    for bloc in document.blocs:
        if bloc["t"] == "Header":
            if level and bloc["c"][0] <= level:
                break
            if paroles(bloc["c"][2]) == titre:
                level = bloc["c"][0]
                continue
        if level:
            blocs.append(bloc)
    assert level, f"no heading « {titre} »"
    return paroles(blocs)
