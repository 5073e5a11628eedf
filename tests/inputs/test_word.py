"""A Word file goes out, is changed by others, and is read back: each field found, and exactly those that changed."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from smde import pages
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.inputs import word
from smde.inputs.archive import FichierRefuse
from smde.inputs.word import Retour, lire
from smde.model.champ import INTERNE, PARTENAIRES
from smde.model.identite import Livrable
from smde.outputs import docx
from smde.outputs.word.signets import normalise
from smde.parcours import textes
from smde.saisie import Origine
from tests.brest import RACINE
from tests.conftest import VALMER, Fichiers, ecrire
from tests.generation import dossiers
from tests.outputs.conftest import bureautique as bureautique
from tests.rendu import DATE, edition_de, gabarits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITRE = Origine("action-requalifier-friches", "titre")


def ecrit(une_edition: Edition, ident: str, **options: Any) -> bytes:
    """The Word file of a livrable."""
    livrable = une_edition.element(ident, Livrable)
    target = io.BytesIO()
    path = Path(target.name) if hasattr(target, "name") else None
    assert path is None
    return octets(lambda file: docx.write(pages.livrable(gabarits(une_edition), livrable), file, **options))


def octets(write: Callable[[Path], None]) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        write(Path(folder, "document.docx"))
        return Path(folder, "document.docx").read_bytes()
