"""Every value a writer can choose has a French word for those who read it."""

from enum import Enum

import pytest

from smde.libelles import LIBELLES, mot
from smde.model.acteurs import NomRole
from smde.model.champ import Partie
from smde.model.element import StatutValidation
from smde.model.plan import champs
from smde.model.rubriques import CLASSES


def enumerations() -> set[type[Enum]]:
    """Every enumeration the model holds, found by walking it."""
    found: set[type[Enum]] = set()
    seen: set[type[Partie]] = set()
    waiting: list[type[Partie]] = list(CLASSES.values())
    while waiting:
        classe = waiting.pop()
        if classe in seen:
            continue
        seen.add(classe)
        for champ in champs(classe).values():
            waiting += champ.parties.values()
            if isinstance(champ.scalaire, type) and issubclass(champ.scalaire, Enum):
                found.add(champ.scalaire)
    return found


@pytest.mark.parametrize("classe", sorted(enumerations(), key=lambda classe: classe.__name__))
def test_every_value_of_the_model_has_its_word(classe: type[Enum]) -> None:
    words = [mot(value) for value in classe]
    assert all(words)
    assert len(set(words)) == len(words), "two values would read the same"
    assert all("_" not in word for word in words)


def test_words_are_only_for_values_of_the_model() -> None:
    assert set(LIBELLES) == enumerations()
    assert all(len(words) == len(classe) for classe, words in LIBELLES.items())


def test_words_are_in_lower_case_but_for_proper_names_and_acronyms() -> None:
    upper = {word for words in LIBELLES.values() for word in words if word[0].isupper()}
    assert upper == {"État", "HT", "TTC", "Word", "PDF", "OpenDocument", "Excel"}


def test_the_word_conforme_is_never_printed() -> None:
    assert not any("conforme" in word for words in LIBELLES.values() for word in words)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (StatutValidation.a_valider, "à valider"),
        (NomRole.maitre_ouvrage, "maître d'ouvrage"),
        (NomRole.chef_de_file, "chef de file"),
    ],
)
def test_a_word_is_in_french_with_its_accents(value: Enum, word: str) -> None:
    assert mot(value) == word
