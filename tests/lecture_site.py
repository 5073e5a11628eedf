"""The words of a page of the site, block by block, as the browser is given them. No test here."""

import re

from lxml import html as lecteur

from smde.arbre import Document
from smde.outputs import html

_BLOCS = ("p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "summary", "h1", "h2", "h3", "h4", "h5", "h6")


def _passe(node: lecteur.HtmlElement) -> bool:
    """A drawing, or the call of a note."""
    return node.tag == "svg" or (node.tag == "sup" and node.get("class") == "appel")


def mots(document: Document) -> list[str]:
    """What each block says, blocks inside it apart."""
    page = html.render(document.blocs, lambda _: "ailleurs.html", document.figures).html
    tree = lecteur.fragment_fromstring(page, create_parent="main")
    return [words for block in tree.iter(*_BLOCS) if (words := _paroles(block))]


def _paroles(block: lecteur.HtmlElement) -> str:
    said = [block.text or ""]
    for child in block:
        if isinstance(child.tag, str) and not _passe(child) and child.tag not in (*_BLOCS, "ul", "ol", "table", "div"):
            said.append(_paroles_de_ligne(child))
        said.append(child.tail or "")
    return _serre(said)


def _paroles_de_ligne(node: lecteur.HtmlElement) -> str:
    said = [node.text or ""]
    for child in node:
        said += [_paroles_de_ligne(child) if not _passe(child) else "", child.tail or ""]
    return "".join(said)


def _serre(said: list[str]) -> str:
    """Without the arrows that lead back from a note."""
    return re.sub(r"[ \n]+", " ", "".join(said).rstrip(" \n↑")).strip(" ")
