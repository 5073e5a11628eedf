"""The command `smde`: verbs and options in French, one door for errors, nothing decided here."""

import argparse
import gc
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from smde import __version__, comprendre, report
from smde.construire import Refus, atelier, livrer, verifier
from smde.diagnostic import Diagnostic
from smde.dossier import Dossier
from smde.model.champ import Diffusion
from smde.model.identite import FormatDocument
from smde.outputs.outil import OutilEnEchec
from smde.pages import TemplateFault
from smde.versions import date_du_contenu

PROGRAMME = os.environ.get("SMDE_PROGRAMME", "smde")
_FRENCH = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "affiche cette aide et s'arrête",
    "show program's version number and exit": "affiche la version du programme et s'arrête",
    "subcommands": "verbes",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "arguments inconnus : %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "« %(value)s » n'est pas possible ; valeurs : %(choices)s",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "%(prog)s: error: %(message)s\n": "%(prog)s : %(message)s\n",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s peut être %(matches)s",
    "ignored explicit argument %r": "valeur inattendue : %r",
    "not allowed with argument %s": "ne va pas avec %s",
}
argparse._ = lambda words: _FRENCH.get(words, words)  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """Argparse with the exit code of a refused request, and no abbreviation of options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the request in one line, then how to get help."""
        sys.stderr.write(f"{self.prog} : {message}\nAide : {self.prog} --help\n")
        raise SystemExit(2)


def _jour(words: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"« {words} » n'est pas une date ; écrivez AAAA-MM-JJ, par exemple 2026-11-22")


def _formats(words: str) -> list[FormatDocument]:
    chosen = [name.strip() for name in words.split(",")]
    wrong = [name for name in chosen if name not in FormatDocument.__members__]
    if wrong:
        raise argparse.ArgumentTypeError(
            f"format « {wrong[0]} » inconnu ; formats possibles : {', '.join(FormatDocument)}"
        )
    return [FormatDocument[name] for name in chosen]


def _diffusion(words: str) -> Diffusion:
    if words not in Diffusion.__members__:
        raise argparse.ArgumentTypeError(
            f"« {words} » n'est pas possible ; valeurs : {', '.join(Diffusion.__members__)}"
        )
    return Diffusion[words]


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    common = Parser(add_help=False)
    group = common.add_argument_group("options communes")
    group.add_argument(
        "--racine",
        type=Path,
        metavar="DOSSIER",
        default=Path(),
        help="dossier à lire, avec ses propres strategy/, schema/ et data/ (ici par défaut)",
    )
    group.add_argument(
        "--diffusion",
        type=_diffusion,
        metavar="NIVEAU",
        default=Diffusion.public,
        help="lecteurs de ce qui est produit : public (par défaut), partenaires ou interne",
    )
    group.add_argument(
        "--sortie", type=Path, metavar="DOSSIER", help="où écrire (par défaut : sortie/NIVEAU/ dans le dossier lu)"
    )
    group.add_argument(
        "--date",
        type=_jour,
        metavar="AAAA-MM-JJ",
        help="date de la version (par défaut : celle du dernier enregistrement du contenu dans git)",
    )
    main_parser = Parser(
        prog=PROGRAMME,
        parents=[common],
        description="Vérifie une stratégie de développement économique écrite en YAML et produit son site, ses documents Word et PDF et ses données.",
        epilog="Sans verbe : vérifie, puis produit le site, les documents et les données. Code de retour : 0 si tout va bien, 1 si le dossier contient une erreur, 2 si la demande n'est pas comprise.",
    )
    main_parser.add_argument("--version", action="version", version=f"smde {__version__}")
    verbs = main_parser.add_subparsers(title="verbes", dest="verbe", metavar="VERBE", parser_class=Parser)

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        return verbs.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            parents=[common],
            prog=f"{PROGRAMME} {name}",
        )

    check = verb("verifier", "dit tout ce qui est à corriger dans le dossier, classé par fichier et par ligne")
    check.add_argument(
        "--format",
        choices=list(report.FORMATS),
        default="texte",
        metavar="FORMAT",
        help="texte (par défaut), json, github, gitlab ou sarif",
    )
    verb("site", "produit le site, avec les documents et les données qu'il propose")
    documents = verb("documents", "produit les documents Word, PDF et OpenDocument")
    documents.add_argument(
        "livrables", nargs="*", metavar="LIVRABLE", help="identifiants des documents voulus (tous par défaut)"
    )
    documents.add_argument(
        "--format",
        type=_formats,
        metavar="FORMATS",
        help="formats séparés par des virgules : docx, pdf, odt (ceux du livrable par défaut)",
    )
    verb("donnees", "produit les données ouvertes et les schémas pour les éditeurs de texte")
    serve = verb("servir", "montre le site sur cette machine et le refait à chaque modification")
    serve.add_argument("--port", type=int, default=8000, metavar="PORT", help="port local (8000 par défaut)")
    understand = verb("comprendre", "dit tout d'un élément : sa chaîne, son état, où il est écrit")
    understand.add_argument("identifiant", metavar="ID", help="identifiant de l'élément")
    tests = verbs.add_parser(
        "tests",
        help="lance tous les contrôles du programme : style, types, tests",
        prog=f"{PROGRAMME} tests",
        description="Lance tous les contrôles du programme : style (ruff), types (mypy), tests (pytest).",
    )
    tests.add_argument("arguments", nargs="*", metavar="ARGUMENT", help="arguments transmis à pytest, après « -- »")
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code is 0, 1 (faults in the dossier, output not made) or 2 (request not understood)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    options = parser().parse_args(arguments)
    try:
        return VERBES[options.verbe](options)
    except (Refus, TemplateFault, OutilEnEchec) as refusal:
        _say(str(refusal))
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        _say("Interrompu : ce qui était déjà publié est intact.")
        return 130
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        _say(f"Le système refuse d'écrire ou de lire{where} : {_system(error)}. Ce qui était déjà publié est intact.")
    except Exception as error:
        if os.environ.get("SMDE_DEBUG"):
            traceback.print_exc()
        _say(
            f"Défaut du programme ({type(error).__name__}) : relancez avec SMDE_DEBUG=1 et transmettez ce qui s'affiche. Ce qui était déjà publié est intact."
        )
    return 1


def _system(error: OSError) -> str:
    known = {
        13: "accès refusé",
        28: "le disque est plein",
        30: "dossier en lecture seule",
        2: "introuvable",
        98: "ce port est déjà pris",
    }
    return known.get(error.errno or 0, f"erreur {error.errno}")


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _read(options: argparse.Namespace) -> tuple[Dossier, list[Diagnostic]]:
    if not options.racine.is_dir():
        raise Refus(f"Le dossier « {options.racine} » n'existe pas.")
    gc.disable()  # a dossier is built once and kept: nothing to collect, a fifth of the time saved
    try:
        return verifier(options.racine)
    finally:
        gc.enable()


def _checked(options: argparse.Namespace) -> Dossier:
    """The dossier, once told what is wrong; an error stops there."""
    _say("Lecture et vérification…")
    dossier, diagnostics = _read(options)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severite == "erreur"]
    if errors:
        sys.stderr.write(report.texte(diagnostics))
        raise Refus("Rien n'a été produit : corrigez d'abord les erreurs. Ce qui était déjà publié est intact.")
    _say(
        f"  {len(dossier.elements)} éléments ; {report.bilan(diagnostics)}"
        + (f" Détail : {PROGRAMME} verifier" if diagnostics else "")
    )
    return dossier


def _date(options: argparse.Namespace) -> str:
    found = options.date or date_du_contenu(options.racine)
    if found is None:
        raise Refus(
            "La date de la version est inconnue : ce dossier n'a pas encore d'enregistrement dans git. Indiquez-la avec --date AAAA-MM-JJ."
        )
    return str(found)


def _target(options: argparse.Namespace, name: str) -> Path:
    root = options.sortie or options.racine / "sortie" / options.diffusion.name
    return Path(root) / name


def _verifier(options: argparse.Namespace) -> int:
    _, diagnostics = _read(options)
    sys.stdout.write(report.FORMATS[options.format](diagnostics))
    if options.format != "texte":
        _say(report.bilan(diagnostics))
    return int(any(diagnostic.severite == "erreur" for diagnostic in diagnostics))


def _donnees(options: argparse.Namespace) -> int:
    making = atelier(_checked(options), options.diffusion, _date(options), _say)
    livrer(making.donnees(), _target(options, "donnees"))
    _say(f"Fait : {_target(options, 'donnees')}")
    return 0


def _documents(options: argparse.Namespace) -> int:
    making = atelier(_checked(options), options.diffusion, _date(options), _say)
    files = making.documents(options.livrables, options.format)
    livrer(files, _target(options, "documents"))
    for name in files:
        _say(f"Fait : {_target(options, 'documents') / name}")
    return 0


def _site(options: argparse.Namespace, *, everything: bool = False) -> int:
    making = atelier(_checked(options), options.diffusion, _date(options), _say)
    data, files = making.donnees(), making.documents(odt_voulu=everything)
    published = {f"donnees/{path}": content for path, content in data.items() if not path.startswith("schemas/")}
    published |= {f"documents/{name}": content for name, content in files.items() if not name.endswith(".odt")}
    making.site(_target(options, "site"), published)
    if everything:
        livrer(files, _target(options, "documents"))
        livrer(data, _target(options, "donnees"))
        for name in files:
            _say(f"Fait : {_target(options, 'documents') / name}")
        _say(f"Fait : {_target(options, 'donnees') / 'strategie.json'}")
    _say(f"Fait : {_target(options, 'site') / 'index.html'}")
    return 0


def _comprendre(options: argparse.Namespace) -> int:
    dossier, diagnostics = _read(options)
    words = comprendre.comprendre(dossier, options.identifiant, options.date or "1970-01-01", diagnostics)
    if words is None:
        raise Refus(comprendre.inconnu(dossier, options.identifiant))
    sys.stdout.write(words)
    return 0


def _servir(options: argparse.Namespace) -> int:
    from smde.servir import servir

    return servir(
        options.racine, options.diffusion, options.date or date_du_contenu(options.racine), options.port, _say
    )


def _tests(options: argparse.Namespace) -> int:
    from smde.controles import lancer

    return lancer(options.arguments)


VERBES: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: lambda options: _site(options, everything=True),
    "verifier": _verifier,
    "site": _site,
    "documents": _documents,
    "donnees": _donnees,
    "servir": _servir,
    "comprendre": _comprendre,
    "tests": _tests,
}
