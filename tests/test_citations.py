"""Hidden ids leave the texts that cite them; everything else of a text is left as it was typed."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.arbre import texte, texte_brut
from smde.citations import NON_DIFFUSE, expurge
from smde.dossier import CITATION

CONNUS = frozenset({"vacance-tertiaire", "attirer"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Voir [[vacance-tertiaire]].", "Voir [[vacance-tertiaire]]."),
        ("Voir [[friche-cachee]].", f"Voir {NON_DIFFUSE}."),
        ("Voir [[ friche-cachee ]].", f"Voir {NON_DIFFUSE}."),
        ("Voir \\[\\[friche-cachee\\]\\].", f"Voir {NON_DIFFUSE}."),
        ("Selon [ce *relevé*](friche-cachee), tout va.", "Selon ce *relevé*, tout va."),
        ("Selon [ce relevé](#friche-cachee).", "Selon ce relevé."),
        ("Selon [ce relevé](<friche-cachee>).", "Selon ce relevé."),
        ('Selon [ce relevé](friche-cachee "Friche").', "Selon ce relevé."),
        ("Selon [ce relevé](friche-cachee (Friche du port)).", "Selon ce relevé."),
        ('Selon [ce relevé](friche-cachee "Friche (du port").', "Selon ce relevé."),
        ("Selon [ce relevé](friche-cachee 'Friche) du port').", "Selon ce relevé."),
        ("Selon [ce relevé](  friche-cachee  ).", "Selon ce relevé."),
        ("Selon [ce relevé](friche-cachee, qui suit.", "Selon [ce relevé](friche-cachee, qui suit."),
        ("Selon [ce relevé](attirer (Friche du port)).", "Selon [ce relevé](attirer (Friche du port))."),
        ("Selon [ce relevé](friche\\-cachee).", "Selon ce relevé."),
        ("Selon [ce relevé](friche&#45;cachee).", "Selon ce relevé."),
        ("Selon [le relevé [de 2014]](friche-cachee).", "Selon le relevé [de 2014]."),
        ("Selon [un](friche-cachee) et [deux](attirer).", "Selon un et [deux](attirer)."),
        ("[un](friche-cachee)[deux](autre-cachee)", "undeux"),
        ("Voir [le site](https://exemple.fr/friche-cachee).", "Voir [le site](https://exemple.fr/friche-cachee)."),
        ("Écrire à [nous](mailto:eco@exemple.fr).", "Écrire à [nous](mailto:eco@exemple.fr)."),
        ("Une liste [sic] et (parenthèse).", "Une liste [sic] et (parenthèse)."),
        ("Un crochet fermé](friche-cachee) sans être ouvert.", "Un crochet fermé](friche-cachee) sans être ouvert."),
    ],
)
def test_a_hidden_id_leaves_the_text_and_its_words_stay(typed: str, kept: str) -> None:
    assert expurge(typed, CONNUS) == kept


_MORCEAUX = st.sampled_from(
    [
        *(
            "[[",
            "]]",
            "[",
            "]",
            "](",
            "(",
            ")",
            "'",
            "\\",
            "<",
            ">",
            "#",
            " ",
            "\n\n",
            "- ",
            "*",
            '"',
            "mot",
            "&#45;",
            "!",
        ),
        *("attirer", "friche-cachee", "](friche-cachee)", "](<friche-cachee>)", '](#friche-cachee "mot")'),
        *("[[friche-cachee]]", "[mot](friche-cachee)", "[[attirer]]", "[mot](attirer)"),
    ]
)


@given(st.lists(_MORCEAUX, max_size=14).map("".join))
def test_whatever_is_typed_no_link_to_a_hidden_element_remains(typed: str) -> None:
    """Read by the parser of texts: nothing it would link, or replace, names a hidden element any more."""
    asked: list[str] = []

    def resolve(ident: str) -> str | None:
        asked.append(ident)
        return "Attirer" if ident in CONNUS else None

    texte(expurge(typed, CONNUS), resolve)
    assert set(asked) <= CONNUS


@given(st.lists(_MORCEAUX.filter(lambda mot: mot not in ("\\", "&#45;")), max_size=14).map("".join))
def test_whatever_is_typed_what_the_parser_links_is_a_citation_that_is_checked(typed: str) -> None:
    """But for ids written with strokes or entities, which nobody types."""
    asked: list[str] = []
    texte(typed, lambda ident: asked.append(ident))  # type: ignore[func-returns-value]
    found = {match[1] or match[2] or match[3] for match in CITATION.finditer(typed)}
    assert set(asked) <= {cited.strip() for cited in found}


@given(st.lists(_MORCEAUX, max_size=14).map("".join))
def test_expurging_twice_changes_nothing_more_and_known_ids_are_left_alone(typed: str) -> None:
    assert expurge(expurge(typed, CONNUS), CONNUS) == expurge(typed, CONNUS)
    known = re.sub("friche-cachee|mot", "attirer", typed)
    assert _mots(expurge(known, frozenset("attirer" * count for count in range(1, 15)))) == _mots(known)


@pytest.mark.parametrize(
    "piece",
    [
        "](x)",
        "[a](x)",
        "[a](",
        "[",
        "](",
        '[a](x "',
        "[a](x (",
        "[[x]]",
        "[a]( ",
        "[a](x\\",
        "[a](x\n",
        "\\[",
        "(",
        "]",
    ],
)
@pytest.mark.parametrize("debut", ["", "[a](", "[["])
def test_a_text_of_brackets_or_blanks_makes_nobody_wait(debut: str, piece: str) -> None:
    """As long a text as a dossier accepts; the blanks after an opened address once took minutes."""
    for long in (debut + piece * (100_000 // len(piece)), debut + piece + " " * 100_000, "[" * 50_000 + piece * 9_000):
        start = time.process_time()
        expurge(long, CONNUS)
        list(CITATION.finditer(long))
        assert time.process_time() - start < 4


def _mots(typed: str) -> str:
    return texte_brut(texte(typed, lambda _: "Attirer"))
