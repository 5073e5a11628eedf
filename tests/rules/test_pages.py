"""Every rule is a page that can be run: « Refusé » shows that very fault, « Accepté » shows none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from smde import rules
from smde.diagnostic import Diagnostic
from smde.rules import Page, page

from .conftest import SOCLE, Juger

REGLES = sorted(rules.rules())


def exemple(words: str) -> dict[str, str]:
    """The files of an example, by path."""
    found = yaml.safe_load(words)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def la_page() -> Callable[[str], Page]:
    return lambda code: page(rules.rules()[code])


def test_the_dossier_the_examples_stand_on_has_no_fault(juger: Juger) -> None:
    assert juger({}) == []


@pytest.mark.parametrize("code", REGLES)
def test_the_refused_example_shows_that_fault_in_its_own_files_and_no_other_error(
    code: str, la_page: Callable[[str], Page], juger: Juger
) -> None:
    files = exemple(la_page(code).refuse)
    found = juger(files)
    told = [diagnostic for diagnostic in found if diagnostic.code == code]
    assert told, [diagnostic.code for diagnostic in found]
    assert {diagnostic.place.path for diagnostic in told} <= set(files)
    assert {diagnostic.code for diagnostic in found if diagnostic.severite == "erreur"} <= {code}


@pytest.mark.parametrize("code", REGLES)
def test_the_accepted_example_has_no_fault_at_all(code: str, la_page: Callable[[str], Page], juger: Juger) -> None:
    assert juger(exemple(la_page(code).accepte)) == []


@pytest.mark.parametrize("code", REGLES)
def test_the_refused_and_the_accepted_examples_differ(code: str, la_page: Callable[[str], Page]) -> None:
    assert exemple(la_page(code).refuse) != exemple(la_page(code).accepte)


@pytest.mark.parametrize("code", REGLES)
def test_a_rule_has_a_title_prose_and_a_severity(code: str, la_page: Callable[[str], Page]) -> None:
    found = la_page(code)
    assert found.titre
    assert found.titre[0].isupper()
    assert "\n" not in found.titre
    assert len(found.texte.split()) >= 10
    assert found.texte.endswith((".", " ?"))
    assert rules.rules()[code].SEVERITE in ("erreur", "alerte")


@pytest.mark.parametrize("code", REGLES)
def test_a_message_is_a_french_sentence_and_its_help_says_what_to_write(
    code: str, la_page: Callable[[str], Page], juger: Juger
) -> None:
    for diagnostic in juger(exemple(la_page(code).refuse)):
        if diagnostic.code != code:
            continue
        assert_is_a_sentence(diagnostic.message)
        assert_is_a_sentence(diagnostic.aide)
        assert "«" in diagnostic.message or "`" in diagnostic.message or code == "identite-absente"
        assert len(diagnostic.message.split()) <= 45


def assert_is_a_sentence(words: str) -> None:
    assert words[0].isupper() or words[0] == "«"
    assert words.endswith((".", " ?"))
    assert not re.search(r"(?<![.…])\.\.(?!\.)|  |« ?»|\bNone\b|\bStatut\w+\.", words)
    assert words.count("«") == words.count("»")
    assert words.count("`") % 2 == 0


@pytest.mark.parametrize("code", REGLES)
def test_the_name_of_a_rule_is_that_of_its_file(code: str) -> None:
    module = rules.rules()[code]
    file = Path(module.__file__ or "")  # type: ignore[attr-defined]
    assert file.stem.replace("_", "-") == code
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)


def test_modules_that_rules_share_are_not_rules() -> None:
    assert not [code for code in REGLES if code.startswith("-")]


def test_every_rule_of_the_design_is_there() -> None:
    wanted = {
        "constat-sans-preuve",
        "chiffre-incomplet",
        "millesime-absent",
        "enjeu-sans-constat",
        "objectif-sans-enjeu",
        "priorite-sans-objectif",
        "action-sans-priorite",
        "constat-sans-enjeu",
        "enjeu-sans-objectif",
        "objectif-sans-priorite",
        "priorite-sans-action",
        "action-sans-moyen",
        "action-sans-pilote",
        "plusieurs-maitres-ouvrage-principaux",
        "plan-desequilibre",
        "taxes-melangees",
        "aide-sans-convention",
        "cadre-depasse",
        "dates-en-desordre",
        "valide-mais-modifie",
        "role-non-accepte",
        "citation-plus-restreinte",
        "personne-nommee",
        "indicateur-perime",
        "sigle-non-defini",
        "phrase-longue",
        "siren-faux",
    }
    assert wanted <= set(REGLES)


def test_an_empty_dossier_offends_no_rule(tmp_path: Path) -> None:
    from smde.dossier import charger

    assert list(rules.run(charger(tmp_path))) == []


def test_faults_come_with_the_severity_and_the_name_of_their_rule(juger: Juger) -> None:
    found: list[Diagnostic] = juger(exemple(page(rules.rules()["titre-trop-court"]).refuse))
    assert [(diagnostic.severite, diagnostic.code) for diagnostic in found] == [("alerte", "titre-trop-court")]


def test_a_rule_says_nothing_of_a_field_already_wrong(juger: Juger) -> None:
    found = juger({"strategy/enjeux.yml": "id: attirer\ntitre: Attirer des familles\nconstats: {}\n"})
    assert len(found) == 1
    assert found[0].code not in REGLES


def test_a_rule_says_nothing_of_a_reference_already_told_to_be_unknown(juger: Juger) -> None:
    found = juger({"strategy/enjeux.yml": "id: attirer\ntitre: Attirer des familles\nconstats: [vacance-tertiare]\n"})
    assert [diagnostic.code for diagnostic in found] == ["reference-inconnue"]


def test_the_socle_is_read_from_files() -> None:
    assert "strategy/enjeux/socle.yml" in SOCLE
