"""What was handed to somebody, read back: the edition they hold, and what these same readers would read today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smde.dossier import Dossier
from smde.ecriture import enumeration
from smde.edition import edition
from smde.fichiers import sealed
from smde.instantane import Instantane, lire, prendre
from smde.model.acteurs import Acteur
from smde.model.champ import Diffusion
from smde.model.envois import CONTENU, Envoi, FichierRemis
from smde.refus import Refus
from smde.views.envois import detenus, publie, recents

REGISTRE = "data/envois"
AUJOURD_HUI = "le dossier d'aujourd'hui"


@dataclass(frozen=True, slots=True)
class Remise:
    """What an actor holds, and what the same readers would be given today."""

    avant: Instantane
    apres: Instantane


def place(dossier: Dossier, envoi: Envoi, fichier: FichierRemis) -> Path:
    """Where a file of the register is; raises `Refus` when it is no longer there, or no longer itself."""
    found = sealed(dossier.racine, dossier.origines[envoi.id].source.path, fichier.nom, fichier.empreinte)
    if found.message:
        raise Refus(f"« {envoi.titre} » : le fichier « {fichier.nom} » {found.message}. Détail : « smde verifier ».")
    return found.file


def instantane(dossier: Dossier, envoi: Envoi) -> Instantane:
    """The edition that was handed over; raises `Refus` when its data are no longer what they were."""
    if envoi.contenu is None:
        raise Refus(f"« {envoi.titre} » : le registre n'en a pas gardé les données ({CONTENU}), rien ne s'y compare.")
    found = lire(place(dossier, envoi, envoi.contenu).read_bytes(), nom(envoi))
    if found.diffusion is not envoi.edition:
        raise Refus(
            f"« {envoi.titre} » : le registre dit l'édition {envoi.edition.name}, ses données sont celles de l'édition "
            f"{found.diffusion.name}."
        )
    return found


def nom(envoi: Envoi) -> str:
    """How the version somebody holds is called when it is compared with another: « remise du … »."""
    return envoi.titre[:1].lower() + envoi.titre[1:]


def designe(dossier: Dossier, ident: str, documents: Sequence[str] = ()) -> Envoi | None:
    """The envoi a person names: by its id, or the last one to an actor, holding these documents when some are named.

    None when no envoi is called that and nothing was handed to an actor of that name; raises `Refus` when something
    was, but not these documents.
    """
    element = dossier.elements.get(ident)
    if isinstance(element, Envoi):
        return element
    found = recents(one for one in dossier.tous(Envoi) if one.acteur == ident)
    for one in found:
        if set(documents) <= set(one.documents):
            return one
    if not found or element is None:
        return None
    listed = enumeration([f"{', '.join(one.documents)} ({one.id})" for one in found])
    raise Refus(
        f"{enumeration([f'« {document} »' for document in documents])} : jamais remis à « {element.titre} ». Ce qui "
        f"l'a été : {listed}. Pour comparer quand même, donnez l'identifiant d'un envoi."
    )


def remises(dossier: Dossier, diffusion: Diffusion, date: str) -> Mapping[str, Remise]:
    """For an edition that knows the register, what each actor holds last of each document, by id of envoi.

    What they hold is compared with what they would be given: two editions of the same level, theirs.
    """
    if diffusion is not Diffusion.interne:
        return {}
    held = {one.id: one for acteur in dossier.tous(Acteur) for _, one in detenus(dossier.tous(Envoi), acteur.id)}
    levels = sorted({one.edition for one in held.values()})
    today = {level: prendre(edition(dossier, level, date), AUJOURD_HUI) for level in levels}
    return {ident: Remise(instantane(dossier, one), today[one.edition]) for ident, one in held.items()}


def fichiers(dossier: Dossier, diffusion: Diffusion) -> dict[str, Path]:
    """The files handed over, for an edition that knows the register: where its site has them, where they are."""
    if diffusion is not Diffusion.interne:
        return {}
    return {
        publie(envoi, fichier): place(dossier, envoi, fichier)
        for envoi in dossier.tous(Envoi)
        for fichier in envoi.remis
    }
