"""Small versions to publish where how a site is built is not the subject: three pages, a document, their data."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from smde.publication import arborescence
from smde.publication.arborescence import Arborescence
from smde.publication.lieu import Resultat
from smde.publication.registre import Ajout, Habillage, Publication
from tests.commande import git
from tests.conftest import ecrire

VALMER = Habillage(
    collectivite="Valmer métropole",
    strategie="Stratégie économique du Pays de Valmer",
    couleur="#123a5c",
    accent="#9c3d10",
    site="https://strategie.valmer.example/",
)
PAGE = '<!doctype html><html lang="fr"><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>\n'


def petite(dossier: Path, version: str, mots: str = "", elements: tuple[str, ...] = ("A-01",)) -> Arborescence:
    """A built version: its words are in its home page, its elements have a permanent address."""
    data = {
        "contrat": "smde-donnees/1",
        "date": "2026-11-20",
        "diffusion": "public",
        "identite": {"id": "valmer", "titre": "Valmer métropole"},
        "elements": {"action": [{"id": ident, "titre": f"Action {ident}"} for ident in elements]},
        "series": {},
    }
    ecrire(
        dossier,
        {
            "index.html": PAGE.format("Accueil", mots or f"Version {version}"),
            "versions.html": PAGE.format("Versions", "Aucune autre"),
            "assets/site.css": "body{color:#222}\n",
            "documents/strategie.docx": b"PK\x03\x04" + version.encode(),
            "donnees/strategie.json": json.dumps(data, ensure_ascii=False),
            **{f"id/{ident}.html": PAGE.format(ident, "Lire") for ident in elements},
        },
    )
    return arborescence.lire(dossier, version)


def ajout(arbre: Arborescence, date: str = "2026-11-20", alias: str = "", **champs: str) -> Ajout:
    """What the register will say of it."""
    precise = tuple(champs)
    publication = Publication(
        version=arbre.version,
        titre=champs.pop("titre", arbre.version),
        date=date,
        statut="Document de travail",
        contrat="smde-donnees/1",
        empreinte=arbre.empreinte,
        fichiers=len(arbre.empreintes),
        octets=arbre.octets,
        telechargements={"documents/strategie.docx": "Stratégie (Word)"},
        **champs,  # type: ignore[arg-type]
    )
    return Ajout(publication, VALMER, alias, precise)


def depot(dossier: Path) -> Path:
    """A repository with one commit, as a person would have it."""
    ecrire(dossier, {"strategy/enjeux.yml": "- {id: accueil, titre: Accueillir}\n"})
    git(dossier, "init", "-q", "-b", "main")
    git(dossier, "add", ".")
    git(dossier, "commit", "-qm", "Commencer")
    return dossier


def nu(dossier: Path) -> Path:
    """A bare repository, as on a forge."""
    dossier.mkdir(parents=True)
    git(dossier, "init", "-q", "--bare", "-b", "main")
    return dossier


def clone(source: Path, dossier: Path, *options: str) -> Path:
    """A clone of a repository, its remote being called origin."""
    git(source.parent, "clone", "-q", *options, source.as_uri(), str(dossier))
    return dossier


def a_part(work: Callable[[], Resultat | None]) -> int:
    """Do something in a process of its own, which leads its group; the number of that process."""
    child = os.fork()
    if child:
        return child
    code = 3
    try:
        os.setsid()
        work()
        code = 0
    finally:
        os._exit(code)


def fin(child: int) -> int:
    """How a process ended: 0 when what it did was done, negative when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
