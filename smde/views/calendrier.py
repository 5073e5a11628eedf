"""What happens when: phases, séances, decisions, milestones; and what awaits which body."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from smde.edition import Edition
from smde.model.demarche import Decision, Phase, Repere, Seance, StatutPhase, StatutSeance
from smde.model.element import Element, StatutValidation
from smde.model.schema import Action
from smde.periodes import Jour, chronologie


@dataclass(frozen=True, slots=True)
class Date:
    """A dated thing: its period, what it is, and the element it belongs to."""

    periode: str
    intitule: str
    element: Element


@dataclass(frozen=True, slots=True)
class Attente:
    """What awaits one body, séance by séance (None when no séance is named)."""

    instance: str | None
    seance: str | None
    elements: tuple[Element, ...]


def phases(edition: Edition) -> tuple[Phase, ...]:
    """The phases, in order."""
    return tuple(sorted(edition.tous(Phase), key=lambda phase: phase.ordre))


def phase_courante(edition: Edition) -> Phase | None:
    """The phase under way; failing one, the next to come."""
    ordered = phases(edition)
    running = [phase for phase in ordered if phase.statut is StatutPhase.en_cours]
    coming = [phase for phase in ordered if phase.statut is StatutPhase.a_venir]
    return next(iter(running or coming), None)


def passe(edition: Edition) -> tuple[Date, ...]:
    """What has happened, oldest first: events, séances held, decisions."""
    found = [Date(repere.date, repere.titre, repere) for repere in edition.tous(Repere)]
    found += [
        Date(seance.date.isoformat(), seance.titre, seance)
        for seance in edition.tous(Seance)
        if seance.date and seance.statut is StatutSeance.tenue
    ]
    found += [Date(decision.date.isoformat(), decision.titre, decision) for decision in edition.tous(Decision)]
    return tuple(sorted(found, key=lambda date: chronologie(date.periode)))


def a_venir(edition: Edition) -> tuple[Seance, ...]:
    """The séances to come, by date; those without a date last."""
    coming = [seance for seance in edition.tous(Seance) if seance.statut is StatutSeance.prevue]
    return tuple(sorted(coming, key=lambda seance: (seance.date is None, seance.date or date.min)))


def etapes_par_annee(edition: Edition) -> tuple[tuple[int, tuple[Date, ...]], ...]:
    """The dated milestones of the actions, by the year in which they begin."""
    found = [
        Date(step.echeance, step.titre, action)
        for action in edition.tous(Action)
        for step in action.etapes
        if step.echeance
    ]
    found.sort(key=lambda date: chronologie(date.periode))
    return tuple((year, tuple(group)) for year, group in groupby(found, key=lambda date: int(date.periode[:4])))


def par_date(edition: Edition) -> tuple[Action, ...]:
    """The actions by the date they begin, or failing that end; those without date last."""

    def key(action: Action) -> tuple[bool, tuple[Jour, Jour], int]:
        calendrier = action.calendrier
        when = (calendrier.debut or calendrier.fin) if calendrier else None
        return when is None, chronologie(when or "9999"), edition.rangs[action.id]

    return tuple(sorted(edition.tous(Action), key=key))


def a_valider(edition: Edition, elements: Iterable[Element] | None = None) -> tuple[Attente, ...]:
    """What awaits whom, of some elements or of all."""
    waiting: dict[tuple[str | None, str | None], list[Element]] = {}
    for element in edition.elements.values() if elements is None else elements:
        validation = element.validation
        if validation.statut is StatutValidation.a_valider:
            waiting.setdefault((validation.instance, validation.seance), []).append(element)
    return tuple(Attente(instance, seance, tuple(elements)) for (instance, seance), elements in waiting.items())
