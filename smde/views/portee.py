"""The part of an edition that a document prints: some priorities, or what is articulated with some frameworks."""

from dataclasses import replace

from smde.edition import Edition
from smde.model.cadres import Articulation
from smde.model.element import Element
from smde.model.identite import Filtre
from smde.model.schema import Action, Moyen, Priorite
from smde.model.strategie import Constat, Enjeu, Objectif
from smde.views.chaine import parents

_CHAINE = (Constat, Enjeu, Objectif, Priorite, Action, Moyen)


def selection(edition: Edition, filtre: Filtre) -> Edition:
    """The same edition, its chain limited to what a filter keeps and to what that rests on; all of it when empty.

    Elements outside the chain (actors, sources, démarche…) stay. Those left out can still be named: `titre` knows them.
    """
    if not filtre.priorites and not filtre.cadres:
        return edition
    actions = [action for action in edition.tous(Action) if _keeps_action(edition, action, filtre)]
    served = {action.priorite for action in actions}
    kept: dict[str, Element] = {action.id: action for action in actions}
    for priorite in edition.tous(Priorite):
        if priorite.id in served or _keeps_priority(priorite, filtre):
            kept[priorite.id] = priorite
    for moyen in edition.tous(Moyen):
        if not kept.keys().isdisjoint([*moyen.actions, *moyen.priorites]):
            kept[moyen.id] = moyen
    above: list[Element] = [element for element in kept.values() if isinstance(element, Priorite)]
    while above:
        above = [near for element in above for near in parents(edition, element) if near.id not in kept]
        kept.update({near.id: near for near in above})
    elements = {
        ident: element
        for ident, element in edition.elements.items()
        if ident in kept or not isinstance(element, _CHAINE)
    }
    left_out = {ident: element.titre for ident, element in edition.elements.items() if ident not in elements}
    return replace(edition, elements=elements, hors_document=left_out)


def _keeps_priority(priorite: Priorite, filtre: Filtre) -> bool:
    wanted = not filtre.priorites or priorite.id in filtre.priorites
    return wanted and (not filtre.cadres or _articulated(priorite.articulations, filtre))


def _keeps_action(edition: Edition, action: Action, filtre: Filtre) -> bool:
    if filtre.priorites and action.priorite not in filtre.priorites:
        return False
    if not filtre.cadres or _articulated(action.articulations, filtre):
        return True
    priorite = edition.elements.get(action.priorite or "")
    return isinstance(priorite, Priorite) and _articulated(priorite.articulations, filtre)


def _articulated(articulations: list[Articulation], filtre: Filtre) -> bool:
    return any(articulation.cadre in filtre.cadres for articulation in articulations)
