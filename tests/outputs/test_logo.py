"""The logo on the cover of Word and PDF: at its proportions, with its words, and nothing where there is none."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf  # type: ignore[import-untyped]
import pytest
from lxml import etree, html
from pypdf import PdfReader

from smde import arbre, pages
from smde.arbre import Document
from smde.dossier import charger
from smde.edition import edition
from smde.images import Image, lire
from smde.model.champ import PUBLIC
from smde.model.identite import Livrable
from smde.outputs import docx, pdf, site
from smde.outputs.scene import SiteIdentity
from tests.conftest import VALMER, ecrire
from tests.rendu import gabarits

from .conftest import Word

TEXTE = "Un phare et trois vagues"
DESSIN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><style>.a{fill:#123a5c}</style>'
    '<path class="a" d="M18 4h4l3 26H15z"/></svg>'
)
EMU_PAR_CM = 360_000
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def carre(genre: str, largeur: int = 90, hauteur: int = 30) -> Image:
    image = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, largeur, hauteur))
    image.set_rect(image.irect, (18, 58, 92))
    return lire(image.tobytes(genre))


LOGOS = {"png": carre("png"), "jpg": carre("jpeg"), "svg": lire(DESSIN.encode())}


@pytest.fixture(scope="module")
def faits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A Word file and a PDF with each kind of logo, and with none."""
    folder = tmp_path_factory.mktemp("logos")
    blocs = (arbre.titre(1, "Diagnostic", "diagnostic"), arbre.para("La vacance recule."))
    base = Document("note", "Note d'étape", blocs, auteur="Valmer métropole", date="2026-11-22")
    made = {}
    for name, logo in {"sans": None, **LOGOS}.items():
        document = replace(base, logo=logo, logo_texte=TEXTE if logo else "")
        for write, kind in ((docx.write, "docx"), (pdf.write, "pdf")):
            made[f"{name}.{kind}"] = folder / f"{name}.{kind}"
            write(document, made[f"{name}.{kind}"])
    return made


def drawings(word: Word) -> list[etree._Element]:
    return list(word.body.iter(f"{DRAWING}inline"))


@pytest.mark.parametrize("genre", LOGOS)
def test_the_cover_of_word_begins_with_the_logo_and_says_what_it_is(faits: dict[str, Path], genre: str) -> None:
    word = Word(faits[f"{genre}.docx"])
    (drawing,) = drawings(word)
    (first,) = word.styled("CouvertureLogo")
    assert first is word.find("w:p")[0]
    assert drawing in first.iter()
    assert [node.get("descr") for node in drawing.iter(f"{DRAWING}docPr")] == [TEXTE]
    extent = next(drawing.iter(f"{DRAWING}extent"))
    width, height = (int(extent.get(side, "")) / EMU_PAR_CM for side in ("cx", "cy"))
    assert width / height == pytest.approx(LOGOS[genre].proportion, rel=0.01)
    assert width <= 6.01 and height <= 2.21
    assert word.texts("CouvertureAutorite") == ["Valmer métropole"]


@pytest.mark.parametrize("genre", LOGOS)
def test_the_picture_in_word_is_sharp_and_has_no_more_than_the_logo(faits: dict[str, Path], genre: str) -> None:
    parts = Word(faits[f"{genre}.docx"]).parts
    (media,) = [octets for name, octets in parts.items() if name.startswith("word/media/")]
    if genre == "svg":
        assert pymupdf.Pixmap(media).height > 150, "2.2 cm at more than 170 points an inch"
    else:
        assert media == LOGOS[genre].octets


@pytest.mark.parametrize("genre", LOGOS)
def test_the_cover_of_the_pdf_shows_the_logo_and_says_what_it_is(faits: dict[str, Path], genre: str) -> None:
    cover = pymupdf.open(faits[f"{genre}.pdf"])[0].get_pixmap(dpi=72)
    dark = [(x, y) for x in range(cover.width) for y in range(140) if sum(cover.pixel(x, y)) < 300]
    assert min(x for x, _ in dark) < 140 and min(y for _, y in dark) < 90, "top left of the page"
    trailer: Any = PdfReader(faits[f"{genre}.pdf"]).trailer
    root = trailer["/Root"]["/StructTreeRoot"]
    assert [str(node["/Alt"]) for node in elements(root) if "/Alt" in node] == [TEXTE]


def elements(node: Any) -> list[Any]:
    """Every element of a tree of tags."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for child in node for found in elements(child)]
    if not hasattr(node, "get"):
        return []
    return [node, *elements(node.get("/K"))]


def test_without_a_logo_the_cover_begins_with_the_authority(faits: dict[str, Path]) -> None:
    word = Word(faits["sans.docx"])
    assert drawings(word) == []
    assert word.text(word.find("w:p")[0]) == "Valmer métropole"
    assert not any(name.startswith("word/media/") for name in word.parts)
    assert not PdfReader(faits["sans.pdf"]).pages[0].images


@pytest.mark.parametrize("genre", LOGOS)
def test_validators_find_nothing_against_a_cover_with_a_logo(faits: dict[str, Path], genre: str) -> None:
    for command, target, expected in (
        (["pdfua", "check"], "pdf", "errors=0 warnings=0"),
        (["openxml-audit"], "docx", "Errors: 0"),
        (["ooxml-integrity", "check"], "docx", "0 error(s), 0 warning(s), 0 info"),
    ):
        program, *options = command
        order = [str(Path(sys.executable).with_name(program)), *options, str(faits[f"{genre}.{target}"])]
        done = subprocess.run(order, capture_output=True, text=True)
        assert expected in done.stdout, (program, done.stdout)


def test_the_same_logo_gives_the_same_bytes(faits: dict[str, Path], tmp_path: Path) -> None:
    blocs = (arbre.titre(1, "Diagnostic", "diagnostic"), arbre.para("La vacance recule."))
    again = Document(
        "note", "Note d'étape", blocs, auteur="Valmer métropole", date="2026-11-22",
        logo=LOGOS["svg"], logo_texte=TEXTE,
    )  # fmt: skip
    for write, kind in ((docx.write, "docx"), (pdf.write, "pdf")):
        write(again, tmp_path / f"encore.{kind}")
        assert (tmp_path / f"encore.{kind}").read_bytes() == faits[f"svg.{kind}"].read_bytes()


def test_the_logo_of_the_dossier_goes_on_its_documents_without_what_was_written_beside() -> None:
    here = edition(charger(VALMER), PUBLIC, "2026-11-22")
    document = pages.livrable(gabarits(here), here.tous(Livrable)[0])
    assert document.logo is not None
    assert (document.logo.genre, document.logo.largeur, document.logo.hauteur) == ("svg", 40, 40)
    assert document.logo_texte == here.identite.logo_alternatif
    assert b"<title>" in (VALMER / "data/logo.svg").read_bytes()
    assert b"<title>" not in document.logo.octets


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"GIF89a", "Le fichier `logo.svg` est une image GIF ; une image est en PNG, en JPEG ou en SVG."),
        (b"\x89PNG\r\n\x1a\n", "Le fichier `logo.svg` est une image PNG abîmée ou incomplète."),
        (
            DESSIN.replace("<path", "<script/><path").encode(),
            "Le fichier `logo.svg` est un dessin SVG qui contient « script ».",
        ),
    ],
)
def test_a_file_that_is_no_picture_is_told_where_it_is_named(octets: bytes, message: str, racine: Path) -> None:
    ecrire(racine, {"data/logo.svg": octets})
    dossier = charger(racine)
    (diagnostic,) = dossier.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("image-refusee", message)
    assert (diagnostic.place.path, diagnostic.place.span.line) == ("data/identite.yml", 13)
    assert diagnostic.aide
    assert not dossier.fichiers


@pytest.mark.parametrize("genre", [None, *LOGOS])
def test_the_header_of_every_page_of_the_site_shows_the_logo_there_is(genre: str | None, tmp_path: Path) -> None:
    logo = (f"logos/Phare.{genre.upper()}", LOGOS[genre].octets) if genre else None
    identity = SiteIdentity("Valmer", "Stratégie", "2026-11-22", logo=logo, logo_alternatif='Un phare "rouge"')
    blocs = (arbre.titre(1, "Accueil", "accueil"), arbre.para("La vacance recule."))
    documents = [Document("index", "Accueil", blocs), Document("enjeux/index", "Enjeux", blocs)]
    assert site.write(documents, identity, ids={}, target=tmp_path / "site") == []
    for path, prefix in (("index.html", ""), ("enjeux/index.html", "../")):
        shown = html.fromstring((tmp_path / "site" / path).read_bytes()).xpath("//header//img")
        expected = [(f"{prefix}assets/logo.{genre}", 'Un phare "rouge"')] if genre else []
        assert [(image.get("src"), image.get("alt")) for image in shown] == expected
    published = [file.read_bytes() for file in (tmp_path / "site/assets").glob("logo.*")]
    assert published == ([LOGOS[genre].octets] if genre else [])


def test_a_picture_that_was_not_read_as_one_is_not_published(tmp_path: Path) -> None:
    noted = DESSIN.replace("<path", "<title>Jeanne Le Goff</title><path").encode()
    identity = SiteIdentity("Valmer", "Stratégie", "2026-11-22", logo=("phare.svg", noted))
    document = Document("index", "Accueil", (arbre.titre(1, "Accueil", "accueil"),))
    faults = site.write([document], identity, ids={}, target=tmp_path / "site")
    assert faults == ["data/phare.svg : ce n’est pas une image que le programme a lue."]
    assert not (tmp_path / "site").exists()
