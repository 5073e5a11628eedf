"""Dates and orders: what comes before what, at the grain each period is given in."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]


def action(suite: str) -> Fichiers:
    return {"schema/actions/halle.yml": f"id: A-04\ntitre: Rouvrir la halle\npriorite: requalifier\n{suite}"}


@pytest.mark.parametrize(
    ("debut", "fin", "juste"),
    [
        ("2025", "2025", True),
        ("2025-S2", "2025", True),
        ("2025-S2", "2025-T3", True),
        ("2025-S2", "2025-T2", False),
        ("2025-07-01", "2025-06-30", False),
        ("2025-07-01", "2025-07-01", True),
        ("2026", "2025-2026", True),
        ("2027", "2025-2026", False),
    ],
)
def test_an_end_is_wrong_only_when_all_of_it_comes_before_the_beginning(
    messages: Messages, debut: str, fin: str, juste: bool
) -> None:
    dates = f"{{debut: {debut}, fin: {fin}}}"
    assert (messages("dates-en-desordre", action(f"calendrier: {dates}\n")) == []) is juste
    phase = f"id: p\ntitre: Diagnostic\nordre: 1\nstatut: en_cours\ndebut: {debut}\nfin: {fin}\n"
    assert (messages("dates-en-desordre", {"data/demarche/phases.yml": phase}) == []) is juste
    cadre = f"id: c\ntitre: Contrat\ntype: contrat\ndebut: {debut}\nfin: {fin}\n"
    assert (messages("dates-en-desordre", {"data/cadres.yml": cadre}) == []) is juste


def test_an_open_calendar_has_no_order(messages: Messages) -> None:
    assert messages("dates-en-desordre", action("calendrier: {debut: 2025}\n")) == []
    assert messages("dates-en-desordre", action("calendrier: {fin: 2025}\n")) == []


def test_a_perimeter_does_not_end_before_it_begins(messages: Messages) -> None:
    pays = "id: p\ntitre: Pays\ntype: pays\nvalide_du: 2017-01-01\nvalide_au: 2016-12-31\n"
    found = [
        message.replace("\u00a0", " ") for message in messages("dates-en-desordre", {"data/territoires.yml": pays})
    ]
    assert found == ["« Pays » finit (31 décembre 2016) avant de commencer (1er janvier 2017)."]


def test_a_source_is_read_once_published(messages: Messages) -> None:
    for publiee, juste in (("2024", True), ("2024-03", True), ("2024-04", False), ("2025", False)):
        source = f"id: note\ntitre: Note de conjoncture\ndate: {publiee}\nconsultee: 2024-03-12\n"
        assert (messages("dates-en-desordre", {"data/sources.yml": source}) == []) is juste


@pytest.mark.parametrize(
    ("premiere", "seconde", "juste"),
    [("2025", "2026", True), ("2025", "2025-T1", True), ("2025-T2", "2025-T1", False), ("2026", "2025", False)],
)
def test_milestones_are_written_in_their_order(messages: Messages, premiere: str, seconde: str, juste: bool) -> None:
    etapes = (
        f"[{{titre: Études, echeance: {premiere}}}, {{titre: Concertation}}, {{titre: Travaux, echeance: {seconde}}}]"
    )
    assert (messages("dates-en-desordre", action(f"etapes: {etapes}\n")) == []) is juste


def test_a_milestone_stays_within_its_action(messages: Messages) -> None:
    files = action("calendrier: {debut: 2025, fin: 2026-S1}\netapes: [{titre: Ouverture, echeance: 2026-S2}]\n")
    assert [message.replace("\u00a0", " ") for message in messages("dates-en-desordre", files)] == [
        "Dans « Rouvrir la halle », l'étape « Ouverture » (2e semestre 2026) dépasse la fin de l'action "
        "(1er semestre 2026)."
    ]


def phases(*statuts: str, ordres: str = "123") -> Fichiers:
    lines = "".join(
        f"- {{id: phase-{rang}, titre: Phase {rang}, ordre: {ordres[rang]}, statut: {statut}, diffusion: public}}\n"
        for rang, statut in enumerate(statuts)
    )
    return {"data/demarche/phases.yml": lines}


@pytest.mark.parametrize(
    ("statuts", "fautes"),
    [
        (("terminee", "terminee", "en_cours"), 0),
        (("terminee", "en_cours", "en_cours"), 0),
        (("a_venir", "en_cours", "a_venir"), 0),
        (("en_cours", "terminee", "a_venir"), 1),
        (("en_cours", "terminee", "terminee"), 2),
        (("a_venir", "a_venir", "terminee"), 1),
    ],
)
def test_a_phase_is_closed_after_those_before_it(messages: Messages, statuts: tuple[str, ...], fautes: int) -> None:
    assert len(messages("phases-en-desordre", phases(*statuts))) == fautes


def test_the_order_is_that_of_the_ranks_not_of_the_file(messages: Messages) -> None:
    assert messages("phases-en-desordre", phases("en_cours", "terminee", ordres="21")) == []


def test_two_phases_of_the_same_rank_have_no_order_between_them(messages: Messages) -> None:
    files = phases("en_cours", "terminee", ordres="11")
    assert messages("phases-en-desordre", files) == []
    assert messages("ordre-en-double", files) == ["« Phase 1 » porte le rang 1, déjà pris par « Phase 0 »."]


def test_a_step_and_a_phase_may_have_the_same_rank(messages: Messages) -> None:
    etape = {"data/demarche/etapes.yml": "id: etape\ntitre: Diagnostic\nordre: 1\npartie: strategie\n"}
    assert messages("ordre-en-double", {**phases("en_cours"), **etape}) == []
