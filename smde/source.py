"""One YAML file: its text, its data, and the place of every key and value. Never raises on what people typed."""

import errno
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from smde.composer import FORBIDDEN, MARKER, Fault, Noeud, Stretch, forbidden_character, packed, stretch_of
from smde.diagnostic import Diagnostic, Place, Span
from smde.espaces import lire

MAX_BYTES = 1_000_000
MAX_CHARACTERS_TOLD = 20
MAX_FAULTS_TOLD = 300
"""In one file: each is told with its line, which may be as long as the file."""


@dataclass
class Source:
    """A file of the dossier: text, data and places, and what is wrong with it as YAML."""

    path: str
    text: str = ""
    data: Any = None
    places: Noeud = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: bool = False
    """Whether some of the text could not be read: `salvaged_ids` are then to be known too."""
    empties: list[int] = field(default_factory=list)
    """Where the keys without a value are."""
    unread: list[int] = field(default_factory=list)
    """Where the faults are that kept some of the text from being read."""
    missing: bool = False
    """Whether nothing could be read at all: nobody knows which ids this file holds."""

    @cached_property
    def _lines(self) -> list[int]:
        return [0] + [match.end() for match in re.finditer(r"\r\n|\r|\n", self.text)]

    def place(self, stretch: Stretch) -> Place:
        """The place of a stretch, shortened to its first line, with that line."""
        start, end = stretch >> 32, stretch & 0xFFFFFFFF
        line = bisect_right(self._lines, start)
        line_start = self._lines[line - 1]
        line_end = self._lines[line] if line < len(self._lines) else len(self.text)
        words = self.text[line_start:line_end].rstrip("\r\n")
        column = start - line_start + 1
        end_column = max(column + 1, min(end - line_start, len(words)) + 1)
        return Place(self.path, Span(line, column, line, end_column), FORBIDDEN.sub(MARKER, words))

    def span(self, stretch: Stretch) -> Span:
        """Line and columns of a stretch, shortened to its first line."""
        return self.place(stretch).span

    def noeud_at(self, noeud: Noeud, chemin: Sequence[str | int]) -> Noeud:
        """The places of what `chemin` leads to below `noeud`, or of the nearest thing above that is written."""
        for step in chemin:
            inside = noeud[1] if isinstance(noeud, tuple) else None
            if isinstance(inside, dict) and step in inside:
                noeud = inside[step][1]
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                noeud = inside[step]
            else:
                break
        return noeud

    def key_at(self, noeud: Noeud, chemin: Sequence[str | int]) -> Stretch | None:
        """The stretch of the last key of `chemin`, None when it is not written."""
        for step in chemin[:-1]:
            below = self.noeud_at(noeud, (step,))
            if below is noeud:
                return None
            noeud = below
        inside = noeud[1] if isinstance(noeud, tuple) else None
        found = inside.get(chemin[-1]) if isinstance(inside, dict) and chemin else None
        return found[0] if found else None

    def place_at(self, noeud: Noeud, chemin: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """The place of what `chemin` leads to below `noeud`; with `key`, that of its last key.

        Of what is not written (a missing key), the nearest thing above; of a block, its id or its first key.
        """
        if key and (stretch := self.key_at(noeud, chemin)) is not None:
            return self.place(stretch)
        found = self.noeud_at(noeud, chemin)
        if isinstance(found, tuple) and isinstance(found[1], dict) and found[1]:
            return self.place(found[1]["id"][0] if "id" in found[1] else next(iter(found[1].values()))[0])
        return self.place(stretch_of(found))

    def empty_in(self, noeud: Noeud) -> bool:
        """Whether a key without a value is written there."""
        stretch = stretch_of(noeud)
        first = bisect_left(self.empties, stretch >> 32)
        return first < len(self.empties) and self.empties[first] < stretch & 0xFFFFFFFF

    def told(self, fault: Fault) -> None:
        """Add an error of this file."""
        place = self.place(fault.stretch)
        self.diagnostics.append(Diagnostic(place, "erreur", fault.code, fault.message, fault.aide))

    def salvaged_ids(self) -> Iterator[str]:
        """Ids that can be seen in a file whose YAML cannot be read, so that citing them is no further fault."""
        for match in re.finditer(r"^[ \t-]*id[ \t]*:[ \t]*[\"']?([A-Za-z][\w-]*)", self.text, re.MULTILINE):
            yield match[1]


def read(file: Path, path: str) -> Source:
    """Read one file of the dossier; `path` is its name relative to the dossier, with `/`."""
    try:
        size = file.stat().st_size
        if size <= MAX_BYTES:
            return parse(file.read_bytes(), path)
    except OSError as error:
        return _unread(path, "fichier-illisible", f"Ce fichier ne peut pas être lu : {reason(error)}.", _ACCESS)
    return _unread(
        path,
        "fichier-trop-gros",
        f"Ce fichier fait {size / 1e6:.1f} Mo ; la limite est de 1 Mo.".replace(".", ",", 1),
        "Répartissez ses éléments dans plusieurs fichiers d'un dossier du même nom.",
    )


_ACCESS = "Vérifiez ses droits d'accès, ou remettez-le en place."
_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.ENOENT: "il n'existe plus",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "c'est un fichier, pas un dossier",
    errno.ELOOP: "ses liens tournent en rond",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EIO: "le disque ne répond pas",
}


def reason(error: OSError) -> str:
    """Why the system refuses a file, in French whatever its locale."""
    return _REASONS.get(error.errno or 0, f"erreur {error.errno} du système")


def _unread(path: str, code: str, message: str, aide: str) -> Source:
    """A file nothing is known of."""
    source = Source(path, broken=True, missing=True)
    source.told(Fault(code, message, aide, packed(0, 1)))
    return source


def parse(content: bytes, path: str) -> Source:
    """Read the bytes of a file: UTF-8 (a byte-order mark is accepted), one YAML document.

    A text in another encoding is refused once, and read all the same, so that what else is wrong in it is told too.
    """
    found: Fault | None = None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text, found = _decoded(content, error)
    source = Source(path, text.removeprefix("\ufeff"))
    if found is None and b"\0" in content and content.count(b"\0") * 50 > len(content):
        message = "Ce fichier n'est pas un texte en UTF-8 (il contient des caractères nuls)."
        found = Fault("encodage", message, _SAVE_AS, packed(0, 1))
    if found is not None:
        source.told(found)
    # A twentieth of a French text is not plain ASCII: only there can a forbidden character be, most often not.
    sound = found is None and not FORBIDDEN.search(content.translate(None, _PLAIN).decode("utf-8"))
    forbidden = [] if sound else list(FORBIDDEN.finditer(source.text))
    if found is not None and forbidden:
        return Source(path, diagnostics=source.diagnostics, broken=True, missing=True)
    for match in forbidden[:MAX_CHARACTERS_TOLD]:
        fault = forbidden_character(match[0], packed(match.start(), match.end()))
        more = len(forbidden) - MAX_CHARACTERS_TOLD
        if more > 0 and match is forbidden[MAX_CHARACTERS_TOLD - 1]:
            fault = fault._replace(message=f"{fault.message} Ce fichier en contient encore {more} autres.")
        source.told(fault)
    composed = lire(FORBIDDEN.sub(MARKER, source.text) if forbidden else source.text)
    for rank, fault in enumerate(composed.faults[:MAX_FAULTS_TOLD], 1):
        more = len(composed.faults) - MAX_FAULTS_TOLD
        if rank == MAX_FAULTS_TOLD and more > 0:
            fault = fault._replace(message=f"{fault.message} Ce fichier contient encore {more} autres fautes.")
        source.told(fault)
    source.data, source.places, source.broken = composed.data, composed.places, composed.broken
    source.empties = composed.empties
    source.unread = [fault.stretch >> 32 for fault in composed.faults] if composed.broken else []
    return source


_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n\r"


_SAVE_AS = "Excel et le Bloc-notes enregistrent parfois autrement : « Enregistrer sous », encodage « UTF-8 »."


def _decoded(content: bytes, error: UnicodeDecodeError) -> tuple[str, Fault]:
    """The text of a file in another encoding, as far as it can be guessed, and what to say of it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "Ce fichier n'est pas enregistré en UTF-8, mais en UTF-16."
        return content.decode("utf-16", "replace"), Fault("encodage", message, _SAVE_AS, packed(0, 1))
    at = len(content[: error.start].decode("utf-8"))
    message = f"Ce fichier n'est pas enregistré en UTF-8 (octet 0x{content[error.start]:02x})."
    text = content.decode("utf-8", "surrogateescape")
    text = re.sub("[\udc80-\udcff]", lambda match: _WINDOWS[ord(match[0]) - 0xDC80], text)
    return text, Fault("encodage", message, _SAVE_AS, packed(at, at + 1))


_WINDOWS = bytes(range(0x80, 0x100)).decode("cp1252", "replace")
"""What a byte that is not UTF-8 most often stands for in a French office."""
