"""Who may read what: citations of narrower elements, and persons never named."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.dossier import Dossier
from smde.model.champ import Diffusion
from smde.model.strategie import Constat, Enjeu
from smde.rules import citation_plus_restreinte

from .conftest import Fichiers

Messages = Callable[[str, Fichiers], list[str]]
NIVEAUX = ("public", "partenaires", "interne")


def cite(citant: str, cible: str, *, texte: bool = False) -> Fichiers:
    """An objectif of one level that cites an enjeu of another, in a field or in its text."""
    lien = "texte: Voir [l'enjeu](attirer).\nenjeux: [sobriete]\n" if texte else "enjeux: [attirer]\n"
    return {
        "strategy/enjeux.yml": f"id: attirer\ntitre: Attirer des habitants\ndiffusion: {cible}\n"
        "constats: [vacance-tertiaire]\n",
        "strategy/objectifs.yml": f"id: loger\ntitre: Loger les arrivants\ndiffusion: {citant}\n{lien}",
    }


@pytest.mark.parametrize("texte", [False, True])
@pytest.mark.parametrize("citant", NIVEAUX)
@pytest.mark.parametrize("cible", NIVEAUX)
def test_a_wider_reader_is_never_sent_to_what_he_may_not_know(
    messages: Messages, citant: str, cible: str, texte: bool
) -> None:
    narrower = NIVEAUX.index(cible) > NIVEAUX.index(citant)
    assert bool(messages("citation-plus-restreinte", cite(citant, cible, texte=texte))) is narrower


def test_the_message_says_both_levels_and_what_was_only_forgotten(messages: Messages) -> None:
    assert messages("citation-plus-restreinte", cite("public", "partenaires")) == [
        "« Loger les arrivants » (public) cite `attirer` (partenaires) : certains lecteurs ne peuvent pas le connaître."
    ]
    oubli = {path: text.replace("diffusion: interne\n", "") for path, text in cite("public", "interne").items()}
    assert "(sans diffusion écrite, donc interne)" in messages("citation-plus-restreinte", oubli)[0]


def test_a_text_is_named_as_such(messages: Messages) -> None:
    assert messages("citation-plus-restreinte", cite("public", "interne", texte=True))[0].startswith(
        "Un texte de « Loger les arrivants » (public) cite `attirer` (interne)"
    )


@pytest.mark.parametrize("cible", ["(attirer)", "(#attirer)", "(<attirer>)", "(attirer 'Attirer')", "(<attirer> (A))"])
def test_a_citation_is_seen_however_it_is_written(messages: Messages, cible: str) -> None:
    files = cite("public", "interne", texte=True)
    files = {path: text.replace("(attirer)", cible) for path, text in files.items()}
    assert len(messages("citation-plus-restreinte", files)) == 1


def test_a_field_kept_inside_may_cite_what_is_kept_inside(messages: Messages) -> None:
    files = cite("public", "interne", texte=True)
    files = {path: text.replace("texte:", "notes:") for path, text in files.items()}
    assert messages("citation-plus-restreinte", files) == []


@pytest.mark.parametrize(("statut", "dit"), [("propose", False), ("accepte", True)])
def test_a_role_not_accepted_is_inside_and_may_name_an_actor_kept_inside(
    messages: Messages, statut: str, dit: bool
) -> None:
    files = {
        "data/acteurs.yml": "id: armateur\ntitre: Un armateur\ntype: entreprise\n",
        "strategy/objectifs.yml": "id: escales\ntitre: Retrouver des escales\ndiffusion: public\nenjeux: [sobriete]\n"
        f"roles: [{{acteur: armateur, role: partenaire, statut: {statut}}}]\n",
    }
    assert bool(messages("citation-plus-restreinte", files)) is dit


@pytest.mark.parametrize(("etat", "dit"), [("sollicite", False), ("acquis", True)])
def test_a_share_not_secured_may_name_a_funder_kept_inside(messages: Messages, etat: str, dit: bool) -> None:
    files = {
        "data/acteurs.yml": "id: armateur\ntitre: Un armateur\ntype: entreprise\n",
        "schema/actions/quai.yml": "id: A-02\ntitre: Allonger le quai nord\ndiffusion: public\npriorite: requalifier\n"
        f"plan_financement: [{{financeur: armateur, annee: 2026, montant: 10, taxe: HT, etat: {etat}}}]\n",
    }
    assert bool(messages("citation-plus-restreinte", files)) is dit


def test_a_verbatim_kept_inside_may_cite_what_is_kept_inside(messages: Messages) -> None:
    entretien = (
        "id: E-01\ntitre: Entretien 1\ncategorie: externe\ndiffusion: public\n"
        "verbatims: [{{texte: 'Voir [[attirer]].'{}}}]\n"
    )
    files = cite("interne", "interne")
    inside, outside = entretien.format(""), entretien.format(", diffusion: public")
    assert messages("citation-plus-restreinte", {**files, "data/entretiens.yml": inside}) == []
    assert len(messages("citation-plus-restreinte", {**files, "data/entretiens.yml": outside})) == 1


def test_an_unknown_element_or_one_whose_level_cannot_be_read_is_told_elsewhere(messages: Messages) -> None:
    assert messages("citation-plus-restreinte", cite("public", "tous")) == []
    absent = {path: text for path, text in cite("public", "interne").items() if "enjeux.yml" not in path}
    assert messages("citation-plus-restreinte", absent) == []


@given(st.lists(st.sampled_from(list(Diffusion)), min_size=4, max_size=4), st.lists(st.integers(0, 2), max_size=4))
def test_a_field_is_at_fault_when_and_only_when_it_cites_something_narrower(
    levels: Sequence[Diffusion], cites: Sequence[int]
) -> None:
    constats = [
        Constat(id=f"c{n}", titre="Un constat", theme="foncier", nature="atout", diffusion=levels[n])  # type: ignore[arg-type]
        for n in range(3)
    ]
    enjeu = Enjeu(id="e", titre="Un enjeu", diffusion=levels[3], constats=[f"c{n}" for n in cites])
    liens = [(enjeu, ("constats", rang), f"c{n}") for rang, n in enumerate(cites)]
    elements = {element.id: element for element in (*constats, enjeu)}
    dossier = cast(Dossier, SimpleNamespace(elements=elements, liens=liens, citations=[], broken={}))
    found = [faute.chemin for faute in citation_plus_restreinte.check(dossier)]
    assert found == [("constats", rang) for rang, n in enumerate(cites) if levels[n] > levels[3]]


def enjeu(texte: str, diffusion: str = "public", champ: str = "texte") -> Fichiers:
    return {
        "strategy/enjeux.yml": f"id: attirer\ntitre: Attirer des habitants\ndiffusion: {diffusion}\n"
        f'constats: [vacance-tertiaire]\n{champ}: "{texte}"\n'
    }


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("Une idée de Mme Martin.", "Mme Martin"),
        ("M. Le Gall préside le groupe.", "M. Le"),
        ("Selon M.\u00a0Dupont, le port recrute.", "M.\u00a0Dupont"),
        ("Madame Martin et Monsieur Durand sont venus.", "Madame Martin"),
        ("MM. Durand et Petit ont voté.", "MM. Durand"),
        ("L'avis de M. d'Alembert compte.", "M. d'Alembert"),
        ("Mlle Élodie Perrin a témoigné.", "Mlle Élodie"),
        ("Écrire à jeanne.martin@kerlann.example pour en savoir plus.", "jeanne.martin@kerlann.example"),
    ],
)
def test_a_person_is_never_named_in_what_others_read(messages: Messages, texte: str, nom: str) -> None:
    found = messages("personne-nommee", enjeu(texte))
    assert found == [f"Le champ `texte` de « Attirer des habitants » nomme une personne : « {nom} »."]
    assert len(messages("personne-nommee", enjeu(texte, "partenaires"))) == 1
    assert messages("personne-nommee", enjeu(texte, "interne")) == []


@pytest.mark.parametrize(
    "texte",
    [
        "Madame la maire a ouvert la séance.",
        "M. le préfet de région approuve le schéma.",
        "Un budget de 3 M. pour le port.",
        "Le prix de la SEM.",
        "Monsieur tout le monde n'y croit pas.",
        "Écrire à contact@kerlann.example.",
        "La MMARtin n'existe pas.",
        "Mme.",
    ],
)
def test_a_function_a_body_or_a_shared_address_is_nobody(messages: Messages, texte: str) -> None:
    assert messages("personne-nommee", enjeu(texte)) == []


def test_titles_and_single_lines_are_looked_at_too(messages: Messages) -> None:
    assert len(messages("personne-nommee", enjeu("Que veut Mme Martin ?", champ="question"))) == 1


def test_fields_that_hold_functions_never_hold_a_name_even_inside(messages: Messages) -> None:
    acteur = "id: mission\ntitre: Mission locale\ntype: emploi\ncontact: Mme Martin, directrice\n"
    assert len(messages("personne-nommee", {"data/acteurs.yml": acteur})) == 1
    groupe = (
        "id: employeurs\ntitre: Groupe des employeurs\ntype: acteurs_economiques\n"
        "membres: [{acteur: atelier, statut: propose, qualite: M. Durand}]\n"
    )
    assert len(messages("personne-nommee", {"data/groupes.yml": groupe})) == 1


def test_the_register_of_interviews_may_hold_the_identity_it_never_shows(messages: Messages) -> None:
    entretien = (
        "id: E-01\ntitre: Entretien 1\ncategorie: externe\ndiffusion: public\nidentite: Mme Martin\n"
        "fonction: Directrice de Mme Petit\nverbatims: [{texte: M. Durand a raison.}]\n"
    )
    assert messages("personne-nommee", {"data/entretiens.yml": entretien}) == []
    public = entretien.replace("a raison.", "a raison., diffusion: public")
    assert len(messages("personne-nommee", {"data/entretiens.yml": public})) == 1
