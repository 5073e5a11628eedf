"""The chain and how well it holds, level by level."""

from collections.abc import Sequence
from dataclasses import dataclass

from smde.arbre import Figure
from smde.ecriture import enumeration, nombre, typographie
from smde.figures.trait import (
    INK,
    LARGE,
    NARROW,
    RULE,
    SOFT,
    TEXT,
    WIDTH,
    dessin,
    hachures,
    largeur,
    pave,
    place,
    texte,
    trait,
    wrapped,
)
from smde.model.identite import Couleurs


def chaine(niveaux: Sequence[tuple[str, int]], couleurs: Couleurs) -> Figure:
    """The levels of the chain with their counts: the first half for the territory, the second for the authority."""
    gap, top, side = 18, 40, 92
    box = (WIDTH - gap * (len(niveaux) - 1)) / len(niveaux)
    half = len(niveaux) // 2
    parts = []
    for rank, words, colour in (
        (0, "Stratégie : le territoire", couleurs.principale),
        (half, "Schéma : la collectivité", couleurs.accent),
    ):
        x = rank * (box + gap)
        parts.append(texte(x, 16, typographie(words), TEXT, fill=colour, weight=600))
        parts.append(trait(x, 27, x + half * (box + gap) - gap, 27, colour, 2))
    for rank, (name, count) in enumerate(niveaux):
        x = rank * (box + gap)
        colour = couleurs.principale if rank < half else couleurs.accent
        parts.append(
            f'<rect x="{x + 1:.1f}" y="{top}" width="{box - 2:.1f}" height="{side}" rx="5" fill="#ffffff" '
            f'stroke="{colour}" stroke-width="1.5"/>'
        )
        parts.append(texte(x + box / 2, top + 38, nombre(count), LARGE, "middle", colour, 600))
        lines = wrapped(name, 14)
        for index, line in enumerate(lines):
            parts.append(texte(x + box / 2, top + 72 + 17 * index - 7 * (len(lines) - 1), line, TEXT, "middle"))
        if rank + 1 < len(niveaux):
            start, tip, middle = x + box + 3, x + box + gap - 3, top + side / 2
            arrow = f"M{start:.1f} {middle}H{tip:.1f}m-6 -6l6 6l-6 6"
            parts.append(f'<path d="{arrow}" fill="none" stroke="{SOFT}" stroke-width="1.5"/>')
    counts = ", ".join(f"{name} : {nombre(count)}" for name, count in niveaux)
    said = typographie(f"La chaîne, de la preuve aux moyens, et le nombre d'éléments de chaque niveau : {counts}.")
    return Figure("chaine", dessin(WIDTH, top + side + 2, parts), "La chaîne, de la preuve aux moyens", said)


@dataclass(frozen=True, slots=True)
class Niveau:
    """What a bar of the coverage says of one level: its name, how many elements, how many lack what."""

    nom: str
    total: int
    sans_suite: int
    sans_appui: int
    assumes: int = 0
    """How many have no continuation by choice."""


def couverture(niveaux: Sequence[Niveau], couleurs: Couleurs) -> Figure:
    """A bar for each level: what is linked both ways, then what has no continuation, then what rests on nothing."""
    said = " ; ".join(f"{niveau.nom} : {bilan(niveau)}" for niveau in niveaux)
    title = "Ce que la chaîne relie, niveau par niveau"
    wide, narrow = (_couverture(niveaux, couleurs, total) for total in (WIDTH, NARROW))
    return Figure("couverture", wide, title, typographie(f"Une barre par niveau. {said}."), narrow)


def _couverture(niveaux: Sequence[Niveau], couleurs: Couleurs, total: float) -> str:
    left = 12 + max(largeur(niveau.nom, TEXT) for niveau in niveaux)
    high, y = 26, 8.0
    room = total - left - 2
    parts = []
    for niveau in niveaux:
        parts.append(texte(left - 12, y + high / 2 + 6, typographie(niveau.nom), TEXT, "end", weight=600))
        missing = min(niveau.total, niveau.sans_suite + niveau.sans_appui)
        linked = niveau.total - missing
        widths = [room * count / max(niveau.total, 1) for count in (linked, missing - niveau.sans_appui)]
        widths[1] = max(0.0, widths[1])
        x = left
        if linked:
            parts.append(pave(x, y, widths[0], high, couleurs.principale))
            x += widths[0]
        if niveau.sans_suite and widths[1]:
            parts.append(hachures(x, y, widths[1], high, couleurs.accent))
            x += widths[1]
        if niveau.sans_appui:
            parts.append(hachures(x, y, left + room - x, high, INK, descendantes=True))
        if not niveau.total:
            parts.append(pave(left, y, room, high, "#ffffff", RULE))
        ink, weight = (INK, 600) if missing else (SOFT, 400)
        lines = wrapped(typographie(bilan(niveau)), place(room))
        parts += [
            texte(left, y + high + 18 + 17 * rank, line, fill=ink, weight=weight) for rank, line in enumerate(lines)
        ]
        y += 62 + 17 * (len(lines) - 1)
    at = float(left)
    for words, wanted, colour, falling in (
        ("sans suite", any(niveau.sans_suite for niveau in niveaux), couleurs.accent, False),
        ("sans appui", any(niveau.sans_appui for niveau in niveaux), INK, True),
    ):
        if wanted:
            parts.append(hachures(at, y + 2, 24, 14, colour, descendantes=falling))
            parts.append(texte(at + 32, y + 14, words))
            at += 52 + largeur(words)
    return dessin(total, y + (22 if at > left else 0), parts)


def bilan(niveau: Niveau) -> str:
    """« 24, tous reliés » or « 24, dont 3 sans suite et 1 sans appui », in words."""
    if not niveau.total:
        return "aucun élément à ce jour"
    missing = [
        f"{nombre(count)} {words}"
        for count, words in ((niveau.sans_suite, "sans suite"), (niveau.sans_appui, "sans appui"))
        if count
    ]
    count = nombre(niveau.total)
    told = f"{count}, dont {enumeration(missing)}" if missing else f"{count}, aucun manque"
    return told + (f" ; {nombre(niveau.assumes)} sans suite par choix" if niveau.assumes else "")
