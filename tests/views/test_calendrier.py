"""What has happened, what is to come, and what awaits whom."""

from smde.model.champ import INTERNE
from smde.views.calendrier import a_valider, a_venir, etapes_par_annee, passe, phase_courante, phases
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element

PUBLIC = edition_de()


def test_phases_come_in_their_order_and_the_one_under_way_is_the_current_one() -> None:
    assert [phase.id for phase in phases(PUBLIC)] == ["phase-diagnostic", "phase-enjeux"]
    current = phase_courante(PUBLIC)
    assert current is not None
    assert current.id == "phase-enjeux"


def test_between_two_phases_the_current_one_is_the_next_to_come() -> None:
    done = element("phase", "faite", ordre="0", statut="terminee")
    later = element("phase", "tard", ordre="2", statut="a_venir")
    sooner = element("phase", "bientot", ordre="1", statut="a_venir")
    current = phase_courante(edition_avec(later, done, sooner))
    assert current is not None
    assert current.id == "bientot"
    assert phase_courante(edition_avec(done)) is None


def test_what_has_happened_goes_from_the_oldest_to_the_newest() -> None:
    assert [(date.periode, date.element.id) for date in passe(PUBLIC)] == [
        ("2018-10-12", "repere-decision"),
        ("2019-09-20", "seance-2019-09"),
        ("2019-09-20", "decision-2019-09"),
    ]


def test_a_seance_to_come_or_cancelled_has_not_happened() -> None:
    values = {"instance": "groupe", "date": "2020-06-01"}
    held, planned, cancelled, undated = (
        element("seance", "tenue", statut="tenue", **values),
        element("seance", "prevue", statut="prevue", **values),
        element("seance", "annulee", statut="annulee", **values),
        element("seance", "sans-date", statut="prevue", instance="groupe"),
    )
    edition = edition_avec(undated, held, planned, cancelled)
    assert [date.element.id for date in passe(edition)] == ["tenue"]
    assert [seance.id for seance in a_venir(edition)] == ["prevue", "sans-date"], "the undated one comes last"


def test_milestones_are_gathered_by_year_in_the_order_of_time() -> None:
    echeances = ["2027-2028", "2027-S1", "2027-03", "2026-T4", "2027", None]
    etapes = [{"titre": echeance or "un jour", "echeance": echeance} for echeance in echeances]
    action = element("action", "a", etapes=[{k: v for k, v in etape.items() if v} for etape in etapes])
    assert [(year, [date.intitule for date in dates]) for year, dates in etapes_par_annee(edition_avec(action))] == [
        (2026, ["2026-T4"]),
        (2027, ["2027-S1", "2027", "2027-2028", "2027-03"]),
    ]


def test_what_awaits_a_body_is_gathered_by_body_and_seance() -> None:
    (attente,) = a_valider(PUBLIC)
    assert (attente.instance, attente.seance) == ("groupe-pilotage", "seance-2020-06")
    assert [e.id for e in attente.elements] == ["enjeu-friches"]


def test_a_proposal_without_a_body_is_told_apart() -> None:
    known = element("enjeu", "un", validation={"statut": "a_valider", "instance": "groupe"})
    lost = element("enjeu", "deux", validation={"statut": "a_valider"})
    draft = element("enjeu", "trois")
    assert [(a.instance, [e.id for e in a.elements]) for a in a_valider(edition_avec(known, lost, draft))] == [
        ("groupe", ["un"]),
        (None, ["deux"]),
    ]


def test_an_internal_edition_has_at_least_what_the_public_one_has() -> None:
    assert set(date.element.id for date in passe(PUBLIC)) <= {e.element.id for e in passe(edition_de(VALMER, INTERNE))}
