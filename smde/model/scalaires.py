"""The typed values a writer can put in a field. YAML gives text; these say what the text must look like."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from smde.model.champ import Nature

IDENTIFIANT = r"^[A-Za-z][A-Za-z0-9_-]{0,63}$"
PERIODE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|-T[1-4]|-S[12]|-\d{4})?$"
_PERIODE = re.compile(PERIODE, re.ASCII)


def _fault(attendu: str) -> PydanticCustomError:
    return PydanticCustomError("smde", "{attendu}", {"attendu": attendu})


@dataclass(frozen=True)
class Forme(BeforeValidator):
    """Marks what a text must look like: a check made before Pydantic's own, more lenient, reading of it."""

    motif: str = ""
    """The regular expression, for JSON Schemas."""


def _exact(pattern: str, attendu: str) -> Forme:
    """Refuse any text that does not look as agreed."""
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: Any) -> Any:
        if isinstance(value, str) and matches(value) is None:
            raise _fault(attendu)
        return value

    return Forme(check, motif=f"^{pattern.removeprefix('^').removesuffix('$')}$")


_PERIODES = "une période : 2020, 2020-06, 2020-06-30, 2015-T2 (trimestre), 2015-S2 (semestre) ou 2009-2010"


def _periode(value: Any) -> Any:
    """What looks like a period; a day must exist."""
    if not isinstance(value, str):
        return value
    if _PERIODE.fullmatch(value) is None:
        raise _fault(_PERIODES)
    if len(value) == len("2020-06-30"):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise _fault(_PERIODES) from None
    return value


def _booleen(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise _fault("true ou false")


def _jour(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise _fault("un jour qui existe, sous la forme AAAA-MM-JJ") from None
        raise _fault("une date sous la forme AAAA-MM-JJ, par exemple 2014-10-17")
    return value


def _siren(value: Any) -> Any:
    """Nine digits; the Luhn key is the business of a rule, so that a mistyped number is still read."""
    if isinstance(value, str) and not re.fullmatch(r"\d{9}", value.replace(" ", ""), re.ASCII):
        raise _fault("un numéro SIREN de neuf chiffres")
    return value.replace(" ", "") if isinstance(value, str) else value


Identifiant = Annotated[str, Field(pattern=IDENTIFIANT)]
Ligne = Annotated[str, Field(min_length=1, max_length=300), Nature("ligne")]
Texte = Annotated[str, Field(min_length=1), Nature("texte")]
Periode = Annotated[str, Forme(_periode, motif=PERIODE)]
Jour = Annotated[date, Forme(_jour, motif=r"^\d{4}-\d{2}-\d{2}$")]
Booleen = Annotated[bool, BeforeValidator(_booleen)]
Entier = Annotated[int, _exact(r"-?\d{1,15}", "un nombre entier, sans espace ni séparateur, par exemple 1200")]
Nombre = Annotated[
    Decimal, _exact(r"-?\d{1,15}(\.\d{1,6})?", "un nombre avec un point décimal et sans espace, par exemple 12.5")
]
Montant = Annotated[
    Decimal,
    _exact(r"\d{1,12}(\.\d{1,2})?", "un montant en euros, sans espace ni symbole, par exemple 120000 ou 120000.50"),
]
Siren = Annotated[str, Forme(_siren, motif=r"^( *\d){9} *$")]
Adresse = Annotated[
    str, Field(max_length=500), _exact(r"https?://[^\s<>\"]+", "une adresse web en https:// ou http://")
]
ModeleAdresse = Annotated[
    str,
    Field(max_length=500),
    _exact(
        r"https?://[^\s<>\"{}]*\{fichier\}[^\s<>\"{}]*",
        "une adresse en https:// où {fichier} tient la place du fichier",
    ),
]
Couleur = Annotated[str, _exact(r"#[0-9a-fA-F]{6}", "une couleur sous la forme #1a2b3c")]
Chemin = Annotated[str, Field(min_length=1, max_length=300), Nature("fichier")]
NomDeFichier = Annotated[
    str,
    _exact(
        r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}",
        "un nom de fichier, sans dossier, espace ni accent, par exemple dossier-region.docx",
    ),
]
Empreinte = Annotated[str, _exact(r"[0-9a-f]{64}", "une empreinte sha256 de 64 caractères")]
