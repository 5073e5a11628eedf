"""The images of a dossier: shown to the pixel, silent on who made them; what does more than show is refused."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pymupdf  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import construire
from smde.dossier import charger
from smde.images import Image, ImageRefusee, lire
from smde.model.champ import PUBLIC
from smde.model.identite import FormatDocument
from tests.commande import simple
from tests.conftest import ecrire, souligne, verifie_le_francais, verifier

SECRET = b"Photo de Jeanne Le Goff, 48.3904 N 4.4861 W"
PHARE = '<path d="M18 4h4l3 26H15z" fill="#123a5c"/>'


def pixmap(largeur: int, hauteur: int) -> Any:
    image = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, largeur, hauteur))
    for x in range(largeur):
        for y in range(hauteur):
            image.set_pixel(x, y, (x * 7 % 256, y * 11 % 256, x * y % 256))
    return image


def pixels(octets: bytes) -> bytes:
    return bytes(pymupdf.Pixmap(octets).samples)


PNG: bytes = pixmap(40, 24).tobytes("png")
JPEG: bytes = pixmap(40, 24).tobytes("jpeg")


def morceau(genre: bytes, contenu: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(contenu)) + genre + contenu + struct.pack(">I", zlib.crc32(genre + contenu))


def segment(marque: int, contenu: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marque]) + struct.pack(">H", len(contenu) + 2) + contenu


def exif(orientation: int, ordre: str = ">") -> bytes:
    """What a camera notes: the orientation, after words of its own."""
    entries = struct.pack(f"{ordre}HHIHH", 0x010E, 2, 4, 0, 0) + struct.pack(
        f"{ordre}HHIHH", 0x0112, 3, 1, orientation, 0
    )
    tiff = (b"MM" if ordre == ">" else b"II") + struct.pack(f"{ordre}HI", 42, 8) + struct.pack(f"{ordre}H", 2) + entries
    return segment(0xE1, b"Exif\0\0" + tiff + SECRET)


def dessin(contenu: str = PHARE, attributs: str = 'viewBox="0 0 40 30"', avant: str = "") -> bytes:
    return f'{avant}<svg xmlns="http://www.w3.org/2000/svg" {attributs}>{contenu}</svg>'.encode()


def refus(octets: bytes) -> str:
    with pytest.raises(ImageRefusee) as found:
        lire(octets)
    assert found.value.aide.endswith(".")
    return found.value.message


@pytest.mark.parametrize("genre", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"prVt"])
def test_a_png_keeps_its_pixels_and_nothing_written_beside(genre: bytes) -> None:
    noted = PNG[:33] + morceau(genre, SECRET) + PNG[33:] + SECRET
    image = lire(noted)
    assert (image.genre, image.largeur, image.hauteur) == ("png", 40, 24)
    assert SECRET in noted
    assert SECRET not in image.octets
    assert pixels(image.octets) == pixels(PNG)


@pytest.mark.parametrize("note", [exif(1), exif(1, "<"), segment(0xFE, SECRET), segment(0xE2, b"MPF\0" + SECRET)])
def test_a_jpeg_keeps_its_pixels_and_nothing_written_beside(note: bytes) -> None:
    noted = JPEG[:2] + note + JPEG[2:]
    image = lire(noted)
    assert (image.genre, image.largeur, image.hauteur) == ("jpg", 40, 24)
    assert SECRET in noted
    assert SECRET not in image.octets
    assert pixels(image.octets) == pixels(JPEG)


def test_what_follows_a_photo_in_its_file_is_not_published() -> None:
    """Telephones put a second picture there, with the place where it was taken."""
    second = JPEG[:2] + exif(1) + JPEG[2:]
    assert lire(JPEG + second) == lire(JPEG)
    assert lire(JPEG).octets.endswith(b"\xff\xd9")


@pytest.mark.parametrize("ordre", ["<", ">"])
def test_a_photo_that_its_reader_should_turn_is_refused(ordre: str) -> None:
    assert refus(JPEG[:2] + exif(6, ordre) + JPEG[2:]) == "est une photo tournée par l'appareil"


@pytest.mark.parametrize(
    "noted",
    [
        dessin(PHARE, avant='<?xml version="1.0"?><!-- Créé par Jeanne Le Goff --><?auteur Jeanne Le Goff?>'),
        dessin(f"<title>Jeanne Le Goff</title><desc>Jeanne Le Goff</desc>{PHARE}"),
        dessin(f'<metadata><r:RDF xmlns:r="urn:r">Jeanne Le Goff</r:RDF></metadata>{PHARE}'),
        dessin(f'<i:vue xmlns:i="urn:i" i:auteur="Jeanne Le Goff"/>{PHARE}'),
        dessin(PHARE, 'viewBox="0 0 40 30" xmlns:i="urn:i" i:docname="/home/Jeanne Le Goff/logo.svg"'),
        dessin(f'<g data-name="Jeanne Le Goff" aria-label="Jeanne Le Goff">{PHARE}</g>'),
        dessin(f"<g>Jeanne Le Goff{PHARE}Jeanne Le Goff</g>"),
    ],
)
def test_a_drawing_keeps_its_shapes_and_nothing_written_beside(noted: bytes) -> None:
    image = lire(noted)
    assert b"Jeanne" in noted
    assert b"Jeanne" not in image.octets
    assert b'd="M18 4h4l3 26H15z"' in image.octets
    assert (image.genre, image.largeur, image.hauteur, image.proportion) == ("svg", 40, 30, 40 / 30)


@pytest.mark.parametrize(
    ("contenu", "reste"),
    [
        ("<style>.a{fill:#123a5c}</style><path class='a' d='M0 0h9v9z'/>", b"<style>.a{fill:#123a5c}</style>"),
        ("<text x='1' y='9'>Valmer <tspan>métropole</tspan>, port</text>", "métropole</tspan>, port</text>".encode()),
        ("<linearGradient id='g'/><rect fill='url(#g)' width='9' height='9'/>", b'fill="url(#g)"'),
        (
            "<path id='p' d='M0 0h9'/><use xmlns:x='http://www.w3.org/1999/xlink' x:href='#p'/>",
            b'href="#p"',
        ),
    ],
)
def test_what_a_drawing_needs_to_be_seen_is_kept(contenu: str, reste: bytes) -> None:
    assert reste in lire(dessin(contenu)).octets


@pytest.mark.parametrize(
    ("contenu", "quoi"),
    [
        ("<script>alert(1)</script>", "contient « script »"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "contient « foreignObject »"),
        ("<image href='data:image/jpeg;base64,AAAA'/>", "contient « image »"),
        ("<a href='https://exemple.fr'><rect/></a>", "contient « a »"),
        ("<animate attributeName='x'/>", "contient « animate »"),
        ("<use href='https://exemple.fr/a.svg#b'/>", "renvoie à une autre adresse"),
        ("<use xmlns:x='http://www.w3.org/1999/xlink' x:href='autre.svg#b'/>", "renvoie à une autre adresse"),
        ("<rect fill='url(https://exemple.fr/a.svg#b)'/>", "renvoie à une autre adresse"),
        ("<rect style='fill:u\\72l(//exemple.fr)'/>", "renvoie à une autre adresse"),
        ("<style>@import '//exemple.fr/a.css';</style>", "renvoie à une autre adresse"),
        ("<style>rect{fill:url( //exemple.fr/a)}</style>", "renvoie à une autre adresse"),
        ("<g><g><g><script/></g></g></g>", "contient « script »"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(contenu: str, quoi: str) -> None:
    assert refus(dessin(contenu)) == f"est un dessin SVG qui {quoi}"


def test_a_drawing_does_nothing_when_it_is_opened_or_touched() -> None:
    image = lire(dessin('<rect onclick="alert(1)" width="9" height="9"/>', 'viewBox="0 0 9 9" onload="alert(1)"'))
    assert b"alert" not in image.octets


def test_shortcuts_that_swell_are_refused_before_they_are_read() -> None:
    swelling = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    assert (
        refus(dessin("<text>&b;</text>", avant=swelling)) == "est un dessin SVG qui définit des raccourcis (`<!ENTITY`)"
    )
    outside = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert "raccourcis" in refus(dessin("<text>&a;</text>", avant=outside))


@pytest.mark.parametrize(
    ("attributs", "taille"),
    [
        ('viewBox="0 0 40 30" width="10cm"', (40, 30)),
        ('viewBox="-5,-5 , 40.5 30"', (40.5, 30)),
        ('width="40" height="30px"', (40, 30)),
    ],
)
def test_the_size_of_a_drawing_is_that_of_its_frame(attributs: str, taille: tuple[float, float]) -> None:
    image = lire(dessin(attributs=attributs))
    assert (image.largeur, image.hauteur) == taille


@pytest.mark.parametrize("attributs", ["", 'width="10cm" height="5cm"', 'viewBox="0 0 40"', 'width="100%" height="9"'])
def test_a_drawing_without_size_is_refused(attributs: str) -> None:
    assert refus(dessin(attributs=attributs)) == "est un dessin SVG sans taille (`viewBox`)"


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "est vide"),
        (b"Note de service", "n'est ni une image PNG, ni une JPEG, ni un dessin SVG"),
        (b"GIF89a\x01\x00\x01\x00", "est une image GIF ; une image est en PNG, en JPEG ou en SVG"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "est une image WebP ; une image est en PNG, en JPEG ou en SVG"),
        (b"\0\0\0\x18ftypheic", "est une photo HEIC, de téléphone ; une image est en PNG, en JPEG ou en SVG"),
        (b"\0\0\0\x1cftypavif", "est une image AVIF ; une image est en PNG, en JPEG ou en SVG"),
        (b"II*\0\x08\0\0\0", "est une image TIFF ; une image est en PNG, en JPEG ou en SVG"),
        (b"BM\x8a\0\0\0\0\0\0\0", "est une image BMP ; une image est en PNG, en JPEG ou en SVG"),
        (b"\0\0\1\0\1\0\x20\x20", "est une icône de Windows ; une image est en PNG, en JPEG ou en SVG"),
        (b"%PDF-1.7\n", "est un document PDF ; une image est en PNG, en JPEG ou en SVG"),
        (b"%!PS-Adobe-3.0 EPSF", "est un dessin PostScript (EPS) ; une image est en PNG, en JPEG ou en SVG"),
        (
            b"\x1f\x8b\x08\0",
            "est un fichier comprimé (un SVGZ, peut-être) ; une image est en PNG, en JPEG ou en SVG",
        ),
        (b"PK\3\4", "est un document de bureautique ou une archive ; une image est en PNG, en JPEG ou en SVG"),
        ("<svg/>".encode("utf-16"), "n'est ni une image PNG, ni une JPEG, ni un dessin SVG"),
        (b"<html><svg></svg></html>", "n'est pas un dessin SVG"),
        (b"<svg/>", "n'est pas un dessin SVG"),
        (b"<svg><g></svg>", "est une image SVG abîmée ou incomplète"),
        (b"<svg>" * 4000, "est une image SVG abîmée ou incomplète"),
        (PNG[:8], "est une image PNG abîmée ou incomplète"),
        (PNG[:8] + morceau(b"IEND", b""), "est une image PNG abîmée ou incomplète"),
        (PNG[:40] + b"\x00" + PNG[41:], "est une image PNG abîmée ou incomplète"),
        (JPEG[:2], "n'est ni une image PNG, ni une JPEG, ni un dessin SVG"),
        (JPEG[:3], "est une image JPEG abîmée ou incomplète"),
        (b"\xff\xd8\xff\xd9", "n'a ni largeur ni hauteur"),
        (dessin(attributs='viewBox="0 0 0 9"'), "n'a ni largeur ni hauteur"),
    ],
)
def test_what_is_no_image_is_told_in_french(octets: bytes, message: str) -> None:
    assert refus(octets) == message


def test_an_image_wider_than_a_page_needs_is_refused() -> None:
    wide = PNG[:8] + morceau(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + PNG[33:]
    assert refus(wide) == "fait 60000 × 60000 points ; la limite est de 4000 de côté"
    assert lire(dessin(attributs='viewBox="0 0 60000 60000"')).largeur == 60_000, "a drawing has no points"


@given(st.integers(0, 400), st.sampled_from([PNG, JPEG]))
def test_an_image_cut_anywhere_is_refused_or_whole(cut: int, whole: bytes) -> None:
    octets = whole[: len(whole) - 1 - cut] if cut < len(whole) else b""
    refus(octets)


@given(st.sampled_from([PNG, JPEG, dessin()]), st.data())
def test_bytes_changed_anywhere_never_break_the_reading(whole: bytes, data: st.DataObject) -> None:
    changed = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    try:
        image = lire(bytes(changed))
    except ImageRefusee:
        return
    assert lire(image.octets) == image


@pytest.mark.parametrize("octets", [PNG, JPEG, JPEG[:2] + exif(1) + JPEG[2:], dessin(f"<title>x</title>{PHARE}")])
def test_reading_what_was_kept_gives_it_back(octets: bytes) -> None:
    image = lire(octets)
    assert isinstance(image, Image)
    assert lire(image.octets) == image


PHOTO = JPEG[:2] + exif(1) + JPEG[2:]


def dossier_avec_logo(racine: Path, logo: str, octets: bytes | None) -> Path:
    identite = (racine / "data/identite.yml").read_text("utf-8")
    files: dict[str, str | bytes] = {"data/identite.yml": identite.replace("logo: logo.svg", f"logo: {logo}")}
    if octets is not None:
        files[f"data/{logo}"] = octets
    return ecrire(racine, files)


def test_what_a_camera_noted_is_in_no_document(racine: Path) -> None:
    dossier = charger(dossier_avec_logo(racine, "phare.jpg", PHOTO))
    assert not [found for found in dossier.diagnostics if found.severite == "erreur"]
    making = construire.atelier(dossier, PUBLIC, "2026-11-22", lambda _: None)
    files = making.documents(formats=[FormatDocument.docx, FormatDocument.pdf])
    assert len(files) == 2
    for name, content in files.items():
        parts = [content]
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = [archive.read(part) for part in archive.namelist()]
            assert JPEG in parts, "the picture itself is there"
        for part in parts:
            assert b"Jeanne" not in part
            assert b"Exif" not in part


@pytest.mark.parametrize(
    ("logo", "octets", "message", "aide"),
    [
        ("/etc/hostname", None, "mène hors du dossier", "Donnez un chemin relatif, avec des `/`, vers un fichier"),
        ("../../logo.png", None, "mène hors du dossier", "Donnez un chemin relatif"),
        ("lien.png", None, "mène hors du dossier", "Donnez un chemin relatif"),
        ("phare.png", b"\0\0\0\x18ftypheic", "est une photo HEIC, de téléphone ; une image", "enregistrez-la"),
        ("phare.jpg", JPEG[:2] + exif(6) + JPEG[2:], "est une photo tournée par l'appareil", "Tournez-la"),
        ("phare.png", PNG[:8] + morceau(b"IHDR", struct.pack(">IIBBBBB", 9000, 20, 8, 2, 0, 0, 0)) + PNG[33:],
         "fait 9000 × 20 points ; la limite est de 4000 de côté", "Réduisez l'image."),
        ("phare.png", PNG + b" " * 5_100_000, "fait 5,1 Mo ; la limite est de 5 Mo", "Réduisez l'image."),
    ],
)  # fmt: skip
def test_an_image_that_cannot_be_taken_is_told_at_its_place_with_what_to_do(
    logo: str, octets: bytes | None, message: str, aide: str, racine: Path, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    dossier_avec_logo(racine, logo, octets)
    if logo == "lien.png":
        (racine / "data/lien.png").symlink_to(tmp_path / "logo.png")
    (found,) = [found for found in verifier(racine) if found.severite == "erreur"]
    assert found.place.path == "data/identite.yml"
    assert souligne(found) == logo
    assert simple(found.message).startswith(f"Le fichier `{logo}` ")
    assert message in simple(found.message)
    assert aide in found.aide
    verifie_le_francais(found)
