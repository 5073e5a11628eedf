"""The pages of the Word file: sections, headers, breaks; and words that are code elsewhere."""

from collections.abc import Callable

import pytest

from smde import arbre
from smde.arbre import Document, Figure, Node

from .conftest import PIEGES, Word

Petit = Callable[..., Document]
Ecrit = Callable[[Document], Word]


def test_every_section_has_its_header_and_its_footer(grand_word: Word) -> None:
    sections = grand_word.find(".//w:sectPr")
    assert len(sections) == 3
    for section in sections:
        assert (
            len(grand_word.find("w:headerReference", section))
            == len(grand_word.find("w:footerReference", section))
            == 1
        )


def test_only_the_landscape_section_is_turned(grand_word: Word) -> None:
    turned = [
        grand_word.find("w:pgSz[@w:orient='landscape']", section) != [] for section in grand_word.find(".//w:sectPr")
    ]
    assert turned == [False, True, False]


def test_the_cover_alone_has_neither_header_nor_footer(grand_word: Word) -> None:
    assert [bool(grand_word.find("w:titlePg", s)) for s in grand_word.find(".//w:sectPr")] == [True, False, False]
    assert grand_word.find(".//w:headerReference[@w:type='first']") == []


def test_header_and_footer_say_title_state_authority_version_and_page(grand_word: Word) -> None:
    for rank in (1, 2):
        header = grand_word.text(grand_word.part(f"word/header{rank}.xml"))
        assert (
            header == "Stratégie métropolitaine de développement économique\tDocument de travail – diffusion publique"
        )
        footer = grand_word.part(f"word/footer{rank}.xml")
        assert grand_word.text(footer).startswith("Brest métropole – version 0.3 – 22\u00a0novembre 2026\tpage ")
        assert [node.text for node in grand_word.find("//w:instrText", footer)] == [" PAGE ", " NUMPAGES "]


@pytest.mark.parametrize(
    ("blocs", "turned"),
    [
        ("t p t", [False, True, False]),
        ("p", [False, True]),
        ("p p", [False, True, True]),
        ("t p p", [False, True, True]),
        ("p t p", [False, True, False, True]),
        ("t", [False]),
    ],
)
def test_no_section_is_empty_wherever_landscape_pages_are(
    word: Ecrit, petit: Petit, blocs: str, turned: list[bool]
) -> None:
    matrice = arbre.bloc(["paysage"], [arbre.tableau("Rôles", ["Acteur"], [["CCI"]])])
    made = word(petit(*(matrice if kind == "p" else arbre.para("Texte.") for kind in blocs.split())))
    sections = made.find(".//w:sectPr")
    assert [made.find("w:pgSz[@w:orient='landscape']", section) != [] for section in sections] == turned
    assert made.body[-1] is sections[-1]
    assert made.find(".//w:pStyle[starts-with(@w:val, 'Smde')]") == []


def test_a_fiche_starts_on_a_new_page_except_just_under_its_part(grand_word: Word) -> None:
    fiches = [p for p in grand_word.styled("Heading2") if "Requalifier" in grand_word.text(p)]
    assert [bool(grand_word.find("w:pPr/w:pageBreakBefore", p)) for p in fiches] == [False, *[True] * 5]


def test_a_page_break_asked_for_before_a_table_is_put_on_its_caption(word: Ecrit, petit: Petit) -> None:
    table = arbre.bloc(["saut"], [arbre.tableau("Séries", ["Année"], [["2016"]])])
    made = word(petit(arbre.para("Avant."), table))
    [caption] = made.styled("TableCaption")
    assert made.find("w:pPr/w:pageBreakBefore", caption)


def test_a_document_without_landscape_page_carries_no_landscape_header(word: Ecrit, petit: Petit) -> None:
    assert "word/header2.xml" not in word(petit(arbre.para("Texte."))).parts


def test_a_long_title_is_cut_in_the_header_and_whole_on_the_cover(word: Ecrit, petit: Petit) -> None:
    titre = "Stratégie métropolitaine de développement économique du Pays de Brest et schéma de la métropole"
    made = word(petit(arbre.para("Texte."), titre=titre))
    assert made.texts("Title") == [titre]
    header = made.text(made.part("word/header1.xml")).split("\t")[0]
    assert header.endswith("…") and titre.startswith(header[:-1])


# Words that are code elsewhere


def test_words_that_are_code_elsewhere_come_out_as_typed(word: Ecrit, petit: Petit) -> None:
    made = word(petit(*(arbre.para([{"t": "Str", "c": f"avant {piege} après"}]) for piege in PIEGES)))
    assert [made.text(p) for p in made.find("w:p")[3:]] == [f"avant {piege} après" for piege in PIEGES]


def typed_everywhere(piege: str) -> tuple[list[Node], dict[str, str]]:
    mot = [{"t": "Str", "c": piege}]
    figure = Figure("f", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', "t", piege)
    blocs = [
        arbre.titre(1, mot, "t"), arbre.para([arbre.lien_element("t", mot), arbre.note([arbre.para(mot)])]),
        arbre.bloc(["avertissement"], [arbre.para(mot)]), arbre.puces([mot and [arbre.plain(mot)]]),
        arbre.tableau(mot, [mot], [[mot]]), arbre.image(figure, mot), arbre.para([arbre.span(["statut"], mot)]),
    ]  # fmt: skip
    return blocs, {
        "titre": piege,
        "sous_titre": piege,
        "auteur": piege,
        "statut": piege,
        "version": piege,
        "resume": piege,
    }


@pytest.mark.parametrize("piege", ["<w:p/>]]>", "#eval(1) $x$", "é & \"q\" 'a'"])
def test_such_words_may_be_anywhere(word: Ecrit, petit: Petit, piege: str) -> None:
    blocs, autour = typed_everywhere(piege)
    figure = Figure("f", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', "t", piege)
    made = word(petit(*blocs, figures={"f": figure}, **autour))
    for style in (
        "Title",
        "Subtitle",
        "CouvertureStatut",
        "Heading1",
        "Avertissement",
        "TexteTableau",
        "EnteteTableau",
    ):
        assert made.texts(style)[:1] in ([piege], []) and (made.texts(style) or style == "TexteTableau")
    assert made.texts("TableCaption") == [f"Tableau\u00a01\u00a0: {piege}"]
    assert made.text(made.part("word/header1.xml")) == f"{piege}\t{piege}"


def test_control_characters_show_instead_of_breaking_the_file(word: Ecrit, petit: Petit) -> None:
    made = word(petit(arbre.para([{"t": "Str", "c": "a\x00b\x1fc\ud800d"}]), titre="T\x01", auteur="A\x02"))
    assert made.text(made.find("w:p")[-1]) == "a\ufffdb\ufffdc\ufffdd"
    assert made.texts("Title") == ["T\ufffd"]
