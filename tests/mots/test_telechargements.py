"""Files to take away are named in full."""

from tests.mots.lecture import INTERIEUR, items
from tests.rendu import element, mots, paroles, simple


def test_files_to_take_away_are_named_in_full() -> None:
    words = mots(INTERIEUR)
    livrable = element(
        "livrable", "note", titre="Note d'étape", lecteur="Élus", modele="note", formats=["docx", "pdf", "odt"]
    )
    formats = words.noms()["formats"](livrable)
    assert [simple(paroles(link)) for link in formats] == ["Note d'étape (Word)", "Note d'étape (PDF)"]
    assert [link.nodes[0]["c"][2][0] for link in formats] == [
        "fichier:documents/note.docx",
        "fichier:documents/note.pdf",
    ]
    assert items(INTERIEUR, "donnees_ouvertes") == ["Toute la stratégie (JSON), décrite par son schéma JSON"]
    assert items(INTERIEUR, "series") == ["Emploi salarié privé (CSV)", "Part des bureaux vacants (CSV)"]


def test_under_its_title_a_document_is_named_by_its_format() -> None:
    livrable = element("livrable", "note", lecteur="Élus", modele="note", formats=["docx", "pdf", "odt"])
    formats = mots(INTERIEUR).noms()["formats_courts"](livrable)
    assert [simple(paroles(link)) for link in formats] == ["Word", "PDF"]
