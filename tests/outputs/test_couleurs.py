"""The authority's colours, whatever they are, can be read on every ground of the site."""

import re
from xml.etree import ElementTree

import pytest

from smde.outputs.couleurs import CLAIR, SOMBRE, contraste, feuille, lisible, pictogramme

CHOISIES = ("#0b3c5d", "#a63d00", "#ffff00", "#ffffff", "#000000", "#7f7f7f", "#00ff00", "#ff00ff", "#fed", "#1d70b8")


def test_the_contrast_is_the_one_of_wcag() -> None:
    assert contraste("#000000", "#ffffff") == pytest.approx(21)
    assert contraste("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contraste("#ffffff", "#777777") == contraste("#777777", "#ffffff")
    assert contraste("#abc", "#aabbcc") == pytest.approx(1)


@pytest.mark.parametrize("fond", [CLAIR["fond"], CLAIR["surface"], SOMBRE["fond"], SOMBRE["surface"]])
@pytest.mark.parametrize("couleur", CHOISIES)
def test_any_colour_becomes_readable(couleur: str, fond: str) -> None:
    assert contraste(lisible(couleur, fond), fond) >= 4.5
    assert re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", lisible(couleur, fond))


def test_a_colour_already_readable_is_left_as_chosen() -> None:
    assert lisible("#0b3c5d", "#ffffff") == "#0b3c5d"


@pytest.mark.parametrize("fond", [CLAIR, SOMBRE])
def test_our_own_words_can_be_read_on_both_grounds(fond: dict[str, str]) -> None:
    for name in ("encre", "doux", "vert", "ambre", "rouge"):
        assert contraste(fond[name], fond["fond"]) >= 4.5
        assert contraste(fond[name], fond["surface"]) >= 4.5


@pytest.mark.parametrize("couleur", CHOISIES)
def test_the_sheet_has_a_light_a_dark_and_a_printed_palette(couleur: str) -> None:
    sheet = feuille(couleur, couleur)
    assert sheet.count("--couleur:") == sheet.count("--accent:") == sheet.count("--bandeau:") == 3
    for bandeau in re.findall(r"--bandeau:(#\w+)", sheet):
        assert contraste(bandeau, "#ffffff") >= 4.5


@pytest.mark.parametrize(
    ("nom", "lettre"), [("Brest métropole", "B"), ("« école »", "É"), ("<script>", "S"), ("", "S"), ("& Cie", "C")]
)
def test_the_picture_of_the_tab_is_the_initial(nom: str, lettre: str) -> None:
    drawing = ElementTree.fromstring(pictogramme("#ffff00", nom))
    assert [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")] == [lettre]
