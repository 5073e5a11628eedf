"""The workflows of the forges: what runs on a contribution holds no secret and cannot write; their steps run here."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commande import PROJET, environnement, git
from tests.conftest import ecrire

WORKFLOWS = sorted((PROJET / ".github" / "workflows").glob("*.yml"))
FRICHES = "schema/actions/requalifier-friches.yml"


def lu(file: Path) -> dict[str, Any]:
    """A workflow; `on` stays a word, which YAML 1.1 would take for true."""
    read: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return read


def etapes(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def etape(nom: str, debut: str) -> dict[str, Any]:
    """The step of a workflow whose name begins so."""
    workflow = lu(PROJET / ".github" / "workflows" / nom)
    return next(step for step in etapes(workflow) if step.get("name", "").startswith(debut))


def test_there_is_a_workflow_for_each_of_the_three_works() -> None:
    assert [file.stem for file in WORKFLOWS] == ["commenter", "publier", "verifier"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_grants_nothing_it_does_not_say(file: Path) -> None:
    workflow = lu(file)
    assert "pull_request_target" not in workflow["on"]
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 60
    for step in etapes(workflow):
        assert "${{" not in step.get("run", ""), "a value typed by somebody would be run as a command"
        assert "${{" not in step.get("with", {}).get("script", "")
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]), step["uses"]


def test_what_runs_on_a_contribution_has_neither_secret_nor_right_to_write() -> None:
    text = (PROJET / ".github" / "workflows" / "verifier.yml").read_text("utf-8")
    workflow = lu(PROJET / ".github" / "workflows" / "verifier.yml")
    assert "secrets." not in text and "write" not in text
    assert all("permissions" not in job for job in workflow["jobs"].values())
    (checkout,) = [step for step in etapes(workflow) if "checkout@" in step.get("uses", "")]
    assert checkout["with"]["persist-credentials"] == "false"


def test_what_can_write_a_comment_runs_nothing_of_the_contribution() -> None:
    workflow = lu(PROJET / ".github" / "workflows" / "commenter.yml")
    assert not [step for step in etapes(workflow) if "run" in step or "checkout@" in step.get("uses", "")]
    assert workflow["jobs"]["commenter"]["permissions"] == {"actions": "read", "pull-requests": "write"}


def test_publications_come_one_at_a_time_and_from_the_main_branch() -> None:
    workflow = lu(PROJET / ".github" / "workflows" / "publier.yml")
    assert workflow["concurrency"] == {"group": "publication", "cancel-in-progress": "false"}
    assert workflow["jobs"]["publier"]["if"] == "github.ref == 'refs/heads/main'"
    assert list(workflow["on"]) == ["workflow_dispatch"]
    gitlab = lu(PROJET / ".gitlab-ci.yml")
    assert gitlab["publier"]["resource_group"] == "publication"
    assert "$CI_DEFAULT_BRANCH" in gitlab["publier"]["rules"][0]["if"]


@pytest.fixture
def depot(racine: Path, tmp_path: Path) -> Path:
    """The dossier in git with a branch that changes it, and a `python3 build.py` that is this program."""
    git(racine, "init", "-q", "-b", "main")
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "Premier état")
    fiche = (racine / FRICHES).read_text("utf-8")
    ecrire(racine, {FRICHES: fiche.replace("maturite: fiche_action", "maturite: engagee")})
    git(racine, "commit", "-qam", "Engager la requalification")
    ecrire(tmp_path / "bin", {"python3": f'#!/bin/sh\nshift\nexec "{sys.executable}" -m smde "$@"\n'})
    (tmp_path / "bin" / "python3").chmod(0o755)
    return racine


def lance(depot: Path, script: str, **values: str) -> subprocess.CompletedProcess[str]:
    """A step of a workflow, run as the forge does."""
    env = environnement({"PATH": f"{depot.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", **values})
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=depot, env=env, capture_output=True, text=True, timeout=240)


def test_the_step_that_tells_what_changed_writes_the_comment(depot: Path) -> None:
    base = git(depot, "rev-parse", "HEAD~1").strip()
    done = lance(depot, etape("verifier.yml", "Dire ce qui change")["run"], BASE=base)
    assert done.returncode == 0, done.stderr
    comment = (depot / "changements" / "changements.md").read_text("utf-8")
    assert "1\u00a0état." in comment and "fiche action devient engagée" in comment


def test_the_step_that_checks_annotates_the_files_and_fails(depot: Path) -> None:
    step = etape("verifier.yml", "Vérifier")["run"]
    assert lance(depot, step).returncode == 0
    fiche = (depot / FRICHES).read_text("utf-8")
    ecrire(depot, {FRICHES: fiche.replace("priorite: priorite-port", "priorite: priorite-prot")})
    done = lance(depot, step)
    assert done.returncode == 1
    assert f"::error file={FRICHES},line=" in done.stdout


@pytest.mark.parametrize("version", ["2026-11; rm -rf .", "--vers=/tmp", "$(id)", "../x"])
def test_a_hostile_name_of_version_is_refused_and_runs_nothing(depot: Path, version: str) -> None:
    step = etape("publier.yml", "Publier")["run"]
    done = lance(depot, step, VERSION=version, TITRE="", ALIAS="projet")
    assert done.returncode in (1, 2)
    assert "uid=" not in done.stdout + done.stderr
    assert (depot / FRICHES).exists()
    assert "gh-pages" not in git(depot, "branch", "--list")
