"""Versions on a branch of git that has a history of its own: one commit a publication, made beside, then exchanged.

Git's plumbing only: no checkout, no index of the user, no name of anybody. The tip moves once, from the old commit to
the new one, if it is still the old one.
"""

import hashlib
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from smde import git
from smde.outputs.permalien import DOSSIER
from smde.publication import grammaire, racine, registre
from smde.publication.arborescence import EMPREINTES, Arborescence
from smde.publication.envoi import ORIGINE, Echange, Envoi
from smde.publication.lieu import Resultat, verrou
from smde.publication.objets import Entree, Objets
from smde.publication.registre import Ajout, Registre
from smde.refus import Refus

ESSAIS = 12
"""Times a publication is made again on the tip that another one moved, before saying so."""
VERROU = "smde-publication.lock"
REGARDS = 30
"""Looks, a tenth of a second apart, at a lock on the branch before it is taken for one whose git was killed."""


@dataclass
class Branche:
    """A branch of the repository that holds `depot`, kept in step with a remote one when there is one."""

    depot: Path
    branche: str
    distant: str | None = None
    _objets: Objets = field(init=False)
    _lue: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Raises `Refus` when this is no place to publish: no repository, or a name that is not one."""
        grammaire.branche(self.branche)
        if git.demande(self.depot, "rev-parse", "--git-common-dir") is None:
            raise Refus(
                git.refuse(self.depot)
                or f"« {self.depot.absolute()} » n'est pas suivi par git : publiez dans un dossier avec --vers "
                "DOSSIER, ou "
                "travaillez dans un clone du dépôt."
            )
        self.depot = Path(git.demande(self.depot, "rev-parse", "--show-toplevel") or self.depot)
        self._objets = Objets(self.depot)
        self._envoi = Envoi(self.depot, self.branche, self.distant) if self.distant else None

    @property
    def ref(self) -> str:
        """The whole name of the branch."""
        return f"refs/heads/{self.branche}"

    @property
    def nom(self) -> str:
        """How the place is called in a message."""
        return f"La branche « {self.branche} »"

    def pointe(self) -> str | None:
        """The commit of the branch here, None when there is no branch."""
        return git.commit(self.depot, self.ref)

    def ouvrir(self) -> Registre:
        """What was published, here and on the remote, once asked; it is then what this place reads.

        Raises `Refus` when nothing can be added to it, before anything is made.
        """
        self._lue = self._accordee(self._envoi.pointe() if self._envoi else None)
        known = self._registre(self._lue)
        self._libre()
        return known

    def _lecture(self) -> str | None:
        """The commit that is read: the one opened, else that of the branch here, else the last one seen elsewhere."""
        return self._lue or self.pointe() or git.commit(self.depot, f"refs/remotes/{ORIGINE}/{self.branche}")

    def registre(self) -> Registre:
        """What was published, without asking the remote."""
        return self._registre(self._lecture())

    def octets(self, chemin: str) -> bytes | None:
        """One file of the branch."""
        return self._objets.blob(f"{self._lecture()}:{chemin}")

    def empreintes(self, dossier: str) -> Mapping[str, str]:
        """The sha256 of every file of a folder."""
        return self._objets.empreintes(f"{self._lecture()}:{dossier}")

    def publier(self, arbre: Arborescence, ajout: Ajout) -> Resultat:
        """Add a version; raises `Refus`, the branch being then as it was.

        Made again on the new tip when another publication came first.
        """
        self._libre()
        common = git.demande(self.depot, "rev-parse", "--path-format=absolute", "--git-common-dir")
        with verrou(Path(str(common), VERROU)):
            self._delivrer(Path(str(common), f"{self.ref}.lock"))
            tree = self._objets.arbre(arbre.dossier, sorted(arbre.empreintes))
            listed = self._objets.ecrire([arbre.liste])[0]
            for rank in range(ESSAIS):
                known = self._envoi.pointe() if self._envoi else None
                base = self._accordee(known)
                before = self._registre(base)
                after = before.avec(ajout)
                tip = base
                if after != before or base is None:
                    tip = self._commit(base, after, arbre.version, tree, listed, ajout.publication.date)
                    self._relire(tip, after, arbre)
                assert tip is not None
                if self._poser(tip, known):
                    return Resultat(after, tip != base, self._ou(tip))
                time.sleep(random.uniform(0, 0.05 * 2 ** min(rank, 5)))
        raise Refus(
            f"La version « {arbre.version} » n'a pas pu être publiée : d'autres publications passent devant depuis "
            f"{ESSAIS} essais. Rien n'est perdu : relancez la même commande."
        )

    def _ou(self, tip: str) -> str:
        where = f" et sur « {self.distant} »" if self._envoi else ", dans ce dépôt"
        return f"branche {self.branche}{where}"

    def _libre(self) -> None:
        """Refuse to move a branch under the files of somebody who has it open."""
        told = (git.demande(self.depot, "worktree", "list", "--porcelain") or "").split("\n\n")
        for one in told:
            if f"branch {self.ref}" in one.splitlines():
                where = one.splitlines()[0].removeprefix("worktree ")
                raise Refus(
                    f"La branche « {self.branche} » est ouverte dans « {where} » : revenez-y sur votre branche "
                    "de travail "
                    "(git switch -), puis relancez."
                )

    def _delivrer(self, lock: Path) -> None:
        """Remove the lock that a git killed at work left on the branch: one at work holds it for an instant."""
        seen = _etat(lock)
        for _ in range(REGARDS):
            if seen is None or _etat(lock) != seen:
                return
            time.sleep(0.1)
        lock.unlink(missing_ok=True)

    def _registre(self, tip: str | None) -> Registre:
        if tip is None:
            return Registre()
        return registre.lire(self._objets.blob(f"{tip}:{registre.FICHIER}"), self.nom)

    def _accordee(self, distante: str | None) -> str | None:
        """The tip to follow: the remote one, then what was published here and that it does not know yet."""
        here = self.pointe()
        if distante is None or here is None or here == distante:
            self._registre(distante or here)  # somebody else's branch is refused before anything is made
            return distante or here
        if self._objets.suit(distante, here):
            return here
        known, mine = self._registre(distante), self._registre(here)
        base, current = distante, known
        for one in mine.publications:
            alias = next((name for name, version in mine.alias.items() if version == one.version), "")
            after = current.avec(Ajout(one, mine.habillage, alias if current.trouve(one.version) is None else ""))
            if after != current:
                tree = self._objets.nomme(f"{here}:{one.version}")
                listed = self._objets.nomme(f"{here}:{EMPREINTES}/{one.version}.txt")
                base, current = self._commit(base, after, one.version, tree, listed, one.date), after
        return base

    def _commit(self, base: str | None, after: Registre, version: str, tree: str, listed: str, date: str) -> str:
        """One commit that adds a version to `base`, and makes the root again."""
        top = self._objets.entrees(base) if base else {}
        if version not in top:
            top[version] = Entree("040000", "tree", tree)
        for alias, target in after.alias.items():
            top[alias] = top[target]
        lists = self._objets.entrees(f"{base}:{EMPREINTES}") if base and EMPREINTES in top else {}
        lists.setdefault(f"{version}.txt", Entree("100644", "blob", listed))
        top[EMPREINTES] = Entree("040000", "tree", self._objets.dossier(lists))

        def noms(nom: str, dossier: str) -> Sequence[str]:
            return self._objets.chemins(f"{top[nom].empreinte}:{dossier}" if dossier else top[nom].empreinte)

        made = racine.fichiers(after, noms)
        hashes = dict(zip(made, self._objets.ecrire(list(made.values())), strict=True))
        prefix = f"{DOSSIER}/"
        ids = {path.removeprefix(prefix): Entree("100644", "blob", hashes[path]) for path in made if prefix in path}
        top |= {path: Entree("100644", "blob", hashes[path]) for path in made if prefix not in path}
        if ids:
            top[DOSSIER] = Entree("040000", "tree", self._objets.dossier(ids))
        return self._objets.commit(self._objets.dossier(top), base, version, date)

    def _relire(self, tip: str, after: Registre, arbre: Arborescence) -> None:
        """Read the version back from git, byte for byte, before anybody can see it."""
        found = self._objets.empreintes(f"{tip}:{arbre.version}")
        listed = self._objets.blob(f"{tip}:{EMPREINTES}/{arbre.version}.txt") or b""
        if found != arbre.empreintes or hashlib.sha256(listed).hexdigest() != arbre.empreinte:
            raise Refus("Ce que git a enregistré n'est pas ce qui a été construit : rien n'a été publié.")
        assert after.trouve(arbre.version)

    def _poser(self, tip: str, distante: str | None) -> bool:
        """Move the branch, the remote one first; False when another publication moved it meanwhile."""
        if self._envoi and tip != distante and self._envoi.pousser(tip) is Echange.devance:
            return False
        here = self.pointe()
        if here == tip:
            return True
        answer = git.lance(self.depot, "update-ref", "--create-reflog", "-m", "publier", self.ref, tip, here or "")
        if answer.code == 0:
            return True
        if self.pointe() != here:
            return False
        raise Refus(
            f"git refuse de déplacer la branche « {self.branche} » : {git.dernier_mot(answer)}. Rien n'y a changé."
        )


def _etat(file: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None when there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
