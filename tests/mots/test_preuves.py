"""What establishes a statement reads in one line, with its source as a footnote."""

from typing import Any

import pytest

from smde.model.champ import INTERNE
from smde.model.strategie import Constat
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element, mots, paroles, simple

INTERIEUR = edition_de(VALMER, INTERNE)
OBSERVATOIRE = (
    "Observatoire de l'immobilier d'entreprise, note annuelle, Agence d'urbanisme du Pays de Valmer, février 2020."
)


def preuves(ident: str) -> list[str]:
    constat = INTERIEUR.element(ident, Constat)
    return [simple(paroles(line)) for line in mots(INTERIEUR).noms()["preuves"](constat.preuves)]


def test_a_value_of_a_series_a_document_a_number_and_an_interview() -> None:
    assert preuves("vacance-tertiaire") == [
        f"Part des bureaux vacants : 7,6 % (2019, Valmer métropole, 14 communes) [{OBSERVATOIRE}]",
        f"Observatoire de l'immobilier d'entreprise, note annuelle, p. 12 [{OBSERVATOIRE}]",
    ]
    assert preuves("friches-portuaires") == [
        "Surface des friches portuaires : 37 ha (2019, Valmer métropole, 14 communes) "
        "[Inventaire des friches industrielles et portuaires, Valmer métropole, 2019.]"
    ]
    assert preuves("metiers-en-tension") == [
        "Entretien externe 1 – Recrutement de soudeurs",
        "Emploi salarié privé : 72 640 emplois (2017, Pays de Valmer, 61 communes) "
        "[Recensement de la population, populations légales, Insee, décembre 2016, page consultée le 2 mars 2020.]",
    ]


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ({"editeur": "Insee", "date": "2020"}, "[Relevé, Insee, 2020.]"),
        ({"editeur": "relevé"}, "[Relevé.]"),
        ({"url": "https://exemple.fr/a", "consultee": "2020-03-01"}, "[Relevé, page consultée le 1er mars 2020.]"),
        ({"url": "https://exemple.fr/a"}, "[Relevé, page consultée.]"),
        ({}, "[Relevé.]"),
    ],
)
def test_a_source_is_given_in_full_without_saying_its_publisher_twice(source: dict[str, Any], note: str) -> None:
    edition = edition_avec(element("source", "releve", titre="Relevé", **source))
    assert simple(paroles(mots(edition).source("releve"))) == note


def test_no_source_is_no_note() -> None:
    words = mots(INTERIEUR)
    assert paroles(words.source(None)) == ""
    assert paroles(words.source("jamais-vue")) == ""
    assert paroles(words.source("region")) == "", "an actor is no source"


def test_a_reserve_and_a_missing_value_are_told() -> None:
    edition = edition_avec(
        element(
            "indicateur",
            "vacance",
            titre="Bureaux vacants",
            unite="%",
            definition="d",
            territoire="t",
            source="s",
            serie="a.csv",
        ),
        element("source", "s", titre="Relevé"),
        series={"vacance": edition_de().series["vacance-bureaux"]},
    )
    constat = element(
        "constat", "c", theme="t", nature="atout",
        preuves=[
            {"par": "indicateur", "indicateur": "vacance", "millesime": "2018"},
            {"par": "chiffre", "libelle": "Friches", "valeur": "37", "unite": "ha", "note": "arrondi"},
            {"par": "source", "source": "s", "page": "3", "note": "à relire"},
        ],
    )  # fmt: skip
    lines = [simple(paroles(line)) for line in mots(edition).noms()["preuves"](constat.preuves)]
    assert lines == [
        "Bureaux vacants [Relevé.] – enquête suspendue, année non comparable",
        "Friches : 37 ha – arrondi",
        "Relevé, page 3 [Relevé.] – à relire",
    ]
