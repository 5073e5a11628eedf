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

from smde import servir as module
from smde.construire import LIVREES
from tests.commande import PROJET, environnement, simple, smde
from tests.conftest import Fichiers, ecrire

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ENJEUX = "strategy/enjeux.yml"
COULEURS = "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText)).join()"
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

    def remettre(self, path: str, avant: str, apres: str) -> None:
        """Undo an edit that was seen, and wait until that was read."""
        lues = self.lectures()
        self.changer(path, avant, apres)
        attendre(lambda: self.lectures() > lues, "the reading of what was undone")

    def lectures(self) -> int:
        """How many times the dossier was read without fault."""
        return sum("relu" in line for line in self.dits)


def attendre(condition: Callable[[], object], quoi: str = "") -> None:
    limit = time.monotonic() + ATTENTE
    while not condition():
        assert time.monotonic() < limit, f"never happened: {quoi}"
        time.sleep(0.1)


def attendre_titre(page: Any, title: str) -> None:
    """Wait until the open page has this heading."""
    page.wait_for_function("title => document.querySelector('h1')?.textContent.trim() === title", arg=title)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> Iterator[Service]:
    """A preview of the dossier, with its own templates, on a port the system chose; Ctrl+C leaves nothing behind."""
    racine = ecrire(tmp_path_factory.mktemp("apercu") / "valmer", fichiers_valmer)
    temporary = tmp_path_factory.mktemp("temporaires")
    shutil.copytree(LIVREES / "macros", racine / "macros")
    command = [sys.executable, "-m", "smde", "servir", "--port", "0", "--racine", str(racine), "--date", "2020-03-02"]
    around = environnement() | {"TMPDIR": str(temporary)}
    process = subprocess.Popen(command, cwd=PROJET, env=around, stderr=subprocess.PIPE, text=True)
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
    assert not [line for line in said if "Traceback" in line or "Défaut du programme" in line]
    assert list(temporary.iterdir()) == []


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
    attendre_titre(page, "Rendre les friches du port à la ville")
    assert page.evaluate("scrollY") == 150
    assert "Rendre les friches du port à la ville" in page.title()
    assert page.locator("#smde-fautes").count() == 0


def test_each_of_several_edits_in_a_row_is_seen(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    former = "Rendre les friches du port à la ville"
    for title in ("Rouvrir les quais", "Rouvrir les quais en 2030", "Rouvrir les quais aux chantiers", former):
        service.changer(ENJEUX, f"titre: {former}\n", f"titre: {title}\n")
        attendre_titre(page, title)
        former = title


@pytest.mark.parametrize("chemin", ["enjeux/enjeu-friches.html", "enjeux/index.html", "calendrier.html"])
def test_a_page_renewed_at_its_place_is_the_page_loaded_anew(service: Service, page: Any, chemin: str) -> None:
    template = service.racine / "macros/elements/enjeu.md.j2"
    if "friches" not in chemin:
        template = service.racine / f"macros/pages/{chemin.removesuffix('.html')}.md.j2"
    words = template.read_text("utf-8")
    page.set_viewport_size({"width": 360, "height": 400})
    page.goto(adresse(service, chemin))
    page.evaluate("window.marque = 1")
    template.write_text(f"{words}\n\nPied de page à l'essai.\n", encoding="utf-8")
    page.get_by_text("Pied de page à l’essai.").wait_for()
    page.wait_for_timeout(300)
    renewed = page.evaluate("document.querySelector('article').innerHTML")
    assert page.evaluate("window.marque") == 1
    page.reload()
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('article').innerHTML") == renewed
    template.write_text(words, encoding="utf-8")
    page.wait_for_function("!document.body.textContent.includes('Pied de page')")
    page.set_viewport_size({"width": 1000, "height": 400})


def test_what_was_unfolded_stays_so_when_its_words_change(service: Service, page: Any) -> None:
    page.goto(adresse(service))
    fold = page.locator("details.mise-en-garde")
    fold.locator("summary").click()
    service.changer("data/identite.yml", "doit encore le valider", "doit encore le relire")
    fold.get_by_text("doit encore le relire").wait_for()
    assert fold.get_attribute("open") is not None
    page.goto("about:blank")
    service.remettre("data/identite.yml", "doit encore le relire", "doit encore le valider")


def test_a_page_whose_frame_changes_is_loaded_again_at_the_same_height(service: Service, page: Any) -> None:
    page.goto(adresse(service, "constats/index.html"))
    page.evaluate("window.marque = 1; scrollTo(0, 120)")
    service.changer("data/identite.yml", "pluriel: défis", "pluriel: grands défis")
    page.wait_for_function(
        "!window.marque && document.querySelector('.menu')?.textContent.includes('Grands défis') && scrollY === 120"
    )
    page.goto("about:blank")
    service.remettre("data/identite.yml", "pluriel: grands défis", "pluriel: défis")


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
    page.wait_for_function(f"document.querySelector('h1')?.textContent.includes('{titles[-1]}')")
    page.goto("about:blank")
    service.remettre(ENJEUX, f"titre: {titles[-1]}\n", f"titre: {titles[0]}\n")


def test_a_page_that_does_not_change_is_not_loaded_again(service: Service, page: Any) -> None:
    page.goto(adresse(service, "acteurs/valmer-metropole.html"))
    page.evaluate("window.marque = 1")
    before = service.nouvelles("/enjeux/enjeu-friches.html")["empreinte"]
    service.changer(ENJEUX, "Coût de la dépollution", "Coût inconnu de la dépollution")
    attendre(lambda: service.nouvelles("/enjeux/enjeu-friches.html")["empreinte"] != before, "the other page")
    page.wait_for_timeout(500)
    assert page.evaluate("window.marque") == 1
    page.goto("about:blank")
    service.remettre(ENJEUX, "Coût inconnu de la dépollution", "Coût de la dépollution")
    attendre(lambda: service.nouvelles("/enjeux/enjeu-friches.html")["empreinte"] == before, "the page as it was")


def test_a_fault_and_its_mending_leave_the_page_as_it_was(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    page.evaluate("window.marque = 1; scrollTo(0, 120)")
    service.changer(ENJEUX, "degre: decide", "degre: décide")
    page.locator("#smde-fautes").wait_for()
    service.changer(ENJEUX, "degre: décide", "degre: decide")
    page.wait_for_function("!document.getElementById('smde-fautes')")
    assert page.evaluate("[window.marque, scrollY]") == [1, 120]


def test_a_file_saved_by_halves_is_read_once_whole(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    file = service.racine / ENJEUX
    words = file.read_text(encoding="utf-8").replace("Droit de préemption", "Droit de préemption urbain")
    for end in (len(words) // 3, len(words) // 2, None):
        file.write_text(words[:end], encoding="utf-8")
        time.sleep(0.01)
    page.get_by_text("Droit de préemption urbain").first.wait_for()
    page.wait_for_function("!document.getElementById('smde-fautes')")
    page.goto("about:blank")
    service.remettre(ENJEUX, "Droit de préemption urbain", "Droit de préemption")


def test_an_open_page_whose_element_goes_says_so_and_comes_back_with_it(service: Service, page: Any) -> None:
    added = (
        "- {id: constat-relais, titre: Les ateliers relais sont pleins, theme: theme-immobilier, nature: tendance,\n"
        "   preuves: [{par: source, source: inventaire-friches}], diffusion: public}\n"
    )
    file = service.racine / "strategy/diagnostic/relais.yml"
    page.goto(adresse(service, "constats/constat-relais.html"))
    assert "relais" not in page.locator("h1").inner_text()
    for _ in range(2):
        file.write_text(added, encoding="utf-8")
        page.wait_for_function("document.querySelector('h1')?.textContent.includes('Les ateliers relais')")
        file.unlink()
        page.wait_for_function("document.querySelector('h1')?.textContent.includes('Les ateliers relais') === false")
    assert page.locator("#smde-fautes").count() == 0


def test_the_colours_are_seen_in_the_open_page(service: Service, page: Any) -> None:
    page.goto(adresse(service, "enjeux/enjeu-friches.html"))
    assert "#0f4c3a" not in page.evaluate(COULEURS)
    service.changer("data/identite.yml", "#123a5c", "#0f4c3a")
    page.wait_for_function(f"({COULEURS}).includes('#0f4c3a')")
    page.goto("about:blank")
    service.remettre("data/identite.yml", "#0f4c3a", "#123a5c")


def test_the_search_finds_what_was_just_written(service: Service, page: Any) -> None:
    service.changer(ENJEUX, "Que faire de 37 hectares", "Quelle manutention pour 37 hectares")
    attendre(lambda: b"Quelle manutention" in service.demander("/assets/recherche/index.js")[1], "the index")
    page.goto("about:blank")
    service.remettre(ENJEUX, "Quelle manutention pour 37 hectares", "Que faire de 37 hectares")


def test_news_are_given_at_once_then_when_something_happens(service: Service) -> None:
    path = "/enjeux/enjeu-friches.html"
    told: list[dict[str, Any]] = []
    seen = service.nouvelles(path)
    for _ in range(5):  # what the test before has left to make may still give news of its own
        listener = threading.Thread(target=lambda vu=seen["vu"]: told.append(service.nouvelles(path, vu)))
        listener.start()
        listener.join(1)
        if listener.is_alive():
            break
        seen = told.pop()
    assert listener.is_alive()
    service.changer(ENJEUX, "Que faire de 37 hectares", "Que faire des 37 hectares")
    listener.join(ATTENTE)
    assert told and told[0]["empreinte"] != seen["empreinte"]
    service.remettre(ENJEUX, "Que faire des 37 hectares", "Que faire de 37 hectares")


def test_a_page_that_is_left_is_no_longer_listened_to(service: Service) -> None:
    seen = service.nouvelles("/")["vu"]
    for _ in range(30):
        connection = socket.create_connection(("127.0.0.1", service.port))
        connection.sendall(f"GET /__smde/nouvelles?page=/&vu={seen} HTTP/1.0\r\n\r\n".encode())
        connection.close()
    assert service.demander("/")[0] == 200
    assert not [line for line in service.dits if "Traceback" in line]


def test_a_document_is_made_when_it_is_opened(service: Service) -> None:
    for nom, start in (("livrable-strategie.docx", b"PK\x03\x04"), ("livrable-strategie.pdf", b"%PDF-")):
        status, content = service.demander(f"/documents/{nom}")
        assert (status, content[: len(start)]) == (200, start)
    assert service.demander("/documents/inconnu.docx")[0] == 404
    assert service.demander("/documents/livrable-strategie.exe")[0] == 404


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


@pytest.mark.parametrize(
    ("path", "nom"),
    [("/", "index"), ("", "index"), ("/guide/", "guide/index"), ("/a/b.html", "a/b"), ("/a.css", ""), ("/a", "")],
)
def test_the_name_of_a_page_is_read_in_its_address(path: str, nom: str) -> None:
    assert module.nom_de_page(path) == nom
