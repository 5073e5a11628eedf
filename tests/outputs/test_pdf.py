"""What a reader of the PDF sees and hears: pages, contents, bookmarks, tags, and words as they were typed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from smde import arbre
from smde.arbre import Document, Figure
from smde.outputs import pdf
from smde.outputs.outil import OutilEnEchec

from .conftest import PIEGES, sans_blancs

Petit = Callable[..., Document]
Ecrit = Callable[..., list[str]]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="90" height="40"/></svg>'


@pytest.fixture(scope="module")
def pages(fichier_pdf: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(fichier_pdf).pages]


@pytest.fixture
def ecrit(tmp_path: Path, petit: Petit) -> Ecrit:
    """Write a short document, and read its pages."""

    def build(*blocs: arbre.Node, **autres: object) -> list[str]:
        target = tmp_path / "note.pdf"
        pdf.write(petit(*blocs, **autres), target)
        return [page.extract_text() for page in PdfReader(target).pages]

    return build


def tags(fichier: Path) -> list[DictionaryObject]:
    """Every element of the tree of tags, in reading order."""
    root = PdfReader(fichier).trailer["/Root"]["/StructTreeRoot"]
    found: list[DictionaryObject] = []

    def visit(node: object) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                visit(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            visit(node.get("/K"))

    visit(root["/K"])
    return found


# Pages


def test_the_cover_says_who_what_when_and_in_which_state(pages: list[str]) -> None:
    cover = sans_blancs(pages[0])
    for words in (
        "Brest métropole", "Stratégie métropolitaine de développement économique",
        "Stratégie du territoire et schéma de la métropole", "Document de travail – diffusion publique",
        "Version 0.3 – 22 novembre 2026",
    ):  # fmt: skip
        assert sans_blancs(words) in cover
    assert "page1/" not in cover


def test_the_contents_give_the_page_of_each_part(pages: list[str]) -> None:
    contents = pages[1]
    for part in ("Diagnostic partagé", "Enjeux et objectifs", "Moyens", "Fiches action"):
        line = next(line for line in contents.splitlines() if part in line)
        page = int(line.split()[-1])
        assert part in pages[page - 1]


def test_every_page_after_the_cover_says_its_number_version_and_state(pages: list[str]) -> None:
    for rank, text in enumerate(pages[1:], start=2):
        assert f"page{rank}/{len(pages)}" in sans_blancs(text)
        assert sans_blancs("Brest métropole – version 0.3 – 22 novembre 2026") in sans_blancs(text)
        assert sans_blancs("Document de travail – diffusion publique") in sans_blancs(text)


def test_only_the_matrix_is_on_a_landscape_page_with_header_and_footer(fichier_pdf: Path) -> None:
    wide = [page for page in PdfReader(fichier_pdf).pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) == 1
    text = sans_blancs(wide[0].extract_text())
    assert "Matricedesrôles" in text and "version0.3" in text and "Documentdetravail" in text


def test_headings_are_numbered_except_those_that_ask_not_to_be(pages: list[str]) -> None:
    everything = sans_blancs("".join(pages[2:]))
    assert "1Diagnosticpartagé" in everything and "2.1.1Objectifsrattachés" in everything
    assert "1Pourquoiunestratégie" not in everything and "Cequelamétropolenedécidepas" in everything


def test_the_long_table_repeats_its_header_on_each_of_its_pages(pages: list[str]) -> None:
    holders = [text for text in pages if "2016-2020" in text]
    assert len(holders) >= 3
    assert all("Maître" in text and "Période" in text for text in holders)


def test_tables_and_figures_are_captioned_and_counted_in_french(pages: list[str]) -> None:
    everything = sans_blancs("".join(pages))
    assert "Tableau1:Plandefinancement" in everything and "Tableau2:Quifaitquoi" in everything
    assert "Figure1:Populationmunicipale,1968-2023" in everything


def test_a_caption_is_never_left_alone_at_the_foot_of_a_page(ecrit: Ecrit) -> None:
    blocs = []
    for lines in range(24, 40):
        blocs.append(arbre.bloc(["saut"], [arbre.para("Ligne de texte.") for _ in range(lines)]))
        rows = [[f"rang {rang} de la table {lines}", "x"] for rang in range(1, 15)]
        blocs.append(arbre.tableau(f"Légende {lines}", ["A", "B"], rows))
    for text in ecrit(*blocs):
        for lines in range(24, 40):
            assert (f"Légende {lines}" in text) == (f"rang 1 de la table {lines}" in text)


def test_a_short_table_is_not_cut_between_two_pages(ecrit: Ecrit) -> None:
    blocs = []
    for lines in range(24, 40):
        blocs.append(arbre.bloc(["saut"], [arbre.para("Ligne de texte.") for _ in range(lines)]))
        blocs.append(arbre.tableau("Repères", ["A"], [[f"rang {rang} de la table {lines}"] for rang in range(1, 8)]))
    for text in ecrit(*blocs):
        for lines in range(24, 40):
            assert len([rang for rang in range(1, 8) if f"rang {rang} de la table {lines}" in text]) in (0, 7)


def test_a_fiche_starts_on_a_new_page_except_just_under_its_part(pages: list[str]) -> None:
    holders = [next(rank for rank, text in enumerate(pages) if f"Fiche de l’action {n}" in text) for n in range(1, 7)]
    assert holders == list(range(holders[0], holders[0] + 6))
    assert "Fiches action" in pages[holders[0]]


def test_sources_are_at_the_foot_of_their_page(pages: list[str]) -> None:
    [page] = [text for text in pages if "1.1 Une population stable" in text and "Sommaire" not in text]
    assert page.index("recensement de la population") > page.index("constat-1")


@pytest.mark.parametrize("sommaire", [True, False])
def test_without_a_cover_the_title_heads_the_first_page(ecrit: Ecrit, sommaire: bool) -> None:
    blocs = (arbre.titre(1, "Ce qui est proposé"), arbre.para("Premier texte."), arbre.titre(1, "La suite"))
    pages = ecrit(*blocs, couverture=False, sommaire=sommaire, statut="Document de travail")
    assert len(pages) == 2 + sommaire
    what = "Sommaire" if sommaire else "Premier texte."
    for words in ("Brest métropole", "Note d’étape", "Document de travail – 1er", what, f"page 1 / {len(pages)}"):
        assert sans_blancs(words) in sans_blancs(pages[0])


def test_a_document_without_heading_has_no_contents(ecrit: Ecrit) -> None:
    cover, body = ecrit(arbre.para("Une note d’une page."))
    assert "Note d’étape" in cover and "Une note d’une page." in body


def test_an_empty_document_is_its_cover(ecrit: Ecrit) -> None:
    assert "Note d’étape" in ecrit(titre="Note d’étape", auteur="", statut="", date="")[0]


# What the file says of itself, and to who does not see it


def test_the_properties_are_those_of_the_version(fichier_pdf: Path) -> None:
    reader = PdfReader(fichier_pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Stratégie métropolitaine de développement économique"
    assert reader.metadata.author == "Brest métropole"
    assert reader.metadata.subject == "La stratégie partagée du Pays de Brest et ce à quoi la métropole s’engage."
    assert str(reader.metadata.creation_date) == "2026-11-22 00:00:00+00:00"
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"


def test_the_file_declares_itself_accessible_and_archivable(fichier_pdf: Path) -> None:
    xmp = PdfReader(fichier_pdf).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>3</pdfaid:part>" in xmp and "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


def test_bookmarks_follow_the_headings(fichier_pdf: Path) -> None:
    titles = [entry.title for entry in PdfReader(fichier_pdf).outline if not isinstance(entry, list)]
    assert [title.split(" ", 1)[-1] for title in titles[-4:]] == [
        "Diagnostic partagé", "Enjeux et objectifs", "Moyens", "Fiches action",
    ]  # fmt: skip


def test_headings_tables_lists_notes_and_figures_are_tagged(fichier_pdf: Path) -> None:
    kinds = [str(node["/S"]) for node in tags(fichier_pdf)]
    assert {"/H1", "/H2", "/H3", "/H4", "/Table", "/TH", "/TD", "/L", "/LI", "/Note", "/Link"} <= set(kinds)
    assert kinds.count("/Table") == 8


def test_each_figure_says_what_it_shows(fichier_pdf: Path, strategie: Document) -> None:
    spoken = [str(node["/Alt"]) for node in tags(fichier_pdf) if "/Alt" in node]
    assert strategie.figures["population"].description in spoken


def test_an_accessibility_checker_finds_no_error(fichier_pdf: Path) -> None:
    command = [Path(sys.executable).with_name("outloud"), fichier_pdf]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and " 0 error(s)" in done.stdout, done.stdout


def test_a_second_checker_agrees(fichier_pdf: Path) -> None:
    command = [Path(sys.executable).with_name("pdfua"), "check", fichier_pdf]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and "errors=0 warnings=0" in done.stdout, done.stdout


def test_only_the_fonts_we_ship_are_used(fichier_pdf: Path) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for page in PdfReader(fichier_pdf).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts and all(name.startswith(("SourceSans", "SourceSerif")) for name in fonts), fonts


# Links


def test_links_lead_to_places_of_the_document_or_outside(fichier_pdf: Path) -> None:
    reader = PdfReader(fichier_pdf)
    actions = [
        annotation.get_object()
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    outside = {str(link["/A"]["/URI"]) for link in actions if "/A" in link and "/URI" in link["/A"]}
    assert outside == {"https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-242900314"}
    assert any("/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo" for link in actions)


def test_a_link_reaches_a_block_a_table_a_figure_a_span_or_a_fiche(ecrit: Ecrit) -> None:
    figure = Figure("f", SVG, "Courbe", "Une courbe.")
    marked = {"t": "Span", "c": [["s", [], []], arbre.mots("repère")]}
    cibles = {
        "b": arbre.bloc(["avertissement"], [arbre.para("Boîte")], "b"),
        "t": arbre.tableau("Légende", ["A"], [["x"]], ident="t"),
        "f": arbre.image(figure, ident="f"),
        "p": arbre.bloc(["paysage"], [arbre.para("Large")], "p"),
        "a": arbre.bloc(["fiche", "inconnue"], [arbre.para("Fiche")], "a"),
        "s": arbre.para([marked]),
    }
    liens = [arbre.para([arbre.lien_element(ident, f"vers {ident}")]) for ident in [*cibles, "disparu"]]
    text = sans_blancs("".join(ecrit(*liens, *cibles.values(), figures={"f": figure})))
    assert all(sans_blancs(f"vers {ident}") in text for ident in [*cibles, "disparu"])


# Words


def test_words_that_are_code_elsewhere_come_out_as_typed(ecrit: Ecrit) -> None:
    blocs = [arbre.para([{"t": "Str", "c": f"avant {piege} après"}]) for piege in PIEGES]
    text = sans_blancs("".join(ecrit(*blocs)))
    assert [piege for piege in PIEGES if sans_blancs(f"avant {piege} après") not in text] == []


@pytest.mark.parametrize("piege", PIEGES)
def test_words_typed_just_after_a_link_a_chip_or_a_note_do_not_join_them(piege: str, petit: Petit) -> None:
    suite = {"t": "Str", "c": piege}
    before = [
        arbre.lien("https://exemple.fr", "lien"), arbre.span(["statut"], "statut"), arbre.note([arbre.para("note")]),
        arbre.emphase("mot"), arbre.fort("mot"), {"t": "Span", "c": [["repere", [], []], []]},
    ]  # fmt: skip
    body = pdf.sources(petit(*(arbre.para([node, suite]) for node in before)))["main.typ"]
    escaped = "".join(f"\\{c}" if c.isascii() and not c.isalnum() and c != " " else c for c in piege)
    assert body.count(escaped) == len(before)


def test_hostile_words_after_every_kind_of_node_still_compose(ecrit: Ecrit) -> None:
    kinds = ("Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps")
    blocs = [
        arbre.para([{"t": kind, "c": arbre.mots("mot")}, {"t": "Str", "c": piege}])
        for kind in kinds
        for piege in ("(voir)", "[voir]", ".fr", ";", "<x>", "{y}", "#z")
    ]
    assert sans_blancs("".join(ecrit(*blocs))).count("#z") == len(kinds)


@pytest.mark.parametrize("piege", ["#eval(1) $x$", "é & \"q\" 'a' \\", "]#panic()["])
def test_such_words_may_be_anywhere(ecrit: Ecrit, piege: str) -> None:
    mot = [{"t": "Str", "c": piege}]
    figure = Figure("f", SVG, "t", piege)
    blocs = [
        arbre.titre(1, mot, "t"), arbre.para([arbre.lien_element("t", mot), arbre.note([arbre.para(mot)])]),
        arbre.bloc(["avertissement"], [arbre.para(mot)]), arbre.puces([[arbre.plain(mot)]]),
        arbre.tableau(mot, [mot], [[mot]]), arbre.image(figure, mot), arbre.para([arbre.span(["statut"], mot)]),
    ]  # fmt: skip
    around = dict.fromkeys(("titre", "sous_titre", "auteur", "statut", "version", "resume"), piege)
    cover, *body = ecrit(*blocs, figures={"f": figure}, **around)
    assert sans_blancs(cover).count(sans_blancs(piege)) >= 4
    assert sans_blancs("".join(body)).count(sans_blancs(piege)) >= 10


def test_a_drawing_cannot_read_a_file(ecrit: Ecrit, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    image = f'<image href="{secret}" width="5" height="5"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5">{image}</svg>'
    figure = Figure("f", svg, "t", "d")
    with pytest.raises(OutilEnEchec, match="absolute paths are not allowed"):
        ecrit(arbre.image(figure), figures={"f": figure})


def test_a_very_long_word_and_deep_lists_compose(ecrit: Ecrit) -> None:
    deep = arbre.puces(["fin"])
    for _ in range(8):
        deep = arbre.puces([[arbre.plain("niveau"), deep]])
    text = "".join(ecrit(arbre.para("a" * 400), deep, arbre.tableau("L", ["A", "B"], [["b" * 90, "c"]])))
    assert "fin" in text


# Characters, all of which must have a drawing


def test_what_french_and_its_neighbours_write_has_a_drawing(ecrit: Ecrit) -> None:
    letters = (
        "ÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸ àâäæçéèêëîïôœùûüÿ ñ c’hwec’h ʼ Łódź Ærø Škoda Αθήνα Київ € £ % ‰ n° № 1er 2e m² m³ CO₂ ½"
    )
    signs = "« » “ ” ‘ ’ – — … • · † ° × ÷ ± − ≤ ≥ ≠ ≈ → ← ↑ ↓ ✓ ✗ ● ○ ■ □ ▲ ▼ § ¶ © ®\u202f;\u00a0: non\u2011rupture"
    text = sans_blancs("".join(ecrit(arbre.para(letters), arbre.para([arbre.fort(letters)]), arbre.para(signs))))
    assert text.count("Łódź") == 2 and "●" in text


def test_control_characters_show_instead_of_vanishing(ecrit: Ecrit) -> None:
    assert "a\ufffdb" in "".join(ecrit(arbre.para([{"t": "Str", "c": "a\x01b"}])))


def test_a_failure_of_typst_is_not_taken_for_a_missing_character(
    petit: Petit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "note.pdf"
    target.write_bytes(b"version 0.2")
    monkeypatch.setattr(pdf, "STANDARDS", ("inconnu",))
    with pytest.raises(OutilEnEchec, match="Typst a échoué"):
        pdf.write(petit(arbre.para("x")), target)
    assert target.read_bytes() == b"version 0.2"
