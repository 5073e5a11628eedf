"""Whatever is typed in any text comes out as the text that was typed, in every output, and does nothing else."""

import csv
import functools
import http.server
import io
import json
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf  # type: ignore[import-untyped]
import pytest
from lxml import etree, html

from smde import construire
from smde.dossier import charger
from smde.ecriture import typographie
from smde.model.champ import INTERNE
from smde.model.identite import FormatDocument
from smde.model.plan import champs
from smde.model.rubriques import RUBRIQUES
from smde.outputs.repertoire import CaracteresAbsents
from tests import index_recherche
from tests.chaine_entiere import DATE, WORD_ET_PDF, artefacts
from tests.conftest import ecrire
from tests.generation import sous_classes
from tests.hostiles import ATTAQUES, BENIN, Poison, Pose

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LIBREOFFICE = shutil.which("soffice")
EN_CI = "SMDE_CI" in os.environ
LIVRABLE = "documents/livrable-strategie"
_TEXTE_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTE_ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Produits(NamedTuple):
    """What came of the hostile dossier, and of its harmless twin."""

    racine: Path
    poses: tuple[Pose, ...]
    fichiers: Mapping[str, bytes]
    temoin: Mapping[str, bytes]


@pytest.fixture(scope="session")
def poison() -> Poison:
    return Poison()


@pytest.fixture(scope="session")
def produits(poison: Poison, tmp_path_factory: pytest.TempPathFactory) -> Produits:
    """Every output of the interne edition, which shows the most."""
    racine = tmp_path_factory.mktemp("hostile")
    files = artefacts(poison.fichiers(), INTERNE, racine, WORD_ET_PDF)
    twin = artefacts(poison.fichiers(benin=True), INTERNE, tmp_path_factory.mktemp("temoin"), WORD_ET_PDF)
    return Produits(racine, tuple(poison.poses), files, twin)


# ── What is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


def serre(words: str) -> str:
    """Words without the spaces, hyphens and apostrophes that lines, pages and typography change."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", typographie(words)).replace("’", "'")


def montres(poses: tuple[Pose, ...], text: str) -> set[str]:
    """The fields that an output shows."""
    plain = serre(text)
    return {pose.champ for pose in poses if pose.repere in plain}


def deformes(poses: tuple[Pose, ...], text: str) -> list[tuple[Pose, str]]:
    """Each showing of a text that is not what was typed: its words, and what stands there instead."""
    plain = serre(text)
    bad = []
    for pose in poses:
        expected = serre(pose.lu)
        for found in re.finditer(pose.repere, plain):
            shown = plain[max(0, found.end() - len(expected)) : found.end()]
            opens = pose.champ.startswith("Libelle") and shown[:1] == expected[:1].upper()  # a word that begins a title
            if shown[opens:] != expected[opens:]:
                bad.append((pose, shown))
    return bad


def pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
    for path, content in files.items():
        if path.startswith("site/") and path.endswith(".html"):
            yield path, html.fromstring(content.decode("utf-8"))


MOT_A_MOT = "remises/"
"""Pages that say what changed: a text is cut there wherever one of its words came or went."""


def suivies(files: Mapping[str, bytes]) -> Iterator[Any]:
    """The pages on which a text stands as it was typed, from its first word to its last."""
    return (page for path, page in pages(files) if not path.startswith(f"site/{MOT_A_MOT}"))


def mots_du_word(content: bytes) -> str:
    """The text of each paragraph of a Word file, notes, headers and footers included."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for paragraph in etree.fromstring(archive.read(name)).iter(f"{_TEXTE_WORD}p"):
                    lines.append("".join(str(node.text or "") for node in paragraph.iter(f"{_TEXTE_WORD}t")))
    return "\n".join(lines)


# ── The dossier ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_text_of_the_model_holds_something_hostile(poison: Poison) -> None:
    classes = {classe for rubrique in RUBRIQUES for classe in sous_classes(rubrique.classe)}
    wanted = {
        f"{classe.__name__}.{champ.nom}"
        for classe in classes
        for champ in champs(classe).values()
        if champ.nature in ("texte", "ligne")
    }
    assert {pose.champ for pose in poison.poses} == wanted | {"Valeur.note"}
    for texte in (True, False):
        assert {pose.attaque for pose in poison.poses if pose.texte is texte} == ATTAQUES.keys()


@pytest.mark.parametrize("benin", [False, True])
def test_the_hostile_dossier_is_read_as_any_other(benin: bool, poison: Poison, tmp_path: Path) -> None:
    files = poison.fichiers(benin=benin)
    assert charger(ecrire(tmp_path, files)).diagnostics == []
    assert any(attaque in "".join(files.values()) for attaque in ATTAQUES.values()) is not benin
    assert (BENIN in "".join(files.values())) is benin


# ── The site ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pages_say_what_was_typed(produits: Produits) -> None:
    text = "\n".join(page.find("body").text_content() for page in suivies(produits.fichiers))
    assert deformes(produits.poses, text) == []
    assert len(montres(produits.poses, text)) > 100


def test_the_head_of_the_pages_says_what_was_typed(produits: Produits) -> None:
    shown = [page.findtext(".//title") or "" for page in suivies(produits.fichiers)]
    shown += [value for page in suivies(produits.fichiers) for value in page.xpath("//head/meta/@content")]
    assert len(montres(produits.poses, "\n".join(shown))) > 10
    cut = [words for words in shown if words.endswith("…")]
    assert deformes(produits.poses, "\n".join(set(shown) - set(cut))) == []


def test_the_search_index_says_what_was_typed(produits: Produits) -> None:
    entries = index_recherche.entrees(produits.fichiers[f"site/{index_recherche.FICHIER}"])
    whole = [entry for entry in entries if not entry.adresse.startswith(MOT_A_MOT)]
    shown = "\n".join(f"{entry.titre}\n{entry.lu(entries)}" for entry in whole)
    assert deformes(produits.poses, shown) == []
    assert len(montres(produits.poses, shown)) > 80


def test_the_site_has_no_tag_and_no_attribute_that_harmless_words_do_not_make(produits: Produits) -> None:
    def marks(files: Mapping[str, bytes]) -> set[tuple[str, str]]:
        found = set()
        for _, page in pages(files):
            for node in page.iter(etree.Element):
                found |= {(node.tag, str(name)) for name in ("", *node.attrib)}
        return found

    assert marks(produits.fichiers) == marks(produits.temoin)


def test_the_site_leads_where_harmless_words_would_lead_and_nowhere_else(produits: Produits) -> None:
    def addresses(files: Mapping[str, bytes]) -> dict[str, set[str]]:
        wanted = "//@href | //@src | //@action | //@xlink:href | //@data | //@poster | //@srcset"
        space = {"xlink": "http://www.w3.org/1999/xlink"}
        found = {path: page.xpath(wanted, namespaces=space) for path, page in pages(files)}
        return {path: {address.partition("#")[0] for address in addresses} for path, addresses in found.items()}

    assert addresses(produits.fichiers) == addresses(produits.temoin)
    assert {path for path in produits.fichiers if path.startswith("site/")} == {
        path for path in produits.temoin if path.startswith("site/")
    }


def test_no_file_of_the_program_is_let_in(produits: Produits) -> None:
    settings = (construire.LIVREES / "mkdocs.yml").read_text("utf-8")
    assert "on_undefined" in settings, "a word of mkdocs.yml that no page has a reason to hold"
    for path, content in produits.fichiers.items():
        assert b"on_undefined" not in content and b"root:x:0" not in content, path


@pytest.mark.navigateur
@pytest.mark.skipif(not (CHROMIUM and find_spec("playwright")) and not EN_CI, reason="needs Chromium and playwright")
def test_a_browser_runs_nothing_opens_nothing_and_asks_nobody(produits: Produits) -> None:
    """One page of each folder, without the policy of the pages, which would hide what the words try to do."""
    from playwright.sync_api import sync_playwright

    site = produits.racine / "sortie" / "site"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silencieux, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}/"
    asked: list[str] = []
    dialogs: list[str] = []
    touched: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        pages_of = {file.parent: file for file in sorted(site.rglob("*.html"), reverse=True)}
        for path in (file for folder, file in pages_of.items() if folder.name != "id"):  # those lead elsewhere at once
            page.goto(origin + path.relative_to(site).as_posix(), wait_until="load")
            if found := page.evaluate("window.touche"):
                touched.append(f"{path.name}: {found}")
            bad = page.eval_on_selector_all(
                "*",
                "nodes => nodes.filter(n => /^(javascript|data|vbscript):/i.test(n.href || n.src || '')"
                " || n.onclick || n.onload || n.onerror || n.onmouseover"
                " || /^(IFRAME|OBJECT|EMBED)$/.test(n.tagName)).map(n => n.outerHTML.slice(0, 200))",
            )
            assert bad == [], path
        browser.close()
    server.shutdown()
    assert touched == []
    assert dialogs == []
    assert [url for url in asked if not url.startswith((origin, f"blob:{origin}"))] == []
    assert len(asked) > 20


class _Silencieux(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


# ── The data ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_data_say_exactly_what_was_typed(produits: Produits) -> None:
    values = "\n\n".join(_strings(json.loads(produits.fichiers["donnees/strategie.json"]))) + "\n\n"
    assert [pose for pose in produits.poses if f"{pose.ecrit}\n\n" not in values] == []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def test_the_series_say_exactly_what_was_typed(produits: Produits) -> None:
    notes = [
        row[-1]
        for path, content in produits.fichiers.items()
        if path.startswith("donnees/") and path.endswith(".csv")
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ]
    typed = [pose.ecrit for pose in produits.poses if pose.champ == "Valeur.note"]
    assert len(typed) == len(ATTAQUES)
    assert [note for note in typed if note not in notes] == []


# ── The documents ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_word_file_says_what_was_typed(produits: Produits) -> None:
    text = mots_du_word(produits.fichiers[f"{LIVRABLE}.docx"])
    assert deformes(produits.poses, text) == []
    assert len(montres(produits.poses, text)) > 80


def test_the_word_file_has_no_tag_no_field_and_no_link_that_harmless_words_do_not_make(produits: Produits) -> None:
    def marks(content: bytes) -> set[tuple[str, str]]:
        found = set()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if not name.endswith((".xml", ".rels")):
                    found.add(("", name))
                    continue
                for node in etree.fromstring(archive.read(name)).iter(etree.Element):
                    found |= {(str(node.tag), str(name)) for name in ("", *node.attrib)}
                    found |= {("", target) for key, target in node.items() if key in ("Target", "TargetMode")}
                    if str(node.tag).endswith("}instrText"):
                        found.add(("instrText", (node.text or "").split('"')[0]))
        return found

    assert marks(produits.fichiers[f"{LIVRABLE}.docx"]) == marks(produits.temoin[f"{LIVRABLE}.docx"])


def test_the_properties_of_the_documents_say_what_was_typed(produits: Produits) -> None:
    with zipfile.ZipFile(io.BytesIO(produits.fichiers[f"{LIVRABLE}.docx"])) as archive:
        word = " ".join(str(text) for text in etree.fromstring(archive.read("docProps/core.xml")).itertext())
    pdf = pymupdf.open(stream=produits.fichiers[f"{LIVRABLE}.pdf"], filetype="pdf")
    for properties in (word, " ".join(str(value) for value in pdf.metadata.values())):
        assert deformes(produits.poses, properties) == []
        assert "Livrable.titre" in montres(produits.poses, properties)


def test_the_pdf_file_says_what_was_typed(produits: Produits) -> None:
    with pymupdf.open(stream=produits.fichiers[f"{LIVRABLE}.pdf"], filetype="pdf") as pdf:
        text = "\n".join(page.get_text() for page in pdf)
        assert pdf.embfile_names() == [LIVRABLE.rpartition("/")[2] + ".json"]
        json.loads(pdf.embfile_get(0))
    # A text may be cut by the foot of a page or by the next cell of its row: not all those of an attack.
    plain = serre(text)
    for attaque in ATTAQUES:
        shown = [pose for pose in produits.poses if pose.attaque == attaque and pose.repere in plain]
        whole = [pose for pose in shown if serre(pose.lu) in plain]
        assert len(whole) >= len(shown) * 0.6 > 3, attaque
    assert len(montres(produits.poses, text)) > 80


def test_the_pdf_file_leads_where_harmless_words_would_lead_and_does_nothing(produits: Produits) -> None:
    def links(content: bytes) -> set[str]:
        with pymupdf.open(stream=content, filetype="pdf") as pdf:
            objects = "".join(pdf.xref_object(xref) for xref in range(1, pdf.xref_length()))
            assert not re.search(r"/(?:JavaScript|JS|Launch|OpenAction|AA)\b", objects)
            assert len(re.findall(r"/EmbeddedFile\b", objects)) == 1, "the data, and nothing else"
            return {link["uri"] for page in pdf for link in page.get_links() if "uri" in link}

    found = links(produits.fichiers[f"{LIVRABLE}.pdf"])
    assert found == links(produits.temoin[f"{LIVRABLE}.pdf"])
    assert found


@pytest.mark.libreoffice
@pytest.mark.skipif(not LIBREOFFICE and not EN_CI, reason="needs LibreOffice")
def test_the_odt_file_says_what_was_typed(produits: Produits) -> None:
    atelier = construire.atelier(charger(produits.racine), INTERNE, DATE, lambda _: None)
    made = atelier.documents(formats=(FormatDocument.odt,))["livrable-strategie.odt"]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
        assert [name for name in archive.namelist() if name.startswith(("Basic", "Scripts"))] == []
    lines = ["".join(_mots_odf(node)) for node in content.iter(f"{_TEXTE_ODF}p", f"{_TEXTE_ODF}h")]
    text = "\n".join(lines)
    assert deformes(produits.poses, text) == []
    assert len(montres(produits.poses, text)) > 80
    links = {str(value) for value in content.xpath("//@*[local-name()='href']")}
    assert not [link for link in links if link.lower().startswith(("javascript", "data", "file", "vnd.sun.star"))]


def _mots_odf(node: Any) -> Iterator[str]:
    """The words of a paragraph, without those of the notes called from it; an element may stand for spaces."""
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXTE_ODF}s":
            yield " "
        elif child.tag != f"{_TEXTE_ODF}note":
            yield from _mots_odf(child)
        yield child.tail or ""


# ── Characters that are only hard to print ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["🚀 Cap 2030", "海洋经济 שלום", "Ω≈ç√∫ \U0001f3d7"])
def test_a_character_without_drawing_is_printed_or_named_with_its_place(typed: str, racine: Path) -> None:
    enjeux = (racine / "strategy/enjeux.yml").read_text("utf-8")
    former = "Donner un avenir aux friches du port"
    assert former in enjeux
    ecrire(racine, {"strategy/enjeux.yml": enjeux.replace(former, f"Les friches {typed}")})
    atelier = construire.atelier(charger(racine), INTERNE, DATE, lambda _: None)
    word = atelier.documents(formats=(FormatDocument.docx,))["livrable-strategie.docx"]
    assert serre(f"Les friches {typed}") in serre(mots_du_word(word))
    write: Callable[[], dict[str, bytes]] = lambda: atelier.documents(formats=(FormatDocument.pdf,))  # noqa: E731
    try:
        printed = write()["livrable-strategie.pdf"]
    except CaracteresAbsents as refusal:
        absent = [character for character in typed if f"« {character} » (U+{ord(character):04X})" in str(refusal)]
        assert absent
        assert "Les friches" in str(refusal)
    else:
        with pymupdf.open(stream=printed, filetype="pdf") as pdf:
            assert serre(typed.split()[0]) in serre("".join(page.get_text() for page in pdf))
