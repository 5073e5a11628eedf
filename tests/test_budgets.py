"""What the site of Brest promises: every page sound and told apart, nothing asked elsewhere, light at any size."""

import gzip
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from benchmarks import generer
from benchmarks.controler_accessibilite import batir, fautes_du_html, lire
from benchmarks.lecture_html import Element, renvoi
from smde import construire, pages
from smde.model.champ import PUBLIC
from smde.outputs.scene import stage
from tests.commande import git
from tests.conftest import VALMER
from tests.navigateur import MARQUES, lance, servi
from tests.navigateur import page as suivie

RACINE = Path(__file__).parents[1]
ACCUEIL = 250_000
"""Bytes of the home page and of all it loads, compressed."""
PAGE = 300_000
"""Bytes of the HTML of any page, at a thousand elements."""
CADRE = 6_500
"""Bytes around the words of a page."""
VERSION, SERREE, SUIVANTE = 8_000_000, 1_500, 450
"""Of a published version without its documents: its bytes; the kilobytes git keeps of it; those it keeps of the same
content under another name."""

pytestmark = pytest.mark.lent


def navigue(test: Any) -> Any:
    """A test that needs a browser."""
    for mark in MARQUES:
        test = mark(test)
    return test


@pytest.fixture(scope="module")
def brest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the repository, built."""
    target = tmp_path_factory.mktemp("brest") / "site"
    batir(RACINE, target)
    return target


@pytest.fixture(scope="module")
def lues(brest: Path) -> dict[str, Element]:
    """Its pages, parsed; those that only send elsewhere too."""
    return lire(brest)


def test_every_page_of_brest_is_sound(brest: Path, lues: dict[str, Element]) -> None:
    assert len(lues) > 250
    assert fautes_du_html(brest, lues) == []


def test_every_page_says_what_it_is_about_in_words_of_its_own(lues: dict[str, Element]) -> None:
    said: dict[str, list[str]] = {}
    for name, tree in lues.items():
        if not renvoi(tree):
            said.setdefault("".join(tree.xpath("//meta[@name='description']/@content")), []).append(name)
    assert max(map(len, said)) <= 400
    assert {words: names for words, names in said.items() if len(names) > 1} == {}


def test_a_site_without_an_address_claims_none(brest: Path, lues: dict[str, Element]) -> None:
    read = [tree for tree in lues.values() if not renvoi(tree)]
    assert [tree for tree in read if tree.xpath("//link[@rel='canonical']")] == []
    assert not (brest / "sitemap.xml").exists()


def test_a_site_with_an_address_gives_each_page_its_own_and_lists_them_all(tmp_path: Path) -> None:
    batir(VALMER, tmp_path / "site")
    pages = {name: tree for name, tree in lire(tmp_path / "site").items() if name != "404.html"}
    read = {name for name, tree in pages.items() if not renvoi(tree)}
    home = "https://strategie.valmer.example/"
    for name in read:
        assert pages[name].xpath("//link[@rel='canonical']/@href") == [home + name]
        assert pages[name].xpath("//meta[@name='robots']/@content") == [], name
    listed = re.findall("<loc>(.*?)</loc>", (tmp_path / "site" / "sitemap.xml").read_text("utf-8"))
    assert sorted(listed) == sorted(home + name for name in read)


def test_no_page_of_brest_is_too_long(brest: Path, lues: dict[str, Element]) -> None:
    sizes = {name: (brest / name).stat().st_size for name in lues}
    assert {name: size for name, size in sizes.items() if size > PAGE} == {}


def test_what_surrounds_the_words_of_a_page_is_short_and_without_blank(brest: Path, lues: dict[str, Element]) -> None:
    assert (brest / "404.html").stat().st_size <= CADRE  # a frame and three sentences
    for name in ("404.html", "index.html", "actions/A-01.html"):
        before, _, rest = (brest / name).read_text("utf-8").partition("<article ")
        after = rest.rpartition("</article>")[2]
        for line in [*before.splitlines(), *after.splitlines()[1:]]:
            assert line and line == line.strip(), (name, line)


def test_a_version_of_brest_is_light_and_the_next_one_costs_little(brest: Path, tmp_path: Path) -> None:
    """What every version of a branch adds to its clones, for ever."""
    git(tmp_path, "init", "-q")
    kept = []
    for name in ("2026-11", "2026-12"):
        copy = Path(shutil.copytree(brest, tmp_path / name, ignore=shutil.ignore_patterns("documents")))
        for page in copy.rglob("*.html"):
            page.write_bytes(page.read_bytes().replace(b">Version 20", b">Version " + name.encode() + b"-20"))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", name)
        git(tmp_path, "gc", "-q")
        kept.append(int(re.findall(r"size-pack: (\d+)", git(tmp_path, "count-objects", "-v"))[0]))
    assert sum(path.stat().st_size for path in (tmp_path / "2026-11").rglob("*") if path.is_file()) <= VERSION
    assert kept[0] <= SERREE
    assert kept[1] - kept[0] <= SUIVANTE


@pytest.fixture(scope="module")
def ouverte(brest: Path) -> Iterator[Any]:
    """The home page, opened as at a first visit, and all that it loaded: `poids` by path, compressed."""
    with servi(brest) as address, lance() as browser:
        page = suivie(browser.new_context(viewport={"width": 1280, "height": 800}))
        page.goto(f"{address}/index.html", wait_until="networkidle")
        page.adresse = address
        paths = {urlsplit(url).path for url in page.demandes if url.startswith(address)}
        page.poids = {path: len(gzip.compress((brest / path[1:]).read_bytes(), 9)) for path in sorted(paths)}
        yield page


@navigue
def test_the_home_page_and_all_it_loads_weigh_little(ouverte: Any) -> None:
    assert "/index.html" in ouverte.poids
    assert len(ouverte.poids) >= 6
    assert sum(ouverte.poids.values()) <= ACCUEIL, ouverte.poids


@navigue
def test_the_home_page_asks_nothing_of_another_site_and_nothing_it_does_not_need(ouverte: Any) -> None:
    assert ouverte.plaintes == []
    assert {urlsplit(url).netloc for url in ouverte.demandes} == {urlsplit(ouverte.adresse).netloc}
    assert not [path for path in ouverte.poids if re.search(r"recherche/index|search_index|lunr|\.map$|\.pdf$", path)]


def test_at_a_thousand_elements_no_page_is_too_long(tmp_path: Path, brest: Path) -> None:
    dossier, _ = construire.verifier(generer.ecrire(tmp_path / "mille", 1000))
    atelier = construire.atelier(dossier, PUBLIC, "2026-01-01", lambda _: None)
    made = pages.site(atelier.gabarits())
    with tempfile.TemporaryDirectory() as folder:
        identite = construire.identity(atelier.edition, atelier.lieux)
        stage(made.documents, identite, Path(folder), ids=made.adresses, docs=atelier.lieux.docs)
        sizes = {
            document.nom: (Path(folder) / "docs" / f"{document.nom}.md").stat().st_size for document in made.documents
        }
    assert len(sizes) > 1000
    frame = (brest / "404.html").stat().st_size
    assert {name: size for name, size in sizes.items() if size + frame > PAGE} == {}
