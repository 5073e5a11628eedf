"""Site of N pages against plain `mkdocs build` with Material of as many pages of equal text, outside the menu.

`python benchmarks/bench_site.py [100 1000]` prints CPU seconds (whole processes) and the two ratios promised: ours to
theirs (at most 1.3) and, from the first N to the last, ours to itself (at most 1.1 × the growth of N).
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from smde import arbre
from smde.arbre import Document
from smde.outputs import site

TEXTE = """le territoire forme des compétences que ses entreprises peinent à retenir et la métropole anime avec ses
partenaires une démarche qui part de faits datés pour aller vers des actions dont chacun connaît le pilote le coût et
l’échéance"""
MOTS = TEXTE.split()
PARTIES = ("Pourquoi", "Et donc", "Ce qui est visé", "Qui fait quoi")


def phrase(rang: int) -> str:
    """Sixty words."""
    return " ".join(MOTS[(rang * 7 + place * (1 + rang % 5)) % len(MOTS)] for place in range(60)).capitalize() + "."


def ours(count: int, folder: Path) -> None:
    """A site of `count` element pages, each linked to three others."""
    pages = [Document("index", "Accueil", (arbre.para(phrase(0)),))]
    ids = {f"action-{rang}": f"actions/action-{rang}" for rang in range(count)}
    for rang in range(count):
        blocs = []
        for place, partie in enumerate(PARTIES):
            lien = arbre.lien_element(f"action-{(rang * 3 + place) % count}", "une autre action")
            blocs += [arbre.titre(2, partie), arbre.para([*arbre.mots(phrase(4 * rang + place)), {"t": "Space"}, lien])]
        pages.append(Document(f"actions/action-{rang}", f"Action {rang}", tuple(blocs), genre="action"))
    identity = site.SiteIdentity("Métropole", "Stratégie", "2015-02-03", menu=(("Accueil", "index"),))
    assert site.write(pages, identity, ids=ids, target=folder / "site") == []


def stage_theirs(count: int, folder: Path) -> None:
    """The same words as Markdown, with Material as it comes."""
    docs = folder / "docs" / "actions"
    docs.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(f"# Accueil\n\n{phrase(0)}\n", encoding="utf-8")
    for rang in range(count):
        lines = [f"# Action {rang}\n"]
        for place, partie in enumerate(PARTIES):
            lien = f"[une autre action](action-{(rang * 3 + place) % count}.md)"
            lines += [f"## {partie}\n", f"{phrase(4 * rang + place)} {lien}\n"]
        (docs / f"action-{rang}.md").write_text("\n".join(lines), encoding="utf-8")
    settings = {
        "site_name": "Stratégie",
        "theme": {"name": "material", "language": "fr", "font": False, "features": ["navigation.prune"]},
        "plugins": ["search"],
        "nav": [{"Accueil": "index.md"}],
        "not_in_nav": "*",
    }
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")


def cpu(command: list[str]) -> float:
    """CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(counts: list[int], rounds: int = 2) -> None:
    """Measure the least of a few rounds for each number of pages, and print."""
    times: dict[int, float] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            stage_theirs(count, Path(second))
            build = [sys.executable, __file__, "--build", str(count)]
            mine = min(cpu([*build, f"{first}/{turn}"]) for turn in range(rounds))
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", f"{second}/mkdocs.yml"]
            plain = min(cpu(command) for _ in range(rounds))
        times[count] = mine
        print(
            f"{count:5} pages : smde {mine:6.2f} s   mkdocs {plain:6.2f} s   rapport {mine / plain:.2f} (au plus 1,30)"
        )
    first_count, last = counts[0], counts[-1]
    if last > first_count:
        growth = times[last] / times[first_count]
        print(f"de {first_count} à {last} pages : temps × {growth:.1f} (au plus × {1.1 * last / first_count:.0f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        ours(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(argument) for argument in sys.argv[1:]] or [100, 1000])
