"""Frameworks say what they are, what serves them and what nothing serves."""

import pytest

from tests.mots.lecture import INTERIEUR, NOMS, cases, items, lignes, traits
from tests.rendu import edition_avec, element, mots

SUR = "[Inventaire des friches industrielles et portuaires, Valmer métropole, 2019.]"


@pytest.mark.parametrize(
    ("nom", "ident", "attendus"),
    [
        (
            "traits_cadre",
            "srdeii",
            [
                "Nature : schéma régional de développement économique",
                "Sigle : SRDEII",
                "Date : février 2017",
                "Adopté par : Conseil régional",
                "Période : 2017 – 2022",
                "Lien attendu : compatible",
            ],
        ),
        (
            "traits_cadre",
            "convention-aides",
            [
                "Nature : convention",
                "Version : avenant de 2019",
                "Date : 28 juin 2018",
                "Signataires : Valmer métropole ; Région Littoral",
            ],
        ),
    ],
)
def test_an_element_is_identified_line_by_line(nom: str, ident: str, attendus: list[str]) -> None:
    assert traits(nom, ident) == attendus


def test_a_framework_says_what_took_its_place_and_where_to_read_it() -> None:
    cadre = element(
        "cadre",
        "c",
        type="loi",
        debut="2014",
        remplace_par="srdeii",
        url="https://exemple.fr",
        source="inventaire-friches",
    )
    assert traits("traits_cadre", cadre) == [
        f"Nature : loi {SUR}",
        "Début : 2014",
        "Remplacé par : Schéma régional de développement économique, d'innovation et d'internationalisation",
        "Lire le texte ou sa présentation",
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


def test_a_link_to_a_framework_names_the_orientation() -> None:
    assert cases(NOMS["lignes_articulations"](INTERIEUR.elements["priorite-port"].articulations)) == [  # type: ignore[attr-defined]
        [
            "Schéma régional de développement économique, d'innovation et d'internationalisation",
            "reconversion – Reconvertir les sites industriels",
            "Compatible",
            "Même méthode de dépollution",
        ]
    ]
    action = element("action", "a", articulations=[
        {"cadre": "srdeii", "nature": "coherence"}, {"cadre": "srdeii", "orientation": "autre", "nature": "contribue"},
    ])  # fmt: skip
    assert [row[1:] for row in cases(NOMS["lignes_articulations"](action.articulations))] == [
        ["Ensemble du cadre", "En cohérence", "–"],
        ["autre", "Contribue", "–"],
    ]


def test_a_framework_shows_what_serves_each_orientation_and_what_nothing_serves() -> None:
    rows = cases(NOMS["lignes_articulation"](NOMS["articulation"](INTERIEUR.elements["srdeii"])))
    assert rows == [
        [
            "reconversion – Reconvertir les sites industriels",
            "Requalifier le port de commerce : compatible\n"
            "Requalifier la friche des anciennes conserveries : contribue",
        ]
    ]
    cadre = element("cadre", "cper", type="contrat", orientations=[{"code": "mer", "titre": "Mer", "verifie": "false"}])
    words = mots(edition_avec(cadre)).noms()
    assert cases(words["lignes_articulation"](words["articulation"](cadre))) == [
        ["mer – Mer (intitulé à vérifier)", "Rien dans le dossier"]
    ]


def test_an_amount_comes_with_the_source_of_its_framework() -> None:
    montants = [{"libelle": "Port", "millions": "22.5"}]
    cadre = element("cadre", "c", type="contrat", source="inventaire-friches", montants=montants)
    assert lignes(INTERIEUR, "lignes_montants", cadre) == [[f"Port {SUR}", "22,5 M€"]]
