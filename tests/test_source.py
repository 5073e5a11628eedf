"""A file is read with the place of everything in it, whatever was typed in it, and nothing that was typed raises."""

import errno
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smde.composer import REFUSED
from smde.source import Source, parse, read, reason
from tests.conftest import souligne, verifie_le_francais

FRICHES = """\
# Ce que la pêche industrielle a laissé.
- id: friches-portuaires
  titre: "Les friches du port"
  theme: theme-immobilier
  preuves:
    - {par: source, source: inventaire-friches}
    - par: chiffre
      valeur: 37
  texte: |-
    Trois sites sans usage.

    Le plus grand fait 20 hectares.
"""


def lue(text: str | bytes) -> Source:
    return parse(text if isinstance(text, bytes) else text.encode(), "strategy/diagnostic.yml")


def typed(source: Source, *chemin: str | int, key: bool = False) -> tuple[int, int, str]:
    """Line, column and text of what `chemin` leads to."""
    place = source.place_at(source.places, chemin, key=key)
    return place.span.line, place.span.column, place.excerpt[place.span.column - 1 : place.span.end_column - 1]


# ---- places


@pytest.mark.parametrize(
    ("chemin", "where"),
    [
        ((0, "id"), (2, 7, "friches-portuaires")),
        ((0, "titre"), (3, 10, '"Les friches du port"')),
        ((0, "preuves", 0, "source"), (6, 29, "inventaire-friches")),
        ((0, "preuves", 1, "valeur"), (8, 15, "37")),
        ((0, "texte"), (9, 10, "|-")),
        ((0, "preuves", 1), (7, 7, "par")),
        ((0,), (2, 3, "id")),
        ((0, "preuves"), (6, 5, "- {par: source, source: inventaire-friches}")),
        ((0, "preuves", 0), (6, 8, "par")),
    ],
)
def test_every_value_has_its_place(chemin: tuple[str | int, ...], where: tuple[int, int, str]) -> None:
    assert typed(lue(FRICHES), *chemin) == where


@pytest.mark.parametrize(
    ("chemin", "where"),
    [
        ((0, "titre"), (3, 3, "titre")),
        ((0, "preuves", 0, "par"), (6, 8, "par")),
        ((0, "preuves", 1, "valeur"), (8, 7, "valeur")),
    ],
)
def test_every_key_has_its_place(chemin: tuple[str | int, ...], where: tuple[int, int, str]) -> None:
    assert typed(lue(FRICHES), *chemin, key=True) == where


def test_what_is_not_written_is_placed_at_the_nearest_thing_above() -> None:
    source = lue(FRICHES)
    assert typed(source, 0, "nature") == typed(source, 0, "nature", key=True) == (2, 3, "id")
    assert typed(source, 0, "preuves", 1, "unite") == (7, 7, "par")
    assert typed(source, 0, "validation", "titre") == (2, 3, "id"), "not the `titre` of the element"
    assert typed(source, 7) == (2, 1, "- id: friches-portuaires")


def test_a_byte_order_mark_moves_no_place_and_is_no_fault() -> None:
    source = lue(b"\xef\xbb\xbf" + FRICHES.encode())
    assert source.data == lue(FRICHES).data
    assert typed(source, 0, "titre") == (3, 10, '"Les friches du port"')
    assert not source.diagnostics


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_line_ends_of_windows_and_of_old_macs_move_no_place(newline: str) -> None:
    source = lue(FRICHES.replace("\n", newline))
    assert not source.diagnostics
    assert source.data == lue(FRICHES).data
    assert typed(source, 0, "preuves", 1, "valeur") == (8, 15, "37")
    assert typed(source, 0, "texte") == (9, 10, "|-")


def test_accents_and_emoji_count_for_one_column_each() -> None:
    source = lue("- titre: Élever l'été 🌊🌊\n  notes: { là: 🚢, ici: port }\n")
    assert typed(source, 0, "titre") == (1, 10, "Élever l'été 🌊🌊")
    assert typed(source, 0, "notes", "ici") == (2, 24, "port")


def test_a_text_of_several_lines_is_shown_by_its_first() -> None:
    source = lue('titre: "Les friches\n  du port"\nnotes: Trois\n  sites\n')
    assert typed(source, "titre") == (1, 8, '"Les friches')
    assert typed(source, "notes") == (3, 8, "Trois")


def test_the_last_line_needs_no_end() -> None:
    source = lue("id: friches\ntitre: Les friches du port")
    assert typed(source, "titre") == (2, 8, "Les friches du port")


def test_a_key_between_quotes_is_a_key() -> None:
    source = lue("\"titre\": Port\n'notes': rien\n")
    assert source.data == {"titre": "Port", "notes": "rien"}
    assert typed(source, "titre", key=True) == (1, 1, '"titre"')


def test_an_empty_field_keeps_the_place_of_its_key() -> None:
    source = lue("id: friches\ntheme:\ntitre: Port\n")
    assert source.data == {"id": "friches", "titre": "Port"}
    assert typed(source, "theme", key=True) == (2, 1, "theme")
    assert source.key_at(source.places, ("theme",)) is not None
    assert source.key_at(source.places, ("nature",)) is None
    assert source.key_at(source.places, ("theme", "nature")) is None
    assert source.key_at(source.places, ("absent", "nature")) is None


def test_a_stretch_is_shown_as_a_span_of_one_line() -> None:
    source = lue("titre: Port\nnotes: Trois\n  sites\n")
    assert source.span(source.places[1]["notes"][1]) == (2, 8, 2, 13)


# ---- values


@pytest.mark.parametrize(
    "word",
    [
        *("non", "oui", "no", "yes", "on", "off", "NO", "true", "12:30", "1_000", "0o14", "010", "0x1F", "1.10", "1e3"),
        *("2014-10-17", "2014-13-45", "2014-10-17T12:30:00Z", ".inf", ".nan", "-0", "+1", "1.", "=", "9" * 400),
    ],
)
def test_a_word_keeps_the_text_that_was_typed(word: str) -> None:
    assert lue(f"valeur: {word}\nliste: [{word}]\n").data == {"valeur": word, "liste": [word]}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", '""', "''", ">-", "|"])
def test_an_empty_value_leaves_its_key_out(nothing: str) -> None:
    source = lue(f"titre: {nothing}\nid: port\n")
    assert source.data == {"id": "port"}
    assert list(source.places[1]) == ["titre", "id"]


def test_a_blank_line_in_a_folded_text_begins_a_paragraph() -> None:
    source = lue(
        "texte: >-\n  Trois sites\n  sans usage.\n\n  Le plus grand\n  fait 20 hectares.\nnotes: >\n  Une\n  ligne.\n"
    )
    assert source.data["texte"] == "Trois sites sans usage.\n\nLe plus grand fait 20 hectares."
    assert source.data["notes"].strip() == "Une ligne."


def test_null_between_quotes_is_a_word() -> None:
    assert lue("sigle: 'null'\ntitre: \"~\"\n").data == {"sigle": "null", "titre": "~"}


def test_letters_written_with_separate_accents_are_the_same_letters() -> None:
    source = lue("- e\u0301lu: re\u0301fe\u0301rent\n- élu: référent\n")
    assert source.data == [{"élu": "référent"}] * 2
    assert typed(source, 0, "élu") == (1, 9, "re\u0301fe\u0301rent")


@pytest.mark.parametrize("text", ["", "\n\n", "# rien encore\n", "---\n", "--- \n...\n", "\ufeff"])
def test_an_empty_file_holds_nothing_and_is_no_fault(text: str) -> None:
    source = lue(text)
    assert source.data is None
    assert not source.diagnostics and not source.broken


def test_spaces_that_french_typography_needs_are_letters_like_others() -> None:
    source = lue("titre: Pourquoi\u202f? 12\u00a0%\n")
    assert source.data == {"titre": "Pourquoi\u202f? 12\u00a0%"}
    assert not source.diagnostics


# ---- what YAML allows and a dossier does not


@pytest.mark.parametrize(
    ("text", "underlined", "message"),
    [
        ("a: 1\nport: &quai Nord\n", "&quai", "L'ancre `&quai` n'est pas acceptée."),
        ("a: 1\nport: *quai\n", "*quai", "Le renvoi `*quai` n'est pas accepté."),
        ("a: 1\n*quai : Nord\n", "*quai", "Le renvoi `*quai` n'est pas accepté."),
        ("a: 1\nport: !quai Nord\n", "!quai", "L'étiquette de type `!quai` n'est pas acceptée."),
        ("a: 1\nport: !!str Nord\n", "!!str", "L'étiquette de type `!!str` n'est pas acceptée."),
        ("a: 1\nport: &q\n  nom: Nord\n", "&q", "L'ancre `&q` n'est pas acceptée."),
        ("a: 1\nport: ! [Nord]\n", "!", "L'étiquette de type `!` n'est pas acceptée."),
        (
            "a: 1\nport: !!python/object/apply:os.system [ls]\n",
            "!!python/object/apply:os.system",
            "L'étiquette de type `!!python/object/apply:os.system` n'est pas acceptée.",
        ),
        ("a: 1\n<<: {port: Nord}\n", "<<", "La fusion `<<` n'est pas acceptée."),
        ("a: 1\nport: 2\nport: 3\n", "port", "La clé `port` est déjà donnée dans ce même bloc."),
        ("a: 1\nport: 2\n\"port\": 3\n", '"port"', "La clé `port` est déjà donnée dans ce même bloc."),
        ("a: 1\n? [b]\n: c\n", "[", "Une clé doit être un mot, pas une liste ni un bloc."),
        ("a: 1\n---\nport: 2\n", "---", "Un second document commence ici (`---`)."),
        ("a: 1\n...\nport: 2\n", "...", "`...` termine le contenu, mais du texte suit."),
    ],
)  # fmt: skip
def test_what_only_programmers_use_is_refused_where_it_stands(text: str, underlined: str, message: str) -> None:
    (diagnostic,) = lue(text).diagnostics
    assert (diagnostic.message, souligne(diagnostic)) == (message, underlined)
    assert diagnostic.place.span.line >= 2
    verifie_le_francais(diagnostic)


def test_an_anchor_and_a_tag_on_the_same_value_are_both_told() -> None:
    source = lue("port: &quai !nom Nord\n")
    assert [souligne(d) for d in source.diagnostics] == ["&quai", "!nom"]
    assert source.data == {"port": REFUSED}


def test_a_value_with_a_tag_is_refused_whatever_it_holds() -> None:
    source = lue("- !!str Nord\n- ! [a, !b {c: d}]\n- &a {c: &b d}\n")
    assert source.data == [REFUSED, REFUSED, {"c": "d"}]
    assert [souligne(d) for d in source.diagnostics] == ["!!str", "!", "!b", "&a", "&b"]


def test_letters_written_two_ways_are_the_same_key() -> None:
    (diagnostic,) = lue("élu: 1\ne\u0301lu: 2\n").diagnostics
    assert diagnostic.code == "cle-en-double"


@pytest.mark.parametrize(
    "again", ["Le bourg", "{rue: du Port}", "[bourg, {rue: du Port}]", "\n  rue: du Port\n  no:\n", "~", "*port"]
)
def test_what_a_key_given_again_holds_is_left_out_whole_and_the_next_key_is_read(again: str) -> None:
    source = lue(f"lieu: {{quai: nord}}\nlieu: {again}\ntitre: Les friches\n")
    assert source.data == {"lieu": {"quai": "nord"}, "titre": "Les friches"}
    assert typed(source, "lieu", "quai") == (1, 14, "nord")
    assert typed(source, "titre")[2] == "Les friches"
    assert [d.code for d in source.diagnostics if d.place.span.column == 1] == ["cle-en-double"]


def test_a_key_given_twice_in_two_blocks_is_no_fault() -> None:
    assert not lue("- {id: port, titre: a}\n- {id: gare, titre: b}\n").diagnostics


def test_what_is_refused_leaves_the_rest_of_the_file_readable() -> None:
    source = lue("port: *quai\nnom: &n Nord\n<<: {x: y}\nnom: Sud\ntitre: Les quais\n")
    assert source.data == {"port": REFUSED, "nom": "Nord", "titre": "Les quais"}
    assert list(source.places[1]) == ["port", "nom", "titre"]
    assert [d.code for d in source.diagnostics] == ["yaml-refuse"] * 3 + ["cle-en-double"]
    assert repr(REFUSED) == "(refusé)"


def test_two_merges_in_one_block_are_a_merge_and_a_double() -> None:
    source = lue("<<: {a: b}\n<<: {c: d}\n*e : f\n*e : g\n")
    assert source.data == {}
    assert len(source.diagnostics) == 4


# ---- invisible characters


@pytest.mark.parametrize(
    ("character", "nom"),
    [
        ("\u200b", "espace sans chasse"),
        ("\u202e", "inversion du sens de lecture"),
        ("\u2028", "séparateur de lignes"),
        ("\x1b", "échappement"),
        ("\x85", "saut de ligne invisible"),
        ("\x07", "caractère de commande"),
        ("\ue000", "caractère invisible"),
        ("\ufffd", "caractère perdu dans une conversion"),
        ("\ufeff", "marque d'ordre des octets"),
        ("\U000e0041", "caractère invisible"),
    ],
)
def test_an_invisible_character_is_told_where_it_hides_and_left_out(character: str, nom: str) -> None:
    for text in (f"id: fri{character}ches\ntitre: Port\n", f'id: "fri{character}ches"\ntitre: Port\n'):
        source = lue(text)
        (diagnostic,) = source.diagnostics
        assert diagnostic.message == f"Caractère interdit U+{ord(character):04X} ({nom})."
        assert diagnostic.place.span.column == text.index(character) + 1
        assert diagnostic.place.excerpt.startswith(("id: fri\ufffdches", 'id: "fri\ufffdches"'))
        assert source.data == {"id": "friches", "titre": "Port"}
        verifie_le_francais(diagnostic)


def test_an_invisible_character_hidden_in_an_escape_is_told_too() -> None:
    source = lue('id: "fri\\u200bches"\n"ti\\x1btre": "\\0"\nnotes: "a\\tb\\u00a0c"\n')
    assert source.data == {"id": "friches", "titre": "", "notes": "a\tb\u00a0c"}
    assert [souligne(d) for d in source.diagnostics] == ['"fri\\u200bches"', '"ti\\x1btre"', '"\\0"']


def test_emoji_and_their_skins_are_letters_like_others() -> None:
    source = lue("titre: 🌊 👍🏽 ❤️ 🇫🇷\n")
    assert not source.diagnostics


def test_many_invisible_characters_are_counted_and_not_listed_without_end() -> None:
    source = lue("titre: " + "p\u200b" * 500 + "\n")
    assert len(source.diagnostics) == 20
    assert source.diagnostics[-1].message.endswith("Ce fichier en contient encore 480 autres.")


# ---- files that are not UTF-8, not text, not there


def test_a_file_saved_by_an_old_windows_program_is_refused_once_and_read_all_the_same() -> None:
    source = lue("- id: été\n  titre: Le coût de l’été – 12 €\n".encode("cp1252"))
    (diagnostic,) = source.diagnostics
    assert diagnostic.message == "Ce fichier n'est pas enregistré en UTF-8 (octet 0xe9)."
    assert (diagnostic.place.span.line, diagnostic.place.span.column, souligne(diagnostic)) == (1, 7, "é")
    assert "Excel" in diagnostic.aide and "Bloc-notes" in diagnostic.aide
    assert source.data == [{"id": "été", "titre": "Le coût de l’été – 12 €"}]
    verifie_le_francais(diagnostic)


def test_one_wrong_byte_in_a_file_of_accents_spoils_no_other() -> None:
    source = lue("titre: Été\nnotes: co".encode() + b"\xfb" + "t élevé\n".encode())
    assert source.data == {"titre": "Été", "notes": "coût élevé"}
    assert [(d.place.span.line, d.place.span.column) for d in source.diagnostics] == [(2, 10)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_refused_once(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (diagnostic,) = lue(mark + "id: été\ntitre: 'non fermé\n".replace("'", "").encode(encoding)).diagnostics
    assert diagnostic.code == "encodage"
    assert "UTF-16" in diagnostic.message
    verifie_le_francais(diagnostic)


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00\x08\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"id: a\0" * 90])
def test_a_file_that_is_no_text_is_refused_once(content: bytes) -> None:
    source = lue(content)
    (diagnostic,) = source.diagnostics
    assert diagnostic.code == "encodage"
    assert source.missing and source.broken and source.data is None
    verifie_le_francais(diagnostic)


def test_a_file_that_is_too_big_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "objectifs.yml"
    file.write_bytes(b"# " + b"x" * 1_250_000)
    source = read(file, "strategy/objectifs.yml")
    (diagnostic,) = source.diagnostics
    assert diagnostic.message == "Ce fichier fait 1,3 Mo ; la limite est de 1 Mo."
    assert source.missing
    verifie_le_francais(diagnostic)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "accès refusé"),
        (errno.ENOENT, "il n'existe plus"),
        (errno.ELOOP, "ses liens tournent en rond"),
        (errno.ESTALE, f"erreur {errno.ESTALE} du système"),
    ],
)
def test_a_file_that_the_system_refuses_is_told_in_french(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise OSError(number, "Permission denied")

    file = tmp_path / "enjeux.yml"
    file.write_text("id: port")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    source = read(file, "strategy/enjeux.yml")
    (diagnostic,) = source.diagnostics
    assert diagnostic.message == f"Ce fichier ne peut pas être lu : {words}."
    assert source.missing
    verifie_le_francais(diagnostic)
    assert reason(OSError(number, "Permission denied")) == words


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (diagnostic,) = read(tmp_path / "parti.yml", "strategy/parti.yml").diagnostics
    assert "il n'existe plus" in diagnostic.message


def test_a_text_longer_than_a_book_is_refused_and_the_rest_read() -> None:
    source = lue("titre: Port\ntexte: " + "friches " * 20_000 + "\nid: port\n")
    (diagnostic,) = source.diagnostics
    assert diagnostic.message == "Ce texte fait 159999 caractères ; la limite est de 100000."
    assert source.data == {"titre": "Port", "texte": REFUSED, "id": "port"}
    verifie_le_francais(diagnostic)


# ---- ids that can be seen in a broken file


def test_ids_are_seen_in_a_file_that_cannot_be_read() -> None:
    text = "- id: friches\n  titre: {\n-   id : 'vacance'\n- {id: caché}\n  id_voisin: rade\n-\tid: \"emploi\"\n"
    assert list(lue(text).salvaged_ids()) == ["friches", "vacance", "emploi"]


# ---- properties

MOTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=30
) | st.sampled_from(
    [
        "Le port : un atout",
        "- tiret",
        "# titre",
        "l'été",
        'dit "non"',
        "{{ 7*7 }}",
        "a\nb\n\nc",
        "12:30",
        "~",
        "null",
        "%",
        "@x",
    ]
)
DONNEES = st.recursive(
    MOTS,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(MOTS.filter(lambda key: key != "<<"), inside, max_size=4)
    ),
    max_leaves=25,
)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([True, False, None]),
        "default_style": st.sampled_from([None, '"', "'", "|"]),
        "width": st.sampled_from([20, 80, 10_000]),
        "indent": st.sampled_from([2, 3, 6]),
        "allow_unicode": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


def as_read(value: Any) -> Any:
    """What the loader makes of a value: every scalar a text, nothing where nothing is written."""
    if isinstance(value, dict):
        return {as_text(key): as_read(inside) for key, inside in value.items() if as_read(inside) is not None}
    if isinstance(value, list):
        return [as_read(inside) for inside in value]
    return as_text(value) or None


def as_text(value: str) -> str:
    return unicodedata.normalize("NFC", value)


def scalars(data: Any, noeud: Any) -> Iterator[tuple[Any, int]]:
    """Every scalar of the data with its stretch, keys included."""
    if isinstance(noeud, int):
        yield data, noeud
    elif isinstance(noeud[1], dict):
        for key, (stretch, below) in noeud[1].items():
            yield key, stretch
            yield from scalars(data.get(key), below)
    else:
        for value, below in zip(data, noeud[1], strict=True):
            yield from scalars(value, below)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(DONNEES, STYLES)
def test_any_data_is_read_back_and_every_span_reads_back_to_its_value(data: Any, style: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=Quoting, sort_keys=False, **style)
    normal = as_read(yaml.load(text, yaml.BaseLoader))
    source = lue(text)
    if any(d.code == "cle-en-double" for d in source.diagnostics):
        return  # two keys that only their Unicode form told apart
    assert not source.diagnostics, (text, source.diagnostics)
    assert source.data == normal or normal is None
    for value, stretch in scalars(source.data, source.places):
        written = source.text[stretch >> 32 : stretch & 0xFFFFFFFF]
        if "\n" not in written.strip() and "\r" not in written.strip():
            again = yaml.load(written, yaml.BaseLoader)
            assert (as_text(again or "") or None) == (value or None), (written, value)
        place = source.place(stretch)
        assert place.excerpt == source.text.splitlines()[place.span.line - 1] or "\x85" in source.text


class Quoting(yaml.SafeDumper):
    """Writes every text so that reading it as text gives it back (`null` and its like between quotes)."""


def _quoted(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "'" if value in {"", "~", "null", "Null", "NULL"} else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


Quoting.add_representer(str, _quoted)


@settings(max_examples=settings().max_examples * 3)
@given(st.text(st.sampled_from("ab:-# \n\t'\"[]{},&*!|>%@`?\\é\u200b\x00~<0"), max_size=60))
def test_no_text_raises_and_every_message_is_french(text: str) -> None:
    source = lue(text)
    for diagnostic in source.diagnostics:
        verifie_le_francais(diagnostic)
    places = [(d.place.span, d.message) for d in source.diagnostics]
    assert len(places) == len(set(places)), "each fault is told once"
    if source.broken and not source.missing:
        assert source.diagnostics


@given(st.binary(max_size=80))
def test_no_bytes_raise(content: bytes) -> None:
    for diagnostic in lue(content).diagnostics:
        verifie_le_francais(diagnostic)
