"""What the guide says comes from the code: a rule or a field added is in it without another line."""

from smde import rules
from smde.guide import bloc_de_code, dictionnaire, regles
from smde.model.plan import champs
from smde.model.rubriques import RUBRIQUES
from tests.rendu import page, paroles, simple, site_de, sous, tableaux, titres


def test_every_rule_is_in_the_guide_with_its_severity() -> None:
    told = {code: (severite, page.titre) for code, severite, page in regles()}
    assert told.keys() == rules.rules().keys()
    assert all(severite in ("erreur", "alerte") and titre for severite, titre in told.values())


def test_every_field_of_every_heading_is_in_the_dictionary() -> None:
    described = {rubrique.chemin: tables for rubrique, tables in dictionnaire()}
    assert list(described) == [rubrique.chemin for rubrique in RUBRIQUES]
    for rubrique in RUBRIQUES:
        (_, rows), *_ = described[rubrique.chemin]
        assert [row[0] for row in rows] == list(champs(rubrique.classe))
        for row in rows:
            assert row[2] in ("oui", "non")
            assert row[3] in ("public", "partenaires", "interne")


def test_the_parts_of_an_element_have_their_own_table() -> None:
    tables = {
        caption: rows
        for rubrique, found in dictionnaire()
        if rubrique.classe.genre == "constat"
        for caption, rows in found
    }
    assert "Dans « preuves », par : indicateur" in tables
    assert "Dans « validation »" in tables
    assert [row[0] for row in tables["Dans « preuves », par : source"]][:2] == ["par", "source"]


def test_an_example_is_kept_as_it_is_typed() -> None:
    assert bloc_de_code("id: a\n  b: 1\n\n")["c"][1] == "id: a\n  b: 1"


def test_the_page_of_the_rules_shows_what_is_refused_and_what_is_accepted() -> None:
    document = page(site_de(), "guide/regles")
    words = simple(paroles(document))
    for code, severite, regle in regles():
        title = f"{regle.titre} ({severite})"
        assert simple(title) in [simple(words) for _, words in titres(document)], code
        assert regle.refuse.strip() in paroles(document), code
        assert regle.accepte.strip() in paroles(document), code
        assert code in document.ancres
    assert "{{" not in words


def test_the_page_of_the_dictionary_says_where_each_kind_is_written() -> None:
    document = page(site_de(), "guide/dictionnaire")
    written = simple(
        sous(document, "Fiches action" if "Fiches action" in dict(titres(document)).values() else "Actions")
    )
    assert "schema/actions.yml" in written
    assert "plan_financement" in written
    for caption, rows in tableaux(document).items():
        assert rows[0] == ["Champ", "Ce qu’on y écrit", "Obligatoire", "Lecture la plus large"], caption
