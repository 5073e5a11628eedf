"""The date of a version, asked of git, never of a clock."""

import subprocess
from pathlib import Path

CONTENU = ("strategy", "schema", "data")


def date_du_contenu(racine: Path) -> str | None:
    """ISO date of the last commit that touched the content of the dossier; None outside git or before any commit."""
    command = ["git", "-C", str(racine), "log", "-1", "--format=%cs", "--", *CONTENU]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None if answer.returncode == 0 else None
