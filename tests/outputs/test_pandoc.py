"""The door to pandoc: trees in, formats out, nothing read from the machine."""

import re
from pathlib import Path

import pytest

from smde import arbre
from smde.outputs import outil, pandoc
from smde.outputs.outil import OutilEnEchec


def test_blocks_come_out_in_the_format_asked_for() -> None:
    assert pandoc.convert([arbre.para([arbre.fort("vacance")])], "html") == "<p><strong>vacance</strong></p>\n"


def test_a_long_line_is_not_folded() -> None:
    assert pandoc.convert([arbre.para("mot " * 100 + "fin")], "plain").count("\n") == 1


def test_a_binary_format_comes_out_whole() -> None:
    assert pandoc.convert_bytes([arbre.para("vacance")], "docx").startswith(b"PK\x03\x04")


def test_a_template_is_read_as_a_tree() -> None:
    [heading, paragraphe] = pandoc.read("# Enjeux {#enjeux}\n\nUn *mot*.", "commonmark+attributes")
    assert heading["c"][1][0] == "enjeux"
    assert [node["t"] for node in paragraphe["c"]] == ["Str", "Space", "Emph", "Str"]


def test_what_is_read_can_be_written_again() -> None:
    text = "# Enjeux\n\n- un\n- deux\n"
    assert pandoc.convert(pandoc.read(text, "commonmark"), "commonmark") == text


def test_no_file_of_the_machine_enters_an_output(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG secret")
    picture = {"t": "Image", "c": [arbre.SANS_ATTRIBUT, arbre.mots("x"), [str(secret), ""]]}
    made = pandoc.convert_bytes([arbre.para([picture])], "docx")
    assert b"secret.png" not in made and b"media/" not in made


def test_the_templates_of_the_user_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = tmp_path / "pandoc" / "templates"
    templates.mkdir(parents=True)
    (templates / "default.html5").write_text("AUTRE GABARIT")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert "AUTRE GABARIT" not in pandoc.convert([arbre.para("oui")], "html", "--standalone")


def test_a_tree_pandoc_does_not_understand_is_told_in_french() -> None:
    with pytest.raises(OutilEnEchec, match=r"^pandoc a échoué \(code \d+\) : "):
        pandoc.convert([{"t": "Inconnu", "c": []}], "html")


def test_pandoc_does_not_run_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(nom: str, command: list[str], **options: object) -> bytes:
        return outil.run(nom, ["sleep", "5"], secondes=0)

    monkeypatch.setattr(pandoc, "run", late)
    with pytest.raises(OutilEnEchec, match="pandoc n’a pas terminé"):
        pandoc.convert([arbre.para("oui")], "html")


def test_only_one_module_knows_pandoc_and_one_knows_typst() -> None:
    package = Path(pandoc.__file__).parent.parent
    importers = {
        tool: [
            path.name
            for path in package.rglob("*.py")
            if re.search(rf"^ *(?:import|from) {tool}\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        ]
        for tool in ("pypandoc", "typst")
    }
    assert importers == {"pypandoc": ["pandoc.py"], "typst": ["typst.py"]}
