"""What hand-written pages may call, tried in real MkDocs builds: links hold, words stay words, faults are told."""

import re
from pathlib import Path

import pytest
from lxml import html

from smde import arbre
from smde.arbre import Document
from smde.edition import Edition
from smde.outputs.scene import SiteIdentity
from smde.outputs.site import write
from smde.pages import Contexte
from tests.conftest import ecrire
from tests.rendu import DATE, MACROS, edition_avec, edition_de, element, simple, site_de

IDENTITE = SiteIdentity(nom="Valmer", strategie="Stratégie", date=DATE, menu=(("Accueil", "index"),))
ACCUEIL = Document("index", "Accueil", (arbre.titre(1, "Accueil"), arbre.para("Bienvenue.")), genre="accueil")


def batir(dossier: Path, pages: dict[str, str], contexte: object = None) -> tuple[list[str], Path]:
    """Build a site of hand-written pages that ask for the macros; what is wrong, and where the site is."""
    docs = ecrire(
        dossier / "docs", {nom: f"---\nrender_macros: true\n---\n\n{texte}\n" for nom, texte in pages.items()}
    )
    target = dossier / "site"
    known = contexte or Contexte(edition_de(), site_de().adresses)
    faults = write([ACCUEIL], IDENTITE, ids={}, target=target, docs=docs, macros=MACROS, contexte=known)
    return faults, target


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    """A page that uses every macro, as a browser reads it."""
    texte = """# Essai

Lien : {{ lien("enjeu-friches") }}.

Autres mots : {{ lien("terme-friche", "les *friches* _du_ [port](x) `a`") }}.

Titre : *{{ titre("vacance-tertiaire") }}*.

Compte : {{ compte("constat") }}, {{ compte("enjeu") }}, {{ compte("entretien") }}.

Valeur : {{ valeur("vacance-bureaux", "2019") }}.

Version : {{ version() }}.

{{ liste("moyen") }}

{{ liste("guide") }}
"""
    faults, target = batir(tmp_path_factory.mktemp("macros"), {"notes/essai.md": texte})
    assert faults == []
    found: html.HtmlElement = html.parse(target / "notes" / "essai.html").xpath('//div[@class="corps"]')[0]
    return found


def ligne(page: html.HtmlElement, debut: str) -> str:
    """The words of the paragraph that begins so."""
    return next(words for p in page.iter("p") if (words := simple(p.text_content())).startswith(debut))


def test_a_link_leads_to_the_page_of_the_element_from_where_one_stands(page: html.HtmlElement) -> None:
    links = {simple(a.text_content()): a.get("href") for a in page.iter("a")}
    assert links["Donner un avenir aux friches du port"] == "../enjeux/enjeu-friches.html"
    assert links["les *friches* _du_ [port](x) `a`"] == "../glossaire.html#terme-friche"


def test_what_is_typed_stays_words(page: html.HtmlElement) -> None:
    assert ligne(page, "Autres mots") == "Autres mots : les *friches* _du_ [port](x) `a`."
    assert ligne(page, "Titre") == "Titre : La vacance tertiaire recule depuis 2016."
    assert not list(page.iter("code"))


def test_counts_values_and_version_read_as_elsewhere(page: html.HtmlElement) -> None:
    assert ligne(page, "Compte") == "Compte : 3 constats, 1 défi, 1 entretien."
    assert ligne(page, "Valeur") == "Valeur : 7,6 % (2019, Valmer métropole, 14 communes)."
    assert ligne(page, "Version") == "Version : 22 novembre 2026."


def test_a_list_links_every_element_of_a_kind(page: html.HtmlElement) -> None:
    first, second = page.iter("ul")
    assert [(a.text_content(), a.get("href")) for a in first.iter("a")] == [
        ("Un chef de projet pour les friches", "../moyens/moyen-chef-de-projet.html"),
        ("Réserve foncière du port", "../moyens/moyen-reserve-fonciere.html"),
    ]
    assert len(list(second.iter("li"))) == 1


def test_everything_unknown_is_told_at_once_and_the_former_site_stays(tmp_path: Path) -> None:
    assert batir(tmp_path, {"bon.md": "# Bon"})[0] == []
    texte = """# Faux

{{ lien("enjeu-friche") }} {{ titre("priorite-metiers") }} {{ compte("constats") }}
{{ valeur("vacance-bureaux", "2020") }} {{ valeur("vacance-bureaux", "2018") }} {{ valeur("region", "2019") }}
"""
    faults, target = batir(tmp_path, {"dossier/faux.md": texte})
    absent = "aucun élément de cette édition ne porte l'identifiant"
    serie = "« vacance-bureaux » n'a pas de valeur pour {}. Périodes connues : 2016, 2017 et 2019."
    expected = {
        "lien('enjeu-friche')": f"{absent} « enjeu-friche ». Vouliez-vous dire `enjeu-friches`",
        "titre('priorite-metiers')": f"{absent} « priorite-metiers ».",
        "compte('constats')": "« constats » n'est pas un genre d'élément. Vouliez-vous dire `constat`",
        "valeur('vacance-bureaux', '2020')": serie.format(2020),
        "valeur('vacance-bureaux', '2018')": serie.format(2018),
        "valeur('region', '2019')": "« region » n'est pas un indicateur.",
    }
    for fault, (call, words) in zip(faults, expected.items(), strict=True):
        assert fault.removeprefix("MkDocs : ").startswith(f"docs/dossier/faux.md : {{{{ {call} }}}} : {words}")
    assert (target / "bon.html").is_file()
    assert not (target / "dossier").exists()


HOSTILES = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "![x](javascript:alert(1))",
    "{: onclick=alert(1) }",
    "[^1] [a][b] http://exemple.fr <b>",
    "# titre - + 1. *a* __b__ `c` ~~d~~ | e |",
    '" onmouseover="alert(1)',
    "&lt;i&gt; \\*",
    '--8<-- "mkdocs.yml"',
)


def test_hostile_titles_come_out_as_they_were_typed(tmp_path: Path) -> None:
    enjeux = [element("enjeu", f"e{rank}", titre=titre) for rank, titre in enumerate(HOSTILES)]
    hostile = edition_avec(*enjeux)
    contexte = Contexte(hostile, {enjeu.id: f"enjeux/{enjeu.id}" for enjeu in enjeux})
    texte = (
        "# Essai\n\n"
        + "\n\n".join(f'{{{{ lien("e{rank}") }}}}' for rank in range(len(HOSTILES)))
        + '\n\n{{ liste("enjeu") }}'
    )
    faults, target = batir(tmp_path, {"essai.md": texte}, contexte)
    assert faults == []
    corps = html.parse(target / "essai.html").xpath('//div[@class="corps"]')[0]
    links = list(corps.iter("a"))
    said = [" ".join(simple(a.text_content()).split()) for a in links]
    wanted = [" ".join(simple(titre).split()) for titre in HOSTILES]
    assert said == wanted * 2
    assert [a.get("href") for a in links] == [f"enjeux/e{rank}.html" for rank in range(len(HOSTILES))] * 2
    assert {key for a in links for key in a.attrib} <= {"href", "class"}
    assert not list(corps.iter("script", "img", "b", "i", "em", "code"))


def test_a_page_that_does_not_ask_for_them_is_left_as_it_is(tmp_path: Path) -> None:
    docs = ecrire(tmp_path / "docs", {"brut.md": '# Brut\n\nÉcrire `{{ lien("x") }}`.\n'})
    contexte = Contexte(edition_de(), {})
    faults = write([ACCUEIL], IDENTITE, ids={}, target=tmp_path / "site", docs=docs, macros=MACROS, contexte=contexte)
    assert faults == []
    assert '{{ lien("x") }}' in html.parse(tmp_path / "site" / "brut.html").getroot().text_content()


def test_macros_speak_of_an_edition_and_of_nothing_else() -> None:
    from macros import define_env

    class Env:
        class conf:
            extra = {"contexte": lambda: object()}  # noqa: RUF012

    with pytest.raises(TypeError, match="built by smde"):
        define_env(Env())
    assert isinstance(edition_de(), Edition)


def test_a_hand_written_page_of_the_repository_counts_the_elements() -> None:
    texte = (MACROS.parent / "docs" / "a-propos.md").read_text(encoding="utf-8")
    assert texte.startswith("---\nrender_macros: true\n---\n")
    assert {"version", "compte"} <= set(re.findall(r"\{\{ (\w+)\(", texte))
