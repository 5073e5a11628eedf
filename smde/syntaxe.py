"""What libyaml says of a syntax error, said again in French with what to write instead."""

import re
from typing import NamedTuple

import yaml


class Explanation(NamedTuple):
    """Code, message and help of a syntax error, and the offset to show."""

    code: str
    message: str
    aide: str
    offset: int


_QUOTE = 'Mettez toute la valeur entre guillemets : `titre: "Le port : un atout"`.'
_INDENT = "Alignez cette ligne avec la précédente de même niveau, avec des espaces."

_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "Deux-points inattendu : la ligne contient « : » alors qu'elle a déjà une valeur, ou elle est mal décalée.", _QUOTE),
    ("found character that cannot start any token", "Caractère inattendu au début d'une valeur.", "Mettez la valeur entre guillemets."),
    ("could not find expected ':'", "Il manque « : » après ce nom de champ, ou cette ligne est mal décalée.", "Écrivez `champ: valeur` ; un texte sur plusieurs lignes commence par `>-`."),
    ("block sequence entries are not allowed", "Tiret de liste inattendu à cet endroit.", "Mettez chaque élément de liste sur sa ligne, sous le nom du champ."),
    ("did not find expected key", "Décalage incorrect : cette ligne n'est alignée avec aucune autre.", _INDENT),
    ("did not find expected '-' indicator", "Décalage incorrect dans une liste : un tiret était attendu ici.", _INDENT),
    ("did not find expected ',' or ']'", "La liste entre crochets n'est pas fermée.", "Séparez par des virgules et fermez par `]`."),
    ("did not find expected ',' or '}'", "Le bloc entre accolades n'est pas fermé.", "Séparez par des virgules et fermez par `}`, ou mettez le texte entre guillemets."),
    ("found unexpected end of stream", "Un guillemet ouvert n'est pas refermé.", "Ajoutez le guillemet fermant."),
    ("found unexpected document indicator", "Un guillemet ouvert n'est pas refermé avant cette ligne.", "Ajoutez le guillemet fermant."),
    ("found unknown escape character", "Suite `\\` inconnue entre guillemets doubles.", "Doublez la barre (`\\\\`) ou utilisez des guillemets simples."),
    ("did not find expected hexdecimal number", "Suite `\\x` ou `\\u` incomplète entre guillemets doubles.", "Tapez le caractère lui-même."),
    ("did not find expected <document start>", "Texte inattendu après la fin du document.", _INDENT),
    ("did not find expected node content", "Une valeur était attendue ici.", "Donnez une valeur, ou supprimez la virgule ou le champ."),
    ("did not find expected comment or line break", "Texte inattendu après `>` ou `|`.", "Commencez le texte à la ligne suivante, décalé."),
    ("did not find URI escaped octet", "Étiquette de type illisible.", "Mettez la valeur entre guillemets."),
    ("mapping keys are not allowed", "Nom de champ inattendu à cet endroit.", _INDENT),
    ("control characters are not allowed", "Caractère de contrôle interdit.", "Effacez-le et retapez le mot."),
    ("found invalid Unicode character escape", "Suite `\\u` qui ne désigne aucun caractère.", "Tapez le caractère lui-même."),
)  # fmt: skip


def explain(error: yaml.YAMLError, text: str, offset: int) -> Explanation:
    """Say a libyaml error in French, at the offset where the writer has to look."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    context = str(getattr(error, "context", None) or "")
    line_start = text.rfind("\n", 0, offset) + 1
    indentation = re.match(r"[ \t]*", text[line_start:])
    if "\t" in (indentation[0] if indentation else "") or "tab character" in problem:
        tab = text.find("\t", line_start)
        return Explanation(
            "yaml-syntaxe",
            "Une tabulation décale cette ligne ; YAML n'accepte que des espaces.",
            "Remplacez la tabulation par des espaces (deux par niveau).",
            tab if tab >= 0 else offset,
        )
    if "quoted scalar" in context:
        mark = getattr(error, "context_mark", None)
        return (
            Explanation(
                "yaml-syntaxe",
                "Le guillemet ouvert ici n'est pas refermé.",
                "Ajoutez le guillemet fermant.",
                mark.index if mark else offset,
            )
            if "end of stream" in problem or "document indicator" in problem
            else _known(problem, offset)
        )
    if "anchor" in context or "alias" in context:
        return Explanation(
            "yaml-syntaxe",
            "Les signes `&` et `*` en tête de valeur ont un sens spécial.",
            "Mettez la valeur entre guillemets.",
            offset,
        )
    if "tag" in context or "directive" in context:
        return Explanation(
            "yaml-syntaxe",
            "Les signes `!` et `%` en tête de valeur ont un sens spécial.",
            "Mettez la valeur entre guillemets.",
            offset,
        )
    return _known(problem, offset)


def _known(problem: str, offset: int) -> Explanation:
    for start, message, aide in _PROBLEMS:
        if problem.startswith(start):
            return Explanation("yaml-syntaxe", message, aide, offset)
    return Explanation(
        "yaml-syntaxe",
        "Cette ligne n'est pas du YAML correct.",
        "Comparez-la avec une ligne voisine du même genre.",
        offset,
    )
