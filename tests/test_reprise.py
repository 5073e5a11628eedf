"""One bad line costs one field: the rest is read as if nothing were wrong, and each bad line is told once."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smde.composer import REFUSED, shortened
from smde.reprise import compose
from smde.source import Source, parse
from tests.conftest import duree, souligne, verifie_le_francais


def lue(text: str) -> Source:
    return parse(text.encode(), "strategy/enjeux.yml")


def told(source: Source) -> list[tuple[int, str]]:
    return [(d.place.span.line, souligne(d)) for d in source.diagnostics]


def test_four_mistakes_in_four_elements_are_all_told_and_the_rest_is_kept() -> None:
    source = lue("""\
- id: friches
  titre: Le port : un atout
  theme: immobilier
- id: vacance
  titre: "La vacance recule
  theme: immobilier
- id: soudure
  titre: Former ici
  constats: [metiers, departs
  theme: emploi
- id: criee
\ttitre: La criée
  theme: emploi
- id: rade
  titre: La rade
""")
    assert told(source) == [
        (2, ":"),
        (5, '"La vacance recule'),
        (9, "["),
        (12, "\t"),
    ]
    assert source.data == [
        {"id": "friches", "titre": REFUSED, "theme": "immobilier"},
        {"id": "vacance", "titre": REFUSED, "theme": "immobilier"},
        {"id": "soudure", "titre": "Former ici", "constats": REFUSED, "theme": "emploi"},
        {"id": "criee", "theme": "emploi"},
        {"id": "rade", "titre": "La rade"},
    ]
    assert source.broken and not source.missing


def test_what_follows_the_broken_line_keeps_its_place() -> None:
    source = lue("- id: friches\n  titre: 'l'emploi'\n  preuves:\n    - {par: source, page: 12}\n")
    place = source.place_at(source.places, (0, "preuves", 0, "page"))
    assert (place.span.line, place.span.column) == (4, 27)
    assert source.place_at(source.places, (0, "titre"), key=True).span[:2] == (2, 3)
    assert souligne_place(source, 0, "titre") == "'l'emploi'"


def souligne_place(source: Source, *chemin: str | int) -> str:
    place = source.place_at(source.places, chemin)
    return place.excerpt[place.span.column - 1 : place.span.end_column - 1]


def test_a_broken_line_deep_in_an_element_costs_only_what_it_holds() -> None:
    source = lue("""\
id: requalifier
titre: Requalifier la friche
etapes:
  - titre: Diagnostic
    echeance: 2020
  - titre: Consultation : deux lots
    echeance: 2021
  - titre: Travaux
roles:
  - {acteur: metropole, role: pilote
  - {acteur: region, role: financeur}
""")
    assert source.data == {
        "id": "requalifier",
        "titre": "Requalifier la friche",
        "etapes": [
            {"titre": "Diagnostic", "echeance": "2020"},
            {"titre": REFUSED, "echeance": "2021"},
            {"titre": "Travaux"},
        ],
        "roles": [REFUSED, {"acteur": "region", "role": "financeur"}],
    }
    assert told(source) == [(6, ":"), (10, "{")]


def test_the_headings_of_a_file_are_read_on_their_own() -> None:
    source = lue("phases:\n  - id: p1\n    titre: [Diagnostic\nseances:\n  - id: s1\n    titre: Une\n")
    assert source.data == {"phases": [{"id": "p1", "titre": REFUSED}], "seances": [{"id": "s1", "titre": "Une"}]}
    assert len(source.diagnostics) == 1


def test_fields_that_lost_their_alignment_are_kept_and_told_once() -> None:
    source = lue("- id: friches\n titre: Friches\n texte: Trois sites\n- id: rade\n  titre: Rade\n")
    assert source.data == [
        {"id": "friches", "titre": "Friches", "texte": "Trois sites"},
        {"id": "rade", "titre": "Rade"},
    ]
    assert [d.message for d in source.diagnostics] == [
        "Décalage incorrect : cette ligne n'est alignée avec aucune autre."
    ]


def test_a_list_at_the_column_of_its_key_is_a_list() -> None:
    source = lue("- id: friches\n  constats:\n  - a\n  - b\n  titre: [non\n")
    assert source.data == [{"id": "friches", "constats": ["a", "b"], "titre": REFUSED}]


def test_an_id_is_known_when_its_own_line_is_sound() -> None:
    source = lue("- id: friches\n   titre: Friches\n   theme: port\n- id: 'rade\n  titre: Rade\n")
    assert [item["id"] for item in source.data] == ["friches", REFUSED]
    assert list(source.salvaged_ids()) == ["friches", "rade"]


def test_a_paragraph_that_lost_its_alignment_is_told_once_at_its_first_line() -> None:
    source = lue("id: friches\ntexte: >-\nTrois sites\nsans usage depuis\nla fin de la pêche.\ntitre: Friches\n")
    assert told(source) == [(3, "Trois sites")]
    assert source.data == {"id": "friches", "titre": "Friches"}


def test_a_key_given_twice_is_told_even_around_a_broken_line() -> None:
    source = lue("id: friches\ntitre: Un\nnotes: 'l'eau'\ntitre: Deux\n")
    assert [(d.place.span.line, d.code) for d in source.diagnostics] == [(3, "yaml-syntaxe"), (4, "cle-en-double")]
    assert source.data["titre"] == "Un"


def test_what_is_refused_in_a_sound_piece_is_told_once_though_the_file_is_read_twice() -> None:
    source = lue("- id: friches\n  titre: &a Friches\n- id: rade\n  titre: 'l'eau'\n")
    assert [d.code for d in source.diagnostics] == ["yaml-refuse", "yaml-syntaxe"]


def test_a_second_document_of_a_list_is_read_on() -> None:
    source = lue("- id: friches\n---\n- id: rade\n- id: 'l'eau'\n")
    assert source.data == [{"id": "friches"}, {"id": "rade"}, {"id": REFUSED}]
    assert [d.code for d in source.diagnostics] == ["second-document", "yaml-syntaxe"]


def test_a_second_document_of_a_block_is_left_unread_but_its_ids_are_known() -> None:
    source = lue("id: friches\ntitre: Friches\n---\nid: rade\n")
    assert source.data == {"id": "friches", "titre": "Friches"}
    assert list(source.salvaged_ids()) == ["friches", "rade"]


def test_comments_and_blank_lines_between_pieces_are_passed_over() -> None:
    source = lue("# Les enjeux\n\n---\n- id: friches\n\n  # à revoir\n  titre: 'l'eau'\n# fin\n- id: rade\n")
    assert source.data == [{"id": "friches", "titre": REFUSED}, {"id": "rade"}]
    assert told(source) == [(7, "'")]


def test_a_comment_after_a_key_hides_nothing_below_it() -> None:
    source = lue("id: friches\npreuves: # trois\n  - {par: source\n  - {par: chiffre}\n")
    assert source.data == {"id": "friches", "preuves": [REFUSED, {"par": "chiffre"}]}


@pytest.mark.parametrize("text", ["[port\n", "{port\n", '"port\n', "%\n", "? [a]\n: b\n", "port: gare: rade\n"])
def test_a_text_without_any_sound_piece_holds_nothing_and_says_one_thing(text: str) -> None:
    source = lue(text)
    assert len(source.diagnostics) == 1
    assert source.broken
    assert source.data is REFUSED or set(source.data.values()) == {REFUSED}


def test_too_many_levels_are_told_once_and_cost_their_element() -> None:
    source = lue("- id: friches\n  titre: " + "[" * 10_000 + "\n- id: rade\n")
    assert [d.code for d in source.diagnostics] == ["trop-imbrique"]
    assert source.data == [{"id": "friches", "titre": REFUSED}, {"id": "rade"}]


@pytest.mark.parametrize("levels", ["- " * 10_000, "[" * 10_000, "{a: " * 10_000, "? " * 10_000, "&a " * 10_000])
def test_ten_thousand_levels_are_one_fault(levels: str) -> None:
    for text in (levels, "titre: port\nnotes: " + levels):
        source = lue(text + "\n")
        assert source.diagnostics
        assert len(source.diagnostics) <= 2
        for diagnostic in source.diagnostics:
            verifie_le_francais(diagnostic)


def test_ten_thousand_blocks_below_one_another_are_one_fault() -> None:
    source = lue("".join(" " * level + f"niveau{level}:\n" for level in range(1000)))
    assert [d.code for d in source.diagnostics] == ["trop-imbrique"]


def test_thirty_levels_are_no_fault() -> None:
    assert not lue("- " * 31 + "port\n").diagnostics
    assert not lue("[" * 31 + "]" * 31 + "\n").diagnostics


# ---- properties

SAIN = "- id: element-{0}\n  titre: Élément {0}\n  preuves:\n    - {{par: source, source: s{0}}}\n"
CASSES = {
    "  notes: Le port : un atout\n": {"notes": REFUSED},
    "  notes: 'l'emploi'\n": {"notes": REFUSED},
    '  notes: "non fermé\n': {"notes": REFUSED},
    "  notes: [a, b\n": {"notes": REFUSED},
    "  notes: {a: b\n": {"notes": REFUSED},
    "  notes: @port\n": {"notes": REFUSED},
    "  notes: *port\n": {"notes": REFUSED},
    "  notes\n": {},
    "\tnotes: port\n": {},
    "   notes: port\n": {},
}


@given(st.lists(st.sampled_from(["", *CASSES]), min_size=1, max_size=8))
def test_whatever_is_broken_around_it_a_sound_element_is_read_as_if_it_were_alone(broken: list[str]) -> None:
    text = "".join(SAIN.format(n) + line for n, line in enumerate(broken))
    source = lue(text)
    assert len(source.diagnostics) == sum(bool(line) for line in broken)
    expected = []
    for n, line in enumerate(broken):
        alone: dict[str, Any] = yaml.load(SAIN.format(n), yaml.BaseLoader)[0]
        expected.append({**alone, **CASSES.get(line, {})})
    assert source.data == expected
    for n in range(len(broken)):
        place = source.place_at(source.places, (n, "id"))
        assert place.excerpt == f"- id: element-{n}"


@given(
    st.lists(
        st.sampled_from([SAIN.format(1), "---\n", "# note\n", "\n", "- port\n", "titre: a\n", *CASSES]), max_size=12
    )
)
def test_any_heap_of_lines_is_read_and_told_in_order(lines: list[str]) -> None:
    found = compose("".join(lines))
    assert found.broken == any(fault.code not in ("yaml-refuse", "cle-en-double") for fault in found.faults)
    stretches = [(fault.stretch, fault.message) for fault in found.faults]
    assert len(stretches) == len(set(stretches))


@pytest.mark.parametrize("line", CASSES)
def test_reading_a_broken_file_takes_a_time_that_grows_as_the_file_does(line: str) -> None:
    def text(count: int) -> str:
        return "".join(SAIN.format(n) + line for n in range(count))

    small, large = text(20), text(200)
    assert duree(lambda: lue(large)) < 25 * duree(lambda: lue(small))


def test_one_broken_line_in_a_large_file_costs_a_few_readings_of_it() -> None:
    sound = "".join(SAIN.format(n) for n in range(1500))
    assert duree(lambda: lue(sound + "  notes: 'l'eau'\n")) < 8 * duree(lambda: lue(sound))


def test_what_goes_into_a_message_is_short_and_on_one_line() -> None:
    assert shortened("Les  friches\ndu port") == "Les friches du port"
    assert shortened("p" * 61) == "p" * 59 + "…"
    assert shortened("p" * 60) == "p" * 60
    assert shortened("fri\u200bches\x1b[31m") == "fri\ufffdches\ufffd[31m"
