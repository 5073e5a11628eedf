"""Every benchmark, one after the other, then one table of what was measured against what was promised.

`python benchmarks/tout.py` gives 1 when a promise is not kept.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ICI = Path(__file__).parent
_NOMBRE = r"(\d+(?:[.,]\d+)?)"
_LIGNE = re.compile(
    rf"^(?P<quoi>[^:\n]+?) *: *(?:.*(?:rapport|×) *)?{_NOMBRE} \((?:promesse|au plus)(?: ×)? {_NOMBRE}\)$", re.MULTILINE
)


class Resultat(NamedTuple):
    """One measure and its promise."""

    quoi: str
    mesure: float
    promesse: float

    @property
    def tenu(self) -> bool:
        """Whether the promise is kept."""
        return self.mesure <= self.promesse


def resultats(words: str) -> Iterator[Resultat]:
    """The measures a benchmark printed."""
    for quoi, mesure, promesse in _LIGNE.findall(words):
        yield Resultat(quoi.strip(), float(mesure.replace(",", ".")), float(promesse.replace(",", ".")))


def tableau(found: list[Resultat]) -> str:
    """The measures in columns."""
    width = max((len(resultat.quoi) for resultat in found), default=0)
    lines = [f"{'mesure':<{width}}  mesuré  promis"]
    for resultat in found:
        verdict = "" if resultat.tenu else "  NON TENU"
        lines.append(f"{resultat.quoi:<{width}}  {resultat.mesure:6.2f}  {resultat.promesse:6.2f}{verdict}")
    return "\n".join(lines)


def main() -> int:
    """Run every `bench_*.py` of this folder."""
    found: list[Resultat] = []
    failed = False
    for script in sorted(ICI.glob("bench_*.py")):
        done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, flush=True)
        failed = failed or done.returncode != 0
        found += resultats(done.stdout)
    print(tableau(found))
    return int(failed or not all(resultat.tenu for resultat in found))


if __name__ == "__main__":
    sys.exit(main())
