"""Who does what: announced roles only, actors in rows, priorities in columns, a page's width at a time."""

from typing import Any

from smde.edition import Edition
from smde.model.acteurs import NomRole
from smde.model.champ import INTERNE
from smde.views.roles import LARGEUR, Case, matrices, portefeuille
from tests.conftest import VALMER, duree
from tests.rendu import edition_avec, edition_de, element


def role(acteur: str, nom: str = "partenaire") -> dict[str, str]:
    return {"acteur": acteur, "role": nom, "statut": "accepte"}


def dossier(actions: int, *, par_action: int = 1) -> Edition:
    acteurs = [element("acteur", f"acteur-{rank}", type="agence") for rank in range(actions)]
    priorites = [element("priorite", f"p{rank}") for rank in range(actions)]
    made = [
        element("action", f"a{rank}", priorite=f"p{rank}",
                roles=[role(f"acteur-{(rank + more) % actions}") for more in range(par_action)])
        for rank in range(actions)
    ]  # fmt: skip
    return edition_avec(*acteurs, *priorites, *made)


def test_the_matrix_holds_the_roles_of_the_actions_of_each_priority_strongest_first() -> None:
    (matrice,) = matrices(edition_de())
    assert [priorite.id for priorite in matrice.priorites] == ["priorite-port"]
    assert [(acteur.id, cells) for acteur, cells in matrice.lignes] == [
        ("valmer-metropole", ((Case(NomRole.pilote, True), Case(NomRole.maitre_ouvrage, True)),)),
        ("etablissement-foncier", ((Case(NomRole.operateur, True),),)),
    ]


def test_a_role_not_accepted_is_in_no_public_matrix() -> None:
    public, interne = matrices(edition_de())[0], matrices(edition_de(VALMER, INTERNE))[0]
    assert "region" not in {acteur.id for acteur, _ in public.lignes}
    (cells,) = [cells for acteur, cells in interne.lignes if acteur.id == "region"]
    assert [priorite.id for priorite in interne.priorites] == ["priorite-port", "priorite-metiers"]
    assert cells == ((Case(NomRole.financeur, False),), (Case(NomRole.pilote, True),))


def test_one_agreement_is_enough_for_a_role_to_be_accepted() -> None:
    statuts = ("propose", "accepte")
    actions = [
        element("action", f"a-{s}", priorite="p", roles=[{"acteur": "agence", "role": "pilote", "statut": s}])
        for s in statuts
    ]
    edition = edition_avec(element("acteur", "agence", type="agence"), element("priorite", "p"), *actions)
    assert matrices(edition)[0].lignes[0][1] == ((Case(NomRole.pilote, True),),)


def test_a_matrix_is_never_wider_than_a_page_and_only_holds_those_who_act_in_it() -> None:
    made = matrices(dossier(30))
    assert [len(matrice.priorites) for matrice in made] == [LARGEUR, LARGEUR, 30 - 2 * LARGEUR]
    assert [rang for matrice in made for rang in matrice.rangs] == list(range(1, 31))
    for matrice in made:
        for _, cells in matrice.lignes:
            assert any(cells)
            assert len(cells) == len(matrice.priorites)


def test_priorities_keep_their_rank_when_others_have_no_role() -> None:
    edition = edition_avec(
        element("acteur", "agence", type="agence"),
        *(element("priorite", f"p{rank}") for rank in range(3)),
        element("action", "a", priorite="p2", roles=[role("agence")]),
        element("action", "sans-priorite", roles=[role("agence")]),
    )
    (matrice,) = matrices(edition)
    assert (matrice.rangs, [priorite.id for priorite in matrice.priorites]) == ((3,), ["p2"])
    assert matrices(edition_avec()) == ()


def test_an_actor_finds_its_roles_in_actions_and_objectives() -> None:
    edition = edition_de(VALMER, INTERNE)
    held: list[Any] = [
        (tenu.element.id, tenu.role.role.name) for tenu in portefeuille(edition, edition.elements["region"])
    ]
    assert sorted(held) == [
        ("action-ecole-soudure", "pilote"),
        ("action-requalifier-friches", "financeur"),
        ("objectif-formation", "chef_de_file"),
        ("objectif-reconversion", "partenaire"),
    ]
    assert portefeuille(edition, edition.elements["agence-urbanisme"]) == (), "a member of a group holds no role"


def test_the_matrix_grows_in_step_with_the_roles() -> None:
    small, large = dossier(100, par_action=3), dossier(1000, par_action=3)
    matrices(small), matrices(large)
    assert duree(lambda: matrices(large)) < 30 * duree(lambda: matrices(small))
