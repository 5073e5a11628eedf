"""The levels of the chain: every element once, counted and linked, with its state."""

import pytest

from tests.mots.lecture import INTERIEUR, lignes, traits
from tests.rendu import edition_avec, element, mots


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
    assert lignes(small, "lignes_couverture", mots(small).noms()["couverture"]()) == [["Constats", "1", "1", "1"]]


def test_what_replaces_and_what_is_replaced_know_each_other() -> None:
    old, new = element("enjeu", "ancien"), element("enjeu", "nouveau", remplace=["ancien"])
    edition = edition_avec(old, new, element("question", "q", sujet="s", reponses=["ancien"]))
    assert traits("traits_remplacement", new, edition) == ["Remplace : ancien."]
    assert traits("traits_remplacement", old, edition) == ["Remplacé par : nouveau."]
    assert traits("traits_remplacement", "q", edition) == []
