"""Phases, séances, decisions, interviews and method: what is known is said, what is not is left to be settled."""

import pytest

from smde.model.demarche import Produit
from smde.mots.cellules import intervalle
from smde.mots.chaine import PAGES_NIVEAUX
from smde.mots.demarche import PAGES_PRODUITS
from tests.mots.lecture import INTERIEUR, lignes, traits
from tests.rendu import MACROS, edition_avec, edition_de, element, mots, simple


@pytest.mark.parametrize(
    ("nom", "ident", "attendus"),
    [
        (
            "traits_phase",
            "phase-diagnostic",
            [
                "État : Terminée",
                "Période : novembre 2018 – septembre 2019",
                "Conduite : Agence d'urbanisme du Pays de Valmer",
                "Produit : constats",
                "Close par l'accord de : Groupe de pilotage",
            ],
        ),
        (
            "traits_phase",
            "phase-enjeux",
            [
                "État : En cours",
                "Début : octobre 2019",
                "Conduite : Valmer métropole",
                "Produit : enjeux et objectifs",
                "Close par l'accord de : Groupe de pilotage",
            ],
        ),
        ("traits_seance", "seance-2019-09", ["Instance : Groupe de pilotage", "Séance tenue : 20 septembre 2019"]),
        ("traits_seance", "seance-2020-06", ["Instance : Groupe de pilotage", "Séance prévue : date à fixer"]),
        (
            "traits_soumis",
            "seance-2019-09",
            ["Constats : La vacance tertiaire recule depuis 2016 ; Les friches du port couvrent 37 hectares"],
        ),
        ("traits_soumis", "seance-2020-06", ["Défi : Donner un avenir aux friches du port"]),
        (
            "traits_decision",
            "decision-2019-09",
            [
                "Instance : Groupe de pilotage",
                "Date : 20 septembre 2019",
                "Séance : Groupe de pilotage du 20 septembre 2019",
                "Numéro : GP-2019-03",
                "Résultat : adopté",
                "Votes : 11 pour, 0 contre, 2 abstentions",
            ],
        ),
        (
            "traits_entretien",
            "E-EXT-01",
            [
                "Catégorie : externe",
                "Date : novembre 2019",
                "Guide : Guide d'entretien avec les employeurs",
                "Thèmes : Emploi et compétences",
                "Personne ou organisme : Directrice d'un chantier naval",
                "Fonction : Direction générale",
            ],
        ),
        ("traits_attendu", "attendu-lisibilite", ["Entretiens : Entretien externe 1"]),
        ("traits_principe", "principe-chiffres-partages", ["Mis en œuvre par : Groupe technique foncier"]),
    ],
)
def test_an_element_is_identified_line_by_line(nom: str, ident: str, attendus: list[str]) -> None:
    assert traits(nom, ident) == attendus


def test_a_phase_without_leader_nor_date_says_what_is_to_be_settled() -> None:
    phase = element("phase", "p", ordre="1", statut="a_venir")
    assert traits("traits_phase", phase) == ["État : À venir", "Période : à fixer", "Conduite : à désigner"]


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ({"pour": "11"}, "11 pour, 0 contre, aucune abstention"),
        ({"pour": "1", "contre": "2", "abstention": "1"}, "1 pour, 2 contre, 1 abstention"),
    ],
)
def test_votes_are_counted_in_words(votes: dict[str, str], words: str) -> None:
    decision = element("decision", "d", instance="conseil", date="2020-01-01", resultat="adopte", votes=votes)
    assert traits("traits_decision", decision)[-1] == f"Votes : {words}"


@pytest.mark.parametrize(
    ("debut", "fin", "words"),
    [
        ("2020", "2024-06", "2020 – juin 2024"),
        ("2020-T1", None, "début : 1er trimestre 2020"),
        (None, "2024", "fin : 2024"),
        (None, None, ""),
    ],
)
def test_a_span_of_time_says_the_ends_it_has(debut: str | None, fin: str | None, words: str) -> None:
    assert simple(intervalle(debut, fin)) == words


def test_phases_and_dates_are_read_at_a_glance() -> None:
    words = mots(INTERIEUR).noms()
    assert lignes(INTERIEUR, "lignes_phases", words["phases"]()) == [
        ["Diagnostic partagé", "Terminée", "Novembre 2018 – septembre 2019", "Agence d'urbanisme du Pays de Valmer"],
        ["Enjeux et objectifs", "En cours", "Début : octobre 2019", "Valmer métropole"],
    ]
    assert lignes(INTERIEUR, "lignes_dates", words["passe"]())[0] == [
        "12 octobre 2018", "La métropole décide d'écrire sa stratégie économique",
    ]  # fmt: skip
    (year, dates), *_ = words["etapes_par_annee"]()
    assert year == 2020
    assert lignes(INTERIEUR, "lignes_dates", dates) == [
        ["Mars 2020", "Diagnostic de pollution – Requalifier la friche des anciennes conserveries"]
    ]


def test_the_steps_of_the_method_say_where_their_result_is_read() -> None:
    assert lignes(INTERIEUR, "lignes_etapes_methode") == [["1", "Établir le diagnostic", "Stratégie", "Constats"]]
    assert lignes(INTERIEUR, "lignes_etapes_simples") == [["1", "Établir le diagnostic", "Stratégie"]]
    etapes = [element("etape", f"e{ordre}", ordre=str(ordre), partie="schema", produit=produit)
              for ordre, produit in ((2, ["priorites", "actions"]), (1, []))]  # fmt: skip
    assert lignes(edition_avec(*etapes), "lignes_etapes_methode") == [
        ["1", "e1", "Schéma", "–"],
        ["2", "e2", "Schéma", "Priorités, Actions"],
    ]


def test_questions_are_gathered_by_subject_in_reading_order() -> None:
    questions = [element("question", f"q{rank}", sujet=sujet) for rank, sujet in enumerate("aab")]
    found = mots(edition_avec(*questions)).noms()["questions_par_sujet"]()
    assert [(sujet, [question.id for question in group]) for sujet, group in found] == [
        ("a", ["q0", "q1"]),
        ("b", ["q2"]),
    ]


def test_every_level_and_every_product_has_its_overview_page() -> None:
    pages = {*PAGES_NIVEAUX.values(), *PAGES_PRODUITS.values()}
    for page in pages:
        assert (MACROS / "pages" / f"{page}.md.j2").is_file(), page
    assert PAGES_NIVEAUX["priorite"] == PAGES_PRODUITS[Produit.priorites] == "priorites/index"


def test_the_public_does_not_read_who_was_met() -> None:
    lines = traits("traits_entretien", "E-EXT-01", edition_de())
    assert [line.split(" : ")[0] for line in lines] == ["Catégorie", "Date", "Guide", "Thèmes"]


def test_a_decision_says_what_it_validated() -> None:
    assert lignes(INTERIEUR, "lignes_validees", INTERIEUR.elements["decision-2019-09"]) == [
        ["La vacance tertiaire recule depuis 2016", "–"],
        ["Diagnostic partagé", "–"],
    ]
