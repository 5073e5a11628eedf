"""What a séance is asked: all that awaits it and nothing else, compared with what a decision kept of each text."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.edition import Edition, empreinte
from smde.model.champ import INTERNE
from smde.model.element import Element
from smde.model.identite import Filtre
from smde.model.strategie import Enjeu
from smde.views.portee import selection
from smde.views.seances import (
    Depuis,
    decisions,
    en_attente,
    points,
    precedente,
    presentation,
    sans_suite,
    tenues,
    validees,
)
from tests.brest import RACINE as BREST
from tests.brest import brest
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

INTERIEUR = edition_de(VALMER, INTERNE)
ATTEND = {"statut": "a_valider", "instance": "pilotage", "seance": "hiver"}


def seance(ident: str = "hiver", **champs: Any) -> Any:
    return element("seance", ident, **{"instance": "pilotage", "statut": "prevue", **champs})


def tenue(ident: str, jour: str, **champs: Any) -> Any:
    return seance(ident, statut="tenue", date=jour, **champs)


def vote(ident: str, jour: str, *valide: dict[str, str], **champs: Any) -> Any:
    given = {"instance": "pilotage", "date": jour, "resultat": "adopte", "valide": list(valide), **champs}
    return element("decision", ident, **given)


def enjeu(ident: str = "attirer", texte: str = "Attirer sans étaler.", **champs: Any) -> Any:
    return element("enjeu", ident, texte=texte, **{"validation": ATTEND, **champs})


def depuis(edition: Edition, ident: str = "attirer") -> Depuis:
    return presentation(edition, edition.elements[ident]).depuis


def test_a_seance_is_asked_about_what_names_it_and_about_what_names_only_its_body() -> None:
    edition = edition_avec(
        seance(),
        seance("printemps"),
        enjeu("nommee"),
        enjeu("instance-seule", validation={"statut": "a_valider", "instance": "pilotage"}),
        enjeu("autre-seance", validation={**ATTEND, "seance": "printemps"}),
        enjeu("autre-instance", validation={"statut": "a_valider", "instance": "conseil"}),
        enjeu("brouillon", validation={**ATTEND, "statut": "brouillon"}),
        enjeu("valide", validation={**ATTEND, "statut": "valide"}),
    )
    found = en_attente(edition, edition.elements["hiver"])  # type: ignore[arg-type]
    assert [one.id for one in found] == ["nommee", "instance-seule"]


def test_a_document_with_a_filter_asks_only_about_what_it_aims_at() -> None:
    attend = {**ATTEND, "seance": "seance-2020-06", "instance": "groupe-pilotage"}
    constat = element("constat", "bruit", theme="foncier", nature="menace", validation=attend)
    autre = element("constat", "calme", theme="port", nature="atout", validation=attend)
    groupe = element("groupe", "technique", type="technique", validation=attend)
    edition = edition_avec(
        seance("seance-2020-06", instance="groupe-pilotage"),
        element("theme", "foncier"),
        element("theme", "port"),
        constat,
        autre,
        groupe,
    )
    kept = selection(edition, Filtre(themes=["foncier"]))
    assert [one.id for one in en_attente(kept, edition.elements["seance-2020-06"])] == ["bruit"]  # type: ignore[arg-type]
    whole = en_attente(edition, edition.elements["seance-2020-06"])  # type: ignore[arg-type]
    assert {one.id for one in whole} == {"bruit", "calme", "technique"}


def test_points_go_from_the_method_to_the_strategy_then_the_schema_what_is_named_first() -> None:
    edition = edition_avec(
        element("action", "a", validation=ATTEND),
        enjeu(),
        element("question", "q", sujet="Méthode", validation=ATTEND),
        element("groupe", "g", type="technique", validation=ATTEND),
        element("principe", "p", validation=ATTEND),
        seance(soumet=["g", "q", "attirer"]),
    )
    asked = points(edition, edition.elements["hiver"])  # type: ignore[arg-type]
    assert [point.genre for point in asked] == ["groupe", "question", "principe", "enjeu", "action"]
    assert [point.compte(Depuis.jamais_presente) for point in asked] == [1] * 5


def test_what_no_seance_has_seen_says_so() -> None:
    assert depuis(edition_avec(seance(), enjeu())) is Depuis.jamais_presente


def test_what_was_submitted_without_any_decision_names_the_last_seance_that_saw_it() -> None:
    edition = edition_avec(
        enjeu(),
        tenue("mars", "2024-03-01", soumet=["attirer"]),
        tenue("juin", "2024-06-20", soumet=["attirer"]),
        seance("annulee", statut="annulee", date="2024-07-01", soumet=["attirer"]),
    )
    told = presentation(edition, edition.elements["attirer"])
    assert told.depuis is Depuis.sans_decision and told.seance is not None and told.seance.id == "juin"


def test_a_decision_without_fingerprint_does_not_say_whether_the_text_changed() -> None:
    edition = edition_avec(enjeu(), vote("v", "2024-06-20", {"element": "attirer"}))
    told = presentation(edition, edition.elements["attirer"])
    assert told.depuis is Depuis.sans_empreinte and told.decision is not None and told.decision.id == "v"


def test_the_last_decision_counts_and_the_text_is_compared_with_what_it_kept() -> None:
    ancien, actuel = enjeu(texte="Attirer."), enjeu()
    marks = [empreinte(edition_avec(one), "attirer") for one in (ancien, actuel)]
    assert marks[0] != marks[1]
    first = vote("mars", "2024-03-01", {"element": "attirer", "empreinte": marks[0]})
    last = vote("juin", "2024-06-20", {"element": "attirer", "empreinte": marks[1]})
    assert depuis(edition_avec(actuel, last, first)) is Depuis.inchange
    assert depuis(edition_avec(ancien, last, first)) is Depuis.modifie
    assert depuis(edition_avec(actuel, first)) is Depuis.modifie


def test_a_note_changed_since_changes_nothing_nor_does_a_new_state_of_validation() -> None:
    mark = empreinte(edition_avec(enjeu()), "attirer")
    decision = vote("juin", "2024-06-20", {"element": "attirer", "empreinte": mark})
    noted = enjeu(notes="À relire avec le port.", validation={"statut": "valide", "decision": "juin"})
    assert depuis(edition_avec(noted, decision)) is Depuis.inchange


def test_a_document_limited_to_a_part_still_compares_the_whole_text() -> None:
    """What an enjeu cites may be left out of the document; its fingerprint is that of the dossier."""
    whole = edition_de(BREST, INTERNE)
    part = selection(whole, Filtre(themes=["theme-population"]))
    enjeu = part.element("enjeu-renouveler-actifs", Enjeu)
    assert any(ident not in part.elements for ident in enjeu.constats)
    assert empreinte(part, enjeu.id) == empreinte(brest(), enjeu.id)


def test_seances_held_are_in_the_order_of_their_days_and_the_former_is_of_the_same_body() -> None:
    edition = edition_avec(
        seance(date="2024-12-01"),
        tenue("juin", "2024-06-20"),
        tenue("mars", "2024-03-01"),
        tenue("conseil", "2024-09-01", instance="conseil"),
        tenue("apres", "2025-01-10"),
    )
    assert [one.id for one in tenues(edition)] == ["mars", "juin", "conseil", "apres"]
    before = precedente(edition, edition.elements["hiver"])  # type: ignore[arg-type]
    assert before is not None and before.id == "juin"
    assert precedente(edition, edition.elements["mars"]) is None  # type: ignore[arg-type]
    undated = precedente(edition_avec(seance(), tenue("juin", "2024-06-20")), seance())
    assert undated is not None and undated.id == "juin"


def test_a_record_gives_the_decisions_of_its_seance_and_what_they_leave_aside() -> None:
    held = INTERIEUR.elements["seance-2019-09"]
    (taken,) = decisions(INTERIEUR, held)  # type: ignore[arg-type]
    assert taken.id == "decision-2019-09"
    assert [(one.ident, one.empreinte, one.depuis) for one in validees(INTERIEUR, taken)] == [
        ("vacance-tertiaire", None, Depuis.sans_empreinte),
        ("phase-diagnostic", None, Depuis.sans_empreinte),
    ]
    assert [one.id for one in sans_suite(INTERIEUR, held)] == ["friches-portuaires"]  # type: ignore[arg-type]


def test_what_a_decision_validated_and_readers_may_not_know_has_no_element() -> None:
    edition = edition_avec(vote("v", "2024-06-20", {"element": "cache"}))
    (told,) = validees(edition, edition.elements["v"])  # type: ignore[arg-type]
    assert (told.element, told.depuis) == (None, None)


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.booleans()), min_size=1, max_size=6))
def test_whatever_the_order_they_are_written_in_the_latest_decision_is_the_one_that_is_told(
    written: list[tuple[date, bool]],
) -> None:
    mark = empreinte(edition_avec(enjeu()), "attirer")
    votes: list[Element] = [
        vote(f"v{rank}", day.isoformat(), {"element": "attirer", "empreinte": mark if same else "0" * 64})
        for rank, (day, same) in enumerate(written)
    ]
    told = presentation(edition_avec(*votes, enjeu()), enjeu())
    latest = max(day for day, _ in written)
    assert told.decision is not None and told.decision.date == latest
    kept = {same for day, same in written if day == latest}
    assert told.depuis in {Depuis.inchange if same else Depuis.modifie for same in kept}


@pytest.mark.parametrize("genre", ["enjeu", "groupe", "question", "action"])
def test_every_kind_that_awaits_a_seance_is_in_one_of_its_points(genre: str) -> None:
    required = {"groupe": {"type": "technique"}, "question": {"sujet": "Champ"}}
    edition = edition_avec(seance(), element(genre, "un", validation=ATTEND, **required.get(genre, {})))
    (point,) = points(edition, edition.elements["hiver"])  # type: ignore[arg-type]
    assert (point.genre, [one.id for one in point.elements]) == (genre, ["un"])
