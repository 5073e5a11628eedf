"""Versions published side by side: which is read, which is in force, the same page in another; nothing without them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.controler_accessibilite import batir
from tests.conftest import VALMER
from tests.navigateur import MARQUES, lance, page, servi, violations

pytestmark = [*MARQUES, pytest.mark.lent]

VERSIONS = [
    {"version": "2026-11", "title": "Novembre 2026", "aliases": ["projet"]},
    {"version": "2026-06", "title": "Juin 2026 & suite", "aliases": ["en-vigueur"]},
    {"version": "2025-01", "title": "Janvier 2025", "aliases": []},
]
PAGE = "actions/action-requalifier-friches.html"
PARTIE = "objectifs/objectif-reconversion.html"
"""A page that the oldest version does not have."""


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions, and an alias that is a copy, as mike leaves them."""
    root = tmp_path_factory.mktemp("publie")
    batir(VALMER, root / "2026-11")
    for name in ("2026-06", "2025-01", "en-vigueur"):
        shutil.copytree(root / "2026-11", root / name)
    (root / "2025-01" / PARTIE).unlink()
    return root


@pytest.fixture
def liste(publie: Path) -> Path:
    """The list of versions, as it was at the start of each test."""
    file = publie / "versions.json"
    file.write_text(json.dumps(VERSIONS), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def adresse(publie: Path) -> Iterator[str]:
    with servi(publie) as address:
        yield address


@pytest.fixture(scope="module")
def onglet() -> Iterator[Any]:
    with lance() as browser:
        yield page(browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900}))


@pytest.fixture(autouse=True)
def neuf(onglet: Any) -> None:
    onglet.goto("about:blank")
    onglet.plaintes.clear()
    onglet.demandes.clear()


def ouvrir(onglet: Any, url: str) -> Any:
    onglet.goto(url)
    bouton = onglet.locator(".bandeau__version--choix button")
    bouton.wait_for()
    return bouton


def test_the_header_lists_the_versions_and_says_which_is_read_and_which_is_in_force(
    onglet: Any, adresse: str, liste: Path
) -> None:
    bouton = ouvrir(onglet, f"{adresse}/2026-11/index.html")
    assert bouton.get_attribute("aria-expanded") == "false"
    bouton.click()
    shown = [" ".join(words.split()) for words in onglet.locator(".bandeau__versions li").all_inner_texts()]
    assert shown == [
        "Novembre 2026 (celle que vous lisez, projet)",
        "Juin 2026 & suite (en vigueur)",
        "Janvier 2025",
    ]
    assert onglet.locator(".bandeau__versions [aria-current]").inner_text().startswith("Novembre 2026")
    assert onglet.plaintes == []
    assert [url for url in onglet.demandes if not url.startswith((adresse, "data:"))] == []


def test_the_same_page_is_kept_where_it_exists_and_the_home_page_opens_where_it_does_not(
    onglet: Any, adresse: str, liste: Path
) -> None:
    for start, expected in ((PAGE, f"/2025-01/{PAGE}"), (PARTIE, "/2025-01/index.html")):
        ouvrir(onglet, f"{adresse}/2026-11/{start}").click()
        onglet.wait_for_load_state("networkidle")
        onglet.locator(".bandeau__versions a", has_text="Janvier 2025").click()
        onglet.wait_for_url(f"{adresse}{expected}")


def test_an_old_version_says_so_and_leads_to_the_one_in_force(onglet: Any, adresse: str, liste: Path) -> None:
    ouvrir(onglet, f"{adresse}/2025-01/{PAGE}")
    banner = onglet.locator(".version-autre")
    assert "Vous lisez une version archivée" in banner.inner_text()
    onglet.wait_for_load_state("networkidle")
    banner.get_by_role("link").click()
    onglet.wait_for_url(f"{adresse}/en-vigueur/{PAGE}")
    onglet.locator(".bandeau__version--choix button").wait_for()
    assert onglet.locator(".version-autre").count() == 0


def test_a_draft_is_no_archive(onglet: Any, adresse: str, liste: Path) -> None:
    ouvrir(onglet, f"{adresse}/2026-11/index.html")
    assert "n’est pas en vigueur" in onglet.locator(".version-autre").inner_text()


def test_the_menu_is_used_with_the_keyboard_alone(onglet: Any, adresse: str, liste: Path) -> None:
    bouton = ouvrir(onglet, f"{adresse}/2026-11/index.html")
    bouton.focus()
    onglet.keyboard.press("Enter")
    assert onglet.locator(".bandeau__versions").is_visible()
    onglet.keyboard.press("Tab")
    assert onglet.evaluate("document.activeElement.closest('.bandeau__versions') !== null")
    onglet.keyboard.press("Escape")
    assert onglet.locator(".bandeau__versions").is_hidden()
    assert onglet.evaluate("document.activeElement.matches('.bandeau__version--choix button')")


@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 360])
def test_axe_finds_nothing_to_say_of_the_open_menu(
    onglet: Any, adresse: str, liste: Path, largeur: int, couleurs: str
) -> None:
    onglet.set_viewport_size({"width": largeur, "height": 800})
    onglet.emulate_media(color_scheme=couleurs, reduced_motion="reduce")
    try:
        ouvrir(onglet, f"{adresse}/2025-01/calendrier.html").click()
        assert violations(onglet) == []
        assert onglet.evaluate("document.documentElement.scrollWidth") <= largeur
        box = onglet.locator(".bandeau__versions").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= largeur
    finally:
        onglet.set_viewport_size({"width": 1280, "height": 900})
        onglet.emulate_media(color_scheme="light", reduced_motion="reduce")


HOSTILE = "<img src=x onerror=window.touche=1>"


@pytest.mark.parametrize(
    "words",
    [
        "pas du JSON",
        "[]",
        "{}",
        "null",
        json.dumps([{"version": "2026-11", "title": HOSTILE}]),
        json.dumps([{"version": "../2026-11", "title": "Ailleurs"}]),
        json.dumps([{"version": "javascript:alert(1)", "title": "Clic"}]),
        json.dumps([{"version": "2026-11", "title": "A", "aliases": "tout"}]),
        json.dumps([{"version": "autre", "title": "Une autre"}]),
        json.dumps([*VERSIONS, {"title": "Sans nom"}]),
    ],
)
def test_a_list_that_is_not_one_changes_nothing_and_runs_nothing(
    onglet: Any, adresse: str, liste: Path, words: str
) -> None:
    liste.write_text(words, encoding="utf-8")
    onglet.goto(f"{adresse}/2026-11/index.html", wait_until="networkidle")
    assert onglet.locator(".bandeau__version--choix").count() == 0
    assert onglet.locator(".version-autre").count() == 0
    assert onglet.locator(".bandeau__version").is_visible()
    assert onglet.evaluate("window.touche") is None


def test_a_list_that_is_not_there_leaves_the_page_at_rest(onglet: Any, adresse: str, liste: Path) -> None:
    liste.unlink()
    onglet.goto(f"{adresse}/2026-11/index.html", wait_until="networkidle", timeout=10_000)
    assert onglet.locator(".bandeau__version").is_visible()
    assert onglet.locator(".bandeau__version--choix").count() == 0


def test_a_site_alone_asks_for_no_list(onglet: Any, publie: Path) -> None:
    with servi(publie / "2026-11") as alone:
        onglet.goto(f"{alone}/index.html", wait_until="networkidle")
        assert not [url for url in onglet.demandes if "versions.json" in url]
        assert onglet.locator(".bandeau__version").is_visible()
        assert onglet.plaintes == []
