"""Texts that know the field they were typed in, and documents that say it: every field, and nothing but a mark."""

from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre, pages
from smde.arbre import Document, Nodes, texte_brut
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.model.acteurs import Acteur
from smde.model.cadres import Cadre
from smde.model.champ import INTERNE, PARTENAIRES, Diffusion
from smde.model.demarche import Seance
from smde.model.identite import Identite, Libelle, Livrable
from smde.outputs import pdf
from smde.parcours import textes
from smde.reperage import reperee
from smde.saisie import CHAMP, Origine, Saisie, champ
from tests.canaris import Voliere
from tests.conftest import VALMER, ecrire
from tests.rendu import DATE, MACROS, edition_de, gabarits, site_de

MODELES = sorted(file.name.removesuffix(".md.j2") for file in (MACROS / "documents").glob("*.md.j2"))
FRICHES = Saisie("Deux friches, soit 12 % du port : *à suivre*.", Origine("friches-portuaires", "texte"))

JAMAIS_SEULS = frozenset({
    "unite",  # printed with its number, of which it is a part
    "page",  # « page 12 »
    "orientation",  # the code of an orientation, which is a reference
})  # fmt: skip
"""Fields printed only inside other words; what would be amended there is not the field alone."""


def sans_reperes(value: Any) -> Any:
    """A tree without its marks, the words of each in its place."""
    if isinstance(value, list):
        made: list[Any] = []
        for item in value:
            made += sans_reperes(item["c"][1]) if champ(item) else [sans_reperes(item)]
        return made
    return {key: sans_reperes(item) for key, item in value.items()} if isinstance(value, dict) else value


def hors_reperes(value: Any) -> Iterator[str]:
    """The words of a tree that no mark holds.

    What is drawn, and the table of what is drawn, have a title made of several fields: it is none of them.
    """
    if isinstance(value, list):
        for item in value:
            yield from hors_reperes(item)
    elif isinstance(value, dict) and not champ(value) and value["t"] != "Figure":
        yield value["c"] if value["t"] == "Str" else ""
        content: Any = value.get("c")
        yield from hors_reperes([content[0], *content[2:]] if value["t"] == "Table" else content)


def reperes(value: Any) -> Iterator[tuple[Origine, int, str]]:
    """The marks of a tree, in order: the field, which of its paragraphs, and the words."""
    if isinstance(value, list):
        for item in value:
            yield from reperes(item)
    elif isinstance(value, dict):
        if found := champ(value):
            yield *found, texte_brut(value["c"][1])
        yield from reperes(value.get("c"))


def document(une_edition: Edition, modele: str) -> Document:
    """The whole edition poured into a template, whatever its documents ask for."""
    livrable = Livrable(
        id="essai",
        titre="Document d'essai",
        lecteur="Chacun",
        modele=modele,
        cadres=[cadre.id for cadre in une_edition.tous(Cadre)],
        financeurs=[acteur.id for acteur in une_edition.tous(Acteur)],
        seance=next((seance.id for seance in une_edition.tous(Seance)), None),
        instance=next((seance.instance for seance in une_edition.tous(Seance)), None),
    )
    return pages.livrable(gabarits(une_edition), livrable)


@pytest.mark.parametrize("niveau", Diffusion)
def test_every_text_of_an_edition_knows_its_field(niveau: Diffusion) -> None:
    known = reperee(edition_de(VALMER, niveau))
    for element in known.elements.values():
        if not isinstance(element, Identite):
            for chemin, _, _, texte in textes(element, niveau):
                assert isinstance(texte, Saisie), (element.id, chemin)
                assert texte.origine == (element.id, ".".join(map(str, chemin)))


def test_the_words_every_page_is_made_with_are_no_field() -> None:
    identite = reperee(edition_de()).identite
    assert isinstance(identite.chapo, Saisie)
    assert {type(identite.titre), type(identite.strategie), type(identite.libelles.action)} <= {str, Libelle, NoneType}


def test_the_edition_itself_is_left_as_it_was() -> None:
    before = edition_de(VALMER, INTERNE)
    texts = [texte for element in before.elements.values() for *_, texte in textes(element, INTERNE)]
    known = reperee(before)
    assert known == before, "a text that knows its field is equal to the same text"
    assert {type(texte) for texte in texts} == {str}


def test_the_way_to_a_field_is_that_of_the_edition(tmp_path: Path) -> None:
    """The place in a list counts only what partners may know: a gap would tell them that a demand is kept from them."""
    partners = edition(charger(ecrire(tmp_path, Voliere().fichiers())), PARTENAIRES, DATE)
    for element in reperee(partners).elements.values():
        for _, _, _, texte in textes(element, PARTENAIRES):
            if isinstance(texte, Saisie):
                found: Any = partners.elements[texte.origine.element]
                for step in texte.origine.chemin.split("."):
                    found = found[int(step)] if step.isdecimal() else getattr(found, step)
                assert found == texte


def test_a_text_cut_joined_or_formatted_no_longer_knows_its_field() -> None:
    """Else a word made of several fields would be taken for one of them."""
    for made in (FRICHES[:5], f"{FRICHES}", FRICHES + " !", ", ".join([FRICHES]), FRICHES.upper(), str(FRICHES)):
        assert type(made) is str


def test_words_typed_in_a_field_are_in_a_span_that_names_it() -> None:
    (span,) = arbre.mots(FRICHES)
    assert champ(span) == (("friches-portuaires", "texte"), 1)
    assert span["c"][1] == arbre.mots(str(FRICHES)), "the words themselves are not changed"
    assert champ(arbre.ligne(FRICHES, lambda _: None)[0]) == champ(span)
    assert champ(arbre.accoles(FRICHES, avant=True, apres=True)[0]) == champ(span)


def test_each_paragraph_of_a_text_has_its_rank_lists_included() -> None:
    typed = Saisie("Deux friches :\n\n- le bassin ;\n\n  à sec,\n- la *cale*\n\n1. dépolluer\n", FRICHES.origine)
    found = list(reperes(arbre.texte(typed, lambda _: None)))
    assert [(rang, words.strip()) for _, rang, words in found] == [
        (1, "Deux friches\u00a0:"), (2, "le bassin\u202f;"), (3, "à sec,"), (4, "la cale"), (5, "dépolluer"),
    ]  # fmt: skip
    assert {origine for origine, _, _ in found} == {FRICHES.origine}


def test_the_title_that_a_reference_brings_is_of_the_text_that_cites_it() -> None:
    titre = Saisie("Conforter le port", Origine("priorite-port", "titre"))
    typed = Saisie("Voir [[priorite-port]].", FRICHES.origine)
    assert [origine for origine, _, _ in reperes(arbre.texte(typed, lambda _: titre))] == [FRICHES.origine]


def test_a_text_known_of_nobody_is_not_marked_after_one_that_was() -> None:
    """What is kept of a text for the next time it is met knows nothing of where it was typed."""
    typed = "Une phrase que les deux documents portent."
    arbre.mots(Saisie(typed, FRICHES.origine)), arbre.texte(Saisie(typed, FRICHES.origine), lambda _: None)
    assert not list(reperes([arbre.mots(typed), arbre.texte(typed, lambda _: None)]))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1), st.booleans(), st.booleans())
def test_a_mark_changes_no_word_whatever_is_typed(typed: str, avant: bool, apres: bool) -> None:
    known = Saisie(typed, FRICHES.origine)
    here: tuple[tuple[Nodes, Nodes], ...] = (
        (arbre.mots(known), arbre.mots(typed)),
        (arbre.accoles(known, avant, apres), arbre.accoles(typed, avant, apres)),
        (arbre.ligne(known, lambda _: None), arbre.ligne(typed, lambda _: None)),
        (arbre.texte(known, lambda _: None), arbre.texte(typed, lambda _: None)),
    )
    for marked, plain in here:
        assert sans_reperes(marked) == plain


def test_the_site_has_no_mark() -> None:
    for page in site_de(VALMER, INTERNE).documents:
        assert CHAMP not in {name for *_, name in classes(list(page.blocs))}, page.nom


def classes(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from classes(item)
    elif isinstance(value, dict):
        if value["t"] == "Span":
            yield from (("Span", name) for name in value["c"][0][1])
        yield from classes(value.get("c"))


@pytest.mark.parametrize("modele", MODELES)
def test_a_document_is_the_same_with_and_without_its_marks(modele: str, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = document(edition_de(VALMER, INTERNE), modele)
    monkeypatch.setattr(pages, "reperee", lambda une_edition: une_edition)
    plain = document(edition_de(VALMER, INTERNE), modele)
    assert list(reperes(list(marked.blocs))) and not list(reperes(list(plain.blocs)))
    assert sans_reperes(list(marked.blocs)) == list(plain.blocs)
    assert pdf.sources(marked) == pdf.sources(plain), "a PDF says nothing of fields"


@pytest.mark.parametrize("modele", MODELES)
@pytest.mark.parametrize("niveau", Diffusion)
def test_no_field_is_printed_out_of_its_mark(niveau: Diffusion, modele: str, tmp_path: Path) -> None:
    """Every field holds words of its own: those found out of a mark were printed by a word that forgot them.

    Write `["Éditeur : ", source.editeur]`, which keeps the field, and not `f"Éditeur : {source.editeur}"`.
    """
    voliere = Voliere()
    here = edition(charger(ecrire(tmp_path, voliere.fichiers())), niveau, DATE)
    blocs = list(document(here, modele).blocs)
    typed = {
        canari.valeur: canari.ou
        for canari in voliere.permis(niveau).values()
        if canari.ou.rpartition(".")[2] not in JAMAIS_SEULS
    }
    held = " ".join(words for _, _, words in reperes(blocs))
    known = {value for value in typed if value in held}
    assert len(known) > (60 if modele == "strategie-et-schema" else 3)
    outside = " ".join(hors_reperes(blocs))
    forgotten = {typed[value] for value in known if value in outside}
    assert not forgotten
