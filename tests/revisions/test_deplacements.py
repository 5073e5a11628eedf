"""What moved is marked as moved, at both places, under one number; what only looks like it went and came."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre
from smde.arbre import Document, Node, Nodes, texte_brut
from smde.revisions import fondu
from smde.revisions.marques import AJOUT, ARRIVEE, DEPART, RETRAIT, delies
from smde.revisions.numeros import deplace
from smde.revisions.reconnues import en_ordre
from tests.conftest import Fichiers
from tests.revisions.lecture import marques_de
from tests.revisions.test_arbres import FRICHES, document, livrable, lu, verifie

POLDER = "Le polder accueille les éoliennes en mer et garde une réserve de quatorze hectares."
SOUDURE = "L'école de soudure forme chaque année soixante personnes du Pays de Valmer."
LIAISON = "La liaison ferroviaire du port n'a plus transporté de marchandises depuis 2011."
FRICHE = "Le site des anciennes conserveries est sans usage, ses sols ne sont pas dépollués."


def paras(*textes: str) -> Document:
    return document(*map(arbre.para, textes))


def titre(texte: str, ident: str = "", niveau: int = 2) -> Node:
    return arbre.titre(niveau, texte, ident or arbre.slug(texte))


def tableau(*lieux: str) -> Node:
    rows = [[arbre.mots(lieu), arbre.mots("3 ha")] for lieu in lieux]
    return arbre.tableau(arbre.mots("Lots à viabiliser"), [arbre.mots("Lieu"), arbre.mots("Surface")], rows)


def bouges(marks: list[tuple[str, str]], sort: str, numero: int | str = 1) -> list[str]:
    """The words of one end of a move."""
    return [words for kind, words in marks if kind == f"{sort}{numero}"]


def test_a_paragraph_that_moved_is_marked_at_both_places_and_nowhere_else() -> None:
    marks = verifie(paras(POLDER, SOUDURE, LIAISON, FRICHE), paras(SOUDURE, LIAISON, POLDER, FRICHE))
    said = texte_brut(arbre.mots(POLDER))
    assert marks == [("depart1", said), ("arrivee1", said)]


def test_the_lighter_of_two_that_change_places_is_the_one_that_moved() -> None:
    long = f"{POLDER} {LIAISON}"
    for old, new in ((paras(long, SOUDURE), paras(SOUDURE, long)), (paras(SOUDURE, long), paras(long, SOUDURE))):
        assert {words for _, words in verifie(old, new)} == {texte_brut(arbre.mots(SOUDURE))}


def test_short_words_that_stand_in_ten_places_never_move() -> None:
    rien = "Sans objet."
    old = paras(*[rien, POLDER, rien, SOUDURE, rien, LIAISON, rien])
    new = paras(*[POLDER, rien, rien, SOUDURE, LIAISON, rien, "À compléter."])
    assert {kind for kind, _ in verifie(old, new)} <= {AJOUT, RETRAIT}


def test_words_that_stand_twice_on_a_side_never_move() -> None:
    marks = verifie(paras(POLDER, SOUDURE, POLDER), paras(SOUDURE, POLDER, POLDER))
    assert {kind for kind, _ in marks} == {AJOUT, RETRAIT}


def section(nom: str, ident: str, texte: str, lieu: str) -> Nodes:
    blocs = [titre(nom, ident), arbre.para("À valider"), arbre.para(texte), titre("Contexte", f"contexte-{ident}", 3)]
    return [*blocs, arbre.para(f"Contexte propre à ceci : {texte}"), tableau(lieu, "Quai nord")]


PORT = section("Tenir les quais", "A-01", POLDER, "Polder")
ECOLE = section("Former des soudeurs", "A-02", SOUDURE, "Quai sud")
RAIL = section("Rouvrir la voie ferrée du port", "A-03", LIAISON, "Gare")


def test_the_section_of_an_element_moves_as_one_with_its_short_lines_and_its_titles() -> None:
    marks = verifie(document(*PORT, *ECOLE, *RAIL), document(*ECOLE, *RAIL, *PORT))
    left = ["Tenir les quais", "À valider", texte_brut(arbre.mots(POLDER)), "Contexte"]
    assert bouges(marks, DEPART)[:4] == bouges(marks, ARRIVEE)[:4] == left
    assert len(bouges(marks, DEPART)) == len(bouges(marks, ARRIVEE)) == 5
    assert {kind for kind, _ in marks} == {"depart1", "arrivee1", AJOUT, RETRAIT}


def test_the_rows_of_a_table_cannot_move_they_go_and_come() -> None:
    marks = verifie(document(*PORT, *ECOLE, *RAIL), document(*ECOLE, *RAIL, *PORT))
    for sort in (RETRAIT, AJOUT):
        found = bouges(marks, sort, numero="")
        assert {"Lots à viabiliser", "Lieu", "Polder", "Quai nord"} <= set(found)
        assert all(words in texte_brut([PORT[-1]]) for words in found)


def test_two_elements_that_moved_apart_are_two_moves_numbered_as_they_are_met() -> None:
    autres = [
        [titre(f"Action {lettre} du port de commerce", lettre), arbre.para(f"{lettre} : {FRICHE * 6}")]
        for lettre in "XYZ"
    ]
    x, y, z = autres
    marks = verifie(document(*PORT, *x, *y, *RAIL, *z), document(*x, *RAIL, *y, *z, *PORT))
    assert bouges(marks, DEPART, 1)[0] == bouges(marks, ARRIVEE, 1)[0] == "Tenir les quais"
    assert bouges(marks, DEPART, 2)[0] == bouges(marks, ARRIVEE, 2)[0] == "Rouvrir la voie ferrée du port"
    firsts = [kind for kind, _ in marks if kind not in (AJOUT, RETRAIT)]
    assert list(dict.fromkeys(firsts)) == ["depart1", "arrivee2", "depart2", "arrivee1"]


def test_what_also_changed_in_what_moved_went_from_one_place_and_came_to_the_other() -> None:
    changed = POLDER.replace("quatorze", "douze")
    marks = verifie(paras(POLDER, SOUDURE, LIAISON), paras(SOUDURE, LIAISON, changed))
    assert [(kind, words) for kind, words in marks if "arrivee" not in kind and kind != AJOUT] == [
        ("depart1", "Le polder accueille les éoliennes en mer et garde une réserve de "),
        (RETRAIT, "quatorze"),
        ("depart1", " hectares."),
    ]
    assert [words for kind, words in marks if kind in ("arrivee1", AJOUT)][1] == "douze"


def test_an_element_whose_title_changed_and_which_moved_is_known_by_its_code() -> None:
    renamed = [titre("Tenir les quais et les formes", "A-01"), *PORT[1:]]
    marks = verifie(document(*PORT, *ECOLE, *RAIL), document(*ECOLE, *RAIL, *renamed))
    assert bouges(marks, DEPART)[0] == bouges(marks, ARRIVEE)[0] == "Tenir les quais"
    assert (AJOUT, " et les formes") in marks


def test_a_paragraph_written_anew_elsewhere_did_not_move() -> None:
    other = "Le polder reçoit désormais des ateliers de réparation, sans réserve pour les éoliennes en mer."
    assert {kind for kind, _ in verifie(paras(POLDER, SOUDURE, LIAISON), paras(SOUDURE, LIAISON, other))} == {
        AJOUT,
        RETRAIT,
    }


def puces(*textes: str) -> Node:
    return arbre.puces([[arbre.plain(texte)] for texte in textes])


def test_an_item_moves_from_a_list_to_another_and_from_a_list_to_the_text() -> None:
    old = document(puces(POLDER, SOUDURE), arbre.para(LIAISON * 2), puces(FRICHE))
    said = texte_brut(arbre.mots(POLDER))
    for new in (
        document(puces(SOUDURE), arbre.para(LIAISON * 2), puces(FRICHE, POLDER)),
        document(puces(SOUDURE), arbre.para(LIAISON * 2), puces(FRICHE), arbre.para(POLDER)),
    ):
        assert verifie(old, new) == [("depart1", said), ("arrivee1", said)]


def test_a_box_and_what_it_holds_move_together() -> None:
    box = arbre.bloc(["avertissement"], [arbre.para(POLDER), puces("Sans objet.", SOUDURE)])
    old, new = document(box, *RAIL), document(*RAIL, box)
    marks = verifie(old, new)
    assert bouges(marks, DEPART) == bouges(marks, ARRIVEE)
    assert len(bouges(marks, DEPART)) == 3
    assert [bloc["t"] for bloc in fondu(old, new).blocs].count("Div") == 2


def test_a_drawing_moves_with_its_section() -> None:
    figure = arbre.Figure("quais", "<svg>1</svg>", "Les quais", "Trois quais, dont un en eau profonde.")
    one = [titre("Tenir les quais du port", "A-01"), arbre.para(POLDER), arbre.image(figure, "Les trois quais du port")]

    def page(*blocs: Node) -> Document:
        return Document("d", "Document", blocs, figures={"quais": figure})

    merged = fondu(page(*one, *RAIL), page(*RAIL, *one))
    assert list(merged.figures) == ["quais"]
    assert bouges(marques_de(list(merged.blocs)), DEPART)[-1] == bouges(marques_de(list(merged.blocs)), ARRIVEE)[-1]
    assert "Les trois quais du port" in bouges(marques_de(list(merged.blocs)), DEPART)


def test_an_anchor_and_a_field_stand_once_where_what_moved_is_now() -> None:
    merged = fondu(document(*PORT, *ECOLE, *RAIL), document(*ECOLE, *RAIL, *PORT)).blocs
    assert str(merged).count("'A-01'") == 1
    assert [bloc["c"][1][0] for bloc in merged if bloc["t"] == "Header" and bloc["c"][0] == 2] == [
        "",
        "A-02",
        "A-03",
        "A-01",
    ]


def test_an_action_whose_file_comes_first_moves_before_the_others(fichiers_valmer: Fichiers) -> None:
    files = dict(fichiers_valmer)
    files["schema/actions/a-requalifier.yml"] = files.pop(FRICHES)
    old, new = livrable(lu(fichiers_valmer)), livrable(lu(files))
    marks = verifie(old, new)
    titles = [bouges(marks, sort)[0] for sort in (DEPART, ARRIVEE)]
    assert titles == ["Préparer une école de la soudure"] * 2 and deplace(list(fondu(old, new).blocs))
    assert not deplace(list(new.blocs))


def test_a_link_that_moved_leads_somewhere_only_where_it_is_now() -> None:
    def page(*textes: str) -> Document:
        link = arbre.lien("https://exemple.fr/releve", "le relevé de septembre")
        return document(
            *[arbre.para([*arbre.mots(texte), arbre.ESPACE, link] if texte == POLDER else texte) for texte in textes]
        )

    merged = fondu(page(POLDER, SOUDURE * 2, LIAISON), page(SOUDURE * 2, LIAISON, POLDER)).blocs
    left, *_, come = [delies(bloc["c"]) for bloc in merged]
    assert "https://exemple.fr" not in str(left) and "https://exemple.fr" in str(come)
    assert texte_brut(left) == texte_brut(come)


def test_a_point_moves_with_the_points_under_it() -> None:
    under = arbre.puces([[arbre.plain(POLDER), puces(SOUDURE, FRICHE)]])
    marks = verifie(document(under, *RAIL), document(*RAIL, under))
    assert (
        bouges(marks, DEPART)
        == bouges(marks, ARRIVEE)
        == [texte_brut(arbre.mots(one)) for one in (POLDER, SOUDURE, FRICHE)]
    )


PHRASES = [POLDER, SOUDURE, LIAISON, FRICHE, "Sans objet.", "À valider", f"{POLDER} {FRICHE}"]
PIECES = st.sampled_from(PHRASES).flatmap(
    lambda texte: st.sampled_from(
        [
            arbre.para(texte),
            titre(texte),
            puces(texte, "Sans objet."),
            arbre.puces([[arbre.plain("À valider"), puces(texte)], [arbre.plain(texte)]]),
            tableau(texte),
            arbre.bloc(["fiche"], [titre("Tenir les quais", "A-01"), arbre.para(texte)]),
            {"t": "BlockQuote", "c": [arbre.para(texte)]},
        ]
    )
)
DEMELES = st.lists(PIECES, max_size=7).flatmap(lambda blocs: st.tuples(st.just(blocs), st.permutations(blocs)))


@given(DEMELES, st.lists(PIECES, max_size=2), st.lists(PIECES, max_size=2))
def test_both_documents_are_there_whatever_moved_went_and_came(
    blocs: tuple[Nodes, Nodes], partis: Nodes, venus: Nodes
) -> None:
    old, new = document(*blocs[0], *partis), document(*venus, *blocs[1])
    marks = verifie(old, new)
    ends = [{kind.removeprefix(sort) for kind, _ in marks if kind.startswith(sort)} for sort in (DEPART, ARRIVEE)]
    assert ends[0] == ends[1] == {str(rank + 1) for rank in range(len(ends[0]))}
    for rank in ends[0]:
        assert "".join(bouges(marks, DEPART, int(rank))) == "".join(bouges(marks, ARRIVEE, int(rank)))


@given(st.lists(PIECES, max_size=6, unique_by=lambda bloc: texte_brut(bloc)), st.data())
def test_what_keeps_its_order_does_not_move(blocs: Nodes, data: Any) -> None:
    kept = data.draw(st.lists(st.sampled_from(blocs), unique_by=id) if blocs else st.just([]))
    rest = [bloc for bloc in blocs if any(bloc is one for one in kept)]
    assert not deplace(list(fondu(document(*blocs), document(*rest)).blocs))


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_what_stays_is_the_heaviest_in_order(places: list[int], poids: list[int]) -> None:
    links = list(enumerate(places))
    kept = en_ordre(links, poids)
    assert sorted(kept) == sorted(kept, key=lambda link: link[1])
    best = max(
        sum(poids[rank] for rank in ranks)
        for size in range(8)
        for ranks in combinations(range(7), size)
        if all(places[one] < places[other] for one, other in pairwise(ranks))
    )
    assert sum(poids[rank] for rank, _ in kept) == best


@pytest.mark.parametrize("sens", [1, -1])
def test_a_document_turned_upside_down_keeps_its_heaviest_block(sens: int) -> None:
    texts = [POLDER, f"{SOUDURE} {LIAISON}", FRICHE][::sens]
    marks = verifie(paras(*texts), paras(*reversed(texts)))
    assert {kind for kind, _ in marks} == {"depart1", "arrivee1", "depart2", "arrivee2"}
    assert texte_brut(arbre.mots(f"{SOUDURE} {LIAISON}")) not in [words for _, words in marks]
