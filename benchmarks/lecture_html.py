"""What an accessibility auditor reads in the HTML of a page, without a browser: one sentence in French a fault.

It knows nothing of how the site is made: any folder of HTML pages can be read. It proves no conformity; it finds what
is surely wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

Element = html.HtmlElement

_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
_LOADED = (
    "//script/@src | //img/@src | //iframe/@src | //link[not(@rel='canonical')]/@href | //source/@src | //image/@href"
)
_VAGUE = frozenset({"ici", "cliquez ici", "lire", "lire la suite", "en savoir plus", "suite", "lien", "voir", "plus"})
_NAMES = ("aria-label", "title")
_FIELDS = "//input[not(@type='hidden')][not(contains(@class, 'md-toggle'))] | //select | //textarea"
"""The boxes left out are never shown: they hold the state of the drawer and of the search of Material."""
_HEADINGS = "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
_WORDS = re.compile(r"\w")


def page(file: Path) -> Element:
    """The page, parsed."""
    return html.document_fromstring(file.read_text(encoding="utf-8"))


def nom(element: Element) -> str:
    """What a link or a button is called when it is read aloud."""
    for key in _NAMES:
        if words := (element.get(key) or "").strip():
            return words
    pieces = [vu(element), *element.xpath(".//img/@alt | .//*[@aria-label]/@aria-label | .//svg/title/text()")]
    return " ".join(" ".join(pieces).split())


def vu(element: Element) -> str:
    """The words one sees in it, without those hidden from a screen reader."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::*[@aria-hidden='true'])]")).split())


def fautes(tree: Element) -> list[str]:
    """Everything wrong in one page."""
    if renvoi(tree):
        return [*_renvoi(tree)]
    return [
        *_frame(tree), *_headings(tree), *_ids(tree), *_links(tree), *_pictures(tree), *_tables(tree), *_lists(tree),
        *_fields(tree), *_loaded(tree),
    ]  # fmt: skip


def renvoi(tree: Element) -> str:
    """Where the page sends its reader at once; empty when it is a page to read."""
    content = "".join(tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content"))
    found = re.fullmatch(r"\s*0\s*;\s*url=(.+)", content, re.IGNORECASE)
    return found[1].strip() if found else ""


def _renvoi(tree: Element) -> Iterator[str]:
    if tree.get("lang") != "fr":
        yield f"langue de la page : {tree.get('lang')!r}"
    if not tree.findtext("head/title", "").strip():
        yield "titre de la page absent"
    if renvoi(tree) not in tree.xpath("//a[normalize-space()]/@href"):
        yield "renvoi sans lien pour qui n'est pas emmené"


def _frame(tree: Element) -> Iterator[str]:
    if tree.get("lang") != "fr":
        yield f"langue de la page : {tree.get('lang')!r}"
    titles = [" ".join(title.text_content().split()) for title in tree.xpath("/html/head/title")]
    if len(titles) != 1 or not titles[0]:
        yield f"titre de la page : {titles}"
    if not "".join(tree.xpath("/html/head/meta[@name='description']/@content")).strip():
        yield "description de la page absente"
    viewport = "".join(tree.xpath("/html/head/meta[@name='viewport']/@content"))
    if re.search(r"user-scalable\s*=\s*(?:no|0)|maximum-scale", viewport):
        yield f"agrandissement empêché : {viewport}"
    if tree.xpath("/html/head/meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"):
        yield "page qui se recharge seule"
    for role, path in (("main", "//main"), ("contentinfo", "//footer"), ("banner", "//header[not(ancestor::main)]")):
        if len(tree.xpath(path)) != 1:
            yield f"{len(tree.xpath(path))} zones « {role} »"
    first = next(iter(tree.xpath("/html/body//a[@href] | /html/body//button")), None)
    target = "" if first is None else first.get("href", "")
    if not target.startswith("#") or not tree.xpath(f"//*[@id='{target[1:]}']"):
        yield "le premier lien ne mène pas au contenu"
    for element in tree.xpath("//*[@tabindex > 0]"):
        yield f"ordre du clavier forcé : {_short(element)}"


def _headings(tree: Element) -> Iterator[str]:
    found = [
        heading
        for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    ]
    if tree.xpath("count(//h1)") != 1:
        yield f"{tree.xpath('count(//h1)'):.0f} titres de premier niveau"
    before = 0
    for heading in found:
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"titre de niveau {level} après un niveau {before} : {_short(heading)}"
        if not heading.text_content().strip():
            yield f"titre vide : {_short(heading)}"
        before = level


def _ids(tree: Element) -> Iterator[str]:
    known = Counter(tree.xpath("//@id"))
    yield from (f"identifiant répété : {ident}" for ident, count in known.items() if count > 1)
    for key in _REFERENCES:
        for element in tree.xpath(f"//*[@{key}]"):
            for ident in element.get(key).split():
                if ident not in known:
                    yield f"{key} cite un identifiant absent : {ident}"


def _links(tree: Element) -> Iterator[str]:
    for link in tree.xpath("(//a[@href] | //button | //summary)[not(@hidden)]"):
        words = nom(link)
        if not words:
            yield f"lien ou bouton sans nom : {_short(link)}"
        elif words.casefold().strip(" .…:>»") in _VAGUE:
            yield f"lien ou bouton qui ne dit pas où il mène : {words}"
        seen = vu(link)
        label = " ".join((link.get("aria-label") or "").split())
        if label and _WORDS.search(seen) and seen.casefold() not in label.casefold():
            yield f"le nom lu « {label} » ne contient pas les mots vus « {seen} »"
        if link.xpath(".//a[@href] | .//button"):
            yield f"lien ou bouton dans un autre : {_short(link)}"
    for link in tree.xpath("//a[not(@href)][not(@id)][not(@name)]"):
        yield f"lien sans adresse : {_short(link)}"
    for details in tree.xpath("//details"):
        if len(details) == 0 or details[0].tag != "summary":
            yield f"bloc dépliable sans intitulé : {_short(details)}"


def _pictures(tree: Element) -> Iterator[str]:
    for image in tree.xpath("//img[not(@alt)]"):
        yield f"image sans texte de remplacement : {_short(image)}"
    for drawing in tree.xpath("//*[local-name()='svg']"):
        if drawing.xpath("ancestor-or-self::*[@aria-hidden='true']"):
            continue
        if drawing.get("role") != "img":
            yield f"dessin ni nommé ni caché : {_short(drawing)}"
        elif not (drawing.get("aria-label") or drawing.get("aria-labelledby")):
            yield f"dessin sans nom : {_short(drawing)}"
    for abbreviation in tree.xpath("//abbr[not(@title)]"):
        yield f"abréviation sans développement : {_short(abbreviation)}"


def _tables(tree: Element) -> Iterator[str]:
    for table in tree.xpath("//table"):
        words = " ".join("".join(table.xpath("./caption//text()")).split())
        if not words:
            yield f"tableau sans titre : {_short(table)}"
        if not table.xpath(".//th"):
            yield f"tableau sans en-tête : {words}"
        for head in table.xpath(".//th"):
            if head.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield f"en-tête sans portée dans « {words} » : {_short(head)}"
            if not head.text_content().strip():
                yield f"en-tête vide dans « {words} »"


def _lists(tree: Element) -> Iterator[str]:
    for listed in tree.xpath("//ul[*[not(self::li or self::script or self::template)]] | //ol[*[not(self::li)]]"):
        yield f"liste qui contient autre chose que ses lignes : {_short(listed)}"
    for item in tree.xpath("//li[not(parent::ul or parent::ol)] | //dt[not(parent::dl or parent::div/parent::dl)]"):
        yield f"ligne hors d'une liste : {_short(item)}"
    for listed in tree.xpath("//dl[*[1][not(self::dt or self::div)]]"):
        yield f"liste de définitions qui ne commence pas par un terme : {_short(listed)}"


def _fields(tree: Element) -> Iterator[str]:
    labels = set(tree.xpath("//label/@for"))
    for field in tree.xpath(_FIELDS):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labels
        if not named and not field.xpath("ancestor::label"):
            yield f"champ sans étiquette : {_short(field)}"


def _loaded(tree: Element) -> Iterator[str]:
    for address in tree.xpath(_LOADED):
        if urlsplit(address).netloc:
            yield f"ressource d'un autre site : {address}"


def liens_rompus(dossier: Path, pages: dict[str, Element]) -> list[str]:
    """The links of these pages that lead to no page, no file or no place of a page of the folder."""
    anchors = {name: set(tree.xpath("//@id")) for name, tree in pages.items()}
    found = []
    for name, tree in pages.items():
        for address in dict.fromkeys(tree.xpath("//a/@href")):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or parts.path.startswith("/"):
                continue
            target = (dossier / name).parent / unquote(parts.path) if parts.path else dossier / name
            known = target.resolve().relative_to(dossier.resolve()).as_posix()
            if known in anchors:
                if parts.fragment and unquote(parts.fragment) not in anchors[known]:
                    found.append(f"{name} : {address}")
            elif not target.is_file():
                found.append(f"{name} : {address}")
    return found


def titres_communs(pages: dict[str, Element]) -> list[str]:
    """The titles that several pages share."""
    read = [tree for tree in pages.values() if not renvoi(tree)]
    names = Counter(" ".join(tree.findtext("head/title", "").split()) for tree in read)
    return [f"titre de {count} pages : {title}" for title, count in names.items() if count > 1]


def _short(element: Element) -> str:
    return " ".join(html.tostring(element, encoding="unicode", with_tail=False).split())[:100]
