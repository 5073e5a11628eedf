"""The site in a real Chromium: nothing runs that was typed, nothing is asked elsewhere, everybody can read it."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from smde import arbre
from smde.arbre import Document
from smde.outputs import site
from tests.outputs import exemple_site as exemple
from tests.outputs.test_html import HOSTILES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MANQUE = None if CHROMIUM and find_spec("playwright") else "needs Chromium and playwright"

pytestmark = [
    pytest.mark.navigateur,
    pytest.mark.skipif(MANQUE is not None and not os.environ.get("SMDE_CI"), reason=MANQUE or ""),
]

PAGES = (
    *("index", "diagnostic/index", "objectifs/attirer-etudiants", "actions/pepiniere-marine", "roles", "glossaire"),
    *("actions/index", "chiffres", "mentions-legales", "accessibilite", "404"),
)
ECRANS = {"bureau": (1280, 800), "tablette": (800, 1000), "telephone": (360, 740)}


class Serveur(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def adresse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example, and a page of hostile texts, served from a folder below the root of the site."""
    folder = tmp_path_factory.mktemp("navigateur")
    (folder / "docs").mkdir()
    for path, text in exemple.ECRITES.items():
        (folder / "docs" / path).write_text(text, encoding="utf-8")
    blocs = [arbre.para([{"t": "Str", "c": texte}]) for texte in HOSTILES]
    blocs += [arbre.titre(2, [{"t": "Str", "c": texte}]) for texte in HOSTILES]
    hostile = Document("hostile", "".join(HOSTILES), tuple(blocs), "".join(HOSTILES))
    faults = site.write(
        [*exemple.pages(), hostile],
        exemple.IDENTITE,
        ids=exemple.IDS,
        target=folder / "smde",
        extra_files=exemple.FICHIERS,
        docs=folder / "docs",
    )
    assert faults == []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Serveur, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/smde/"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    assert MANQUE is None, MANQUE
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


Ouvrir = Callable[..., Any]


@pytest.fixture
def ouvrir(chromium: Any, adresse: str) -> Iterator[Ouvrir]:
    """Open a page of the site on a screen; what the browser complains of, and what it asks for, is kept."""
    contexts = []

    def open_page(nom: str = "index", ecran: str = "bureau", **options: Any) -> Any:
        width, height = ECRANS[ecran]
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.plaintes, page.demandes = [], []
        page.on("console", lambda m: m.type in ("error", "warning") and page.plaintes.append(m.text))
        page.on("pageerror", lambda error: page.plaintes.append(str(error)))
        page.on("dialog", lambda dialog: (page.plaintes.append("dialogue"), dialog.dismiss()))
        page.on("request", lambda request: page.demandes.append(request.url))
        page.goto(f"{adresse}{nom}.html")
        return page

    yield open_page
    for context in contexts:
        context.close()


def chercher(page: Any, mots: str) -> list[str]:
    """The titles of the first pages found."""
    page.click("button.recherche-ouvrir")
    page.wait_for_selector("dialog[data-pret]")
    page.keyboard.type(mots)
    page.wait_for_selector(".recherche__liste a")
    return [str(title).strip() for title in page.locator(".recherche__titre").all_inner_texts()[:3]]


def test_no_page_asks_anything_of_another_site_nor_complains(ouvrir: Ouvrir, adresse: str) -> None:
    page = ouvrir()
    for nom in PAGES:
        page.goto(f"{adresse}{nom}.html", wait_until="networkidle")
        assert page.plaintes == [], nom
    assert [url for url in page.demandes if not url.startswith((adresse, "data:"))] == []


def test_nothing_that_was_typed_runs(ouvrir: Ouvrir) -> None:
    page = ouvrir("hostile")
    chercher(page, "alert onerror")
    page.wait_for_timeout(300)
    assert page.plaintes == []
    assert page.evaluate("document.querySelectorAll('.corps script, .corps img, .corps [onclick]').length") == 0
    assert page.evaluate("document.querySelectorAll('.recherche__liste :is(script, img, svg)').length") == 0


def test_the_fonts_are_ours_and_loaded(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    loaded = page.evaluate(
        "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').map(x => x.family))"
    )
    assert {"SMDE Sans", "SMDE Serif"} <= {name.strip('"') for name in loaded}


def test_the_index_of_the_search_comes_when_someone_searches(ouvrir: Ouvrir) -> None:
    page = ouvrir()
    assert not [url for url in page.demandes if "recherche/" in url]
    page.click("button.recherche-ouvrir")
    page.wait_for_function("performance.getEntriesByType('resource').some(e => e.name.endsWith('recherche/index.js'))")


@pytest.mark.parametrize("ecran", ECRANS)
def test_no_page_is_wider_than_its_screen(ouvrir: Ouvrir, adresse: str, ecran: str) -> None:
    page = ouvrir("index", ecran)
    for nom in (*PAGES, "hostile"):
        page.goto(f"{adresse}{nom}.html")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), nom


def violations(page: Any) -> list[str]:
    """What axe-core finds, by rule; best practices and the French reference (RGAA) included."""
    script = Path(str(find_spec("axe_playwright_python").submodule_search_locations[0]), "axe.min.js")  # type: ignore[union-attr, index]
    page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']} : {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.lent
@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("ecran", ECRANS)
def test_axe_finds_nothing_to_say(ouvrir: Ouvrir, adresse: str, ecran: str, couleurs: str) -> None:
    page = ouvrir("index", ecran, color_scheme=couleurs)
    for nom in PAGES:
        page.goto(f"{adresse}{nom}.html")
        assert violations(page) == [], nom


@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("ecran", ECRANS)
def test_axe_finds_nothing_to_say_of_the_search_and_of_the_drawer(ouvrir: Ouvrir, ecran: str, couleurs: str) -> None:
    page = ouvrir("index", ecran, color_scheme=couleurs)
    assert chercher(page, "emploi")
    assert violations(page) == []
    if ecran != "bureau":
        page = ouvrir("index", ecran, color_scheme=couleurs)
        page.click("button.bandeau__tiroir")
        page.wait_for_timeout(400)
        assert violations(page) == []


@pytest.mark.parametrize("choix", [("#ffff00", "#ff00ff"), ("#fafafa", "#eeeeee"), ("#000000", "#00ff00")])
def test_colours_chosen_without_care_remain_readable(chromium: Any, tmp_path: Path, choix: tuple[str, str]) -> None:
    identity = replace(exemple.IDENTITE, couleur=choix[0], accent=choix[1], pied=())
    options = {"ids": exemple.IDS, "extra_files": exemple.FICHIERS}
    assert site.write(exemple.pages(), identity, target=tmp_path / "site", **options) == []  # type: ignore[arg-type]
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce")
        for nom in ("index", "objectifs/insertion"):
            page.goto(f"file://{tmp_path}/site/{nom}.html")
            assert [v for v in violations(page) if v.startswith("color-contrast")] == []
        page.close()


def test_the_keyboard_alone_reaches_the_content_the_menu_and_the_search(ouvrir: Ouvrir) -> None:
    page = ouvrir("objectifs/insertion", "telephone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Aller au contenu"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.closest('.menu') !== null")
    assert page.get_attribute("button.bandeau__tiroir", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("md-header__button")
    assert page.get_attribute("button.bandeau__tiroir", "aria-expanded") == "false"
    page.focus("button.recherche-ouvrir")
    page.keyboard.press("Space")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.activeElement.name") == "mots"


def test_a_closed_drawer_is_out_of_the_way_of_the_keyboard(ouvrir: Ouvrir) -> None:
    page = ouvrir("index", "telephone")
    assert page.evaluate("getComputedStyle(document.querySelector('.menu a')).visibility") == "hidden"


def test_only_what_scrolls_takes_the_focus(ouvrir: Ouvrir) -> None:
    assert ouvrir("financement").locator(".tableau[tabindex]").count() == 0
    assert ouvrir("roles", "telephone").locator(".tableau[tabindex='0']").count() == 1


def test_without_script_everything_is_readable(ouvrir: Ouvrir) -> None:
    page = ouvrir("objectifs/attirer-etudiants", "telephone", java_script_enabled=False)
    for words in ("Attirer et garder les étudiants", "Pourquoi ?", "Étudiants étrangers inscrits", "Proposé"):
        assert page.locator(f".page > :not(.sommaire) >> text={words}").first.is_visible(), words
    page.click("label.bandeau__tiroir")
    page.wait_for_timeout(300)
    assert page.locator(".menu >> text=Qui fait quoi").is_visible()


def test_the_chosen_colours_are_kept_from_page_to_page(ouvrir: Ouvrir, adresse: str) -> None:
    page = ouvrir("index", color_scheme="light")
    for _ in range(2):
        page.locator(".bandeau__couleurs").click()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.goto(f"{adresse}roles.html")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"


def test_the_dark_colours_follow_the_system(ouvrir: Ouvrir) -> None:
    grounds = [ouvrir("index", color_scheme=scheme) for scheme in ("light", "dark")]
    assert [page.evaluate("getComputedStyle(document.body).backgroundColor") for page in grounds] == [
        "rgb(255, 255, 255)",
        "rgb(18, 23, 29)",
    ]


def test_a_tile_opens_wherever_it_is_clicked(ouvrir: Ouvrir) -> None:
    page = ouvrir("index")
    page.locator(".carte").nth(1).click(position={"x": 5, "y": 60})
    page.wait_for_url("**/roles.html")


def test_a_note_leads_to_its_source_and_back(ouvrir: Ouvrir) -> None:
    page = ouvrir("diagnostic/index")
    page.locator("a[href='#note--1']").first.click()
    assert page.evaluate("document.querySelector(':target').innerText").startswith("Insee, recensements")
    page.locator("#note--1 .retour").first.click()
    assert page.url.endswith("#appel--1")


@pytest.mark.parametrize(
    ("question", "attendu"),
    [
        ("étudiants", "Attirer et garder les étudiants après leur diplôme"),
        ("etudiant", "Attirer et garder les étudiants après leur diplôme"),
        ("ETUDIANTS", "Attirer et garder les étudiants après leur diplôme"),
        ("emplois", "Ramener vers l’emploi les habitants des quartiers prioritaires"),
        ("vacances bureau", "Ramener la vacance des bureaux sous 5 % sans consommer de terres agricoles"),
        ("doctorant etranger", "Accueillir les doctorants étrangers par un guichet unique"),
        ("friche", "Requalifier douze hectares de friches portuaires"),
        ("locaux d'activité", "Tenir un observatoire partagé des bureaux et des locaux d’activité"),
        ("SRDEII", "Glossaire"),
        ("objectif-insertion", "Ramener vers l’emploi les habitants des quartiers prioritaires"),
    ],
)
def test_the_search_finds_words_as_people_type_them(ouvrir: Ouvrir, question: str, attendu: str) -> None:
    found = [" ".join(title.split()) for title in chercher(ouvrir(), question)]
    assert " ".join(attendu.split()) in found


def imprimer(page: Any) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def test_a_fiche_prints_on_two_sheets_at_most_and_says_which_version_it_is(ouvrir: Ouvrir) -> None:
    pdf = imprimer(ouvrir("actions/pepiniere-marine"))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert len(pdf.pages) <= 2
    assert "Document de travail" in text
    assert "version 0.3 du 3 février 2015" in text
    assert "Plan de financement" in text
    assert "Sur cette page" not in text


def test_a_matrix_prints_whole_on_landscape_sheets(ouvrir: Ouvrir) -> None:
    pdf = imprimer(ouvrir("roles", color_scheme="dark"))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert all(page.mediabox.width > page.mediabox.height for page in pdf.pages)
    assert all(words.split()[0] in text for words in (*exemple.ACTEURS, *exemple.PRIORITES))


def test_the_site_opens_from_a_folder_without_server(chromium: Any, tmp_path: Path) -> None:
    options = {"ids": exemple.IDS, "extra_files": exemple.FICHIERS}
    identity = replace(exemple.IDENTITE, pied=())
    assert site.write(exemple.pages(), identity, target=tmp_path / "site", **options) == []  # type: ignore[arg-type]
    page = chromium.new_page()
    page.goto(f"file://{tmp_path}/site/index.html")
    page.click(".chaine >> text=Objectifs")
    page.click("text=Attirer et garder les étudiants")
    assert page.locator("h1").inner_text().startswith("Attirer et garder")
    assert page.evaluate("getComputedStyle(document.querySelector('.bandeau')).backgroundColor") == "rgb(11, 60, 93)"
    assert chercher(page, "doctorant etranger")[0].startswith("Accueillir les doctorants")
    page.close()
