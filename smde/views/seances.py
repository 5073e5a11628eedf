"""What a séance is asked, on what that rests, and what has become of it since a body last saw it."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from smde.edition import Edition, empreinte
from smde.model.demarche import Decision, Seance, StatutSeance
from smde.model.element import Element, StatutValidation
from smde.model.rubriques import RUBRIQUES


class Depuis(IntEnum):
    """What has become of an element since a body last saw it."""

    jamais_presente = 0
    sans_decision = 1
    """Submitted to a séance that was held; no decision on it is written."""
    sans_empreinte = 2
    """Decided upon, but the decision keeps no fingerprint of the text."""
    inchange = 3
    modifie = 4


@dataclass(frozen=True, slots=True)
class Presentation:
    """An element, and how it stands to the last time that a body saw it."""

    element: Element
    depuis: Depuis
    seance: Seance | None = None
    """The last séance held that was asked about it, when nothing was decided."""
    decision: Decision | None = None
    """The last decision that names it."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a séance is asked about one kind of element."""

    genre: str
    presentations: tuple[Presentation, ...]

    @property
    def elements(self) -> tuple[Element, ...]:
        """Its elements."""
        return tuple(presentation.element for presentation in self.presentations)

    def compte(self, *depuis: Depuis) -> int:
        """How many of its elements stand in one of these ways."""
        return sum(presentation.depuis in depuis for presentation in self.presentations)


@dataclass(frozen=True, slots=True)
class Validee:
    """What a decision validated: an element, the fingerprint it kept, what has become of the text."""

    ident: str
    empreinte: str | None
    element: Element | None
    """None when this readership does not know it."""
    depuis: Depuis | None


def en_attente(edition: Edition, seance: Seance) -> tuple[Element, ...]:
    """What awaits a séance: what names it, and what names its body without naming a séance.

    A document with a filter is asked for what it aims at only.
    """
    return tuple(
        element
        for element in edition.elements.values()
        if element.validation.statut is StatutValidation.a_valider
        and (edition.vises is None or element.id in edition.vises)
        and (
            element.validation.seance == seance.id
            or (element.validation.seance is None and element.validation.instance == seance.instance)
        )
    )


def points(edition: Edition, seance: Seance) -> tuple[Point, ...]:
    """What awaits a séance, by kind: how the strategy is made, what it submits by name first; strategy; schéma."""
    waiting: dict[str, list[Presentation]] = {}
    for element in en_attente(edition, seance):
        waiting.setdefault(element.genre, []).append(presentation(edition, element))
    named = [edition.elements[ident].genre for ident in seance.soumet if ident in edition.elements]
    method = dict.fromkeys([*(genre for genre in named if genre in _METHODE), *_METHODE])
    return tuple(Point(genre, tuple(waiting[genre])) for genre in (*method, *_CHAINE) if genre in waiting)


_METHODE = tuple(rubrique.classe.genre for rubrique in RUBRIQUES if rubrique.chemin.startswith("data/"))
_CHAINE = tuple(rubrique.classe.genre for rubrique in RUBRIQUES if not rubrique.chemin.startswith("data/"))


def presentation(edition: Edition, element: Element) -> Presentation:
    """How an element stands to the last decision on it, failing one to the last séance that was asked about it."""
    decisions = [
        decision
        for decision in edition.citants(element.id, Decision)
        if any(valide.element == element.id for valide in decision.valide)
    ]
    if decisions:
        last = max(decisions, key=lambda decision: (decision.date, edition.rangs[decision.id]))
        return Presentation(element, _depuis(edition, element, last), decision=last)
    held = [seance for seance in tenues(edition) if element.id in seance.soumet]
    if held:
        return Presentation(element, Depuis.sans_decision, seance=held[-1])
    return Presentation(element, Depuis.jamais_presente)


def _depuis(edition: Edition, element: Element, decision: Decision) -> Depuis:
    kept = {valide.empreinte for valide in decision.valide if valide.element == element.id and valide.empreinte}
    if not kept:
        return Depuis.sans_empreinte
    return Depuis.inchange if empreinte(edition, element.id) in kept else Depuis.modifie


def tenues(edition: Edition, instance: str | None = None) -> tuple[Seance, ...]:
    """The séances held, by date; those of one body when it is named."""
    held = [
        seance
        for seance in edition.tous(Seance)
        if seance.statut is StatutSeance.tenue and seance.date and instance in (None, seance.instance)
    ]
    return tuple(sorted(held, key=lambda seance: (seance.date or date.min, edition.rangs[seance.id])))


def precedente(edition: Edition, seance: Seance) -> Seance | None:
    """The last séance that the same body held before this one."""
    before = [
        other
        for other in tenues(edition, seance.instance)
        if other.id != seance.id and (seance.date is None or (other.date or date.min) < seance.date)
    ]
    return before[-1] if before else None


def decisions(edition: Edition, seance: Seance) -> tuple[Decision, ...]:
    """What was decided in a séance, in the order it is written."""
    return tuple(decision for decision in edition.citants(seance.id, Decision) if decision.seance == seance.id)


def validees(edition: Edition, decision: Decision) -> tuple[Validee, ...]:
    """What exactly a decision validated, and what has become of each text since."""
    found = []
    for valide in decision.valide:
        element = edition.elements.get(valide.element)
        since = None if element is None else _depuis(edition, element, decision)
        found.append(Validee(valide.element, valide.empreinte, element, since))
    return tuple(found)


def sans_suite(edition: Edition, seance: Seance) -> tuple[Element, ...]:
    """What a séance was asked about and that none of its decisions names."""
    named = {valide.element for decision in decisions(edition, seance) for valide in decision.valide}
    return tuple(edition.elements[ident] for ident in seance.soumet if ident not in named and ident in edition.elements)
