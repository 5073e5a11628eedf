"""One state of the site whose pages are made one at a time, when they are asked for.

A page depends on the others for little: where elements without a page of their own are, what published files weigh,
which elements the documents hold. That is taken as it last was (`Acquis`), then set right once every page was made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smde import pages
from smde.arbre import Document, Nodes
from smde.construire import Atelier, identity
from smde.etiquettes import etiquettes
from smde.fragments import TemplateFault
from smde.model.identite import Livrable
from smde.outputs import recherche
from smde.outputs.scene import Feuille, Place


@dataclass(slots=True)
class Acquis:
    """What the pages say of one another, as far as is known."""

    ancres: dict[str, frozenset[str]] = field(default_factory=dict)
    """The elements each page has a place for."""
    donnees: dict[str, bytes] = field(default_factory=dict)
    """The data files published with the site."""
    contenus: dict[str, frozenset[str]] = field(default_factory=dict)
    """The elements each document holds."""


class Arbres(dict[str, Nodes]):
    """The trees pandoc has read, by text, kept from one state to the next while they serve."""

    def __init__(self) -> None:
        self._servis: set[str] = set()

    def __getitem__(self, texte: str) -> Nodes:
        """The tree of a text, noted as of use."""
        self._servis.add(texte)
        return super().__getitem__(texte)

    def oublier(self) -> None:
        """Forget the texts that nothing asked for since the last time."""
        for texte in self.keys() - self._servis:
            del self[texte]
        self._servis.clear()


class Tirage:
    """The site of one edition, page by page."""

    def __init__(self, atelier: Atelier, acquis: Acquis, arbres: Arbres) -> None:
        """`acquis` is what the former state knew.

        Raises `TemplateFault` when the menu is wrong.
        """
        self.atelier = atelier
        self.acquis = Acquis(dict(acquis.ancres), dict(acquis.donnees), dict(acquis.contenus))
        self._arbres = arbres
        self.gabarits = atelier.gabarits(arbres)
        self.plan = pages.plan(self.gabarits)
        self.documents: dict[str, Document] = {}
        """The pages made so far."""
        self._commandes = {commande[0]: commande for commande in self.plan.commandes}
        self.noms = tuple(self._commandes)
        """The pages made from the dossier."""
        self._donnees_lues = False
        self._index: tuple[int, bytes] | None = None
        """The index of the search, and for which version."""
        self._identite = identity(atelier.edition, atelier.lieux)
        self.version = 0
        """How many times what the pages say of one another was set right."""
        self.place = self._place()
        self._fixes = self.place.fixes()
        self.feuilles: dict[str, Feuille] = {}

    def _place(self) -> Place:
        """Where everything is, as far as is known."""
        atelier, acquis = self.atelier, self.acquis
        atelier.contenus.update(acquis.contenus)
        weights = {path: len(content) for path, content in acquis.donnees.items()}
        weights |= {path: file.stat().st_size for path, file in atelier.remis.items()}
        documents = {f"documents/{nom}": 0 for nom in atelier.noms_des_documents()}  # made when somebody opens one
        return Place(
            self.noms,
            self._identite,
            self.plan.adresses(acquis.ancres),
            atelier.reperes(),
            weights | documents,
            atelier.lieux.docs,
        )

    def etablir(self) -> bool:
        """Set right what the pages say of one another; whether anything was wrong."""
        former, self.place = self.place, self._place()
        known = (former.ids, former.reperes, former.files)
        if known == (self.place.ids, self.place.reperes, self.place.files):
            return False
        self._fixes = self.place.fixes()
        self.feuilles.clear()
        self.version += 1
        return True

    def contexte(self) -> pages.Contexte:
        """What the hand-written pages may know."""
        return self.atelier.contexte(self.place.ids)

    def faire(self, noms: Iterable[str]) -> dict[str, TemplateFault]:
        """Make some pages, their texts read at once by pandoc; those that could not be made, and why."""
        faults: dict[str, TemplateFault] = {}
        versees = []
        for nom in noms:
            if nom in self._commandes and nom not in self.documents:
                try:
                    versees.append(self.gabarits.verser(self._commandes[nom]))
                except TemplateFault as fault:
                    faults[nom] = fault
        try:
            self.gabarits.lire(versees)
        except TemplateFault as fault:
            if len(versees) == 1:
                return faults | {versees[0].nom: fault}
            for versee in versees:  # one of them is wrong: which?
                faults |= self.faire([versee.nom])
            return faults
        for versee in versees:
            try:
                document = self.plan.page(self.gabarits, versee)
            except TemplateFault as fault:
                faults[versee.nom] = fault
            else:
                self.documents[versee.nom] = document
                self.acquis.ancres[versee.nom] = pages.ancres(self.gabarits, document)
        return faults

    def feuille(self, nom: str) -> Feuille:
        """The file of a page; raises `TemplateFault` when its template is wrong."""
        if nom not in self.feuilles:
            for fault in self.faire([nom]).values():
                raise fault
            self.feuilles[nom] = self.place.page(self.documents[nom])
        return self.feuilles[nom]

    def fichier(self, path: str) -> bytes | None:
        """A file published with the pages, documents and index left out; None when there is none of that name."""
        if path in self.acquis.donnees:
            return self.acquis.donnees[path]
        if path in self.atelier.remis:
            return self.atelier.remis[path].read_bytes()
        written = None if path.endswith(".md") else self.place.ecrites.get(path)
        return self._fixes.get(path, written)

    def allure(self) -> bytes:
        """What the authority looks like: its colours, its logo."""
        return b"".join(content for path, content in self._fixes.items() if path.startswith("assets/"))

    def lire_donnees(self) -> None:
        """Make the data files."""
        if not self._donnees_lues:
            files = self.atelier.donnees().items()
            self.acquis.donnees = {f"donnees/{path}": data for path, data in files if not path.startswith("schemas/")}
            self._donnees_lues = True

    def lire_documents(self) -> Iterator[None]:
        """Note which elements each document holds, one after the other."""
        for livrable in self.atelier.edition.tous(Livrable):
            self.acquis.contenus[livrable.id] = self.atelier.document(livrable, self._arbres).ancres
            yield

    def index(self) -> bytes:
        """What the search looks in, of the pages made."""
        if self._index is None or self._index[0] != self.version:
            made = [self.documents[nom] for nom in self.noms if nom in self.documents]
            labels = etiquettes(self.atelier.edition)
            self._index = self.version, recherche.index(made, self.place.ids, labels, self.place.ecrites)
        return self._index[1]
