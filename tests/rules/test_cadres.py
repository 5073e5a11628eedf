"""Frameworks: what is out of date, which orientations exist, and the words of the law."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]


def priorite(*liens: str, suite: str = "") -> Fichiers:
    """A priorité with these links to frameworks."""
    lines = "".join(f"  - {{{lien}}}\n" for lien in liens)
    return {
        "schema/priorites.yml": "id: densifier\ntitre: Densifier les zones existantes\ndiffusion: public\n"
        "objectifs: [reemployer]\n" + (f"articulations:\n{lines}" if lines else "") + suite
    }


def cadre(suite: str, ident: str = "contrat") -> Fichiers:
    return {"data/cadres.yml": f"id: {ident}\ntitre: Contrat de territoire\ntype: contrat\ndiffusion: public\n{suite}"}


def test_a_replaced_framework_names_the_one_in_force(juger: Juger) -> None:
    found = juger({**cadre("remplace_par: srdeii\n"), **priorite("cadre: contrat, nature: contribue")})
    assert [(d.code, d.message, d.aide) for d in found] == [
        (
            "cadre-depasse",
            "« Densifier les zones existantes » s'articule avec « Contrat de territoire », qui a été remplacé par "
            "« Schéma régional de développement économique ».",
            "Citez `srdeii`, et revoyez l'orientation.",
        )
    ]


@pytest.mark.parametrize(
    ("fin", "depasse"),
    [("2023", True), ("2024-06-19", True), ("2024-06-20", False), ("2024-06", False), ("2024", False)],
)
def test_a_framework_is_over_the_day_after_its_end(messages: Messages, fin: str, depasse: bool) -> None:
    """The latest day of the dossier is that of the séance of 20 June 2024."""
    files = {**cadre(f"debut: 2015\nfin: {fin}\n"), **priorite("cadre: contrat, nature: finance")}
    assert bool(messages("cadre-depasse", files)) is depasse


def test_a_seance_to_come_does_not_make_a_framework_older(messages: Messages) -> None:
    seance = {
        "data/demarche/seances.yml": "id: hiver\ntitre: Séance d'hiver\ninstance: pilotage\nstatut: prevue\n"
        "date: 2030-01-10\ndiffusion: public\n"
    }
    files = {**cadre("debut: 2022\nfin: 2028\n"), **priorite("cadre: contrat, nature: finance"), **seance}
    assert messages("cadre-depasse", files) == []


def test_actions_are_looked_at_too_but_not_what_left_the_strategy(messages: Messages) -> None:
    action = "id: A-02\ntitre: Allonger le quai nord\npriorite: requalifier\n"
    lien = "articulations: [{cadre: contrat, nature: finance}]\n"
    files = cadre("remplace_par: srdeii\n")
    assert len(messages("cadre-depasse", {**files, "schema/actions/quai.yml": action + lien})) == 1
    sortie = priorite("cadre: contrat, nature: finance", suite="validation: {statut: remplace}\n")
    assert messages("cadre-depasse", {**files, **sortie}) == []


def test_an_unknown_orientation_is_shown_with_the_nearest_or_with_all(juger: Juger) -> None:
    assert [d.aide for d in juger(priorite("cadre: srdeii, orientation: EXPORTS, nature: contribue"))] == [
        "Vouliez-vous dire `EXPORT` ?"
    ]
    assert [d.aide for d in juger(priorite("cadre: srdeii, orientation: Z9, nature: contribue"))] == [
        "Codes possibles : FRICHES, EXPORT."
    ]
    files = {**cadre(""), **priorite("cadre: contrat, orientation: AXE-1, nature: finance")}
    assert [d.aide for d in juger(files)] == ["Ajoutez les `orientations` de `contrat`, ou retirez `orientation`."]


def test_orientations_that_cannot_be_read_make_no_code_unknown(messages: Messages) -> None:
    files = {**cadre("orientations: [{code: AXE 1, titre: Foncier}]\n")}
    files = {**files, **priorite("cadre: contrat, orientation: AXE-1, nature: finance")}
    assert messages("orientation-inconnue", files) == []


def test_a_link_may_be_to_the_framework_as_a_whole(messages: Messages) -> None:
    assert messages("orientation-inconnue", priorite("cadre: srdeii, nature: compatible")) == []


def test_two_frameworks_may_use_the_same_code(messages: Messages) -> None:
    files = cadre("orientations: [{code: FRICHES, titre: Friches}]\n")
    assert messages("orientation-en-double", files) == []
    twice = cadre("orientations: [{code: A, titre: Foncier}, {code: A, titre: Foncier}]\n")
    assert messages("orientation-en-double", twice) == [
        "Dans « Contrat de territoire », le code `A` est déjà celui de « Foncier »."
    ]


@pytest.mark.parametrize(
    ("attendu", "nature", "surprend"),
    [
        ("compatible", "compatible", False),
        ("compatible", "prend_en_compte", True),
        ("compatible", "coherence", True),
        ("compatible", "contribue", False),
        ("compatible", "finance", False),
        ("compatible", "decline", False),
        ("prend_en_compte", "compatible", True),
        ("prend_en_compte", "prend_en_compte", False),
        ("finance", "contribue", False),
        ("finance", "compatible", False),
        ("coherence", "compatible", False),
    ],
)
def test_only_words_of_the_law_are_held_against_each_other(
    messages: Messages, attendu: str, nature: str, surprend: bool
) -> None:
    files = {**cadre(f"lien_attendu: {attendu}\n"), **priorite(f"cadre: contrat, nature: {nature}")}
    assert bool(messages("lien-inattendu", files)) is surprend


@pytest.mark.parametrize(
    "texte",
    [
        "Cette action est conforme au SRDEII.",
        "Cette action, conforme à la stratégie régionale, ouvre une halle.",
        "La conformité de l'action avec le SRTES est acquise.",
        "Une action menée conformément au schéma régional.",
        "Une action conforme au [schéma de la Région](srdeii).",
        "CONFORME AU SRDEII",
        "Cette action est conforme au schéma de la Région.",
        "Elle est conforme au schéma économique de la Région Littoral.",
        "Les aides sont conformes au schéma de développement économique et d'innovation de la région.",
        "Une action conforme à la stratégie économique du conseil régional.",
        "La métropole doit se conformer aux orientations régionales.",
        "Elle se conforme au schéma\u00a0régional.",
        "Elle est conforme au Schéma régional de développement économique.",
    ],
)
def test_nothing_is_said_conforme_to_a_regional_scheme(messages: Messages, texte: str) -> None:
    assert len(messages("mot-conforme", priorite(suite=f"texte: '{texte.replace(chr(39), chr(39) * 2)}'\n"))) == 1


@pytest.mark.parametrize(
    "texte",
    [
        "Cette action est compatible avec le SRDEII.",
        "Les rejets sont conformes à la norme. Le SRDEII n'en parle pas.",
        "Une halle conforme aux règles d'accessibilité.",
        "Cette plateforme du SRDEII est ouverte.",
        "La réforme du SRDEII est attendue.",
        "Une halle conforme aux vœux de la Région.",
        "Un projet conforme au schéma de cohérence territoriale, sur lequel la Région a donné son avis.",
        "Des locaux conformes au permis. Le schéma de la Région n'en parle pas.",
    ],
)
def test_the_word_is_free_elsewhere(messages: Messages, texte: str) -> None:
    assert messages("mot-conforme", priorite(suite=f"texte: {texte!r}\n".replace("\\'", "''"))) == []


def test_the_name_the_region_gave_its_scheme_is_known_from_the_dossier(messages: Messages) -> None:
    schema = {"data/cadres.yml": "id: cap\ntitre: Cap sur les îles\ntype: srdeii\nsigle: CAPI\ndiffusion: public\n"}
    texte = priorite(suite="texte: Action conforme au CAPI.\n")
    assert messages("mot-conforme", texte) == []
    assert len(messages("mot-conforme", {**texte, **schema})) == 1
