"""On random dossiers: every field that differs is told, nothing else is, and nothing above the edition shows."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde.changements import changements
from smde.changements.mot_a_mot import Sort, mot_a_mot
from smde.compare import applique, ecart
from smde.dossier import charger
from smde.edition import edition
from smde.instantane import Instantane, prendre
from smde.model.champ import INTERNE, PUBLIC, Diffusion
from smde.refus import Refus
from tests.conftest import Fichiers, ecrire
from tests.generation import Paire, dossiers, paires

DATE = "2020-03-02"
TEXTES = st.text(alphabet="rade port mer, 12.\n«»é", max_size=80)


def lu(files: Fichiers, niveau: Diffusion, nom: str = "") -> Instantane:
    with TemporaryDirectory() as folder:
        return prendre(edition(charger(ecrire(Path(folder), files)), niveau, DATE), nom)


@settings(max_examples=8)
@given(dossiers(), dossiers())
def test_every_field_that_differs_is_told_and_no_other(un: Fichiers, autre: Fichiers) -> None:
    before, after = lu(un, INTERNE), lu(autre, INTERNE)
    found = changements(before, after)
    told = {(change.element, change.champ.split(".")[0]) for change in found}
    for ident in before.elements.keys() & after.elements.keys():
        (genre, old), (genre_now, new) = before.elements[ident], after.elements[ident]
        fields = {key for key in {*old, *new} if ecart(old.get(key), new.get(key)) is not None}
        if genre == genre_now:
            assert fields == {champ for element, champ in told if element == ident and champ not in ("", "serie")}
    assert {ident for ident, champ in told if not champ} >= before.elements.keys() ^ after.elements.keys()
    assert not any(change.phrase[0].islower() for change in found)
    assert all(change.phrase.endswith(".") for change in found)


@settings(max_examples=8)
@given(dossiers(), dossiers())
def test_the_difference_of_two_snapshots_makes_the_second_from_the_first(un: Fichiers, autre: Fichiers) -> None:
    before, after = lu(un, INTERNE).donnees, lu(autre, INTERNE).donnees
    assert applique(ecart(before, after), before) == after


@settings(max_examples=8)
@given(paires())
def test_two_dossiers_that_differ_only_in_what_is_hidden_do_not_differ(pair: Paire) -> None:
    assert changements(lu(pair.un, pair.niveau), lu(pair.autre, pair.niveau)) == ()


def test_two_readerships_are_never_compared(fichiers_valmer: Fichiers) -> None:
    with pytest.raises(Refus, match=r"« juin » est une édition public et « travail » une édition interne"):
        changements(lu(fichiers_valmer, PUBLIC, "juin"), lu(fichiers_valmer, INTERNE, "travail"))


@given(TEXTES, TEXTES)
def test_the_runs_of_a_text_make_both_texts(avant: str, apres: str) -> None:
    runs = mot_a_mot(avant, apres)
    assert "".join(run.mots for run in runs if run.sort is not Sort.ajoute) == avant
    assert "".join(run.mots for run in runs if run.sort is not Sort.retire) == apres
    assert all(run.mots for run in runs)


def test_words_changed_in_a_row_are_one_run() -> None:
    runs = mot_a_mot("Le port de pêche ferme.", "Le quai des algues ferme.")
    assert [(run.sort.value, run.mots) for run in runs] == [
        ("reste", "Le "),
        ("retire", "port de pêche"),
        ("ajoute", "quai des algues"),
        ("reste", " ferme."),
    ]


def test_a_very_long_text_is_compared_by_paragraphs() -> None:
    long = "Le port et la rade. " * 2000
    runs = mot_a_mot(f"Début.\n\n{long}\n\nFin.", f"Début changé.\n\n{long}\n\nFin.")
    assert [(run.sort.value, run.mots) for run in runs][:2] == [
        ("retire", "Début.\n\n"),
        ("ajoute", "Début changé.\n\n"),
    ]
