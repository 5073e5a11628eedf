"""The same branch on another machine: seen, and sent there without ever forcing."""

import re
import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from smde import git
from smde.refus import Refus

AUCUN = "aucun"
"""What a person says when nothing is to be sent."""
ORIGINE = "origin"


_DEVANCE = re.compile(r"\[rejected\]|cannot lock ref|failed to update ref|reference already exists|incorrect old value")
"""How git says that the branch moved meanwhile."""


class Echange(Enum):
    """How sending ended."""

    fait = 1
    devance = 2
    """Another publication moved the branch meanwhile."""


def distant(depot: Path, demande: str | None) -> str | None:
    """The remote to send to: the one asked for, else `origin` when there is one; None to send nothing.

    Raises `Refus` when the one asked for does not exist.
    """
    if demande == AUCUN:
        return None
    known = (git.demande(depot, "remote") or "").splitlines()
    if demande is None:
        return ORIGINE if ORIGINE in known else None
    if demande not in known or demande.startswith("-"):
        raise Refus(
            f"Le dépôt distant « {demande} » n'existe pas ici (connus : {', '.join(known) or 'aucun'}). Écrivez l'un "
            f"d'eux, ou « {AUCUN} » pour publier sans envoyer."
        )
    return demande


@dataclass(frozen=True, slots=True)
class Envoi:
    """A branch of a remote."""

    depot: Path
    branche: str
    distant: str

    @property
    def suivi(self) -> str:
        """Where git keeps here what was last seen there."""
        return f"refs/remotes/{self.distant}/{self.branche}"

    def connue(self) -> str | None:
        """The commit last seen there, without asking."""
        return git.commit(self.depot, self.suivi)

    def pointe(self) -> str | None:
        """The commit of the branch there, now brought here; None when it has no such branch."""
        ref = f"refs/heads/{self.branche}"
        told = self._demander("ls-remote", "--heads", self.distant, ref)
        tip = next((line.split("\t")[0] for line in told.splitlines() if line.endswith(f"\t{ref}")), None)
        if tip is not None and self.connue() != tip:
            self._demander(
                "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", self.distant, f"+{ref}:{self.suivi}"
            )
            tip = self.connue()
        return tip

    def pousser(self, tip: str) -> Echange:
        """Move the branch there to a commit that follows it; raises `Refus` with what the remote said."""
        options = ("--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no")
        answer = self._lancer("push", *options, self.distant, f"{tip}:refs/heads/{self.branche}")
        if answer.code == 0:
            return Echange.fait
        told = answer.sortie.decode("utf-8", "replace") + answer.plainte
        if re.search(
            r"\[rejected\]|cannot lock ref|failed to update ref|reference already exists|incorrect old value", told
        ):
            return Echange.devance
        raise Refus(
            f"« {self.distant} » refuse la version : {git.dernier_mot(answer)}. Rien n'a été publié, ni là-bas "
            "ni ici ; une "
            "fois la cause levée, relancez la même commande."
        )

    def _demander(self, *arguments: str) -> str:
        answer = self._lancer(*arguments)
        if answer.code == 0:
            return answer.sortie.decode("utf-8", "replace")
        raise Refus(
            f"« {self.distant} » ne répond pas : {git.dernier_mot(answer)}. Rien n'a été publié. Pour publier "
            "dans ce dépôt "
            f"seulement, et envoyer plus tard : --distant {AUCUN}."
        )

    def _lancer(self, *arguments: str) -> git.Reponse:
        try:
            return git.lance(self.depot, *arguments, delai=git.DELAI_LONG)
        except subprocess.TimeoutExpired:
            raise Refus(
                f"« {self.distant} » ne répond pas depuis {git.DELAI_LONG:.0f} secondes. La branche d'ici est intacte."
            ) from None
