"""What changed between two snapshots of the same readership, in French sentences, from what matters most."""

from collections.abc import Iterator, Sequence

from smde import ecriture
from smde.changements.champs import Lieu, du_champ
from smde.changements.changement import Changement, Rang
from smde.changements.noms import Noms, classe_de, elide, majuscule
from smde.changements.particuliers import PARTICULIERS, mention, somme
from smde.changements.series import series
from smde.compare import ABSENT, Liste, Objet, ecart
from smde.instantane import Donnees, Instantane
from smde.model.identite import Identite
from smde.model.rubriques import RUBRIQUES
from smde.refus import Refus


def changements(avant: Instantane, apres: Instantane) -> tuple[Changement, ...]:
    """Every change from one snapshot to the other, sorted by what matters to the reader, then in reading order.

    Raises `Refus` when the two are not of the same readership: the difference would say what one may not know.
    """
    if avant.diffusion is not apres.diffusion:
        raise Refus(
            f"« {avant.nom} » est une édition {avant.diffusion.name} et « {apres.nom} » une édition "
            f"{apres.diffusion.name} : deux versions se comparent au même niveau de diffusion, sans quoi l'écart "
            "montrerait ce que le lecteur de l'une ne doit pas savoir."
        )
    noms = Noms(avant, apres)
    found = [*_identite(noms), *_elements(noms), *series(noms), *_depuis_validation(noms)]
    return tuple(sorted(found, key=lambda change: change.rang))


def changements_de(noms: Noms, genre: str, avant: Donnees, apres: Donnees) -> tuple[Changement, ...]:
    """Every change of one element but that of its state of validation, sorted in the same way."""
    found = _dans(noms, genre, avant, apres, sans=("validation",))
    return tuple(sorted(found, key=lambda change: change.rang))


def _identite(noms: Noms) -> Iterator[Changement]:
    before, after = noms.avant.donnees["identite"], noms.apres.donnees["identite"]
    yield from _dans(noms, "identite", before, after)


def _elements(noms: Noms) -> Iterator[Changement]:
    before, after = (noms.avant.donnees["elements"], noms.apres.donnees["elements"])
    known = [rubrique.classe.genre for rubrique in RUBRIQUES]
    for genre in [*known, *sorted({*before, *after}.difference(known))]:
        yield from _genre(noms, genre, before.get(genre, []), after.get(genre, []))


def _genre(noms: Noms, genre: str, avant: Sequence[Donnees], apres: Sequence[Donnees]) -> Iterator[Changement]:
    """The elements of one kind: those that left, came, were renamed, changed, moved."""
    change = ecart(list(avant), list(apres))
    if not isinstance(change, Liste):
        return
    for rank in change.retires:
        if not _ailleurs(noms.apres, avant[rank]):
            yield _sortie(noms, genre, avant[rank])
    for after, place in zip(apres, change.places, strict=True):
        if place.avant is None:
            yield from _entree(noms, genre, after)
            continue
        yield from _dans(noms, genre, avant[place.avant], after)
    yield from _ordre(noms, genre, change, apres)


def _ailleurs(autre: Instantane, element: Donnees) -> bool:
    return element["id"] in autre.elements


def _entree(noms: Noms, genre: str, element: Donnees) -> Iterator[Changement]:
    """An element that came; one that takes the place of others is then told from the first of them."""
    ident = element["id"]
    former = noms.avant.elements.get(ident)
    if former is not None:
        words = f"{noms.complet(ident)} : ce qui était « {noms.libelle(former[0])} » devient « {noms.libelle(genre)} »."
        yield Changement(Rang.presence, genre, ident, "", words)
        return
    label = noms.libelle(genre)
    new = "nouvelle" if noms.feminin(genre) else "nouvel" if elide(label) else "nouveau"
    cost = somme(element.get("budget"))
    money = f", {ecriture.euros(cost)}{mention(element['budget'])}" if cost is not None else ""
    replaced = [one for one in element.get("remplace", ()) if one in noms.avant.elements]
    instead = f", à la place de {ecriture.enumeration([noms.complet(one, ancien=True) for one in replaced])}"
    rang = Rang.decision if genre == "decision" else Rang.presence
    words = f"{new} {label} : {noms.complet(ident)}{money}{instead if replaced else ''}."
    yield Changement(rang, genre, ident, "", majuscule(words))
    if replaced and noms.avant.elements[replaced[0]][0] == genre:
        yield from _dans(
            noms, genre, noms.avant.elements[replaced[0]][1], element, sans=("id", "remplace", "validation")
        )


def _sortie(noms: Noms, genre: str, element: Donnees) -> Changement:
    ident = element["id"]
    gone = noms.accorde(genre, "retiré")
    words = majuscule(f"{noms.libelle(genre)} {gone} : {noms.complet(ident, ancien=True)}.")
    return Changement(Rang.presence, genre, ident, "", words)


def _dans(noms: Noms, genre: str, avant: Donnees, apres: Donnees, sans: Sequence[str] = ()) -> Iterator[Changement]:
    """What changed inside one element."""
    change = ecart(avant, apres)
    if not isinstance(change, Objet):
        return
    classe = Identite if genre == "identite" else classe_de(genre)
    start = Lieu(noms, genre, str(apres["id"]), (), (), None, Rang.redaction)
    for nom, inner in change.champs.items():
        if nom in sans:
            continue
        say = PARTICULIERS.get(nom, du_champ)
        yield from say(start.dans(classe, nom), inner, avant.get(nom, ABSENT), apres.get(nom, ABSENT))


def _depuis_validation(noms: Noms) -> Iterator[Changement]:
    """The elements that are no longer what their decision validated, and those that are again."""
    before, after = noms.avant.modifies, noms.apres.modifies
    for ident, (genre, element) in noms.apres.elements.items():
        if (ident in before) is (ident in after):
            continue
        said = f"a été {noms.accorde(genre, 'modifié')} depuis sa validation"
        if ident in before:
            former = noms.avant.elements.get(ident, ("", {}))[1]
            if element.get("validation") != former.get("validation"):
                continue  # said with its new state
            said = "est de nouveau ce qui a été validé"
        yield Changement(Rang.decision, genre, ident, "validation", majuscule(f"{noms.le(genre, ident)} {said}."))


def _ordre(noms: Noms, genre: str, change: Liste, apres: Sequence[Donnees]) -> Iterator[Changement]:
    """The elements that stand elsewhere in the list of their kind."""
    moved = change.deplaces()
    for rank, place in enumerate(change.places):
        if place.avant in moved:
            ident = str(apres[rank]["id"])
            where = f"après {noms.court(str(apres[rank - 1]['id']))}" if rank else "en tête"
            words = majuscule(f"{noms.le(genre, ident)} vient maintenant {where} dans la liste.")
            yield Changement(Rang.ordre, genre, ident, "", words)
