"""Two dossiers that differ only in what an edition may not know give the same edition, to the byte."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde import edition as module_edition
from smde.dossier import charger
from smde.edition import Edition, edition, empreinte, empreinte_edition
from smde.model.acteurs import Role
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.element import Element
from smde.model.identite import FormatDocument, Identite
from smde.model.rubriques import CLASSES
from smde.model.schema import Financement
from smde.outputs import donnees
from tests.chaine_entiere import DATE, WORD_ET_PDF, artefacts
from tests.conftest import Fichiers, ecrire
from tests.generation import MANIERES, Paire, Plume, connu, dossiers, habille, paire, paires

EXEMPLES = 300 if os.environ.get("SMDE_HASARD") == "1" else 40
GENRES = frozenset(CLASSES)


def lue(fichiers: Fichiers, niveau: Diffusion) -> Edition:
    """The edition of a dossier written nowhere else."""
    with TemporaryDirectory() as folder:
        return edition(charger(ecrire(Path(folder), fichiers)), niveau, DATE)


def contenu(trimmed: Edition) -> list[str]:
    """All that an edition holds, in its order."""
    return [
        repr((trimmed.diffusion, trimmed.date, trimmed.identite)),
        *(f"{ident}: {element!r}" for ident, element in trimmed.elements.items()),
        *(f"{ident}: {values!r}" for ident, values in trimmed.series.items()),
        *(f"{path}: {data!r}" for path, data in trimmed.fichiers.items()),
    ]


def differe(pair: Paire) -> bool:
    """Whether the edition tells the two dossiers apart."""
    one, other = lue(pair.un, pair.niveau), lue(pair.autre, pair.niveau)
    return contenu(one) != contenu(other) or donnees.fichiers(one) != donnees.fichiers(other)


@settings(max_examples=EXEMPLES)
@given(paires())
def test_an_edition_does_not_depend_on_what_its_readers_may_not_know(pair: Paire) -> None:
    assert not differe(pair)


@settings(max_examples=EXEMPLES // 4)
@given(st.integers(0, 2**32), st.sampled_from([PUBLIC, PARTENAIRES]), st.frozensets(st.sampled_from(MANIERES)))
def test_what_is_added_for_fewer_readers_leaves_no_trace(
    graine: int, niveau: Diffusion, manieres: frozenset[str]
) -> None:
    """Presence itself is hidden: against a dossier to which nothing was added, not even an empty block."""
    base = connu(Plume(graine), niveau)
    bare = habille(base, Plume(graine), frozenset(), GENRES)
    assert not differe(Paire(niveau, bare, habille(base, Plume(graine + 1), manieres, GENRES)))


@settings(max_examples=EXEMPLES // 4)
@given(dossiers())
def test_each_edition_knows_all_the_elements_of_the_wider_ones(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        dossier = charger(ecrire(Path(folder), files))
    public, partners, staff = (edition(dossier, level, DATE) for level in Diffusion)
    assert public.elements.keys() <= partners.elements.keys() <= staff.elements.keys() == dossier.elements.keys()
    order = list(dossier.elements)
    for trimmed in (public, partners, staff):
        assert list(trimmed.elements) == sorted(trimmed.elements, key=order.index), "reading order is kept"


@settings(max_examples=EXEMPLES // 4)
@given(paires())
def test_the_fingerprint_of_an_element_does_not_depend_on_what_its_readers_may_not_know(pair: Paire) -> None:
    """What a decision validated stays validated when an interne note changes."""
    found = []
    for files in (pair.un, pair.autre):
        with TemporaryDirectory() as folder:
            dossier = charger(ecrire(Path(folder), files))
        known = edition(dossier, pair.niveau, DATE).elements.values()
        found.append({e.id: empreinte(dossier, e.id) for e in known if e.niveau() is pair.niveau})
    assert found[0] == found[1] != {}


@settings(max_examples=EXEMPLES // 4)
@given(dossiers())
def test_fingerprints_are_the_same_from_the_dossier_and_from_every_edition_that_knows_enough(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        dossier = charger(ecrire(Path(folder), files))
    views = [edition(dossier, level, DATE) for level in Diffusion]
    for view in views:
        assert {ident: empreinte(view, ident) for ident in view.elements} == {
            ident: empreinte(dossier, ident) for ident in view.elements
        }
    for level in Diffusion:
        assert len({empreinte_edition(view, level) for view in views if view.diffusion >= level}) == 1


@settings(max_examples=EXEMPLES // 4)
@given(paires())
def test_the_fingerprint_of_an_edition_does_not_depend_on_what_its_readers_may_not_know(pair: Paire) -> None:
    one, other = (empreinte_edition(lue(files, INTERNE), pair.niveau) for files in (pair.un, pair.autre))
    assert one == other == empreinte_edition(lue(pair.un, pair.niveau), pair.niveau)


@pytest.mark.lent
def test_no_byte_of_any_artefact_depends_on_what_its_readers_may_not_know(tmp_path: Path) -> None:
    """The whole chain: site, search index, Word, PDF, data, names of files."""
    pair = paire(PUBLIC, 11, (111, 211), frozenset(MANIERES), GENRES)
    one, other = (
        artefacts(files, PUBLIC, tmp_path / name, (*WORD_ET_PDF, FormatDocument.xlsx))
        for name, files in (("un", pair.un), ("autre", pair.autre))
    )
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert {Path(path).suffix for path in one} >= {".html", ".json", ".csv", ".xml", ".docx", ".pdf", ".gz"}


# ── The test can fail ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pairs_differ_in_every_way_they_are_meant_to() -> None:
    """Each manner changes the files by itself, and two seeds differ."""
    for maniere in MANIERES:
        pair = paire(PUBLIC, 5, (6, 7), frozenset({"elements", maniere}), GENRES)
        assert pair.un != pair.autre
        changed = False
        for seed in range(6, 9):
            alone = paire(PUBLIC, 5, (seed, seed), frozenset({"elements", maniere}), GENRES)
            plain = paire(PUBLIC, 5, (seed, seed), frozenset({"elements"}), GENRES)
            assert alone.un == alone.autre
            changed = changed or alone.un != plain.un
        assert changed or maniere == "elements", maniere


def test_the_pairs_hide_elements_of_every_kind_and_show_some_of_every_kind() -> None:
    hidden: set[type[Element]] = set()
    for graine in range(8):
        with TemporaryDirectory() as folder:
            files = paire(PUBLIC, graine, (graine + 10, graine + 20), frozenset(MANIERES), GENRES).un
            dossier = charger(ecrire(Path(folder), files))
        public = edition(dossier, PUBLIC, DATE)
        hidden |= {type(element) for ident, element in dossier.elements.items() if ident not in public.elements}
        shown = {classe for classe in CLASSES.values() if classe.plancher is PUBLIC}
        assert {type(element) for element in public.elements.values()} == shown
    assert hidden == set(CLASSES.values()) - {Identite}


Abat = Callable[[pytest.MonkeyPatch], None]
BARRIERES: dict[str, Abat] = {
    "a block emptied looks like a block": lambda patch: patch.setattr(module_edition, "_blank", lambda _: False),
    "hidden ids stay in texts": lambda patch: patch.setattr(module_edition, "expurge", lambda texte, _: texte),
    "hidden ids stay in fields": lambda patch: patch.setattr(
        module_edition, "_known", lambda dossier, _: frozenset(dossier.elements)
    ),
    "roles are announced before they are accepted": lambda patch: patch.setattr(Role, "niveau", lambda _: PUBLIC),
    "money is announced before it is secured": lambda patch: patch.setattr(Financement, "niveau", lambda _: PUBLIC),
}


@pytest.mark.parametrize("barriere", BARRIERES)
def test_each_barrier_taken_away_is_seen(barriere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [paire(PUBLIC, graine, (graine + 100, graine + 200), frozenset(MANIERES), GENRES) for graine in range(6)]
    assert not any(differe(pair) for pair in pairs[:1])
    BARRIERES[barriere](monkeypatch)
    assert any(differe(pair) for pair in pairs)


def test_the_whole_of_a_dossier_is_in_its_interne_edition() -> None:
    """Nothing is hidden from staff: the two dossiers of a pair are then told apart."""
    pair = paire(PUBLIC, 3, (4, 5), frozenset(MANIERES), GENRES)
    assert contenu(lue(pair.un, INTERNE)) != contenu(lue(pair.autre, INTERNE))
