"""How elements, fields and values are called in the sentences that say what changed."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from smde import arbre, ecriture
from smde.compare import ABSENT
from smde.instantane import Instantane
from smde.libelles import mot
from smde.model.champ import Partie
from smde.model.element import Element
from smde.model.plan import Champ, champs
from smde.model.rubriques import CLASSES
from smde.model.scalaires import PERIODE

_CODE = re.compile(r"[A-Za-z]{1,4}-?\d+[a-z]?")
"""An id that people say as it is: « A-07 », « O-12 »."""
_NOMS = ("titre", "libelle", "poste", "mesure", "objet", "acteur", "indicateur", "cadre", "element", "demande", "texte")
"""Fields that call a part by its name, the best first."""
LONG = 140


class Noms:
    """The words for what two snapshots hold."""

    def __init__(self, avant: Instantane, apres: Instantane) -> None:
        self.avant, self.apres = avant, apres

    def nom(self, genre: str, ident: str, *, ancien: bool = False) -> str:
        """« action A-07 », « enjeu « Garder les jeunes actifs » »."""
        return f"{self.libelle(genre)} {self.court(ident, ancien=ancien)}"

    def court(self, ident: str, *, ancien: bool = False) -> str:
        """« A-07 » when the id is a code, else its title between quotation marks."""
        return ident if _CODE.fullmatch(ident) else f"« {self.titre(ident, ancien=ancien)} »"

    def complet(self, ident: str, *, ancien: bool = False) -> str:
        """« A-07 « Requalifier les friches » », « « Garder les jeunes actifs » »."""
        titre = f"« {self.titre(ident, ancien=ancien)} »"
        return f"{ident} {titre}" if _CODE.fullmatch(ident) else titre

    def titre(self, ident: str, *, ancien: bool = False) -> str:
        """The title of an element, as the new snapshot has it unless told otherwise; its id when nobody knows it."""
        first, second = (self.avant, self.apres) if ancien else (self.apres, self.avant)
        return first.titre(ident) or second.titre(ident) or ident

    def lisible(self, texte: str, *, ancien: bool = False) -> str:
        """The words of a text, as its readers see them: without its marks, ids replaced by titles."""

        def titre(ident: str) -> str:
            return self.titre(ident, ancien=ancien)

        return "\n\n".join(_lignes(block) for block in arbre.texte(texte, titre))

    def libelle(self, genre: str, *, pluriel: bool = False) -> str:
        """The authority's word for a kind of element."""
        chosen, form = (
            self.apres.donnees["identite"].get("libelles", {}).get(genre),
            "pluriel" if pluriel else "singulier",
        )
        if isinstance(chosen, dict) and isinstance(chosen.get(form), str):
            return str(chosen[form])
        if genre not in CLASSES:
            return genre
        return CLASSES[genre].pluriel if pluriel else CLASSES[genre].nom

    def comptes(self, genres: Mapping[str, int]) -> str:
        """« 11 enjeux, 27 objectifs et 33 actions »."""
        return ecriture.enumeration(
            [
                ecriture.accord(count, self.libelle(genre), self.libelle(genre, pluriel=True))
                for genre, count in genres.items()
            ]
        )

    def feminin(self, genre: str) -> bool:
        """Whether the word for a kind is feminine."""
        chosen = self.apres.donnees["identite"].get("libelles", {}).get(genre)
        said = chosen.get("feminin") if isinstance(chosen, dict) else None
        return said if isinstance(said, bool) else genre in CLASSES and CLASSES[genre].feminin

    def le(self, genre: str, ident: str) -> str:
        """« l'action A-07 », « le constat « … » »."""
        if genre == "identite":
            return "l'identité de la collectivité"
        name = self.nom(genre, ident)
        return f"l'{name}" if elide(name) else f"{'la' if self.feminin(genre) else 'le'} {name}"

    def du(self, genre: str, ident: str) -> str:
        """« de l'action A-07 », « du constat « … » »."""
        return contracte(f"de {self.le(genre, ident)}")

    def accorde(self, genre: str, participe: str) -> str:
        """« validé », « validée »."""
        return participe + ("e" if self.feminin(genre) else "")

    def valeur(self, champ: Champ | None, value: Any, *, ancien: bool = False) -> str:
        """A value as a reader sees it; nothing when there is none."""
        if value is ABSENT or value is None:
            return ""
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, dict):
            return self.contenu(_classe(champ, value), value, ancien=ancien)
        if isinstance(value, list):
            return ecriture.enumeration([self.valeur(champ, item, ancien=ancien) for item in value])
        if isinstance(value, int | float | Decimal):
            return self._nombre(champ, Decimal(str(value)))
        return self._mots(champ, str(value), ancien)

    def _nombre(self, champ: Champ | None, value: Decimal) -> str:
        if champ is not None and champ.nom == "montant":
            return ecriture.euros(value)
        return str(value) if champ is not None and champ.nom in ("annee", "ordre") else ecriture.nombre(value)

    def _mots(self, champ: Champ | None, value: str, ancien: bool) -> str:
        if champ is None:
            return f"« {value} »"
        if champ.vers is not None:
            return self.complet(value, ancien=ancien)
        if isinstance(champ.scalaire, type) and issubclass(champ.scalaire, Enum):
            member = champ.scalaire.__members__.get(value)
            return mot(member) if member is not None else value
        if champ.scalaire is date or champ.motif == PERIODE:
            return ecriture.periode(value)
        return f"« {value} »"

    def partie(self, classe: type[Partie] | None, data: Mapping[str, Any], *, ancien: bool = False) -> str:
        """What calls a part of an element by its name: its title, its label, else the actor or framework it names."""
        fields = champs(classe) if classe is not None else {}
        for nom in _NOMS:
            if isinstance(data.get(nom), str):
                return coupe(self.valeur(fields.get(nom), data[nom], ancien=ancien))
        return coupe(self.contenu(classe, data, ancien=ancien))

    def contenu(self, classe: type[Partie] | None, data: Mapping[str, Any], *, ancien: bool = False) -> str:
        """All that a part says, what names it first; what only tells its class apart is left out."""
        fields = champs(classe) if classe is not None else {}
        names = sorted(data, key=lambda nom: _NOMS.index(nom) if nom in _NOMS else len(_NOMS))
        shown = [nom for nom in names if nom not in fields or len(fields[nom].choix) != 1]
        words = [self.valeur(fields.get(nom), data[nom], ancien=ancien) for nom in shown]
        return ", ".join(word for word in words if word)


def _lignes(block: arbre.Node) -> str:
    """The words of a block; the items of a list each on a line."""
    match block["t"]:
        case "BulletList":
            items = [("–", item) for item in block["c"]]
        case "OrderedList":
            items = [(f"{rank}.", item) for rank, item in enumerate(block["c"][1], block["c"][0][0])]
        case _:
            return arbre.texte_brut(block).strip()
    return "\n".join(f"{mark} {' '.join(_lignes(inner) for inner in item)}" for mark, item in items)


def coupe(words: str) -> str:
    """Words short enough to name something inside a sentence."""
    flat = " ".join(words.split())
    if len(flat) <= LONG:
        return flat
    end = "… »" if flat.startswith("«") else "…"
    return flat[: LONG - 3].rsplit(" ", 1)[0] + end


def majuscule(words: str) -> str:
    """A sentence begins with a capital."""
    return ecriture.majuscule(words)


def minuscule(words: str) -> str:
    """The first letter in lower case, unless the word is an acronym."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def contracte(words: str) -> str:
    """« de le » → « du », « à le » → « au »."""
    return re.sub(r"\bà le ", "au ", re.sub(r"\bde le ", "du ", words))


def classe_de(genre: str) -> type[Element] | None:
    """The class of a kind, None for one this program no longer knows."""
    return CLASSES.get(genre)


def _classe(champ: Champ | None, data: Mapping[str, Any]) -> type[Partie] | None:
    """The class of a part a field holds."""
    if champ is None:
        return None
    return champ.parties.get(str(data.get(champ.discriminant, "")) if champ.discriminant else "")


def classe_partie(champ: Champ | None, data: Any) -> type[Partie] | None:
    """The class of what a field holds, None when it is no part or none this program knows."""
    return _classe(champ, data) if isinstance(data, dict) else None


def elide(name: str) -> bool:
    """Whether a word begins with a vowel, before which « le » and « nouveau » change."""
    return name[:1].lower() in "aeiouyéèêàâîôûh"
