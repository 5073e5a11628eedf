"""The fields of a Word file: a bookmark in each paragraph of each, and a part of the file that lists them.

The list is for the return: which field each bookmark holds, and the sha256 of its text as it was printed. The text of
a bookmark is read here too, so that what is written and what comes back are read the same way.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from smde.arbre import Document
from smde.outputs.word.body import bookmark_name
from smde.outputs.word.paquet import Paquet
from smde.outputs.word.xml import Element, q
from smde.saisie import Origine

ESPACE = "urn:smde:champs:1"
_LONGEST = 26
"""Characters of a name before its number. Word allows forty in all, of which LibreOffice takes eight for `_Copy_1`."""
_SIGNS = {q("tab"): " ", q("br"): " ", q("cr"): " ", q("noBreakHyphen"): "\u2011", q("softHyphen"): "\u00ad"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SILENT = frozenset([q("del"), q("moveFrom"), q("pPr"), q("rPr"), _FALLBACK])
"""What holds no word of the text as it now reads: what was deleted, and the shape of words."""
_NUMBER = "{6B1E0F5C-2C0A-5C53-9B1D-7A5B0E4C8D21}"
"""The same in every file: it names what the part is, as the namespace does."""


@dataclass(slots=True)
class Signets:
    """The bookmarks of a document being written: one for each paragraph of each field, each time it is printed."""

    reserves: frozenset[str]
    """Names the anchors of the document have, in lower case: Word makes no difference."""
    impressions: list[tuple[Origine, list[str]]] = field(default_factory=list)
    """Each printing of a field, in the order of the document, with the names of its bookmarks."""
    _dernieres: dict[Origine, list[str]] = field(default_factory=dict)
    _comptes: dict[str, int] = field(default_factory=dict)

    def nom(self, origine: Origine, rang: int) -> str:
        """The name of the bookmark of a paragraph; the first one of a field begins another printing of it."""
        if rang == 1 or origine not in self._dernieres:
            self._dernieres[origine] = []
            self.impressions.append((origine, self._dernieres[origine]))
        nom = self._libre(_base(origine))
        self._dernieres[origine].append(nom)
        return nom

    def _libre(self, base: str) -> str:
        key = base.lower()
        while True:
            self._comptes[key] = self._comptes.get(key, 0) + 1
            nom = f"{base}_{self._comptes[key]}"
            if nom.lower() not in self.reserves:
                return nom


def signets(document: Document) -> Signets:
    """No bookmark yet; those of the anchors of the document keep their names."""
    return Signets(frozenset(bookmark_name(ident).lower() for ident in document.ancres))


def _base(origine: Origine) -> str:
    """`A-12`, `negociations.0.demande` → `A_12_negociations_0_demande`; cut, with a digest, when it is too long."""
    base = re.sub(r"[^A-Za-z0-9]+", "_", f"{origine.element}_{origine.chemin}")
    if len(base) <= _LONGEST:
        return base
    digest = hashlib.sha256("\0".join(origine).encode()).hexdigest()[:8]
    return f"{base[: _LONGEST - 9].rstrip('_')}_{digest}"


@dataclass(frozen=True, slots=True)
class Lu:
    """A bookmark found in a part of a file: what it holds, and what its paragraphs hold besides."""

    mots: str
    """The words of the whole part."""
    debut: int
    fin: int
    paragraphes: tuple[int, int]

    @property
    def texte(self) -> str:
        return self.mots[self.debut : self.fin]

    @property
    def autour(self) -> str:
        """The whole text of its paragraphs."""
        return self.mots[slice(*self.paragraphes)]

    @property
    def seul(self) -> bool:
        """Whether nothing else is written in its paragraphs."""
        start, end = self.paragraphes
        return not (self.mots[start : self.debut].strip() or self.mots[self.fin : end].strip())


def normalise(texte: str) -> str:
    """A text as it is compared: which blank stands between two words does not count."""
    return " ".join(unicodedata.normalize("NFC", texte).split())


def empreinte(texte: str) -> str:
    """The sha256 of a text as it is compared."""
    return hashlib.sha256(normalise(texte).encode()).hexdigest()


def lus(arbre: Element) -> dict[str, Lu]:
    """The bookmarks of a part, by name, read as if every revision were accepted; in one walk.

    They are paired by number, as Word does. Those that are not closed, or that lie out of any paragraph, are left out.
    """
    pieces: list[str] = []
    size = 0
    inside: list[list[int]] = []
    opened: dict[str, tuple[str, int, list[int]]] = {}
    held: list[tuple[str, int, list[int], int, list[int]]] = []
    walk = etree.iterwalk(arbre, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "end":
            if tag == q("p"):
                inside.pop()[1] = size
            continue
        said = ""
        if tag in _SILENT:
            walk.skip_subtree()
        elif tag == q("t"):
            said = node.text or ""
        elif tag == q("p"):
            said = "\n"
            inside.append([size, size])
        elif tag in _SIGNS:
            said = _SIGNS[tag]
        elif inside and tag == q("bookmarkStart"):
            opened[node.get(q("id"), "")] = node.get(q("name"), ""), size, inside[-1]
        elif tag == q("bookmarkEnd") and (start := opened.pop(node.get(q("id"), ""), None)):
            held.append((*start, size, inside[-1] if inside else start[2]))
        pieces.append(said)
        size += len(said)
    mots = "".join(pieces)
    return {nom: Lu(mots, start, end, (first[0], last[1])) for nom, start, first, end, last in held}


def declare(paquet: Paquet, document: Document, signets: Signets, arbres: Sequence[Element]) -> None:
    """Add to the file the list of its fields, read in these parts of it; nothing when it has none."""
    if not signets.impressions:
        return
    found = {name: lu for arbre in arbres for name, lu in lus(arbre).items()}
    liste = etree.Element(f"{{{ESPACE}}}champs")
    said = {
        "livrable": document.nom,
        "edition": document.edition,
        "version": document.version,
        "date": document.date,
    }
    for name, value in said.items():
        liste.set(name, value)
    champs: dict[Origine, Element] = {}
    for origine, names in signets.impressions:
        if origine not in champs:
            champs[origine] = etree.SubElement(
                liste, f"{{{ESPACE}}}champ", element=origine.element, chemin=origine.chemin
            )
        printed = empreinte("\n".join(found[name].texte for name in names))
        impression = etree.SubElement(champs[origine], f"{{{ESPACE}}}impression", sha256=printed)
        for name in names:
            signet = etree.SubElement(impression, f"{{{ESPACE}}}signet", nom=name)
            if found[name].seul:
                signet.set("seul", "oui")
    paquet.join_data(liste, _NUMBER)
