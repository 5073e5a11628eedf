"""Imports run one way (DESIGN, law 2): what is above knows what is below, never the other way round."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import smde

PACKAGE = Path(smde.__file__).parent
AUTRES = "…"
"""Modules that no row names make pages: they stand there, and may know one another as long as nothing goes round."""

# From the lowest to the highest; a row knows the rows above it in this table, and nothing of its own row.
ORDRE: tuple[tuple[str, ...], ...] = (
    ("git",),
    ("syntaxe", "ecriture", "citations", "fichier_word", "images", "periodes", "refus", "saisie", "versions"),
    ("diagnostic", "composer", "arbre", "modele_word"),
    ("reprise", "report"),
    ("model", "espaces"),
    ("source",),
    ("parcours", "filtre", "series", "fichiers"),
    ("fautes", "liaison", "contours", "comparables", "textes_valides"),
    ("dossier",),
    ("edition",),
    ("rules",),  # one rule compares what was validated with what the readers of the element read
    ("compare", "views"),
    ("figures",),
    (AUTRES,),
    ("pages",),
    ("outputs",),
    ("inputs",),
    ("reserve",),
    ("fabrication",),
    ("bilan_modele", "construire", "comprendre", "echecs", "controles", "depot"),
    ("tirage", "veille", "publication", "envoyer"),
    ("imprimerie",),
    ("apercu",),
    ("servir", "arguments"),
    ("cli",),
    ("__main__",),
)

MODELE: tuple[tuple[str, ...], ...] = (
    ("champ",),
    ("scalaires", "liens", "plan"),
    ("element", "mentions"),
    ("acteurs", "cadres", "demarche", "envois", "identite", "mesures", "strategie", "schema"),
    ("rubriques",),
)

SORTIES = ("site", "docx", "pdf", "odt", "xlsx", "donnees")
"""The outputs; other modules of `outputs` are what several of them share."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name, the package itself left out of the name."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


MODULES = modules()


@cache
def imported(name: str) -> frozenset[str]:
    """Everything a module imports when it runs, wherever in its text, of this package or of another."""
    found: set[str] = set()
    for node in running(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name} imports relatively"
            base = node.module or ""
            found |= {f"{base}.{a.name}" if f"{base}.{a.name}"[5:] in MODULES else base for a in node.names}
    return frozenset(found)


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker reads."""
    yield tree
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield from running(node)


def of_package(name: str) -> frozenset[str]:
    """The modules of this package that a module imports."""
    return frozenset(found[5:] for found in imported(name) if found.startswith("smde."))


def row_of(name: str) -> int:
    top = name.split(".")[0]
    rows = {known: rank for rank, row in enumerate(ORDRE) for known in row}
    return rows.get(top, rows[AUTRES])


@pytest.mark.parametrize("name", [name for name in MODULES if name])
def test_a_module_knows_only_what_is_below_it(name: str) -> None:
    for other in of_package(name):
        same_group = other.split(".")[0] == name.split(".")[0] or ORDRE[row_of(name)] == (AUTRES,)
        allowed = row_of(other) < row_of(name) or (row_of(other) == row_of(name) and same_group)
        assert allowed, f"smde.{name} imports smde.{other}, which stands above it"


def test_nothing_goes_round() -> None:
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in of_package(name):
                visit(other, (*way, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())


def test_the_table_names_modules_that_exist_and_each_once() -> None:
    named = [name for row in ORDRE for name in row]
    assert len(named) == len(set(named))
    foreseen = {AUTRES, "compare", "inputs"}  # in the design, not all written yet
    assert set(named) - foreseen <= {name.split(".")[0] for name in MODULES}


def test_the_nouns_are_declared_from_the_simplest_to_the_richest() -> None:
    rows = {name: rank for rank, row in enumerate(MODELE) for name in row}
    for name in rows:
        for other in of_package(f"model.{name}"):
            assert other.startswith("model."), f"smde.model.{name} imports smde.{other}"
            assert rows[other.split(".")[1]] <= rows[name], f"smde.model.{name} imports smde.{other}"
    assert {name[6:] for name in MODULES if name.startswith("model.")} == set(rows)


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("outputs.")])
def test_no_output_knows_another_output(name: str) -> None:
    for other in of_package(name):
        parts = other.split(".")
        if parts[0] != "outputs" or len(parts) < 2 or parts[1] not in SORTIES:
            continue
        assert parts[1] == name.split(".")[1] or (name, other) == ("outputs.odt", "outputs.docx"), (name, other)


@pytest.mark.parametrize("name", [name for name in MODULES if name.split(".")[0] in ("outputs", "views", "figures")])
def test_what_is_printed_comes_from_an_edition_and_never_from_a_dossier(name: str) -> None:
    forbidden = {"dossier", "source", "composer", "liaison", "fautes", "rules"}
    assert not {other.split(".")[0] for other in of_package(name)} & forbidden


@pytest.mark.parametrize("tool", ["mkdocs", "pypandoc", "typst", "xlsxwriter"])
def test_each_tool_is_known_to_one_file_only(tool: str) -> None:
    users = [name for name in MODULES if any(found.split(".")[0] == tool for found in imported(name))]
    assert len(users) <= 1, users
    assert all(user.startswith("outputs.") for user in users)


@pytest.mark.parametrize(
    ("tool", "users"), [("yaml", {"composer", "syntaxe"}), ("markdown_it", {"arbre"}), ("csv", {"series", "outputs"})]
)
def test_each_syntax_is_read_in_one_place(tool: str, users: set[str]) -> None:
    found = {name.split(".")[0] for name in MODULES if any(i.split(".")[0] == tool for i in imported(name))}
    kernel = found - {name for name in found if row_of(name) >= row_of("figures")}
    assert kernel <= users


def test_the_kernel_needs_nothing_but_yaml_pydantic_and_the_standard_library() -> None:
    """Drawings and Word files apart, which are XML."""
    from sys import stdlib_module_names

    kernel = [
        name
        for name in MODULES
        if row_of(name) <= row_of("dossier") and name not in ("arbre", "images", "fichier_word")
    ]
    needed = {found.split(".")[0] for name in kernel for found in imported(name)}
    assert needed - stdlib_module_names - {"smde"} == {"yaml", "pydantic", "pydantic_core"}


def fichiers_longs() -> Iterator[tuple[str, int]]:
    for name, file in MODULES.items():
        count = len(file.read_text("utf-8").splitlines())
        if count > 500:
            yield name, count


def test_no_module_of_the_kernel_is_too_long_to_read_in_one_sitting() -> None:
    assert [(name, count) for name, count in fichiers_longs() if row_of(name) <= row_of("dossier")] == []


def test_rows_are_in_the_order_of_the_design() -> None:
    design = ["diagnostic", "source", "dossier", "rules", "views", "figures", "pages", "outputs", "cli"]
    assert all(row_of(low) < row_of(high) for low, high in pairwise(design))
    assert row_of("model") < row_of("dossier")
