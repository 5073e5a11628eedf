"""Whether two series may be drawn together: one measure, one kind of periods, no break; in doubt, they may not."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from smde.ecriture import periode
from smde.model.mesures import Indicateur, Valeur
from smde.periodes import bornes

AUTRES = 3
"""Beyond them, lines are no longer told apart."""

_GENRES = (
    (r"\d+", "années civiles"),
    (r"\d+-S\d", "semestres"),
    (r"\d+-T\d", "trimestres"),
    (r"\d+-\d\d", "mois"),
    (r"\d+-\d\d-\d\d", "jours"),
)


class Serie(NamedTuple):
    """An indicator with its values, and the titles of what distinguishes it."""

    indicateur: Indicateur
    valeurs: Sequence[Valeur]
    territoire: str
    source: str


class Ecart(NamedTuple):
    """Why two series do not compare."""

    message: str
    """What differs, as a sentence."""
    aide: str
    """What to do."""


def genre(valeur: str) -> str:
    """The kind of a period, in words: « années civiles », « années scolaires », « trimestres »…"""
    for motif, words in _GENRES:
        if re.fullmatch(motif, valeur):
            return words
    length = bornes(valeur)[1][0] - bornes(valeur)[0][0]
    return "années scolaires" if length == 1 else f"périodes de {length + 1} ans"


def noms(series: Sequence[Serie]) -> list[str]:
    """What tells comparable series apart: their perimeters, or their sources when the perimeter is the same."""
    same = len({serie.indicateur.territoire for serie in series}) == 1
    return [serie.source if same else serie.territoire for serie in series]


def ecart(une: Serie, autre: Serie) -> Ecart | None:
    """Why two series may not be drawn together; None when they may.

    They have the same unit, definition, frequency and kind of periods, at least two periods in common and no break
    between their values; either the perimeter or the source tells them apart, and not both.
    """
    return _mesures(une.indicateur, autre.indicateur) or _periodes(une, autre) or _perimetres(une, autre)


def tous_comparables(series: Sequence[Serie]) -> bool:
    """Whether each series compares with every other, and there are few enough to be read."""
    return len(series) <= AUTRES + 1 and not any(
        ecart(une, autre) for rank, autre in enumerate(series) for une in series[:rank]
    )


def commune_mesure(un: Indicateur) -> tuple[str, ...]:
    """What indicators have in common when their values, one for each territory, may be on one map."""
    return _plie(un.unite), _plie(un.definition), _plie(un.frequence or "").casefold(), un.source


def tient(un: Indicateur, quand: str) -> bool:
    """Whether the value of a period is of the measure its indicator defines: any change is dated, and before it."""
    dated = not un.rupture or bool(un.ruptures)
    return dated and all(bornes(rupture)[0] <= bornes(quand)[0] for rupture in un.ruptures)


def _mesures(un: Indicateur, autre: Indicateur) -> Ecart | None:
    """What differs in what is measured."""
    if un.id == autre.id:
        return Ecart(f"« {un.titre} » est comparé à lui-même.", "Retirez cet identifiant.")
    both = f"« {un.titre} » et « {autre.titre} »"
    if _plie(un.unite) != _plie(autre.unite):
        return Ecart(
            f"{both} n'ont pas la même unité (« {un.unite} » et « {autre.unite} »).",
            "Retirez cet identifiant, ou donnez les deux séries dans la même unité.",
        )
    if _plie(un.definition) != _plie(autre.definition):
        return Ecart(
            f"{both} n'ont pas la même définition.",
            "Retirez cet identifiant ; si c'est bien la même mesure, écrivez la même `definition` des deux côtés et "
            "laissez le territoire dans `territoire`.",
        )
    if _plie(un.frequence or "").casefold() != _plie(autre.frequence or "").casefold():
        words = [f"« {one.frequence} »" if one.frequence else "non dite" for one in (un, autre)]
        return Ecart(
            f"{both} n'ont pas la même fréquence ({words[0]} et {words[1]}).",
            "Retirez cet identifiant, ou corrigez `frequence`.",
        )
    return None


def _periodes(une: Serie, autre: Serie) -> Ecart | None:
    """What differs in time."""
    both = f"« {une.indicateur.titre} » et « {autre.indicateur.titre} »"
    genres = sorted({genre(valeur.periode) for serie in (une, autre) for valeur in serie.valeurs})
    if len(genres) > 1:
        return Ecart(
            f"{both} ne comptent pas les mêmes périodes ({' et '.join(genres)}).",
            "Retirez cet identifiant, ou donnez des périodes du même genre dans les deux tableaux.",
        )
    for indicateur, valeurs, *_ in (une, autre):
        if indicateur.rupture and not indicateur.ruptures:
            return Ecart(
                f"« {indicateur.titre} » signale une précaution sans date : rien ne dit que son périmètre est stable.",
                "Retirez cet identifiant, ou dites dans `ruptures` à partir de quelle période la mesure change.",
            )
        starts = [bornes(valeur.periode)[0] for valeur in valeurs if valeur.valeur is not None]
        inside = [one for one in indicateur.ruptures if starts and min(starts) < bornes(one)[0] <= max(starts)]
        if inside:
            return Ecart(
                f"La mesure ou le périmètre de « {indicateur.titre} » change dans la série ({periode(inside[0])}).",
                "Retirez cet identifiant, ou ne gardez dans les séries comparées que les valeurs d'après la rupture.",
            )
    known = [{valeur.periode for valeur in serie.valeurs if valeur.valeur is not None} for serie in (une, autre)]
    if len(known[0] & known[1]) < 2:
        return Ecart(
            f"{both} n'ont pas deux périodes en commun.",
            "Retirez cet identifiant, ou ajoutez les valeurs des mêmes périodes.",
        )
    return None


def _perimetres(une: Serie, autre: Serie) -> Ecart | None:
    """What differs in where, and in who says so: one of the two, never both, never none."""
    both = f"« {une.indicateur.titre} » et « {autre.indicateur.titre} »"
    ailleurs = une.indicateur.territoire != autre.indicateur.territoire
    autrement = une.indicateur.source != autre.indicateur.source
    if ailleurs and autrement:
        return Ecart(
            f"{both} n'ont ni le même périmètre ni la même source.",
            "Retirez cet identifiant, ou prenez les deux séries à la même source.",
        )
    if not ailleurs and not autrement:
        return Ecart(
            f"{both} ont le même périmètre, la même source et la même définition : rien ne les distingue.",
            "Retirez cet identifiant, ou dites dans `definition` ce que chacun mesure.",
        )
    first, second = noms([une, autre])
    if _plie(first).casefold() == _plie(second).casefold():
        return Ecart(
            f"{both} se distinguent par deux éléments de même titre (« {first} »).",
            "Donnez à chaque périmètre et à chaque source un titre qui le nomme.",
        )
    return None


def _plie(words: str) -> str:
    return " ".join(words.split())
