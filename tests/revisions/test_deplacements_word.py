"""What moved is a native move in Word, and is told in words in the PDF."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from smde import arbre
from smde.arbre import Document
from smde.dossier import charger
from smde.edition import edition
from smde.model.champ import INTERNE
from smde.model.identite import Livrable
from smde.outputs import docx, pdf
from smde.revisions import fondu
from tests.commande import smde
from tests.conftest import Fichiers, ecrire
from tests.controle_word import fautes
from tests.rendu import DATE, simple
from tests.revisions.lecture import W, deplaces, mots_lus, paragraphes, suivis
from tests.revisions.test_deplacements import ECOLE, LIAISON, POLDER, PORT, RAIL, SOUDURE
from tests.revisions.test_word import FRICHES, dits, livrable

REVISEUR = "Valmer métropole"
ECOLE_SOUDURE = "Préparer une école de la soudure"


@pytest.fixture(scope="module")
def fichiers(fichiers_valmer: Fichiers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A dossier of which an action now comes first, with one word of it changed; the two states and the merged one."""
    folder = tmp_path_factory.mktemp("deplacements")
    files = dict(fichiers_valmer)
    files["schema/actions/a-requalifier.yml"] = files.pop(FRICHES)
    ecole = "schema/actions/ecole-soudure.yml"
    text = str(files[ecole])
    assert text.count("atelier") == 1
    files[ecole] = text.replace("atelier", "hangar")
    editions = [
        edition(charger(ecrire(folder / nom, made)), INTERNE, DATE)
        for nom, made in (("avant", fichiers_valmer), ("apres", files))
    ]
    before, after = (livrable(one, one.tous(Livrable)[0].id) for one in editions)
    made = {"avant": before, "apres": after, "suivi": replace(fondu(before, after), reviseur=REVISEUR)}
    for nom, one in made.items():
        docx.write(one, folder / f"{nom}.docx")
    pdf.write(made["suivi"], folder / "suivi.pdf")
    return {nom: folder / f"{nom}.docx" for nom in made} | {"pdf": folder / "suivi.pdf"}


def test_accepting_or_refusing_a_move_gives_each_document(fichiers: dict[str, Path]) -> None:
    assert suivis(fichiers["suivi"])["moveFrom"]
    for mode, seul in (("accepter", "apres"), ("refuser", "avant")):
        assert dits(paragraphes(fichiers["suivi"], mode)) == dits(paragraphes(fichiers[seul]))


@pytest.mark.parametrize(("mode", "seul"), [("accept", "apres"), ("reject", "avant")])
def test_pandoc_reads_each_document_too(fichiers: dict[str, Path], mode: str, seul: str) -> None:
    assert mots_lus(fichiers["suivi"], mode) == mots_lus(fichiers[seul])


def test_each_move_has_two_ends_of_one_name_and_the_word_that_changed_is_in_none(fichiers: dict[str, Path]) -> None:
    moves = deplaces(fichiers["suivi"])
    assert list(moves) == ["deplacement1"]
    left, come = (simple(" ".join(words)) for words in moves["deplacement1"])
    assert left.startswith(ECOLE_SOUDURE) and come.startswith(ECOLE_SOUDURE)
    assert "hangar" not in come and "atelier" not in left
    words = {kind: ["".join(mark.itertext()) for mark in marks] for kind, marks in suivis(fichiers["suivi"]).items()}
    assert "hangar" in words["ins"] and "atelier" in words["del"]


def test_the_ends_of_paragraphs_that_moved_are_moves_and_their_rows_go_and_come(fichiers: dict[str, Path]) -> None:
    found = suivis(fichiers["suivi"])
    for kind in ("moveFrom", "moveTo"):
        ends = [mark for mark in found[kind] if mark.getparent().tag == W + "rPr"]
        assert len(ends) >= 5
        assert not any(list(mark.iterancestors(W + "tbl")) for mark in found[kind])
    for kind in ("ins", "del"):
        assert any(mark.getparent().tag == W + "trPr" for mark in found[kind])


def test_moves_are_signed_dated_and_every_number_is_once(fichiers: dict[str, Path]) -> None:
    tree = etree.fromstring(zipfile.ZipFile(fichiers["suivi"]).read("word/document.xml"))
    marks = [mark for kind in suivis(fichiers["suivi"]) for mark in tree.iter(W + kind)]
    starts = [node for tag in ("moveFrom", "moveTo") for node in tree.iter(f"{W}{tag}RangeStart")]
    assert len(starts) == 2
    assert {mark.get(W + "author") for mark in (*marks, *starts)} == {REVISEUR}
    assert {mark.get(W + "date") for mark in (*marks, *starts)} == {f"{DATE}T00:00:00Z"}
    numbers = [node.get(W + "id") for node in (*marks, *starts, *tree.iter(W + "bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_the_file_is_one_that_word_opens(fichiers: dict[str, Path]) -> None:
    result = OpenXmlValidator().validate(fichiers["suivi"])
    assert result.is_valid, result.errors
    assert fautes(fichiers["suivi"].read_bytes()) == []


def ecrit(old: Document, new: Document, folder: Path) -> Path:
    docx.write(replace(fondu(old, new), reviseur=REVISEUR, date=DATE), folder / "suivi.docx")
    return folder / "suivi.docx"


def doc(*blocs: arbre.Node, sommaire: bool = False) -> Document:
    return Document("d", "Port de Valmer", blocs, date=DATE, couverture=False, sommaire=sommaire)


def test_the_contents_name_a_title_that_moved_once(tmp_path: Path) -> None:
    old, new = doc(*PORT, *ECOLE, *RAIL, sommaire=True), doc(*ECOLE, *RAIL, *PORT, sommaire=True)
    tree = etree.fromstring(zipfile.ZipFile(ecrit(old, new, tmp_path)).read("word/document.xml"))
    entries = [
        "".join(text.text or "" for text in paragraph.iter(W + "t"))
        for paragraph in tree.iter(W + "p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(W + "val", "").startswith("TOC")
    ]
    assert sum("Tenir les quais" in entry for entry in entries) == 1


def test_a_move_holds_the_drawing_above_its_caption(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><rect width="8" height="4"/></svg>'
    figure = arbre.Figure("quais", svg, "Les quais", "Trois quais, dont un en eau profonde.")
    one = [arbre.image(figure, "Les trois quais du port de commerce de Valmer"), arbre.para(POLDER)]
    old, new = (replace(doc(*blocs), figures={"quais": figure}) for blocs in ([*one, *RAIL], [*RAIL, *one]))
    file = ecrit(old, new, tmp_path)
    body = etree.fromstring(zipfile.ZipFile(file).read("word/document.xml")).find(W + "body")
    for tag in ("moveFrom", "moveTo"):
        start, end = (next(body.iter(f"{W}{tag}Range{side}")) for side in ("Start", "End"))
        drawing = next(node for node in body.iter(W + "drawing") if next(node.iterancestors(W + tag), None) is not None)
        order = [node for node in body.iter() if node in (start, end, drawing)]
        assert order == [start, drawing, end]
    for mode in ("accepter", "refuser"):
        assert sum("Les trois quais" in line for line in paragraphes(file, mode)) == 1


def test_what_we_add_around_words_comes_and_goes_with_them(tmp_path: Path) -> None:
    """The spaces around a state, the dash of an item in a box."""
    statut = arbre.para([arbre.span(["statut"], "À valider"), arbre.ESPACE, arbre.span(["code-element"], "A-01")])
    box = arbre.bloc(["avertissement"], [arbre.puces([[arbre.plain("Le relevé du port reste à faire.")]])])
    old, new = doc(arbre.para(SOUDURE)), doc(arbre.para(SOUDURE), statut, box)
    body = etree.fromstring(zipfile.ZipFile(ecrit(old, new, tmp_path)).read("word/document.xml")).find(W + "body")
    marked = [p for p in body.iter(W + "p") if p.find(f"{W}pPr/{W}rPr/{W}ins") is not None]
    said = ["".join(text.text or "" for text in p.iter(W + "t")) for p in marked]
    assert said == ["\u00a0À valider\u00a0 A-01", "–\u00a0Le relevé du port reste à faire."]
    for run in (run for p in marked for run in p.iter(W + "r")):
        assert run.getparent().tag == W + "ins"


@pytest.mark.parametrize("retire", [False, True])
def test_nothing_else_changes_in_a_file_where_nothing_moved(tmp_path: Path, retire: bool) -> None:
    old, new = doc(*PORT, *ECOLE), doc(*PORT, *(ECOLE[:-2] if retire else ECOLE))
    file = ecrit(old, new, tmp_path)
    assert not suivis(file)["moveFrom"] and not suivis(file)["moveTo"]
    assert b"RangeStart" not in zipfile.ZipFile(file).read("word/document.xml")
    assert bool(suivis(file)["del"]) == retire


def test_the_pdf_says_in_words_where_each_end_of_a_move_leads(fichiers: dict[str, Path]) -> None:
    words = simple(" ".join(page.extract_text() for page in PdfReader(fichiers["pdf"]).pages))
    found = re.findall(r"Déplacé (?:depuis )?plus (?:haut|bas) \(\d+\)", " ".join(words.split()))
    assert sorted(set(found)) == ["Déplacé depuis plus haut (1)", "Déplacé plus bas (1)"]


def test_in_the_pdf_what_moved_up_says_so(tmp_path: Path) -> None:
    old, new = (
        doc(*map(arbre.para, (f"{LIAISON} {POLDER}", SOUDURE))),
        doc(*map(arbre.para, (SOUDURE, f"{LIAISON} {POLDER}"))),
    )
    pdf.write(replace(fondu(old, new), reviseur=REVISEUR), tmp_path / "suivi.pdf")
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "suivi.pdf").pages).split())
    assert words.index("Déplacé depuis plus bas (1)") < words.index("Déplacé plus haut (1)")


@pytest.mark.lent
def test_the_first_page_says_how_to_read_what_moved(racine: Path, fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    files = dict(fichiers_valmer)
    files["schema/actions/a-requalifier.yml"] = files.pop(FRICHES)
    after = ecrire(tmp_path / "apres", files)
    answer = smde(
        "documents", "--depuis", str(racine), "--diffusion", "interne", "--racine", str(after), "--date", DATE
    )
    assert answer.code == 0, answer.dit
    (made,) = (after / "sortie" / "interne" / "documents").glob("*.docx")
    assert "est marqué comme déplacé, à ses deux places" in simple(" ".join(paragraphes(made)))
