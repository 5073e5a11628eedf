"""What libyaml says of a syntax error, said again in French with what to write instead."""

import re
from typing import NamedTuple

import yaml


class Explanation(NamedTuple):
    """Code, message and help of a syntax error, and the stretch of text to show."""

    code: str
    message: str
    aide: str
    start: int
    end: int


_QUOTE = 'Mettez toute la valeur entre guillemets : `titre: "Le port : un atout"`.'
_INDENT = "Alignez cette ligne avec la précédente de même niveau, avec des espaces."
_SPECIAL = "Mettez la valeur entre guillemets."
_AFTER = "Rien ne peut suivre ; mettez toute la valeur entre guillemets."
_TYPE_IT = "Tapez le caractère lui-même."

NO_COLON = (
    "Il manque « : » après un nom de champ, ou cette ligne est mal décalée.",
    "Écrivez `champ: valeur`, avec une espace après « : » ; un texte de plusieurs lignes commence par `>-` et se "
    "décale sous son champ.",
)
_TAB = (
    "Une tabulation décale ce texte ; YAML n'accepte que des espaces.",
    "Remplacez la tabulation par des espaces (deux par niveau).",
)
_UNCLOSED = ("Le guillemet ouvert ici n'est pas refermé.", "Ajoutez le guillemet fermant.")
MISALIGNED = ("Décalage incorrect : cette ligne n'est alignée avec aucune autre.", _INDENT)
_DIRECTIVE = (
    "Une ligne qui commence par `%` a un sens spécial.",
    "Supprimez-la, ou mettez la valeur entre guillemets.",
)
_ENDED = ("`...` termine le contenu, mais du texte suit.", "Supprimez cette ligne.")
_UNKNOWN = ("Cette ligne n'est pas du YAML correct.", "Comparez-la avec une ligne voisine du même genre.")

_PROBLEMS: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "block sequence entries are not allowed",
        ("Tiret de liste inattendu à cet endroit.", "Mettez chaque tiret sur sa ligne, sous le nom du champ."),
    ),
    ("did not find expected key", MISALIGNED),
    (
        "did not find expected '-' indicator",
        ("Décalage incorrect dans une liste : un tiret était attendu ici.", _INDENT),
    ),
    (
        "did not find expected ',' or ']'",
        ("Il manque une virgule ou le crochet fermant.", "Séparez par des virgules et fermez par `]`."),
    ),
    (
        "did not find expected ',' or '}'",
        ("Il manque une virgule ou l'accolade fermante.", "Séparez par des virgules et fermez par `}`."),
    ),
    (
        "found unknown escape character",
        (
            "Entre guillemets doubles, `\\` suivi de ce caractère ne veut rien dire.",
            "Doublez la barre (`\\\\`) ou utilisez des guillemets simples.",
        ),
    ),
    (
        "did not find expected hexdecimal number",
        ("Entre guillemets doubles, `\\x` ou `\\u` est suivi d'un nombre.", _TYPE_IT),
    ),
    ("found invalid Unicode character escape", ("Cette suite `\\u` ne désigne aucun caractère.", _TYPE_IT)),
    ("did not find expected <document start>", MISALIGNED),
    (
        "did not find expected node content",
        ("Une valeur était attendue ici.", "Donnez une valeur, supprimez la virgule, ou mettez tout entre guillemets."),
    ),
    (
        "did not find expected comment or line break",
        ("Texte inattendu après `>` ou `|`.", "Commencez le texte à la ligne suivante, décalé."),
    ),
    (
        "found an indentation indicator equal to 0",
        ("`>0` et `|0` ne veulent rien dire.", "Écrivez `>-` ou `|-`, puis le texte à la ligne suivante, décalé."),
    ),
    ("mapping keys are not allowed", ("« ? » suivi d'une espace a un sens spécial en tête de valeur.", _SPECIAL)),
    ("found unexpected ':'", ("Deux-points inattendu dans une liste entre crochets.", _SPECIAL)),
    ("found incompatible YAML document", _DIRECTIVE),
    ("found duplicate %", _DIRECTIVE),
)


def explain(error: yaml.YAMLError, text: str) -> Explanation:
    """Say a libyaml error in French, at the place where the writer has to look."""
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    offset = _offset(error, "problem_mark", text)
    opening = _offset(error, "context_mark", text)
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset]

    def say(words: tuple[str, str], start: int, end: int | None = None) -> Explanation:
        return Explanation("yaml-syntaxe", *words, start, start + 1 if end is None else end)

    if "quoted scalar" in context and problem.startswith(("found unexpected end", "found unexpected document")):
        return say(_UNCLOSED, opening, _end_of_line(text, opening))
    indentation = re.match(r"[ \t]*", text[line_start : line_start + 1000])
    tab = line_start + (indentation[0].find("\t") if indentation else -1)
    if text[offset : offset + 1] == "\t" and "cannot start any token" in problem:
        return say(_TAB, offset)
    if tab >= line_start or "tab character" in problem:
        return say(_TAB, tab if tab >= line_start else max(text.find("\t", line_start), line_start))
    if problem.startswith("mapping values are not allowed"):
        if re.fullmatch(r"[ ]*(?:- +)*[\w.-]+[ ]*", before):
            return say(MISALIGNED, line_start + len(before) - len(before.lstrip()), offset)
        return say(("« : » au milieu d'une valeur la coupe en deux.", _QUOTE), offset)
    if context.startswith("while scanning a simple key"):
        return say(NO_COLON, opening, _end_of_line(text, opening))
    if problem.startswith("found character that cannot start any token"):
        return say((f"Une valeur ne peut pas commencer par « {text[offset : offset + 1]} ».", _SPECIAL), offset)
    if "anchor" in context or "alias" in context:
        return say(("Les signes `&` et `*` en tête de valeur ont un sens spécial.", _SPECIAL), opening)
    if "directive" in context:
        return say(_DIRECTIVE, opening, _end_of_line(text, opening))
    if "tag" in context or "tag" in problem:
        at = opening if "tag" in context else offset
        return say(("Le signe `!` en tête de valeur a un sens spécial.", _SPECIAL), at)
    if context.startswith("while parsing a flow") and "\n" in text[opening:offset]:
        what = ("La liste ouverte ici n'est pas fermée.", "Fermez-la par `]`.")
        if text[opening : opening + 1] == "{":
            what = ("Le bloc ouvert ici n'est pas fermé.", "Fermez-le par `}`.")
        return say((what[0], f"{what[1]} Un texte qui commence par ce signe se met entre guillemets."), opening)
    if problem.startswith("did not find expected <document start>"):
        ending = text.rfind("\n...", 0, offset) + 1
        if ending and not text[ending + 3 : offset].strip():
            return Explanation("second-document", *_ENDED, ending, ending + 3)
    if problem.startswith(("did not find expected key", "did not find expected <document start>")):
        closing = before.rstrip()[-1:]
        if closing == "'" and len(before) == len(before.rstrip()):
            return say(
                ("L'apostrophe ferme ici le texte ouvert par un guillemet simple.", _AFTER + _DOUBLE), offset - 1
            )
        if closing and closing in "'\"":
            return say(("Du texte suit le guillemet fermant.", _AFTER), offset, _end_of_line(text, offset))
        if closing and closing in "]}":
            return say((f"Du texte suit le signe `{closing}`.", _AFTER), offset, _end_of_line(text, offset))
    words = next((words for start, words in _PROBLEMS if problem.startswith(start)), _UNKNOWN)
    return say(words, offset)


_DOUBLE = " Entre guillemets simples, une apostrophe se double (`''`)."


def _offset(error: yaml.YAMLError, name: str, text: str) -> int:
    mark = getattr(error, name, None)
    return min(mark.index, len(text)) if mark else 0


def _end_of_line(text: str, offset: int) -> int:
    end = re.compile(r"[^\r\n]*").match(text, offset)
    return max(offset + 1, end.end() if end else offset)
