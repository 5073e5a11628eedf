"""Each line of the presentation that started the démarche has its place in the Brest dossier, in its own words."""

import re
from datetime import date

import pytest

from smde.model.acteurs import Groupe, TypeGroupe
from smde.model.demarche import (
    Attendu,
    Decision,
    Echelle,
    Entretien,
    Etape,
    Guide,
    PartieMethode,
    Phase,
    Question,
    Repere,
    Seance,
    StatutPhase,
    StatutSeance,
    Utilite,
)
from smde.model.element import StatutValidation
from tests.brest import brest, liens, mots, tous

PILOTAGE = "groupe-de-pilotage"
PROCHAIN = "seance-prochain-pilotage"

LIGNES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # What the presentation says, the elements that hold it, the words that must be read there.
    ("Stratégie de développement économique de Brest métropole", ("src-presentation-2014",), ("Brest métropole",)),
    ("L'origine : la CPC du 17 octobre 2014", ("cpc", "seance-cpc-2014-10-17"), ("17 octobre 2014", "présidents")),
    ("Projet métropolitain de 2011 : Brest 2025", ("repere-brest-2025", "brest2025"), ("Brest 2025", "contexte")),
    ("Nouveau statut de métropole", ("repere-metropole", "repere-loi-maptam"), ("statut", "métropole")),
    ("Loi NOTR en cours de mise au point", ("repere-loi-notr-en-preparation",), ("NOTR", "en cours de mise au point")),
    (
        "Elaboration d'une stratégie de développement économique métropolitain",
        ("decision-cpc-2014-10-17", "seance-cpc-2014-10-17"),
        ("stratégie de développement économique métropolitain",),
    ),
    ("Constitution d'un groupe de pilotage", ("decision-cpc-2014-10-17", PILOTAGE), ("groupe de pilotage",)),
    (
        "Amorce du processus avec élèves de l'INET du 17 novembre au 31 janvier",
        ("decision-cpc-2014-10-17",),
        ("élèves de l'INET", "17 novembre au 31 janvier"),
    ),
    (
        "Outil d'intensification des liens avec acteurs économiques",
        ("utilite-liens",),
        ("liens", "acteurs économiques"),
    ),
    (
        "Outil de discussion stratégique et de partage des enjeux et des objectifs",
        ("utilite-discussion",),
        ("stratégie", "partager les enjeux et les objectifs"),
    ),
    ("Outil de répartition des rôles entre acteurs", ("utilite-roles",), ("Répartir les rôles entre acteurs",)),
    ("Outil de communication économique", ("utilite-communication",), ("Communiquer", "économie")),
    (
        "Outil de Brest métropole dans les discussions stratégiques avec la Région et l'Etat",
        ("utilite-region-etat",),
        ("discussions stratégiques avec la Région et l'État",),
    ),
    ("Stratégie et schéma : définitions", ("question-definitions",), ("stratégie", "schéma")),
    ("Articulations Région/métropole", ("question-region-metropole",), ("articulent", "Région", "métropole")),
    ("Champ du développement économique", ("question-champ",), ("champ du développement économique",)),
    (
        "Capacité d'influence de Brest métropole sur l'économie locale",
        ("question-influence",),
        ("capacité d'influence de Brest métropole sur l'économie locale",),
    ),
    ("Méthode d'élaboration du contenu", ("question-contenu",), ("élaborer le contenu",)),
    ("Trois élèves stagiaires", ("phase-amorce", "inet"), ("Trois élèves",)),
    ("De mi-novembre 2014 à fin janvier 2015", ("inet",), ("mi-novembre 2014", "fin janvier 2015")),
    ("Mise au point de la méthodologie générale", ("phase-amorce",), ("méthodologie générale",)),
    ("Interviews internes et externes", ("phase-amorce", "inet"), ("interviews", "internes et externes")),
    (
        "La stratégie doit être élaborée sur la base du Pays de Brest",
        ("attendu-pays-de-brest",),
        ("La stratégie doit être élaborée sur la base du Pays de Brest",),
    ),
    ("La méthode doit être participative", ("attendu-participatif",), ("La méthode doit être participative",)),
    (
        "La SMDE est un outil privilégié d'animation du territoire",
        ("attendu-animation",),
        ("outil privilégié d'animation du territoire",),
    ),
    (
        "L'économie ne se résume pas aux entreprises",
        ("attendu-economie-large",),
        ("L'économie ne se résume pas aux entreprises",),
    ),
    ("Etat des lieux, diagnostic", ("etape-diagnostic",), ("État des lieux, diagnostic",)),
    ("Détermination des enjeux", ("etape-enjeux",), ("Détermination des enjeux",)),
    ("Objectifs de territoire", ("etape-objectifs",), ("Objectifs de territoire",)),
    ("Priorités de Brest métropole", ("etape-priorites",), ("Priorités de Brest métropole",)),
    ("Organisation et moyens de Brest métropole", ("etape-moyens",), ("Organisation et moyens de Brest métropole",)),
    ("Groupes techniques", ("groupes-techniques",), ("Groupes techniques",)),
    ("Groupes politiques (élus)", ("groupes-politiques",), ("Groupes politiques (élus)",)),
    ("Acteurs économiques", ("groupes-acteurs-economiques",), ("Acteurs économiques",)),
    (
        "Implication des acteurs économiques et socio-économiques",
        ("principe-acteurs-economiques",),
        ("acteurs économiques et socio-économiques",),
    ),
    (
        "Large implication des élus à différentes échelles territoriales, notamment celle du Pays de Brest",
        ("principe-elus",),
        ("largement les élus", "différentes échelles territoriales", "Pays de Brest"),
    ),
    (
        "Phase diagnostic s'appuyant sur l'Adeupa et autres acteurs locaux",
        ("principe-diagnostic",),
        ("diagnostic", "l'Adeupa", "autres acteurs locaux"),
    ),
    (
        "Recours à un cabinet prestataire pour les phases suivantes : enjeux, objectifs, stratégie",
        ("principe-cabinet", "cabinet"),
        ("cabinet", "enjeux", "objectifs", "détermination de la stratégie"),
    ),
)


@pytest.mark.parametrize(("ligne", "ids", "paroles"), LIGNES, ids=[line[0][:50] for line in LIGNES])
def test_a_line_of_the_presentation_has_its_place(ligne: str, ids: tuple[str, ...], paroles: tuple[str, ...]) -> None:
    for ident in ids:
        said = " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", mots(ident)).split()).casefold()
        missing = [words for words in paroles if words.casefold() not in said]
        assert missing == [], f"{ident} does not say what the presentation says: {ligne}"


def test_the_decision_says_what_was_decided_by_whom_and_when() -> None:
    (decision,) = brest().tous(Decision)
    assert (decision.instance, decision.date, decision.seance) == ("cpc", date(2014, 10, 17), "seance-cpc-2014-10-17")
    assert (decision.numero, decision.votes) == (None, None), "neither is known"
    assert [part.element for part in decision.valide] == ["phase-amorce"]
    assert decision.source == "src-presentation-2014"
    assert len(re.findall(r"^\d\. ", decision.texte or "", re.MULTILINE)) == 3


def test_the_five_steps_are_three_of_the_strategy_then_two_of_the_schema() -> None:
    etapes = sorted(brest().tous(Etape), key=lambda etape: etape.ordre)
    assert [etape.ordre for etape in etapes] == [1, 2, 3, 4, 5]
    assert [etape.partie for etape in etapes] == [PartieMethode.strategie] * 3 + [PartieMethode.schema] * 2


def test_the_phases_say_who_leads_them() -> None:
    phases = sorted(brest().tous(Phase), key=lambda phase: phase.ordre)
    assert [(phase.id, phase.conduite) for phase in phases] == [
        ("phase-amorce", ["inet"]),
        ("phase-diagnostic", ["adeupa"]),
        ("phase-enjeux", ["cabinet"]),
        ("phase-objectifs", ["cabinet"]),
        ("phase-priorites", ["brest-metropole"]),
        ("phase-moyens", ["brest-metropole"]),
    ]
    amorce, *suite = phases
    assert (amorce.statut, amorce.debut, amorce.fin) == (StatutPhase.terminee, "2014-11-17", "2015-01-31")
    assert all(phase.debut is None and phase.fin is None for phase in suite), "no date is known"
    assert all(phase.validations == [PILOTAGE] and phase.association for phase in suite)


@pytest.mark.parametrize(
    "ident",
    [
        *("groupes-techniques", "groupes-politiques", "groupes-acteurs-economiques"),
        *("principe-acteurs-economiques", "principe-elus", "principe-diagnostic", "principe-cabinet"),
        *("phase-diagnostic", "phase-enjeux", "phase-objectifs", "phase-priorites", "phase-moyens"),
    ],
)
def test_what_the_presentation_leaves_to_the_next_steering_group_awaits_it(ident: str) -> None:
    validation = brest().elements[ident].validation
    assert validation.statut is StatutValidation.a_valider
    assert (validation.instance, validation.seance) == (PILOTAGE, PROCHAIN)
    seance = brest().elements[PROCHAIN]
    assert isinstance(seance, Seance)
    assert ident in seance.soumet


def test_the_next_steering_group_is_to_come_and_has_no_date() -> None:
    held = [seance.id for seance in brest().tous(Seance) if seance.statut is StatutSeance.tenue]
    assert held == ["seance-cpc-2014-10-17"]
    prochain = brest().elements[PROCHAIN]
    assert isinstance(prochain, Seance)
    assert (prochain.statut, prochain.date, prochain.instance) == (StatutSeance.prevue, None, PILOTAGE)


def test_there_is_a_steering_group_and_one_group_of_each_of_the_three_types() -> None:
    assert sorted(groupe.type.name for groupe in brest().tous(Groupe)) == sorted(TypeGroupe.__members__)
    assert all(groupe.mandat and groupe.membres for groupe in brest().tous(Groupe))


def test_the_four_expectations_and_the_five_utilities_are_answered() -> None:
    attendus, utilites = brest().tous(Attendu), brest().tous(Utilite)
    assert len(attendus) == 4
    assert [utilite.echelle for utilite in utilites] == [Echelle.locale] * 4 + [Echelle.regionale]
    answered: list[Attendu | Utilite] = [*attendus, *utilites]
    for element in answered:
        kinds = {brest().genres[ident] for ident in element.reponses}
        assert len(element.reponses) >= 2, element.id
        assert kinds - {"attendu", "utilite"}, f"{element.id} is only answered by other expectations"
    assert all(attendu.source == "src-presentation-2014" and attendu.entretiens for attendu in attendus)


def test_an_expectation_is_told_apart_from_its_answer() -> None:
    for attendu in brest().tous(Attendu):
        assert "**Ce que dit la présentation.**" in (attendu.texte or "")
        assert "**Ce qu'y répond le dossier.**" in (attendu.texte or "")


def test_questions_of_method_have_an_answer_and_say_when_they_were_added() -> None:
    asked = {
        *("question-definitions", "question-region-metropole", "question-champ"),
        *("question-influence", "question-contenu"),
    }
    questions = {question.id: question for question in brest().tous(Question)}
    assert asked <= set(questions)
    for ident, question in questions.items():
        assert question.reponses
        added = "Question ajoutée par ce dossier" in (question.texte or "")
        assert added is (ident not in asked), ident
        assert ident == "question-definitions" or "éponse proposée" in (question.texte or "")


def test_nothing_is_invented_about_the_interviews() -> None:
    entretiens = brest().tous(Entretien)
    assert {entretien.categorie.name for entretien in entretiens} == {"interne", "externe"}
    for entretien in entretiens:
        assert (entretien.verbatims, entretien.identite, entretien.fonction) == ([], None, None)
        assert "à compléter" in (entretien.texte or "")
    assert not any(ident.startswith("E-") for constat in tous("constat") for ident in liens()[constat.id])
    (guide,) = brest().tous(Guide)
    assert len(guide.questions) >= 10
    assert all(question.endswith("?") for question in guide.questions)


def test_every_landmark_is_dated_and_sourced_and_those_of_the_start_are_marked() -> None:
    reperes = brest().tous(Repere)
    assert all(repere.source in brest().elements for repere in reperes)
    years = [repere.date[:4] for repere in reperes]
    assert years == sorted(years)
    assert {repere.id for repere in reperes if repere.origine} == {
        *("repere-brest-2025", "repere-loi-maptam", "repere-loi-notr-en-preparation", "repere-metropole"),
    }


def test_the_strategies_that_were_adopted_are_landmarks_and_not_this_dossier() -> None:
    avertissement = brest().identite.avertissement or ""
    assert "Dossier de travail" in avertissement
    assert {"repere-smde-2016", "repere-cap-2030"} <= liens()[brest().identite.id]
    assert "ni la stratégie" in avertissement
