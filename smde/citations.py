"""What a text typed by a person cites, `[[id]]` or `[words](id)`, and how a citation is taken out of it."""

import html
import re
from collections.abc import Container

NON_DIFFUSE = "(élément non diffusé)"
_CROCHETS = re.compile(r"\\?\[\\?\[\s*([A-Za-z][A-Za-z0-9_-]{0,63})\s*\\?\]\\?\]")
_IDENTIFIANT = re.compile(r"#?([A-Za-z][A-Za-z0-9_-]{0,63})")
_TITRE = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\))"""
_SIGNES = re.compile(
    rf"""
    \\(?!\])(?:.|$)                                       # a sign that is only itself
    | \[
    | (?P<ferme>\\?\])(?:\(\s*+<?                         # the end of the words of a link, and its address
        (?P<cible>(?:\\.|[^\s<>()\[\]\\])++) >?
        (?:\s*+\) | \s++{_TITRE}\s*+\) | [^()\[\]]*+\))     # to the end of the link
    )?+
    """,
    re.VERBOSE | re.DOTALL,
)
_PASSES = 20
"""How many links inside the address of a link, to say what no reader would see anyway."""


def expurge(texte: str, connus: Container[str]) -> str:
    """The text without the ids that are not in `connus`: links to them keep their words, `[[id]]` says so."""
    if "[" not in texte:
        return texte
    for _ in range(_PASSES):  # an id may have been the words of a link in the address of another
        before = texte
        texte = _CROCHETS.sub(lambda found: found[0] if found[1] in connus else NON_DIFFUSE, texte)
        texte = _sans_liens(texte, connus)
        if texte == before:
            break
    return texte


def _sans_liens(texte: str, connus: Container[str]) -> str:
    """The text without the links to ids that are not known; a link that was never opened is taken for one."""
    if "](" not in texte:
        return texte
    pieces: list[str] = []
    openings: list[int] = []
    position = 0
    for found in _SIGNES.finditer(texte):
        pieces.append(texte[position : found.start()])
        position = found.end()
        sign, closing, cible = found[0], found["ferme"], found["cible"]
        if sign == "[":
            openings.append(len(pieces))
        opening = openings.pop() if closing == "]" and openings else -1
        cited = _IDENTIFIANT.fullmatch(html.unescape(cible.replace("\\", ""))) if cible else None
        if cited is None or cited[1] in connus:
            pieces.append(sign)
        else:
            pieces.append("")
            if opening >= 0:
                pieces[opening] = ""
    pieces.append(texte[position:])
    return "".join(pieces)
