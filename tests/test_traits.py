"""The lines that identify an element: what is known is said, what is not is left out."""

from typing import Any

import pytest

from smde.model.champ import INTERNE
from smde.mots.cellules import intervalle
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element, mots, paroles, simple

INTERIEUR = edition_de(VALMER, INTERNE)
SUR = "[Inventaire des friches industrielles et portuaires, Valmer métropole, 2019.]"


def traits(nom: str, cible: Any, edition: Any = INTERIEUR) -> list[str]:
    """The lines of an element, in words."""
    words = mots(edition)
    here = edition.elements[cible] if isinstance(cible, str) else cible
    return [simple(paroles(words.suite(line))) for line in words.noms()[nom](here)]


ATTENDUS: dict[tuple[str, str], list[str]] = {
    ("traits_constat", "friches-portuaires"): ["Nature : opportunité", "Périmètre : Valmer métropole, 14 communes"],
    ("traits_constat", "metiers-en-tension"): ["Nature : faiblesse"],
    ("traits_priorite", "priorite-port"): [
        "Portage politique : Vice-présidence à l'économie",
        "Service pilote : Direction de l'économie",
    ],
    ("traits_moyen", "moyen-chef-de-projet"): [
        "Nature : humain",
        "Quantité : 0,5 ETP (ordre de grandeur illustratif)",
        "Service : Direction de l'économie",
    ],
    ("traits_moyen", "moyen-reserve-fonciere"): ["Nature : foncier", "Quantité : 12 ha"],
    ("traits_acteur", "region"): [
        "Catégorie : région",
        "Sigle : RL",
        "Site de l'acteur",
        "Interlocuteur : Direction du développement économique, chargé de territoire",
    ],
    ("traits_acteur", "valmer-metropole"): ["Catégorie : intercommunalité", "SIREN : 240 012 344"],
    ("traits_groupe", "groupe-pilotage"): ["Type : groupe de pilotage"],
    ("traits_organisation", "conseil"): ["Relève de : Valmer métropole"],
    ("traits_phase", "phase-diagnostic"): [
        "État : Terminée",
        "Période : novembre 2018 – septembre 2019",
        "Conduite : Agence d'urbanisme du Pays de Valmer",
        "Produit : constats",
        "Close par l'accord de : Groupe de pilotage",
    ],
    ("traits_phase", "phase-enjeux"): [
        "État : En cours",
        "Début : octobre 2019",
        "Conduite : Valmer métropole",
        "Produit : enjeux et objectifs",
        "Close par l'accord de : Groupe de pilotage",
    ],
    ("traits_seance", "seance-2019-09"): ["Instance : Groupe de pilotage", "Séance tenue : 20 septembre 2019"],
    ("traits_seance", "seance-2020-06"): ["Instance : Groupe de pilotage", "Séance prévue : date à fixer"],
    ("traits_soumis", "seance-2019-09"): [
        "Constats : La vacance tertiaire recule depuis 2016 ; Les friches du port couvrent 37 hectares"
    ],
    ("traits_soumis", "seance-2020-06"): ["Défi : Donner un avenir aux friches du port"],
    ("traits_decision", "decision-2019-09"): [
        "Instance : Groupe de pilotage",
        "Date : 20 septembre 2019",
        "Séance : Groupe de pilotage du 20 septembre 2019",
        "Numéro : GP-2019-03",
        "Résultat : adopté",
        "Votes : 11 pour, 0 contre, 2 abstentions",
    ],
    ("traits_entretien", "E-EXT-01"): [
        "Catégorie : externe",
        "Date : novembre 2019",
        "Guide : Guide d'entretien avec les employeurs",
        "Thèmes : Emploi et compétences",
        "Personne ou organisme : Directrice d'un chantier naval",
        "Fonction : Direction générale",
    ],
    ("traits_attendu", "attendu-lisibilite"): ["Entretiens : Entretien externe 1"],
    ("traits_principe", "principe-chiffres-partages"): ["Mis en œuvre par : Groupe technique foncier"],
    ("traits_cadre", "srdeii"): [
        "Nature : schéma régional de développement économique",
        "Sigle : SRDEII",
        "Date : février 2017",
        "Adopté par : Conseil régional",
        "Période : 2017 – 2022",
        "Lien attendu : compatible",
    ],
    ("traits_cadre", "convention-aides"): [
        "Nature : convention",
        "Date : 28 juin 2018",
        "Signataires : Valmer métropole ; Région Littoral",
    ],
    ("traits_indicateur", "vacance-bureaux"): [
        "Périmètre : Valmer métropole, 14 communes",
        "Tendance : en baisse (−22,4 % entre 2016 et 2019)",
        "Sens souhaité : baisse",
        "Source : Observatoire de l'immobilier d'entreprise, note annuelle",
        "Actualisation : annuelle",
        "À actualiser par : Agence d'urbanisme du Pays de Valmer",
    ],
    ("traits_territoire", "pays-2014"): ["Composé de : Valmer métropole, 14 communes"],
    ("traits_territoire", "metropole-2014"): ["Code officiel : 240012344"],
    ("traits_source", "inventaire-friches"): [
        "Éditeur : Valmer métropole",
        "Date : 2019",
        "Fiabilité : source secondaire",
    ],
    ("traits_source", "insee-recensement"): [
        "Éditeur : Insee",
        "Date : décembre 2016",
        "Licence : Licence Ouverte 2.0",
        "Page d'origine, consultée le 2 mars 2020",
    ],
    ("traits_terme", "terme-friche"): ["Aussi : site délaissé"],
    ("traits_terme", "terme-vacance"): [],
}


@pytest.mark.parametrize(("nom", "ident"), ATTENDUS)
def test_an_element_is_identified_line_by_line(nom: str, ident: str) -> None:
    assert traits(nom, ident) == ATTENDUS[nom, ident]


def test_the_public_does_not_read_who_was_met_nor_who_to_call() -> None:
    public = edition_de()
    assert traits("traits_entretien", "E-EXT-01", public) == ATTENDUS["traits_entretien", "E-EXT-01"][:4]
    assert traits("traits_acteur", "region", public) == ATTENDUS["traits_acteur", "region"][:3]


def test_what_replaces_and_what_is_replaced_know_each_other() -> None:
    old, new = element("enjeu", "ancien"), element("enjeu", "nouveau", remplace=["ancien"])
    edition = edition_avec(old, new, element("question", "q", sujet="s", reponses=["ancien"]))
    assert traits("traits_remplacement", new, edition) == ["Remplace : ancien."]
    assert traits("traits_remplacement", old, edition) == ["Remplacé par : nouveau."]
    assert traits("traits_remplacement", "q", edition) == []


def test_a_framework_says_what_took_its_place_and_where_to_read_it() -> None:
    cadre = element(
        "cadre",
        "c",
        type="loi",
        debut="2014",
        remplace_par="srdeii",
        url="https://exemple.fr",
        source="inventaire-friches",
    )
    assert traits("traits_cadre", cadre) == [
        f"Nature : loi {SUR}",
        "Début : 2014",
        "Remplacé par : Schéma régional de développement économique, d'innovation et d'internationalisation",
        "Lire le texte ou sa présentation",
    ]


def test_a_term_has_a_field_other_words_and_a_definition_elsewhere() -> None:
    terme = element("terme", "t", categorie="foncier", synonymes=["a", "b", "c"], insee="c1475")
    assert traits("traits_terme", terme) == ["Domaine : foncier", "Aussi : a, b ou c", "Définition de l'Insee"]


def test_a_phase_without_leader_nor_date_says_what_is_to_be_settled() -> None:
    phase = element("phase", "p", ordre="1", statut="a_venir")
    assert traits("traits_phase", phase) == ["État : À venir", "Période : à fixer", "Conduite : à désigner"]


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ({"pour": "11"}, "11 pour, 0 contre, aucune abstention"),
        ({"pour": "1", "contre": "2", "abstention": "1"}, "1 pour, 2 contre, 1 abstention"),
    ],
)
def test_votes_are_counted_in_words(votes: dict[str, str], words: str) -> None:
    decision = element("decision", "d", instance="conseil", date="2020-01-01", resultat="adopte", votes=votes)
    assert traits("traits_decision", decision)[-1] == f"Votes : {words}"


@pytest.mark.parametrize(
    ("debut", "fin", "words"),
    [
        ("2020", "2024-06", "2020 – juin 2024"),
        ("2020-T1", None, "début : 1er trimestre 2020"),
        (None, "2024", "fin : 2024"),
        (None, None, ""),
    ],
)
def test_a_span_of_time_says_the_ends_it_has(debut: str | None, fin: str | None, words: str) -> None:
    assert simple(intervalle(debut, fin)) == words
