"""Time and memory of `verifier` (read, place, validate, link, all rules) against a bare `yaml.load` of the same files.

`python benchmarks/bench_verifier.py [N…]` prints, for dossiers of N elements, the ratio of one run, then how the time
grows and the memory taken, and fails when one is above its promise.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generer import ecrire

TAILLES = (100, 1_000, 10_000)
RAPPORT, CROISSANCE, MEMOIRE = 0.8, 11.0, 300
"""Against `yaml.load` for the largest dossier; from one thousand to ten thousand elements; in megabytes."""
TOURS = 3
ICI = Path(__file__)


class Mesure(NamedTuple):
    """What one dossier costs."""

    elements: int
    yaml_seul: float
    """Seconds of processor time."""
    verifier: float
    memoire: float
    """Megabytes at the highest, interpreter and libraries included."""

    @property
    def rapport(self) -> float:
        """How many times the bare reading."""
        return self.verifier / self.yaml_seul


def mesurer(nombre: int, tours: int = TOURS) -> Mesure:
    """The least of a few rounds, each in a process of its own, taken in turn: what else runs here counts less."""
    with tempfile.TemporaryDirectory() as name:
        racine = ecrire(Path(name), nombre)
        seuls, verifies = [], []
        for _ in range(tours):
            seuls.append(_processus("yaml", racine))
            verifies.append(_processus("verifier", racine))
    return Mesure(nombre, min(seuls)[0], min(verifies)[0], min(memoire for _, memoire in verifies))


def _processus(travail: str, racine: Path) -> tuple[float, float]:
    done = subprocess.run([sys.executable, ICI, travail, racine], capture_output=True, text=True, check=True)
    temps, memoire = done.stdout.split()
    return float(temps), float(memoire)


def _yaml(racine: Path) -> float:
    import yaml

    textes = [file.read_bytes().decode() for file in sorted(racine.rglob("*.yml"))]
    debut = time.process_time()
    lus = [yaml.load(texte, yaml.CSafeLoader) for texte in textes]  # kept, as a program that reads a dossier keeps it
    temps = time.process_time() - debut
    assert len(lus) == len(textes)
    return temps


def _verifier(racine: Path) -> float:
    from smde import rules
    from smde.construire import verifier

    rules.rules()
    debut = time.process_time()
    _, diagnostics = verifier(racine)
    temps = time.process_time() - debut
    assert diagnostics == [], "the dossier is to be without fault"
    return temps


def _enfant(travail: str, racine: Path) -> None:
    temps = {"yaml": _yaml, "verifier": _verifier}[travail](racine)
    unite = 1_000_000 if sys.platform == "darwin" else 1_000
    print(temps, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unite)


def main(tailles: Sequence[int] = TAILLES, tours: int = TOURS) -> int:
    """Measure, print, and give 1 when a promise is not kept."""
    mesures = [mesurer(taille, tours) for taille in tailles]
    for mesure in mesures:
        print(
            f"verifier, {mesure.elements} éléments : yaml.load seul {mesure.yaml_seul:.2f} s, "
            f"verifier {mesure.verifier:.2f} s, rapport {mesure.rapport:.2f} (promesse {RAPPORT})"
        )
    grande = mesures[-1]
    tenu = grande.rapport <= RAPPORT and grande.memoire <= MEMOIRE
    if len(mesures) > 1:
        moyenne = mesures[-2]
        croissance = grande.verifier / moyenne.verifier
        permise = CROISSANCE * grande.elements / moyenne.elements / 10
        tenu = tenu and croissance <= permise
        print(
            f"verifier, de {moyenne.elements} à {grande.elements} éléments : "
            f"rapport {croissance:.2f} (promesse {permise:g})"
        )
    print(f"verifier, mémoire pour {grande.elements} éléments (Mo) : {grande.memoire:.0f} (promesse {MEMOIRE})")
    return int(not tenu)


if __name__ == "__main__":
    if sys.argv[1:2] in (["yaml"], ["verifier"]):
        _enfant(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main([int(nombre) for nombre in sys.argv[1:]] or TAILLES))
