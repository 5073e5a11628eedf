"""What the site says of its accessibility: never more than what an audit established, and not for ever."""

from decimal import Decimal
from typing import Any

import pytest

from smde.edition import Edition
from smde.model.rubriques import CLASSES
from smde.views.conformite import Etat, conformite
from tests.rendu import edition_avec

AUDIT = {"date": "2025-06-30", "organisme": "Cabinet Accès pour tous", "taux": "87.5"}


def auditee(**audit: Any) -> Edition:
    """The edition, dated of 22 November 2026, of an authority that had its site audited so."""
    values: dict[str, Any] = {"id": "identite", "titre": "Valmer", "strategie": "Stratégie"}
    if audit:
        values["accessibilite"] = {"audit": audit}
    return edition_avec(identite=CLASSES["identite"].model_validate(values)) if audit else edition_avec()


def test_without_an_audit_a_site_is_said_not_to_conform_whatever_its_quality() -> None:
    found = conformite(auditee())
    assert (found.etat, found.taux, found.perime) == (Etat.nulle, None, False)


@pytest.mark.parametrize(
    ("taux", "etat"),
    [
        ("0", Etat.nulle), ("49.99", Etat.nulle), ("50", Etat.partielle), ("87.5", Etat.partielle),
        ("99.99", Etat.partielle), ("100", Etat.totale),
    ],
)  # fmt: skip
def test_the_rate_of_the_audit_gives_the_word_the_law_wants(taux: str, etat: Etat) -> None:
    found = conformite(auditee(**{**AUDIT, "taux": taux}))
    assert found.etat is etat
    assert found.taux == Decimal(taux)


@pytest.mark.parametrize(("jour", "perime"), [("2023-11-22", False), ("2023-11-21", True), ("2020-02-29", True)])
def test_an_audit_stands_three_years(jour: str, perime: bool) -> None:
    found = conformite(auditee(**{**AUDIT, "date": jour, "taux": "100"}))
    assert found.perime is perime
    assert found.etat is (Etat.nulle if perime else Etat.totale)


def test_the_three_words_are_those_of_the_law() -> None:
    assert {etat.value for etat in Etat} == {"totalement conforme", "partiellement conforme", "non conforme"}


@pytest.mark.parametrize(
    "audit",
    [
        {**AUDIT, "taux": "101"}, {**AUDIT, "taux": "-1"}, {**AUDIT, "date": "juin 2025"},
        {key: value for key, value in AUDIT.items() if key != "organisme"}, {**AUDIT, "rapport": "notre rapport"},
    ],
)  # fmt: skip
def test_an_audit_that_says_too_little_or_too_much_is_refused(audit: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="accessibilite"):
        auditee(**audit)
