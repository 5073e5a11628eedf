"""The site as its readers walk it: nothing out of reach, no link to nowhere, no heading over nothing."""

import shutil
from collections import deque
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest

from smde import pages
from smde.arbre import NON_DIFFUSE, Document
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.fragments import TemplateFault
from smde.menu import Entree, lire
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, Partie, champ
from smde.model.element import Element, StatutValidation
from smde.model.identite import Livrable
from smde.model.plan import champs
from smde.model.rubriques import CLASSES
from smde.views.chaine import NIVEAUX, enfants, parents
from tests.conftest import VALMER, duree, ecrire
from tests.rendu import (
    DATE,
    MACROS,
    RACINE,
    cibles,
    edition_avec,
    edition_de,
    element,
    gabarits,
    noeuds,
    page,
    paroles,
    simple,
    site_de,
    sous,
    tableaux,
    titres,
)

SITES = [(VALMER, PUBLIC), (VALMER, PARTENAIRES), (VALMER, INTERNE), (RACINE, PUBLIC), (RACINE, INTERNE)]
NOMS = [f"{racine.name if racine is VALMER else 'brest'}-{niveau.name}" for racine, niveau in SITES]
DOCS = {file.relative_to(RACINE / "docs").as_posix()[:-3] for file in (RACINE / "docs").rglob("*.md")}
tous_les_sites = pytest.mark.parametrize(("racine", "niveau"), SITES, ids=NOMS)


def menu(une_edition: Edition) -> list[str]:
    """The pages the menu opens, one click from anywhere."""

    def opened(lines: tuple[Entree, ...]) -> Iterator[str]:
        for _, content in lines:
            if isinstance(content, str):
                yield content
            else:
                yield from opened(content)

    return list(opened(lire(MACROS, une_edition).lignes))


@tous_les_sites
def test_every_element_is_somewhere(racine: Path, niveau: Diffusion) -> None:
    assert site_de(racine, niveau).adresses.keys() == edition_de(racine, niveau).elements.keys()


@tous_les_sites
def test_no_link_leads_nowhere(racine: Path, niveau: Diffusion) -> None:
    site = site_de(racine, niveau)
    places = {document.nom: document.ancres for document in site.documents}
    for document in site.documents:
        for cible in cibles(document):
            kind, _, rest = cible.partition(":")
            if cible.startswith("#") and cible[1:] in document.ancres - site.adresses.keys():
                continue  # further down the same page
            if cible.startswith("#"):
                nom, _, anchor = site.adresses[cible[1:]].partition("#")
                assert nom in places, (document.nom, cible)
                assert not anchor or anchor in places[nom], (document.nom, cible)
            elif kind == "page":
                assert rest in places or rest in DOCS, (document.nom, cible)
            else:
                assert kind in ("fichier", "https", "http"), (document.nom, cible)


@tous_les_sites
def test_every_element_is_within_three_clicks_of_home(racine: Path, niveau: Diffusion) -> None:
    site, here = site_de(racine, niveau), edition_de(racine, niveau)
    from_menu = [*menu(here), "plan-du-site"]
    links = {
        document.nom: {
            site.adresses.get(cible[1:], "").partition("#")[0] if cible[0] == "#" else cible.removeprefix("page:")
            for cible in cibles(document)
            if cible.startswith(("#", "page:")) and cible[1:] not in document.ancres - site.adresses.keys()
        }
        for document in site.documents
    }
    clicks, waiting = {"index": 0}, deque(["index"])
    while waiting:
        nom = waiting.popleft()
        for near in [*from_menu, *links.get(nom, ())]:
            if near not in clicks:
                clicks[near] = clicks[nom] + 1
                waiting.append(near)
    for ident, adresse in site.adresses.items():
        assert clicks.get(adresse.partition("#")[0], 99) <= 3, ident
    assert {document.nom for document in site.documents} <= clicks.keys()


@tous_les_sites
def test_the_chain_is_walked_both_ways_from_every_page(racine: Path, niveau: Diffusion) -> None:
    site, here = site_de(racine, niveau), edition_de(racine, niveau)
    for classe in NIVEAUX:
        for one in here.tous(classe):
            led = cibles(page(site, site.adresses[one.id]))
            for near in [*parents(here, one), *enfants(here, one)]:
                assert f"#{near.id}" in led, (one.id, near.id)


@tous_les_sites
def test_no_heading_stands_over_nothing_and_levels_have_no_gap(racine: Path, niveau: Diffusion) -> None:
    for document in [*site_de(racine, niveau).documents, complet(racine, niveau)]:
        headings = list(vides(document))
        assert headings == [], document.nom
        levels = [level for level, _ in titres(document)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), document.nom
        assert levels.count(1) == 1 or document.genre == "livrable", document.nom


def vides(document: Document) -> Iterator[str]:
    """Headings of the templates' own with nothing under them."""
    for bloc, following in pairwise([*document.blocs, None]):
        if bloc is not None and bloc["t"] == "Header":
            own = not any(node["t"] == "Link" for node in noeuds(bloc)) and bloc["c"][1][0] not in CITES
            if own and (following is None or (following["t"] == "Header" and following["c"][0] <= bloc["c"][0])):
                yield paroles(bloc["c"][2])


CITES = {ident for racine in (VALMER, RACINE) for ident in edition_de(racine, INTERNE).elements}


@cache
def complet(racine: Path, niveau: Diffusion) -> Document:
    """The document that prints a whole edition."""
    here = edition_de(racine, niveau)
    (whole,) = [one for one in here.tous(Livrable) if one.modele == "strategie-et-schema"]
    return pages.livrable(gabarits(here), whole)


@tous_les_sites
def test_no_mark_no_raw_node_and_no_word_of_the_machine_is_left(racine: Path, niveau: Diffusion) -> None:
    for document in [*site_de(racine, niveau).documents, complet(racine, niveau)]:
        kinds = {node["t"] for node in noeuds(list(document.blocs))}
        assert not kinds & {"RawBlock", "RawInline", "Math", "Cite"}, document.nom
        words = paroles(document)
        assert not any(mark in words for mark in ("\ue000", "\ue001", "\ue002", "\ue003", "None", "{{", ":::")), (
            document.nom
        )


@tous_les_sites
def test_every_table_has_a_caption_and_every_figure_its_words(racine: Path, niveau: Diffusion) -> None:
    for document in [*site_de(racine, niveau).documents, complet(racine, niveau)]:
        for node in noeuds(list(document.blocs)):
            if node["t"] == "Table":
                assert paroles(node["c"][1]).strip(), document.nom
                assert node["c"][3][1], document.nom
            if node["t"] == "Image":
                nom = node["c"][2][0].removeprefix("figure:")
                assert len(document.figures[nom].description) > 40


@tous_les_sites
def test_a_proposal_says_so_on_its_page_in_the_lists_and_in_the_document(racine: Path, niveau: Diffusion) -> None:
    site, here = site_de(racine, niveau), edition_de(racine, niveau)
    printed = complet(racine, niveau)
    badges = badges_by_heading(printed)
    for one in here.elements.values():
        if one.validation.statut is StatutValidation.a_valider:
            nom, _, anchor = site.adresses[one.id].partition("#")
            if anchor:
                assert "a_valider" in badges_by_heading(page(site, nom))[one.id], one.id
            else:
                assert "À valider" in simple(paroles(page(site, nom))).partition("Pourquoi ?")[0], one.id
            assert one.id not in badges or "a_valider" in badges[one.id], one.id
            assert one.id in badges, one.id
    attentes = (
        sous(page(site, "demarche/validations"), "Ce qui attend une validation")
        if "demarche/validations" in menu(here)
        else ""
    )
    for one in here.elements.values():
        if one.validation.statut is StatutValidation.a_valider:
            assert simple(one.titre) in simple(attentes).replace("’", "'"), one.id


def badges_by_heading(document: Document) -> dict[str, set[str]]:
    """For each place under a heading, the classes of the badges just below it."""
    found: dict[str, set[str]] = {}
    here = ""
    for node in noeuds(list(document.blocs)):
        if node["t"] == "Header":
            here = node["c"][1][0]
            found[here] = set()
        elif here and node["t"] == "Span" and "statut" in node["c"][0][1]:
            found[here].update(node["c"][0][1])
    return found


@pytest.mark.parametrize("niveau", [PUBLIC, INTERNE])
def test_every_illustrative_amount_says_that_it_is_one(niveau: Diffusion) -> None:
    """In the Brest dossier every amount in euros of an action is illustrative."""
    seen = 0
    for document in [*site_de(RACINE, niveau).documents, complet(RACINE, niveau)]:
        for caption, (head, *rows) in tableaux(document).items():
            for row in rows:
                if any(cell.endswith(("€ HT", "€ TTC", "\u00a0€")) for cell in row):
                    seen += 1
                    assert "llustratif" in "".join(row), (document.nom, caption, head, row)
    assert seen > 50


@tous_les_sites
def test_what_an_edition_does_not_know_is_not_announced_as_hidden(racine: Path, niveau: Diffusion) -> None:
    for document in site_de(racine, niveau).documents:
        assert NON_DIFFUSE not in paroles(document), document.nom


def test_the_public_pages_hold_nothing_of_the_others() -> None:
    words = " ".join(paroles(document) for document in site_de(VALMER, PUBLIC).documents)
    secrets = (
        "école de la soudure",
        "guichet",
        "chantier naval",
        "refusent la visite",
        "150 000",
        "Union industrielle",
        "avance remboursable",
        "métropole voisine",
        "Pollution plus profonde",
    )
    internal = simple(" ".join(paroles(document) for document in site_de(VALMER, INTERNE).documents))
    for secret in secrets:
        assert secret in internal, secret
        assert secret not in simple(words), secret


def test_everything_a_writer_typed_is_read_somewhere_on_the_internal_site() -> None:
    here = edition_de(VALMER, INTERNE)
    words = plat(" ".join(paroles(document) for document in site_de(VALMER, INTERNE).documents))
    unread = {("identite", "logo_alternatif"), ("livrable", "lecteur")}
    for one in here.elements.values():
        for nom, value in typed(one):
            if (one.genre, nom) not in unread:
                for line in value.splitlines():
                    assert plat(line) in words, (one.id, nom, line)


def plat(texte: str) -> str:
    """Words without any form."""
    plain = simple(texte).replace("*", "")
    for start in ("- ", "1. ", "2. ", "3. "):
        plain = plain.removeprefix(start)
    return " ".join(plain.split()).casefold()


def typed(part: Partie) -> Iterator[tuple[str, str]]:
    """Every word typed in an element, by field, but for references in a text, which read as titles."""
    for one in champs(type(part)).values():
        value = part.__dict__[one.nom]
        if one.nature in ("texte", "ligne"):
            for text in value if isinstance(value, list) else [value] if value else []:
                if "[[" not in text and "](" not in text:
                    yield one.nom, text
        elif one.parties and value:
            for item in value if isinstance(value, list) else [value]:
                yield from typed(item)


def test_the_text_of_an_element_is_the_same_on_its_page_and_in_the_document() -> None:
    for racine, niveau in SITES:
        here, site, printed = edition_de(racine, niveau), site_de(racine, niveau), paroles(complet(racine, niveau))
        elements = [one for one in here.elements.values() if (MACROS / "fiches" / f"{one.genre}.md.j2").is_file()]
        fiches = [(one.id, f"fiches/{one.genre}.md.j2", {"element": one, "niveau": 2}) for one in elements]
        fiches = [fiche for fiche in fiches if here.elements[fiche[0]].genre not in ("livrable", "envoi")]
        paper = [(nom, gabarit, {**values, "livrable": None}) for nom, gabarit, values in fiches]
        for fiche in gabarits(here).documents(fiches):
            nom, _, _ = site.adresses[fiche.nom].partition("#")
            assert paroles(fiche) in paroles(page(site, nom)), (racine.name, fiche.nom)
        for fiche in gabarits(here).documents(paper):
            kept = here.elements[fiche.nom].genre != "theme" or here.citants(fiche.nom, CLASSES["constat"])
            assert paroles(fiche) in printed or not kept, (racine.name, fiche.nom)


def test_the_same_edition_gives_the_same_pages() -> None:
    here = edition_de(VALMER, INTERNE)
    again = edition(charger(VALMER), INTERNE, DATE)
    assert pages.site(gabarits(again)) == site_de(VALMER, INTERNE)
    assert pages.livrable(gabarits(again), again.tous(Livrable)[0]) == complet(VALMER, INTERNE)
    assert again is not here


SEULE = {"data/identite.yml": "id: identite\ntitre: Valmer\nstrategie: Stratégie de Valmer\n"}
UN_CONSTAT = {
    **SEULE,
    "data/themes.yml": "id: theme-port\ntitre: Port\ndiffusion: public\n",
    "strategy/diagnostic/port.yml": (
        "id: friches\ntitre: Trois friches\ntheme: theme-port\nnature: menace\ndiffusion: public\n"
    ),
}
PETITS = {"identité seule": SEULE, "un constat": UN_CONSTAT}


@pytest.mark.parametrize("cas", PETITS)
def test_a_dossier_that_begins_gives_a_site_that_makes_sense(tmp_path: Path, cas: str) -> None:
    here = edition(charger(ecrire(tmp_path, PETITS[cas])), PUBLIC, DATE)
    site = pages.site(gabarits(here))
    noms = {document.nom for document in site.documents}
    expected = {
        "index",
        "telechargements",
        "reste-a-faire",
        "versions",
        "plan-du-site",
        "guide/regles",
        "guide/dictionnaire",
    }
    if cas == "un constat":
        expected |= {"constats/index", "constats/friches", "constats/themes/theme-port"}
    assert noms == expected
    assert set(menu(here)) - DOCS <= noms
    for document in site.documents:
        assert list(vides(document)) == [], document.nom
        for cible in cibles(document):
            assert cible.startswith(("#", "fichier:")) or cible.removeprefix("page:") in noms | DOCS, (
                document.nom,
                cible,
            )
    home = page(site, "index")
    assert [title for _, title in titres(home)][:2] == ["Stratégie de Valmer", "De la preuve aux moyens"]


def test_the_page_of_the_only_constat_says_what_is_missing(tmp_path: Path) -> None:
    here = edition(charger(ecrire(tmp_path, UN_CONSTAT)), PUBLIC, DATE)
    words = simple(paroles(page(pages.site(gabarits(here)), "constats/friches")))
    assert "Cet élément n'a pas encore de suite dans le dossier." in words
    assert "Pourquoi" not in words
    assert "Brouillon texte en cours d'écriture, pas encore soumis à validation" in words


@pytest.mark.parametrize("cas", PETITS)
def test_a_dossier_that_begins_gives_a_document_that_makes_sense(tmp_path: Path, cas: str) -> None:
    here = edition(charger(ecrire(tmp_path, PETITS[cas])), PUBLIC, DATE)
    livrable = element("livrable", "tout", titre="Tout", lecteur="Élus", modele="strategie-et-schema")
    document = pages.livrable(gabarits(here), livrable)
    chapters = [simple(title) for level, title in titres(document) if level == 1]
    assert chapters == ["Lire ce document", *(["Stratégie : le diagnostic"] if cas == "un constat" else [])]


def test_a_livrable_has_its_own_title_and_says_its_standing() -> None:
    document = complet(VALMER, PUBLIC)
    assert (document.nom, document.titre) == ("livrable-strategie", "Stratégie et schéma")
    assert document.sous_titre == "Stratégie économique du Pays de Valmer"
    assert document.statut == "Document de travail"
    assert complet(VALMER, PARTENAIRES).statut == "Document de travail – diffusion partenaires"
    assert (document.auteur, document.date, document.genre) == ("Valmer métropole", DATE, "livrable")


def test_an_edition_without_proposal_is_a_published_document() -> None:
    assert pages.standing(edition_avec(element("enjeu", "e"))) == "Document publié"
    assert (
        pages.standing(edition_avec(element("enjeu", "e", validation={"statut": "a_valider"}))) == "Document de travail"
    )


def test_a_filtered_livrable_prints_only_its_part_and_still_names_the_rest() -> None:
    here = edition_de(VALMER, INTERNE)
    livrable = element(
        "livrable", "note", lecteur="Région", modele="strategie-et-schema", filtre={"priorites": ["priorite-metiers"]}
    )
    document = pages.livrable(gabarits(here), livrable)
    headings = {title for _, title in titres(document)}
    assert "Ouvrir une école de la soudure" in headings
    assert "Requalifier le port de commerce" not in headings
    assert "Requalifier la friche des anciennes conserveries" in paroles(document), (
        "named by the action that depends on it"
    )
    assert NON_DIFFUSE not in paroles(document)


def test_a_livrable_whose_template_is_missing_is_told_by_name() -> None:
    livrable = element("livrable", "note", lecteur="Région", modele="note-absente")
    with pytest.raises(TemplateFault, match=r"demande le modèle « note-absente »"):
        pages.livrable(gabarits(edition_de()), livrable)


def test_a_new_page_is_one_template(tmp_path: Path) -> None:
    macros = tmp_path / "macros"
    shutil.copytree(MACROS, macros)
    ecrire(macros, {"pages/ports/index.md.j2": "# Ports\n\n{{ liste(tous('priorite')) }}\n"})
    document = page(pages.site(gabarits(edition_de(), macros)), "ports/index")
    assert paroles(document) == "Ports\nRequalifier le port de commerce\n"


class Filiere(Element):
    """A kind of element this program has never heard of."""

    genre: ClassVar[str] = "filiere"
    nom: ClassVar[str] = "filière"
    pluriel: ClassVar[str] = "filières d'avenir"

    enjeux: list[str] = champ("Enjeux", "Enjeux que la filière sert.", PUBLIC, default=[])


def test_a_new_kind_of_element_is_one_class_and_one_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CLASSES, "filiere", Filiere)
    macros = tmp_path / "macros"
    shutil.copytree(MACROS, macros)
    ecrire(
        macros, {"elements/filiere.md.j2": '{% include "fragments/entete.md.j2" %}\n\n{{ liste(element.enjeux) }}\n'}
    )
    values: dict[str, Any] = {"id": "algues", "titre": "Les algues", "diffusion": "public", "enjeux": ["e"]}
    site = pages.site(gabarits(edition_avec(element("enjeu", "e"), Filiere.model_validate(values)), macros))
    assert site.adresses["algues"] == "filieres-d-avenir/algues"
    document = page(site, "filieres-d-avenir/algues")
    assert document.genre == "filiere"
    assert simple(paroles(document)) == "Les algues\nFilière algues\ne\n"
    assert cibles(document) == ["#e"]


def test_home_says_in_one_screen_what_it_is_and_where_it_stands() -> None:
    home = page(site_de(), "index")
    assert [simple(title) for _, title in titres(home)] == [
        "Stratégie économique du Pays de Valmer",
        "Votre question",
        "Pourquoi ces choix ?",
        "Qui fait quoi ?",
        "Combien, et qui paie ?",
        "Que faut-il valider ?",
        "Où en est la démarche",
        "De la preuve aux moyens",
        "Le territoire en chiffres",
        "Emporter cette version",
    ]
    words = simple(paroles(home))
    assert "Diagnostic partagé Terminée\nEnjeux et objectifs En cours\n" in words
    assert "Prochaine séance : Groupe de pilotage de juin 2020, date à fixer." in words
    assert "À valider par : Groupe de pilotage :\nDonner un avenir aux friches du port\n" in words
    assert "3\nConstats\nCe que le territoire sait de lui-même\n" in words
    assert "1\nDéfi\n" in words
    assert "7,6 %\n2019\nPart des bureaux vacants\nSource : " in words
    assert home.genre == "accueil"


def test_an_action_page_reads_from_the_chain_to_the_means() -> None:
    document = page(site_de(VALMER, INTERNE), "actions/action-requalifier-friches")
    assert [simple(title) for _, title in titres(document)] == [
        "Requalifier la friche des anciennes conserveries",
        *("Pourquoi ?", "Et donc ?"),
        *("Contexte", "Ce qui sera fait", "Résultats attendus", "Étapes", "Qui fait quoi", "Coût et financement"),
        *("Suivi", "Articulation", "Risques et parades", "Négociation", "Moyens nécessaires"),
    ]
    public = page(site_de(), "actions/action-requalifier-friches")
    assert {"Risques et parades", "Négociation"}.isdisjoint(title for _, title in titres(public))


def test_the_site_grows_in_step_with_the_elements() -> None:
    def grand(count: int) -> Edition:
        texte = "Les friches du port couvrent trente-sept hectares, sans usage depuis la fin de la pêche. " * 4
        elements: list[Element] = [element("theme", "t"), element("acteur", "agence", type="agence")]
        for rank in range(count // 5):
            near = [str(max(rank - back, 0)) for back in (0, 1)]
            elements += [
                element("constat", f"c{rank}", theme="t", nature="atout", texte=texte),
                element("enjeu", f"e{rank}", constats=[f"c{n}" for n in dict.fromkeys(near)], texte=texte),
                element("objectif", f"o{rank}", enjeux=[f"e{rank}"], texte=texte),
                element("priorite", f"p{rank}", objectifs=[f"o{rank}"], texte=texte),
                element("action", f"a{rank}", priorite=f"p{rank}", descriptif=texte,
                        roles=[{"acteur": "agence", "role": "pilote", "statut": "accepte"}]),
            ]  # fmt: skip
        return edition_avec(*elements)

    small, large = grand(80), grand(800)
    assert duree(lambda: pages.site(gabarits(large))) < 11 * duree(lambda: pages.site(gabarits(small)))
