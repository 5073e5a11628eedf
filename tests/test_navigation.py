"""Walking a site as a councillor does, in a real Chromium: from any element up and down, on a phone, on paper."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from smde import construire
from smde.dossier import charger
from smde.model.champ import PUBLIC
from tests import navigateur
from tests.conftest import VALMER, ecrire
from tests.rendu import simple

pytestmark = navigateur.MARQUES

MODELE = "https://forge.example/valmer/-/edit/main/{fichier}"
ELEMENTS = (
    "constats/friches-portuaires",
    "enjeux/enjeu-friches",
    "objectifs/objectif-reconversion",
    "priorites/priorite-port",
    "actions/action-requalifier-friches",
    "moyens/moyen-chef-de-projet",
)
"""One of each level, in the order of the chain."""
ECRANS = {"bureau": (1280, 800), "telephone": (360, 740)}


@pytest.fixture(scope="module")
def racine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of Valmer, whose forge is open to everybody."""
    files = dict(lire_entier(VALMER))
    files["data/identite.yml"] += f'modification: "{MODELE}"\n'.encode()
    return ecrire(tmp_path_factory.mktemp("navigation"), files)


def lire_entier(racine: Path) -> dict[str, bytes]:
    files = sorted(path for path in racine.rglob("*") if path.is_file())
    return {path.relative_to(racine).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def site(racine: Path) -> Path:
    """Its public site, with its documents."""
    atelier = construire.atelier(charger(racine), PUBLIC, "2020-03-02", lambda _: None)
    files = {f"documents/{nom}": content for nom, content in atelier.documents(odt_voulu=False).items()}
    files |= {f"donnees/{nom}": content for nom, content in atelier.donnees().items()}
    target = racine / "sortie" / "site"
    atelier.site(target, files)
    return target


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    with navigateur.servi(site) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with navigateur.lance() as browser:
        yield browser


Ouvrir = Callable[..., Any]


@pytest.fixture
def ouvrir(chromium: Any, adresse: str) -> Iterator[Ouvrir]:
    contexts = []

    def open_page(nom: str, ecran: str = "bureau", **options: Any) -> Any:
        width, height = ECRANS[ecran]
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = navigateur.page(context)
        page.goto(f"{adresse}{nom}.html")
        return page

    yield open_page
    for context in contexts:
        context.close()


def bas(page: Any, selecteur: str) -> float:
    return float(
        page.locator(selecteur).first.bounding_box()["y"] + page.locator(selecteur).first.bounding_box()["height"]
    )


@pytest.mark.parametrize("nom", ELEMENTS)
def test_why_and_so_what_are_seen_without_scrolling_on_a_desk(ouvrir: Ouvrir, nom: str) -> None:
    page = ouvrir(nom)
    headings = [text.strip(" ↑↓\u00a0") for text in page.locator(".fil h2").all_inner_texts()]
    wanted = (
        ["Et donc ?"] if nom == ELEMENTS[0] else ["Pourquoi ?"] if nom == ELEMENTS[-1] else ["Pourquoi ?", "Et donc ?"]
    )
    assert [simple(text) for text in headings] == wanted
    assert bas(page, ".fil > div:last-child h2") < 800


@pytest.mark.parametrize("nom", ELEMENTS)
def test_on_a_phone_they_stand_right_under_the_title(ouvrir: Ouvrir, nom: str) -> None:
    page = ouvrir(nom, "telephone")
    order = page.evaluate("[...document.querySelector('.page').children].map(e => e.className || e.tagName)")
    assert order[:4] == ["ariane", "entete", "cote", "corps"]
    assert bas(page, ".fil h2") < 740
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_whole_chain_is_walked_from_the_fact_to_the_means_and_back(ouvrir: Ouvrir, scripts: bool) -> None:
    page = ouvrir(ELEMENTS[0], "telephone", java_script_enabled=scripts)
    for nom in ELEMENTS[1:]:
        page.click(f".fil .et-donc > ul a[href$='{nom.rpartition('/')[2]}.html']")
        assert nom in page.url
    for nom in ELEMENTS[-2::-1]:
        page.click(f".fil .pourquoi > ul a[href$='{nom.rpartition('/')[2]}.html']")
        assert nom in page.url


def test_far_levels_are_counted_then_opened_without_a_script(ouvrir: Ouvrir) -> None:
    page = ouvrir("actions/action-requalifier-friches", "telephone", java_script_enabled=False)
    folds = page.locator(".pourquoi .plis summary")
    assert [simple(text) for text in folds.all_inner_texts()] == ["1 objectif", "1 défi", "2 constats"]
    assert not page.locator(".plis a[href$='friches-portuaires.html']").is_visible()
    folds.last.click()
    page.click(".plis a[href$='friches-portuaires.html']")
    assert page.url.endswith("constats/friches-portuaires.html")


def test_the_standing_is_said_in_words_beside_the_title(ouvrir: Ouvrir) -> None:
    words = simple(" ".join(ouvrir("enjeux/enjeu-friches").locator(".entete .etat").inner_text().split()))
    assert words.endswith("À valider par : Groupe de pilotage, Groupe de pilotage de juin 2020 (date à fixer)")
    assert words.startswith("Défi")


def test_a_constat_shows_the_chart_of_what_establishes_it(ouvrir: Ouvrir, site: Path) -> None:
    drawn = [page for page in sorted((site / "constats").glob("*.html")) if 'role="img"' in page.read_text("utf-8")]
    assert drawn
    page = ouvrir(f"constats/{drawn[0].stem}")
    assert page.locator(".dessin svg").first.bounding_box()["height"] > 100
    assert page.locator(".corps table").count() >= 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_permanent_address_leads_to_its_element(ouvrir: Ouvrir, adresse: str, scripts: bool) -> None:
    page = ouvrir("id/action-requalifier-friches", java_script_enabled=scripts)
    page.wait_for_url("**/actions/action-requalifier-friches.html")
    assert page.locator(".permalien").inner_text() == "id/action-requalifier-friches.html"
    page.goto(f"{adresse}id/terme-friche.html")
    page.wait_for_url("**/glossaire.html#terme-friche")


def test_every_element_of_the_edition_has_one_and_nothing_else_has(site: Path, racine: Path) -> None:
    from smde.edition import edition

    known = set(edition(charger(racine), PUBLIC, "2020-03-02").elements)
    assert {page.stem for page in (site / "id").glob("*.html")} <= known
    assert {"action-requalifier-friches", "region", "srdeii", "terme-friche"} <= {
        page.stem for page in (site / "id").glob("*.html")
    }
    for page in (site / "id").glob("*.html"):
        (target,) = re.findall(r"url=\.\./([^\"]+)\"", page.read_text("utf-8"))
        path, _, anchor = target.partition("#")
        found = (site / path).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in found, page.name


def test_the_same_thing_is_found_in_word_in_pdf_and_in_its_source(ouvrir: Ouvrir, site: Path, racine: Path) -> None:
    from pypdf import PdfReader

    links = {
        simple(link.inner_text()): link.get_attribute("href")
        for link in ouvrir("actions/action-requalifier-friches").locator(".outils a").all()
    }
    (word,) = [href for words, href in links.items() if "(Word)" in words]
    (pdf,) = [href for words, href in links.items() if "(PDF)" in words]
    assert word.endswith(".docx")
    file, _, destination = pdf.removeprefix("../").partition("#nameddest=")
    assert destination in PdfReader(io.BytesIO((site / file).read_bytes())).named_destinations
    edit = links["Proposer une modification"]
    assert edit is not None and edit.startswith(MODELE.removesuffix("{fichier}"))
    written = (racine / edit.removeprefix(MODELE.removesuffix("{fichier}"))).read_text("utf-8")
    assert "id: action-requalifier-friches" in written


def test_the_home_page_has_four_questions_the_next_seance_and_what_awaits(ouvrir: Ouvrir) -> None:
    page = ouvrir("index", "telephone")
    assert [simple(t) for t in page.locator(".entrees h3").all_inner_texts()] == [
        "Pourquoi ces choix ?", "Qui fait quoi ?", "Combien, et qui paie ?", "Que faut-il valider ?",
    ]  # fmt: skip
    words = simple(page.locator(".point").inner_text())
    assert "Prochaine séance : Groupe de pilotage de juin 2020, date à fixer" in words
    assert "Donner un avenir aux friches du port" in words
    assert page.locator(".pas.en_cours").inner_text().startswith("Enjeux et objectifs")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_each_question_and_each_level_opens_its_page(ouvrir: Ouvrir, adresse: str) -> None:
    page = ouvrir("index", "telephone")
    links = page.locator(".entrees h3 a, .maillon a, .point a").all()
    assert len(links) >= 12
    for address in {link.get_attribute("href") for link in links}:
        assert page.request.get(f"{adresse}{address}").status == 200, address


def test_downloads_say_what_they_weigh(ouvrir: Ouvrir, site: Path) -> None:
    for link in ouvrir("index").locator(".emport a").all():
        size = (site / link.get_attribute("href")).stat().st_size
        figure, unit = re.search(r"([\d,]+)\s(Ko|Mo)$", link.inner_text()).groups()  # type: ignore[union-attr]
        said = float(figure.replace(",", ".")) * {"Ko": 1_000, "Mo": 1_000_000}[unit]
        assert abs(said - size) <= max(600, size * 0.05)


@pytest.mark.parametrize("nom", ["actions/action-requalifier-friches", "enjeux/enjeu-friches", "index"])
def test_on_paper_there_is_the_content_the_version_and_nothing_to_click(ouvrir: Ouvrir, nom: str) -> None:
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(ouvrir(nom).pdf(prefer_css_page_size=True)))
    text = simple(" ".join(" ".join(page.extract_text() for page in pdf.pages).split()))
    assert len(pdf.pages) <= 2
    assert "version 2020-03" in text
    for useless in ("Rechercher", "Sur cette page", "Lien permanent", "Mentions légales", "http"):
        assert useless not in text
    if nom.startswith("actions"):
        assert "Pourquoi" in text
        assert "Plan de financement" in text


@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("ecran", ECRANS)
@pytest.mark.lent
def test_axe_finds_nothing_to_say_with_every_fold_open(ouvrir: Ouvrir, adresse: str, ecran: str, couleurs: str) -> None:
    page = ouvrir("index", ecran, color_scheme=couleurs, reduced_motion="reduce")
    for nom in ("index", *ELEMENTS, "indicateurs/vacance-bureaux", "cadres/srdeii", "acteurs/region"):
        page.goto(f"{adresse}{nom}.html")
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        assert navigateur.violations(page) == [], nom
        assert page.plaintes == [], nom


def test_the_logo_of_the_authority_stands_in_the_header_and_says_what_it_is(ouvrir: Ouvrir) -> None:
    logo = ouvrir("enjeux/enjeu-friches", "telephone").locator(".bandeau img")
    assert logo.get_attribute("alt") == "Un phare et trois vagues"
    assert logo.bounding_box()["height"] >= 24
    assert logo.evaluate("image => image.complete && image.naturalWidth > 0")


REPLIE = "repere-decision"
"""An element told in a fold of the calendar."""


@pytest.mark.parametrize("scripts", [True, False], ids=["avec scripts", "sans script"])
def test_a_link_into_a_fold_opens_it(ouvrir: Ouvrir, adresse: str, scripts: bool) -> None:
    page = ouvrir("calendrier", java_script_enabled=scripts)
    assert page.locator(f"#{REPLIE}").is_hidden()
    page.goto("about:blank")
    page.goto(f"{adresse}calendrier.html#{REPLIE}")
    assert page.locator(f"#{REPLIE}").is_visible()
    assert 0 <= page.locator(f"#{REPLIE}").bounding_box()["y"] < 740
    assert page.plaintes == []


def test_a_search_result_that_is_in_a_fold_is_shown(ouvrir: Ouvrir) -> None:
    page = ouvrir("calendrier")
    page.click("button.recherche-ouvrir")
    page.fill("dialog.recherche [name=mots]", "métropole décide stratégie")
    page.locator(f".recherche__liste a[href$='#{REPLIE}']").click()
    page.wait_for_selector(f"#{REPLIE}:target", state="visible")
    assert page.locator(f"#{REPLIE}").bounding_box()["y"] < 740


def test_where_the_browser_does_not_open_a_fold_the_page_does(ouvrir: Ouvrir) -> None:
    page = ouvrir("calendrier")
    fold = page.locator(f"details:has(#{REPLIE})")
    page.evaluate(f"history.replaceState(null, '', '#{REPLIE}'); dispatchEvent(new HashChangeEvent('hashchange'))")
    assert fold.evaluate("fold => fold.open")
    page.evaluate("history.replaceState(null, '', '#%E0'); dispatchEvent(new HashChangeEvent('hashchange'))")
    assert page.plaintes == []


@pytest.mark.parametrize("nom", ["calendrier", "demarche/validations"])
def test_on_paper_a_fold_of_an_overview_is_open(ouvrir: Ouvrir, nom: str) -> None:
    from pypdf import PdfReader

    page = ouvrir(nom)
    lines = page.locator("details.repli:not(.fil *)").evaluate_all("folds => folds.flatMap(f => "
        "[...f.querySelectorAll('li, td, h3')].map(e => e.textContent))")  # fmt: skip
    assert lines
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = simple("".join("".join(page.extract_text() for page in pdf.pages).split()))
    assert [line for line in lines if simple("".join(line.split())) not in text] == []


def test_on_a_phone_a_page_begins_with_its_parts(ouvrir: Ouvrir) -> None:
    page = ouvrir("calendrier", "telephone")
    parts = page.locator(".sommaire a")
    assert parts.count() == page.locator(".corps h2").count() > 2
    assert bas(page, ".sommaire") < 740
    assert min(box["height"] for box in (parts.nth(n).bounding_box() for n in range(parts.count()))) >= 24
