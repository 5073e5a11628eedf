"""What every drawing is made of: sizes, inks, words, strokes; plain SVG, never smaller than 9 points in Word."""

from collections.abc import Sequence
from html import escape

from smde.ecriture import FINE

FONT = "'Source Sans Pro', 'SMDE Sans', Arial, sans-serif"
INK, SOFT, RULE = "#1f2933", "#52606d", "#d5dbe1"
WIDTH, NARROW = 720, 400
"""Of a drawing on a page, and of the same on a phone."""
SMALL, TEXT, LARGE = 14, 16, 30
"""Sizes in units of 1/720 of the width: 9, 10 and 19 points in Word."""


def dessin(width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def texte(
    x: float, y: float, words: str, size: int = SMALL, anchor: str = "start", fill: str = INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}">{escape(words)}</text>'
    )


def trait(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def largeur(words: str, size: int = SMALL) -> float:
    """About the width of words, on the safe side."""
    return 0.55 * size * len(words)


def detache(x: float, y: float, words: str, anchor: str) -> str:
    """A number that reads over the line."""
    halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" '
    return texte(x, y, words, TEXT, anchor, INK, 600).replace("<text ", f"<text {halo}")


def teinte(colour: str, share: float) -> tuple[str, str]:
    """A tint of a colour, from pale (0) to full (1), and the ink that reads on it."""
    strength = 0.08 + 0.92 * share
    channels = [round(255 - (255 - int(colour[rank : rank + 2], 16)) * strength) for rank in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (channel / 255 for channel in channels)
    ]
    luminance = sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    black_reads_better = (luminance + 0.05) ** 2 > 1.05 * 0.05
    return "#" + "".join(f"{channel:02x}" for channel in channels), "#000000" if black_reads_better else "#ffffff"


def place(width: float, size: int = SMALL) -> int:
    """How many characters surely hold in a width."""
    return max(1, int(width / (0.56 * size)))


def wrapped(words: str, width: int, most: int = 3) -> list[str]:
    """Words in lines of at most `width` characters, cut at spaces and after hyphens; `most` lines at most."""
    pieces = words.replace("-", "-\n").replace(" ", " \n").replace(FINE, FINE + "\n").split("\n")
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece.rstrip()) > width:
            lines.append(piece)
        else:
            lines[-1] += piece
    lines = [line.strip() for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"]


def pave(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none", radius: float = 0) -> str:
    """A rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:g}" fill="{fill}" '
        f'stroke="{stroke}"/>'
    )


def _court(value: float) -> str:
    """A number to a tenth, without a tenth that is nought: a page may hold thousands of strokes."""
    return f"{round(value, 1):g}"


def hachures(x: float, y: float, width: float, height: float, colour: str, *, descendantes: bool = False) -> str:
    """A rectangle filled with slanted strokes, for what a colour alone would say: cut to the rectangle, no pattern."""
    strokes = []
    rank = 4.0
    while rank < width + height:
        start, end = max(0.0, rank - height), min(rank, width)
        x1, y1, x2, y2 = start, rank - start, end, rank - end
        if descendantes:
            y1, y2 = height - y1, height - y2
        strokes.append(f"M{_court(x + x1)} {_court(y + y1)}l{_court(x2 - x1)} {_court(y2 - y1)}")
        rank += 7
    lines = f'<path d="{"".join(strokes)}" fill="none" stroke="{colour}" stroke-width="1.5"/>' if strokes else ""
    return pave(x, y, width, height, "#ffffff", colour) + lines
