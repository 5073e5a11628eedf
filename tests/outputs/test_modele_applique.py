"""A document in the model of an authority: its styles, pages, headers and numbers; nothing of who made the model."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smde import arbre
from smde.arbre import Document

from . import modeles_word
from .conftest import Habille, Word

Petit = Callable[..., Document]
SOBRE, CHARTE = modeles_word.sobre(), modeles_word.detache(modeles_word.charte())
ECRIT_PAR_LIBREOFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt" fo:language="fr"
 fo:country="FR"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Standard" style:default-outline-level="1"><style:text-properties fo:color="#2a6099"
 fo:font-size="18pt"/></style:style>
<style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"/></office:styles>
<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>
<style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1"><style:header>
<text:p text:style-name="Header">Communauté du Ponant</text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text><text:h text:style-name="Heading_20_1" text:outline-level="1">Modèle</text:h></office:text>
</office:body></office:document>"""


@pytest.fixture(scope="module")
def de_libreoffice(bureautique: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A model that LibreOffice wrote."""
    folder = tmp_path_factory.mktemp("modele")
    (folder / "modele.fodt").write_text(ECRIT_PAR_LIBREOFFICE, encoding="utf-8")
    profil = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = [bureautique, profil, "--headless", "--convert-to", "docx", "--outdir", folder, folder / "modele.fodt"]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return (folder / "modele.docx").read_bytes()


def valide(fichier: Path) -> None:
    """Two validators, and what neither looks at: every style and every list used is defined."""
    audit = [Path(sys.executable).with_name("openxml-audit"), fichier]
    assert "Errors: 0" in subprocess.run(audit, capture_output=True, text=True).stdout
    checker = [Path(sys.executable).with_name("ooxml-integrity"), "check", fichier]
    assert "0 error(s), 0 warning(s), 0 info" in subprocess.run(checker, capture_output=True, text=True).stdout
    made = Word(fichier)
    known = {style.get(f"{{{Word.SPACE}}}styleId") for style in made.find("//w:style", made.part("word/styles.xml"))}
    lists = {num.get(f"{{{Word.SPACE}}}numId") for num in made.find("//w:num", made.part("word/numbering.xml"))}
    for name in (
        name for name in made.parts if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", name)
    ):
        tree = made.part(name)
        assert set(made.value("//w:pStyle | //w:rStyle | //w:tblStyle", tree)) <= known, name
        assert set(made.value("//w:numId", tree)) <= lists, name
    inherited = made.value("//w:basedOn | //w:next | //w:link", made.part("word/styles.xml"))
    assert set(inherited) <= known


@pytest.mark.parametrize("model", ["en_sobre", "en_charte"])
def test_the_file_is_sound(model: str, request: pytest.FixtureRequest) -> None:
    valide(request.getfixturevalue(model))


@pytest.mark.libreoffice
def test_a_model_that_libreoffice_wrote_serves_as_one_that_word_wrote(
    strategie: Document, de_libreoffice: bytes, tmp_path: Path
) -> None:
    made = Word(modeles_word.ecrit(strategie, de_libreoffice, tmp_path))
    valide(tmp_path / "strategie.docx")
    assert made.text(made.part("word/header1.xml")) == "Communauté du Ponant"
    assert made.texts("Heading1")[1] == "Diagnostic partagé"


def test_the_words_are_the_same_as_without_model(grand_word: Word, en_charte: Path, en_sobre: Path) -> None:
    expected = [grand_word.text(p) for p in grand_word.find("w:p | w:tbl")]
    for made in (Word(en_charte), Word(en_sobre)):
        assert [made.text(p) for p in made.find("w:p | w:tbl")] == expected
        assert b"CONTENU-DU-MODELE" not in b"".join(made.parts.values())
        assert b"Remplacez ce texte" not in b"".join(made.parts.values())


# Styles


def test_the_styles_of_the_model_are_used_under_their_own_ids_and_left_as_they_are(en_sobre: Path) -> None:
    made = Word(en_sobre)
    assert made.texts("Titre1")[:2] == ["Pourquoi une stratégie\u202f?", "Diagnostic partagé"]
    assert not made.styled("Heading1")
    theirs = Word.__new__(Word)
    theirs.parts = modeles_word.parties(SOBRE)
    before = {s.get(f"{{{Word.SPACE}}}styleId"): s for s in made.find("w:style", theirs.part("word/styles.xml"))}
    after = {s.get(f"{{{Word.SPACE}}}styleId"): s for s in made.find("w:style", made.part("word/styles.xml"))}
    for ident, style in before.items():
        assert properties(after[ident]) == properties(style), ident


def properties(element: object) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(str(node.tag), sorted(map(tuple, node.attrib.items()))) for node in element.iter()]  # type: ignore[attr-defined]


def style(made: Word, ident: str) -> object:
    [found] = made.find(f"w:style[@w:styleId='{ident}']", made.part("word/styles.xml"))
    return found


def said(made: Word, ident: str, path: str) -> list[str]:
    return made.value(path, style(made, ident))  # type: ignore[arg-type]


def test_what_the_model_lacks_is_made_in_its_colours_and_its_sizes(en_sobre: Path, en_charte: Path) -> None:
    sobre, charte = Word(en_sobre), Word(en_charte)
    assert said(sobre, "Proposition", "w:rPr/w:color") == ["1E6B52"]
    assert said(charte, "Proposition", "w:rPr/w:color")[0].upper() == "7A1F5C"
    assert said(sobre, "Chapo", "w:rPr/w:sz") == ["24"], "11,5 points beside 10,5 are 12 beside 11"
    assert said(charte, "Chapo", "w:rPr/w:sz") == ["26"]
    assert said(charte, "TexteTableau", "w:rPr/w:sz") == ["17"], "columns do not widen with the text"


def test_a_missing_heading_takes_its_font_from_the_others_and_is_not_bigger(en_charte: Path) -> None:
    made = Word(en_charte)
    [fonts] = made.find("w:rPr/w:rFonts", style(made, "Heading3"))  # type: ignore[arg-type]
    assert fonts.get(f"{{{Word.SPACE}}}asciiTheme") == "majorHAnsi"
    assert int(said(made, "Heading3", "w:rPr/w:sz")[0]) <= int(said(made, "Titre2", "w:rPr/w:sz")[0])
    assert said(made, "Heading3", "w:pPr/w:numPr/w:ilvl") == ["2"]


def test_text_in_cells_and_on_the_cover_keeps_away_from_the_spaces_of_the_running_text(en_sobre: Path) -> None:
    made = Word(en_sobre)
    for ident in ("TexteTableau", "CouvertureVersion"):
        [spacing] = made.find("w:pPr/w:spacing", style(made, ident))  # type: ignore[arg-type]
        assert spacing.get(f"{{{Word.SPACE}}}after") == "0", ident
        assert said(made, ident, "w:pPr/w:jc") == ["left"]
    assert made.find("w:pPr/w:spacing", style(made, "BodyText")) == [], "running text is spaced as the model spaces it"


def test_a_style_whose_id_is_taken_gets_another_and_leaves_the_first_alone(en_charte: Path) -> None:
    made = Word(en_charte)
    assert said(made, "Table", "w:name") == ["Encadré"]
    assert said(made, "SmdeTable", "w:name") == ["Table"]
    assert set(made.value("w:tbl/w:tblPr/w:tblStyle")) == {"SmdeTable"}


def test_a_style_whose_name_is_taken_by_another_kind_gets_another_name(petit: Petit, habille: Habille) -> None:
    taken = modeles_word.change(SOBRE, styles=('w:val="caption"', 'w:val="Statut"'))
    made = habille(petit(arbre.para([arbre.span(["statut"], "À valider")])), taken)
    assert said(made, "Statut", "w:name") == ["Statut (document)"]


def test_a_pale_colour_of_headings_is_darkened_where_text_must_be_read(petit: Petit, habille: Habille) -> None:
    pale = modeles_word.change(SOBRE, styles=("1E6B52", "F2C200"))
    made = habille(petit(arbre.titre(1, "Titre"), arbre.para("Texte.")), pale)
    assert said(made, "Titre1", "w:rPr/w:color") == ["F2C200"]
    [colour] = said(made, "Proposition", "w:rPr/w:color")
    assert colour.upper() != "F2C200" and sum(int(colour[at : at + 2], 16) for at in (0, 2, 4)) < 300


def test_black_headings_give_a_grey_and_not_the_colours_of_another(petit: Petit, habille: Habille) -> None:
    black = modeles_word.change(SOBRE, styles=("1E6B52", "000000"))
    made = habille(petit(arbre.para("Texte."), couleur="#0b3c5d"), black)
    assert said(made, "Proposition", "w:rPr/w:color") == ["333333"]


def test_a_colour_given_by_the_theme_alone_is_found_there(petit: Petit, habille: Habille) -> None:
    themed = modeles_word.change(
        CHARTE, styles=('<w:color w:val="7A1F5C" w:themeColor', '<w:color w:val="auto" w:themeColor')
    )
    made = habille(petit(arbre.para("Texte.")), themed)
    assert said(made, "Proposition", "w:rPr/w:color")[0].upper() == "7A1F5C"


def test_the_file_is_in_french_whatever_the_model_was_written_in(en_charte: Path) -> None:
    made = Word(en_charte)
    assert set(made.value("//w:lang", made.part("word/styles.xml"))) == {"fr-FR"}
    assert made.value("//w:themeFontLang", made.part("word/settings.xml")) == ["fr-FR"]


# Headings


def test_the_contents_show_the_numbers_that_the_model_gives(en_charte: Path, en_sobre: Path) -> None:
    charte, sobre = Word(en_charte), Word(en_sobre)
    entries = [charte.text(p) for p in charte.find("w:sdt//w:p")]
    assert entries[1:4] == ["Pourquoi une stratégie\u202f?", "Article I\tDiagnostic partagé",
                            "I.1\tUne population stable depuis 1975"]  # fmt: skip
    assert "a)\tObjectifs rattachés" in entries
    assert not any("\t" in sobre.text(p) for p in sobre.find("w:sdt//w:p")), "the model numbers nothing"


def test_the_entries_of_the_contents_have_room_for_the_longest_number_of_their_level(en_charte: Path) -> None:
    made = Word(en_charte)
    numbered = [p for p in made.styled("TM1") if "\t" in made.text(p)]
    places = {tuple(tab.get(f"{{{Word.SPACE}}}pos") for tab in made.find("w:pPr/w:tabs/w:tab", p)) for p in numbered}
    assert places == {("1848", "9071")}, "eleven letters of 12 points, then the pages at the margin"
    [bare] = [p for p in made.styled("TM1") if p not in numbered]
    assert made.value("w:pPr/w:tabs/w:tab", bare) == ["right"]


def test_a_level_of_contents_of_ours_widens_for_the_numbers_of_the_model(petit: Petit, habille: Habille) -> None:
    parts = [arbre.titre(2, f"Action {rang}") for rang in range(1, 14)]
    made = habille(petit(arbre.titre(1, "Fiches"), *parts), CHARTE)
    [indent] = {p.find(".//w:ind", {"w": Word.SPACE}).get(f"{{{Word.SPACE}}}hanging") for p in made.styled("TOC2")}  # type: ignore[union-attr]
    assert made.text(made.styled("TOC2")[12]) == "I.13\tAction 13"
    assert int(indent or 0) == 7 * 24 * len("I.13")


def test_a_heading_without_number_has_none_in_a_model_that_numbers(en_charte: Path) -> None:
    made = Word(en_charte)
    bare = made.styled("Titre1")[0]
    [number] = made.value("w:pPr/w:numPr/w:numId", bare)
    numbering = made.part("word/numbering.xml")
    [link] = made.value(f"//w:num[@w:numId='{number}']/w:abstractNumId", numbering)
    assert set(made.value(f"//w:abstractNum[@w:abstractNumId='{link}']//w:numFmt", numbering)) == {"none"}


def test_headings_under_a_name_word_does_not_know_say_their_level_themselves(en_sobre: Path, en_charte: Path) -> None:
    made = Word(en_sobre)
    assert {v for p in made.styled("Titre3") for v in made.value("w:pPr/w:outlineLvl", p)} == {"2"}
    assert not [p for p in made.styled("Titre1") if made.find("w:pPr/w:outlineLvl", p)], "its style says it"
    assert not Word(en_charte).find("w:p/w:pPr/w:outlineLvl")


def test_the_lists_of_the_model_are_kept_and_ours_have_numbers_of_their_own(en_charte: Path) -> None:
    made = Word(en_charte)
    numbering = made.part("word/numbering.xml")
    assert made.value("//w:num[@w:numId='4']/w:abstractNumId", numbering) == ["7"]
    idents = [num.get(f"{{{Word.SPACE}}}numId") for num in made.find("//w:num", numbering)]
    assert len(idents) == len(set(idents)) and "4" not in made.value(".//w:p/w:pPr/w:numPr/w:numId")
    tags = [node.tag.rpartition("}")[2] for node in numbering]
    assert tags == sorted(tags, key=["abstractNum", "num"].index), "Word wants definitions first"


# Pages


def sizes(made: Word) -> list[tuple[str, str, str]]:
    found = []
    for section in made.find(".//w:sectPr"):
        [size], [margins] = made.find("w:pgSz", section), made.find("w:pgMar", section)
        found.append(
            (size.get(f"{{{Word.SPACE}}}w"), margins.get(f"{{{Word.SPACE}}}left"), margins.get(f"{{{Word.SPACE}}}top"))
        )
    return found


def test_pages_have_the_size_and_the_margins_of_the_model(en_sobre: Path, en_charte: Path) -> None:
    assert sizes(Word(en_sobre)) == [("11906", "1701", "1701"), ("16838", "1701", "1701"), ("11906", "1701", "1701")]
    assert sizes(Word(en_charte)) == [("11906", "1701", "1985"), ("16838", "1418", "1701"), ("11906", "1701", "1985")]


def test_tables_and_figures_hold_between_the_margins_of_the_model(en_sobre: Path) -> None:
    made = Word(en_sobre)
    widths = [
        sum(int(column.get(f"{{{Word.SPACE}}}w")) for column in made.find("w:tblGrid/w:gridCol", table))
        for table in made.find("w:tbl")
    ]
    assert widths == [8504, 13436, *[8504] * 6]
    [extent] = made.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent")
    assert int(extent.get("cx")) <= 8504 * 635


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('w:w="11906"', 'w:w="1190"'),
        ('w:left="1701"', 'w:left="9000"'),
        ('w:left="1701"', 'w:left="large"'),
    ],
)
def test_margins_that_leave_no_room_or_are_no_number_give_way_to_ours(
    petit: Petit, habille: Habille, before: str, after: str
) -> None:
    made = habille(petit(arbre.para("Texte.")), modeles_word.change(SOBRE, document=(before, after)))
    assert sizes(made)[0][:2] == ("11906", "1304")


def test_sizes_may_be_written_in_centimetres(petit: Petit, habille: Habille) -> None:
    metric = modeles_word.change(SOBRE, document=('w:left="1701"', 'w:left="2.5cm"'))
    assert sizes(habille(petit(arbre.para("Texte.")), metric))[0][1] == "1417"
