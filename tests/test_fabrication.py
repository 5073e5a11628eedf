"""Files made side by side: told in the order of the request, stopped together, and not made twice for nothing."""

import sys
import threading
import time
from collections.abc import Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from smde import construire
from smde.arbre import Document
from smde.construire import Atelier
from smde.dossier import charger
from smde.fabrication import Travail, fabriquer
from smde.model.champ import INTERNE, PUBLIC, Diffusion
from smde.model.identite import FormatDocument
from smde.modele_word import ModeleWord
from smde.outputs import docx, odt, pdf
from smde.outputs.outil import OutilEnEchec, run
from smde.reserve import Reserve
from tests.commande import simple, smde
from tests.conftest import Fichiers, ecrire

DORMIR = [sys.executable, "-c", "import time; time.sleep(60)"]


def lent(matiere: tuple[float, str], target: Path) -> None:
    time.sleep(matiere[0])
    target.write_text(matiere[1])


def echoue(matiere: str, target: Path) -> None:
    raise OutilEnEchec(matiere)


def dort(matiere: threading.Event, target: Path) -> None:
    matiere.set()
    run("dormeur", DORMIR)


def recopie(word: Path, target: Path, *reste: str) -> None:
    target.write_text(" ".join([word.name, word.read_text(), *reste]))


@pytest.fixture(autouse=True)
def deux_coeurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once, whatever the machine."""
    monkeypatch.setattr("smde.fabrication._ouvriers", lambda: 2)


def test_files_come_in_the_order_of_the_request_whichever_ends_first() -> None:
    works = [Travail(f"{rank}.txt", lent, (delay, f"n° {rank}")) for rank, delay in enumerate([0.3, 0, 0.1, 0])]
    told: list[str] = []
    found = []
    for rank, fait in enumerate(fabriquer(works, annoncer=told.append)):
        found.append((fait.travail.nom, fait.contenu.decode()))
        assert told == [f"{known}.txt" for known in range(rank + 1)], "the last one told is the one being waited for"
    assert found == [(f"{rank}.txt", f"n° {rank}") for rank in range(4)]


def test_two_files_are_made_at_once() -> None:
    met = threading.Barrier(2, timeout=20)

    def attend(_: object, target: Path) -> None:
        met.wait()
        target.write_bytes(b"")

    assert len(list(fabriquer([Travail("a", attend, 0), Travail("b", attend, 0)]))) == 2


def test_a_file_made_from_another_waits_for_it_and_the_other_need_not_be_asked_for() -> None:
    word = Travail("fiche.docx", lent, (0.2, "Fiche"), annexe=True)
    works = [word, Travail("fiche.odt", recopie, None, ("7.4",), depuis=word)]
    assert [(fait.travail.nom, fait.contenu) for fait in fabriquer(works)] == [("fiche.odt", b"fiche.docx Fiche 7.4")]


def test_the_first_failure_in_the_order_of_the_request_is_the_one_told() -> None:
    works = [Travail("a", lent, (0.3, "a")), Travail("b", echoue, "le premier"), Travail("c", echoue, "le second")]
    made = []
    with pytest.raises(OutilEnEchec, match="le premier"):
        for fait in fabriquer(works):
            made.append(fait.travail.nom)
    assert made == ["a"]


def test_what_cannot_be_prepared_is_told_after_what_was_asked_before() -> None:
    def works() -> Iterator[Travail]:
        yield Travail("a", lent, (0.3, "a"))
        raise ValueError("gabarit")

    made = []
    with pytest.raises(ValueError, match="gabarit"):
        for fait in fabriquer(works()):
            made.append(fait.travail.nom)
    assert made == ["a"]


@pytest.mark.parametrize("raison", [OutilEnEchec("faux"), KeyboardInterrupt()])
def test_when_one_fails_or_the_person_stops_the_tools_at_work_are_ended(raison: BaseException) -> None:
    started = threading.Event()

    def attend(_: object, target: Path) -> None:
        assert started.wait(20)
        raise raison

    start = time.monotonic()
    with pytest.raises(type(raison)):
        list(fabriquer([Travail("court", attend, 0), Travail("long", dort, started), Travail("apres", dort, started)]))
    assert time.monotonic() - start < 30, "a tool that would sleep a minute was ended"


def test_a_reader_who_leaves_early_leaves_no_tool_behind() -> None:
    started = threading.Event()

    def attend(_: object, target: Path) -> None:
        assert started.wait(20)
        target.write_bytes(b"a")

    found = fabriquer([Travail("court", attend, 0), Travail("long", dort, started)])
    assert next(found).travail.nom == "court"
    start = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 30


def test_a_file_whose_ingredients_are_the_same_is_not_made_again(tmp_path: Path) -> None:
    def made(*works: Travail) -> list[bool]:
        return [fait.inchange for fait in fabriquer(works, Reserve(tmp_path))]

    word = Travail("a.docx", lent, (0, "Fiche"))
    copy = Travail("a.odt", recopie, None, ("7.4",), depuis=word)
    assert made(word, copy) == [False, False]
    assert made(word, copy) == [True, True]
    newer = Travail("a.odt", recopie, None, ("7.4",), depuis=word, outil=("LibreOffice", 24))
    assert made(word, newer) == [True, False]
    other = Travail("a.docx", lent, (0, "Fiche revue"))
    assert made(other, Travail("a.odt", recopie, None, ("7.4",), depuis=other)) == [False, False]


def test_every_option_of_a_writer_is_in_the_key_of_its_file() -> None:
    """A Word file in the model of an authority is not that of another; nor is one that tracks revisions."""
    valmer, autre = (ModeleWord({"word/styles.xml": octets}, "word/document.xml") for octets in (b"<a/>", b"<b/>"))
    options: list[dict[str, Any]] = [
        {}, {"modele": None}, {"modele": valmer}, {"modele": autre}, {"modele": valmer, "suivi": True},
    ]  # fmt: skip
    keys = [Travail("a.docx", docx.write, Document("a", "A", ()), options=chosen).cle for chosen in options]
    assert None not in keys
    assert len(set(keys)) == len(options)


def test_what_cannot_be_told_is_made_each_time(tmp_path: Path) -> None:
    works = [Travail("a.xlsx", lent, (0, "x"), gardable=False)]
    assert [fait.inchange for _ in range(2) for fait in fabriquer(works, Reserve(tmp_path))] == [False, False]
    assert not (tmp_path / ".smde").exists()


TEMOINS = (FormatDocument.docx, FormatDocument.pdf)


@pytest.fixture
def compte(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files the writers were asked for."""
    asked: list[str] = []
    for module in (docx, pdf, odt):

        def counted(matiere: Any, target: Path, *reste: Any, _write: Any = module.write, **options: Any) -> None:
            asked.append(target.name)
            _write(matiere, target, *reste, **options)

        monkeypatch.setattr(module, "write", wraps(module.write)(counted))
    return asked


def atelier(racine: Path, niveau: Diffusion = PUBLIC, date: str = "2026-11-22") -> tuple[Atelier, list[str]]:
    said: list[str] = []
    making = construire.atelier(charger(racine), niveau, date, said.append)
    making.reserve = Reserve(racine)
    return making, said


@pytest.mark.lent
def test_the_documents_of_a_dossier_are_made_again_only_when_something_they_show_changed(
    fichiers_valmer: Fichiers, tmp_path: Path, compte: list[str]
) -> None:
    racine = ecrire(tmp_path, fichiers_valmer)
    first, _ = atelier(racine)
    files = first.documents(formats=TEMOINS)
    assert sorted(compte) == ["livrable-strategie.docx", "livrable-strategie.pdf"]
    again, said = atelier(racine)
    assert again.documents(formats=TEMOINS) == files
    assert len(compte) == 2, "nothing was made"
    assert [simple(words) for words in said] == [
        "Document 1 sur 2 : « Stratégie et schéma » (docx)…",
        "Document 2 sur 2 : « Stratégie et schéma » (pdf)…",
        "  2 documents sur 2 : rien n'a changé depuis la dernière fois.",
    ]
    assert again.contenus == first.contenus, "the site says where elements are in a document that was kept"
    for kept in (tmp_path / ".smde/documents").iterdir():
        kept.write_bytes(kept.read_bytes()[:-100])
    assert atelier(racine)[0].documents(formats=TEMOINS) == files, "what is damaged is made again, the same"
    assert len(compte) == 4
    text = str(fichiers_valmer["strategy/enjeux.yml"])
    title = text.split("titre: ")[1].split("\n")[0]
    ecrire(racine, {"strategy/enjeux.yml": text.replace(f"titre: {title}", "titre: Donner un avenir aux quais")})
    changed = atelier(racine)[0].documents(formats=TEMOINS)
    assert changed.keys() == files.keys()
    assert all(changed[name] != files[name] for name in files)


@pytest.mark.lent
def test_no_edition_and_no_date_is_ever_given_the_documents_of_another(
    fichiers_valmer: Fichiers, tmp_path: Path, compte: list[str]
) -> None:
    racine = ecrire(tmp_path, fichiers_valmer)
    made = [
        atelier(racine, niveau, date)[0].documents(formats=[FormatDocument.docx])["livrable-strategie.docx"]
        for _ in range(2)
        for niveau, date in ((PUBLIC, "2026-11-22"), (INTERNE, "2026-11-22"), (PUBLIC, "2026-11-23"))
    ]
    assert len(compte) == len(set(made)) == 3
    assert made[:3] == made[3:]


def test_a_template_at_fault_is_told_whole_and_nothing_is_published(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    racine = ecrire(
        tmp_path, {**fichiers_valmer, "macros/documents/strategie-et-schema.md.j2": "# Titre\n\n{{ inconnu() }}\n"}
    )
    said = smde("documents", "--racine", racine, "--date", "2026-11-22")
    assert said.code == 1
    assert "macros/documents/strategie-et-schema.md.j2:3: le nom « inconnu » n'existe pas" in said.dit
    assert not (racine / "sortie" / "public" / "documents").exists()


@pytest.mark.lent
def test_the_command_keeps_what_did_not_change_unless_told_to_make_it_again(
    fichiers_valmer: Fichiers, tmp_path: Path
) -> None:
    racine = ecrire(tmp_path, fichiers_valmer)
    request = ("documents", "--racine", racine, "--date", "2026-11-22", "--format", "docx")
    made = [smde(*request), smde(*request), smde(*request, "--refaire")]
    assert [reponse.code for reponse in made] == [0, 0, 0]
    assert ["rien n'a changé" in reponse.dit for reponse in made] == [False, True, False]
    assert (racine / ".smde" / ".gitignore").read_text() == "*\n"
