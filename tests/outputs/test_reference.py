"""The reference document of Word: our styles, in the colours of the authority, and nothing else."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from smde.outputs.docx import STYLES_DE_BLOC, STYLES_DE_MOTS
from smde.outputs.reference import reference, tint
from smde.outputs.word.body import CAPTIONS
from smde.outputs.word.tables import HEADER, ROW_HEADER, TEXT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLEU, OCRE = "#0b3c5d", "#a63d00"


def part(name: str, couleur: str = BLEU, accent: str = OCRE) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(reference(couleur, accent))) as archive:
        return etree.fromstring(archive.read(name))


def styles() -> dict[str, etree._Element]:
    return {style.get(f"{W}styleId"): style for style in part("word/styles.xml").iter(f"{W}style")}


def test_the_reference_document_is_the_same_each_time() -> None:
    first = reference(BLEU, OCRE)
    reference.cache_clear()
    assert reference(BLEU, OCRE) == first


def test_every_style_the_writers_ask_for_is_there() -> None:
    names = {style.find(f"{W}name").get(f"{W}val") for style in styles().values()}
    assert names >= {*STYLES_DE_BLOC.values(), *STYLES_DE_MOTS.values()}
    assert styles().keys() >= {
        *CAPTIONS,
        HEADER,
        ROW_HEADER,
        TEXT,
        "Title",
        "Subtitle",
        "TOCHeading",
        "Header",
        "Footer",
    }


def test_no_style_is_defined_twice_and_none_rests_on_an_unknown_one() -> None:
    tree = part("word/styles.xml")
    idents = [style.get(f"{W}styleId") for style in tree.iter(f"{W}style")]
    assert len(idents) == len(set(idents))
    for tag in ("basedOn", "next", "link"):
        assert {node.get(f"{W}val") for node in tree.iter(f"{W}{tag}")} <= set(idents)


def test_headings_are_numbered_by_a_list_linked_to_their_styles() -> None:
    numbering = part("word/numbering.xml")
    linked = {node.get(f"{W}val"): node.getparent().get(f"{W}ilvl") for node in numbering.iter(f"{W}pStyle")}
    assert linked == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}
    for name, level in linked.items():
        properties = styles()[name].find(f"{W}pPr/{W}numPr")
        assert properties.find(f"{W}ilvl").get(f"{W}val") == level
        assert properties.find(f"{W}numId").get(f"{W}val") == "1"


def test_headings_and_captions_of_tables_stay_with_what_follows() -> None:
    for name in ("Heading1", "Heading2", "Heading3", "Heading4", "TableCaption", "CaptionedFigure"):
        assert styles()[name].find(f"{W}pPr/{W}keepNext") is not None, name


def test_the_language_is_french_everywhere() -> None:
    assert part("word/styles.xml").find(f".//{W}lang").get(f"{W}val") == "fr-FR"
    assert part("word/settings.xml").find(f"{W}themeFontLang").get(f"{W}val") == "fr-FR"


def test_the_colours_are_those_of_the_authority() -> None:
    used = {node.get(f"{W}val") for node in part("word/styles.xml", "#123456", "#ABCDEF").iter(f"{W}color")}
    assert "123456" in used and "ABCDEF" in used and "0B3C5D" not in used


def test_no_placeholder_is_left() -> None:
    with zipfile.ZipFile(io.BytesIO(reference(BLEU, OCRE))) as archive:
        assert not any(b"{{" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(("part_of_it", "expected"), [(0, "FFFFFF"), (1, "0B3C5D"), (0.5, "859EAE")])
def test_a_tint_is_the_colour_diluted_in_white(part_of_it: float, expected: str) -> None:
    assert tint(BLEU, part_of_it) == expected


def test_text_stays_readable_on_the_tints() -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text, ground in (("0B3C5D", tint(BLEU, 0.09)), ("000000", tint(OCRE, 0.07)), ("FFFFFF", "0B3C5D")):
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_it_can_be_written_to_start_a_model_from(tmp_path: Path) -> None:
    model = tmp_path / "modele.docx"
    subprocess.run([sys.executable, "-m", "smde.outputs.reference", str(model)], check=True)
    assert model.read_bytes() == reference(BLEU, OCRE)
