"""A dossier in which every field of the model holds a value of its own, at every level: what leaks has a name.

It is enumerated from the plan of the model: each class at each level, each field, each kind and state of each part.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie
from smde.model.element import Element
from smde.model.identite import Identite, Livrable
from smde.model.mesures import Indicateur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CLASSES, RUBRIQUES
from tests.generation import LOGO, MODELES, Donnees, Fichiers, Marque, trace, valeur, yaml_de

INCONNU = "personne-ne-porte-cet-identifiant"


@dataclass(frozen=True, slots=True)
class Canari:
    """A value found nowhere else, who may know it, and the field it was written in."""

    valeur: str
    niveau: Diffusion
    ou: str
    """`Classe.champ` or `Classe.champ.Partie.champ`…, the same for every level; `.adresse` for a link in a text."""


@dataclass(frozen=True, slots=True)
class _Reserve:
    """A value written only in a dossier whose readers may know it."""

    niveau: Diffusion
    valeur: Any


@dataclass(repr=False)
class Voliere:
    """The dossier of canaries: `fichiers()` writes it whole, `fichiers(niveau)` without what is above a level."""

    canaris: list[Canari] = field(default_factory=list)
    _rang: int = 0
    _tour: int = 0
    _socle: Diffusion = PUBLIC
    """The level of the element being written: what its fields and parts cite, readers of the element may know."""
    _ids: dict[Diffusion, dict[str, list[str]]] = field(default_factory=dict)
    _elements: dict[str, list[Any]] = field(default_factory=dict)
    _series: dict[str, _Reserve] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give every element its id first: they cite each other."""
        todo: list[tuple[type[Element], Diffusion, bool, str]] = []
        for classe in CLASSES.values():
            own = [level for level in Diffusion if level >= classe.plancher]
            levels = [(PUBLIC, True)] if classe is Identite else [*((level, True) for level in own), (INTERNE, False)]
            for niveau, written in levels:
                ident = f"{classe.genre}-{self._canari(niveau, f'{classe.__name__}.id').mot}"
                self._ids.setdefault(niveau, {}).setdefault(classe.genre, []).append(ident)
                todo.append((classe, niveau, written, ident))
        for classe, niveau, written, ident in todo:
            chemin = next(rubrique.chemin for rubrique in RUBRIQUES if rubrique.classe is classe)
            data = self._element(classe, niveau, ident) | ({"diffusion": niveau.name} if written else {})
            self._elements.setdefault(f"{chemin}.yml", []).append(_Reserve(niveau, data))
            if issubclass(classe, Indicateur):
                folder = chemin.rpartition("/")[0]
                self._series[f"{folder}/{data['serie']}"] = _Reserve(niveau, self._serie(niveau))

    def fichiers(self, plafond: Diffusion = INTERNE) -> Fichiers:
        """The files of the dossier, without what readers of `plafond` may not know."""
        hidden = [i for level, genres in self._ids.items() if level > plafond for ids in genres.values() for i in ids]
        files = {path: yaml_de(_ecrits(elements, plafond)) for path, elements in self._elements.items()}
        files |= {path: serie.valeur for path, serie in self._series.items() if serie.niveau <= plafond}
        for ident in hidden:
            files = {path: text.replace(ident, INCONNU) for path, text in files.items()}
        return {**files, "data/logo.svg": LOGO}

    def interdits(self, niveau: Diffusion) -> dict[str, Canari]:
        """What an edition of this level may not know, by value."""
        return {canari.valeur: canari for canari in self.canaris if canari.niveau > niveau}

    def permis(self, niveau: Diffusion) -> dict[str, Canari]:
        """What it may know."""
        return {canari.valeur: canari for canari in self.canaris if canari.niveau <= niveau}

    def _marque(self, niveau: Diffusion) -> Marque:
        self._rang += 1
        return Marque(self._rang, niveau)

    def _canari(self, niveau: Diffusion, ou: str) -> Marque:
        marque = self._marque(niveau)
        self.canaris.append(Canari(marque.mot, niveau, ou))
        return marque

    def _element(self, classe: type[Element], niveau: Diffusion, ident: str) -> Donnees:
        self._socle = niveau
        data = {"id": ident, **self._partie(classe, niveau, classe.__name__, ident)}
        if issubclass(classe, Indicateur):
            data["serie"] = f"{ident}.csv"
        if issubclass(classe, Identite):
            data["logo"] = "logo.svg"
        if issubclass(classe, Livrable):
            formats = ["docx", "pdf"] if niveau is PUBLIC else ["docx"]
            data |= {"modele": MODELES[0], "formats": formats, "plafond": INTERNE.name}
        return data

    def _serie(self, niveau: Diffusion) -> str:
        rows = []
        for year in range(2003, 2006):
            marque = self._canari(niveau, "Valeur.note")
            self.canaris.append(Canari(marque.nombre, niveau, "Valeur.valeur"))
            rows.append(f"{year},{marque.nombre},Relevé {marque.mot}")
        return "\n".join(["periode,valeur,note", *rows, ""])

    def _partie(self, classe: type[Partie], niveau: Diffusion, ou: str, but: str, choix: int = 0) -> Donnees:
        """Every field of a part; `choix` says which value each enumeration takes."""
        data: Donnees = {}
        for champ in champs(classe).values():
            if champ.nom in ("id", "diffusion") and issubclass(classe, Element):
                continue
            here = max(niveau, champ.diffusion)
            value = self._champ(champ, here, f"{ou}.{champ.nom}", but, choix)
            if value is not None:
                data[champ.nom] = _Reserve(here, value)
        return data

    def _champ(self, champ: Champ, niveau: Diffusion, ou: str, but: str, choix: int) -> Any:
        if champ.vers is not None:
            return self._liens(champ, self._socle, but)
        if champ.parties:
            if not champ.liste:
                return self._partie_seule(champ.parties[""], niveau, ou, but)
            return [part for classe in champ.parties.values() for part in self._parties(classe, niveau, ou, but)]
        if champ.nature == "fichier" or champ.nom == "modele":
            return None
        if champ.choix:
            chosen = champ.choix[choix % len(champ.choix)]
            return list(champ.choix) if champ.liste else chosen
        values = [self._valeur(champ, niveau, ou) for _ in range(2 if champ.liste else 1)]
        return values if champ.liste else values[0]

    def _liens(self, champ: Champ, niveau: Diffusion, but: str) -> Any:
        """A list cites elements of every level, hidden ones included; a single reference, one of its own level."""
        levels = list(Diffusion) if champ.liste else [niveau]
        genres = champ.vers or self._genres_du_tour()
        found = [
            _Reserve(max(niveau, level), ident)
            for level in levels
            for genre in genres
            for ident in self._ids[level].get(genre, [])[:1]
            if ident != but
        ]
        return found if champ.liste else found[0] if found else None

    def _partie_seule(self, classe: type[Partie], niveau: Diffusion, ou: str, but: str) -> _Reserve:
        """The part in one of its states: the next one each time."""
        self._tour += 1
        level = self._niveau(classe, niveau, but, self._tour)
        return _Reserve(level, self._partie(classe, level, f"{ou}.{classe.__name__}", but, self._tour))

    def _genres_du_tour(self) -> list[str]:
        """Two kinds, never twice the same before all have been: a reference to anything would cite too much."""
        genres = [genre for genre in CLASSES if genre != "identite"]
        self._tour += 1
        return [genres[(2 * self._tour + step) % len(genres)] for step in range(2)]

    def _parties(self, classe: type[Partie], niveau: Diffusion, ou: str, but: str) -> Iterator[_Reserve]:
        """The part in each of its states, then once for each reference it requires, to a hidden element."""
        where = f"{ou}.{classe.__name__}"
        states = max([1, *(len(champ.choix) for champ in champs(classe).values())])
        for state in range(states):
            level = self._niveau(classe, niveau, but, state)
            yield _Reserve(level, self._partie(classe, level, where, but, state))
        for champ in champs(classe).values():
            if champ.requis and champ.vers is not None and self._socle < INTERNE:
                hidden = self._liens(champ, INTERNE, but)
                yield _Reserve(INTERNE, self._partie(classe, INTERNE, where, but) | {champ.nom: hidden})

    def _niveau(self, classe: type[Partie], niveau: Diffusion, but: str, state: int) -> Diffusion:
        """Who may know a part in that state: drawn for nothing, and asked."""
        rang, known = self._rang, len(self.canaris)
        data = _ecrits(self._partie(classe, niveau, "", but, state), INTERNE)
        self._rang = rang
        del self.canaris[known:]
        return max(niveau, classe.model_validate(data).niveau())

    def _valeur(self, champ: Champ, niveau: Diffusion, ou: str) -> Any:
        if champ.nature == "texte":
            one, two, three = (self._canari(niveau, ou).mot for _ in range(3))
            four = self._canari(niveau, f"{ou}.adresse").mot
            hidden, known = self._ids[INTERNE]["terme"][0], self._ids[PUBLIC]["terme"][0]
            return (
                f"Le relevé {one} l'établit.\n\n- une *part {two}* de l'emploi\n\n"
                f"Voir [la page {three}](https://exemple.fr/{four}), [[{known}]], [[{hidden}]] et [ceci]({hidden})."
            )
        if champ.nature == "ligne":
            return f"Ligne {self._canari(niveau, ou).mot} & <i>suite</i>"
        marque = self._marque(niveau)
        value = valeur(champ, marque)
        if trace(champ) and isinstance(value, str) and value not in (marque.annee, marque.jour):
            shown = marque.mot if marque.mot in value else value
            self.canaris.append(Canari(shown, niveau, ou))
        return value


def _ecrits(value: Any, plafond: Diffusion) -> Any:
    """What readers of `plafond` may know of a value, as YAML gives it."""
    if isinstance(value, _Reserve):
        return _ecrits(value.valeur, plafond)
    if isinstance(value, dict):
        kept = {nom: _ecrits(item, plafond) for nom, item in value.items() if not _hidden(item, plafond)}
        return {nom: item for nom, item in kept.items() if item not in ([], {})}
    if isinstance(value, list):
        return [_ecrits(item, plafond) for item in value if not _hidden(item, plafond)]
    return value


def _hidden(value: Any, plafond: Diffusion) -> bool:
    return isinstance(value, _Reserve) and value.niveau > plafond
