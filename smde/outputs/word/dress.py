"""A document put in the model of an authority: its styles, pages, headers, footers, fonts and numbers, not its text."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from smde.modele_word import ModeleWord
from smde.outputs.reference import reference
from smde.outputs.word.around import Piece, bring, clean, has_picture, pieces, retab
from smde.outputs.word.numerotation import Level, asks_for_numbers, numbered_headings
from smde.outputs.word.paquet import Paquet, read_zip
from smde.outputs.word.sections import Margins, Page, Pages, Surround, add_margin
from smde.outputs.word.styles import Lacking, Styles, colour_of, complete, heading, name_of, speak_french
from smde.outputs.word.xml import Element, parse, place, properties_of, q, serialize, style_of, w

_SETTINGS = (
    "mirrorMargins gutterAtTop defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps evenAndOddHeaders clrSchemeMapping"
)
"""Settings of the model that change how its pages look; no other is taken."""
_USES = tuple(q(tag) for tag in ("pStyle", "rStyle", "tblStyle"))
_COVER = ("CouvertureLogo", "CouvertureAutorite", "CouvertureStatut", "CouvertureVersion", "Title", "Subtitle")
_FONT_PARTS = ("embed", "charset")
"""Of a font: its outlines, which stay in the model, and its characters, said by LibreOffice in words of its own."""
_NARROWEST = 2800
_WIDE = 7
"""The width of a wide letter, in twentieths of a point, for each half-point of its size."""


class Dress:
    """What a document takes of a model; `accent` is the colour of its warnings, which no model has a name for."""

    def __init__(self, modele: ModeleWord, accent: str) -> None:
        self.modele = modele
        theme = modele.partie("theme")
        self.styles = Styles(clean(modele.arbre(modele.partie("styles"))), modele.arbre(theme) if theme else None)
        numbering = modele.partie("numbering")
        self._numbering = clean(modele.arbre(numbering)) if numbering else None
        self._brought: dict[tuple[str, bool], str] = {}
        self._written: dict[tuple[str, bool], str] = {}
        self.theirs = frozenset(self.styles.by_id)
        self._read_sections()
        self.colour = colour_of(self.styles)
        ours = read_zip(reference(self.colour, accent)).tree("word/styles.xml")
        numbers = asks_for_numbers(self.styles, self._numbering)
        self.completed = complete(self.styles, Lacking(ours, self.upright.lines, numbers))
        self.levels: Mapping[int, Level] = numbered_headings(self.styles, self._numbering)

    def _read_sections(self) -> None:
        tree = self.modele.arbre(self.modele.principale)
        found: list[tuple[Element, dict[tuple[str, str], Piece]]] = []
        known: dict[tuple[str, str], Piece] = {}
        for section in tree.iter(q("sectPr")):
            known = {**known, **{(piece.kind, piece.pages): piece for piece in pieces(self.modele, section)}}
            found.append((section, known))
        found = found or [(w("sectPr"), {})]
        upright = next((each for each in reversed(found) if not page_of(each[0]).landscape), None)
        wide = next((each for each in reversed(found) if page_of(each[0]).landscape), None)
        section, self._around = upright or found[-1]
        page = page_of(section)
        self.upright = page.turned() if page.landscape else page
        self.wide = page_of(wide[0]) if wide else self.upright.turned()
        self._around_wide = wide[1] if wide and wide[1] else self._around
        self._kept = [each for each in section if each.tag in (q("pgBorders"), q("docGrid"))]
        self.first = self._first(found[0], section)

    def _first(self, opening: tuple[Element, dict[tuple[str, str], Piece]], section: Element) -> list[Piece] | None:
        """What the first page has instead of what the others have; None when it is as they are."""
        opens, around = opening
        if opens.find(q("titlePg")) is not None:
            return [piece for (_, pages), piece in around.items() if pages == "first"]
        if opens is not section and around != self._around:
            return [replace(piece, pages="first") for (_, pages), piece in around.items() if pages == "default"]
        return None

    def around(self) -> list[Piece]:
        """The headers and footers of ordinary pages."""
        return [piece for (_, pages), piece in self._around.items() if pages == "default" or self._even(pages)]

    def _even(self, pages: str) -> bool:
        settings = self.modele.partie("settings")
        return (
            pages == "even" and bool(settings) and self.modele.arbre(settings).find(q("evenAndOddHeaders")) is not None
        )

    @property
    def opens_with_picture(self) -> bool:
        """Whether its first page already shows a picture, a logo most likely."""
        return any(
            has_picture(self.modele, piece) for piece in (self.first if self.first is not None else self.around())
        )

    def pages(self, margins: Margins, facts: Mapping[str, str]) -> Pages:
        """The pages of the model, and what they say around the text; ours where it says nothing."""
        return Pages(self.upright, self.wide, self._surround(margins, facts))

    def _surround(self, margins: Margins, facts: Mapping[str, str]) -> Surround:
        def surround(paquet: Paquet, landscape: bool, first: bool) -> list[Element]:
            lines = (self.wide if landscape else self.upright).lines
            made: list[Element] = []
            bare = False
            for kind in ("header", "footer"):
                known = self._around_wide if landscape else self._around
                given = [piece for (of, pages), piece in known.items() if of == kind and pages != "first"]
                given = [piece for piece in given if piece.pages == "default" or self._even(piece.pages)]
                opening = [piece for piece in self.first or [] if piece.kind == kind] if first else []
                if not given and not any(piece.kind == kind for piece in self.first or []):
                    ident = self._add_ours(paquet, kind, margins, lines, landscape)
                    made.append(w(f"{kind}Reference", type="default", r_id=ident))
                    bare = bare or margins.bare_first
                    continue
                for piece in [*given, *opening]:
                    ident = self._bring(paquet, piece, facts, landscape)
                    made.append(w(f"{kind}Reference", type=piece.pages, r_id=ident))
            if first and (self.first is not None or bare):
                if self.first is None:
                    made += [_as_first(each) for each in made if self._is_theirs(each)]
                made.append(w("titlePg"))
            return made + [parse(serialize(each)) for each in self._kept]

        return surround

    def _is_theirs(self, reference: Element) -> bool:
        return reference.get(q("r:id")) in self._brought.values() and reference.get(q("type")) == "default"

    def _add_ours(self, paquet: Paquet, kind: str, margins: Margins, lines: int, landscape: bool) -> str:
        key = kind, landscape
        if key not in self._written:
            self._written[key] = add_margin(paquet, kind, margins, lines)
        return self._written[key]

    def _bring(self, paquet: Paquet, piece: Piece, facts: Mapping[str, str], landscape: bool) -> str:
        own = landscape and piece in self._around_wide.values() and self._around_wide is not self._around
        turned = landscape and not own
        key = piece.part, turned
        if key not in self._brought:
            stretch = (self.upright.lines, self.wide.lines if turned else self.upright.lines)
            before = set(paquet.parts)
            self._brought[key] = bring(paquet, self.modele, piece, facts, stretch)
            (made,) = (name for name in set(paquet.parts) - before if name.startswith(f"word/{piece.kind}"))
            if turned:
                tree = paquet.tree(made)
                retab(tree, self._tabs, *stretch)
                paquet.put(made, tree)
        return self._brought[key]

    @cached_property
    def _tabs(self) -> dict[str, list[tuple[str, str]]]:
        """The tabs each style of paragraph comes with."""
        return {ident: tabs for ident in self.styles.by_id if (tabs := self.styles.tabs(ident))}

    def put_on(self, paquet: Paquet, body: Element) -> None:
        """Give the document the styles, lists, fonts and theme of the model, under the names they have there."""
        idents = {**self._leftovers(paquet), **self.completed.idents}
        self._lists(paquet, body)
        for frame in body.iter(q("framePr")):
            frame.set(q("w"), str(self.upright.lines))
        self._open_pages(body)
        self._outline(body)
        self._contents(body)
        _rename(body, idents)
        ours = [f"word/{ident.removeprefix('rId').lower()}.xml" for ident in self._written.values()]
        for name in ("word/footnotes.xml", *ours):
            if name in paquet.parts:
                tree = paquet.tree(name)
                if name in ours:
                    self._clear_tabs(tree, idents)
                _rename(tree, idents)
                paquet.put(name, tree)
        speak_french(self.styles.tree)
        paquet.put("word/styles.xml", self.styles.tree)
        self._theme(paquet)

    def _leftovers(self, paquet: Paquet) -> dict[str, str]:
        """Styles that only the document has: added too."""
        known = self.completed.idents
        made = paquet.tree("word/styles.xml")
        for style in list(made.iterchildren(q("style"))):
            if style.get(q("styleId")) in known:
                made.remove(style)
        return complete(self.styles, Lacking(made, self.upright.lines)).idents

    def _lists(self, paquet: Paquet, body: Element) -> None:
        """The lists of the model, then those of the document under numbers of their own."""
        base = self._numbering if self._numbering is not None else w("numbering")
        for picture in [*base.iter(q("numPicBullet")), *base.iter(q("lvlPicBulletId"))]:
            picture.getparent().remove(picture)  # type: ignore[union-attr]
        made = paquet.tree("word/numbering.xml")
        definitions, lists = list(base.iterchildren(q("abstractNum"))), list(base.iterchildren(q("num")))
        first = 1 + max([int(each.get(q("abstractNumId"), "0")) for each in definitions], default=0)
        number = 1 + max([int(each.get(q("numId"), "0")) for each in lists], default=0)
        at = base.index(lists[0]) if lists else base.index(definitions[-1]) + 1 if definitions else 0
        known: dict[str, str] = {}
        for rank, definition in enumerate(list(made.iterchildren(q("abstractNum")))):
            if definition.find(f"{q('lvl')}/{q('pStyle')}") is not None:
                continue  # the numbers of our headings
            known[definition.get(q("abstractNumId"), "")] = str(first + rank)
            definition.set(q("abstractNumId"), str(first + rank))
            base.insert(at, definition)
            at += 1
        at += len(lists)
        idents: dict[str, str] = {}
        for rank, listed in enumerate(list(made.iterchildren(q("num")))):
            link = listed.find(q("abstractNumId"))
            if link is None or link.get(q("val")) not in known:
                continue
            link.set(q("val"), known[link.get(q("val"), "")])
            idents[listed.get(q("numId"), "")] = str(number + rank)
            listed.set(q("numId"), str(number + rank))
            base.insert(at, listed)
            at += 1
        for use in body.iter(q("numId")):
            use.set(q("val"), idents.get(use.get(q("val"), ""), "0"))
        paquet.put("word/numbering.xml", base)

    def _open_pages(self, body: Element) -> None:
        """After a cover, what follows starts a page, whether or not the styles of the model say so."""
        first = next(iter(body.iterchildren(q("p"))), None)
        if first is None or style_of(first) not in _COVER or body.find(f".//{q('framePr')}") is None:
            return
        blocks = [block for block in body if block.tag == q("sdt") or style_of(block) not in _COVER]
        for block in blocks[: 2 if blocks[0].tag == q("sdt") else 1]:
            paragraph = next(block.iter(q("p")), None)
            if paragraph is not None and not self._breaks(style_of(paragraph)) and block.tag in (q("p"), q("sdt")):
                place(properties_of(paragraph), w("pageBreakBefore"))

    def _breaks(self, ours: str) -> bool:
        return self.styles.says(self.completed.idents.get(ours, ours), "pPr/pageBreakBefore")

    def _outline(self, body: Element) -> None:
        """A heading whose style is not known as one to Word says its level itself: the contents list it."""
        silent = [
            level
            for level in range(1, 7)
            if not self.styles.value(self.completed.idents.get(f"Heading{level}", ""), "pPr/outlineLvl")
            and not name_of(self.styles.by_id.get(heading(self.styles, level), w("style")))
            .lower()
            .startswith("heading")
        ]
        for paragraph in body.iterchildren(q("p")) if silent else ():
            style = style_of(paragraph)
            if style.startswith("Heading") and int(style[-1]) in silent:
                place(properties_of(paragraph), w("outlineLvl", val=int(style[-1]) - 1))

    def _contents(self, body: Element) -> None:
        """Where the entries of the contents have the styles of the model: room for the number, no indent of ours."""
        entries: dict[str, list[tuple[Element, str]]] = {}
        for paragraph in body.iterfind(f"{q('sdt')}/{q('sdtContent')}/{q('p')}"):
            link = paragraph.find(q("hyperlink"))
            if link is not None:
                numbered = link.find(f"{q('r')}/{q('tab')}") is not None
                number = next(node.text or "" for node in link.iter(q("t"))) if numbered else ""
                entries.setdefault(self.completed.idents[style_of(paragraph)], []).append((paragraph, number))
        for ident, listed in entries.items():
            room = _WIDE * self.styles.size(ident) * max(3, *(len(number) for _, number in listed))
            said = {name: self.styles.value(ident, "pPr/ind", name) for name in ("left", "hanging")}
            left, hanging = (int(value) if value.isdigit() else 0 for value in said.values())
            for paragraph, number in listed:
                if ident in self.theirs:
                    for former in properties_of(paragraph).findall(q("ind")):
                        properties_of(paragraph).remove(former)
                    tabs = [w("tab", val="left", pos=left + room)] if number else []
                    tabs.append(w("tab", val="right", leader="dot", pos=self.upright.lines))
                    place(properties_of(paragraph), w("tabs", *tabs))
                elif number and room > hanging:
                    start = left - hanging
                    tabs = [w("tab", val="clear", pos=left), w("tab", val="left", pos=start + room)]
                    place(properties_of(paragraph), w("tabs", *tabs), w("ind", left=start + room, hanging=room))

    def _clear_tabs(self, tree: Element, idents: Mapping[str, str]) -> None:
        """In our headers, no other tab than ours."""
        for paragraph in tree.iter(q("p")):
            tabs = properties_of(paragraph).find(q("tabs"))
            if tabs is not None:
                inherited = self._tabs.get(idents.get(style_of(paragraph), ""), [])
                tabs[:0] = [w("tab", val="clear", pos=pos) for _, pos in inherited if tabs[-1].get(q("pos")) != pos]

    def _theme(self, paquet: Paquet) -> None:
        if theme := self.modele.partie("theme"):
            tree = self.modele.arbre(theme)
            for fill in list(tree.iter(f"{{{_DRAWING}}}blipFill")):
                parent = fill.getparent()
                assert parent is not None
                plain = parse(_FILL)
                parent.replace(fill, plain)
            paquet.put("word/theme/theme1.xml", tree)
        if fonts := self.modele.partie("fontTable"):
            tree = self.modele.arbre(fonts)
            for node in [node for node in tree.iter() if str(node.tag).rpartition("}")[2].startswith(_FONT_PARTS)]:
                node.getparent().remove(node)  # type: ignore[union-attr]
            paquet.put("word/fontTable.xml", tree)

    def keep_settings(self, paquet: Paquet) -> None:
        """The settings of the model that its pages rest on, among ours."""
        part = self.modele.partie("settings")
        if not part:
            return
        theirs, ours = self.modele.arbre(part), paquet.tree("word/settings.xml")
        for name in _SETTINGS.split():
            if (found := theirs.find(q(name))) is not None:
                place(ours, found)
        paquet.put("word/settings.xml", ours)


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FILL = f'<a:solidFill xmlns:a="{_DRAWING}"><a:schemeClr val="phClr"/></a:solidFill>'.encode()


def page_of(section: Element) -> Page:
    """The page and the margins of a section; those of the house for what it does not say, or says beyond reason."""
    size, margins = section.find(q("pgSz")), section.find(q("pgMar"))
    given = {
        **{name: _twips(size, attribute) for name, attribute in (("width", "w"), ("height", "h"))},
        **{name: _twips(margins, name) for name in ("top", "right", "bottom", "left", "header", "footer", "gutter")},
    }
    page = replace(Page(), **{name: value for name, value in given.items() if value is not None})
    return page if page.lines >= _NARROWEST else Page()


def _twips(element: Element | None, name: str) -> int | None:
    value = "" if element is None else element.get(q(name), "")
    try:
        return round(float(value))
    except ValueError:
        pass
    unit = {"cm": 566.93, "mm": 56.693, "in": 1440.0, "pt": 20.0}.get(value[-2:])
    try:
        return None if unit is None else round(float(value[:-2]) * unit)
    except ValueError:
        return None


def _as_first(reference: Element) -> Element:
    return w(str(reference.tag).rpartition("}")[2], type="first", r_id=reference.get(q("r:id"), ""))


def _rename(tree: Element, idents: Mapping[str, str]) -> None:
    for use in tree.iter(*_USES):
        use.set(q("val"), idents.get(use.get(q("val"), ""), use.get(q("val"), "")))
