"""Who does what: pilots, principal maîtres d'ouvrage, and actors who have not said yes."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]


def action(*roles: str, suite: str = "") -> Fichiers:
    """A fiche action with these roles."""
    lines = "".join(f"  - {{{role}}}\n" for role in roles)
    return {
        "schema/actions/halle.yml": "id: A-04\ntitre: Réhabiliter la halle du port\ndiffusion: public\n"
        "priorite: requalifier\n" + (f"roles:\n{lines}" if lines else "") + suite
    }


def phase(statut: str) -> Fichiers:
    """The phase that writes the actions."""
    return {
        "data/demarche/phases.yml": f"id: phase\ntitre: Une phase\nordre: 1\nstatut: {statut}\nproduit: [actions]\n"
        "diffusion: public\n"
    }


OUVRAGE = "acteur: metropole, role: maitre_ouvrage, statut: accepte"
AUTRE = "acteur: region, role: maitre_ouvrage, statut: accepte"
PILOTE = "acteur: metropole, role: pilote, statut: accepte"


@pytest.mark.parametrize(
    ("maturite", "demande"),
    [
        ("idee", False),
        ("a_l_etude", False),
        ("fiche_projet", False),
        ("fiche_action", True),
        ("engagee", True),
        ("realisee", True),
    ],
)
def test_a_pilot_is_demanded_of_a_fiche_that_says_it_is_ready(messages: Messages, maturite: str, demande: bool) -> None:
    assert bool(messages("action-sans-pilote", action(suite=f"maturite: {maturite}\n"))) is demande
    assert bool(messages("fiche-incomplete", action(suite=f"maturite: {maturite}\n"))) is demande
    assert messages("action-sans-pilote", action(PILOTE, suite=f"maturite: {maturite}\n")) == []


def test_a_pilot_is_demanded_of_every_action_once_the_phase_that_writes_them_is_closed(messages: Messages) -> None:
    assert messages("action-sans-pilote", {**action(), **phase("en_cours")}) == []
    assert len(messages("action-sans-pilote", {**action(), **phase("terminee")})) == 1


def test_a_pilot_who_has_not_said_yes_is_a_pilot(messages: Messages) -> None:
    propose = PILOTE.replace("accepte", "propose")
    assert messages("action-sans-pilote", action(propose, suite="maturite: fiche_action\n")) == []


def test_a_copilot_alone_does_not_answer_for_the_action(messages: Messages) -> None:
    copilote = PILOTE.replace("pilote", "copilote")
    assert len(messages("action-sans-pilote", action(copilote, suite="maturite: fiche_action\n"))) == 1


@pytest.mark.parametrize("suite", ["statut: abandonnee\n", "validation: {statut: abandonne}\n"])
def test_an_action_given_up_needs_no_pilot(messages: Messages, suite: str) -> None:
    assert messages("action-sans-pilote", action(suite="maturite: fiche_action\n" + suite)) == []


def test_what_a_fiche_lacks_is_listed_in_one_sentence(messages: Messages) -> None:
    found = messages("fiche-incomplete", action(suite="maturite: engagee\nterritoire: pays\n"))
    assert found == [
        "La fiche « Réhabiliter la halle du port » devrait être complète ; il y manque `descriptif`, `calendrier` et "
        "`suivis`."
    ]


def test_one_maitre_ouvrage_needs_no_principal(messages: Messages) -> None:
    assert messages("maitre-ouvrage-principal-absent", action(OUVRAGE)) == []


def test_several_maitres_ouvrage_need_exactly_one_principal(messages: Messages) -> None:
    un, deux = f"{OUVRAGE}, principal: true", f"{AUTRE}, principal: true"
    assert len(messages("maitre-ouvrage-principal-absent", action(OUVRAGE, AUTRE))) == 1
    assert messages("maitre-ouvrage-principal-absent", action(un, AUTRE)) == []
    assert messages("plusieurs-maitres-ouvrage-principaux", action(un, AUTRE)) == []
    assert messages("plusieurs-maitres-ouvrage-principaux", action(un, deux)) == [
        "L'action « Réhabiliter la halle du port » a 2 maîtres d'ouvrage principaux : `metropole` et `region`."
    ]
    assert messages("maitre-ouvrage-principal-absent", action(un, deux)) == []


def test_principal_means_nothing_on_another_role(messages: Messages) -> None:
    found = messages("principal-mal-place", action(f"{PILOTE}, principal: true", f"{OUVRAGE}, principal: true"))
    assert found == ["« Réhabiliter la halle du port » dit `metropole` principal, mais son rôle est `pilote`."]
    assert messages("plusieurs-maitres-ouvrage-principaux", action(f"{PILOTE}, principal: true")) == []


def test_an_actor_may_hold_several_roles_but_each_once(messages: Messages) -> None:
    assert messages("role-en-double", action(OUVRAGE, PILOTE)) == []
    assert len(messages("role-en-double", action(PILOTE, OUVRAGE, PILOTE.replace("accepte", "propose")))) == 1


def propose(acteur: str, role: str = "partenaire") -> str:
    return f"acteur: {acteur}, role: {role}, statut: propose"


def test_an_actor_who_has_not_said_yes_is_told_once_with_all_that_awaits_it(messages: Messages) -> None:
    found = messages("role-non-accepte", action(PILOTE, propose("cci"), propose("region"), propose("cci", "financeur")))
    assert found == [
        "On attend l'accord de « CCI » pour 2\u00a0rôles, qui ne seront pas annoncés d'ici là : `A-04`.",
        "On attend l'accord de « Région » pour 1\u00a0rôle, qui ne sera pas annoncé d'ici là : `A-04`.",
    ]


def objectifs(nombre: int) -> Fichiers:
    """Objectifs in which the CCI is a partner who has not answered."""
    lines = [
        f"- id: obj-{rang}\n  titre: Retrouver des escales au quai numéro {rang}\n  diffusion: public\n"
        f"  enjeux: [sobriete]\n  roles: [{{{propose('cci')}}}]\n"
        for rang in range(1, nombre + 1)
    ]
    return {"strategy/objectifs.yml": "".join(lines)}


@pytest.mark.parametrize(
    ("nombre", "fin"),
    [
        (2, "`obj-1` et `obj-2`."),
        (6, "`obj-1`, `obj-2`, `obj-3`, `obj-4`, `obj-5` et `obj-6`."),
        (7, "`obj-1`, `obj-2`, `obj-3`, `obj-4`, `obj-5` et 2 autres."),
    ],
)  # fmt: skip
def test_a_long_list_of_what_awaits_an_actor_is_counted_to_its_end(messages: Messages, nombre: int, fin: str) -> None:
    assert messages("role-non-accepte", objectifs(nombre)) == [
        f"On attend l'accord de « CCI » pour {nombre}\u00a0rôles, qui ne seront pas annoncés d'ici là : {fin}"
    ]


def test_what_could_not_be_read_hides_nothing_of_the_rest(messages: Messages) -> None:
    files = objectifs(2)
    broken = files["strategy/objectifs.yml"].replace("role: partenaire", "role: partenair", 1)
    assert broken != files["strategy/objectifs.yml"]
    assert messages("role-non-accepte", {"strategy/objectifs.yml": broken}) == [
        "On attend l'accord de « CCI » pour 1\u00a0rôle, qui ne sera pas annoncé d'ici là : `obj-2`."
    ]


def test_the_first_of_them_is_shown(lieux: Callable[[str, Fichiers], list[tuple[str, int, int]]]) -> None:
    found = lieux("role-non-accepte", action(PILOTE, propose("cci"), propose("region")))
    assert found == [("schema/actions/halle.yml", 7, 6), ("schema/actions/halle.yml", 8, 6)]


@pytest.mark.parametrize(("diffusion", "dit"), [("public", True), ("partenaires", True), ("interne", False)])
def test_an_element_kept_inside_needs_nobodys_agreement(messages: Messages, diffusion: str, dit: bool) -> None:
    files = action(propose("cci"))
    files = {path: text.replace("diffusion: public", f"diffusion: {diffusion}") for path, text in files.items()}
    assert bool(messages("role-non-accepte", files)) is dit


def test_roles_of_objectifs_and_members_of_groups_are_looked_at_too(messages: Messages) -> None:
    files = {
        "strategy/objectifs.yml": "id: escales\ntitre: Retrouver des escales\ndiffusion: public\nenjeux: [sobriete]\n"
        f"roles: [{{{propose('atelier')}}}]\n",
        "data/groupes.yml": "id: employeurs\ntitre: Groupe des employeurs\ntype: acteurs_economiques\n"
        "diffusion: public\nmembres: [{acteur: atelier, statut: propose}]\n",
    }
    assert messages("role-non-accepte", files) == [
        "On attend l'accord de « Atelier du port » pour 1\u00a0rôle et 1\u00a0place dans un groupe, qui ne seront pas "
        "annoncés d'ici là : `escales` et `employeurs`."
    ]
    del files["strategy/objectifs.yml"]
    assert messages("role-non-accepte", files) == [
        "On attend l'accord de « Atelier du port » pour 1\u00a0place dans un groupe, qui ne sera pas annoncée "
        "d'ici là : `employeurs`."
    ]


def test_an_unknown_actor_is_told_by_its_id(messages: Messages) -> None:
    assert "l'accord de `cci-nord` pour" in messages("role-non-accepte", action(propose("cci-nord")))[0]


@pytest.mark.parametrize(
    ("maturite", "statut", "contredit"),
    [
        ("idee", "a_lancer", False),
        ("a_l_etude", "en_cours", False),
        ("fiche_action", "a_lancer", False),
        ("engagee", "a_lancer", True),
        ("engagee", "en_cours", False),
        ("engagee", "suspendue", False),
        ("engagee", "realisee", True),
        ("realisee", "realisee", False),
        ("realisee", "en_cours", True),
        ("realisee", "a_lancer", True),
        ("fiche_projet", "abandonnee", False),
    ],
)
def test_maturity_and_status_may_not_contradict_each_other(
    messages: Messages, maturite: str, statut: str, contredit: bool
) -> None:
    found = messages("statut-incoherent", action(suite=f"maturite: {maturite}\nstatut: {statut}\n"))
    assert bool(found) is contredit


def test_a_whole_fiche_is_silent(juger: Juger) -> None:
    suite = (
        "maturite: fiche_action\ndescriptif: Reprendre la charpente.\nterritoire: pays\n"
        "calendrier: {debut: 2025, fin: 2026}\nsuivis: [{type: realisation, mesure: Surface rouverte}]\n"
    )
    assert juger(action(PILOTE, f"{OUVRAGE}, principal: true", AUTRE, suite=suite)) == []
