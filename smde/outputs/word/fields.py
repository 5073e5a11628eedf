"""The fields of a header: those that tell the document say it, those that tell a person or a file are unmade."""

import re
from collections.abc import Mapping

from smde.outputs.word.xml import Element, q

LIVE = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "SEQ", "SYMBOL", "ADVANCE", "EQ", "QUOTE", "IF", "=",
})  # fmt: skip
"""Fields that count or repeat what is in the document: Word goes on working them out."""
DATES = ("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE")
TOLD = ("TITLE", "AUTHOR", "SUBJECT", *DATES)
"""Fields whose words are ours: the title, the authority, the date of the version."""
SILENT = frozenset({
    "FILENAME", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "TEMPLATE", "COMMENTS", "KEYWORDS", "REVNUM",
    "EDITTIME", "INFO", "DOCPROPERTY", "DOCVARIABLE", "FILESIZE", "NUMCHARS", "NUMWORDS",
})  # fmt: skip
"""Fields that say who wrote the model and where it is."""

BOUND = {"title": "TITLE", "subject": "SUBJECT", "creator": "AUTHOR", "contentstatus": "STATUS"}
"""Properties of a document that a header may show (« QuickPart »), and what they are here: what `facts` calls them."""
_LAST_STEP = re.compile(r"(\w+)(?:\[\d+\])?\s*$")


def settle_bound(tree: Element, facts: Mapping[str, str]) -> None:
    """Write what the properties shown in a header are in this document; nothing for those that tell a person."""
    for binding in list(tree.iter(q("dataBinding"))):
        properties = binding.getparent()
        control = None if properties is None else properties.getparent()
        content = None if control is None else control.find(q("sdtContent"))
        step = _LAST_STEP.search(binding.get(q("xpath"), ""))
        if properties is None or content is None or step is None:
            continue
        _say(list(content.iter(q("t"))), facts.get(BOUND.get(step[1].lower(), ""), ""))
        for hint in properties.findall(q("showingPlcHdr")):
            properties.remove(hint)
            for style in list(content.iter(q("rStyle"))):  # the grey of what is to be filled in
                style.getparent().remove(style)  # type: ignore[union-attr]


def settle(tree: Element, facts: Mapping[str, str]) -> None:
    """Unmake the fields of this tree that are not live; `facts` is what those of `TOLD` show."""
    for simple in list(tree.iter(q("fldSimple"))):
        _settle_simple(simple, facts)
    for begin, separate, end in _complex(tree):
        code = _code(begin, separate if separate is not None else end)
        if _kind(code) in LIVE:
            if _kind(code) == "STYLEREF":  # what it repeats is in the model, not in the document
                _say([] if separate is None else [node for node in _between(separate, end) if node.tag == q("t")], "")
            continue
        _unmake(begin, separate, end, _shown(_kind(code), facts))


def _kind(code: str) -> str:
    return (code.split() or [""])[0].upper()


def _shown(kind: str, facts: Mapping[str, str]) -> str | None:
    """What takes the place of the words of a field; None to leave them."""
    if kind in TOLD:
        return facts.get(kind, "")
    return "" if kind in SILENT else None


def _settle_simple(simple: Element, facts: Mapping[str, str]) -> None:
    kind = _kind(simple.get(q("instr"), ""))
    parent = simple.getparent()
    if kind in LIVE or parent is None:
        return
    _say(list(simple.iter(q("t"))), _shown(kind, facts))
    at = parent.index(simple)
    parent[at : at + 1] = list(simple)


def _complex(tree: Element) -> list[tuple[Element, Element | None, Element]]:
    """The three marks of each field, those inside another first."""
    found: list[tuple[Element, Element | None, Element]] = []
    open_: list[list[Element | None]] = []
    for mark in tree.iter(q("fldChar")):
        match mark.get(q("fldCharType")):
            case "begin":
                open_.append([mark, None])
            case "separate" if open_:
                open_[-1][1] = mark
            case "end" if open_:
                begin, separate = open_.pop()
                assert begin is not None
                found.append((begin, separate, mark))
    return found


def _between(first: Element, last: Element) -> list[Element]:
    """The elements after `first` and before `last`, in the order of the text."""
    root = first.getroottree().getroot()
    nodes = list(root.iter())
    return nodes[nodes.index(first) + 1 : nodes.index(last)]


def _code(begin: Element, end: Element) -> str:
    return "".join(node.text or "" for node in _between(begin, end) if node.tag == q("instrText"))


def _unmake(begin: Element, separate: Element | None, end: Element, words: str | None) -> None:
    codes = _between(begin, separate if separate is not None else end)
    shown = [] if separate is None else [node for node in _between(separate, end) if node.tag == q("t")]
    _say(shown, words)
    for node in [*(node for node in codes if node.tag == q("instrText")), begin, separate, end]:
        if node is not None and (parent := node.getparent()) is not None:
            parent.remove(node)


def _say(texts: list[Element], words: str | None) -> None:
    """Write these words over those of a field."""
    if words is None:
        return
    for rank, text in enumerate(texts):
        parent = text.getparent()
        if rank == 0 and words:
            text.text = words
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif parent is not None:
            parent.remove(text)
