"""What happens when: phases, séances, decisions, milestones; and what awaits which body."""

from dataclasses import dataclass

from smde.edition import Edition
from smde.model.demarche import Decision, Phase, Repere, Seance, StatutPhase
from smde.model.element import Element, StatutValidation
from smde.model.schema import Action


@dataclass(frozen=True, slots=True)
class Date:
    """A dated thing: its period, what it is, and the element it belongs to."""

    periode: str
    intitule: str
    genre: str
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


def dates(edition: Edition) -> tuple[Date, ...]:
    """Everything dated, oldest first."""
    found = [Date(repere.date, repere.titre, "repère", repere) for repere in edition.tous(Repere)]
    found += [
        Date(seance.date.isoformat(), seance.titre, "séance", seance) for seance in edition.tous(Seance) if seance.date
    ]
    found += [
        Date(decision.date.isoformat(), decision.titre, "décision", decision) for decision in edition.tous(Decision)
    ]
    found += [Date(phase.debut, phase.titre, "phase", phase) for phase in edition.tous(Phase) if phase.debut]
    for action in edition.tous(Action):
        found += [Date(step.echeance, step.titre, "étape", action) for step in action.etapes if step.echeance]
    return tuple(sorted(found, key=lambda date: date.periode))


def a_valider(edition: Edition) -> tuple[Attente, ...]:
    """What awaits whom."""
    waiting: dict[tuple[str | None, str | None], list[Element]] = {}
    for element in edition.elements.values():
        validation = element.validation
        if validation.statut is StatutValidation.a_valider:
            waiting.setdefault((validation.instance, validation.seance), []).append(element)
    return tuple(Attente(instance, seance, tuple(elements)) for (instance, seance), elements in waiting.items())
