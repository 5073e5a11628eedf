"""The levels of the chain: every element once, counted and linked, with its state."""

from typing import Any

import pytest

from smde.edition import Edition
from smde.filtre import NIVEAUX
from smde.model.identite import Filtre
from smde.model.strategie import Objectif
from smde.views.portee import selection
from tests.mots.lecture import INTERIEUR, cellule, lignes, traits
from tests.rendu import edition_avec, element, mots, simple


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


def test_each_kind_that_awaits_says_on_one_line_how_it_is_shared_out() -> None:
    edition = attente()
    words = mots(edition).noms()
    (waiting,) = words["a_valider"]()
    lines = {genre: words["repartis"](genre, groupes) for genre, groupes in words["rassembles"](waiting.elements)}
    assert lines["constat"] == "Foncier et locaux (2), Emploi (1)"
    assert {genre for genre, line in lines.items() if not line} == {"priorite", "action", "moyen", "etape"}


def test_groups_too_many_to_be_named_are_counted_under_what_gathers_them() -> None:
    enjeux = [
        element("enjeu", f"e{n}", titre=f"Garder au pays les métiers du port et de la mer, {n}") for n in range(9)
    ]
    objectifs = [objectif(f"o{n}", enjeux=[f"e{n}"]) for n in range(9)]
    words = mots(edition_avec(*enjeux, *objectifs, objectif("libre"))).noms()
    ((genre, groupes),) = words["rassembles"]([one for one in objectifs if one.id != "o9"])
    assert words["repartis"](genre, groupes) == "pour 9\u00a0enjeux"
    assert words["repartis"]("moyen", groupes).startswith("Garder au pays les métiers du port et de la mer, 0 (1), ")
    assert words["repartis"](genre, [*groupes[:1], (None, [objectif("libre")])]).endswith(", sans rattachement (1)")


@pytest.mark.parametrize(
    ("seance", "echeances", "dit"),
    [
        (None, [], "aucune date n'est fixée"),
        ({"date": None}, [], "la date de la séance reste à fixer"),
        ({"date": "2026-12-01"}, [None], "séance du 1er décembre 2026"),
        (None, ["2027-01-15", "2026-12-10", "2026-12-10"], "2 propositions attendues avant le 10 décembre 2026"),
        ({"date": "2026-12-01"}, ["2026-11-24"], "séance du 1er décembre 2026 ; 1 proposition attendue avant le "
                                                 "24 novembre 2026"),
    ],
)  # fmt: skip
def test_a_body_is_told_by_when_it_is_awaited(
    seance: dict[str, str | None] | None, echeances: list[str | None], dit: str
) -> None:
    held = [element("seance", "s1", instance="copil", statut="prevue", **seance)] if seance is not None else []
    asked = [
        element("constat", f"c{n}", nature="atout", theme="t", validation={
            "statut": "a_valider", "instance": "copil", "seance": "s1" if held else None, "echeance": when,
        })
        for n, when in enumerate(echeances or [None])
    ]  # fmt: skip
    words = mots(edition_avec(element("groupe", "copil", titre="Groupe de pilotage", type="pilotage"), *held, *asked))
    (waiting,) = words.noms()["a_valider"]()
    assert simple(words.noms()["delai"](waiting)) == dit
    ((body, when, count),) = words.noms()["lignes_attentes"]([waiting])
    assert cellule(words, body).startswith("Groupe de pilotage")
    assert simple(when).lower() == dit.lower()
    assert count.nodes[0]["c"][2][0] == "#" + words.noms()["ancre_attente"](waiting)


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


def test_a_priority_counts_what_it_serves_and_what_carries_it() -> None:
    priorites = [element("priorite", "port", objectifs=["o1", "o2"]), element("priorite", "metiers")]
    actions = [element("action", f"a{rank}", priorite="port") for rank in range(3)]
    assert lignes(edition_avec(*priorites, *actions), "lignes_priorites", priorites) == [
        ["port", "2", "3"],
        ["metiers", "0", "0"],
    ]


def test_a_document_asks_of_what_its_filter_chose_and_of_the_whole_chain_without_one() -> None:
    def vises(edition: Edition) -> list[tuple[str, list[str]]]:
        return [(genre, [one.id for one in group]) for genre, group in mots(edition).noms()["vises"]()]

    some = selection(INTERIEUR, Filtre.model_validate({"priorites": ["priorite-port"], "genres": ["enjeu", "action"]}))
    assert vises(some) == [("enjeu", ["enjeu-friches"]), ("action", ["action-requalifier-friches"])]
    whole = vises(INTERIEUR)
    assert [genre for genre, _ in whole] == ["constat", "enjeu", "objectif", "priorite", "action", "moyen"]
    assert sum(len(group) for _, group in whole) == sum(len(INTERIEUR.tous(classe)) for classe in NIVEAUX)
