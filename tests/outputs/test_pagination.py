"""The pages the contents of a Word file give: those LibreOffice prints, or none at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from smde import arbre
from smde.arbre import Document
from smde.modele_word import lire
from smde.outputs import docx, libreoffice
from smde.outputs.outil import OutilEnEchec
from smde.outputs.word import pagination
from smde.outputs.word.pagination import pages_of, paginate

from .conftest import Word, imprime
from .modeles_word import charte, detache

Petit = Callable[..., Document]
PDF = b"""%PDF-1.6
7 0 obj <</Type/Pages\n/Kids[ 1 0 R 4 0 R\n12 0 R ]/Count 3>> endobj
9 0 obj <</5FToc00000001[1 0 R/XYZ 65 700 0]\n/#5FToc00000002[12 0 R/XYZ 65 700 0]/enjeu[4 0 R/XYZ 0 0 0]
/_Toc00000003[12 0 R/XYZ 65 80 0]/5FToc00000004[99 0 R/XYZ 0 0 0]>> endobj"""


def entries(made: Word) -> list[str]:
    return [made.text(p) for p in made.find("w:sdt//w:p[w:hyperlink]")]


def ecrit(document: Document, folder: Path, octets: bytes | None = None) -> Path:
    docx.write(document, folder / "note.docx", modele=None if octets is None else lire(octets))
    return folder / "note.docx"


def note(petit: Petit) -> Document:
    return petit(*(arbre.titre(1, f"Partie {rang}", f"p{rang}") for rang in range(1, 4)))


def test_the_pages_of_headings_are_read_in_the_order_of_the_pdf() -> None:
    assert pages_of(PDF) == {"_Toc00000001": 1, "_Toc00000002": 3, "_Toc00000003": 3}
    assert pages_of(b"%PDF-1.6") == {}


def test_without_being_asked_for_the_contents_give_no_page(petit: Petit, tmp_path: Path) -> None:
    made = Word(ecrit(note(petit), tmp_path))
    assert entries(made) == ["1\tPartie 1", "2\tPartie 2", "3\tPartie 3"]
    assert b"PAGEREF" not in made.parts["word/document.xml"]


def test_each_page_is_a_field_that_word_can_update(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def printed(fichier: Path, to: str, folder: Path) -> Path:
        assert to.startswith("pdf:") and "PAGEREF" in Word(fichier).parts["word/document.xml"].decode()
        (folder / "document.pdf").write_bytes(PDF)
        return folder / "document.pdf"

    monkeypatch.setattr(libreoffice, "convert", printed)
    file = ecrit(note(petit), tmp_path)
    assert paginate(file) == 3
    made = Word(file)
    assert entries(made) == ["1\tPartie 1\t1", "2\tPartie 2\t3", "3\tPartie 3\t3"]
    codes = [node.text for node in made.find("w:sdt//w:hyperlink//w:instrText")]
    assert codes == [f" PAGEREF _Toc0000000{rang} \\h " for rang in (1, 2, 3)]
    assert b"w:dirty" not in made.parts["word/document.xml"] and b"updateFields" not in b"".join(made.parts.values())


@pytest.mark.parametrize("pdf", [None, b"%PDF-1.6", PDF.replace(b"00000002", b"00000009")])
def test_pages_that_are_not_all_known_are_not_written_at_all(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pdf: bytes | None
) -> None:
    def printed(_: Path, __: str, folder: Path) -> Path | None:
        if pdf is None:
            return None
        (folder / "document.pdf").write_bytes(pdf)
        return folder / "document.pdf"

    monkeypatch.setattr(libreoffice, "convert", printed)
    file = ecrit(note(petit), tmp_path)
    before = file.read_bytes()
    with pytest.raises(OutilEnEchec, match="le sommaire reste sans numéros"):
        paginate(file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["note.docx"]


def test_without_libreoffice_the_file_stays_as_it_is(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(libreoffice, "_command", lambda: None)
    file = tmp_path / "note.docx"
    file.write_bytes(b"")
    with pytest.raises(OutilEnEchec, match="LibreOffice n’est pas installé"):
        libreoffice.convert(file, "pdf", tmp_path)
    assert libreoffice.available() is False


def test_a_file_without_contents_is_left_alone(petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagination.libreoffice, "convert", lambda *_: pytest.fail("nothing was to be counted"))
    file = ecrit(petit(arbre.para("Une note d’une page.")), tmp_path)
    before = file.read_bytes()
    assert paginate(file) == 0 and file.read_bytes() == before


@pytest.mark.libreoffice
@pytest.mark.parametrize("octets", [None, detache(charte())])
def test_the_pages_given_are_those_that_are_printed(
    bureautique: Path, strategie: Document, tmp_path: Path, octets: bytes | None
) -> None:
    """On a document with long tables, notes, landscape pages and entries without number; then in another model."""
    file = ecrit(strategie, tmp_path, octets)
    assert paginate(file) == len(entries(Word(file))) >= 15
    pages = [page.extract_text() for page in PdfReader(imprime(bureautique, file, tmp_path)).pages]
    for entry in entries(Word(file)):
        *_, heading, page = entry.split("\t")
        holders = [rank for rank, text in enumerate(pages, start=1) if rank > 2 and heading in text.replace("\n", " ")]
        assert int(page) in holders, entry
    assert "Diagnostic partagé" in pages[1] and pages[1].count("....") >= 15
