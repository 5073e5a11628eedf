"""Outlines on a flat sheet: projected, simplified to what the eye sees, written as paths of a bounded size."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from smde.contours import Trace

Point = tuple[float, float]
Ligne = list[Point]
_FINE = 0.4
"""Finer than what is seen: the first tolerance, in units of the drawing."""
_MOST, _ALL = 2000, 60_000
"""Points of a line, and of all of them, looked at: beyond them only some are, at even steps."""
_AROUND = 400
"""Points of a line looked at to find where its inside is."""


def projette(traces: Mapping[str, Trace], width: float, height: float) -> tuple[dict[str, list[list[Ligne]]], float]:
    """The polygons of each territory in a frame `width` wide, north at the top, and the height they take.

    Degrees of longitude are shortened by the cosine of the mean latitude. The frame is that of the given outlines.
    """
    points = [point for trace in traces.values() for polygon in trace for ring in polygon for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = max(0.01, cos(radians((south + north) / 2)))
    scale = min(width / max((east - west) * shrink, 1e-9), height / max(north - south, 1e-9))
    left = (width - (east - west) * shrink * scale) / 2
    placed = {
        ident: [
            [[(left + (x - west) * shrink * scale, (north - y) * scale) for x, y in ring] for ring in polygon]
            for polygon in trace
        ]
        for ident, trace in traces.items()
    }
    return placed, (north - south) * scale


def chemins(placed: Mapping[str, list[list[Ligne]]], room: int) -> dict[str, str]:
    """A path for each territory, all together `room` characters at most as far as triangles allow."""
    rings = sum(len(polygon) for polygons in placed.values() for polygon in polygons)
    most = max(60, min(_MOST, _ALL // rings))
    thinned = {
        ident: [[_thinned(ring, most) for ring in polygon] for polygon in polygons]
        for ident, polygons in placed.items()
    }
    tolerance = _FINE
    while True:
        paths = {ident: _path(polygons, tolerance) for ident, polygons in thinned.items()}
        if sum(map(len, paths.values())) <= room or tolerance > 200:
            return paths
        tolerance *= 1.5


def simplifie(points: Sequence[Point], tolerance: float) -> Ligne:
    """The points of an open line that stray from it by more than `tolerance` (Douglas-Peucker), its ends kept."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        far, which = tolerance, 0
        (x1, y1), (x2, y2) = points[start], points[end]
        for rank in range(start + 1, end):
            gap = _ecart(points[rank], x1, y1, x2, y2)
            if gap > far:
                far, which = gap, rank
        if which:
            kept.add(which)
            spans += [(start, which), (which, end)]
    return [points[rank] for rank in sorted(kept)]


def dedans(polygon: Sequence[Sequence[Point]]) -> tuple[Point, float]:
    """A point well inside a polygon, away from its lines and out of its holes, and how far it is from them."""
    rings = [[*few, few[0]] for few in (ring[:: len(ring) // _AROUND + 1] for ring in polygon)]
    edges = [(a, b) for ring in rings for a, b in pairwise(ring)]
    top, bottom = min(y for _, y in polygon[0]), max(y for _, y in polygon[0])
    best, away = polygon[0][0], 0.0
    for step in range(1, 24):
        level = top + (bottom - top) * step / 24
        crossings = sorted(
            x1 + (level - y1) / (y2 - y1) * (x2 - x1) for (x1, y1), (x2, y2) in edges if (y1 > level) != (y2 > level)
        )
        for x1, x2 in zip(crossings[::2], crossings[1::2], strict=False):
            middle = ((x1 + x2) / 2, level)
            if (x2 - x1) / 2 > away:
                far = min(_ecart(middle, *a, *b) for a, b in edges)
                if far > away:
                    best, away = middle, far
    return best, away


def _ecart(point: Point, x1: float, y1: float, x2: float, y2: float) -> float:
    """How far a point is from a segment."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((point[0] - x1) * dx + (point[1] - y1) * dy) / length)) if length else 0.0
    return hypot(point[0] - x1 - along * dx, point[1] - y1 - along * dy)


def _thinned(ring: Ligne, most: int) -> Ligne:
    """The points of a ring that fall on different tenths of a unit, at most about `most`, at even steps."""
    points: Ligne = []
    for x, y in ring:
        point = (round(x, 1), round(y, 1))
        if not points or point != points[-1]:
            points.append(point)
    return points[:: len(points) // most + 1]


def _path(polygons: list[list[Ligne]], tolerance: float) -> str:
    """The rings large enough to be seen; of a territory smaller than that, its largest one."""
    rings = [ring for polygon in polygons for ring in polygon]
    largest = max(rings, key=_etendue)
    drawn = [_fermee(ring, tolerance) for ring in rings if ring is largest or _etendue(ring) > 3 * tolerance]
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in drawn)


def _etendue(ring: Ligne) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) - min(xs) + max(ys) - min(ys)


def _fermee(ring: Ligne, tolerance: float) -> Ligne:
    """A closed line simplified in two halves, between its first point and the farthest; never a mere segment."""
    x, y = ring[0]
    far = max(range(len(ring)), key=lambda rank: hypot(ring[rank][0] - x, ring[rank][1] - y))
    halves = simplifie(ring[: far + 1], tolerance)[:-1] + simplifie([*ring[far:], ring[0]], tolerance)[:-1]
    if len(halves) > 2 or len(ring) < 3:
        return halves
    (x1, y1), (x2, y2) = ring[0], ring[far]
    third = max(range(len(ring)), key=lambda rank: _ecart(ring[rank], x1, y1, x2, y2))
    return [ring[rank] for rank in sorted({0, far, third})]
