"""The first page of a document with tracked changes: what it is compared with, and what changed, in sentences."""

from collections.abc import Iterable, Sequence

from smde import arbre, ecriture
from smde.arbre import Nodes
from smde.changements.changement import Changement
from smde.changements.comparaison import Comparaison, designation
from smde.revisions.numeros import deplace

ANCRE = "resume-des-changements"
MONTRES = 18
"""Sentences of the summary; the rest is counted: the marks in the text say it all."""


_DEPLACES = (
    "Un passage qui n'a fait que changer de place est marqué comme déplacé, à ses deux places. Ses tableaux, que Word "
    "ne sait pas déplacer, sont retirés de l'une et ajoutés à l'autre."
)


def resume(comparaison: Comparaison, imprimes: Iterable[str], blocs_fondus: Nodes) -> Nodes:
    """The blocks of the summary of these merged blocks, limited to the elements the document prints."""
    printed = frozenset(imprimes)
    found = [change for change in comparaison.changements if change.element in printed]
    since = f"Ce qui a changé depuis {designation(comparaison.avant)}"
    words = (
        "Ce document montre les changements en suivi des modifications : accepter toutes les modifications donne la "
        "nouvelle version, les refuser toutes donne l'ancienne. Cette page n'est pas suivie."
    )
    moves = [_DEPLACES] if deplace(blocs_fondus) else []
    blocs: Nodes = [
        {"t": "Header", "c": [1, [ANCRE, ["unnumbered"], []], arbre.mots(since)]},
        {"t": "Div", "c": [["", ["chapo"], []], [arbre.para(said) for said in (words, *moves)]]},
    ]
    if not found:
        blocs.append(arbre.para("Aucun des éléments de ce document n'a changé."))
    blocs += _listes(found)
    return [*blocs, {"t": "Div", "c": [["", ["saut"], []], []]}]


def _listes(found: Sequence[Changement]) -> Nodes:
    shown = found[:MONTRES]
    blocs: Nodes = [arbre.puces([[arbre.plain(change.phrase)] for change in shown])] if shown else []
    left = len(found) - len(shown)
    if left:
        words = ecriture.accord(left, "autre changement", "autres changements")
        blocs.append(arbre.para(f"… et {words}, dont la rédaction et l'ordre : voir les marques dans le texte."))
    return blocs
