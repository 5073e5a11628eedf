"""The date of a version, asked of git, never of a clock."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from smde.git import demande

CONTENU = ("strategy", "schema", "data")
_CACHES = (":(exclude,glob)**/.*", ":(exclude,glob)**/.*/**")
"""What systems and editors leave there, which is no content."""


class Version(NamedTuple):
    """The date of the content, None when nobody knows it; and what to say about it, in French."""

    date: str | None
    remarque: str = ""


def date_du_contenu(racine: Path) -> Version:
    """ISO date of the last commit that touched the content; failing git, that of SOURCE_DATE_EPOCH.

    The remark says why there is no date, or why the one given may not be that of what is being published.
    """
    given = _epoch()
    try:
        inside = demande(racine, "rev-parse", "--is-inside-work-tree")
        if inside is None:
            return given or Version(None, "ce dossier n'est pas suivi par git")
        answer = demande(racine, "log", "-1", "--format=%H %cs", "--", *CONTENU)
        if not answer:
            return given or Version(None, "le contenu de ce dossier n'a pas encore été enregistré dans git")
        commit, date = answer.split()
        return Version(date, _remark(racine, commit, date))
    except FileNotFoundError:
        return given or Version(None, "git n'est pas installé sur cette machine")
    except subprocess.TimeoutExpired:
        return given or Version(None, "git ne répond pas")


def _remark(racine: Path, commit: str, date: str) -> str:
    if demande(racine, "status", "--porcelain", "--untracked-files=normal", "--", *CONTENU, *_CACHES):
        return (
            f"Des changements du contenu ne sont pas encore enregistrés dans git : la version porte la date du dernier "
            f"enregistrement, {date}. Pour une autre date : --date AAAA-MM-JJ."
        )
    shallow = demande(racine, "rev-parse", "--is-shallow-repository") == "true"
    if shallow and not demande(racine, "log", "-1", "--format=%P", commit):
        return (
            f"L'historique de ce clone est incomplet : la date {date} est celle du dernier enregistrement connu, "
            "peut-être pas celle du contenu. Complétez-le (git fetch --unshallow) ou donnez --date AAAA-MM-JJ."
        )
    return ""


def _epoch() -> Version | None:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return Version(datetime.fromtimestamp(int(seconds), UTC).date().isoformat())
    except (ValueError, OverflowError, OSError):
        return None
