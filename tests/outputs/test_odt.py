"""The OpenDocument file: the Word file's twin, where LibreOffice is installed, a clear sentence where it is not."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from smde.outputs import odt
from smde.outputs.outil import OutilEnEchec

from .conftest import imprime, sans_blancs

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@pytest.fixture(scope="module")
def fichier_odt(bureautique: Path, fichier_word: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odt") / "strategie.odt"
    odt.write(fichier_word, path)
    return path


def part(fichier: Path, name: str) -> bytes:
    with zipfile.ZipFile(fichier) as archive:
        return archive.read(name)


def test_without_libreoffice_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not odt.available()
    with pytest.raises(
        OutilEnEchec, match="LibreOffice n’est pas installé sur cette machine : le fichier ODT n’est pas fait"
    ):
        odt.write(tmp_path / "strategie.docx", tmp_path / "strategie.odt")
    assert list(tmp_path.iterdir()) == []


def test_a_libreoffice_that_makes_nothing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mute = tmp_path / "soffice"
    mute.write_text("#!/bin/sh\nexit 0\n")
    mute.chmod(0o755)
    (tmp_path / "strategie.docx").write_bytes(b"PK")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(OutilEnEchec, match="LibreOffice n’a pas su convertir"):
        odt.write(tmp_path / "strategie.docx", tmp_path / "strategie.odt")


@pytest.mark.libreoffice
def test_libreoffice_is_found(bureautique: Path) -> None:
    assert odt.available()


@pytest.mark.libreoffice
def test_it_is_an_opendocument_text_whose_type_comes_first(fichier_odt: Path) -> None:
    with zipfile.ZipFile(fichier_odt) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert archive.testzip() is None


@pytest.mark.libreoffice
def test_headings_tables_notes_and_figures_are_all_there(fichier_odt: Path) -> None:
    content = etree.fromstring(part(fichier_odt, "content.xml"))
    headings = ["".join(node.itertext()) for node in content.iter(f"{TEXT}h")]
    assert [heading for heading in headings if heading in ("Diagnostic partagé", "Moyens", "Fiches action")]
    assert len(list(content.iter(f"{TABLE}table"))) == 8
    assert len([n for n in content.iter(f"{TEXT}note") if n.get(f"{TEXT}note-class") == "footnote"]) == 4
    assert len(list(content.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"))) == 1


@pytest.mark.libreoffice
def test_the_long_table_still_repeats_its_header(fichier_odt: Path) -> None:
    content = etree.fromstring(part(fichier_odt, "content.xml"))
    first = next(content.iter(f"{TABLE}table"))
    assert first.find(f"{TABLE}table-header-rows") is not None


@pytest.mark.libreoffice
def test_captions_are_still_counted_by_fields(fichier_odt: Path) -> None:
    content = etree.fromstring(part(fichier_odt, "content.xml"))
    assert len(list(content.iter(f"{TEXT}sequence"))) == 9


@pytest.mark.libreoffice
def test_the_properties_are_those_of_the_version_and_not_of_the_machine(fichier_odt: Path) -> None:
    meta = part(fichier_odt, "meta.xml").decode()
    assert "Brest métropole" in meta and "2026-11-22T00:00:00" in meta
    assert "generator" not in meta
    everything = b"".join(part(fichier_odt, name) for name in ("meta.xml", "content.xml", "styles.xml", "settings.xml"))
    assert b"/tmp/" not in everything and b"/root" not in everything and b"Rsid" not in everything


@pytest.mark.libreoffice
def test_the_same_word_file_gives_the_same_bytes(fichier_odt: Path, fichier_word: Path, tmp_path: Path) -> None:
    odt.write(fichier_word, tmp_path / "encore.odt")
    assert (tmp_path / "encore.odt").read_bytes() == fichier_odt.read_bytes()


@pytest.mark.libreoffice
def test_it_prints_like_the_word_file(bureautique: Path, fichier_odt: Path, fichier_word: Path, tmp_path: Path) -> None:
    printed = []
    for fichier in (fichier_odt, fichier_word):
        (tmp_path / fichier.suffix[1:]).mkdir()
        pages = PdfReader(imprime(bureautique, fichier, tmp_path / fichier.suffix[1:])).pages
        printed.append([sans_blancs(page.extract_text()) for page in pages])
    assert printed[0] == printed[1]


def test_lists_named_by_chance_are_numbered_in_order() -> None:
    before = (
        b'<text:list xml:id="list2027"/><text:list text:continue-list="list2027"/><text:list xml:id="list99"/> list7'
    )
    after = odt._number_lists(before)
    assert re.findall(rb'"list(\d+)"', after) == [b"1", b"1", b"2"]
    assert after.endswith(b" list7")
