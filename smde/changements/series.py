"""The values of the indicators that came, left or were revised, period by period."""

from collections.abc import Iterator, Mapping, Sequence

from smde import ecriture
from smde.changements.champs import Lieu, du_champ
from smde.changements.changement import Changement, Rang
from smde.changements.noms import Noms
from smde.compare import ABSENT, Json, Objet, ecart
from smde.instantane import Donnees
from smde.model.mesures import Valeur


def series(noms: Noms) -> Iterator[Changement]:
    """The values of the indicators, period by period."""
    before, after = noms.avant.donnees["series"], noms.apres.donnees["series"]
    for ident in dict.fromkeys([*before, *after]):
        if ident in noms.avant.elements and ident in noms.apres.elements:
            yield from _serie(noms, ident, _par_periode(before.get(ident, [])), _par_periode(after.get(ident, [])))


def _par_periode(values: Sequence[Donnees]) -> Mapping[str, Json]:
    return {str(value.get("periode")): value for value in values}


def _serie(noms: Noms, ident: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Changement]:
    unit = str(noms.apres.elements[ident][1].get("unite", ""))
    start = Lieu(noms, "indicateur", ident, ("serie",), ("Série",), None, Rang.chiffre)

    def shown(value: Donnees) -> str:
        number = value.get("valeur")
        if number is None:
            return "non disponible"
        words = noms.valeur(None, number)
        return f"{words} {unit}".strip() if unit else words

    for period in dict.fromkeys([*before, *after]):
        old, new = before.get(period), after.get(period)
        when = ecriture.periode(period)
        if old == new:
            continue
        if old is None or new is None:
            value = shown(new or old or {})
            verb = "s'ajoute" if old is None else "est retirée"
            yield start.changement(f"{noms.titre(ident)} : la valeur de {when} ({value}) {verb}.")
        elif shown(old) != shown(new):
            words = f"{noms.titre(ident)} : la valeur de {when} passe de {shown(old)} à {shown(new)}."
            yield start.changement(words, shown(old), shown(new))
        else:
            inside = Lieu(noms, "indicateur", ident, ("serie", period), (f"valeur de {when}",), None, Rang.chiffre)
            inner = ecart(old, new)
            assert isinstance(inner, Objet)
            for nom, change in inner.champs.items():
                yield from du_champ(inside.dans(Valeur, nom), change, old.get(nom, ABSENT), new.get(nom, ABSENT))
