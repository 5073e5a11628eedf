"""The pages of the preview on disk: each printed when what it is made from has changed, and only then."""

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from smde.outputs.scene import THEME
from smde.outputs.site import Presse
from smde.tirage import Tirage
from smde.veille import etat

INTROUVABLE = "404"
"""The page shown in the place of those that do not exist."""
_MOTS = re.compile(rb"<head>.*?</head>|<article .*?</article>", re.DOTALL)
"""What a page has of its own: the rest is its frame."""


class _Faite(NamedTuple):
    """A page printed: the mark of what it was made from, its own, that of its frame, and what MkDocs said of it."""

    cle: str
    empreinte: str
    cadre: str
    fautes: tuple[str, ...]


class Imprimerie:
    """Prints the pages of one state of the site after another in the same folder. For one thread at a time."""

    def __init__(self, travail: Path, date: str) -> None:
        """`travail` is a folder of its own, `date` the ISO date of the version."""
        self.site = travail / "site"
        self._travail, self._date = travail, date
        self._faites: dict[str, _Faite] = {}
        self._etat: tuple[Tirage, int] | None = None
        self._numero = 0
        """How many states were prepared."""
        self._presse: Presse | Exception | None = None
        self._cle_presse = ""
        self._reglages = b""
        self._allure = b""
        """The look of the site: its settings, its colours, its logo."""
        self._macros_de = 0
        """The state whose macros MkDocs has."""

    def preparer(self, tirage: Tirage) -> bool:
        """Turn to a state of the site; whether it is another one."""
        if self._etat == (tirage, tirage.version):
            return False
        self._etat = (tirage, tirage.version)
        self._numero += 1
        place, lieux = tirage.place, tirage.atelier.lieux
        try:
            settings = place.reglages(lieux.reglages, with_macros=True)
            self._reglages = json.dumps([settings, sorted(etat(THEME).items())]).encode()
            self._allure = self._reglages + tirage.allure()
            others = sorted(path for path in place.ecrites if not path.endswith(".md"))
            key = _marque(self._reglages, json.dumps([sorted(place.noms), others]).encode())
            if key != self._cle_presse:
                self._cle_presse = key
                self._presse = self._ouvrir(tirage)
                self._macros_de = self._numero
        except Exception as error:
            self._cle_presse = ""
            self._presse = error
        return True

    def _ouvrir(self, tirage: Tirage) -> Presse:
        """MkDocs over a folder where every page has its place."""
        place, lieux = tirage.place, tirage.atelier.lieux
        scene = self._travail / f"scene-{self._numero}"
        content = {f"{nom}.md": b"" for nom in place.noms} | place.ecrites | place.fixes()
        place.deposer(scene, content, macros=lieux.macros, reglages=lieux.reglages)
        presse = Presse(scene, self.site, self._date, self._contexte)
        for former in self._travail.glob("scene-*"):
            if former != scene:
                shutil.rmtree(former, ignore_errors=True)
        return presse

    def _contexte(self) -> object:
        """What the macros of the pages being printed may know."""
        assert self._etat
        return self._etat[0].contexte()

    def imprimer(self, tirage: Tirage, nom: str) -> list[str]:
        """Print a page of the state prepared, unless it would be the same; what is wrong with it, in French.

        Raises what prevents it from being made; the page stays as it was.
        """
        written = tirage.place.ecrites.get(f"{nom}.md")
        sheet = tirage.feuille(nom) if written is None else None
        text = sheet.texte if sheet else written or b""
        key = _marque(text, self._reglages, b"" if sheet else self._autour(text))
        made = self._faites.get(nom)
        if made is None or made.cle != key:
            if not isinstance(self._presse, Presse):
                raise self._presse or AssertionError("no state was prepared")
            faults = []
            if not sheet and self._macros_de != self._numero:
                self._macros_de = self._numero
                faults += self._presse.renouveler(tirage.atelier.lieux.macros)
            faults += self._presse.page(nom, text)
            file = self.fichier(nom)
            if not file.is_file():
                return faults
            words = file.read_bytes()
            made = self._faites[nom] = _Faite(key, _marque(words), _marque(_MOTS.sub(b"", words)), tuple(faults))
        return [*(sheet.perdus if sheet else ()), *made.fautes]

    def _autour(self, text: bytes) -> bytes:
        """What a page of docs/ is made from besides its text: what macros give it, or the pages it may link to."""
        return str(self._numero).encode() if b"render_macros" in text else self._cle_presse.encode()

    def fichier(self, nom: str) -> Path:
        """The file of a page."""
        return self.site / f"{nom}.html"

    def marques(self, nom: str) -> tuple[str, str]:
        """The mark of a page as it is shown, and that of what surrounds its words; empty until it is printed."""
        if nom not in self._faites:
            return "", ""
        made = self._faites[nom]
        return _marque(made.empreinte.encode(), self._allure), _marque(made.cadre.encode(), self._allure)

    def conclure(self, tirage: Tirage) -> list[str]:
        """Once every page is printed, remove those that are no more; the links that lead nowhere, in French."""
        for nom in self._faites.keys() - tirage.place.noms:
            del self._faites[nom]
            self.fichier(nom).unlink(missing_ok=True)
        lost = tirage.place.liens_perdus(tirage.feuilles.values())
        if isinstance(self._presse, Presse):
            lost += self._presse.ancres({nom: sheet.ancres for nom, sheet in tirage.feuilles.items()})
        return lost


def _marque(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()
