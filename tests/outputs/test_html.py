"""The HTML of a page: escaped whatever was typed, readable by a screen reader, every link leading somewhere."""

import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from smde import arbre
from smde.arbre import Figure, Node, Nodes
from smde.outputs import html
from smde.outputs.html import Rendered

HOSTILES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></article><svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "{{ 7*7 }}",
    "{% include 'mkdocs.yml' %}",
    "{# rien #}",
    "{: onclick=alert(1) }",
    '--8<-- "mkdocs.yml"',
    "[x](javascript:alert(1))",
    "[x]: javascript:alert(1)",
    "***gras***",
    "---\ntitle: vol\n---\n",
    "![x](http://ailleurs.example/x.png)",
    "&lt;script&gt; &amp;",
    "<!-- commentaire -->",
    "]]> <![CDATA[ x",
    "<?php echo 1 ?>",
    "```\n<script>\n```",
    "    code",
    "# titre",
    "| a | b |",
    "\x02wzxhzdk:0\x03",
    "a\x00b\x1bc\x85d",
    "\ud800 seul",
    "`=html <b>`{=html}",
    "#set page(width: 1cm)",
    "\\input{/etc/passwd}",
    "😀 émoji, ‮ droite à gauche",
)
"""Texts that would become something else if one reader took them for markup or code."""


def rendu(*blocs: Node, href: html.Href = lambda target: None, figures: tuple[Figure, ...] = ()) -> Rendered:
    return html.render(blocs, href, {figure.nom: figure for figure in figures})


class Lecteur(HTMLParser):
    """What a browser would read: tags with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ouvertes: list[str] = []
        self.texte = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "hr", "img", "col", "meta", "link", "input"):
            self.ouvertes.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.ouvertes.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texte += data

    def balises(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def vu(texte: str) -> str:
    """What is left to see of a text: everything but the characters no page may hold."""
    return "".join(
        c for c in texte if c in "\t\n" or not (ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000)
    )


def mot(texte: str) -> Node:
    return {"t": "Str", "c": texte}


PLACES: dict[str, Callable[[str], Node]] = {
    "paragraph": lambda t: arbre.para([mot(t)]),
    "heading": lambda t: arbre.titre(2, [mot(t)]),
    "caption": lambda t: arbre.tableau([mot(t)], ["a"], [["b"]]),
    "cell": lambda t: arbre.tableau("Légende", [[mot(t)]], [[[mot(t)]]]),
    "list": lambda t: arbre.puces([[arbre.plain([mot(t)])]]),
    "note": lambda t: arbre.para([arbre.note([arbre.para([mot(t)])])]),
    "code": lambda t: {"t": "CodeBlock", "c": [["", [], []], t]},
    "inline code": lambda t: arbre.para([{"t": "Code", "c": [["", [], []], t]}]),
    "math": lambda t: arbre.para([{"t": "Math", "c": [{"t": "InlineMath"}, t]}]),
    "link words": lambda t: arbre.para([arbre.lien("https://insee.fr", [mot(t)])]),
    "definition": lambda t: {"t": "DefinitionList", "c": [[[mot(t)], [[arbre.plain([mot(t)])]]]]},
    "quotation": lambda t: {"t": "BlockQuote", "c": [arbre.para([mot(t)])]},
    "quoted words": lambda t: arbre.para([{"t": "Quoted", "c": [{"t": "DoubleQuote"}, [mot(t)]]}]),
    "image without file": lambda t: arbre.para([{"t": "Image", "c": [["", [], []], [mot(t)], ["x", ""]]}]),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("texte", HOSTILES)
def test_what_people_type_is_read_as_they_typed_it(texte: str, place: str) -> None:
    harmless = {tag for tag, _ in Lecteur(rendu(PLACES[place]("mot")).html).tags}
    lu = Lecteur(rendu(PLACES[place](texte)).html)
    assert vu(texte) in lu.texte
    assert {tag for tag, _ in lu.tags} == harmless
    assert not lu.ouvertes


@pytest.mark.parametrize("texte", HOSTILES)
def test_ids_classes_and_attributes_cannot_be_escaped_from(texte: str) -> None:
    bloc = {"t": "Div", "c": [[texte, [texte], [["title", texte], ["onclick", texte], [texte, texte]]], []]}
    [(tag, attributes)] = Lecteur(rendu(bloc).html).tags
    assert tag == "div"
    assert set(attributes) <= {"id", "class", "title"}
    assert attributes["title"] == vu(texte)


@pytest.mark.parametrize("texte", HOSTILES)
def test_nothing_of_it_speaks_to_a_template_or_to_markdown(texte: str) -> None:
    made = rendu(*(place(texte) for place in PLACES.values())).html
    assert not any(mark in made for mark in ("{{", "{%", "{#", "{:", "--8<--", "\n", "\t", "\x02", "\x03"))


def test_a_text_typed_in_markdown_keeps_its_emphasis_and_loses_its_traps() -> None:
    source = "Un *mot* et un **autre**, [ici](https://insee.fr), <b>là</b>.\n\n- `{{ 7*7 }}`\n- deux"
    made = rendu(*arbre.texte(source, lambda ident: None)).html
    assert "<em>mot</em>" in made
    assert "<strong>autre</strong>" in made
    assert "&lt;b&gt;là&lt;/b&gt;" in made
    assert made.count("<li>") == 2


@pytest.mark.parametrize("node", ["RawBlock", "RawInline", "Inconnu"])
def test_a_raw_or_unknown_node_is_refused_wherever_it_hides(node: str) -> None:
    raw = {"t": node, "c": ["html", "<script>alert(1)</script>"]}
    for block in (raw, arbre.para([raw]), arbre.bloc([], [raw]), arbre.tableau([raw], ["a"], [])):
        with pytest.raises(ValueError, match=node):
            rendu(block)


@pytest.mark.parametrize(
    "url", ["https://insee.fr/?a=1&b=2", "http://x.fr", "mailto:a@b.fr", "tel:+33298000000", "HTTPS://X.FR"]
)
def test_an_outside_address_is_a_link(url: str) -> None:
    [attributes] = Lecteur(rendu(arbre.para([arbre.lien(url, "là")])).html).balises("a")
    assert attributes["href"] == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "data:text/html",
        "vbscript:x", "//ailleurs.example", "file:///etc/passwd", "https:", "https://", "relatif.html", "/absolu", "",
        "https://x.fr\njavascript:alert(1)", "https://x.fr espace",
    ],
)  # fmt: skip
def test_any_other_address_becomes_its_words(url: str) -> None:
    made = rendu(arbre.para([arbre.lien(url, "là")])).html
    assert made == "<p>là</p>"


def test_a_link_to_an_element_takes_the_address_its_page_gives_it() -> None:
    adresses = {"#enjeu-emploi": "../enjeux.html#enjeu-emploi", "page:actions/index": "../actions/index.html"}
    made = rendu(
        arbre.para([arbre.lien_element("enjeu-emploi", "L’emploi"), arbre.lien_element("inconnu", "Autre")]),
        arbre.para([arbre.lien("page:actions/index", "Actions")]),
        href=adresses.get,
    ).html
    assert [a["href"] for a in Lecteur(made).balises("a")] == ["../enjeux.html#enjeu-emploi", "../actions/index.html"]
    assert "Autre" in made


def test_a_link_inside_the_page_is_kept_and_declared() -> None:
    rendered = rendu(arbre.titre(2, "Cibles", "cibles"), arbre.para([arbre.lien("#cibles", "voir")]))
    assert rendered.cibles == {"cibles"}
    assert rendered.cibles <= rendered.ancres


def test_a_link_outside_says_so_and_opens_no_back_door() -> None:
    [attributes] = Lecteur(rendu(arbre.para([arbre.lien("https://x.fr", "x", ["externe"])])).html).balises("a")
    assert attributes["rel"] == "noopener"
    assert attributes["class"] == "externe"
    assert "target" not in attributes


def test_headings_have_anchors_even_when_nobody_gave_one() -> None:
    rendered = rendu(
        arbre.titre(2, "Accès à l'emploi"), arbre.titre(3, "Détail", "detail"), arbre.titre(2, "Accès à l'emploi")
    )
    assert [(level, ident) for level, ident, _ in rendered.titres] == [
        (2, "acces-a-l-emploi"),
        (3, "detail"),
        (2, "acces-a-l-emploi-2"),
    ]


def test_the_words_of_a_heading_in_the_summary_are_text_without_marks_or_note_numbers() -> None:
    rendered = rendu(arbre.titre(2, [*arbre.mots("Emploi & "), arbre.fort("mer"), arbre.note([arbre.para("Insee")])]))
    assert rendered.titres[0][2] == "Emploi &amp; mer"


def test_the_same_id_twice_is_given_once() -> None:
    made = rendu(arbre.titre(2, "Un", "ici"), arbre.bloc([], [], "ici"), arbre.titre(2, "Deux", "ici")).html
    assert made.count('id="ici"') == 1


def test_no_id_of_the_content_takes_the_place_of_one_of_the_frame() -> None:
    made = rendu(*(arbre.titre(2, "x", ident) for ident in html.ANCRES_DU_CADRE)).html
    for ident in html.ANCRES_DU_CADRE:
        assert f'id="{ident}"' not in made


def test_a_heading_deeper_than_html_knows_stops_at_six() -> None:
    assert rendu(arbre.titre(9, "Fond")).html.startswith("<h6 ")


def tableau(**options: object) -> str:
    lignes = [["Brest", "12", "a"], ["Morlaix", "7", "b"]]
    return rendu(arbre.tableau("Effectifs", ["Ville", "Nombre", "Note"], lignes, **options)).html  # type: ignore[arg-type]


def test_a_table_names_itself_its_columns_and_its_rows() -> None:
    lu = Lecteur(tableau())
    assert [th["scope"] for th in lu.balises("th")] == ["col", "col", "col", "row", "row"]
    [caption] = lu.balises("caption")
    [region] = lu.balises("div")
    assert region["role"] == "region"
    assert region["aria-labelledby"] == caption["id"]
    assert region["tabindex"] == "0"


def test_a_table_without_caption_is_no_landmark() -> None:
    [zone] = Lecteur(rendu(arbre.tableau([], ["a"], [["b"]])).html).balises("div")
    assert zone["role"] == "group"
    assert zone["aria-label"] == "Tableau"


def test_two_tables_of_the_same_name_are_not_two_landmarks_of_the_same_name() -> None:
    twice = [arbre.tableau("Effectifs", ["Ville"], [["Brest"]])] * 2
    assert [zone["role"] for zone in Lecteur(rendu(*twice).html).balises("div")] == ["region", "group"]


def test_numbers_stand_to_the_right_from_header_to_last_row() -> None:
    assert tableau(nombres=[1]).count('class="droite"') == 3


def test_widths_of_columns_are_shares() -> None:
    lu = Lecteur(tableau(largeurs=[0.5, 0.25, 0.25]))
    assert [col["style"] for col in lu.balises("col")] == ["width:50.00%", "width:25.00%", "width:25.00%"]


def test_an_empty_header_cell_is_not_announced_as_a_header() -> None:
    made = rendu(arbre.tableau("Rôles", ["", "Pilote"], [["", "x"]])).html
    assert made.count("<th ") == 1


def test_merged_cells_bodies_and_feet_keep_their_shape() -> None:
    vide = ["", [], []]

    def cell(words: str, rows: int = 1, columns: int = 1) -> list[object]:
        return [vide, {"t": "AlignDefault"}, rows, columns, [arbre.plain(words)]]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]] * 3
    head = [vide, [[vide, [cell("Années", 1, 3)]]]]
    body = [
        vide,
        1,
        [[vide, [cell("Groupe", 1, 3)]]],
        [[vide, [cell("a", 2), cell("b"), cell("c")]], [vide, [cell("d")]]],
    ]
    foot = [vide, [[vide, [cell("Total"), cell("1", 1, 2)]]]]
    made = rendu({"t": "Table", "c": [vide, [None, [arbre.plain("L")]], columns, head, [body], foot]}).html
    assert '<th scope="colgroup" colspan="3">Années</th>' in made
    assert '<th scope="row" rowspan="2">a</th>' in made
    assert "<tfoot><tr><th" in made
    assert not Lecteur(made).ouvertes


def test_the_class_of_a_table_reaches_its_frame() -> None:
    assert '<div class="tableau tableau-matrice"' in tableau(classes=["matrice"])


def renvoi(texte: str) -> Node:
    return arbre.note([arbre.para(texte)])


def test_notes_are_gathered_at_the_end_and_lead_back() -> None:
    made = rendu(
        arbre.para([*arbre.mots("Un fait."), renvoi("Insee, 2020")]), arbre.para([renvoi("Adeupa, 2014")])
    ).html
    lu = Lecteur(made)
    links = [a["href"] for a in lu.balises("a")]
    assert links == ["#note--1", "#note--2", "#appel--1", "#appel--2"]
    ids = {attributes["id"] for _, attributes in lu.tags if "id" in attributes}
    assert {str(link)[1:] for link in links} <= ids
    assert made.index("Notes et sources") > made.index("Un fait")


def test_the_same_source_cited_thrice_is_listed_once_with_three_ways_back() -> None:
    made = rendu(
        arbre.para([renvoi("Insee, 2020"), renvoi("Adeupa"), renvoi("Insee, 2020"), renvoi("Insee, 2020")])
    ).html
    assert made.count("Insee") == 1
    assert made.count('href="#note--1"') == 3
    assert made.count('class="retour"') == 4


def test_a_page_without_notes_has_no_section_for_them() -> None:
    assert "Notes et sources" not in rendu(arbre.para("Rien.")).html


def figure(
    svg: str = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<rect width="9" height="9"/></svg>',
) -> Figure:
    return Figure("population", svg, "Population <2020>", "Elle monte, puis se tient.")


def test_a_drawing_says_what_it_shows_to_who_does_not_see_it() -> None:
    made = rendu(arbre.image(figure(), "Légende"), figures=(figure(),)).html
    [svg] = Lecteur(made).balises("svg")
    assert svg["role"] == "img"
    assert f'<title id="{svg["aria-labelledby"]}">Population &lt;2020&gt;</title>' in made
    assert f'<desc id="{svg["aria-describedby"]}">Elle monte, puis se tient.</desc>' in made
    assert "<figcaption>Légende</figcaption>" in made
    assert "\n" not in made


def test_a_title_already_in_the_drawing_is_replaced_and_not_doubled() -> None:
    svg = '<svg role="presentation" viewBox="0 0 9 9"><title>Autre</title><desc>Autre</desc><g/></svg>'
    made = rendu(arbre.image(figure(svg)), figures=(figure(svg),)).html
    assert "Autre" not in made
    assert made.count("<title") == 1
    assert made.count("role=") == 2


def test_the_same_drawing_twice_keeps_its_ids_apart() -> None:
    made = rendu(arbre.image(figure()), arbre.image(figure()), figures=(figure(),)).html
    ids = [attributes["id"] for _, attributes in Lecteur(made).tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize(
    "dedans",
    [
        "<script>x</script>", '<g onload="x"/>', '<a href="https://x.fr"/>', '<image href="x.png"/>', "<style/>",
        '<use xlink:href="https://x.fr#a"/>', "<foreignObject/>", '<rect fill="url(https://x.fr)"/>', "<!-- x -->",
        "<!DOCTYPE x>", '<g ONCLICK = "x"/>', '<a xlink:href="javascript:x"/>',
    ],
)  # fmt: skip
def test_a_drawing_that_does_more_than_draw_is_refused(dedans: str) -> None:
    svg = f'<svg viewBox="0 0 9 9">{dedans}</svg>'
    assert not html.safe_svg(svg)
    with pytest.raises(ValueError, match="population"):
        rendu(arbre.image(figure(svg)), figures=(figure(svg),))


def test_an_image_of_the_published_files_is_shown_and_any_other_becomes_its_words() -> None:
    def image(target: str) -> Node:
        return arbre.para([{"t": "Image", "c": [["", [], []], arbre.mots("Le port"), [target, ""]]}])

    made = rendu(image("fichier:port.jpg"), href={"fichier:port.jpg": "../port.jpg"}.get).html
    [img] = Lecteur(made).balises("img")
    assert (img["src"], img["alt"]) == ("../port.jpg", "Le port")
    for target in ("https://x.fr/port.jpg", "figure:inconnue", "data:image/png;base64,AA"):
        assert rendu(image(target)).html == "<p>Le port</p>"


def test_the_thread_of_the_argument_is_a_navigation() -> None:
    [nav] = Lecteur(rendu(arbre.bloc(["fil"], [arbre.para("Pourquoi ?")])).html).balises("nav")
    assert nav["aria-label"] == "Fil de la démonstration"
    named = arbre.bloc(["fil"], [], **{"aria-label": "De cette action"})
    assert rendu(named).html.count("aria-label") == 1


@pytest.mark.parametrize("classe", ["avertissement", "proposition"])
def test_a_warning_is_announced_as_a_note(classe: str) -> None:
    [div] = Lecteur(rendu(arbre.bloc([classe], [])).html).balises("div")
    assert div["role"] == "note"


def test_a_status_is_words_and_not_a_colour_only() -> None:
    assert rendu(arbre.para([arbre.span(["statut", "valide"], "Validé")])).html == (
        '<p><span class="statut valide">Validé</span></p>'
    )


def test_lists_keep_their_start_and_their_style() -> None:
    style = [3, {"t": "LowerAlpha"}, {"t": "Period"}]
    made = rendu({"t": "OrderedList", "c": [style, [[arbre.plain("x")], [arbre.para("y"), arbre.para("z")]]]}).html
    assert made == '<ol type="a" start="3"><li>x</li><li><p>y</p><p>z</p></li></ol>'


def test_every_inline_has_its_mark() -> None:
    def wrap(kind: str) -> Node:
        return {"t": kind, "c": arbre.mots("x")}

    inlines: Nodes = [
        wrap(k) for k in ("Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Emph", "Strong")
    ]
    inlines += [{"t": "LineBreak"}, {"t": "SoftBreak"}, {"t": "Cite", "c": [[], arbre.mots("y")]}]
    inlines += [{"t": "Quoted", "c": [{"t": kind}, arbre.mots("z")]} for kind in ("DoubleQuote", "SingleQuote")]
    lu = Lecteur(
        rendu(
            arbre.para(inlines), {"t": "HorizontalRule"}, {"t": "LineBlock", "c": [arbre.mots("a"), arbre.mots("b")]}
        ).html
    )
    assert [tag for tag, _ in lu.tags] == [
        "p",
        "ins",
        "del",
        "sup",
        "sub",
        "span",
        "em",
        "strong",
        "br",
        "hr",
        "p",
        "br",
    ]
    assert lu.texte == "xxxxxxx y«\u00a0z\u00a0»“z”ab"


def test_words_are_written_once_for_the_same_tree_whatever_the_order_of_its_keys() -> None:
    bloc = arbre.tableau("Effectifs", ["Ville"], [["Brest"]])
    other = json.loads(json.dumps(bloc, sort_keys=True))
    assert rendu(bloc) == rendu(other)


@pytest.mark.parametrize("words", ["onerror=alert(1)", "src=https://exemple.fr", "javascript:alert(1)"])
def test_a_drawing_may_write_any_words_but_carry_no_handler(words: str) -> None:
    def drawn(svg: str) -> str:
        figure = Figure("friches", svg, "Friches", "Vacance tertiaire")
        return html.render([arbre.image(figure)], lambda target: None, {"friches": figure}).html

    assert words in drawn(f"<svg><text x='1'>{words}</text></svg>")
    with pytest.raises(ValueError, match="more than a drawing"):
        drawn("<svg><text x='1' onload='alert(1)'>friches</text></svg>")
