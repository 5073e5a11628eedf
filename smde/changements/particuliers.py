"""The changes that a negotiator or a councillor looks for first, each in the sentence they would use.

States of validation, costs, shares of the funders, roles, targets. What these sentences leave out, the field by field
account says: nothing moves unsaid.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from smde import ecriture
from smde.changements.champs import Lieu, du_champ
from smde.changements.changement import Changement
from smde.changements.noms import contracte
from smde.compare import Ecart, Json, Liste, Objet, Place
from smde.libelles import mot
from smde.model.acteurs import NomRole, StatutRole
from smde.model.element import StatutValidation
from smde.model.schema import EtatCout, EtatFinancement

Donnees = Mapping[str, Any]
MILLION = Decimal(1_000_000)


def validation(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """The state of an element before the bodies that decide."""
    before = avant if isinstance(avant, dict) else {}
    after = apres if isinstance(apres, dict) else {}
    old, new = (part.get("statut", StatutValidation.brouillon.name) for part in (before, after))
    if old == new:
        yield from du_champ(lieu, change, avant, apres)
        return
    subject = lieu.noms.le(lieu.genre, lieu.element)
    if old == StatutValidation.a_valider.name:
        subject = f"{subject} n'est plus à valider :"
    else:
        subject += " est" if new != StatutValidation.brouillon.name else ""
    yield lieu.changement(f"{subject} {_etat(lieu, new, before, after)}.", _mot_etat(old), _mot_etat(new))


def _mot_etat(name: str) -> str:
    member = StatutValidation.__members__.get(name)
    return name if member is None else mot(member)


def _etat(lieu: Lieu, statut: str, before: Donnees, after: Donnees) -> str:
    noms = lieu.noms
    motif = f", parce que : {after['motif']}" if after.get("motif") else ""
    match statut:
        case "a_valider":
            words = f"{noms.accorde(lieu.genre, 'soumis')} à validation"
            words += f" devant {noms.complet(after['instance'])}" if after.get("instance") else ""
            words += f", à la séance {noms.complet(after['seance'])}" if after.get("seance") else ""
            return words + (f", avant le {ecriture.periode(after['echeance'])}" if after.get("echeance") else "")
        case "valide":
            return noms.accorde(lieu.genre, "validé") + _par(lieu, before, after)
        case "remplace":
            return noms.accorde(lieu.genre, "remplacé") + motif
        case "abandonne":
            return noms.accorde(lieu.genre, "abandonné") + motif
        case "brouillon":
            return "revient à l'état de brouillon"
    return f"« {statut} »"


def _par(lieu: Lieu, before: Donnees, after: Donnees) -> str:
    """Which body decided, on which day: read in the decision, else in what was awaited."""
    found = lieu.noms.apres.elements.get(str(after.get("decision", "")))
    decision = found[1] if found is not None else {}
    body = decision.get("instance") or after.get("instance") or before.get("instance")
    by = f" par {lieu.noms.complet(body)}" if body else ""
    return by + (f" le {ecriture.periode(decision['date'])}" if decision.get("date") else "")


def budget(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """The cost of an action, then its lines unless the total says it all."""
    before, after = somme(avant), somme(apres)
    whose = lieu.noms.du(lieu.genre, lieu.element)
    worth = mention(apres if isinstance(apres, list) else avant)
    if before is None and after is not None:
        yield lieu.changement(
            f"le budget {whose} est chiffré : {ecriture.euros(after)}{worth}.", "", ecriture.euros(after)
        )
    elif after is None and before is not None:
        yield lieu.changement(f"le budget {whose} n'est plus chiffré (c'était : {ecriture.euros(before)}){worth}.",
                              ecriture.euros(before))  # fmt: skip
    elif before is not None and after is not None and before != after:
        words = f"le budget {whose} passe de {de_a(before, after)}{worth}."
        yield lieu.changement(words, ecriture.euros(before), ecriture.euros(after))
        if _seul_montant(change):
            return
        yield from du_champ(lieu, change, avant, apres)
    else:
        yield from du_champ(lieu, change, avant, apres)


def somme(lines: Json) -> Decimal | None:
    if not isinstance(lines, list) or not lines:
        return None
    return sum((Decimal(str(line.get("montant", 0))) for line in lines), Decimal(0))


def mention(lines: Sequence[Donnees]) -> str:
    """Never an illustrative amount said as if it were real."""
    fictive = [line for line in lines if line.get("etat") == EtatCout.illustratif.name]
    if not fictive:
        return ""
    return " (montants illustratifs)" if len(fictive) == len(lines) else " (montants en partie illustratifs)"


def _seul_montant(change: Ecart) -> bool:
    """Whether one line changed, and only its amount: the total has said it."""
    if not isinstance(change, Liste) or change.retires or any(place.avant is None for place in change.places):
        return False
    inner = [place.ecart for place in change.places if place.ecart is not None]
    return len(inner) == 1 and isinstance(inner[0], Objet) and list(inner[0].champs) == ["montant"]


def de_a(avant: Decimal, apres: Decimal) -> str:
    """« 1,2 à 1,5 M€ » when both are round millions, else « 120 000 € à 150 000 € »."""
    if all(amount >= MILLION and amount % (MILLION / 10) == 0 for amount in (avant, apres)):
        return f"{ecriture.nombre(avant / MILLION)} à {ecriture.mesure(apres / MILLION, 'M€')}"
    return f"{ecriture.euros(avant)} à {ecriture.euros(apres)}"


def parts(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """The shares of the funders, by funder and year."""
    yield from _par_parties(lieu, change, avant, apres, _part_entree, _part_sortie, _part_changee)


def _part(lieu: Lieu, share: Donnees) -> str:
    whose = lieu.noms.titre(str(share.get("financeur", "")))
    return f"la part de « {whose} » en {share.get('annee', '?')} {lieu.noms.du(lieu.genre, lieu.element)}".replace(
        "  ", " "
    )


def _montant(share: Donnees) -> str:
    fictive = " (montant illustratif)" if share.get("illustratif") is True else ""
    return ecriture.euros(Decimal(str(share.get("montant", 0)))) + fictive


def _etat_part(share: Donnees) -> str:
    member = EtatFinancement.__members__.get(str(share.get("etat")))
    return str(share.get("etat", "")) if member is None else mot(member)


def _part_entree(lieu: Lieu, share: Donnees) -> Changement:
    words = f"{_montant(share)}, {_etat_part(share)}"
    return lieu.changement(f"{_part(lieu, share)} est inscrite : {words}.", "", words)


def _part_sortie(lieu: Lieu, share: Donnees) -> Changement:
    words = f"{_montant(share)}, {_etat_part(share)}"
    return lieu.changement(f"{_part(lieu, share)} est retirée (c'était : {words}).", words)


def _part_changee(lieu: Lieu, before: Donnees, after: Donnees, changed: set[str]) -> tuple[list[Changement], set[str]]:
    said: list[Changement] = []
    if "montant" in changed:
        amounts = (Decimal(str(before.get("montant", 0))), Decimal(str(after.get("montant", 0))))
        fictive = " (montant illustratif)" if after.get("illustratif") is True else ""
        said.append(lieu.changement(f"{_part(lieu, after)} passe de {de_a(*amounts)}{fictive}.",
                                    _montant(before), _montant(after)))  # fmt: skip
    if "etat" in changed:
        old, new = _etat_part(before), _etat_part(after)
        words = f"{_part(lieu, after)} ({_montant(after)}) : « {old} » devient « {new} »."
        said.append(lieu.changement(words, old, new))
    return said, changed - {"montant", "etat"}


def roles(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """Who does what."""
    yield from _par_parties(lieu, change, avant, apres, _role_entre, _role_sort, _role_change)


def _mot_role(role: Donnees) -> str:
    member = NomRole.__members__.get(str(role.get("role")))
    return "membre" if "role" not in role else str(role["role"]) if member is None else mot(member)


def _mot_statut(role: Donnees) -> str:
    member = StatutRole.__members__.get(str(role.get("statut")))
    return str(role.get("statut", "")) if member is None else mot(member)


def _tenant(lieu: Lieu, role: Donnees) -> str:
    return f"« {lieu.noms.titre(str(role.get('acteur', '')))} »"


def _role_entre(lieu: Lieu, role: Donnees) -> Changement:
    whose = lieu.noms.du(lieu.genre, lieu.element)
    words = f"{_tenant(lieu, role)} devient {_mot_role(role)} {whose} (rôle {_mot_statut(role)})."
    return lieu.changement(words, "", f"{_mot_role(role)}, {_mot_statut(role)}")


def _role_sort(lieu: Lieu, role: Donnees) -> Changement:
    words = f"{_tenant(lieu, role)} n'est plus {_mot_role(role)} {lieu.noms.du(lieu.genre, lieu.element)}."
    return lieu.changement(words, f"{_mot_role(role)}, {_mot_statut(role)}")


def _role_change(lieu: Lieu, before: Donnees, after: Donnees, changed: set[str]) -> tuple[list[Changement], set[str]]:
    whose = lieu.noms.du(lieu.genre, lieu.element)
    said: list[Changement] = []
    if "role" in changed:
        words = f"{_tenant(lieu, after)} n'est plus {_mot_role(before)} {whose} mais {_mot_role(after)}."
        said.append(lieu.changement(words, _mot_role(before), _mot_role(after)))
    if "statut" in changed:
        words = (
            f"{_tenant(lieu, after)}, {_mot_role(after)} {whose} : {_mot_statut(before)} devient {_mot_statut(after)}."
        )
        said.append(lieu.changement(words, _mot_statut(before), _mot_statut(after)))
    return said, changed - {"role", "statut"}


def cibles(lieu: Lieu, change: Ecart, avant: Json, apres: Json) -> Iterator[Changement]:
    """The values aimed at."""
    yield from _par_parties(lieu, change, avant, apres, _cible_entre, _cible_sort, _cible_change)


def _cible(lieu: Lieu, cible: Donnees) -> str:
    name = lieu.noms.titre(str(cible.get("indicateur", "")))
    return contracte(f"la cible {lieu.noms.du(lieu.genre, lieu.element)} pour « {name} »")


def _visee(lieu: Lieu, cible: Donnees) -> str:
    """« 6,5 % en 2032 », in the unit of the indicator."""
    found = lieu.noms.apres.elements.get(str(cible.get("indicateur", "")))
    unit = str(found[1].get("unite", "")) if found is not None else ""
    value = Decimal(str(cible.get("valeur", 0)))
    number = ecriture.mesure(value, unit) if unit else ecriture.nombre(value)
    return f"{number} ({ecriture.periode(str(cible.get('echeance', '')))})"


def _cible_entre(lieu: Lieu, cible: Donnees) -> Changement:
    words = _visee(lieu, cible)
    return lieu.changement(f"{_cible(lieu, cible)} est fixée à {words}.", "", words)


def _cible_sort(lieu: Lieu, cible: Donnees) -> Changement:
    words = _visee(lieu, cible)
    return lieu.changement(f"{_cible(lieu, cible)} est retirée (c'était : {words}).", words)


def _cible_change(lieu: Lieu, before: Donnees, after: Donnees, changed: set[str]) -> tuple[list[Changement], set[str]]:
    old, new = _visee(lieu, before), _visee(lieu, after)
    return [lieu.changement(f"{_cible(lieu, after)} passe de {old} à {new}.", old, new)], changed - {
        "valeur",
        "echeance",
    }


Entree = Callable[[Lieu, Donnees], Changement]
Change = Callable[[Lieu, Donnees, Donnees, set[str]], tuple[list[Changement], set[str]]]


def _par_parties(
    lieu: Lieu, change: Ecart, avant: Json, apres: Json, entree: Entree, sortie: Entree, changee: Change
) -> Iterator[Changement]:
    """A list of parts: each that left, came or changed in its own sentence, then what these sentences leave out."""
    before = avant if isinstance(avant, list) else []
    after = apres if isinstance(apres, list) else []
    if not isinstance(change, Liste):
        yield from (sortie(lieu, part) for part in before)
        yield from (entree(lieu, part) for part in after)
        return
    yield from (sortie(lieu, before[rank]) for rank in change.retires)
    rest: list[tuple[int, Ecart | None]] = []
    for part, place in zip(after, change.places, strict=True):
        if place.avant is None:
            yield entree(lieu, part)
        elif isinstance(place.ecart, Objet):
            said, left = changee(lieu, before[place.avant], part, set(place.ecart.champs))
            yield from said
            fields = {nom: inner for nom, inner in place.ecart.champs.items() if nom in left}
            rest.append((place.avant, Objet(fields) if fields else None))
        else:
            rest.append((place.avant, place.ecart))
    yield from _reste(lieu, rest, before, after, change)


def _reste(
    lieu: Lieu, rest: Sequence[tuple[int, Ecart | None]], before: Sequence[Json], after: Sequence[Json], change: Liste
) -> Iterator[Changement]:
    """The account, field by field, of the items that were there before and still are."""
    kept = [part for part, place in zip(after, change.places, strict=True) if place.avant is not None]
    places = tuple(Place(rank, inner) for rank, inner in rest)
    yield from du_champ(lieu, Liste(places, ()), list(before), kept)


Particulier = Callable[[Lieu, Ecart, Json, Json], Iterator[Changement]]
PARTICULIERS: Mapping[str, Particulier] = {
    "validation": validation,
    "budget": budget,
    "plan_financement": parts,
    "roles": roles,
    "membres": roles,
    "cibles": cibles,
}
"""The fields of an element that have sentences of their own."""
