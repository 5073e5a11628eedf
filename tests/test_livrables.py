"""The documents of `data/livrables/`: what each of them says of a dossier, and that another one needs no program."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from smde import pages
from smde.arbre import Document
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.mesures import Indicateur
from smde.model.rubriques import CLASSES
from smde.outputs import docx, pdf
from tests import lecture_pdf, lecture_word
from tests.canaris import Voliere
from tests.commande import smde
from tests.conftest import VALMER, Fichiers, ecrire
from tests.generation import MANIERES, paire
from tests.recherche import trouves
from tests.rendu import (
    DATE,
    edition_avec,
    edition_de,
    element,
    gabarits,
    noeuds,
    paroles,
    simple,
    sous,
    tableaux,
    titres,
)

AVIS = ["Cela ressemble-t-il à ce que vous vivez ?", "Que pourriez-vous y apporter ?"]


def livrable(modele: str, une_edition: Edition | None = None, **champs: Any) -> Document:
    """The document of a livrable of the dossier of Valmer, or of another edition."""
    here = une_edition or edition_de()
    texte = "Un document de travail, à relire avant la prochaine séance."
    made = element("livrable", "essai", lecteur="Élus", modele=modele, **{"texte": texte, **champs})
    return pages.livrable(gabarits(here), made)


def dit(document: Document) -> str:
    return simple(paroles(document))


# ── The synthesis ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_synthesis_says_what_where_how_much_and_who() -> None:
    document = livrable("synthese", indicateurs=["vacance-bureaux", "emploi-salarie"], couverture="false")
    assert [words for level, words in titres(document) if level == 1] == [
        "Où en est la démarche", "Le territoire en chiffres", "Ce qui est visé, ce qui serait fait",
        "Coûts, décisions attendues, rôles",
    ]  # fmt: skip
    assert "Phase en cours : Enjeux et objectifs." in dit(document)
    assert "À venir : Groupe de pilotage de juin 2020 (date à fixer)." in dit(document)
    figures = tableaux(document)["Chiffres clés, à leur dernière date connue"]
    assert [row[0].split(" [")[0] for row in figures[1:]] == ["Part des bureaux vacants", "Emploi salarié privé"]
    assert all("[" in row[0] for row in figures[1:]), "each number has its source in a note"
    assert list(document.figures) == ["chaine", "phases", "courbe-vacance-bureaux"], "only the first is drawn"


def test_the_synthesis_tells_the_public_only_what_is_secured_and_what_amounts_are_worth() -> None:
    share = {"financeur": "region", "annee": "2030", "taxe": "HT"}
    action = element(
        "action",
        "halle",
        budget=[{"poste": "Travaux", "annee": "2030", "montant": "900", "taxe": "HT", "etat": "illustratif"}],
        plan_financement=[
            {**share, "montant": "400", "etat": "sollicite"},
            {**share, "montant": "77", "etat": "acquis"},
        ],
    )
    region = element("acteur", "region", type="region")
    public = edition_avec(action, region)
    said = sous(livrable("synthese", public), "Ce que cela coûte, et qui paie")
    assert "Montant illustratif | 1 action | 900 € HT" in simple(said)
    secured = element("action", "halle", plan_financement=[{**share, "montant": "77", "etat": "acquis"}])
    said = simple(sous(livrable("synthese", edition_avec(secured, region)), "Ce que cela coûte, et qui paie"))
    assert "Financements acquis" in said and "77 € HT" in said and "Aucun financement" not in said
    nothing = sous(livrable("synthese", edition_avec(region)), "Ce que cela coûte, et qui paie")
    assert "Aucun financement n’est acquis à ce jour." in nothing


def test_the_synthesis_says_what_awaits_whom_and_which_groups_work() -> None:
    document = livrable("synthese")
    rows = tableaux(document)["Ce qui attend l’accord de chaque instance"][1:]
    assert [[simple(cell) for cell in row] for row in rows] == [
        ["Groupe de pilotage", "Groupe de pilotage de juin 2020 (date à fixer)", "1 défi"]
    ]
    groups = tableaux(document)["Groupes de travail de la démarche"]
    assert [row[0] for row in groups[1:]] == ["Groupe de pilotage", "Groupe technique foncier"]
    assert groups[1][1] == "Il arbitre la démarche et clôt chaque phase."
    roles = tableaux(document)["Rôles acceptés à ce jour"][1:]
    assert [row[0] for row in roles] == ["Valmer métropole", "Établissement public foncier du Littoral"]


def test_the_synthesis_of_a_dossier_just_begun_is_still_a_document() -> None:
    document = livrable("synthese", edition_avec(element("enjeu", "friches")))
    assert "Aucun financement n’est acquis à ce jour." in paroles(document)
    assert "Chiffres clés" not in paroles(document)


# ── The fiches ───────────────────────────────────────────────────────────────────────────────────────────────────────


def fiches(document: Document) -> list[str]:
    """The ids of the fiches that begin on a page of their own, in order."""
    found = [block for block in document.blocs if block["t"] == "Div" and "fiche" in block["c"][0][1]]
    return [node["c"][1][0] for block in found for node in noeuds(block) if node["t"] == "Header" and node["c"][0] == 2]


def test_every_action_has_a_sheet_and_the_first_pages_list_them() -> None:
    document = livrable("fiches", edition_de(VALMER, INTERNE))
    assert fiches(document) == ["action-ecole-soudure", "action-requalifier-friches"]
    assert len(tableaux(document)["Les actions de ce recueil"]) == 3
    assert "Moyens | Un chef de projet" in dit(document) or "Moyen | Un chef de projet" in dit(document)


def test_a_filter_chooses_the_sheets() -> None:
    document = livrable("fiches", edition_de(VALMER, INTERNE), filtre={"priorites": ["priorite-metiers"]})
    assert fiches(document) == ["action-ecole-soudure"]
    assert "Dépollution" not in dit(document)
    assert "Dépend de | Requalifier la friche" in dit(document), "what is left out can be named"


def test_a_dossier_without_action_says_so_rather_than_nothing() -> None:
    assert "Aucune action ne figure dans cette édition." in paroles(livrable("fiches", edition_avec()))


# ── The booklets ─────────────────────────────────────────────────────────────────────────────────────────────────────


def cahier(niveau: Diffusion = INTERNE, **champs: Any) -> Document:
    options = {"groupe": "groupe-technique-foncier", "questions": AVIS, **champs}
    return livrable("cahier", edition_de(VALMER, niveau), **options)


def places(document: Document) -> list[int]:
    """How many lines each room to write has."""
    found = [n for n in noeuds(list(document.blocs)) if n["t"] == "Div" and "lignes" in n["c"][0][1]]
    return [sum(not paroles(line).strip() for line in node["c"][1]) for node in found]


def test_a_group_is_told_its_mandate_and_asked_its_questions_of_each_element() -> None:
    document = cahier(filtre={"genres": ["enjeu"]})
    assert "Groupe technique foncier" in [words for _, words in titres(document)]
    assert "Il relit les chiffres des friches" in dit(document)
    enjeux = [ident for ident, one in edition_de(VALMER, INTERNE).elements.items() if one.genre == "enjeu"]
    assert dit(document).count(AVIS[0]) == dit(document).count("Entourez :") == len(enjeux)
    assert places(document) == [2, *[4] * len(enjeux), 20]


def test_only_what_the_group_works_on_is_asked_about_and_what_it_rests_on_is_named() -> None:
    document = cahier(filtre={"priorites": ["priorite-port"], "genres": ["action"]})
    levels = titres(document)
    assert [words for level, words in levels if level == 1] == [
        "Ce que l’on attend de vous",
        "Actions",
        "Ce qui manque",
    ]
    assert "Requalifier la friche des anciennes conserveries" in [words for level, words in levels if level == 2]
    assert "Priorité\nRequalifier le port de commerce" in dit(document)


def test_a_constat_comes_with_what_establishes_it() -> None:
    document = cahier(filtre={"genres": ["constat"]})
    proofs = sous(document, "Ce sur quoi cela repose")
    assert "[" in proofs, "a source is cited in a note"
    assert "n’appuie encore" not in proofs


def test_what_rests_on_nothing_says_so_and_asks() -> None:
    seul = edition_avec(element("objectif", "accueillir", titre="Aider les nouveaux arrivants à s'installer"))
    assert "Rien, dans ce dossier, n’appuie encore cette proposition" in paroles(livrable("cahier", seul))
    assert "Aucune proposition ne figure" in paroles(livrable("cahier", edition_avec()))


def test_a_room_to_write_is_ruled_in_word_and_drawn_in_the_pdf_with_the_same_words(tmp_path: Path) -> None:
    document = cahier(filtre={"genres": ["action"]})
    docx.write(document, tmp_path / "c.docx")
    pdf.write(document, tmp_path / "c.pdf")
    word = (tmp_path / "c.docx").read_bytes()
    body = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    ruled = body.count('w:val="LignesARemplir"')
    assert ruled == sum(places(document)) + len(places(document)) - 1, "each line, and what two of the boxes ask"
    assert body.count("<w:keepNext/>") >= ruled - len(places(document)), "a box is not cut"
    said = [words for words in lecture_word.lire(word).corps() if words.strip()]
    assert said == [words for words in lecture_pdf.lire((tmp_path / "c.pdf").read_bytes()).corps() if words.strip()]


# ── All of them ──────────────────────────────────────────────────────────────────────────────────────────────────────

MODELES = ("synthese", "fiches", "cahier")


@pytest.fixture(scope="module")
def voliere() -> Voliere:
    return Voliere()


@pytest.mark.parametrize("niveau", [PUBLIC, PARTENAIRES])
@pytest.mark.parametrize("modele", MODELES)
def test_no_document_says_what_its_readers_may_not_know(
    voliere: Voliere, niveau: Diffusion, modele: str, tmp_path: Path
) -> None:
    here = edition(charger(ecrire(tmp_path, voliere.fichiers())), niveau, DATE)
    document = livrable(modele, here, indicateurs=[one for one in here.elements if one.startswith("indicateur")])
    said = (paroles(document) + repr(document)).encode()
    assert {
        canari.ou for canari in voliere.canaris if canari.niveau > niveau and canari.valeur.encode() in said
    } == set()
    shown = {canari.ou for canari in voliere.canaris if canari.niveau <= niveau and canari.valeur.encode() in said}
    assert ("Enjeu.titre" if modele == "synthese" else "Action.titre") in shown, (
        "else that nothing is found proves nothing"
    )


@pytest.mark.parametrize("modele", MODELES)
def test_two_dossiers_that_differ_only_in_what_readers_may_not_know_give_the_same_document(
    modele: str, tmp_path: Path
) -> None:
    pair = paire(PUBLIC, 23, (123, 223), frozenset(MANIERES), frozenset(CLASSES))
    made = []
    for nom, files in (("un", pair.un), ("autre", pair.autre)):
        here = edition(charger(ecrire(tmp_path / nom, files)), PUBLIC, DATE)
        made.append(livrable(modele, here, indicateurs=[one.id for one in here.tous(Indicateur)], questions=AVIS))
    assert made[0] == made[1]
    assert len(paroles(made[0])) > 1000


def test_a_table_cell_may_hold_a_text_of_twenty_thousand_characters(tmp_path: Path) -> None:
    long = "Le mandat du groupe se lit en entier, sans coupure ni perte. " * 330
    groupe = element("groupe", "foncier", type="technique", texte=long)
    document = livrable("synthese", edition_avec(groupe))
    docx.write(document, tmp_path / "s.docx")
    pdf.write(document, tmp_path / "s.pdf")
    for said in (
        lecture_word.lire((tmp_path / "s.docx").read_bytes()).mots(),
        [words for _, words in lecture_pdf.lire((tmp_path / "s.pdf").read_bytes()).blocs],
    ):
        (cell,) = [words for words in said if words.startswith("Le mandat du groupe")]
        assert len(cell) >= 20_000


def test_a_priority_with_two_hundred_actions_has_two_hundred_sheets(tmp_path: Path) -> None:
    many = [element("action", f"A-{rang}", titre=f"Équiper le lot {rang}", priorite="port") for rang in range(200)]
    here = edition_avec(element("priorite", "port"), *many)
    document = livrable("fiches", here)
    assert fiches(document) == [action.id for action in many]
    docx.write(document, tmp_path / "f.docx")
    words = lecture_word.lire((tmp_path / "f.docx").read_bytes())
    assert sum(style == "Heading2" for style, _ in words.blocs) == 200
    assert dit(livrable("cahier", here, questions=AVIS)).count(AVIS[0]) == 201


# ── Another document needs no program ────────────────────────────────────────────────────────────────────────────────

NOTE = """id: note-au-conseil
titre: Note au conseil de développement
lecteur: Conseil de développement
modele: note
texte: Ce que la métropole proposerait pour le port.
filtre: {priorites: [priorite-port]}
formats: [docx, pdf]
diffusion: public
"""
GABARIT = """# Ce qui est proposé pour le port

::: chapo
{{ texte(livrable.texte) }}
:::

{% for element in tous('action') %}
## {{ element.titre }} {id="{{ element.id }}"}

{{ texte(element.descriptif) }}

{% endfor %}
"""


def test_a_document_is_one_yaml_and_one_template(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    files = {"data/livrables/note.yml": NOTE, "macros/documents/note.md.j2": GABARIT}
    racine = ecrire(tmp_path, {**fichiers_valmer, **files})
    answer = smde("documents", "note-au-conseil", "--racine", racine, "--date", DATE)
    assert answer.code == 0, answer.dit
    made = racine / "sortie/public/documents"
    assert sorted(file.name for file in made.iterdir()) == ["note-au-conseil.docx", "note-au-conseil.pdf"]
    words = "\n".join(lecture_word.lire((made / "note-au-conseil.docx").read_bytes()).mots())
    assert "Requalifier la friche des anciennes conserveries" in words
    assert "école de la soudure" not in words


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ("priorite-port", "priorite-prot", "data/livrables/note.yml:6:22: erreur [reference-inconnue]"),
        ("priorites: [priorite-port]", "acteurs: [insee]", "erreur [reference-inconnue]"),
        ("priorites: [priorite-port]", "genres: [fiche]", "constat, enjeu, objectif, priorite, action"),
        ("{priorites: [priorite-port]}", "{acteurs: [agence-urbanisme], genres: [priorite]}", "[filtre-sans-element]"),
        ("modele: note", "modele: notte", "demande le modèle « notte »"),
    ],
)
def test_a_document_that_cannot_be_made_is_explained_and_leaves_nothing(
    avant: str, apres: str, dit: str, fichiers_valmer: Fichiers, tmp_path: Path
) -> None:
    files = {"data/livrables/note.yml": NOTE.replace(avant, apres), "macros/documents/note.md.j2": GABARIT}
    racine = ecrire(tmp_path, {**fichiers_valmer, **files})
    answer = smde("documents", "note-au-conseil", "--racine", racine, "--date", DATE)
    assert answer.code == 1
    assert dit in answer.sortie + answer.dit
    assert [file for file in (racine / "sortie").rglob("*") if file.is_file()] == []


def test_a_document_that_does_not_exist_is_told_with_those_that_do(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    racine = ecrire(tmp_path, fichiers_valmer)
    answer = smde("documents", "synthse", "--racine", racine, "--date", DATE)
    assert answer.code == 1
    assert "Le document « synthse » n'existe pas dans cette édition. Documents possibles : livrable-strategie." in (
        answer.sortie + answer.dit
    )
    assert trouves("", answer.dit.encode(), frozenset(["Traceback"])) == set()
