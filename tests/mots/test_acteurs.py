"""Who does what, in words; who has not agreed is never shown as if they had."""

from typing import Any

import pytest

from smde.edition import Edition
from smde.model.acteurs import NomRole
from smde.model.schema import Action
from smde.mots.acteurs import SIGLES_ROLES
from tests.mots.lecture import INTERIEUR, NOMS, cases, cellule, items, lignes, traits
from tests.rendu import edition_avec, edition_de, element, mots, noeuds, simple

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
        "P : pilote",
    ]
    assert not any(
        node["t"] == "Link" for node in noeuds(mots(long).suite(*items(long, "entetes_matrice", table)).nodes)
    )
    short = matrice("Port", "Friches")
    (table,) = mots(short).noms()["matrices"]()
    assert items(short, "entetes_matrice", table) == ["Acteur", "Port", "Friches"]
    assert items(short, "legende_matrice", table) == ["P : pilote"]
    assert lignes(short, "lignes_matrice", table) == [["Agence", "P", "P"]]


def test_every_role_has_its_own_code_and_each_code_says_its_words() -> None:
    assert set(SIGLES_ROLES) == set(NomRole)
    assert len(set(SIGLES_ROLES.values())) == len(NomRole)
    (table,) = mots(INTERIEUR).noms()["matrices"]()[:1]
    cells = [cell for row in NOMS["lignes_matrice"](table) for cell in row[1:]]
    titles = {
        dict(node["c"][0][2])["title"] for node in noeuds(mots(INTERIEUR).suite(*cells).nodes) if node["t"] == "Span"
    }
    assert {simple(title) for title in titles} >= {"pilote", "maître d'ouvrage", "financeur (proposé)"}


def test_a_proposed_role_is_never_shown_as_accepted() -> None:
    (table,) = mots(INTERIEUR).noms()["matrices"]()[:1]
    rows = {row[0]: row[1:] for row in lignes(INTERIEUR, "lignes_matrice", table)}
    assert rows["Région Littoral"][0] == "(F)"
    assert rows["Valmer métropole"][0] == "P MO"
    assert items(INTERIEUR, "legende_matrice", table)[-1] == (
        "Entre parenthèses : rôle proposé, que l'acteur n'a pas encore accepté"
    )


def test_who_does_what_is_told_priority_by_priority_and_what_nobody_does_is_said() -> None:
    words = mots(edition_de())
    heads, rows, widths, absents = words.noms()["distribution"]()
    assert heads == ["Priorité", "Qui conduit", "Qui réalise (maître d'ouvrage)", "Qui participe"]
    assert [[cellule(words, cell) for cell in row] for row in rows] == [
        [
            "Requalifier le port de commerce",
            "Valmer métropole",
            "Valmer métropole",
            "Opérateur : Établissement public foncier du Littoral",
        ]
    ]
    assert absents == ["aucun financeur n'est annoncé"]
    assert sum(widths) == pytest.approx(1)
    assert len(widths) == len(heads)


def test_a_role_only_proposed_says_so_where_it_is_listed() -> None:
    words = mots(INTERIEUR)
    heads, rows, _, absents = words.noms()["distribution"]()
    first = dict(zip(heads, [cellule(words, cell) for cell in rows[0]], strict=True))
    assert first["Qui finance"] == "Proposé : RL"
    assert absents == []


def test_without_any_role_nothing_is_distributed() -> None:
    _, rows, _, absents = mots(edition_avec(element("priorite", "p"))).noms()["distribution"]()
    assert rows == []
    assert len(absents) == 4


def test_actors_that_hold_a_role_say_which_in_words() -> None:
    assert lignes(edition_de(), "lignes_acteurs") == [
        ["Valmer métropole", "Intercommunalité", "Pilote : 1 objectif et 1 action ; maître d'ouvrage : 1 action"],
        ["Établissement public foncier du Littoral", "Opérateur de l'État", "Opérateur : 1 action"],
    ]
    assert items(edition_de(), "acteurs_sans_role") == [
        "Région : Région Littoral.",
        "Agence : Agence d'urbanisme du Pays de Valmer.",
    ]
    rows = {row[0]: row[2] for row in lignes(INTERIEUR, "lignes_acteurs")}
    assert rows["Région Littoral"].startswith("Financeur (proposé) : ") or "(proposé)" in rows["Région Littoral"]


def test_what_the_public_may_not_know_is_neither_named_nor_counted() -> None:
    public, interne = mots(edition_de()).noms(), NOMS
    region = edition_de().elements["region"]
    assert public["resume_roles"](region) == ""
    assert interne["resume_roles"](region) != ""
    assert len(public["acteurs_de_matrice"]()) < len(interne["acteurs_de_matrice"]())


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


def test_a_working_group_says_what_it_does_or_failing_that_its_mandate() -> None:
    groupes = [
        element("groupe", "elus", type="politique", texte="Il réunit les élus.", mandat="Choisir."),
        element("groupe", "foncier", type="technique", mandat="Relire les chiffres."),
        element("groupe", "muet", type="technique"),
    ]
    assert lignes(edition_avec(*groupes), "lignes_groupes") == [
        ["elus", "Il réunit les élus.", "Brouillon"],
        ["foncier", "Relire les chiffres.", "Brouillon"],
        ["muet", "", "Brouillon"],
    ]
