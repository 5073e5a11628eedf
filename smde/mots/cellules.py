"""What the tables and lists of several subjects share: their shape, and what a cell with nothing to say says."""

from collections.abc import Sequence

from smde import ecriture
from smde.fragments import Content

Row = Sequence[Content]
Items = list[Content]
SANS_OBJET = "–"
A_FIXER = "À fixer"


def intervalle(debut: str | None, fin: str | None) -> str:
    """« 2027 – juin 2029 », « début : 2027 », « fin : 2029 », or nothing."""
    if debut and fin:
        return f"{ecriture.periode(debut)} – {ecriture.periode(fin)}"
    return f"début : {ecriture.periode(debut)}" if debut else f"fin : {ecriture.periode(fin)}" if fin else ""


def periode_de(debut: str | None, fin: str | None) -> str:
    """« Période : 2017 – 2022 », « Début : 2017 », or nothing."""
    when = intervalle(debut, fin)
    return f"Période : {when}" if debut and fin else ecriture.majuscule(when)


def empreinte_entiere(empreinte: str) -> str:
    """A sha256 in eight groups of eight, that a narrow cell can hold and an eye can compare."""
    return " ".join(empreinte[start : start + 8] for start in range(0, len(empreinte), 8))
