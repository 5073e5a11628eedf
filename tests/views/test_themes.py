"""A theme gathers what the dossier says of it, and nothing of what an edition may not know."""

from smde.model.champ import INTERNE, PUBLIC
from smde.model.strategie import NatureConstat, Theme
from smde.views.themes import chapitre, par_nature, suites
from tests.conftest import VALMER
from tests.rendu import edition_avec, edition_de, element, mots, page, paroles, simple, site_de, tableaux

CHAINE = (
    element("theme", "theme-port", validation={"statut": "a_valider", "instance": "comite"}),
    element("acteur", "agence", type="agence"),
    element("acteur", "port", type="entreprise"),
    element("indicateur", "trafic", unite="tonnes", definition="d", territoire="t", source="s", serie="t.csv"),
    element("indicateur", "emplois", unite="emplois", definition="d", territoire="t", source="s", serie="e.csv"),
    element(
        "constat", "recul", theme="theme-port", nature="menace",
        preuves=[{"par": "indicateur", "indicateur": "trafic", "millesime": "2019"},
                 {"par": "indicateur", "indicateur": "emplois", "millesime": "2019"}],
        validation={"statut": "a_valider", "instance": "comite"},
    ),
    element("constat", "savoir-faire", theme="theme-port", nature="atout",
            preuves=[{"par": "indicateur", "indicateur": "emplois", "millesime": "2019"},
                     {"par": "indicateur", "indicateur": "emplois", "millesime": "2018"}]),
    element("constat", "ailleurs", theme="theme-autre", nature="atout"),
    element("enjeu", "reconvertir", constats=["recul"]),
    element("enjeu", "autre-enjeu", constats=["ailleurs"]),
    element("objectif", "garder-les-metiers", enjeux=["reconvertir"],
            roles=[{"acteur": "port", "role": "pilote", "statut": "accepte"}]),
    element("priorite", "le-port", objectifs=["garder-les-metiers"]),
    element("action", "former", priorite="le-port", validation={"statut": "a_valider", "instance": "comite"},
            roles=[{"acteur": "agence", "role": "partenaire", "statut": "accepte"},
                   {"acteur": "parti-ailleurs", "role": "financeur", "statut": "accepte"}]),
    element("action", "etrangere", roles=[{"acteur": "agence", "role": "pilote", "statut": "accepte"}],
            validation={"statut": "a_valider", "instance": "comite"}),
)  # fmt: skip
EDITION = edition_avec(*CHAINE)
THEME: Theme = EDITION.element("theme-port", Theme)


def test_constats_are_read_by_nature_in_the_order_of_the_grid() -> None:
    lu = chapitre(EDITION, THEME)
    assert [(nature, [c.id for c in group]) for nature, group in lu.natures] == [
        (NatureConstat.atout, ["savoir-faire"]),
        (NatureConstat.menace, ["recul"]),
    ]
    assert par_nature([]) == ()


def test_the_most_cited_indicator_comes_first_and_a_constat_counts_once() -> None:
    assert [one.id for one in chapitre(EDITION, THEME).indicateurs] == ["emplois", "trafic"]


def test_what_follows_starts_with_the_enjeux_and_stays_in_the_theme() -> None:
    found = [(one.genre, one.direct, [e.id for e in one.elements]) for one in suites(EDITION, THEME)]
    assert found == [
        ("enjeu", True, ["reconvertir"]),
        ("objectif", False, ["garder-les-metiers"]),
        ("priorite", False, ["le-port"]),
        ("action", False, ["former"]),
    ]


def test_what_awaits_a_body_is_counted_among_the_constats_and_what_follows_only() -> None:
    (attente,) = chapitre(EDITION, THEME).attentes
    assert (attente.instance, [one.id for one in attente.elements]) == ("comite", ["recul", "former"])


def test_actors_are_those_of_what_follows_with_what_they_do_there() -> None:
    found = {acteur.id: [(part.role.value, part.compte) for part in parts] for acteur, parts in
             chapitre(EDITION, THEME).acteurs}  # fmt: skip
    assert found == {"agence": [("partenaire", 1)], "port": [("pilote", 1)]}


def test_a_theme_without_anything_has_an_empty_chapter() -> None:
    vide: Theme = element("theme", "theme-vide")
    lu = chapitre(edition_avec(vide), vide)
    assert (lu.natures, lu.indicateurs, lu.suites, lu.attentes, lu.acteurs) == ((), (), (), (), ())


def test_the_page_of_a_theme_says_its_constats_their_evidence_and_what_follows() -> None:
    found = page(site_de(VALMER), "constats/themes/theme-immobilier")
    said = simple(paroles(list(found.blocs)))
    assert "Les friches du port couvrent 37 hectares" in said
    assert "Surface des friches portuaires : 37 ha" in said
    assert said.index("Opportunité") < said.index("Tendance") < said.index("Les chiffres cités")
    assert "courbe-vacance-bureaux" in found.figures
    assert any(simple(caption).startswith("Ce qui repose sur ces constats") for caption in tableaux(found.blocs))


def test_what_an_edition_may_not_know_is_not_on_the_page_of_a_theme() -> None:
    public, interne = (
        simple(paroles(list(page(site_de(VALMER, niveau), "constats/themes/theme-emploi").blocs)))
        for niveau in (PUBLIC, INTERNE)
    )
    assert "Un employeur du port envisage de partir" not in public
    assert "Un employeur du port envisage de partir" in interne


def test_the_overview_lists_every_theme_with_a_sentence_and_every_constat() -> None:
    edition = edition_de(VALMER)
    said = simple(paroles(list(page(site_de(VALMER), "constats/index").blocs)))
    for theme in edition.tous(Theme):
        assert theme.titre.replace("'", "’") in said or theme.titre in said
        assert site_de(VALMER).adresses[theme.id] == f"constats/themes/{theme.id}"
    assert "2 constats : 1 opportunité, 1 tendance." in said
    assert "La vacance tertiaire recule depuis 2016" in said


def test_a_constat_of_many_pieces_of_evidence_shows_three_and_leads_to_the_others() -> None:
    preuves = [{"par": "chiffre", "libelle": f"Mesure {n}", "valeur": str(n), "unite": "ha"} for n in range(5)]
    for count, lines in ((5, 4), (4, 4), (3, 3)):
        constat = element("constat", "c", theme="t", nature="atout", preuves=preuves[:count])
        ((_, shown),) = mots(edition_avec(constat)).noms()["lignes_constats_etablis"]([constat])
        (bullets,) = shown.nodes
        assert len(bullets["c"]) == lines
        assert ("2 autres preuves" in simple(paroles(shown.nodes))) is (count == 5)


def test_on_one_page_three_series_are_drawn_and_none_twice() -> None:
    trois = [
        element("indicateur", f"i{n}", unite="ha", definition="d", territoire="t", source="s", serie="s.csv")
        for n in range(5)
    ]
    series = {one.id: EDITION_SERIE for one in trois[:4]}
    drawn, others = mots(edition_avec(*trois, series=series)).noms()["a_dessiner"]([trois[4], *trois[:4]])
    assert [one.id for one in drawn] == ["i0", "i1", "i2"]
    assert [one.id for one in others] == ["i4", "i3"]


EDITION_SERIE = edition_de(VALMER).series["vacance-bureaux"]
