"""The first page of a document with tracked changes: what it is compared with, and what changed, in sentences."""

from collections.abc import Iterable, Sequence

from smde import arbre, ecriture
from smde.arbre import Nodes
from smde.changements.changement import Changement
from smde.changements.comparaison import Comparaison

ANCRE = "resume-des-changements"
MONTRES = 18
"""Sentences of the summary; the rest is counted: the marks in the text say it all."""


def resume(comparaison: Comparaison, imprimes: Iterable[str]) -> Nodes:
    """The blocks of the summary, limited to the elements the document prints."""
    printed = frozenset(imprimes)
    found = [change for change in comparaison.changements if change.element in printed]
    since = f"Ce qui a changé depuis « {comparaison.avant.nom} » ({ecriture.periode(comparaison.avant.date)})"
    words = (
        "Ce document montre les changements en suivi des modifications : accepter toutes les modifications donne la "
        "nouvelle version, les refuser toutes donne l'ancienne. Cette page n'est pas suivie."
    )
    blocs: Nodes = [
        {"t": "Header", "c": [1, [ANCRE, ["unnumbered"], []], arbre.mots(since)]},
        {"t": "Div", "c": [["", ["chapo"], []], [arbre.para(words)]]},
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
