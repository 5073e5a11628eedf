"""French writing: typography, numbers, amounts, dates. The same for every output, never in the YAML."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

FINE = "\u202f"
INSECABLE = "\u00a0"

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=\w)\.\.\.(?=[\s,;:!?)»]|$)"), "…"),
    # A pair of straight quotes round words of one line, apart from what would be code.
    (
        re.compile(r"(?<![^\s(])\"(?=[^\W_])(?![^\"]*\.\w)([^\"\n<>={}\[\]#$\\_/]*[\w.!?…%€])\"(?=[\s.,;:!?)…]|$)"),
        "« \\1 »",
    ),
    (re.compile(r"«(?=[^\s»])"), "«" + INSECABLE),
    (re.compile(r"(?<=[^\s«])»"), INSECABLE + "»"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=[;!?](?:[\s\u00a0\u202f]|$))"), FINE),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]+(?=[:»])"), INSECABLE),
    (re.compile(r"(?<=«)[ \u00a0\u202f]+(?=\S)"), INSECABLE),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), FINE),
    (
        re.compile(r"(?<=\d) (?=(?:%|‰|€|M€|Md€|k€|ha|km|km²|m|m²|m³|t|kWh|MWh|GWh|ETP|millions?|milliards?)(?!\w))"),
        INSECABLE,
    ),
    (re.compile(rf"\b(1er|[12]?\d|3[01]) (?=(?:{'|'.join(MOIS)})\b)"), "\\1" + INSECABLE),
    (re.compile(r"\b([IVXL]+er?) (?=siècles?\b)"), "\\1" + INSECABLE),
    (
        re.compile(r"\b([nN]°|art\.|p\.|chap\.|fig\.) (?=\d)|(?<=\b[aA]rticle) (?=[LRD]?\.?[ \u00a0]?\d)"),
        r"\1" + INSECABLE,
    ),
    (re.compile(r"(?<=§) (?=\d)"), INSECABLE),
)


@lru_cache(maxsize=65536)
def typographie(texte: str) -> str:
    """Apostrophes, quotes, ellipses and no-break spaces of French typography; the words are left as typed."""
    for pattern, replacement in _RULES:
        texte = pattern.sub(replacement, texte)
    return texte


def nombre(valeur: Decimal | int) -> str:
    """`431674` → « 431 674 », `60.50` → « 60,5 » ; grouped by narrow no-break spaces."""
    sign = "\u2212" if valeur < 0 else ""
    whole, _, decimals = f"{abs(valeur):f}".partition(".")
    groups = f"{int(whole):,}".replace(",", FINE)
    decimals = decimals.rstrip("0")
    return f"{sign}{groups},{decimals}" if decimals else f"{sign}{groups}"


def mesure(valeur: Decimal | int, unite: str) -> str:
    """A number and its unit, kept together on the line."""
    return f"{nombre(valeur)}{INSECABLE}{unite}"


def euros(montant: Decimal) -> str:
    """`1200000` → « 1 200 000 € », `450000.5` → « 450 000,50 € »: cents are two digits, or none when there are none."""
    words = nombre(montant)
    cents = words.partition(",")[2]
    return f"{words}{'0' if len(cents) == 1 else ''}{INSECABLE}€"


def montant(valeur: Decimal) -> str:
    """An amount in a sentence: `1200000` → « 1,2 M€ », `2000000000` → « 2 Md€ »; to the euro when that would round it.

    Tables, where amounts are compared and added, keep `euros`.
    """
    for unite, un in (("Md€", Decimal(10**9)), ("M€", Decimal(10**6))):
        if abs(valeur) >= un and valeur % (un / 10) == 0:
            return mesure(valeur / un, unite)
    return euros(valeur)


ORDINAL = re.compile(r"(?<![\w.,/@#°-])(1|\d+|[IVXL]+(?=er?\u00a0siècle))(er|re|ers|res|nde?|es?)(?![\w/@-])")
_SUITES = {"1": ("er", "re", "ers", "res"), "I": ("er",), "2": ("e", "es", "nd", "nde")}


def ordinaux(mot: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a word, and whether each is set above the line: « 1er » is « 1 » then « er » above."""
    position = 0
    for found in ORDINAL.finditer(mot):
        if found[2] in _SUITES.get(found[1], ("e", "es")):
            yield mot[position : found.start(2)], False
            yield found[2], True
            position = found.end()
    if position < len(mot):
        yield mot[position:], False


def jour(valeur: date) -> str:
    """`2014-10-17` → « 17 octobre 2014 », `2015-05-01` → « 1er mai 2015 »."""
    numero = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{numero}{INSECABLE}{MOIS[valeur.month - 1]} {valeur.year}"


def periode(valeur: str) -> str:
    """`2015-T2` → « 2e trimestre 2015 », `2020-06` → « juin 2020 », `2009-2010` → « 2009-2010 »."""
    match valeur.split("-"):
        case [annee, rang] if rang.startswith(("T", "S")):
            ordinal = "1er" if rang[1] == "1" else f"{rang[1]}e"
            return f"{ordinal}{INSECABLE}{'trimestre' if rang[0] == 'T' else 'semestre'} {annee}"
        case [annee, mois] if len(mois) == 2:
            return f"{MOIS[int(mois) - 1]} {annee}"
        case [annee, mois, le]:
            try:
                return jour(date(int(annee), int(mois), int(le)))
            except ValueError:
                return valeur
    return valeur


def enumeration(mots: list[str], dernier: str = "et") -> str:
    """« a, b et c »."""
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} {dernier} {mots[-1]}" if mots else ""


def accord(compte: int, singulier: str, pluriel: str | None = None) -> str:
    """« 1 constat », « 0 constat », « 45 constats »."""
    return f"{nombre(compte)}{INSECABLE}{singulier if compte < 2 else pluriel or singulier + 's'}"


def majuscule(mots: str) -> str:
    """The first letter in upper case, the rest untouched."""
    return mots[:1].upper() + mots[1:]


def en_octets(taille: int) -> str:
    """« 312 Ko », « 5,6 Mo »; nothing of an empty file, which stands for one to be made."""
    if taille >= 1_000_000:
        return f"{taille / 1_000_000:.1f}\u00a0Mo".replace(".", ",")
    return f"{max(1, round(taille / 1000))}\u00a0Ko" if taille else ""
