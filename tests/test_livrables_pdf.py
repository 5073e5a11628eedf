"""Every livrable at every readership as a PDF: accessible, silent on its making, and word for word its Word file."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from smde.model.champ import PUBLIC, Diffusion
from tests import lecture_pdf, lecture_site, lecture_word
from tests.brest import RACINE
from tests.livrables import couples, produit
from tests.rendu import edition_de, site_de

chaque_livrable = pytest.mark.parametrize(("niveau", "ident"), couples("pdf"))
CHEMIN = re.compile(r"/(?:tmp|home|root|work|var|Users|opt)/|[A-Z]:\\\\|file:")
OUTIL = re.compile(r"typst|pandoc|python|krilla", re.IGNORECASE)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("livrables")


@pytest.mark.lent
@chaque_livrable
def test_two_checkers_of_accessibility_find_no_error(niveau: Diffusion, ident: str, dossier: Path) -> None:
    file = dossier / f"{niveau.name}-{ident}.pdf"
    file.write_bytes(produit(niveau, ident)["pdf"])
    for command, said in ((["outloud", "--no-info"], " 0 error(s)"), (["pdfua", "check"], "errors=0 warnings=0")):
        tool = str(Path(sys.executable).with_name(command[0]))
        done = subprocess.run([tool, *command[1:], str(file)], capture_output=True, text=True)
        assert done.returncode == 0 and said in done.stdout, done.stdout


@chaque_livrable
def test_the_file_says_its_title_its_language_its_parts_and_nothing_of_its_making(
    niveau: Diffusion, ident: str
) -> None:
    reader = PdfReader(io.BytesIO(produit(niveau, ident)["pdf"]))
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    info = {key: str(value) for key, value in (reader.metadata or {}).items()}
    assert info["/Title"] == edition_de(RACINE, niveau).titre(ident)
    assert root["/Lang"] == "fr-FR" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp and "<pdfaid:part>3</pdfaid:part>" in xmp
    assert reader.outline, "no bookmark"
    said = [xmp, *info.values()]
    assert [text for text in said if CHEMIN.search(text) or OUTIL.search(text)] == []
    assert info["/Creator"].strip() == "smde"
    assert set(info) <= {"/Title", "/Author", "/Subject", "/Creator", "/CreationDate", "/ModDate"}


@chaque_livrable
def test_the_data_attached_are_those_of_the_edition(niveau: Diffusion, ident: str) -> None:
    attached = PdfReader(io.BytesIO(produit(niveau, ident)["pdf"])).attachments
    assert list(attached) == [f"{ident}.json"]
    data = json.loads(attached[f"{ident}.json"][0])
    known = edition_de(RACINE, niveau).elements
    told = {element["id"] for kind in data["elements"].values() for element in kind}
    assert data["diffusion"] == niveau.name and ident in told <= set(known)


@pytest.mark.parametrize(("niveau", "ident"), [one for one in couples("pdf") if one in couples("docx")])
def test_the_pdf_says_what_the_word_file_says_character_for_character(niveau: Diffusion, ident: str) -> None:
    files = produit(niveau, ident)
    heard, read = lecture_pdf.lire(files["pdf"]), lecture_word.lire(files["docx"])
    words = read.corps()
    start = heard.corps().index(words[0])  # without contents, the words of the head come before
    assert heard.corps()[start:] == words
    assert heard.notes == read.notes
    assert (heard.tableaux, heard.figures) == (read.tableaux, read.figures)


# ── The same element on the site ─────────────────────────────────────────────────────────────────────────────────────


def lettres(words: str) -> str:
    """What two writings of the same words share: letters and digits."""
    return re.sub(r"[\W_]", "", words)


@pytest.mark.lent
def test_what_the_site_and_the_documents_both_say_is_written_the_same() -> None:
    """A block of the whole strategy that has the letters of one of the site has all its characters too."""
    site: dict[str, dict[str, str]] = {}
    for page in site_de(RACINE, PUBLIC).documents:
        for words in lecture_site.mots(page):
            site.setdefault(lettres(words), {}).setdefault(words, page.nom)
    read = lecture_word.lire(produit(PUBLIC, "strategie-et-schema")["docx"])
    blocks = [words for words in [*read.corps(), *read.notes] if len(words.split()) > 2]
    both = [words for words in blocks if lettres(words) in site]
    assert [(words, site[lettres(words)]) for words in both if words not in site[lettres(words)]] == []
    assert len(both) > len(blocks) / 2 > 500


@pytest.mark.lent
def test_the_text_of_each_element_printed_in_both_is_the_same_in_the_three(niveau: Diffusion = PUBLIC) -> None:
    """The title and the paragraphs typed for an element, in Word, in the PDF and on its page."""
    edition, files = edition_de(RACINE, niveau), produit(niveau, "strategie-et-schema")
    word, pdf = set(lecture_word.lire(files["docx"]).corps()), set(lecture_pdf.lire(files["pdf"]).corps())
    seen = 0
    for page in site_de(RACINE, niveau).documents:
        element = edition.elements.get(page.nom.rpartition("/")[2])
        if element is None:
            continue
        on_page = {words for words in lecture_site.mots(page) if len(words.split()) > 6}
        for words in on_page & word:
            assert words in pdf, f"{page.nom} : {words}"
            seen += 1
    assert seen > 300
