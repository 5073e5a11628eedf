"""Two versions of a text, word by word: what stays, what goes, what comes, in reading order."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MAX_MOTS = 6000
"""Above, a text is compared by paragraphs: the comparison word by word grows with the square of the length."""
CONTEXTE = 8
"""How many words stay shown on each side of a change, in a long text."""


class Sort(StrEnum):
    """What becomes of a run of words."""

    reste = "reste"
    retire = "retire"
    ajoute = "ajoute"


class Morceau(NamedTuple):
    """A run of words of one sort."""

    sort: Sort
    mots: str


def mot_a_mot(avant: str, apres: str) -> tuple[Morceau, ...]:
    """The runs that make both texts: without what comes, the former; without what goes, the new one."""
    before, after = _TOKENS.findall(avant), _TOKENS.findall(apres)
    if max(len(before), len(after)) > MAX_MOTS:
        before, after = re.split(r"(?<=\n\n)", avant), re.split(r"(?<=\n\n)", apres)
    found: list[Morceau] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, m in rapprochees(matcher.get_opcodes(), [not piece.strip() for piece in before]):
        if kind == "equal":
            found.append(Morceau(Sort.reste, "".join(before[i:j])))
            continue
        if i < j:
            found.append(Morceau(Sort.retire, "".join(before[i:j])))
        if k < m:
            found.append(Morceau(Sort.ajoute, "".join(after[k:m])))
    return tuple(found)


Operation = tuple[str, int, int, int, int]


def rapprochees(operations: Sequence[Operation], blancs: Sequence[bool]) -> list[Operation]:
    """The operations of a comparison, a space that stays alone between two changes taken with them: they read as one.

    `blancs` says which pieces of the former text are nothing but space.
    """
    merged: list[Operation] = []
    for rank, (kind, i, j, k, m) in enumerate(operations):
        alone = kind == "equal" and 0 < rank < len(operations) - 1 and all(blancs[i:j])
        kind = "replace" if alone else kind
        if merged and kind != "equal" and merged[-1][0] != "equal":
            _, first, _, third, _ = merged.pop()
            merged.append(("replace", first, j, third, m))
        else:
            merged.append((kind, i, j, k, m))
    return merged


def abrege(morceaux: Sequence[Morceau]) -> list[Morceau]:
    """The runs of a text, what stays being cut to a few words around each change."""
    last = len(morceaux) - 1
    kept = []
    for rank, run in enumerate(morceaux):
        pieces = run.mots.split(" ")
        if run.sort is Sort.reste and len(pieces) > 2 * CONTEXTE + 4:
            head = [*pieces[:CONTEXTE], ""] if rank else []
            tail = ["", *pieces[-CONTEXTE:]] if rank < last else []
            run = Morceau(run.sort, "[…]".join((" ".join(head), " ".join(tail))))
        kept.append(run)
    return kept
