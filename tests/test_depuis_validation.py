"""What is no longer what was validated says so everywhere, with the difference, and to nobody more than he may read."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from smde import construire, pages
from smde.changements import changements
from smde.comprendre import SANS_TEXTE, comprendre
from smde.decider import decider, ecrire
from smde.dossier import Dossier, charger
from smde.edition import MODIFIE, Edition, edition, empreinte
from smde.etiquettes import etiquettes
from smde.instantane import document, lire, prendre, vers_edition
from smde.model.champ import PUBLIC, Diffusion
from smde.model.demarche import Seance
from smde.model.identite import Livrable
from smde.outputs import donnees
from smde.refus import Refus
from smde.views.modifies import modification
from tests.commande import simple
from tests.conftest import Fichiers, verifier
from tests.rendu import DATE, element, gabarits, mots, paroles
from tests.seance_tenue import DEMARCHE, ENJEUX, GARDES, OBJECTIFS, SEANCE, changee, decidee, page, phrases

Changement = tuple[str, str, str]
FICHE, ACTION = "schema/actions/requalifier-friches.yml", "action-requalifier-friches"
TITRE = (ENJEUX, "titre: Donner un avenir", "titre: Rendre un avenir")
CIBLE = (OBJECTIFS, "valeur: 6.5", "valeur: 6")
ROLE = (OBJECTIFS, "role: pilote", "role: copilote")


@pytest.fixture
def racine(tmp_path: Path, fichiers_valmer: Fichiers) -> Path:
    """The dossier as the séance left it."""
    return decidee(tmp_path / "valmer", fichiers_valmer)


@pytest.fixture
def apres(racine: Path) -> Callable[..., Edition]:
    """An edition of the dossier once some words are others."""

    def run(*changes: Changement, niveau: Diffusion = PUBLIC) -> Edition:
        return edition(changee(racine, *changes), niveau, DATE)

    return run


# ── What an edition knows ────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_said_as_long_as_nothing_changed(apres: Callable[..., Edition]) -> None:
    une = apres()
    assert (une.modifies, une.valides) == (frozenset(), {})
    assert modification(une, une.elements["enjeu-friches"]) is None
    assert "modifies" not in document(une)


@pytest.mark.parametrize("niveau", Diffusion)
def test_a_text_a_target_and_a_role_are_told_in_sentences(apres: Callable[..., Edition], niveau: Diffusion) -> None:
    une = apres(TITRE, CIBLE, ROLE, niveau=niveau)
    assert une.modifies == {"enjeu-friches", "objectif-reconversion"}
    assert phrases(une, "enjeu-friches") == [
        "Dans le défi « Rendre un avenir aux friches du port », « Titre » : texte réécrit."
    ]
    whose = "de l'objectif « Vingt hectares de friches rendus à l'activité en dix ans »"
    assert phrases(une, "objectif-reconversion") == [
        f"« Valmer métropole » n'est plus pilote {whose} mais copilote.",
        f"La cible {whose} pour « Part des bureaux vacants » passe de 6,5 % (2025) à 6 % (2025).",
    ]


def test_what_comes_back_to_the_text_validated_says_nothing_more(racine: Path) -> None:
    assert edition(changee(racine, TITRE), PUBLIC, DATE).modifies
    back = (TITRE[0], TITRE[2], TITRE[1])
    une = edition(changee(racine, back), PUBLIC, DATE)
    assert (une.modifies, une.valides) == (frozenset(), {})
    assert "valide-mais-modifie" not in {fault.code for fault in verifier(racine)}


def test_a_decision_that_validated_two_wordings_is_content_with_either(racine: Path) -> None:
    line = "      - element: enjeu-friches   # tel que présenté\n"
    other = f"      - {{element: enjeu-friches, empreinte: {'0' * 64}}}\n"
    assert edition(changee(racine, (DEMARCHE, line, other + line)), PUBLIC, DATE).modifies == frozenset()
    assert "valide-mais-modifie" not in {fault.code for fault in verifier(racine)}
    assert edition(changee(racine, TITRE), PUBLIC, DATE).modifies == {"enjeu-friches"}


def test_what_is_submitted_again_is_no_longer_said_modified_but_its_difference_is_still_known(
    apres: Callable[..., Edition], racine: Path
) -> None:
    une = apres(TITRE, (ENJEUX, "statut: valide, ", "statut: a_valider, "))
    assert une.modifies == frozenset()
    assert [both.avant.id for both in une.valides.values()] == ["enjeu-friches"]


def test_the_state_of_an_element_is_no_part_of_what_changed(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE, (ENJEUX, "statut: valide, ", "statut: valide, motif: Vote unanime, "))
    assert len(phrases(une, "enjeu-friches")) == 1


# ── Everywhere it is said ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_the_element_shows_the_decision_the_day_and_the_words_that_changed(
    apres: Callable[..., Edition],
) -> None:
    une = apres(TITRE)
    said = page(une, "enjeux/enjeu-friches")
    assert "Validé par : Valider les enjeux Modifié depuis sa validation" in said
    assert (
        "Modifié depuis sa validation. Ce texte n'est plus celui que la décision « Valider les enjeux » a validé, le "
        "18 juin 2020." in said
    )
    assert "retiré : Donner" in said and "ajouté : Rendre" in said
    assert "Le texte barré a été retiré, le texte souligné a été ajouté." in said
    assert "Voir" not in said.split("Modifié depuis sa validation.")[1].split("Le texte barré")[0], "short: not folded"


def test_a_long_difference_folds_on_apage(apres: Callable[..., Edition]) -> None:
    une = apres(
        TITRE,
        (ENJEUX, "question: Que faire de 37", "question: Que devient chacun des 37"),
        (ENJEUX, "degre: decide", "degre: cofinance"),
        (ENJEUX, "Droit de préemption", "Préemption"),
        (ENJEUX, "limites: [Coût de la dépollution]", "limites: [Coût des sols]"),
    )
    count = len(phrases(une, "enjeu-friches"))
    assert count > 3
    assert f"Voir {count} changements" in page(une, "enjeux/enjeu-friches")


def test_lists_the_page_of_validations_and_the_decision_say_so_too(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE, ROLE)
    assert "Validé Modifié depuis sa validation" in page(une, "enjeux/index")
    said = page(une, "demarche/validations")
    section = said.split("Modifiés depuis leur validation")[1].split("Décisions")[0]
    assert "Valider les enjeux, 18 juin 2020" in section
    assert "n'est plus pilote" in section and "« Titre » : texte réécrit." in section
    assert "Rendre un avenir aux friches du port, modifié depuis sa validation" in said


def test_the_page_of_validations_has_no_such_part_when_all_is_as_it_was(racine: Path) -> None:
    une = edition(charger(racine), PUBLIC, DATE)
    assert "Modifiés depuis" not in page(une, "demarche/validations")


def test_the_search_knows_it_as_a_state(apres: Callable[..., Edition]) -> None:
    found = etiquettes(apres(TITRE))
    assert found["enjeu-friches"].etats == (("valide", "Validé"), ("modifie", "Modifié depuis sa validation"))
    assert found["objectif-reconversion"].etats == (("valide", "Validé"),)


def test_a_document_that_prints_it_in_full_prints_the_difference_unfolded(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE)
    made = pages.livrable(gabarits(une), une.tous(Livrable)[0])
    said = simple(paroles(made)).replace("’", "'")
    assert "Ce texte n'est plus celui que la décision « Valider les enjeux » a validé, le 18 juin 2020." in said
    assert "Donner Rendre un avenir" in said, "what went and what came, parted by a space"
    assert "retiré :" not in said, "marks are seen on paper"


def test_a_fiche_that_holds_on_a_sheet_gives_the_first_changes_and_says_where_the_others_are(racine: Path) -> None:
    changee(
        racine,
        (DEMARCHE, "      - {element: objectif-rec", f"      - {{element: {ACTION}}}\n      - {{element: objectif-rec"),
    )
    ecrire(racine, decider(charger(racine), SEANCE))
    dossier = changee(
        racine,
        (FICHE, "titre: Requalifier la", "titre: Transformer la"),
        (FICHE, "sans usage depuis 2009", "sans usage depuis 2008"),
        (FICHE, "montant: 800000,", "montant: 810000,"),
        (FICHE, "Consultation des entreprises", "Réunion des entreprises du port"),
        (FICHE, "Diagnostic de pollution", "Diagnostic des sols"),
    )
    une = edition(dossier, PUBLIC, DATE)
    count = len(phrases(une, ACTION))
    assert count > 4, phrases(une, ACTION)
    fiches = element("livrable", "fiches", lecteur="Élus", modele="fiches")
    said = simple(paroles(pages.livrable(gabarits(une), fiches))).replace("’", "'")
    banner = said.split("Modifié depuis sa validation.")[1].split("se lit sur la page de l'élément.")[0]
    assert [phrase in banner for phrase in phrases(une, ACTION)] == [True] * 3 + [False] * (count - 3)
    assert f"Et {count - 3} autres changements." in banner and "barré" not in banner


def test_a_seance_that_is_asked_again_is_shown_what_changed_since_the_last_decision(
    apres: Callable[..., Edition],
) -> None:
    une = apres(TITRE, (ENJEUX, "statut: valide, ", "statut: a_valider, "))
    pilotage = une.element("seance-2020-06", Seance)
    seance = pilotage.model_copy(update={"soumet": ["enjeu-friches"]})
    une = replace(une, elements={**une.elements, seance.id: seance})
    livrable = element("livrable", "dossier", lecteur="Groupe de pilotage", modele="seance", seance=seance.id)
    said = simple(paroles(pages.livrable(gabarits(une), livrable))).replace("’", "'")
    assert "Modifié depuis « Valider les enjeux », 18 juin 2020." in said
    assert "Donner Rendre un avenir" in said


def test_the_record_of_the_seance_says_which_decision_it_is_no_longer_the_text_of(
    apres: Callable[..., Edition],
) -> None:
    une = apres(TITRE)
    words = mots(une)
    rows = words.noms()["lignes_validees_exactement"](une.elements["decision-2020-06"])
    assert [row[2] for row in rows] == ["Modifié depuis sa validation", "Texte inchangé"]


# ── Data, comparison, terminal ───────────────────────────────────────────────────────────────────────────────────────


def test_the_data_name_what_changed_in_order_and_read_back_the_same(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE, CIBLE)
    data = json.loads(donnees.fichiers(une)["strategie.json"])
    assert data["modifies"] == ["enjeu-friches", "objectif-reconversion"]
    again = lire(donnees.fichiers(une)["strategie.json"], "juin")
    assert again == prendre(une, "juin") and again.modifies == une.modifies
    assert vers_edition(again).modifies == une.modifies
    assert [both["avant"]["titre"] for both in data["valides"].values() if both["genre"] == "enjeu"] == [
        "Donner un avenir aux friches du port"
    ]


@pytest.mark.parametrize("niveau", Diffusion)
def test_a_version_read_back_shows_the_difference_that_it_showed(
    apres: Callable[..., Edition], niveau: Diffusion
) -> None:
    """The document with tracked changes is made from it: refusing them all gives what its readers had."""
    une = apres(TITRE, CIBLE, ROLE, niveau=niveau)
    again = vers_edition(prendre(une, "juin"))
    assert list(again.valides) == sorted(une.valides)
    for ident in une.modifies:
        assert phrases(again, ident) == phrases(une, ident) != []
    schema = json.loads(donnees.fichiers(une)["strategie.schema.json"])
    assert not list(Draft202012Validator(schema).iter_errors(json.loads(donnees.fichiers(une)["strategie.json"])))


def test_a_text_that_fits_the_model_no_more_is_left_out_of_a_version_read_back(apres: Callable[..., Edition]) -> None:
    data = document(apres(TITRE, CIBLE))
    for both in data["valides"].values():
        both["avant"]["urgence"] = "forte"  # a field that is gone
        if both["genre"] == "objectif":
            both["avant"]["influence"] = {"degre": "souverain"}  # a value that is gone
    again = vers_edition(lire(json.dumps(data, default=str).encode(), "juin"))
    assert [both.avant.genre for both in again.valides.values()] == ["enjeu"]
    assert again.modifies == {"enjeu-friches", "objectif-reconversion"}


@pytest.mark.parametrize(
    ("champ", "faux"),
    [
        *(("modifies", faux) for faux in ('"enjeu-friches"', "[1]", '{"a": 1}', "null")),
        *(("valides", faux) for faux in ("[]", "null", '{"a": 1}', '{"a": {"genre": "enjeu", "avant": {"id": "a"}}}')),
    ],
)
def test_data_that_name_them_in_another_way_do_not_follow_the_contract(
    champ: str, faux: str, apres: Callable[..., Edition]
) -> None:
    whole = json.dumps(document(apres()) | {champ: "@"}).replace('"@"', faux)
    with pytest.raises(Refus, match="mais ne le suivent pas"):
        lire(whole.encode(), "juin")


def test_the_comparison_of_two_versions_says_when_it_becomes_so_and_when_it_is_no_longer(racine: Path) -> None:
    sealed = prendre(edition(charger(racine), PUBLIC, DATE), "juin")
    changed = prendre(edition(changee(racine, ROLE), PUBLIC, DATE), "juillet")
    whose = "L'objectif « Vingt hectares de friches rendus à l'activité en dix ans »"
    first = [simple(change.phrase) for change in changements(sealed, changed)]
    assert first[0] == f"{whose} a été modifié depuis sa validation."
    assert next(simple(change.phrase) for change in changements(changed, sealed)) == (
        f"{whose} est de nouveau ce qui a été validé."
    )
    assert changements(changed, changed) == ()


def test_what_is_submitted_again_is_not_said_to_be_again_what_was_validated(racine: Path) -> None:
    changed = prendre(edition(changee(racine, TITRE), PUBLIC, DATE), "juin")
    again = changee(racine, (ENJEUX, "statut: valide, ", "statut: a_valider, "))
    found = changements(changed, prendre(edition(again, PUBLIC, DATE), "juillet"))
    assert not [change for change in found if "de nouveau" in change.phrase]
    assert [change.champ for change in found] == ["validation"]


def dire(dossier: Dossier, ident: str) -> str:
    words = comprendre(dossier, ident, construire.verifier(dossier.racine)[1])
    assert words is not None
    return simple(words).replace("’", "'")


def test_the_terminal_gives_the_state_the_decision_and_the_difference(racine: Path) -> None:
    said = dire(changee(racine, TITRE), "enjeu-friches")
    assert f"Validation    validé, {MODIFIE}" in said
    assert "Modifié depuis sa validation par « Valider les enjeux », le 18 juin 2020" in said
    assert "[-Donner-]{+Rendre+} un avenir aux friches du port" in said


def test_the_terminal_says_so_when_the_text_was_not_kept(racine: Path) -> None:
    (racine / GARDES).unlink()
    said = " ".join(dire(changee(racine, TITRE), "enjeu-friches").split())
    assert SANS_TEXTE in said


def test_the_check_names_what_changed_in_one_line(racine: Path) -> None:
    changee(racine, TITRE, CIBLE, ROLE)
    found = {fault.message for fault in verifier(racine) if fault.code == "valide-mais-modifie"}
    assert found == {
        "« Rendre un avenir aux friches du port » est modifié depuis sa validation par « Valider les enjeux » (Titre).",
        "« Vingt hectares de friches rendus à l'activité en dix ans » est modifié depuis sa validation par « Valider "
        "les enjeux » (Cibles et Rôles).",
    }


def test_every_edition_that_knows_an_element_says_the_same_of_it(racine: Path) -> None:
    dossier = changee(racine, TITRE)
    assert [edition(dossier, niveau, DATE).modifies for niveau in Diffusion] == [frozenset({"enjeu-friches"})] * 3
    assert len({empreinte(edition(dossier, niveau, DATE), "enjeu-friches") for niveau in Diffusion}) == 1
