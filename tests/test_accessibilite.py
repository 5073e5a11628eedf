"""Every kind of page of a real site, looked at in Chromium as its readers do: any screen, any colours, any means."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.controler_accessibilite import AFFICHAGES, batir, echantillon, lire, violations
from benchmarks.lecture_html import renvoi
from tests.conftest import VALMER
from tests.navigateur import MARQUES, lance, servi
from tests.navigateur import page as suivie

pytestmark = [*MARQUES, pytest.mark.lent]

ELEMENTS = (
    *("acteurs/valmer-metropole", "actions/action-requalifier-friches", "cadres/srdeii", "constats/vacance-tertiaire"),
    *("enjeux/enjeu-friches", "indicateurs/vacance-bureaux", "moyens/moyen-chef-de-projet"),
    *("objectifs/objectif-reconversion", "priorites/priorite-port", "constats/themes/theme-immobilier"),
)
VUES = (
    *("index", "404", "acteurs/index", "actions/index", "cadres/index", "calendrier", "constats/index"),
    *("demarche/entretiens", "demarche/groupes", "demarche/index", "demarche/methode", "demarche/validations"),
    *("enjeux/index", "financement", "fraicheur", "glossaire", "indicateurs/index", "moyens/index"),
    *("objectifs/index", "organisation/index", "plan-du-site", "priorites/index", "reste-a-faire", "sources"),
    *("telechargements", "territoires", "versions"),
)
REDIGEES = ("accessibilite", "mentions-legales", "guide/index")
PAREILLES = {
    *("a-propos", "donnees-personnelles", "licence", "guide/ajouter-un-constat", "guide/ajouter-un-objectif"),
    *("guide/ajouter-une-fiche-action", "guide/ce-qui-est-publie", "guide/ecrire-en-yaml", "guide/lire-un-message"),
    *("guide/preparer-une-seance", "guide/publier-une-version", "guide/relire-en-ecrivant"),
    *("guide/ajouter-un-document", "guide/modele-word", "guide/comparer-deux-versions", "guide/remettre-un-document"),
    *("guide/dictionnaire", "guide/regles"),
}
"""Hand-written pages like those above, and two long catalogues: benchmarks/controler_accessibilite.py opens them."""
SORTES = (*ELEMENTS, *VUES, *REDIGEES)
REGLES: Mapping[str, Sequence[str]] = {
    "1280 px clair": (),
    "1280 px sombre": ("color-contrast", "link-in-text-block"),
    "360 px clair": ("target-size", "scrollable-region-focusable", "aria-hidden-focus", "label-content-name-mismatch"),
    "360 px sombre": (),
}
"""All rules on a wide and on a narrow screen; on the others, those that a change of colours or of width may break."""
ESPACEMENT = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""The spacing some readers need (WCAG 1.4.12)."""
CIBLES = "a[href], button, input, select, textarea, summary, [tabindex='0']"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the small dossier."""
    target = tmp_path_factory.mktemp("accessibilite") / "site"
    batir(VALMER, target)
    return target


@pytest.fixture(scope="module")
def adresse(dossier: Path) -> Iterator[str]:
    with servi(dossier) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with lance() as browser:
        yield browser


@pytest.fixture(scope="module")
def onglet(chromium: Any) -> Iterator[Any]:
    """One page kept open, for what does not depend on what was done before."""
    context = chromium.new_context(reduced_motion="reduce")
    yield suivie(context)
    context.close()


def regarder(page: Any, largeur: int, couleurs: str = "light") -> None:
    page.set_viewport_size({"width": largeur, "height": 800})
    page.emulate_media(color_scheme=couleurs, reduced_motion="reduce", forced_colors="none")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_no_kind_of_page_is_forgotten(dossier: Path) -> None:
    pages = lire(dossier)
    names = [name.removesuffix(".html") for name, tree in pages.items() if not renvoi(tree)]
    sample = echantillon(names, dict.fromkeys(names, 0))
    folders = {name.rpartition("/")[0] for name in ELEMENTS}
    of_elements = {name for name in sample if name.rpartition("/")[0] in folders and not name.endswith("/index")}
    assert {name.rpartition("/")[0] for name in of_elements} == folders
    assert set(sample) - of_elements == {*VUES, *REDIGEES, *PAREILLES}


@pytest.mark.parametrize("nom", SORTES)
def test_axe_finds_nothing_to_say_whatever_the_screen_and_the_colours(onglet: Any, adresse: str, nom: str) -> None:
    onglet.goto(f"{adresse}/{nom}.html")
    for affichage in AFFICHAGES:
        regarder(onglet, affichage.largeur, affichage.couleurs)
        assert violations(onglet, REGLES[affichage.nom]) == [], affichage.nom
    for width in (640, 320):  # 1 280 px at 200 % and at 400 %: a page is read by going down only
        regarder(onglet, width)
        assert onglet.evaluate("document.documentElement.scrollWidth") <= width
    assert onglet.plaintes == []
    assert [url for url in onglet.demandes if not url.startswith((adresse, "data:"))] == []
    onglet.add_style_tag(content=ESPACEMENT)
    assert onglet.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("affichage", AFFICHAGES, ids=lambda affichage: affichage.nom)
def test_axe_finds_nothing_to_say_of_the_search_nor_of_the_drawer(chromium: Any, adresse: str, affichage: Any) -> None:
    page = chromium.new_context(reduced_motion="reduce").new_page()
    page.goto(f"{adresse}/actions/index.html")
    regarder(page, affichage.largeur, affichage.couleurs)
    page.click("button.recherche-ouvrir")
    assert violations(page) == []
    page.keyboard.type("friches")
    page.wait_for_selector(".recherche__liste > li")
    assert violations(page) == []
    page.keyboard.press("Escape")
    if affichage.largeur == 360:
        page.click("button.bandeau__tiroir")
        page.wait_for_selector(".menu a:visible")
        assert violations(page) == []
    page.context.close()


def test_the_search_opens_and_closes_by_the_keyboard_and_gives_the_focus_back(onglet: Any, adresse: str) -> None:
    onglet.goto(f"{adresse}/index.html")
    regarder(onglet, 1280)
    onglet.focus("button.recherche-ouvrir")
    onglet.keyboard.press("Enter")
    onglet.wait_for_function("document.activeElement.name === 'mots'")
    assert onglet.evaluate("document.querySelector('dialog.recherche').matches(':modal')")
    onglet.keyboard.press("Escape")
    assert onglet.evaluate("document.activeElement.matches('.recherche-ouvrir')")
    assert onglet.locator("dialog.recherche").is_hidden()


PARCOURS = """() => {
  const seen = document.activeElement, box = seen.getBoundingClientRect(), style = getComputedStyle(seen)
  const label = seen.id && document.querySelector(`label[for^="${seen.id.replace(/\\d$/, "")}"]:not([hidden])`)
  const outlined = s => s && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2
  const shown = [style, label && getComputedStyle(label)].some(outlined)
  return {body: seen === document.body, shown, inside: box.bottom > 0 && box.top < innerHeight,
    mark: [...document.querySelectorAll("*")].indexOf(seen), what: seen.outerHTML.slice(0, 120)}
}"""


@pytest.mark.parametrize(
    ("nom", "largeur"),
    [("index", 1280), ("index", 360), ("actions/action-requalifier-friches", 1280), ("acteurs/index", 360)],
)
def test_the_keyboard_goes_through_a_page_in_order_and_one_always_sees_where(
    onglet: Any, adresse: str, nom: str, largeur: int
) -> None:
    onglet.goto(f"{adresse}/{nom}.html")
    regarder(onglet, largeur)
    steps: list[dict[str, Any]] = []
    for _ in range(400):
        onglet.keyboard.press("Tab")
        step = onglet.evaluate(PARCOURS)
        if step["body"] or (steps and step["mark"] == steps[0]["mark"]):
            break
        steps.append(step)
    else:
        pytest.fail("the keyboard never leaves the page")
    marks = [step["mark"] for step in steps]
    assert marks == sorted(marks)
    assert "evitement" in steps[0]["what"]
    assert [step["what"] for step in steps if not step["shown"]] == []
    assert [step["what"] for step in steps if not step["inside"]] == []
    reachable = onglet.evaluate(
        f"[...document.querySelectorAll({CIBLES!r})].filter(e => e.checkVisibility({{visibilityProperty: true}}) "
        "&& e.tabIndex >= 0 && e.type !== 'radio').length"
    )
    assert len(steps) >= reachable


def test_the_skip_link_leads_to_the_content(onglet: Any, adresse: str) -> None:
    onglet.goto(f"{adresse}/acteurs/index.html")
    onglet.keyboard.press("Tab")
    onglet.keyboard.press("Enter")
    assert onglet.evaluate(
        "document.activeElement.matches('main *') && document.activeElement.querySelector('h1') !== null"
    )
    onglet.keyboard.press("Tab")
    assert onglet.evaluate("document.activeElement.matches('main *')")


def paroles(page: Any) -> list[str]:
    """The words of the content that one sees."""
    return str(page.locator("main").inner_text()).split()


def test_without_script_every_content_is_there(chromium: Any, adresse: str, onglet: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    regarder(onglet, 1280)
    for nom in (*ELEMENTS, "index", "acteurs/index", "financement", "calendrier", "accessibilite"):
        page.goto(f"{adresse}/{nom}.html")
        onglet.goto(f"{adresse}/{nom}.html")
        assert paroles(page) == paroles(onglet), nom
        assert page.locator("main svg[role=img]").count() == onglet.locator("main svg[role=img]").count(), nom
        assert (
            page.locator("main details:not([open]) > summary").count()
            == page.locator("main details:not([open]) > summary:visible").count()
        )
    context.close()


@pytest.mark.parametrize("largeur", [1280, 360])
def test_without_script_the_menu_opens_and_the_plan_stands_for_the_search(
    chromium: Any, adresse: str, largeur: int
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": largeur, "height": 800})
    page = context.new_page()
    page.goto(f"{adresse}/objectifs/objectif-reconversion.html")
    if largeur == 360:
        page.click("label.bandeau__tiroir")
        page.wait_for_selector(".menu >> text=Qui fait quoi", state="visible")
        page.goto(f"{adresse}/objectifs/objectif-reconversion.html")
    else:
        assert page.locator(".menu >> text=Schéma").is_visible()
    assert page.locator("button.recherche-ouvrir").is_hidden()
    assert page.locator("dialog.recherche").is_hidden()
    page.click("a.recherche-sans")
    assert page.locator("h1").inner_text() == "Plan du site"
    context.close()


def test_nothing_moves_for_who_asked_for_less_motion(onglet: Any, adresse: str) -> None:
    onglet.goto(f"{adresse}/index.html")
    regarder(onglet, 360)
    moving = onglet.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); "
        "return s.transitionDuration.split(', ').some(d => parseFloat(d) > 0.01) || s.animationName !== 'none' "
        "|| s.scrollBehavior === 'smooth' }).map(e => e.outerHTML.slice(0, 80))"
    )
    assert moving == []


def test_colours_imposed_by_the_reader_are_followed(onglet: Any, adresse: str) -> None:
    for nom in ("index", "actions/action-requalifier-friches", "financement"):
        onglet.goto(f"{adresse}/{nom}.html")
        regarder(onglet, 1280)
        onglet.emulate_media(forced_colors="active")
        assert onglet.evaluate("matchMedia('(forced-colors: active)').matches")
        kept = onglet.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).forcedColorAdjust === 'none' "
            "&& !e.closest('svg')).map(e => e.outerHTML.slice(0, 80))"
        )
        assert kept == [], nom
        onglet.keyboard.press("Tab")
        assert onglet.evaluate(PARCOURS)["shown"]
        assert violations(onglet, ("color-contrast",)) == []
