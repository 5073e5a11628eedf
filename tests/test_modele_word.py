"""The authority's Word model as it is read: which one is taken, which is refused, and what a copy can put right."""

import pytest

from smde.fichier_word import FichierRefuse
from smde.modele_word import lire, nom_canonique, titres
from tests.outputs.modeles_word import change, charte, detache, paquet, parties, relations, sobre, types

CHARTE = detache(charte())


def refus(octets: bytes, *, reparer: bool = False) -> FichierRefuse:
    with pytest.raises(FichierRefuse) as refused:
        lire(octets, reparer=reparer)
    return refused.value


@pytest.mark.parametrize(
    ("nom", "canonique"),
    [
        ("heading 1", "heading 1"), ("Heading 1", "heading 1"), ("Titre 1", "heading 1"), ("TITRE  1", "heading 1"),
        ("Corps de texte", "body text"), ("Légende", "caption"), ("TM 2", "toc 2"), ("Pied de page", "footer"),
        ("Titre", "title"), ("Encadré bleu", "encadré bleu"),
    ],
)  # fmt: skip
def test_a_style_is_known_by_its_english_or_its_french_name(nom: str, canonique: str) -> None:
    assert nom_canonique(nom) == canonique


def test_a_model_says_which_headings_it_has() -> None:
    assert titres(lire(sobre())) == [1, 2, 3]
    assert titres(lire(CHARTE)) == [1, 2]


def test_a_model_names_its_parts_and_gives_a_fresh_tree_each_time() -> None:
    modele = lire(CHARTE)
    assert modele.partie("styles") == "word/styles.xml" and modele.partie("theme") == "word/theme/theme1.xml"
    assert lire(sobre()).partie("numbering") == ""
    first = modele.arbre("word/styles.xml")
    first.clear()
    assert len(modele.arbre("word/styles.xml"))


def test_a_template_file_is_taken_as_a_document_is() -> None:
    dotx = paquet({**parties(sobre()), "[Content_Types].xml": types("styles", main="template.main")})
    assert titres(lire(dotx)) == [1, 2, 3]


def test_a_model_attached_to_another_is_refused_but_a_copy_can_be_made() -> None:
    refused = refus(charte())
    assert "est rattaché à un autre modèle (« file:///S:\\Communication\\Modeles\\Ponant.dotx »)" in refused.message
    assert refused.reparable and "--completer" in refused.aide
    assert lire(charte(), reparer=True).rattache.endswith("Ponant.dotx")


@pytest.mark.parametrize(
    "address", ["https://modeles.example/charte.dotx", "file:///\\\\serveur\\modeles\\charte.dotm"]
)
def test_a_model_that_would_be_fetched_from_elsewhere_is_refused_wherever_that_is(address: str) -> None:
    parts = parties(charte())
    parts["word/_rels/settings.xml.rels"] = relations(("rId1", "attachedTemplate", address)).encode()
    assert address in refus(paquet(parts)).message


def test_a_model_without_heading_style_is_refused_but_a_copy_can_be_made() -> None:
    parts = parties(sobre())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'"Titre ', b'"Rubrique ')
    refused = refus(paquet(parts))
    assert "n'a pas de style « Titre 1 »" in refused.message and refused.reparable
    assert "Donnez le style « Titre 1 » à un paragraphe" in refused.aide
    assert titres(lire(paquet(parts), reparer=True)) == []


def test_a_file_without_any_style_is_refused() -> None:
    parts = parties(sobre())
    parts["word/_rels/document.xml.rels"] = relations().encode()
    assert refus(paquet(parts), reparer=True).message == "ne contient aucun style"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("rId1", "image", "file:///C:/jlegall/logo.png"), "Son en-tête montre « file:///C:/jlegall/logo.png »"),
        (("rId1", "oleObject", "embeddings/feuille.xlsx"), "Son en-tête contient un objet incorporé (« oleObject »)"),
        (("rId1", "image", "media/disparue.png"), "Son en-tête contient un objet incorporé"),
    ],
)  # fmt: skip
def test_a_header_that_shows_what_cannot_be_taken_is_refused_with_what_to_do(
    call: tuple[str, str, str], words: str
) -> None:
    parts = parties(CHARTE)
    parts["word/_rels/header2.xml.rels"] = relations(call).encode()
    refused = refus(paquet(parts), reparer=True)
    assert words in refused.message
    assert "image" in refused.aide and not refused.reparable


@pytest.mark.parametrize("part", ["styles", "numbering", "settings", "header1", "footer1"])
def test_a_part_that_is_no_xml_is_named(part: str) -> None:
    parts = parties(CHARTE)
    parts[f"word/{part}.xml"] = b"<w:styles"
    assert refus(paquet(parts)).message == f"est abîmé (partie « word/{part}.xml »)"


def test_macros_are_refused_and_no_copy_is_offered() -> None:
    refused = refus(paquet({**parties(sobre()), "word/vbaProject.bin": b"\0"}), reparer=True)
    assert refused.message == "contient des macros" and not refused.reparable


def test_a_style_under_a_french_name_alone_counts_as_a_heading() -> None:
    english = change(sobre(), styles=('w:val="Titre 1"', 'w:val="heading 1"'))
    assert titres(lire(english)) == titres(lire(sobre()))
