"""Documents: a filter that nothing answers, and readers who may not read what the document is about."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]
Lieux = Callable[[str, Fichiers], list[tuple[str, int, int]]]


def note(filtre: str, diffusion: str = "public", suite: str = "") -> Fichiers:
    """A document limited by a filter."""
    return {
        "data/livrables/note.yml": "id: note\ntitre: Note au syndicat du port\nlecteur: Syndicat\nmodele: fiches\n"
        f"diffusion: {diffusion}\nfiltre: {filtre}\n{suite}"
    }


@pytest.mark.parametrize(
    ("filtre", "dit"),
    [
        ("{acteurs: [agence]}", "(`acteurs: [agence]`)"),
        ("{acteurs: [agence], genres: [action]}", "(`genres: [action]` et `acteurs: [agence]`)"),
        ("{priorites: [requalifier], actions: [B-01]}", "(`priorites: [requalifier]` et `actions: [B-01]`)"),
    ],
)
def test_a_filter_that_nothing_answers_is_told_with_its_criteria(messages: Messages, filtre: str, dit: str) -> None:
    seule = {"schema/actions/B-01.yml": "{id: B-01, titre: Tenir un salon nautique, diffusion: public}"}
    (told,) = messages("filtre-sans-element", {**note(filtre), **seule})
    assert told == f"Rien dans le dossier ne répond au filtre de « Note au syndicat du port » {dit} : " + (
        "le document serait vide."
    )


def test_the_criterion_that_lets_nothing_through_is_named(juger: Juger) -> None:
    found = juger(note("{acteurs: [agence], priorites: [requalifier]}"))
    (fault,) = [one for one in found if one.code == "filtre-sans-element"]
    assert (fault.severite, fault.place.span.line) == ("erreur", 6)
    assert fault.aide.replace("\u00a0", " ") == "Sans le critère `acteurs`, 3 éléments resteraient."
    (fault,) = [one for one in juger(note("{acteurs: [agence]}")) if one.code == "filtre-sans-element"]
    assert fault.aide.startswith("Citez d'autres éléments, ou retirez le filtre")


@pytest.mark.parametrize("filtre", ["{}", "{priorites: [requalifier]}", "{acteurs: [metropole], genres: [action]}"])
def test_a_filter_that_something_answers_is_left_alone(messages: Messages, filtre: str) -> None:
    assert messages("filtre-sans-element", note(filtre)) == []


def test_a_filter_that_cites_what_does_not_exist_is_told_once_and_by_its_citation(juger: Juger) -> None:
    """Neither an id that is unknown nor one of another kind makes a second fault of the empty document."""
    found = [
        one for one in juger(note("{priorites: [requalifie], acteurs: [requalifier]}")) if one.severite == "erreur"
    ]
    assert [(one.code, one.place.span.line, one.place.span.column) for one in found] == [
        ("reference-inconnue", 6, 22),
        ("reference-mal-typee", 6, 45),
    ]
    assert found[0].aide == "Vouliez-vous dire `requalifier` ?"


def test_a_kind_that_is_no_level_is_told_with_those_that_are(juger: Juger) -> None:
    found = [one for one in juger(note("{genres: [fiche]}")) if one.severite == "erreur"]
    assert len(found) == 1
    for genre in ("constat", "enjeu", "objectif", "priorite", "action", "moyen"):
        assert genre in found[0].message + found[0].aide


def test_nothing_is_said_of_an_empty_document_while_a_file_of_the_chain_cannot_be_read(messages: Messages) -> None:
    perdue = {"schema/actions/B-01.yml": "{id: B-01, titre: Tenir un salon, roles: [{acteur: agence"}
    assert messages("filtre-sans-element", {**note("{acteurs: [agence]}"), **perdue}) == []


INTERNE = {"schema/actions/B-01.yml": "{id: B-01, titre: Racheter la halle aux filets, priorite: requalifier}"}


def test_a_document_says_what_its_readers_will_not_find_in_it(messages: Messages, lieux: Lieux) -> None:
    files = {**note("{priorites: [requalifier], genres: [action]}"), **INTERNE}
    (told,) = messages("document-plus-large", files)
    assert told.replace("\u00a0", " ") == (
        "« Note au syndicat du port » est à diffusion public, mais 1 élément demandé n'y est pas lisible (`B-01`) : "
        "cette partie manquera dans l'édition public."
    )
    assert lieux("document-plus-large", files) == [("data/livrables/note.yml", 5, 12)]
    assert messages("document-plus-large", {**note("{priorites: [requalifier]}", "interne"), **INTERNE}) == []


def test_a_document_without_filter_shows_to_each_what_he_may_read_and_nothing_is_said(messages: Messages) -> None:
    assert messages("document-plus-large", {**note("{}"), **INTERNE}) == []


def test_beyond_five_elements_the_others_are_counted(messages: Messages) -> None:
    hidden = {
        f"schema/actions/B-{rang}.yml": f"{{id: B-{rang}, titre: Équiper le lot {rang}, priorite: requalifier}}"
        for rang in range(10, 18)
    }
    (told,) = messages("document-plus-large", {**note("{priorites: [requalifier]}"), **hidden})
    assert (
        "8\u00a0éléments demandés n'y sont pas lisibles (`B-10`, `B-11`, `B-12`, `B-13`, `B-14` et 3\u00a0autres)"
        in told
    )


def test_what_is_asked_of_those_it_is_negotiated_with_is_counted_too(messages: Messages) -> None:
    tapis = {
        "schema/actions/B-01.yml": "id: B-01\ntitre: Racheter la halle aux filets\ndiffusion: public\n"
        "negociations: [{avec: [region], demande: Financer, diffusion: partenaires}, {avec: [etat], demande: Céder}]\n"
        "plan_financement: [{financeur: region, annee: 2027, montant: 100, taxe: HT, etat: sollicite}]\n"
    }
    said = {
        (level, actor): messages("document-plus-large", {**note("{}", level, f"destinataire: {actor}\n"), **tapis})
        for level in ("public", "partenaires", "interne")
        for actor in ("region", "etat", "cci")
    }
    assert {key: len(told) for key, told in said.items() if told} == {
        ("public", "region"): 1, ("partenaires", "region"): 1, ("public", "etat"): 1, ("partenaires", "etat"): 1,
    }  # fmt: skip
    assert (
        "1\u00a0demande n'y est pas lisible et 1\u00a0part de financement n'y est pas lisible"
        in said["public", "region"][0]
    )
    assert "demande" not in said["partenaires", "region"][0].split("mais")[1].split(":")[0]
