"""The Brest dossier holds together and is honest: proposals are proposals, nobody is committed, no amount is real."""

import hashlib
import re
from urllib.parse import urlsplit

import pytest

from smde.model.acteurs import Acteur, Groupe, NomRole, Role, StatutRole
from smde.model.cadres import Articulation, Cadre, TypeCadre
from smde.model.champ import Diffusion
from smde.model.demarche import Phase
from smde.model.element import Element, StatutValidation
from smde.model.mesures import Source
from smde.model.schema import Action, EtatCout, EtatFinancement, Moyen, Priorite
from smde.model.strategie import Constat, DegreInfluence, Enjeu, NatureConstat, Objectif, PreuveSource
from tests.brest import brest, diagnostics, fichiers, liens, mots, passages, tous

PILOTAGE, PROCHAIN = "groupe-de-pilotage", "seance-prochain-pilotage"
COLLECTIVITE = "brest-metropole"
PROPOSES = (
    *("constat", "enjeu", "objectif", "priorite", "action", "moyen", "organisation", "theme"),
    *("etape", "principe", "question", "attendu", "utilite", "guide"),
)
ACTEURS = """
brest-metropole pole-pdb cc-iroise cc-abers cc-lesneven ca-landerneau cc-crozon cc-pcp adeupa region etat cd29
ccimbo cma29 ca29 codev technopole campus-mer uimm29 bdi bci ubo imt ensta enib ifremer shom pole-mer chu
naval-group thales arkea france-travail bpifrance bdt cabinet inet
"""
CADRES = """
maptam notre glaz conv-region-bm s3 srtes cper15 cper21 cm21 pacte-etat-metropoles pays iti scot brest2025
brest2040
"""
ARTICLES = {
    "L1111-9": "compétence",
    "L1111-9-1": "coordination",
    "L1511-2": "aide",
    "L1511-3": "immobili|bâtiments",
    "L4251-12": "orientations",
    "L4251-13": "aides",
    "L4251-14": "concertation|débattu",
    "L4251-15": "orientations|aides",
    "L4251-16": "préfet",
    "L4251-17": "aide",
}
"""Articles of the CGCT, and a word without which citing them would be a mistake."""
ECARTES = re.compile(r"wiki|blog|wordpress|elus-|campagne|\d{4}\.(?:bzh|fr|com)$")
"""Hosts of encyclopaedias that anybody edits, of blogs, of elected groups and of campaigns."""
PAGES_PERSONNELLES = {
    *("9c9b52677ea4", "5db4309ec7c8", "854e6a46cbfc", "952960e7f589", "4186c43c49fa", "0923c606acf6"),
    *("1a133304e8ba", "c555fdf89e20", "7596d8b4efe5", "4819c00d4e37"),
}
"""Fingerprints of hosts met while facts were collected, so that no person is named here either."""


def _articulations() -> list[tuple[Priorite | Action, Articulation]]:
    elements: list[Priorite | Action] = [*brest().tous(Priorite), *brest().tous(Action)]
    return [(element, lien) for element in elements for lien in element.articulations]


def _roles() -> list[tuple[Element, Role]]:
    elements: list[Objectif | Action] = [*brest().tous(Objectif), *brest().tous(Action)]
    return [(element, role) for element in elements for role in element.roles]


# The whole


def test_the_dossier_has_no_error() -> None:
    assert [f"{d.place.path}: {d.message}" for d in diagnostics() if d.severite == "erreur"] == []


def test_its_alerts_are_work_that_only_others_can_do() -> None:
    honest = {
        *("role-non-accepte", "indicateur-perime", "aide-sans-convention", "empreinte-absente"),
        "document-plus-large",  # what is asked of a partner stays inside until somebody decides to say it
    }
    assert {d.code for d in diagnostics()} <= honest


@pytest.mark.parametrize(
    ("genre", "least", "most"),
    [
        ("constat", 40, 90),
        ("indicateur", 10, 40),
        ("enjeu", 8, 12),
        ("objectif", 20, 30),
        ("priorite", 10, 15),
        ("action", 25, 60),
        ("moyen", 10, 40),
        ("organisation", 10, 40),
        ("terme", 60, 120),
        ("theme", 14, 14),
    ],
)
def test_there_is_enough_of_everything_and_not_too_much(genre: str, least: int, most: int) -> None:
    assert least <= len(tous(genre)) <= most


def test_everything_is_meant_for_everybody_but_documents_for_partners_or_for_staff() -> None:
    kept = [e for e in brest().elements.values() if e.diffusion is not Diffusion.public]
    assert {e.genre for e in kept} == {"livrable"}
    inside = {e.id for e in kept if e.diffusion is Diffusion.interne}
    assert inside == {"orientations-propres", "projet-deliberation"}, "a position and a draft stay inside the authority"
    assert {"dossier-region", "dossier-etat", "cahier-groupes-techniques"} <= {e.id for e in kept}


def test_all_the_actors_and_all_the_frameworks_are_there() -> None:
    assert {acteur.id for acteur in brest().tous(Acteur)} == set(ACTEURS.split())
    assert {cadre.id for cadre in brest().tous(Cadre)} == set(CADRES.split())


def test_every_source_is_cited_by_something() -> None:
    cited = {ident for found in liens().values() for ident in found}
    assert [source.id for source in brest().tous(Source) if source.id not in cited] == []


# The chain


def test_a_constat_has_evidence_that_says_what_it_establishes() -> None:
    for constat in brest().tous(Constat):
        assert constat.preuves, constat.id
        assert all(p.note for p in constat.preuves if isinstance(p, PreuveSource)), f"{constat.id}: a source, for what?"
        assert constat.territoire, constat.id


def test_the_diagnosis_is_not_a_praise() -> None:
    for nature in NatureConstat:
        assert sum(constat.nature is nature for constat in brest().tous(Constat)) >= 6, nature
    for theme in tous("theme"):
        assert [c.id for c in brest().tous(Constat) if c.theme == theme.id], f"{theme.id} is empty"


def test_every_link_of_the_chain_rests_on_the_one_below() -> None:
    for enjeu in brest().tous(Enjeu):
        assert len(enjeu.constats) >= 5, enjeu.id
        assert enjeu.question and enjeu.question.endswith("?"), enjeu.id
    assert all(objectif.enjeux for objectif in brest().tous(Objectif))
    assert all(priorite.objectifs for priorite in brest().tous(Priorite))
    assert all(action.priorite for action in brest().tous(Action))
    assert all(moyen.actions or moyen.priorites for moyen in brest().tous(Moyen))


def _up(ident: str) -> set[str]:
    """The constats an element of the chain rests on."""
    element = brest().elements[ident]
    match element:
        case Constat():
            return {ident}
        case Enjeu():
            below = element.constats
        case Objectif():
            below = element.enjeux
        case Priorite():
            below = element.objectifs
        case Action():
            below = [element.priorite or ""]
        case _:
            raise AssertionError(ident)
    return set().union(*(_up(part) for part in below))


@pytest.mark.parametrize("genre", ["enjeu", "objectif", "priorite", "action"])
def test_each_proposal_walks_up_to_constats(genre: str) -> None:
    for element in tous(genre):
        assert _up(element.id), element.id
    for action in brest().tous(Action):
        cited = {ident for ident in liens()[action.id] if brest().genres[ident] == "constat"}
        assert cited or "attendu-" in " ".join(liens()[action.id]), f"{action.id} argues from no constat"


def test_nothing_is_left_without_a_follow_up() -> None:
    cited = {ident for found in liens().values() for ident in found}
    assert {c.id for c in brest().tous(Constat)} - {i for e in brest().tous(Enjeu) for i in e.constats} == set()
    assert {e.id for e in brest().tous(Enjeu)} - {i for o in brest().tous(Objectif) for i in o.enjeux} == set()
    assert {p.id for p in brest().tous(Priorite)} - {a.priorite for a in brest().tous(Action)} == set()
    assert {a.id for a in brest().tous(Action)} - {i for m in brest().tous(Moyen) for i in m.actions} == set()
    assert all(groupe.id in cited for groupe in brest().tous(Groupe))


def test_an_objective_without_priority_says_that_the_authority_only_pleads_or_watches() -> None:
    served = {ident for priorite in brest().tous(Priorite) for ident in priorite.objectifs}
    others = [objectif for objectif in brest().tous(Objectif) if objectif.id not in served]
    assert others, "a strategy of the territory holds objectives that are not the authority's"
    for objectif in others:
        assert objectif.influence
        assert objectif.influence.degre in (DegreInfluence.plaide, DegreInfluence.observe)
        assert "Aucune priorité de la métropole n'est proposée" in " ".join((objectif.texte or "").split())


def test_influence_has_levers_and_limits() -> None:
    judged: list[Enjeu | Objectif] = [*brest().tous(Enjeu), *brest().tous(Objectif)]
    for element in judged:
        assert element.influence and element.influence.leviers and element.influence.limites, element.id
    assert {e.influence.degre for e in judged if e.influence} == set(DegreInfluence)


def test_an_action_is_a_whole_fiche() -> None:
    for action in brest().tous(Action):
        said = (action.contexte, action.descriptif, action.resultats, action.etapes, action.calendrier, action.suivis)
        assert all(said) and action.territoire and action.public_cible and action.risques, action.id
        leads = [r for r in action.roles if r.role is NomRole.maitre_ouvrage and r.principal]
        assert [role.acteur for role in leads] == [COLLECTIVITE], action.id


def test_an_action_that_depends_on_another_does_not_wait_for_itself() -> None:
    waits = {action.id: set(action.actions_liees) for action in brest().tous(Action)}
    assert any(waits.values())
    done: set[str] = set()
    while ready := {ident for ident, others in waits.items() if ident not in done and others <= done}:
        done |= ready
    assert set(waits) - done == set()


# Proposals are marked as such


@pytest.mark.parametrize("genre", PROPOSES)
def test_what_is_not_established_awaits_the_steering_group(genre: str) -> None:
    for element in tous(genre):
        validation = element.validation
        assert validation.statut is StatutValidation.a_valider, element.id
        assert (validation.instance, validation.seance) == (PILOTAGE, PROCHAIN), element.id


def test_only_what_the_decision_of_2014_started_is_validated() -> None:
    valides = [e.id for e in brest().elements.values() if e.validation.statut is StatutValidation.valide]
    assert valides == ["phase-amorce"]
    assert [p.id for p in brest().tous(Phase) if p.validation.statut is StatutValidation.brouillon] == []
    assert brest().elements[PILOTAGE].validation.instance == "cpc", "the body that set it up"


# Nobody is committed


def test_only_the_authority_has_accepted_a_role() -> None:
    assert {role.acteur for _, role in _roles() if role.statut is not StatutRole.propose} == {COLLECTIVITE}
    members = [member for groupe in brest().tous(Groupe) for member in groupe.membres]
    assert {member.acteur for member in members if member.statut is not StatutRole.propose} == {COLLECTIVITE}
    assert len([role for _, role in _roles() if role.statut is StatutRole.propose]) > 100


def test_chef_de_file_is_said_of_the_region_and_for_higher_education_only() -> None:
    leaders = [(element.id, role.acteur) for element, role in _roles() if role.role is NomRole.chef_de_file]
    assert leaders == [("obj-campus", "region")]
    for passage in passages():
        for sentence in re.split(r"(?<=[.;!?])\s+", " ".join(passage.texte.split())):
            if "hef de file" in sentence and "Région" in sentence:
                assert "enseignement supérieur" in sentence, (passage.element.id, sentence)
    assert "responsable de la définition des orientations économiques" in " ".join(
        mots("question-region-metropole").split()
    )


def test_nothing_is_announced_in_the_name_of_a_partner() -> None:
    others = r"(?:Région|État|Département|agence d'urbanisme|Adeupa|université|hôpital|chambres?|Technopôle|pôle)"
    announced = re.compile(
        rf"\b{others}\b[^.;:]{{0,40}}\b(?:s'engage|a accepté|a confirmé|financera|apportera|versera)\b"
    )
    found = [(p.element.id, m[0]) for p in passages() if (m := announced.search(" ".join(p.texte.split())))]
    assert found == []


# Money


def test_every_amount_is_illustrative_and_every_share_is_still_to_be_asked_for() -> None:
    costed = [action for action in brest().tous(Action) if action.budget]
    assert 5 <= len(costed) < len(brest().tous(Action)), "a budget is optional"
    for action in costed:
        assert {line.etat for line in action.budget} == {EtatCout.illustratif}, action.id
        assert all(part.illustratif for part in action.plan_financement), action.id
        assert {part.etat for part in action.plan_financement} == {EtatFinancement.a_solliciter}, action.id
        assert sum(p.montant for p in action.plan_financement) == sum(line.montant for line in action.budget), action.id
    assert all(not action.plan_financement for action in brest().tous(Action) if not action.budget)


def test_every_quantity_of_a_means_is_illustrative_and_says_so_to_the_reader() -> None:
    counted = [moyen for moyen in brest().tous(Moyen) if moyen.quantite is not None]
    assert counted
    assert all(moyen.illustratif and moyen.unite for moyen in counted)


def test_no_amount_hides_in_the_texts_of_the_schema() -> None:
    money = re.compile(r"\d[\d ]*(?:,\d+)? ?(?:€|euros|k€|M€|millions?|milliers d'euros)")
    for genre in ("priorite", "action", "moyen", "organisation"):
        for element in tous(genre):
            assert not money.search(mots(element.id)), element.id


def test_negotiation_positions_are_hypotheses() -> None:
    held = [negociation for action in brest().tous(Action) for negociation in action.negociations]
    assert len(held) >= 3
    for negociation in held:
        for words in (negociation.demande, negociation.contrepartie, negociation.repli):
            assert words and words.startswith("Hypothèse de travail"), words


# The law


def test_conforme_is_never_said_of_a_strategy() -> None:
    found = [p.element.id for p in brest().passages if re.search(r"\bconform", p.texte, re.IGNORECASE)]
    assert set(found) == {"terme-conformite"}, "the glossary alone, to say that it is not the word"


def test_articles_of_the_code_are_those_that_say_what_they_are_cited_for() -> None:
    cited: set[str] = set()
    for passage in brest().passages:
        for sentence in re.split(r"(?<=[.;:!?])\s+(?=[A-ZÀ-Ý-])", passage.texte):
            for article in re.findall(r"\bL\d{4}-\d+(?:-\d+)?", sentence):
                cited.add(article)
                assert article in ARTICLES, f"{passage.element.id} cites {article}"
                if passage.element.id != "terme-cgct":
                    around = sentence if passage.champ.nature == "texte" else mots(passage.element.id)
                    assert re.search(ARTICLES[article], around), (passage.element.id, article, sentence)
    assert {f"L4251-{number}" for number in range(12, 18)} <= cited


def test_compatible_is_kept_for_acts_of_aid_and_what_prepares_them() -> None:
    aids = {action.id for action in brest().tous(Action) if action.aide_entreprise or action.immobilier}
    holders = {action.priorite for action in brest().tous(Action) if action.id in aids}
    found = {element.id for element, lien in _articulations() if lien.nature.name == "compatible"}
    assert aids <= found
    assert found - aids - holders == {"A-33"}, "the convention that would allow the aids"
    for action in brest().tous(Action):
        if action.aide_entreprise:
            assert "onvention avec la Région" in mots(action.id), action.id


def test_no_proposal_leans_on_a_framework_that_is_over() -> None:
    over = {c.id for c in brest().tous(Cadre) if c.remplace_par or (c.fin and c.fin < "2026")}
    assert {"glaz", "cper15", "conv-region-bm", "pays", "iti"} <= over
    assert [(element.id, lien.cadre) for element, lien in _articulations() if lien.cadre in over] == []
    assert {action.convention_region for action in brest().tous(Action)} == {None}, "none in force is known"


def test_a_framework_says_what_is_missing_from_it() -> None:
    for cadre in brest().tous(Cadre):
        unread = [o.code for o in cadre.orientations if not o.verifie]
        if unread or (not cadre.orientations and cadre.type is not TypeCadre.loi):
            assert cadre.a_completer, f"{cadre.id}: {unread or 'no orientation'}"
    known = {cadre.id: {o.code for o in cadre.orientations} for cadre in brest().tous(Cadre)}
    for element, lien in _articulations():
        assert lien.orientation is None or lien.orientation in known[lien.cadre], (element.id, lien.orientation)


def test_a_link_to_an_unread_heading_says_that_it_is_to_be_checked() -> None:
    unread = {(c.id, o.code) for c in brest().tous(Cadre) for o in c.orientations if not o.verifie}
    for element, lien in _articulations():
        if (lien.cadre, lien.orientation) in unread:
            assert re.search(r"à vérifier|à identifier", lien.commentaire or ""), (element.id, lien.orientation)


# Persons and sources


def test_no_natural_person_is_named() -> None:
    civility = r"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Dr|Pr) (?:[A-ZÉ]|de )"
    function = r"(?i:président|maire|préfet|ministre|directeur|directrice|vice-président)e? [A-ZÉ][a-zé]+ [A-ZÉ][a-zé]+"
    named = re.compile(rf"{civility}|\b{function}")
    found = [(p.element.id, m[0]) for p in brest().passages if (m := named.search(p.texte))]
    assert found == []
    assert named.search("le maire Jean Dupont") and named.search("Mme Le Goff")


def test_addresses_are_well_formed_and_lead_to_no_campaign_party_or_personal_page() -> None:
    typed = [address for file in fichiers() for address in re.findall(r"https?://[^\s)\"]+", file.read_text("utf-8"))]
    assert len(typed) > 60
    for address in typed:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        assert re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}", host), address
        assert not ECARTES.search(host), address
        assert hashlib.sha256(host.encode()).hexdigest()[:12] not in PAGES_PERSONNELLES, address


def test_numbers_of_legal_persons_have_the_right_key() -> None:
    numbers = [acteur.siren for acteur in brest().tous(Acteur) if acteur.siren]
    assert len(numbers) == len(set(numbers)) >= 7
    for number in [*numbers, brest().identite.siren or ""]:
        digits = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(number)]
        assert sum(sum(divmod(digit, 10)) for digit in digits) % 10 == 0, number
