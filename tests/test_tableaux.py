"""The tables of one element say all that was written, in words, with what an amount is worth."""

from typing import Any

import pytest

from smde.model.champ import INTERNE, PARTENAIRES
from smde.model.schema import Action
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element, mots, paroles, simple

INTERIEUR = edition_de(VALMER, INTERNE)
MOTS = mots(INTERIEUR)
NOMS = MOTS.noms()
FRICHE = INTERIEUR.element("action-requalifier-friches", Action)


def lignes(rows: Any) -> list[list[str]]:
    """The cells of rows, in words."""
    return [[simple(paroles(MOTS.suite(cell)) if not _bloc(cell) else paroles(cell)) for cell in row] for row in rows]


def _bloc(cell: Any) -> bool:
    return bool(getattr(cell, "bloc", False))


def test_roles_say_who_what_and_whether_the_actor_agreed() -> None:
    assert lignes(NOMS["lignes_roles"](FRICHE.roles)) == [
        ["Valmer métropole", "Pilote", "Accepté", "–"],
        ["Valmer métropole", "Maître d'ouvrage (principal)", "Accepté", "–"],
        ["Établissement public foncier du Littoral", "Opérateur", "Conventionné", "Portage des terrains"],
        ["Région Littoral", "Financeur", "Proposé", "–"],
    ]


def test_the_essentials_of_a_fiche_are_in_one_table() -> None:
    assert lignes(NOMS["lignes_reperes"](FRICHE)) == [
        ["Priorité", "Requalifier le port de commerce"],
        ["Maturité", "Fiche action"],
        ["Avancement", "En cours"],
        ["Calendrier proposé", "2020 – 2024"],
        ["Prochaine décision", "Groupe de pilotage de juin 2020"],
        ["Public", "Entreprises de la réparation navale"],
        ["Territoire", "Valmer métropole, 14 communes"],
    ]


def test_a_fiche_says_what_the_law_asks_of_an_aid_and_what_it_depends_on() -> None:
    action = element(
        "action", "a", aide_entreprise="true", immobilier="true", convention_region="convention-aides",
        actions_liees=["action-ecole-soudure"], calendrier={"fin": "2024"},
    )  # fmt: skip
    rows = dict(lignes(NOMS["lignes_reperes"](action)))
    assert rows["Dépend de"] == "Préparer une école de la soudure"
    assert "L1511-2" in rows["Aide aux entreprises"]
    assert rows["Convention qui l'autorise"] == "Convention sur les aides aux entreprises"
    assert "L1511-3" in rows["Immobilier d'entreprise"]
    assert rows["Calendrier proposé"] == "Fin : 2024"
    assert "Priorité" not in rows


def test_milestones_targets_follow_up_and_risks() -> None:
    assert lignes(NOMS["lignes_etapes"](FRICHE.etapes)) == [
        ["Diagnostic de pollution", "Mars 2020", "Fait"],
        ["Consultation des entreprises", "2021", "À faire"],
    ]
    assert lignes(NOMS["lignes_etapes"](element("action", "a", etapes=[{"titre": "Étude"}]).etapes)) == [
        ["Étude", "À fixer", "À faire"]
    ]
    assert lignes(NOMS["lignes_suivis"](FRICHE.suivis)) == [
        ["Hectares dépollués", "Réalisation", "9 ha en 2024"],
        ["Part des bureaux vacants", "Impact", "À fixer"],
    ]
    assert lignes(NOMS["lignes_risques"](FRICHE.risques)) == [
        ["Pollution plus profonde que prévu", "Sondages complémentaires avant l'achat"]
    ]
    objectif: Any = INTERIEUR.elements["objectif-reconversion"]
    assert lignes(NOMS["lignes_cibles"](objectif.cibles)) == [["Part des bureaux vacants", "6,5 %", "2025"]]


def test_costs_end_with_their_total_worth_no_more_than_the_least_firm() -> None:
    assert lignes(NOMS["lignes_budget"](FRICHE.budget)) == [
        ["Dépollution (investissement)", "2021", "800 000 € HT", "Voté"],
        ["Voirie et réseaux (investissement)", "2022", "450 000,5 € HT", "Estimé"],
        ["Total", "", "1 250 000,5 € HT", "Estimé"],
    ]


def ligne(montant: int, etat: str = "vote", taxe: str = "HT") -> dict[str, str]:
    return {"poste": "Étude", "annee": "2020", "montant": str(montant), "taxe": taxe, "etat": etat}


@pytest.mark.parametrize(
    ("budget", "last"),
    [
        ([ligne(10)], ["Étude", "2020", "10 € HT", "Voté"]),
        ([ligne(10), ligne(5, "illustratif")], ["Total", "", "15 € HT", "Montant illustratif"]),
        ([ligne(10), ligne(5, taxe="TTC")], ["Étude", "2020", "5 € TTC", "Voté"]),
    ],
)
def test_a_single_cost_has_no_total_nor_have_costs_with_and_without_tax(
    budget: list[dict[str, str]], last: list[str]
) -> None:
    assert lignes(NOMS["lignes_budget"](element("action", "a", budget=budget).budget))[-1] == last


def test_a_share_says_its_state_its_contract_and_whether_it_is_illustrative() -> None:
    assert lignes(NOMS["lignes_financement"](FRICHE.plan_financement)) == [
        ["Valmer métropole", "2021", "650 000 € HT", "Acquis"],
        [
            "Région Littoral",
            "2021",
            "150 000 € HT",
            "Sollicité, au titre de : Convention sur les aides aux entreprises",
        ],
        ["Valmer métropole", "2022", "450 000,5 € HT", "Acquis"],
    ]
    share = {
        "financeur": "region",
        "annee": "2020",
        "montant": "5",
        "taxe": "TTC",
        "etat": "a_solliciter",
        "illustratif": "true",
    }
    action = element("action", "a", plan_financement=[share])
    assert lignes(NOMS["lignes_financement"](action.plan_financement)) == [
        ["Région Littoral", "2020", "5 € TTC", "À solliciter (montant illustratif)"]
    ]


def test_a_link_to_a_framework_names_the_orientation() -> None:
    assert lignes(NOMS["lignes_articulations"](INTERIEUR.elements["priorite-port"].articulations)) == [  # type: ignore[attr-defined]
        [
            "Schéma régional de développement économique, d'innovation et d'internationalisation",
            "reconversion – Reconvertir les sites industriels",
            "Compatible",
            "Même méthode de dépollution",
        ]
    ]
    action = element("action", "a", articulations=[
        {"cadre": "srdeii", "nature": "coherence"}, {"cadre": "srdeii", "orientation": "autre", "nature": "contribue"},
    ])  # fmt: skip
    assert [row[1:] for row in lignes(NOMS["lignes_articulations"](action.articulations))] == [
        ["Ensemble du cadre", "En cohérence", "–"],
        ["autre", "Contribue", "–"],
    ]


def test_a_framework_shows_what_serves_each_orientation_and_what_nothing_serves() -> None:
    rows = lignes(NOMS["lignes_articulation"](NOMS["articulation"](INTERIEUR.elements["srdeii"])))
    assert rows == [
        [
            "reconversion – Reconvertir les sites industriels",
            "Requalifier le port de commerce : compatible\n"
            "Requalifier la friche des anciennes conserveries : contribue",
        ]
    ]
    cadre = element("cadre", "cper", type="contrat", orientations=[{"code": "mer", "titre": "Mer", "verifie": "false"}])
    words = mots(edition_avec(cadre)).noms()
    assert lignes(words["lignes_articulation"](words["articulation"](cadre))) == [
        ["mer – Mer (intitulé à vérifier)", "Rien dans le dossier"]
    ]


def test_members_circuits_validations_and_amounts() -> None:
    groupe: Any = INTERIEUR.elements["groupe-pilotage"]
    assert lignes(NOMS["lignes_membres"](groupe.membres)) == [
        ["Valmer métropole", "Présidence", "Accepté"],
        ["Union industrielle du port", "Employeurs du port", "Proposé"],
    ]
    circuit: Any = INTERIEUR.elements["circuit-fiches"]
    assert lignes(NOMS["lignes_circuit"](circuit.circuit)) == [
        ["1", "Groupe technique foncier", "Relecture des chiffres"],
        ["2", "Conseil de la métropole", "Vote"],
    ]
    assert lignes(NOMS["lignes_validees"](INTERIEUR.elements["decision-2019-09"])) == [
        ["La vacance tertiaire recule depuis 2016", "–"],
        ["Diagnostic partagé", "–"],
    ]
    cadre = element(
        "cadre", "c", type="contrat", source="inventaire-friches", montants=[{"libelle": "Port", "millions": "22.5"}]
    )
    assert lignes(NOMS["lignes_montants"](cadre)) == [
        ["Port [Inventaire des friches industrielles et portuaires, Valmer métropole, 2019.]", "22,5 M€"]
    ]


def test_an_actor_s_roles_say_in_what_and_how_far_agreed() -> None:
    assert lignes(NOMS["lignes_portefeuille"](NOMS["portefeuille"](INTERIEUR.elements["etablissement-foncier"]))) == [
        [
            "Requalifier la friche des anciennes conserveries",
            "Action",
            "Opérateur",
            "Conventionné",
            "Portage des terrains",
        ]
    ]


def test_partners_see_no_more_than_they_may() -> None:
    partenaires = edition_de(VALMER, PARTENAIRES)
    action = partenaires.element("action-requalifier-friches", Action)
    words = mots(partenaires).noms()
    assert [row[0] for row in lignes(words["lignes_financement"](action.plan_financement))] == ["Valmer métropole"] * 2
    assert len(lignes(words["lignes_budget"](action.budget))) == 3
