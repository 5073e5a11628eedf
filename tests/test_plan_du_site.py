"""The plan of the site: whoever cannot search finds every page from it."""

from pathlib import Path

import pytest

from smde import pages
from smde.arbre import Document
from smde.edition import Edition
from smde.menu import lire
from smde.model.strategie import Constat, Theme
from tests.conftest import ecrire
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, noeuds, page, paroles, site_de


@pytest.fixture(scope="module")
def plan() -> Document:
    return page(site_de(), "plan-du-site")


def cibles(document: Document) -> list[str]:
    """Where the links of a page lead, in order."""
    return [node["c"][2][0] for node in noeuds(list(document.blocs)) if node["t"] == "Link"]


def intitules(document: Document) -> list[str]:
    return [paroles(node["c"][2]).strip() for node in noeuds(list(document.blocs)) if node["t"] == "Header"]


def test_every_page_made_from_the_dossier_is_cited_once(plan: Document) -> None:
    site = site_de()
    where = {f"#{ident}": adresse for ident, adresse in site.adresses.items()}
    cited = [where.get(target, target.removeprefix("page:")) for target in cibles(plan)]
    of_elements = {document.nom for document in site.documents if document.genre not in ("", "accueil")}
    assert len(of_elements) > 10
    assert of_elements | {name for _, name in _lignes()} == {*cited, "plan-du-site"}
    assert len(cited) == len(set(cited))


def _lignes() -> list[tuple[str, str]]:
    menu = lire(MACROS, edition_de())
    return [
        line
        for words, content in (*menu.lignes, *menu.pied)
        for line in ([(words, content)] if isinstance(content, str) else content)
    ]  # type: ignore[misc]


def test_the_plan_follows_the_order_and_the_words_of_the_menu(plan: Document) -> None:
    menu = lire(MACROS, edition_de())
    assert intitules(plan)[1:] == [
        "Entrée",
        *[words for words, content in menu.lignes if not isinstance(content, str)],
        "Informations sur le site",
    ]
    targets = [target for target in cibles(plan) if target.startswith("page:")]
    assert targets == [f"page:{name}" for _, name in _lignes() if name != "plan-du-site"]


def test_the_pages_of_elements_stand_under_their_overview(plan: Document) -> None:
    targets = cibles(plan)
    start = targets.index("page:constats/index")
    edition = edition_de()
    expected = []
    for theme in edition.tous(Theme):
        expected += [f"#{theme.id}", *(f"#{constat.id}" for constat in edition.citants(theme.id, Constat))]
    assert targets[start + 1 : start + 1 + len(expected)] == expected
    assert targets[start + 1 + len(expected)].startswith("page:")


def test_constats_stand_under_their_theme_and_those_whose_theme_is_elsewhere_after_all_themes() -> None:
    found = page(
        pages.site(
            gabarits(
                edition_avec(
                    element("constat", "egare", theme="theme-parti", nature="menace"),
                    element("theme", "theme-port"),
                    element("constat", "friches", theme="theme-port", nature="faiblesse"),
                    element("theme", "theme-vide"),
                )
            )
        ),
        "plan-du-site",
    )
    targets = cibles(found)
    start = targets.index("page:constats/index")
    assert targets[start + 1 : start + 5] == ["#theme-port", "#friches", "#theme-vide", "#egare"]


def test_what_an_edition_goes_without_is_not_in_its_plan() -> None:
    seule: Edition = edition_avec(element("constat", "friches", theme="foncier", nature="faiblesse"))
    found = cibles(page(pages.site(gabarits(seule)), "plan-du-site"))
    assert "#friches" in found
    assert "page:constats/index" in found
    assert not {"page:enjeux/index", "page:actions/index", "page:financement", "page:glossaire"} & set(found)


def test_a_title_typed_by_a_person_stays_words() -> None:
    titre = "<b>Friches</b> {{ 7*7 }} [x](javascript:alert(1))"
    hostile = edition_avec(element("constat", "friches", titre=titre, theme="foncier", nature="faiblesse"))
    found = page(pages.site(gabarits(hostile)), "plan-du-site")
    assert titre in paroles(found).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_menu_of_nothing_but_a_home_page_has_a_plan_all_the_same(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "menu.yml": "menu:\n  - {titre: Accueil, page: index}\n",
            "pages/index.md.j2": "# Accueil\n",
            "pages/plan-du-site.md.j2": (MACROS / "pages" / "plan-du-site.md.j2").read_text("utf-8"),
        },
    )
    found = page(pages.site(gabarits(edition_avec(), tmp_path)), "plan-du-site")
    assert intitules(found) == ["Plan du site", "Entrée"]
    assert cibles(found) == ["page:index"]
