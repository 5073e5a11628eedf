"""What an assembly is asked to adopt, who must have spoken before it, and how far that is from being ready."""

from collections.abc import Iterable
from dataclasses import dataclass

from smde.edition import Edition
from smde.model.acteurs import Groupe, NatureOrganisation, Organisation, TypeGroupe
from smde.model.champ import PUBLIC
from smde.model.demarche import Decision
from smde.model.element import Element, StatutValidation
from smde.model.rubriques import RUBRIQUES

_ECARTES = frozenset({StatutValidation.remplace, StatutValidation.abandonne})


@dataclass(frozen=True, slots=True)
class Avis:
    """A body that speaks before the assembly, on what, and what it has decided already."""

    instance: Groupe | Organisation
    objets: tuple[str, ...]
    decisions: tuple[Decision, ...]


def adoptes(edition: Edition, partie: str) -> tuple[Element, ...]:
    """What an assembly adopts of `strategy` or `schema`: what everybody may read, neither replaced nor given up."""
    return tuple(
        element
        for rubrique in RUBRIQUES
        if rubrique.chemin.startswith(f"{partie}/")
        for element in edition.tous(rubrique.classe)
        if element.niveau() is PUBLIC and element.validation.statut not in _ECARTES
    )


def pas_prets(edition: Edition, elements: Iterable[Element]) -> tuple[Element, ...]:
    """Those that no body has validated, or whose text has changed since."""
    return tuple(
        element
        for element in elements
        if element.validation.statut is not StatutValidation.valide or element.id in edition.modifies
    )


def avis_prealables(edition: Edition, instance: str) -> tuple[Avis, ...]:
    """The bodies that the circuits ending in an assembly go through before it, each once, in their order.

    Services and working groups prepare; only bodies, and the steering group, speak.
    """
    said: dict[str, list[str]] = {}
    for organisation in edition.tous(Organisation):
        stops = [step.instance for step in organisation.circuit]
        if instance in stops:
            for step in organisation.circuit[: stops.index(instance)]:
                said.setdefault(step.instance, []).append(step.objet)
    found = []
    for ident, objets in said.items():
        body = edition.elements.get(ident)
        if isinstance(body, Groupe | Organisation) and _parle(body):
            taken = sorted(
                (decision for decision in edition.citants(ident, Decision) if decision.instance == ident),
                key=lambda decision: decision.date,
            )
            found.append(Avis(body, tuple(dict.fromkeys(objets)), tuple(taken)))
    return tuple(found)


def _parle(body: Groupe | Organisation) -> bool:
    if isinstance(body, Groupe):
        return body.type is TypeGroupe.pilotage
    return body.nature is NatureOrganisation.instance
