"""What a document with tracked changes becomes once all are accepted, or refused, read from its tree or file."""

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pypandoc
from lxml import etree

from smde.arbre import Node, Nodes, texte_brut
from smde.revisions.marques import AJOUT, ARRIVEE, DEPART, RETRAIT, deplacement_de, marque_de
from tests.rendu import simple

NUMERO = re.compile(r"(Tableau|Figure)\s\d+")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lignes(blocs: Nodes, sans: str = "") -> list[str]:
    """The lines of a tree once what is under the mark `sans` is taken out."""
    return [line.strip() for line in texte_brut(_sans(blocs, sans)).split("\n") if line.strip()]


_AVEC = {AJOUT: (AJOUT, ARRIVEE), RETRAIT: (RETRAIT, DEPART)}
"""What goes with each: what moved came to its place, and went from the other."""


def _sans(value: Any, sort: str) -> Any:
    if isinstance(value, list):
        made: list[Any] = []
        for item in value:
            name = marque_de(item) if isinstance(item, dict) else ""
            if name in _AVEC.get(sort, ()):
                continue
            made += _sans(item["c"][1], sort) if name else [_sans(item, sort)]
        return made
    if isinstance(value, dict) and "c" in value:
        return {"t": value["t"], "c": _sans(value["c"], sort)}
    return value


def marques_de(blocs: Nodes) -> list[tuple[str, str]]:
    """What came, what went and, with the number of its move, what moved, in the order of the tree."""
    found: list[tuple[str, str]] = []

    def visit(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                visit(item)
        elif isinstance(value, dict) and "c" in value:
            if sort := marque_de(value):
                found.append((sort + deplacement_de(value), texte_brut(value["c"][1])))
            else:
                visit(value["c"])

    visit(blocs)
    return found


def paragraphes(file: Path, revisions: str = "accepter") -> list[str]:
    """The paragraphs of a Word file that say something, as Word leaves them (ECMA-376 part 1, 17.13.5).

    A paragraph whose end is refused runs into the next one; a row that is refused is gone; what moved stands once.
    """
    body = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml")).find(W + "body")
    gone = [W + tag for tag in (("del", "moveFrom") if revisions == "accepter" else ("ins", "moveTo"))]
    for row in list(body.iter(W + "tr")):
        if row.find(f"{W}trPr/{gone[0]}") is not None:
            row.getparent().remove(row)
    for mark in list(body.iter(*gone)):
        if mark.getparent().tag not in (W + "rPr", W + "trPr"):
            mark.getparent().remove(mark)
    found: list[str] = []
    running = ""
    for paragraph in body.iter(W + "p"):
        running += "".join(node.text or "" for node in paragraph.iter(W + "t", W + "delText"))
        if all(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is None for tag in gone):
            found.append(running)
            running = ""
    return [words for words in [*found, running] if words.strip()]


def mots_lus(file: Path, mode: str = "accept") -> list[str]:
    """The words of a Word file as pandoc reads them, its revisions accepted or refused; then those of its notes.

    All but captions: pandoc ties one to its drawing or its table only when neither came nor went.
    """
    command = [pypandoc.get_pandoc_path(), "-f", "docx", "-t", "json", f"--track-changes={mode}", str(file)]
    read = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["blocks"]
    return mots_de(read)


def mots_de(blocs: Nodes) -> list[str]:
    """The words of a tree, then those of its notes; none of its captions."""
    below = [line for note in _notes(blocs) for line in texte_brut(note["c"]).split("\n")]
    lines = [simple(line) for line in (*texte_brut(sans_dessins(blocs)).split("\n"), *below)]
    return [word for line in lines if not NUMERO.match(line) for word in re.findall(r"[^\W_]+", line)]


def sans_dessins(value: Any) -> Any:
    """A tree without its drawings, nor the captions of its tables."""
    if isinstance(value, list):
        return [sans_dessins(one) for one in value if _type(one) not in ("Image", "Figure")]
    if isinstance(value, dict) and "c" in value:
        content = [value["c"][0], *value["c"][2:]] if value["t"] == "Table" else value["c"]
        return {"t": value["t"], "c": sans_dessins(content)}
    return value


def _notes(value: Any) -> list[Node]:
    if isinstance(value, list):
        return [note for one in value for note in _notes(one)]
    return ([value] if _type(value) == "Note" else _notes(value.get("c"))) if isinstance(value, dict) else []


def _type(node: Any) -> str:
    return str(node.get("t", "")) if isinstance(node, dict) else ""


def suivis(file: Path) -> dict[str, list[etree._Element]]:
    """The tracked changes of a Word file, by kind."""
    tree = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml"))
    return {kind: list(tree.iter(W + kind)) for kind in ("ins", "del", "moveFrom", "moveTo")}


def deplaces(file: Path) -> dict[str, tuple[list[str], list[str]]]:
    """What each move of a Word file holds where it was and where it is, as paragraphs, by its name.

    Checks what Word asks: both ends under one name, once, each end closed, every word that moved inside its end.
    """
    body = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml")).find(W + "body")
    found: dict[str, tuple[list[str], list[str]]] = {}
    for side, tag in enumerate(("moveFrom", "moveTo")):
        opened: dict[str, str] = {}
        for node in body.iter():
            if node.tag == f"{W}{tag}RangeStart":
                name = node.get(W + "name")
                assert not opened and not found.get(name, ([], []))[side], name
                assert node.get(W + "author") and node.get(W + "date")
                opened[node.get(W + "id")] = name
                found.setdefault(name, ([], []))
            elif node.tag == f"{W}{tag}RangeEnd":
                del opened[node.get(W + "id")]
            elif node.tag == W + tag and node.getparent().tag != W + "rPr":
                (name,) = opened.values()
                found[name][side].append("".join(text.text or "" for text in node.iter(W + "t")))
        assert not opened
    assert all(before and after for before, after in found.values())
    return found
