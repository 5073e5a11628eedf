"""The blocks of a document that hold words, out of what holds them: a section, a box, a list."""

from collections.abc import Callable, Iterator, Sequence

from smde.arbre import Node, Nodes


def propres(blocs: Nodes) -> Nodes:
    """The same blocks, each its own: trees share theirs, and a block that moved is known by its identity."""
    return [{**bloc} if dedans(bloc) is None else autour(bloc, propres) for bloc in blocs]


def feuilles(blocs: Nodes) -> Iterator[Node]:
    """The blocks that hold words, in their order; what holds blocks is opened, but for tables."""
    for bloc in blocs:
        inside = dedans(bloc)
        if inside is None:
            yield bloc
        else:
            for part in inside:
                yield from feuilles(part)


def dedans(bloc: Node) -> Sequence[Nodes] | None:
    """The blocks a block holds, part by part; None when it holds words, or is a table."""
    match bloc["t"]:
        case "Div":
            return [bloc["c"][1]]
        case "BlockQuote":
            return [bloc["c"]]
        case "BulletList":
            return list(bloc["c"])
        case "OrderedList":
            return list(bloc["c"][1])
    return None


def autour(bloc: Node, change: Callable[[Nodes], Nodes], sans_ident: bool = False) -> Node:
    """The same block around other blocks, with or without its anchor."""
    kind, content = bloc["t"], bloc["c"]
    match kind:
        case "Div":
            attr = ["", *content[0][1:]] if sans_ident else content[0]
            return {"t": kind, "c": [attr, change(content[1])]}
        case "BlockQuote":
            return {"t": kind, "c": change(content)}
        case "BulletList":
            return {"t": kind, "c": [change(item) for item in content]}
    return {"t": kind, "c": [content[0], [change(item) for item in content[1]]]}
