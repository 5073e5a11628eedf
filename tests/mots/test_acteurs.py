"""Who does what, in words; who has not agreed is never shown as if they had."""

from typing import Any

import pytest

from smde.edition import Edition
from smde.model.schema import Action
from tests.mots.lecture import INTERIEUR, NOMS, cases, items, lignes, traits
from tests.rendu import edition_avec, edition_de, element, mots, noeuds

FRICHE = INTERIEUR.element("action-requalifier-friches", Action)


@pytest.mark.parametrize(
    ("nom", "ident", "attendus"),
    [
        (
            "traits_acteur",
            "region",
            [
                "Catégorie : région",
                "Sigle : RL",
                "Site de l'acteur",
                "Interlocuteur : Direction du développement économique, chargé de territoire",
            ],
        ),
        ("traits_acteur", "valmer-metropole", ["Catégorie : intercommunalité", "SIREN : 240 012 344"]),
        ("traits_groupe", "groupe-pilotage", ["Type : groupe de pilotage"]),
        ("traits_organisation", "conseil", ["Relève de : Valmer métropole"]),
    ],
)
def test_an_element_is_identified_line_by_line(nom: str, ident: str, attendus: list[str]) -> None:
    assert traits(nom, ident) == attendus


def test_roles_say_who_what_and_whether_the_actor_agreed() -> None:
    assert cases(NOMS["lignes_roles"](FRICHE.roles)) == [
        ["Valmer métropole", "Pilote", "Accepté", "–"],
        ["Valmer métropole", "Maître d'ouvrage (principal)", "Accepté", "–"],
        ["Établissement public foncier du Littoral", "Opérateur", "Conventionné", "Portage des terrains"],
        ["Région Littoral", "Financeur", "Proposé", "–"],
    ]


def test_an_actor_s_roles_say_in_what_and_how_far_agreed() -> None:
    assert cases(NOMS["lignes_portefeuille"](NOMS["portefeuille"](INTERIEUR.elements["etablissement-foncier"]))) == [
        [
            "Requalifier la friche des anciennes conserveries",
            "Action",
            "Opérateur",
            "Conventionné",
            "Portage des terrains",
        ]
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


def test_a_proposed_role_is_never_shown_as_accepted() -> None:
    (table,) = mots(INTERIEUR).noms()["matrices"]()[:1]
    rows = {row[0]: row[1:] for row in lignes(INTERIEUR, "lignes_matrice", table)}
    assert rows["Région Littoral"][0] == "Financeur (proposé)"
    assert rows["Valmer métropole"][0] == "Pilote, maître d'ouvrage"


def test_actors_are_listed_by_kind_with_the_roles_they_announced() -> None:
    assert lignes(edition_de(), "lignes_acteurs") == [
        ["Valmer métropole", "Intercommunalité", "3"],
        ["Région Littoral", "Région", "–"],
        ["Agence d'urbanisme du Pays de Valmer", "Agence", "–"],
        ["Établissement public foncier du Littoral", "Opérateur de l'État", "1"],
    ]


def test_members_of_a_group_and_steps_of_a_circuit_are_named() -> None:
    groupe: Any = INTERIEUR.elements["groupe-pilotage"]
    assert lignes(INTERIEUR, "lignes_membres", groupe.membres) == [
        ["Valmer métropole", "Présidence", "Accepté"],
        ["Union industrielle du port", "Employeurs du port", "Proposé"],
    ]
    circuit: Any = INTERIEUR.elements["circuit-fiches"]
    assert lignes(INTERIEUR, "lignes_circuit", circuit.circuit) == [
        ["1", "Groupe technique foncier", "Relecture des chiffres"],
        ["2", "Conseil de la métropole", "Vote"],
    ]


def test_the_public_does_not_read_who_to_call() -> None:
    assert traits("traits_acteur", "region", edition_de()) == ["Catégorie : région", "Sigle : RL", "Site de l'acteur"]
