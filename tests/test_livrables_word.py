"""Every livrable at every readership as a Word file: sound, silent on its making, whole after LibreOffice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smde.model.champ import Diffusion
from tests.controle_word import fautes
from tests.lecture_word import lire
from tests.livrables import couples, produit

LIBREOFFICE = shutil.which("soffice")
EN_CI = "SMDE_CI" in os.environ
chaque_livrable = pytest.mark.parametrize(("niveau", "ident"), couples("docx"))
Repasse = Callable[[Diffusion, str], bytes]


def nom(niveau: Diffusion, ident: str) -> str:
    return f"{niveau.name}-{ident}.docx"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the Word files, in one folder."""
    folder = tmp_path_factory.mktemp("livrables")
    for couple in couples("docx"):
        (folder / nom(*couple)).write_bytes(produit(*couple)["docx"])
    return folder


@pytest.fixture(scope="module")
def repasse(dossier: Path) -> Repasse:
    """The same files, opened and saved again by LibreOffice: it starts once for all."""
    target = dossier / "enregistres"
    profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
    options = [profil, "--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target)]
    assert LIBREOFFICE, "LibreOffice est absent"
    files = sorted(map(str, dossier.glob("*.docx")))
    subprocess.run([LIBREOFFICE, *options, *files], check=True, capture_output=True, timeout=500)
    return lambda niveau, ident: (target / nom(niveau, ident)).read_bytes()


@chaque_livrable
def test_our_own_checks_find_nothing(niveau: Diffusion, ident: str) -> None:
    assert fautes(produit(niveau, ident)["docx"]) == []


@pytest.mark.lent
@chaque_livrable
def test_two_validators_find_nothing(niveau: Diffusion, ident: str, dossier: Path) -> None:
    for tool, said in (("openxml-audit", "Errors: 0"), ("ooxml-integrity", "0 error(s), 0 warning(s), 0 info")):
        command = [str(Path(sys.executable).with_name(tool)), *(["check"] if "integrity" in tool else [])]
        done = subprocess.run([*command, str(dossier / nom(niveau, ident))], capture_output=True, text=True)
        assert done.returncode == 0 and said in done.stdout, done.stdout


@pytest.mark.lent
@pytest.mark.libreoffice
@pytest.mark.skipif(not LIBREOFFICE and not EN_CI, reason="needs LibreOffice")
@chaque_livrable
def test_libreoffice_reads_and_writes_back_all_of_it(niveau: Diffusion, ident: str, repasse: Repasse) -> None:
    ours, theirs = lire(produit(niveau, ident)["docx"]), lire(repasse(niveau, ident))
    assert theirs.mots() == ours.mots() != []
    assert theirs.notes == ours.notes
    assert theirs.sommaire == ours.sommaire
    assert (theirs.tableaux, theirs.figures) == (ours.tableaux, ours.figures)
