"""From a dossier to its outputs: read and checked, trimmed to an edition, made. What is where is decided elsewhere."""

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from smde import controle_accessibilite, envois, pages, rules
from smde.arbre import Document, Nodes, slug
from smde.changements.comparaison import comparer
from smde.diagnostic import Diagnostic, in_order
from smde.dossier import Dossier, charger
from smde.ecriture import accord, typographie
from smde.edition import Edition, edition
from smde.envois import Remise
from smde.etiquettes import etiquettes
from smde.fabrication import Travail, fabriquer
from smde.instantane import Instantane, prendre, texte, vers_edition
from smde.menu import lire
from smde.model.champ import Diffusion
from smde.model.element import Element
from smde.model.identite import FormatDocument, Livrable
from smde.modele_word import ModeleWord
from smde.outputs import docx, donnees, libreoffice, odt, pandoc, pdf, site, xlsx
from smde.outputs.site import Ailleurs, Repere
from smde.outputs.word.pagination import paginate
from smde.refus import Refus
from smde.reserve import Reserve
from smde.revisions import fondu
from smde.revisions.resume import resume
from smde.views.chaine import NIVEAUX
from smde.views.conformite import conformite
from smde.views.portee import selection

PAQUET = Path(__file__).parent
LIVREES = PAQUET.parent
"""Where the templates, the hand-written pages and the settings of the program stand when a dossier has none."""

SUIVIS = (FormatDocument.docx, FormatDocument.pdf)
"""The formats that show tracked changes."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lieux:
    """Where a dossier finds what surrounds its content: its own folders, or those of the program."""

    racine: Path
    macros: Path
    docs: Path
    reglages: Path


def lieux(racine: Path) -> Lieux:
    """The folders of a dossier, the program's own standing in for those it does not have."""

    def own(name: str) -> Path:
        return racine / name if (racine / name).exists() else LIVREES / name

    return Lieux(racine, own("macros"), own("docs"), own("mkdocs.yml"))


def _livre(path: Path, quoi: str) -> None:
    """Raises `Refus` when neither the dossier nor the program has this."""
    if not path.exists():
        raise Refus(
            f"Il manque {quoi} : le dossier n'en a pas, et cette installation du programme ne les contient pas. "
            "Lancez « python3 build.py » dans une copie du projet, ou installez-la par « pip install -e . »."
        )


def verifier(racine: Path) -> tuple[Dossier, list[Diagnostic]]:
    """The dossier, and everything wrong in it, in order."""
    with _sans_ramasse_miettes():
        dossier = charger(racine)
        return dossier, in_order([*dossier.diagnostics, *rules.run(dossier)])


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """A dossier is built once and kept: looking for garbage in it would take half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass
class Atelier:
    """One edition being made into outputs; nothing is written but where it is told."""

    edition: Edition
    lieux: Lieux
    dire: Say
    sources: Mapping[str, str] = field(default_factory=dict)
    """Where each element can be changed, for those of a forge that everybody reads."""
    modele: ModeleWord | None = None
    """What the Word files take their look from; the reference document of the program when there is none."""
    passe: Sequence[Instantane] = ()
    """What these readers were told before, the most recent first."""
    remises: Mapping[str, Remise] = field(default_factory=dict)
    """What actors hold, by id of envoi, for the readers of the register."""
    remis: Mapping[str, Path] = field(default_factory=dict)
    """The files they hold, for the same readers: where the site has them, where they are."""
    paginer: bool = False
    """Whether LibreOffice is asked for the pages that the contents of Word files give."""
    version: str = ""
    """The name under which it is published; its month when it is not."""
    suivi: bool = False
    """Whether Word files, and what LibreOffice makes of them, open with their revisions tracked."""
    contenus: dict[str, frozenset[str]] = field(default_factory=dict)
    """The elements each document holds, for those that were made."""
    reserve: Reserve | None = None
    """Where documents are kept from one run to the next; they are all made again when there is none."""

    def donnees(self) -> dict[str, bytes]:
        """The data files, by path."""
        self.dire("Données…")
        return donnees.fichiers(self.edition)

    def documents(
        self,
        livrables: Sequence[str] = (),
        formats: Sequence[FormatDocument] | None = None,
        *,
        odt_voulu: bool = True,
    ) -> dict[str, bytes]:
        """The files of the documents, by name; every livrable and its own formats unless told otherwise."""
        chosen = self._voulus(livrables)
        asked = {livrable.id: _formats(livrable, formats, named=bool(livrables)) for livrable in chosen}
        wanted = any(FormatDocument.odt in forms for forms in asked.values())
        if wanted and not (odt_voulu and self._odt_possible(bool(formats))):
            asked = {
                ident: [form for form in forms if form is not FormatDocument.odt] for ident, forms in asked.items()
            }
        orders = [(livrable, form) for livrable in chosen for form in asked[livrable.id]]
        titres = {f"{livrable.id}.{form.name}": f"« {livrable.titre} » ({form.name})…" for livrable, form in orders}
        noms = list(titres)

        def annoncer(nom: str) -> None:
            self.dire(f"Document {noms.index(nom) + 1} sur {len(noms)} : {titres[nom]}")

        works = (work for livrable in chosen for work in self._travaux(livrable, asked[livrable.id]))
        made = list(fabriquer(works, self.reserve, annoncer))
        same = sum(fait.inchange for fait in made)
        if same:
            self.dire(f"  {accord(same, 'document')} sur {len(made)} : rien n'a changé depuis la dernière fois.")
        return {fait.travail.nom: fait.contenu for fait in made}

    def _travaux(self, livrable: Livrable, formats: Sequence[FormatDocument]) -> Iterator[Travail]:
        """The files to make of a document, each with all that it is made from."""
        if not formats:
            return
        document, part = self.document(livrable), selection(self.edition, livrable.filtre)
        word = Travail(
            f"{livrable.id}.docx",
            _word,
            document,
            (self.modele, self.paginer, self.suivi),
            outil=pandoc.version(),
            gardable=not self.paginer,  # pages depend on the fonts of the machine
        )
        for form in formats:
            nom = f"{livrable.id}.{form.name}"
            if form is FormatDocument.docx:
                yield word
            elif form is FormatDocument.pdf:
                yield Travail(nom, pdf.write, document, (texte(part).encode(),), outil=pandoc.version())
            elif form is FormatDocument.xlsx:
                yield Travail(nom, xlsx.write, document, (part, livrable), gardable=False)
            else:
                if FormatDocument.docx not in formats:
                    yield replace(word, annexe=True)
                yield Travail(nom, odt.write, None, depuis=word, outil=libreoffice.version())

    def _voulus(self, livrables: Sequence[str]) -> list[Livrable]:
        """The documents asked for, all of them when none is named."""
        known = {livrable.id: livrable for livrable in self.edition.tous(Livrable)}
        for ident in livrables:
            if ident not in known:
                listed = ", ".join(known) or "aucun"
                raise Refus(f"Le document « {ident} » n'existe pas dans cette édition. Documents possibles : {listed}.")
        return [known[ident] for ident in livrables] or list(known.values())

    def document(self, livrable: Livrable, arbres: MutableMapping[str, Nodes] | None = None) -> Document:
        """The tree of a document; `arbres` as templates take it."""
        document = pages.livrable(self.gabarits(arbres), livrable)
        self.contenus[livrable.id] = document.ancres
        return replace(document, version=self.version) if self.version else document

    def revisions(
        self, livrables: Sequence[str], avant: Instantane, formats: Sequence[FormatDocument] | None, reviseur: str
    ) -> dict[str, bytes]:
        """The files of documents that show, as tracked changes, what changed since a snapshot of these readers."""
        comparaison = comparer(avant, prendre(self.edition, "cette version"))
        former = pages.Gabarits(self.lieux.macros, vers_edition(avant), pandoc.read)
        orders = []
        for livrable in self._voulus(livrables):
            document = self.document(livrable)
            merged = fondu(pages.livrable(former, livrable), document)
            blocs = (*resume(comparaison, document.ancres, list(merged.blocs)), *merged.blocs)
            orders.append((livrable, replace(merged, blocs=blocs, reviseur=reviseur)))
        files: dict[str, bytes] = {}
        with tempfile.TemporaryDirectory(prefix="smde-") as folder:
            for livrable, merged in orders:
                for form in formats or (FormatDocument.docx,):
                    if form not in SUIVIS:
                        raise Refus(f"Les changements suivis se font en docx ou en pdf, pas en {form.name}.")
                    self.dire(f"Document « {livrable.titre} », changements depuis « {avant.nom} » ({form.name})…")
                    target = Path(folder, f"{livrable.id}-depuis-{slug(avant.nom)}.{form.name}")
                    if form is FormatDocument.pdf:
                        pdf.write(merged, target)
                    else:
                        docx.write(merged, target, modele=self.modele)
                    files[target.name] = target.read_bytes()
        return files

    def noms_des_documents(self) -> list[str]:
        """The files of the documents that the site proposes: every livrable in its own formats but OpenDocument."""
        return [
            f"{livrable.id}.{form.name}"
            for livrable in self.edition.tous(Livrable)
            for form in livrable.formats
            if form is not FormatDocument.odt
        ]

    def _odt_possible(self, asked: bool) -> bool:
        if odt.available():
            return True
        words = "Format odt : LibreOffice n'est pas installé sur cette machine (paquet « libreoffice-writer »)."
        if asked:
            raise Refus(words)
        self.dire(words + " Les autres formats sont faits.")
        return False

    def site(self, target: Path, files: Mapping[str, bytes]) -> None:
        """The website, with the files it lets people download, in `target`."""
        _livre(self.lieux.reglages, "les réglages du site (mkdocs.yml)")
        with _sans_ramasse_miettes():
            made = pages.site(self.gabarits())
        self.dire(f"Site : {accord(len(made.documents), 'page')}…")
        faults = site.write(
            made.documents,
            identity(self.edition, self.lieux, self.version),
            ids=made.adresses,
            target=target,
            reperes=self.reperes(),
            etiquettes=etiquettes(self.edition),
            extra_files={**files, **{nom: file.read_bytes() for nom, file in self.remis.items()}},
            docs=self.lieux.docs,
            macros=self.lieux.macros,
            contexte=self.contexte(made.adresses),
            reglages=self.lieux.reglages,
        )
        if faults:
            raise Refus("Le site n'a pas été remplacé :\n" + "\n".join(f"  {fault}" for fault in faults))

    def reperes(self) -> dict[str, Repere]:
        """What the permanent address of each element says."""
        return {element.id: self._repere(element) for element in self.edition.elements.values()}

    def _repere(self, element: Element) -> Repere:
        """What the site says of an element besides its page: the documents that hold it, the place of its source."""
        ailleurs: list[Ailleurs] = []
        for livrable in self.edition.tous(Livrable):
            if element.id in self.contenus.get(livrable.id, ()):
                for form in livrable.formats:
                    file = f"fichier:documents/{livrable.id}.{form.value}"
                    if form is FormatDocument.pdf:
                        ailleurs.append(
                            Ailleurs(f"{livrable.titre} (PDF), à cet endroit", f"{file}#nameddest={element.id}")
                        )
                    elif form is FormatDocument.docx:
                        where = f"chercher « {element.id} »" if isinstance(element, NIVEAUX) else ""
                        ailleurs.append(Ailleurs(f"{livrable.titre} (Word)", file, typographie(where)))
        if element.id in self.sources:
            ailleurs.append(Ailleurs("Proposer une modification", self.sources[element.id]))
        return Repere(typographie(element.titre), tuple(ailleurs))

    def contexte(self, adresses: Mapping[str, str]) -> pages.Contexte:
        """What the hand-written pages may know; `adresses` says where each element is."""
        return pages.Contexte(self.edition, adresses, controle_accessibilite.lire(self.lieux.racine))

    def gabarits(self, arbres: MutableMapping[str, Nodes] | None = None) -> pages.Gabarits:
        """The templates, for this edition; `arbres` as they take it."""
        _livre(self.lieux.macros, "les gabarits (macros/)")
        return pages.Gabarits(self.lieux.macros, self.edition, pandoc.read, arbres, self.passe, self.remises)


def _word(document: Document, target: Path, modele: ModeleWord | None, paginer: bool, suivi: bool) -> None:
    """A Word file, its contents with the pages LibreOffice finds if asked."""
    docx.write(document, target, modele=modele, suivi=suivi)
    if paginer:
        paginate(target)


def _formats(livrable: Livrable, asked: Sequence[FormatDocument] | None, *, named: bool) -> list[FormatDocument]:
    """The formats to make of a document: a workbook only of those that have one, whatever is asked of all."""
    without = FormatDocument.xlsx in (asked or ()) and FormatDocument.xlsx not in livrable.formats
    if without and named:
        raise Refus(f"Le document « {livrable.titre} » n'a pas de classeur : ajoutez xlsx à ses formats pour l'avoir.")
    made = [form for form in asked or livrable.formats if not (without and form is FormatDocument.xlsx)]
    return sorted(dict.fromkeys(made), key=lambda form: form is FormatDocument.odt)  # it is made from the Word file


def telechargeables(data: Mapping[str, bytes], documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that the site lets people take away."""
    found = {f"donnees/{path}": content for path, content in data.items() if not path.startswith("schemas/")}
    return found | {f"documents/{name}": content for name, content in documents.items() if not name.endswith(".odt")}


def identity(trimmed: Edition, places: Lieux, version: str = "") -> site.SiteIdentity:
    """What surrounds every page of the site; a version that is published is a folder below its address."""
    identite = trimmed.identite
    address = identite.site or ""
    menu = lire(places.macros, trimmed)
    standing = pages.standing(trimmed)
    return site.SiteIdentity(
        nom=identite.titre,
        strategie=identite.strategie,
        date=trimmed.date,
        version=version or trimmed.date[:7],
        edition={Diffusion.public: "publique"}.get(trimmed.diffusion, trimmed.diffusion.name),
        versions="../versions.html" if version else "",
        publique=trimmed.diffusion is Diffusion.public,
        statut="" if standing == "Document publié" else standing,
        resume=" ".join((identite.chapo or identite.strategie).split()),
        couleur=identite.couleurs.principale,
        accent=identite.couleurs.accent,
        url=f"{address.rstrip('/')}/{version}/" if address and version else address,
        logo=next(iter(trimmed.fichiers.items()), None),
        logo_alternatif=identite.logo_alternatif or "",
        menu=menu.lignes,
        pied=_pied(menu.pied, trimmed),
    )


def _pied(lines: Sequence[tuple[str, str]], trimmed: Edition) -> tuple[tuple[str, str], ...]:
    """The footer: the law wants the standing of the site said on every page, beside the link to its declaration."""
    said = f" : {conformite(trimmed).etat}"
    return tuple((typographie(words + said) if page == "accessibilite" else words, page) for words, page in lines)


def atelier(
    dossier: Dossier,
    diffusion: Diffusion,
    date: str,
    dire: Say,
    modele: ModeleWord | None = None,
    passe: Sequence[Instantane] = (),
    version: str = "",
) -> Atelier:
    """What makes the outputs of one edition of a checked dossier; `modele` stands in for the one it names, `passe` is
    what its readers were told before, `version` the name it is published under.
    """
    trimmed = edition(dossier, diffusion, date)
    own = dossier.modeles_word.get(trimmed.identite.modele_word or "")
    return Atelier(
        trimmed,
        lieux(dossier.racine),
        dire,
        _sources(dossier, trimmed),
        modele or own,
        passe,
        envois.remises(dossier, diffusion, date),
        envois.fichiers(dossier, diffusion),
        version=version,
    )


def _sources(dossier: Dossier, trimmed: Edition) -> dict[str, str]:
    """Where each element of an edition can be changed; nothing unless the authority says that its forge is open.

    The file and no line: the line would count what stands above, which this edition may not know.
    """
    modele = trimmed.identite.modification
    if modele is None:
        return {}
    places = {ident: dossier.place(ident) for ident in trimmed.elements if ident in dossier.origines}
    return {ident: modele.replace("{fichier}", quote(place.path)) for ident, place in places.items()}
