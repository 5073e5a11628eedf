"""What is not yet announceable is not announced: each part knows its own readers, whatever holds it."""

import pytest

from smde.dossier import Dossier
from smde.model.acteurs import Membre, NomRole, Role, StatutRole
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.demarche import Verbatim
from smde.model.plan import champs
from smde.model.rubriques import CHEMINS, CLASSES, RUBRIQUES
from smde.model.schema import FINANCEMENT_ACQUIS, EtatCout, EtatFinancement, Financement, LigneBudget, Negociation


@pytest.mark.parametrize("statut", StatutRole)
def test_a_partner_who_has_not_said_yes_is_never_announced(statut: StatutRole) -> None:
    expected = INTERNE if statut is StatutRole.propose else PUBLIC
    assert Role(acteur="region", role=NomRole.financeur, statut=statut).niveau() is expected
    assert Membre(acteur="region", statut=statut).niveau() is expected


@pytest.mark.parametrize("etat", EtatFinancement)
def test_a_funding_that_is_not_secured_stays_inside(etat: EtatFinancement) -> None:
    part = Financement.model_validate(
        {"financeur": "region", "annee": "2021", "montant": "150000", "taxe": "HT", "etat": etat.value}
    )
    assert part.niveau() is (PUBLIC if etat in FINANCEMENT_ACQUIS else INTERNE)


def test_only_what_is_promised_in_writing_is_secured() -> None:
    assert {etat.name for etat in FINANCEMENT_ACQUIS} == {"acquis", "notifie", "conventionne", "verse"}


@pytest.mark.parametrize(("etat", "level"), [("illustratif", PUBLIC), ("estime", PARTENAIRES), ("vote", PUBLIC)])
def test_an_estimate_is_for_partners_until_it_is_voted(etat: str, level: Diffusion) -> None:
    row = {"poste": "Voirie", "annee": "2021", "montant": "1", "taxe": "HT", "etat": etat}
    assert LigneBudget.model_validate(row).niveau() is level
    assert etat in EtatCout.__members__


def test_words_heard_have_readers_of_their_own() -> None:
    assert Verbatim(texte="On trouve des bureaux.").niveau() is INTERNE
    assert Verbatim(texte="On trouve des bureaux.", diffusion=PUBLIC).niveau() is PUBLIC


@pytest.mark.parametrize(
    ("genre", "nom"),
    [
        ("acteur", "contact"),
        ("acteur", "position"),
        ("entretien", "identite"),
        ("entretien", "fonction"),
        ("seance", "compte_rendu"),
        *((genre, "notes") for genre in CLASSES),
    ],
)
def test_names_positions_and_working_notes_never_leave_the_house(genre: str, nom: str) -> None:
    assert champs(CLASSES[genre])[nom].diffusion is INTERNE


def test_what_a_negotiator_may_give_way_on_never_leaves_the_house_and_the_rest_waits_to_be_said() -> None:
    inside = {nom for nom, one in champs(Negociation).items() if one.diffusion is INTERNE}
    assert inside == {"points", "repli"}
    assert Negociation().niveau() is INTERNE
    assert Negociation(diffusion=PARTENAIRES).niveau() is PARTENAIRES
    assert Negociation(diffusion=PUBLIC).niveau() is PARTENAIRES, "a negotiation is never public"


def test_risks_are_for_partners() -> None:
    assert champs(CLASSES["action"])["risques"].diffusion is PARTENAIRES


def test_every_heading_has_its_own_path_and_its_own_noun() -> None:
    chemins = [rubrique.chemin for rubrique in RUBRIQUES]
    assert len(set(chemins)) == len(chemins) == len(CLASSES) == len(CHEMINS)
    for chemin in chemins:
        assert chemin.split("/")[0] in ("strategy", "schema", "data")
        assert not any(other.startswith(chemin + "/") for other in chemins), "a file belongs to one heading"


def test_every_noun_of_the_method_is_written_in_the_dossier_of_the_tests(valmer: Dossier) -> None:
    used = {genre: set() for genre in CLASSES}  # type: dict[str, set[str]]
    for element in valmer.elements.values():
        used[element.genre] |= element.model_fields_set
    for genre, classe in CLASSES.items():
        assert used[genre] >= {"id", "titre"}, genre
        assert used[genre] <= set(champs(classe))
