"""Two documents in one: without what came it is the former, without what went the new one, and the rest is unmarked."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde import arbre, pages
from smde.arbre import Document, Node, Nodes
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.gabarits import Gabarits
from smde.instantane import prendre, vers_edition
from smde.model.champ import INTERNE
from smde.model.identite import Livrable
from smde.outputs import pandoc
from smde.revisions import fondu
from smde.revisions.marques import AJOUT, RETRAIT, delies
from tests.conftest import VALMER, Fichiers, ecrire
from tests.generation import dossiers
from tests.rendu import DATE, MACROS
from tests.revisions.lecture import lignes, marques_de

FRICHES = "schema/actions/requalifier-friches.yml"


def lu(files: Fichiers) -> Edition:
    with TemporaryDirectory() as folder:
        return edition(charger(ecrire(Path(folder), files)), INTERNE, DATE)


def livrable(une: Edition, nom: str = "") -> Document:
    found = une.tous(Livrable)
    return pages.livrable(Gabarits(MACROS, une, pandoc.read), une.element(nom, Livrable) if nom else found[0])


def document(*blocs: Node) -> Document:
    return Document("d", "Document", blocs)


def verifie(avant: Document, apres: Document) -> list[tuple[str, str]]:
    merged = list(fondu(avant, apres).blocs)
    assert lignes(merged, RETRAIT) == lignes(list(apres.blocs))
    assert lignes(merged, AJOUT) == lignes(list(avant.blocs))
    return marques_de(merged)


MOTS = st.sampled_from(["la", "rade", "et", "le", "port", "de", "commerce", "accueillent", "douze", "lots"])
LIGNES = st.lists(MOTS, max_size=9).map(lambda words: arbre.mots(" ".join(words)))
PARAGRAPHES = LIGNES.map(arbre.para)
TABLEAUX = st.lists(st.tuples(LIGNES, LIGNES), min_size=1, max_size=4).map(
    lambda rows: arbre.tableau(arbre.mots("Lots"), [arbre.mots("Lieu"), arbre.mots("ha")], [list(row) for row in rows])
)
LISTES = st.lists(LIGNES, min_size=1, max_size=4).map(
    lambda items: arbre.puces([[arbre.plain(item)] for item in items])
)
ARBRES = st.lists(PARAGRAPHES | TABLEAUX | LISTES, max_size=6)


@given(ARBRES, ARBRES)
def test_both_documents_are_in_the_merged_one(avant: Nodes, apres: Nodes) -> None:
    verifie(document(*avant), document(*apres))


@given(ARBRES)
def test_a_document_that_did_not_change_shows_no_mark(blocs: Nodes) -> None:
    assert verifie(document(*blocs), document(*blocs)) == []


@settings(max_examples=6)
@given(dossiers(), dossiers())
def test_both_documents_of_random_dossiers_are_in_the_merged_one(un: Fichiers, autre: Fichiers) -> None:
    before, after = lu(un), lu(autre)
    for one in after.tous(Livrable)[:1]:
        new = pages.livrable(Gabarits(MACROS, after, pandoc.read), one)
        verifie(livrable(before) if before.tous(Livrable) else document(), new)


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("**douze lots**", "**dix lots**", [(RETRAIT, "douze"), (AJOUT, "dix")]),
        ("Entreprises de la réparation navale", "Entreprises de réparation navale", [(RETRAIT, "la ")]),
        ("montant: 800000, taxe: HT, section", "montant: 900000, taxe: HT, section", [
            (RETRAIT, "800\u202f000\u00a0€"), (AJOUT, "900\u202f000\u00a0€"),
        ]),
    ],
)  # fmt: skip
def test_only_the_words_that_changed_are_marked(
    fichiers_valmer: Fichiers, old: str, new: str, marks: list[tuple[str, str]]
) -> None:
    text = str(fichiers_valmer[FRICHES])
    assert text.count(old) == 1
    before = livrable(lu(fichiers_valmer))
    found = verifie(before, livrable(lu({**fichiers_valmer, FRICHES: text.replace(old, new)})))
    assert found[: len(marks)] == marks


def test_a_row_that_came_is_marked_whole_and_the_others_not_at_all() -> None:
    def table(*rows: tuple[str, str]) -> Node:
        cells = [[arbre.mots(cell) for cell in row] for row in rows]
        return arbre.tableau(arbre.mots("Lots"), [arbre.mots("Lieu"), arbre.mots("Surface")], cells)

    before = document(table(("Quai nord", "3 ha"), ("Quai sud", "4 ha")))
    after = document(table(("Quai nord", "3 ha"), ("Polder", "14 ha"), ("Quai sud", "4 ha")))
    assert verifie(before, after) == [(AJOUT, "Polder"), (AJOUT, "14\u00a0ha")]


def test_tables_of_other_columns_are_two_tables() -> None:
    one = arbre.tableau(arbre.mots("Lots"), [arbre.mots("Lieu")], [[arbre.mots("Quai nord")]])
    other = arbre.tableau(
        arbre.mots("Lots"), [arbre.mots("Lieu"), arbre.mots("ha")], [[arbre.mots("Quai nord"), arbre.mots("3")]]
    )
    verifie(document(one), document(other))
    merged = fondu(document(one), document(other)).blocs
    assert [bloc["t"] for bloc in merged] == ["Table", "Table"]


def test_a_drawing_that_changed_leaves_the_former_one_beside() -> None:
    def page(svg: str) -> Document:
        figure = arbre.Figure("courbe", svg, "Courbe", "La courbe monte.")
        image = {"t": "Image", "c": [["", [], []], [], ["figure:courbe", ""]]}
        return Document("d", "Document", (arbre.para([image]),), figures={"courbe": figure})

    same = fondu(page("<svg>1</svg>"), page("<svg>1</svg>"))
    assert list(same.figures) == ["courbe"] and marques_de(list(same.blocs)) == []
    merged = fondu(page("<svg>1</svg>"), page("<svg>2</svg>"))
    assert {nom: figure.svg for nom, figure in merged.figures.items()} == {
        "courbe": "<svg>2</svg>",
        "avant-courbe": "<svg>1</svg>",
    }
    assert str(merged.blocs).count("figure:avant-courbe") == 1


def test_an_anchor_stands_once_whatever_went() -> None:
    before = document({"t": "Header", "c": [2, ["A-07", [], []], arbre.mots("Requalifier les friches")]})
    after = document({"t": "Header", "c": [3, ["A-07", [], []], arbre.mots("Tout autre chose")]})
    merged = fondu(before, after).blocs
    assert str(merged).count("A-07") == 1


def test_what_went_leads_nowhere_in_a_pdf() -> None:
    link = arbre.lien("https://exemple.fr", "le relevé")
    merged = list(fondu(document(arbre.para([*arbre.mots("Voir "), link])), document(arbre.para("Voir"))).blocs)
    assert "https://exemple.fr" in str(merged)
    assert "https://exemple.fr" not in str(delies(merged[0]["c"]))


def test_an_edition_made_again_from_its_snapshot_makes_the_same_document() -> None:
    trimmed = edition(charger(VALMER), INTERNE, DATE)
    again = vers_edition(prendre(trimmed, "juin"))
    assert prendre(again, "juin") == prendre(trimmed, "juin")
    assert verifie(livrable(trimmed), livrable(again)) == []
