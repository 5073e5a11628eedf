"""The last look at a built site before it is published for ever: links, leaks, requests to elsewhere, bare structure.

It reads the files as anybody will, and knows nothing of how they were made: what it finds, no other check saw.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from smde.dossier import Dossier
from smde.edition import Edition
from smde.instantane import texte
from smde.model.element import Element

MAX = 20
"""Faults told; the others are counted."""
LONGUEUR, MOTS = 24, 4
"""A title shorter than this may be said by chance: it is not taken for a leak."""
_CHARGE = (
    "//script/@src | //img/@src | //iframe/@src | //source/@src | //video/@src | //audio/@src | //embed/@src | "
    "//object/@data | //form/@action | //image/@href | //input/@src | "
    "//link[not(@rel='canonical') and not(@rel='alternate')]/@href"
)
_MOT = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+")
_TEXTES = (".html", ".json", ".js", ".css", ".csv", ".xml", ".txt", ".svg", ".md")
_ARCHIVES = (".docx", ".xlsx", ".odt", ".zip")
_ALENTOUR = frozenset({"index.html", "versions.html", "versions.json", "404.html"})
"""What stands beside the versions, and that a page may link to."""


def fautes(files: Mapping[str, bytes], trimmed: Edition, dossier: Dossier, ecrites: str = "") -> list[str]:
    """Everything wrong in the files of a site, in French; at most `MAX` sentences and one that counts the others.

    `ecrites` is what the hand-written pages say: whoever wrote them meant it to be read.
    """
    found = list(dict.fromkeys([*_pages(files), *_fuites(files, trimmed, dossier, ecrites)]))
    more = len(found) - MAX
    return [*found[:MAX], f"… et {more} de plus."] if more > 0 else found


def _pages(files: Mapping[str, bytes]) -> Iterator[str]:
    trees = {path: html.document_fromstring(files[path].decode()) for path in files if path.endswith(".html")}
    places = {path: set(_xpath(tree, "//@id | //a/@name")) for path, tree in trees.items()}
    for path, tree in trees.items():
        yield from (f"{path} : {fault}" for fault in _tenue(tree))
        yield from (f"{path} : demande un fichier à un autre site (« {url} »)." for url in _ailleurs(tree))
        yield from (f"{path} : le lien « {link} » ne mène nulle part." for link in _perdus(path, tree, files, places))
    for path in files:
        if path.endswith(".css") and (
            url := re.search(rb"(?:url\(\s*['\"]?|@import\s+['\"])(https?:|//)", files[path])
        ):
            yield f"{path} : demande un fichier à un autre site (« {url[0].decode()}… »)."


def _xpath(tree: html.HtmlElement, path: str) -> list[str]:
    """The values of attributes, in the order of the page."""
    return [str(value) for value in tree.xpath(path)]


def _tenue(tree: html.HtmlElement) -> Iterator[str]:
    """What every page has, or nobody finds their way with a screen reader."""
    if not str(tree.get("lang", "")).startswith("fr"):
        yield "la langue de la page n'est pas dite."
    if not str(tree.findtext("head/title") or "").strip():
        yield "la page n'a pas de titre."
    if len(tree.xpath("//h1")) != 1:
        yield f"la page a {len(tree.xpath('//h1'))} titres de premier niveau au lieu d'un."
    for _ in tree.xpath("//img[not(@alt)]"):
        yield "une image n'a pas de texte de remplacement."
    for _ in tree.xpath("//a[@href][not(normalize-space())][not(@aria-label)][not(.//img[@alt != ''])][not(.//svg)]"):
        yield "un lien n'a pas de mots."


def _ailleurs(tree: html.HtmlElement) -> Iterator[str]:
    for url in _xpath(tree, _CHARGE):
        if urlsplit(url).netloc or urlsplit(url).scheme not in ("", "data"):
            yield url
    for style in _xpath(tree, "//style/text() | //@style"):
        yield from re.findall(r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)", style)


def _perdus(
    path: str, tree: html.HtmlElement, files: Mapping[str, bytes], places: Mapping[str, set[str]]
) -> Iterator[str]:
    """The links of a page to a file or a place that is not there; an address without file is that of a home page."""
    for link in dict.fromkeys(_xpath(tree, f"//a/@href | {_CHARGE}")):
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or (path == "404.html" and parts.path.startswith("/")):
            continue
        target = unquote(urlsplit(urljoin(f"https://site/version/{path}", link)).path).removeprefix("/")
        if not target.startswith("version/"):
            if target not in _ALENTOUR:
                yield link
            continue
        target = target.removeprefix("version/")
        target = f"{target}index.html" if target.endswith("/") or not target else target
        place = unquote(parts.fragment)
        if target not in files or (target in places and place and place not in places[target]):
            yield link


def _fuites(files: Mapping[str, bytes], trimmed: Edition, dossier: Dossier, ecrites: str) -> Iterator[str]:
    """The ids and the titles of what the public may not know, wherever they are in the files."""
    hidden: list[Element] = [one for ident, one in dossier.elements.items() if ident not in trimmed.elements]
    said = _plat(texte(trimmed) + ecrites)
    words = set(_MOT.findall(said))
    ids = {one.id for one in hidden if "-" in one.id and one.id not in words}
    titles = {_plat(one.titre): one.id for one in hidden}
    titles = {
        title: ident
        for title, ident in titles.items()
        if len(title) >= LONGUEUR and title.count(" ") >= MOTS - 1 and title not in said
    }
    for path, content in files.items():
        for inside in _dedans(path, content):
            yield from (
                f"{path} : cite « {one} », qui n'est pas public." for one in sorted(ids & set(_MOT.findall(inside)))
            )
            if titles:
                plain = _plat(inside)
                yield from (
                    f"{path} : donne le titre de « {ident} », qui n'est pas public."
                    for title, ident in titles.items()
                    if title in plain
                )


def _plat(words: str) -> str:
    """Words whatever their typography: one kind of space, of apostrophe, of letter."""
    words = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), unescape(words))
    return re.sub(r"\s+", " ", words.replace("’", "'").replace("\\n", " ")).casefold()


def _dedans(path: str, content: bytes) -> Iterator[str]:
    """What can be read in a file, and in the files it holds."""
    yield path
    if path.endswith(_TEXTES):
        text = content.decode("utf-8", "replace")
        yield text
        if path.endswith(".html"):
            yield re.sub(r"<[^>]*>", "", text)
    elif path.endswith(_ARCHIVES):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8", "replace")
                yield text
                if name.endswith(".xml"):
                    yield re.sub(r"<[^>]*>", "", text)
    elif path.endswith(".pdf"):
        yield content.decode("latin-1")
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
            try:
                yield zlib.decompressobj().decompress(stream).decode("utf-8", "replace")
            except zlib.error:  # not a compressed one
                continue
