"""The door to Typst: a child process, its own fonts, no network, no file outside its folder."""

import datetime
from pathlib import Path

import pytest

from smde.outputs import typst
from smde.outputs.outil import OutilEnEchec

JOUR = datetime.date(2026, 11, 22)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">{}</svg>'


def compose(body: str, **files: str) -> bytes:
    return typst.pdf({"main.typ": f'#set document(title: "t")\n{body}', **files}, JOUR, [])


def test_a_pdf_is_composed_from_its_sources() -> None:
    assert compose('#import "b.typ": mot\n#mot', **{"b.typ": "#let mot = [vacance]"}).startswith(b"%PDF-")


def test_drawings_become_pictures_in_the_order_given() -> None:
    wide, high = SVG.format(""), SVG.replace("80 40", "40 80").format("")
    sizes = [(png[16:20], png[20:24]) for png in typst.pictures([wide, high], 144)]
    assert [(int.from_bytes(w), int.from_bytes(h)) for w, h in sizes] == [(120, 60), (60, 120)]


def test_no_drawing_means_no_picture_and_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst.sys, "executable", "/introuvable")
    assert typst.pictures([], 144) == []


def test_more_than_nine_drawings_keep_their_order() -> None:
    drawings = [SVG.replace("80 40", f"{100 + 10 * rank} 40").format("") for rank in range(12)]
    widths = [int.from_bytes(png[16:20]) for png in typst.pictures(drawings, 72)]
    assert widths == sorted(widths) and len(set(widths)) == 12


def test_the_text_of_a_drawing_is_drawn_in_the_font_of_the_documents() -> None:
    texts = [SVG.format(f'<text x="2" y="20" {font}>Emploi</text>') for font in ("", 'font-family="sans-serif"')]
    blank, *drawn = typst.pictures([SVG.format(""), *texts], 144)
    assert drawn[0] == drawn[1] != blank


def test_a_file_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with pytest.raises(OutilEnEchec, match="Typst a échoué"):
        compose(f'#read("../../../../{secret}")')


def test_a_package_is_never_fetched() -> None:
    with pytest.raises(OutilEnEchec, match="Typst a échoué"):
        compose('#import "@preview/example:0.1.0": add')


def test_an_error_does_not_say_where_the_work_was_done() -> None:
    with pytest.raises(OutilEnEchec) as caught:
        compose("#panic()")
    assert "smde-" not in str(caught.value) and "main.typ" in str(caught.value)


def test_a_source_that_never_ends_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "SECONDES", 1)
    with pytest.raises(OutilEnEchec, match="Typst n’a pas terminé en 1 secondes"):
        compose("#for a in range(4000) { for b in range(4000) { for c in range(4000) {} } }")


def test_a_source_that_wants_all_the_memory_does_not_take_the_program_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typst, "MEMOIRE", 1 << 30)
    with pytest.raises(OutilEnEchec, match="Typst a échoué"):
        compose('#let s = "x" * 1000\n#let t = range(25).fold(s, (a, _) => a + a)\n#t.len()')


def test_each_face_of_the_fonts_is_given_once(tmp_path: Path) -> None:
    typst.copy_fonts(tmp_path / "polices")
    names = sorted(path.name for path in (tmp_path / "polices").iterdir())
    assert len(names) == 12 and all(name.endswith(".ttf") for name in names)
    assert "SourceSansPro-Regular.ttf" in names and "SourceSerifPro-BoldIt.ttf" in names
