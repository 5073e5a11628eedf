"""What may be asked on the command line, and how a request that is not understood is refused: all in French."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from smde import __version__, report
from smde.diagnostic import suggestion
from smde.model.champ import Diffusion
from smde.model.identite import FormatDocument
from smde.publication import grammaire
from smde.refus import Refus

PROGRAMME = os.environ.get("SMDE_PROGRAMME") or "smde"
"""How the person called the program, so that the commands we quote can be typed as they are."""

FRANCAIS = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "affiche cette aide et s'arrête",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s : %(message)s",
    "the following arguments are required: %s": "il manque : %s",
    "unrecognized arguments: %s": "argument inconnu : %s",
    "ambiguous option: %(option)s could match %(matches)s": "option ambiguë : %(option)s (%(matches)s)",
    "expected one argument": "une valeur est attendue",
    "expected at most one argument": "une valeur au plus est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "expected %s argument": "une valeur est attendue",
    "expected %s arguments": "%s valeurs sont attendues",
    "ignored explicit argument %r": "aucune valeur n'est attendue, ici %r",
    "unexpected option string: %s": "option inattendue : %s",
    "not allowed with argument %s": "ne va pas avec %s",
    "one of the arguments %s is required": "il manque l'un de : %s",
}
"""The words of argparse that a person may read."""
argparse._ = lambda words: FRANCAIS.get(words, words)  # type: ignore[attr-defined]
argparse.ngettext = lambda one, many, count: FRANCAIS.get(one if count == 1 else many, one)  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """Argparse with French refusals, and no abbreviation of options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "formatter_class": _Formatter, **options})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Refuse unknown options first: argparse would take the word after one for a verb."""
        given = sys.argv[1:] if args is None else list(args)
        for word in given[: given.index("--")] if "--" in given else given:
            if word.startswith("--") and word.split("=")[0] not in self._options():
                self.error(f"argument inconnu : {word}")
        return super().parse_known_args(given, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the request in one line, then how to get help; the exit code is 2."""
        what, _, typed = message.partition(" : ")
        near = _near(typed.split(" ")[0].split("=")[0], self._options()) if what == "argument inconnu" else ""
        end = "" if message.endswith("?") else "."
        self.exit(2, f"{self.prog} : {message}{end}{near and ' ' + near}\nAide : {self.prog} --help\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a value that is none of the choices."""
        if action.choices is not None and value not in action.choices:
            what = "ce verbe n'existe pas" if action.dest == "verbe" else "cette valeur n'existe pas"
            near = _near(str(value), action.choices) or f"Valeurs possibles : {', '.join(action.choices)}"
            raise argparse.ArgumentError(None, f"« {value} » : {what}. {near}")

    def _options(self) -> list[str]:
        """Every option, of this parser and of its verbs."""
        verbs = [action.choices for action in self._actions if isinstance(action.choices, dict)]
        below = [name for parsers in verbs for parser in parsers.values() for name in parser._options()]
        return [*(name for action in self._actions for name in action.option_strings), *dict.fromkeys(below)]


def _near(typed: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » as every message has it, or nothing."""
    return re.sub("`([^`]*)`", r"« \1 »", suggestion(typed, dict.fromkeys(known)))


class _Formatter(argparse.HelpFormatter):
    """Lines of the same width whatever the terminal: the help is also a page of the documentation."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{"max_help_position": 30, "width": 100, **options})


def _jour(words: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
            return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"« {words} » n'est pas une date ; écrivez AAAA-MM-JJ, par exemple 2026-11-22")


def _formats(words: str) -> list[FormatDocument]:
    chosen = [name.strip() for name in words.split(",") if name.strip()]
    wrong = next((name for name in chosen if name not in FormatDocument.__members__), None if chosen else words)
    if wrong is not None:
        listed = ", ".join(FormatDocument.__members__)
        raise argparse.ArgumentTypeError(f"le format « {wrong} » n'existe pas ; formats possibles : {listed}")
    return [FormatDocument[name] for name in dict.fromkeys(chosen)]


def _diffusion(words: str) -> Diffusion:
    if words not in Diffusion.__members__:
        listed = ", ".join(Diffusion.__members__)
        raise argparse.ArgumentTypeError(f"le niveau « {words} » n'existe pas ; niveaux possibles : {listed}")
    return Diffusion[words]


def _nom(lire: Callable[[str], str]) -> Callable[[str], str]:
    """A name read by its own grammar, whose refusal is said as those of the command line."""

    def read(words: str) -> str:
        try:
            return lire(words)
        except Refus as refused:
            raise argparse.ArgumentTypeError(str(refused).removesuffix(".")) from None

    return read


def _port(words: str) -> int:
    if re.fullmatch(r"\d{1,5}", words, re.ASCII) and int(words) <= 65535:
        return int(words)
    raise argparse.ArgumentTypeError(f"« {words} » n'est pas un port ; donnez un nombre de 0 à 65535")


def _dossier(words: str) -> Path:
    if not Path(words).is_dir():
        raise argparse.ArgumentTypeError(f"le dossier « {words} » n'existe pas")
    return Path(words)


def parser() -> Parser:
    """The whole command line. The common options may stand before or after the verb."""
    main = Parser(
        prog=PROGRAMME,
        parents=[_common(defaults=True)],
        description=(
            "Vérifie une stratégie de développement économique écrite en YAML et produit son site, ses documents "
            "Word et PDF et ses données."
        ),
        epilog=(
            "Sans verbe : vérifie, puis produit le site, les documents et les données. Code de retour : 0 si tout va "
            "bien, 1 si le dossier contient une erreur ou si rien n'a pu être produit, 2 si la demande n'est pas "
            "comprise."
        ),
    )
    main.add_argument(
        "--version", action="version", version=f"smde {__version__}", help="affiche la version du programme"
    )
    verbs = main.add_subparsers(title="verbes", dest="verbe", metavar="VERBE", parser_class=Parser)
    common = _common(defaults=False)

    def verb(name: str, words: str, parents: Sequence[Parser] = (common,)) -> Parser:
        sentence = words[0].upper() + words[1:] + "."
        return verbs.add_parser(name, help=words, description=sentence, parents=parents, prog=f"{PROGRAMME} {name}")

    check = verb("verifier", "dit tout ce qui est à corriger dans le dossier, classé par fichier et par ligne")
    formats = "texte (par défaut), json, github, gitlab ou sarif"
    check.add_argument("--format", choices=list(report.FORMATS), default="texte", metavar="FORMAT", help=formats)
    verb("site", "produit le site, avec les documents et les données qu'il propose")
    documents = verb("documents", "produit les documents Word, PDF, OpenDocument et Excel")
    documents.add_argument(
        "livrables", nargs="*", metavar="LIVRABLE", help="identifiants des documents voulus (tous par défaut)"
    )
    _mise_en_forme(documents)
    model = verb("modele", "dit ce qu'un modèle Word apporte aux documents et ce qui lui manque")
    model.add_argument("demande", choices=["verifier"], metavar="verifier", help="ce que l'on demande au modèle")
    model.add_argument("fichier", type=Path, metavar="FICHIER", help="le modèle, un fichier .docx ou .dotx")
    model.add_argument(
        "--completer",
        type=Path,
        metavar="COPIE",
        help="écrit une copie du modèle avec les styles qui lui manquent, sans toucher à l'original",
    )
    send = verb("envoyer", "inscrit au registre les documents remis à un acteur, tels qu'il les détient")
    send.add_argument("livrables", nargs="+", metavar="LIVRABLE", help="identifiants des documents remis")
    send.add_argument(
        "--a", required=True, dest="acteur", metavar="ACTEUR", help="identifiant de l'acteur qui les reçoit"
    )
    send.add_argument("--seance", metavar="ID", help="séance où ils sont remis")
    send.add_argument(
        "--le", type=_jour, metavar="AAAA-MM-JJ", help="jour de la remise (par défaut : celui de la séance)"
    )
    send.add_argument(
        "--copie", action="store_true", help="remis pour information à un autre que le destinataire du document"
    )
    send.add_argument("--essai", action="store_true", help="dit ce qui serait inscrit, sans rien écrire")
    _mise_en_forme(send)
    verb("donnees", "produit les données ouvertes et les schémas pour les éditeurs de texte")
    serve = verb("servir", "montre le site sur cette machine et le refait à chaque modification")
    serve.add_argument("--port", type=_port, default=8000, metavar="PORT", help="port local (8000 par défaut)")
    understand = verb("comprendre", "dit tout d'un élément : sa chaîne, son état, où il est écrit")
    understand.add_argument("identifiant", metavar="ID", help="identifiant de l'élément")
    decide = verb("decider", "écrit dans le dossier ce qu'une séance a validé, et garde chaque texte validé")
    decide.add_argument("seance", metavar="SEANCE", help="identifiant de la séance tenue")
    decide.add_argument("--essai", action="store_true", help="dit ce qui serait écrit, sans l'écrire")
    compare = verb("comparer", "dit ce qui a changé entre deux versions, du plus important au moins important")
    what = (
        "une version publiée, un acteur (ce qui lui a été remis en dernier), un dossier, un fichier strategie.json ou "
        "une révision de git"
    )
    compare.add_argument("avant", metavar="AVANT", help=what)
    compare.add_argument(
        "apres", nargs="?", default=".", metavar="APRES", help="de même (par défaut : le dossier tel qu'il est ici)"
    )
    compare.add_argument(
        "--format",
        choices=("texte", "markdown", "json"),
        default="texte",
        metavar="FORMAT",
        help="texte (par défaut), markdown (commentaire d'une demande de fusion) ou json",
    )
    compare.add_argument(
        "--branche", default="gh-pages", metavar="BRANCHE", help="branche des versions publiées (gh-pages par défaut)"
    )
    publish = verb("publier", "publie une version qui ne changera plus, avec ses documents et ses données")
    publish.add_argument(
        "version", type=_nom(grammaire.version), metavar="VERSION", help="2026-11, 2026-11-projet ou 1.2.0"
    )
    publish.add_argument(
        "--titre",
        type=_nom(grammaire.titre),
        metavar="TITRE",
        help="comment l'appeler dans le menu (son nom par défaut)",
    )
    publish.add_argument(
        "--alias",
        type=_nom(grammaire.alias),
        metavar="ALIAS",
        help="en-vigueur (la version qui s'applique) ou projet (celle qui est soumise)",
    )
    publish.add_argument("--seance", metavar="ID", help="séance où la version est présentée")
    publish.add_argument("--decision", metavar="ID", help="décision qui la valide")
    publish.add_argument(
        "--revision",
        metavar="REVISION",
        help="publie le dossier tel qu'il était à une révision de git, au lieu de ce qu'il est",
    )
    publish.add_argument(
        "--distant",
        metavar="DEPOT",
        help="où envoyer la branche : origin (par défaut, s'il existe), un autre dépôt distant, ou aucun",
    )
    listed = verb("versions", "liste les versions publiées, de la plus récente à la plus ancienne")
    listed.add_argument("--verifier", action="store_true", help="recalcule l'empreinte de chaque fichier publié")
    for one in (documents, publish):
        one.add_argument(
            "--refaire",
            action="store_true",
            help="refait aussi les documents qui n'ont pas changé depuis la dernière fois",
        )
    for one in (publish, listed):
        one.add_argument(
            "--branche",
            type=_nom(grammaire.branche),
            default="gh-pages",
            metavar="BRANCHE",
            help="branche des versions publiées (gh-pages par défaut)",
        )
        one.add_argument("--vers", type=Path, metavar="DOSSIER", help="un dossier, au lieu d'une branche de git")
    tests = verb("tests", "lance tous les contrôles du programme : style, types, tests", parents=())
    tests.add_argument("arguments", nargs="*", metavar="ARGUMENT", help="arguments transmis à pytest, après « -- »")
    return main


def _mise_en_forme(verb: argparse.ArgumentParser) -> None:
    """How documents are made, for the verbs that make some."""
    verb.add_argument(
        "--format",
        type=_formats,
        metavar="FORMATS",
        help="formats séparés par des virgules : docx, pdf, odt, xlsx (ceux que demande chaque document par défaut)",
    )
    verb.add_argument(
        "--modele",
        type=Path,
        metavar="FICHIER",
        help="modèle Word de la collectivité, pour cette fois (par défaut : modele_word de data/identite.yml)",
    )
    verb.add_argument(
        "--depuis",
        metavar="VERSION",
        help="montre en modifications suivies ce qui a changé depuis une version, la dernière remise à un acteur, un "
        "dossier ou une révision de git",
    )
    verb.add_argument(
        "--reviseur", metavar="NOM", help="qui signe les modifications suivies (par défaut : la collectivité)"
    )
    verb.add_argument(
        "--paginer",
        action="store_true",
        help="écrit dans le sommaire des documents Word les numéros de page que donne LibreOffice (plus long)",
    )
    verb.add_argument(
        "--suivi", action="store_true", help="documents Word ouverts avec le suivi des modifications activé"
    )


def _common(*, defaults: bool) -> Parser:
    """The common options; without defaults after the verb, where they would undo what stands before it."""

    def default(value: object) -> object:
        return value if defaults else argparse.SUPPRESS

    common = Parser(add_help=False)
    group = common.add_argument_group("options communes")
    group.add_argument(
        "--racine",
        type=_dossier,
        metavar="DOSSIER",
        default=default(Path()),
        help="dossier à lire, avec ses propres strategy/, schema/ et data/ (ici par défaut)",
    )
    group.add_argument(
        "--diffusion",
        type=_diffusion,
        metavar="NIVEAU",
        default=default(Diffusion.public),
        help="lecteurs de ce qui est produit : public (par défaut), partenaires ou interne",
    )
    group.add_argument(
        "--sortie",
        type=Path,
        metavar="DOSSIER",
        default=default(None),
        help="où écrire (par défaut : sortie/NIVEAU/ dans le dossier lu)",
    )
    group.add_argument(
        "--date",
        type=_jour,
        metavar="AAAA-MM-JJ",
        default=default(None),
        help="date de la version (par défaut : celle du dernier enregistrement du contenu dans git)",
    )
    return common
