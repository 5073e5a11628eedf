"""The levels of the chain: every element once, counted and linked, with its state."""

from typing import Any

import pytest

from smde.model.strategie import Objectif
from tests.mots.lecture import INTERIEUR, lignes, traits
from tests.rendu import edition_avec, element, mots, paroles, simple


@pytest.mark.parametrize(
    ("nom", "ident", "attendus"),
    [
        ("traits_constat", "friches-portuaires", ["Nature : opportunité", "Périmètre : Valmer métropole, 14 communes"]),
        ("traits_constat", "metiers-en-tension", ["Nature : faiblesse"]),
        (
            "traits_priorite",
            "priorite-port",
            [
                "Portage politique : Vice-présidence à l'économie",
                "Service pilote : Direction de l'économie",
            ],
        ),
        (
            "traits_moyen",
            "moyen-chef-de-projet",
            [
                "Nature : humain",
                "Quantité : 0,5 ETP (ordre de grandeur illustratif)",
                "Service : Direction de l'économie",
            ],
        ),
        ("traits_moyen", "moyen-reserve-fonciere", ["Nature : foncier", "Quantité : 12 ha"]),
    ],
)
def test_an_element_is_identified_line_by_line(nom: str, ident: str, attendus: list[str]) -> None:
    assert traits(nom, ident) == attendus


def test_themes_count_their_constats_by_nature() -> None:
    assert lignes(INTERIEUR, "lignes_themes") == [
        ["Immobilier d'entreprise et friches", "–", "–", "1", "–", "1", "2"],
        ["Emploi et compétences", "–", "1", "–", "1", "–", "2"],
    ]
    assert lignes(edition_avec(element("theme", "vide")), "lignes_themes") == []


def test_constats_objectives_actions_and_means_are_listed_with_their_state() -> None:
    tous = mots(INTERIEUR).tous
    assert lignes(INTERIEUR, "lignes_constats", tous("constat"))[:2] == [
        ["Les métiers de la métallurgie manquent de candidats", "Faiblesse", "Brouillon"],
        ["Un employeur du port envisage de partir", "Menace", "Brouillon"],
    ]
    assert lignes(INTERIEUR, "lignes_objectifs", tous("objectif")) == [
        [
            "Vingt hectares de friches rendus à l'activité en dix ans",
            "Cofinance",
            "Requalifier le port de commerce",
            "Brouillon",
        ],
        [
            "Une place de formation pour chaque offre d'emploi de soudeur",
            "–",
            "Ouvrir une école de la soudure",
            "Brouillon",
        ],
    ]
    assert lignes(INTERIEUR, "lignes_actions", tous("action")) == [
        [
            "Préparer une école de la soudure action-ecole-soudure",
            "Ouvrir une école de la soudure",
            "Idée",
            "À fixer",
            "Brouillon",
        ],
        [
            "Requalifier la friche des anciennes conserveries action-requalifier-friches",
            "Requalifier le port de commerce",
            "Fiche action",
            "2020 – 2024",
            "Brouillon",
        ],
    ]
    assert lignes(INTERIEUR, "lignes_moyens", tous("moyen")) == [
        ["Un chef de projet pour les friches", "Humain", "0,5 ETP (illustratif)", "1 action", "Brouillon"],
        ["Réserve foncière du port", "Foncier", "12 ha", "1 priorité", "Brouillon"],
    ]


def test_an_objective_is_listed_once_under_its_first_enjeu_and_the_others_last() -> None:
    edition = edition_avec(
        element("enjeu", "e1"),
        element("enjeu", "e2"),
        element("objectif", "seul"),
        element("objectif", "o2", enjeux=["e2", "e1"]),
        element("objectif", "o1", enjeux=["e1"]),
    )
    found = mots(edition).noms()["objectifs_par_enjeu"]()
    assert [(enjeu.id if enjeu else None, [o.id for o in objectifs]) for enjeu, objectifs in found] == [
        ("e1", ["o1"]),
        ("e2", ["o2"]),
        (None, ["seul"]),
    ]


def test_the_coverage_skips_levels_without_element() -> None:
    rows = lignes(INTERIEUR, "lignes_couverture", mots(INTERIEUR).noms()["couverture"]())
    assert [row[:2] for row in rows] == [
        ["Constats", "4"], ["Défis", "2"], ["Objectifs", "2"], ["Priorités", "2"], ["Actions", "2"], ["Moyens", "2"],
    ]  # fmt: skip
    small = edition_avec(element("constat", "c", theme="t", nature="atout"))
    assert lignes(small, "lignes_couverture", mots(small).noms()["couverture"]()) == [["Constats", "1", "1", "1", "0"]]


def test_what_replaces_and_what_is_replaced_know_each_other() -> None:
    old, new = element("enjeu", "ancien"), element("enjeu", "nouveau", remplace=["ancien"])
    edition = edition_avec(old, new, element("question", "q", sujet="s", reponses=["ancien"]))
    assert traits("traits_remplacement", new, edition) == ["Remplace : ancien."]
    assert traits("traits_remplacement", old, edition) == ["Remplacé par : nouveau."]
    assert traits("traits_remplacement", "q", edition) == []


def objectif(ident: str, degre: str | None = None, **champs: Any) -> Any:
    return element("objectif", ident, influence={"degre": degre} if degre else None, **champs)


def test_the_hold_of_the_authority_is_said_degree_by_degree_in_plain_words() -> None:
    edition = edition_avec(objectif("o1", "decide"), objectif("o2", "plaide"), objectif("o3", "plaide"), objectif("o4"))
    rows = lignes(edition, "lignes_prises", mots(edition).noms()["prises"]())
    assert [(row[0], row[2]) for row in rows] == [
        ("Décide", "1"), ("Cofinance", "0"), ("Anime", "0"), ("Plaide", "2"), ("Observe", "0"), ("Non dit", "1"),
    ]  # fmt: skip
    assert rows[0][1] == "La collectivité peut agir seule, par ses compétences"
    assert all(row[1] for row in rows)


def test_a_degree_that_every_objectif_says_leaves_no_line_for_those_that_do_not() -> None:
    edition = edition_avec(objectif("o1", "anime"))
    rows = lignes(edition, "lignes_prises", mots(edition).noms()["prises"]())
    assert [row[0] for row in rows] == ["Décide", "Cofinance", "Anime", "Plaide", "Observe"]


def attente() -> Any:
    """Three levels of the chain and a step of the method that wait for the same séance."""
    soumis = {"validation": {"statut": "a_valider", "instance": "pilotage", "seance": "seance-mars"}}
    return edition_avec(
        element("groupe", "pilotage", type="pilotage"),
        element("seance", "seance-mars", instance="pilotage", statut="prevue", date="2027-03-04"),
        element("theme", "foncier", titre="Foncier et locaux"),
        element("theme", "emploi", titre="Emploi"),
        element("constat", "c1", theme="foncier", nature="atout", **soumis),
        element("constat", "c2", theme="emploi", nature="menace", **soumis),
        element("constat", "c3", theme="foncier", nature="faiblesse", **soumis),
        element("etape", "e1", ordre=1, partie="strategie", **soumis),
        element("moyen", "m1", nature="humain", **soumis),
        element("action", "a1", priorite="p1", **soumis),
        element("priorite", "p1", titre="Remettre en usage les friches", **soumis),
    )


def test_what_awaits_a_body_is_gathered_as_a_councillor_reads_it() -> None:
    edition = attente()
    (waiting,) = mots(edition).noms()["a_valider"]()
    found = mots(edition).noms()["rassembles"](waiting.elements)
    assert [
        (genre, [(titre, [e.id for e in elements]) for titre, elements in groupes]) for genre, groupes in found
    ] == [
        ("constat", [("Foncier et locaux", ["c1", "c3"]), ("Emploi", ["c2"])]),
        ("priorite", [(None, ["p1"])]),
        ("action", [("Remettre en usage les friches", ["a1"])]),
        ("moyen", [("Humain", ["m1"])]),
        ("etape", [(None, ["e1"])]),
    ]


def test_the_summary_of_what_awaits_a_body_leads_to_its_lists() -> None:
    edition = attente()
    words = mots(edition).noms()
    (waiting,) = words["a_valider"]()
    rows = words["lignes_attente"](waiting)
    assert [(simple(paroles(row[0])), row[1]) for row in rows] == [
        ("Constats", "3"), ("Priorité", "1"), ("Action", "1"), ("Moyen", "1"), ("Étape", "1"),
    ]  # fmt: skip
    (link,) = rows[0][0].nodes
    assert link["c"][2][0] == "#" + words["ancre_attente"](waiting, "constat")


def test_an_objectif_awaits_under_the_first_enjeu_it_answers_and_under_nothing_when_it_answers_none() -> None:
    edition = edition_avec(
        element("enjeu", "logement", titre="Loger ceux qui arrivent"),
        objectif("o1", enjeux=["logement"]),
        objectif("o2"),
    )
    ((_, groupes),) = mots(edition).noms()["rassembles"](edition.tous(Objectif))
    assert [(titre, [e.id for e in elements]) for titre, elements in groupes] == [
        ("Loger ceux qui arrivent", ["o1"]), (None, ["o2"]),
    ]  # fmt: skip
