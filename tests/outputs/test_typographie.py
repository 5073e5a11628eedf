"""The same typography in Word, in the PDF and on the site, of what people type, of templates and of dates."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from smde import arbre, ecriture
from smde.arbre import Document
from smde.outputs import docx, html, pdf
from tests import lecture_pdf, lecture_site, lecture_word
from tests.rendu import verser

Petit = Callable[..., Document]
TAPE = (
    'L\'accord du 1er janvier 2015 : "un cap", dit-on... Au XXIe siècle, la 2e phase coûte 1200 € ; et après ?',
    "Voir la 3e réunion, article L. 4251-17, 220 millions d'euros.",
)
ECRIT = (
    "L’accord du 1er\u00a0janvier 2015\u00a0: «\u00a0un cap\u00a0», dit-on… Au XXIe\u00a0siècle, la 2e phase coûte "
    "1200\u00a0€\u202f; et après\u202f?",
    "Voir la 3e réunion, article\u00a0L. 4251-17, 220\u00a0millions d’euros.",
)


def document(petit: Petit) -> Document:
    blocs = [bloc for texte in TAPE for bloc in arbre.texte(texte, lambda _: None)]
    return petit(arbre.titre(1, "Le 1er cap"), *blocs, arbre.para(ecriture.jour(date(2015, 5, 1))))


def test_the_three_formats_write_the_same_characters(petit: Petit, tmp_path: Path) -> None:
    made = document(petit)
    docx.write(made, tmp_path / "note.docx")
    pdf.write(made, tmp_path / "note.pdf")
    wanted = ["Le 1er cap", *ECRIT, "1er\u00a0mai 2015"]
    assert lecture_word.lire((tmp_path / "note.docx").read_bytes()).corps() == wanted
    assert lecture_pdf.lire((tmp_path / "note.pdf").read_bytes()).corps() == wanted
    assert lecture_site.mots(made) == wanted


def test_the_end_of_an_ordinal_is_above_the_line_in_each(petit: Petit, tmp_path: Path) -> None:
    made = document(petit)
    docx.write(made, tmp_path / "note.docx")
    page = html.render(made.blocs, lambda _: None)
    for piece in ("1<sup>er</sup>\u00a0janvier", "XXI<sup>e</sup>", "2<sup>e</sup> phase", "1<sup>er</sup>\u00a0mai"):
        assert piece in page.html
    assert [words for _, _, words in page.titres] in ([], ["Le 1er cap"])
    word = lecture_word.relevees((tmp_path / "note.docx").read_bytes())
    assert word == ["er", "er", "e", "e", "e", "er"]
    assert pdf.sources(made)["main.typ"].count("#super[") == len(word)


def test_a_template_and_what_it_pours_have_them_too(tmp_path: Path) -> None:
    poured = verser(tmp_path, "Le 1er du mois : {{ jour(d) }} et {{ montant(m) }}", d=date(2020, 6, 1), m=1_200_000)
    (paragraph,) = poured.blocs
    assert arbre.texte_brut(paragraph).strip() == "Le 1er du mois\u00a0: 1er\u00a0juin 2020 et 1,2\u00a0M€"
    assert str(paragraph).count("'Superscript'") == 2


def test_a_code_of_element_and_an_address_are_left_alone() -> None:
    (block,) = arbre.texte("Action A-02e, [site](https://exemple.fr/2e?a=b;c) et `A-07`.", lambda _: None)
    assert "Superscript" not in str(block)
    assert "https://exemple.fr/2e?a=b;c" in str(block)
