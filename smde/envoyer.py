"""Documents handed to an actor: the exact files, and the edition they come from, frozen in the register."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from smde import envois
from smde.depot import travail
from smde.diagnostic import suggestion
from smde.dossier import Dossier
from smde.ecriture import enumeration, jour
from smde.edition import Edition
from smde.instantane import texte
from smde.model.acteurs import Acteur
from smde.model.champ import Diffusion
from smde.model.demarche import Seance, StatutSeance
from smde.model.envois import CONTENU, Envoi
from smde.model.identite import Livrable
from smde.refus import Refus
from smde.views.envois import recents

FICHE = "envoi.yml"
ATTRIBUTS = "# Les fichiers remis gardent leurs octets, quelle que soit la machine.\n* -text -diff\nenvoi.yml diff\n"
_EN_COURS = ".smde-en-cours-"
_TETE = "# Écrit par « smde envoyer ». Rien ici ne se modifie : un document corrigé se remet une seconde fois.\n"


class Demande(NamedTuple):
    """What is handed, to whom, when."""

    livrables: tuple[Livrable, ...]
    acteur: Acteur
    seance: Seance | None
    jour: date
    diffusion: Diffusion
    """The level of the edition the documents are made from."""
    copie: bool


class Inscrit(NamedTuple):
    """An envoi in the register."""

    ident: str
    place: Path
    """Its folder, below the dossier."""
    empreintes: Mapping[str, str]
    """The sha256 of each file handed over, by name."""
    fait: bool
    """False when it was there already, with these same bytes."""


def demande(
    dossier: Dossier,
    livrables: Sequence[str],
    acteur: str,
    seance: str | None,
    remis: date | None,
    diffusion: Diffusion,
    *,
    copie: bool,
) -> Demande:
    """What is asked, once it may be done; raises `Refus`, in French, with all that stands in the way.

    `diffusion` is the level asked for; a document of a narrower one is handed from the edition that holds it.
    """
    faults: list[str] = []
    documents = [found for ident in livrables if (found := _livrable(dossier, ident, faults)) is not None]
    actor = dossier.elements.get(acteur)
    if not isinstance(actor, Acteur):
        near = suggestion(acteur, [one.id for one in dossier.tous(Acteur)])
        faults.append(f"« {acteur} » n'est pas un acteur du dossier. {near or 'Ils sont dans data/acteurs.yml.'}")
    held = _seance(dossier, seance, faults)
    day = remis or (held.date if held is not None else None)
    if day is None and not (seance and held is None):
        where = f"la séance « {held.titre} » n'a pas encore de date" if held is not None else "aucune séance n'est dite"
        faults.append(f"Le jour de la remise est inconnu : {where}. Donnez-le avec --le AAAA-MM-JJ.")
    level = max([diffusion, *(one.diffusion for one in documents)])
    if isinstance(actor, Acteur):
        faults += _ecarts(dossier, documents, actor, level, copie=copie)
    if faults:
        raise Refus("\n".join(faults))
    assert isinstance(actor, Acteur)
    assert day is not None
    return Demande(tuple(documents), actor, held, day, level, copie)


def _livrable(dossier: Dossier, ident: str, faults: list[str]) -> Livrable | None:
    found = dossier.elements.get(ident)
    if isinstance(found, Livrable):
        return found
    known = [one.id for one in dossier.tous(Livrable)]
    near = suggestion(ident, known) or f"Documents possibles : {', '.join(known) or 'aucun'}."
    faults.append(f"Le document « {ident} » n'existe pas. {near}")
    return None


def _seance(dossier: Dossier, ident: str | None, faults: list[str]) -> Seance | None:
    if ident is None:
        return None
    found = dossier.elements.get(ident)
    if not isinstance(found, Seance):
        known = [one.id for one in dossier.tous(Seance)]
        near = suggestion(ident, known) or f"Séances : {', '.join(known) or 'aucune'}."
        faults.append(f"« {ident} » n'est pas une séance du dossier. {near}")
        return None
    if found.statut is StatutSeance.annulee:
        faults.append(f"La séance « {found.titre} » a été annulée : rien n'a pu y être remis.")
    return found


def _ecarts(
    dossier: Dossier, documents: Sequence[Livrable], acteur: Acteur, level: Diffusion, *, copie: bool
) -> list[str]:
    """Why these documents may not be handed to this actor."""
    found = []
    if level is Diffusion.interne and acteur.id != dossier.identite.acteur:
        found.append(
            f"L'édition interne ne sort pas de la collectivité : elle ne se remet pas à « {acteur.titre} ». Produisez "
            "un document à diffusion partenaires ou public."
        )
    for one in documents:
        if one.destinataire not in (None, acteur.id) and not copie:
            other = dossier.elements.get(one.destinataire or "")
            found.append(
                f"« {one.titre} » est fait pour « {other.titre if other else one.destinataire} », pas pour "
                f"« {acteur.titre} ». Si vous le lui remettez pour information, dites-le avec --copie."
            )
        if one.plafond < level:
            found.append(
                f"« {one.titre} » ne se tire pas d'une édition {level.name} (plafond : {one.plafond.name}) : "
                "remettez-le à part."
            )
    return found


def inscrire(dossier: Dossier, asked: Demande, edition: Edition, files: Mapping[str, bytes]) -> Inscrit:
    """Freeze these files in the register, whole or not at all; nothing when the same were handed that day already."""
    seals = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    same = _deja(dossier, asked, seals)
    if same is not None:
        return Inscrit(same.id, Path(dossier.origines[same.id].source.path).parent, seals, fait=False)
    registre = dossier.racine / envois.REGISTRE
    registre.mkdir(parents=True, exist_ok=True)
    attributes = registre / ".gitattributes"
    if not attributes.exists():
        attributes.write_text(ATTRIBUTS, encoding="utf-8", newline="\n")
    kept = {**files, CONTENU: texte(edition).encode()}
    with travail(registre, _EN_COURS) as folder:
        made = folder / "envoi"
        made.mkdir()
        for name, content in kept.items():
            (made / name).write_bytes(content)
        rank = 1
        while True:
            ident = _ident(asked, rank)
            if ident in dossier.genres or (registre / ident).exists():
                rank += 1
                continue
            sheet = _fiche(ident, rank, asked, edition.date, kept)
            (made / FICHE).write_text(sheet, encoding="utf-8", newline="\n")
            try:
                os.rename(made, registre / ident)
            except OSError:
                if not (registre / ident).exists():
                    raise
                continue  # another envoi of that day came in the meantime
            return Inscrit(ident, Path(envois.REGISTRE, ident), seals, fait=True)


def _ident(asked: Demande, rank: int) -> str:
    base = f"envoi-{asked.jour.isoformat()}-{asked.acteur.id}"[:60]
    return base if rank == 1 else f"{base}-{rank}"


def _deja(dossier: Dossier, asked: Demande, seals: Mapping[str, str]) -> Envoi | None:
    """The last envoi of that day to that actor, when it is of these very bytes."""
    day = [one for one in dossier.tous(Envoi) if one.acteur == asked.acteur.id and one.date == asked.jour]
    for one in recents(day)[:1]:
        if {fichier.nom: fichier.empreinte for fichier in one.remis} == dict(seals):
            return one
    return None


def _fiche(ident: str, rank: int, asked: Demande, version: str, kept: Mapping[str, bytes]) -> str:
    """The YAML of an envoi."""
    again = f" ({rank})" if rank > 1 else ""
    sheet = {
        "id": ident,
        "titre": f"Remise du {jour(asked.jour)}{again} – {asked.acteur.titre}",
        "diffusion": Diffusion.interne.name,
        "acteur": asked.acteur.id,
        "date": asked.jour,
        **({"seance": asked.seance.id} if asked.seance is not None else {}),
        "edition": asked.diffusion.name,
        "version": date.fromisoformat(version),
        "documents": [one.id for one in asked.livrables],
        **({"copie": True} if asked.copie else {}),
        "fichiers": [
            {"nom": name, "empreinte": hashlib.sha256(content).hexdigest(), "octets": len(content)}
            for name, content in kept.items()
        ],
    }
    return _TETE + yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, width=120)


def essai(asked: Demande, files: Mapping[str, bytes]) -> str:
    """What would be written in the register."""
    lines = [f"Serait inscrit : édition {asked.diffusion.name}, pour « {asked.acteur.titre} », le {jour(asked.jour)}."]
    lines += [f"  {name} (sha256 {hashlib.sha256(content).hexdigest()})" for name, content in files.items()]
    return "\n".join(lines) + "\n"


def resume(done: Inscrit, asked: Demande) -> str:
    """What was handed over, and what is left to do."""
    titles = enumeration([f"« {one.titre} »" for one in asked.livrables])
    if not done.fait:
        return f"Rien à faire : {titles}, ces mêmes fichiers, sont déjà au registre ({done.place.as_posix()}/).\n"
    lines = [f"Inscrit au registre : {titles}, édition {asked.diffusion.name}, pour « {asked.acteur.titre} »."]
    lines += [
        f"  À remettre : {(done.place / name).as_posix()} (sha256 {seal})" for name, seal in done.empreintes.items()
    ]
    lines.append(f"Enregistrez-le avec le dossier : git add {done.place.as_posix()}")
    return "\n".join(lines) + "\n"
