"""The files at the top of the repository agree with one another: locks, project, licence, publiccode.yml, .ci/run."""

import ast
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["construction"]
TESTS = PROJECT["project"]["optional-dependencies"]["tests"]
PUBLICCODE = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("lock", "declared"), [("requirements.lock", RUNTIME), ("requirements-tests.lock", RUNTIME + TESTS)]
)
def test_every_declared_dependency_is_locked_at_a_version_in_its_range(lock: str, declared: list[str]) -> None:
    versions = locked(lock)
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-tests.lock"])
def test_every_locked_package_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert len(packages) == len(locked(lock))
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in text
    assert "index-url" not in text


def test_the_two_locks_name_the_same_versions() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-tests.lock").items()


def test_every_dependency_states_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for dependency in PROJECT["project"]["dependencies"] + TESTS:
        [line] = [line for line in lines if line.strip().startswith(f'"{dependency}"')]
        assert re.search(r", +# \w", line), line


def test_publiccode_says_what_the_project_file_says() -> None:
    assert PUBLICCODE["legal"]["license"] == PROJECT["project"]["license"] == "EUPL-1.2"
    version = re.search(r'__version__ = "(.+)"', (ROOT / "smde" / "__init__.py").read_text(encoding="utf-8"))
    assert version and PUBLICCODE["softwareVersion"] == version[1]
    python = next(need for need in PUBLICCODE["dependsOn"]["open"] if need["name"] == "Python")
    assert PROJECT["project"]["requires-python"] == f">={python['versionMin']}"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_publiccode_descriptions_keep_the_lengths_of_the_standard(language: str) -> None:
    description = PUBLICCODE["description"][language]
    assert len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


def test_the_licence_is_the_whole_european_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert [int(number) for number in re.findall(r"^(\d+)\. [A-Z]", text, re.MULTILINE)] == list(range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL" in text


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A PATH with the shell's own tools and nothing else; python3, apt-get and sudo write down how they were called."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "env", "dirname", "grep", "cat"):
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    for name, body in {
        "python3": 'case "$1" in -c) exit 0;; esac; echo "python3 $* SMDE_CI=$SMDE_CI" >> "$CALLS"; exit 7',
        "apt-get": 'echo "apt-get $*" >> "$CALLS"',
        "id": "echo 0",
    }.items():
        (programs / name).write_text(f"#!{programs}/bash\n{body}\n")
        (programs / name).chmod(0o755)
    return programs


def run_ci(programs: Path) -> tuple[int, list[str]]:
    calls = programs.parent / "calls"
    environment = {**os.environ, "PATH": str(programs), "CALLS": str(calls)}
    code = subprocess.run([programs / "bash", ROOT / ".ci" / "run"], env=environment, cwd="/").returncode
    return code, calls.read_text().splitlines()


def test_ci_installs_what_a_bare_machine_lacks_then_runs_the_test_command_of_the_readme(bare_machine: Path) -> None:
    code, calls = run_ci(bare_machine)
    assert calls[0].startswith("apt-get update")
    assert calls[1].startswith("apt-get install")
    for package in ("git", "chromium", "libreoffice-writer", "libreoffice-calc", "poppler-utils", "fonts-liberation"):
        assert f" {package}" in calls[1]
    assert calls[2:] == ["python3 build.py tests SMDE_CI=1"]
    assert code == 7


def test_ci_installs_nothing_on_a_machine_that_has_everything(bare_machine: Path) -> None:
    for name in ("git", "chromium", "soffice", "localc", "pdftotext", "fc-list"):
        (bare_machine / name).write_text(f"#!{bare_machine}/bash\necho LiberationSans.ttf\nprintf '%100000s\\n'\n")
        (bare_machine / name).chmod(0o755)
    assert run_ci(bare_machine) == (7, ["python3 build.py tests SMDE_CI=1"])


def test_no_test_is_skipped_in_continuous_integration() -> None:
    """A test that lacks a tool says so on a user's machine, and fails where SMDE_CI is set."""
    seen = 0
    for file in sorted((ROOT / "tests").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        inside = {node: function for function in functions for node in ast.walk(function)}
        for node in ast.walk(tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.startswith("pytest.") and "skip" in called:
                words = ast.unparse(node if called.endswith("skipif") else inside[node])
                assert re.search(r"SMDE_CI|EN_CI|'win32'", words), f"{file.name}:{node.lineno}: {words}"
                seen += 1
    assert seen > 5
