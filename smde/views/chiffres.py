"""Numbers with what makes them usable: period, perimeter, source; the trend of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from smde.comparables import Serie, tous_comparables
from smde.ecriture import mesure, periode
from smde.edition import Edition
from smde.model.mesures import Indicateur, Sens, Valeur
from smde.model.strategie import PreuveChiffre, PreuveEntretien, PreuveIndicateur, PreuveSource
from smde.periodes import bornes, chronologie, mois_entre


class Tendance(StrEnum):
    """How a series moves between its first and last values."""

    hausse = "en hausse"
    baisse = "en baisse"
    stable = "stable"


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a series says in one line."""

    premiere: Valeur
    derniere: Valeur
    evolution: Decimal
    """Relative change between them, in %."""
    tendance: Tendance
    favorable: bool | None
    """Whether it goes the wanted way; None when no way is wanted or nothing moves."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A piece of evidence in words: what it says, and where it comes from."""

    mesure: str
    libelle: str
    periode: str
    territoire: str | None
    source: str | None
    element: str | None
    """Id of the indicator or interview cited."""
    note: str | None


def valeurs(edition: Edition, indicateur: Indicateur) -> tuple[Valeur, ...]:
    """The values of an indicator, oldest first."""
    return tuple(sorted(edition.series.get(indicateur.id, ()), key=lambda valeur: chronologie(valeur.periode)))


def comparees(edition: Edition, indicateur: Indicateur) -> list[Serie]:
    """The series to be drawn with that of an indicator, itself first; it alone when they do not all compare.

    What this readership does not know is not compared.
    """
    asked = [edition.elements.get(ident) for ident in indicateur.compare_a]
    found = [
        Serie(
            one,
            valeurs(edition, one),
            edition.titre(one.territoire) or "",
            edition.titre(one.source) or "",
        )
        for one in (indicateur, *asked)
        if isinstance(one, Indicateur)
    ]
    return found if tous_comparables(found) else found[:1]


def tranches(indicateur: Indicateur, valeurs: Sequence[Valeur]) -> list[tuple[Valeur, ...]]:
    """The values between one break of the series and the next: numbers on both sides are not of the same measure."""
    breaks = [bornes(rupture)[0] for rupture in indicateur.ruptures]
    runs: dict[int, list[Valeur]] = {}
    for valeur in valeurs:
        runs.setdefault(sum(start <= bornes(valeur.periode)[0] for start in breaks), []).append(valeur)
    return [tuple(run) for _, run in sorted(runs.items())]


def lecture(edition: Edition, indicateur: Indicateur) -> Lecture | None:
    """First and last known values since the last break, and the trend; None when fewer than two are known."""
    since = tranches(indicateur, valeurs(edition, indicateur))[-1:]
    known = [(valeur, valeur.valeur) for run in since for valeur in run if valeur.valeur is not None]
    if len(known) < 2 or known[0][1] == 0:
        return None
    (first, before), (last, after) = known[0], known[-1]
    change = (after - before) / abs(before) * 100
    threshold = indicateur.seuil_tendance if indicateur.seuil_tendance is not None else Decimal(1)
    if abs(change) < threshold:
        return Lecture(first, last, change, Tendance.stable, None)
    tendance = Tendance.hausse if change > 0 else Tendance.baisse
    wanted = {Sens.hausse: Tendance.hausse, Sens.baisse: Tendance.baisse}.get(indicateur.sens)
    return Lecture(first, last, change, tendance, None if wanted is None else tendance is wanted)


def derniere(edition: Edition, indicateur: Indicateur) -> Valeur | None:
    """The last known value."""
    known = [valeur for valeur in valeurs(edition, indicateur) if valeur.valeur is not None]
    return known[-1] if known else None


def citation(edition: Edition, preuve: PreuveIndicateur | PreuveChiffre | PreuveEntretien | PreuveSource) -> Citation:
    """A piece of evidence ready to be written."""
    match preuve:
        case PreuveIndicateur():
            indicateur = edition.element(preuve.indicateur, Indicateur)
            value = next((v for v in valeurs(edition, indicateur) if v.periode == preuve.millesime), None)
            shown = mesure(value.valeur, indicateur.unite) if value is not None and value.valeur is not None else ""
            note = value.note if value is not None else None
            return Citation(
                shown, indicateur.titre, periode(preuve.millesime), indicateur.territoire, indicateur.source,
                indicateur.id, note,
            )  # fmt: skip
        case PreuveChiffre():
            when = periode(preuve.millesime) if preuve.millesime else ""
            return Citation(
                mesure(preuve.valeur, preuve.unite), preuve.libelle, when, preuve.territoire, preuve.source, None,
                preuve.note,
            )  # fmt: skip
        case PreuveEntretien():
            return Citation("", "Entretien", "", None, None, preuve.entretien, preuve.note)
        case PreuveSource():
            page = f"page {preuve.page}" if preuve.page and preuve.page.isdigit() else preuve.page or ""
            return Citation("", page, "", None, preuve.source, None, preuve.note)


def perimes(edition: Edition) -> list[Indicateur]:
    """Indicators whose last value is older, at the date of the version, than the months they say it stays good."""
    today = bornes(edition.date)[0]
    late = []
    for indicateur in edition.tous(Indicateur):
        last = derniere(edition, indicateur)
        if indicateur.validite is None or last is None:
            continue
        if mois_entre(bornes(last.periode)[1], today) > indicateur.validite:
            late.append(indicateur)
    return late
