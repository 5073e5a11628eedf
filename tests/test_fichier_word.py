"""A Word file that somebody gives: what is no sound Word file is refused by its name, before it is read."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import fichier_word
from smde.fichier_word import FichierRefuse, ouvrir, principale, relations
from tests.outputs.modeles_word import MAIN, charte, document, paquet, parties, sobre
from tests.outputs.modeles_word import relations as appels

SOBRE = sobre()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refus(octets: bytes) -> FichierRefuse:
    with pytest.raises(FichierRefuse) as refused:
        ouvrir(octets)
    return refused.value


def avec(**parts: str | bytes) -> bytes:
    """The plain model with these parts, whose names say `__` for `/` and `_` for `.`"""
    return paquet({**parties(SOBRE), **{name.replace("__", "/").replace("_", "."): c for name, c in parts.items()}})


def remplace(part: str, before: bytes, after: bytes) -> bytes:
    parts = parties(SOBRE)
    assert before in parts[part]
    return paquet({**parts, part: parts[part].replace(before, after)})


def zip_of(**files: bytes) -> bytes:
    return paquet({name.replace("__", "/").replace("_", "."): content for name, content in files.items()})


@pytest.mark.parametrize("octets", [SOBRE, charte()])
def test_a_sound_word_file_is_opened_whole(octets: bytes) -> None:
    assert ouvrir(octets) == parties(octets)
    assert principale(ouvrir(octets)) == "word/document.xml"


@pytest.mark.parametrize(
    ("octets", "message", "aide"),
    [
        (b"", "est vide", "Donnez un fichier Word."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "est un PDF, même si son nom dit autre chose", "fichier Word d'origine"),
        (b"{\\rtf1\\ansi Bonjour}", "est un fichier RTF", "« Document Word (*.docx) »"),
        (b"<HTML><body>Bonjour</body></HTML>", "est une page web", "fichier Word d'origine"),
        (OLE, "est à l'ancien format de Word (.doc)", "« Document Word (*.docx) »"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "est protégé par un mot de passe", "Ôtez le mot de passe"),
        (b"Bonjour", "n'est pas un fichier Word", "Donnez un fichier enregistré dans Word"),
        (SOBRE[:-40], "est abîmé ou incomplet", "enregistrez-le de nouveau"),
        (SOBRE[:200] + b"\0\0\0\0" + SOBRE[204:], "est abîmé ou incomplet", "enregistrez-le de nouveau"),
        (zip_of(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<a/>"),
         "est un fichier OpenDocument (LibreOffice)", "enregistrez-le sous « Document Word (*.docx) »"),
        (zip_of(xl__workbook_xml=b"<a/>"), "est un classeur Excel", "« Document Word (*.docx) »"),
        (zip_of(photo_txt=b"x"), "est une archive, pas un fichier Word", "« Document Word (*.docx) »"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused_by_its_name(octets: bytes, message: str, aide: str) -> None:
    refused = refus(octets)
    assert refused.message == message
    assert aide in refused.aide
    assert not refused.reparable


@pytest.mark.parametrize(
    "octets",
    [
        avec(word__vbaProject_bin=b"\0"),
        remplace("[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml"),
        remplace("[Content_Types].xml", b"</Types>",
                 b'<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'),
    ],
)  # fmt: skip
def test_a_file_with_macros_is_refused_however_they_are_hidden(octets: bytes) -> None:
    assert refus(octets).message == "contient des macros"


def test_the_strict_variant_of_the_format_is_named_with_what_to_choose_instead() -> None:
    strict = remplace(
        "_rels/.rels",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    refused = refus(strict)
    assert refused.message == "est au format « Open XML Strict »"
    assert "Enregistrer sous" in refused.aide


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (b'<!DOCTYPE w:styles [<!ENTITY a "b">]>', "contient des définitions interdites (partie « word/styles.xml »)"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "n'est pas écrit en UTF-8 (partie « word/styles.xml »)"),
        (b"\xff\xfe", "n'est pas écrit en UTF-8 (partie « word/styles.xml »)"),
        (b'<?xml version="1.0" encoding="UTF-8"?><!-- Direction de la communication : \xe9t\xe9 -->',
         "n'est pas écrit en UTF-8 (partie « word/styles.xml »)"),
    ],
)  # fmt: skip
def test_xml_that_is_not_as_word_writes_it_is_refused_with_the_name_of_the_part(start: bytes, message: str) -> None:
    assert refus(avec(word__styles_xml=start + parties(SOBRE)["word/styles.xml"])).message == message


def test_a_file_whose_text_is_no_xml_is_said_to_be_damaged() -> None:
    assert refus(avec(word__document_xml=b"<w:document")).message == "est abîmé (partie « word/document.xml »)"


def test_a_part_nested_beyond_reason_is_refused_without_being_followed() -> None:
    deep = document("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)
    assert refus(avec(word__document_xml=deep)).message == "est abîmé (partie « word/document.xml »)"


def test_a_bomb_is_refused_from_what_it_says_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = paquet({**parties(SOBRE), **{f"word/media/image{rank}.bin": bytes(9_000_000) for rank in range(14)}})
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("the bomb was opened"))
    assert refus(bomb).message == "contient bien plus que ce que son poids annonce"


def test_a_part_of_xml_too_long_for_a_model_is_named() -> None:
    assert "« word/styles.xml »" in refus(avec(word__styles_xml=b" " * 13_000_000)).message


def test_too_many_parts_or_too_many_bytes_are_refused() -> None:
    many = paquet({**parties(SOBRE), **{f"word/media/{rank}.png": b"" for rank in range(2001)}})
    assert refus(many).message == "contient bien plus que ce que son poids annonce"
    assert refus(bytes(fichier_word.PLUS_GROS + 1)).message == "pèse plus de 30 Mo"


@pytest.mark.parametrize("name", ["../dehors.xml", "/etc/passwd", "word\\styles2.xml"])
def test_names_that_lead_out_of_the_file_are_refused(name: str) -> None:
    buffer = io.BytesIO(SOBRE)
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = zipfile.ZipInfo()
        entry.filename = name
        archive.writestr(entry, b"<a/>")
    assert refus(buffer.getvalue()).message == "contient des noms de fichiers interdits"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["word/styles.xml", "word/Styles.xml"])
def test_a_part_given_twice_is_refused(name: str) -> None:
    buffer = io.BytesIO(SOBRE)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, b"<a/>")
    assert refus(buffer.getvalue()).message == "contient deux fois la même partie"


def test_an_archive_locked_or_packed_in_a_strange_way_is_refused() -> None:
    locked = bytearray(SOBRE)
    at = SOBRE.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert refus(bytes(locked)).message == "est protégé par un mot de passe"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"x" * 100)
    assert refus(buffer.getvalue()).message == "est comprimé d'une façon que Word ne lit pas"


def test_a_file_that_calls_no_text_or_two_is_no_word_file() -> None:
    nothing = paquet({**parties(SOBRE), "_rels/.rels": appels()})
    assert refus(nothing).message == "ne contient pas de texte de Word"
    other = paquet({**parties(SOBRE), "word/document.xml": "<html/>"})
    assert refus(other).message == "n'est pas un fichier Word"


def test_the_text_may_have_another_name_than_usual() -> None:
    """Word on the web calls it document2.xml."""
    parts = parties(SOBRE)
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    parts["_rels/.rels"] = MAIN.replace("document.xml", "document2.xml").encode()
    opened = ouvrir(paquet(parts))
    assert principale(opened) == "word/document2.xml"
    assert [call.cible for call in relations(opened, "word/document2.xml")] == ["word/styles.xml"]


def test_what_a_part_calls_is_named_from_the_root_of_the_file_or_left_as_an_address() -> None:
    parts = {
        "word/_rels/header1.xml.rels": appels(
            ("rId1", "image", "media/logo.png"), ("rId2", "image", "/word/media/b.png"), ("rId3", "image", "../c.png"),
            ("rId4", "hyperlink", "https://ponant.example/"),
        ).encode()
    }  # fmt: skip
    calls = list(relations(parts, "word/header1.xml"))
    assert [call.cible for call in calls] == [
        "word/media/logo.png", "word/media/b.png", "c.png", "https://ponant.example/",
    ]  # fmt: skip
    assert [call.externe for call in calls] == [False, False, False, True]
    assert list(relations(parts, "word/footer1.xml")) == []


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(octets: bytes) -> None:
    refused = refus(octets)
    assert refused.message and refused.aide.endswith(".")


@given(st.integers(0, len(SOBRE) - 1), st.binary(min_size=1, max_size=6))
def test_a_damaged_file_is_opened_or_refused_but_never_breaks(at: int, noise: bytes) -> None:
    damaged = SOBRE[:at] + noise + SOBRE[at + len(noise) :]
    try:
        assert "word/document.xml" in ouvrir(damaged)
    except FichierRefuse as refused:
        assert refused.aide
