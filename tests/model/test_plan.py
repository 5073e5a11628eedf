"""The model says, in French and for each field, what it is; the plan read from it knows the shape of every value."""

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from smde.libelles import LIBELLES, mot
from smde.model import scalaires
from smde.model.champ import Diffusion, Partie, field_level
from smde.model.element import Element
from smde.model.mesures import Valeur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CHEMINS, CLASSES, RUBRIQUES
from smde.model.strategie import Constat, PreuveChiffre, PreuveEntretien, PreuveIndicateur, PreuveSource
from tests.conftest import ANGLAIS
from tests.generation import Marque, sous_classes, valeur

PARTIES = sorted(
    {classe for rubrique in RUBRIQUES for classe in sous_classes(rubrique.classe)} | {Valeur}, key=lambda c: c.__name__
)
CHAMPS = [(classe, champ) for classe in PARTIES for champ in champs(classe).values()]


def enumerations() -> Iterator[type[Enum]]:
    for _, champ in CHAMPS:
        if isinstance(champ.scalaire, type) and issubclass(champ.scalaire, Enum):
            yield champ.scalaire


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("classe", "champ"), CHAMPS, ids=[f"{c.__name__}.{champ.nom}" for c, champ in CHAMPS])
def test_every_field_has_a_french_title_and_help_that_a_writer_can_read(classe: type[Partie], champ: Champ) -> None:
    assert re.fullmatch(r"[A-ZÀÉÊÎÔ].{1,59}", champ.titre), "a title is short and begins with a capital"
    assert not champ.titre.endswith((".", ":", " "))
    assert champ.titre != champ.nom
    assert champ.description.endswith((".", "…", ")."))
    assert 4 <= len(champ.description) <= 160 and champ.description == champ.description.strip()
    assert "  " not in champ.description and champ.description.count("«") == champ.description.count("»")
    prose = re.sub(r"« [^»]* »", "…", f"{champ.titre} {champ.description}")
    assert not ANGLAIS.search(prose), prose
    assert not re.search(r"\bTODO\b|\bxxx\b", prose, re.IGNORECASE)


@pytest.mark.parametrize("classe", PARTIES)
def test_the_help_of_a_choice_names_its_values(classe: type[Partie]) -> None:
    """So that the message of a wrong value, the dictionary and the editor say what may be written."""
    for champ in champs(classe).values():
        listed = [value for value in champ.choix if re.search(rf"\b{value}\b", champ.description)]
        assert listed == list(champ.choix) or ("…" in champ.description and len(listed) >= 3), champ.nom


def test_every_field_says_who_reads_it() -> None:
    for classe in PARTIES:
        for nom, info in classe.model_fields.items():
            extra = info.json_schema_extra
            assert isinstance(extra, dict) and extra.get("diffusion") in Diffusion.__members__, (classe, nom)
            assert field_level(info) is Diffusion[str(extra["diffusion"])]


@pytest.mark.parametrize("genre", CLASSES)
def test_every_kind_has_a_name_a_plural_and_a_place(genre: str) -> None:
    classe = CLASSES[genre]
    assert classe.genre == genre == genre.lower() and re.fullmatch(r"[a-z]+", genre)
    assert classe.nom and classe.pluriel and classe.nom != genre.upper()
    assert re.fullmatch(r"(strategy|schema|data)/[a-z]+(/[a-z]+)?", CHEMINS[genre])
    assert classe.__doc__ and classe.__doc__ != Element.__doc__


def test_every_value_of_every_enumeration_has_a_french_word() -> None:
    for classe in set(enumerations()):
        words = [mot(value) for value in classe]
        assert len(set(words)) == len(words) == len(LIBELLES[classe]), classe
        assert all(word and word == word.strip() and "_" not in word for word in words), classe
        assert [member.name for member in classe] == [m.value for m in classe] or classe is Diffusion
    assert set(LIBELLES) >= set(enumerations())


# ── Shapes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("classe", PARTIES)
def test_the_plan_knows_what_each_field_holds(classe: type[Partie]) -> None:
    """A text, a reference, parts, or one typed value: nothing the editions would let through without looking."""
    for champ in champs(classe).values():
        kinds = [champ.vers is not None, bool(champ.parties), champ.nature != "", bool(champ.choix), champ.motif != ""]
        assert sum(kinds) == 1 or (sum(kinds) == 0 and champ.scalaire is bool), (champ.nom, kinds)
        assert champ.liste == (repr(classe.model_fields[champ.nom].annotation).startswith("list[")), champ.nom
        if champ.nature or champ.vers is not None:
            assert champ.scalaire is str, champ.nom
        if champ.requis:
            assert champ.defaut is None, champ.nom
        elif champ.liste:
            assert champ.defaut == [] or champ.choix, champ.nom


def test_a_choice_between_parts_is_made_by_a_key_that_each_of_them_fixes() -> None:
    preuves = champs(Constat)["preuves"]
    assert preuves.discriminant == "par" and preuves.liste
    assert preuves.parties == {
        "indicateur": PreuveIndicateur,
        "chiffre": PreuveChiffre,
        "entretien": PreuveEntretien,
        "source": PreuveSource,
    }
    assert all(champs(classe)["par"].choix == (tag,) for tag, classe in preuves.parties.items())


def test_the_plan_keeps_the_order_in_which_fields_are_declared_and_is_read_once() -> None:
    assert list(champs(Constat)) == list(Constat.model_fields)
    assert champs(Constat) is champs(Constat)
    assert list(champs(Constat))[:3] == ["id", "titre", "texte"]


@given(st.sampled_from([(classe, champ) for classe, champ in CHAMPS if champ.motif]), st.integers(0, 10**8))
def test_what_the_pattern_of_a_field_accepts_the_model_accepts(field: tuple[type[Partie], Champ], rang: int) -> None:
    classe, champ = field
    written = valeur(champ, Marque(rang, Diffusion.public))
    info = classe.model_fields[champ.nom]
    assert re.fullmatch(champ.motif, written, re.ASCII)
    typed: object = [written] if champ.liste else written
    assert accepte(Annotated[(info.annotation, *info.metadata, None)], typed) != "refusé"


# ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def accepte(kind: Any, written: object) -> object:
    """The value the model makes of what is written, « refusé » when it makes none."""
    try:
        return TypeAdapter(kind).validate_python(written)
    except ValidationError:
        return "refusé"


@pytest.mark.parametrize("period", ["2014", "2014-06", "2014-06-30", "2014-T4", "2014-S2", "2009-2010", "0999"])
def test_a_period_is_written_in_one_of_these_forms(period: str) -> None:
    assert accepte(scalaires.Periode, period) == period


@pytest.mark.parametrize(
    "period",
    ["", "14", "2014-13", "2014-00", "2014-06-32", "2014-T5", "2014-S3", "2014/06", "juin 2014", "٢٠١٤", "2014 "],
)
def test_other_forms_of_periods_are_refused(period: str) -> None:
    assert accepte(scalaires.Periode, period) == "refusé"


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (scalaires.Montant, "120000.50", Decimal("120000.50")),
        (scalaires.Montant, "-5", "refusé"),
        (scalaires.Montant, "1 200", "refusé"),
        (scalaires.Montant, "12,5", "refusé"),
        (scalaires.Montant, "1e6", "refusé"),
        (scalaires.Montant, "NaN", "refusé"),
        (scalaires.Montant, "1_000", "refusé"),
        (scalaires.Nombre, "-12.345678", Decimal("-12.345678")),
        (scalaires.Nombre, "Infinity", "refusé"),
        (scalaires.Nombre, "+3", "refusé"),
        (scalaires.Entier, "0012", 12),
        (scalaires.Entier, "1.0", "refusé"),
        (scalaires.Entier, "１２", "refusé"),
        (scalaires.Booleen, "true", True),
        (scalaires.Booleen, "false", False),
        (scalaires.Booleen, "oui", "refusé"),
        (scalaires.Booleen, "1", "refusé"),
        (scalaires.Siren, "242 900 314", "242900314"),
        (scalaires.Siren, "24290031", "refusé"),
        (scalaires.Couleur, "#0B3c5d", "#0B3c5d"),
        (scalaires.Couleur, "bleu", "refusé"),
        (scalaires.Adresse, "https://exemple.fr/a?b=c#d", "https://exemple.fr/a?b=c#d"),
        (scalaires.Adresse, "javascript:alert(1)", "refusé"),
        (scalaires.Adresse, "//exemple.fr", "refusé"),
        (scalaires.Adresse, 'https://exemple.fr/"onclick', "refusé"),
        (scalaires.Identifiant, "A-01", "A-01"),
        (scalaires.Identifiant, "1-A", "refusé"),
        (scalaires.Identifiant, "été", "refusé"),
        (scalaires.Identifiant, "a" * 65, "refusé"),
        (scalaires.Ligne, "", "refusé"),
        (scalaires.Ligne, "m" * 301, "refusé"),
        (scalaires.Empreinte, "AB" * 32, "refusé"),
    ],
)
def test_a_value_is_read_exactly_or_refused(kind: object, written: str, read: object) -> None:
    found = accepte(kind, written)
    assert found == read and type(found) is type(read)


def test_a_day_must_exist() -> None:
    assert str(accepte(scalaires.Jour, "2016-02-29")) == "2016-02-29"
    for day in ("2015-02-29", "2014-13-01", "17/10/2014", "2014-10-17T00:00", "20141017"):
        assert accepte(scalaires.Jour, day) == "refusé", day
