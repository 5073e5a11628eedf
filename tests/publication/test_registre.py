"""The register of what was published: read as written, never contradicting itself, in the order readers expect."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.publication import registre
from smde.publication.registre import Ajout, Habillage, Publication, Registre
from smde.refus import Refus

EMPREINTE = "0" * 64
PLACE = "La branche « gh-pages »"


def une(version: str, date: str = "2026-11-20", **dit: Any) -> Publication:
    told = {"titre": version, "statut": "Document de travail", "contrat": "smde-donnees/1", "empreinte": EMPREINTE}
    return Publication(**{"version": version, "date": date, "fichiers": 3, "octets": 900, **told, **dit})  # type: ignore[arg-type]


def avec(start: Registre, one: Publication, alias: str = "") -> Registre:
    return start.avec(Ajout(one, Habillage(strategie="Stratégie du Pays de Valmer"), alias))


names = st.from_regex(r"20[0-9]{2}-0[1-9](-[a-z]{1,5})?", fullmatch=True)


@given(st.lists(st.tuples(names, st.dates(), st.sampled_from(["", "projet", "en-vigueur"])), max_size=8))
def test_a_register_reads_as_it_was_written_and_each_version_is_there_once(rows: list[tuple[str, Any, str]]) -> None:
    found = Registre()
    for nom, date, alias in rows:
        known = found.trouve(nom)
        found = avec(found, known or une(nom, date.isoformat()), alias)
    assert registre.lire(found.octets(), PLACE) == found
    names = [one.version for one in found.publications]
    assert len(set(names)) == len(names)
    dates = [one.date for one in found.recentes()]
    assert dates == sorted(dates, reverse=True)
    listed = json.loads(found.mike())
    assert [row["version"] for row in listed] == [one.version for one in found.recentes()]
    assert sum(len(row["aliases"]) for row in listed) == len(found.alias)


def test_versions_of_one_day_are_in_the_order_they_were_published() -> None:
    found = Registre()
    for nom in ("2026-11-a", "2026-11-c", "2026-11-b"):
        found = avec(found, une(nom))
    assert [one.version for one in found.recentes()] == ["2026-11-b", "2026-11-c", "2026-11-a"]
    assert found.en_vigueur() == "2026-11-b"


def test_a_version_only_knows_those_of_its_past_and_always_the_same() -> None:
    found = avec(avec(Registre(), une("2014-10", "2014-10-17")), une("2026-11", passe=("2014-10",)))
    assert found.avant("2016-06-20", "2016-06") == ("2014-10",)
    later = avec(found, une("2016-06", "2016-06-20"))
    assert later.avant("2026-11-20", "2026-11") == ("2014-10",)
    assert later.avant("2027-01-01", "2027-01") == ("2026-11", "2016-06", "2014-10")


@pytest.mark.parametrize(
    ("taken", "asked", "free"),
    [
        (["2026-11"], "2026-11", "2026-11-2"),
        (["2026-11", "2026-11-2"], "2026-11", "2026-11-3"),
        (["1.2.0"], "1.2.0", "1.2.1"),
        (["1.2.0-rc.1", "1.2.1"], "1.2.0-rc.1", "1.2.2"),
    ],
)
def test_the_name_proposed_instead_is_free_and_is_one(taken: list[str], asked: str, free: str) -> None:
    found = Registre()
    for nom in taken:
        found = avec(found, une(nom))
    with pytest.raises(Refus, match=f"« {free} »"):
        avec(found, une(asked, empreinte="f" * 64))
    assert avec(found, une(free)).trouve(free)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"publications": [une("2026-11").model_dump(mode="json") | {"version": "../2026-11"}]},
        {"publications": [une("2026-11").model_dump(mode="json") | {"empreinte": "abc"}]},
        {"publications": [une("2026-11").model_dump(mode="json")] * 2},
        {"alias": {"projet": "2026-11"}},
        {"alias": {"../..": "2026-11"}, "publications": [une("2026-11").model_dump(mode="json")]},
        {"habillage": {"couleur": "red;}</style><script>"}},
        {"contrat": "smde-publications/2"},
        {"autre": 1},
    ],
)
def test_a_register_that_was_spoiled_is_refused_whole(spoiled: dict[str, Any]) -> None:
    content = json.dumps({"contrat": "smde-publications/1"} | spoiled).encode()
    with pytest.raises(Refus, match="rien n'y a été touché"):
        registre.lire(content, PLACE)


@given(st.binary(max_size=60))
def test_whatever_the_bytes_reading_a_register_ends_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refus, match="rien n'y a été touché"):
        registre.lire(content, PLACE)


def test_a_place_without_register_is_somebody_elses() -> None:
    with pytest.raises(Refus, match="n'a pas été faite par ce programme"):
        registre.lire(None, PLACE)
