"""What a document with tracked changes becomes once all are accepted, or refused, read from its tree or file."""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from smde.arbre import Nodes, texte_brut
from smde.revisions.marques import AJOUT, RETRAIT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lignes(blocs: Nodes, sans: str = "") -> list[str]:
    """The lines of a tree once what is under the mark `sans` is taken out."""
    return [line.strip() for line in texte_brut(_sans(blocs, sans)).split("\n") if line.strip()]


def _sans(value: Any, sort: str) -> Any:
    if isinstance(value, list):
        made: list[Any] = []
        for item in value:
            names = item["c"][0][1] if isinstance(item, dict) and item.get("t") == "Span" else None
            if names == [sort]:
                continue
            made += _sans(item["c"][1], sort) if names in ([AJOUT], [RETRAIT]) else [_sans(item, sort)]
        return made
    if isinstance(value, dict) and "c" in value:
        return {"t": value["t"], "c": _sans(value["c"], sort)}
    return value


def marques_de(blocs: Nodes) -> list[tuple[str, str]]:
    """What came and what went, in the order of the tree."""
    found: list[tuple[str, str]] = []

    def visit(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                visit(item)
        elif isinstance(value, dict) and "c" in value:
            if value["t"] == "Span" and value["c"][0][1] in ([AJOUT], [RETRAIT]):
                found.append((value["c"][0][1][0], texte_brut(value["c"][1])))
            else:
                visit(value["c"])

    visit(blocs)
    return found


def paragraphes(file: Path, revisions: str = "accepter") -> list[str]:
    """The paragraphs of a Word file that say something, as Word leaves them (ECMA-376 part 1, 17.13.5).

    A paragraph whose end is refused runs into the next one; a row that is refused is gone.
    """
    body = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml")).find(W + "body")
    gone = W + ("del" if revisions == "accepter" else "ins")
    for row in list(body.iter(W + "tr")):
        if row.find(f"{W}trPr/{gone}") is not None:
            row.getparent().remove(row)
    for mark in list(body.iter(gone)):
        if mark.getparent().tag not in (W + "rPr", W + "trPr"):
            mark.getparent().remove(mark)
    found: list[str] = []
    running = ""
    for paragraph in body.iter(W + "p"):
        running += "".join(node.text or "" for node in paragraph.iter(W + "t", W + "delText"))
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is None:
            found.append(running)
            running = ""
    return [words for words in [*found, running] if words.strip()]


def suivis(file: Path) -> dict[str, list[etree._Element]]:
    """The tracked changes of a Word file, by kind."""
    tree = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))
    return {kind: list(tree.iter(W + kind)) for kind in ("ins", "del")}
