"""What a reader of the Word file sees and can do: cover, contents, numbers, tables, figures, notes, links."""

import re
from collections.abc import Callable
from dataclasses import replace

from smde import arbre
from smde.arbre import Document, Figure, texte_brut

from .conftest import Word

Petit = Callable[..., Document]
Ecrit = Callable[[Document], Word]
PNG = b"\x89PNG\r\n"
LARGEUR, LARGEUR_PAYSAGE = 9298, 14230


def widths(word: Word, table: object) -> list[int]:
    return [int(column.get(f"{{{Word.SPACE}}}w")) for column in word.find("w:tblGrid/w:gridCol", table)]  # type: ignore[arg-type]


# Cover and contents


def test_the_cover_says_who_what_when_and_in_which_state(grand_word: Word) -> None:
    first = {grand_word.value("w:pPr/w:pStyle", p)[0]: grand_word.text(p) for p in grand_word.find("w:p")[:5]}
    assert first == {
        "CouvertureAutorite": "Brest métropole",
        "CouvertureStatut": "Document de travail – diffusion publique",
        "CouvertureVersion": "Version 0.3 – 22\u00a0novembre 2026",
        "Title": "Stratégie métropolitaine de développement économique",
        "Subtitle": "Stratégie du territoire et schéma de la métropole",
    }


def test_a_cover_without_subtitle_nor_status_has_no_empty_line(word: Ecrit, petit: Petit) -> None:
    made = word(petit(arbre.para("Texte.")))
    assert [made.text(p) for p in made.find("w:p")[:3]] == ["Brest métropole", "1er\u00a0mai 2015", "Note d’étape"]


def test_the_contents_are_filled_with_the_numbered_headings(grand_word: Word) -> None:
    entries = [grand_word.text(p) for p in grand_word.find("w:sdt//w:p")]
    assert entries[:6] == [
        "Sommaire",
        "Pourquoi une stratégie\u202f?",
        "1\tDiagnostic partagé",
        "1.1\tUne population stable depuis 1975",
        "1.2\tUn emploi public et maritime qui amortit les crises",
        "1.3\tDes jeunes nombreux, qui partent après leurs études",
    ]
    assert "2.1.1\tObjectifs rattachés" in entries
    assert not any("Ce que la métropole ne décide pas" in entry for entry in entries), "level 4 stays out"


def test_each_entry_of_the_contents_leads_to_its_heading(grand_word: Word) -> None:
    for link in grand_word.find("w:sdt//w:hyperlink"):
        [start] = grand_word.find(f".//w:bookmarkStart[@w:name='{link.get(f'{{{Word.SPACE}}}anchor')}']")
        heading = grand_word.text(start.getparent())
        assert grand_word.text(link).split("\t")[-1] == heading


def test_word_does_not_ask_to_update_fields_when_it_opens_the_file(grand_word: Word) -> None:
    everything = b"".join(grand_word.parts.values())
    assert b"updateFields" not in everything and b"w:dirty" not in everything


def test_the_contents_are_a_field_that_can_be_updated(grand_word: Word) -> None:
    [sdt] = grand_word.find("w:sdt")
    assert grand_word.find(".//w:instrText", sdt)[0].text == ' TOC \\o "1-3" \\h \\z \\u '
    kinds = [node.get(f"{{{Word.SPACE}}}fldCharType") for node in grand_word.find(".//w:fldChar", sdt)]
    assert kinds == ["begin", "separate", "end"]


def test_a_document_without_heading_has_no_contents(word: Ecrit, petit: Petit) -> None:
    assert word(petit(arbre.para("Une note d’une page."))).find("w:sdt") == []


def test_an_empty_document_still_opens_on_its_cover(word: Ecrit, petit: Petit) -> None:
    made = word(petit())
    assert made.texts("Title") == ["Note d’étape"]
    assert len(made.find("w:sectPr")) == 1


def test_the_contents_of_a_big_document_stop_at_the_second_level(word: Ecrit, petit: Petit) -> None:
    parts = [arbre.titre(1, "Diagnostic"), *(arbre.titre(3 if rang % 3 else 2, f"Titre {rang}") for rang in range(100))]
    made = word(petit(*parts))
    assert made.find("w:sdt//w:instrText")[0].text == ' TOC \\o "1-2" \\h \\z \\u '
    assert set(made.value("w:sdt//w:p/w:pPr/w:pStyle")) == {"TOCHeading", "TOC1", "TOC2"}


# Headings


def test_headings_are_numbered_by_word_and_not_by_typed_digits(grand_word: Word) -> None:
    assert grand_word.texts("Heading1") == [
        "Pourquoi une stratégie\u202f?", "Diagnostic partagé", "Enjeux et objectifs", "Moyens", "Fiches action",
    ]  # fmt: skip
    bare, numbered = grand_word.styled("Heading1")[:2]
    assert grand_word.value("w:pPr/w:numPr/w:numId", bare) == ["2"]
    assert grand_word.find("w:pPr/w:numPr", numbered) == []


def test_the_numbering_without_number_shows_nothing(grand_word: Word) -> None:
    numbering = grand_word.part("word/numbering.xml")
    [link] = grand_word.find("//w:num[@w:numId='2']/w:abstractNumId", numbering)
    definition = f"//w:abstractNum[@w:abstractNumId='{link.get(f'{{{Word.SPACE}}}val')}']//w:numFmt"
    assert set(grand_word.value(definition, numbering)) == {"none"}


# Bookmarks and links


def test_bookmarks_have_names_word_accepts_and_each_its_own_number(grand_word: Word) -> None:
    starts = grand_word.find(".//w:bookmarkStart")
    names = [start.get(f"{{{Word.SPACE}}}name") for start in starts]
    idents = [start.get(f"{{{Word.SPACE}}}id") for start in starts]
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len(set(names)) == len(names) and len(set(idents)) == len(idents)
    assert sorted(idents) == sorted(end.get(f"{{{Word.SPACE}}}id") for end in grand_word.find(".//w:bookmarkEnd"))


def test_each_bookmark_opens_and_closes_in_one_paragraph(grand_word: Word) -> None:
    for start in grand_word.find(".//w:bookmarkStart"):
        assert start.getparent().tag.endswith("}p")
        ident = start.get(f"{{{Word.SPACE}}}id")
        assert grand_word.find(f"w:bookmarkEnd[@w:id='{ident}']", start.getparent())


def test_no_link_leads_to_a_place_that_is_not_there(grand_word: Word) -> None:
    names = {start.get(f"{{{Word.SPACE}}}name") for start in grand_word.find(".//w:bookmarkStart")}
    anchors = {link.get(f"{{{Word.SPACE}}}anchor") for link in grand_word.find(".//w:hyperlink[@w:anchor]")}
    assert anchors and anchors <= names


def test_a_link_to_an_element_leads_to_its_heading(grand_word: Word) -> None:
    link = next(x for x in grand_word.find(".//w:hyperlink") if grand_word.text(x) == "Accueillir")
    [start] = grand_word.find(f".//w:bookmarkStart[@w:name='{link.get(f'{{{Word.SPACE}}}anchor')}']")
    assert grand_word.text(start.getparent()) == "Accueillir de nouveaux habitants et leurs projets"


def test_a_link_to_an_element_that_is_not_there_is_plain_words(grand_word: Word) -> None:
    [paragraphe] = [p for p in grand_word.find(".//w:p") if "constat non repris ici" in grand_word.text(p)]
    assert all(
        "constat non repris" not in grand_word.text(link) for link in grand_word.find(".//w:hyperlink", paragraphe)
    )


def test_ids_too_long_for_word_or_alike_once_cleaned_stay_apart(word: Ecrit, petit: Petit) -> None:
    idents = ["attirer-1", "attirer_1", "constat-" + "x" * 56 + "a", "constat-" + "x" * 56 + "b"]
    titres = [arbre.titre(1, f"Titre {rang}", ident) for rang, ident in enumerate(idents)]
    liens = [arbre.para([arbre.lien_element(ident, f"Lien {rang}")]) for rang, ident in enumerate(idents)]
    made = word(petit(*titres, *liens))
    for rang, link in enumerate(made.find("w:p/w:hyperlink")):
        [start] = made.find(f".//w:bookmarkStart[@w:name='{link.get(f'{{{Word.SPACE}}}anchor')}']")
        assert made.text(start.getparent()) == f"Titre {rang}"


def test_a_link_reaches_a_block_a_table_a_figure_or_a_fiche(word: Ecrit, petit: Petit) -> None:
    figure = Figure("f", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"/>', "Courbe", "Une courbe.")
    cibles = {
        "b": arbre.bloc(["avertissement"], [arbre.para("Boîte")], "b"),
        "t": arbre.tableau("Légende", ["A"], [["x"]], ident="t"),
        "f": arbre.image(figure, ident="f"),
        "p": arbre.bloc(["paysage"], [arbre.para("Large")], "p"),
        "a": arbre.bloc(["fiche"], [arbre.para("Fiche")], "a"),
        "vide": arbre.bloc([], [], "vide"),
    }
    liens = [arbre.para([arbre.lien_element(ident, ident)]) for ident in cibles]
    made = word(petit(*liens, *cibles.values(), figures={"f": figure}))
    found = {}
    for link in made.find("w:p/w:hyperlink"):
        [start] = made.find(f".//w:bookmarkStart[@w:name='{link.get(f'{{{Word.SPACE}}}anchor')}']")
        found[made.text(link)] = made.text(start.getparent())
    assert found == {
        "b": "Boîte", "t": "Tableau\u00a01\u00a0: Légende", "f": "", "p": "Large", "a": "Fiche", "vide": "Fiche",
    }  # fmt: skip


def test_an_address_is_declared_once_and_only_where_it_is_used(word: Ecrit, petit: Petit) -> None:
    lien = arbre.lien("https://exemple.fr/?a=1&b=«2»", "ici", ["externe"])
    made = word(petit(arbre.para([*arbre.mots("Voir"), arbre.note([arbre.para([lien])])])))
    assert b"exemple.fr" not in made.parts["word/_rels/document.xml.rels"]
    assert made.parts["word/_rels/footnotes.xml.rels"].count(b"https://exemple.fr/?a=1&amp;b=") == 1


# Tables


def test_a_long_table_repeats_its_header_and_keeps_its_rows_whole(grand_word: Word) -> None:
    table = grand_word.find("w:tbl")[0]
    rows = grand_word.find("w:tr", table)
    assert len(rows) == 91
    assert [bool(grand_word.find("w:trPr/w:tblHeader", row)) for row in rows] == [True] + [False] * 90
    assert all(grand_word.find("w:trPr/w:cantSplit", row) for row in rows)


def test_a_table_is_as_wide_as_the_text_with_the_widths_asked_for(grand_word: Word) -> None:
    columns = widths(grand_word, grand_word.find("w:tbl")[0])
    assert sum(columns) == LARGEUR
    assert [round(width / LARGEUR, 2) for width in columns] == [0.34, 0.16, 0.12, 0.12, 0.12, 0.14]


def test_every_table_fills_its_page(grand_word: Word) -> None:
    totals = [sum(widths(grand_word, table)) for table in grand_word.find("w:tbl")]
    assert totals == [LARGEUR, LARGEUR_PAYSAGE, *[LARGEUR] * 6]
    assert len(grand_word.find("w:tbl/w:tblPr/w:tblLayout[@w:type='fixed']")) == len(totals)


def test_captions_are_numbered_by_fields_and_stay_with_their_table(grand_word: Word) -> None:
    captions = grand_word.styled("TableCaption")
    assert [grand_word.text(p) for p in captions[:2]] == [
        "Tableau\u00a01\u00a0: Plan de financement prévisionnel des actions",
        "Tableau\u00a02\u00a0: Qui fait quoi\u00a0: rôle de chaque acteur par priorité",
    ]
    for caption in captions:
        assert [node.text for node in grand_word.find(".//w:instrText", caption)] == [" SEQ Tableau \\* ARABIC "]
        assert caption.getnext().tag.endswith("}tbl")


def test_a_table_has_a_name_for_who_does_not_see_it(grand_word: Word) -> None:
    assert grand_word.value("w:tbl[1]/w:tblPr/w:tblCaption") == ["Plan de financement prévisionnel des actions"]


def test_numbers_are_aligned_to_the_right_with_their_header(grand_word: Word) -> None:
    for row in grand_word.find("w:tbl[1]/w:tr"):
        sides = [grand_word.value("w:p/w:pPr/w:jc", cell)[0] for cell in grand_word.find("w:tc", row)]
        assert sides == ["left", "left", "left", "right", "right", "left"]


def test_header_row_and_row_headers_have_their_styles(grand_word: Word) -> None:
    header, first, *_ = grand_word.find("w:tbl[1]/w:tr")
    assert set(grand_word.value("w:tc/w:p/w:pPr/w:pStyle", header)) == {"EnteteTableau"}
    assert grand_word.value("w:tc/w:p/w:pPr/w:pStyle", first) == ["EnteteLigne", *["TexteTableau"] * 5]
    assert grand_word.find("w:tbl[1]/w:tblPr/w:tblLook")[0].get(f"{{{Word.SPACE}}}firstColumn") == "1"


def test_a_table_without_row_header_says_so(word: Ecrit, petit: Petit) -> None:
    made = word(petit(arbre.tableau("Séries", ["Année"], [["2016"]], entete_de_ligne=False)))
    assert made.find("w:tbl/w:tblPr/w:tblLook")[0].get(f"{{{Word.SPACE}}}firstColumn") == "0"
    assert "EnteteLigne" not in made.value(".//w:tc/w:p/w:pPr/w:pStyle")


def test_a_list_in_a_cell_is_written_small_and_stays_a_list(grand_word: Word) -> None:
    items = grand_word.find("w:tbl[3]//w:tc/w:p[w:pPr/w:numPr]")
    assert [grand_word.text(item) for item in items] == ["étude des friches, 2016", "travaux, 2017-2018"]
    assert {style for item in items for style in grand_word.value("w:pPr/w:pStyle", item)} == {"TexteTableau"}


def test_two_tables_in_a_row_are_apart_without_an_empty_line(word: Ecrit, petit: Petit) -> None:
    table = arbre.tableau("Séries", ["Année"], [["2016"]])
    made = word(petit(table, table, arbre.para("Suite.")))
    assert all(made.text(p) for p in made.find("w:p"))
    assert made.texts("SuiteTableau") == ["Suite."]


def test_a_short_table_is_not_cut_between_two_pages_but_a_long_one_is(word: Ecrit, petit: Petit) -> None:
    court = arbre.tableau("Repères", ["Rubrique", "Contenu"], [["Pilote", "CCI"], ["Étape", "étude"]])
    long = arbre.tableau("Séries", ["Année"], [[str(annee)] for annee in range(1990, 2020)])
    bavard = arbre.tableau("Textes", ["Texte"], [["mot " * 200]] * 3)
    made = word(petit(court, long, bavard))
    kept = [[bool(made.find(".//w:keepNext", row)) for row in made.find("w:tr", table)] for table in made.find("w:tbl")]
    assert kept == [[True, True, False], [False] * 31, [False] * 4]


# Figures and notes


def test_a_figure_is_a_picture_with_its_text_alternative_and_its_caption(grand_word: Word, strategie: Document) -> None:
    [picture] = grand_word.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert picture.get("descr") == strategie.figures["population"].description
    assert grand_word.texts("ImageCaption") == ["Figure\u00a01\u00a0: Population municipale, 1968-2023"]
    [media] = [name for name in grand_word.parts if name.startswith("word/media/")]
    assert grand_word.parts[media].startswith(PNG)


def test_a_picture_says_nothing_of_where_it_was_made(grand_word: Word) -> None:
    [inner] = grand_word.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr")
    assert (inner.get("name"), inner.get("descr")) == ("Figure 1", "")
    everything = b"".join(part for name, part in grand_word.parts.items() if name.endswith((".xml", ".rels")))
    assert b"base64" not in everything and b"/tmp" not in everything and b"/home" not in everything


def test_a_caption_can_say_more_than_the_title_of_the_figure(word: Ecrit, petit: Petit) -> None:
    figure = Figure(
        "f", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 30"/>', "Titre", "Alternative & <détails>"
    )
    legende = [*arbre.mots("Emploi "), arbre.emphase("maritime"), arbre.note([arbre.para("Insee.")])]
    made = word(petit(arbre.image(figure, legende), figures={"f": figure}))
    assert made.texts("ImageCaption") == ["Figure\u00a01\u00a0: Emploi maritime"]
    [picture] = made.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert picture.get("descr") == "Alternative & <détails>"


def test_sources_are_footnotes(grand_word: Word) -> None:
    references = grand_word.find(".//w:footnoteReference")
    notes = grand_word.find("//w:footnote[not(@w:type)]", grand_word.part("word/footnotes.xml"))
    assert len(references) == len(notes) == 4
    assert grand_word.text(notes[0]).strip() == "Insee, recensement de la population, insee.fr"


# Classes of the tree


def test_a_warning_is_one_box_even_when_it_holds_a_list(grand_word: Word) -> None:
    box = grand_word.styled("Avertissement")
    assert [grand_word.text(p)[:15] for p in box] == ["Montants illust", "–\u00a0aucun n’engag", "–\u00a0chacun porte "]
    assert [p.getnext() for p in box[:2]] == box[1:]


def test_classes_come_out_as_styles(grand_word: Word) -> None:
    assert grand_word.texts("Proposition") == ["Proposition – à valider par le prochain groupe de pilotage"]
    assert grand_word.texts("Chapo")[0].startswith("Ce que le territoire sait")
    assert len(grand_word.texts("Sources")) == 6
    chips = grand_word.find(".//w:r[w:rPr/w:rStyle/@w:val='Statut']")
    assert "".join(grand_word.text(run) for run in chips[:1]) == "\u00a0À valider\u00a0"
    codes = grand_word.find(".//w:r[w:rPr/w:rStyle/@w:val='CodeElement']")
    assert grand_word.text(codes[0]) == "constat-1"


def test_numbered_and_nested_items_of_a_box_keep_their_words(word: Ecrit, petit: Petit) -> None:
    steps = [[arbre.plain("étude"), arbre.puces(["des friches", "du marché"])], [arbre.para("travaux")], []]
    ordered = {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], steps]}
    made = word(petit(arbre.bloc(["avertissement"], [arbre.para("Étapes :"), ordered])))
    dash = "–\u00a0"
    assert made.texts("Avertissement") == ["Étapes\u00a0:", f"{dash}étude", f"{dash}des friches", f"{dash}du marché",
                                           f"{dash}travaux", dash]  # fmt: skip


def test_quotations_and_definitions_have_their_styles(word: Ecrit, petit: Petit) -> None:
    quote = {"t": "BlockQuote", "c": [arbre.para("« Nous voulons savoir qui appeler. »")]}
    terms = {"t": "DefinitionList", "c": [[arbre.mots("SRDEII"), [[arbre.para("Schéma régional.")]]]]}
    made = word(petit(quote, terms))
    assert len(made.texts("BlockText")) == 1
    assert (made.texts("DefinitionTerm"), made.texts("Definition")) == (["SRDEII"], ["Schéma régional."])


def test_lists_are_real_lists_at_each_level(word: Ecrit, petit: Petit) -> None:
    made = word(petit(arbre.puces([[arbre.plain("guichet"), arbre.puces(["accueil", "suivi"])], "réseau"])))
    items = made.find("w:p[w:pPr/w:numPr]")
    assert [made.text(item) for item in items] == ["guichet", "accueil", "suivi", "réseau"]
    assert [made.value("w:pPr/w:numPr/w:ilvl", item) for item in items] == [["0"], ["1"], ["1"], ["0"]]


def test_a_link_of_a_header_row_takes_the_colour_of_the_row(word: Ecrit, petit: Petit) -> None:
    site = arbre.lien("https://www.adeupa-brest.fr", "Adeupa", ["externe"])
    made = word(petit(arbre.tableau("Friches par territoire", ["Territoire", [site]], [["Brest", [site]]])))
    assert made.value("w:tbl/w:tr[w:trPr/w:tblHeader]//w:rStyle") == []
    assert made.value("w:tbl/w:tr[not(w:trPr/w:tblHeader)]//w:rStyle") == ["Hyperlink"]


def test_an_unknown_class_is_ignored(word: Ecrit, petit: Petit) -> None:
    made = word(petit(arbre.bloc(["carte", "chiffres"], [arbre.para([arbre.span(["unite"], "12 km")])])))
    assert made.text(made.find("w:p")[-1]) == "12\u00a0km"
    assert set(made.value("w:p[last()]//w:rStyle")) == set()


def test_nothing_is_lost_between_the_tree_and_the_file(grand_word: Word, strategie: Document) -> None:
    written = re.sub(r"\W", "", "".join(grand_word.text(p) for p in grand_word.find("w:p | w:tbl")))
    for block in strategie.blocs:
        for words in texte_brut(block).split("\n") if block["t"] != "Figure" else []:
            assert re.sub(r"\W", "", words) in written, words


# Without a cover


def test_without_a_cover_the_title_heads_the_first_page_and_the_text_follows(word: Ecrit, petit: Petit) -> None:
    blocs = (arbre.titre(1, "Ce qui est proposé"), arbre.para("Texte."), arbre.titre(1, "La suite"))
    made = word(replace(petit(*blocs), couverture=False, sommaire=False, statut="Document de travail"))
    texts = [made.text(p) for p in made.find("w:p")]
    assert texts[:5] == [
        "Brest métropole",
        "Note d’étape",
        "Document de travail – 1er\u00a0mai 2015",
        "Ce qui est proposé",
        "Texte.",
    ]
    breaks = [made.value("w:pPr/w:pageBreakBefore", p) for p in made.find("w:p") if made.text(p) in texts[3::2]]
    assert breaks == [["0"], []]
    assert made.find("w:sectPr/w:titlePg") == []


def test_a_document_without_contents_has_none(word: Ecrit, petit: Petit) -> None:
    blocs = (arbre.titre(1, "Ce qui est proposé"), arbre.para("Texte."))
    with_contents, without = (word(replace(petit(*blocs), sommaire=wanted)) for wanted in (True, False))
    assert with_contents.find("w:sdt") and not without.find("w:sdt")


def test_contents_follow_the_title_where_there_is_no_cover(word: Ecrit, petit: Petit) -> None:
    made = word(replace(petit(arbre.titre(1, "Ce qui est proposé"), arbre.para("Texte.")), couverture=False))
    assert made.value("w:sdt/w:sdtContent/w:p/w:pPr/w:pageBreakBefore")[:1] == ["0"]
    assert [made.value("w:pPr/w:pageBreakBefore", p) for p in made.find("w:p") if "proposé" in made.text(p)] == [[]]


def test_a_link_in_a_note_leads_to_its_place_too(word: Ecrit, petit: Petit) -> None:
    source = arbre.note([arbre.para([arbre.lien_element("src-adeupa", "Adeupa, 2023")])])
    made = word(petit(arbre.para([*arbre.mots("37 ha de friches."), source]), arbre.titre(1, "Adeupa", "src-adeupa")))
    [link] = made.find(".//w:hyperlink", made.part("word/footnotes.xml"))
    [start] = made.find(f".//w:bookmarkStart[@w:name='{link.get(f'{{{Word.SPACE}}}anchor')}']")
    assert made.text(start.getparent()) == "Adeupa"
