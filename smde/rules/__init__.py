"""The rules: one file each, found by its name; the engine stamps code, severity and place.

A rule is a module with a docstring (its page: what, why, « Refusé » and « Accepté » YAML that the tests run),
a `SEVERITE`, and `check(dossier)` that yields what is wrong. Modules whose name starts with `_` hold what rules share.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from smde.composer import stretch_of
from smde.diagnostic import Diagnostic, Place, Severite
from smde.dossier import Chemin, Dossier


class Faute(NamedTuple):
    """What a rule finds: the element, the path of the field in it, what is wrong, what to write instead.

    When it is a file that is missing, its path stands for the element; when it is a file that no element writes, its
    place is given.
    """

    ident: str
    chemin: Chemin
    message: str
    aide: str = ""
    place: Place | None = None


class Rule(Protocol):
    """A module of this package."""

    __doc__: str | None
    SEVERITE: Severite

    @staticmethod
    def check(dossier: Dossier) -> Iterator[Faute]:
        """Yield what is wrong, in any order."""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code (`enjeu-sans-constat` is the file `enjeu_sans_constat.py`), in alphabetical order."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): cast(Rule, import_module(f"{__name__}.{name}")) for name in names}


def run(dossier: Dossier) -> Iterator[Diagnostic]:
    """What every rule finds, but for elements and fields in which something else is already wrong."""
    cut = frozenset(_cut(dossier))
    for code, rule in rules().items():
        for ident, chemin, message, aide, given in rule.check(dossier):
            if ident in cut or (chemin and chemin[0] in dossier.broken.get(ident, ())):
                continue
            place = given or (dossier.place(ident, chemin) if ident in dossier.origines else Place(ident))
            yield Diagnostic(place, rule.SEVERITE, code, message, aide)


def _cut(dossier: Dossier) -> Iterator[str]:
    """Elements in which YAML could not read everything: what they seem to lack may be written there."""
    for ident, (source, noeud) in dossier.origines.items():
        if source.unread:
            stretch = stretch_of(noeud)
            if any(stretch >> 32 <= fault <= stretch & 0xFFFFFFFF for fault in source.unread):
                yield ident


class Page(NamedTuple):
    """A rule's docstring, cut in its parts."""

    titre: str
    texte: str
    refuse: str
    accepte: str


def page(rule: Rule) -> Page:
    """Cut the docstring of a rule: title, prose, and the YAML of « Refusé » and « Accepté »."""
    words = (rule.__doc__ or "").strip()
    title, _, rest = words.partition("\n")
    prose, _, examples = rest.partition("\nRefusé")
    blocks = re.findall(r"```yaml\n(.*?)```", examples, re.DOTALL)
    return Page(title.strip().rstrip("."), prose.strip(), blocks[0], blocks[1])
