"""A workbook of tables: sheets described by their columns and rows, written so that they can be filtered and printed.

The only door to XlsxWriter. What people typed is written as text, never as a formula; no clock enters the file.
"""

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from smde.arbre import Document
from smde.outputs.couleurs import CLAIR, lisible
from smde.outputs.tree import legible, mention, short_title

ENTETE = 4
"""The row of the headings, counted from 1 as in the formulas; title, version and remark stand above."""
PAR_CELLULE = 1500
"""Characters of a long text in one cell: what a row can show. A cell would hold 32 767."""
LARGEUR_A4 = 200
"""Characters across a sheet that can still be read on A4; beyond, A3."""
_A4, _A3 = 9, 8
_NOM, _PIED = 31, 80
_LIGNE = 13.5
"""Points of a line of text."""
_PAR_LARGEUR = 1.2
"""Characters of ten points in one of width, which is a digit of eleven points."""
_FORMATS = {
    "euros": "[$-40C]#,##0\\ [$€-40C];[$-40C]\\-#,##0\\ [$€-40C];\\–",
    "centimes": "[$-40C]#,##0.00\\ [$€-40C];[$-40C]\\-#,##0.00\\ [$€-40C];\\–",
    "part": "[$-40C]0.0\\ %;[$-40C]\\-0.0\\ %;\\–",
}
"""What the cells of amounts and shares look like; nothing is a dash."""
_COMPUTES = ("=", "+", "-", "@", "\t", "\r")
"""First signs that a spreadsheet takes for those of a formula once somebody edits the cell, unless told it is text."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_RESERVED = ("history", "historique")


@dataclass(frozen=True, slots=True)
class Formule:
    """What a cell computes, and what it comes to."""

    calcul: str
    valeur: Decimal | str


Cellule = str | Decimal | Formule | None


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: how rows call it, its heading, its width in characters, what it holds."""

    cle: str
    titre: str
    largeur: float
    genre: str = "texte"
    """`id`, `texte`, `euros`, `centimes` or `part`."""


@dataclass(frozen=True, slots=True)
class Rangee:
    """The cells of a row by column, and whether its amounts are illustrative."""

    cellules: Mapping[str, Cellule]
    illustratif: bool = False


@dataclass(slots=True)
class Feuille:
    """A sheet before it is written: lines to filter, then, after an empty row, their totals."""

    nom: str
    titre: str
    colonnes: Sequence[Colonne]
    remarque: str = ""
    prefixe: str = ""
    """With one, every formula of the workbook can call the lines of a column `prefixe_cle`."""
    marque: tuple[str, str] = ("", "")
    """Cells of this column (and the next one) are marked when this condition on the cell `{}` holds."""
    lignes: list[Rangee] = field(default_factory=list)
    totaux: list[Rangee] = field(default_factory=list)

    def lettre(self, cle: str) -> str:
        """The letter of a column."""
        return str(xl_col_to_name([colonne.cle for colonne in self.colonnes].index(cle)))

    def zone(self, cle: str) -> str:
        """The lines of a column, and the empty row below, above which a line may be added."""
        lettre = self.lettre(cle)
        return f"${lettre}${ENTETE + 1}:${lettre}${self.ligne_suivante}"

    @property
    def ligne_suivante(self) -> int:
        """The row of the next line."""
        return ENTETE + 1 + len(self.lignes)

    @property
    def total_suivant(self) -> int:
        """The row of the next total, once all lines are there."""
        return self.ligne_suivante + 1 + len(self.totaux)


def noms_de_feuilles(titres: Mapping[str, str], pris: Iterable[str]) -> dict[str, str]:
    """A name of sheet for each title: short enough, without what Excel forbids, no two alike, none of those taken."""
    taken = {nom.casefold() for nom in (*pris, *_RESERVED)}
    found = {}
    for ident, titre in titres.items():
        base = " ".join(legible(titre).translate(_FORBIDDEN).split()).strip("' ") or ident
        for rank in count(1):
            end = f" ({rank})" if rank > 1 else ""
            nom = _cut_words(base, _NOM - len(end)) + end
            if nom.casefold() not in taken:
                break
        taken.add(nom.casefold())
        found[ident] = nom
    return found


def _cut_words(words: str, units: int) -> str:
    """The first whole words, unless the first one alone is too long."""
    short = _cut(words, units)
    whole = short.rsplit(" ", 1)[0] if len(short) < len(words) and words[len(short)] != " " else short
    return whole.rstrip("' ,")


def _cut(words: str, units: int) -> str:
    """The first words as Excel counts characters: those outside the first plane are two."""
    while len(words.encode("utf-16-le")) // 2 > units:
        words = words[:-1]
    return words.rstrip("' ")


def _lignes(words: str, width: float) -> int:
    """How many lines a text takes in a column: a little more than less, since fonts differ."""
    return max(1, len(textwrap.wrap(words, max(int(width * _PAR_LARGEUR), 1))))


def morceaux(texte: str) -> list[str]:
    """A long text in pieces that a cell can show, cut between words: nothing is lost."""
    pieces: list[str] = []
    for paragraph in texte.split("\n"):
        rest = paragraph.strip()
        while len(rest) > PAR_CELLULE:
            at = rest.rfind(" ", 1, PAR_CELLULE + 1)
            at = PAR_CELLULE if at < 0 else at
            pieces.append(rest[:at])
            rest = rest[at:].lstrip()
        pieces += [rest] if rest else []
    return pieces


def classeur(document: Document, feuilles: Sequence[Feuille], notes: Feuille) -> bytes:
    """The file: these sheets of amounts, then one of texts. `document` says what surrounds them."""
    stream = io.BytesIO()
    options = {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    day = datetime.fromisoformat(document.date) if document.date else datetime(1980, 1, 1)
    said = {"title": document.titre, "subject": document.sous_titre, "author": document.auteur}
    said |= {"status": document.statut, "comments": mention(document)}
    book.set_properties({**{name: legible(words) for name, words in said.items()}, "created": day})
    writer = _Ecriture(book, document)
    for feuille in feuilles:
        writer.tableau(feuille)
    writer.textes(notes)
    book.close()
    return stream.getvalue()


class _Ecriture:
    """A workbook being written."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.couleur = lisible(document.couleur, "#ffffff")
        self.styles: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **traits: Any) -> Any:
        """A format of cells, made once."""
        key = tuple(sorted(traits.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format({"valign": "top", "font_size": 10, **traits})
        return self.styles[key]

    def tableau(self, feuille: Feuille) -> None:
        """A sheet of amounts: filters, a heading that stays in sight and on every printed page."""
        sheet = self._entoure(feuille)
        head = {"bold": True, "font_color": "#ffffff", "bg_color": self.couleur, "text_wrap": True, "valign": "vcenter"}
        for rank, colonne in enumerate(feuille.colonnes):
            aligned = {"id": {}, "texte": {"align": "left", "indent": 1}}.get(colonne.genre, {"align": "right"})
            sheet.write_string(ENTETE - 1, rank, legible(colonne.titre), self.style(**head, **aligned))
        highest = max(_lignes(colonne.titre, colonne.largeur) for colonne in feuille.colonnes)
        sheet.set_row(ENTETE - 1, highest * _LIGNE + 4)
        rows = [(ENTETE + rank, line, False) for rank, line in enumerate(feuille.lignes)]
        rows += [(feuille.ligne_suivante + rank, line, True) for rank, line in enumerate(feuille.totaux)]
        for row, line, total in rows:
            sheet.set_row(row, self._height(feuille, line))
            for rank, colonne in enumerate(feuille.colonnes):
                self._cell(sheet, row, rank, colonne, line.cellules.get(colonne.cle), line.illustratif, total)
        if feuille.lignes:
            sheet.autofilter(ENTETE - 1, 0, ENTETE - 1 + len(feuille.lignes), len(feuille.colonnes) - 1)
        fixed = next((rank for rank, c in enumerate(feuille.colonnes) if c.cle == "action"), 0) + 1
        sheet.freeze_panes(ENTETE, fixed)
        if feuille.prefixe:
            for colonne in feuille.colonnes:
                where = feuille.zone(colonne.cle)
                self.book.define_name(f"{feuille.prefixe}_{colonne.cle}", f"='{feuille.nom}'!{where}")
        if feuille.marque[0] and rows:
            self._mark(sheet, feuille, rows[-1][0])

    def _mark(self, sheet: Any, feuille: Feuille, last: int) -> None:
        cle, condition = feuille.marque
        rank = [colonne.cle for colonne in feuille.colonnes].index(cle)
        criteria = "=" + condition.format(f"${feuille.lettre(cle)}{ENTETE + 1}")
        shown = self.book.add_format({"bold": True, "font_color": CLAIR["rouge"], "bg_color": "#fbe6e8"})
        options = {"type": "formula", "criteria": criteria, "format": shown}
        sheet.conditional_format(ENTETE, rank, last, rank + 1, options)

    def _height(self, feuille: Feuille, line: Rangee) -> float:
        """What a row needs to show all its texts: not every spreadsheet finds it by itself."""
        texts = ((line.cellules.get(colonne.cle), colonne) for colonne in feuille.colonnes)
        return _LIGNE * max(_lignes(text, c.largeur - 1) for text, c in texts if isinstance(text, str)) + 2

    def textes(self, feuille: Feuille) -> None:
        """A sheet of texts, to be read from top to bottom."""
        sheet = self._entoure(feuille)
        for rank, line in enumerate(feuille.lignes):
            section = len(line.cellules) == 1
            sheet.set_row(ENTETE - 1 + rank, 26 if section else self._height(feuille, line))
            for column, colonne in enumerate(feuille.colonnes):
                words = line.cellules.get(colonne.cle)
                if isinstance(words, str) and words:
                    look = (
                        {"bold": True, "font_size": 12, "font_color": self.couleur, "valign": "bottom"}
                        if section
                        else {"text_wrap": True}
                    )
                    self._text(sheet, ENTETE - 1 + rank, column, words, look)

    def _entoure(self, feuille: Feuille) -> Any:
        """A new sheet with its title, its version, and what is printed around it."""
        sheet = self.book.add_worksheet(feuille.nom)
        document = self.document
        edition = " – ".join(filter(None, [document.auteur, document.statut, mention(document)]))
        sheet.set_row(0, 24)
        self._text(sheet, 0, 0, feuille.titre, {"bold": True, "font_size": 16, "font_color": self.couleur})
        self._text(sheet, 1, 0, edition, {"font_color": CLAIR["doux"]})
        if feuille.remarque:
            self._text(sheet, 2, 0, feuille.remarque, {"italic": True, "font_color": CLAIR["rouge"]})
        for rank, colonne in enumerate(feuille.colonnes):
            sheet.set_column(rank, rank, colonne.largeur)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(colonne.largeur for colonne in feuille.colonnes) > LARGEUR_A4 else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
        sheet.repeat_rows(ENTETE - 1)
        left, middle = (_in_footer(words) for words in (f"{short_title(document)} – {feuille.nom}", document.statut))
        sheet.set_footer(f"&L&8{left}&C&8{middle}&R&8{_in_footer(mention(document))} – &P / &N")
        return sheet

    def _cell(
        self, sheet: Any, row: int, rank: int, colonne: Colonne, cell: Cellule, illustratif: bool, total: bool
    ) -> None:
        traits: dict[str, Any] = {"bottom": 1, "bottom_color": CLAIR["trait"]}
        if total:
            traits |= {"bold": True, "bg_color": CLAIR["surface"]}
        if illustratif:
            traits["italic"] = True
        if colonne.genre in _FORMATS:
            traits["num_format"] = _FORMATS[colonne.genre]
        elif colonne.genre == "id":
            traits["font_color"] = CLAIR["doux"]
        else:
            traits |= {"text_wrap": True, "align": "left", "indent": 1}
        if isinstance(cell, str):
            self._text(sheet, row, rank, cell, traits)
        elif isinstance(cell, Decimal):
            sheet.write_number(row, rank, float(cell), self.style(**traits))
        elif cell is None:
            sheet.write_blank(row, rank, None, self.style(**traits))
        else:
            value = cell.valeur if isinstance(cell.valeur, str) else float(cell.valeur)
            sheet.write_formula(row, rank, f"={cell.calcul}", self.style(**traits), value)

    def _text(self, sheet: Any, row: int, rank: int, words: str, traits: Mapping[str, Any]) -> None:
        """A text that stays one, even when somebody edits its cell."""
        quoted = {"quote_prefix": True} if words.startswith(_COMPUTES) else {}
        sheet.write_string(row, rank, legible(words), self.style(**traits, **quoted))


def _in_footer(words: str) -> str:
    """Words as a footer prints them: short, and with no order to Excel in them."""
    return _cut(legible(words), _PIED).replace("&", "&&")
