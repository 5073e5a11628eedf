"""The checks of a Word file find each fault they are meant to find, and say nothing of a sound file."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from smde import arbre
from smde.arbre import Document, Figure
from smde.outputs import docx
from tests.controle_word import fautes

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="4" height="4"/></svg>'
CORPS = "word/document.xml"
Change = Callable[[bytes], bytes]


@cache
def sain() -> dict[str, bytes]:
    """The parts of a sound file that has a bit of everything."""
    source = arbre.note([arbre.para([arbre.lien("https://www.insee.fr/", "Insee", ["externe"])])])
    blocs = (
        arbre.titre(1, "Friches", "friches"),
        arbre.para([*arbre.mots("37 ha, voir "), arbre.lien_element("port", "le port"), source]),
        arbre.titre(1, "Port", "port"),
        arbre.tableau("Surfaces", ["Quartier", "Hectares"], [["Port", "12"], ["Gare", "25"]]),
        arbre.image(Figure("f", SVG, "Friches par quartier", "Le port : 12 ; la gare : 25.")),
        arbre.image(Figure("g", SVG, "Friches par année", "Stables depuis 2020.")),
        arbre.puces(["étude", "travaux"]),
    )
    figures = {nom: Figure(nom, SVG, nom, "Un dessin.") for nom in "fg"}
    document = Document("note", "Note", blocs, auteur="Valmer métropole", date="2026-01-15", figures=figures)
    with TemporaryDirectory() as folder:
        docx.write(document, Path(folder, "note.docx"))
        with zipfile.ZipFile(Path(folder, "note.docx")) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def refait(parts: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def change(name: str, before: str, after: str, times: int = 1) -> dict[str, bytes]:
    """The sound file with one thing changed in one part."""
    assert before.encode() in sain()[name], f"{before} is not in {name}"
    return {**sain(), name: sain()[name].replace(before.encode(), after.encode(), times)}


def test_a_sound_file_has_nothing_wrong() -> None:
    assert fautes(refait(list(sain().items()))) == []


RELATIONS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("part", "juste", "faux", "dit"),
    [
        (CORPS, "<w:body>", "<w:body", "XML illisible"),
        (CORPS, "<w:document", "<!DOCTYPE x><w:document", "DOCTYPE"),
        (CORPS, 'w:name="port"', 'w:name="FRICHES"', "nom de signet en double : friches"),
        (CORPS, 'w:name="port"', 'w:name="le port"', "nom de signet refusé par Word : le port"),
        (CORPS, 'w:name="port"', 'w:name="' + "p" * 41 + '"', "nom de signet refusé par Word"),
        (CORPS, 'w:anchor="port"', 'w:anchor="gare"', "renvoi vers un signet absent : gare"),
        (CORPS, " SEQ Tableau", " PAGEREF _Toc00000009", "renvoi vers un signet absent : _Toc00000009"),
        (CORPS, '<w:bookmarkEnd w:id="1"/>', "", "signet sans fin : word/document.xml 1"),
        (CORPS, '<w:bookmarkEnd w:id="1"/>', '<w:bookmarkEnd w:id="99"/>', "signet sans début : word/document.xml 99"),
        (CORPS, '<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"', "numéro de signet en double"),
        (CORPS, 'id="2" name="Figure 2"', 'id="1" name="Figure 2"', "numéro de dessin en double : 1"),
        (CORPS, 'descr="Un dessin."', 'descr=" "', "dessin sans texte"),
        (CORPS, "<w:footnoteReference w:id=", '<w:footnoteReference w:id="99" w:x=', "footnote absent : 99"),
        (CORPS, 'w:val="TableCaption"', 'w:val="Legende"', "style absent : Legende"),
        (CORPS, "<w:tblGrid>", "<w:tblGrid><w:gridCol/>", "rangée qui n’a pas 3 colonnes"),
        (CORPS, "</w:p></w:tc>", "</w:p><w:bookmarkStart/></w:tc>", "cellule qui ne finit pas par un paragraphe"),
        (CORPS, 'r:embed="', 'r:embed="x', "relation citée et absente"),
        (CORPS, "<w:body>", "<!-- /home/elise/strategie.yml --><w:body>", "chemin dans word/document.xml"),
        (CORPS, 'descr="Un dessin."', 'descr="/tmp/smde-1/f.png"', "chemin dans word/document.xml : /tmp"),
        ("word/styles.xml", 'w:styleId="Title"', 'w:styleId="Subtitle"', "style en double : Subtitle"),
        ("word/styles.xml", 'w:val="heading 1"', 'w:val="Heading 2"', "style en double : heading 2"),
        ("word/footnotes.xml", 'w:id="-1"', 'w:id="0"', "footnote en double : 0"),
        (RELATIONS, 'Target="styles.xml"', 'Target="style.xml"', "partie absente : word/document.xml → style.xml"),
        (RELATIONS, "</Relationships>", '<Relationship Id="t" Type="x/attachedTemplate" Target="file:///C:/m.dotx" '
         'TargetMode="External"/></Relationships>', "relation vers le dehors : attachedTemplate"),
        ("docProps/core.xml", "<dc:title>", "<dc:title>Note</dc:title><dc:title>", "propriété en double : title"),
        ("docProps/core.xml", "<dc:title>", "<cp:lastModifiedBy>Élise</cp:lastModifiedBy><dc:title>", "de l’usager"),
        ("docProps/core.xml", "<dc:title>", "<dc:title>C:\\\\Users\\\\elise", "chemin dans docProps/core.xml"),
        ("docProps/app.xml", ">smde<", ">pandoc 3.7<", "outil dans docProps/app.xml : pandoc 3.7"),
        ("[Content_Types].xml", "/word/styles.xml", "/word/style.xml", "partie annoncée et absente : word/style.xml"),
    ],
)  # fmt: skip
def test_each_fault_is_found(part: str, juste: str, faux: str, dit: str) -> None:
    found = fautes(refait(list(change(part, juste, faux).items())))
    assert any(dit in fault for fault in found), found


def test_a_bookmark_that_ends_before_it_begins_is_found() -> None:
    body = sain()[CORPS].decode()
    start, end = '<w:bookmarkStart w:id="1"', '<w:bookmarkEnd w:id="1"/>'
    moved = body.replace(end, "").replace(start, end + start)
    assert "signet fini avant de commencer : word/document.xml 1" in fautes(
        refait(list({**sain(), CORPS: moved.encode()}.items()))
    )


def test_a_part_written_twice_and_one_without_a_type_are_found() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = refait([*sain().items(), (CORPS, sain()[CORPS])])
    assert f"partie en double : {CORPS}" in fautes(twice)
    assert "partie sans type : word/notes.bin" in fautes(refait([*sain().items(), ("word/notes.bin", b"x")]))


def test_a_part_named_after_a_tool_or_a_folder_is_found() -> None:
    for name in ("word/media/pandoc.png", "home/elise/f.png"):
        assert f"nom de partie : {name}" in fautes(refait([*sain().items(), (name, b"x")]))
