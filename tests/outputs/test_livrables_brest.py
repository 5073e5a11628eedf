"""The documents of the dossier of Brest hold on the pages they promise, in PDF and in Word as LibreOffice prints it."""

import io
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from smde import pages
from smde.arbre import Document
from smde.edition import Edition
from smde.model.champ import PARTENAIRES, PUBLIC
from smde.model.identite import Filtre, Livrable
from smde.model.schema import Action
from smde.model.strategie import Constat
from smde.outputs import docx, pdf
from tests.brest import RACINE as BREST
from tests.outputs.conftest import imprime
from tests.rendu import edition_de, gabarits, noeuds, paroles, simple

FEUILLE = 2
"""Pages of a sheet of paper."""


def document(ident: str, une_edition: Edition) -> Document:
    return pages.livrable(gabarits(une_edition), une_edition.element(ident, Livrable))


def textes(contenu: bytes) -> list[str]:
    """The words of each page of a PDF."""
    return [simple(page.extract_text()) for page in PdfReader(io.BytesIO(contenu)).pages]


def en_pdf(made: Document, tmp_path: Path) -> list[str]:
    pdf.write(made, tmp_path / "d.pdf")
    return textes((tmp_path / "d.pdf").read_bytes())


def en_word(made: Document, bureautique: Path, tmp_path: Path) -> list[str]:
    docx.write(made, tmp_path / "d.docx")
    return textes(imprime(bureautique, tmp_path / "d.docx", tmp_path).read_bytes())


@pytest.fixture(scope="module")
def synthese() -> Document:
    return document("synthese", edition_de(BREST, PUBLIC))


def pleines(found: list[str]) -> None:
    """Four pages, each with enough on it to be read as one."""
    assert len(found) == 4
    assert all(len(page) > 1200 for page in found[1:]), [len(page) for page in found]
    for rank, words in enumerate(("Où en est la démarche", "Chiffres clés", "Schéma : priorités", "Qui fait quoi")):
        assert words in re.sub(r"\s+", " ", found[rank])


def test_the_synthesis_is_four_pages_in_pdf(synthese: Document, tmp_path: Path) -> None:
    pleines(en_pdf(synthese, tmp_path))


@pytest.mark.libreoffice
def test_the_synthesis_is_four_pages_in_word(synthese: Document, bureautique: Path, tmp_path: Path) -> None:
    pleines(en_word(synthese, bureautique, tmp_path))


def test_every_key_figure_of_the_synthesis_has_its_vintage_its_perimeter_and_its_source(synthese: Document) -> None:
    (table,) = [
        node for node in noeuds(list(synthese.blocs)) if node["t"] == "Table" and "Chiffres clés" in paroles(node)
    ]
    rows = table["c"][4][0][3]
    assert len(rows) >= 6
    for row in rows:
        head, value, when, where, _ = (paroles(cell[4]).strip() for cell in row[1])
        assert "[" in head and re.search(r"\d", value) and re.search(r"\d{4}", when) and where, head


def feuilles(found: list[str], actions: int) -> list[int]:
    """How many pages each fiche takes; it begins on the page that shows its state and its code under its title."""
    first = [rank for rank, page in enumerate(found, 1) if re.search(r"(?m)^\s*À valider\s+A-\d\d\s*$", page)]
    assert len(first) == actions
    return [after - before for before, after in pairwise([*first, len(found) + 1])]


def test_each_fiche_holds_on_one_sheet_in_pdf(tmp_path: Path) -> None:
    here = edition_de(BREST, PUBLIC)
    printed = en_pdf(document("fiches-action", here), tmp_path)
    assert feuilles(printed, len(here.tous(Action))) == [FEUILLE] * len(here.tous(Action))
    assert len(printed) % 2 == 0, "printed on both sides, a fiche is a sheet"


@pytest.mark.libreoffice
def test_the_longest_fiches_hold_on_one_sheet_in_word(bureautique: Path, tmp_path: Path) -> None:
    here = edition_de(BREST, PUBLIC)
    longest = sorted(here.tous(Action), key=lambda action: -len(action.model_dump_json()))[:6]
    whole = here.element("fiches-action", Livrable)
    some = whole.model_copy(update={"filtre": Filtre(actions=[action.id for action in longest])})
    made = pages.livrable(gabarits(here), some)
    assert feuilles(en_word(made, bureautique, tmp_path), 6) == [FEUILLE] * 6


def essentiel(ident: str) -> Document:
    """A dossier cut after « L'essentiel », under a cover."""
    made = document(ident, edition_de(BREST, PARTENAIRES))
    first, second, *_ = [n for n, block in enumerate(made.blocs) if block["t"] == "Header" and block["c"][0] == 1]
    assert paroles(made.blocs[first]).strip() == "L’essentiel"
    return replace(made, blocs=made.blocs[first:second], sommaire=False)


@pytest.mark.parametrize("ident", ["dossier-region", "dossier-etat"])
def test_what_the_strategy_says_to_a_partner_holds_on_two_pages_in_pdf(ident: str, tmp_path: Path) -> None:
    _, *found = en_pdf(essentiel(ident), tmp_path)
    assert len(found) == 2


@pytest.mark.libreoffice
@pytest.mark.parametrize("ident", ["dossier-region", "dossier-etat"])
def test_what_the_strategy_says_to_a_partner_holds_on_two_pages_in_word(
    ident: str, bureautique: Path, tmp_path: Path
) -> None:
    _, *found = en_word(essentiel(ident), bureautique, tmp_path)
    assert len(found) == 2


def test_each_of_the_three_types_of_groups_has_its_booklet_and_the_public_none() -> None:
    partners = edition_de(BREST, PARTENAIRES)
    booklets = [livrable for livrable in partners.tous(Livrable) if livrable.modele == "cahier"]
    assert {livrable.groupe for livrable in booklets} == {
        "groupes-techniques", "groupes-politiques", "groupes-acteurs-economiques",
    }  # fmt: skip
    assert all(livrable.questions for livrable in booklets)
    assert not [one for one in edition_de(BREST, PUBLIC).tous(Livrable) if one.modele == "cahier"]


def test_the_technical_groups_read_every_constat_again() -> None:
    partners = edition_de(BREST, PARTENAIRES)
    made = document("cahier-groupes-techniques", partners)
    headings = {node["c"][1][0] for node in noeuds(list(made.blocs)) if node["t"] == "Header" and node["c"][0] == 2}
    assert {constat.id for constat in partners.tous(Constat)} <= headings
