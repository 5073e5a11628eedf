"""Every number of the Brest dossier is a fact with its date and perimeter, or follows from facts the page cites.

`faits_brest.csv` holds the facts as they were read in the published sources.
"""

import csv
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from smde.model.element import Element
from smde.model.mesures import Indicateur, Source, Territoire
from smde.model.strategie import Constat, Objectif, PreuveChiffre, PreuveIndicateur, PreuveSource
from tests.brest import brest, liens, prose, tous

LIGNES = list(csv.DictReader((Path(__file__).parent / "faits_brest.csv").open(encoding="utf-8")))
FAITS = {(Decimal(row["valeur"]), row["unite"], row["periode"], row["territoire"]): row["source"] for row in LIGNES}
NOMBRE = re.compile(r"(?<![\w,.-])(\d{1,3}(?: \d{3})+|\d+)(,\d+)?(?:[\s]+(millions?|milliards?)\b)?(?![\w-]*\d)")
ECHELLE = {"": 1, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}
_N = r"(\d+(?: \d{3})*)"
CALCUL = re.compile(rf"Calcul(?: :)? \(?{_N}(?: ([-+]) {_N}\))?(?: / {_N})?")
EPCI = ("bm", "iroise", "abers", "lesneven", "landerneau", "crozon", "pcp")
PAYS = "ind-population-pays-de-brest"


def _decimal(words: str) -> Decimal:
    return Decimal(words.replace(" ", "").replace(",", "."))


def _preuves() -> list[tuple[Constat, PreuveChiffre]]:
    return [
        (constat, preuve)
        for constat in brest().tous(Constat)
        for preuve in constat.preuves
        if isinstance(preuve, PreuveChiffre)
    ]


def _valeurs(ident: str) -> dict[str, Decimal]:
    return {valeur.periode: valeur.valeur for valeur in brest().series[ident] if valeur.valeur is not None}


@pytest.mark.parametrize(("constat", "preuve"), _preuves(), ids=lambda part: getattr(part, "id", ""))
def test_a_number_has_its_date_its_perimeter_and_its_source(constat: Constat, preuve: PreuveChiffre) -> None:
    assert preuve.millesime
    assert preuve.territoire
    assert preuve.source in brest().elements


@pytest.mark.parametrize(("constat", "preuve"), _preuves(), ids=lambda part: getattr(part, "id", ""))
def test_a_number_is_the_one_that_was_published_or_the_result_of_its_own_calculation(
    constat: Constat, preuve: PreuveChiffre
) -> None:
    fact = (preuve.valeur, preuve.unite, preuve.millesime or "", preuve.territoire or "")
    if fact in FAITS:
        assert FAITS[fact] == preuve.source, "the number is right, the document it is credited to is not"
        return
    calcul = CALCUL.search(preuve.note or "")
    assert calcul and calcul[4], f"{constat.id}: {preuve.valeur} {preuve.unite} is no fact and shows no calculation"
    assert _result(calcul) == preuve.valeur


def _result(calcul: re.Match[str]) -> Decimal:
    total = _decimal(calcul[1])
    if calcul[2]:
        total += _decimal(calcul[3]) if calcul[2] == "+" else -_decimal(calcul[3])
    return (100 * total / _decimal(calcul[4])).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_calculations_quoted_in_the_series_give_the_value_of_their_line() -> None:
    checked = 0
    for indicateur in brest().tous(Indicateur):
        for valeur in brest().series[indicateur.id]:
            calcul = CALCUL.search(valeur.note or "")
            if calcul and calcul[4]:
                checked += 1
                assert _result(calcul) == valeur.valeur, (indicateur.id, valeur.note)
    assert checked


@pytest.mark.parametrize(
    "ident", [i.id for i in brest().tous(Indicateur) if not i.id.startswith("ind-population-")], ids=str
)
def test_a_series_holds_only_published_values(ident: str) -> None:
    indicateur = brest().elements[ident]
    assert isinstance(indicateur, Indicateur)
    found = {(v, indicateur.unite, p, indicateur.territoire) for p, v in _valeurs(ident).items()}
    assert found
    assert found - set(FAITS) == set()


def test_a_value_cited_from_a_series_is_credited_to_the_document_that_gives_it() -> None:
    """A series may gather several publications; the constat that cites one of its values names the right one."""
    for constat in brest().tous(Constat):
        for preuve in constat.preuves:
            if isinstance(preuve, PreuveIndicateur):
                indicateur = brest().elements[preuve.indicateur]
                assert isinstance(indicateur, Indicateur)
                value = _valeurs(preuve.indicateur)[preuve.millesime]
                source = FAITS.get((value, indicateur.unite, preuve.millesime, indicateur.territoire))
                assert source in (None, indicateur.source), (constat.id, preuve.indicateur, preuve.millesime)


def test_population_series_pass_by_the_published_census_values() -> None:
    published = {fact for fact in FAITS if fact[1] == "habitants"}
    found = {
        (valeur, "habitants", periode, indicateur.territoire)
        for indicateur in brest().tous(Indicateur)
        for periode, valeur in _valeurs(indicateur.id).items()
    }
    assert len(published) == 14
    assert published - found == set()


@pytest.mark.parametrize("annee", sorted(_valeurs(PAYS)))
def test_the_pays_has_as_many_inhabitants_as_its_seven_intercommunalites(annee: str) -> None:
    parts = [_valeurs(f"ind-population-{name}").get(annee) for name in EPCI]
    assert None not in parts
    assert sum(part for part in parts if part is not None) == _valeurs(PAYS)[annee]


@pytest.mark.parametrize("indicateur", brest().tous(Indicateur), ids=lambda i: i.id)
def test_a_series_is_in_order_without_repetition(indicateur: Indicateur) -> None:
    periodes = [valeur.periode for valeur in brest().series[indicateur.id]]
    assert periodes == sorted(set(periodes))
    assert re.search(r"\w", indicateur.definition)
    assert indicateur.source in brest().elements


def test_ten_indicators_at_least_have_several_values() -> None:
    assert sum(len(_valeurs(i.id)) >= 2 for i in brest().tous(Indicateur)) >= 10


def test_perimeters_are_dated_and_add_up() -> None:
    territoires = {t.id: t for t in brest().tous(Territoire)}
    pays = territoires["terr-pays-de-brest"]
    parts = [territoires[ident] for ident in pays.composition]
    assert (pays.communes, len(parts)) == (103, 7)
    assert sum(part.communes or 0 for part in parts) == 103
    assert sum(part.population or 0 for part in parts) == pays.population == 431674
    avant = territoires["terr-pays-de-brest-2017"]
    assert avant.communes == sum(territoires[ident].communes or 0 for ident in avant.composition) == 86
    assert set(pays.composition) - set(avant.composition) == {"terr-epci-pcp"}
    dates = [territoires[f"terr-pays-de-brest{suffix}"] for suffix in ("-2012", "-2017", "")]
    for before, after in pairwise(dates):
        assert before.valide_au and after.valide_du
        assert (after.valide_du - before.valide_au).days == 1, "no gap, no overlap between two perimeters of the Pays"


def test_the_population_of_a_territory_is_the_last_of_its_series() -> None:
    checked = 0
    for indicateur in brest().tous(Indicateur):
        territoire = brest().elements[indicateur.territoire]
        if indicateur.source == "src-etalab-decoupage" and isinstance(territoire, Territoire):
            annee, valeur = list(_valeurs(indicateur.id).items())[-1]
            assert (territoire.population, territoire.millesime) == (int(valeur), annee)
            checked += 1
    assert checked == 8


# Numbers typed inside texts


def _numbers(texte: str) -> Iterator[tuple[str, Decimal]]:
    """Numbers of a text, as typed and as read; ranks, articles of law and hours are none."""
    texte = " ".join(prose(texte).split())
    texte = re.sub(r"\b\d+ h\b(?: \d+)?|L\d{4}-\d+(?:-\d+)?|n° [\d-]+|\b\d+e\b|\b1er\b|A-\d+", " ", texte)
    for found in NOMBRE.finditer(texte):
        yield found[0], _decimal(found[1] + (found[2] or "")) * ECHELLE[found[3] or ""]


def _unit(typed: str, value: Decimal) -> Decimal:
    """What the last written digit is worth: 1 000 for « 31 000 », 0.1 for « 2,9 », 100 000 for « 1,2 million »."""
    scale = next((ECHELLE[word] for word in ECHELLE if word and typed.endswith(word)), 1)
    if "," in typed:
        return Decimal(scale).scaleb(-len(typed.split(",")[1].split()[0]))
    whole = str(int(value) // scale)
    return Decimal(scale).scaleb(len(whole) - len(whole.rstrip("0")))


def _evidence(constat: Constat) -> tuple[set[Decimal], set[Decimal]]:
    """The numbers a constat rests on, and those that are only quoted around them (notes, dates, cited elements)."""
    values: set[Decimal] = set()
    words: list[str] = []
    for preuve in constat.preuves:
        if isinstance(preuve, PreuveChiffre):
            values |= {preuve.valeur, preuve.valeur * 10**6} if preuve.unite == "M€" else {preuve.valeur}
            words += [preuve.libelle, preuve.note or "", preuve.millesime or ""]
            words += _dates(brest().elements[preuve.source or ""])
        elif isinstance(preuve, PreuveIndicateur):
            row = next(v for v in brest().series[preuve.indicateur] if v.periode == preuve.millesime)
            values |= {row.valeur} if row.valeur is not None else set()
            words += [row.note or "", row.periode]
        elif isinstance(preuve, PreuveSource):
            words += [preuve.note or "", *_dates(brest().elements[preuve.source])]
    for ident in liens()[constat.id]:
        cited = brest().elements[ident]
        words += _dates(cited)
        values |= _evidence(cited)[0] if isinstance(cited, Constat) else set()
    quoted = {value for word in words for _, value in _numbers(word.replace("-", " "))}
    return values, quoted | {value * 10**6 for word in words if "M€" in word for _, value in _numbers(word)}


def _dates(element: Element) -> list[str]:
    """The dates of a source, a framework or a perimeter, and the title that often holds one."""
    names = ("date", "debut", "fin", "valide_du", "valide_au", "titre", "texte", "communes", "definition", "rupture")
    return [str(value) for name in names if (value := getattr(element, name, None))]


def _close(typed: str, value: Decimal, known: Decimal) -> bool:
    return abs(value - known) <= _unit(typed, value) * (Decimal("0.999") if value >= 1000 else Decimal("0.51"))


def _explained(typed: str, value: Decimal, values: set[Decimal], quoted: set[Decimal]) -> bool:
    """Whether a number is known, rounds a known one, or is the sum, the difference or the share of two known ones."""
    half = _unit(typed, value) * Decimal("0.51")
    if value in quoted or any(_close(typed, value, known) for known in values | {k for k in quoted if k >= 2100}):
        return True
    if any(abs(value - known) <= half for known in quoted if known < 1900):
        return True
    for left, right in permutations(values | {k for k in quoted if k >= 2100}, 2):
        shares = (left + right, left - right, *((100 * left / right, 100 * (right - left) / right) if right else ()))
        if any(abs(value - share) <= half for share in shares):
            return True
    return False


def _unexplained(constat: Constat, texte: str) -> list[str]:
    values, quoted = _evidence(constat)
    return [t for t, v in _numbers(texte) if v > 12 and not _explained(t, v, values, quoted)]


@pytest.mark.parametrize("constat", brest().tous(Constat), ids=lambda c: c.id)
def test_the_numbers_a_constat_types_follow_from_its_evidence(constat: Constat) -> None:
    assert _unexplained(constat, constat.titre) == []
    assert _unexplained(constat, constat.texte or "") == []


def test_one_wrong_digit_in_a_constat_is_seen() -> None:
    seen = typed = 0
    for constat in brest().tous(Constat):
        for words, value in _numbers(constat.texte or ""):
            if value <= 12 or not words[-1].isdigit():
                continue
            typed += 1
            wrong = f"{words[:-1]}{(int(words[-1]) + 3) % 10}"
            seen += bool(_unexplained(constat, (constat.texte or "").replace(words, wrong, 1)))
    assert typed > 200
    assert seen / typed > 0.85, f"{seen} wrong numbers seen out of {typed}"


def _cited_numbers(element: Element) -> set[Decimal]:
    """What the constats and frameworks an element cites say, in numbers; and its own targets."""
    found: set[Decimal] = set()
    for ident in liens()[element.id]:
        cited = brest().elements[ident]
        if isinstance(cited, Constat):
            values, quoted = _evidence(cited)
            found |= values | quoted
        words = f"{cited.titre} {cited.texte or ''} {' '.join(_dates(cited))}"
        found |= {value for _, value in _numbers(words.replace("-", " "))}
    if isinstance(element, Objectif):
        found |= {cible.valeur for cible in element.cibles}
        found |= {value for cible in element.cibles for _, value in _numbers(cible.echeance)}
    return found


@pytest.mark.parametrize("genre", ["enjeu", "objectif", "priorite", "action"])
def test_a_number_in_the_argument_comes_from_what_it_cites(genre: str) -> None:
    orphans = []
    for element in tous(genre):
        texte = "\n".join(str(getattr(element, name, None) or "") for name in ("texte", "contexte"))
        known = _cited_numbers(element)
        for typed, value in _numbers(texte):
            if value > 12 and value not in known and not any(_close(typed, value, k) for k in known if k >= 1000):
                orphans.append((element.id, typed))
    assert orphans == []


def test_sources_say_who_publishes_and_when_they_were_read() -> None:
    for source in brest().tous(Source):
        assert source.editeur, source.id
        assert source.consultee if source.url else source.texte, source.id
