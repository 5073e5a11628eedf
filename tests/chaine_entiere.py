"""The whole chain on one dossier, as the command runs it: data, documents, site, by path."""

from collections.abc import Sequence
from pathlib import Path

from smde import construire
from smde.dossier import charger
from smde.model.champ import Diffusion
from smde.model.identite import FormatDocument
from tests.conftest import Fichiers, ecrire

DATE = "2024-01-15"
WORD_ET_PDF = (FormatDocument.docx, FormatDocument.pdf)


def artefacts(
    fichiers: Fichiers, niveau: Diffusion, racine: Path, formats: Sequence[FormatDocument] | None = None
) -> dict[str, bytes]:
    """Every file of an edition, by path; the rules are not asked, as a dossier at fault must not leak either.

    `formats` are those of each document, unless others are given.
    """
    atelier = construire.atelier(charger(ecrire(racine, fichiers)), niveau, DATE, lambda _: None)
    files = {f"donnees/{path}": content for path, content in atelier.donnees().items()}
    files |= {f"documents/{path}": content for path, content in atelier.documents(formats=formats).items()}
    target = racine / "sortie" / "site"
    atelier.site(target, files)
    made = {f"site/{path.relative_to(target).as_posix()}": path for path in target.rglob("*") if path.is_file()}
    return files | {path: file.read_bytes() for path, file in sorted(made.items())}
