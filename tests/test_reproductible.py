"""The same content gives the same bytes, whoever runs the program, wherever, whenever, in whatever language."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commande import PROJET, environnement, git
from tests.conftest import Fichiers, ecrire

ICI = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
AILLEURS = {
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "424242",
    "SOURCE_DATE_EPOCH": "1000000000",
    "COLUMNS": "40",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def produire(racine: Path, env: dict[str, str], masque: int, cible: Path) -> dict[str, str]:
    """Publish a dossier in a process of its own, and give the print of each file."""
    command = [sys.executable, "-m", "smde", "--racine", str(racine), "--sortie", str(cible)]
    done = subprocess.run(
        command, cwd=racine, env=environnement(env), capture_output=True, text=True, preexec_fn=lambda: os.umask(masque)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        file.relative_to(cible).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(cible.rglob("*"))
        if file.is_file()
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the mask of new files is that of Unix")
def test_two_machines_make_the_same_bytes(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    first = ecrire(tmp_path / "poste de Élise", fichiers_valmer)
    git(first, "init", "-q")
    git(first, "add", ".")
    git(first, "commit", "-qm", "Premier état")
    (tmp_path / "ailleurs").mkdir()
    git(tmp_path / "ailleurs", "clone", "-q", first.as_uri(), "copie")
    second = tmp_path / "ailleurs" / "copie"
    for rank, file in enumerate(sorted(second.rglob("*.yml"), reverse=True)):
        os.utime(file, (1_500_000_000 + rank, 1_500_000_000 + rank))
    here = produire(first, ICI, 0o022, tmp_path / "sortie-ici")
    there = produire(second, AILLEURS, 0o077, tmp_path / "b" / "sortie")
    assert PROJET not in first.parents
    assert {path: print_ for path, print_ in here.items() if there.get(path) != print_} == {}
    assert there.keys() == here.keys()
    suffixes = {Path(path).suffix for path in here}
    assert {".html", ".docx", ".pdf", ".json", ".csv", ".css", ".js", ".woff2", ".xml", ".gz"} <= suffixes


@pytest.mark.skipif(sys.platform == "win32", reason="the mask of new files is that of Unix")
def test_outputs_can_be_read_by_whoever_the_system_lets(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    racine = ecrire(tmp_path / "valmer", fichiers_valmer)
    command = [sys.executable, "-m", "smde", "donnees", "--racine", str(racine), "--date", "2020-03-02"]
    subprocess.run(command, env=environnement(), check=True, capture_output=True, preexec_fn=lambda: os.umask(0o022))
    published = racine / "sortie" / "public" / "donnees"
    assert published.stat().st_mode & 0o777 == 0o755
    assert (published / "strategie.json").stat().st_mode & 0o777 == 0o644
