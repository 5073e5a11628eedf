"""What changed inside an element, said field by field from the plan of the model; a field nobody knows is said too."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from smde import ecriture
from smde.changements.changement import Changement, Rang
from smde.changements.mot_a_mot import Morceau, mot_a_mot
from smde.changements.noms import Noms, classe_partie, coupe, majuscule, minuscule
from smde.compare import ABSENT, Ecart, Json, Liste, Objet, Place, Valeur
from smde.model.champ import Partie
from smde.model.plan import Champ, champs
from smde.model.scalaires import PERIODE

RANGS: Mapping[str, Rang] = {
    "validation": Rang.decision,
    "resultat": Rang.decision,
    "votes": Rang.decision,
    "valide": Rang.decision,
    "remplace": Rang.presence,
    "budget": Rang.montant,
    "plan_financement": Rang.montant,
    "negociations": Rang.montant,
    "montants": Rang.montant,
    "roles": Rang.role,
    "membres": Rang.role,
    "cibles": Rang.chiffre,
    "preuves": Rang.chiffre,
    "quantite": Rang.chiffre,
    "calendrier": Rang.calendrier,
    "etapes": Rang.calendrier,
    "date": Rang.calendrier,
    "articulations": Rang.lien,
}
"""What the fields of an element are about, when their type does not say it."""

LIENS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("enjeu", "constats"): ("s'appuie désormais sur", "ne s'appuie plus sur"),
    ("objectif", "enjeux"): ("répond désormais à", "ne répond plus à"),
    ("priorite", "objectifs"): ("sert désormais", "ne sert plus"),
    ("moyen", "priorites"): ("sert désormais", "ne sert plus"),
    ("moyen", "actions"): ("sert désormais", "ne sert plus"),
    ("action", "priorite"): ("sert désormais", "ne sert plus"),
}
"""What the links of the chain mean: the words for one that came, and for one that left."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where one stands in an element: the way from it, in names of fields and in words."""

    noms: Noms
    genre: str
    element: str
    chemin: tuple[str, ...]
    mots: tuple[str, ...]
    """Labels of the fields crossed, each with the name of the part it was crossed by."""
    champ: Champ | None
    rang: Rang

    def dire(
        self, suite: str, avant: str = "", apres: str = "", morceaux: tuple[Morceau, ...] = (), rang: Rang | None = None
    ) -> Changement:
        """The change, in a sentence that begins with where it is."""
        sentence = f"Dans {self.noms.le(self.genre, self.element)}, {', '.join(self.mots)} : {suite}."
        return self.changement(sentence, avant, apres, morceaux, rang)

    def changement(
        self,
        phrase: str,
        avant: str = "",
        apres: str = "",
        morceaux: tuple[Morceau, ...] = (),
        rang: Rang | None = None,
    ) -> Changement:
        """The change, in these words."""
        where = ".".join(self.chemin)
        return Changement(
            self.rang if rang is None else rang,
            self.genre,
            self.element,
            where,
            majuscule(phrase),
            avant,
            apres,
            morceaux,
        )

    def dans(self, classe: type[Partie] | None, nom: str, nomme: str = "") -> "Lieu":
        """One field further; `nomme` is the name of the part that holds it."""
        champ = champs(classe).get(nom) if classe is not None else None
        label = champ.titre if champ is not None else nom
        words = (*self.mots[:-1], f"{self.mots[-1]} ({nomme})" if nomme else self.mots[-1]) if self.mots else ()
        words = (*words, minuscule(label) if words else f"« {label} »")
        rang = self.rang if self.chemin else rang_de(nom, champ)
        return Lieu(self.noms, self.genre, self.element, (*self.chemin, nom), words, champ, rang)


def rang_de(nom: str, champ: Champ | None) -> Rang:
    """What a field of an element is about."""
    if nom in RANGS or champ is None:
        return RANGS.get(nom, Rang.redaction)
    if champ.vers is not None:
        return Rang.lien
    if champ.nature or champ.parties:
        return Rang.redaction
    if champ.scalaire is date or champ.motif == PERIODE:
        return Rang.calendrier
    return Rang.avancement if isinstance(champ.scalaire, type) and issubclass(champ.scalaire, Enum) else Rang.chiffre


def du_champ(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """Every change of one field."""
    if isinstance(change, Liste) or isinstance(avant, list) or isinstance(apres, list):
        yield from _liste(
            lieu, change, avant if isinstance(avant, list) else [], apres if isinstance(apres, list) else []
        )
    elif isinstance(change, Objet):
        classe = classe_partie(lieu.champ, apres)
        for nom, inner in change.champs.items():
            yield from du_champ(lieu.dans(classe, nom), inner, avant.get(nom, ABSENT), apres.get(nom, ABSENT))
    elif lieu.champ is not None and lieu.champ.vers is not None:
        yield from _lien(lieu, avant, apres)
    elif lieu.champ is not None and lieu.champ.nature and isinstance(avant, str) and isinstance(apres, str):
        yield _redaction(lieu, avant, apres)
    else:
        yield _valeur(lieu, change, avant, apres)


def _redaction(lieu: Lieu, avant: str, apres: str) -> Changement:
    """A text written again, word by word as its readers see it: marks are not words."""
    assert lieu.champ is not None
    if lieu.champ.nature != "texte":
        return lieu.dire("texte réécrit", avant, apres, mot_a_mot(avant, apres))
    before, after = lieu.noms.lisible(avant, ancien=True), lieu.noms.lisible(apres)
    if before == after:
        return lieu.dire("mise en forme ou liens modifiés, mêmes mots", avant, apres)
    return lieu.dire("texte réécrit", avant, apres, mot_a_mot(before, after))


def _valeur(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Changement:
    """A value that is another one, came or left; an absent one is worth its default, when it has one to show."""
    before, after = (_montre(lieu, value, ancien=ancien) for value, ancien in ((avant, True), (apres, False)))
    if before and after:
        return lieu.dire(f"{before} devient {after}", before, after)
    if after:
        return lieu.dire(f"ajout de {coupe(after)}", apres=after)
    return lieu.dire(f"retrait de {coupe(before)}", before)


def _montre(lieu: Lieu, value: Json, *, ancien: bool) -> str:
    if value is ABSENT and lieu.champ is not None and not lieu.champ.parties:
        value = getattr(lieu.champ.defaut, "name", lieu.champ.defaut)
    return lieu.noms.valeur(lieu.champ, value, ancien=ancien)


def _lien(lieu: Lieu, avant: Json, apres: Json) -> Iterator[Changement]:
    """A reference that came, left, or names another element."""
    before = lieu.noms.complet(avant, ancien=True) if isinstance(avant, str) else ""
    after = lieu.noms.complet(apres) if isinstance(apres, str) else ""
    verbs = LIENS.get((lieu.genre, lieu.chemin[0])) if len(lieu.chemin) == 1 else None
    if verbs is None:
        if before and after:
            yield lieu.dire(f"{before} devient {after}", before, after)
        else:
            yield lieu.dire(f"ajout de {after}" if after else f"retrait de {before}", before, after)
        return
    subject = lieu.noms.le(lieu.genre, lieu.element)
    instead = f" au lieu de {before}" if before and after else ""
    words = f"{verbs[0]} {after}{instead}" if after else f"{verbs[1]} {before}"
    yield lieu.changement(f"{subject} {words}.", before, after)


def _liste(lieu: Lieu, change: Ecart, avant: Sequence[Json], apres: Sequence[Json]) -> Iterator[Changement]:
    """Every change of a list: what left, what came, what changed, then the order."""
    if isinstance(change, Valeur):  # the whole list came or left
        change = Liste(tuple(Place(None, None, item) for item in apres), tuple(range(len(avant))))
    assert isinstance(change, Liste)
    reference = lieu.champ is not None and lieu.champ.vers is not None
    for rank in change.retires:
        yield from _lien(lieu, avant[rank], ABSENT) if reference else [_item(lieu, avant[rank], ABSENT)]
    for after, place in zip(apres, change.places, strict=True):
        if place.avant is None:
            yield from _lien(lieu, ABSENT, after) if reference else [_item(lieu, ABSENT, after)]
        elif place.ecart is not None:
            yield from _dans_item(lieu, place.ecart, avant[place.avant], after)
    moved = change.deplaces()
    if moved and lieu.chemin:
        names = ecriture.enumeration([lieu.noms.valeur(lieu.champ, avant[rank], ancien=True) for rank in sorted(moved)])
        yield lieu.dire(f"l'ordre change ({coupe(names)})", rang=Rang.ordre)


def _item(lieu: Lieu, avant: Json, apres: Json) -> Changement:
    """An item that came or left."""
    if apres is ABSENT:
        words = lieu.noms.valeur(lieu.champ, avant, ancien=True)
        return lieu.dire(f"retrait de {coupe(words)}", words)
    words = lieu.noms.valeur(lieu.champ, apres)
    return lieu.dire(f"ajout de {coupe(words)}", apres=words)


def _dans_item(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """What changed in one item of a list."""
    if isinstance(change, Objet):
        classe = classe_partie(lieu.champ, apres)
        name = lieu.noms.partie(classe, apres)
        for nom, inner in change.champs.items():
            yield from du_champ(lieu.dans(classe, nom, name), inner, avant.get(nom, ABSENT), apres.get(nom, ABSENT))
    elif isinstance(avant, str) and isinstance(apres, str):
        yield lieu.dire("une ligne réécrite", avant, apres, mot_a_mot(avant, apres))
    else:
        yield _valeur(lieu, change, avant, apres)
