"""Time of one publication, of the first versions and of the last, when thirty are published in a row on one branch.

`python benchmarks/bench_publier.py [N]` publishes N versions of a small site already built, all different, and prints
how the time of the last ones compares with that of the first ones; it fails when that is above its promise.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from smde.publication import arborescence
from smde.publication.branche import Branche
from smde.publication.registre import Ajout, Habillage, Publication

VERSIONS = 30
CROISSANCE = 1.6
"""The median of the last third against that of the first: the same work, and a list that grows."""
PAGES = 150
"""Pages of each version, and as many elements with a permanent address."""


def construire(dossier: Path, version: str) -> arborescence.Arborescence:
    """A site of small pages, half of which change from a version to the next."""
    for rank in range(PAGES):
        words = f"Page {rank}" + (f" de la version {version}" if rank % 2 else "")
        for path in (f"pages/{rank}.html", f"id/A-{rank}.html"):
            file = dossier / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'<!doctype html><html lang="fr"><title>{words}</title><h1>{words}</h1></html>\n', "utf-8")
    (dossier / "index.html").write_text(f"<h1>{version}</h1>", "utf-8")
    return arborescence.lire(dossier, version)


def mesurer(nombre: int) -> list[float]:
    """Seconds of processor time of each publication, git included."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        depot = Path(name, "depot")
        subprocess.run(["git", "init", "-q", depot], check=True)
        for rank in range(nombre):
            version = f"1.{rank}.0"
            arbre = construire(Path(name, version), version)
            one = Publication(
                version=version,
                titre=version,
                date=f"20{10 + rank // 12}-{rank % 12 + 1:02}-01",
                statut="Document de travail",
                contrat="smde-donnees/1",
                empreinte=arbre.empreinte,
                fichiers=len(arbre.empreintes),
                octets=arbre.octets,
            )
            start = _temps()
            Branche(depot, "gh-pages").publier(arbre, Ajout(one, Habillage(), "en-vigueur"))
            found.append(_temps() - start)
    return found


def _temps() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print, and give 1 when the promise is not kept."""
    nombre = int(arguments[0]) if arguments else VERSIONS
    times = mesurer(nombre)
    third = max(1, nombre // 3)
    first, last = statistics.median(times[:third]), statistics.median(times[-third:])
    print(f"publier, {nombre} versions : {first:.2f} s chacune au début, {last:.2f} s à la fin")
    print(f"publier, de la 1re à la {nombre}e version : rapport {last / first:.2f} (promesse {CROISSANCE})")
    return int(last / first > CROISSANCE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
