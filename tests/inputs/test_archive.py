"""Files nobody of the house wrote: what is no Office file, or is one to harm, is refused in a sentence."""

import io
import struct
import warnings
import zipfile

import pytest

from smde.inputs import archive
from smde.inputs.archive import FichierRefuse, arbre, parties


def paquet(**contenus: bytes) -> bytes:
    """A zip of these parts; two underscores stand for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in contenus.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def double() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr("word/document.xml", b"<a/>")
        made.writestr("Word/Document.xml", b"<b/>")
    return buffer.getvalue()


def chiffre() -> bytes:
    """The same file, its only entry said to be encrypted."""
    made = bytearray(paquet(a=b"<a/>"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", made, made.index(signature) + offset, 1)
    return bytes(made)


def menteur() -> bytes:
    """A part larger than it says it is."""
    made = bytearray(paquet(a=b"<a>" + b" " * 100_000 + b"</a>"))
    struct.pack_into("<I", made, made.index(b"PK\x01\x02") + 24, 10)
    return bytes(made)


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "n'est pas un fichier Office, ou il est abîmé"),
        (b"Bonjour", "n'est pas un fichier Office"),
        (paquet(a=b"<a/>")[:-30], "n'est pas un fichier Office"),
        (double(), "contient deux parties du même nom"),
        (chiffre(), "est protégé par un mot de passe"),
        (menteur(), "n'est pas un fichier Office, ou il est abîmé"),
        (paquet(**{"word__vbaProject.bin": b"x"}), "contient des macros"),
        (paquet(**{"..__..__etc__passwd": b"x"}), "contient une partie qui n'est pas d'un fichier Office"),
        (paquet(**{"__etc__passwd": b"x"}), "contient une partie qui n'est pas d'un fichier Office"),
    ],
)
def test_what_is_no_sound_office_file_is_refused_in_a_sentence(octets: bytes, dit: str) -> None:
    with pytest.raises(FichierRefuse, match=dit):
        parties(octets)


def test_what_opens_to_more_than_the_memory_should_hold_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    bombe = paquet(**{"word__document.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
    assert len(bombe) < 50_000
    assert parties(bombe)
    monkeypatch.setattr(archive, "PLUS_LOURD_OUVERT", 4 << 20)
    with pytest.raises(FichierRefuse, match="est trop lourd une fois ouvert : plus de 4 Mo"):
        parties(bombe)


def test_too_many_parts_and_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FichierRefuse, match="contient trop de parties"):
        parties(paquet(**{f"a{rank}": b"" for rank in range(archive.PLUS_D_ENTREES + 1)}))
    monkeypatch.setattr(archive, "PLUS_LOURD", 10)
    with pytest.raises(FichierRefuse, match="est trop lourd"):
        parties(paquet(a=b"<a/>"))


def test_the_parts_of_a_sound_file_are_read_folders_left_out() -> None:
    assert parties(paquet(**{"word__": b"", "word__document.xml": b"<a/>"})) == {"word/document.xml": b"<a/>"}


ENTITES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a x="&c;">&c;</a>'


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (ENTITES, "contient une déclaration interdite, dans sa partie « x.xml »"),
        (ENTITES.decode().lower().replace("doctype", "DoctypE").encode(), "déclaration interdite"),
        (('<?xml version="1.0" encoding="UTF-16"?>' + ENTITES.decode()).encode("utf-16"), "déclaration interdite"),
        (b"<a>", "est abîmé, dans sa partie « x.xml »"),
        (b"", "est abîmé"),
        (b"<a>" * 5000 + b"</a>" * 5000, "est abîmé"),
    ],
)
def test_a_part_that_declares_anything_or_is_broken_is_not_read(contenu: bytes, dit: str) -> None:
    with pytest.raises(FichierRefuse, match=dit):
        arbre({"x.xml": contenu}, "x.xml")
