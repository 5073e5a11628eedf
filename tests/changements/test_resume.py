"""What changed, in three lines: somebody who reads nothing else knows why there is another version."""

from pathlib import Path

from smde.changements.comparaison import comparer
from smde.dossier import charger
from smde.edition import edition
from smde.instantane import Instantane, prendre
from smde.model.champ import INTERNE
from tests.commande import simple
from tests.conftest import Fichiers, ecrire

ENJEUX = "strategy/enjeux.yml"
NOUVEAU = "- {id: enjeu-logement, titre: Loger les actifs là où ils travaillent, constats: [vacance-tertiaire]}\n"
LIBELLES = "libelles:\n  enjeu: {singulier: défi, pluriel: défis}\n"
"""The words the authority has chosen: the strategy it adopted says défis."""


def instantane(racine: Path) -> Instantane:
    return prendre(edition(charger(racine), INTERNE, "2020-06-30"), racine.name)


def resume(avant: Path, apres: Path) -> list[str]:
    return [simple(line) for line in comparer(instantane(avant), instantane(apres)).resume()]


def test_what_came_and_what_left_is_counted_by_kind(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    before = ecrire(tmp_path / "avant", fichiers_valmer)
    files = {**fichiers_valmer, ENJEUX: str(fichiers_valmer[ENJEUX]) + NOUVEAU}
    gone = [path for path in files if path.startswith("schema/actions/")]
    after = ecrire(tmp_path / "apres", {path: words for path, words in files.items() if path not in gone})
    assert len(gone) == 2
    assert resume(before, after)[0] == "En plus : 1 défi ; en moins : 2 actions."
    assert resume(after, before)[0] == "En plus : 2 actions ; en moins : 1 défi."
    assert resume(before, before) == ["Rien n'a changé."]


def test_kinds_are_called_as_the_authority_calls_them(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    identite = "data/identite.yml"
    assert LIBELLES in str(fichiers_valmer[identite])
    files = {**fichiers_valmer, identite: str(fichiers_valmer[identite]).replace(LIBELLES, "")}
    before = ecrire(tmp_path / "avant", files)
    second = NOUVEAU.replace("enjeu-logement", "enjeu-mobilite")
    after = ecrire(tmp_path / "apres", {**files, ENJEUX: str(files[ENJEUX]) + NOUVEAU + second})
    assert resume(before, after)[0] == "En plus : 2 enjeux."
    chosen = ecrire(tmp_path / "choisis", {**files, identite: str(fichiers_valmer[identite]), ENJEUX: files[ENJEUX]})
    assert any("en moins : 2 défis" in line.casefold() for line in resume(after, chosen))


def test_what_takes_the_place_of_another_is_neither_more_nor_less(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    before = ecrire(tmp_path / "avant", fichiers_valmer)
    more = str(fichiers_valmer[ENJEUX]) + NOUVEAU
    middle = ecrire(tmp_path / "milieu", {**fichiers_valmer, ENJEUX: more})
    placed = more.replace("constats: [vacance-tertiaire]}", "constats: [vacance-tertiaire], remplace: [enjeu-friches]}")
    after = ecrire(tmp_path / "apres", {**fichiers_valmer, ENJEUX: placed})
    assert resume(before, middle) == ["En plus : 1 défi."]
    assert resume(middle, after)[0] == "1 remplacement."
