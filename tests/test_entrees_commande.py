"""What a new user breaks by hand, through the command: a sentence with its place, 1, and nothing published moves."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from smde import cli
from tests.commande import simple
from tests.conftest import ANGLAIS, VALMER, Fichiers, ecrire, lire

DATE = ("--date", "2020-03-02")
ENJEUX, SERIE = "strategy/enjeux.yml", "data/indicateurs/vacance-bureaux.csv"
IDENTITE, VACANCE = "data/identite.yml", "data/indicateurs/vacance-bureaux.yml"
TITRE = "  titre: Donner un avenir aux friches du port\n"
QUESTION = "  question: Que faire de 37 hectares au bord de l'eau sans vider le centre ?\n"
BOMBE = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n"


def change(path: str, former: str, typed: str) -> dict[str, str | bytes]:
    """One place of one file of the dossier, changed."""
    text = str(lire(VALMER)[path])
    assert former in text
    return {path: text.replace(former, typed, 1)}


def enregistre(path: str, encodage: str) -> dict[str, str | bytes]:
    """A file of the dossier saved in another encoding."""
    return {path: str(lire(VALMER)[path]).encode(encodage)}


# What is typed, then the place, the code and the words that must be told of it.
SAISIES: dict[str, tuple[Fichiers, str, str, str]] = {
    "a tab": (
        change(ENJEUX, "    degre: decide", "\tdegre: decide"),
        f"{ENJEUX}:6:1", "yaml-syntaxe", "Une tabulation décale ce texte",
    ),
    "an unclosed quote": (
        change(ENJEUX, TITRE, TITRE.replace("Donner", '"Donner')),
        f"{ENJEUX}:2:10", "yaml-syntaxe", "Le guillemet ouvert ici n'est pas refermé",
    ),
    "an apostrophe between quotes": (
        change(ENJEUX, TITRE, "  titre: 'L'avenir des friches'\n"),
        f"{ENJEUX}:2:12", "yaml-syntaxe", "L'apostrophe ferme ici le texte",
    ),
    "a field too far right": (
        change(ENJEUX, "  constats: [friches", "     constats: [friches"),
        f"{ENJEUX}:4:6", "yaml-syntaxe", "Décalage incorrect",
    ),
    "a field too far left": (
        change(ENJEUX, "  constats: [friches", " constats: [friches"),
        f"{ENJEUX}:4:2", "yaml-syntaxe", "Décalage incorrect",
    ),
    "a no-break space": (
        change(ENJEUX, "  constats: [friches", "\u00a0\u00a0constats: [friches"),
        f"{ENJEUX}:4:1", "yaml-syntaxe", "Une espace insécable se trouve ici",
    ),
    "a colon in a title": (
        change(ENJEUX, TITRE, "  titre: Friches : leur avenir\n"),
        f"{ENJEUX}:2:18", "yaml-syntaxe", "« : » au milieu d'une valeur la coupe en deux",
    ),
    "a duplicate key": (
        change(ENJEUX, QUESTION, QUESTION + TITRE),
        f"{ENJEUX}:4:3", "cle-en-double", "La clé `titre` est déjà donnée",
    ),
    "an anchor": (
        change(ENJEUX, "titre: Donner", "titre: &port Donner"),
        f"{ENJEUX}:2:10", "yaml-refuse", "L'ancre `&port` n'est pas acceptée",
    ),
    "an anchor bomb": ({"data/themes.yml": BOMBE}, "data/themes.yml:2:8", "yaml-refuse", "Le renvoi `*a`"),
    "a Python object": (
        change(ENJEUX, TITRE, "  titre: !!python/object/apply:os.system ['touch pris']\n"),
        f"{ENJEUX}:2:10", "yaml-refuse", "L'étiquette de type `!!python/object/apply:os.system`",
    ),
    "ten thousand levels": (
        change(ENJEUX, QUESTION, f"  question: {'[' * 10_000}\n"),
        f"{ENJEUX}:3:44", "trop-imbrique", "Plus de 32 niveaux imbriqués",
    ),
    "a line of fifty megabytes": (
        {"strategy/enjeux/notes.yml": b"x" * 50_000_000},
        "strategy/enjeux/notes.yml:1:1", "fichier-trop-gros", "Ce fichier fait 50,0 Mo",
    ),
    "latin-1": (enregistre(ENJEUX, "latin-1"), f"{ENJEUX}:7:50", "encodage", "n'est pas enregistré en UTF-8"),
    "UTF-16": (enregistre(ENJEUX, "utf-16"), f"{ENJEUX}:1:1", "encodage", "mais en UTF-16"),
    "a null character": (
        change(ENJEUX, "Donner un", "Donner\0un"), f"{ENJEUX}:2:16", "caractere-interdit", "(caractère nul)",
    ),
    "yes for true": (
        change("schema/moyens.yml", "illustratif: true", "illustratif: oui"),
        "schema/moyens.yml:6:16", "valeur-refusee", "Attendu : true ou false",
    ),
    "a number with an underscore": (
        change("data/territoires.yml", "communes: 61", "communes: 1_000"),
        "data/territoires.yml:5:13", "valeur-refusee", "sans espace ni séparateur",
    ),
    "a decimal comma": (
        change("schema/moyens.yml", "quantite: 0.5", "quantite: 0,5"),
        "schema/moyens.yml:4:13", "valeur-refusee", "un nombre avec un point décimal",
    ),
    "an hour for a date": (
        change("data/demarche.yml", "date: 2018-10-12", "date: 12:30"),
        "data/demarche.yml:5:11", "valeur-refusee", "« 12:30 » ne convient pas",
    ),
    "semicolons and decimal commas": (
        {SERIE: "periode;valeur;note\n2016;10,2;\n2017;9,5;\n"},
        f"{SERIE}:1:1", "serie-entete", "des colonnes séparées par des points-virgules",
    ),
    "a missing column": (
        {SERIE: "periode,valeur\n2016,10.2\n"}, f"{SERIE}:1:1", "serie-entete", "il manque `note`",
    ),
    "a text in a number": (
        {SERIE: "periode,valeur,note\n2016,dix,\n"}, f"{SERIE}:2:6", "serie-valeur", "« dix » ne convient pas",
    ),
    "decimal commas": (
        {SERIE: "periode,valeur,note\n2016,10,2,\n"}, f"{SERIE}:2:1", "serie-ligne", "4 colonnes au lieu de 3",
    ),
    "a series saved by Excel": (
        {SERIE: "periode,valeur,note\n2016,10.2,estimé\n".encode("cp1252")},
        f"{SERIE}:2:1", "encodage", "« CSV UTF-8 »",
    ),
    "a missing series": (
        change(VACANCE, "serie: vacance-bureaux.csv", "serie: vacance-bureau.csv"),
        f"{VACANCE}:9:8", "fichier-absent", "Vouliez-vous dire `vacance-bureaux.csv` ?",
    ),
    "a missing image": (
        change(IDENTITE, "logo: logo.svg", "logo: logo.png"),
        f"{IDENTITE}:13:7", "fichier-absent", "Le fichier `logo.png`",
    ),
    "a path outside the dossier": (
        change(IDENTITE, "logo: logo.svg", "logo: ../../../../etc/passwd"),
        f"{IDENTITE}:13:7", "fichier-absent", "mène hors du dossier",
    ),
    "a path of the system": (
        change(VACANCE, "serie: vacance-bureaux.csv", "serie: /etc/passwd"),
        f"{VACANCE}:9:8", "fichier-absent", "mène hors du dossier",
    ),
    "a bracketed citation of nothing": (
        change(ENJEUX, QUESTION, QUESTION + "  texte: Voir [la gare](<gare-neuve> 'Gare').\n"),
        f"{ENJEUX}:4:26", "reference-inconnue", "cite `gare-neuve`",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of which somebody has already published the data: the quickest of the outputs."""
    racine = ecrire(tmp_path_factory.mktemp("saisies") / "valmer", lire(VALMER))
    assert cli.main(["donnees", "--racine", str(racine), *DATE]) == 0
    return racine


@pytest.fixture
def racine(publie: Path) -> Iterator[Path]:
    """The published dossier, put back as it was after the test; its outputs must not have moved."""
    before = {path: path.read_bytes() for path in publie.rglob("*") if path.is_file()}
    yield publie
    after = {path: path.read_bytes() for path in (publie / "sortie").rglob("*") if path.is_file()}
    assert after == {path: content for path, content in before.items() if path.is_relative_to(publie / "sortie")}
    for path in [path for path in publie.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    for path, content in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def repond(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """What the command answers: its code, its words, its words on the error stream."""
    capsys.readouterr()
    code = cli.main(list(arguments))
    words = capsys.readouterr()
    assert "Traceback" not in words.out + words.err
    return code, simple(words.out), simple(words.err)


@pytest.mark.parametrize("name", SAISIES)
def test_what_is_broken_is_told_with_its_place_and_nothing_published_moves(
    name: str, racine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, place, code, words = SAISIES[name]
    ecrire(racine, files)
    exit_code, told, _ = repond(capsys, "verifier", "--racine", str(racine))
    assert exit_code == 1
    (block,) = [block for block in told.split("\n\n") if block.startswith(f"{place}: erreur [{code}]")][:1]
    assert words in block
    prose = re.sub(r"`[^`]*`|« [^»]* »", "…", block.split("]", 1)[1].split("\n")[0])
    assert not ANGLAIS.search(prose)
    assert re.search(r"^\d+ erreurs?, \d+ alertes?\.$", told, re.MULTILINE)
    exit_code, told, said = repond(capsys, "--racine", str(racine), *DATE)
    assert exit_code == 1
    assert block in told
    assert ": alerte [" not in told
    assert "Rien n'a été produit : corrigez d'abord" in said
    assert "Ce qui était déjà publié est intact." in said


def test_no_object_was_built_on_the_way() -> None:
    assert not Path("pris").exists()


@pytest.mark.parametrize("content", [None, "", "# à écrire\n"])
def test_an_empty_dossier_never_replaces_a_published_site(
    content: str | None, racine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in lire(VALMER):
        if content is None or not path.endswith(".yml"):
            (racine / path).unlink()
        else:
            (racine / path).write_text(content, encoding="utf-8")
    code, told, said = repond(capsys, "--racine", str(racine), *DATE)
    assert code == 1
    assert told.startswith(".:1:1: erreur [dossier-vide] Auc")
    assert "écrivez un premier constat dans `strategy/diagnostic/`" in told
    assert "Ce qui était déjà publié est intact." in said


@pytest.mark.parametrize("typed", ["non", "12:30", "1_000", "2014-10-17", "0o14", "1e3", "Off"])
def test_what_looks_like_something_else_keeps_its_text(
    typed: str, racine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ecrire(racine, change(ENJEUX, TITRE, f"  titre: {typed}\n"))
    code, told, _ = repond(capsys, "comprendre", "enjeu-friches", "--racine", str(racine))
    assert code == 0
    assert re.search(rf"(?<!\w){typed}(?!\w)", told.split("\n\n")[0])
    assert repond(capsys, "verifier", "--racine", str(racine))[0] == 0


def test_a_dossier_with_only_a_diagnostic_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first phase of the démarche: facts, their themes and their sources, and a document to print them."""
    wanted = ("strategy/diagnostic", "data/themes", "data/territoires", "data/sources", "data/indicateurs",
              "data/entretiens", "data/guides", "data/acteurs", "data/glossaire", "data/livrables")  # fmt: skip
    files = {path: content for path, content in lire(VALMER).items() if path.startswith(wanted)}
    decided = "  validation:\n    statut: valide\n    instance: groupe-pilotage\n    decision: decision-2019-09\n"
    path = "strategy/diagnostic/immobilier.yml"
    assert decided in str(files[path])
    files[path] = str(files[path]).replace(decided, "")
    code, told, said = repond(capsys, "--racine", str(ecrire(tmp_path, files)), *DATE)
    assert (code, told) == (0, "")
    assert "0 erreur" in said
    made = tmp_path / "sortie" / "public"
    page = (made / "site" / "index.html").read_text("utf-8")
    assert "Stratégie de développement économique" in page
    assert (made / "site" / "constats" / "vacance-tertiaire.html").is_file()
    for name in ("livrable-strategie.docx", "livrable-strategie.pdf"):
        assert (made / "documents" / name).stat().st_size > 10_000
