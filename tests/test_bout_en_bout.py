"""The whole chain as a person runs it, on the dossiers one meets: empty, begun, whole, at fault, and that of Brest."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from smde import construire
from tests.commande import PROJET, git, smde
from tests.conftest import Fichiers, ecrire

DATE = ("--date", "2020-03-02")
DIAGNOSTIC = (
    "strategy/diagnostic/", "data/themes", "data/sources", "data/territoires", "data/indicateurs/", "data/acteurs",
    "data/entretiens", "data/guides",
)  # fmt: skip


def lu(site: Path, page: str) -> str:
    return (site / page).read_text(encoding="utf-8")


def test_an_empty_dossier_produces_nothing_and_says_how_to_begin(tmp_path: Path) -> None:
    answer = smde("--racine", tmp_path, *DATE)
    assert answer.code == 1
    assert "Aucun fichier YAML dans `strategy/`, `schema/`, `data/`." in answer.sortie
    assert "--racine" in answer.sortie
    assert list(tmp_path.iterdir()) == []


def test_a_dossier_with_only_a_diagnostic_has_a_site_of_its_own_and_a_document(
    fichiers_valmer: Fichiers, tmp_path: Path
) -> None:
    files = {path: content for path, content in fichiers_valmer.items() if path.startswith(DIAGNOSTIC)}
    files["data/livrables/strategie.yml"] = fichiers_valmer["data/livrables/strategie.yml"]
    immobilier = str(files["strategy/diagnostic/immobilier.yml"]).replace("[[terme-friche]]", "le glossaire")
    files["strategy/diagnostic/immobilier.yml"] = re.sub(r"  validation:\n(?:    .*\n)+", "", immobilier)
    racine = ecrire(tmp_path, files)
    answer = smde("--racine", racine, *DATE)
    assert answer.code == 0, answer.sortie + answer.dit
    site = racine / "sortie" / "public" / "site"
    assert "Les friches du port couvrent 37 hectares" in lu(site, "constats/index.html")
    assert (racine / "sortie/public/documents/livrable-strategie.docx").stat().st_size > 10_000
    data = json.loads((racine / "sortie/public/donnees/strategie.json").read_text("utf-8"))
    assert "enjeu" not in data["elements"]
    assert len(data["elements"]["constat"]) == 3


def test_a_single_constat_is_enough_to_see_a_site(tmp_path: Path) -> None:
    racine = ecrire(
        tmp_path,
        {
            "strategy/diagnostic.yml": "id: friches\ntitre: Les friches du port couvrent 37 hectares\ntheme: foncier\n"
            "nature: faiblesse\npreuves: [{par: source, source: inventaire}]\ndiffusion: public\n",
            "data/themes.yml": "{id: foncier, titre: Foncier, diffusion: public}\n",
            "data/sources.yml": "{id: inventaire, titre: Inventaire des friches, date: 2019, diffusion: public}\n",
        },
    )
    answer = smde("site", "--racine", racine, *DATE)
    assert answer.code == 0, answer.sortie + answer.dit
    assert "37" in lu(racine / "sortie/public/site", "constats/friches.html")


def test_a_dossier_without_identity_is_named_all_the_same(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    files = {path: content for path, content in fichiers_valmer.items() if path != "data/identite.yml"}
    racine = ecrire(tmp_path, files)
    answer = smde("--racine", racine, *DATE)
    assert answer.code == 0, answer.sortie + answer.dit
    assert "Stratégie de développement économique" in lu(racine / "sortie/public/site", "index.html")
    assert "identite-absente" in smde("verifier", "--racine", racine).sortie


@pytest.fixture(scope="module")
def valmer_publie(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> Path:
    """The outputs of the whole dossier for each readership, made as the command makes them."""
    racine = ecrire(tmp_path_factory.mktemp("valmer"), fichiers_valmer)
    for level in ("public", "interne"):
        answer = smde("--racine", racine, "--diffusion", level, *DATE)
        assert answer.code == 0, answer.sortie + answer.dit
    return racine / "sortie"


def test_the_data_obey_the_schema_published_beside_them(valmer_publie: Path) -> None:
    for level in ("public", "interne"):
        folder = valmer_publie / level / "donnees"
        document = json.loads((folder / "strategie.json").read_text("utf-8"))
        jsonschema.validate(document, json.loads((folder / "strategie.schema.json").read_text("utf-8")))
        assert document["diffusion"] == level


def test_a_wider_edition_is_made_beside_the_other_and_says_more(valmer_publie: Path) -> None:
    public, interne = (lu(valmer_publie / level / "site", "acteurs/region.html") for level in ("public", "interne"))
    assert "La Région souhaite que les aides passent" not in public
    assert "La Région souhaite que les aides passent" in interne


def test_the_word_and_the_pdf_files_hold_the_same_strategy(valmer_publie: Path) -> None:
    folder = valmer_publie / "public" / "documents"
    with zipfile.ZipFile(folder / "livrable-strategie.docx") as archive:
        assert archive.testzip() is None
        word = archive.read("word/document.xml").decode()
    pages = PdfReader(io.BytesIO((folder / "livrable-strategie.pdf").read_bytes())).pages
    paper = " ".join("".join(page.extract_text() for page in pages).split())
    for words in ("Les friches du port couvrent", "Requalifier la friche", "Réserve foncière du port"):
        assert words in word.replace("\u00a0", " ")
        assert words in paper.replace("\u00a0", " ")


def test_one_document_can_be_had_in_one_format(racine: Path) -> None:
    answer = smde("documents", "livrable-strategie", "--format", "pdf", "--racine", racine, *DATE)
    assert answer.code == 0, answer.dit
    assert [path.name for path in (racine / "sortie/public/documents").iterdir()] == ["livrable-strategie.pdf"]


def test_opendocument_is_made_or_its_absence_is_told_in_a_sentence(racine: Path) -> None:
    answer = smde("documents", "--format", "odt", "--racine", racine, *DATE)
    if shutil.which("soffice"):
        assert answer.code == 0, answer.dit
        with zipfile.ZipFile(racine / "sortie/public/documents/livrable-strategie.odt") as archive:
            assert b"Requalifier" in archive.read("content.xml")
    bare = smde("documents", "--format", "odt", "--racine", racine, *DATE, env={"PATH": "/nulle/part"})
    assert bare.code == 1
    assert "LibreOffice n'est pas installé sur cette machine" in bare.dit.replace("’", "'")


def test_a_dossier_in_folders_with_spaces_and_accents_is_as_good_as_another(
    fichiers_valmer: Fichiers, tmp_path: Path
) -> None:
    racine = ecrire(tmp_path / "Stratégie éco « 2030 » & co", fichiers_valmer)
    answer = smde(*DATE, dossier=racine)
    assert answer.code == 0, answer.sortie + answer.dit
    assert "Fait : sortie/public/site/index.html" in answer.dit
    assert (racine / "sortie/public/documents/livrable-strategie.pdf").is_file()


@pytest.fixture(scope="module")
def brest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of Brest, as it is in the project, with its templates, its pages and its history."""
    racine = tmp_path_factory.mktemp("brest")
    for name in ("strategy", "schema", "data"):
        shutil.copytree(PROJET / name, racine / name)
    git(racine, "init", "-q")
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "État du dossier", jour="2026-01-15")
    return racine


def test_the_dossier_of_brest_has_no_error() -> None:
    _, diagnostics = construire.verifier(PROJET)
    assert [diagnostic for diagnostic in diagnostics if diagnostic.severite == "erreur"] == []


@pytest.mark.lent
def test_the_dossier_of_brest_is_made_whole_and_dated_by_git(brest: Path) -> None:
    answer = smde(dossier=brest, secondes=900)
    assert answer.code == 0, answer.sortie + answer.dit
    sortie = brest / "sortie" / "public"
    assert "Stratégie" in lu(sortie / "site", "index.html")
    document = json.loads((sortie / "donnees/strategie.json").read_text("utf-8"))
    assert document["date"] == "2026-01-15"
    assert len(document["elements"]["constat"]) >= 40
    assert len(document["elements"]["action"]) >= 25
    for form in ("docx", "pdf"):
        assert (sortie / f"documents/strategie-et-schema.{form}").stat().st_size > 100_000
    status = subprocess.run(
        ["git", "status", "--porcelain", "strategy", "schema", "data"], cwd=brest, capture_output=True
    )
    assert status.stdout == b""
