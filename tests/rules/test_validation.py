"""Who validated what: decisions, fingerprints, séances, replacements, loops."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.dossier import Dossier, charger
from smde.edition import empreinte
from smde.rules import lien_en_boucle
from tests.conftest import ecrire

from .conftest import SOCLE, Fichiers

Messages = Callable[[str, Fichiers], list[str]]


def enjeu(validation: str, suite: str = "") -> Fichiers:
    """An enjeu in some state of validation."""
    return {
        "strategy/enjeux.yml": "id: attirer\ntitre: Attirer de nouveaux habitants\ndiffusion: public\n"
        f"constats: [vacance-tertiaire]\nvalidation: {{{validation}}}\n{suite}"
    }


def decision(resultat: str = "adopte", valide: str = "[{element: attirer}]", **champs: str) -> Fichiers:
    """A decision of the séance of June."""
    given = {"instance": "pilotage", "seance": "pilotage-juin", "date": "2024-06-20", **champs}
    lines = "".join(f"{nom}: {valeur}\n" for nom, valeur in given.items() if valeur)
    return {
        "data/demarche/decisions.yml": f"id: vote\ntitre: Vote de juin\ndiffusion: public\nresultat: {resultat}\n"
        f"valide: {valide}\n{lines}"
    }


VALIDE = "statut: valide, instance: pilotage, decision: vote"


def test_an_adopted_decision_that_lists_the_element_validates_it(messages: Messages) -> None:
    assert messages("valide-sans-decision", {**enjeu(VALIDE), **decision()}) == []


@pytest.mark.parametrize("resultat", ["rejete", "ajourne", "prend_acte"])
def test_no_other_result_validates(messages: Messages, resultat: str) -> None:
    assert messages("valide-sans-decision", {**enjeu(VALIDE), **decision(resultat)}) == [
        f"« Attirer de nouveaux habitants » est `valide`, mais le résultat de « Vote de juin » est `{resultat}`."
    ]


def test_a_decision_validates_only_what_it_lists(messages: Messages) -> None:
    files = {**enjeu(VALIDE), **decision(valide="[{element: sobriete}]")}
    assert messages("valide-sans-decision", files) == [
        "« Attirer de nouveaux habitants » est `valide`, mais « Vote de juin » ne le cite pas dans `valide`."
    ]


def test_an_unknown_decision_or_one_that_cannot_be_read_is_told_elsewhere(messages: Messages) -> None:
    assert messages("valide-sans-decision", enjeu(VALIDE)) == []
    assert messages("valide-sans-decision", {**enjeu(VALIDE), **decision(valide="{}")}) == []


@pytest.mark.parametrize(
    ("validation", "dit"),
    [
        ("statut: brouillon", True),
        ("statut: a_valider, instance: pilotage", True),
        ("statut: a_valider, instance: pilotage, seance: pilotage-juin", True),
        ("statut: a_valider, instance: pilotage, seance: pilotage-automne", False),
        (VALIDE, False),
        ("statut: remplace", False),
        ("statut: abandonne, motif: Sans objet", False),
    ],
)
def test_what_a_decision_validated_says_so_unless_it_comes_back_before_a_seance(
    messages: Messages, validation: str, dit: bool
) -> None:
    assert bool(messages("decision-non-suivie", {**enjeu(validation), **decision()})) is dit
    assert messages("decision-non-suivie", {**enjeu(validation), **decision("ajourne")}) == []


def fingerprint(tmp_path: Path, files: Fichiers) -> str:
    """The fingerprint of the enjeu as these files write it."""
    return empreinte(charger(ecrire(tmp_path / "empreinte", {**SOCLE, **files})), "attirer")


def test_the_text_that_was_validated_is_recognised_and_any_change_shows(messages: Messages, tmp_path: Path) -> None:
    sha = fingerprint(tmp_path, enjeu(VALIDE))
    vote = decision(valide=f"[{{element: attirer, empreinte: {sha}}}]")
    assert messages("valide-mais-modifie", {**enjeu(VALIDE), **vote}) == []
    assert messages("empreinte-absente", {**enjeu(VALIDE), **vote}) == []
    for suite in ("texte: Et des étudiants.\n", "question: Comment attirer ?\n", "influence: {degre: anime}\n"):
        assert messages("valide-mais-modifie", {**enjeu(VALIDE, suite), **vote}) == [
            "« Attirer de nouveaux habitants » est modifié depuis sa validation par « Vote de juin »."
        ]


def test_an_internal_note_changes_nothing_of_what_was_validated(messages: Messages, tmp_path: Path) -> None:
    vote = decision(valide=f"[{{element: attirer, empreinte: {fingerprint(tmp_path, enjeu(VALIDE))}}}]")
    assert messages("valide-mais-modifie", {**enjeu(VALIDE, "notes: À relire.\n"), **vote}) == []


def test_the_help_gives_the_present_fingerprint(juger: Callable[[Fichiers], list[object]], tmp_path: Path) -> None:
    sha = fingerprint(tmp_path, enjeu(VALIDE))
    found = juger({**enjeu(VALIDE), **decision(valide=f"[{{element: attirer, empreinte: {'0' * 64}}}]")})
    assert re.findall(r"[0-9a-f]{64}", str(found[0])) == [sha]


def test_what_comes_back_to_be_validated_is_not_said_modified(messages: Messages) -> None:
    files = enjeu("statut: a_valider, instance: pilotage, seance: pilotage-automne")
    vote = decision(valide=f"[{{element: attirer, empreinte: {'0' * 64}}}]")
    assert messages("valide-mais-modifie", {**files, **vote}) == []
    assert messages("empreinte-absente", {**files, **decision()}) == []


def test_an_older_decision_does_not_judge_what_a_later_one_validated(messages: Messages) -> None:
    files = {
        **enjeu(VALIDE.replace("vote", "second")),
        **decision(valide=f"[{{element: attirer, empreinte: {'0' * 64}}}]"),
    }
    assert messages("valide-mais-modifie", files) == []


@pytest.mark.parametrize(
    ("champs", "ecart"),
    [
        ({"date": "2024-06-21"}, "la séance est du 20 juin 2024 et la décision du 21 juin 2024"),
        ({"instance": "techniciens"}, "la séance est celle de `pilotage`, pas de `techniciens`"),
        ({"seance": "pilotage-automne"}, "cette séance est `prevue`"),
    ],
)
def test_a_decision_is_taken_in_its_seance(messages: Messages, champs: dict[str, str], ecart: str) -> None:
    found = [m.replace("\u00a0", " ") for m in messages("decision-hors-seance", decision(**champs))]
    assert len(found) == 1
    assert found[0].endswith(f"mais {ecart}.")


def test_a_decision_may_be_known_without_its_seance(messages: Messages) -> None:
    assert messages("decision-hors-seance", decision(seance="", date="2011-01-01")) == []


def test_a_decision_says_something(messages: Messages) -> None:
    assert len(messages("decision-sans-objet", decision(valide="[]"))) == 1
    assert messages("decision-sans-objet", decision(valide="[]", texte="Le diagnostic est lancé.")) == []


@pytest.mark.parametrize(
    ("validation", "dit"),
    [
        ("statut: a_valider", True),
        ("statut: a_valider, echeance: 2025-01-31", True),
        ("statut: a_valider, instance: bureau", False),
        ("statut: a_valider, seance: pilotage-automne", False),
        ("statut: brouillon", False),
    ],
)
def test_what_awaits_a_validation_says_from_whom(messages: Messages, validation: str, dit: bool) -> None:
    assert bool(messages("a-valider-sans-instance", enjeu(validation))) is dit


@pytest.mark.parametrize(("statut", "mot"), [("tenue", "s'est déjà tenue"), ("annulee", "a été annulée")])
def test_a_seance_held_or_cancelled_will_validate_nothing_more(messages: Messages, statut: str, mot: str) -> None:
    seance = {
        "data/demarche/seances.yml": f"id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: {statut}\n"
        "date: 2024-03-01\n"
    }
    found = messages("seance-passee", {**enjeu("statut: a_valider, seance: mars"), **seance})
    assert found == [f"« Attirer de nouveaux habitants » attend la séance « Séance de mars », qui {mot}."]


def test_only_a_seance_to_come_looks_at_what_it_will_examine(messages: Messages) -> None:
    text = "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: {}\ndate: 2024-03-01\nsoumet: [attirer]\n"
    for statut, dit in (("prevue", True), ("tenue", False), ("annulee", False)):
        files = {**enjeu("statut: brouillon"), "data/demarche/seances.yml": text.format(statut)}
        assert bool(messages("soumis-sans-statut", files)) is dit


def test_a_seance_to_come_may_have_no_date(messages: Messages) -> None:
    seance = "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: {}\n"
    for statut, dit in (("prevue", False), ("annulee", False), ("tenue", True)):
        assert bool(messages("seance-sans-date", {"data/demarche/seances.yml": seance.format(statut)})) is dit


def test_a_date_that_cannot_be_read_is_not_absent(messages: Messages) -> None:
    seance = "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: tenue\ndate: mars 2024\n"
    assert messages("seance-sans-date", {"data/demarche/seances.yml": seance}) == []


def test_a_replacement_is_said_at_both_ends(messages: Messages) -> None:
    suite = {
        "strategy/enjeux/suite.yml": "id: retenir\ntitre: Attirer et retenir\nconstats: [vacance-tertiaire]\n"
        "remplace: [attirer]\n"
    }
    assert len(messages("remplace-sans-statut", {**enjeu("statut: brouillon"), **suite})) == 1
    assert messages("remplace-sans-statut", {**enjeu("statut: remplace"), **suite}) == []
    assert messages("remplace-sans-statut", enjeu("statut: remplace")) == [
        "« Attirer de nouveaux habitants » est `remplace`, mais aucun élément ne dit le remplacer."
    ]


def test_giving_up_needs_a_reason_for_an_element_and_for_the_execution_of_an_action(messages: Messages) -> None:
    assert len(messages("abandon-sans-motif", enjeu("statut: abandonne"))) == 1
    action = "id: A-02\ntitre: Allonger le quai nord\npriorite: requalifier\nstatut: abandonnee\n"
    assert messages("abandon-sans-motif", {"schema/actions/quai.yml": action}) == [
        "« Allonger le quai nord » est abandonnée, sans motif."
    ]
    assert (
        messages("abandon-sans-motif", {"schema/actions/quai.yml": action + "validation: {motif: Trop cher}\n"}) == []
    )


def _territoires(liens: dict[int, list[int]]) -> Dossier:
    """A dossier of territories made of one another."""
    elements = {
        f"t{n}": SimpleNamespace(id=f"t{n}", titre=f"Territoire {n}", composition=[f"t{m}" for m in suite], remplace=[])
        for n, suite in liens.items()
    }
    tous = {"Territoire": list(elements.values())}
    return cast(Dossier, SimpleNamespace(elements=elements, tous=lambda classe: tous.get(classe.__name__, [])))


GRAPHES = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4, unique=True), max_size=8)


def _loops(liens: dict[int, list[int]]) -> bool:
    """Whether some territory holds itself, by the transitive closure."""
    reach = {n: set(suite) for n, suite in liens.items()}
    for _ in liens:
        reach = {n: suite.union(*(reach.get(m, set()) for m in suite)) for n, suite in reach.items()}
    return any(n in suite for n, suite in reach.items())


@given(GRAPHES)
def test_a_loop_is_found_when_and_only_when_there_is_one(liens: dict[int, list[int]]) -> None:
    assert bool(list(lien_en_boucle.check(_territoires(liens)))) is _loops(liens)


def test_a_loop_is_told_once_where_it_closes_and_written_out() -> None:
    found = list(lien_en_boucle.check(_territoires({1: [2], 2: [3], 3: [1], 4: [1]})))
    assert [(faute.ident, faute.message) for faute in found] == [
        ("t3", "« Territoire 3 » revient à lui-même par `composition` : `t1` → `t2` → `t3` → `t1`.")
    ]


def test_a_long_loop_is_shortened_and_ten_thousand_links_do_not_stop_the_rule() -> None:
    size = 10_000
    found = list(lien_en_boucle.check(_territoires({n: [(n + 1) % size, 0] for n in range(size)})))
    assert len(found[0].message) < 120
    assert "…" in found[0].message
