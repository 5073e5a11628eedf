"""The snapshot a name calls: a version, what an actor was given, a folder, a file, a revision, the work under way."""

import json
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from smde import envois, git
from smde.diagnostic import in_order, suggestion
from smde.dossier import Dossier, charger
from smde.ecriture import accord
from smde.edition import edition
from smde.instantane import SANS_DATE, Instantane, lire, prendre
from smde.model.acteurs import Acteur
from smde.model.champ import Diffusion
from smde.model.envois import Envoi
from smde.refus import Refus
from smde.versions import CONTENU, date_du_contenu

BRANCHE = "gh-pages"
DONNEES = "donnees/strategie.json"
TRAVAIL = "."
"""How the work under way is called."""


def retrouver(
    nom: str, racine: Path, diffusion: Diffusion, branche: str = BRANCHE, documents: Sequence[str] = ()
) -> Instantane:
    """The snapshot called `nom`: « . » is the work under way; else a version, what an actor was given last (these
    `documents`, when some are named), a place on disk, then a revision of git.

    Raises `Refus`, in French, when nothing is called that, or when it may not be compared at this level.
    """
    if nom == TRAVAIL:
        date = date_du_contenu(racine).date or ""
        return _du_dossier(charger(racine), diffusion, date, "dossier de travail")
    found = (
        _publiee(nom, racine, branche)
        or _remis(nom, racine, documents)
        or _sur_disque(nom, diffusion)
        or _du_passe(nom, racine, diffusion)
    )
    if not nom or found is None:
        raise Refus(_inconnu(nom, racine, branche))
    if found.diffusion is not diffusion:
        level = found.diffusion.name
        words = {"public": "publique"}.get(level, level)
        raise Refus(f"« {nom} » est une édition {words} : elle se compare avec --diffusion {level}.")
    return found


def _du_dossier(dossier: Dossier, diffusion: Diffusion, date: str, nom: str, *, passe: bool = False) -> Instantane:
    """The snapshot of what a dossier says; what cannot be read would pass for what was taken out.

    Nothing else is asked of it, a reference to nothing least of all: a dossier of last year may break a rule written
    since, or use a field that is gone since (`passe`).
    """
    faults = in_order(fault for fault in dossier.diagnostics if fault.severite == "erreur")
    ignored = ("reference-", "champ-inconnu") if passe else ("reference-",)
    unread = [fault for fault in faults if not fault.code.startswith(ignored)]
    if unread:
        place, message = unread[0].place, unread[0].message
        raise Refus(
            f"« {nom} » ne peut pas être comparé : {accord(len(unread), 'erreur')} de lecture. "
            f"{place.path}:{place.span.line}:{place.span.column} : {message}"
        )
    return prendre(edition(dossier, diffusion, date or SANS_DATE), nom)


def _remis(nom: str, racine: Path, documents: Sequence[str]) -> Instantane | None:
    """What an actor of that name was given last, or the envoi of that name."""
    if not (racine / envois.REGISTRE).is_dir():
        return None
    dossier = charger(racine)
    envoi = envois.designe(dossier, nom, documents)
    return envois.instantane(dossier, envoi) if envoi is not None else None


def _sur_disque(nom: str, diffusion: Diffusion) -> Instantane | None:
    """A file of data, a folder that was published, or a dossier."""
    place = Path(nom)
    for file in (place, place / DONNEES, place / "strategie.json"):
        if file.is_file():
            return lire(file.read_bytes(), nom)
    if place.is_dir() and any((place / folder).is_dir() for folder in CONTENU):
        return _du_dossier(charger(place), diffusion, date_du_contenu(place).date or "", nom)
    return None


def _du_passe(nom: str, racine: Path, diffusion: Diffusion) -> Instantane | None:
    """The dossier as it was at a revision of git."""
    revision = git.commit(racine, nom)
    if revision is None:
        return None
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        if not git.extraire(racine, revision, CONTENU, Path(folder)):
            raise Refus(f"La révision « {nom} » ne contient pas de dossier (strategy/, schema/, data/).")
        date = git.demande(racine, "log", "-1", "--format=%cs", revision, "--", *CONTENU)
        return _du_dossier(charger(Path(folder)), diffusion, date or "", nom, passe=True)


def versions(racine: Path, branche: str = BRANCHE) -> Sequence[Any]:
    """What the branch says of the versions it holds, the most recent first; nothing when there is no such branch."""
    try:
        tip = _pointe(racine, branche)
    except FileNotFoundError:  # without git, nothing was published on a branch
        return []
    content = git.octets(racine, "cat-file", "blob", f"{tip}:versions.json") if tip else None
    try:
        listed = json.loads(content or b"[]")
    except ValueError:
        return []
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def publiees(racine: Path, diffusion: Diffusion, branche: str = BRANCHE) -> tuple[Instantane, ...]:
    """What the readers of a level were told in the versions published before, the most recent first.

    Nothing but the public edition is ever published as a version.
    """
    if diffusion is not Diffusion.public:
        return ()
    with suppress(TimeoutExpired):
        names = [str(one.get("version", "")) for one in versions(racine, branche)]
        found = [_publiee(nom, racine, branche) for nom in names]
        return tuple(one for one in found if one is not None and one.diffusion is diffusion)
    return ()


def _pointe(racine: Path, branche: str) -> str | None:
    """The commit of the branch here, else of the one last seen elsewhere."""
    return git.commit(racine, f"refs/heads/{branche}") or git.commit(racine, f"refs/remotes/origin/{branche}")


def _publiee(nom: str, racine: Path, branche: str) -> Instantane | None:
    """A version of the branch, by its name or by one of its aliases."""
    for one in versions(racine, branche):
        name, aliases = str(one.get("version", "")), one.get("aliases", [])
        if nom.casefold() == name.casefold() or nom in aliases:
            content = git.octets(racine, "cat-file", "blob", f"{_pointe(racine, branche)}:{name}/{DONNEES}")
            if content is None:
                raise Refus(f"La version « {name} » a été publiée sans ses données ({DONNEES}) : rien à comparer.")
            return lire(content, name)
    return None


def _inconnu(nom: str, racine: Path, branche: str) -> str:
    """What to say of a name that calls nothing, with the names that could have been given."""
    words = f"« {nom} » n'est ni une version publiée, ni un envoi, ni un dossier, ni une révision de git."
    if nom and Path(nom).exists():
        kind = "ce dossier" if Path(nom).is_dir() else "ce fichier"
        words = f"« {nom} » : {kind} n'a ni strategy/, schema/ ou data/, ni les données d'une version ({DONNEES})."
    dossier = charger(racine)
    actor = dossier.elements.get(nom)
    if isinstance(actor, Acteur):
        words = f"Rien n'a été remis à « {actor.titre} », d'après le registre des envois ({envois.REGISTRE}/)."
    names = [str(one.get("version", "")) for one in versions(racine, branche)]
    held = dossier.tous(Envoi)
    near = suggestion(nom, dict.fromkeys([*names, *(one.acteur for one in held), *(one.id for one in held)]))
    words += f" {near}" if near else ""
    words += f" Versions publiées : {', '.join(names)}." if names else " Aucune version n'est encore publiée ici."
    words += f" {declined}" if (declined := git.refuse(racine)) else ""
    if git.demande(racine, "rev-parse", "--is-shallow-repository") == "true":
        words += " L'historique de ce clone est incomplet : « git fetch --unshallow » va chercher le reste."
    return words
