"""What is no longer what was validated says so everywhere, with the difference, and to nobody more than he may read."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from smde import construire, pages
from smde.changements import changements
from smde.changements.depuis_validation import DepuisValidation
from smde.comprendre import SANS_TEXTE, comprendre
from smde.decider import decider, ecrire
from smde.dossier import Dossier, charger
from smde.edition import MODIFIE, Edition, edition, empreinte
from smde.etiquettes import etiquettes
from smde.instantane import document, lire, prendre, texte, vers_edition
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.demarche import Seance
from smde.model.identite import Livrable
from smde.mots.modifies import AILLEURS, NON_MONTRE
from smde.outputs import donnees
from smde.refus import Refus
from smde.textes_valides import canonique, sceau
from smde.views.modifies import modification
from tests.commande import simple
from tests.conftest import Fichiers, verifier
from tests.rendu import DATE, element, gabarits, mots, paroles
from tests.seance_tenue import DEMARCHE, ENJEUX, GARDES, OBJECTIFS, SEANCE, changee, decidee

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


def phrases(une: Edition, ident: str) -> list[str]:
    """What changed in an element since its decision, in the sentences that its page shows."""
    found = modification(une, une.elements[ident])
    assert found is not None and found.valide is not None
    return [simple(change.phrase) for change in DepuisValidation(une).changements(found.valide)]


def textes(une: Edition) -> str:
    """All that an edition says of the texts validated, as plain words."""
    return "\n".join(both.avant.model_dump_json() for both in une.valides.values())


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


def test_what_is_submitted_again_is_no_longer_said_modified_but_its_difference_is_still_known(
    apres: Callable[..., Edition], racine: Path
) -> None:
    une = apres(TITRE, (ENJEUX, "statut: valide, ", "statut: a_valider, "))
    assert une.modifies == frozenset()
    assert [both.avant.id for both in une.valides.values()] == ["enjeu-friches"]


def test_the_state_of_an_element_is_no_part_of_what_changed(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE, (ENJEUX, "statut: valide, ", "statut: valide, motif: Vote unanime, "))
    assert len(phrases(une, "enjeu-friches")) == 1


# ── Who may read what ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_note_a_field_or_a_role_kept_from_these_readers_is_in_no_text_kept(racine: Path, tmp_path: Path) -> None:
    hidden = "  influence: {degre: cofinance}\n  notes: xqnotecachee\n"
    dossier = changee(racine, (OBJECTIFS, "  influence: {degre: cofinance}\n", hidden), CIBLE)
    assert "xqnotecachee" not in (racine / GARDES).read_text("utf-8")
    for niveau in Diffusion:
        une = edition(dossier, niveau, DATE)
        assert "xqnotecachee" not in textes(une)
        assert not any("region" in both.avant.model_dump_json() for both in une.valides.values())
        assert all("notes" not in change for change in phrases(une, "objectif-reconversion"))


def _restreint(racine: Path, path: str, ident: str, niveau: str) -> Dossier:
    """The dossier once an element, whose `diffusion` is its last line, is for other readers."""
    text = (racine / path).read_text("utf-8")
    start = text.index(f"id: {ident}")
    at = text.index("diffusion: ", start)
    end = text.index("\n", at)
    (racine / path).write_text(f"{text[:at]}diffusion: {niveau}{text[end:]}", "utf-8")
    return charger(racine)


def test_what_was_validated_while_it_was_for_staff_is_never_shown_to_others(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    secret = str(fichiers_valmer[ENJEUX]).replace("Que faire de 37 hectares", "xqsecret, que faire de 37 hectares")
    files = {**fichiers_valmer, ENJEUX: secret.replace("  diffusion: public", "  diffusion: interne", 1)}
    racine = decidee(tmp_path, files)
    assert "xqsecret" in (racine / GARDES).read_text("utf-8")
    changee(racine, (ENJEUX, "xqsecret, que faire", "Que faire"))
    dossier = _restreint(racine, ENJEUX, "enjeu-friches", "public")
    for niveau in (PUBLIC, PARTENAIRES):
        une = edition(dossier, niveau, DATE)
        assert "enjeu-friches" in une.modifies
        assert "xqsecret" not in textes(une) and "xqsecret" not in texte(une)
        assert NON_MONTRE in _page(une, "enjeux/enjeu-friches")
    assert "xqsecret" in textes(edition(dossier, INTERNE, DATE))


def test_what_these_readers_know_no_more_is_dropped_from_what_was_validated(racine: Path) -> None:
    """The constat was public when the enjeu that cites it was validated; it is for staff since."""
    changee(racine, (ENJEUX, "constats: [friches-portuaires, vacance-tertiaire]", "constats: [friches-portuaires]"))
    dossier = _restreint(racine, "strategy/diagnostic/immobilier.yml", "vacance-tertiaire", "interne")
    une = edition(dossier, PUBLIC, DATE)
    assert "enjeu-friches" in une.modifies and "vacance-tertiaire" not in textes(une)
    assert phrases(une, "enjeu-friches") == []
    page = _page(une, "enjeux/enjeu-friches")
    assert AILLEURS in page and "vacance" not in page.casefold()
    constat = dossier.elements["vacance-tertiaire"].titre
    assert phrases(edition(dossier, INTERNE, DATE), "enjeu-friches") == [
        f"Le défi « Donner un avenir aux friches du port » ne s'appuie plus sur « {constat} »."
    ]


def test_an_id_cited_in_a_text_that_was_validated_is_hidden_like_any_other(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    cites = "  texte: Voir [la vacance](vacance-tertiaire) et [[vacance-tertiaire]].\n  diffusion: public\n"
    files = {**fichiers_valmer, ENJEUX: str(fichiers_valmer[ENJEUX]).replace("  diffusion: public\n", cites, 1)}
    racine = decidee(tmp_path, files)
    changee(racine, (ENJEUX, cites, "  diffusion: public\n"))
    changee(racine, (ENJEUX, "constats: [friches-portuaires, vacance-tertiaire]", "constats: [friches-portuaires]"))
    dossier = _restreint(racine, "strategy/diagnostic/immobilier.yml", "vacance-tertiaire", "interne")
    assert "vacance-tertiaire" not in textes(edition(dossier, PUBLIC, DATE))
    assert "[[vacance-tertiaire]]" in textes(edition(dossier, INTERNE, DATE))


def test_readers_who_may_read_more_are_not_told_that_it_was_taken_out(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    """Validated while it was for partners, public since: partners still read the risks, the public never did."""
    files = {
        **fichiers_valmer,
        FICHE: str(fichiers_valmer[FICHE]).replace("diffusion: public", "diffusion: partenaires"),
    }
    racine = decidee(tmp_path, files)
    changee(
        racine,
        (DEMARCHE, "      - {element: objectif-rec", f"      - {{element: {ACTION}}}\n      - {{element: objectif-rec"),
    )
    ecrire(racine, decider(charger(racine), SEANCE))
    assert '"risques"' in (racine / GARDES).read_text("utf-8")
    dossier = _restreint(racine, FICHE, ACTION, "public")
    assert edition(dossier, PUBLIC, DATE).valides == {}
    partners = edition(dossier, PARTENAIRES, DATE)
    assert '"risques":[]' in textes(partners) and "risques" in partners.elements[ACTION].model_dump(
        exclude_defaults=True
    )
    assert not any("isque" in phrase for phrase in phrases(partners, ACTION))


def test_two_dossiers_that_differ_in_what_was_validated_by_staff_alone_give_one_public_edition(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    hidden = str(fichiers_valmer[DEMARCHE])
    racine = decidee(tmp_path / "a", {**fichiers_valmer, DEMARCHE: hidden})
    public = edition(changee(racine, TITRE), PUBLIC, DATE)
    kept = json.loads((racine / GARDES).read_text("utf-8"))
    kept["textes"] |= _un_texte_interne()
    (racine / GARDES).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    assert edition(charger(racine), PUBLIC, DATE) == public
    assert len(charger(racine).textes_valides) == 3


def _un_texte_interne() -> dict[str, object]:
    text = {"id": "enjeu-friches", "titre": "xqautre"}
    return {sceau(canonique(text)): text}


# ── Everywhere it is said ────────────────────────────────────────────────────────────────────────────────────────────


def _page(une: Edition, nom: str) -> str:
    site = pages.site(gabarits(une))
    return simple(paroles(next(one for one in site.documents if one.nom == nom))).replace("’", "'")


def test_the_page_of_the_element_shows_the_decision_the_day_and_the_words_that_changed(
    apres: Callable[..., Edition],
) -> None:
    une = apres(TITRE)
    said = _page(une, "enjeux/enjeu-friches")
    assert "Validé Modifié depuis sa validation" in said
    assert (
        "Modifié depuis sa validation. Ce texte n'est plus celui que la décision « Valider les enjeux » a validé, le "
        "18 juin 2020." in said
    )
    assert "retiré : Donner" in said and "ajouté : Rendre" in said
    assert "Le texte barré a été retiré, le texte souligné a été ajouté." in said
    assert "Voir" not in said.split("Modifié depuis sa validation.")[1].split("Le texte barré")[0], "short: not folded"


def test_a_long_difference_folds_on_a_page(apres: Callable[..., Edition]) -> None:
    une = apres(
        TITRE,
        (ENJEUX, "question: Que faire de 37", "question: Que devient chacun des 37"),
        (ENJEUX, "degre: decide", "degre: cofinance"),
        (ENJEUX, "Droit de préemption", "Préemption"),
        (ENJEUX, "limites: [Coût de la dépollution]", "limites: [Coût des sols]"),
    )
    count = len(phrases(une, "enjeu-friches"))
    assert count > 3
    assert f"Voir {count} changements" in _page(une, "enjeux/enjeu-friches")


def test_lists_the_page_of_validations_and_the_decision_say_so_too(apres: Callable[..., Edition]) -> None:
    une = apres(TITRE, ROLE)
    assert "Validé Modifié depuis sa validation" in _page(une, "enjeux/index")
    said = _page(une, "demarche/validations")
    section = said.split("Modifiés depuis leur validation")[1].split("Décisions")[0]
    assert "Valider les enjeux, 18 juin 2020" in section
    assert "n'est plus pilote" in section and "« Titre » : texte réécrit." in section
    assert "Rendre un avenir aux friches du port, modifié depuis sa validation" in said


def test_the_page_of_validations_has_no_such_part_when_all_is_as_it_was(racine: Path) -> None:
    une = edition(charger(racine), PUBLIC, DATE)
    assert "Modifiés depuis" not in _page(une, "demarche/validations")


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


@pytest.mark.parametrize("faux", ['"enjeu-friches"', "[1]", '{"a": 1}', "null"])
def test_data_that_name_them_in_another_way_do_not_follow_the_contract(
    faux: str, apres: Callable[..., Edition]
) -> None:
    whole = json.dumps(document(apres()) | {"modifies": "@"}).replace('"@"', faux)
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
