"""`modele verifier` and `documents --modele`: what the communication service reads, and what is written or not."""

from pathlib import Path

import pytest

from smde import bilan_modele
from smde.bilan_modele import bilan, completer, ouvrir
from smde.modele_word import lire, titres
from smde.outputs.word.dress import Dress
from smde.refus import Refus
from tests.commande import anglais, simple, smde
from tests.conftest import Fichiers, ecrire, premieres_lignes, verifier
from tests.outputs.conftest import Word
from tests.outputs.modeles_word import change, charte, detache, paquet, parties, png, sobre

SOBRE, CHARTE = sobre(), detache(charte())
UTILES = len(Dress(lire(SOBRE), "#a63d00").completed.idents)
REPRIS = 10
"""Of the styles that documents use, those that the model with a letterhead has."""


def phrases(octets: bytes) -> str:
    return simple(bilan(lire(octets)))


def sans_titres() -> bytes:
    parts = parties(SOBRE)
    return paquet({**parts, "word/styles.xml": parts["word/styles.xml"].replace(b'"Titre ', b'"Rubrique ')})


@pytest.fixture
def modele(tmp_path: Path) -> Path:
    (tmp_path / "charte.docx").write_bytes(CHARTE)
    return tmp_path / "charte.docx"


def test_the_report_says_which_styles_are_taken_and_which_are_made() -> None:
    said = phrases(SOBRE)
    assert f"Repris du modèle : 7 styles sur {UTILES} utiles." in said
    missing = said[said.index("Manquent") : said.index("\nTitres")]
    assert all(name in missing for name in ("Avertissement", "Texte de tableau", "Titre 4", "TM 1", "Corps de texte"))
    assert "Légende" not in missing and "Titre 1," not in missing


def test_the_report_says_how_headings_are_numbered_with_which_fonts_and_colour() -> None:
    said = phrases(CHARTE)
    assert "Styles de titre du modèle : Titre 1, Titre 2." in said
    assert "celle du modèle, qui donne « Article I », « I.1 », « a) »." in said
    assert "Polices : Calibri (12 points) pour le texte, Verdana pour les titres." in said
    assert "#7a1f5c" in said
    assert "le modèle ne numérote pas ses titres, les documents non plus" in phrases(SOBRE)


def test_the_report_says_what_every_page_will_say() -> None:
    said = phrases(CHARTE)
    assert "Pages droites : 21 × 29,7 cm, marges (haut, droite, bas, gauche) 3,5, 2, 2,5, 3 cm." in said
    assert "Pages larges, pour les grands tableaux : 29,7 × 21 cm" in said
    assert "Première page, en-tête : une image." in said
    assert "Pages courantes, en-tête : « Métropole du Ponant [titre] – Direction »." in said
    assert "Pages courantes, pied de page : « [date] 2 »." in said
    assert "Jeanne" not in said and "jlegall" not in said
    assert "Sans en-tête : les documents portent le leur" in phrases(SOBRE)


def test_the_report_says_the_language_and_what_is_left_in_the_model() -> None:
    said = phrases(CHARTE)
    assert "Le modèle est en anglais (en-us) : les documents sont déclarés en français." in said
    assert "Dans ce fichier : les commentaires, les données jointes (customXml)." in said
    assert "Langue\n  Français." in phrases(SOBRE)


def test_the_report_is_french_to_the_last_word() -> None:
    for octets in (SOBRE, CHARTE):
        own = phrases(octets).replace("Definition", "").replace("Block Text", "").replace("Table", "")
        assert anglais(own) == []


def test_a_completed_model_lacks_nothing_and_says_so(modele: Path, tmp_path: Path) -> None:
    made = completer(modele, tmp_path / "copie.docx")
    assert made == UTILES - REPRIS
    said = phrases((tmp_path / "copie.docx").read_bytes())
    assert f"Repris du modèle : {UTILES} styles sur {UTILES} utiles.\n  Il n'en manque aucun." in said.replace("’", "'")
    assert modele.read_bytes() == CHARTE


def test_a_completed_model_gives_the_same_document_as_the_model_it_comes_from(modele: Path, tmp_path: Path) -> None:
    completer(modele, tmp_path / "copie.docx")
    first, second = (Dress(lire(octets), "#a63d00") for octets in (CHARTE, (tmp_path / "copie.docx").read_bytes()))
    assert first.completed.idents == second.completed.idents
    assert first.levels == second.levels and first.colour == second.colour
    assert second.completed.added == []


def test_everything_else_in_the_copy_is_as_it_was(modele: Path, tmp_path: Path) -> None:
    completer(modele, tmp_path / "copie.docx")
    before, after = parties(CHARTE), parties((tmp_path / "copie.docx").read_bytes())
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {"word/styles.xml", "[Content_Types].xml"}
    assert "CONTENU-DU-MODELE" in after["word/document.xml"].decode()


@pytest.mark.parametrize(("octets", "why"), [(charte(), "attached"), (sans_titres(), "no heading")])
def test_a_copy_puts_right_what_it_can(octets: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "modele.docx").write_bytes(octets)
    with pytest.raises(Refus):
        ouvrir(tmp_path / "modele.docx")
    completer(tmp_path / "modele.docx", tmp_path / "copie.docx")
    assert titres(ouvrir(tmp_path / "copie.docx"))[:3] == [1, 2, 3], why
    assert b"attachedTemplate" not in b"".join(parties((tmp_path / "copie.docx").read_bytes()).values())


def test_a_copy_of_a_template_is_a_document(tmp_path: Path) -> None:
    parts = parties(SOBRE)
    types = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    (tmp_path / "charte.dotx").write_bytes(paquet({**parts, "[Content_Types].xml": types}))
    completer(tmp_path / "charte.dotx", tmp_path / "copie.docx")
    assert b"template.main" not in parties((tmp_path / "copie.docx").read_bytes())["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("nom", "phrase"),
    [
        ("charte.docx", "existe déjà et n'est pas remplacé"),
        ("copie.doc", "le nom de la copie doit finir par .docx"),
        ("nulle-part/copie.docx", "n'existe pas"),
    ],
)
def test_a_copy_never_takes_the_place_of_a_file(modele: Path, tmp_path: Path, nom: str, phrase: str) -> None:
    with pytest.raises(Refus, match=phrase):
        completer(modele, tmp_path / nom)
    assert [path.name for path in tmp_path.iterdir()] == ["charte.docx"]
    assert modele.read_bytes() == CHARTE


def test_a_link_to_the_model_is_not_taken_for_another_file(modele: Path, tmp_path: Path) -> None:
    (tmp_path / "lien.docx").symlink_to(modele)
    with pytest.raises(Refus, match="existe déjà"):
        completer(modele, tmp_path / "lien.docx")


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("absent.docx", None, "n’existe pas."),
        ("chartre.docx", None, "Vouliez-vous dire charte.docx ?"),
        ("notice.docx", b"%PDF-1.4", "est un PDF, même si son nom dit autre chose."),
        ("macros.docm", paquet({**parties(SOBRE), "word/vbaProject.bin": b"\0"}), "contient des macros."),
    ],
)
def test_a_model_that_cannot_be_taken_is_told_in_one_sentence(
    modele: Path, nom: str, octets: bytes | None, phrase: str
) -> None:
    if octets is not None:
        (modele.parent / nom).write_bytes(octets)
    with pytest.raises(Refus) as refused:
        ouvrir(modele.parent / nom)
    assert simple(phrase) in simple(str(refused.value)) and nom in str(refused.value)


def test_a_folder_or_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refus, match="est un dossier"):
        ouvrir(tmp_path)
    (tmp_path / "film.docx").write_bytes(b"PK" + bytes(50))
    monkeypatch.setattr(bilan_modele, "PLUS_GROS", 20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(Refus, match="pèse plus de"):
        ouvrir(tmp_path / "film.docx")


# As a command


def test_the_verb_answers_on_the_standard_output_and_succeeds(modele: Path, tmp_path: Path) -> None:
    answer = smde("modele", "verifier", modele, dossier=tmp_path)
    assert answer.code == 0, answer.dit
    assert answer.sortie.startswith("Styles\n  Repris du modèle")
    assert f"« {modele} » peut servir de modèle tel quel." in answer.dit


def test_the_verb_refuses_and_fails_without_writing_anything(tmp_path: Path) -> None:
    (tmp_path / "modele.docx").write_bytes(charte())
    answer = smde("modele", "verifier", "modele.docx", dossier=tmp_path)
    assert answer.code == 1 and answer.sortie == ""
    assert answer.dit.startswith("Le modèle « modele.docx » est rattaché à un autre modèle")
    assert [path.name for path in tmp_path.iterdir()] == ["modele.docx"]
    done = smde("modele", "verifier", "modele.docx", "--completer", "copie.docx", dossier=tmp_path)
    assert (done.code, done.sortie) == (0, "") and f"Fait : copie.docx ({UTILES - REPRIS} styles ajoutés)." in done.dit


def test_documents_take_a_model_for_once(racine: Path, modele: Path) -> None:
    asked = ("documents", "--racine", racine, "--format", "docx", "--date", "2020-03-02", "--diffusion", "partenaires")
    answer = smde(*asked, "--modele", modele)
    assert answer.code == 0, answer.dit
    [made] = (racine / "sortie" / "partenaires" / "documents").glob("*.docx")
    assert Word(made).styled("Titre1")
    assert any("diffusion partenaires" in Word(made).text(p) for p in Word(made).find("w:p")[:4])


def test_a_refused_model_leaves_former_documents_alone(racine: Path, tmp_path: Path) -> None:
    asked = ("documents", "--racine", racine, "--format", "docx", "--date", "2020-03-02")
    assert smde(*asked).code == 0
    [made] = (racine / "sortie" / "public" / "documents").glob("*.docx")
    before = made.read_bytes()
    (tmp_path / "modele.docx").write_bytes(b"%PDF-1.7")
    answer = smde(*asked, "--modele", tmp_path / "modele.docx")
    assert answer.code == 1 and "est un PDF" in answer.dit and "Traceback" not in answer.dit
    assert made.read_bytes() == before


# As a setting of the dossier


def erreurs(racine: Path) -> list[str]:
    return premieres_lignes([told for told in verifier(racine) if told.severite == "erreur"])


def identite(fichiers: Fichiers, chemin: str) -> dict[str, str | bytes]:
    text = fichiers["data/identite.yml"]
    assert isinstance(text, str)
    return {**fichiers, "data/identite.yml": f"{text}modele_word: {chemin}\n"}


def test_the_model_of_the_dossier_is_used_without_being_asked_for(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    dossier = {**identite(fichiers_valmer, "modeles/charte.docx"), "data/modeles/charte.docx": CHARTE}
    racine = ecrire(tmp_path / "valmer", dossier)
    assert erreurs(racine) == []
    answer = smde("documents", "--racine", racine, "--format", "docx", "--date", "2020-03-02")
    assert answer.code == 0, answer.dit
    [made] = (racine / "sortie" / "public" / "documents").glob("*.docx")
    assert Word(made).styled("Titre1")


@pytest.mark.parametrize(
    ("octets", "code", "message"),
    [
        (b"%PDF-1.7", "modele-refuse", "Le fichier `charte.docx` est un PDF, même si son nom dit autre chose."),
        (charte(), "modele-refuse", "Le fichier `charte.docx` est rattaché à un autre modèle"),
        (sans_titres(), "modele-refuse", "Le fichier `charte.docx` n'a pas de style « Titre 1 »"),
        (png(), "modele-refuse", "Le fichier `charte.docx` n'est pas un fichier Word."),
        (None, "fichier-absent", "Le fichier `charte.docx`"),
    ],
)
def test_a_model_that_cannot_be_taken_is_told_at_its_line(
    tmp_path: Path, fichiers_valmer: Fichiers, octets: bytes | None, code: str, message: str
) -> None:
    fichiers = identite(fichiers_valmer, "charte.docx")
    racine = ecrire(tmp_path, {**fichiers, **({} if octets is None else {"data/charte.docx": octets})})
    line = str(fichiers["data/identite.yml"]).count("\n")
    [told] = erreurs(racine)
    assert told.startswith(f"data/identite.yml:{line}:14 [{code}] {message}"), told


def test_a_model_too_heavy_is_told_without_being_read(
    tmp_path: Path, fichiers_valmer: Fichiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    racine = ecrire(tmp_path, {**identite(fichiers_valmer, "charte.docx"), "data/charte.docx": bytes(30_100_000)})
    monkeypatch.setattr("smde.modele_word.lire", lambda _: pytest.fail("the file was read"))
    [told] = erreurs(racine)
    assert "[fichier-trop-gros] Le fichier `charte.docx` fait 30,1 Mo ; la limite est de 30 Mo." in simple(told)


def test_a_model_with_its_own_words_changes_no_other_output() -> None:
    """What a model says is in Word files only: the fields it fills are those of the document."""
    other = change(CHARTE, styles=("7A1F5C", "005A8C"))
    assert phrases(other).replace("005a8c", "7a1f5c") == phrases(CHARTE)
