"""The numbers Word puts before headings, as a list of a model defines them: what each heading will show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smde.outputs.word.styles import Styles, heading
from smde.outputs.word.xml import Element, q, w

_LEVELS = 9
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: « %1.%2 », in digits, from 1."""

    rank: int
    text: str
    form: str = "decimal"
    start: int = 1
    legal: bool = False
    """Whether the levels above are shown in digits too."""


HOUSE: Mapping[int, Level] = {
    rank + 1: Level(rank, ".".join(f"%{n + 1}" for n in range(rank + 1))) for rank in range(3)
}
"""The numbers of the house: « 1 », « 1.1 », « 1.1.1 », and none below."""


@dataclass(slots=True)
class Counter:
    """Counts the headings as Word will."""

    levels: Mapping[int, Level]
    """By level of heading, those that are numbered."""
    _counts: dict[int, int] = field(default_factory=dict)

    def next(self, level: int) -> str:
        """The number of one more heading of this level; nothing where there is none, or none we know how to write."""
        found = self.levels.get(level)
        if found is None:
            return ""
        self._counts = {rank: count for rank, count in self._counts.items() if rank <= found.rank}
        self._counts[found.rank] = self._counts.get(found.rank, found.start - 1) + 1
        known = {each.rank: each for each in self.levels.values()}
        text = found.text
        for rank in range(_LEVELS):
            if f"%{rank + 1}" in text:
                above = known.get(rank, Level(rank, ""))
                form = "decimal" if found.legal and rank < found.rank else above.form
                number = written(self._counts.get(rank, above.start), form)
                if number is None:
                    return ""
                text = text.replace(f"%{rank + 1}", number)
        return text.strip()


def written(number: int, form: str) -> str | None:
    """A number in one of the ways of Word; None when we do not know it."""
    match form:
        case "decimal":
            return str(number)
        case "decimalZero":
            return f"{number:02}"
        case "none" | "bullet":
            return ""
        case "upperRoman" | "lowerRoman":
            made, left = "", number
            for value, sign in _ROMAN:
                made, left = made + sign * (left // value), left % value
            return made if form == "upperRoman" else made.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
    return None


def numbered_headings(styles: Styles, numbering: Element | None) -> dict[int, Level]:
    """How a model numbers its headings, by level of heading; empty when it does not."""
    found: dict[int, Level] = {}
    for level in range(1, _LEVELS + 1):
        ident = heading(styles, level)
        number = styles.value(ident, "pPr/numPr/numId") if ident else ""
        definition = _definition(styles, numbering, number)
        if definition is None or number == "0":
            continue
        linked = [lvl for lvl in definition.iterchildren(q("lvl")) if _said(lvl, "pStyle") == ident]
        asked = styles.value(ident, "pPr/numPr/ilvl") or "0"
        lvl = next(iter(linked), None)
        if lvl is None:
            lvl = next((lvl for lvl in definition.iterchildren(q("lvl")) if lvl.get(q("ilvl")) == asked), None)
        if lvl is None or _said(lvl, "numFmt") == "bullet" or not _said(lvl, "lvlText"):
            continue
        start = _said(lvl, "start")
        found[level] = Level(
            int(lvl.get(q("ilvl"), "0")),
            _said(lvl, "lvlText"),
            _said(lvl, "numFmt") or "decimal",
            int(start) if start.isdigit() else 0,
            lvl.find(q("isLgl")) is not None,
        )
    return found


def asks_for_numbers(styles: Styles, numbering: Element | None) -> dict[int, Element]:
    """How a heading of each level of ours asks for its number, in the list where a model numbers its first headings."""
    levels = numbered_headings(styles, numbering)
    first = min(levels, default=0)
    number = styles.value(heading(styles, first), "pPr/numPr/numId") if first else ""
    definition = _definition(styles, numbering, number)
    if definition is None:
        return {}
    known = {int(lvl.get(q("ilvl"), "0")) for lvl in definition.iterchildren(q("lvl")) if _said(lvl, "lvlText")}
    ranks = {level: level - first + levels[first].rank for level in HOUSE if level >= first}
    return {
        level: w("numPr", w("ilvl", val=rank), w("numId", val=number)) for level, rank in ranks.items() if rank in known
    }


def _said(element: Element, tag: str) -> str:
    child = element.find(q(tag))
    return "" if child is None else child.get(q("val"), "")


def _definition(styles: Styles, numbering: Element | None, number: str) -> Element | None:
    """The definition of a list, found through the style that holds it when it is given by a style."""
    for _ in range(3):
        if numbering is None or not number:
            return None
        ident = next((_said(num, "abstractNumId") for num in numbering.iterchildren(q("num"))
                      if num.get(q("numId")) == number), "")  # fmt: skip
        found = next((each for each in numbering.iterchildren(q("abstractNum"))
                      if each.get(q("abstractNumId")) == ident), None)  # fmt: skip
        if found is None or not (link := _said(found, "numStyleLink")):
            return found
        number = styles.value(link, "pPr/numPr/numId")
    return None
