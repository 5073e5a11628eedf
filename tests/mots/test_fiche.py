"""The tables of a fiche action say all that was written."""

from typing import Any

from smde.model.schema import Action
from tests.mots.lecture import INTERIEUR, NOMS, cases
from tests.rendu import element

FRICHE = INTERIEUR.element("action-requalifier-friches", Action)


def test_the_essentials_of_a_fiche_are_in_one_table() -> None:
    assert cases(NOMS["lignes_reperes"](FRICHE)) == [
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
    rows = dict(cases(NOMS["lignes_reperes"](action)))
    assert rows["Dépend de"] == "Préparer une école de la soudure"
    assert "L1511-2" in rows["Aide aux entreprises"]
    assert rows["Convention qui l'autorise"] == "Convention sur les aides aux entreprises"
    assert "L1511-3" in rows["Immobilier d'entreprise"]
    assert rows["Calendrier proposé"] == "Fin : 2024"
    assert "Priorité" not in rows


def test_milestones_targets_follow_up_and_risks() -> None:
    assert cases(NOMS["lignes_etapes"](FRICHE.etapes)) == [
        ["Diagnostic de pollution", "Mars 2020", "Fait"],
        ["Consultation des entreprises", "2021", "À faire"],
    ]
    assert cases(NOMS["lignes_etapes"](element("action", "a", etapes=[{"titre": "Étude"}]).etapes)) == [
        ["Étude", "À fixer", "À faire"]
    ]
    assert cases(NOMS["lignes_suivis"](FRICHE.suivis)) == [
        ["Hectares dépollués", "Réalisation", "9 ha en 2024"],
        ["Part des bureaux vacants", "Impact", "À fixer"],
    ]
    assert cases(NOMS["lignes_risques"](FRICHE.risques)) == [
        ["Pollution plus profonde que prévu", "Sondages complémentaires avant l'achat"]
    ]
    objectif: Any = INTERIEUR.elements["objectif-reconversion"]
    assert cases(NOMS["lignes_cibles"](objectif.cibles)) == [["Part des bureaux vacants", "6,5 %", "2025"]]


def test_the_site_says_at_once_who_leads_and_what_it_costs() -> None:
    rows = dict(cases(NOMS["lignes_essentiel"](FRICHE)))
    assert list(rows)[:2] == ["Priorité", "Pilote"]
    assert rows["Pilote"] == "Valmer métropole"
    assert rows["Coût"] == "1 250 000,50 € HT (estimé)"


def test_who_has_not_agreed_to_lead_is_not_said_to_lead_and_ht_is_not_added_to_ttc() -> None:
    line = {"poste": "Étude", "annee": 2021, "montant": "1000", "etat": "vote"}
    action = element(
        "action", "a", roles=[{"acteur": "region", "role": "pilote", "statut": "propose"}],
        budget=[{**line, "taxe": "HT"}, {**line, "taxe": "TTC"}],
    )  # fmt: skip
    rows = dict(cases(NOMS["lignes_essentiel"](action)))
    assert "Pilote" not in rows
    assert "Coût" not in rows


def test_the_means_of_a_fiche_stand_with_what_identifies_it() -> None:
    assert cases(NOMS["lignes_suites"](FRICHE)) == [["Moyen", "Un chef de projet pour les friches"]]
    assert cases(NOMS["lignes_suites"](element("action", "sans-moyen"))) == []
