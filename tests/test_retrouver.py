"""What a name calls: the work under way, a published version, a place on disk, a revision of a real git."""

import json
import os
import re
from pathlib import Path

import pytest

from smde.dossier import charger
from smde.edition import edition
from smde.model.champ import Diffusion
from smde.outputs import donnees
from smde.refus import Refus
from smde.retrouver import DONNEES, retrouver, versions
from tests.commande import PROJET, anglais, git, simple, smde
from tests.conftest import ecrire

FRICHES = "schema/actions/requalifier-friches.yml"


@pytest.fixture(autouse=True)
def _sans_reglages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the settings of whoever runs the tests."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def change(racine: Path, old: str, new: str, path: str = FRICHES) -> None:
    text = (racine / path).read_text("utf-8")
    assert text.count(old) == 1
    ecrire(racine, {path: text.replace(old, new)})


@pytest.fixture
def depot(racine: Path) -> Path:
    """The dossier in git: two records of its content, the second with a greater budget."""
    git(racine, "init", "-q", "-b", "main")
    git(racine, "add", ".")
    git(racine, "commit", "-qm", "Premier état")
    change(racine, "montant: 800000,", "montant: 950000,")
    git(racine, "commit", "-qam", "Chiffrer la dépollution", jour="2020-06-12")
    return racine


@pytest.fixture
def publie(depot: Path, tmp_path: Path) -> Path:
    """The same with a branch that holds the public version « 2020-03 », known as « projet »."""
    first = edition(charger(depot), Diffusion.public, "2020-03-02")
    site = ecrire(
        tmp_path / "publie",
        {
            "versions.json": json.dumps([{"version": "2020-03", "title": "Mars", "aliases": ["projet"]}]),
            f"2020-03/{DONNEES}": donnees.fichiers(first)["strategie.json"],
        },
    )
    git(site, "init", "-q", "-b", "gh-pages")
    git(site, "add", ".")
    git(site, "commit", "-qm", "2020-03")
    git(depot, "fetch", "-q", str(site), "gh-pages:gh-pages")
    return depot


def test_the_work_under_way_is_called_by_a_dot(depot: Path) -> None:
    change(depot, "maturite: fiche_action", "maturite: engagee")
    here = retrouver(".", depot, Diffusion.public)
    assert here.nom == "dossier de travail"
    assert here.elements["action-requalifier-friches"][1]["maturite"] == "engagee"


@pytest.mark.parametrize("nom", ["HEAD", "main", "HEAD~1", "HEAD^{commit}"])
def test_a_revision_is_called_as_git_calls_it(depot: Path, nom: str) -> None:
    found = retrouver(nom, depot, Diffusion.interne)
    costs = [line["montant"] for line in found.elements["action-requalifier-friches"][1]["budget"]]
    assert costs[0] == (800_000 if "~" in nom else 950_000)
    assert found.date == ("2020-03-02" if "~" in nom else "2020-06-12")


def test_a_dossier_inside_a_repository_has_revisions_too(depot: Path) -> None:
    inner = ecrire(depot / "autre", {"strategy/enjeux.yml": "- {id: accueil, titre: Accueillir, diffusion: public}\n"})
    git(depot, "add", ".")
    git(depot, "commit", "-qm", "Ajouter un dossier")
    assert list(retrouver("HEAD", inner, Diffusion.public).elements) == ["accueil"]


def test_a_published_version_is_called_by_its_name_or_its_alias_whatever_the_capitals(publie: Path) -> None:
    assert [one["version"] for one in versions(publie)] == ["2020-03"]
    for nom in ("2020-03", "projet"):
        assert retrouver(nom, publie, Diffusion.public).nom == "2020-03"


def test_a_shallow_clone_compares_published_versions(publie: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", publie.as_uri(), "clone")
    assert retrouver("2020-03", tmp_path / "clone", Diffusion.public).date == "2020-03-02"
    with pytest.raises(Refus, match="git fetch --unshallow"):
        retrouver("HEAD~1", tmp_path / "clone", Diffusion.public)


def test_a_folder_or_a_file_of_data_may_be_compared(depot: Path, tmp_path: Path) -> None:
    made = donnees.fichiers(edition(charger(depot), Diffusion.public, "2020-03-02"))
    place = ecrire(tmp_path / "copie", {DONNEES: made["strategie.json"]})
    wanted = retrouver("HEAD", depot, Diffusion.public).donnees["elements"]
    for nom in (place, place / "donnees", place / DONNEES, depot):
        assert retrouver(str(nom), depot, Diffusion.public).donnees["elements"] == wanted


@pytest.mark.parametrize("nom", ["inconnue", "-x", "--output=vole", "HEAD:data", "", "refs/../heads", "é\n"])
def test_a_name_that_calls_nothing_is_refused_with_those_that_do(publie: Path, nom: str) -> None:
    with pytest.raises(Refus) as refused:
        retrouver(nom, publie, Diffusion.public)
    assert "Versions publiées : 2020-03." in str(refused.value)
    assert not (publie / "vole").exists()


def test_a_published_version_is_public_and_compares_as_such(publie: Path) -> None:
    with pytest.raises(Refus, match="--diffusion public"):
        retrouver("2020-03", publie, Diffusion.interne)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("titre: Requalifier la friche des anciennes conserveries", "titre: [", "1"),
        ("titre: Requalifier la friche des anciennes conserveries\n", "", "1"),
    ],
)
def test_what_cannot_be_read_is_not_taken_for_what_was_removed(depot: Path, old: str, new: str, said: str) -> None:
    change(depot, old, new)
    with pytest.raises(
        Refus, match=rf"{said}.erreur de lecture\. schema/actions/requalifier-friches.yml:\d+:\d+ : "
    ) as refused:
        retrouver(".", depot, Diffusion.public)
    assert not anglais(str(refused.value))


def test_a_rule_written_since_does_not_forbid_comparing_the_past(depot: Path) -> None:
    change(depot, "statut: en_cours", "statut: realisee")
    assert retrouver(".", depot, Diffusion.public).elements


def test_a_revision_without_dossier_is_refused(depot: Path) -> None:
    git(depot, "checkout", "-q", "--orphan", "vide")
    git(depot, "rm", "-rfq", "--cached", ".")
    git(depot, "commit", "-qm", "Vide", "--allow-empty")
    with pytest.raises(Refus, match="ne contient pas de dossier"):
        retrouver("vide", depot, Diffusion.public)


@pytest.mark.parametrize("form", ["texte", "markdown", "json"])
def test_the_command_tells_what_changed_since_a_revision(depot: Path, form: str) -> None:
    answer = smde("comparer", "HEAD~1", "--diffusion", "interne", "--format", form, "--racine", depot)
    assert (answer.code, answer.dit) == (0, "")
    assert "passe de 1 250 000,50 € à 1 400 000,50 €" in answer.sortie.replace("’", "'")
    if form == "json":
        assert json.loads(answer.sortie)["changements"][0]["rang"] == "montant"


def test_the_command_refuses_in_a_sentence(depot: Path) -> None:
    answer = smde("comparer", "inconnue", "--racine", depot)
    assert (answer.code, answer.sortie) == (1, "")
    assert answer.dit.startswith(
        "« inconnue » n'est ni une version publiée, ni un envoi, ni un dossier, ni une révision de git."
    )


def test_a_published_version_is_compared_by_its_name(publie: Path) -> None:
    answer = smde("comparer", "2020-03", "HEAD", "--racine", publie)
    assert answer.code == 0
    assert simple(answer.sortie).startswith("De « 2020-03 » (2 mars 2020) à « HEAD » (12 juin 2020), édition publique")


def test_a_place_that_holds_no_dossier_is_told_apart_from_a_name_that_calls_nothing(
    publie: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vide").mkdir()
    with pytest.raises(Refus) as refused:
        retrouver("vide", publie, Diffusion.public)
    assert str(refused.value).startswith("« vide » : ce dossier n'a ni strategy/, schema/ ou data/")


def test_a_version_with_a_letter_missing_is_proposed(publie: Path) -> None:
    with pytest.raises(Refus, match="Vouliez-vous dire `2020-03`"):
        retrouver("2020-3", publie, Diffusion.public)


def test_a_folder_that_git_does_not_date_bears_no_date(depot: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "copie").mkdir()
    for part in ("strategy", "schema", "data"):
        (depot / part).rename(folder / part)
    git(depot, "checkout", "-q", "HEAD", "--", ".")
    said = smde("comparer", str(folder), ".", dossier=depot).sortie
    assert simple(said).startswith(f"De « {folder} » à « dossier de travail » (12 juin 2020), édition publique : 0")
    read = json.loads(smde("comparer", str(folder), ".", "--format", "json", dossier=depot).sortie)
    assert (read["avant"]["date"], read["apres"]["date"]) == ("", "2020-06-12")


def test_a_folder_of_somebody_else_is_told_with_what_lets_git_read_it(depot: Path) -> None:
    for request in (("comparer", "HEAD", "."), ("publier", "2020-06"), ("versions",)):
        answer = smde(*request, dossier=depot, env={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"})
        assert answer.code == 1
        assert "qui appartient à un autre utilisateur" in answer.dit
        assert f"git config --global --add safe.directory {depot}" in answer.dit


def test_without_git_two_places_compare_and_what_needs_it_says_so(
    depot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    data = donnees.fichiers(edition(charger(depot), Diffusion.public, "2020-03-02"))["strategie.json"]
    (tmp_path / "strategie.json").write_bytes(data)
    assert retrouver(str(tmp_path / "strategie.json"), depot, Diffusion.public).date == "2020-03-02"
    assert retrouver(".", depot, Diffusion.public).elements
    assert versions(depot) == []
    for request in (("comparer", "HEAD", "."), ("publier", "2020-06"), ("versions",)):
        answer = smde(*request, dossier=depot)
        assert (answer.code, answer.sortie) == (1, "")
        assert "git n'est pas installé sur cette machine" in answer.dit


GUIDE = (PROJET / "docs" / "guide" / "comparer-deux-versions.md").read_text("utf-8")


def test_the_guide_shows_what_the_command_prints(depot: Path) -> None:
    change(depot, "titre: Requalifier la friche", "titre: Rendre à la ville la friche")
    git(depot, "commit", "-qam", "Renommer l'action", jour="2020-06-12")
    git(depot, "tag", "2020-03", "HEAD~2")
    git(depot, "tag", "2020-06")
    answer = smde("comparer", "2020-03", "2020-06", dossier=depot)
    assert f"```text\n{answer.sortie}```\n" in simple(GUIDE), answer


def test_the_refusals_the_guide_explains_are_those_of_the_program() -> None:
    program = "".join(re.sub(r'"\s*(?:or\s+)?f?"', "", path.read_text("utf-8")) for path in sources())
    quoted = [words for line in GUIDE.splitlines() if line.startswith("| « ") for words in QUOTED.findall(line)]
    said = [words for words in quoted if words not in ("est une édition publique", "interne")]
    assert len(said) >= 7
    assert [words for words in said if words not in program] == []


def sources() -> list[Path]:
    return [path for path in (PROJET / "smde").rglob("*.py") if path.name in FILES]


QUOTED = re.compile(r"« (.+?) »")
FILES = {"retrouver.py", "instantane.py", "construire.py", "git.py"}
