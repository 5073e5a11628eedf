"""Which item of a list became which of another: the same first, then those that look alike, in order."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")

RESSEMBLANCE = 0.4
MAX_PAIRES = 4000
"""Stretches that would ask for more comparisons than this go and come whole."""


def aligne(
    avant: Sequence[T], apres: Sequence[T], dit: Callable[[T], str], comparables: Callable[[T, T], bool]
) -> Iterator[tuple[T | None, T | None]]:
    """Pairs in the order of both lists: one that went with None, None with one that came."""
    old, new = [dit(item) for item in avant], [dit(item) for item in apres]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            pairs = [(i + step, k + step) for step in range(j - i)]
        else:
            pairs = _semblables(old, new, range(i, j), range(k, m), lambda a, b: comparables(avant[a], apres[b]))
        yield from _dans_l_ordre(avant, apres, pairs, range(i, j), range(k, m))


def _semblables(
    old: Sequence[str], new: Sequence[str], before: range, after: range, comparables: Callable[[int, int], bool]
) -> list[tuple[int, int]]:
    """The pairs that look most alike on the whole, none crossing another."""
    if len(before) * len(after) > MAX_PAIRES:
        return []
    bags = {rank: Counter(old[rank].split()) for rank in before}
    others = {rank: Counter(new[rank].split()) for rank in after}
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    score = [[0.0] * len(after) for _ in before]
    for a in range(len(before) - 1, -1, -1):
        for b in range(len(after) - 1, -1, -1):
            if comparables(before[a], after[b]):
                score[a][b] = ressemblance(bags[before[a]], others[after[b]])
            paired = score[a][b] + best[a + 1][b + 1] if score[a][b] >= RESSEMBLANCE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs = []
    a = b = 0
    while a < len(before) and b < len(after):
        if score[a][b] >= RESSEMBLANCE and best[a][b] == score[a][b] + best[a + 1][b + 1]:
            pairs.append((before[a], after[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def ressemblance(avant: Mapping[str, int], apres: Mapping[str, int]) -> float:
    """From 0, no word in common, to 1, the same words as often; two empty texts are the same."""
    total = sum(avant.values()) + sum(apres.values())
    if not total:
        return 1.0
    shared = sum(min(count, apres[word]) for word, count in avant.items() if word in apres)
    return 2 * shared / total


def _dans_l_ordre(
    avant: Sequence[T], apres: Sequence[T], pairs: Sequence[tuple[int, int]], before: range, after: range
) -> Iterator[tuple[T | None, T | None]]:
    a, b = before.start, after.start
    for old, new in [*pairs, (before.stop, after.stop)]:
        yield from ((avant[rank], None) for rank in range(a, old))
        yield from ((None, apres[rank]) for rank in range(b, new))
        if old < before.stop:
            yield avant[old], apres[new]
        a, b = old + 1, new + 1
