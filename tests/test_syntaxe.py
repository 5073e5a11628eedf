"""Whatever libyaml objects to is said in French, where the writer has to look, with what to write instead."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smde.source import parse
from smde.syntaxe import explain
from tests.conftest import VALMER, souligne, verifie_le_francais

# What was typed, what is underlined, the beginning of what is said. Every message libyaml has is triggered here.
FAUTES = {
    # Tabulations
    "a tab before a field": ("- id: port\n\ttitre: Port\n", "\t", "Une tabulation"),
    "a tab after the spaces": ("- id: port\n  \ttitre: Port\n", "\t", "Une tabulation"),
    "a tab in a list": ("a:\n  - port\n\t- gare\n", "\t", "Une tabulation"),
    "a tab in a text": ("a: |\n\tport\n", "\t", "Une tabulation"),
    "a tab after a question mark": ("?\tport\n", "\t", "Une tabulation"),
    "a tab in a text begun with spaces": ("a: |2\n\tport\n", "\t", "Une tabulation"),
    # Guillemets
    "an unclosed double quote": ('titre: "Le port\nnotes: gare\n', '"Le port', "Le guillemet ouvert ici"),
    "an unclosed single quote": ("titre: 'Le port\n", "'Le port", "Le guillemet ouvert ici"),
    "a quote closed in another document": ('titre: "Le port\n---\n', '"Le port', "Le guillemet ouvert ici"),
    "an apostrophe between single quotes": ("titre: 'l'emploi'\n", "'", "L'apostrophe ferme ici"),
    "words after the closing quote": ('titre: "Le port" et la gare\n', "et la gare", "Du texte suit le guillemet"),
    "words after a bracket": ("texte: [Voir] le port\n", "le port", "Du texte suit le signe `]`"),
    "words after a citation": ("texte: [[port]] et gare\n", "et gare", "Du texte suit le signe `]`"),
    "words after a brace": ("texte: {port: gare} et rade\n", "et rade", "Du texte suit le signe `}`"),
    "an unknown escape": ('titre: "C:\\dossier"\n', "\\", "Entre guillemets doubles, `\\` suivi"),
    "an incomplete escape": ('titre: "\\xZZ"\n', "Z", "Entre guillemets doubles, `\\x`"),
    "half of a character": ('titre: "\\uD800"\n', "D", "Cette suite `\\u`"),
    # Deux-points
    "a colon in a value": ("titre: Le port : un atout\n", ":", "« : » au milieu d'une valeur"),
    "no colon": ("id: port\ntitre\nnotes: gare\n", "titre", "Il manque « : »"),
    "no colon at the start": ("titre\nnotes: gare\n", "titre", "Il manque « : »"),
    "no colon at the end": ("notes: gare\ntitre\n", "titre", "Il manque « : »"),
    "a colon in a list": ("a: [port:]\n", ":", "Deux-points inattendu"),
    # Décalages
    "a field too far right": ("- id: port\n   titre: Port\n", "titre", "Décalage incorrect"),
    "a field too far left": ("- id: port\n titre: Port\n", "t", "Décalage incorrect"),
    "a field below a value": ("id: port\n  titre: Port\n", "titre", "Décalage incorrect"),
    "a dash where a field was": ("id: port\n- titre: Port\n", "-", "Décalage incorrect"),
    "a field where a dash was": ("- port\ntitre: gare\n", "titre: gare", "Décalage incorrect"),
    "a dash after a field": ("a: - port\n", "-", "Tiret de liste inattendu"),
    # Listes et blocs
    "an unclosed list": ("a: [port, gare\nb: rade\n", "[", "La liste ouverte ici n'est pas fermée"),
    "an unclosed block": ("a: {port: gare\nb: rade\n", "{", "Le bloc ouvert ici n'est pas fermé"),
    "a list without comma": ("a: [port: gare rade: quai]\n", ":", "Il manque une virgule ou le crochet"),
    "a block closed by a bracket": ("a: {port, gare]\n", "]", "Il manque une virgule ou l'accolade"),
    "two commas": ("a: [port,, gare]\n", ",", "Une valeur était attendue"),
    "a lone comma": ("a: ,\n", ",", "Une valeur était attendue"),
    "a lone bracket": ("a: ]\n", "]", "Une valeur était attendue"),
    # Signes
    "a value after %": ("a: %port\n", "%", "Une valeur ne peut pas commencer par « % »"),
    "a value after @": ("a: @port\n", "@", "Une valeur ne peut pas commencer par « @ »"),
    "a value after a backtick": ("a: `port`\n", "`", "Une valeur ne peut pas commencer par « ` »"),
    "a lone star": ("a: *\n", "*", "Les signes `&` et `*`"),
    "a lone ampersand": ("a: & port\n", "&", "Les signes `&` et `*`"),
    "an open tag": ("a: !<port gare\n", "!", "Le signe `!`"),
    "a tag with an accent": ("a: !été gare\n", "!", "Le signe `!`"),
    "a tag with a percent": ("a: !%zz gare\n", "!", "Le signe `!`"),
    "a tag with a broken percent": ("a: !%ff gare\n", "!", "Le signe `!`"),
    "a tag with another broken percent": ("a: !%c3%zz gare\n", "!", "Le signe `!`"),
    "a tag that nothing declares": ("a: !port!gare quai\n", "!", "Le signe `!`"),
    "a question mark": ("a: ? port\n", "?", "« ? » suivi d'une espace"),
    "words after >": ("a: > port\n  gare\n", "p", "Texte inattendu après `>`"),
    "a zero after |": ("a: |0\n  gare\n", "0", "`>0` et `|0`"),
    # Directives
    "a percent at the start": ("%port\n---\na: b\n", "%port", "Une ligne qui commence par `%`"),
    "a lone percent": ("%\n---\na: b\n", "%", "Une ligne qui commence par `%`"),
    "a strange version": ("%YAML x\n---\na: b\n", "%YAML x", "Une ligne qui commence par `%`"),
    "another version": ("%YAML 2.0\n---\na: b\n", "%", "Une ligne qui commence par `%`"),
    "an endless version": ("%YAML 1111111111.1\n---\na: b\n", "%YAML 1111111111.1", "Une ligne qui commence"),
    "half of a version": ("%YAML 1x\n---\na: b\n", "%YAML 1x", "Une ligne qui commence par `%`"),
    "two versions": ("%YAML 1.1\n%YAML 1.1\n---\na: b\n", "%", "Une ligne qui commence par `%`"),
    "a short tag directive": ("%TAG !\n---\na: b\n", "%TAG !", "Une ligne qui commence par `%`"),
    "a strange tag directive": ("%TAG x\n---\na: b\n", "%TAG x", "Une ligne qui commence par `%`"),
    "two tag directives": ("%TAG ! x\n%TAG ! y\n---\na: b\n", "%", "Une ligne qui commence par `%`"),
    "a glued directive": ("%YAML! 1.1\n---\na: b\n", "%YAML! 1.1", "Une ligne qui commence par `%`"),
    "words after a version": ("%YAML 1.1 port\n---\na: b\n", "%YAML 1.1 port", "Une ligne qui commence"),
    "a directive amid the fields": ("a: b\n%YAML 1.1\n", " ", "Décalage incorrect"),
}


@pytest.mark.parametrize("name", FAUTES)
def test_a_mistake_is_said_in_french_where_it_is_made(name: str) -> None:
    text, underlined, message = FAUTES[name]
    source = parse(text.encode(), "strategy/enjeux.yml")
    assert len(source.diagnostics) == 1, source.diagnostics
    (diagnostic,) = source.diagnostics
    assert diagnostic.message.startswith(message)
    assert souligne(diagnostic) == underlined.rstrip(" ")
    verifie_le_francais(diagnostic)


def libyaml(text: str) -> yaml.YAMLError:
    with pytest.raises(yaml.YAMLError) as caught:
        for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
            pass
    return caught.value


# From libyaml's scanner.c and parser.c; what it says of encodings is told before, by the bytes.
PROBLEMES = """\
block sequence entries are not allowed in this context
could not find expected ':'
could not find expected directive name
did not find URI escaped octet
did not find expected ',' or ']'
did not find expected ',' or '}'
did not find expected '-' indicator
did not find expected <document start>
did not find expected alphabetic or numeric character
did not find expected comment or line break
did not find expected digit or '.' character
did not find expected hexdecimal number
did not find expected key
did not find expected node content
did not find expected version number
did not find expected whitespace
did not find expected whitespace or line break
did not find the expected '>'
found a tab character where an indentation space is expected
found an incorrect leading UTF-8 octet
found an indentation indicator equal to 0
found character that cannot start any token
found duplicate %TAG directive
found duplicate %YAML directive
found extremely long version number
found incompatible YAML document
found invalid Unicode character escape code
found undefined tag handle
found unexpected ':'
found unexpected document indicator
found unexpected end of stream
found unexpected non-alphabetical character
found unknown directive name
found unknown escape character
mapping keys are not allowed in this context
mapping values are not allowed in this context
"""


def test_every_message_of_libyaml_is_met_by_the_examples() -> None:
    met = {str(getattr(libyaml(text), "problem", "")) for text, _, _ in FAUTES.values()}
    assert met >= set(PROBLEMES.splitlines()), set(PROBLEMES.splitlines()) - met


@pytest.mark.parametrize("name", FAUTES)
def test_no_example_falls_back_on_the_message_that_says_nothing(name: str) -> None:
    text = FAUTES[name][0]
    found = explain(libyaml(text), text)
    assert found.message != "Cette ligne n'est pas du YAML correct."
    assert 0 <= found.start < found.end <= len(text) + 1


def test_a_message_that_nobody_foresaw_is_still_french() -> None:
    class Nouveau(yaml.YAMLError):
        problem = "found a kraken"

    found = explain(Nouveau(), "titre: port\n")
    assert found.message == "Cette ligne n'est pas du YAML correct."
    assert (found.start, found.end) == (0, 1)


BON = "\n".join(file.read_text("utf-8") for file in sorted(VALMER.rglob("*.yml")))


@given(st.data())
def test_a_dossier_spoiled_anywhere_is_told_in_french_at_a_place_of_the_file(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(sorted(VALMER.rglob("*.yml")))).read_text("utf-8").splitlines(keepends=True)
    start = data.draw(st.integers(0, len(lines) - 1))
    text = "".join(lines[start : start + 25])
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(
        st.sampled_from(
            ["\t", '"', "'", ": ", "[", "{", "}", "]", "- ", "&", "*", "!", "%", "#", "\n", " ", "---\n", "|", ">", "@"]
        )
    )
    source = parse((text[:at] + put + text[at + cut :]).encode(), "strategy/enjeux.yml")
    for diagnostic in source.diagnostics:
        verifie_le_francais(diagnostic)
        assert diagnostic.place.span.line <= source.text.count("\n") + 1
    assert bool(source.diagnostics) or not source.broken


def test_advice_shows_yaml_that_is_accepted() -> None:
    source = parse(b"titre: Le port : un atout\n", "strategy/enjeux.yml")
    found = re.search(r"`(titre: .*)`", source.diagnostics[0].aide)
    assert found is not None
    assert parse(found[1].encode(), "strategy/enjeux.yml").data == {"titre": "Le port : un atout"}
