"""What readers of published versions see, in a browser: with and without JavaScript, whatever the version."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.navigateur import MARQUES, lance, page, servi, violations
from tests.publication.conftest import ANCIENNE, RECENTE, Publiees

pytestmark = [*MARQUES, pytest.mark.lent]
PAGE = "actions/action-requalifier-friches.html"


@pytest.fixture(scope="module")
def adresse(publiees: Publiees) -> Iterator[str]:
    with servi(publiees.racine) as address:
        yield address


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Any]:
    with lance() as browser:
        yield browser


@pytest.fixture
def onglet(navigateur: Any) -> Iterator[Any]:
    context = navigateur.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    yield page(context)
    context.close()


@pytest.fixture
def sans_script(navigateur: Any) -> Iterator[Any]:
    context = navigateur.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 900})
    yield page(context)
    context.close()


def test_the_selector_lists_both_versions_and_keeps_the_page(onglet: Any, adresse: str) -> None:
    onglet.goto(f"{adresse}/{RECENTE}/{PAGE}")
    onglet.locator(".bandeau__version--choix button").click()
    shown = [" ".join(words.split()) for words in onglet.locator(".bandeau__versions li").all_inner_texts()]
    assert shown == ["Juin 2020, « relue » (celle que vous lisez, en vigueur)", ANCIENNE]
    onglet.wait_for_load_state("networkidle")
    onglet.locator(".bandeau__versions a", has_text=ANCIENNE).click()
    onglet.wait_for_url(f"{adresse}/{ANCIENNE}/{PAGE}")
    assert onglet.plaintes == []
    assert [url for url in onglet.demandes if not url.startswith((adresse, "data:"))] == []


def test_the_archived_version_says_so_and_leads_to_the_same_page_of_the_one_in_force(onglet: Any, adresse: str) -> None:
    onglet.goto(f"{adresse}/{ANCIENNE}/{PAGE}")
    banner = onglet.locator(".version-autre")
    banner.wait_for()
    assert "Vous lisez une version archivée" in banner.inner_text()
    onglet.wait_for_load_state("networkidle")
    banner.get_by_role("link").click()
    onglet.wait_for_url(f"{adresse}/en-vigueur/{PAGE}")
    assert "Rendre à la ville" in onglet.locator("h1").inner_text()


def test_without_a_script_the_root_leads_to_the_version_in_force(sans_script: Any, adresse: str) -> None:
    sans_script.goto(f"{adresse}/")
    sans_script.wait_for_url(f"{adresse}/en-vigueur/index.html")


def test_without_a_script_an_element_is_found_by_its_id(sans_script: Any, adresse: str) -> None:
    sans_script.goto(f"{adresse}/id/action-requalifier-friches.html")
    sans_script.wait_for_url(f"{adresse}/en-vigueur/{PAGE}*")
    assert "Rendre à la ville" in sans_script.locator("h1").inner_text()


def test_without_a_script_every_version_is_found_from_the_list(sans_script: Any, adresse: str) -> None:
    sans_script.goto(f"{adresse}/versions.html")
    assert sans_script.locator("h1").inner_text() == "Toutes les versions"
    assert sans_script.locator("article").count() == 2
    links = sans_script.locator("main a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) >= 10
    for link in links:
        assert sans_script.request.get(link).status == 200, link
    sans_script.locator("article h2 a").last.click()
    sans_script.wait_for_url(f"{adresse}/{ANCIENNE}/index.html")


@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 320])
@pytest.mark.parametrize("nom", ["versions.html", "404.html", f"{RECENTE}/licence.html"])
def test_axe_finds_nothing_to_say_of_what_stands_around_the_versions(
    onglet: Any, adresse: str, nom: str, largeur: int, couleurs: str
) -> None:
    onglet.set_viewport_size({"width": largeur, "height": 800})
    onglet.emulate_media(color_scheme=couleurs, reduced_motion="reduce")
    onglet.goto(f"{adresse}/{nom}")
    assert violations(onglet) == []
    assert onglet.evaluate("document.documentElement.scrollWidth") <= largeur
    assert onglet.plaintes == []
    assert [url for url in onglet.demandes if not url.startswith((adresse, "data:"))] == []
