"""What Pydantic refuses in an element, said in French at the place where it is written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from smde.composer import REFUSED, Noeud, shortened, stretch_of
from smde.diagnostic import Diagnostic, nearest, suggestion
from smde.model.champ import Partie
from smde.model.plan import Champ, champs
from smde.parcours import Chemin
from smde.source import Source


def diagnostics(error: ValidationError, classe: type[Partie], source: Source, noeud: Noeud) -> Iterator[Diagnostic]:
    """One diagnostic per fault; `noeud` is where the element is written."""
    details = [(detail, *_field_at(classe, detail["loc"])) for detail in error.errors(include_url=False)]
    renamed = _renamed((detail["type"], chemin) for detail, chemin, _, _ in details)
    for detail, chemin, champ, holder in details:
        if _already_told(detail, champ):
            continue
        if detail["type"] == "missing" and (chemin in renamed or _garbled(source, noeud, str(chemin[-1]))):
            continue
        code, message, aide = _words(detail, chemin, champ, holder, source, noeud)
        if detail["type"] == "union_tag_invalid" and champ is not None:
            chemin = (*chemin, champ.discriminant)
        place = source.place_at(noeud, chemin, key=detail["type"] in ("extra_forbidden", "missing"))
        yield Diagnostic(place, "erreur", code, message, aide)


def unknown_empties(classe: type[Partie], ecrit: Any, source: Source, noeud: Noeud) -> Iterator[Diagnostic]:
    """Unknown keys without a value, which Pydantic never sees; `ecrit` is the data of the part."""
    if not isinstance(noeud, tuple) or not isinstance(noeud[1], dict) or not isinstance(ecrit, dict):
        return
    known = champs(classe)
    for key, (stretch, below) in noeud[1].items():
        champ = known.get(key)
        if champ is None:
            if key not in ecrit:
                yield Diagnostic(source.place(stretch), "erreur", *_unknown(key, known))
            continue
        listed = isinstance(ecrit.get(key), list) and isinstance(below, tuple)
        for part, place in zip(ecrit[key], below[1], strict=True) if listed else [(ecrit.get(key), below)]:
            tag = part.get(champ.discriminant, "") if isinstance(part, dict) and champ.discriminant else ""
            if isinstance(tag, str) and tag in champ.parties:
                yield from unknown_empties(champ.parties[tag], part, source, place)


def _unknown(name: str, known: Mapping[str, Champ]) -> tuple[str, str, str]:
    """Code, message and help for a key that its block does not have."""
    aide = suggestion(name, known) or f"Champs possibles : {', '.join(known)}."
    if name.isdecimal():
        aide = "Un nombre décimal s'écrit avec un point, pas une virgule."
    return "champ-inconnu", f"Le champ `{shortened(name)}` n'existe pas ici.", aide


def broken_fields(error: ValidationError) -> frozenset[str]:
    """The fields of the element in which something is wrong."""
    return frozenset(str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"])


def _already_told(detail: Any, champ: Champ | None) -> bool:
    """Whether the value is one that YAML refused."""
    found = detail["input"]
    if detail["type"] == "union_tag_invalid" and champ is not None:
        return found.get(champ.discriminant) is REFUSED
    return found is REFUSED


def _garbled(source: Source, noeud: Noeud, name: str) -> bool:
    """Whether a missing field is written after all, in an element that YAML could not read whole."""
    stretch = stretch_of(noeud)
    start, end = stretch >> 32, stretch & 0xFFFFFFFF
    if not any(start <= fault <= end for fault in source.unread):
        return False
    return re.search(rf"\b{re.escape(name)}[ ]*:", source.text[start:end]) is not None


def _renamed(faults: Iterable[tuple[str, Chemin]]) -> frozenset[Chemin]:
    """Missing fields that an unknown key of the same block was meant to be: telling that key is enough."""
    missing: dict[Chemin, list[str]] = {}
    unknown: dict[Chemin, list[str]] = {}
    for kind, chemin in faults:
        if kind in ("missing", "extra_forbidden"):
            found = missing if kind == "missing" else unknown
            found.setdefault(chemin[:-1], []).append(str(chemin[-1]))
    return frozenset(
        (*block, name)
        for block, names in unknown.items()
        for key in names
        for name in nearest(key, missing.get(block, ()))[:1]
    )


def _field_at(classe: type[Partie], loc: Sequence[str | int]) -> tuple[Chemin, Champ | None, type[Partie]]:
    """A Pydantic location as it is written (without the tags of unions), its field, and the class that holds it."""
    chemin: list[str | int] = []
    champ: Champ | None = None
    holder = current = classe
    for step in loc:
        if isinstance(step, str) and champ is not None and champ.discriminant and step in champ.parties:
            holder = current = champ.parties[step]
            champ = None
            continue
        chemin.append(step)
        if isinstance(step, int):
            continue
        holder = current
        champ = champs(current).get(step)
        if champ is None:
            break
        current = champ.parties.get("", current)
    return tuple(chemin), champ, holder


def _words(
    detail: Any, chemin: Chemin, champ: Champ | None, holder: type[Partie], source: Source, noeud: Noeud
) -> tuple[str, str, str]:
    """Code, message and help for one of Pydantic's errors."""
    name = next((str(step) for step in reversed(chemin) if isinstance(step, str)), "")
    label = f"`{champ.nom}` ({champ.titre})" if champ else f"`{shortened(name)}`"
    help_text = champ.description if champ else ""
    found = _shown(detail["input"])
    context = detail.get("ctx", {})
    known: Mapping[str, Champ] = champs(holder)
    match detail["type"]:
        case "missing":
            if source.key_at(noeud, chemin) is not None:
                return "champ-manquant", f"Le champ {label} est vide.", f"Donnez-lui une valeur. {help_text}"
            return "champ-manquant", f"Il manque le champ {label}.", f"Ajoutez une ligne `{name}: …`. {help_text}"
        case "extra_forbidden":
            return _unknown(name, known)
        case "union_tag_not_found" if champ:
            message = f"Il manque la clé `{champ.discriminant}` dans {label}."
            return "champ-manquant", message, f"Ajoutez `{champ.discriminant}:` suivi de : {', '.join(champ.parties)}."
        case "union_tag_invalid" if champ:
            tag = detail["input"].get(champ.discriminant)
            message = f"`{champ.discriminant}` : {_shown(tag)} n'est pas possible dans {label}."
            return "valeur-refusee", message, _choices(tag, champ.parties)
        case "enum" | "literal_error" if champ:
            message = f"{label} : {found} n'est pas une valeur possible."
            return "valeur-refusee", message, _choices(detail["input"], champ.choix)
        case "smde":
            return "valeur-refusee", f"{label} : {found} ne convient pas.", f"Attendu : {context['attendu']}."
        case "string_pattern_mismatch":
            aide = "Attendu : 64 lettres sans accent, chiffres ou tirets au plus, en commençant par une lettre."
            return "valeur-refusee", f"{label} : {found} ne convient pas.", aide
        case "string_type":
            aide = "Écrivez le texte sur la même ligne, ou après `>-` ; s'il commence par [ ou {, entre guillemets."
            return "valeur-refusee", f"{label} : {found} alors qu'un texte est attendu.", aide
        case "string_too_long":
            message = f"{label} : {len(detail['input'])} caractères, au plus {context['max_length']}."
            return "valeur-refusee", message, "Raccourcissez, ou passez le détail dans `texte`."
        case "string_too_short":
            return "valeur-refusee", f"{label} est vide.", "Donnez une valeur ou supprimez la ligne."
        case "list_type":
            message = f"{label} : {found} alors qu'une liste est attendue."
            return "valeur-refusee", message, f"Écrivez `{name}: [premier, second]`, ou un tiret par ligne."
        case "model_type" | "model_attributes_type" if champ:
            message = f"{label} : {found} alors qu'un bloc est attendu."
            if champ.discriminant:
                aide = f"Écrivez `{champ.discriminant}:` suivi de : {', '.join(champ.parties)}."
                return "valeur-refusee", message, aide
            fields = ", ".join(champs(champ.parties[""]))
            return "valeur-refusee", message, f"Écrivez ses champs en dessous, décalés : {fields}."
        case "greater_than_equal" | "less_than_equal":
            bound = f"au moins {context['ge']}" if "ge" in context else f"au plus {context['le']}"
            return "valeur-refusee", f"{label} : {found} ne convient pas.", f"Attendu : {bound}."
    return "valeur-refusee", f"{label} : {found} ne convient pas.", f"Attendu : {help_text}" if help_text else ""


@cache
def stand_in(classe: type[Partie], nom: str) -> Any:
    """A neutral value for a required field that is missing or refused, so that the rest can be judged."""
    info = classe.model_fields[nom]
    annotation: Any = Annotated.__class_getitem__((info.annotation, nom, *info.metadata))  # type: ignore[attr-defined]
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)
    neutral: tuple[Any, ...] = ("-", "inconnu", "0", "2000", "2000-01-01", "https://inconnu.invalid/", "0" * 64, [], {})
    for value in (*champs(classe)[nom].choix[:1], *neutral):
        with suppress(ValidationError):
            adapter.validate_python(value)
            return value
    return None


def _choices(found: object, values: Iterable[str]) -> str:
    near = suggestion(found, values) if isinstance(found, str) else ""
    return near or f"Valeurs possibles : {', '.join(values)}."


def _shown(value: Any) -> str:
    """What was found, in a few words."""
    if value is None:
        return "une valeur vide"
    if isinstance(value, dict):
        return "un bloc"
    if isinstance(value, list):
        return "une liste"
    return f"« {shortened(str(value))} »"
