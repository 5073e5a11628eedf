"""How a version, its title, an alias and a branch are named; anything else is refused with what to write instead."""

import re

from smde.refus import Refus

EN_VIGUEUR, PROJET = "en-vigueur", "projet"
ALIAS = (EN_VIGUEUR, PROJET)
"""The names that lead to one version today and to another tomorrow."""

_JALON = r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*"
_MOIS = rf"(?:19|20|21)[0-9]{{2}}-(?:0[1-9]|1[0-2])(?:-{_JALON})?"
_NOMBRE = r"(?:0|[1-9][0-9]{0,5})"
_SEMVER = rf"{_NOMBRE}\.{_NOMBRE}\.{_NOMBRE}(?:-{_JALON}(?:\.{_JALON})*)?"
VERSION = re.compile(rf"(?:{_MOIS}|{_SEMVER})", re.ASCII)
LONGUEUR = 64
"""Characters of a version at most."""
TITRE = 200
_BRANCHE = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.-]*(?:/[0-9A-Za-z_][0-9A-Za-z_.-]*)*", re.ASCII)
_INVISIBLE = re.compile("[<>\\x00-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ud800-\\udfff]")
"""What the menu of versions refuses in a title, so that a title it would not show is not published."""


def version(nom: str) -> str:
    """The name of a version, as it is given; raises `Refus` when it is none."""
    if len(nom) <= LONGUEUR and VERSION.fullmatch(nom):
        return nom
    raise Refus(
        f"« {_montre(nom)} » n'est pas un nom de version : écrivez une année et un mois (2026-11), suivis au "
        "besoin d'un "
        "jalon (2026-11-projet), ou trois nombres (1.2.0)."
    )


def titre(words: str) -> str:
    """The title of a version, on one line; raises `Refus` on what a menu cannot show."""
    title = " ".join(words.split())
    if title and len(title) <= TITRE and not _INVISIBLE.search(title):
        return title
    raise Refus(
        f"« {_montre(words)} » ne peut pas être un titre : écrivez une ligne de {TITRE} caractères au plus, "
        "sans « < », "
        "« > » ni caractère invisible."
    )


def alias(nom: str) -> str:
    """The name of an alias; raises `Refus` when it is none of the two."""
    if nom in ALIAS:
        return nom
    raise Refus(
        f"« {_montre(nom)} » n'est pas un alias : écrivez {EN_VIGUEUR} (la version qui s'applique) ou {PROJET} "
        "(celle qui "
        "est soumise)."
    )


def branche(nom: str) -> str:
    """The name of a branch of git; raises `Refus` on one that could be taken for anything else."""
    if _BRANCHE.fullmatch(nom) and ".." not in nom and not nom.endswith((".lock", ".", "/")) and ".lock/" not in nom:
        return nom
    raise Refus(
        f"« {_montre(nom)} » n'est pas un nom de branche : écrivez des lettres sans accent, des chiffres et des "
        "traits "
        "d'union, par exemple gh-pages."
    )


def _montre(words: str) -> str:
    """What was typed, short and without what would disturb a terminal."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in words)
    return shown if len(shown) <= 80 else shown[:80] + "…"
