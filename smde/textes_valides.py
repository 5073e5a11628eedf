"""The texts that decisions validated, word for word, in `data/demarche/textes-valides/`: each proves itself.

One file a decision, written by `decider`. A text is found by its fingerprint, the sha256 of its canonical form, and is
trusted for as long as it has it. Never raises on content.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from smde.composer import FORBIDDEN, MARKER, shortened
from smde.diagnostic import Diagnostic, Place, Span
from smde.fichiers import named
from smde.model.champ import Diffusion, Partie
from smde.model.element import Element
from smde.model.plan import Champ
from smde.parcours import connus
from smde.source import reason

DOSSIER = "data/demarche/textes-valides"
CONTRAT = "smde-textes-valides/1"
MAX_OCTETS = 5_000_000
_SCEAU = re.compile(r"[0-9a-f]{64}")
Donnees = Mapping[str, Any]


class TexteValide(NamedTuple):
    """A text that was kept: where it is written, the fingerprint it is kept under, what it says."""

    place: Place
    empreinte: str
    donnees: Donnees | None
    """None when what is written no longer has that fingerprint."""


class Lus(NamedTuple):
    """The texts found, and the files that cannot be read."""

    textes: list[TexteValide]
    diagnostics: list[Diagnostic]


def chemin(decision: str) -> str:
    """The file that keeps the texts a decision validated."""
    return f"{DOSSIER}/{decision}.json"


def canonique(donnees: Donnees) -> str:
    """The JSON of a part, keys sorted: the same text for the same content."""
    return json.dumps(donnees, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sceau(texte: str) -> str:
    """The sha256 of a text."""
    return hashlib.sha256(texte.encode(errors="surrogatepass")).hexdigest()


def ecrit(textes: Mapping[str, Donnees]) -> str:
    """The file that keeps these texts, by fingerprint: one field a line, so that whoever reviews it can read it."""
    document = {"contrat": CONTRAT, "textes": {seal: textes[seal] for seal in sorted(textes)}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def lire(racine: Path) -> Lus:
    """Every text kept in a dossier, in the order of the files, and the faults of those that cannot be read."""
    found = Lus([], [])
    try:
        names = sorted(os.listdir(racine / DOSSIER))
    except OSError:
        return found
    for name in names:
        if name.endswith(".json") and not name.startswith(".") and not FORBIDDEN.search(name):
            _lire_fichier(racine, name, found)
    return found


def _lire_fichier(racine: Path, name: str, found: Lus) -> None:
    path = f"{DOSSIER}/{name}"
    fault, content = _contenu(racine, name)
    if not fault:
        fault, textes = _textes(content)
        for seal, donnees in textes.items():
            found.textes.append(
                TexteValide(_place(path, content, seal), seal, donnees if _tient(seal, donnees) else None)
            )
    if fault:
        message = f"Les textes validés de ce fichier ne peuvent pas être lus : {fault}."
        aide = "Reprenez-le tel que `decider` l'a écrit : l'historique de git le garde."
        found.diagnostics.append(Diagnostic(Place(path), "erreur", "textes-valides-illisibles", message, aide))


def _tient(seal: str, donnees: Any) -> bool:
    """Whether a text has the fingerprint it is kept under."""
    try:
        return isinstance(donnees, dict) and sceau(canonique(donnees)) == seal
    except RecursionError:
        return False


def _contenu(racine: Path, name: str) -> tuple[str, str]:
    """Why a file cannot be taken, or nothing, and its text."""
    file = named(racine, f"{DOSSIER}/{name}", name)
    if file.message:
        return f"il {file.message}", ""
    try:
        if file.file.stat().st_size > MAX_OCTETS:
            return "il fait plus de 5 Mo", ""
        return "", file.file.read_text("utf-8-sig")
    except OSError as error:
        return reason(error), ""
    except UnicodeDecodeError:
        return "il n'est pas enregistré en UTF-8", ""


def _textes(content: str) -> tuple[str, dict[str, Any]]:
    """What is wrong with the shape of a file, or nothing, and its texts."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return "ce n'est pas un fichier JSON entier", {}
    contrat = data.get("contrat") if isinstance(data, dict) else None
    if contrat != CONTRAT:
        announced = shortened(contrat) if isinstance(contrat, str) else ""
        said = f"il annonce « {announced} »" if announced else "il n'annonce pas son format"
        return f"{said}, et ce programme lit « {CONTRAT} »", {}
    textes = data.get("textes")
    if not isinstance(textes, dict):
        return "il lui manque ses textes, rangés par empreinte sous « textes »", {}
    if not all(map(_SCEAU.fullmatch, textes)):
        return "une des clés de « textes » n'est pas une empreinte de 64 caractères", {}
    return "", textes


def _place(path: str, content: str, seal: str) -> Place:
    """The fingerprint, where it stands as a key."""
    at = max(content.find(f'"{seal}"'), 0)
    start = content.rfind("\n", 0, at) + 1
    line = content.count("\n", 0, at) + 1
    excerpt = FORBIDDEN.sub(MARKER, content[start:].partition("\n")[0])
    column = at - start + 1
    return Place(path, Span(line, column, line, column + len(seal) + 2), excerpt)


def relu(classe: type[Element], donnees: Donnees) -> Element | None:
    """The element a text was kept of, as the present model reads it; None when it no longer fits the model."""
    try:
        return classe.model_validate(connus(classe, donnees, _nomme))
    except (ValidationError, RecursionError):
        return None


def _nomme(champ: Champ, value: Any) -> Any:
    """The name of a level, which the canonical form gives by its rank."""
    known = champ.scalaire is Diffusion and value in list(Diffusion)
    return Diffusion(value).name if known else value


def donnees(partie: Partie, sans: frozenset[str]) -> dict[str, Any]:
    """The values of a part as JSON has them, what was not written left out."""
    return partie.model_dump(mode="json", exclude=set(sans), exclude_defaults=True)
