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
