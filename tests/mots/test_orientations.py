"""The two forms of the law: each prints what it must and not the other, the day exactly, and never « conforme »."""

from typing import Any

import pytest

from smde import pages
from smde.arbre import Document
from smde.edition import Edition
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from tests.brest import RACINE as BREST
from tests.conftest import VALMER
from tests.mots.lecture import INTERIEUR, NOMS, lignes
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, mots, paroles, simple, tableaux, titres

INTERNE_BREST = edition_de(BREST, INTERNE)


def livrable(forme: str | None = None, cadres: tuple[str, ...] = ("srdeii",)) -> Any:
    chosen = {"forme": forme} if forme else {}
    return element("livrable", "o", lecteur="Région", modele="orientations", cadres=list(cadres), **chosen)


def fait(un_livrable: Any, une: Edition = INTERIEUR) -> Document:
    return pages.livrable(gabarits(une, MACROS), un_livrable)


def cadre(**champs: Any) -> Any:
    return element("cadre", "srdeii", **{"type": "srdeii", **champs})


def test_a_document_takes_the_form_it_names_or_both() -> None:
    assert NOMS["formes"](livrable("conjointe")) == ["conjointe"]
    assert NOMS["formes"](livrable("propre")) == ["propre"]
    assert NOMS["formes"](livrable()) == ["conjointe", "propre"]


@pytest.mark.parametrize(
    ("date", "rows"),
    [
        (
            "2023-04-07",
            ["7 avril 2023", "7 octobre 2023", "Délai dépassé depuis le 8 octobre 2023 (1 142 jours)"],
        ),
        ("2026-06-22", ["22 juin 2026", "22 décembre 2026", "Délai ouvert : il reste 30 jours"]),
        ("2026-05-22", ["22 mai 2026", "22 novembre 2026", "Délai ouvert : dernier jour"]),
        (
            "2026-05",
            [
                "Mai 2026",
                "Entre le 1er novembre 2026 et le 30 novembre 2026 : le jour de l'adoption n'est pas connu",
                "Impossible à dire sans le jour de l'adoption",
            ],
        ),
    ],
)
def test_the_deadline_is_printed_with_where_it_stands_on_the_day_of_the_version(date: str, rows: list[str]) -> None:
    une = edition_avec(cadre(date=date))
    assert [row[1] for row in lignes(une, "lignes_delai", une.elements["srdeii"])] == rows


def test_a_scheme_without_date_leaves_a_blank_and_computes_nothing() -> None:
    une = edition_avec(cadre())
    assert [row[1] for row in lignes(une, "lignes_delai", une.elements["srdeii"])] == [
        "[à compléter : date d'adoption du schéma]",
        "Ne peut pas être calculé",
    ]


def test_both_sides_stand_face_to_face_in_the_words_of_the_law() -> None:
    srdeii = INTERIEUR.elements["srdeii"]
    ((orientation, priorites, objectifs),) = lignes(INTERIEUR, "lignes_face_a_face", srdeii)
    assert orientation == "reconversion – Reconvertir les sites industriels"
    assert priorites == "Requalifier le port de commerce – compatible : Même méthode de dépollution"
    assert objectifs
    ours = lignes(INTERIEUR, "lignes_cote_metropole", srdeii)
    assert ours[0] == [
        "Requalifier le port de commerce",
        "reconversion – Reconvertir les sites industriels – compatible : Même méthode de dépollution",
    ]
    assert ours[1] == ["Ouvrir une école de la soudure", "Aucun lien déclaré"]


def test_an_orientation_without_answer_says_so_and_asks_why_in_a_document_of_our_own() -> None:
    une = edition_avec(cadre(orientations=[{"code": "MER", "titre": "Mer", "verifie": "false"}]))
    assert lignes(une, "lignes_face_a_face", une.elements["srdeii"]) == [
        ["MER – Mer (intitulé à vérifier)", "Aucune priorité ne s'y rattache", "–"]
    ]
    assert lignes(une, "lignes_prise_en_compte", une.elements["srdeii"])[0][2] == "[à compléter : motif du silence]"


def test_the_joint_form_has_two_assemblies_and_no_document_of_our_own() -> None:
    made = fait(livrable("conjointe"))
    words = simple(paroles(made))
    assert [[simple(cell) for cell in row] for row in tableaux(made)["Adoption conjointe"][1:]] == [
        ["Valmer métropole", "[à compléter : numéro]", "[à compléter : date]"],
        ["Conseil régional", "[à compléter : numéro]", "[à compléter : date]"],
    ]
    assert "élaborées et adoptées conjointement" in words and "L4251-15" in words
    assert "Document d'orientations stratégiques" not in {simple(title) for _, title in titres(made)}


def test_our_own_form_creates_no_aid_and_says_to_whom_it_is_sent() -> None:
    made = fait(livrable("propre"))
    words = simple(paroles(made))
    assert "Il ne crée ni aide ni régime d'aides" in words
    assert "Envoi à la Région, dans les six mois" in words and "L4251-16" in words
    assert "Adoption conjointe" not in tableaux(made)
    assert "la suite à donner à un document propre est à établir" in words, "2017 is past"


def test_a_document_that_names_no_form_prints_both() -> None:
    captions = tableaux(fait(livrable()))
    assert {"Adoption conjointe", "Étapes de l’adoption"} <= captions.keys()


def test_without_a_regional_scheme_the_document_is_made_and_says_what_is_missing() -> None:
    words = simple(paroles(fait(livrable("conjointe", cadres=("convention-aides",)))))
    assert "[à compléter : un cadre de type « srdeii » dans `cadres`]" in words
    assert "le délai ne peut pas être calculé" in words


def test_a_scheme_that_is_replaced_is_told_as_such() -> None:
    une = edition_avec(
        cadre(date="2013-12-13", remplace_par="suivant"), element("cadre", "suivant", type="srdeii", titre="Le suivant")
    )
    words = simple(paroles(fait(livrable("propre"), une)))
    assert "Ce schéma n'est plus en vigueur. Il est remplacé par : Le suivant." in words


@pytest.mark.parametrize("ident", ["orientations-conjointes", "orientations-propres"])
def test_the_two_documents_of_brest_say_the_day_and_never_conforme(ident: str) -> None:
    words = simple(paroles(fait(INTERNE_BREST.elements[ident], INTERNE_BREST)))
    assert "7 octobre 2023" in words and "Délai dépassé depuis le 8 octobre 2023" in words
    assert "conforme" not in words.lower()
    for priorite in INTERNE_BREST.tous(type(INTERNE_BREST.elements["prio-accueil"])):
        assert simple(priorite.titre) in words
    for orientation in INTERNE_BREST.elements["srtes"].orientations:  # type: ignore[attr-defined]
        assert orientation.code in words


def test_the_form_used_failing_agreement_is_for_staff_and_the_joint_one_for_partners() -> None:
    known = [
        {ident for ident in edition_de(BREST, niveau).elements if ident.startswith("orientations-")}
        for niveau in (PUBLIC, PARTENAIRES, INTERNE)
    ]
    assert known == [set(), {"orientations-conjointes"}, {"orientations-conjointes", "orientations-propres"}]


def test_actions_that_touch_aid_are_those_the_law_looks_at() -> None:
    une = edition_avec(
        element("action", "aide", aide_entreprise="true"), element("action", "mur", immobilier="true"),
        element("action", "reste"),
    )  # fmt: skip
    assert [one.id for one in mots(une).noms()["actions_avec_aide"]()] == ["aide", "mur"]


def test_the_documents_of_valmer_hold_for_every_readership() -> None:
    for niveau in (PUBLIC, PARTENAIRES, INTERNE):
        assert "Requalifier le port de commerce" in simple(paroles(fait(livrable(), edition_de(VALMER, niveau))))
