"""Random dossiers drawn from the plan of the model, as the files of a folder: a field added to the model is drawn too.

`dossiers()` gives whole dossiers; `paires(niveau)` gives two that differ only in what the edition of that level may
not know. Their links and values are sound for the model; the rules may find fault with them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st
from pydantic import ValidationError

from smde.model.champ import INTERNE, PUBLIC, Diffusion, Partie
from smde.model.element import Element
from smde.model.identite import Filtre, Identite
from smde.model.mesures import Indicateur, Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CLASSES, RUBRIQUES

Fichiers = dict[str, str]
Donnees = dict[str, Any]
Pool = Mapping[str, Sequence[str]]
"""Ids that may be cited, by kind."""

MODELES = ("strategie-et-schema",)
"""Templates a drawn document may name: `modele` is the one field whose values are the names of files."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#123456"/></svg>\n'
_CACHE = "\ue0ff"
"""Stands in a drawn text for the id of an element this edition may not know."""
_SYLLABES = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
_PHRASES = (
    "La vacance tertiaire recule à l'ouest : {}, et 12 % des bureaux neufs trouvent preneur.",
    "Les entreprises disent « {} » ; un tiers d'entre elles embauchent hors du pays.",
    "Faut-il *vraiment* {} ? La **réponse** dépend du port & de ses abords.",
    "- loger les saisonniers, {}\n- ouvrir les ateliers <relais>",
    "Voir [le relevé de {}](https://exemple.fr/{}) et l'avis du 3 mars.",
    "1. mesurer {{{{ 7*7 }}}} {}\n2. publier",
)


@dataclass(frozen=True, slots=True)
class Marque:
    """A value like no other: the same rank gives the same word, number, date… whatever the field asks for."""

    rang: int
    niveau: Diffusion

    @property
    def mot(self) -> str:
        """Ten letters no French word begins with."""
        rest, syllables = self.rang * 7919 % 90**4, []
        for _ in range(4):
            rest, digit = divmod(rest, 90)
            syllables.append(_SYLLABES[digit])
        return "xq" + "".join(syllables)

    @property
    def nombre(self) -> str:
        """Twelve digits: the most an amount may have."""
        return f"7{self.niveau + 3}{self.rang * 104_729 % 10**10:010d}"

    @property
    def siren(self) -> str:
        return f"86{self.rang * 7_368_787 % 10**7:07d}"

    @property
    def annee(self) -> str:
        """A year that only this level uses."""
        return str(2101 + 30 * self.niveau + self.rang % 29)

    @property
    def jour(self) -> str:
        return f"{self.annee}-{self.rang % 12 + 1:02d}-{self.rang % 28 + 1:02d}"

    @property
    def empreinte(self) -> str:
        return sha256(self.mot.encode()).hexdigest()

    @property
    def couleur(self) -> str:
        return f"#{self.rang * 7919 % 0x666666:06x}"


_FORMES: dict[str, Callable[[Marque], str]] = {
    "identifiant": lambda marque: marque.mot,
    "periode": lambda marque: marque.annee,
    "adresse": lambda marque: f"https://exemple.fr/{marque.mot}",
    "modele d'adresse": lambda marque: f"https://exemple.fr/{marque.mot}/{{fichier}}",
    "siren": lambda marque: marque.siren,
    "couleur": lambda marque: marque.couleur,
    "empreinte": lambda marque: marque.empreinte,
}


def valeur(champ: Champ, marque: Marque) -> Any:
    """A value for a field that holds no text, no part and no reference, as YAML gives it.

    Raises LookupError when nothing here is what the field asks for: a new form of value is to be added above.
    """
    if champ.choix:
        return champ.choix[marque.rang % len(champ.choix)]
    if champ.scalaire is bool:
        return bool(marque.rang % 2)
    if champ.scalaire is date:
        return marque.jour
    if champ.scalaire in (int, Decimal):
        most = champ.bornes[1]
        if most is None:
            return marque.nombre
        return marque.annee if most > 2000 else str(marque.rang % (most + 1))
    for forme in _FORMES.values():
        if re.fullmatch(champ.motif, forme(marque), re.ASCII):
            return forme(marque)
    raise LookupError(f"tests/generation.py cannot write `{champ.nom}` ({champ.motif or champ.scalaire})")


def trace(champ: Champ) -> bool:
    """Whether a value of this field can be told from any other: not a choice, a yes or no, a small number, a colour."""
    if champ.choix or champ.scalaire is bool or champ.nature == "fichier":
        return False
    return champ.bornes[1] is None and not re.fullmatch(champ.motif or "-", "#123456")


def sous_classes(classe: type[Partie]) -> Iterator[type[Partie]]:
    """A class and every class of its parts, each once."""
    seen: dict[type[Partie], None] = {}
    waiting = [classe]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen[current] = None
            waiting += [part for champ in champs(current).values() for part in champ.parties.values()]
    yield from seen


def yaml_de(elements: Sequence[Donnees], comments: Sequence[str] = ()) -> str:
    """The YAML of a file of elements, a comment before each."""
    texts = [
        (f"# {comments[rank]}\n" if rank < len(comments) else "")
        + yaml.dump([element], Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
        for rank, element in enumerate(elements)
    ]
    return "".join(texts)


class Plume:
    """Draws elements; the same seed and the same demands give the same ones."""

    def __init__(self, graine: int) -> None:
        self.hasard = Random(graine)

    def marque(self, niveau: Diffusion) -> Marque:
        return Marque(self.hasard.randrange(10**8), niveau)

    def chance(self, probability: float) -> bool:
        return self.hasard.random() < probability

    def texte(self, niveau: Diffusion, pool: Pool) -> str:
        """A few sentences, some of which cite elements that may be known, or that may not."""
        words = [self.hasard.choice(_PHRASES).replace("{}", self.marque(niveau).mot) for _ in range(2)]
        known = [ident for idents in pool.values() for ident in idents]
        cited = self.hasard.choice(known) if known and self.chance(0.6) else _CACHE
        words.append(self.hasard.choice(["Voir [[{}]].", "Voir [ce *point*]({}).", "Voir [[{}]]"]).format(cited))
        return "\n\n".join(words)

    def ligne(self, niveau: Diffusion) -> str:
        words = self.hasard.choice(["Relancer {}", "L'atelier « {} » & Cie", "{} <b>tertiaire</b>", "2 % de {} ?"])
        return words.format(self.marque(niveau).mot)

    def partie(
        self, classe: type[Partie], plafond: Diffusion, pool: Pool, but: str = "", tag: tuple[str, str] | None = None
    ) -> Donnees | None:
        """A part that readers of `plafond` may know, None when nothing required can be cited."""
        for _ in range(30):
            data = self.champs(classe, plafond, pool, but)
            if data is None:
                return None
            if tag:
                data[tag[0]] = tag[1]
            try:
                if classe.model_validate(data).niveau() <= plafond:
                    return data
            except ValidationError as error:  # pragma: no cover - a fault of this generator, not of what it tests
                raise AssertionError(f"{classe.__name__}: {data} {error}") from error
        return None

    def champs(self, classe: type[Partie], plafond: Diffusion, pool: Pool, but: str = "") -> Donnees | None:
        """The fields readers of `plafond` may know, the optional ones now and then."""
        data: Donnees = {}
        for champ in champs(classe).values():
            if champ.nature == "fichier" or (champ.nom in ("id", "diffusion") and issubclass(classe, Element)):
                continue
            if champ.diffusion > plafond or not (champ.requis or self.chance(0.75)):
                continue
            value = self.champ(champ, plafond, pool, but)
            if value is not None:
                data[champ.nom] = value
            elif champ.requis:
                return None
        if classe is Filtre:  # criteria drawn together mostly let nothing through, and the document is in no edition
            data = {nom: data[nom] for nom in [nom for nom in ("priorites", "actions") if nom in data][:1]}
        return data

    def champ(self, champ: Champ, plafond: Diffusion, pool: Pool, but: str) -> Any:
        many = self.hasard.randint(1, 3)
        if champ.vers is not None:
            known = [
                ident for genre, idents in pool.items() if not champ.vers or genre in champ.vers for ident in idents
            ]
            chosen = self.hasard.sample(
                [i for i in known if i != but], k=min(many, len([i for i in known if i != but]))
            )
            return chosen if champ.liste else chosen[0] if chosen else None
        if champ.parties:
            drawn = []
            for _ in range(many if champ.liste else 1):
                tag, part = self.hasard.choice(list(champ.parties.items()))
                mark = (champ.discriminant, tag) if champ.discriminant else None
                data = self.partie(part, plafond, pool, but, mark)
                drawn += [data] if data is not None else []
            return drawn if champ.liste else drawn[0] if drawn else None
        if champ.nom == "modele":
            return self.hasard.choice(MODELES)
        values = [self._ecrit(champ, plafond, pool) for _ in range(many if champ.liste else 1)]
        return values if champ.liste else values[0]

    def _ecrit(self, champ: Champ, niveau: Diffusion, pool: Pool) -> Any:
        if champ.nature == "texte":
            return self.texte(niveau, pool)
        return self.ligne(niveau) if champ.nature == "ligne" else valeur(champ, self.marque(niveau))

    def element(self, classe: type[Element], ident: str, plafond: Diffusion, pool: Pool) -> Donnees | None:
        """An element that readers of `plafond` may know."""
        data = self.champs(classe, plafond, pool, ident)
        if data is None:
            return None
        data = {"id": ident, **data}
        niveau = self.hasard.choice([level for level in Diffusion if classe.plancher <= level <= plafond])
        if niveau is not INTERNE or self.chance(0.5):
            data["diffusion"] = niveau.name
        if issubclass(classe, Indicateur):
            data["serie"] = f"{ident}.csv"
        if issubclass(classe, Identite):
            data["logo"] = "logo.svg"
        if "plafond" in data:
            data["plafond"] = INTERNE.name
        return data

    def serie(self, niveau: Diffusion) -> str:
        """The CSV file of an indicator."""
        years = sorted(self.hasard.sample(range(2000, 2030), k=self.hasard.randint(0, 5)))
        rows = []
        for year in years:
            value = "" if self.chance(0.1) else str(self.hasard.randint(-(10**6), 10**6) / 10)
            rows.append(f"{year},{value},{self.marque(niveau).mot if self.chance(0.3) else ''}")
        return "\n".join([",".join(champs(Valeur)), *rows, ""])


@dataclass
class Dossier:
    """What a dossier holds before it is written: the elements of each file, in order, and the other files."""

    plafond: Diffusion
    elements: dict[str, list[Donnees]] = field(default_factory=dict)
    autres: Fichiers = field(default_factory=dict)
    pool: dict[str, list[str]] = field(default_factory=dict)

    def fichiers(self, plume: Plume | None = None) -> Fichiers:
        """The files; with a pen, comments that nobody prints are added here and there."""
        files = dict(self.autres)
        for path, elements in self.elements.items():
            comments = [plume.marque(INTERNE).mot for _ in elements] if plume else []
            files[path] = yaml_de(elements, comments)
        return files


def connu(plume: Plume, plafond: Diffusion) -> Dossier:
    """A dossier of which readers of `plafond` may know everything, but for the citations its texts leave open."""
    dossier = Dossier(plafond)
    for classe in (classe for classe in CLASSES.values() if classe.plancher <= plafond):
        count = 1 if issubclass(classe, Identite) else plume.hasard.randint(1, 2)
        dossier.pool[classe.genre] = [f"{classe.genre}-{plume.marque(plafond).mot}" for _ in range(count)]
    for rubrique in RUBRIQUES:
        split = plume.chance(0.3) and rubrique.classe is not Identite
        for rank, ident in enumerate(dossier.pool.get(rubrique.classe.genre, ())):
            data = plume.element(rubrique.classe, ident, plafond, dossier.pool)
            assert data is not None, rubrique
            path = f"{rubrique.chemin}/{'am'[rank]}.yml" if split else f"{rubrique.chemin}.yml"
            dossier.elements.setdefault(path, []).append(data)
            if "serie" in data:
                dossier.autres[_beside(path, data["serie"])] = plume.serie(plafond)
    dossier.autres["data/logo.svg"] = LOGO
    return dossier


def _beside(path: str, name: str) -> str:
    return f"{path.rpartition('/')[0]}/{name}"


MANIERES = ("elements", "entraines", "champs", "parties", "liens", "blocs", "citations", "fichiers")
"""The ways in which two dossiers may differ without an edition knowing: see `habille`."""


def habille(dossier: Dossier, plume: Plume, manieres: frozenset[str], genres: frozenset[str]) -> Fichiers:
    """The files of a dossier to which is added what readers of its level may not know.

    - `elements`: hidden elements of these kinds, anywhere in the files; `fichiers`: in files of their own;
    - `entraines`: elements of the right level which require a hidden one;
    - `champs`: fields for fewer readers; `parties`: parts that may not be announced, or that require a hidden element;
    - `liens`: references to hidden elements; `blocs`: blocks that hold nothing else;
    - `citations`: hidden ids in texts, instead of ids that do not exist.
    """
    made, hidden = deepcopy(dossier), _hidden_ids(dossier, plume, manieres, genres)
    nowhere = [plume.marque(INTERNE).mot]
    cited = [ident for idents in hidden.values() for ident in idents] if "citations" in manieres else []
    habit = _Habit(plume, dossier.plafond, manieres, dossier.pool, hidden)
    for elements in made.elements.values():
        for data in elements:
            habit.partie(CLASSES[data["id"].partition("-")[0]], data)
    for genre, idents in hidden.items():
        for ident in idents:
            added = habit.element_cache(CLASSES[genre], ident)
            if added is not None:
                _place(made, plume, CLASSES[genre], added, alone="fichiers" in manieres)
    files = made.fichiers(plume)
    return {path: re.sub(_CACHE, lambda _: plume.hasard.choice(cited or nowhere), text) for path, text in files.items()}


def _hidden_ids(
    dossier: Dossier, plume: Plume, manieres: frozenset[str], genres: frozenset[str]
) -> dict[str, list[str]]:
    if "elements" not in manieres:
        return {}
    counts = {genre: plume.hasard.randint(0, 2) for genre in sorted(genres - {"identite"})}
    return {g: [f"{g}-{plume.marque(INTERNE).mot}" for _ in range(count)] for g, count in counts.items()}


def _place(made: Dossier, plume: Plume, classe: type[Element], data: Donnees, *, alone: bool) -> None:
    chemin = next(rubrique.chemin for rubrique in RUBRIQUES if rubrique.classe is classe)
    paths = [path for path in made.elements if path.removesuffix(".yml").startswith(chemin)]
    apart = not paths or (alone and plume.chance(0.5))
    path = f"{chemin}/{plume.marque(INTERNE).mot}.yml" if apart else plume.hasard.choice(paths)
    elements = made.elements.setdefault(path, [])
    elements.insert(plume.hasard.randint(0, len(elements)), data)
    if "serie" in data:
        made.autres[_beside(path, data["serie"])] = plume.serie(INTERNE)


@dataclass
class _Habit:
    """Adds to elements what readers of `plafond` may not know."""

    plume: Plume
    plafond: Diffusion
    manieres: frozenset[str]
    connus: Pool
    caches: Pool

    @property
    def tous(self) -> Pool:
        return {genre: [*idents, *self.caches.get(genre, ())] for genre, idents in self.connus.items()}

    def _hidden(self, champ: Champ) -> list[str]:
        return [i for genre, idents in self.caches.items() if not champ.vers or genre in champ.vers for i in idents]

    def partie(self, classe: type[Partie], data: Donnees) -> None:
        """Dress a part that may be known."""
        plume = self.plume
        for champ in champs(classe).values():
            if champ.diffusion > self.plafond:
                if "champs" in self.manieres and plume.chance(0.6):
                    value = plume.champ(champ, INTERNE, self.tous, "")
                    data |= {champ.nom: value} if value is not None else {}
            elif classe is Filtre and not data.get(champ.nom):
                pass  # an empty filter lets all through: limited to what is hidden, the document is hidden
            elif champ.vers is not None:
                self._liens(champ, data)
            elif champ.parties and champ.liste:
                self._parties(champ, data)
            elif champ.parties:
                part = next(iter(champ.parties.values()))
                if champ.nom in data:
                    self.partie(part, data[champ.nom])
                elif (
                    part is not Filtre
                    and "blocs" in self.manieres
                    and plume.chance(0.6)
                    and (block := self._bloc(part)) is not None
                ):
                    data[champ.nom] = block

    def _liens(self, champ: Champ, data: Donnees) -> None:
        hidden = self._hidden(champ)
        if "liens" not in self.manieres or not hidden or not self.plume.chance(0.7):
            return
        if champ.liste:
            listed = list(data.get(champ.nom, []))
            for ident in self.plume.hasard.sample(hidden, k=self.plume.hasard.randint(1, len(hidden))):
                listed.insert(self.plume.hasard.randint(0, len(listed)), ident)
            data[champ.nom] = listed
        elif champ.nom not in data:
            data[champ.nom] = self.plume.hasard.choice(hidden)

    def _parties(self, champ: Champ, data: Donnees) -> None:
        items = list(data.get(champ.nom, []))
        for item in items:
            tag = str(item.get(champ.discriminant, "")) if champ.discriminant else ""
            self.partie(champ.parties[tag], item)
        if "parties" in self.manieres:
            for _ in range(self.plume.hasard.randint(0, 2)):
                tag, part = self.plume.hasard.choice(list(champ.parties.items()))
                hidden = self._cachee(part, champ.discriminant, tag)
                if hidden is not None:
                    items.insert(self.plume.hasard.randint(0, len(items)), hidden)
        if items:
            data[champ.nom] = items

    def _cachee(self, classe: type[Partie], discriminant: str, tag: str) -> Donnees | None:
        """A part that may not be known: by its own state, or because it requires a hidden element."""
        mark = {discriminant: tag} if discriminant else {}
        required = [champ for champ in champs(classe).values() if champ.requis and champ.vers is not None]
        for _ in range(20):
            data = self.plume.champs(classe, INTERNE, self.tous)
            if data is None:
                return None
            data |= mark
            if classe.model_validate(data).niveau() > self.plafond:
                return data
            for champ in required:
                if (hidden := self._hidden(champ)) and self.plume.chance(0.5):
                    return data | {champ.nom: self.plume.hasard.choice(hidden)}
        return None

    def _bloc(self, classe: type[Partie]) -> Donnees | None:
        """A block in which everything written is hidden."""
        fields = champs(classe).values()
        if any(champ.requis for champ in fields):
            return self._cachee(classe, "", "")
        data: Donnees = {}
        for champ in fields:
            if champ.diffusion > self.plafond:
                value = self.plume.champ(champ, INTERNE, self.tous, "")
                data |= {champ.nom: value} if value is not None else {}
            elif champ.vers is not None and (hidden := self._hidden(champ)):
                ident = self.plume.hasard.choice(hidden)
                data[champ.nom] = [ident] if champ.liste else ident
        return data

    def element_cache(self, classe: type[Element], ident: str) -> Donnees | None:
        """An element that may not be known: by its level, or because it requires one that may not."""
        data = self.plume.element(classe, ident, INTERNE, self.tous)
        if data is None:
            return None
        required = [champ for champ in champs(classe).values() if champ.requis and champ.vers is not None]
        targets = [(champ, hidden) for champ in required if (hidden := [i for i in self._hidden(champ) if i != ident])]
        if "entraines" in self.manieres and targets and classe.plancher <= self.plafond and self.plume.chance(0.5):
            champ, hidden = self.plume.hasard.choice(targets)
            return data | {"diffusion": self.plafond.name, champ.nom: self.plume.hasard.choice(hidden)}
        data.pop("diffusion", None)
        wider = [level.name for level in Diffusion if level > self.plafond and level >= classe.plancher]
        return data if self.plume.chance(0.3) else data | {"diffusion": self.plume.hasard.choice(wider)}


@dataclass(frozen=True)
class Paire:
    """Two dossiers that differ only in what the edition of a level may not know."""

    niveau: Diffusion
    un: Fichiers
    autre: Fichiers


def paire(
    niveau: Diffusion, graine: int, graines: tuple[int, int], manieres: frozenset[str], genres: frozenset[str]
) -> Paire:
    """A pair, by its seeds: one for what is known, two for what is not."""
    base = connu(Plume(graine), niveau)
    return Paire(niveau, *(habille(base, Plume(seed), manieres, genres) for seed in graines))


_GRAINES = st.integers(0, 2**32)


def dossiers() -> st.SearchStrategy[Fichiers]:
    """Whole random dossiers, with elements, fields and parts of every level."""
    return st.builds(
        lambda one, two: habille(connu(Plume(one), PUBLIC), Plume(two), frozenset(MANIERES), frozenset(CLASSES)),
        _GRAINES,
        _GRAINES,
    )


def paires() -> st.SearchStrategy[Paire]:
    """Pairs of every level that hides something; a failing one is reduced to the ways and kinds that matter."""
    return st.builds(
        paire,
        st.sampled_from([level for level in Diffusion if level < INTERNE]),
        _GRAINES,
        st.tuples(_GRAINES, _GRAINES),
        st.frozensets(st.sampled_from(MANIERES), min_size=1).map(lambda found: found | {"elements"}),
        st.frozensets(st.sampled_from(sorted(CLASSES)), min_size=3),
    )
