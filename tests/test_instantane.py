"""A snapshot is what is published with a version; it is read back the same, years later."""

import json

import pytest

from smde.dossier import charger
from smde.edition import edition
from smde.instantane import CONTRAT, LECTEURS, document, lire, prendre
from smde.model.champ import Diffusion
from smde.outputs import donnees
from smde.refus import Refus
from tests.conftest import TESTS, VALMER

DATE = "2020-03-02"
ANCIENS = TESTS / "goldens" / "instantanes"
"""One published file for each contract that ever was: never written again, whatever the model becomes."""


@pytest.mark.parametrize("niveau", list(Diffusion))
def test_the_snapshot_taken_is_the_one_published(niveau: Diffusion) -> None:
    trimmed = edition(charger(VALMER), niveau, DATE)
    taken = prendre(trimmed, "juin")
    assert lire(donnees.fichiers(trimmed)["strategie.json"], "juin") == taken
    assert (taken.date, taken.diffusion, taken.nom) == (DATE, niveau, "juin")
    assert taken.titre("enjeu-friches") == trimmed.titre("enjeu-friches")
    assert taken.titre("inconnu") is None
    assert list(taken.elements)


def test_the_present_contract_has_its_reader() -> None:
    assert CONTRAT in LECTEURS


@pytest.mark.parametrize("contrat", sorted(LECTEURS))
def test_what_was_published_under_each_contract_is_still_read(contrat: str) -> None:
    file = ANCIENS / f"{contrat.replace('/', '-')}.json"
    old = lire(file.read_bytes(), "ancienne")
    assert json.loads(file.read_bytes())["contrat"] == contrat
    assert old.titre("enjeu-friches") == "Donner un avenir aux friches du port"
    assert old.elements["action-requalifier-friches"][0] == "action"


def test_a_field_this_program_no_longer_knows_is_kept_for_comparison() -> None:
    data = document(edition(charger(VALMER), Diffusion.public, DATE))
    data["elements"]["enjeu"][0]["urgence"] = "forte"
    assert lire(json.dumps(data).encode(), "juin").elements["enjeu-friches"][1]["urgence"] == "forte"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "ne se lisent pas"),
        (b"\xff\xfe", "ne se lisent pas"),
        (b"[" * 100_000, "ne se lisent pas"),
        (b"[]", "ne sont pas celles d'une stratégie"),
        (b'{"contrat": 1}', "ne sont pas celles d'une stratégie"),
        (b'{"contrat": "smde-donnees/9"}', "que ce programme ne conna"),
        (b'{"contrat": "smde-donnees/1"}', "mais ne le suivent pas"),
        (
            b'{"contrat": "smde-donnees/1", "date": "2020-03-02", "diffusion": "secret", "identite": {}, '
            b'"elements": {}, "series": {}}',
            "mais ne le suivent pas",
        ),
        (
            b'{"contrat": "smde-donnees/1", "date": "2020-03-02", "diffusion": "public", "identite": {}, '
            b'"elements": {"enjeu": [{"titre": "Sans id"}]}, "series": {}}',
            "mais ne le suivent pas",
        ),
    ],
)
def test_what_is_no_snapshot_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Refus, match=said) as refused:
        lire(content, "juin")
    assert "« juin »" in str(refused.value)


def test_the_files_kept_for_each_contract_are_those_of_a_contract() -> None:
    assert {file.stem for file in ANCIENS.glob("*.json")} == {contrat.replace("/", "-") for contrat in LECTEURS}
