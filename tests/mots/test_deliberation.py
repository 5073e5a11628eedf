"""The skeleton of a deliberation cites what the dossier knows, leaves blanks for the rest, and says it is a draft."""

from hashlib import sha256
from typing import Any

import pytest

from smde import pages
from smde.arbre import Document
from smde.edition import Edition, empreinte, empreinte_edition
from smde.fragments import TemplateFault
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from tests.brest import RACINE as BREST
from tests.conftest import VALMER
from tests.mots.lecture import INTERIEUR, NOMS, cellule, items, lignes
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, mots, paroles, simple, tableaux

INTERNE_BREST = edition_de(BREST, INTERNE)
CONSEIL = INTERIEUR.elements["conseil"]


def livrable(instance: str | None = "conseil", cadres: tuple[str, ...] = ()) -> Any:
    named = {"instance": instance} if instance else {}
    return element("livrable", "d", lecteur="Assemblées", modele="deliberation", cadres=list(cadres), **named)


def fait(un_livrable: Any, une: Edition = INTERIEUR) -> Document:
    return pages.livrable(gabarits(une, MACROS), un_livrable)


def test_a_document_that_names_no_assembly_is_refused_with_what_to_write() -> None:
    with pytest.raises(TemplateFault, match="ajoutez `instance`"):
        fait(livrable(None))
    assert NOMS["assemblee"](livrable()) is CONSEIL


def test_the_laws_are_cited_first_then_the_rest_by_date_and_a_missing_date_is_a_blank() -> None:
    une = edition_avec(
        element("cadre", "projet", titre="Projet 2040", type="projet_metropolitain"),
        element("cadre", "scot", titre="Schéma du Pays", type="planification", date="2018-12-19", organe="Comité"),
        element("cadre", "loi", titre="Loi n° 2015-991 du 7 août 2015", type="loi", date="2015-08-07"),
        element("cadre", "ordonnance", titre="Ordonnance du 3 mars", type="loi", date="2014-03-03"),
    )
    doc = livrable(cadres=("projet", "scot", "loi", "ordonnance"))
    assert items(une, "visas", doc) == [
        "Vu le document « Ordonnance du 3 mars », 3 mars 2014 ;",
        "Vu la loi n° 2015-991 du 7 août 2015 ;",
        "Vu le document « Schéma du Pays », adopté par : Comité, 19 décembre 2018 ;",
        "Vu le document « Projet 2040 », [à compléter : date] ;",
    ]


def test_those_who_speak_before_are_cited_with_their_decisions_and_a_blank_for_what_is_to_come() -> None:
    steps = [{"instance": "pilotage", "objet": "Accord"}, {"instance": "conseil", "objet": "Vote"}]
    une = edition_avec(
        element("organisation", "conseil", nature="instance"),
        element("groupe", "pilotage", titre="Groupe de pilotage", type="pilotage"),
        element("organisation", "circuit", nature="circuit", circuit=steps),
        element(
            "decision", "v", titre="Valider le diagnostic", instance="pilotage", date="2024-06-20", resultat="adopte"
        ),
    )
    assert items(une, "visas_avis", une.elements["conseil"]) == [
        "Vu la décision « Valider le diagnostic » du 20 juin 2024 ;",
        "Vu la position de l'instance « Groupe de pilotage » [à compléter : date et sens] ;",
    ]
    assert lignes(une, "lignes_avis", une.elements["conseil"]) == [
        ["Groupe de pilotage", "Accord", "Valider le diagnostic (20 juin 2024) ; [à compléter : date et sens]"]
    ]


def test_considerants_are_the_open_enjeux_with_the_constats_that_found_them() -> None:
    une = edition_avec(
        element("constat", "a", titre="La population vieillit", theme="t", nature="menace"),
        element("constat", "b", titre="Les jeunes partent", theme="t", nature="menace"),
        element("constat", "c", titre="Le port recrute", theme="t", nature="atout"),
        element("enjeu", "actifs", titre="Renouveler les actifs", constats=["a", "b", "c"]),
        element("enjeu", "seul", titre="Tenir"),
        element("enjeu", "interne", titre="Vendre le quai", diffusion="interne"),
        element("enjeu", "clos", titre="Fermer", validation={"statut": "abandonne"}),
    )
    assert items(une, "considerants") == [
        "Considérant, parmi les enjeux de la stratégie : « Renouveler les actifs », au vu notamment de : « La "
        "population vieillit » et « Les jeunes partent » ;",
        "Considérant, parmi les enjeux de la stratégie : « Tenir » ;",
    ]
    assert "parmi les défis" in items(INTERIEUR, "considerants")[0], "in the authority's own words"


def test_what_is_adopted_is_counted_in_words() -> None:
    assert NOMS["decompte"]([]) == ""
    elements = [
        element("constat", "a", theme="t", nature="atout"),
        element("enjeu", "b"),
        element("enjeu", "c"),
        element("organisation", "d", nature="service"),
        element("organisation", "e", nature="service"),
    ]
    assert simple(NOMS["decompte"](elements)) == "1 constat, 2 défis et 2 éléments d'organisation"


def test_the_state_of_what_is_adopted_and_the_annex_say_what_is_not_ready() -> None:
    valide = {"statut": "valide", "decision": "v"}
    pair = [element("enjeu", "a", validation=valide), element("enjeu", "b", validation=valide)]
    une = edition_avec(*pair, modifies=frozenset({"b"}))
    assert lignes(une, "lignes_etat", pair) == [["Enjeux", "2", "1", "1"]]
    assert lignes(une, "lignes_annexe", pair) == [
        ["a", "a", empreinte(une, "a")[:12], "Validé"],
        ["b", "b", empreinte(une, "b")[:12], "Validé, modifié depuis sa validation"],
    ]


def test_frameworks_that_are_not_fully_described_are_to_be_checked_before_they_are_cited() -> None:
    une = edition_avec(
        element("cadre", "scot", type="planification", a_completer="Orientations du document."),
        element("cadre", "loi", type="loi"),
    )
    assert items(une, "cadres_a_verifier", livrable(cadres=("loi", "scot"))) == ["scot : Orientations du document."]


def test_the_fingerprint_printed_is_that_of_the_public_edition_whoever_prints() -> None:
    public = empreinte_edition(edition_de(BREST, PUBLIC))
    for niveau in (PARTENAIRES, INTERNE):
        words = mots(edition_de(BREST, niveau))
        said = cellule(words, words.noms()["empreinte_version"]())
        assert said.replace(" ", "") == public and len(said.split()) == 8
    assert len(public) == len(sha256().hexdigest())


def test_the_skeleton_of_brest_is_a_draft_with_its_version_its_blanks_and_its_articles() -> None:
    made = fait(INTERNE_BREST.elements["projet-deliberation"], INTERNE_BREST)
    words = simple(paroles(made))
    assert "Projet, sans valeur d'acte." in words and "ne sont pas validés en l'état." in words
    assert "version du 22 novembre 2026" in words
    assert empreinte_edition(INTERNE_BREST) in words.replace(" ", "")
    for article in range(1, 8):
        assert f"Article {article} – " in words
    for cited in ("L4251-12 à L4251-17", "loi n° 2015-991 du 7 août 2015", "Après en avoir délibéré"):
        assert cited in words
    assert words.count("[à compléter : ") > 20
    assert [simple(cell) for cell in tableaux(made)["Résultat du vote"][1]] == ["Pour", "[à compléter : nombre]"]
    annexed = [row[0] for caption, rows in tableaux(made).items() for row in rows[1:] if rows[0][0] == "Code"]
    adopted = [one.id for part in ("strategy", "schema") for one in mots(INTERNE_BREST).noms()["adoptes"](part)]
    assert annexed == adopted != []
    assert "conforme" not in words.lower()


def test_the_skeleton_stays_inside_the_authority() -> None:
    assert "projet-deliberation" not in edition_de(BREST, PARTENAIRES).elements
    assert "enjeu-competences" not in paroles(fait(livrable())), "an internal enjeu is not adopted"


def test_an_assembly_without_circuit_or_framework_still_has_its_skeleton() -> None:
    words = simple(paroles(fait(livrable("service-economie"), edition_de(VALMER, PUBLIC))))
    assert "Qui se prononce avant l'assemblée" not in words
    assert "Vu le rapport présenté à l'assemblée" in words
