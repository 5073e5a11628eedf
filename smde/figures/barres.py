"""What each year brings: what is secured, plain; what is not yet, hatched."""

from collections.abc import Sequence
from decimal import Decimal

from smde.arbre import Figure
from smde.ecriture import euros, typographie
from smde.figures.trait import SOFT, TEXT, WIDTH, dessin, hachures, largeur, pave, texte, trait
from smde.model.identite import Couleurs


def annees(
    nom: str, titre: str, lignes: Sequence[tuple[int, Decimal, Decimal]], taxe: str, couleurs: Couleurs
) -> Figure:
    """A bar for each year: its secured amount, then what is still expected; both are written at its end."""
    most = max((secured + expected for _, secured, expected in lignes), default=Decimal(0)) or Decimal(1)
    words = [_words(secured, expected, taxe) for _, secured, expected in lignes]
    left, high, step = 60, 26, 58
    room = WIDTH - left - 2
    parts, said = [], []
    for rank, (annee, secured, expected) in enumerate(lignes):
        y = 4 + rank * step
        parts.append(texte(left - 12, y + high / 2 + 6, str(annee), TEXT, "end", weight=600))
        width = room * float(secured / most)
        if secured:
            parts.append(pave(left, y, width, high, couleurs.principale))
        if expected:
            parts.append(hachures(left + width, y, room * float(expected / most), high, couleurs.accent))
        parts.append(texte(left, y + high + 18, words[rank]))
        said.append(f"{annee} : {words[rank]}")
    bottom = 4.0 + len(lignes) * step
    parts.append(trait(left, 0, left, bottom - 22, SOFT))
    place = float(left)
    for drawn, label, wanted in (
        (pave, "acquis, notifié, conventionné ou versé", any(secured for _, secured, _ in lignes)),
        (hachures, "pas encore acquis", any(expected for _, _, expected in lignes)),
    ):
        if wanted:
            parts.append(drawn(place, bottom + 4, 24, 14, couleurs.principale if drawn is pave else couleurs.accent))
            parts.append(texte(place + 32, bottom + 16, label))
            place += 56 + largeur(label)
    description = typographie(f"{titre}. {' ; '.join(said)}.")
    return Figure(nom, dessin(WIDTH, bottom + 24, parts), typographie(titre), description)


def _words(secured: Decimal, expected: Decimal, taxe: str) -> str:
    told = [f"{euros(secured)} {taxe} acquis"] if secured else []
    told += [f"{euros(expected)} {taxe} pas encore acquis"] if expected else []
    return " ; ".join(told) or "rien"
