"""The words templates are written with: links, texts, lists, states."""

from datetime import date
from typing import Any

import pytest

from smde.arbre import NON_DIFFUSE
from smde.dossier import charger
from smde.edition import edition, empreinte
from smde.fragments import Fragment, TemplateFault
from smde.model.champ import INTERNE
from smde.model.demarche import StatutPhase
from smde.vocabulaire import Vocabulaire
from tests.conftest import VALMER, Fichiers, ecrire
from tests.rendu import DATE, edition_avec, edition_de, element, mots, paroles, simple

EDITION = edition_de()
MOTS = mots(EDITION)


def premier(fragment: Fragment) -> Any:
    (node,) = fragment.nodes
    return node


def test_a_link_says_the_title_of_what_it_leads_to() -> None:
    for cible in ("enjeu-friches", EDITION.elements["enjeu-friches"]):
        link = premier(MOTS.lien(cible))
        assert link["c"][2][0] == "#enjeu-friches"
        assert link["c"][0][1] == ["element"]
        assert paroles(link) == "Donner un avenir aux friches du port"


def test_a_link_can_say_other_words() -> None:
    assert paroles(MOTS.lien("enjeu-friches", ["le ", MOTS.fort("défi")])) == "le défi"
    assert premier(MOTS.lien("enjeu-friches", "ce défi"))["t"] == "Link"


def test_what_this_edition_does_not_know_is_not_named() -> None:
    assert paroles(MOTS.lien("priorite-metiers")) == NON_DIFFUSE
    assert paroles(MOTS.lien("priorite-metiers", "Ouvrir une école")) == NON_DIFFUSE
    assert paroles(mots(edition_de(VALMER, INTERNE)).lien("priorite-metiers")) == "Ouvrir une école de la soudure"


def test_links_follow_each_other() -> None:
    assert simple(paroles(MOTS.liens(["region", "agence-urbanisme"]))) == (
        "Région Littoral ; Agence d'urbanisme du Pays de Valmer"
    )
    assert simple(paroles(MOTS.liens(["region", "region"], ", "))) == "Région Littoral, Région Littoral"
    assert MOTS.liens([]).nodes == ()


def test_lists_are_blocks_and_an_empty_one_is_nothing() -> None:
    assert paroles(MOTS.liste(["region", EDITION.elements["terme-friche"]])) == "Région Littoral\nFriche"
    assert MOTS.liste([]) == MOTS.puces([]) == MOTS.tableau("Rien", ["A"], []) == Fragment((), bloc=True)
    assert premier(MOTS.puces(["un", ["deux ", MOTS.fort("trois")]]))["t"] == "BulletList"


def test_a_text_is_blocks_and_a_line_runs_on() -> None:
    source = "Un *premier* paragraphe.\n\n- une puce\n- [[enjeu-friches]]"
    assert [node["t"] for node in MOTS.texte(source).nodes] == ["Para", "BulletList"]
    assert simple(paroles(MOTS.ligne(source))).startswith("Un premier paragraphe. une puce")
    assert MOTS.texte(None).nodes == MOTS.ligne(None).nodes == ()


def test_a_page_and_a_file_of_the_site() -> None:
    assert premier(MOTS.page("glossaire", "le glossaire"))["c"][2][0] == "page:glossaire"
    assert premier(MOTS.fichier("donnees/strategie.json", "JSON"))["c"][2][0] == "fichier:donnees/strategie.json"
    without = Vocabulaire(EDITION, {}, lambda: {"glossaire"})
    assert [node["t"] for node in without.page("glossaire", "le glossaire").nodes] == ["Str", "Space", "Str"]


def test_a_link_out_of_the_dossier_says_so() -> None:
    link = premier(MOTS.externe("https://exemple.fr", "le site"))
    assert (link["c"][0][1], link["c"][2][0]) == (["externe"], "https://exemple.fr")


def test_elements_are_listed_in_reading_order_or_in_that_of_a_dictionary() -> None:
    terms = [
        element("terme", f"t{rank}", titre=titre)
        for rank, titre in enumerate(["Zone", "étape", "Élu", "friche", "Eau"])
    ]
    words = mots(edition_avec(*terms))
    assert [terme.titre for terme in words.tous("terme")] == ["Zone", "étape", "Élu", "friche", "Eau"]
    assert [terme.titre for terme in words.alphabetique("terme")] == ["Eau", "Élu", "étape", "friche", "Zone"]
    assert [(letter, len(termes)) for letter, termes in words.par_lettre("terme")] == [("E", 3), ("F", 1), ("Z", 1)]
    assert mots(edition_avec(element("terme", "t", titre="5G"))).par_lettre("terme")[0][0] == "#"


def test_those_who_cite_an_element_are_found_by_kind() -> None:
    assert [e.id for e in MOTS.citants("friches-portuaires", "enjeu")] == ["enjeu-friches"]
    assert MOTS.citants("friches-portuaires", "action") == []
    for call in (lambda: MOTS.tous("enjeux"), lambda: MOTS.citants("region", "acteurs")):
        with pytest.raises(TemplateFault, match=r"n'est pas un genre d'élément\. Vouliez-vous dire"):
            call()


def test_elements_are_gathered_by_kind_in_reading_order() -> None:
    found = MOTS.par_genre([EDITION.elements[ident] for ident in ("region", "terme-friche", "agence-urbanisme")])
    assert [(genre, [e.id for e in elements]) for genre, elements in found] == [
        ("acteur", ["region", "agence-urbanisme"]),
        ("terme", ["terme-friche"]),
    ]


def test_a_state_is_a_badge_with_words_and_a_class_for_its_colour() -> None:
    badge = premier(MOTS.statut(EDITION.elements["enjeu-friches"]))
    assert badge["t"] == "Span"
    assert badge["c"][0][1] == ["statut", "a_valider"]
    assert paroles(badge) == "À valider"
    assert paroles(MOTS.pastille(StatutPhase.en_cours)) == "En cours"


ETATS = {
    "Proposition, à valider.": {"statut": "a_valider"},
    "Proposition, à valider par : Groupe de pilotage (Groupe de pilotage de juin 2020).": {
        "statut": "a_valider", "instance": "groupe-pilotage", "seance": "seance-2020-06",
    },
    "Proposition, à valider par : Groupe de pilotage, avant le 1er juin 2020.": {
        "statut": "a_valider", "instance": "groupe-pilotage", "echeance": "2020-06-01",
    },
    "Validé : Valider le diagnostic.": {"statut": "valide", "decision": "decision-2019-09"},
    "Validé.": {"statut": "valide"},
    "Abandonné : faute de terrain.": {"statut": "abandonne", "motif": "faute de terrain"},
    "Remplacé.": {"statut": "remplace"},
    "Texte en cours d'écriture, pas encore soumis à validation.": {},
}  # fmt: skip


@pytest.mark.parametrize("phrase", ETATS)
def test_a_state_is_told_in_a_sentence(phrase: str) -> None:
    assert simple(paroles(MOTS.etat(element("enjeu", "e", validation=ETATS[phrase])))) == phrase


def test_a_text_changed_since_it_was_validated_says_so(tmp_path: Any, fichiers_valmer: Fichiers) -> None:
    right = empreinte(charger(VALMER), "vacance-tertiaire")
    for recorded, phrase in ((right, "Validé : Valider le diagnostic."),
                             ("0" * 64, "Validé, modifié depuis sa validation : Valider le diagnostic.")):  # fmt: skip
        demarche = str(fichiers_valmer["data/demarche.yml"]).replace(
            "- element: vacance-tertiaire", f"- {{element: vacance-tertiaire, empreinte: {recorded}}}"
        )
        changed = edition(
            charger(ecrire(tmp_path / recorded[:4], {**fichiers_valmer, "data/demarche.yml": demarche})), 0, DATE
        )
        assert changed.modifies == (frozenset() if recorded == right else {"vacance-tertiaire"})
        assert simple(paroles(mots(changed).etat(changed.elements["vacance-tertiaire"]))) == phrase


def test_a_table_has_a_caption_a_header_and_cells_of_any_content() -> None:
    table = premier(
        MOTS.tableau(
            ["Rôles : ", MOTS.fort("port")],
            ["Acteur", "Rôles"],
            [[MOTS.lien("region"), MOTS.puces(["a", "b"])]],
            nombres=[1],
        )
    )
    _, caption, specs, head, (body,), _ = table["c"]
    assert simple(paroles(caption)).strip() == "Rôles : port"
    assert [spec[0]["t"] for spec in specs] == ["AlignLeft", "AlignRight"]
    assert len(head[1]) == 1
    assert body[1] == 1, "the first cell of a row is its header"
    assert body[3][0][1][1][4][0]["t"] == "BulletList"


def test_templates_find_every_public_word_and_no_other() -> None:
    names = MOTS.noms()
    assert names["identite"] is EDITION.identite
    assert names["version"] == date(2026, 11, 22)
    assert names["public"] is True
    assert mots(edition_de(VALMER, INTERNE)).noms()["public"] is False
    assert names["niveaux"] == ["constat", "enjeu", "objectif", "priorite", "action", "moyen"]
    assert names["libelle"]("enjeu", pluriel=True) == "défis"
    assert not any(name.startswith("_") for name in names)
    assert "noms" not in names
    for name in ("lien", "lignes_roles", "traits_moyen", "lignes_actions", "preuves", "courbe", "matrices"):
        assert callable(names[name]), name
    assert all(value.__doc__ for name, value in names.items() if hasattr(value, "__self__")), "every word is explained"


def test_no_two_subjects_give_one_word_two_meanings() -> None:
    """A template that calls a word would get the last one declared, and fail far from the cause."""
    words = mots(edition_de())
    given: dict[str, list[str]] = {}
    for part in (words, *words._parts):
        for name in vars(type(part)):
            if not name.startswith("_") and name != "noms":
                given.setdefault(name, []).append(type(part).__name__)
    assert {name: parts for name, parts in given.items() if len(parts) > 1} == {}


def test_a_blank_says_what_is_to_be_written_and_is_marked_as_such() -> None:
    (node,) = mots(edition_de()).a_remplir("date de la séance").nodes
    assert node["t"] == "Span" and node["c"][0][1] == ["a-remplir"]
    assert simple(paroles(node)) == "[à compléter : date de la séance]"


def test_two_parts_of_the_vocabulary_never_give_one_word_two_meanings() -> None:
    words = Vocabulaire(edition_avec(), {}, frozenset)
    public = [name for part in (words, *words._parts) for name in vars(type(part)) if not name.startswith("_")]
    assert sorted({name for name in public if public.count(name) > 1}) == []
