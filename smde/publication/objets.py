"""Objects of git made and read without a checkout: files, folders, commits."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from smde import git
from smde.refus import Refus

AUTEUR = "smde <>"
"""Whoever publishes: the branch names nobody."""


class Entree(NamedTuple):
    """A line of a folder of git."""

    mode: str
    genre: str
    empreinte: str


@dataclass
class Objets:
    """The objects of one repository, from the top of its files: from a folder below, git would speak of that one."""

    depot: Path
    _lus: dict[str, str] = field(default_factory=dict)
    """The sha256 of the contents already read, by their hash in git."""

    def ecrire(self, contents: Sequence[bytes]) -> list[str]:
        """The hash of each of these contents, kept in the repository."""
        with tempfile.TemporaryDirectory(prefix="smde-") as folder:
            files = [Path(folder, str(rank)) for rank in range(len(contents))]
            for file, content in zip(files, contents, strict=True):
                file.write_bytes(content)
            return self._garder(files)

    def arbre(self, dossier: Path, chemins: Sequence[str]) -> str:
        """The hash of a folder on disk, made of these files, kept in the repository."""
        hashes = self._garder([dossier / chemin for chemin in chemins])
        lines = "".join(f"100644 {value}\t{path}\0" for path, value in zip(chemins, hashes, strict=True))
        with tempfile.TemporaryDirectory(prefix="smde-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._faire("update-index", "-z", "--index-info", entree=lines.encode(), variables=index)
            return self._faire("write-tree", variables=index)

    def _garder(self, files: Sequence[Path]) -> list[str]:
        names = "".join(f"{file.absolute()}\n" for file in files)
        return self._faire("hash-object", "-w", "--no-filters", "--stdin-paths", entree=names.encode()).split()

    def dossier(self, entrees: Mapping[str, Entree]) -> str:
        """The hash of a folder made of these lines."""
        lines = "".join(f"{one.mode} {one.genre} {one.empreinte}\t{nom}\0" for nom, one in entrees.items())
        return self._faire("mktree", "-z", entree=lines.encode())

    def commit(self, arbre: str, parent: str | None, message: str, date: str) -> str:
        """The hash of a commit of nobody's, dated of noon of a day."""
        noon = int(datetime.fromisoformat(date).replace(hour=12, tzinfo=UTC).timestamp())
        lines = [f"tree {arbre}", *([f"parent {parent}"] if parent else [])]
        lines += [f"{role} {AUTEUR} {noon} +0000" for role in ("author", "committer")]
        text = "\n".join([*lines, "", message, ""])
        return self._faire("hash-object", "-t", "commit", "-w", "--stdin", entree=text.encode())

    def blob(self, nom: str) -> bytes | None:
        """A content, None when there is none of that name."""
        return git.octets(self.depot, "cat-file", "blob", nom)

    def nomme(self, nom: str) -> str:
        """The hash of what is called `commit:path`."""
        return self._faire("rev-parse", "--verify", "--quiet", "--end-of-options", nom)

    def entrees(self, nom: str) -> dict[str, Entree]:
        """The lines of a folder, by name; none when there is no such folder."""
        return self._lignes("ls-tree", "-z", nom)

    def chemins(self, nom: str) -> list[str]:
        """Every file under a folder, by its path in it; none when there is no such folder."""
        return list(self._lignes("ls-tree", "-r", "-z", nom))

    def _lignes(self, *arguments: str) -> dict[str, Entree]:
        found = {}
        for line in (git.octets(self.depot, *arguments) or b"").decode("utf-8", "surrogateescape").split("\0"):
            if line:
                told, _, path = line.partition("\t")
                found[path] = Entree(*told.split(" "))
        return found

    def empreintes(self, nom: str) -> dict[str, str]:
        """The sha256 of every file under a folder, by its path in it, each content read back from git."""
        lines = self._lignes("ls-tree", "-r", "-z", nom)
        new = sorted({one.empreinte for one in lines.values() if one.genre == "blob"} - self._lus.keys())
        answer = (
            git.octets(self.depot, "cat-file", "--batch", entree="".join(f"{one}\n" for one in new).encode()) or b""
        )
        start = 0
        for one in new:
            end = answer.find(b"\n", start)
            head = answer[start:end].split()
            if end < 0 or len(head) != 3:  # « missing »: the object is damaged or gone
                start = end + 1 if end >= 0 else start
                continue
            size = int(head[2])
            self._lus[one] = hashlib.sha256(answer[end + 1 : end + 1 + size]).hexdigest()
            start = end + 2 + size
        return {path: self._lus.get(one.empreinte, "illisible") for path, one in sorted(lines.items())}

    def suit(self, ancien: str, nouveau: str) -> bool:
        """Whether one commit comes from the other."""
        return git.demande(self.depot, "merge-base", "--is-ancestor", ancien, nouveau) is not None

    def _faire(self, *arguments: str, entree: bytes = b"", variables: Mapping[str, str] | None = None) -> str:
        answer = git.lance(self.depot, *arguments, entree=entree, variables=variables, delai=git.DELAI_LONG)
        if answer.code != 0:
            raise Refus(f"git n'a pas pu enregistrer la version : {git.dernier_mot(answer)}. La branche est intacte.")
        return answer.sortie.decode().strip()
