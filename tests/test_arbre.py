"""What people type comes out as they typed it: a little Markdown is form, nothing else ever becomes markup or code."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre
from smde.arbre import Node, Nodes, ligne, mots, texte, texte_brut
from smde.ecriture import typographie
from tests.conftest import duree

TITRES = {"friches": "Les friches du port", "vacance": "La vacance <b>tertiaire</b>"}


def resolve(ident: str) -> str | None:
    return TITRES.get(ident)


def lu(source: str) -> str:
    """The words that come out, spaces as one."""
    return squeezed(texte_brut(texte(source, resolve)))


def typed(source: str) -> str:
    return squeezed(typographie(source))


def squeezed(words: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", words).strip(" ")


def nodes(tree: Any) -> list[Node]:
    """Every node of a tree."""
    if isinstance(tree, list):
        return [node for branch in tree for node in nodes(branch)]
    if isinstance(tree, dict):
        return [tree, *nodes(tree.get("c"))]
    return []


ALLOWED = {"Para", "Plain", "BulletList", "OrderedList", "Emph", "Strong", "Link", "Str", "Space", "LineBreak"}
ALLOWED |= {"Decimal", "Period"}  # how an ordered list is numbered


def check(tree: Nodes) -> None:
    """Only the allowed forms, only the allowed links, nothing raw."""
    for node in nodes(tree):
        assert node["t"] in ALLOWED, node
        if node["t"] == "Link":
            (ident, classes, values), _, (url, title) = node["c"]
            assert (ident, values, title) == ("", [], "")
            if classes == ["element"]:
                assert url[0] == "#" and url[1:] in TITRES
            else:
                assert classes == ["externe"]
                assert re.match(r"(?i)https?://[^/\s]|mailto:|tel:", url), url
    json.dumps(tree)


# ---- the small Markdown that is allowed


def test_paragraphs_emphasis_and_lists_are_form() -> None:
    tree = texte("Un *bureau* sur **dix**.\n\n- le centre ;\n- les friches.\n\n3. dépolluer\n4. viabiliser", resolve)
    assert [node["t"] for node in tree] == ["Para", "BulletList", "OrderedList"]
    assert [node["t"] for node in tree[0]["c"]] == ["Str", "Space", "Emph", "Space", "Str", "Space", "Strong", "Str"]
    assert tree[2]["c"][0][0] == 3
    assert lu("Un *bureau* sur **dix**.") == "Un bureau sur dix."
    check(tree)


def test_a_tight_list_holds_lines_and_a_loose_one_paragraphs() -> None:
    assert texte("- a\n- b", resolve)[0]["c"][0][0]["t"] == "Plain"
    assert texte("- a\n\n- b", resolve)[0]["c"][0][0]["t"] == "Para"


def test_lists_nest() -> None:
    (tree,) = texte("- le port\n  - les quais\n  - les grues\n- la gare", resolve)
    assert tree["c"][0][1]["t"] == "BulletList"
    assert lu("- le port\n  - les quais") == "le port les quais"


def test_a_reference_becomes_a_link_that_bears_the_title() -> None:
    (para,) = texte("Voir [[friches]].", resolve)
    assert para["c"][2] == {"t": "Link", "c": [["", ["element"], []], mots("Les friches du port"), ["#friches", ""]]}
    assert lu("Voir [[friches]].") == "Voir Les friches du port."


@pytest.mark.parametrize("source", ["[le port](friches)", "[le port](#friches)", "[le port](<friches>)"])
def test_a_reference_may_have_words_of_its_own(source: str) -> None:
    (para,) = texte(source, resolve)
    assert para["c"] == [{"t": "Link", "c": [["", ["element"], []], mots("le port"), ["#friches", ""]]}]


def test_a_reference_this_reader_may_not_know_leaves_no_trace_of_its_id() -> None:
    assert lu("Voir [[secret]].") == "Voir (élément non diffusé)."
    assert lu("Voir [le projet](secret).") == "Voir le projet."
    assert "secret" not in json.dumps(texte("[[secret]] [x](secret) [y](#secret)", resolve))


@pytest.mark.parametrize(
    "url", ["https://www.insee.fr/", "http://x.example/a?b=c", "HTTPS://X.example", "mailto:a@b.example", "tel:+33298"]
)
def test_links_to_the_outside_are_those_of_a_short_list(url: str) -> None:
    (para,) = texte(f"[voir]({url})", resolve)
    assert para["c"][0]["c"][2] == [url, ""]
    check([para])


def test_the_title_of_an_element_is_plain_words() -> None:
    (para,) = texte("[[vacance]]", resolve)
    assert texte_brut(para).strip() == "La vacance <b>tertiaire</b>"
    check([para])


def test_typography_is_done_on_the_words_of_people() -> None:
    assert lu("L'été : « oui » !").replace("\u00a0", "_").replace("\u202f", "·") == "L’été_: «_oui_»·!"


def test_a_line_is_the_words_of_its_paragraphs() -> None:
    assert texte_brut(ligne("Un *port*\n\net une gare", resolve)) == "Un port et une gare"
    assert texte_brut(ligne("Voir :\n\n- [[friches]]\n- rade", resolve)).replace("\u00a0", " ") == (
        "Voir : Les friches du port rade"
    )
    assert all(node["t"] not in arbre.BLOCS for node in ligne("a\n\n- b", resolve))


@pytest.mark.parametrize("source", [None, "", "   ", "\n\n"])
def test_nothing_gives_nothing(source: str | None) -> None:
    assert texte(source, resolve) == []


# ---- everything else comes out as it was typed

HOSTILES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- caché -->",
    "<b>gras</b> & <i>italique</i>",
    "<https://www.insee.fr/>",
    "</p></div><h1>",
    "&amp; &#60; &lt;script&gt; &nbsp;",
    "{{ 7*7 }}",
    "{{ ''.__class__ }}",
    "{% include 'secret.yml' %}",
    "{% for x in y %}{{ x }}{% endfor %}",
    "{# commentaire #}",
    "{: onclick=alert(1) }",
    "{#ident .classe style=x}",
    "Un port{: .rouge }",
    '--8<-- "mkdocs.yml"',
    "--8<--\n.git/config\n--8<--",
    ";--8<-- x",
    "$x^2$ et $$y$$",
    "~~barré~~ ==surligné== ++ajouté++ H~2~O",
    "`code` et ``code``",
    "```python\nimport os\n```",
    "~~~\nport\n~~~",
    "`#import \"x\"`{=typst}",
    "```{=openxml}\n<w:p/>\n```",
    "\\begin{document} \\input{/etc/passwd}",
    "#let x = 1; #include \"x\"",
    "@friches <friches> #link(\"x\")",
    "# Titre",
    "Titre\n=====",
    "Titre\n-----",
    "> citation",
    "***",
    "---",
    "___",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[^1] et [^1]: note",
    "^[note]",
    ":::warning\nport\n:::",
    "!!! note\n    port",
    "??? note",
    "=== \"onglet\"",
    ":smile: :material-ship:",
    "Terme\n: définition",
    "*[SMDE]: stratégie",
    "[port]: https://evil.example/\n[port]",
    "[port]: <https://evil.example/> \"titre\"",
    "[[]] [[été]] [[a b]] [[a|b]]",
    "[x](javascript:alert(1))",
    "[x](JavaScript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/etc/passwd)",
    "[x](../secret.md)",
    "[x](secret.md#a)",
    "[x](http:evil)",
    "[x](http:///evil)",
    "[x](https://)",
    "[x](file:///etc/passwd)",
    "[x](ftp://x.example)",
    "[x](#été)",
    "[x]()",
    "[x](a b)",
    "![x](https://evil.example/pixel.png)",
    "![x](friches)",
    "![x](data:image/png;base64,AAAA)",
    "![](javascript:alert(1))",
    "{! secret.md !}",
    "@import url(x)",
    "%include x",
    "port\u2028gare",
    "\x00\x1b[31m",
    "💣" * 20,
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILES)
@pytest.mark.parametrize("around", ["{}", "Le port : {} et la gare.", "Avant.\n\n{}\n\nAprès.", "- le port\n- {}"])
def test_what_is_no_form_comes_out_as_it_was_typed(source: str, around: str) -> None:
    whole = around.format(source)
    tree = texte(whole, resolve)
    check(tree)
    if "\x00" in source:
        return  # refused before it gets here; it must only do no harm
    bare = whole.removeprefix("- le port\n- ") if around.startswith("-") else whole
    found = lu(whole).removeprefix("le port ") if around.startswith("-") else lu(whole)
    assert found == typed(re.sub(r"(?m)^ +", "", bare))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("\\*port\\*", "*port*"),
        ("\\[\\[friches\\]\\]", "[[friches]]"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("5*6*7", "567"),
        ("* port", "port"),
        ("1986. Une grande année.", "Une grande année."),
        ("Un port  \nUne gare", "Un port Une gare"),
        ("**port", "**port"),
        ("*port**", "port*"),
    ],
)
def test_stars_and_backslashes_follow_commonmark(source: str, words: str) -> None:
    assert lu(source) == words


def test_a_reference_in_the_words_of_a_link_takes_the_place_of_the_link() -> None:
    tree = texte("[voir [[friches]]](https://www.insee.fr/) et [[[friches]]](vacance)", resolve)
    check(tree)
    assert sum(node["t"] == "Link" for node in nodes(tree)) == 2
    assert lu("[voir [[friches]]](https://www.insee.fr/)") == ("[voir Les friches du port](https://www.insee.fr/)")


def test_a_reference_keeps_the_typography_around_it() -> None:
    assert lu("« [[friches]] » : oui").replace("\u00a0", "_") == "«_Les friches du port_»_: oui"
    assert lu("l'[[friches]]") == "l’Les friches du port"


def test_one_text_cannot_change_the_links_of_another() -> None:
    texte("[port]: https://evil.example/", resolve)
    assert lu("[port]") == "[port]"


@pytest.mark.parametrize("depth", [5, 9, 10, 11, 30, 300])
def test_no_word_is_lost_however_deep_the_lists(depth: int) -> None:
    nested = "".join("  " * level + f"- niveau{level}\n" for level in range(depth))
    assert lu(nested).replace("- ", "") == " ".join(f"niveau{level}" for level in range(depth))
    assert "fond" in lu("- " * depth + "fond")
    assert "fond" in lu("1. " * depth + "fond")


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *HOSTILES[:60],
            "port",
            " ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "*",
            "**",
            "_",
            "[",
            "]",
            "(",
            ")",
            "!",
            "\\",
            "`",
            "<",
            "&",
            "[[friches]]",
        ]
    ),
    max_size=14,
).map("".join)


@given(FRAGMENTS | st.text(max_size=60))
def test_any_text_gives_only_allowed_forms(source: str) -> None:
    check(texte(source, resolve))
    check(ligne(source, resolve))


@given(st.lists(st.sampled_from([*"abcdé0123 .,;:!?()«»'’-+/=@#%&<>{}|~^$\"\n"]), max_size=60).map("".join))
def test_a_text_without_form_comes_out_letter_for_letter(source: str) -> None:
    if re.search(r"(?m)^\s*(?:[-+*]|\d+[.)])(?:\s|$)", source):
        return  # a list
    assert letters(lu(source)) == letters(source)


def letters(words: str) -> str:
    return re.sub(r"\s+", "", words).replace("’", "'")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "]",
            "[a](",
            "[[",
            "[[a]]",
            "![",
            "](",
            "[a](<b",
            "[a](b ",
            "*[a](b ",
            "[x](http://",
            "[a](https://b/) ",
        ),
        *(
            "*",
            "**a",
            "*a **b ",
            "a**b*",
            "*_",
            "_a ",
            "***",
            "\\",
            "`",
            "<",
            "<a",
            "&",
            "&amp;",
            "{{",
            "- ",
            "1. ",
            "> ",
        ),
        *("- a\n", "a\n", "a  \n", "\n", "'", " :", "« ", "1 000 ", "[[friches]] ", "(" * 5, '[a](b "', "!"),
    ],
)
def test_reading_takes_a_time_that_grows_as_the_text_does(piece: str) -> None:
    def read(count: int) -> None:
        arbre._tokens.cache_clear()
        typographie.cache_clear()
        texte(piece * count, resolve)

    assert duree(lambda: read(2000)) < 30 * duree(lambda: read(200)) + 0.02


# ---- nodes


def test_words_are_words_whatever_they_look_like() -> None:
    tree = mots("<b> **non** [[friches]]\n{{ 7 }}")
    assert {node["t"] for node in tree} == {"Str", "Space"}
    assert texte_brut(tree) == "<b> **non** [[friches]] {{ 7 }}"
    assert mots("") == []


def test_the_words_of_a_tree_leave_notes_out() -> None:
    para = arbre.para([*mots("Un port"), arbre.note([arbre.para("source")]), {"t": "Code", "c": [["", [], []], "x"]}])
    assert texte_brut(para) == "Un portx\n"
    assert texte_brut(None) == texte_brut("x") == ""


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("Et donc ?", "et-donc"),
        ("Élus & friches", "elus-friches"),
        ("🌊", "section"),
        ("", "section"),
        ("2014", "2014"),
    ],
)
def test_any_words_give_an_identifier_that_outputs_accept(words: str, ident: str) -> None:
    assert arbre.slug(words) == ident


def test_a_table_has_a_caption_headers_and_row_headers() -> None:
    table = arbre.tableau(
        "Budget", ["Poste", "Montant"], [["Voirie", "1 000"], [[arbre.para("Sols")], mots("2")]], nombres=[1]
    )
    caption, specs, head, (body,) = table["c"][1], table["c"][2], table["c"][3], table["c"][4]
    assert texte_brut(caption).strip() == "Budget"
    assert [spec[0]["t"] for spec in specs] == ["AlignLeft", "AlignRight"]
    assert texte_brut(head).split() == ["Poste", "Montant"]
    assert body[1] == 1
    assert len(body[3]) == 2
    assert arbre.tableau("B", ["a"], [], entete_de_ligne=False)["c"][4][0][1] == 0
    assert arbre.tableau("B", ["a"], [], largeurs=[0.5])["c"][2][0][1] == {"t": "ColWidth", "c": 0.5}


def test_a_figure_says_what_it_shows_to_who_does_not_see_it() -> None:
    figure = arbre.Figure("vacance", "<svg/>", "Bureaux vacants", "La part baisse de 9,8 % à 7,6 %.")
    node = arbre.image(figure, ident="f-1")
    picture = next(found for found in nodes(node) if found["t"] == "Image")
    assert texte_brut(picture["c"][1]).replace("\u00a0", " ") == "La part baisse de 9,8 % à 7,6 %."
    assert picture["c"][2] == ["figure:vacance", ""]
    assert texte_brut(node["c"][1]).strip() == "Bureaux vacants"
    assert texte_brut(arbre.image(figure, "Légende")["c"][1]).strip() == "Légende"


def test_small_nodes_are_those_of_pandoc() -> None:
    assert arbre.titre(2, "Port", "port", ["x"]) == {"t": "Header", "c": [2, ["port", ["x"], []], mots("Port")]}
    assert arbre.bloc(["x"], [], data_nom="y")["c"][0] == ["", ["x"], [["data-nom", "y"]]]
    assert arbre.span(["x"], "a")["t"] == "Span"
    assert arbre.fort("a")["t"] == "Strong" and arbre.emphase("a")["t"] == "Emph"
    assert arbre.plain("a")["t"] == "Plain"
    assert arbre.puces(["a", [arbre.para("b")]])["c"] == [[arbre.plain("a")], [arbre.para("b")]]
