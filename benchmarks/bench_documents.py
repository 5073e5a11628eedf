"""Time of a Word file against pandoc alone, of a PDF against Typst alone, on the same document of about 150 pages.

Then: how our own work on a Word file grows with its pages, and what all the documents of the dossier of this repository
take, made for the first time and asked for again. `python benchmarks/bench_documents.py` prints the ratios of one run
and fails when one is above its promise.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from smde import arbre, construire
from smde.arbre import Document, Figure, Node, Nodes
from smde.dossier import charger
from smde.model.champ import Diffusion
from smde.outputs import docx, pdf
from smde.outputs.pandoc import convert_bytes
from smde.outputs.typst import copy_fonts
from smde.reserve import Reserve

WORD, PDF = 1.5, 1.3
"""Against pandoc alone, against Typst alone."""
PAR_PAGE = 1.25
"""Our own time for a page of a long document, against a page of one half as long."""
INCHANGES = 0.35
"""All documents when nothing changed, against the first time: their trees are poured all the same."""
ROUNDS = 5
RACINE = Path(__file__).parents[1]
DATE = "2026-11-22"
PHRASE = (
    "La métropole accompagne les porteurs de projet, requalifie ses zones d’activités et conforte, avec la Région et "
    "l’État, les filières maritimes, numériques et agroalimentaires du Pays de Brest, dont l’emploi dépend en partie. "
)
BAR = '<rect x="{x}" y="{y}" width="30" height="{h}" fill="#0b3c5d"/><text x="{x}" y="215">{year}</text>'
TYPST_ALONE = """
import sys, typst
typst.compile(sys.argv[1] + "/main.typ", sys.argv[1] + "/seul.pdf", root=sys.argv[1], font_paths=[sys.argv[1]],
              ignore_system_fonts=True, pdf_standards=["ua-1", "a-3a"], timestamp=0)
"""


def long_document(chapters: int) -> Document:
    """Chapters of constats, a financing table over several pages, a landscape matrix, fiches."""
    figures = {f"serie-{rank}": drawing(f"serie-{rank}") for rank in range(chapters)}
    blocs: Nodes = []
    for rank, figure in enumerate(figures.values(), 1):
        blocs += chapter(rank, figure)
    return Document(
        "strategie", "Stratégie et schéma", tuple(blocs), auteur="Brest métropole", date="2026-11-22", version="1.0",
        statut="Document de travail", figures=figures,
    )  # fmt: skip


def drawing(nom: str) -> Figure:
    bars = "".join(BAR.format(x=40 + 60 * i, y=200 - 12 * i, h=12 * i, year=2010 + i) for i in range(1, 10))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 230" font-family="sans-serif">{bars}</svg>'
    return Figure(nom, svg, "Emploi salarié, 2011-2019", "Histogramme : l’emploi salarié croît chaque année.")


def chapter(rank: int, figure: Figure) -> Nodes:
    source = arbre.note([arbre.para("Insee, recensement de la population.")])
    paragraphs = [arbre.para([*arbre.mots(PHRASE * 3), source]) for _ in range(6)]
    constats: Nodes = []
    for n in range(1, 6):
        constats += [arbre.titre(2, f"Constat {n} du thème {rank}", f"constat-{rank}-{n}"), *paragraphs]
        constats.append(arbre.puces([PHRASE] * 3))
    lines = [[f"Action {n}, thème {rank}", "Métropole", "2016-2020", "125 000", "25 000", "acquis"] for n in range(60)]
    table = arbre.tableau(
        f"Financement du thème {rank}", ["Action", "Pilote", "Période", "Coût", "Part", "État"], lines, nombres=[3, 4]
    )
    matrix = arbre.tableau("Rôles", ["Priorité", *"ABCDEFGH"], [[f"Priorité {n}", *["pilote"] * 8] for n in range(12)])
    return [
        arbre.titre(1, f"Thème {rank}", f"theme-{rank}"),
        *constats,
        arbre.image(figure),
        table,
        arbre.bloc(["paysage"], [arbre.titre(2, "Qui fait quoi"), matrix]),
        *(fiche(rank, n) for n in range(1, 3)),
    ]


def fiche(rank: int, n: int) -> Node:
    content = [["Pilote", "Direction du développement économique"], ["Étapes", PHRASE], ["Articulation", PHRASE]]
    return arbre.bloc(["fiche"], [
        arbre.titre(2, f"Fiche action {rank}.{n}", f"action-{rank}-{n}"),
        arbre.para([arbre.span(["statut"], "Proposée"), {"t": "Space"}, *arbre.mots(PHRASE)]),
        arbre.tableau(f"Fiche {rank}.{n}", ["Rubrique", "Contenu"], content, largeurs=[0.25, 0.75]),
    ])  # fmt: skip


def least(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The least processor time of each work, children included, in seconds, over rounds where they take turns."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(spent, works, strict=True):
            start = _processor()
            work()
            times.append(_processor() - start)
    return [min(times) for times in spent]


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def typst_alone(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", TYPST_ALONE, str(folder)], check=True)


def own_time(rounds: int, document: Document, target: Path) -> float:
    """The least processor time of this process alone for a Word file: what is done before and after pandoc."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        docx.write(document, target)
        spent.append(time.process_time() - start)
    return min(spent)


def all_documents(racine: Path, niveau: Diffusion, folder: Path) -> tuple[float, float, int]:
    """Seconds for every document of a dossier the first time, then when nothing changed; how many they are."""
    dossier = charger(racine)
    spent, made = [], 0
    for _ in range(2):
        making = construire.atelier(dossier, niveau, DATE, lambda _: None)
        making.reserve = Reserve(folder)
        start = time.perf_counter()
        made = len(making.documents(odt_voulu=False))
        spent.append(time.perf_counter() - start)
    return spent[0], spent[1], made


def main(chapters: int = 14, rounds: int = ROUNDS, racine: Path = RACINE, niveau: Diffusion = Diffusion.interne) -> int:
    """Measure, print, and give 1 when a promise is not kept."""
    document, half = long_document(chapters), long_document(max(chapters // 2, 1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in pdf.sources(document).items():
            (folder / path).write_text(text, encoding="utf-8")
        copy_fonts(folder / "polices")
        pandoc_alone, word = least(
            rounds,
            lambda: convert_bytes(document.blocs, "docx"),
            lambda: docx.write(document, folder / "long.docx"),
        )
        alone, paged = least(rounds, lambda: typst_alone(folder), lambda: pdf.write(document, folder / "long.pdf"))
        pdf.write(half, folder / "moitie.pdf")
        pages, fewer = (len(PdfReader(folder / f"{name}.pdf").pages) for name in ("long", "moitie"))
        long, short = (own_time(rounds, one, folder / "long.docx") for one in (document, half))
        first, again, made = all_documents(racine, niveau, folder)
    measures = [
        (f"docx : pandoc seul {pandoc_alone:.2f} s, Word {word:.2f} s, rapport", word / pandoc_alone, WORD),
        (f"pdf : Typst seul {alone:.2f} s, PDF {paged:.2f} s, rapport", paged / alone, PDF),
        (
            f"docx, hors pandoc, par page : {fewer} pages {short:.2f} s, {pages} pages {long:.2f} s, rapport",
            long / pages / (short / fewer),
            PAR_PAGE,
        ),
        (
            f"tous les documents, sans changement : {made} fichiers {first:.1f} s, puis {again:.1f} s, rapport",
            again / first,
            INCHANGES,
        ),
    ]
    print(f"{pages} pages, temps de processeur ; tous les documents, à l'horloge")
    for words, ratio, promise in measures:
        print(f"{words} {ratio:.2f} (promesse {promise})")
    return int(any(ratio > promise for _, ratio, promise in measures))


if __name__ == "__main__":
    sys.exit(main())
