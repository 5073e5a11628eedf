"""No edition says what it may not know: a dossier full of canaries, and a search that would find them anywhere."""

import base64
import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import pymupdf  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader

from smde import construire
from smde import edition as module_edition
from smde.dossier import Dossier, charger
from smde.edition import Edition, edition
from smde.model.acteurs import Membre, Role
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, Partie
from smde.model.demarche import Verbatim
from smde.model.element import Element
from smde.model.plan import champs
from smde.model.rubriques import CLASSES, RUBRIQUES
from smde.model.schema import Financement, LigneBudget
from smde.outputs import donnees
from tests.canaris import Voliere
from tests.chaine_entiere import DATE, artefacts
from tests.conftest import ecrire
from tests.generation import sous_classes
from tests.recherche import annees, trouves

CHAINE = ("Constat", "Enjeu", "Objectif", "Priorite", "Action", "Moyen")
ATTENDUS: dict[str, tuple[str, ...]] = {
    "donnees/strategie.json": ("*",),
    "donnees/series/*.csv": ("Valeur.note", "Valeur.valeur"),
    "site/*/*.html": tuple(f"{nom}.{champ}" for nom in CHAINE for champ in ("id", "titre", "texte")),
    "site/assets/recherche/index.js": tuple(f"{nom}.{champ}" for nom in CHAINE for champ in ("titre", "texte")),
    "site/sitemap.xml": tuple(f"{nom}.id" for nom in CHAINE),
    "site/sitemap.xml.gz": tuple(f"{nom}.id" for nom in CHAINE),
    "documents/*.docx": tuple(f"{nom}.{champ}" for nom in CHAINE for champ in ("titre", "texte")),
    "documents/*.pdf": tuple(f"{nom}.{champ}" for nom in CHAINE for champ in ("titre", "texte")),
}
"""What the search must find in each kind of artefact, or else that it finds nothing else there proves nothing."""

MOTS = (".html", ".json", ".csv", ".xml", ".docx", ".pdf")
"""Files of words, in which a year is a year."""
Ecrit = Callable[[str], bytes]


@pytest.fixture(scope="module")
def voliere() -> Voliere:
    return Voliere()


def trouvailles(files: Mapping[str, bytes], valeurs: frozenset[str]) -> dict[str, set[str]]:
    """The paths where each value is found; what is published twice is searched once."""
    seen: dict[bytes, set[str]] = {}
    found: dict[str, set[str]] = {}
    for path, content in files.items():
        if content not in seen:
            seen[content] = trouves("", content, valeurs)
        for valeur in seen[content] | trouves(path, b"", valeurs):
            found.setdefault(valeur, set()).add(path)
    return found


def fuites(voliere: Voliere, niveau: Diffusion, files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """What an edition of this level says and may not: the field, and the file."""
    interdits = voliere.interdits(niveau)
    found = trouvailles(files, frozenset(interdits))
    return {(interdits[valeur].ou, path) for valeur, paths in found.items() for path in paths}


# ── The dossier of canaries ──────────────────────────────────────────────────────────────────────────────────────────


def test_every_field_of_the_model_holds_a_canary_at_every_level(voliere: Voliere) -> None:
    classes = {classe for rubrique in RUBRIQUES for classe in sous_classes(rubrique.classe)}
    written = {(ou.split(".")[-2], ou.split(".")[-1]) for ou in {canari.ou for canari in voliere.canaris}}
    for classe in classes:
        for champ in champs(classe).values():
            if champ.nature in ("texte", "ligne"):
                assert (classe.__name__, champ.nom) in written, f"{classe.__name__}.{champ.nom}"
    for classe in (classe for classe in CLASSES.values() if classe.genre != "identite"):
        for nom in ("id", "titre", "texte"):
            levels = {canari.niveau for canari in voliere.canaris if canari.ou == f"{classe.__name__}.{nom}"}
            assert levels == {level for level in Diffusion if level >= classe.plancher}, f"{classe.__name__}.{nom}"


def test_no_two_canaries_are_alike_and_none_is_inside_another(voliere: Voliere) -> None:
    values = [canari.valeur for canari in voliere.canaris]
    assert len(values) == len(set(values)) > 1500
    by_length = {len(value) for value in values}
    assert by_length <= {9, 10, 12, 64}, "the search knows words, numbers, SIREN and fingerprints"


def test_the_dossier_of_canaries_is_read_whole(voliere: Voliere, tmp_path: Path) -> None:
    dossier = charger(ecrire(tmp_path, voliere.fichiers()))
    assert [d.message for d in dossier.diagnostics if d.code != "lien-en-boucle"] == []
    assert {type(element) for element in dossier.elements.values()} == set(CLASSES.values())


# ── The search ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _zip(*, name: str = "word/document.xml", body: str = "", comment: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
        archive.comment = comment.encode()
    return stream.getvalue()


def _pdf(*, title: str = "", text: str = "", attached: str = "") -> bytes:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 72), text)
    document.set_metadata({"title": title})
    if attached:
        document.embfile_add("annexe.txt", attached.encode())
    return bytes(document.tobytes(deflate=True, garbage=4))


CACHETTES: dict[str, Ecrit] = {
    "as it is": lambda mot: f"<p>{mot}</p>".encode(),
    "in capitals and accents": lambda mot: "".join(f"{letter.upper()}\u0301" for letter in mot).encode(),
    "cut by tags": lambda mot: f"<b>{mot[:4]}</b><i>{mot[4:]}</i>".encode(),
    "hyphenated": lambda mot: f"{mot[:5]}-\n{mot[5:]} {mot[:3]}\u00ad{mot[3:]}".encode(),
    "in HTML references": lambda mot: "".join(f"&#{ord(letter)};" for letter in mot).encode(),
    "in twice escaped HTML": lambda mot: "".join(f"&amp;#x{ord(letter):x};" for letter in mot).encode(),
    "in an address": lambda mot: "".join(f"%{ord(letter):02X}" for letter in mot).encode(),
    "in JSON escapes": lambda mot: "".join(f"\\u{ord(letter):04x}" for letter in mot).encode(),
    "in UTF-16": lambda mot: f"<?xml?>{mot}".encode("utf-16"),
    "in base64": lambda mot: b"data:;base64," + base64.b64encode(f"des mots, {mot}, des mots".encode()),
    "in base64 out of step": lambda mot: b"Q" + base64.urlsafe_b64encode(f"???>>> {mot} ???>>>".encode()),
    "in hexadecimal": lambda mot: b"<feff" + mot.encode("utf-16-be").hex().encode() + b">",
    "compressed": lambda mot: gzip.compress(mot.encode()),
    "in a file of an archive": lambda mot: _zip(body=f"<w:t>{mot}</w:t>"),
    "in the name of a file of an archive": lambda mot: _zip(name=f"word/media/{mot}.png"),
    "in the comment of an archive": lambda mot: _zip(comment=mot),
    "in an archive inside an archive": lambda mot: _zip(body=_zip(body=mot).hex()),
    "in the words of a PDF": lambda mot: _pdf(text=mot),
    "in the title of a PDF": lambda mot: _pdf(title=mot),
    "in a file attached to a PDF": lambda mot: _pdf(attached=mot),
    "in a picture inside a page": lambda mot: b"<img src='data:image/svg+xml;base64," + _svg(mot) + b"'>",
}


def _svg(mot: str) -> bytes:
    return base64.b64encode(f'<svg xmlns="http://www.w3.org/2000/svg"><desc>{mot}</desc></svg>'.encode())


@pytest.mark.parametrize("cachette", CACHETTES)
def test_the_search_finds_a_word_however_it_is_hidden(cachette: str) -> None:
    assert trouves("page.html", CACHETTES[cachette]("xqbadokuze"), {"xqbadokuze"}) == {"xqbadokuze"}
    assert trouves("page.html", CACHETTES[cachette]("xqbadokuze"), {"xqbadokuzi"}) == set()


@pytest.mark.parametrize(
    ("texte", "valeur"),
    [
        ("712\u202f345\u202f678\u202f901 €", "712345678901"),
        ("712 345 678 901,50", "712345678901"),
        ('{"montant": 712345678901.0}', "712345678901"),
        ("SIREN 861 234 567", "861234567"),
        ("sha256:" + "ab12" * 16, "ab12" * 16),
    ],
)
def test_the_search_finds_a_number_as_each_output_writes_it(texte: str, valeur: str) -> None:
    assert trouves("", texte.encode(), {valeur}) == {valeur}


def test_the_search_reads_the_names_of_files_and_the_years_that_are_shown() -> None:
    assert trouves("actions/action-xqbadokuze.html", b"", {"xqbadokuze"}) == {"xqbadokuze"}
    assert annees("", "<td>3\u00a0mars 2161</td><time>2131-03-02</time>".encode()) == {"2161", "2131"}
    assert annees("", b'<path d="M2161.5 12" fill="#2161aa"/> 12161 2014') == set()


# ── The editions ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.lent
@pytest.mark.parametrize("niveau", [PUBLIC, PARTENAIRES])
def test_no_artefact_says_what_its_readers_may_not_know(niveau: Diffusion, voliere: Voliere, tmp_path: Path) -> None:
    """Law 5 over every byte, with the proof that the search sees what is there, and non-interference with it."""
    files = artefacts(voliere.fichiers(), niveau, tmp_path / "entier")
    permis, interdits = voliere.permis(niveau), voliere.interdits(niveau)
    found = trouvailles(files, frozenset(permis) | frozenset(interdits))

    assert {interdits[v].ou: paths for v, paths in found.items() if v in interdits} == {}
    words = {content: path for path, content in files.items() if path.endswith(MOTS)}
    years = {year for level in Diffusion if level > niveau for year in _annees_de(level)}
    assert {path for content, path in words.items() if annees(path, content) & years} == set()

    for artefact, fields in ATTENDUS.items():
        for ou in fields:
            expected = {v for v, canari in permis.items() if fnmatch(canari.ou, ou)}
            seen = {v for v in expected if any(fnmatch(path, artefact) for path in found.get(v, ()))}
            assert expected and seen == expected, f"{artefact} does not show {ou}"
    for path, part in _annexes(files):
        assert trouves(path, part, frozenset(permis)), f"nothing is found in {path}"

    assert artefacts(voliere.fichiers(niveau), niveau, tmp_path / "expurge") == files, "what is hidden leaves a trace"


def _annees_de(niveau: Diffusion) -> set[str]:
    return {str(year) for year in range(2101 + 30 * niveau, 2130 + 30 * niveau)}


def _annexes(files: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """The parts of documents that readers do not see: properties of the Word file, metadata of the PDF."""
    found = []
    for path, content in files.items():
        if path.startswith("documents/") and path.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found += [(f"{path}!{name}", archive.read(name)) for name in ("docProps/core.xml", "word/document.xml")]
        elif path.startswith("documents/"):
            metadata = PdfReader(io.BytesIO(content)).metadata
            found.append((f"{path}!Info", str(metadata).encode()))
    assert len(found) >= 3
    return found


def _trop_large(dossier: Dossier, diffusion: Diffusion, date: str) -> Edition:
    """An edition that leaks: what partners may know, under the name of what everybody may."""
    return replace(edition(dossier, PARTENAIRES, date), diffusion=diffusion)


@pytest.mark.lent
def test_an_edition_that_leaks_is_caught_in_every_kind_of_artefact(
    voliere: Voliere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(construire, "edition", _trop_large)
    caught = fuites(voliere, PUBLIC, artefacts(voliere.fichiers(), PUBLIC, tmp_path))
    paths = {path for _, path in caught}
    for artefact in ATTENDUS:
        assert any(fnmatch(path, artefact) for path in paths), artefact
    shown = {ou for ou, path in caught if not path.startswith("donnees/") and not path.startswith("site/donnees/")}
    for ou in ("Constat.titre", "Action.risques.Risque.titre", "Action.budget.LigneBudget.montant", "Valeur.valeur"):
        assert ou in shown, ou


# ── Each barrier, by taking it away ──────────────────────────────────────────────────────────────────────────────────

Abat = Callable[[pytest.MonkeyPatch], None]


def _ouvre(classe: type[Partie]) -> Abat:
    return lambda patch: patch.setattr(classe, "niveau", lambda _: PUBLIC)


def _ouvre_les_champs(patch: pytest.MonkeyPatch) -> None:
    module_edition._essentiels.cache_clear()
    opened = {
        classe: {nom: replace(champ, diffusion=PUBLIC) for nom, champ in champs(classe).items()}
        for rubrique in RUBRIQUES
        for classe in sous_classes(rubrique.classe)
    }
    patch.setattr(module_edition, "champs", lambda classe: opened.get(classe) or champs(classe))


BARRIERES: dict[str, tuple[Abat, str]] = {
    "the level of elements": (_ouvre(Element), "Constat.titre"),
    "the level of fields": (_ouvre_les_champs, "Acteur.position"),
    "the state of a role": (_ouvre(Role), "Action.roles.Role.precision"),
    "the state of a member": (_ouvre(Membre), "Groupe.membres.Membre.qualite"),
    "the state of a funding": (_ouvre(Financement), "Action.plan_financement.Financement.montant"),
    "the state of a cost": (_ouvre(LigneBudget), "Action.budget.LigneBudget.poste"),
    "the level of words heard": (_ouvre(Verbatim), "Entretien.verbatims.Verbatim.texte"),
    "the ids cited in texts": (
        lambda patch: patch.setattr(module_edition, "expurge", lambda texte, _: texte),
        "Terme.id",
    ),
    "the ids cited in fields": (
        lambda patch: patch.setattr(module_edition, "_known", lambda dossier, _: frozenset(dossier.elements)),
        "Constat.id",
    ),
}


@pytest.mark.parametrize("barriere", BARRIERES)
def test_each_barrier_taken_away_lets_out_what_it_holds(
    barriere: str, voliere: Voliere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = charger(ecrire(tmp_path, voliere.fichiers()))
    abat, expected = BARRIERES[barriere]
    abat(monkeypatch)
    made = donnees.fichiers(edition(dossier, PUBLIC, DATE))
    caught = fuites(voliere, PUBLIC, {"strategie.json": made["strategie.json"]})
    assert expected in {ou for ou, _ in caught}


@pytest.mark.parametrize("niveau", Diffusion)
def test_the_data_hold_all_that_their_readers_may_know_and_nothing_else(
    niveau: Diffusion, voliere: Voliere, tmp_path: Path
) -> None:
    files = donnees.fichiers(edition(charger(ecrire(tmp_path, voliere.fichiers())), niveau, DATE))
    found = trouvailles(files, frozenset(canari.valeur for canari in voliere.canaris))
    assert set(found) == set(voliere.permis(niveau))
    assert (voliere.interdits(niveau) == {}) is (niveau is INTERNE)
