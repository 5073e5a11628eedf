"""An image of the dossier: its kind and size read from its bytes, and nothing kept but what it shows.

What a camera or a drawing program notes (place, date, names, comments) is left out; a drawing that could do anything
but draw is refused. Reading what was kept gives it back unchanged.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

PLUS_GRAND = 4000
"""Pixels on a side: what a printed page needs, and no more than a tool can hold in memory."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"})
_JPEG_SHOWN = frozenset({0xE0, 0xEE})
"""The only application segments of a JPEG that say how to show it: JFIF, Adobe."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
_AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DRAWN = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "style",
})  # fmt: skip
_WORDED = frozenset({"text", "tspan", "style"})
_PASSED_OVER = frozenset({"title", "desc", "metadata"})
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_LOCAL = re.compile(r"#[\w.-]+")
_OTHERS = tuple(
    (re.compile(signature, re.DOTALL), what)
    for signature, what in (
        (rb"GIF8", "une image GIF"),
        (rb"RIFF....WEBP", "une image WebP"),
        (rb"....ftyp(?:hei|hev|mif|msf)", "une photo HEIC, de téléphone"),
        (rb"....ftypavi[fs]", "une image AVIF"),
        (rb"II\*\0|MM\0\*", "une image TIFF"),
        (rb"BM....\0\0\0\0", "une image BMP"),
        (rb"\0\0[\x01\x02]\0", "une icône de Windows"),
        (rb"%PDF-", "un document PDF"),
        (rb"%!PS|\xc5\xd0\xd3\xc6", "un dessin PostScript (EPS)"),
        (rb"\x1f\x8b", "un fichier comprimé (un SVGZ, peut-être)"),
        (rb"PK\x03\x04", "un document de bureautique ou une archive"),
    )
)
"""How the files that people take for images begin, and what they are."""
_ADDRESS = re.compile(r"url\((?!\s*['\"]?#)|(?:java|vb)script:|expression\(|[@\\]|&", re.IGNORECASE)


class ImageRefusee(ValueError):
    """Why an image cannot be taken, in French, to follow its name: « n'est ni… », and what to do."""

    def __init__(self, message: str, aide: str) -> None:
        super().__init__(message)
        self.message, self.aide = message, aide


@dataclass(frozen=True, slots=True)
class Image:
    """An image and nothing else; its size in pixels."""

    genre: Literal["png", "jpg", "svg"]
    octets: bytes
    largeur: float
    hauteur: float

    @property
    def proportion(self) -> float:
        """How many times wider than high."""
        return self.largeur / self.hauteur


def lire(octets: bytes, *, limite: int = PLUS_GRAND) -> Image:
    """The image these bytes are; raises ImageRefusee when they are none, more than one, or too large."""
    if octets.startswith(_PNG):
        image = _png(octets)
    elif octets.startswith(_JPEG):
        image = _jpeg(octets)
    elif b"<svg" in octets[:4096]:
        image = _svg(octets)
    else:
        raise ImageRefusee(_other(octets), "Ouvrez-la et enregistrez-la en PNG, ou en SVG si c'est un dessin.")
    if image.largeur <= 0 or image.hauteur <= 0:
        raise ImageRefusee("n'a ni largeur ni hauteur", "Enregistrez-la de nouveau.")
    if image.genre != "svg" and max(image.largeur, image.hauteur) > limite:
        size = f"{image.largeur:.0f} × {image.hauteur:.0f}"
        raise ImageRefusee(f"fait {size} points ; la limite est de {limite} de côté", "Réduisez l'image.")
    return image


def _other(octets: bytes) -> str:
    """What a file is that is none of the images we take."""
    for signature, what in _OTHERS:
        if signature.match(octets):
            return f"est {what} ; une image est en PNG, en JPEG ou en SVG"
    return "n'est ni une image PNG, ni une JPEG, ni un dessin SVG" if octets else "est vide"


def _abimee(genre: str) -> ImageRefusee:
    return ImageRefusee(f"est une image {genre} abîmée ou incomplète", "Enregistrez-la de nouveau.")


def _png(octets: bytes) -> Image:
    kept, size, drawn = [_PNG], (0, 0), False
    for kind, chunk in _chunks(octets):
        if kind == b"IHDR" and len(chunk) == 25:
            size = struct.unpack(">II", chunk[8:16])
        if kind in _PNG_KEPT:
            kept.append(chunk)
            drawn = drawn or kind == b"IDAT"
    if not drawn:
        raise _abimee("PNG")
    return Image("png", b"".join(kept), *size)


def _chunks(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk of a PNG, up to the last: its kind, and its bytes with length and checksum."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", octets[at : at + 8].ljust(8, b"\xff"))
        chunk = octets[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise _abimee("PNG")
        yield kind, chunk
        at += 12 + length


def _jpeg(octets: bytes) -> Image:
    kept, size = [octets[:2]], (0, 0)
    for marker, piece in _segments(octets):
        if marker == 0xE1 and _turned(piece):
            raise ImageRefusee("est une photo tournée par l'appareil", "Tournez-la dans un logiciel et enregistrez-la.")
        if marker in _FRAMES:
            if len(piece) < 9:
                raise _abimee("JPEG")
            size = int.from_bytes(piece[7:9]), int.from_bytes(piece[5:7])
        if marker in _JPEG_SHOWN or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(piece)
    return Image("jpg", b"".join(kept), *size)


def _segments(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment of a JPEG up to the end of the picture; what comes after its header goes with the scan it begins."""
    at, marker = 2, 0
    while marker != 0xD9:
        head = _MARKER.match(octets, at)
        if head is None:
            raise _abimee("JPEG")
        marker, at = head[1][0], head.end()
        length = 0 if marker == 0xD9 else int.from_bytes(octets[at : at + 2])
        end = at + length
        if end > len(octets) or (marker != 0xD9 and length < 2):
            raise _abimee("JPEG")
        if marker == 0xDA:
            following = _AFTER_SCAN.search(octets, end)
            end = following.start() if following else len(octets)
        yield marker, b"\xff" + octets[at - 1 : end]
        at = end


def _turned(segment: bytes) -> bool:
    """Whether EXIF asks the reader to turn the photo, which it would not once EXIF is gone."""
    tiff = segment[10:]
    order: Literal["big", "little"] = "big" if tiff[:2] == b"MM" else "little"
    if segment[4:8] != b"Exif" or len(tiff) < 10:
        return False
    start = int.from_bytes(tiff[4:8], order)
    for rank in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * rank :][:12]
        if int.from_bytes(entry[:2], order) == 0x0112:
            return int.from_bytes(entry[8:10], order) > 1
    return False


def _svg(octets: bytes) -> Image:
    from lxml import etree  # here and not above: a dossier without drawing does not wait for it

    if b"<!ENTITY" in octets:
        raise _more("définit des raccourcis (`<!ENTITY`)")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(octets, parser)
    except etree.XMLSyntaxError:
        raise _abimee("SVG") from None
    if root.tag != _SVG + "svg":
        raise ImageRefusee("n'est pas un dessin SVG", "Exportez-le de nouveau.")
    _reduce(root, "svg")
    etree.cleanup_namespaces(root)
    box = root.get("viewBox") or f"0 0 {root.get('width')} {root.get('height')}"
    sizes = [_LENGTH.fullmatch(text) for text in re.split(r"[\s,]+", box.strip())[2:]]
    match sizes:
        case [re.Match() as width, re.Match() as height]:
            root.set("viewBox", box.replace("px", ""))
            root.set("width", width[1])
            root.set("height", height[1])
            return Image("svg", etree.tostring(root, encoding="utf-8"), float(width[1]), float(height[1]))
    raise ImageRefusee("est un dessin SVG sans taille (`viewBox`)", "Exportez-le de nouveau.")


def _reduce(element: "etree._Element", kind: str) -> None:
    """Leave out what draws nothing, refuse what does more than draw."""
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        if name in ("href", _XLINK):
            if not _LOCAL.fullmatch(value.strip()):
                raise _more("renvoie à une autre adresse")
        elif name.startswith(("{", "on", "data-", "aria-")):
            del element.attrib[name]
        elif _ADDRESS.search(value):
            raise _more("renvoie à une autre adresse")
    if kind not in _WORDED:
        element.text = None
    elif kind == "style" and _ADDRESS.search(element.text or ""):
        raise _more("renvoie à une autre adresse")
    for child in list(element):
        below = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
        if below in _PASSED_OVER or below.startswith("{"):
            element.remove(child)
        elif below in _DRAWN:
            _reduce(child, below)
            child.tail = child.tail if kind in _WORDED else None
        else:
            raise _more(f"contient « {below} »" if below else "contient autre chose que des formes")


def _more(what: str) -> ImageRefusee:
    return ImageRefusee(f"est un dessin SVG qui {what}", "Exportez-le en formes simples (« SVG simple »), ou en PNG.")
