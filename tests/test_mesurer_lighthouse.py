"""What can be checked of the measure by Lighthouse without Lighthouse: what is served, which pages, how it is read."""

import gzip
import json
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.mesurer_lighthouse import CATEGORIES, pages, scores, servi_compresse
from tests.conftest import ecrire


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return ecrire(
        tmp_path / "site",
        {
            "index.html": "<h1>Stratégie</h1>" * 500,
            "404.html": "<h1>Page introuvable</h1>",
            "actions/index.html": "<h1>Fiches action</h1>",
            "actions/A-02.html": "<h1>Pépinière</h1>",
            "actions/A-01.html": "<h1>Friches</h1>",
            "assets/sans.woff2": b"wOF2" + bytes(range(200)),
        },
    )


def demande(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as refusal:
        return refusal.code, dict(refusal.headers), refusal.read()


def test_pages_are_served_compressed_and_fonts_as_they_are(site: Path) -> None:
    with servi_compresse(site) as address:
        code, headers, body = demande(f"{address}/index.html?version=1")
        assert (code, headers["Content-Encoding"]) == (200, "gzip")
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert len(body) < 500
        assert gzip.decompress(body).decode() == "<h1>Stratégie</h1>" * 500
        code, headers, body = demande(f"{address}/assets/sans.woff2")
        assert (code, "Content-Encoding" in headers) == (200, False)
        assert body == (site / "assets" / "sans.woff2").read_bytes()


@pytest.mark.parametrize("path", ["absente.html", "actions", "../secret.txt", "%2e%2e/secret.txt", ""])
def test_what_is_not_a_page_is_not_found(site: Path, path: str) -> None:
    (site.parent / "secret.txt").write_text("position de négociation", encoding="utf-8")
    with servi_compresse(site) as address:
        code, _, body = demande(f"{address}/{path}")
    assert code == 404
    assert gzip.decompress(body).decode() == "<h1>Page introuvable</h1>"


def test_home_a_fiche_and_the_roles_are_measured(site: Path) -> None:
    assert pages(site) == ("index.html", "actions/A-01.html", "acteurs/index.html")


def test_a_score_that_is_missing_counts_for_nothing() -> None:
    found = {name: {"score": 0.964} for name in CATEGORIES} | {"seo": {"score": None}}
    assert scores(json.dumps({"categories": found})) == {
        "performance": 96, "accessibility": 96, "best-practices": 96, "seo": 0,
    }  # fmt: skip
