"""One edition of one day as plain values: what is published with each version, and what is compared with another.

The contract is what readers of the data rely on. A snapshot taken years ago is read by the reader of its own contract,
whatever the model has become: comparing never needs the program of that time, nor the history of the dossier.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from smde.edition import Edition, Valide, seulement
from smde.model.champ import Diffusion, Partie
from smde.model.element import Element
from smde.model.identite import Identite
from smde.model.mesures import Valeur
from smde.model.plan import champs
from smde.model.rubriques import CLASSES, RUBRIQUES
from smde.parcours import connus
from smde.refus import Refus

CONTRAT = "smde-donnees/1"
"""Adding an optional field keeps the number; removing one, or changing what one means, raises it, and the reader of
the former number stays in `LECTEURS`."""

Donnees = dict[str, Any]


SANS_DATE = "1970-01-01"
"""The date of a content that git does not date; it is never shown."""


@dataclass(frozen=True)
class Instantane:
    """An edition as plain values, under the present contract."""

    nom: str
    """How it is called by those who compare it: a version, a date, « dossier de travail »."""
    date: str
    diffusion: Diffusion
    donnees: Donnees = field(repr=False)
    """`identite`, `elements` by kind, `series` by indicator, `modifies`: ids of what changed since it was validated,
    `valides`: the texts that were, by fingerprint, and what they are now."""

    @cached_property
    def elements(self) -> Mapping[str, tuple[str, Donnees]]:
        """The kind and the values of every element, by id, in reading order."""
        found = {}
        for genre, elements in self.donnees["elements"].items():
            for element in elements:
                found[str(element["id"])] = (str(genre), element)
        return found

    @cached_property
    def modifies(self) -> frozenset[str]:
        """Ids of the elements whose text is no longer the one their decision validated."""
        return frozenset(self.donnees.get("modifies", ()))

    def titre(self, ident: str) -> str | None:
        """The title of an element, None when this snapshot does not hold it."""
        found = self.elements.get(ident)
        return None if found is None else str(found[1].get("titre", ident))


def document(edition: Edition) -> Donnees:
    """The edition as JSON values; what was not written, or equals its default, is left out.

    Raises TypeError on anything but an edition.
    """
    edition = seulement(edition)
    elements: dict[str, list[Any]] = {}
    for rubrique in RUBRIQUES:
        found = edition.tous(rubrique.classe)
        if found and rubrique.classe.genre != "identite":
            elements[rubrique.classe.genre] = [valeurs(element) for element in found]
    return {
        "contrat": CONTRAT,
        "date": edition.date,
        "diffusion": edition.diffusion.name,
        "identite": valeurs(edition.identite),
        "elements": elements,
        "series": {ident: [valeurs(value) for value in values] for ident, values in edition.series.items()},
        **({"modifies": sorted(edition.modifies)} if edition.modifies else {}),
        **(
            {"valides": {seal: _textes(edition.valides[seal]) for seal in sorted(edition.valides)}}
            if edition.valides
            else {}
        ),
    }


def _textes(valide: Valide) -> Donnees:
    return {"genre": valide.apres.genre, "avant": valeurs(valide.avant), "apres": valeurs(valide.apres)}


def texte(edition: Edition) -> str:
    """The JSON of an edition, as it is written in a file."""
    return json.dumps(document(edition), ensure_ascii=False, indent=1) + "\n"


def valeurs(value: Any) -> Any:
    """A part as plain JSON values, without what was not written or equals its default."""
    match value:
        case Partie():
            written = ((champ, getattr(value, champ.nom)) for champ in champs(type(value)).values())
            return {champ.nom: valeurs(item) for champ, item in written if champ.requis or item != champ.defaut}
        case list():
            return [valeurs(item) for item in value]
        case Enum():
            return value.name
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
    return value


def prendre(edition: Edition, nom: str) -> Instantane:
    """The snapshot of an edition, the same as the one read back from the file published with it."""
    return lire(texte(edition).encode(), nom)


def vers_edition(instantane: Instantane) -> Edition:
    """The edition a snapshot was taken of, as the present model reads it; a field that is gone since is left out.

    Raises `Refus` when an element no longer fits the model: its documents cannot be made again.
    """
    made: dict[str, Element] = {}
    unfit: list[str] = []
    for ident, (genre, data) in instantane.elements.items():
        classe = CLASSES.get(genre)
        try:
            made[ident] = classe.model_validate(connus(classe, data)) if classe is not None else made[ident]
        except (ValidationError, KeyError):
            unfit.append(ident)
    try:
        identite = Identite.model_validate(connus(Identite, instantane.donnees["identite"]))
        series = {
            ident: tuple(Valeur.model_validate(connus(Valeur, value)) for value in values)
            for ident, values in instantane.donnees["series"].items()
        }
    except ValidationError:
        unfit.append("identite")
    if unfit:
        raise Refus(
            f"« {instantane.nom} » ne peut plus être remis en documents : {len(unfit)} élément(s) ne suivent plus le "
            f"modèle d'aujourd'hui, dont « {unfit[0]} ». Ses documents publiés restent ce qu'ils étaient."
        )
    made[identite.id] = identite
    valides = dict(_valides(instantane))
    return Edition(instantane.diffusion, instantane.date, made, series, {}, identite, instantane.modifies, valides)


def _valides(instantane: Instantane) -> Iterator[tuple[str, Valide]]:
    """The texts validated that still fit the model, and what they had become."""
    for seal, both in instantane.donnees.get("valides", {}).items():
        classe = CLASSES.get(both["genre"])
        with suppress(ValidationError):
            if classe is not None:
                before, after = (classe.model_validate(connus(classe, both[side])) for side in ("avant", "apres"))
                yield seal, Valide(before, after)


def lire(content: bytes, nom: str) -> Instantane:
    """The snapshot in a `strategie.json`; raises `Refus`, in French, on what is none."""
    try:
        data = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Refus(f"Les données de « {nom} » ne se lisent pas : ce n'est pas un fichier JSON entier.") from None
    contrat = data.get("contrat") if isinstance(data, dict) else None
    if not isinstance(contrat, str):
        raise Refus(
            f"Les données de « {nom} » ne sont pas celles d'une stratégie : le fichier attendu est « strategie.json », "
            "que le programme publie avec chaque version."
        )
    reader = LECTEURS.get(contrat)
    if reader is None:
        raise Refus(
            f"Les données de « {nom} » suivent le contrat « {contrat} », que ce programme ne connaît pas (il lit : "
            f"{', '.join(LECTEURS)}). Une version plus récente du programme les lira."
        )
    found = reader(data)
    if found is None:
        raise Refus(f"Les données de « {nom} » annoncent le contrat « {contrat} » mais ne le suivent pas.")
    return Instantane(nom, found["date"], Diffusion[found["diffusion"]], found)


def _lire_1(data: Donnees) -> Donnees | None:
    """The values of a snapshot under the first contract, None when their shape is not the one it promises."""
    parts = (data.get("date"), data.get("diffusion"), data.get("identite"), data.get("elements"), data.get("series"))
    if [type(part) for part in parts] != [str, str, dict, dict, dict] or data["diffusion"] not in Diffusion.__members__:
        return None
    if not all(isinstance(elements, list) for elements in (*data["elements"].values(), data.get("modifies", []))):
        return None
    if not all(isinstance(ident, str) for ident in data.get("modifies", [])):
        return None
    valides = data.get("valides", {})
    if not isinstance(valides, dict) or not all(_paire(both) for both in valides.values()):
        return None
    return data if all(_sound(element) for element in _elements(data)) else None


def _paire(both: Any) -> bool:
    """Whether this is a text that was validated and what it has become."""
    sides = isinstance(both, dict) and isinstance(both.get("genre"), str)
    return sides and _sound(both.get("avant")) and _sound(both.get("apres"))


def _elements(data: Donnees) -> Iterator[Any]:
    for elements in data["elements"].values():
        yield from elements


def _sound(element: Any) -> bool:
    return isinstance(element, dict) and isinstance(element.get("id"), str) and isinstance(element.get("titre"), str)


LECTEURS: Mapping[str, Callable[[Donnees], Donnees | None]] = {"smde-donnees/1": _lire_1}
"""One reader for each contract that was ever published; each gives the values under the present one."""
