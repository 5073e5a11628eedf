"""The command `smde`: verbs in French, one door for errors."""

import sys
from pathlib import Path

from smde import report, rules
from smde.diagnostic import in_order
from smde.dossier import charger


def main() -> int:
    d = charger(Path("."))
    ds = in_order([*d.diagnostics, *rules.run(d)])
    sys.stdout.write(report.texte(ds))
    return int(any(x.severite == "erreur" for x in ds))
