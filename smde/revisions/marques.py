"""The marks of what came and of what went, put around words of the neutral tree."""

from collections.abc import Callable
from typing import Any

from smde.arbre import Node, Nodes
from smde.saisie import CHAMP

AJOUT, RETRAIT = "ajout", "retrait"
ARRIVEE, DEPART = "arrivee", "depart"
"""Classes of the spans around what came and what went, and around what moved: where it is, where it was.

Nothing else in a document has them. The spans of what moved say which move it is: `deplacement`.
"""
MARQUES = frozenset({AJOUT, RETRAIT, ARRIVEE, DEPART})
PARTIS = frozenset({RETRAIT, DEPART})
"""What the new document does not have."""

EN_LIGNE = frozenset({"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"})
AVEC_ATTRIBUT = frozenset({"Span", "Link"})
_ATTRIBUT = {"Header": 1, "Div": 0, "Table": 0, "Figure": 0, "CodeBlock": 0}
DE_MOTS = frozenset({"Para", "Plain"})


def marque(sort: str, inlines: Nodes, deplacement: str = "") -> Nodes:
    """These words under a mark, which stands inside what gives them their form: a link keeps its own end.

    Words that have a mark keep theirs. `deplacement` says which move the mark is of.
    """
    values = [["deplacement", deplacement]] if deplacement else []
    made: Nodes = []
    bare: Nodes = []

    def close() -> None:
        if bare:
            made.append({"t": "Span", "c": [["", [sort], values], list(bare)]})
            bare.clear()

    for node in inlines:
        inner = interieur(node)
        if inner is None:
            bare.append(node)
            continue
        close()
        made.append(node if marque_de(node) else avec_interieur(node, marque(sort, inner, deplacement)))
    close()
    return made


def marque_de(node: Node) -> str:
    """Which mark a node is, nothing for any other node."""
    names = node["c"][0][1] if node["t"] == "Span" else []
    return str(names[0]) if len(names) == 1 and names[0] in MARQUES else ""


def deplacement_de(node: Node) -> str:
    """Which move a mark is of, nothing for what only came or went."""
    return next((str(value) for key, value in node["c"][0][2] if key == "deplacement"), "")


def sans_marques(sort: str, inlines: Nodes) -> Nodes:
    """The words without those under this mark, nor the forms that held nothing else."""
    made: Nodes = []
    for node in inlines:
        inner = interieur(node)
        if inner is None or marque_de(node):
            made += [] if inner is not None and marque_de(node) == sort else [node]
        elif kept := sans_marques(sort, inner):
            made.append(avec_interieur(node, kept))
    return made


def interieur(node: Node) -> Nodes | None:
    """The words a node gives a form to, None when it is words itself."""
    kind, content = node["t"], node.get("c", [])
    if kind in EN_LIGNE:
        return list(content)
    return list(content[1]) if kind in AVEC_ATTRIBUT or kind in ("Quoted", "Cite") else None


def avec_interieur(node: Node, inlines: Nodes) -> Node:
    """The same form around other words."""
    kind, content = node["t"], node["c"]
    return {"t": kind, "c": inlines if kind in EN_LIGNE else [content[0], inlines, *content[2:]]}


def delies(inlines: Nodes) -> Nodes:
    """The same words, what went leading nowhere: PDF/UA lets no underlined link be struck through."""
    made: Nodes = []
    for node in inlines:
        inner = interieur(node)
        if inner is None:
            made.append(node)
        elif node["t"] == "Link" and inner and all(_retire(child) for child in inner):
            made += inner
        else:
            made.append(avec_interieur(node, delies(inner)))
    return made


def _retire(node: Node) -> bool:
    """Whether a node holds nothing but what went."""
    if marque_de(node) in PARTIS:
        return True
    inner = interieur(node)
    return bool(inner) and all(_retire(child) for child in inner or ())


def marques(sort: str, blocs: Nodes) -> Nodes:
    """These blocks wholly under a mark; what went gives its anchors back to what stays."""
    return [_bloc(sort, bloc) for bloc in blocs]


def _bloc(sort: str, bloc: Node) -> Node:
    made: Node = par_les_mots(bloc, lambda words: marque(sort, sans_ancres(words) if sort == RETRAIT else words))
    given: Node = sans_ancre(made) if sort == RETRAIT else made
    return given


def par_les_mots(value: Any, change: Callable[[Nodes], Nodes]) -> Any:
    """A block with each of its runs of words changed."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and value[0].get("t") not in _BLOCS:
            return change(value)
        return [par_les_mots(item, change) for item in value]
    if isinstance(value, dict) and isinstance(value.get("c"), list) and value["t"] in _BLOCS:
        return {"t": value["t"], "c": par_les_mots(value["c"], change)}
    return value


_BLOCS = frozenset(
    [
        *("Para", "Plain", "Header", "Div", "BulletList", "OrderedList", "DefinitionList", "BlockQuote", "LineBlock"),
        *("Table", "Figure", "CodeBlock", "HorizontalRule"),
        *("AlignDefault", "AlignLeft", "AlignRight", "AlignCenter", "ColWidth", "ColWidthDefault"),
        *("DefaultStyle", "Example", "Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"),
        *("DefaultDelim", "Period", "OneParen", "TwoParens"),
    ]
)
"""What holds words without being words; the marks of columns and of numbers look like nodes too."""


def sans_ancres(inlines: Nodes) -> Nodes:
    """Words without the anchors and the fields they were printed with: each stands once in a document."""
    made: Nodes = []
    for node in inlines:
        inner = interieur(node)
        if inner is None:
            made.append(node)
        elif node["t"] == "Span" and (CHAMP in node["c"][0][1] or (node["c"][0][0] and not node["c"][0][1])):
            made += sans_ancres(inner)
        elif node["t"] == "Span":
            _, names, values = node["c"][0]
            made.append({"t": "Span", "c": [["", names, values], sans_ancres(inner)]})
        else:
            made.append(avec_interieur(node, sans_ancres(inner)))
    return made


def sans_ancre(value: Any) -> Any:
    """The same blocks, none of which can be led to."""
    if isinstance(value, list):
        return [sans_ancre(item) for item in value]
    if not isinstance(value, dict) or not isinstance(value.get("c"), list):
        return value
    content = sans_ancre(value["c"])
    rank = _ATTRIBUT.get(value["t"])
    if rank is not None:
        content[rank] = ["", *content[rank][1:]]
    return {"t": value["t"], "c": content}
