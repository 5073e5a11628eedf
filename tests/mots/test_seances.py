"""The pack of a séance and its record say what is asked, on what it rests, and leave a blank for what nobody wrote."""

from typing import Any

import pytest

from smde import pages
from smde.arbre import Document
from smde.edition import empreinte
from smde.fragments import TemplateFault
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.mots.seances import FEUILLE, OPTIONS
from tests.brest import RACINE as BREST
from tests.conftest import VALMER
from tests.mots.lecture import INTERIEUR, NOMS, cases, cellule, items, lignes
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, mots, paroles, simple, sous, tableaux

SEANCE = INTERIEUR.elements["seance-2020-06"]
TENUE = INTERIEUR.elements["seance-2019-09"]
ATTEND = {"statut": "a_valider", "instance": "pilotage", "seance": "hiver"}
HIVER = element("seance", "hiver", instance="pilotage", statut="prevue")


def livrable(modele: str, seance: str | None, **champs: Any) -> Any:
    given = {"lecteur": "Membres", "modele": modele, **({"seance": seance} if seance else {}), **champs}
    return element("livrable", f"doc-{modele}", **given)


def fait(un_livrable: Any, dossier: Any = VALMER, niveau: Diffusion = INTERNE) -> Document:
    return pages.livrable(gabarits(edition_de(dossier, niveau), MACROS), un_livrable)


def test_a_document_that_names_no_seance_is_refused_with_what_to_write() -> None:
    with pytest.raises(TemplateFault, match="ajoutez `seance`"):
        NOMS["seance_de"](livrable("seance", None))
    with pytest.raises(TemplateFault, match=r"macros/documents/releve\.md\.j2:2: .* de quelle séance"):
        fait(livrable("releve", None))


def test_the_agenda_counts_each_point_and_ends_with_the_total() -> None:
    votes = element(
        "decision", "v", instance="pilotage", date="2024-06-20", resultat="adopte",
        valide=[{"element": "b", "empreinte": "0" * 64}],
    )  # fmt: skip
    une = edition_avec(
        HIVER, votes, *(element("enjeu", ident, validation=ATTEND) for ident in "ab"),
        element("objectif", "c", validation=ATTEND),
    )  # fmt: skip
    asked = mots(une).noms()["points"](HIVER)
    assert lignes(une, "lignes_points", asked) == [
        ["1", "Enjeux", "2", "1", "1"],
        ["2", "Objectif", "1", "1", "0"],
        ["", "Total", "3", "2", "1"],
    ]
    assert lignes(une, "lignes_points", ()) == []


def test_what_has_become_of_everything_is_told_in_one_line_a_case() -> None:
    texte = element("enjeu", "b", validation=ATTEND)
    mark = empreinte(edition_avec(texte), "b")
    une = edition_avec(
        HIVER, texte, element("enjeu", "a", validation=ATTEND), element("enjeu", "c", validation=ATTEND),
        element(
            "decision", "v", titre="Valider les enjeux", instance="pilotage", date="2024-06-20", resultat="adopte",
            valide=[{"element": "b", "empreinte": mark}],
        ),
    )  # fmt: skip
    asked = mots(une).noms()["points"](HIVER)
    assert items(une, "bilan_depuis", asked) == [
        "2 éléments n'ont jamais été présentés à une séance tenue",
        "1 élément est inchangé depuis la dernière décision",
    ]
    seen = mots(une).noms()["deja_vus"](asked)
    assert lignes(une, "lignes_deja_vus", seen) == [["b", "Inchangé depuis « Valider les enjeux », 20 juin 2024"]]


@pytest.mark.parametrize(
    ("empreinte_gardee", "resultat", "dit"),
    [
        ("0" * 64, "adopte", "Modifié depuis « v », 20 juin 2024"),
        ("0" * 64, "ajourne", "Modifié depuis « v », 20 juin 2024 : ajourné"),
        (None, "adopte", "Décidé par « v », 20 juin 2024 ; texte d'alors non conservé, à comparer"),
    ],
)
def test_a_decision_is_named_with_its_day_and_an_outcome_that_is_not_a_yes(
    empreinte_gardee: str | None, resultat: str, dit: str
) -> None:
    kept = {"element": "a", **({"empreinte": empreinte_gardee} if empreinte_gardee else {})}
    vote = element("decision", "v", instance="pilotage", date="2024-06-20", resultat=resultat, valide=[kept])
    une = edition_avec(HIVER, vote, element("enjeu", "a", validation=ATTEND))
    words = mots(une)
    (one,) = words.noms()["deja_vus"](words.noms()["points"](HIVER))
    assert cellule(words, words.noms()["depuis"](one)) == dit


def test_what_was_submitted_without_a_decision_names_its_seance() -> None:
    juin = element(
        "seance", "juin", titre="Séance de juin", instance="pilotage", statut="tenue", date="2024-06-20", soumet=["a"]
    )
    une = edition_avec(HIVER, juin, element("enjeu", "a", validation=ATTEND))
    asked = mots(une).noms()["points"](HIVER)
    seen = mots(une).noms()["deja_vus"](asked)
    assert lignes(une, "lignes_deja_vus", seen) == [["a", "Soumis à « Séance de juin » ; aucune décision écrite"]]


@pytest.mark.parametrize(
    ("ident", "repose"),
    [
        ("enjeu-friches", ["friches du port", "vacance tertiaire"]),
        ("action-requalifier-friches", ["Requalifier le port de commerce"]),
        ("moyen-reserve-fonciere", ["Requalifier le port de commerce"]),
        ("question-echelle", ["Le diagnostic et les objectifs valent pour le Pays"]),
        ("repere-decision", ["–"]),
    ],
)
def test_each_element_says_what_it_rests_on(ident: str, repose: list[str]) -> None:
    said = cellule(mots(INTERIEUR), NOMS["appui"](INTERIEUR.elements[ident]))
    assert [words for words in repose if words.lower() not in said.lower()] == []


def test_a_constat_rests_on_its_evidence_with_period_perimeter_and_source() -> None:
    said = cellule(mots(INTERIEUR), NOMS["appui"](INTERIEUR.elements["friches-portuaires"]))
    assert "37" in said and "Inventaire" in said
    bare = element("constat", "nu", theme="foncier", nature="menace")
    assert cellule(mots(INTERIEUR), NOMS["appui"](bare)) == "Aucune preuve"
    assert cellule(mots(INTERIEUR), NOMS["appui"](element("enjeu", "seul"))) == "Rien encore"


def test_figures_of_one_series_share_a_line_and_those_with_another_reserve_do_not() -> None:
    source = element("source", "insee", titre="Recensement")
    preuves = [
        {
            "par": "chiffre",
            "libelle": "Habitants",
            "valeur": "10",
            "unite": "hab.",
            "millesime": year,
            "source": "insee",
        }
        for year in ("1999", "2014")
    ]
    preuves.append({**preuves[0], "millesime": "2020", "note": "Nouveau périmètre"})
    constat = element("constat", "c", theme="population", nature="atout", preuves=preuves)
    assert items(edition_avec(source, constat), "preuves_breves", constat.preuves) == [
        "Habitants : 10 hab. (1999) ; 10 hab. (2014), Recensement",
        "Habitants : 10 hab. (2020), Recensement – Nouveau périmètre",
    ]


def test_the_sheet_has_a_row_for_each_element_with_its_code_and_the_fingerprint_of_its_text() -> None:
    rows = lignes(INTERIEUR, "lignes_feuille", [INTERIEUR.elements["enjeu-friches"]])
    mark = empreinte(INTERIEUR, "enjeu-friches")[:12]
    assert rows == [["enjeu-friches", "Donner un avenir aux friches du port", mark, "", ""]]
    assert len(rows[0]) == len(FEUILLE) == len(NOMS["entetes_feuille"]())
    assert [row[0] for row in cases(NOMS["lignes_options"]())] == [code for code, _, _ in OPTIONS] == list("VMRE")


def test_members_are_known_by_actor_and_capacity_and_their_presence_is_a_blank() -> None:
    assert lignes(INTERIEUR, "lignes_presence", TENUE) == [
        ["Valmer métropole", "Présidence", "[à compléter : présence]"],
        ["Union industrielle du port", "Employeurs du port", "[à compléter : présence]"],
    ]
    conseil = element("seance", "s", instance="conseil", statut="tenue", date="2019-09-20")
    assert lignes(INTERIEUR, "lignes_presence", conseil) == []


def test_a_decision_gives_its_votes_and_a_blank_stands_for_what_nobody_wrote() -> None:
    known = items(INTERIEUR, "traits_acte", INTERIEUR.elements["decision-2019-09"])
    assert known == [
        "Date : 20 septembre 2019", "Résultat : adopté", "Numéro : GP-2019-03",
        "Votes : 11 pour, 0 contre, 2 abstentions",
    ]  # fmt: skip
    bare = element("decision", "v", instance="groupe-pilotage", date="2024-06-01", resultat="prend_acte")
    assert items(INTERIEUR, "traits_acte", bare)[2:] == [
        "Numéro : [à compléter : numéro de la décision]",
        "Votes : [à compléter : décompte des voix, ou « à l'unanimité »]",
    ]


def test_the_record_gives_the_whole_fingerprint_and_what_has_become_of_the_text() -> None:
    texte = element("enjeu", "a", titre="Attirer")
    mark = empreinte(edition_avec(texte), "a")
    vote = element(
        "decision", "v", instance="pilotage", date="2024-06-20", resultat="adopte",
        valide=[{"element": "a", "empreinte": mark}, {"element": "b", "empreinte": mark}, {"element": "c"}],
    )  # fmt: skip
    une = edition_avec(texte, element("enjeu", "b"), vote)
    rows = lignes(une, "lignes_validees_exactement", vote)
    assert rows[0][0] == "Attirer a" and rows[0][1].replace(" ", "") == mark and rows[0][2] == "Texte inchangé"
    assert [row[2] for row in rows] == ["Texte inchangé", "Modifié depuis cette décision", "–"]
    assert rows[2][1] == "Non conservée"


# ── The documents ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pack_of_brest_submits_every_element_once_and_its_sheet_has_a_row_for_each() -> None:
    une = edition_de(BREST, INTERNE)
    made = fait(une.elements["dossier-seance"], BREST)
    attendus = {
        one.id for one in une.elements.values()
        if one.validation.statut.name == "a_valider" and one.validation.seance == "seance-prochain-pilotage"
    }  # fmt: skip
    assert len(attendus) > 200
    feuilles = [rows for caption, rows in tableaux(made).items() if caption.startswith("Feuille de décision, point")]
    assert all(rows[0] == list(FEUILLE) for rows in feuilles)
    codes = [row[0] for rows in feuilles for row in rows[1:]]
    assert len(codes) == len(set(codes)) and set(codes) == attendus
    assert attendus <= made.ancres, "each is somewhere in the annex, where links lead"
    words = simple(paroles(made))
    assert f"{len(attendus)} éléments n'ont jamais été présentés à une séance tenue" in words
    assert "Impliquer les acteurs économiques et socio-économiques" in words


def test_what_the_seance_submits_by_name_is_printed_in_full_and_the_rest_is_listed() -> None:
    made = fait(livrable("seance", "seance-2020-06"))
    words = simple(paroles(made))
    assert "Que faire de 37 hectares au bord de l'eau sans vider le centre ?" in words, "submitted by name: in full"
    assert "Pourquoi" in words and "Groupe de pilotage" in words
    assert "s'est tenue le 20 septembre 2019" in words


def test_a_seance_that_nothing_awaits_has_a_pack_that_says_so() -> None:
    made = fait(livrable("seance", "seance-2019-09"))
    words = simple(paroles(made))
    assert "Rien, dans cette édition, n'attend cette séance." in words
    assert "Feuille de décision" not in words


def test_the_record_of_valmer_says_who_voted_what_and_what_was_left_aside() -> None:
    made = fait(livrable("releve", "seance-2019-09"))
    words = simple(paroles(made))
    assert "Votes : 11 pour, 0 contre, 2 abstentions" in words
    assert "friches" in simple(sous(made, "Soumis, sans décision écrite"))
    assert "coût de la dépollution" in words, "staff read the internal record"
    assert "coût de la dépollution" not in simple(
        paroles(fait(livrable("releve", "seance-2019-09"), niveau=PARTENAIRES))
    )


def test_the_record_of_a_seance_to_come_warns_that_it_was_not_held() -> None:
    words = simple(paroles(fait(livrable("releve", "seance-2020-06"))))
    assert "Cette séance ne s'est pas encore tenue." in words
    assert "Aucune décision de cette séance n'est écrite" in words


def test_the_record_of_brest_invents_nothing_about_october_2014() -> None:
    une = edition_de(BREST, INTERNE)
    words = simple(paroles(fait(une.elements["releve-decisions"], BREST)))
    assert "17 octobre 2014" in words and "Constitution d'un groupe de pilotage" in words
    for blank in ("numéro de la décision", "décompte des voix", "liste"):
        assert f"[à compléter : {blank}" in words
    assert "Non conservée" in words


def test_neither_document_reaches_readers_it_is_not_for() -> None:
    for ident in ("dossier-seance", "releve-decisions"):
        assert ident not in edition_de(BREST, PUBLIC).elements
        assert ident in edition_de(BREST, PARTENAIRES).elements
