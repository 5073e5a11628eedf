"""An edit of one value, from the save to the page that shows it, against one whole `site` build of the same run.

`python benchmarks/bench_servir.py [dossier | number of elements…]`: by default the dossier of this repository, then a
generated one of 1 000 elements. A real preview, a real Chromium where there is one, a page at the same height. What an
edit costs is told besides, in seconds of processor: this does not depend on what else the machine does.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

from generer import ecrire

from smde.apercu import Apercu
from smde.model.champ import Diffusion
from smde.servir import REPOS

PROJET = Path(__file__).parents[1]
DATE = "2020-03-02"
DOSSIER = ("strategy", "schema", "data", "macros", "docs", "mkdocs.yml")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAUSES = (0.2, 1.0, REPOS + 0.5, REPOS + 1.5, REPOS + 3.0)
"""Seconds between two edits: in a row, while somebody reads, and while other pages are being made."""
PROMESSE = 0.05
"""An edit shown takes at most this part of a build: 1 s when a build of site and documents takes 20 s."""
TITRE = re.compile(r"^- id: (\S+)\n  titre: (.*)$", re.MULTILINE)


def copier(racine: Path) -> Path:
    """The dossier of this repository, to be edited."""
    for nom in DOSSIER:
        place = PROJET / nom
        if place.is_dir():
            shutil.copytree(place, racine / nom, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, racine / nom)
    return racine


def smde(*arguments: str) -> list[str]:
    """A command of the program, in a process of its own."""
    return [sys.executable, "-m", "smde", *arguments]


def construire(racine: Path) -> float:
    """Seconds of a whole `site` build."""
    start = time.monotonic()
    command = smde("site", "--racine", str(racine), "--diffusion", "interne", "--date", DATE)
    subprocess.run(command, check=True, capture_output=True, cwd=PROJET)
    return time.monotonic() - start


@contextmanager
def servi(racine: Path) -> Iterator[str]:
    """The address of a preview at work."""
    command = smde("servir", "--port", "0", "--racine", str(racine), "--diffusion", "interne", "--date", DATE)
    with subprocess.Popen(command, cwd=PROJET, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            found = re.search(r"http://\S+/", process.stderr.readline())
            assert found
            while process.poll() is None and "relu" not in process.stderr.readline():
                pass
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def navigateur(address: str) -> Iterator[Callable[[str], None]]:
    """What waits until an open page shows some words: in Chromium, else as its script would ask."""
    if CHROMIUM and find_spec("playwright"):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            tab = browser.new_page()
            tab.goto(address)
            yield lambda words: _vu(tab, words)
            browser.close()
    else:
        yield lambda words: _demande(address, words)


def _vu(tab: Any, words: str) -> None:
    tab.wait_for_function("words => document.querySelector('h1')?.textContent.includes(words)", arg=words, timeout=0)


def _demande(address: str, words: str) -> None:
    origin, _, page = address.partition("//")[2].partition("/")
    seen = ""
    while words not in urlopen(address).read().decode():
        news = json.load(urlopen(f"http://{origin}/__smde/nouvelles?page=/{page}&vu={seen}"))
        seen = news["vu"]


class Edite:
    """A file of enjeux, whose first title is changed."""

    def __init__(self, racine: Path) -> None:
        files = [racine / "strategy/enjeux.yml", *racine.glob("strategy/enjeux/*.yml")]
        self.file = next(file for file in files if file.is_file())
        self.words = self.file.read_text(encoding="utf-8")
        found = TITRE.search(self.words)
        assert found
        self.page, self.titre = f"enjeux/{found[1]}", found[2]

    def intituler(self, title: str) -> None:
        """Write another title in the place of the first."""
        self.file.write_text(self.words.replace(self.titre, title, 1), encoding="utf-8")


def cout(racine: Path, travail: Path, fois: int) -> float:
    """Seconds of processor that an edit takes in the program: all is read and checked, one page is made."""
    edite, spent = Edite(racine), []
    apercu = Apercu(racine, Diffusion.interne, DATE, travail, lambda _: None)
    for rank in range(fois + 1):
        edite.intituler(f"Titre chiffré une {rank}e fois")
        start = time.process_time()
        apercu.relire()
        apercu.page(edite.page)
        spent.append(time.process_time() - start)
    edite.intituler(edite.titre)
    return median(spent[1:])  # the first makes everything


def mesurer(racine: Path, fois: int) -> list[float]:
    """Seconds from a save to the page that shows it, several times, some of them while other pages are being made."""
    edite = Edite(racine)
    with servi(racine) as origin, navigateur(f"{origin}{edite.page}.html") as attendre:
        attendre(" ".join(edite.titre.split()[:2]))
        spent = []
        for rank in range(fois + 1):
            title = f"Titre essayé une {rank}e fois"
            start = time.monotonic()
            edite.intituler(title)
            attendre(title)
            spent.append(time.monotonic() - start)
            time.sleep(PAUSES[rank % len(PAUSES)])
    return spent[1:]  # the first opens what the others find open


def main(dossiers: list[str], fois: int = 9) -> int:
    """Measure, print, and give 1 when a promise is not kept."""
    kept = True
    for nom in dossiers:
        with tempfile.TemporaryDirectory() as folder:
            racine = Path(folder, "dossier")
            racine.mkdir()
            ecrire(racine, int(nom)) if nom.isdigit() else copier(racine)
            build = construire(racine)
            work = cout(racine, Path(folder, "travail"), fois)
            spent = mesurer(racine, fois)
        ratio = median(spent) / build
        kept = kept and ratio <= PROMESSE
        print(
            f"servir, {nom} : modification vue en {median(spent):.2f} s (au pire {max(spent):.2f} s) "
            f"dont {work:.2f} s de processeur, site entier en {build:.1f} s, rapport {ratio:.3f} (au plus {PROMESSE})"
        )
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["brest", "1000"]))
