"""Random pairs of small documents as real Word files: accepting all gives the one, refusing all the other."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from smde import arbre
from smde.arbre import Document, Node, Nodes, texte_brut
from smde.outputs import docx
from smde.revisions import fondu
from tests.controle_word import fautes
from tests.rendu import simple
from tests.revisions.lecture import NUMERO, deplaces, mots_de, mots_lus, paragraphes, sans_dessins

PHRASES = [
    "Le polder accueille les éoliennes en mer et garde une réserve de quatorze hectares",
    "L'école de soudure forme chaque année soixante personnes du Pays de Valmer",
    "La liaison ferroviaire du port n'a plus transporté de marchandises depuis 2011",
    "Le site des anciennes conserveries est sans usage et ses sols ne sont pas dépollués",
]
COURTS = ["Sans objet", "À valider", "Contexte", "Douze lots", "Quai nord"]
AUTRES = ["métropole", "dix", "Région", "800 000 euros", "hangar"]


@st.composite
def mots(draw: Any) -> Nodes:
    """A sentence or a few words, perhaps one of them changed, in bold, linked, or followed by a note."""
    words = draw(st.sampled_from(PHRASES + COURTS)).split(" ")
    if draw(st.booleans()):
        words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(AUTRES))
    said = arbre.mots(" ".join(words))
    match draw(st.integers(0, 5)):
        case 0:
            return [arbre.fort(said)]
        case 1:
            return [*said, arbre.note([arbre.para(draw(st.sampled_from(COURTS)))])]
        case 2:
            return [arbre.lien("https://exemple.fr/port", said[:1]), *said[1:]]
        case 3:
            return [arbre.span(["statut"], "À valider"), arbre.ESPACE, *said]
    return said


def tableau(rows: list[tuple[Nodes, Nodes]]) -> Node:
    return arbre.tableau(arbre.mots("Lots"), [arbre.mots("Lieu"), arbre.mots("Surface")], [list(row) for row in rows])


PARAGRAPHES = mots().map(arbre.para)
POINTS = st.lists(mots().map(lambda said: [arbre.plain(said)]), min_size=1, max_size=3)
TITRES = st.tuples(st.integers(1, 3), mots(), st.sampled_from(["", "A-01", "A-02"])).map(
    lambda made: arbre.titre(made[0], made[1], made[2])
)
SOUS_POINTS = st.tuples(mots(), POINTS).map(lambda made: arbre.puces([[arbre.plain(made[0]), arbre.puces(made[1])]]))
SIMPLES = PARAGRAPHES | TITRES | POINTS.map(arbre.puces) | SOUS_POINTS
BLOCS = (
    SIMPLES
    | st.lists(st.tuples(mots(), mots()), min_size=1, max_size=3).map(tableau)
    | st.lists(PARAGRAPHES | POINTS.map(arbre.puces), min_size=1, max_size=2).map(
        lambda inner: arbre.bloc(["avertissement"], inner)
    )
    | st.lists(SIMPLES, min_size=1, max_size=3).map(lambda inner: arbre.bloc(["fiche"], inner))
    | POINTS.map(
        lambda items: {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]},
    )
)


@st.composite
def couples(draw: Any) -> tuple[Nodes, Nodes]:
    """A document, and what it became: blocks in another order, some gone, some come, some with other words."""
    before: Nodes = draw(st.lists(BLOCS, min_size=1, max_size=6))
    after = list(draw(st.permutations(before)))
    for rank in range(len(after) - 1, -1, -1):
        match draw(st.integers(0, 5)):
            case 0:
                del after[rank]
            case 1:
                after[rank] = draw(BLOCS)
            case 2:
                after.insert(rank, draw(BLOCS))
    return before, after


def document(blocs: Nodes) -> Document:
    return Document("d", "Port", tuple(blocs), date="2026-11-22", couverture=False, sommaire=False)


def lignes_de_mots(lines: Iterable[str]) -> list[list[str]]:
    """The words of each line that says something, but captions, whose numbers count what is still there."""
    said = [simple(line) for line in lines if line.strip()]
    return [re.findall(r"[^\W_]+", line) for line in said if not NUMERO.match(line)]


@pytest.fixture(scope="module")
def en_tete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file without text: what stands above that of every other."""
    vide = tmp_path_factory.mktemp("vide") / "vide.docx"
    docx.write(document([]), vide)
    return vide


DEPLACE = [arbre.para(f"{texte}.") for texte in PHRASES]


@pytest.mark.lent
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(couples())
@example((DEPLACE, [*DEPLACE[1:], DEPLACE[0]]))
@example(([arbre.bloc(["avertissement"], [arbre.puces(["Quai nord", "Douze lots"])])], []))
@example(([arbre.bloc(["avertissement"], [arbre.puces([[arbre.plain([arbre.fort("Quai nord")])]])])], []))
@example(([arbre.para("Sans objet"), arbre.bloc(["fiche"], [arbre.titre(1, "Contexte du port")])], []))
def test_accepting_gives_the_new_document_and_refusing_the_former_one(
    en_tete: Path, couple: tuple[Nodes, Nodes]
) -> None:
    above = len(mots_lus(en_tete)), len(lignes_de_mots(paragraphes(en_tete)))
    before, after = couple
    with TemporaryDirectory() as folder:
        file = Path(folder, "suivi.docx")
        docx.write(replace(fondu(document(before), document(after)), reviseur="Valmer métropole"), file)
        for accepte, pandoc, strict in ((after, "accept", "accepter"), (before, "reject", "refuser")):
            assert mots_lus(file, pandoc)[above[0] :] == mots_de(accepte)
            lines = texte_brut(sans_dessins(accepte)).split("\n")
            assert lignes_de_mots(paragraphes(file, strict))[above[1] :] == lignes_de_mots(lines)
        deplaces(file)
        assert fautes(file.read_bytes()) == []
        assert OpenXmlValidator().validate(file).is_valid
