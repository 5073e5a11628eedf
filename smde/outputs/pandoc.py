"""The only door to pandoc: a tree in, another format out; it reads no file and never waits for ever."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pypandoc

from smde.arbre import Node, Nodes
from smde.outputs.outil import empreinte, run

API = [1, 23, 1]
# Beside this file there is no template nor data file of pandoc: nothing of the user's own settings is read.
_ISOLE = ("+RTS", "-M512M", "-RTS", "--sandbox", f"--data-dir={Path(__file__).parent}")


@lru_cache(maxsize=1)
def _executable() -> str:
    return str(pypandoc.get_pandoc_path())


def version() -> tuple[object, ...]:
    """What tells this pandoc from another: the machine may have one that is not the program's."""
    return empreinte(Path(_executable()))


def convert_bytes(blocs: Sequence[Node], to: str, *options: str) -> bytes:
    """The blocks in the format `to`, as pandoc writes it; a `docx` is the whole file."""
    tree = {
        "pandoc-api-version": API,
        "meta": {"lang": {"t": "MetaString", "c": "fr-FR"}},
        "blocks": list(blocs),
    }
    source = json.dumps(tree, separators=(",", ":")).encode("ascii")
    command = [_executable(), *_ISOLE, "-f", "json", "-t", to, "--wrap=none", *options, "-o", "-"]
    return run("pandoc", command, entree=source)


def convert(blocs: Sequence[Node], to: str, *options: str) -> str:
    """The blocks in a text format."""
    return convert_bytes(blocs, to, *options).decode("utf-8")


def read(texte: str, dialecte: str) -> Nodes:
    """The blocks of a trusted Markdown text (a template), never of a text that somebody typed."""
    command = [_executable(), *_ISOLE, "-f", dialecte, "-t", "json", "-o", "-"]
    blocs: Nodes = json.loads(run("pandoc", command, entree=texte.encode("utf-8")))["blocks"]
    return blocs
