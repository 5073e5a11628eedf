"""What a text typed by a person cites, `[[id]]` or `[words](id)`, and how a citation is taken out of it."""

import html
import re
from collections.abc import Container

NON_DIFFUSE = "(élément non diffusé)"
_CROCHETS = re.compile(r"\\?\[\\?\[\s*([A-Za-z][A-Za-z0-9_-]{0,63})\s*\\?\]\\?\]")
_LIEN = re.compile(r"\]\(\s*<?([^\s<>()]*)>?[^()]*\)")
_IDENTIFIANT = re.compile(r"#?([A-Za-z][A-Za-z0-9_-]{0,63})")


def expurge(texte: str, connus: Container[str]) -> str:
    """The text without the ids that are not in `connus`: links to them keep their words, `[[id]]` says so."""
    if "[" not in texte:
        return texte
    texte = _CROCHETS.sub(lambda found: found[0] if found[1] in connus else NON_DIFFUSE, texte)
    position = 0
    while (found := _LIEN.search(texte, position)) is not None:
        cited = _IDENTIFIANT.fullmatch(html.unescape(found[1].replace("\\", "")))
        if cited is None or cited[1] in connus:
            position = found.end()
            continue
        start = _opening(texte, found.start())
        words = texte[start + 1 : found.start()]
        texte = texte[: max(start, 0)] + words + texte[found.end() :]
        position = max(start, 0) + len(words)
    return texte


def _opening(texte: str, closing: int) -> int:
    """Where the bracket closed at `closing` was opened; -1 when it never was."""
    depth = 0
    for position in range(closing, -1, -1):
        if position and texte[position - 1] == "\\":
            continue
        depth += {"]": 1, "[": -1}.get(texte[position], 0)
        if not depth:
            return position
    return -1
