"""A Word file with tracked changes: accepting all gives the new version, refusing all the former one."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from smde import pages
from smde.arbre import Document
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.gabarits import Gabarits
from smde.model.champ import PARTENAIRES
from smde.model.identite import Livrable
from smde.outputs import docx, pandoc, pdf
from smde.revisions import fondu
from tests.commande import git, smde
from tests.conftest import Fichiers, ecrire
from tests.rendu import DATE, MACROS, RACINE, simple
from tests.revisions.lecture import NUMERO, W, mots_lus, paragraphes, suivis

FRICHES = "schema/actions/requalifier-friches.yml"


def livrable(une: Edition, nom: str) -> Document:
    """The document alone: neither cover nor contents, whose numbers Word counts again."""
    found = pages.livrable(Gabarits(MACROS, une, pandoc.read), une.element(nom, Livrable))
    return replace(found, couverture=False, sommaire=False)


def changes(files: Fichiers) -> Fichiers:
    """A part grows, a word changes, an étape leaves, a paragraph and an action come."""
    fiche = str(files[FRICHES])
    for old, new in (
        ("montant: 800000,", "montant: 950000,"),
        ("**douze lots**", "**dix lots**"),
        ("  - {titre: Consultation des entreprises, echeance: 2021}\n", ""),
        ("suivis:\n", "suivis:\n  - {type: resultat, mesure: Emplois créés sur le site}\n"),
    ):
        assert fiche.count(old) == 1, old
        fiche = fiche.replace(old, new)
    neuve = str(files[FRICHES]).replace("id: action-requalifier-friches", "id: A-31")
    neuve = neuve.replace("titre: Requalifier la friche", "titre: Clôturer la friche")
    return {**files, FRICHES: fiche, "schema/actions/cloturer.yml": neuve}


@pytest.fixture(scope="module")
def editions(fichiers_valmer: Fichiers, tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Edition]:
    folder = tmp_path_factory.mktemp("editions")
    before = charger(ecrire(folder / "avant", fichiers_valmer))
    after = charger(ecrire(folder / "apres", changes(fichiers_valmer)))
    return edition(before, PARTENAIRES, DATE), edition(after, PARTENAIRES, DATE)


@pytest.fixture(scope="module")
def fichiers(editions: tuple[Edition, Edition], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The former file, the new one, and the one that shows what changed."""
    nom = editions[0].tous(Livrable)[0].id
    before, after = (livrable(one, nom) for one in editions)
    folder = tmp_path_factory.mktemp("word")
    merged = replace(fondu(before, after), reviseur="Valmer métropole")
    made = {"avant": before, "apres": after, "suivi": merged}
    for name, one in made.items():
        docx.write(one, folder / f"{name}.docx")
    return {name: folder / f"{name}.docx" for name in made}


def dits(lines: list[str]) -> list[str]:
    return [NUMERO.sub(r"\1", simple(line)).strip() for line in lines]


def test_accepting_all_gives_the_new_version(fichiers: dict[str, Path]) -> None:
    assert dits(paragraphes(fichiers["suivi"], "accepter")) == dits(paragraphes(fichiers["apres"]))


def test_refusing_all_gives_the_former_version(fichiers: dict[str, Path]) -> None:
    assert dits(paragraphes(fichiers["suivi"], "refuser")) == dits(paragraphes(fichiers["avant"]))


@pytest.mark.parametrize(("mode", "reference"), [("accept", "apres"), ("reject", "avant")])
def test_pandoc_reads_the_same_words(fichiers: dict[str, Path], mode: str, reference: str) -> None:
    assert mots_lus(fichiers["suivi"], mode) == mots_lus(fichiers[reference])


def test_revisions_are_signed_dated_and_numbered_once(fichiers: dict[str, Path]) -> None:
    marks = [mark for found in suivis(fichiers["suivi"]).values() for mark in found]
    assert len(marks) > 10
    assert {mark.get(W + "author") for mark in marks} == {"Valmer métropole"}
    assert {mark.get(W + "date") for mark in marks} == {f"{DATE}T00:00:00Z"}
    numbers = [mark.get(W + "id") for mark in marks]
    assert len(set(numbers)) == len(numbers)


def test_what_did_not_change_shows_no_revision(fichiers: dict[str, Path]) -> None:
    tree = etree.fromstring(zipfile.ZipFile(fichiers["suivi"]).read("word/document.xml"))
    clean = [p for p in tree.iter(W + "p") if not list(p.iter(W + "ins", W + "del"))]
    said = " ".join("".join(t.text or "" for t in p.iter(W + "t")) for p in clean)
    assert "Les friches du port couvrent 37" in simple(said)
    assert not list(etree.fromstring(zipfile.ZipFile(fichiers["apres"]).read("word/document.xml")).iter(W + "ins"))


def test_a_row_that_came_is_a_row_revision(fichiers: dict[str, Path]) -> None:
    marks = [mark for mark in suivis(fichiers["suivi"])["ins"] if mark.getparent().tag == W + "trPr"]
    rows = [mark.getparent().getparent() for mark in marks]
    assert any("Emplois créés sur le site" in "".join(t.text or "" for t in row.iter(W + "t")) for row in rows)


def test_the_file_opens_in_word(fichiers: dict[str, Path]) -> None:
    result = OpenXmlValidator().validate(fichiers["suivi"])
    assert result.is_valid, result.errors


def test_the_pdf_is_made_and_says_both(editions: tuple[Edition, Edition], tmp_path: Path) -> None:
    nom = editions[0].tous(Livrable)[0].id
    merged = replace(fondu(*(livrable(one, nom) for one in editions)), reviseur="Valmer métropole")
    pdf.write(merged, tmp_path / "suivi.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "suivi.pdf").pages)
    assert "douze" in words and "dix" in words


@pytest.mark.lent
def test_the_command_shows_what_changed_since_a_revision(racine: Path, fichiers_valmer: Fichiers) -> None:
    git(racine, "init", "-q", "-b", "main")
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "Premier état")
    fiche = str(fichiers_valmer[FRICHES]).replace("**douze lots**", "**dix lots**")
    ecrire(racine, {FRICHES: fiche.replace("maturite: fiche_action", "maturite: engagee")})
    common = ["--racine", racine, "--date", DATE, "--reviseur", "Direction de l'économie"]
    answer = smde("documents", "--depuis", "HEAD", *common)
    assert answer.code == 0, answer.dit
    (made,) = (racine / "sortie" / "public" / "documents").glob("*-depuis-head.docx")
    assert suivis(made)["ins"][0].get(W + "author") == "Direction de l'économie"
    first = simple(" ".join(paragraphes(made)))
    assert "Ce qui a changé depuis « HEAD »" in first and "fiche action devient engagée" in first


def test_another_format_or_an_unknown_version_is_refused_in_a_sentence(racine: Path) -> None:
    for options, said in (
        (["--depuis", "jamais-publiee"], "« jamais-publiee » n'est ni une version publiée"),
        (["--depuis", str(racine), "--format", "odt"], "se font en docx ou en pdf, pas en odt"),
    ):
        answer = smde("documents", *options, "--racine", racine, "--date", DATE)
        assert (answer.code, answer.sortie) == (1, "")
        assert said in answer.dit
        assert not (racine / "sortie" / "public" / "documents").exists()


@pytest.mark.lent
@pytest.mark.parametrize("nom", ["dossier-region"])
def test_on_the_brest_dossier_too(nom: str, tmp_path: Path) -> None:
    """An edition that lacks an action and a part of the constats, against the whole one."""
    after = edition(charger(RACINE), PARTENAIRES, DATE)
    kept = {ident: one for rank, (ident, one) in enumerate(after.elements.items()) if one.genre != "action" or rank % 3}
    before = replace(after, elements=kept)
    documents = [livrable(one, nom) for one in (before, after)]
    docx.write(replace(fondu(*documents), reviseur="Brest métropole"), tmp_path / "suivi.docx")
    for mode, document in zip(("refuser", "accepter"), documents, strict=True):
        docx.write(document, tmp_path / "seul.docx")
        assert dits(paragraphes(tmp_path / "suivi.docx", mode)) == dits(paragraphes(tmp_path / "seul.docx"))
