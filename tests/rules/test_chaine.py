"""The chain constat → enjeu → objectif → priorité → action → moyen: what is demanded, and when."""

from collections.abc import Callable

import pytest

from .conftest import Fichiers, Juger

Messages = Callable[[str, Fichiers], list[str]]

ORPHELINS: dict[str, tuple[str, str]] = {
    "constat-sans-enjeu": (
        "strategy/diagnostic.yml",
        "id: seul\ntitre: Le port perd des escales\ndiffusion: public\ntheme: emploi\nnature: faiblesse\n"
        "preuves: [{par: source, source: agence-2023}]\n",
    ),
    "enjeu-sans-objectif": (
        "strategy/enjeux.yml",
        "id: seul\ntitre: Garder des escales régulières\ndiffusion: public\nconstats: [vacance-tertiaire]\n",
    ),
    "objectif-sans-priorite": (
        "strategy/objectifs.yml",
        "id: seul\ntitre: Retrouver trois escales par semaine\ndiffusion: public\nenjeux: [sobriete]\n",
    ),
    "priorite-sans-action": (
        "schema/priorites.yml",
        "id: seul\ntitre: Accueillir de plus grands navires\ndiffusion: public\nobjectifs: [reemployer]\n",
    ),
}
"""For each rule that looks down the chain, an element that nothing below takes up."""

PRODUITS = {
    "constat-sans-enjeu": "enjeux",
    "enjeu-sans-objectif": "objectifs",
    "objectif-sans-priorite": "priorites",
    "priorite-sans-action": "actions",
}


def orphelin(code: str, suite: str = "") -> Fichiers:
    """The files of an element that nothing below takes up."""
    path, text = ORPHELINS[code]
    return {path: text + suite}


def phase(produit: str, statut: str = "terminee") -> Fichiers:
    """A phase of the démarche."""
    return {
        "data/demarche/phases.yml": f"id: phase\ntitre: Une phase\nordre: 1\nstatut: {statut}\nproduit: [{produit}]\n"
        "diffusion: public\n"
    }


@pytest.mark.parametrize("code", ORPHELINS)
def test_nothing_is_demanded_before_the_phase_that_produces_it_is_closed(messages: Messages, code: str) -> None:
    assert messages(code, orphelin(code)) == []
    for statut in ("a_venir", "en_cours"):
        assert messages(code, {**orphelin(code), **phase(PRODUITS[code], statut)}) == []


@pytest.mark.parametrize("code", ORPHELINS)
def test_what_follows_is_demanded_once_that_phase_is_closed(messages: Messages, code: str) -> None:
    assert len(messages(code, {**orphelin(code), **phase(PRODUITS[code])})) == 1


@pytest.mark.parametrize("code", ORPHELINS)
def test_the_end_of_another_phase_demands_nothing(messages: Messages, code: str) -> None:
    for produit in {"constats", "enjeux", "objectifs", "priorites", "actions", "moyens"} - {PRODUITS[code]}:
        assert messages(code, {**orphelin(code), **phase(produit)}) == []


@pytest.mark.parametrize("code", ORPHELINS)
@pytest.mark.parametrize("statut", ["abandonne, motif: Sans objet", "remplace"])
def test_what_left_the_strategy_needs_no_continuation(messages: Messages, code: str, statut: str) -> None:
    files = orphelin(code, f"validation: {{statut: {statut}}}\n")
    assert messages(code, {**files, **phase(PRODUITS[code])}) == []


@pytest.mark.parametrize(
    ("code", "dessous"),
    [
        ("constat-sans-enjeu", ("strategy/enjeux.yml", "id: suite\ntitre: Une suite écrite\nconstats: [seul]\n")),
        ("enjeu-sans-objectif", ("strategy/objectifs.yml", "id: suite\ntitre: Une suite écrite\nenjeux: [seul]\n")),
        ("objectif-sans-priorite", ("schema/priorites.yml", "id: suite\ntitre: Une suite écrite\nobjectifs: [seul]\n")),
        ("priorite-sans-action", ("schema/actions/suite.yml", "id: suite\ntitre: Une suite écrite\npriorite: seul\n")),
    ],
)
def test_one_element_below_is_enough_unless_it_was_given_up_or_could_not_be_read(
    messages: Messages, code: str, dessous: tuple[str, str]
) -> None:
    path, text = dessous
    files = {**orphelin(code), **phase(PRODUITS[code])}
    assert messages(code, {**files, path: text}) == []
    assert len(messages(code, {**files, path: text + "validation: {statut: abandonne, motif: Trop cher}\n"})) == 1
    champ = text.strip().rsplit("\n", 1)[1].split(":")[0]
    illisible = text.replace(f"{champ}: ", f"{champ}: {{}} # ")
    assert messages(code, {**files, path: illisible}) == [], "what could not be read may have cited it"
    assert messages(code, {**files, path: text.replace("titre: Une suite écrite", "titre: ''")}) == []


def test_a_citation_that_is_not_a_link_of_the_chain_continues_nothing(messages: Messages) -> None:
    code = "constat-sans-enjeu"
    enjeu = "id: suite\ntitre: Une suite écrite\nconstats: [vacance-tertiaire]\ntexte: Voir [[seul]].\n"
    assert len(messages(code, {**orphelin(code), **phase("enjeux"), "strategy/enjeux.yml": enjeu})) == 1


@pytest.mark.parametrize(
    ("suite", "demande"),
    [
        ("influence: {degre: plaide}\n", False),
        ("influence: {degre: observe}\n", False),
        ("influence: {degre: anime}\n", True),
        ("influence: {degre: decide}\n", True),
        ("roles: [{acteur: region, role: chef_de_file, statut: propose}]\n", False),
        ("roles: [{acteur: metropole, role: chef_de_file, statut: accepte}]\n", True),
        ("roles: [{acteur: region, role: partenaire, statut: accepte}]\n", True),
    ],
)
def test_an_objectif_may_be_somebody_elses(messages: Messages, suite: str, demande: bool) -> None:
    files = {**orphelin("objectif-sans-priorite", suite), **phase("priorites")}
    assert bool(messages("objectif-sans-priorite", files)) is demande


def test_an_objectif_whose_roles_cannot_be_read_is_not_judged(messages: Messages) -> None:
    files = {**orphelin("objectif-sans-priorite", "roles: [{acteur: region}]\n"), **phase("priorites")}
    assert messages("objectif-sans-priorite", files) == []


ACTION = "id: A-02\ntitre: Allonger le quai nord\ndiffusion: public\npriorite: quais\n"
QUAIS = "id: quais\ntitre: Accueillir de plus grands navires\ndiffusion: public\nobjectifs: [reemployer]\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schema/moyens.yml", "id: dragage\ntitre: Marché de dragage\nnature: juridique\nactions: [A-02]\n"),
        ("schema/moyens.yml", "id: dragage\ntitre: Marché de dragage\nnature: juridique\npriorites: [quais]\n"),
        (
            "schema/actions/quai.yml",
            ACTION + "budget: [{poste: Travaux, annee: 2026, montant: 9000000, taxe: HT, etat: estime}]\n",
        ),
    ],
)
def test_an_action_has_a_moyen_by_itself_by_its_priorite_or_by_its_budget(
    messages: Messages, path: str, text: str
) -> None:
    files: Fichiers = {"schema/actions/quai.yml": ACTION, "schema/priorites.yml": QUAIS, **phase("moyens")}
    assert messages("action-sans-moyen", files) == ["Aucun moyen n'est consacré à l'action « Allonger le quai nord »."]
    assert messages("action-sans-moyen", {**files, path: text}) == []
    assert messages("action-sans-moyen", {**files, **phase("moyens", "en_cours")}) == []


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("enjeu-sans-constat", "strategy/enjeux.yml", "id: seul\ntitre: Garder les escales\n"),
        ("objectif-sans-enjeu", "strategy/objectifs.yml", "id: seul\ntitre: Garder les escales\n"),
        ("priorite-sans-objectif", "schema/priorites.yml", "id: seul\ntitre: Garder les escales\n"),
        ("action-sans-priorite", "schema/actions/seul.yml", "id: seul\ntitre: Garder les escales\n"),
        ("moyen-sans-emploi", "schema/moyens.yml", "id: seul\ntitre: Un remorqueur de plus\nnature: humain\n"),
    ],
)
def test_upward_the_chain_is_demanded_at_once_but_not_of_what_left_the_strategy(
    messages: Messages, code: str, path: str, text: str
) -> None:
    assert len(messages(code, {path: text})) == 1
    assert messages(code, {path: text + "validation: {statut: abandonne, motif: Trop cher}\n"}) == []


def test_a_moyen_serves_an_action_or_a_priorite(messages: Messages) -> None:
    moyen = "id: seul\ntitre: Un remorqueur de plus\nnature: humain\n"
    for usage in ("actions: [A-01]\n", "priorites: [requalifier]\n"):
        assert messages("moyen-sans-emploi", {"schema/moyens.yml": moyen + usage}) == []


def test_a_link_to_what_was_replaced_names_its_successor(juger: Juger) -> None:
    found = juger(
        {
            "strategy/enjeux.yml": "- id: attirer\n  titre: Attirer des habitants\n  diffusion: public\n"
            "  constats: [vacance-tertiaire]\n  validation: {statut: remplace}\n"
            "- id: retenir\n  titre: Attirer et retenir des habitants\n  diffusion: public\n"
            "  constats: [vacance-tertiaire]\n  remplace: [attirer]\n",
            "strategy/objectifs.yml": "id: loger\ntitre: Loger les arrivants\ndiffusion: public\nenjeux: [attirer]\n",
        }
    )
    assert [(diagnostic.code, diagnostic.aide) for diagnostic in found] == [
        ("lien-vers-abandonne", "Citez son remplaçant `retenir`.")
    ]


def test_the_history_of_an_element_given_up_may_cite_what_was_given_up(messages: Messages) -> None:
    sorti = "  validation: {statut: abandonne, motif: Sans objet}\n"
    files = {
        "strategy/enjeux.yml": "- id: attirer\n  titre: Attirer des habitants\n  constats: [vacance-tertiaire]\n"
        + sorti,
        "strategy/objectifs.yml": "- id: loger\n  titre: Loger les nouveaux venus\n  enjeux: [attirer]\n" + sorti,
    }
    assert messages("lien-vers-abandonne", files) == []


def test_a_seance_may_submit_what_it_will_give_up(messages: Messages) -> None:
    files = {
        "strategy/enjeux.yml": "- id: attirer\n  titre: Attirer des habitants\n  constats: [vacance-tertiaire]\n"
        "  validation: {statut: abandonne, motif: Sans objet}\n",
        "data/demarche/seances.yml": "id: mars\ntitre: Séance de mars\ninstance: pilotage\nstatut: tenue\n"
        "date: 2024-03-01\nsoumet: [attirer]\n",
    }
    assert messages("lien-vers-abandonne", files) == []


def test_the_same_reference_in_two_fields_is_no_repetition(messages: Messages) -> None:
    moyen = "id: dragage\ntitre: Marché de dragage\nnature: juridique\nactions: [A-01]\npriorites: [requalifier]\n"
    assert messages("reference-en-double", {"schema/moyens.yml": moyen}) == []


def test_two_lists_that_cite_the_same_element_repeat_nothing(messages: Messages) -> None:
    moyens = "".join(
        f"- {{id: {ident}, titre: Marché de {ident}, nature: juridique, actions: [A-01], priorites: [requalifier]}}\n"
        for ident in ("dragage", "curage", "sondage")
    )
    assert messages("reference-en-double", {"schema/moyens.yml": moyens}) == []


def test_a_reference_three_times_in_a_list_is_told_twice_each_at_its_place(
    lieux: Callable[[str, Fichiers], list[tuple[str, int, int]]],
) -> None:
    moyen = "id: dragage\ntitre: Marché de dragage\nnature: juridique\nactions: [A-01, A-01, A-01]\n"
    assert lieux("reference-en-double", {"schema/moyens.yml": moyen}) == [
        ("schema/moyens.yml", 4, 17),
        ("schema/moyens.yml", 4, 23),
    ]
