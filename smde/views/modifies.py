"""What has changed since a decision validated it: the words that say so, the decision, the two texts."""

from dataclasses import dataclass

from smde.edition import MODIFIE, Edition, Valide
from smde.model.demarche import Decision
from smde.model.element import Element


@dataclass(frozen=True, slots=True)
class Modification:
    """An element that is no longer what was validated."""

    element: Element
    decision: Decision
    valide: Valide | None
    """The two texts; None when the former was not kept, or when this readership could not read it that day."""


def mention(edition: Edition, element: Element) -> str:
    """« modifié depuis sa validation », or nothing: the one way to say it, wherever a state of validation is said."""
    return MODIFIE if element.id in edition.modifies else ""


def mention_depuis(edition: Edition, decision: Decision, ident: str) -> str:
    """The same, of what a decision validated; nothing when a later one validated it again."""
    element = edition.elements.get(ident)
    return mention(edition, element) if element and element.validation.decision == decision.id else ""


def modification(edition: Edition, element: Element) -> Modification | None:
    """What an element has become since the decision it says it is validated by; None when its text is the same."""
    decision = edition.elements.get(element.validation.decision or "")
    if element.id not in edition.modifies or not isinstance(decision, Decision):
        return None
    return Modification(element, decision, valide(edition, element, decision))


def valide(edition: Edition, element: Element, decision: Decision) -> Valide | None:
    """The text of an element that a decision named, and the present one; None when it is the same or not known here."""
    found = (edition.valides.get(line.empreinte or "") for line in decision.valide if line.element == element.id)
    return next((both for both in found if both is not None), None)


def modifies(edition: Edition) -> tuple[Modification, ...]:
    """All that says it is validated and no longer is what was, in reading order."""
    found = (modification(edition, element) for element in edition.elements.values())
    return tuple(one for one in found if one is not None)
