"""The command that publishes, on a real dossier: what it makes, what it tells, what it refuses before or after."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.controler_accessibilite import batir
from smde.model.champ import Diffusion
from smde.retrouver import publiees as lues
from tests.commande import anglais, git, simple, smde
from tests.conftest import VALMER, ecrire, lire
from tests.publication.conftest import ACTION, ANCIENNE, RECENTE, Publiees

pytestmark = pytest.mark.lent
INTERNE = "La discussion a surtout porté sur le coût de la dépollution"


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    home = ecrire(tmp_path / "valmer", lire(VALMER))
    git(home, "init", "-q", "-b", "main")
    git(home, "add", ".")
    git(home, "commit", "-qm", "Commencer")
    return home


def test_two_versions_are_published_one_after_the_other(publiees: Publiees) -> None:
    for answer, nom in zip(publiees.reponses, (ANCIENNE, RECENTE), strict=True):
        assert (answer.code, answer.sortie) == (0, ""), answer.dit
        assert f"Publiée : version « {nom} »" in answer.dit
        assert not anglais(re.sub(r"sha256 \w+", "", answer.dit))
    assert git(publiees.depot, "log", "--format=%s", "gh-pages").split() == [RECENTE, ANCIENNE]
    assert git(publiees.depot, "status", "--porcelain") == ""


def test_pages_and_documents_carry_the_name_of_their_version(publiees: Publiees) -> None:
    for nom in (ANCIENNE, RECENTE):
        home = (publiees.racine / nom / "index.html").read_text("utf-8")
        assert f"version {nom}" in home
        assert f'rel="canonical" href="https://strategie.valmer.example/{nom}/' in home


def test_every_page_of_a_version_leads_to_the_list_of_versions_and_no_page_of_a_site_alone(
    publiees: Publiees, tmp_path: Path
) -> None:
    for path, prefix in (("index.html", "../"), ("actions/index.html", "../../")):
        page = (publiees.racine / RECENTE / path).read_text("utf-8")
        assert f'<a href="{prefix}versions.html">Toutes les versions</a>' in page
    alone = batir(VALMER, tmp_path / "seul")
    assert "../versions.html" not in (tmp_path / "seul" / "index.html").read_text("utf-8"), alone


def test_a_version_says_what_changed_since_those_before_it_and_the_first_says_nothing(publiees: Publiees) -> None:
    page = (publiees.racine / RECENTE / "versions" / f"depuis-{ANCIENNE}.html").read_text("utf-8")
    assert "Rendre à la ville" in page
    assert not (publiees.racine / ANCIENNE / "versions").exists()
    register = json.loads((publiees.racine / "publications.json").read_bytes())
    first, second = register["publications"]
    assert (second["depuis"], second["passe"]) == (ANCIENNE, [ANCIENNE])
    assert second["resume"] == ["1 rédaction."] or "rédaction" in " ".join(second["resume"])
    assert "depuis" not in first


def test_the_list_says_body_decision_standing_documents_changes_and_fingerprint(publiees: Publiees) -> None:
    words = simple((publiees.racine / "versions.html").read_text("utf-8"))
    for said in (
        "Juin 2020, « relue »", "(en vigueur)", "12 juin 2020", "Document de travail", "Groupe de pilotage",
        "Valider le diagnostic, n° GP-2019-03, 20 septembre 2019 (adopté)", f'href="{RECENTE}/documents/',
        "<dd>Groupe de pilotage du 20 septembre 2019</dd>", ">Stratégie et schéma (Word)</a>",
        f"empreintes/{ANCIENNE}.txt", f'href="{ANCIENNE}/index.html"',
        "C’est la première version publiée.", f'href="{RECENTE}/donnees/strategie.json"',
    ):  # fmt: skip
        assert said in words, said
    assert "<script" not in words


def test_nothing_but_the_public_edition_is_published(publiees: Publiees) -> None:
    files = [file for file in publiees.racine.rglob("*") if file.is_file() and file.name != ".git"]
    assert len(files) > 200
    for file in files:
        assert INTERNE.encode() not in file.read_bytes(), file
        assert b"redaction@valmer.example" not in file.read_bytes(), file
    assert {file.suffix for file in files} & {".yml", ".j2", ".py"} == set()


def test_a_published_version_is_what_comparing_and_previewing_read(publiees: Publiees) -> None:
    assert [one.nom for one in lues(publiees.depot, Diffusion.public)] == [RECENTE, ANCIENNE]
    answer = smde("comparer", ANCIENNE, "en-vigueur", dossier=publiees.depot)
    assert answer.code == 0
    assert "Rendre à la ville" in answer.sortie


def test_versions_are_listed_and_every_byte_is_read_again(publiees: Publiees) -> None:
    answer = smde("versions", "--verifier", dossier=publiees.depot)
    assert answer.code == 0
    lines = answer.sortie.splitlines()
    assert lines[0].startswith("2 versions publiées")
    assert lines[1] == f"  {RECENTE} – Juin 2020, « relue » [en-vigueur]"
    assert "chaque fichier a les octets qui ont été publiés" in answer.dit
    folder = smde("versions", "--verifier", "--vers", publiees.racine)
    assert (folder.code, folder.sortie) == (0, answer.sortie)


def test_a_byte_that_changed_is_found_and_the_command_fails(publiees: Publiees) -> None:
    file = publiees.racine / ANCIENNE / "glossaire.html"
    content = file.read_bytes()
    try:
        file.write_bytes(content.replace(b"<h1", b"<H1", 1))
        answer = smde("versions", "--verifier", "--vers", publiees.racine)
    finally:
        file.write_bytes(content)
    assert answer.code == 1
    assert f"{ANCIENNE}/glossaire.html n'a plus les octets publiés" in answer.sortie.replace("’", "'")
    assert "1 écart" in answer.dit


@pytest.mark.parametrize("options", [(), ("--refaire",)], ids=["kept", "made again"])
def test_publishing_the_same_dossier_again_makes_the_same_bytes_and_does_nothing(
    publiees: Publiees, options: tuple[str, ...]
) -> None:
    """With documents kept from the first time as with documents made again."""
    tip = git(publiees.depot, "rev-parse", "gh-pages")
    answer = smde("publier", RECENTE, *options, dossier=publiees.depot)
    assert (answer.code, git(publiees.depot, "rev-parse", "gh-pages")) == (0, tip), answer.dit
    assert f"Rien à faire : la version « {RECENTE} » est déjà publiée" in answer.dit
    assert ("rien n'a changé depuis la dernière fois" in answer.dit) is not bool(options)
    assert "Document 1 sur" in answer.dit


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("strategy/enjeux.yml", None),
        ("strategy/nouveau.yml", "[]\n"),
        ("macros/pages/autre.md.j2", "# Autre\n"),
        ("docs/page.md", "# Page\n"),
        ("data/ignore.yml", "[]\n"),
    ],
)
def test_what_is_not_in_git_cannot_become_a_version(depot: Path, path: str, content: str | None) -> None:
    ecrire(depot, {".git/info/exclude": "data/ignore.yml\n", path: content or (depot / path).read_text("utf-8") + "\n"})
    answer = smde("publier", "2026-11", dossier=depot)
    assert answer.code == 1
    assert f"pas enregistrés dans git ({path})" in answer.dit
    assert not anglais(answer.dit)
    assert git(depot, "branch", "--list", "gh-pages") == ""


def test_files_beside_the_content_do_not_prevent_publishing(depot: Path) -> None:
    ecrire(depot, {"brouillon.docx": "à part", "sortie/public/x.html": "à part", "strategy/.DS_Store": "système"})
    answer = smde("publier", "2026-11", "--seance", "inconnue", dossier=depot)
    assert "« inconnue » n'est pas dans l'édition publique. Possibles : " in answer.dit


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--seance", "decision-2019-09"), "La séance « decision-2019-09 » n'est pas dans l'édition publique"),
        (("--decision", "-x"), "--decision : une valeur est attendue"),
        (("--decision", "inconnue"), "Possibles : decision-2019-09."),
        (("--seance", "seance-2020-06", "--decision", "decision-2019-09"), "n'a pas été prise à la séance"),
        (("--diffusion", "interne"), "Seule l'édition publique se publie"),
        (("--branche", "main"), "n'a pas été faite par ce programme"),
        (("--branche", "--all"), "argument inconnu : --all"),
        (("--branche=-f",), "« -f » n'est pas un nom de branche"),
        (("--distant", "github"), "Le dépôt distant « github » n'existe pas ici (connus : aucun)"),
        (("--vers", "."), "choisissez un autre dossier avec --vers"),
        (("--vers", "data/web"), "qui contient la stratégie elle-même"),
        (("--alias", "latest"), "« latest » n'est pas un alias"),
        (("--titre", "<b>"), "« <b> » ne peut pas être un titre"),
    ],
)
def test_a_request_that_cannot_be_is_refused_before_anything_is_made(
    depot: Path, options: tuple[str, ...], said: str
) -> None:
    answer = smde("publier", "2026-11", *options, dossier=depot)
    assert answer.code in (1, 2)
    assert said in answer.dit
    assert "Traceback" not in answer.dit
    assert git(depot, "branch", "--list", "gh-pages") == ""


@pytest.mark.parametrize("nom", ["-2026-11", "--output=x", "2026-13", ".git", "<script>", "a", "", "2026-11/../x"])
def test_a_version_is_not_called_anyhow(depot: Path, nom: str) -> None:
    answer = smde("publier", nom, dossier=depot)
    assert answer.code == 2
    assert not anglais(answer.dit)


def test_a_dossier_with_an_error_or_out_of_git_is_not_published(depot: Path, tmp_path: Path) -> None:
    text = (depot / ACTION).read_text("utf-8")
    (depot / ACTION).write_text(text.replace("priorite: priorite-port", "priorite: priorite-prot"))
    git(depot, "commit", "-qam", "Se tromper")
    answer = smde("publier", "2026-11", "--vers", tmp_path / "web", dossier=depot)
    assert answer.code == 1
    assert "Vouliez-vous dire" in answer.sortie
    alone = ecrire(tmp_path / "seul", lire(VALMER))
    out = smde("publier", "2026-11", "--vers", tmp_path / "web", "--date", "2026-11-20", dossier=alone)
    assert (out.code, "n'est pas suivi par git" in out.dit) == (1, True)
    assert not (tmp_path / "web").exists()


def test_nothing_published_is_said_plainly(depot: Path) -> None:
    answer = smde("versions", "--verifier", dossier=depot)
    assert (answer.code, answer.sortie) == (0, "Aucune version n'est encore publiée ici.\n")


def test_a_state_of_the_past_is_published_from_git_as_it_was_the_same_bytes_as_that_day(
    publiees: Publiees, tmp_path: Path
) -> None:
    past = ("--revision", "main~1", "--seance", "seance-2019-09")
    answer = smde("publier", ANCIENNE, *past, "--vers", tmp_path / "web", "--racine", publiees.depot)
    assert answer.code == 0, answer.dit
    then, now = (
        json.loads((place / "publications.json").read_bytes())["publications"][0]
        for place in (publiees.racine, tmp_path / "web")
    )
    assert (now["version"], now["date"], now["empreinte"]) == (ANCIENNE, "2020-03-02", then["empreinte"])


@pytest.mark.parametrize("revision", ["rien", "gh-pages", "", "HEAD:data", "--output=vole"])
def test_a_revision_that_holds_no_dossier_is_refused_and_nothing_is_written(
    publiees: Publiees, tmp_path: Path, revision: str
) -> None:
    answer = smde("publier", "2019-12", f"--revision={revision}", "--vers", tmp_path / "web", dossier=publiees.depot)
    assert (answer.code, answer.sortie) == (1, "")
    assert answer.dit.startswith(f"« {revision} » n'est pas une révision de git qui contient un dossier")
    assert "git log --oneline" in answer.dit and not anglais(answer.dit.partition(".")[0])
    assert not (tmp_path / "web").exists()


def test_a_repository_without_files_publishes_nothing_and_sends_to_a_clone(depot: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(depot), "nu.git")
    answer = smde("publier", "2020-03", dossier=tmp_path / "nu.git")
    assert answer.code == 1
    assert "est un dépôt sans fichiers de travail : publiez depuis un clone" in answer.dit
    assert "gh-pages" not in git(tmp_path / "nu.git", "branch", "--list")
