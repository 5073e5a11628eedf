"""From any element, what it rests on and what follows from it; and what its standing leaves to say."""

from typing import Any

import pytest

from smde.edition import Edition
from smde.views.chaine import Chaine
from tests.mots.lecture import INTERIEUR, cellule, items, lignes
from tests.rendu import edition_avec, element, mots, paroles, simple

PREUVE = {"libelle": "Bureaux vides", "valeur": "8.1", "unite": "%", "periode": "2019", "source": "observatoire"}


def fil(edition: Edition, ident: str) -> tuple[list[tuple[str, bool, list[str]]], list[tuple[str, bool, list[str]]]]:
    found: Chaine = mots(edition).noms()["fil"](edition.elements[ident])
    return tuple(  # type: ignore[return-value]
        [(maillon.genre, maillon.direct, [e.id for e in maillon.elements]) for maillon in side]
        for side in (found.amont, found.aval)
    )


def attente(ident: str, edition: Edition = INTERIEUR) -> str:
    return simple(paroles(mots(edition).noms()["attente"](edition.elements[ident])))


def test_the_nearest_level_comes_first_both_ways() -> None:
    amont, aval = fil(INTERIEUR, "objectif-reconversion")
    assert [(genre, direct) for genre, direct, _ in amont] == [("enjeu", True), ("constat", False)]
    assert aval[0][:2] == ("priorite", True)
    assert all(not direct for genre, direct, _ in aval if genre == "action")


def test_what_is_no_level_leads_to_what_cites_it() -> None:
    amont, aval = fil(INTERIEUR, "vacance-bureaux")
    assert amont == []
    assert ("objectif", True, ["objectif-reconversion"]) in aval
    assert ("action", True, ["action-requalifier-friches"]) in aval
    assert [genre for genre, _, _ in fil(INTERIEUR, "srdeii")[1]] == ["priorite", "action"]
    assert [genre for genre, _, _ in fil(INTERIEUR, "region")[1]] == ["objectif", "action"]


def test_an_element_alone_in_its_edition_leads_nowhere_and_says_nothing_wrong() -> None:
    alone = edition_avec(
        element("indicateur", "seul", unite="%", source="s", definition="d", territoire="t", serie="s.csv")
    )
    assert fil(alone, "seul") == ([], [])


def test_what_awaits_a_body_is_split_by_level_with_the_page_of_each() -> None:
    elements = [element("enjeu", f"e{n}") for n in range(3)] + [
        element("action", "a"),
        element("groupe", "g", type="technique"),
    ]
    edition = edition_avec(*elements)
    words = mots(edition).noms()["repartition"](elements)
    assert [cellule(mots(edition), word) for word in words] == ["3 enjeux", "1 action", "1 autre texte"]
    assert [word.nodes[0]["c"][2][0] for word in words[:2]] == ["page:enjeux/index", "page:actions/index"]


@pytest.mark.parametrize(("compte", "dit"), [(1, "1 texte"), (4, "4 textes")])
def test_texts_that_are_no_level_are_not_called_others_when_they_are_alone(compte: int, dit: str) -> None:
    groupes = [element("groupe", f"g{n}", type="technique") for n in range(compte)]
    assert items(edition_avec(*groupes), "repartition", groupes) == [dit]
    assert items(edition_avec(), "repartition", []) == []


def test_the_standing_says_who_validates_when_and_that_no_day_is_set_yet() -> None:
    assert attente("enjeu-friches") == "par : Groupe de pilotage, Groupe de pilotage de juin 2020 (date à fixer)"
    assert attente("phase-diagnostic").startswith("par : Valider le diagnostic")
    assert attente("action-ecole-soudure") == "texte en cours d'écriture, pas encore soumis à validation"


def test_a_day_or_a_deadline_is_given_when_it_is_known() -> None:
    seance = element("seance", "s", titre="Bureau", instance="bureau", date="2021-03-04", statut="prevue")
    validation = {"statut": "a_valider", "seance": "s", "echeance": "2021-04-30"}
    edition = edition_avec(seance, element("enjeu", "e", validation=validation))
    assert attente("e", edition) == "Bureau (le 4 mars 2021), avant le 30 avril 2021"


def test_a_text_changed_since_its_decision_says_so() -> None:
    edition = edition_avec(
        element("decision", "d", titre="Adopter", instance="i", date="2020-01-02", resultat="adopte"),
        element("enjeu", "e", validation={"statut": "valide", "decision": "d"}),
        modifies=frozenset({"e"}),
    )
    assert attente("e", edition) == "par : Adopter"
    assert simple(paroles(mots(edition).statut(edition.elements["e"]))) == "Validé Modifié depuis sa validation"


@pytest.mark.parametrize(
    ("trait", "rubrique"),
    [
        ("Nature : menace", ["Nature", "Menace"]),
        ("Vu : de loin : de près", ["Vu", "de loin : de près"]),
        (["Périmètre : ", "Pays de Brest"], ["Périmètre", "Pays de Brest"]),
        (["Nature : ", "contrat"], ["Nature", "Contrat"]),
    ],
)
def test_a_line_that_names_what_it_says_becomes_a_definition(trait: Any, rubrique: list[str]) -> None:
    assert lignes(INTERIEUR, "rubriques", [trait]) == [rubrique]
    assert items(INTERIEUR, "sans_rubrique", [trait]) == []


def test_a_line_that_names_nothing_stays_a_line() -> None:
    traits: list[Any] = ["Lire le texte", [mots(INTERIEUR).lien("enjeu-friches"), " : ", "suite"], None, []]
    assert lignes(INTERIEUR, "rubriques", traits) == []
    assert items(INTERIEUR, "sans_rubrique", traits)[0] == "Lire le texte"


def test_the_evidence_of_an_enjeu_is_its_constats_each_with_its_first_proof() -> None:
    rows = lignes(INTERIEUR, "lignes_constats_preuves", ["friches-portuaires", "vacance-tertiaire", "disparu"])
    assert [row[0] for row in rows] == [
        INTERIEUR.elements[i].titre for i in ("friches-portuaires", "vacance-tertiaire")
    ]
    assert all(row[1] for row in rows)


def test_an_indicator_cited_twice_is_drawn_once() -> None:
    objectif: Any = INTERIEUR.elements["objectif-reconversion"]
    found = mots(INTERIEUR).noms()["indicateurs_de"]([*objectif.cibles, *objectif.cibles, object()])
    assert [indicateur.id for indicateur in found] == ["vacance-bureaux"]


def test_columns_are_taken_in_the_order_asked() -> None:
    assert mots(INTERIEUR).noms()["colonnes"]([["a", "b", "c"]], [2, 0]) == [["c", "a"]]


def test_what_awaits_each_body_holds_on_one_row_a_séance_and_its_day_included() -> None:
    pilotage = element("groupe", "pilotage", type="pilotage")
    seance = element("seance", "juin", instance="pilotage", statut="prevue", date="2030-06-12")
    wait = {"statut": "a_valider", "instance": "pilotage", "seance": "juin"}
    edition = edition_avec(
        *(pilotage, seance),
        *(element("enjeu", f"e{n}", validation=wait) for n in range(2)),
        element("action", "a", validation=wait),
        element("action", "b", validation={"statut": "a_valider", "instance": "pilotage"}),
        element("action", "c", validation={"statut": "a_valider"}),
    )
    assert lignes(edition, "lignes_validations") == [
        ["pilotage", "juin (le 12 juin 2030)", "2 enjeux, 1 action"],
        ["pilotage", "À fixer", "1 action"],
        ["Instance à désigner", "À fixer", "1 action"],
    ]


def test_the_bodies_of_the_authority_are_counted_in_words_that_agree() -> None:
    compte = mots(edition_avec()).noms()["compte"]
    assert simple(compte("organisation", 22)) == "22 instances, services et circuits"
    assert simple(compte("organisation", 1)) == "1 organisation"
