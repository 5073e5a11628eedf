"""One value written in a file of the dossier, every other byte as it was: comments and layout are the writer's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smde.composer import Noeud, stretch_of
from smde.source import Source, parse

_SUR = re.compile(r"[A-Za-z0-9_-]+")
"""What YAML reads as typed wherever it stands."""
Chemin = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Retouche:
    """A value to write in an element: at the end of `chemin`, after the key `apres` when it is not there yet."""

    element: str
    noeud: Noeud
    """Where the element is written."""
    chemin: Chemin
    valeurs: dict[str, str]
    """One word, under an empty key; or the keys and words of a small mapping."""
    apres: str
    """The key beside which a new one is written: its value stands on one line."""


class RetoucheImpossible(Exception):
    """The text is written in a way where the value cannot be put without touching the rest."""


def retouchee(source: Source, retouches: Sequence[Retouche]) -> str:
    """The text of the file with these values written.

    Raises `RetoucheImpossible` when the text, read again, would not say exactly what it said plus these values.
    """
    edits = sorted((_edition(source, retouche) for retouche in retouches), reverse=True)
    text = source.text
    for start, end, words in edits:
        text = text[:start] + words + text[end:]
    wanted = _copie(source.data)
    for retouche in retouches:
        _pose(_element(wanted, retouche.element), retouche.chemin, retouche.valeurs)
    again = parse(text.encode(), source.path)
    if again.diagnostics or again.data != wanted:
        raise RetoucheImpossible(source.path)
    return text


def _edition(source: Source, retouche: Retouche) -> tuple[int, int, str]:
    """Where to cut in the text, and the words to put there."""
    written = _ecrite(retouche.valeurs)
    *above, last = retouche.chemin
    holder = source.noeud_at(retouche.noeud, above)
    inside = holder[1] if isinstance(holder, tuple) else None
    if not isinstance(inside, dict) or retouche.apres not in inside:
        raise RetoucheImpossible(source.path)
    if last in inside:
        stretch = stretch_of(inside[last][1])
        return stretch >> 32, stretch & 0xFFFFFFFF, written
    key, value = inside[retouche.apres]
    end = stretch_of(value) & 0xFFFFFFFF
    if source.text[stretch_of(holder) >> 32] == "{":
        return end, end, f", {last}: {written}"
    start = key >> 32
    margin = start - (source.text.rfind("\n", 0, start) + 1)
    line = source.text.find("\n", end)
    eol = "\r\n" if line > 0 and source.text[line - 1] == "\r" else "\n"
    at = len(source.text) if line < 0 else line - (len(eol) - 1)
    return at, at, f"{eol}{' ' * margin}{last}: {written}"


def _ecrite(valeurs: dict[str, str]) -> str:
    for word in valeurs.values():
        if _SUR.fullmatch(word) is None:
            raise RetoucheImpossible(word)
    if list(valeurs) == [""]:
        return valeurs[""]
    return "{" + ", ".join(f"{key}: {word}" for key, word in valeurs.items()) + "}"


def _copie(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copie(item) for key, item in value.items()}
    return [_copie(item) for item in value] if isinstance(value, list) else value


def _element(data: Any, ident: str) -> Any:
    """The element of that id, wherever it stands in the file."""
    if isinstance(data, dict):
        if data.get("id") == ident:
            return data
        data = list(data.values())
    if isinstance(data, list):
        return next((found for item in data if (found := _element(item, ident)) is not None), None)
    return None


def _pose(data: Any, chemin: Chemin, valeurs: dict[str, str]) -> None:
    *above, last = chemin
    for step in above:
        data = data[step]
    data[last] = valeurs[""] if list(valeurs) == [""] else dict(valeurs)
