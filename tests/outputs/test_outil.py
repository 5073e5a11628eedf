"""Tools run with limits, and files laid down whole."""

import os
import time
from pathlib import Path

import pytest

from smde.outputs.outil import OutilEnEchec, deposit, run


def test_what_a_tool_prints_comes_back() -> None:
    assert run("cat", ["cat"], entree="vacance é".encode()) == "vacance é".encode()


def test_a_missing_tool_is_named_with_what_to_do() -> None:
    with pytest.raises(OutilEnEchec, match=r"Typst est introuvable\. Relancez l’installation : `python3 build\.py`\."):
        run("Typst", ["aucun-programme-de-ce-nom"])


def test_the_words_of_a_tool_that_fails_are_passed_on() -> None:
    with pytest.raises(OutilEnEchec, match=r"pandoc a échoué \(code 3\) : boum"):
        run("pandoc", ["sh", "-c", "echo boum >&2; exit 3"])


def test_a_tool_that_dies_in_silence_is_told_too() -> None:
    with pytest.raises(OutilEnEchec, match=r"Typst a échoué \(code -9\) : sans explication"):
        run("Typst", ["sh", "-c", "kill -9 $$"])


def test_a_late_tool_is_ended_with_what_it_started(tmp_path: Path) -> None:
    child = tmp_path / "enfant"
    start = time.monotonic()
    with pytest.raises(OutilEnEchec, match="LibreOffice n’a pas terminé en 1 secondes"):
        run("LibreOffice", ["sh", "-c", f"sleep 60 & echo $! > {child}; wait"], secondes=1)
    assert time.monotonic() - start < 30
    pid = int(child.read_text())
    for _ in range(50):
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text().split()[2] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("le processus enfant vit encore")


def test_a_file_is_put_in_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "strategie.docx"
    target.write_bytes(b"ancien")
    deposit(target, b"nouveau")
    assert target.read_bytes() == b"nouveau"
    assert os.listdir(tmp_path) == ["strategie.docx"]


def test_a_write_that_fails_leaves_the_previous_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "strategie.docx"
    target.write_bytes(b"ancien")

    def full(self: Path, data: bytes) -> int:
        raise OSError("disque plein")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="disque plein"):
        deposit(target, b"nouveau")
    assert target.read_bytes() == b"ancien"
