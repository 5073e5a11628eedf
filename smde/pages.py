"""Views poured through the templates of `macros/`: the pages of a site, the document of a livrable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from smde import images
from smde.arbre import Document, slug
from smde.controle_accessibilite import Controle
from smde.diagnostic import suggestion
from smde.edition import Edition
from smde.fragments import TemplateFault as TemplateFault
from smde.gabarits import Commande, Versee
from smde.gabarits import Gabarits as Gabarits
from smde.model.champ import Diffusion
from smde.model.element import Element, StatutValidation
from smde.model.identite import Livrable
from smde.model.strategie import Constat, Theme
from smde.mots.envois import page_de_remise
from smde.mots.versions import page_de
from smde.reperage import reperee
from smde.views.portee import selection


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site, and where each element is: `page` or `page#anchor`."""

    documents: tuple[Document, ...]
    adresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Contexte:
    """What the hand-written pages of docs/ may know: the edition of the site, and where each element is in it."""

    edition: Edition
    adresses: Mapping[str, str]
    controle: Controle | None = None
    """The last automatic check of the accessibility of the site."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a site before they are made, and which elements have one of their own."""

    commandes: tuple[Commande, ...]
    genres: Mapping[str, str]
    propres: Mapping[str, str]
    """The page of each element that has one."""

    def page(self, gabarits: Gabarits, versee: Versee) -> Document:
        """A page, once its text is read."""
        document = gabarits.document(versee)
        ident = versee.nom.rpartition("/")[2]
        blocs = gabarits.sigles.expliques(document.blocs, sauf=ident)
        return replace(document, blocs=blocs, genre=self.genres.get(versee.nom, ""))

    def adresses(self, ancres: Mapping[str, Iterable[str]]) -> dict[str, str]:
        """Where each element is: on a page of its own, else on the first page that has its anchor.

        `ancres` gives the identifiers of elements that each page has.
        """
        found = dict(self.propres)
        for nom, _, _ in self.commandes:
            for ident in sorted(ancres.get(nom, ())):
                found.setdefault(ident, f"{nom}#{ident}")
        return found


def plan(gabarits: Gabarits) -> Plan:
    """One page per element that has a template in `elements/`, one per template in `pages/`."""
    edition = gabarits.edition
    templates = gabarits.templates("elements")
    commandes: list[Commande] = []
    propres = {edition.identite.id: "index"}
    genres = {"index": "accueil"}
    for element in edition.elements.values():
        if element.genre in templates:
            nom = f"{dossier(type(element))}/{element.id}"
            propres[element.id] = nom
            genres[nom] = element.genre
            commandes.append((nom, f"elements/{element.genre}.md.j2", {"element": element}))
    commandes += [
        (nom, f"pages/{nom}.md.j2", {}) for nom in gabarits.templates("pages") if nom not in gabarits.menu.absentes
    ]
    commandes += [
        (page_de(one.nom), "versions/depuis.md.j2", {"rang": rank}) for rank, one in enumerate(gabarits.passe)
    ]
    commandes += [(page_de_remise(ident), "remises/depuis.md.j2", {"envoi": ident}) for ident in gabarits.remises]
    return Plan(tuple(commandes), genres, propres)


def dossier(classe: type[Element]) -> str:
    """The folder of the pages of a kind: themes stand under the diagnosis, which lists them."""
    own = slug(classe.pluriel)
    return f"{slug(Constat.pluriel)}/{own}" if classe is Theme else own


def ancres(gabarits: Gabarits, document: Document) -> frozenset[str]:
    """The elements a link to this page can lead to."""
    return document.ancres & gabarits.edition.elements.keys()


def site(gabarits: Gabarits) -> Pages:
    """Every page, made."""
    planned = plan(gabarits)
    versees = [gabarits.verser(commande) for commande in planned.commandes]
    gabarits.lire(versees)
    documents = tuple(planned.page(gabarits, versee) for versee in versees)
    return Pages(documents, planned.adresses({document.nom: ancres(gabarits, document) for document in documents}))


def livrable(gabarits: Gabarits, livrable: Livrable) -> Document:
    """The document of a livrable: the part of the edition its filter keeps, poured into its template."""
    modeles = gabarits.templates("documents")
    if livrable.modele not in modeles:
        near = suggestion(livrable.modele, modeles) or f"Modèles possibles : {', '.join(modeles) or 'aucun'}."
        raise TemplateFault(
            f"Le document « {livrable.titre} » demande le modèle « {livrable.modele} », que macros/documents/ n'a pas. "
            f"{near}"
        )
    edition = selection(reperee(gabarits.edition), livrable.filtre)
    logo = edition.fichiers.get(edition.identite.logo or "")
    values = {"livrable": edition.elements.get(livrable.id, livrable)}
    commande = (livrable.id, f"documents/{livrable.modele}.md.j2", values)
    (document,) = gabarits.restreints(edition).documents([commande])
    return replace(
        document,
        titre=livrable.titre,
        sous_titre=livrable.sous_titre or edition.identite.strategie,
        version=edition.date[:7],
        edition=edition.diffusion.name,
        statut=standing(edition),
        genre="livrable",
        logo=None if logo is None else images.lire(logo),
        logo_texte=edition.identite.logo_alternatif or edition.identite.titre,
        couverture=livrable.couverture,
        sommaire=livrable.sommaire,
    )


def standing(edition: Edition) -> str:
    """What cover, headers and banners say of the standing of an edition."""
    pending = any(element.validation.statut is StatutValidation.a_valider for element in edition.elements.values())
    words = "Document de travail" if pending or edition.diffusion is not Diffusion.public else "Document publié"
    return words if edition.diffusion is Diffusion.public else f"{words} – diffusion {edition.diffusion.name}"
