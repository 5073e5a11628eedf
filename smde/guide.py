"""What the guide says of itself from the code: the rules from their docstrings, the fields from the model."""

from collections.abc import Iterator

from smde import arbre, rules
from smde.diagnostic import Severite
from smde.fragments import Content
from smde.model.champ import Partie
from smde.model.plan import Champ, champs
from smde.model.rubriques import RUBRIQUES, Rubrique

Rows = list[list[Content]]


def regles() -> Iterator[tuple[str, Severite, rules.Page]]:
    """Code, severity and page of every rule."""
    for code, rule in rules.rules().items():
        yield code, rule.SEVERITE, rules.page(rule)


def bloc_de_code(words: str) -> arbre.Node:
    """An example, as it is typed."""
    return {"t": "CodeBlock", "c": [arbre.attributs("", ["yaml"]), words.rstrip()]}


def dictionnaire() -> Iterator[tuple[Rubrique, list[tuple[str, Rows]]]]:
    """The fields of each heading: the element's own table, then one for each part it holds."""
    for rubrique in RUBRIQUES:
        tables: dict[str, Rows] = {}
        _describe(rubrique.classe, "Champs de l'élément", tables)
        yield rubrique, list(tables.items())


def _describe(classe: type[Partie], caption: str, tables: dict[str, Rows]) -> None:
    if caption in tables:
        return
    fields = champs(classe)
    tables[caption] = [_row(champ) for champ in fields.values()]
    for champ in fields.values():
        for value, part in champ.parties.items():
            where = f"Dans « {champ.nom} »" + (f", {champ.discriminant} : {value}" if value else "")
            _describe(part, where, tables)


def _row(champ: Champ) -> list[Content]:
    required = "oui" if champ.requis else "non"
    return [champ.nom, f"{champ.titre}. {champ.description}", required, champ.diffusion.name]
