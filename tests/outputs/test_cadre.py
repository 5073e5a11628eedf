"""What stands around the words of a page, in a browser: colours, menu, pictures of the buttons, folds on paper."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smde.outputs import site
from tests.navigateur import MARQUES, lance, page, servi
from tests.outputs import exemple_site as exemple

pytestmark = MARQUES
ECRANS = {"bureau": (1280, 800), "tablette": (800, 1000), "telephone": (360, 740)}
Ouvrir = Callable[..., Any]


@pytest.fixture(scope="module")
def adresse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    target = tmp_path_factory.mktemp("cadre") / "site"
    (docs := target.parent / "docs").mkdir()
    for path, text in exemple.ECRITES.items():
        (docs / path).write_text(text, encoding="utf-8")
    options = {"ids": exemple.IDS, "extra_files": exemple.FICHIERS, "docs": docs}
    assert site.write(exemple.pages(), exemple.IDENTITE, target=target, **options) == []  # type: ignore[arg-type]
    with servi(target) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with lance() as browser:
        yield browser


@pytest.fixture
def ouvrir(chromium: Any, adresse: str) -> Iterator[Ouvrir]:
    contexts = []

    def open_page(nom: str = "index", ecran: str = "bureau", **options: Any) -> Any:
        width, height = ECRANS[ecran]
        contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **options))
        made = page(contexts[-1])
        made.goto(f"{adresse}{nom}.html")
        return made

    yield open_page
    for context in contexts:
        context.close()


def test_the_dark_colours_follow_the_system_while_the_page_is_open(ouvrir: Ouvrir) -> None:
    shown = ouvrir("index", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert shown.evaluate(ground) == "rgb(255, 255, 255)"
    shown.emulate_media(color_scheme="dark")
    shown.wait_for_function(f"{ground} === 'rgb(18, 23, 29)'")
    shown.click(".bandeau__couleurs")  # light is then asked for, whatever the system says
    assert shown.evaluate(ground) == "rgb(255, 255, 255)"
    assert shown.get_attribute("meta[name=color-scheme]", "content") == "light"


def test_the_button_of_the_colours_goes_round_by_the_keyboard_and_says_where_it_stands(ouvrir: Ouvrir) -> None:
    shown = ouvrir("index", color_scheme="light")
    button = shown.locator(".bandeau__couleurs")
    said = []
    for _ in range(4):
        said.append(button.get_attribute("aria-label"))
        button.press("Enter")
    assert said[0] == said[3] == "Couleurs : comme le système. Passer en clair"
    assert said[1:3] == ["Couleurs : clair. Passer en sombre", "Couleurs : sombre. Suivre le système"]
    assert shown.evaluate("document.activeElement.className").endswith("bandeau__couleurs")


def test_colours_work_where_nothing_may_be_kept_or_what_was_kept_means_nothing(
    chromium: Any, adresse: str, ouvrir: Ouvrir
) -> None:
    context = chromium.new_context(color_scheme="light")
    shown = context.new_page()
    shown.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('interdit') } })")
    shown.goto(f"{adresse}index.html")
    for _ in range(2):
        shown.click(".bandeau__couleurs")
    assert shown.get_attribute("body", "data-md-color-scheme") == "slate"
    context.close()
    shown = ouvrir("index", color_scheme="light")
    shown.evaluate("localStorage.setItem(new URL('.', location).pathname + 'couleurs', '<vert>')")
    shown.reload()
    assert shown.get_attribute("body", "data-md-color-scheme") == "default"
    assert shown.plaintes == []


def test_folds_are_open_on_paper_and_as_they_were_afterwards(ouvrir: Ouvrir) -> None:
    shown = ouvrir("index")
    folds = "<details id=ferme><summary>a</summary>a</details><details id=ouvert open><summary>b</summary>b</details>"
    shown.evaluate("(folds) => document.querySelector('.corps').insertAdjacentHTML('beforeend', folds)", folds)
    states = "['ferme', 'ouvert'].map(id => document.getElementById(id).open)"
    shown.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown.evaluate(states) == [True, True]
    shown.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.evaluate(states) == [False, True]


@pytest.mark.parametrize("ecran", ECRANS)
def test_the_menu_says_where_the_reader_is_on_a_wide_screen_and_in_the_drawer(ouvrir: Ouvrir, ecran: str) -> None:
    shown = ouvrir("objectifs/insertion", ecran)
    if ecran != "bureau":
        shown.click("button.bandeau__tiroir")
        shown.wait_for_timeout(400)
    links = shown.locator(".menu a:visible")
    assert [one.inner_text() for one in links.all() if one.get_attribute("aria-current")] == [
        "La stratégie",
        "Objectifs",
    ]
    assert (links.count() == shown.locator(".menu a").count()) is (ecran != "bureau")
    pages = shown.locator(".menu .ici ul a")
    assert pages.first.bounding_box()["y"] >= shown.locator(".menu .ici > a").bounding_box()["y"] + 20


def test_the_pictures_of_the_buttons_are_there_even_in_forced_colours(ouvrir: Ouvrir) -> None:
    shown = ouvrir("index", forced_colors="active")
    drawn = "(one) => { const s = getComputedStyle(one, '::before'); return [s.maskImage, s.backgroundColor, s.width] }"
    for name in (".bandeau__couleurs", ".recherche-ouvrir"):
        mask, colour, width = shown.eval_on_selector(name, drawn)
        assert mask.startswith('url("data:image/svg+xml,') and float(width[:-2]) > 15
        assert colour == shown.evaluate("getComputedStyle(document.body).color")
