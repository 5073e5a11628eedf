"""What a model has around the text, on every page of a document; and what it must not pass on of who made it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from smde import arbre, images
from smde.arbre import Document
from smde.modele_word import lire
from smde.outputs import docx

from . import modeles_word
from .conftest import Habille, Word, imprime, sans_blancs

Petit = Callable[..., Document]
SOBRE, CHARTE = modeles_word.sobre(), modeles_word.detache(modeles_word.charte())


# Headers and footers


def around(made: Word, section: int, kind: str) -> dict[str, str]:
    """What the headers of a section say, by the pages they are on."""
    calls = {node.get("Id"): node.get("Target") for node in made.part("word/_rels/document.xml.rels")}
    found = {}
    for reference in made.find(f"w:{kind}Reference", made.find(".//w:sectPr")[section]):
        part = calls[reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
        found[reference.get(f"{{{Word.SPACE}}}type")] = made.text(made.part(f"word/{part}"))
    return found


def test_every_section_has_the_header_and_the_footer_of_the_model(en_charte: Path) -> None:
    made = Word(en_charte)
    usual = "Métropole du Ponant\t\tStratégie métropolitaine de développement économique – Direction"
    assert around(made, 0, "header") == {"default": usual, "first": ""}
    assert around(made, 1, "header") == {"default": "Métropole du Ponant, page large"}
    assert around(made, 2, "header") == {"default": usual}
    assert [around(made, section, "footer") for section in range(3)] == [{"default": "\t22\u00a0novembre 2026\t2"}] * 3
    assert [bool(made.find("w:titlePg", section)) for section in made.find(".//w:sectPr")] == [True, False, False]


def test_a_model_without_header_gets_ours_on_every_section(en_sobre: Path) -> None:
    made = Word(en_sobre)
    for section in range(3):
        [header] = around(made, section, "header").values()
        assert (
            header == "Stratégie métropolitaine de développement économique\tDocument de travail – diffusion publique"
        )
    assert [bool(made.find("w:titlePg", section)) for section in made.find(".//w:sectPr")] == [True, False, False]


def test_the_mention_of_diffusion_is_on_the_first_page_whatever_the_headers(petit: Petit, habille: Habille) -> None:
    said_ = "Document de travail – diffusion partenaires"
    for couverture in (True, False):
        made = habille(petit(arbre.para("Texte."), statut=said_, couverture=couverture), CHARTE)
        assert any(said_ in made.text(p) for p in made.find("w:p")[:4])
    core = {node.tag.rpartition("}")[2]: node.text for node in made.part("docProps/core.xml")}
    assert core["contentStatus"] == said_


def test_a_header_alone_leaves_the_footer_to_us(petit: Petit, habille: Habille) -> None:
    parts = modeles_word.parties(CHARTE)
    parts["word/footer1.xml"] = modeles_word.header("", "ftr").encode()
    made = habille(petit(arbre.para("Texte."), version="0.3"), modeles_word.paquet(parts))
    assert around(made, 0, "footer")["default"].startswith("Brest métropole – version 0.3 – 1er\u00a0mai 2015\tpage")
    assert "Métropole du Ponant" in around(made, 0, "header")["default"]


def test_our_footer_has_its_tab_alone_even_where_the_style_of_the_model_has_others(
    petit: Petit, habille: Habille
) -> None:
    parts = modeles_word.parties(CHARTE)
    parts["word/footer1.xml"] = modeles_word.header("", "ftr").encode()
    made = habille(petit(arbre.para("Texte.")), modeles_word.paquet(parts))
    [footer] = [tree for name in made.parts if name.startswith("word/footer") for tree in [made.part(name)]]
    tabs = [
        (tab.get(f"{{{Word.SPACE}}}val"), tab.get(f"{{{Word.SPACE}}}pos"))
        for tab in made.find("//w:pPr/w:tabs/w:tab", footer)
    ]
    assert tabs == [("clear", "4536"), ("clear", "9072"), ("right", "9071")]


def test_a_header_made_for_upright_pages_reaches_the_margin_of_wide_ones(petit: Petit, habille: Habille) -> None:
    turned = 'w:w="16838" w:h="11906" w:orient="landscape"'
    upright = modeles_word.change(CHARTE, document=(turned, 'w:w="11906" w:h="16838"'))
    blocs = (arbre.para("Texte."), arbre.bloc(["paysage"], [arbre.tableau("Rôles", ["Acteur"], [["CCI"]])]))
    made = habille(petit(*blocs), upright)
    headers = [made.part(name) for name in sorted(made.parts) if re.fullmatch(r"word/header\d\.xml", name)]
    tabs = [
        [int(tab.get(f"{{{Word.SPACE}}}pos")) for tab in made.find("//w:pPr/w:tabs/w:tab", tree)] for tree in headers
    ]
    assert [4536, 7003, 9072, 14005] in [sorted(found) for found in tabs]


def test_the_logo_of_the_model_stands_for_that_of_the_dossier(petit: Petit, habille: Habille) -> None:
    logo = images.lire(modeles_word.png(30, 30))
    dossier = petit(arbre.para("Texte."), logo=logo, logo_texte="Brest métropole")
    assert len([name for name in habille(dossier, CHARTE).parts if name.startswith("word/media/")]) == 1
    assert habille(dossier, SOBRE).styled("CouvertureLogo")


# What a model must not pass on


def test_nothing_of_who_made_the_model_nor_where_is_in_the_document(en_charte: Path) -> None:
    everything = b"".join(Word(en_charte).parts.values())
    for word in ("Jeanne", "jlegall", "modele.docx", "Modèle 2019", "À revoir", "00A1B2C3", "2019-03-04", "04/03/2019"):
        assert word.encode() not in everything and word.encode("latin-1") not in everything, word
    names = Word(en_charte).parts.keys()
    assert not [name for name in names if "comment" in name or "vba" in name or "glossary" in name]
    assert b"<contact>" not in everything
    assert b"attachedTemplate" not in everything


def test_a_model_attached_elsewhere_leaves_no_trace_even_when_let_through(petit: Petit, tmp_path: Path) -> None:
    docx.write(petit(arbre.para("Texte.")), tmp_path / "note.docx", modele=lire(modeles_word.charte(), reparer=True))
    everything = b"".join(Word(tmp_path / "note.docx").parts.values())
    assert b"attachedTemplate" not in everything and b"Ponant.dotx" not in everything


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("TITLE", "Note d’étape"), ("AUTHOR", "Brest métropole"), ('DATE \\@ "dd/MM/yyyy"', "1er\u00a0mai 2015"),
        ("FILENAME \\p", ""), ("LASTSAVEDBY", ""), ("DOCPROPERTY Auteur", ""), ("USERNAME", ""),
        ("INCLUDETEXT file:///C:/x.docx", "ancien"), ("HYPERLINK file:///C:/x", "ancien"),
        ("MACROBUTTON Lancer Cliquez", "ancien"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("simple", [True, False])
def test_a_field_of_a_header_says_the_document_or_nothing(
    petit: Petit, habille: Habille, code: str, shown: str, simple: bool
) -> None:
    parts = modeles_word.parties(CHARTE)
    quoted = code.replace('"', "&quot;")
    field = f'<w:fldSimple w:instr="{quoted}">{modeles_word.run("ancien")}</w:fldSimple>'
    parts["word/header1.xml"] = modeles_word.header(
        modeles_word.run("Ponant ") + (field if simple else modeles_word.champ(code, "ancien"))
    ).encode()
    made = habille(petit(arbre.para("Texte.")), modeles_word.paquet(parts))
    header = made.part("word/header1.xml")
    assert made.text(header) == f"Ponant {shown}"
    assert not made.find("//w:instrText | //w:fldSimple | //w:fldChar", header)


@pytest.mark.parametrize(
    ("propriete", "shown"),
    [
        ("ns1:coreProperties[1]/ns0:title[1]", "Note d’étape"),
        ("ns1:coreProperties[1]/ns1:contentStatus[1]", "Document de travail – diffusion partenaires"),
        ("ns1:coreProperties[1]/ns0:creator[1]", "Brest métropole"),
        ("ns1:coreProperties[1]/ns1:lastModifiedBy[1]", ""),
        ("ns0:Properties[1]/ns0:Manager[1]", ""),
    ],
)
def test_a_property_shown_in_a_header_is_that_of_the_document(
    petit: Petit, habille: Habille, propriete: str, shown: str
) -> None:
    core = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
    control = (
        f'<w:sdt><w:sdtPr><w:showingPlcHdr/><w:dataBinding w:xpath="/{propriete}" w:storeItemID="{core}"/></w:sdtPr>'
        '<w:sdtContent><w:r><w:rPr><w:rStyle w:val="Textedelespacerserv"/></w:rPr><w:t>Jeanne Le Gall</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
    parts = modeles_word.parties(CHARTE)
    parts["word/header1.xml"] = modeles_word.header(modeles_word.run("Ponant ") + control).encode()
    statut = "Document de travail – diffusion partenaires"
    made = habille(petit(arbre.para("Texte."), statut=statut), modeles_word.paquet(parts))
    header = made.part("word/header1.xml")
    assert made.text(header) == f"Ponant {shown}"
    assert not made.find("//w:showingPlcHdr | //w:rStyle", header)


@pytest.mark.parametrize("code", ["PAGE", "NUMPAGES \\* Arabic", "SECTIONPAGES"])
def test_a_field_that_counts_goes_on_counting(petit: Petit, habille: Habille, code: str) -> None:
    parts = modeles_word.parties(CHARTE)
    parts["word/header1.xml"] = modeles_word.header(modeles_word.champ(code, "7")).encode()
    made = habille(petit(arbre.para("Texte.")), modeles_word.paquet(parts))
    assert made.find("//w:instrText", made.part("word/header1.xml"))[0].text.strip() == code


def test_a_field_inside_another_goes_with_it(petit: Petit, habille: Habille) -> None:
    parts = modeles_word.parties(CHARTE)
    nested = modeles_word.champ("INCLUDETEXT x", modeles_word.champ("FILENAME", "secret.docx"))
    parts["word/header1.xml"] = modeles_word.header(nested.replace("<w:t><w:r>", "<w:t/></w:r><w:r>").replace(
        "</w:r></w:t></w:r>", "</w:r>")).encode()  # fmt: skip
    made = habille(petit(arbre.para("Texte.")), modeles_word.paquet(parts))
    assert b"secret" not in made.parts["word/header1.xml"] and b"fldChar" not in made.parts["word/header1.xml"]


def test_links_of_a_header_are_kept_when_they_lead_to_the_web_and_are_words_otherwise(
    petit: Petit, habille: Habille
) -> None:
    parts = modeles_word.parties(CHARTE)
    parts["word/header1.xml"] = modeles_word.header(
        f'<w:hyperlink r:id="rId1">{modeles_word.run("ponant.example")}</w:hyperlink>'
        f'<w:hyperlink r:id="rId2">{modeles_word.run(" serveur")}</w:hyperlink>'
    ).encode()
    parts["word/_rels/header1.xml.rels"] = modeles_word.relations(
        ("rId1", "hyperlink", "https://ponant.example/"), ("rId2", "hyperlink", "file:///S:/Communication/")
    ).encode()
    made = habille(petit(arbre.para("Texte.")), modeles_word.paquet(parts))
    header = made.part("word/header1.xml")
    assert made.text(header) == "ponant.example serveur" and len(made.find("//w:hyperlink", header)) == 1
    assert b"Communication" not in b"".join(made.parts.values())


def test_the_picture_of_a_header_is_copied_without_what_a_machine_noted(en_charte: Path) -> None:
    made = Word(en_charte)
    [media] = [name for name in made.parts if "/modele-" in name]
    assert made.parts[media].startswith(b"\x89PNG") and b"tEXt" not in made.parts[media]
    [header] = [name for name in made.parts if name.startswith("word/header") and b"blip" in made.parts[name]]
    assert b"media/modele-1.png" in made.parts[header.replace("word/", "word/_rels/") + ".rels"]


def test_the_same_model_and_the_same_document_give_the_same_bytes(
    strategie: Document, en_charte: Path, tmp_path: Path
) -> None:
    assert modeles_word.ecrit(strategie, CHARTE, tmp_path).read_bytes() == en_charte.read_bytes()
    with zipfile.ZipFile(io.BytesIO(en_charte.read_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# Seen by LibreOffice


@pytest.mark.libreoffice
def test_libreoffice_prints_it_as_the_model_asks(bureautique: Path, en_charte: Path, tmp_path: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(imprime(bureautique, en_charte, tmp_path)).pages]
    assert "Document de travail – diffusion publique" in pages[0] and "Sommaire" not in pages[0]
    assert "Sommaire" in pages[1]
    everything = sans_blancs("".join(pages[2:]))
    assert "ArticleIDiagnosticpartagé" in everything and "I.1Unepopulationstable" in everything
    assert "ArticlePourquoi" not in everything
    wide = [text for text in pages if "Qui fait quoi" in text]
    assert wide and all("Métropole du Ponant, page large" in text for text in wide)
    assert all("Métropole du Ponant" in text for text in pages[1:])
