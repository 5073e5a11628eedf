"""The Word file as a file: valid, the same each time, honest about itself, opened by LibreOffice as it was meant."""

import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from smde import arbre
from smde.arbre import Document
from smde.outputs import docx

from .conftest import Word, imprime, sans_blancs

Petit = Callable[..., Document]
Ecrit = Callable[[Document], Word]

AILLEURS = """
import pickle, sys
from pathlib import Path
from smde.outputs import {module}
{module}.write(pickle.loads(sys.stdin.buffer.read()), Path(sys.argv[1]))
"""


def made_elsewhere(module: str, document: Document, target: Path, **environment: str) -> bytes:
    """The same file, made by another process, in another folder, time zone, language and order of hashes."""
    target.parent.mkdir(parents=True)
    root = Path(docx.__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", AILLEURS.format(module=module), str(target)],
        input=pickle.dumps(document), env={**os.environ, **environment, "PYTHONPATH": str(root)}, cwd=target.parent,
        check=True,
    )  # fmt: skip
    return target.read_bytes()


@pytest.mark.parametrize("module", ["docx", "pdf"])
def test_the_same_document_gives_the_same_bytes_everywhere(
    strategie: Document, fichier_word: Path, fichier_pdf: Path, tmp_path: Path, module: str
) -> None:
    here = {"docx": fichier_word, "pdf": fichier_pdf}[module].read_bytes()
    other = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "42", "HOME": str(tmp_path)}
    there = made_elsewhere(module, strategie, tmp_path / "un autre dossier" / f"x.{module}", **other)
    assert there == here


def test_an_openxml_validator_finds_nothing(fichier_word: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("openxml-audit"), fichier_word], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "Errors: 0" in done.stdout


def test_a_checker_of_references_finds_nothing(fichier_word: Path) -> None:
    command = [Path(sys.executable).with_name("ooxml-integrity"), "check", fichier_word]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "0 error(s), 0 warning(s), 0 info" in done.stdout


def test_every_part_is_announced_and_every_relation_leads_to_a_part(grand_word: Word) -> None:
    types = grand_word.part("[Content_Types].xml")
    announced = {node.get("PartName").lstrip("/") for node in types if node.get("PartName")}
    assert announced <= grand_word.parts.keys()
    relations = grand_word.part("word/_rels/document.xml.rels")
    inside = {"word/" + node.get("Target") for node in relations if node.get("TargetMode") != "External"}
    assert inside <= grand_word.parts.keys()
    assert grand_word.parts.keys() - announced - inside == {
        "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels",
    } | ({"word/document.xml", "docProps/app.xml", "docProps/core.xml"} - announced)  # fmt: skip


def test_the_zip_has_no_clock_and_a_fixed_order(fichier_word: Path) -> None:
    with zipfile.ZipFile(fichier_word) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml" and names[1:] == sorted(names[1:])


def test_the_properties_are_those_of_the_version(grand_word: Word) -> None:
    core = {node.tag.rpartition("}")[2]: node.text for node in grand_word.part("docProps/core.xml")}
    assert core == {
        "title": "Stratégie métropolitaine de développement économique",
        "creator": "Brest métropole",
        "description": "La stratégie partagée du Pays de Brest et ce à quoi la métropole s’engage.",
        "language": "fr-FR",
        "contentStatus": "Document de travail – diffusion publique",
        "version": "0.3",
        "created": "2026-11-22T00:00:00Z",
        "modified": "2026-11-22T00:00:00Z",
    }


def test_nothing_that_is_not_known_is_said(word: Ecrit, petit: Petit) -> None:
    core = word(petit(arbre.para("x"), date="")).part("docProps/core.xml")
    assert {node.tag.rpartition("}")[2] for node in core} == {"title", "creator", "language"}


def test_no_part_is_there_for_nothing(grand_word: Word) -> None:
    for unused in ("docProps/custom.xml", "word/comments.xml", "word/webSettings.xml"):
        assert unused not in grand_word.parts


def test_the_settings_are_those_of_a_recent_word_in_french(grand_word: Word) -> None:
    settings = grand_word.part("word/settings.xml")
    assert grand_word.value("//w:compatSetting[@w:name='compatibilityMode']", settings) == ["15"]
    assert grand_word.value("//w:themeFontLang", settings) == ["fr-FR"]


def test_the_only_language_of_the_file_is_french(grand_word: Word) -> None:
    languages = {
        value
        for name in ("word/styles.xml", "word/document.xml", "word/footnotes.xml")
        for value in grand_word.value("//w:lang", grand_word.part(name))
    }
    assert languages == {"fr-FR"}


def test_every_style_used_is_defined(grand_word: Word) -> None:
    known = {
        s.get(f"{{{Word.SPACE}}}styleId") for s in grand_word.find("//w:style", grand_word.part("word/styles.xml"))
    }
    parts = ["word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer2.xml"]
    used = {
        style
        for part in parts
        for tag in ("pStyle", "rStyle", "tblStyle")
        for style in grand_word.value(f"//w:{tag}", grand_word.part(part))
    }
    assert used <= known


def test_every_numbering_used_is_defined(grand_word: Word) -> None:
    numbering = grand_word.part("word/numbering.xml")
    known = {n.get(f"{{{Word.SPACE}}}numId") for n in grand_word.find("//w:num", numbering)}
    assert set(grand_word.value(".//w:numPr/w:numId")) <= known


def test_the_bullets_of_lists_are_ours_and_no_symbol_font_is_needed(grand_word: Word) -> None:
    numbering = grand_word.part("word/numbering.xml")
    lists = grand_word.find("//w:abstractNum[@w:abstractNumId >= 991][w:lvl/w:numFmt/@w:val='bullet']", numbering)
    assert lists
    assert grand_word.value("w:lvl[1]/w:lvlText | w:lvl[2]/w:lvlText", lists[0]) == ["•", "–"]
    assert b"Symbol" not in grand_word.parts["word/numbering.xml"]


def test_a_failure_leaves_the_previous_file(
    strategie: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "strategie.docx"
    target.write_bytes(b"version 0.2")

    def fail(*_: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr(docx.properties, "declare", fail)
    with pytest.raises(RuntimeError):
        docx.write(strategie, target)
    assert target.read_bytes() == b"version 0.2"
    assert [path.name for path in tmp_path.iterdir()] == ["strategie.docx"]


# Seen by LibreOffice


@pytest.fixture(scope="module")
def imprimes(bureautique: Path, fichier_word: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of the Word file, as LibreOffice prints them."""
    printed = imprime(bureautique, fichier_word, tmp_path_factory.mktemp("libreoffice"))
    return [page.extract_text() for page in PdfReader(printed).pages]


@pytest.mark.libreoffice
def test_the_cover_holds_on_one_page_with_its_version_at_the_foot(imprimes: list[str]) -> None:
    assert "Version 0.3" in imprimes[0] and "Document de travail" in imprimes[0]
    assert "Sommaire" not in imprimes[0] and "page 1" not in imprimes[0]
    assert "Sommaire" in imprimes[1]


@pytest.mark.libreoffice
def test_every_other_page_says_its_number_its_version_and_its_state(imprimes: list[str]) -> None:
    for rank, text in enumerate(imprimes[1:], start=2):
        assert sans_blancs(f"page {rank} / {len(imprimes)}") in sans_blancs(text)
        assert sans_blancs("version 0.3 – 22 novembre 2026") in sans_blancs(text)
        assert sans_blancs("Document de travail – diffusion publique") in sans_blancs(text)


@pytest.mark.libreoffice
def test_headings_are_numbered_as_the_contents_say(imprimes: list[str]) -> None:
    everything = sans_blancs("".join(imprimes[2:]))
    for heading in ("1Diagnosticpartagé", "1.1Unepopulationstable", "2.1.1Objectifsrattachés", "3.2Matricedesrôles"):
        assert heading in everything
    assert "1Pourquoiunestratégie" not in everything


@pytest.mark.libreoffice
def test_the_long_table_repeats_its_header_on_each_of_its_pages(imprimes: list[str]) -> None:
    pages = [text for text in imprimes if "requalifier la zone" in text.replace("\n", " ")]
    assert len(pages) >= 3
    assert all("Maître" in text and "financement" in text for text in pages)


@pytest.mark.libreoffice
def test_each_part_starts_on_its_page(imprimes: list[str]) -> None:
    for part in ("Diagnostic partagé", "Enjeux et objectifs", "Moyens", "Fiches action"):
        holders = [text for text in imprimes[2:] if part in text]
        assert len(holders) >= 1
        lines = [line.strip() for line in holders[0].splitlines() if line.strip()]
        assert any(part in line for line in lines[:4]), part


@pytest.mark.libreoffice
def test_a_caption_is_never_left_alone_at_the_foot_of_a_page(bureautique: Path, petit: Petit, tmp_path: Path) -> None:
    blocs = []
    for lines in range(30, 44):
        blocs.append(arbre.bloc(["saut"], [arbre.para("Ligne de texte.") for _ in range(lines)]))
        rows = [[f"rang {rang} de la table {lines}", "x"] for rang in range(1, 15)]
        blocs.append(arbre.tableau(f"Légende {lines}", ["A", "B"], rows))
    docx.write(petit(*blocs), tmp_path / "tables.docx")
    for page in PdfReader(imprime(bureautique, tmp_path / "tables.docx", tmp_path)).pages:
        text = page.extract_text()
        for lines in range(30, 44):
            assert (f"Légende {lines}" in text) == (f"rang 1 de la table {lines}" in text)
