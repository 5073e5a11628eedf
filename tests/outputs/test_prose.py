"""Pages written by hand have the typography of the rest of the site, and their code stays code."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.ecriture import FINE, INSECABLE
from smde.outputs.prose import typographiee
from smde.outputs.scene import Place, SiteIdentity
from tests.commande import PROJET
from tests.conftest import duree

PAGES = sorted((PROJET / "docs").rglob("*.md"))


def vu(page: str) -> str:
    """The page with its no-break spaces shown."""
    return typographiee(page).replace(INSECABLE, "_").replace(FINE, "~")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Trois sites : le port, la gare.", "Trois sites_: le port, la gare."),
        ("Que faire ? Attendre ; voir !", "Que faire~? Attendre~; voir~!"),
        ("Le mot « friche » a un sens.", "Le mot «_friche_» a un sens."),
        ("12 000 emplois, 8 % et 3 ha", "12~000 emplois, 8_% et 3_ha"),
        ("L'emploi d'ici", "L’emploi d’ici"),
        ("# Écrire en YAML : l'essentiel", "# Écrire en YAML_: l’essentiel"),
        ("- **Un** : une ligne ;\n- *deux* : plusieurs.", "- **Un**_: une ligne~;\n- *deux*_: plusieurs."),
        ("Le champ `titre` : une ligne.", "Le champ `titre`_: une ligne."),
        ("Écrivez « `titre` » ici.", "Écrivez «_`titre`_» ici."),
        ("[Le guide : premiers pas](index.md) : à lire", "[Le guide_: premiers pas](index.md)_: à lire"),
        ("{{ compte('x') }} constats : {{ lien('a') }} ?", "{{ compte('x') }} constats_: {{ lien('a') }}~?"),
        ("**Qui écrit ?** Le service. *Et après !*", "**Qui écrit~?** Le service. *Et après~!*"),
        ("| Champ : | Sens ? |", "| Champ_: | Sens~? |"),
    ],
)  # fmt: skip
def test_prose_gets_its_no_break_spaces(typed: str, shown: str) -> None:
    assert vu(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "---\ntitle: Le guide : l'essentiel\nrender_macros: true\n---\n",
        "```yaml\n- id: port\n  titre : l'emploi ?\n```\n",
        "~~~\nl'emploi : ici\n~~~\n",
        "  ```yaml\n  titre : l'emploi\n  ```\n",
        "```yaml\ntitre : l'emploi",
        "`titre : l'emploi`",
        "``a ` b : l'x``",
        "{{ lien('port', \"l'accès : ici\") }}",
        "{% if fourni('audit') and 'a : b' %}",
        "{# l'auteur : non #}",
        "{: #ancre .classe title='a : b' }",
        '<span title="l\'accès : ici">',
        "<!-- à revoir : l'audit -->",
        "<https://exemple.fr/l'emploi>",
        "https://exemple.fr/?a=l'emploi",
        '[x](page.md "l\'accès : ici")',
        '[x]: page.md "l\'accès : ici"',
        "| --- | :---: | ---: |",
        "Terme\n:   définition",
    ],
)
def test_what_is_no_prose_is_left_as_it_was(typed: str) -> None:
    assert typographiee(typed) == typed


@given(st.text(alphabet="ab' :;?!«»`*~-|{}%#<>[]()\n0 \u00a0", max_size=60))
def test_only_blanks_and_apostrophes_ever_change(typed: str) -> None:
    changed = typographiee(typed)
    assert re.sub(r"[ \u00a0\u202f]+", "", changed.replace("’", "'")) == re.sub(r"[ \u00a0\u202f]+", "", typed)
    assert typographiee(changed) == changed


def test_a_long_page_makes_nobody_wait() -> None:
    for piece in ("`", "{{ ", "{% ", "<a", "](", "```\n", "| - ", "« ", "<!--", "mot : ", "[x", "--- "):
        assert duree(lambda piece=piece: typographiee(piece * 4_000)) < 2, piece  # type: ignore[misc]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJET).as_posix())
def test_the_pages_of_the_program_keep_their_structure(page: Path) -> None:
    text = page.read_text("utf-8")
    changed = typographiee(text)
    fences = re.compile(r"^---\n.*?^---$|^ *```.*?^ *```|`[^`\n]+`|\{[{%].*?[}%]\}|\]\(.*?\)", re.DOTALL | re.MULTILINE)
    assert fences.findall(changed) == fences.findall(text)
    prose = fences.sub("x", changed)
    assert not re.search(r"\w [:;?!»](?=[\s*])", prose)


def test_the_pages_of_a_site_are_so_written(tmp_path: Path) -> None:
    (tmp_path / "charte.md").write_text("# La charte : l'essentiel\n\nQui écrit ? `a : b`\n", encoding="utf-8")
    place = Place(["index"], SiteIdentity("Valmer", "Stratégie", "2020-03-02"), {}, {}, {}, tmp_path)
    assert place.faults == []
    assert place.ecrites["charte.md"].decode() == (f"# La charte{INSECABLE}: l’essentiel\n\nQui écrit{FINE}? `a : b`\n")
