"""The pages about the repository say what is there: the map of files, the decisions, the commands they quote."""

import re
from pathlib import Path

import pytest

from smde.cli import parser

ROOT = Path(__file__).parents[1]
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODULES = sorted(
    file.relative_to(ROOT / "smde").as_posix()
    for file in (ROOT / "smde").rglob("*.py")
    if not file.name.startswith("__") and "rules/" not in file.as_posix()
)
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("module", MODULES)
def test_every_file_of_the_package_has_its_line_on_the_map(module: str) -> None:
    folder, _, name = module.rpartition("/")
    named = f"`{name}`" in ARCHITECTURE or f"/{name}`" in ARCHITECTURE
    assert named or f"`{folder.split('/')[-1]}/`" in ARCHITECTURE or f"`{folder}/`" in ARCHITECTURE


def test_the_map_names_no_file_that_is_gone() -> None:
    known = {file.name for file in ROOT.rglob("*") if "sortie" not in file.parts and ".venv" not in file.parts}
    named = re.findall(r"`([\w/]+\.(?:py|typ|js))`", ARCHITECTURE)
    assert named
    assert [name for name in named if name.rpartition("/")[2] not in known] == []


def test_the_map_fits_in_a_sitting() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 120


@pytest.mark.parametrize("decision", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda file: file.stem[:4])
def test_a_decision_has_its_three_parts_and_at_most_forty_lines(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.match(r"# \d{4} – ", text)
    assert [heading in text for heading in ("## Contexte", "## Décision", "## Conséquences")] == [True] * 3
    assert len(text.splitlines()) <= 40


def _verbs() -> set[str]:
    subparsers = next(action for action in parser()._actions if hasattr(action, "choices") and action.dest == "verbe")
    assert isinstance(subparsers.choices, dict)
    return set(subparsers.choices)


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_command_a_page_quotes_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    quoted = re.findall(
        r"(?:python3 build\.py|\bsmde) ([a-z]+)\b(?=[^\n]*)",
        "\n".join(re.findall(r"`[^`\n]+`|^    .+|^```[\s\S]*?^```", text, re.MULTILINE)),
    )
    assert [verb for verb in quoted if verb not in _verbs()] == []


def test_the_readme_quotes_every_verb_and_every_common_option() -> None:
    missing = [verb for verb in _verbs() if f"`{verb}" not in README and f" {verb}" not in README]
    assert missing == []
    assert [option for option in ("--racine", "--diffusion", "--sortie", "--date") if option not in README] == []


def test_links_of_the_readme_lead_to_files_of_the_repository() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#:]+)\)", README) if "//" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
