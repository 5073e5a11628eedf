"""The only door to LibreOffice: a file in, the same in another format out, with a profile of its own."""

import shutil
from pathlib import Path

from smde.outputs.outil import OutilEnEchec, run

SECONDES = 300


def available() -> bool:
    """Whether LibreOffice is installed here."""
    return _command() is not None


def convert(fichier: Path, to: str, folder: Path) -> Path | None:
    """The file in the format `to` (« odt », « pdf:writer_pdf_Export:… »), in this folder; None when it made none."""
    command = _command()
    if command is None:
        raise OutilEnEchec("LibreOffice n’est pas installé sur cette machine.")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", to, "--outdir", str(folder), str(fichier)]
    run("LibreOffice", [command, profile, *options], secondes=SECONDES)
    made = folder / fichier.with_suffix("." + to.split(":")[0]).name
    return made if made.exists() else None


def _command() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")
