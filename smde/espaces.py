"""No-break spaces and long dashes where YAML wants plain ones: typed by word processors, seen by nobody.

Inside texts they are good typography and are left alone.
"""

import re
from collections.abc import Iterator

from smde.composer import Composed, Fault, Noeud, packed, stretch_of
from smde.reprise import compose

_INSECABLES = "\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_TIRETS = "‒–—−•·‣▪"
_INSECABLE = re.compile(f"[{_INSECABLES}]")
_ETRANGE = re.compile(f"[{_INSECABLES}{_TIRETS}]")
_TIRET = re.compile(f"[{_TIRETS}]")
_BLANC = f"[ {_INSECABLES}]"
_LIGNE = re.compile(
    rf"^(?P<debut>{_BLANC}*(?:[-{_TIRETS}]{_BLANC}+)*)(?P<cle>[\w.-]+{_BLANC}*:(?!\S){_BLANC}*)?(?P<reste>[^\r\n]*)",
    re.MULTILINE,
)
_ESPACE = (
    "Une espace insécable se trouve ici ; YAML ne connaît que l'espace ordinaire.",
    "Effacez-la et tapez une espace ordinaire : elle vient souvent d'un copier-coller, ou de la touche Alt.",
)
_PUCE = (
    "Ce signe n'est pas le trait d'union qui commence un élément de liste.",
    "Remplacez-le par `-` : les traitements de texte changent le trait d'union en tiret ou en puce.",
)


def lire(text: str) -> Composed:
    """What a text holds, read as if these signs were plain ones, and told."""
    if not any(sign in text for sign in _INSECABLES + _TIRETS):  # each in turn: far quicker than a class of them
        return compose(text)
    suspects = [ligne for ligne in _LIGNE.finditer(text) if _en_trop(ligne) or _a_la_fin(ligne)]
    if not suspects:
        return compose(text)
    heads = frozenset(_tetes(compose(_ordinaire(text, suspects)).places))
    structure = [ligne for ligne in suspects if ligne.end("debut") in heads]
    composed = compose(_ordinaire(text, structure))
    composed.faults[:0] = [_faute(found) for ligne in structure if (found := _en_trop(ligne))]
    return composed


def _en_trop(ligne: re.Match[str]) -> re.Match[str] | None:
    """The first of these signs before the value of a line that begins with a dash or a key."""
    return _ETRANGE.search(ligne.string, ligne.start(), ligne.start("reste")) if _commence(ligne) else None


def _a_la_fin(ligne: re.Match[str]) -> bool:
    """Whether such spaces, which do no harm, end a line that begins with a dash or a key."""
    return _commence(ligne) and _INSECABLE.fullmatch(ligne["reste"][-1:]) is not None


def _commence(ligne: re.Match[str]) -> bool:
    """Whether a line may begin an item or a field; after a long dash, a text is a text unless a key follows."""
    return ligne["cle"] is not None or ("-" in ligne["debut"] and not _TIRET.search(ligne["debut"]))


def _ordinaire(text: str, lignes: list[re.Match[str]]) -> str:
    """The text with plain signs around what begins these lines and at their ends; no place moves."""
    pieces, position = [], 0
    for ligne in lignes:
        reste = ligne["reste"]
        value = reste.rstrip()
        pieces.append(text[position : ligne.start()])
        pieces.append(_INSECABLE.sub(" ", _TIRET.sub("-", ligne["debut"]) + (ligne["cle"] or "")))
        pieces.append(value + " " * (len(reste) - len(value)))
        position = ligne.end()
    return "".join([*pieces, text[position:]])


def _tetes(noeud: Noeud) -> Iterator[int]:
    """Where every key and every item of a list begins: there, and not in a text, a line makes the structure."""
    inside = noeud[1] if isinstance(noeud, tuple) else None
    if isinstance(inside, dict):
        for key, below in inside.values():
            yield key >> 32
            yield from _tetes(below)
    elif isinstance(inside, list):
        for below in inside:
            yield stretch_of(below) >> 32
            yield from _tetes(below)


def _faute(found: re.Match[str]) -> Fault:
    words = _ESPACE if _INSECABLE.match(found[0]) else _PUCE
    return Fault("yaml-syntaxe", *words, packed(found.start(), found.end()))
