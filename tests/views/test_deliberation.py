"""What an assembly adopts, who speaks before it, and what is not ready: nothing that only some may read is adopted."""

from typing import Any

from smde.model.champ import INTERNE, PUBLIC
from smde.views.deliberation import adoptes, avis_prealables, pas_prets
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)


def circuit(ident: str, *instances: str) -> Any:
    steps = [{"instance": instance, "objet": f"Examen par {instance}"} for instance in instances]
    return element("organisation", ident, nature="circuit", circuit=steps)


def test_what_is_adopted_is_the_same_for_every_edition_and_open_to_everybody() -> None:
    public = edition_de(VALMER, PUBLIC)
    for partie in ("strategy", "schema"):
        inside = [one.id for one in adoptes(INTERIEUR, partie)]
        assert inside == [one.id for one in adoptes(public, partie)] != []
    assert "enjeu-competences" not in {one.id for one in adoptes(INTERIEUR, "strategy")}
    assert {one.genre for one in adoptes(INTERIEUR, "strategy")} <= {"constat", "enjeu", "objectif"}
    assert {one.genre for one in adoptes(INTERIEUR, "schema")} <= {"priorite", "action", "moyen", "organisation"}


def test_what_was_given_up_or_replaced_is_not_adopted() -> None:
    edition = edition_avec(
        element("enjeu", "garde"),
        element("enjeu", "remplace", validation={"statut": "remplace"}),
        element("enjeu", "abandonne", validation={"statut": "abandonne", "motif": "Sans objet"}),
    )
    assert [one.id for one in adoptes(edition, "strategy")] == ["garde"]


def test_only_a_text_validated_as_it_stands_is_ready() -> None:
    valide = {"statut": "valide", "decision": "vote"}
    elements = [
        element("enjeu", "pret", validation=valide),
        element("enjeu", "modifie", validation=valide),
        element("enjeu", "attend", validation={"statut": "a_valider"}),
        element("enjeu", "brouillon"),
    ]
    edition = edition_avec(*elements, modifies=frozenset({"modifie"}))
    assert [one.id for one in pas_prets(edition, elements)] == ["modifie", "attend", "brouillon"]


def test_bodies_speak_in_the_order_of_the_circuits_each_once_services_and_working_groups_do_not() -> None:
    edition = edition_avec(
        element("organisation", "conseil", nature="instance"),
        element("organisation", "bureau", nature="instance"),
        element("organisation", "direction", nature="service"),
        element("groupe", "pilotage", type="pilotage"),
        element("groupe", "techniciens", type="technique"),
        circuit("strategie", "techniciens", "pilotage", "bureau", "conseil"),
        circuit("schema", "direction", "bureau", "conseil", "pilotage"),
        circuit("contrat", "pilotage", "bureau"),
        element("decision", "second", instance="pilotage", date="2024-06-20", resultat="adopte"),
        element("decision", "premier", instance="pilotage", date="2024-03-01", resultat="adopte"),
    )
    said = avis_prealables(edition, "conseil")
    assert [one.instance.id for one in said] == ["pilotage", "bureau"]
    assert [taken.id for taken in said[0].decisions] == ["premier", "second"]
    assert said[0].objets == ("Examen par pilotage",)
    assert said[1].objets == ("Examen par bureau",)


def test_without_any_circuit_nobody_speaks_before() -> None:
    assert avis_prealables(INTERIEUR, "service-economie") == ()
    assert avis_prealables(INTERIEUR, "conseil") == (), "the circuit of Valmer goes through a technical group only"
