"""The local preview, as a writer lives it: a browser open beside the editor, every change seen, every fault shown."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from smde.apercu import Apercu
from smde.construire import LIVREES
from smde.model.champ import PUBLIC
from smde.veille import etat_des_fichiers
from tests.commande import PROJET, environnement, simple, smde
from tests.conftest import Fichiers, ecrire

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ENJEUX = "strategy/enjeux.yml"
ATTENTE = 60
"""Seconds to wait for the site to be made again, on a machine that does much else."""


class Service(NamedTuple):
    """A preview at work: its dossier, its port, and what it has said."""

    racine: Path
    port: int
    dits: list[str]
    processus: "subprocess.Popen[str]"

    def demander(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Ask for a path exactly as it is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def nouvelles(self, page: str = "/", vu: str = "") -> dict[str, Any]:
        """What an open page is told."""
        news: dict[str, Any] = json.loads(self.demander(f"/__smde/nouvelles?page={page}&vu={vu}")[1])
        return news

    def changer(self, path: str, avant: str, apres: str) -> None:
        """Edit a file of the dossier, as an editor saves it."""
        file = self.racine / path
        words = file.read_text(encoding="utf-8")
        assert avant in words
        file.write_text(words.replace(avant, apres), encoding="utf-8")


def attendre(condition: Callable[[], object], quoi: str = "") -> None:
    limit = time.monotonic() + ATTENTE
    while not condition():
        assert time.monotonic() < limit, f"never happened: {quoi}"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> Iterator[Service]:
    """A preview of the dossier, with its own templates, on a port the system chose."""
    racine = ecrire(tmp_path_factory.mktemp("apercu") / "valmer", fichiers_valmer)
    shutil.copytree(LIVREES / "macros", racine / "macros")
    command = [sys.executable, "-m", "smde", "servir", "--port", "0", "--racine", str(racine), "--date", "2020-03-02"]
    process = subprocess.Popen(command, cwd=PROJET, env=environnement(), stderr=subprocess.PIPE, text=True)
    assert process.stderr
    said: list[str] = []
    first = process.stderr.readline()
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", first)
    assert found, first
    threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True).start()
    made = Service(racine, int(found[1]), said, process)
    attendre(lambda: made.nouvelles()["empreinte"], "first site")
    yield made
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert said[-1] == "Arrêté.\n"


@pytest.fixture(scope="module")
def page(service: Service) -> Iterator[Any]:
    """A tab open on the preview, in the browser of the system."""
    if not CHROMIUM or not find_spec("playwright"):
        assert "SMDE_CI" not in os.environ, "CI must have Chromium and playwright"
        pytest.skip("needs Chromium and playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1000, "height": 400})
        tab.set_default_timeout(ATTENTE * 1000)
        yield tab
        browser.close()


def adresse(service: Service, path: str = "") -> str:
    return f"http://127.0.0.1:{service.port}/{path}"


def test_a_value_edited_is_read_in_the_open_page_at_the_same_height(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    page.evaluate("document.body.style.minHeight = '3000px'; scrollTo(0, 150)")
    service.changer(ENJEUX, "Donner un avenir aux friches du port", "Rendre les friches du port à la ville")
    page.wait_for_function("document.querySelector('h1').textContent.includes('Rendre les friches du port à la ville')")
    page.wait_for_function("scrollY > 100")
    assert page.locator("#smde-fautes").count() == 0


def test_a_fault_is_shown_in_the_page_and_in_the_terminal_until_it_is_mended(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    title = page.locator("h1").inner_text()
    service.changer(ENJEUX, "[friches-portuaires, vacance-tertiaire]", "[friches-portuaires, vacance-tertiare]")
    panel = page.locator("#smde-fautes")
    panel.wait_for()
    words = panel.inner_text()
    assert "strategy/enjeux.yml:4:" in words
    assert "Vouliez-vous dire `vacance-tertiaire` ?" in simple(words)
    assert panel.get_attribute("role") == "alert"
    assert any("strategy/enjeux.yml:4:" in line for line in service.dits)
    page.reload()
    assert page.locator("h1").inner_text() == title
    panel.wait_for()
    service.changer(ENJEUX, "vacance-tertiare]", "vacance-tertiaire]")
    page.wait_for_function("!document.getElementById('smde-fautes')")


def test_a_template_edited_is_taken_up_and_a_wrong_one_is_told(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    template = "macros/elements/enjeu.md.j2"
    before = (service.racine / template).read_text(encoding="utf-8")
    ecrire(service.racine, {template: before + "\n\nPied de fiche des défis.\n"})
    page.get_by_text("Pied de fiche des défis.").wait_for()
    ecrire(service.racine, {template: before + "\n\n{{ element.inconnu }}\n"})
    page.locator("#smde-fautes").wait_for()
    assert template in page.locator("#smde-fautes").inner_text()
    ecrire(service.racine, {template: before})
    page.wait_for_function("!document.getElementById('smde-fautes')")
    page.wait_for_function("!document.body.textContent.includes('Pied de fiche des défis.')")


def test_files_come_and_go_with_their_pages(service: Service) -> None:
    added = (
        "- {id: constat-nouveau, titre: Les ateliers relais sont pleins, theme: theme-immobilier, nature: tendance,\n"
        "   preuves: [{par: source, source: inventaire-friches}], diffusion: public}\n"
    )
    ecrire(service.racine, {"strategy/diagnostic/ateliers.yml": added})
    attendre(lambda: service.demander("/constats/constat-nouveau.html")[0] == 200, "the page of the new file")
    (service.racine / "strategy/diagnostic/ateliers.yml").unlink()
    attendre(lambda: service.demander("/constats/constat-nouveau.html")[0] == 404, "the page is gone")


def test_the_last_of_several_changes_made_in_a_row_is_what_is_shown(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    titles = ["Rendre les friches du port à la ville", *(f"Les friches du port, version {turn}" for turn in range(6))]
    for former, later in pairwise(titles):
        time.sleep(0.1)
        service.changer(ENJEUX, f"titre: {former}\n", f"titre: {later}\n")
    page.wait_for_function(f"document.querySelector('h1').textContent.includes('{titles[-1]}')")
    service.changer(ENJEUX, f"titre: {titles[-1]}\n", f"titre: {titles[0]}\n")


def test_a_document_is_made_when_it_is_opened(service: Service) -> None:
    for nom, start in (("livrable-strategie.docx", b"PK\x03\x04"), ("livrable-strategie.pdf", b"%PDF-")):
        status, content = service.demander(f"/documents/{nom}")
        assert (status, content[: len(start)]) == (200, start)
    assert service.demander("/documents/inconnu.docx")[0] == 404
    assert service.demander("/documents/livrable-strategie.exe")[0] == 404


def test_a_document_is_made_once_for_each_site(racine: Path, tmp_path: Path) -> None:
    said: list[str] = []
    apercu = Apercu(racine, PUBLIC, "2020-03-02", tmp_path / "travail", said.append)
    assert apercu.document("livrable-strategie.docx") is None
    assert apercu.relire()
    first = apercu.document("livrable-strategie.docx")
    assert first is not None
    assert apercu.document("livrable-strategie.docx") is first
    assert simple(" ".join(said)).count("Document « livrable-strategie.docx »…") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc/passwd", "//etc/passwd",
        "/assets/../../../../etc/passwd", "/..\\..\\etc\\passwd", "/documents/../../etc/passwd", "/%00", "/assets/",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(service: Service, path: str) -> None:
    status, content = service.demander(path)
    assert status in (400, 404)
    assert b"root:" not in content


def test_a_page_of_another_site_cannot_read_the_preview(service: Service) -> None:
    assert service.demander("/", Host=f"localhost:{service.port}")[0] == 200
    assert service.demander("/", Host="attaquant.example")[0] == 403


def test_the_preview_is_for_this_machine_only(service: Service) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for other in [*map(str, others), "127.0.0.2"]:
        with pytest.raises(OSError), socket.create_connection((other, service.port), timeout=1):
            pass


def test_a_page_that_does_not_exist_says_so_in_french(service: Service) -> None:
    status, content = service.demander("/constats/nulle-part.html")
    assert status == 404
    assert b'<html lang="fr"' in content


def test_nothing_is_kept_by_the_browser(service: Service) -> None:
    for path in ("/index.html", "/assets/identite.css", "/assets/site.css", "/__smde/nouvelles"):
        connection = http.client.HTTPConnection("127.0.0.1", service.port)
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Cache-Control")) == (200, "no-store")
        answer.read()


def test_a_port_already_taken_is_told_before_any_work(racine: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = smde("servir", "--racine", racine, "--port", str(port))
    assert answer.code == 1
    assert answer.dit.startswith(f"Le port {port} est déjà pris")
    assert f"--port {port + 1}." in answer.dit


def test_only_the_files_a_writer_edits_are_watched(racine: Path) -> None:
    before = etat_des_fichiers(racine)
    ecrire(racine, {"strategy/.enjeux.yml.swp": "x", "data/acteurs.yml~": "x", "sortie/public/site/index.html": "x"})
    assert etat_des_fichiers(racine) == before
    ecrire(racine, {"data/indicateurs/nouveau.csv": "periode,valeur,note\n"})
    assert etat_des_fichiers(racine).keys() - before.keys() == {str(racine / "data/indicateurs/nouveau.csv")}
