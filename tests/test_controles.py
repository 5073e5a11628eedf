"""The verb `tests` runs what CI runs, in order, stops at the first failure and ends with pytest's own line."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smde import controles
from smde.controles import lancer
from smde.refus import Refus


@pytest.fixture
def lances(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run, each of which succeeds."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(controles.subprocess, "run", run)
    return commands


def test_style_types_and_tests_are_checked_in_that_order(lances: list[list[str]]) -> None:
    assert lancer([]) == 0
    assert [command[:2] for command in lances] == [[sys.executable, "-m"]] * 4
    assert [command[2:] for command in lances[:3]] == [
        ["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "--strict", "smde"],
    ]  # fmt: skip
    assert lances[3][2] == "pytest"
    assert "-n" in lances[3]


def test_some_tests_asked_for_are_run_in_one_process(lances: list[list[str]]) -> None:
    lancer(["tests/test_cli.py", "-k", "aide"])
    assert lances[3][2:] == ["pytest", "tests/test_cli.py", "-k", "aide"]


def test_without_xdist_the_tests_run_all_the_same(lances: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controles, "find_spec", lambda nom: None if nom == "xdist" else object())
    assert lancer([]) == 0
    assert lances[3][2:] == ["pytest"]


@pytest.mark.parametrize("failing", range(4))
def test_the_first_failure_stops_and_gives_its_code(failing: int, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[bytes]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 3 if len(commands) == failing + 1 else 0)

    monkeypatch.setattr(controles.subprocess, "run", run)
    assert lancer([]) == 3
    assert len(commands) == failing + 1


def test_absent_tools_are_told_with_the_command_that_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controles, "find_spec", lambda nom: None if nom in ("ruff", "pytest") else object())
    with pytest.raises(Refus, match=r"\(ruff, pytest\)\. Lancez, .* : python3 build\.py tests$"):
        lancer([])


def test_a_program_without_its_tests_says_where_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(controles, "RACINE", tmp_path)
    with pytest.raises(Refus, match="dans une copie du projet"):
        lancer([])


def test_the_last_line_is_that_of_pytest(tmp_path: Path) -> None:
    """On a small project of its own: the real tools, one after the other, and what they print, untouched."""
    for path, content in {
        "smde/__init__.py": '"""Rien."""\n',
        "tests/test_rien.py": "def test_rien() -> None:\n    pass\n",
        "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "-q"\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    script = (
        "import pathlib, sys; from smde import controles; "
        f"controles.RACINE = pathlib.Path({str(tmp_path)!r}); sys.exit(controles.lancer([]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=controles.RACINE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().splitlines()[-1].startswith("1 passed in ")
    announced = [line for line in done.stderr.splitlines() if line.endswith("…")]
    assert announced == ["Style (ruff)…", "Mise en forme (ruff)…", "Types (mypy)…", "Tests (pytest)…"]
