"""The styles of a Word file found by their names, with what they inherit; and ours, added where a model has none."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import NamedTuple

from smde.modele_word import nom_canonique
from smde.outputs.couleurs import lisible
from smde.outputs.reference import BASE_SIZE, TEXT_WIDTH
from smde.outputs.word.xml import Element, place, q, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2", "hyperlink": "hlink"}
_HEADED = ("heading ", "title", "subtitle", "toc heading", "couverture autorité")
"""Styles of ours that take the font of the model's headings."""
_NARROW = ("texte de tableau", "en-tête de tableau", "en-tête de ligne")
"""Styles that grow no bigger with the text: their columns do not widen with it."""
_SMALLEST = 14
_GREY = "#333333"
_FRENCH = "fr-FR"


class Styles:
    """The styles of one file."""

    def __init__(self, tree: Element, theme: Element | None = None) -> None:
        self.tree, self._theme = tree, theme
        self.by_id = {style.get(q("styleId"), ""): style for style in tree.iterchildren(q("style"))}
        self._named: dict[tuple[str, str], str] = {}
        exact: set[tuple[str, str]] = set()
        for ident, style in self.by_id.items():
            name = name_of(style)
            key = style.get(q("type"), "paragraph"), nom_canonique(name)
            if key not in self._named or (key not in exact and name.casefold() == key[1]):
                self._named[key] = ident
            if name.casefold() == key[1]:
                exact.add(key)
        defaults = [style for style in self.by_id.values() if style.get(q("default")) in ("1", "true", "on")]
        self.defaults = {style.get(q("type"), ""): style.get(q("styleId"), "") for style in defaults}

    def add(self, style: Element) -> None:
        """One more style, found from now on as the others are."""
        self.tree.append(style)
        self.by_id[style.get(q("styleId"), "")] = style
        self._named.setdefault((style.get(q("type"), ""), nom_canonique(name_of(style))), style.get(q("styleId"), ""))

    def ident(self, kind: str, name: str) -> str:
        """The id of the style of this kind and name, or nothing."""
        return self._named.get((kind, nom_canonique(name)), "")

    def names(self) -> set[str]:
        return {name for _, name in self._named}

    def value(self, ident: str, path: str, attribute: str = "val") -> str:
        """What a style says, or what it inherits, of « rPr/sz », « pPr/spacing »…; nothing when nobody says."""
        steps = "/".join(map(q, path.split("/")))
        for style in self._chain(ident):
            for found in style.iterfind(steps):
                if (value := found.get(q(attribute))) is not None:
                    return value
        default = self.tree.find(f"{q('docDefaults')}/{q(path[:3] + 'Default')}/{steps}")
        return "" if default is None else default.get(q(attribute), "")

    def says(self, ident: str, path: str) -> bool:
        """Whether a style, or one it rests on, turns this property on."""
        steps = "/".join(map(q, path.split("/")))
        found = next((node for style in self._chain(ident) for node in style.iterfind(steps)), None)
        return found is not None and found.get(q("val"), "1") not in ("0", "false", "off")

    def colour(self, ident: str) -> str:
        """The colour of a style as `#rrggbb`; nothing when it is that of the paper's ink."""
        value = self.value(ident, "rPr/color")
        if value in ("", "auto"):
            value = self._of_theme(self.value(ident, "rPr/color", "themeColor"))
        return f"#{value.lower()}" if len(value) == 6 and value.strip("0") else ""

    def font(self, ident: str) -> str:
        """The name of the font of a style."""
        given = self.value(ident, "rPr/rFonts", "asciiTheme")
        if given and self._theme is not None:
            kind = "majorFont" if given.startswith("major") else "minorFont"
            face = next(self._theme.iterfind(f".//{_DRAWING}{kind}/{_DRAWING}latin"), None)
            if face is not None and face.get("typeface"):
                return face.get("typeface", "")
        return self.value(ident, "rPr/rFonts", "ascii")

    def fonts(self, ident: str) -> Element | None:
        """What a style says of its fonts, to be said again by another."""
        steps = f"{q('rPr')}/{q('rFonts')}"
        return next((found for style in self._chain(ident) for found in style.iterfind(steps)), None)

    def tabs(self, ident: str) -> list[tuple[str, str]]:
        """The kind and the place of each tab a style comes with."""
        steps = f"{q('pPr')}/{q('tabs')}"
        found = next((tabs for style in self._chain(ident) for tabs in style.iterfind(steps)), None)
        said = [] if found is None else [(tab.get(q("val"), "left"), tab.get(q("pos"), "")) for tab in found]
        return [(kind, pos) for kind, pos in said if kind != "clear" and pos.isdigit()]

    def size(self, ident: str) -> int:
        """In half-points."""
        value = self.value(ident, "rPr/sz")
        return int(value) if value.isdigit() else 20

    def _of_theme(self, name: str) -> str:
        if self._theme is None or not name:
            return ""
        colour = next(self._theme.iterfind(f".//{_DRAWING}clrScheme/{_DRAWING}{_THEME.get(name, name)}/*"), None)
        return "" if colour is None else str(colour.get("lastClr") or colour.get("val", ""))

    def _chain(self, ident: str) -> Iterator[Element]:
        seen: set[str] = set()
        while ident in self.by_id and ident not in seen:
            seen.add(ident)
            style = self.by_id[ident]
            yield style
            based = style.find(q("basedOn"))
            ident = "" if based is None else based.get(q("val"), "")


def name_of(style: Element) -> str:
    name = style.find(q("name"))
    return "" if name is None else name.get(q("val"), "")


def heading(styles: Styles, level: int) -> str:
    """The id of the style of the headings of a level, or nothing."""
    return styles.ident("paragraph", f"heading {level}")


def colour_of(styles: Styles) -> str:
    """The colour of a model: that of its headings, dark enough to be read; a dark grey when they are black."""
    found = (styles.colour(heading(styles, level)) for level in (1, 2, 3))
    title = styles.colour(styles.ident("paragraph", "title"))
    return lisible(next(filter(None, [*found, title]), _GREY), "#ffffff", 5.5)


class Completed(NamedTuple):
    """What became of our styles in a model: the id each has there, and the names of those that were added."""

    idents: dict[str, str]
    added: list[str]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is needed to make the styles that a model lacks."""

    ours: Element
    """Our styles, already in the colours of the model."""
    width: int = TEXT_WIDTH
    """Of its lines, in twentieths of a point."""
    numbers: Mapping[int, Element] | None = None
    """How a heading of each level asks for its number, where the model numbers its headings."""


def complete(theirs: Styles, lacking: Lacking) -> Completed:
    """Add to these styles those of ours they lack, in their fonts and sizes; not one of theirs is changed."""
    idents, made = {}, []
    taken = {ident.casefold() for ident in theirs.by_id}
    known = theirs.names()
    for style in lacking.ours.iterchildren(q("style")):
        ours, kind, name = style.get(q("styleId"), ""), style.get(q("type"), ""), name_of(style)
        found = theirs.ident(kind, name)
        if style.get(q("default")) and kind in theirs.defaults:
            found = theirs.defaults[kind]
        if not found:
            copy = _copy(style)
            found = ours if ours.casefold() not in taken else f"Smde{ours}"
            copy.set(q("styleId"), found)
            if nom_canonique(name) in known:  # another kind of style has it
                copy.find(q("name")).set(q("val"), f"{name} (document)")  # type: ignore[union-attr]
            made.append(copy)
        idents[ours] = found
    ratio = theirs.size(theirs.defaults.get("paragraph", "")) / BASE_SIZE
    for copy in made:
        for tag in ("basedOn", "next", "link"):
            for link in copy.iterchildren(q(tag)):
                link.set(q("val"), idents.get(link.get(q("val"), ""), link.get(q("val"), "")))
        _adapt(copy, theirs, lacking, ratio)
        theirs.add(copy)
    return Completed(idents, [name_of(copy) for copy in made])


def _copy(style: Element) -> Element:
    copy: Element = deepcopy(style)
    copy.tail = None
    return copy


def _adapt(style: Element, theirs: Styles, lacking: Lacking, ratio: float) -> None:
    """Give a style of ours the proportions, the fonts and the numbers of the model."""
    name = nom_canonique(name_of(style))
    if name in _NARROW:
        ratio = min(ratio, 1)
    for tag in ("sz", "szCs"):
        for size in style.iter(q(tag)):
            size.set(q("val"), str(max(_SMALLEST, round(int(size.get(q("val"), "0")) * ratio))))
    for tab in style.iter(q("tab")):
        if tab.get(q("pos")) == str(TEXT_WIDTH):
            tab.set(q("pos"), str(lacking.width))
    if name == "body text":
        _as_text(_properties(style, "pPr"), theirs)
    elif style.get(q("type")) == "paragraph" and _based_on(style) == theirs.defaults.get("paragraph"):
        _alone(_properties(style, "pPr"))
    if name.startswith(_HEADED):
        _as_heading(style, theirs, lacking, name)


def _based_on(style: Element) -> str:
    based = style.find(q("basedOn"))
    return "" if based is None else based.get(q("val"), "")


def _as_text(properties: Element, theirs: Styles) -> None:
    """Running text is that of the model; ours only adds the space between paragraphs it has not."""
    if theirs.value(theirs.defaults.get("paragraph", ""), "pPr/spacing", "after") not in ("", "0"):
        for spacing in properties.findall(q("spacing")):
            properties.remove(spacing)


def _alone(properties: Element) -> None:
    """Ours stand on plain text: none of the spaces, indents and justification that a model gives to its own."""
    spacing = properties.find(q("spacing"))
    if spacing is None:
        spacing = w("spacing")
        place(properties, spacing)
    for name in ("before", "after"):
        if spacing.get(q(name)) is None:
            spacing.set(q(name), "0")
    if properties.find(q("ind")) is None:
        place(properties, w("ind", left=0, right=0, firstLine=0))
    if properties.find(q("jc")) is None:
        place(properties, w("jc", val="left"))


def _properties(style: Element, tag: str) -> Element:
    """What a style says of paragraphs (`pPr`) or of words (`rPr`), made if it says nothing."""
    found = style.find(q(tag))
    if found is None:
        found = w(tag)
        after = ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr")[1 if tag == "pPr" else 2 :]
        following = next((rank for rank, node in enumerate(style) if node.tag in map(q, after)), len(style))
        style.insert(following, found)
    return found


def _as_heading(style: Element, theirs: Styles, lacking: Lacking, name: str) -> None:
    fonts = theirs.fonts(heading(theirs, 1))
    run = _properties(style, "rPr")
    if fonts is not None and run.find(q("rFonts")) is None:
        run.insert(0, deepcopy(fonts))
    if not name.startswith("heading "):
        return
    level = int(name[-1])
    properties = _properties(style, "pPr")
    for number in properties.findall(q("numPr")):
        properties.remove(number)
    if lacking.numbers and level in lacking.numbers:
        place(properties, deepcopy(lacking.numbers[level]))
    above = [theirs.size(heading(theirs, rank)) for rank in range(1, level) if heading(theirs, rank)]
    for tag in ("sz", "szCs"):
        for size in style.iter(q(tag)):
            size.set(q("val"), str(min([int(size.get(q("val"), "0")), *above])))


def speak_french(tree: Element) -> None:
    """Tell readers aloud and spelling checkers that the text is in French, whatever the model was written in."""
    for language in tree.iter(q("lang")):
        if not language.get(q("val"), _FRENCH).lower().startswith("fr"):
            language.set(q("val"), _FRENCH)
    defaults = tree.find(q("docDefaults"))
    if defaults is None:
        defaults = w("docDefaults")
        tree.insert(0, defaults)
    run_default = defaults.find(q("rPrDefault"))
    if run_default is None:
        run_default = w("rPrDefault")
        defaults.insert(0, run_default)
    run = run_default.find(q("rPr"))
    if run is None:
        run = w("rPr")
        run_default.append(run)
    if run.find(q("lang")) is None:
        place(run, w("lang", val=_FRENCH, eastAsia=_FRENCH, bidi="ar-SA"))
