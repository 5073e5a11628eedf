"""What each year brings: what is secured, plain; what is not yet, hatched."""

from collections.abc import Sequence
from decimal import Decimal

from smde.arbre import Figure
from smde.ecriture import montant, typographie
from smde.figures.trait import NARROW, SOFT, TEXT, WIDTH, dessin, hachures, largeur, pave, place, texte, trait, wrapped
from smde.model.identite import Couleurs


def annees(
    nom: str, titre: str, lignes: Sequence[tuple[int, Decimal, Decimal]], taxe: str, couleurs: Couleurs
) -> Figure:
    """A bar for each year: its secured amount, then what is still expected; both are written at its end."""
    said = " ; ".join(f"{annee} : {_words(secured, expected, taxe)}" for annee, secured, expected in lignes)
    wide, narrow = (_svg(lignes, taxe, couleurs, width) for width in (WIDTH, NARROW))
    return Figure(nom, wide, typographie(titre), typographie(f"{titre}. {said}."), narrow)


def _svg(lignes: Sequence[tuple[int, Decimal, Decimal]], taxe: str, couleurs: Couleurs, total: float) -> str:
    most = max((secured + expected for _, secured, expected in lignes), default=Decimal(0)) or Decimal(1)
    left, high = 60, 26
    room = total - left - 2
    parts = []
    y = 4.0
    for annee, secured, expected in lignes:
        parts.append(texte(left - 12, y + high / 2 + 6, str(annee), TEXT, "end", weight=600))
        width = room * float(secured / most)
        if secured:
            parts.append(pave(left, y, width, high, couleurs.principale))
        if expected:
            parts.append(hachures(left + width, y, room * float(expected / most), high, couleurs.accent))
        lines = wrapped(_words(secured, expected, taxe), place(room))
        parts += [texte(left, y + high + 18 + 17 * rank, line) for rank, line in enumerate(lines)]
        y += 58 + 17 * (len(lines) - 1)
    parts.append(trait(left, 0, left, y - 22, SOFT))
    at = float(left)
    for drawn, label, wanted in (
        (pave, "acquis, notifié, conventionné ou versé", any(secured for _, secured, _ in lignes)),
        (hachures, "pas encore acquis", any(expected for _, _, expected in lignes)),
    ):
        if wanted:
            if at > left and at + 32 + largeur(label) > total:
                at, y = float(left), y + 22
            parts.append(drawn(at, y + 4, 24, 14, couleurs.principale if drawn is pave else couleurs.accent))
            parts.append(texte(at + 32, y + 16, label))
            at += 56 + largeur(label)
    return dessin(total, y + 24, parts)


def _words(secured: Decimal, expected: Decimal, taxe: str) -> str:
    told = [f"{montant(secured)} {taxe} acquis"] if secured else []
    told += [f"{montant(expected)} {taxe} pas encore acquis"] if expected else []
    return " ; ".join(told) or "rien"
