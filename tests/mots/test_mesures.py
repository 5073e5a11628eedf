"""Numbers come with their vintage, their perimeter and their source."""

from typing import Any

import pytest

from smde.model.mesures import Valeur
from tests.mots.lecture import INTERIEUR, NOMS, items, lignes, traits
from tests.rendu import edition_avec, element, mots, noeuds, simple


@pytest.mark.parametrize(
    ("nom", "ident", "attendus"),
    [
        (
            "traits_indicateur",
            "vacance-bureaux",
            [
                "Périmètre : Valmer métropole, 14 communes",
                "Tendance : en baisse (−22,4 % entre 2016 et 2019), stable en deçà de 5 %",
                "Sens souhaité : baisse",
                "Source : Observatoire de l'immobilier d'entreprise, note annuelle",
                "Actualisation : annuelle",
                "Une valeur sert 24 mois après sa période",
                "À actualiser par : Agence d'urbanisme du Pays de Valmer",
            ],
        ),
        ("traits_territoire", "pays-2014", ["Composé de : Valmer métropole, 14 communes"]),
        ("traits_territoire", "metropole-2014", ["Code officiel : 240012344"]),
        (
            "traits_source",
            "inventaire-friches",
            [
                "Éditeur : Valmer métropole",
                "Date : 2019",
                "Fiabilité : source secondaire",
            ],
        ),
        (
            "traits_source",
            "insee-recensement",
            [
                "Éditeur : Insee",
                "Date : décembre 2016",
                "Licence : Licence Ouverte 2.0",
                "Page d'origine, consultée le 2 mars 2020",
            ],
        ),
        ("traits_terme", "terme-friche", ["Aussi : site délaissé"]),
        ("traits_terme", "terme-vacance", []),
    ],
)
def test_an_element_is_identified_line_by_line(nom: str, ident: str, attendus: list[str]) -> None:
    assert traits(nom, ident) == attendus


def test_a_term_has_a_field_other_words_and_a_definition_elsewhere() -> None:
    terme = element("terme", "t", categorie="foncier", synonymes=["a", "b", "c"], insee="c1475")
    assert traits("traits_terme", terme) == ["Domaine : foncier", "Aussi : a, b ou c", "Définition de l'Insee"]


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


def test_indicators_give_their_last_value_its_vintage_perimeter_and_source() -> None:
    rows = lignes(INTERIEUR, "lignes_indicateurs", mots(INTERIEUR).tous("indicateur"))
    assert rows[1][1:] == ["7,6 %", "2019", "Valmer métropole, 14 communes", "En baisse"]
    assert rows[1][0].startswith("Part des bureaux vacants [Observatoire")
    vide = element("indicateur", "i", unite="%", definition="d", territoire="pays-2014", source="s", serie="s.csv")
    assert lignes(INTERIEUR, "lignes_indicateurs", [vide])[0][1:3] == ["n. d.", "–"]


def test_numbers_grown_old_say_who_should_renew_them() -> None:
    assert lignes(INTERIEUR, "chiffres_anciens") == [
        [
            "Part des bureaux vacants",
            "2019",
            "À actualiser depuis février 2022",
            "annuelle",
            "Agence d'urbanisme du Pays de Valmer",
        ]
    ]


def test_every_series_says_how_fresh_it_is() -> None:
    sans = {"unite": "%", "definition": "d", "territoire": "t", "source": "s"}
    indicateurs = [
        element("indicateur", "jamais", serie="0.csv", **sans),
        element("indicateur", "vieux", serie="1.csv", validite="12", **sans),
        element("indicateur", "muet", serie="2.csv", **sans),
        element("indicateur", "frais", serie="3.csv", validite="120", frequence="annuelle", **sans),
    ]
    serie = INTERIEUR.series["vacance-bureaux"]
    edition = edition_avec(*reversed(indicateurs), series={i.id: serie for i in indicateurs[1:]})
    assert lignes(edition, "lignes_fraicheur") == [
        ["jamais", "Aucune valeur", "À renseigner", "–", "À désigner"],
        ["vieux", "2019", "À actualiser depuis février 2021", "–", "À désigner"],
        ["muet", "2019", "Durée de validité à préciser", "–", "À désigner"],
        ["frais", "2019", "À jour jusqu'en janvier 2030", "annuelle", "À désigner"],
    ]
    assert [row[0] for row in lignes(edition, "chiffres_anciens")] == ["jamais", "vieux"]
    assert [(str(qui), [i.id for i in todo]) for qui, todo in mots(edition).noms()["a_actualiser_par"]()] == [
        ("Personne n'est encore désigné", ["jamais", "vieux"])
    ]


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


def test_a_document_shows_the_figures_it_names_in_its_order_or_those_of_the_home_page() -> None:
    def montres(*idents: str) -> list[str]:
        note = element("livrable", "note", lecteur="Élus", modele="note", indicateurs=list(idents))
        return [indicateur.id for indicateur in NOMS["chiffres_de"](note)]

    assert montres("vacance-bureaux", "emploi-salarie") == ["vacance-bureaux", "emploi-salarie"]
    assert montres("emploi-salarie", "vacance-bureaux") == ["emploi-salarie", "vacance-bureaux"]
    assert montres() == [indicateur.id for indicateur in NOMS["indicateurs_cles"]()]


def test_what_must_be_known_before_quoting_a_figure_is_said_and_nothing_of_the_others() -> None:
    values: dict[str, Any] = {"unite": "%", "definition": "d", "territoire": "t", "source": "s"}
    series = {
        "noté": (
            Valeur(periode="2018", valeur="7", note="Ancienne"),
            Valeur(periode="2020", valeur="8", note="Arrondi."),
        ),
        "ancien": (Valeur(periode="2018", valeur="7", note="Ancienne"), Valeur(periode="2020", valeur="8")),
    }
    indicateurs = [element("indicateur", f"i-{nom}".replace("é", "e"), titre=nom, serie="s.csv", **values)
                   for nom in (*series, "vide")]  # fmt: skip
    edition = edition_avec(*indicateurs, series={f"i-{nom}".replace("é", "e"): found for nom, found in series.items()})
    assert items(edition, "precautions", indicateurs) == ["noté : Arrondi."]
