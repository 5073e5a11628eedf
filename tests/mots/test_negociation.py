"""A negotiator reads who is asked what, in the law's words, and what nothing answers."""

import pytest

from smde import pages
from smde.model.champ import INTERNE, PARTENAIRES
from tests.conftest import VALMER
from tests.mots.lecture import INTERIEUR, NOMS, cases, items, lignes
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, mots, paroles

DOSSIER = element(
    "livrable",
    "dossier-region",
    lecteur="Négociateurs",
    modele="negociation",
    destinataire="region",
    cadres=["srdeii", "convention-aides"],
    texte="Ce que la métropole propose à la Région.",
)
TABLE = NOMS["concernes"](DOSSIER)


def test_whom_a_document_is_negotiated_with_are_its_addressee_and_its_funders_each_once() -> None:
    livrable = element("livrable", "l", lecteur="x", modele="m", destinataire="region", financeurs=["etat", "region"])
    assert NOMS["interlocuteurs"](livrable) == ["region", "etat"]
    assert NOMS["interlocuteurs"](element("livrable", "l", lecteur="x", modele="m")) == []


def test_the_alignment_names_the_orientation_the_link_and_what_answers() -> None:
    rows = lignes(INTERIEUR, "lignes_alignement", INTERIEUR.elements["srdeii"])
    assert rows == [
        [
            "reconversion – Reconvertir les sites industriels",
            "Compatible",
            "Requalifier le port de commerce : Même méthode de dépollution",
        ],
        [
            "reconversion – Reconvertir les sites industriels",
            "Contribue",
            "Requalifier la friche des anciennes conserveries action-requalifier-friches",
        ],
    ]


def test_an_orientation_that_nothing_answers_is_said_in_the_table_and_in_the_list() -> None:
    cadre = element(
        "cadre", "s3", type="s3", orientations=[{"code": "S3-1", "titre": "Économie maritime", "verifie": "false"}]
    )
    edition = edition_avec(cadre)
    assert lignes(edition, "lignes_alignement", cadre) == [
        ["S3-1 – Économie maritime (intitulé à vérifier)", "–", "Rien dans le schéma"]
    ]
    assert items(edition, "orientations_non_servies", cadre) == ["S3-1 – Économie maritime"]


def test_what_the_document_concerns_is_told_by_priority() -> None:
    ((priorite, actions),) = cases(NOMS["lignes_concernes"](TABLE))
    assert priorite == "Requalifier le port de commerce"
    assert actions.startswith("Requalifier la friche des anciennes conserveries action-requalifier-friches : ")
    assert actions.endswith("2020 – 2024")
    assert cases(NOMS["lignes_concernes_en_bref"](TABLE)) == [
        [priorite, "action-requalifier-friches Requalifier la friche des anciennes conserveries"]
    ]


def test_a_priority_without_action_and_an_action_without_priority_are_both_told() -> None:
    here = edition_avec(
        element("priorite", "port", articulations=[{"cadre": "srdeii", "nature": "contribue"}]),
        element("action", "a1", articulations=[{"cadre": "srdeii", "nature": "contribue"}]),
        element("action", "a2", articulations=[{"cadre": "srdeii", "nature": "contribue"}]),
    )
    table = mots(here).noms()["concernes"](DOSSIER)
    for word in ("lignes_concernes", "lignes_concernes_en_bref"):
        rows = lignes(here, word, table)
        assert [row[0] for row in rows] == ["port", "Sans priorité"]
        assert rows[0][1] == "Aucune action concernée"
    assert rows[1][1] == "a1 a1 ; a2 a2"


def test_shares_end_with_the_total_and_the_part_of_the_authority() -> None:
    plan = NOMS["plan"](TABLE.actions)
    assert NOMS["entetes_plan"](plan) == ["Action", "Financeur", "État", "2021", "2022", "Total"]
    assert NOMS["numeros_plan"](plan) == [3, 4, 5]
    *_, total, own = cases(NOMS["lignes_plan"](plan))
    assert total == ["Total hors refus", "", "", "800 000 €", "450 000,50 €", "1 250 000,50 € HT"]
    assert own[0] == "Dont Valmer métropole"
    assert own[-1] == "1 100 000,50 € HT, soit 88 %"


@pytest.mark.parametrize(
    ("champs", "expected"),
    [
        ({"aide_entreprise": "true"}, ["Aide aux entreprises", "CGCT, article L1511-2", "À conclure"]),
        (
            {"aide_entreprise": "true", "convention_region": "convention-aides"},
            ["Aide aux entreprises", "CGCT, article L1511-2", "Convention sur les aides aux entreprises"],
        ),
        (
            {"immobilier": "true"},
            [
                "Immobilier d'entreprise",
                "CGCT, article L1511-3",
                "Aucune, sauf si la Région cofinance : compétence de l'intercommunalité",
            ],
        ),
    ],
)
def test_an_agreement_is_named_with_its_article(champs: dict[str, str], expected: list[str]) -> None:
    needed = NOMS["conventions"]([element("action", "a", **champs)])
    assert cases(NOMS["lignes_conventions"](needed))[0][1:] == expected


def test_the_fallback_is_printed_for_staff_and_for_nobody_else() -> None:
    def words(niveau: int) -> str:
        made = pages.livrable(gabarits(edition_de(VALMER, niveau), MACROS), DOSSIER)  # type: ignore[arg-type]
        return paroles(made)

    inside, outside = words(INTERNE), words(PARTENAIRES)
    assert "Une avance remboursable" in inside and "Points de négociation" in inside
    assert "avance remboursable" not in outside and "Points de négociation" not in outside
    assert "Aucune demande n’est arrêtée" in outside
    for said in (inside, outside):
        assert "Alignement sur les cadres en vigueur" in said and "conforme" not in said
