"""Evidence and numbers: what a constat rests on, and which numbers may be compared."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]
Lieux = Callable[[str, Fichiers], list[tuple[str, int, int]]]


def constat(*preuves: str, suite: str = "") -> Fichiers:
    """A constat with these pieces of evidence."""
    lines = "".join(f"    - {{{preuve}}}\n" for preuve in preuves)
    return {
        "strategy/diagnostic.yml": "- id: locaux-vides\n"
        "  titre: Les locaux d'activité se vident\n"
        "  diffusion: public\n"
        "  theme: foncier\n"
        "  nature: faiblesse\n" + (f"  preuves:\n{lines}" if lines else "") + suite
    }


COMPLET = (
    "par: chiffre, libelle: Vacance, valeur: 10, unite: '%', millesime: 2022, territoire: pays, source: agence-2023"
)


@pytest.mark.parametrize(
    "preuve",
    [
        COMPLET,
        "par: source, source: agence-2023",
        "par: indicateur, indicateur: emplois, millesime: 2020",
    ],
)
def test_one_piece_of_evidence_of_any_kind_is_enough(messages: Messages, preuve: str) -> None:
    assert messages("constat-sans-preuve", constat(preuve)) == []


def test_a_constat_given_up_needs_no_evidence(messages: Messages) -> None:
    suite = "  validation: {statut: abandonne, motif: Rien ne l'établit}\n"
    assert messages("constat-sans-preuve", constat(suite=suite)) == []


@pytest.mark.parametrize(
    ("champ", "mot"),
    [("millesime: 2022", "millésime"), ("territoire: pays", "périmètre"), ("source: agence-2023", "source")],
)
def test_each_thing_a_number_lacks_is_named(messages: Messages, champ: str, mot: str) -> None:
    sans = COMPLET.replace(f", {champ}", "")
    assert messages("chiffre-incomplet", constat(COMPLET, sans)) == [f"Le chiffre « Vacance » est donné sans {mot}."]


def test_an_incomplete_number_is_shown_where_it_is_written(lieux: Lieux) -> None:
    sans = COMPLET.replace(", territoire: pays", "")
    assert lieux("chiffre-incomplet", constat(COMPLET, sans)) == [("strategy/diagnostic.yml", 8, 8)]


def test_the_population_of_a_territory_needs_its_vintage_and_source(messages: Messages) -> None:
    territoire = "id: commune\ntitre: Port-Kerlann\ntype: commune\ndiffusion: public\npopulation: 12000\n"
    assert messages("chiffre-incomplet", {"data/territoires.yml": territoire}) == [
        "La population de « Port-Kerlann » est donnée sans source ni millésime."
    ]
    assert messages("chiffre-incomplet", {"data/territoires.yml": territoire + "millesime: 2020\n"}) == [
        "La population de « Port-Kerlann » est donnée sans source."
    ]


def test_a_value_not_available_is_no_evidence(messages: Messages) -> None:
    found = messages("millesime-absent", constat("par: indicateur, indicateur: emplois, millesime: 2021"))
    assert found == ["La série « Emplois au lieu de travail » n'a pas de valeur pour 2021."]


def test_a_series_that_cannot_be_read_makes_no_evidence_false(messages: Messages) -> None:
    broken = {"data/indicateurs/emplois.csv": "periode;valeur;note\n2020;171400;\n"}
    preuve = constat("par: indicateur, indicateur: emplois, millesime: 2016")
    assert messages("millesime-absent", {**preuve, **broken}) == []
    assert messages("serie-vide", broken) == []


def test_an_unknown_indicator_is_told_once_by_the_reader(messages: Messages) -> None:
    assert messages("millesime-absent", constat("par: indicateur, indicateur: emploi, millesime: 2016")) == []


def test_the_same_number_twice_is_no_contradiction(messages: Messages) -> None:
    assert messages("chiffres-contradictoires", constat(COMPLET, COMPLET)) == []


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("2022", "2021"),
        ("territoire: pays", "territoire: pays-2012"),
        ("'%'", "hectares"),
        ("Vacance", "Vacance neuve"),
    ],
)
def test_another_date_perimeter_unit_or_label_is_no_contradiction(messages: Messages, avant: str, apres: str) -> None:
    autre = COMPLET.replace("valeur: 10", "valeur: 12").replace(avant, apres)
    assert messages("chiffres-contradictoires", constat(COMPLET, autre)) == []


@pytest.mark.parametrize("rang", [0, 1])
def test_a_note_on_either_number_explains_the_difference(messages: Messages, rang: int) -> None:
    preuves = [COMPLET, COMPLET.replace("valeur: 10", "valeur: 12")]
    assert len(messages("chiffres-contradictoires", constat(*preuves))) == 1
    preuves[rang] += ", note: Hors bureaux de l'État"
    assert messages("chiffres-contradictoires", constat(*preuves)) == []


def test_two_territories_at_the_same_date_may_be_compared(messages: Messages) -> None:
    autre = COMPLET.replace("territoire: pays", "territoire: pays-2012")
    assert messages("perimetres-melanges", constat(COMPLET, autre)) == []


def test_two_dates_of_the_same_territory_may_be_compared(messages: Messages) -> None:
    assert messages("perimetres-melanges", constat(COMPLET, COMPLET.replace("2022", "2020"))) == []


def test_another_date_and_another_territory_may_not_be_compared_without_a_note(messages: Messages) -> None:
    autre = COMPLET.replace("2022", "2014").replace("territoire: pays", "territoire: pays-2012")
    assert messages("perimetres-melanges", constat(COMPLET, autre)) == [
        "« Les locaux d'activité se vident » compare « Vacance » sur deux périmètres et à deux dates "
        "(`pays` et `pays-2012`)."
    ]
    assert messages("perimetres-melanges", constat(COMPLET, autre + ", note: Même champ")) == []


@pytest.mark.parametrize(
    ("millesime", "territoire", "attendu"),
    [
        ("2016", "pays", "« Vacance » (2016) est rapporté au périmètre « Pays de Kerlann, sept intercommunalités », "
                         "qui n'existe que depuis le 2 novembre 2017."),
        ("2017", "pays", None),
        ("2017-10", "pays", "« Vacance » (octobre 2017) est rapporté au périmètre « Pays de Kerlann, sept "
                            "intercommunalités », qui n'existe que depuis le 2 novembre 2017."),
        ("2017-11", "pays", None),
        ("2017", "pays-2012", None),
        ("2018", "pays-2012", "« Vacance » (2018) est rapporté au périmètre « Pays de Kerlann, six "
                              "intercommunalités », qui n'existe plus après le 1er novembre 2017."),
        ("2011", "pays-2012", "« Vacance » (2011) est rapporté au périmètre « Pays de Kerlann, six "
                              "intercommunalités », qui n'existe que depuis le 1er janvier 2012."),
    ],
)  # fmt: skip
def test_a_number_is_read_on_a_perimeter_that_existed_then(
    messages: Messages, millesime: str, territoire: str, attendu: str | None
) -> None:
    preuve = COMPLET.replace("2022", millesime).replace("territoire: pays", f"territoire: {territoire}")
    found = [message.replace("\u00a0", " ") for message in messages("territoire-perime", constat(preuve))]
    assert found == ([attendu] if attendu else [])


def test_a_number_computed_again_on_a_later_perimeter_says_so_in_a_note(messages: Messages) -> None:
    preuve = COMPLET.replace("2022", "2014") + ", note: Recalculé sur 103 communes"
    assert messages("territoire-perime", constat(preuve)) == []


def indicateur(serie: str, validite: int) -> Fichiers:
    """An indicator and its series."""
    return {
        "data/indicateurs/chomage.yml": "id: chomage\ntitre: Taux de chômage\ndiffusion: public\nunite: '%'\n"
        "definition: Part des actifs sans emploi.\nterritoire: pays\nsource: insee-2020\nserie: chomage.csv\n"
        f"validite: {validite}\n",
        "data/indicateurs/chomage.csv": "periode,valeur,note\n" + serie,
    }


@pytest.mark.parametrize(("validite", "perime"), [(12, True), (17, False), (18, False), (24, False)])
def test_the_age_of_an_indicator_is_counted_in_months_to_the_latest_day_of_the_dossier(
    messages: Messages, validite: int, perime: bool
) -> None:
    """The latest day is the séance of 20 June 2024, the last value ends on 31 December 2022: seventeen whole months."""
    assert bool(messages("indicateur-perime", indicateur("2022,8.1,\n", validite))) is perime


def test_a_value_not_available_does_not_make_an_indicator_younger(messages: Messages) -> None:
    found = messages("indicateur-perime", indicateur("2017-T2,8.3,\n2024-T1,,\n", 24))
    assert len(found) == 1
    assert "(2e trimestre 2017)" in found[0].replace("\u00a0", " ")


def test_values_may_be_in_any_order(messages: Messages) -> None:
    assert messages("indicateur-perime", indicateur("2023-T4,6.1,\n2017-T2,8.3,\n", 24)) == []


def test_an_indicator_without_validity_never_expires(messages: Messages) -> None:
    files = indicateur("1999,8.3,\n", 1)
    files = {path: text.replace("validite: 1\n", "") for path, text in files.items()}
    assert messages("indicateur-perime", files) == []


def test_a_later_source_makes_the_day_of_the_dossier_later(messages: Messages) -> None:
    lue = {"data/sources.yml": "id: note\ntitre: Note de conjoncture\nconsultee: 2026-01-05\ndiffusion: public\n"}
    files = indicateur("2022,8.1,\n", 24)
    assert messages("indicateur-perime", files) == []
    assert [m for m in messages("indicateur-perime", {**files, **lue}) if "Taux de chômage" in m]


def objectif(valeur: str, echeance: str = "2030") -> Fichiers:
    """An objectif with a target on the number of jobs."""
    return {
        "strategy/objectifs.yml": "id: emploi-partout\ntitre: Créer des emplois dans toutes les communes\n"
        "diffusion: public\nenjeux: [sobriete]\n"
        f"cibles:\n  - {{indicateur: emplois, valeur: {valeur}, echeance: {echeance}}}\n"
    }


@pytest.mark.parametrize(("valeur", "juste"), [("171399", False), ("171400", True), ("180000", True)])
def test_a_target_on_what_must_grow_is_not_below_what_there_is(messages: Messages, valeur: str, juste: bool) -> None:
    assert (messages("cible-incoherente", objectif(valeur)) == []) is juste


@pytest.mark.parametrize(("valeur", "juste"), [("171401", False), ("171400", True), ("120000", True)])
def test_a_target_on_what_must_fall_is_not_above_what_there_is(messages: Messages, valeur: str, juste: bool) -> None:
    from .conftest import SOCLE

    baisse = {path: str(text).replace("sens: hausse", "sens: baisse") for path, text in SOCLE.items()}
    assert (messages("cible-incoherente", {**baisse, **objectif(valeur)}) == []) is juste


def test_a_neutral_indicator_or_a_past_deadline_judges_no_target(messages: Messages) -> None:
    from .conftest import SOCLE

    neutre = {path: str(text).replace("sens: hausse", "sens: neutre") for path, text in SOCLE.items()}
    assert messages("cible-incoherente", {**neutre, **objectif("1")}) == []
    assert messages("cible-incoherente", objectif("1", "2019")) == []


def test_a_series_with_one_value_is_not_empty(messages: Messages) -> None:
    assert messages("serie-vide", indicateur("2021,,\n2022,8.1,\n", 60)) == []
    assert len(messages("serie-vide", indicateur("2021,,\n", 60))) == 1
    assert len(messages("serie-vide", indicateur("", 60))) == 1


def test_a_quantity_of_zero_needs_a_unit_too(messages: Messages) -> None:
    moyen = "id: agents\ntitre: Agents détachés\ndiffusion: public\nnature: humain\nquantite: 0\nactions: [A-01]\n"
    assert messages("quantite-sans-unite", {"schema/moyens.yml": moyen}) == [
        "La quantité de « Agents détachés » (0) n'a pas d'unité."
    ]
    assert messages("quantite-sans-unite", {"schema/moyens.yml": moyen.replace("quantite: 0\n", "")}) == []
