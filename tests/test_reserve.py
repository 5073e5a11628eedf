"""What is kept from one run to the next: found again when nothing changed, never when anything did, never damaged."""

import dataclasses
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre, reserve
from smde.arbre import Document, Figure
from smde.images import Image
from smde.reserve import Reserve, cle
from tests.commande import git

CLE = cle("dossier-region", 1)
NOTE = Document(
    "note",
    "Note d’étape",
    (arbre.titre(1, "Diagnostic", "diagnostic"), arbre.para("La vacance recule.")),
    auteur="Valmer",
    date="2026-11-22",
    figures={"emploi": Figure("emploi", "<svg/>", "Emploi", "L’emploi croît.")},
    ancres=frozenset({"diagnostic", "emploi"}),
    logo=Image("png", b"\x89PNG", 9, 9),
)
AUTRES: dict[str, Any] = {
    "blocs": (arbre.titre(1, "Diagnostic", "diagnostic"), arbre.para("La vacance recule !")),
    "figures": {"emploi": Figure("emploi", "<svg />", "Emploi", "L’emploi croît.")},
    "ancres": frozenset({"diagnostic"}),
    "logo": Image("png", b"\x89PNg", 9, 9),
    "couverture": False,
    "sommaire": False,
}


@pytest.mark.parametrize("champ", [field.name for field in dataclasses.fields(Document)])
def test_a_document_that_differs_in_anything_has_another_key(champ: str) -> None:
    value = getattr(NOTE, champ)
    other = replace(NOTE, **{champ: AUTRES.get(champ, f"{value}.")})
    assert cle("docx", NOTE) == cle("docx", replace(NOTE))
    assert cle("docx", NOTE) != cle("docx", other)
    assert cle("docx", NOTE) != cle("pdf", NOTE)


@pytest.mark.parametrize(
    ("une", "autre"),
    [
        (b"a", "a"), ("1", 1), (1, True), (None, ""), (["a", "b"], ["b", "a"]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ([["a"], "b"], [["a", "b"]]), (b"", None), (frozenset({"a"}), ["a"]), ("\ud800", "\ufffd"), ((), None),
    ],
)  # fmt: skip
def test_values_that_are_not_the_same_have_not_the_same_key(une: object, autre: object) -> None:
    assert cle(une) == cle(une)
    assert cle(une) != cle(autre)


@given(st.lists(st.text(max_size=6), max_size=4), st.lists(st.text(max_size=6), max_size=4))
def test_ingredients_cannot_be_cut_in_another_way_for_the_same_key(some: list[str], others: list[str]) -> None:
    assert (cle(*some) == cle(*others)) is (some == others)


def test_what_cannot_be_told_has_no_key() -> None:
    with pytest.raises(TypeError):
        cle("docx", object())


@pytest.fixture
def programme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program of one file."""
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "docx.py").write_text("def write(): ...")
    monkeypatch.setattr(reserve, "PAQUET", folder)
    reserve._programme.cache_clear()
    yield folder
    reserve._programme.cache_clear()


def changed(before: str) -> bool:
    reserve._programme.cache_clear()
    return cle("docx") != before


def test_a_program_that_changed_makes_everything_again(programme: Path) -> None:
    before = cle("docx")
    assert not changed(before)
    (programme / "__pycache__").mkdir()
    (programme / "__pycache__" / "docx.pyc").write_bytes(b"1")
    assert not changed(before), "what Python keeps for itself is nothing"
    (programme / "docx.py").write_text("def write():  ...")
    assert changed(before)
    (programme / "docx.py").write_text("def write(): ...")
    assert not changed(before)
    (programme / "gabarit.typ").write_text("")
    assert changed(before), "a file that is added, even empty"


def test_another_version_of_a_library_makes_everything_again(
    programme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = cle("docx")
    (tmp_path / "site" / "typst-0.15.3.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert changed(before)


def test_what_is_kept_is_found_again_and_stays_out_of_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    kept = Reserve(tmp_path)
    assert kept.lire(CLE) is None
    kept.garder(CLE, b"PK Dossier pour la Region")
    assert Reserve(tmp_path).lire(CLE) == b"PK Dossier pour la Region"
    assert kept.lire(cle("dossier-region", 2)) is None
    assert git(tmp_path, "status", "--porcelain") == ""


@given(st.binary(max_size=60), st.data())
def test_a_damaged_file_is_as_if_it_were_not_there(content: bytes, data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        kept = Reserve(Path(name))
        kept.garder(CLE, content)
        place = Path(name, ".smde", "documents", CLE)
        whole = place.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        harm = data.draw(st.sampled_from(["cut", "changed", "longer"]))
        if harm == "cut":
            place.write_bytes(whole[:at])
        elif harm == "changed":
            place.write_bytes(whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :])
        else:
            place.write_bytes(whole + b"\x00")
        assert kept.lire(CLE) is None
        kept.garder(CLE, content)
        assert kept.lire(CLE) == content


def test_a_file_put_under_the_key_of_another_is_refused(tmp_path: Path) -> None:
    kept, other = Reserve(tmp_path), cle("dossier-etat")
    kept.garder(CLE, b"Dossier pour la Region")
    os.replace(tmp_path / ".smde/documents" / CLE, tmp_path / ".smde/documents" / other)
    assert kept.lire(other) is None


@pytest.mark.parametrize("obstacle", ["fichier", "lien", "lien de documents", "dossier a la place"])
def test_a_place_where_nothing_can_be_kept_stops_nothing_and_nothing_is_written_elsewhere(
    obstacle: str, tmp_path: Path
) -> None:
    racine, ailleurs = tmp_path / "dossier", tmp_path / "ailleurs"
    racine.mkdir()
    ailleurs.mkdir()
    (ailleurs / CLE).write_bytes(b"a eux")
    if obstacle == "fichier":
        (racine / ".smde").write_text("")
    elif obstacle == "lien":
        (racine / ".smde").symlink_to(ailleurs)
    elif obstacle == "lien de documents":
        (racine / ".smde").mkdir()
        (racine / ".smde/documents").symlink_to(ailleurs)
    else:
        (racine / ".smde/documents" / CLE).mkdir(parents=True)
    kept = Reserve(racine)
    kept.garder(CLE, b"x")
    assert kept.lire(CLE) is None
    kept.ranger()
    assert {file.name: file.read_bytes() for file in ailleurs.rglob("*")} == {CLE: b"a eux"}


def test_only_the_files_used_last_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "_FICHIERS", 3)
    kept, keys = Reserve(tmp_path), [cle("document", rank) for rank in range(5)]
    folder = tmp_path / ".smde/documents"
    for rank, key in enumerate(keys):
        kept.garder(key, b"x")
        os.utime(folder / key, (1_700_000_000 + rank, 1_700_000_000 + rank))
    (folder / "notes.txt").write_text("à eux")
    assert kept.lire(keys[0]) == b"x", "read now: used last"
    kept.ranger()
    assert sorted(file.name for file in folder.iterdir()) == sorted([keys[0], keys[3], keys[4], "notes.txt"])


def test_what_is_kept_never_grows_beyond_its_share_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve, "_OCTETS", 300)
    kept, keys = Reserve(tmp_path), [cle("document", rank) for rank in range(4)]
    for rank, key in enumerate(keys):
        kept.garder(key, b"x" * 100)
        os.utime(tmp_path / ".smde/documents" / key, (1_700_000_000 + rank, 1_700_000_000 + rank))
    kept.ranger()
    assert [kept.lire(key) is not None for key in keys] == [False, False, True, True]
