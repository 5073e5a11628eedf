"""The index of the search: what each entry holds, and that nothing else enters it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import arbre
from smde.arbre import Document
from smde.dossier import Dossier
from smde.edition import edition
from smde.etiquettes import Etiquette, etiquettes
from smde.libelles import mot
from smde.model.champ import Diffusion
from smde.outputs import recherche
from tests.index_recherche import Entree, entrees

RECHERCHE = Path(recherche.__file__).parent / "theme" / "assets" / "recherche"
FRICHES = Etiquette("action", "Action", ("A-23",), (("a_valider", "À valider"),))
IDS = {"A-23": "actions/A-23", "emploi": "constats/index#emploi", "dispersion": "constats/dispersion"}
ETIQUETTES = {"A-23": FRICHES, "emploi": Etiquette("theme", "Thème", ("emploi",))}


def lues(*pages: Document, **written: str) -> list[Entree]:
    texts = {f"{nom.replace('__', '/')}.md": text.encode() for nom, text in written.items()}
    return entrees(recherche.index(pages, IDS, ETIQUETTES, texts))


def fiche(*blocs: arbre.Node) -> Document:
    return Document("actions/A-23", "Tenir l’inventaire des friches", blocs, genre="action")


def test_the_page_of_an_element_bears_its_kind_its_names_and_its_states() -> None:
    [entry] = lues(fiche(arbre.titre(1, "Tenir l’inventaire des friches"), arbre.para("Un relevé annuel.")))
    assert entry.adresse == "actions/A-23.html"
    assert entry.titre == "Tenir l’inventaire des friches"
    assert (entry.genre, entry.mots, entry.noms) == ("action", "Action", ["A-23"])
    assert entry.etats == [["a_valider", "À valider"]]
    assert entry.propres.strip() == "Un relevé annuel."


def test_an_element_told_inside_a_page_is_an_entry_of_its_own_up_to_the_next_heading_of_its_level() -> None:
    page = Document(
        "constats/index",
        "Diagnostic",
        (
            arbre.para("Avant."),
            arbre.titre(2, "Emploi", "emploi"),
            arbre.para("Neuf emplois sur dix sont salariés."),
            arbre.titre(3, "Repères"),
            arbre.para("Une série."),
            arbre.titre(2, "Autres sujets"),
            arbre.para("Après."),
        ),
    )
    whole, emploi = lues(page)
    assert whole.propres.split("\n")[1:-1] == ["Avant.", "Autres sujets", "Après."]
    assert (emploi.adresse, emploi.titre, emploi.mots) == ("constats/index.html#emploi", "Emploi", "Thème")
    assert emploi.propres.split("\n")[:-1] == ["Neuf emplois sur dix sont salariés.", "Repères", "Une série."]


def test_a_link_that_bears_the_title_of_what_it_leads_to_is_its_rank_and_another_its_words() -> None:
    cite = [
        arbre.lien_element("A-23", "Tenir l’inventaire des friches"),
        *arbre.mots(" et "),
        arbre.lien_element("A-23", "ici"),
    ]
    page = Document("reste-a-faire", "Ce qui reste à faire", (arbre.para(cite),))
    first, second = lues(fiche(), page)
    assert second.textes == ["\n", 0, " et ", "ici", "\n"]
    assert second.lu([first, second]).strip() == "Tenir l’inventaire des friches et ici"


def test_a_link_elsewhere_is_among_the_words_of_its_sentence() -> None:
    [entry] = lues(
        fiche(arbre.para([*arbre.mots("Voir "), arbre.lien("https://insee.fr", "l’Insee"), *arbre.mots(".")]))
    )
    assert entry.propres.strip() == "Voir l’Insee."


def test_the_chain_is_kept_apart_from_the_text() -> None:
    links = arbre.puces([[arbre.plain([arbre.lien_element("emploi", "Emploi")])]])
    [entry] = lues(fiche(arbre.para("Un relevé."), arbre.bloc(["fil"], [arbre.titre(2, "Pourquoi ?"), links])))
    assert entry.chaine == ["Emploi"]
    assert "Pourquoi" not in entry.propres


def test_what_a_template_repeats_from_fiche_to_fiche_is_left_out_and_tables_come_last() -> None:
    table = arbre.tableau("Qui fait quoi", ["Acteur", "Rôle"], [["Adeupa", "Pilote"]])
    code = arbre.para([arbre.span(["code-element"], "A-23"), *arbre.mots(" à valider")])
    [entry] = lues(fiche(code, table, arbre.titre(2, "Contexte"), arbre.para("Des locaux vides.")))
    assert entry.propres.split("\n")[1:] == ["Des locaux vides.", "Adeupa", "Pilote", ""]
    page = Document("acteurs/index", "Qui fait quoi", (table,))
    [overview] = lues(page)
    assert overview.propres.split("\n")[1:3] == ["Qui fait quoi", "Adeupa"]


def test_notes_drawings_and_raw_markup_stay_out() -> None:
    note = arbre.note([arbre.para("Insee, recensement")])
    raw: arbre.Node = {"t": "RawBlock", "c": ["html", "<b>brut</b>"]}
    [entry] = lues(fiche(arbre.para([*arbre.mots("31 000 étudiants"), note]), raw))
    assert entry.propres.strip() == "31 000 étudiants"


def test_a_page_written_by_hand_is_read_without_its_markup_nor_its_macros() -> None:
    text = (
        "---\ntitle: Mentions légales\nrender_macros: true\n---\n\n# Autre titre\n\nL’**éditeur** est {{ titre('x') }} "
        "[ici](a.md).{: .classe }\n\n!!! note\n\n<!-- caché -->\n\n"
        "| Nom | Adresse |\n| --- | --- |\n| Brest | à compléter |\n"
    )
    [entry] = lues(mentions_legales=text)
    assert (entry.adresse, entry.titre, entry.mots) == ("mentions_legales.html", "Mentions légales", "Page")
    for words in ("L’éditeur est", "ici", "Brest", "à compléter"):
        assert words in entry.propres
    for words in ("titre('x')", "caché", "classe", "!!!", "**", "a.md", "render_macros"):
        assert words not in entry.propres


@pytest.mark.parametrize(
    ("texte", "titre"),
    [
        ("# Guide\n\nMot.", "Guide"),
        ("Mot.", "guide/x"),
        ('---\ntitle: "L\'essentiel"\n---\nMot.', "L'essentiel"),
        ("", "guide/x"),
    ],
)
def test_a_page_written_by_hand_takes_its_title_where_it_stands(texte: str, titre: str) -> None:
    [entry] = lues(guide__x=texte)
    assert (entry.titre, entry.mots) == (titre, "Guide du rédacteur")


@given(st.text(), st.text())
def test_whatever_is_typed_the_index_is_one_value_and_the_same_bytes(titre: str, texte: str) -> None:
    page = Document("page", titre, (arbre.para([{"t": "Str", "c": texte}]), arbre.titre(2, [{"t": "Str", "c": texte}])))
    made = recherche.index([page], {}, {})
    assert made == recherche.index([page], {}, {})
    [entry] = entrees(made)
    words = "".join(recherche._clean(texte).split())
    assert not words or "".join(entry.propres.split()).count(words) >= 2


@given(st.text())
def test_whatever_is_written_by_hand_is_read(texte: str) -> None:
    written = texte.encode("utf-8", "replace")
    assert len(entrees(recherche.index([], {}, {}, {"page.md": written, "images/rade.png": b"\x89PNG"}))) == 1


def test_an_empty_site_has_an_empty_index() -> None:
    assert entrees(recherche.index([], {}, {})) == []


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("niveau", Diffusion)
def test_every_element_of_an_edition_has_its_label_and_no_other_has(valmer: Dossier, niveau: Diffusion) -> None:
    trimmed = edition(valmer, niveau, "2024-01-15")
    labels = etiquettes(trimmed)
    assert labels.keys() == trimmed.elements.keys()
    for ident, label in labels.items():
        element = trimmed.elements[ident]
        assert label.noms[0] == ident
        assert label.mots.lower() == trimmed.libelle(element.genre).lower()
        assert label.mots[0].isupper()
        if label.etats and label.etats[0][0] == element.validation.statut.name:
            assert label.etats[0][1].lower() == mot(element.validation.statut)


def test_a_draft_shows_its_state_in_the_chain_only(valmer: Dossier) -> None:
    trimmed = edition(valmer, Diffusion.interne, "2024-01-15")
    for ident, label in etiquettes(trimmed).items():
        words = [value for value, _ in label.etats]
        if "brouillon" in words:
            assert trimmed.elements[ident].genre in ("constat", "enjeu", "objectif", "priorite", "action", "moyen")


# ── The scripts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_scripts_ask_nothing_of_the_network_and_run_no_text() -> None:
    for script in sorted(RECHERCHE.glob("*.js")):
        words = script.read_text("utf-8")
        assert not [
            call for call in ("XMLHttpRequest", "importScripts", "eval(", "innerHTML", "new Function") if call in words
        ]


def test_the_index_is_read_as_json_once_its_name_is_taken_away() -> None:
    made = recherche.index([fiche(arbre.para("</script><script>alert(1)</script> \u2028"))], IDS, ETIQUETTES)
    assert json.loads(made.decode().removeprefix("window.smdeIndex = "))[0][0] == "actions/A-23.html"
