"""French typography in pages written by hand in Markdown: no-break spaces and apostrophes, in prose only."""

import re

from smde.ecriture import FINE, typographie

_FIN = re.compile(r"(?<=\S) +(?=[;!?]+[*_])")
"""At the end of words in bold or italics, whose marks follow the sign."""
_INTACT = re.compile(
    r"""
    \A---[ \t]*\r?\n.*?^(?:---|\.{3})[ \t]*$     # the header
    | ^[ ]*(?P<cloture>`{3,}|~{3,}).*?(?:^[ ]*(?P=cloture)[^\n]*$|\Z)  # a fenced block
    | (?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)   # code in a line
    | \{\{.*?\}\} | \{%.*?%\} | \{\#.*?\#\} | \{:[^}\n]*\}  # macros, attributes
    | <!--.*?--> | </?[A-Za-z][^>]*> | <[a-z]+:[^>\s]*>  # HTML
    | \]\([^)\n]*\) | ^[ ]*\[[^\]\n]+\]:[^\n]*     # where links lead
    | https?://\S+
    | ^[ ]*\|?(?:[ ]*:?-+:?[ ]*\|?)+[ ]*$          # the rule of a table
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def typographiee(page: str) -> str:
    """The page with the typography of its prose; code, macros, HTML and addresses are left as they are."""
    pieces: list[str] = []
    position = 0
    for intact in _INTACT.finditer(page):
        pieces += [_prose(page, position, intact.start()), intact[0]]
        position = intact.end()
    return "".join([*pieces, _prose(page, position, len(page))])


def _prose(page: str, start: int, end: int) -> str:
    """Words between two things left as they are: what these touch decides of the spaces at the ends."""
    left = "x" if start and not page[start - 1].isspace() else ""
    right = "x" if end < len(page) and not page[end].isspace() else ""
    written = typographie(f"{left}{page[start:end]}{right}")
    return _FIN.sub(FINE, written[len(left) : len(written) - len(right)])
