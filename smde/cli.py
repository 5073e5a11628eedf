"""The command `smde`: one verb per function, one door for errors, nothing decided here."""

import argparse
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from smde import comprendre, report
from smde.arguments import PROGRAMME, parser
from smde.changements.comparaison import comparer
from smde.construire import Atelier, atelier, telechargeables, verifier
from smde.depot import Depot, refuser_dedans, temporaires
from smde.diagnostic import Diagnostic
from smde.dossier import Dossier, charger
from smde.echecs import en_mots
from smde.ecriture import accord, en_octets
from smde.model.champ import Diffusion
from smde.refus import Refus
from smde.reserve import Reserve
from smde.retrouver import publiees, retrouver
from smde.versions import date_du_contenu

if TYPE_CHECKING:
    from smde.publication.branche import Branche
    from smde.publication.dossier_publie import DossierPublie

INTERROMPU = 130
INTACT = "Ce qui était déjà publié est intact."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code is 0, 1 (faults in the dossier, output not made) or 2 (request not understood)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    options = parser().parse_args(arguments)
    try:
        _stop_cleanly()
        with temporaires():
            return VERBES[options.verbe](options)
    except BrokenPipeError:  # the reader of what we print has left: `smde verifier | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        _say(f"Interrompu. {INTACT}")
        return INTERROMPU
    except Exception as error:
        intact = "" if isinstance(error, Refus) else f" {INTACT}"
        _say(f"{en_mots(error)}{intact}")
    return 1


def _stop_cleanly() -> None:
    """A stop asked by the system ends as Ctrl+C does, with nothing left behind."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with suppress(ValueError):  # only the main thread may say what to do of a signal
        signal.signal(signal.SIGTERM, stop)


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _checked(options: argparse.Namespace, racine: Path | None = None) -> Dossier:
    """The dossier, or the one of another folder, once told what is wrong; an error stops there."""
    _say("Lecture et vérification…")
    dossier, diagnostics = verifier(racine or options.racine)
    errors = _errors(diagnostics)
    if errors:
        sys.stdout.write("\n".join(report.framed(diagnostic) for diagnostic in errors) + "\n")
        sys.stdout.write(report.bilan(diagnostics) + "\n")
        raise Refus(f"Rien n'a été produit : corrigez d'abord {_these(errors)}. {INTACT}")
    here = racine in (None, options.racine)
    detail = f" Détail : {_command(options, 'verifier')}" if diagnostics and here else ""
    _say(f"  {accord(len(dossier.elements), 'élément')} ; {report.bilan(diagnostics)}{detail}")
    return dossier


def _these(errors: Sequence[Diagnostic]) -> str:
    return "cette erreur" if len(errors) == 1 else f"ces {len(errors)} erreurs"


def _errors(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in diagnostics if diagnostic.severite == "erreur"]


def _command(options: argparse.Namespace, *words: str) -> str:
    """A command the person can type as it is, for the same dossier."""
    where = [] if options.racine == Path() else ["--racine", str(options.racine)]
    return f"{PROGRAMME} {shlex.join([*words, *where])}"


def _atelier(options: argparse.Namespace, checked: Dossier | None = None) -> Atelier:
    """The checked dossier, ready to be made into outputs."""
    modele = None
    if getattr(options, "modele", None) is not None:
        from smde.bilan_modele import ouvrir

        modele = ouvrir(options.modele)
    dossier = checked or _checked(options)
    date = options.date
    if date is None:
        date, remark = date_du_contenu(options.racine)
        if date is None:
            raise Refus(f"La date de la version est inconnue : {remark}. Indiquez-la avec --date AAAA-MM-JJ.")
        if remark:
            _say(f"  {remark}")
    passe = publiees(options.racine, options.diffusion)
    making = atelier(dossier, options.diffusion, date, _say, modele, passe)
    making.reserve = _reserve(options)
    return making


def _reserve(options: argparse.Namespace) -> Reserve | None:
    """Where documents are kept, unless the person wants them all made again."""
    return None if getattr(options, "refaire", False) else Reserve(options.racine)


def _depot(options: argparse.Namespace, *noms: str) -> Depot:
    cible = options.sortie or options.racine / "sortie" / options.diffusion.name
    return Depot(cible, noms, options.racine)


def _verifier(options: argparse.Namespace) -> int:
    _, diagnostics = verifier(options.racine)
    sys.stdout.write(report.FORMATS[options.format](diagnostics))
    if options.format != "texte":
        _say(report.bilan(diagnostics))
    return int(bool(_errors(diagnostics)))


def _donnees(options: argparse.Namespace) -> int:
    making = _atelier(options)
    with _depot(options, "donnees") as depot:
        depot.ecrire("donnees", making.donnees())
        depot.installer()
        _say(f"Fait : {depot.cible / 'donnees' / 'strategie.json'}")
    return 0


def _documents(options: argparse.Namespace) -> int:
    making = _atelier(options)
    making.paginer, making.suivi = options.paginer, options.suivi
    with _depot(options, "documents") as depot:
        if options.depuis is None:
            files = making.documents(options.livrables, options.format)
        else:
            files = _revisions(making, options)
        if not files:
            _say("Aucun document : cette édition n'en a pas. Ils sont décrits dans data/livrables/.")
            return 0
        depot.ecrire("documents", files, garder=bool(options.livrables or options.format or options.depuis))
        depot.installer()
        _tell(depot, files)
    return 0


def _revisions(making: Atelier, options: argparse.Namespace) -> dict[str, bytes]:
    """The documents asked for, with what changed since the version they name."""
    before = retrouver(options.depuis, options.racine, making.edition.diffusion, documents=options.livrables)
    signed = options.reviseur or making.edition.identite.titre
    return making.revisions(options.livrables, before, options.format, signed)


def _envoyer(options: argparse.Namespace) -> int:
    from datetime import date

    from smde import envoyer

    dossier = _checked(options)
    day = date.fromisoformat(options.le) if options.le else None
    asked = envoyer.demande(
        dossier, options.livrables, options.acteur, options.seance, day, options.diffusion, copie=options.copie
    )
    options.diffusion = asked.diffusion
    making = _atelier(options, dossier)
    making.paginer, making.suivi = options.paginer, options.suivi
    files = making.documents(options.livrables, options.format)
    if options.depuis is not None:
        files |= _revisions(making, options)
    if options.essai:
        sys.stdout.write(envoyer.essai(asked, files))
        return 0
    sys.stdout.write(envoyer.resume(envoyer.inscrire(dossier, asked, making.edition, files), asked))
    return 0


def _site(options: argparse.Namespace) -> int:
    making = _atelier(options)
    with _depot(options, "site") as depot:
        making.site(depot.neuf("site"), telechargeables(making.donnees(), making.documents(odt_voulu=False)))
        depot.installer()
        _say(f"Fait : {depot.cible / 'site' / 'index.html'}")
    return 0


def _tout(options: argparse.Namespace) -> int:
    making = _atelier(options)
    with _depot(options, "site", "documents", "donnees") as depot:
        data, files = making.donnees(), making.documents()
        making.site(depot.neuf("site"), telechargeables(data, files))
        depot.ecrire("documents", files)
        depot.ecrire("donnees", data)
        depot.installer()
        _tell(depot, files)
        _say(f"Fait : {depot.cible / 'donnees' / 'strategie.json'}")
        _say(f"Fait : {depot.cible / 'site' / 'index.html'}")
    return 0


def _tell(depot: Depot, files: dict[str, bytes]) -> None:
    for name in files:
        _say(f"Fait : {depot.cible / 'documents' / name}")


def _comprendre(options: argparse.Namespace) -> int:
    dossier, diagnostics = verifier(options.racine)
    words = comprendre.comprendre(dossier, options.identifiant, diagnostics)
    if words is None:
        raise Refus(comprendre.inconnu(dossier, options.identifiant))
    sys.stdout.write(words)
    return 0


def _comparer(options: argparse.Namespace) -> int:
    from smde.outputs import changements as formats

    avant, apres = (
        retrouver(nom, options.racine, options.diffusion, options.branche) for nom in (options.avant, options.apres)
    )
    sys.stdout.write(formats.FORMATS[options.format](comparer(avant, apres)))
    return 0


def _lieu(options: argparse.Namespace) -> "Branche | DossierPublie":
    from smde.publication.branche import Branche
    from smde.publication.dossier_publie import DossierPublie
    from smde.publication.envoi import AUCUN, distant

    if options.vers is not None:
        refuser_dedans(options.vers, options.racine, "--vers")
        return DossierPublie(options.vers)
    asked = getattr(options, "distant", AUCUN)
    return Branche(options.racine, options.branche, distant(options.racine, asked))


def _publier(options: argparse.Namespace) -> int:
    from smde.publication import publier

    if options.diffusion is not Diffusion.public:
        raise Refus(
            f"Seule l'édition publique se publie ; l'édition {options.diffusion.name} se produit avec "
            f"« {_command(options, '--diffusion', options.diffusion.name)} » et se remet en main propre."
        )
    lieu = _lieu(options)
    with publier.etat(options.racine, options.revision) as etat:
        date, remark = (options.date, "") if options.date else (etat.date, etat.remarque)
        if date is None or remark:
            raise Refus(f"La date de la version n'est pas sûre : {remark} Indiquez-la avec --date AAAA-MM-JJ.")
        asked = publier.Demande(
            options.version,
            date,
            options.titre or "",
            options.alias or "",
            options.seance or "",
            options.decision or "",
        )
        done = publier.publier(_checked(options, etat.racine), asked, lieu, _say, _reserve(options))
    one = done.registre.trouve(options.version)
    assert one is not None
    if not done.fait:
        _say(f"Rien à faire : la version « {one.version} » est déjà publiée, avec ces mêmes octets ({done.ou}).")
        return 0
    _say(
        f"Publiée : version « {one.version} », {accord(one.fichiers, 'fichier')}, {en_octets(one.octets)} ({done.ou})."
    )
    _say(f"Empreinte : sha256 {one.empreinte}")
    return 0


def _versions(options: argparse.Namespace) -> int:
    from smde.publication import liste
    from smde.publication.lieu import ecarts

    lieu = _lieu(options)
    registre = lieu.registre()
    sys.stdout.write(liste.texte(registre))
    if not options.verifier:
        return 0
    faults = list(ecarts(lieu, registre))
    for fault in faults:
        sys.stdout.write(f"  {fault}\n")
    if faults:
        _say(f"{lieu.nom} n'est plus ce qui a été publié : {accord(len(faults), 'écart')}.")
    elif registre.publications:
        _say("Rien n'a changé : chaque fichier a les octets qui ont été publiés.")
    return int(bool(faults))


def _decider(options: argparse.Namespace) -> int:
    from smde import decider

    bilan = decider.decider(_checked(options), options.seance)
    if not options.essai:
        decider.ecrire(options.racine, bilan)
    sys.stdout.write(decider.resume(bilan, essai=options.essai))
    return 0


def _servir(options: argparse.Namespace) -> int:
    from datetime import date as day

    from smde.servir import servir

    date = options.date or date_du_contenu(options.racine).date or day.today().isoformat()
    return servir(options.racine, options.diffusion, date, options.port, _say)


def _modele(options: argparse.Namespace) -> int:
    from smde.bilan_modele import ACCENT, bilan, completer, ouvrir

    identite = options.racine / "data" / "identite.yml"
    accent = charger(options.racine).identite.couleurs.accent if identite.is_file() else ACCENT
    if options.completer is None:
        sys.stdout.write(bilan(ouvrir(options.fichier), accent))
        _say(f"« {options.fichier} » peut servir de modèle tel quel.")
    else:
        added = completer(options.fichier, options.completer, accent)
        _say(f"Fait : {options.completer} ({accord(added, 'style ajouté', 'styles ajoutés')}).")
    return 0


def _tests(options: argparse.Namespace) -> int:
    from smde.controles import lancer

    return lancer(options.arguments)


VERBES: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: _tout,
    "verifier": _verifier,
    "site": _site,
    "documents": _documents,
    "envoyer": _envoyer,
    "donnees": _donnees,
    "servir": _servir,
    "comprendre": _comprendre,
    "comparer": _comparer,
    "decider": _decider,
    "publier": _publier,
    "versions": _versions,
    "modele": _modele,
    "tests": _tests,
}
