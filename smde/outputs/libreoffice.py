"""The only door to LibreOffice: a file in, the same in another format out, with a profile of its own."""

import os
import shutil
from pathlib import Path

from smde.outputs.outil import OutilEnEchec, empreinte, run

SECONDES = 300


def available() -> bool:
    """Whether LibreOffice is installed here."""
    return _command() is not None


def version() -> tuple[object, ...]:
    """What tells this LibreOffice from another."""
    folder = Path(os.path.realpath(_command() or "")).parent
    return tuple(empreinte(folder / name) for name in ("soffice.bin", "versionrc"))


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
