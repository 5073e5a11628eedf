"""What Pydantic refuses in an element, said in French at the place where it is written."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from smde.diagnostic import Diagnostic, suggestion
from smde.model.champ import Partie
from smde.model.plan import Champ, champs
from smde.source import Noeud, Source

Chemin = tuple[str | int, ...]


def diagnostics(error: ValidationError, classe: type[Partie], source: Source, noeud: Noeud) -> Iterator[Diagnostic]:
    """One diagnostic per fault; `noeud` is where the element is written."""
    for detail in error.errors(include_url=False, include_context=True):
        chemin = detail["loc"]
        champ, holder = _field_at(classe, chemin)
        code, message, aide = _words(detail, champ, holder)
        missing = detail["type"] in ("missing", "union_tag_not_found")
        place = source.place_at(noeud, chemin, key=detail["type"] == "extra_forbidden")
        if missing:
            place = source.place_at(noeud, chemin[:-1] if detail["type"] == "missing" else chemin)
        yield Diagnostic(place, "erreur", code, message, aide)


def broken_fields(error: ValidationError) -> frozenset[str]:
    """The fields of the element in which something is wrong."""
    return frozenset(str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"])


def _field_at(classe: type[Partie], chemin: Sequence[str | int]) -> tuple[Champ | None, type[Partie]]:
    """The field a Pydantic location leads to, and the class that holds it."""
    champ: Champ | None = None
    holder = current = classe
    for step in chemin:
        if isinstance(step, int):
            continue
        if champ is not None and champ.parties and step in champ.parties and champ.discriminant:
            current = champ.parties[step]
            champ = None
            continue
        holder = current
        champ = champs(current).get(step)
        if champ is None:
            return None, holder
        if "" in champ.parties:
            current = champ.parties[""]
    return champ, holder


def _words(detail: Any, champ: Champ | None, holder: type[Partie]) -> tuple[str, str, str]:
    """Code, message and help for one of Pydantic's errors."""
    name = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "")
    label = f"`{champ.nom}` ({champ.titre})" if champ else f"`{name}`"
    help_text = champ.description if champ else ""
    found = _shown(detail["input"])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "champ-manquant", f"Il manque le champ {label}.", f"Ajoutez une ligne `{name}: …`. {help_text}"
        case "extra_forbidden":
            known = champs(holder)
            near = suggestion(name, known)
            return (
                "champ-inconnu",
                f"Le champ `{name}` n'existe pas ici.",
                near or f"Champs possibles : {', '.join(known)}.",
            )
        case "union_tag_not_found" | "union_tag_invalid":
            key = champ.discriminant if champ else "par"
            values = ", ".join(champ.parties) if champ else ""
            if detail["type"] == "union_tag_not_found":
                return (
                    "champ-manquant",
                    f"Il manque la clé `{key}` dans {label}.",
                    f"Ajoutez `{key}:` suivi de : {values}.",
                )
            return (
                "valeur-refusee",
                f"`{key}: {context.get('tag', '')}` n'est pas possible dans {label}.",
                (
                    suggestion(str(context.get("tag", "")), champ.parties if champ else ())
                    or f"Valeurs possibles : {values}."
                ),
            )
        case "enum" | "literal_error":
            values = ", ".join(champ.choix) if champ else ""
            near = suggestion(detail["input"], champ.choix) if champ and isinstance(detail["input"], str) else ""
            return (
                "valeur-refusee",
                f"{label} : {found} n'est pas une valeur possible.",
                near or f"Valeurs possibles : {values}.",
            )
        case "smde":
            expected = context["attendu"]
            return "valeur-refusee", f"{label} : {found} ne convient pas.", f"Attendu : {expected}."
        case "string_pattern_mismatch":
            return (
                "valeur-refusee",
                f"{label} : {found} ne convient pas.",
                (
                    "Attendu : un nom sans accent ni espace, qui commence par une lettre (lettres, chiffres, tirets, 64 au plus)."
                ),
            )
        case "string_type":
            return (
                "valeur-refusee",
                f"{label} : {found} alors qu'un texte est attendu.",
                "Écrivez le texte sur la même ligne, ou après `>-`.",
            )
        case "string_too_long":
            limit = context["max_length"]
            return (
                "valeur-refusee",
                f"{label} : {len(str(detail['input']))} caractères, au plus {limit}.",
                "Raccourcissez, ou passez le détail dans `texte`.",
            )
        case "string_too_short":
            return "valeur-refusee", f"{label} est vide.", "Donnez une valeur ou supprimez la ligne."
        case "list_type":
            return (
                "valeur-refusee",
                f"{label} : {found} alors qu'une liste est attendue.",
                f"Écrivez `{name}: [premier, second]`, ou un tiret par ligne.",
            )
        case "model_type" | "model_attributes_type" | "dict_type":
            fields = ", ".join(champs(champ.parties[""])) if champ and "" in champ.parties else ""
            return (
                "valeur-refusee",
                f"{label} : {found} alors qu'un bloc est attendu.",
                f"Écrivez les champs en dessous, décalés : {fields}.",
            )
        case "greater_than_equal" | "less_than_equal":
            bound = f"au moins {context['ge']}" if "ge" in context else f"au plus {context['le']}"
            return "valeur-refusee", f"{label} : {found} ne convient pas.", f"Attendu : {bound}."
    return "valeur-refusee", f"{label} : {found} ne convient pas.", help_text


def _shown(value: Any) -> str:
    """What was found, in a few words."""
    if isinstance(value, dict):
        return "un bloc"
    if isinstance(value, list):
        return "une liste"
    words = str(value)
    return f"« {words if len(words) <= 60 else words[:57] + '…'} »"
