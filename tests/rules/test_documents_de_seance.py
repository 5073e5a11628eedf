"""The documents of a séance and of the law: what their template cannot do without, told where it is missing."""

from collections.abc import Callable, Mapping

import pytest

from .conftest import Juger

Fichiers = Mapping[str, str]
Messages = Callable[[str, Fichiers], list[str]]
Lieux = Callable[[str, Fichiers], list[tuple[str, int, int]]]

DOCUMENT = "data/livrables/document.yml"


def document(modele: str, *lignes: str) -> Fichiers:
    """A document made from this template, with these lines more."""
    lines = ["id: document", "titre: Document", "lecteur: Membres", f"modele: {modele}", *lignes, "diffusion: public"]
    return {DOCUMENT: "\n".join([*lines, ""])}


def seance(statut: str, *lignes: str) -> Fichiers:
    lines = ["id: mars", "titre: Séance de mars", "instance: pilotage", f"statut: {statut}", *lignes]
    return {"data/demarche/seances/mars.yml": "\n".join([*lines, "diffusion: public", ""])}


def cadre(*lignes: str, ident: str = "schema") -> Fichiers:
    lines = [f"id: {ident}", f"titre: Schéma {ident}", "type: srdeii", *lignes, "diffusion: public"]
    return {f"data/cadres/{ident}.yml": "\n".join([*lines, ""])}


@pytest.mark.parametrize(
    ("modele", "dit"),
    [
        ("seance", "« Document » ne dit pas de quelle séance il parle."),
        ("releve", "« Document » ne dit pas de quelle séance il parle."),
        ("deliberation", "« Document » ne dit pas quelle instance délibère."),
    ],
)
def test_a_template_that_is_about_a_seance_or_a_body_asks_for_it_on_its_own_line(
    messages: Messages, lieux: Lieux, modele: str, dit: str
) -> None:
    assert messages("document-sans-seance", document(modele)) == [dit]
    assert lieux("document-sans-seance", document(modele)) == [(DOCUMENT, 4, 9)]


@pytest.mark.parametrize(
    "files",
    [
        document("seance", "seance: pilotage-automne"),
        document("releve", "seance: pilotage-juin"),
        document("deliberation", "instance: pilotage"),
        document("strategie-et-schema"),
        document("negociation"),
    ],
)
def test_a_document_that_says_it_or_does_not_need_it_is_left_alone(messages: Messages, files: Fichiers) -> None:
    assert messages("document-sans-seance", files) == []


def test_a_seance_that_does_not_exist_is_told_once_with_the_nearest_one(juger: Juger) -> None:
    found = juger(document("seance", "seance: pilotage-autome"))
    assert [(one.code, one.place.path, one.place.span.line, one.place.span.column) for one in found] == [
        ("reference-inconnue", DOCUMENT, 5, 9)
    ]
    assert "`pilotage-autome`" in found[0].message and "`pilotage-automne`" in found[0].aide


def test_a_body_where_a_seance_is_wanted_is_told_as_such(juger: Juger) -> None:
    (found,) = juger(document("releve", "seance: pilotage"))
    assert (found.place.path, found.place.span.line) == (DOCUMENT, 5) and found.severite == "erreur"
    assert found.message == "« Document » cite `pilotage` dans `seance` : c'est un groupe de travail."


def test_a_seance_without_body_is_told_at_the_seance(juger: Juger) -> None:
    lines = "id: mars\ntitre: Séance de mars\nstatut: prevue\ndiffusion: public\n"
    found = juger({"data/demarche/seances/mars.yml": lines, **document("seance", "seance: mars")})
    assert [(one.place.path, one.severite) for one in found] == [("data/demarche/seances/mars.yml", "erreur")]
    assert "instance" in found[0].message


def test_a_document_may_not_be_read_by_more_people_than_its_seance(juger: Juger) -> None:
    lines = "id: mars\ntitre: Séance de mars\nstatut: prevue\ninstance: pilotage\n"
    found = juger({"data/demarche/seances/mars.yml": lines, **document("seance", "seance: mars")})
    assert [(one.code, one.severite, one.place.path, one.place.span.line) for one in found] == [
        ("citation-plus-restreinte", "erreur", DOCUMENT, 5)
    ]


def test_a_form_that_the_law_does_not_know_is_told_with_those_it_knows(juger: Juger) -> None:
    (found,) = juger(document("strategie-et-schema", "forme: commune"))
    assert (found.place.path, found.place.span.line, found.place.span.column) == (DOCUMENT, 5, 8)
    assert "conjointe" in found.message + found.aide and "propre" in found.message + found.aide


@pytest.mark.parametrize(
    ("modele", "cite", "dit"),
    [
        (
            "seance",
            "pilotage-juin",
            ["« Document » prépare « Groupe de pilotage de juin », dont le statut est `tenue`."],
        ),
        ("seance", "pilotage-automne", []),
        ("releve", "pilotage-juin", []),
        (
            "releve",
            "pilotage-automne",
            ["« Document » rend compte de « Groupe de pilotage d'automne », dont le statut est `prevue`."],
        ),
        ("strategie-et-schema", "pilotage-juin", []),
    ],
)
def test_a_pack_prepares_and_a_record_reports(messages: Messages, modele: str, cite: str, dit: list[str]) -> None:
    assert messages("document-hors-seance", document(modele, f"seance: {cite}")) == dit


def test_a_seance_that_was_cancelled_has_neither_pack_nor_record(messages: Messages) -> None:
    for modele in ("seance", "releve"):
        (told,) = messages("document-hors-seance", {**seance("annulee"), **document(modele, "seance: mars")})
        assert "`annulee`" in told


def test_a_state_that_cannot_be_read_is_told_elsewhere(messages: Messages) -> None:
    assert messages("document-hors-seance", {**seance("finie"), **document("seance", "seance: mars")}) == []


@pytest.mark.parametrize(
    ("lignes", "dit"),
    [
        (["date: 2023-04-07"], []),
        (
            [],
            ["« Schéma schema » n'a pas de date d'adoption : le délai de six mois ne peut pas être calculé."],
        ),
        (
            ["date: 2023-04"],
            ["« Schéma schema » n'est pas daté au jour (avril 2023) : le délai de six mois se compte au jour près."],
        ),
        (
            ["date: 2013-12-13", "remplace_par: suivant"],
            ["« Schéma schema » est remplacé : ses six mois ne comptent plus."],
        ),
    ],
)
def test_the_six_months_want_a_scheme_in_force_adopted_on_a_known_day(
    messages: Messages, lieux: Lieux, lignes: list[str], dit: list[str]
) -> None:
    files = {
        **cadre(*lignes),
        **cadre("date: 2023-04-07", ident="suivant"),
        **document("orientations", "cadres: [schema]"),
    }
    assert messages("delai-incalculable", files) == dit
    assert lieux("delai-incalculable", files) == ([(DOCUMENT, 5, 10)] if dit else [])


def test_a_document_on_the_orientations_without_regional_scheme_is_told_where_it_is_to_be_written(
    messages: Messages, lieux: Lieux
) -> None:
    assert messages("delai-incalculable", document("orientations")) == [
        "« Document » ne cite aucun schéma régional : le délai de six mois ne peut pas être calculé."
    ]
    assert lieux("delai-incalculable", document("orientations")) == [(DOCUMENT, 4, 9)]


def test_a_date_that_cannot_be_read_and_a_scheme_that_is_unknown_are_told_elsewhere(messages: Messages) -> None:
    broken = {**cadre("date: avril 2023"), **document("orientations", "cadres: [schema]")}
    assert messages("delai-incalculable", broken) == []
    assert messages("delai-incalculable", document("orientations", "cadres: [inconnu]")) == []
