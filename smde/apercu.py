"""What the preview shows: each page made when somebody looks at it, the others behind, every fault told once.

The pages are those of the site, byte for byte. One that cannot be made stays as it last was, and says why.
"""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from smde import report
from smde.construire import Atelier, atelier, verifier
from smde.echecs import en_mots
from smde.imprimerie import INTROUVABLE, Imprimerie
from smde.model.champ import Diffusion
from smde.model.identite import FormatDocument
from smde.outputs import recherche
from smde.retrouver import publiees
from smde.tirage import Acquis, Arbres, Tirage

LOT = 4
"""Pages made at once when nobody waits for them: little enough for an edit not to wait."""
RESTES = 40
"""Former states left in memory, at most, when changes come too fast to tidy between them."""
FINI = object()
LIENS = ""
"""The name under which faults are kept that are of no page."""


class Page(NamedTuple):
    """A page as it is: its file, none when it could not be made yet, and the mark that changes when it does."""

    fichier: Path | None
    empreinte: str
    cadre: str = ""
    """The mark of what surrounds its words, the look of the site included."""
    trouvee: bool = True


class Tour:
    """One at work at a time; who is waited for goes before who works ahead."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._demandes = 0
        self._change = threading.Condition()

    @contextmanager
    def attendu(self) -> Iterator[None]:
        """The turn of somebody who waits for the answer."""
        with self._change:
            self._demandes += 1
        try:
            with self._verrou:
                yield
        finally:
            with self._change:
                self._demandes -= 1
                self._change.notify_all()

    @contextmanager
    def avance(self) -> Iterator[None]:
        """The turn of what nobody waits for."""
        with self._change:
            self._change.wait_for(lambda: not self._demandes)
        with self._verrou:
            yield


class Apercu:
    """The last good state of the dossier as a site, and what is wrong in it or in what was typed since."""

    def __init__(
        self, racine: Path, diffusion: Diffusion, date: str, travail: Path, dire: Callable[[str], None]
    ) -> None:
        """`travail` is a folder of its own, where pages are made."""
        self.racine, self.diffusion, self.date, self.dire = racine, diffusion, date, dire
        self.imprimerie = Imprimerie(travail, date)
        self.tirage: Tirage | None = None
        self.fini = False
        """Whether all work is to stop."""
        self._nouvelles = threading.Condition()
        """Notified each time something happened that an open page may show."""
        self.numero = 0
        """How many times something did."""
        self.sollicite = time.monotonic()
        """When something was last asked for or read."""
        self._passe = publiees(racine, diffusion)
        self._tour = Tour()
        self._arbres = Arbres()
        self._illisible = ""
        self._fautes: dict[str, list[str]] = {}
        """What is wrong in each page."""
        self._vues: set[str] = set()
        """The pages already made, or tried, in the present state."""
        self._ouvrage: tuple[Tirage | None, Iterator[None]] = (None, iter(()))
        """The state that is made ahead, and what is left to do of it."""
        self._laisses = 0
        """How many former states may still be in memory."""
        self._documents: tuple[Tirage | None, dict[str, bytes]] = (None, {})
        self._un_document = threading.Lock()

    def relire(self) -> bool:
        """Read and check everything again; whether the site is now that of what was read."""
        debut = time.monotonic()
        with self._tour.attendu():
            try:
                dossier, diagnostics = verifier(self.racine)
                errors = [diagnostic for diagnostic in diagnostics if diagnostic.severite == "erreur"]
                if errors:
                    self._illisible = "\n".join([*map(report.framed, errors), report.bilan(diagnostics)])
                else:
                    self._retenir(atelier(dossier, self.diffusion, self.date, lambda words: None, passe=self._passe))
                    self._illisible = ""
            except Exception as error:  # the preview goes on: the next change may mend it
                self._illisible = en_mots(error)
        if self._illisible:
            self.dire(self._illisible)
        else:
            seconds = f"{time.monotonic() - debut:.1f}".replace(".", ",")
            self.dire(f"Dossier relu en {seconds} s ; {report.bilan(diagnostics)}")
        self.sollicite = time.monotonic()
        self.annoncer()
        return not self._illisible

    def _retenir(self, making: Atelier) -> None:
        tirage = Tirage(making, self.tirage.acquis if self.tirage else Acquis(), self._arbres)
        if self.tirage is None:  # nothing is known yet of what pages say of one another
            tirage.lire_donnees()
            tirage.faire(tirage.noms)
            tirage.etablir()
        self.tirage = tirage
        self._laisses += 1
        if self._laisses > RESTES:
            self._ramasser()
        for nom in self._fautes.keys() - tirage.place.noms - {LIENS}:
            del self._fautes[nom]

    def page(self, nom: str) -> Page:
        """A page of the site as it is now, or as it last was."""
        if self.tirage is None:
            return Page(None, "")
        with self._tour.attendu():
            found = nom in self.tirage.place.noms
            if found:
                self._imprimer(self.tirage, nom)
            else:
                self._preparer(self.tirage)
                nom = INTROUVABLE
            file = self.imprimerie.fichier(nom)
            mark, around = self.imprimerie.marques(nom) if found else (INTROUVABLE, "")
            return Page(file if file.is_file() else None, mark, around, found)

    def fichier(self, path: str) -> bytes | None:
        """A file published with the pages, made from the dossier; None when there is none of that name."""
        tirage = self.tirage
        if tirage is None:
            return None
        if path == recherche.FICHIER:
            return self._index(tirage)
        if path.startswith("donnees/"):
            with self._tour.attendu():
                tirage.lire_donnees()
        return tirage.fichier(path)

    def _index(self, tirage: Tirage) -> bytes:
        """What the search looks in, made when it is opened; an edit goes between two lots of pages."""
        for start in range(0, len(tirage.noms), LOT):
            with self._tour.attendu():
                tirage.faire(tirage.noms[start : start + LOT])
        with self._tour.attendu():
            return tirage.index()

    def document(self, nom: str) -> bytes | None:
        """A document of the site as it is shown, made at the first request; None when there is none of that name."""
        with self._un_document:
            tirage = self.tirage
            if tirage is None or nom not in tirage.atelier.noms_des_documents():
                return None
            if self._documents[0] is not tirage:
                self._documents = (tirage, {})
            if nom not in self._documents[1]:
                ident, _, form = nom.rpartition(".")
                self.dire(f"Document « {nom} »…")
                self._documents[1].update(tirage.atelier.documents([ident], [FormatDocument[form]]))
            return self._documents[1][nom]

    @property
    def fautes(self) -> str:
        """Everything wrong, each fault once: in what was typed, else in the pages."""
        if self._illisible or self.tirage is None:
            return self._illisible
        told = [*self.tirage.place.faults, *(fault for faults in list(self._fautes.values()) for fault in faults)]
        return "\n".join(dict.fromkeys(told))

    def annoncer(self) -> None:
        """Tell those who wait that something happened."""
        with self._nouvelles:
            self.numero += 1
            self._nouvelles.notify_all()

    def attendre(self, numero: int, secondes: float) -> None:
        """Wait until something has happened since that number, or for so long."""
        with self._nouvelles:
            self._nouvelles.wait_for(lambda: self.numero != numero, secondes)

    def arreter(self) -> None:
        """Have all work stop, and nobody wait any more."""
        self.fini = True
        self.annoncer()

    def avancer(self) -> bool:
        """Do one step of what nobody waits for: the pages not looked at, what they say of one another, their faults.

        Gives whether there was one to do. A step is short, and what was begun is left for the next state when there is
        one: an edit waits for a step at most.
        """
        tirage = self.tirage
        if tirage is None:
            return False
        if self._ouvrage[0] is not tirage:
            self._ouvrage = tirage, self._etapes(tirage)
        with self._tour.avance():
            return next(self._ouvrage[1], FINI) is not FINI

    def _ramasser(self) -> None:
        """Free the former states, whose parts know one another."""
        gc.collect()
        self._laisses = 0

    def _etapes(self, tirage: Tirage) -> Iterator[None]:
        """The work of `avancer`, cut into its steps."""
        former = self.fautes
        try:
            tirage.lire_donnees()
            for start in range(0, len(tirage.noms), LOT):
                yield
                tirage.faire(tirage.noms[start : start + LOT])
            yield
            yield from tirage.lire_documents()
            if tirage.etablir():
                self.annoncer()
            for nom in sorted(tirage.place.noms, key=lambda nom: (nom not in self._fautes, nom)):
                yield
                self._imprimer(tirage, nom)
            yield
            self._noter(LIENS, self.imprimerie.conclure(tirage))
            self._arbres.oublier()
        except Exception as error:  # as above
            self._noter(LIENS, [en_mots(error)])
        if self.fautes != former:
            self.dire(self.fautes or "Plus rien à corriger.")
        yield
        self._ramasser()

    def _preparer(self, tirage: Tirage) -> None:
        if self.imprimerie.preparer(tirage):
            self._vues.clear()

    def _imprimer(self, tirage: Tirage, nom: str) -> None:
        self._preparer(tirage)
        if nom not in self._vues:
            self._vues.add(nom)
            try:
                faults = self.imprimerie.imprimer(tirage, nom)
            except Exception as error:  # told in the page, which stays as it was
                faults = [en_mots(error)]
            self._noter(nom, faults)

    def _noter(self, nom: str, faults: list[str]) -> None:
        """Keep what is wrong in a page; what is no longer is not in others either, until they are made again."""
        former = self._fautes.pop(nom, [])
        if faults:
            self._fautes[nom] = faults
        gone = set(former) - set(faults)
        if gone and nom != LIENS:
            kept = {other: [fault for fault in told if fault not in gone] for other, told in self._fautes.items()}
            self._fautes = {other: told for other, told in kept.items() if told}
        if former != faults:
            self.annoncer()
