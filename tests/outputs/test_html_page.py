"""A page in the pieces its frame sets apart; folds, weights of files, and captions said once."""

from smde import arbre
from smde.arbre import Node
from smde.outputs import html
from smde.outputs.html import RenderedPage
from tests.outputs.test_html import Lecteur


def page(*blocs: Node, poids: html.Poids = lambda _: "") -> RenderedPage:
    return html.render_page(blocs, lambda target: target.partition(":")[2], {}, poids)


ETAT = arbre.bloc(["etat"], [arbre.para("À valider par le groupe de pilotage")])
FIL = arbre.bloc(["fil"], [arbre.bloc(["pourquoi"], [arbre.titre(2, "Pourquoi ?"), arbre.para("Un enjeu")])])


def test_title_standing_and_chain_are_set_apart_from_the_body() -> None:
    made = page(arbre.titre(1, "Rendre les friches"), ETAT, FIL, arbre.titre(2, "Contexte"), arbre.para("Au port."))
    assert (made.titre, made.ancre) == ("Rendre les friches", "rendre-les-friches")
    assert "À valider" in made.etat
    assert made.fil.startswith("<nav")
    assert "Pourquoi" not in made.corps.html
    assert [titre for _, _, titre in made.corps.titres] == ["Contexte"]


def test_a_standing_further_down_belongs_to_what_it_stands_under() -> None:
    made = page(arbre.titre(1, "Deux constats"), arbre.para("Voici."), ETAT)
    assert made.etat == ""
    assert "À valider" in made.corps.html


def test_the_chain_is_found_wherever_the_template_puts_it_and_a_page_may_have_none() -> None:
    assert page(arbre.para("Texte."), FIL).fil
    assert page(arbre.para("Texte.")) == RenderedPage(
        html.render([arbre.para("Texte.")], lambda _: None), "", "", "", ""
    )


def test_anchors_of_title_chain_and_body_never_meet() -> None:
    made = page(arbre.titre(1, "Pourquoi ?"), FIL, arbre.titre(2, "Pourquoi ?"))
    idents = [attributes["id"] for _, attributes in Lecteur(made.fil + made.corps.html).tags if "id" in attributes]
    assert len({made.ancre, *idents}) == 3


def test_a_fold_opens_without_a_script_and_keeps_all_it_holds() -> None:
    fold = arbre.bloc(["repli"], [arbre.para("3 enjeux"), arbre.puces(["Friches", "Métiers", "Port"])])
    lu = Lecteur(html.render([fold], lambda _: None).html)
    assert [tag for tag, _ in lu.tags][:2] == ["details", "summary"]
    assert lu.texte == "3 enjeuxFrichesMétiersPort"
    assert not lu.ouvertes


def test_a_fold_without_a_line_to_click_on_is_left_open() -> None:
    bare = arbre.bloc(["repli"], [arbre.puces(["Friches"])])
    assert "<details" not in html.render([bare], lambda _: None).html
    assert "<details" not in html.render([arbre.bloc(["repli"], [])], lambda _: None).html


def test_a_file_says_its_weight_and_a_page_has_none() -> None:
    links = arbre.para([arbre.lien("fichier:s.pdf", "PDF"), arbre.lien("page:index", "Accueil")])
    made = page(links, poids={"fichier:s.pdf": "5,6 Mo"}.get)  # type: ignore[arg-type]
    assert '>PDF <span class="poids">5,6 Mo</span></a>' in made.corps.html
    assert ">Accueil</a>" in made.corps.html


def legende(titre: str, caption: str) -> str | None:
    blocs = [arbre.titre(2, titre), arbre.tableau(caption, ["Quoi"], [["cela"]])]
    return Lecteur(html.render(blocs, lambda _: None).html).balises("caption")[0].get("class")


def test_a_caption_that_says_the_heading_again_is_kept_for_who_does_not_see() -> None:
    assert legende("Étapes", "Étapes et échéances") == "lu"
    assert legende("Qui fait quoi", "Qui fait quoi") == "lu"
    assert legende("Articulation", "Articulation avec les cadres extérieurs") == "lu"


def test_a_caption_that_says_more_is_shown() -> None:
    assert legende("Coût et financement", "Plan de financement") is None
    assert legende("Coût", "Coûts par année") is None


def test_a_caption_is_shown_when_something_stands_between() -> None:
    blocs = [arbre.titre(2, "Étapes"), arbre.para("Trois dates."), arbre.tableau("Étapes", ["Quoi"], [["cela"]])]
    assert 'class="lu"' not in html.render(blocs, lambda _: None).html
