"""Blocks of the neutral tree → HTML. Everything is escaped; a raw node, whatever its format, is refused.

The HTML is one line, so that a Markdown reader that meets it as a raw block leaves it as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from smde.arbre import Figure, Node, Nodes, texte_brut

Href = Callable[[str], str | None]
"""From a target as the tree says it (`#id` of an element, `page:…`, `fichier:…`) to an address; None: plain words."""

Poids = Callable[[str], str]
"""The weight of the file a target stands for, in words; nothing for what is no file."""

_SPECIAL = re.compile('[&<>"{}\t\n\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;", "\t": "&#9;", "\n": "&#10;",
}  # fmt: skip
_EXTERNAL = re.compile(r"(?:https?://[^/\s]|mailto:|tel:)\S+\Z", re.IGNORECASE)
_ATTRIBUTES = frozenset({"lang", "title", "aria-label"})
_WORDS = re.compile(r">[^<]*<")
_ACTIVE_SVG = re.compile(
    r"<\s*(?:script|foreignObject|style|iframe|a|image|use)\b|\son\w+\s*=|(?:href|src)\s*=|javascript:|<!|url\((?!#)",
    re.IGNORECASE,
)
_SVG_TEXTS = re.compile(r"<(title|desc)\b[^>]*>.*?</\1>", re.DOTALL)
_SVG_ROOT = re.compile(r'\s(?:role|aria-\w+|id)="[^"]*"')
_ALIGNMENTS = {"AlignRight": "droite", "AlignCenter": "centre"}
_NUMBERINGS = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}


def escape(text: str) -> str:
    """Text that means itself in HTML, in an attribute, in a printed title, and nothing in a template language."""
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], ""), text) if _SPECIAL.search(text) else text


def safe_svg(svg: str) -> bool:
    """Whether a drawing draws, and does nothing else: no script, no style, no address of any kind."""
    return svg.lstrip().startswith("<svg") and _ACTIVE_SVG.search(svg) is None


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a page's blocks, and what can be pointed at or is."""

    html: str
    titres: tuple[tuple[int, str, str], ...]
    """Headings after the first level: level, anchor, words as HTML."""
    ancres: frozenset[str]
    cibles: frozenset[str]
    """The anchors this page links to on itself."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """The HTML of a page, in the pieces its frame sets apart; `corps` is what remains."""

    corps: Rendered
    titre: str
    """The words of the title the page begins with, none when it begins otherwise; `ancre` is its anchor."""
    ancre: str
    etat: str
    """What stands right under that title: the standing of the element."""
    fil: str
    """The way up and down the chain, wherever the page says it."""


ANCRES_DU_CADRE = frozenset({"page--contenu", "page--tiroir", "notes", "page--citer"})
"""Anchors the frame of a page uses."""


def render(blocks: Sequence[Node], href: Href, figures: Mapping[str, Figure] | None = None) -> Rendered:
    """Some blocks. Notes are gathered at the end, the same note said twice has one entry."""
    return _Writer(href, figures or {}, _weightless).rendered(blocks)


def render_page(blocks: Sequence[Node], href: Href, figures: Mapping[str, Figure], poids: Poids) -> RenderedPage:
    """The blocks of one page, its title, its standing and its way along the chain apart."""
    writer = _Writer(href, figures, poids)
    rest = list(blocks)
    titre = ancre = etat = ""
    if rest and rest[0]["t"] == "Header" and rest[0]["c"][0] == 1:
        _, (ident, _, _), words = rest.pop(0)["c"]
        ancre = writer.anchor(ident) or writer.free_anchor(slug(texte_brut(words)))
        titre = writer.inlines(words)
    while rest and _classes(rest[0]) & {"etat", "proposition"}:
        etat += writer.blocks([rest.pop(0)])
    fil = writer.blocks([block for block in rest if "fil" in _classes(block)])
    writer.headings.clear()
    corps = writer.rendered([block for block in rest if "fil" not in _classes(block)])
    return RenderedPage(corps, titre, ancre, etat, fil)


def _weightless(_: str) -> str:
    return ""


def _classes(node: Node) -> set[str]:
    return set(node["c"][0][1]) if node["t"] == "Div" else set()


class _Writer:
    def __init__(self, href: Href, figures: Mapping[str, Figure], poids: Poids) -> None:
        self.href = href
        self.figures = figures
        self.poids = poids
        self.headings: list[tuple[int, str, str]] = []
        self.anchors: set[str] = set(ANCRES_DU_CADRE)
        self.targets: set[str] = set()
        self.notes: dict[str, tuple[int, list[int]]] = {}
        self.calls = 0
        self.drawings = 0
        self.tables = 0
        self.legends: set[str] = set()

    def rendered(self, blocks: Sequence[Node]) -> Rendered:
        html = self.blocks(blocks) + self.notes_section()
        return Rendered(html, tuple(self.headings), frozenset(self.anchors), frozenset(self.targets))

    def blocks(self, nodes: Sequence[Node]) -> str:
        parts, above = [], ""
        for node in nodes:
            kind, content = node["t"], node.get("c")
            if kind == "Table":
                parts.append(self.table(content, above))
            else:
                parts.append((_BLOCKS.get(kind) or refuse(node))(self, content))
            above = texte_brut(node["c"][2]) if kind == "Header" else ""
        return "".join(parts)

    def inlines(self, nodes: Sequence[Node]) -> str:
        parts = []
        for node in nodes:
            kind = node["t"]
            if kind == "Str":
                parts.append(escape(node["c"]))
            elif kind == "Space" or kind == "SoftBreak":
                parts.append(" ")
            else:
                parts.append((_INLINES.get(kind) or refuse(node))(self, node.get("c")))
        return "".join(parts)

    def flow(self, nodes: Nodes) -> str:
        """The content of a cell or of a list item: a lone paragraph needs no mark of its own."""
        return self.inlines(nodes[0]["c"]) if len(nodes) == 1 and nodes[0]["t"] == "Plain" else self.blocks(nodes)

    def anchor(self, ident: str) -> str:
        """The id if it is still free on the page, else none: two same ids are an error for every reader."""
        if not ident or ident in self.anchors:
            return ""
        self.anchors.add(ident)
        return ident

    def attributes(self, attr: Any, *more: str) -> str:
        ident, classes, values = attr
        ident = self.anchor(ident)
        text = f' id="{escape(ident)}"' if ident else ""
        if names := [*more, *classes]:
            text += f' class="{escape(" ".join(names))}"'
        return text + "".join([f' {key}="{escape(value)}"' for key, value in values if key in _ATTRIBUTES])

    def heading(self, content: Any) -> str:
        level, (ident, classes, values), words = content
        level = min(level, 6)
        ident = self.anchor(ident) or self.free_anchor(slug(texte_brut(words)))
        html = self.inlines(words)
        if level > 1:
            self.headings.append((level, ident, re.sub(r'<sup class="appel".*?</sup>|<[^>]*>', "", html)))
        return f'<h{level} id="{escape(ident)}"{self.attributes(["", classes, values])}>{html}</h{level}>'

    def free_anchor(self, wanted: str) -> str:
        number, ident = 1, wanted
        while ident in self.anchors:
            number += 1
            ident = f"{wanted}-{number}"
        return self.anchor(ident)

    def div(self, content: Any) -> str:
        attr, blocks = content
        if "fil" in attr[1]:
            label = "" if any(key == "aria-label" for key, _ in attr[2]) else ' aria-label="Fil de la démonstration"'
            return f"<nav{self.attributes(attr)}{label}>{self.blocks(blocks)}</nav>"
        if "repli" in attr[1] and blocks and blocks[0]["t"] in ("Para", "Plain"):
            words, folded = self.inlines(blocks[0]["c"]), self.blocks(blocks[1:])
            return f"<details{self.attributes(attr)}><summary>{words}</summary>{folded}</details>"
        role = ' role="note"' if {"avertissement", "proposition"} & set(attr[1]) else ""
        return f"<div{self.attributes(attr)}{role}>{self.blocks(blocks)}</div>"

    def listing(self, tag: str, items: Sequence[Nodes]) -> str:
        content = "".join([f"<li>{self.flow(item)}</li>" for item in items])
        return f"<{tag}>{content}</{tag.split()[0]}>"

    def ordered(self, content: Any) -> str:
        (start, style, _), items = content
        kind = f' type="{_NUMBERINGS[style["t"]]}"' if style["t"] in _NUMBERINGS else ""
        return self.listing("ol" + kind + (f' start="{start}"' if start != 1 else ""), items)

    def definitions(self, items: Any) -> str:
        parts = []
        for term, definitions in items:
            parts += [f"<dt>{self.inlines(term)}</dt>", *[f"<dd>{self.flow(blocks)}</dd>" for blocks in definitions]]
        return f"<dl>{''.join(parts)}</dl>"

    def table(self, content: Any, above: str = "") -> str:
        """A table; a caption that says again the heading right above it is kept for who does not see the page."""
        attr, (_, caption), specs, (_, head), bodies, (_, foot) = content
        self.tables += 1
        name = self.free_anchor(f"tableau-{self.tables}")
        legend = self.flow(caption)
        columns = [_ALIGNMENTS.get(spec[0]["t"], "") for spec in specs]
        html = f"<thead>{self.rows(head, columns, len(columns), 'col')}</thead>" if head else ""
        for _, row_heads, inner_head, rows in bodies:
            inner = self.rows(inner_head, columns, len(columns), "colgroup")
            html += f"<tbody>{inner}{self.rows(rows, columns, row_heads)}</tbody>"
        html += f"<tfoot>{self.rows(foot, columns, 1)}</tfoot>" if foot else ""
        if any(widths := [spec[1].get("c") for spec in specs]):
            shares = "".join([f'<col style="width:{width:.2%}">' if width else "<col>" for width in widths])
            html = f"<colgroup>{shares}</colgroup>{html}"
        role = "group" if legend in self.legends or not legend else "region"  # two landmarks never share a name
        self.legends.add(legend)
        repeats = ' class="lu"' if _repeats(texte_brut(caption), above) else ""
        label = f'role="{role}" ' + (f'aria-labelledby="{name}"' if legend else 'aria-label="Tableau"')
        return (
            f'<div class="tableau{_suffix(attr[1])}" {label} tabindex="0"><table{self.attributes(attr, "grille")}>'
            + (f'<caption id="{name}"{repeats}>{legend}</caption>' if legend else "")
            + f"{html}</table></div>"
        )

    def rows(self, rows: Any, columns: Sequence[str], heads: int, scope: str = "row") -> str:
        return "".join(
            [f"<tr{self.attributes(attr)}>{self.cells(cells, columns, heads, scope)}</tr>" for attr, cells in rows]
        )

    def cells(self, cells: Any, columns: Sequence[str], heads: int, scope: str) -> str:
        html, column = [], 0
        for attr, alignment, rowspan, colspan, blocks in cells:
            content = self.flow(blocks)
            head = column < heads and content
            align = _ALIGNMENTS.get(alignment["t"]) or (columns[column] if column < len(columns) else "")
            span = (f' rowspan="{rowspan}"' if rowspan > 1 else "") + (f' colspan="{colspan}"' if colspan > 1 else "")
            attributes = self.attributes(attr, *([align] if align else []))
            if head:
                kind = scope + "group" if scope == "col" and colspan > 1 else scope
                html.append(f'<th scope="{kind}"{attributes}{span}>{content}</th>')
            else:
                html.append(f"<td{attributes}{span}>{content}</td>")
            column += colspan
        return "".join(html)

    def figure(self, content: Any) -> str:
        attr, (_, caption), blocks = content
        picture = self.blocks(blocks)
        legend = f"<figcaption>{self.flow(caption)}</figcaption>" if caption else ""
        return f"<figure{self.attributes(attr)}>{picture}{legend}</figure>"

    def image(self, content: Any) -> str:
        _, words, (target, _) = content
        if target.startswith("figure:"):
            figure = self.figures.get(target[7:])
            return self.drawing(figure) if figure else self.inlines(words)
        address = self.href(target)
        if address is None:
            return self.inlines(words)
        return f'<img src="{escape(address)}" alt="{escape(texte_brut(words))}" loading="lazy">'

    def drawing(self, figure: Figure) -> str:
        drawings = [figure.svg, figure.etroit] if figure.etroit else [figure.svg]
        if not all(safe_svg(_WORDS.sub("><", svg)) for svg in drawings):  # their words are escaped: they may say all
            raise ValueError(f"the figure {figure.nom!r} is more than a drawing")
        self.drawings += 1
        name = self.free_anchor(f"dessin-{self.drawings}")
        title, description = escape(figure.titre), escape(figure.description)
        texts = f'<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>'
        named = f'role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
        html = ""
        for svg, classe in zip(drawings, ("", ' class="etroit"'), strict=False):
            opening, _, rest = _SVG_TEXTS.sub("", svg.strip()).partition(">")
            html += f"{_SVG_ROOT.sub('', opening)}{classe} {named}>{'' if classe else texts}{rest}"
        return f'<div class="dessin" role="group" aria-label="{title}" tabindex="0">{html}</div>'.replace("\n", " ")

    def link(self, content: Any) -> str:
        (ident, classes, values), words, (target, _) = content
        html, attr = self.inlines(words), (ident, [name for name in classes if name != "element"], values)
        if _EXTERNAL.match(target):
            relation = ' rel="noopener"' if target[:4].lower() == "http" else ""
            return f'<a href="{escape(target)}"{self.attributes(attr)}{relation}>{html}</a>'
        if target.startswith("#") and "element" not in classes:
            self.targets.add(target[1:])
            return f'<a href="{escape(target)}"{self.attributes(attr)}>{html}</a>'
        address = self.href(target)
        if address is None:
            return html
        weight = self.poids(target)
        html += f' <span class="poids">{escape(weight)}</span>' if weight else ""
        return f'<a href="{escape(address)}"{self.attributes(attr)}>{html}</a>'

    def note(self, blocks: Nodes) -> str:
        html = " ".join(
            [self.inlines(block["c"]) if block["t"] == "Para" else self.blocks([block]) for block in blocks]
        )
        number, calls = self.notes.setdefault(html, (len(self.notes) + 1, []))
        self.calls += 1
        calls.append(self.calls)
        link = f'id="appel--{self.calls}" href="#note--{number}" aria-label="Note {number}"'
        return f'<sup class="appel"><a {link}>{number}</a></sup>'

    def notes_section(self) -> str:
        if not self.notes:
            return ""
        self.headings.append((2, "notes", "Notes et sources"))
        items = "".join(
            [
                f'<li id="note--{number}">{html}{"".join(map(_way_back, calls))}</li>'
                for html, (number, calls) in self.notes.items()
            ]
        )
        heading = '<h2 id="notes">Notes et sources</h2>'
        return f'<section class="notes" aria-labelledby="notes">{heading}<ol>{items}</ol></section>'


def _way_back(call: int) -> str:
    return f' <a class="retour" href="#appel--{call}" aria-label="Retour à l’appel de note {call}">↑</a>'


def slug(text: str) -> str:
    """« Accès à l'emploi » → `acces-a-l-emploi`."""
    plain = "".join([c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c)])
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "partie"


def _repeats(caption: str, heading: str) -> bool:
    """« Étapes et échéances » under « Étapes »."""
    said = set(slug(heading).split("-")) if heading else set()
    return bool(said) and said <= set(slug(caption).split("-"))


def refuse(node: Node) -> NoReturn:
    raise ValueError(f"node {node['t']} has no place in a page")


def _suffix(classes: Sequence[str]) -> str:
    return "".join([f" tableau-{escape(name)}" for name in classes])


def _wrapped(tag: str) -> Callable[[_Writer, Any], str]:
    closing = tag.split()[0]
    return lambda writer, content: f"<{tag}>{writer.inlines(content)}</{closing}>"


def _span(writer: _Writer, content: Any) -> str:
    """Words of a kind; a short form that says its meaning is an abbreviation."""
    attr, words = content
    tag = "abbr" if "sigle" in attr[1] and any(key == "title" for key, _ in attr[2]) else "span"
    return f"<{tag}{writer.attributes(attr)}>{writer.inlines(words)}</{tag}>"


def _quoted(writer: _Writer, content: Any) -> str:
    kind, words = content
    html = writer.inlines(words)
    return f"«\u00a0{html}\u00a0»" if kind["t"] == "DoubleQuote" else f"“{html}”"


_BLOCKS: dict[str, Callable[[_Writer, Any], str]] = {
    "Plain": lambda writer, content: writer.inlines(content),
    "Para": _wrapped("p"),
    "Header": _Writer.heading,
    "Div": _Writer.div,
    "BulletList": lambda writer, content: writer.listing("ul", content),
    "OrderedList": _Writer.ordered,
    "DefinitionList": _Writer.definitions,
    "Figure": _Writer.figure,
    "BlockQuote": lambda writer, content: f"<blockquote>{writer.blocks(content)}</blockquote>",
    "LineBlock": lambda writer, content: "<p>" + "<br>".join([writer.inlines(line) for line in content]) + "</p>",
    "CodeBlock": lambda writer, content: f"<pre{writer.attributes(content[0])}><code>{escape(content[1])}</code></pre>",
    "HorizontalRule": lambda writer, content: "<hr>",
}

_INLINES: dict[str, Callable[[_Writer, Any], str]] = {
    "Emph": _wrapped("em"),
    "Strong": _wrapped("strong"),
    "Underline": _wrapped("ins"),
    "Strikeout": _wrapped("del"),
    "Superscript": _wrapped("sup"),
    "Subscript": _wrapped("sub"),
    "SmallCaps": _wrapped('span class="petites-capitales"'),
    "Quoted": _quoted,
    "Cite": lambda writer, content: writer.inlines(content[1]),
    "Code": lambda writer, content: f"<code{writer.attributes(content[0])}>{escape(content[1])}</code>",
    "Math": lambda writer, content: f"<code>{escape(content[1])}</code>",
    "LineBreak": lambda writer, content: "<br>",
    "Link": _Writer.link,
    "Image": _Writer.image,
    "Note": _Writer.note,
    "Span": _span,
}
