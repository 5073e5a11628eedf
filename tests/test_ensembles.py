"""The overview pages: every element once, counted and linked; an amount says what it is worth."""

from typing import Any

import pytest

from smde.edition import Edition
from smde.model.champ import INTERNE
from smde.model.demarche import Produit
from smde.mots.chaine import PAGES_NIVEAUX
from smde.mots.demarche import PAGES_PRODUITS
from tests.conftest import VALMER
from tests.rendu import MACROS, edition_avec, edition_de, element, mots, noeuds, paroles, simple

INTERIEUR = edition_de(VALMER, INTERNE)


def lignes(edition: Edition, nom: str, *arguments: Any) -> list[list[str]]:
    """The rows a word answers, in words."""
    words = mots(edition)
    return [[cellule(words, cell) for cell in row] for row in words.noms()[nom](*arguments)]


def cellule(words: Any, cell: Any) -> str:
    return simple(paroles(cell) if getattr(cell, "bloc", False) else paroles(words.suite(cell)))


def items(edition: Edition, nom: str, *arguments: Any) -> list[str]:
    words = mots(edition)
    return [cellule(words, item) for item in words.noms()[nom](*arguments)]


def test_every_level_and_every_product_has_its_overview_page() -> None:
    pages = {*PAGES_NIVEAUX.values(), *PAGES_PRODUITS.values()}
    for page in pages:
        assert (MACROS / "pages" / f"{page}.md.j2").is_file(), page
    assert PAGES_NIVEAUX["priorite"] == PAGES_PRODUITS[Produit.priorites] == "priorites/index"


def test_key_figures_are_those_that_establish_most() -> None:
    values: dict[str, Any] = {"unite": "%", "definition": "d", "territoire": "t", "source": "s"}
    serie = INTERIEUR.series["vacance-bureaux"]
    indicateurs = [element("indicateur", f"i{rank}", serie=f"{rank}.csv", **values) for rank in range(6)]
    cites = [5, 5, 3, 5, 3, 0]
    constats = [
        element("constat", f"c{rank}", theme="t", nature="atout",
                preuves=[{"par": "indicateur", "indicateur": f"i{cited}", "millesime": "2019"}])
        for rank, cited in enumerate(cites)
    ]  # fmt: skip
    edition = edition_avec(*indicateurs, *constats, series={f"i{rank}": serie for rank in (0, 1, 2, 3, 5)})
    assert [i.id for i in mots(edition).noms()["indicateurs_cles"]()] == ["i5", "i3", "i0", "i1"]


@pytest.mark.parametrize(
    ("unite", "chiffre", "legende"),
    [("%", "7,6 %", "2019"), ("emplois", "7,6", "emplois, 2019"), ("M€", "7,6 M€", "2019")],
)
def test_a_large_number_keeps_its_symbol_and_leaves_its_unit_below(unite: str, chiffre: str, legende: str) -> None:
    words = mots(INTERIEUR).noms()
    indicateur = element("indicateur", "i", unite=unite, definition="d", territoire="t", source="s", serie="s.csv")
    last = words["derniere"](INTERIEUR.elements["vacance-bureaux"])
    assert simple(words["chiffre"](indicateur, last)) == chiffre
    assert simple(words["legende_chiffre"](indicateur, last)) == legende


def test_files_to_take_away_are_named_in_full() -> None:
    words = mots(INTERIEUR)
    livrable = element(
        "livrable", "note", titre="Note d'étape", lecteur="Élus", modele="note", formats=["docx", "pdf", "odt"]
    )
    formats = words.noms()["formats"](livrable)
    assert [simple(paroles(link)) for link in formats] == ["Note d'étape (Word)", "Note d'étape (PDF)"]
    assert [link.nodes[0]["c"][2][0] for link in formats] == [
        "fichier:documents/note.docx",
        "fichier:documents/note.pdf",
    ]
    assert items(INTERIEUR, "donnees_ouvertes") == ["Toute la stratégie (JSON), décrite par son schéma JSON"]
    assert items(INTERIEUR, "series") == ["Emploi salarié privé (CSV)", "Part des bureaux vacants (CSV)"]


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


def matrice(*titres: str) -> Edition:
    return edition_avec(
        element("acteur", "agence", titre="Agence", type="agence"),
        *(element("priorite", f"p{rank}", titre=titre) for rank, titre in enumerate(titres)),
        *(
            element("action", f"a{rank}", priorite=f"p{rank}",
                    roles=[{"acteur": "agence", "role": "pilote", "statut": "accepte"}] * (rank < 2))
            for rank in range(len(titres))
        ),
    )  # fmt: skip


def test_long_titles_become_codes_with_a_legend_and_short_ones_stay() -> None:
    long = matrice("Remettre en usage les locaux, les friches et les zones existantes", "Port", "Sans rôle")
    (table,) = mots(long).noms()["matrices"]()
    assert items(long, "entetes_matrice", table) == ["Acteur", "P1", "P2"]
    assert items(long, "legende_matrice", table) == [
        "P1 : Remettre en usage les locaux, les friches et les zones existantes",
        "P2 : Port",
    ]
    assert not any(
        node["t"] == "Link" for node in noeuds(mots(long).suite(*items(long, "entetes_matrice", table)).nodes)
    )
    short = matrice("Port", "Friches")
    (table,) = mots(short).noms()["matrices"]()
    assert items(short, "entetes_matrice", table) == ["Acteur", "Port", "Friches"]
    assert items(short, "legende_matrice", table) == []
    assert lignes(short, "lignes_matrice", table) == [["Agence", "Pilote", "Pilote"]]


def test_actors_are_listed_by_kind_with_the_roles_they_announced() -> None:
    assert lignes(edition_de(), "lignes_acteurs") == [
        ["Valmer métropole", "Intercommunalité", "3"],
        ["Région Littoral", "Région", "–"],
        ["Agence d'urbanisme du Pays de Valmer", "Agence", "–"],
        ["Établissement public foncier du Littoral", "Opérateur de l'État", "1"],
    ]


def test_frameworks_say_how_many_orientations_are_served() -> None:
    cadres = [
        element("cadre", "a", type="loi"),
        element("cadre", "b", type="contrat", date="2020", a_completer="Tout"),
        element(
            "cadre",
            "c",
            type="contrat",
            lien_attendu="finance",
            orientations=[{"code": "x", "titre": "X"}, {"code": "y", "titre": "Y"}],
        ),
    ]
    edition = edition_avec(
        *cadres, element("priorite", "p", articulations=[{"cadre": "c", "orientation": "x", "nature": "finance"}])
    )
    assert lignes(edition, "lignes_cadres", cadres) == [
        ["a", "Loi", "–", "–", "–"],
        ["b", "Contrat", "2020", "–", "À compléter"],
        ["c", "Contrat", "–", "Financement mobilisable", "1 sur 2"],
    ]
    assert items(edition, "cadres_incomplets") == ["b : Tout"]


def test_indicators_give_their_last_value_its_vintage_perimeter_and_source() -> None:
    rows = lignes(INTERIEUR, "lignes_indicateurs", mots(INTERIEUR).tous("indicateur"))
    assert rows[1][1:] == ["7,6 %", "2019", "Valmer métropole, 14 communes", "En baisse"]
    assert rows[1][0].startswith("Part des bureaux vacants [Observatoire")
    vide = element("indicateur", "i", unite="%", definition="d", territoire="pays-2014", source="s", serie="s.csv")
    assert lignes(INTERIEUR, "lignes_indicateurs", [vide])[0][1:3] == ["n. d.", "–"]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"valide_du": "2012-01-01", "valide_au": "2016-12-31"}, "Du 1er janvier 2012 au 31 décembre 2016"),
        ({"valide_du": "2017-11-02"}, "Depuis le 2 novembre 2017"),
        ({"valide_au": "2016-12-31"}, "Jusqu'au 31 décembre 2016"),
        ({}, "–"),
    ],
)
def test_a_perimeter_says_when_it_holds(dates: dict[str, str], words: str) -> None:
    territoire = element("territoire", "t", type="pays", **dates)
    assert lignes(INTERIEUR, "lignes_territoires", [territoire])[0] == ["t", "Pays", words, "–", "–"]


def test_territories_are_places_links_lead_to() -> None:
    words = mots(INTERIEUR)
    rows = words.noms()["lignes_territoires"](words.tous("territoire"))
    anchors = [node["c"][0][0] for node in noeuds(words.suite(*(row[0] for row in rows)).nodes) if node["t"] == "Span"]
    assert anchors == ["pays-2014", "metropole-2014"]
    assert lignes(INTERIEUR, "lignes_territoires", words.tous("territoire"))[0][3:] == ["61", "286 400 (2014)"]


def action(ident: str, **ligne: str) -> Any:
    budget = {"poste": "p", "annee": "2020", "montant": "10", "taxe": "HT", "etat": "vote", **ligne}
    return element("action", ident, budget=[budget])


def test_costs_are_summed_apart_with_and_without_tax_and_say_what_they_are_worth() -> None:
    edition = edition_avec(action("a"), action("b", montant="2.50", etat="illustratif"), action("c", taxe="TTC"))
    assert lignes(edition, "lignes_couts", mots(edition).noms()["couts"]()) == [
        ["a", "10 € HT", "Voté"],
        ["b", "2,5 € HT", "Montant illustratif"],
        ["c", "10 € TTC", "Voté"],
        ["Total", "12,5 € HT", "Montant illustratif et voté"],
        ["Total", "10 € TTC", "Montant illustratif et voté"],
    ]
    assert lignes(edition, "lignes_couts", []) == []


def test_shares_are_crossed_by_year_and_say_when_they_are_illustrative() -> None:
    words = mots(INTERIEUR).noms()
    table = words["croisement"](words["plans"](words["couts"]()))
    assert words["entetes_croisement"](table) == ["Financeur", "État", "2021", "2022", "Total"]
    assert words["numeros_croisement"](table) == [2, 3, 4]
    assert lignes(INTERIEUR, "lignes_croisement", table) == [
        ["Région Littoral", "Sollicité", "150 000 €", "–", "150 000 € HT"],
        ["Valmer métropole", "Acquis", "650 000 €", "450 000,5 €", "1 100 000,5 € HT"],
        ["Total hors refus", "", "", "", "1 250 000,5 € HT"],
    ]
    share = {
        "financeur": "region",
        "annee": "2020",
        "montant": "5",
        "taxe": "HT",
        "etat": "acquis",
        "illustratif": "true",
    }
    edition = edition_avec(element("acteur", "region", type="region"), element("action", "a", plan_financement=[share]))
    words = mots(edition).noms()
    table = words["croisement"](words["plans"](words["couts"]()))
    assert lignes(edition, "lignes_croisement", table) == [
        ["region", "Acquis (montant illustratif)", "5 €", "5 € HT"],
        ["Total hors refus", "Montant illustratif", "", "5 € HT"],
    ]


def test_a_proposed_role_is_never_shown_as_accepted() -> None:
    (table,) = mots(INTERIEUR).noms()["matrices"]()[:1]
    rows = {row[0]: row[1:] for row in lignes(INTERIEUR, "lignes_matrice", table)}
    assert rows["Région Littoral"][0] == "Financeur (proposé)"
    assert rows["Valmer métropole"][0] == "Pilote, maître d'ouvrage"


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


def test_the_coverage_skips_levels_without_element() -> None:
    rows = lignes(INTERIEUR, "lignes_couverture", mots(INTERIEUR).noms()["couverture"]())
    assert [row[:2] for row in rows] == [
        ["Constats", "4"], ["Défis", "2"], ["Objectifs", "2"], ["Priorités", "2"], ["Actions", "2"], ["Moyens", "2"],
    ]  # fmt: skip
    small = edition_avec(element("constat", "c", theme="t", nature="atout"))
    assert lignes(small, "lignes_couverture", mots(small).noms()["couverture"]()) == [["Constats", "1", "1", "1"]]


def test_numbers_grown_old_say_who_should_renew_them() -> None:
    assert lignes(INTERIEUR, "chiffres_anciens") == [
        ["Part des bureaux vacants", "2019", "Agence d'urbanisme du Pays de Valmer"]
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
