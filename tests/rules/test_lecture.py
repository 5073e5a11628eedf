"""What could not be read is told by the reader alone: no rule adds a fault that the repair would make disappear."""

from collections.abc import Callable

import pytest

from smde import rules

from .conftest import SOCLE, Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]
CODES = frozenset(rules.rules())

PHASE = "- {{id: {0}, titre: Phase {0}, ordre: {1}, statut: {2}, produit: [{3}], diffusion: public}}\n"
ENJEU = (
    "id: attirer\ntitre: Attirer des habitants\ndiffusion: public\nconstats: [vacance-tertiaire]\nvalidation: {{{}}}\n"
)
VOTE = (
    "id: vote\ntitre: Vote de juin\ndiffusion: public\ninstance: pilotage\nseance: pilotage-juin\ndate: 2024-06-20\n"
    "resultat: adopte\nvalide: [{element: attirer}]\n"
)
ACTION = "id: A-02\ntitre: Rouvrir la halle du port\ndiffusion: public\npriorite: requalifier\n"
BUDGET = "budget: [{poste: Travaux, annee: 2026, montant: 90, taxe: HT, etat: estime}]\n"
PLAN = "plan_financement: [{financeur: metropole, annee: 2026, montant: 10, taxe: HT, etat: acquis}]\n"


@pytest.mark.parametrize(
    ("fichiers", "faux"),
    [
        (
            {"data/demarche/phases.yml": PHASE.format("a", "un", "en_cours", "") + PHASE.format("b", 0, "a_venir", "")},
            1,
        ),
        ({"data/demarche/phases.yml": PHASE.format("a", 1, "close", "") + PHASE.format("b", 2, "terminee", "")}, 1),
        ({"data/demarche/decisions.yml": VOTE.replace("adopte", "oui"), "strategy/enjeux.yml": ENJEU.format("")}, 1),
        (
            {
                "data/demarche/decisions.yml": VOTE.replace("[{element: attirer}]", "{}"),
                "strategy/enjeux.yml": ENJEU.format("statut: valide, decision: vote"),
            },
            1,
        ),
        (
            {
                "data/demarche/decisions.yml": VOTE.replace("pilotage-juin", "mars").replace("06-20", "03-01"),
                "data/demarche/seances.yml": "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: faite\n"
                "date: 2024-03-01\ndiffusion: public\n",
                "strategy/enjeux.yml": ENJEU.format("statut: abandonne, motif: Sans objet"),
            },
            1,
        ),
        (
            {
                "data/demarche/seances.yml": "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: faite\n"
                "soumet: [attirer]\ndiffusion: public\n",
                "strategy/enjeux.yml": ENJEU.format(""),
            },
            1,
        ),
        ({"schema/actions/halle.yml": ACTION + BUDGET.replace("90", "cher") + PLAN}, 1),
        ({"schema/actions/halle.yml": ACTION + BUDGET.replace("90", "10") + PLAN.replace("10", "peu")}, 1),
        (
            {
                "schema/actions/halle.yml": ACTION + "aide_entreprise: true\nconvention_region: accord\n"
                "articulations: [{cadre: accord, nature: compatible}]\n",
                "data/cadres.yml": "id: accord\ntitre: Accord avec la Région\ntype: accord\ndiffusion: public\n",
            },
            1,
        ),
        (
            {
                "schema/moyens.yml": "id: grue\ntitre: Une grue de plus\ndiffusion: public\nnature: immobilier\n"
                "quantite: 1\nunite: [grue]\nactions: [A-01]\n"
            },
            1,
        ),
        (
            {
                "data/demarche/phases.yml": PHASE.format("a", 1, "terminee", "enjeux, objectifs, priorites, actions"),
                "strategy/enjeux.yml": ENJEU.format(""),
                "strategy/objectifs.yml": "id: loger\ntitre: Loger les arrivants\ndiffusion: public\nenjeux: {}\n"
                "influence: {degre: plaide}\n",
            },
            1,
        ),
    ],
)
def test_one_field_refused_is_one_fault(juger: Juger, fichiers: Fichiers, faux: int) -> None:
    found = juger(fichiers)
    assert [diagnostic.code for diagnostic in found if diagnostic.code in CODES] == []
    assert len(found) == faux


@pytest.mark.parametrize(
    "contenu",
    [
        b"\xff\xfe\x00garbage\x00",
        b"- id: loger\n  titre: Loger les arrivants\n enjeux: [attirer\n",
        b"- id: loger\n\ttitre: Loger les arrivants\n",
        b"juste un mot",
        b"!!python/object:os.system [id]",
    ],
)
@pytest.mark.parametrize("path", ["strategy/objectifs.yml", "strategy/objectifs/autres.yml"])
def test_a_file_that_cannot_be_read_may_have_held_what_is_demanded(
    tmp_path_factory: pytest.TempPathFactory, contenu: bytes, path: str
) -> None:
    from tests.conftest import ecrire, verifier

    files: dict[str, str | bytes] = {
        **SOCLE,
        "data/demarche/phases.yml": PHASE.format("a", 1, "terminee", "objectifs"),
        "strategy/enjeux.yml": ENJEU.format(""),
    }
    whole = verifier(ecrire(tmp_path_factory.mktemp("entier"), files))
    assert [diagnostic.code for diagnostic in whole] == ["enjeu-sans-objectif"]
    files[path] = contenu
    found = verifier(ecrire(tmp_path_factory.mktemp("perdu"), files))
    assert found
    assert {diagnostic.code for diagnostic in found}.isdisjoint(CODES)


def test_a_file_lost_under_another_heading_excuses_nothing(messages: Messages) -> None:
    files = {
        "data/demarche/phases.yml": PHASE.format("a", 1, "terminee", "objectifs"),
        "strategy/enjeux.yml": ENJEU.format(""),
        "schema/moyens.yml": "juste un mot",
    }
    assert len(messages("enjeu-sans-objectif", files)) == 1
