"""Templates are trusted, values are not: what a template may say, how a value comes out, how a mistake is told."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smde.arbre import Nodes
from smde.ecriture import typographie
from smde.fragments import Fragment, TemplateFault
from smde.gabarits import Gabarits
from smde.model.demarche import StatutPhase
from smde.outputs import pandoc
from tests.conftest import duree, ecrire
from tests.rendu import cibles, edition_de, gabarits, noeuds, paroles, simple, titres, verser

HOSTILES = (
    "{{ 7*7 }}",
    "{% include 'menu.yml' %}",
    "{# rien #}",
    "<script>alert(1)</script>",
    "::: avertissement",
    "# titre",
    "| a | b |",
    "`rm -rf`",
    "```yaml",
    "[x]: https://exemple.fr",
    "![image](logo.svg)",
    "[lien](javascript:alert(1))",
    "**fort** _mou_ ~~barré~~",
    "{#ident .classe onclick=alert}",
    "{: onclick=alert(1) }",
    "- liste\n- suite",
    "1. un",
    "---",
    "> citation",
    '--8<-- "/etc/passwd"',
    "\\begin{x} $a^2$ \\ue000",
    "&lt;b&gt; &#x41;",
    "#set page(width: 1pt)",
    "deux\n\nparagraphes",
    "{=html} {=typst}",
    "a\\*b \\# c",
    "@citation [^1] ^sup^",
)
"""What people type, by mistake or not, that means something to one of the tools on the way."""

PLACES = {
    "paragraphe": "{{ valeur }}",
    "phrase": "Avant {{ valeur }} après.",
    "titre": "# {{ valeur }}\n\nTexte.",
    "fort": "**{{ valeur }}**",
    "puce": "- {{ valeur }}\n- autre",
    "citation": "> {{ valeur }}",
    "lien": "{{ page('index', valeur) }}",
    "suite": "{{ suite('Avant ', valeur, ' après.') }}",
    "cellule": "{{ tableau('Légende', ['Tête', valeur], [[valeur, fort(valeur)]]) }}",
    "légende": "{{ tableau(valeur, ['Tête'], [['cellule']]) }}",
    "code": "Code : `{{ valeur }}`",
    "bloc": "::: avertissement\n{{ valeur }}\n:::",
    "bloc de code": "~~~\n{{ valeur }}\n~~~",
}


@pytest.mark.parametrize("place", PLACES)
def test_what_a_person_types_comes_out_as_typed_wherever_a_template_puts_it(tmp_path: Path, place: str) -> None:
    ecrire(tmp_path, {"essai.md.j2": PLACES[place], "menu.yml": "menu: []"})
    commandes = [(str(rank), "essai.md.j2", {"valeur": value}) for rank, value in enumerate(HOSTILES)]
    for value, document in zip(HOSTILES, gabarits(edition_de(), tmp_path).documents(commandes), strict=True):
        words = " ".join(simple(value).split())
        said = " ".join(simple(paroles(document)).split())
        assert words in said, value
        assert said.count(words) == (3 if place == "cellule" else 1), value
        assert not re.search("[\ue000-\ue003]", said), value
        kinds = {node["t"] for node in noeuds(list(document.blocs))}
        assert not kinds & {"RawBlock", "RawInline", "Image", "Math", "Cite"}, value
        assert cibles(document) == (["page:index"] if place == "lien" else [])


def test_a_hostile_value_in_an_attribute_is_only_its_words(tmp_path: Path) -> None:
    texte = '## Titre {id="{{ valeur }}"}\n\n::: {.bloc data-x="{{ valeur }}"}\ntexte\n:::'
    for value in HOSTILES:
        document = verser(tmp_path, texte, valeur=value)
        header, bloc = document.blocs
        assert simple(header["c"][1][0]) == " ".join(value.split())
        assert header["c"][1][1:] == [[], []]
        assert [key for key, _ in bloc["c"][0][2]] == ["data-x"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=12),
        min_size=1,
        max_size=6,
    )
)
def test_any_words_come_out_the_same(tmp_path: Path, words: list[str]) -> None:
    value = " ".join(words)
    document = verser(tmp_path, "# {{ valeur }}\n\nSoit {{ valeur }}\n\n- {{ valeur }}", valeur=value)
    assert simple(document.titre) == simple(typographie(value))
    assert simple(paroles(document)) == simple(typographie(f"{value}\nSoit {value}\n{value}\n"))


def test_pages_of_the_same_shape_are_read_once(tmp_path: Path) -> None:
    texts: list[str] = []

    def read(text: str, dialect: str) -> Nodes:
        texts.append(text)
        return pandoc.read(text, dialect)

    ecrire(tmp_path, {"essai.md.j2": "# {{ titre }}\n\n{% if long %}{{ titre }} encore{% endif %}"})
    commandes = [(str(rank), "essai.md.j2", {"titre": f"Page {rank}", "long": rank % 2}) for rank in range(40)]
    documents = Gabarits(tmp_path, edition_de(), read).documents(commandes)
    assert [document.titre for document in documents] == [f"Page {rank}" for rank in range(40)]
    assert paroles(documents[7]) == "Page 7\nPage 7 encore\n"
    assert paroles(documents[8]) == "Page 8\n"
    assert len(texts) == 1
    assert texts[0].count("\ue002") == 2, "two shapes"


def test_many_different_shapes_keep_their_order(tmp_path: Path) -> None:
    ecrire(tmp_path, {"essai.md.j2": "# Page\n\n{% for _ in range(nombre) %}mot {% endfor %}"})
    commandes = [(str(rank), "essai.md.j2", {"nombre": rank}) for rank in range(450)]
    documents = gabarits(edition_de(), tmp_path).documents(commandes)
    assert [paroles(document).count("mot") for document in documents] == list(range(450))


def test_pouring_grows_in_step_with_the_number_of_pages(tmp_path: Path) -> None:
    texte = "# {{ titre }}\n\n{% for mot in mots %}\n## Section\n\n{{ fort(mot) }}, {{ titre }}\n\n{% endfor %}"
    ecrire(tmp_path, {"essai.md.j2": texte})

    def pour(count: int) -> None:
        values = [{"titre": f"Constat {rank}", "mots": [f"m{rank}", "friches", "port"]} for rank in range(count)]
        gabarits(edition_de(), tmp_path).documents([(str(rank), "essai.md.j2", v) for rank, v in enumerate(values)])

    pour(10)
    assert duree(lambda: pour(2000)) < 30 * duree(lambda: pour(200)), "the square would be a hundred times"


def test_many_headings_of_the_same_words_are_named_in_linear_time(tmp_path: Path) -> None:
    texte = "{% for n in range(nombre) %}\n## Contexte\n\n{{ n }}\n\n{% endfor %}"

    def pour(count: int) -> None:
        verser(tmp_path, texte, nombre=count)

    document = verser(tmp_path, texte, nombre=3)
    assert [bloc["c"][1][0] for bloc in document.blocs if bloc["t"] == "Header"] == [
        "contexte",
        "contexte-2",
        "contexte-3",
    ]
    assert duree(lambda: pour(4000)) < 30 * duree(lambda: pour(400))


def test_two_headings_never_share_an_identifier(tmp_path: Path) -> None:
    document = verser(tmp_path, '## Friches\n\na\n\n## Port {id="friches"}\n\nb\n\n## Friches\n\nc')
    idents = [bloc["c"][1][0] for bloc in document.blocs if bloc["t"] == "Header"]
    assert idents == ["friches-2", "friches", "friches-3"]
    assert document.ancres == set(idents)


def test_a_template_writes_plain_spaces_and_the_page_has_french_ones(tmp_path: Path) -> None:
    document = verser(tmp_path, "L'enjeu : « {{ a }} » ; l'{{ b }} ? Oui !\n\n**Suite** : n° 3", a="friches", b="ancre")
    assert (
        paroles(document)
        == "L’enjeu\u00a0: «\u00a0friches\u00a0»\u202f; l’ancre\u202f? Oui\u202f!\nSuite\u00a0: n°\u00a03\n"
    )


def test_numbers_states_and_nothing_print_as_readers_expect(tmp_path: Path) -> None:
    document = verser(tmp_path, "{{ 12 }} {{ etat }} {{ rien }}.", etat=StatutPhase.a_venir, rien=None)
    assert paroles(document) == "12 à venir .\n"


def test_a_heading_with_nothing_under_it_is_left_out(tmp_path: Path) -> None:
    texte = """
# Page

## Vide

## Plein

### Vide aussi

### Plein aussi

texte

::: avertissement
## Seul
:::

## Vide à la fin

{{ texte(None) }}

{{ liste([]) }}
"""
    document = verser(tmp_path, texte)
    assert titres(document) == [(1, "Page"), (2, "Plein"), (3, "Plein aussi")]
    assert {bloc["t"] for bloc in document.blocs} == {"Header", "Para"}


def test_a_place_links_lead_to_stays_even_when_empty(tmp_path: Path) -> None:
    texte = (
        '# Page\n\n## Réserve {id="moyen-reserve-fonciere"}\n\n## {{ lien("enjeu-friches") }}\n\n::: {id="ici"}\n:::'
    )
    document = verser(tmp_path, texte)
    assert titres(document) == [(1, "Page"), (2, "Réserve"), (2, "Donner un avenir aux friches du port")]
    assert {"moyen-reserve-fonciere", "ici"} <= document.ancres


def test_a_document_knows_its_title_its_summary_its_figures_and_its_places(tmp_path: Path) -> None:
    texte = """
# {{ titre }}

::: chapo
{{ texte(long) }}
:::

{{ courbe(element_de("vacance-bureaux")) }}

{{ tableau("T", ["A"], [[ancre(element_de("pays-2014"))]]) }}
"""
    long = "Un bureau sur dix était à louer en 2016. " * 9
    indicateur = edition_de().elements
    document = verser(
        tmp_path, texte.replace("element_de(", "elements.get("), titre="Les bureaux", long=long, elements=indicateur
    )
    assert document.titre == "Les bureaux"
    assert document.resume.startswith("Un bureau sur dix")
    assert len(document.resume) <= 201
    assert document.resume.endswith("…")
    assert list(document.figures) == ["courbe-vacance-bureaux"]
    assert "pays-2014" in document.ancres
    assert (document.auteur, document.date) == ("Valmer métropole", "2026-11-22")
    assert document.couleur == "#123a5c"


FAUTES = {
    "syntaxe": ("Bon.\n\n{{ 1 + }}", ":3", "« end of print statement » n'est pas attendu ici."),
    "instruction": ("{% pour x in y %}", ":1", "l'instruction « pour » n'existe pas ou n'est pas à sa place."),
    "commentaire": ("a\n\n::: {#ici}\nb\n:::", ":3", "« {# » ouvre un commentaire qui n'est pas fermé"),
    "non fermée": ("a\n{% if 1 %}\nb", ":3", "une instruction {% … %} n'est pas fermée."),
    "nom": ("a\n\n{{ liens([]) }}{{ identit }}", ":3", "le nom « identit » n'existe pas (vouliez-vous dire `identite`"),
    "champ": ("{{ identite.sloggan }}", ":1", "« sloggan » n'est pas un champ de « Identite »."),
    "filtre": ("\n{{ 'a'|majuscules }}", ":2", "le filtre « majuscules » n'existe pas."),
    "inclusion": ("a\n\n{% include 'x/absent.md.j2' %}", ":3", "le gabarit « x/absent.md.j2 » n'existe pas."),
    "bloc en ligne": ("a\n\nVoir {{ texte('b') }}.", ":3", "un bloc (texte, liste, tableau, figure) doit être seul"),
    "ouvert": ("a\n\n::: chapo\nb\n\n## c", ":3", "un bloc « ::: » est ouvert et n'est pas fermé."),
    "fermé": ("a\n\n:::\n\nb", "", "« ::: » ferme un bloc qui n'est pas ouvert"),
    "exception": ("\n\n{{ nombre('douze') }}", ":3", "la fonction appelée ici échoue (TypeError : "),
    "genre": (
        "{{ tous('constats') }}",
        ":1",
        "« constats » n'est pas un genre d'élément. Vouliez-vous dire `constat` ?",
    ),
    "liste": ("{{ tous('constat') }}", ":1", "une valeur de type list ne s'imprime pas telle quelle."),
    "vrai": ("{{ public }}", ":1", "une valeur de type bool ne s'imprime pas telle quelle."),
    "adresse": ("[voir]({{ identite.titre }})", "", "l'adresse d'un lien ne peut pas venir d'une valeur"),
}


@pytest.mark.parametrize("faute", FAUTES)
def test_a_broken_template_is_told_in_french_with_its_line(tmp_path: Path, faute: str) -> None:
    texte, ligne, attendu = FAUTES[faute]
    with pytest.raises(TemplateFault) as told:
        verser(tmp_path, texte)
    assert str(told.value).startswith(f"macros/essai.md.j2{ligne}: {attendu}")
    assert not str(told.value).endswith("..")


def test_the_fault_of_an_included_template_is_told_at_its_own_line(tmp_path: Path) -> None:
    for fragment, ligne in (("a\n\n{{ nombre('x') }}", 3), ("a\n{{ inconnu }}", 2), ("Voir {{ texte('b') }}.", 1)):
        ecrire(tmp_path, {"fragments/suite.md.j2": fragment})
        with pytest.raises(TemplateFault, match=rf"^macros/fragments/suite\.md\.j2:{ligne}: "):
            verser(tmp_path, "# Page\n\n{% include 'fragments/suite.md.j2' %}")


def test_an_unclosed_block_is_found_in_the_template_that_opens_it(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "bon.md.j2": "# Bon\n\n::: chapo\na\n:::",
            "faux.md.j2": "# Faux\n\n::: chapo\na\n:::\n\n:::: cartes\n::: carte\nb\n:::\n",
        },
    )
    commandes = [(nom, f"{nom}.md.j2", {}) for nom in ("bon", "faux")] + [("encore", "bon.md.j2", {})]
    with pytest.raises(TemplateFault, match=r"^macros/faux\.md\.j2:7: un bloc « ::: » est ouvert"):
        gabarits(edition_de(), tmp_path).documents(commandes)


def test_a_template_that_does_not_exist_is_said_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"documents/absent\.md\.j2.* n'existe pas"):
        gabarits(edition_de(), tmp_path).documents([("a", "documents/absent.md.j2", {})])


def test_the_same_templates_give_the_same_trees(tmp_path: Path) -> None:
    texte = "# {{ identite.titre }}\n\n{{ dessin_chaine() }}\n\n{{ liste(tous('constat')) }}"
    assert verser(tmp_path, texte) == verser(tmp_path, texte)


def test_a_fragment_is_placed_whole_in_a_line_or_alone(tmp_path: Path) -> None:
    bloc = Fragment(({"t": "Para", "c": [{"t": "Str", "c": "bloc"}]},), bloc=True)
    ligne = Fragment(({"t": "Str", "c": "ligne"},))
    document = verser(tmp_path, "{{ bloc }}\n{{ ligne }}\n\nUne {{ ligne }}.", bloc=bloc, ligne=ligne)
    assert [bloc["t"] for bloc in document.blocs] == ["Para", "Para", "Para"]
    assert paroles(document) == "bloc\nligne\nUne ligne.\n"


def test_templates_are_listed_by_name_in_order(tmp_path: Path) -> None:
    ecrire(tmp_path, {"pages/index.md.j2": "", "pages/demarche/index.md.j2": "", "pages/notes.txt": "", "menu.yml": ""})
    assert gabarits(edition_de(), tmp_path).templates("pages") == ["demarche/index", "index"]
