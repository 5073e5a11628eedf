"""The command line: every verb and option, in French to the last word, exit codes, and where each thing is written."""

import argparse
import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from smde import arguments, cli
from smde.arguments import FRANCAIS, parser
from smde.model.champ import Diffusion
from tests.commande import PROJET, anglais, environnement, smde
from tests.conftest import VALMER, Fichiers, ecrire

VERBES = ("verifier", "site", "documents", "modele", "donnees", "servir", "comprendre", "comparer", "decider", "tests")
COMMUNES = ("--racine", "--diffusion", "--sortie", "--date")
MAL_ECRIT = "- id: enjeu-friches\n  titre: Donner un avenir aux friches\n  constat: [friches-portuaires]\n"

PROPRES_A_ARGPARSE = frozenset(
    {
        "conflicting option string: %s", "conflicting option strings: %s", ".__call__() not defined",
        "'required' is an invalid argument for positionals", "mutually exclusive arguments must be optional",
        "%r is not callable", "can't open '%(filename)s': %(error)s", "cannot merge actions - two groups are named %r",
        "invalid option string %(option)r: must start with a character %(prefix_chars)r",
        "dest= is required for options like %r", "invalid conflict_resolution value: %r",
        "cannot have multiple subparser arguments", "conflicting subparser: %s", "conflicting subparser alias: %s",
        "argument \"-\" with mode %r", "unknown parser %(parser_name)r (choices: %(choices)s)",
        "%(prog)s: error: %(message)s\n", "%(prog)s: warning: %(message)s\n",
        "invalid choice: %(value)r (choose from %(choices)s)",
        "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)",
        "invalid %(type)s value: %(value)r", "option '%(option)s' is deprecated", "%(heading)s:",
        "argument '%(argument_name)s' is deprecated", "command '%(parser_name)s' is deprecated",
        "show program's version number and exit", " (default: %(default)s)",
    }
)  # fmt: skip
"""What argparse says to programmers, what our parser says in its stead, and « options: » which is the same."""


def test_every_sentence_that_this_python_has_for_users_is_translated() -> None:
    tree = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    said = [
        call.args[:1] if call.func.id == "_" else call.args[:2] for call in calls if call.func.id in ("_", "ngettext")
    ]  # type: ignore[attr-defined]
    words = {node.value for arguments in said for node in arguments if isinstance(node, ast.Constant)}
    assert len(words) > 30
    assert words - FRANCAIS.keys() - PROPRES_A_ARGPARSE == set()


@pytest.mark.parametrize("verbe", ["", *VERBES])
def test_the_help_of_every_verb_is_complete_and_wholly_french(verbe: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([*filter(None, [verbe]), "--help"])
    page = capsys.readouterr().out
    assert end.value.code == 0
    assert page.startswith("usage : ")
    assert anglais(page) == []
    assert all(option in page for option in COMMUNES) is (verbe != "tests")
    if not verbe:
        assert all(f"    {name} " in page for name in VERBES)
        assert "Code de retour : 0" in page


@pytest.mark.parametrize(
    ("demande", "phrase"),
    [
        (["imprimer"], "« imprimer » : ce verbe n'existe pas. Valeurs possibles : verifier, site, documents"),
        (["vérifier"], "« vérifier » : ce verbe n'existe pas. Vouliez-vous dire « verifier » ?"),
        (
            ["site", "--difusion", "interne"],
            "argument inconnu : --difusion. Vouliez-vous dire « --diffusion »",
        ),
        (["site", "--port", "8001"], "smde site : argument inconnu : --port."),
        (["verifier", "tout"], "argument inconnu : tout."),
        (["--dif", "interne"], "argument inconnu : --dif."),
        (["comprendre"], "il manque : ID."),
        (["documents", "--format"], "--format : une valeur est attendue."),
        (
            ["documents", "--format", "docx,doc"],
            "le format « doc » n'existe pas ; formats possibles : docx, pdf, odt, xlsx.",
        ),
        (["documents", "--format", ","], "le format « , » n'existe pas"),
        (["verifier", "--format", "xml"], "Valeurs possibles : texte, json, github, gitlab, sarif."),
        (["verifier", "--format", "jsno"], "Vouliez-vous dire « json » ?"),
        (
            ["--diffusion", "tous"],
            "le niveau « tous » n'existe pas ; niveaux possibles : public, partenaires, interne.",
        ),
        (["--date", "2026-02-30"], "« 2026-02-30 » n'est pas une date ; écrivez AAAA-MM-JJ"),
        (["--date", "30/02/2026"], "« 30/02/2026 » n'est pas une date"),
        (["--date", "20260228"], "« 20260228 » n'est pas une date"),
        (["--date", "２０２６-02-28"], "n'est pas une date"),
        (["servir", "--port", "http"], "« http » n'est pas un port ; donnez un nombre de 0 à 65535."),
        (["servir", "--port", "65536"], "« 65536 » n'est pas un port"),
        (["servir", "--port=-1"], "« -1 » n'est pas un port"),
        (["--racine", "/nulle/part"], "le dossier « /nulle/part » n'existe pas."),
        (["--help=oui"], "aucune valeur n'est attendue, ici 'oui'."),
    ],
)
def test_a_request_that_is_not_understood_is_refused_in_one_french_sentence(
    demande: list[str], phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(demande)
    told = capsys.readouterr()
    assert end.value.code == 2
    assert told.out == ""
    assert phrase in told.err
    assert anglais(told.err.replace("--help", "")) == []
    assert told.err.splitlines()[-1].startswith("Aide : smde")
    assert "?." not in told.err


@pytest.mark.parametrize("place", ["avant", "après"])
@pytest.mark.parametrize("verbe", [verbe for verbe in VERBES if verbe != "tests"])
def test_a_common_option_counts_wherever_it_stands(verbe: str, place: str, tmp_path: Path) -> None:
    common = ["--racine", str(tmp_path), "--diffusion", "interne", "--sortie", "ailleurs", "--date", "2020-03-02"]
    known = {
        **{key: ["enjeu-friches"] for key in ("comprendre", "comparer", "decider")},
        "modele": ["verifier", "charte.docx"],
    }
    wanted = [verbe, *known.get(verbe, [])]
    options = parser().parse_args([*common, *wanted] if place == "avant" else [*wanted, *common])
    assert (options.racine, options.diffusion) == (tmp_path, Diffusion.interne)
    assert (options.sortie, options.date, options.verbe) == (Path("ailleurs"), "2020-03-02", verbe)


def test_without_options_the_dossier_here_is_read_for_the_public() -> None:
    for demande in ([], ["site"]):
        options = parser().parse_args(demande)
        assert (options.racine, options.diffusion) == (Path(), Diffusion.public)
        assert options.sortie is None and options.date is None


def test_an_option_given_again_after_the_verb_has_the_last_word() -> None:
    options = parser().parse_args(["--diffusion", "interne", "site", "--diffusion", "partenaires"])
    assert options.diffusion is Diffusion.partenaires


def test_what_follows_two_dashes_is_for_pytest() -> None:
    assert parser().parse_args(["tests", "--", "-k", "friches"]).arguments == ["-k", "friches"]


@pytest.mark.parametrize("command", [[sys.executable, "-m", "smde"], [str(Path(sys.executable).with_name("smde"))]])
def test_the_module_and_the_installed_command_are_one_program(command: list[str]) -> None:
    if not Path(command[0]).exists():
        assert "SMDE_CI" not in os.environ
        pytest.skip("the command is not installed beside this Python")
    done = subprocess.run([*command, "--version"], env=environnement(), cwd=PROJET, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("smde ")


def test_commands_are_quoted_as_the_person_called_the_program(racine: Path) -> None:
    called = {"SMDE_PROGRAMME": "python3 build.py"}
    assert smde("--help", env=called).sortie.startswith("usage : python3 build.py ")
    assert "Aide : python3 build.py --help" in smde("imprimer", env=called).dit
    told = smde("donnees", "--racine", racine, "--date", "2020-03-02", env=called).dit
    assert f"Détail : python3 build.py verifier --racine {racine}\n" in told


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}]
)
def test_accents_are_written_whatever_the_terminal_says_it_knows(locale: dict[str, str]) -> None:
    assert "Vérifie une stratégie de développement économique" in smde("--help", env=locale).sortie


def test_verifier_writes_its_report_alone_on_the_standard_output(racine: Path) -> None:
    answer = smde("verifier", "--racine", racine)
    assert (answer.code, answer.dit) == (0, "")
    assert answer.sortie.splitlines()[-1] == "0 erreur, 4 alertes."
    answer = smde("verifier", "--racine", racine, "--format", "json")
    assert len(json.loads(answer.sortie)["diagnostics"]) == 4
    assert answer.dit == "0 erreur, 4 alertes.\n"


@pytest.mark.parametrize("form", ["texte", "json", "github", "gitlab", "sarif"])
def test_an_error_gives_exit_code_one_in_every_format(form: str, fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    racine = ecrire(tmp_path, {**fichiers_valmer, "strategy/enjeux.yml": MAL_ECRIT})
    answer = smde("verifier", "--format", form, "--racine", racine)
    assert answer.code == 1
    assert "constat" in answer.sortie
    if form in ("json", "gitlab", "sarif"):
        json.loads(answer.sortie)


@pytest.mark.parametrize(
    ("folder", "phrase"), [("", "Aucun fichier YAML"), ("strategy/diagnostic", "Aucun fichier YAML")]
)
def test_an_empty_dossier_is_told_how_to_begin(folder: str, phrase: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    answer = smde("verifier", "--racine", tmp_path)
    assert answer.code == 1
    assert phrase in answer.sortie
    assert answer.sortie.splitlines()[-1] == "1 erreur, 0 alerte."


def test_a_reader_that_leaves_early_is_no_fault(racine: Path) -> None:
    command = f"{sys.executable} -m smde verifier --racine {racine} | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=PROJET, env=environnement(), capture_output=True, text=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_a_defect_is_told_in_french_and_in_detail_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: Any) -> int:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setitem(cli.VERBES, "verifier", fails)
    assert cli.main(["verifier", "--racine", str(VALMER)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Défaut du programme (ZeroDivisionError) : relancez la même commande avec SMDE_DEBUG=1")
    assert "Traceback" not in told
    monkeypatch.setenv("SMDE_DEBUG", "1")
    assert cli.main(["verifier", "--racine", str(VALMER)]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "phrase"),
    [(13, "accès refusé"), (28, "le disque est plein"), (30, "ce disque est en lecture seule"), (5, "erreur 5")],
)
def test_what_the_system_refuses_is_told_in_french(
    number: int, phrase: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: Any) -> int:
        raise OSError(number, os.strerror(number), "/srv/sortie")

    monkeypatch.setitem(cli.VERBES, "verifier", fails)
    assert cli.main(["verifier", "--racine", str(VALMER)]) == 1
    told = capsys.readouterr().err
    assert f"Le système refuse : {phrase} (« /srv/sortie »)." in told
    assert os.strerror(number) not in told


def test_ctrl_c_is_no_defect(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.VERBES, "verifier", stopped)
    assert cli.main(["verifier", "--racine", str(VALMER)]) == 130
    assert capsys.readouterr().err == "Interrompu. Ce qui était déjà publié est intact.\n"


def test_an_unknown_document_is_refused_with_those_there_are(racine: Path) -> None:
    answer = smde("documents", "strategie", "--racine", racine, "--date", "2020-03-02")
    assert answer.code == 1
    assert (
        "Le document « strategie » n'existe pas dans cette édition. Documents possibles : livrable-strategie."
        in answer.dit
    )
    assert not (racine / "sortie" / "public" / "documents").exists()


def test_the_words_of_argparse_are_french_in_every_program_of_this_process() -> None:
    assert arguments.argparse._("expected one argument") == "une valeur est attendue"  # type: ignore[attr-defined]
    assert (
        arguments.argparse.ngettext("expected %s argument", "expected %s arguments", 2) == "%s valeurs sont attendues"
    )  # type: ignore[attr-defined]
