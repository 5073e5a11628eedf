"""The menu cites what an edition has something to say of; a mistake in it is told at its place."""

from pathlib import Path

import pytest

from smde.edition import Edition
from smde.menu import MenuFault, lire
from smde.outputs.scene import Entree
from tests.conftest import ecrire
from tests.rendu import MACROS, edition_avec, edition_de, element, gabarits, verser

MENU = """
menu:
  - {titre: Accueil, page: index}
  - titre: Stratégie
    pages:
      - {titre: Diagnostic, page: constats/index, si: [constat, theme]}
      - {niveau: enjeu, page: enjeux/index, si: [enjeu]}
  - titre: Schéma
    pages:
      - {titre: Priorités, page: priorites/index, si: [priorite]}
pied:
  - {titre: Licence, page: licence}
"""


def test_a_menu_has_two_levels_and_the_authority_s_words(tmp_path: Path) -> None:
    menu = lire(ecrire(tmp_path, {"menu.yml": MENU}), edition_de())
    expected: tuple[Entree, ...] = (
        ("Accueil", "index"),
        ("Stratégie", (("Diagnostic", "constats/index"), ("Défis", "enjeux/index"))),
        ("Schéma", (("Priorités", "priorites/index"),)),
    )
    assert menu.lignes == expected
    assert menu.pied == (("Licence", "licence"),)
    assert menu.absentes == frozenset()


def test_a_page_without_anything_to_say_goes_and_so_does_an_empty_heading(tmp_path: Path) -> None:
    small = edition_avec(element("theme", "theme-port"))
    menu = lire(ecrire(tmp_path, {"menu.yml": MENU}), small)
    assert menu.lignes == (("Accueil", "index"), ("Stratégie", (("Diagnostic", "constats/index"),)))
    assert menu.absentes == {"enjeux/index", "priorites/index"}


def test_a_link_to_a_page_that_goes_is_its_words(tmp_path: Path) -> None:
    ecrire(tmp_path, {"menu.yml": MENU})
    texte = "{{ page('enjeux/index', 'Les enjeux') }} et {{ page('index', 'accueil') }}"
    here: list[tuple[Edition, int]] = [(edition_avec(), 1), (edition_de(), 2)]
    for edition, links in here:
        (bloc,) = verser(tmp_path, texte, edition).blocs
        assert sum(node["t"] == "Link" for node in bloc["c"]) == links


FAUTES = {
    "absent": (None, "macros/menu.yml: ce fichier n'existe pas."),
    "yaml": ("menu:\n  - {titre: Accueil\n", "macros/menu.yml:3: ce fichier n'est pas du YAML correct."),
    "liste": ("- a\n", "macros/menu.yml: ce fichier contient deux listes, « menu » et « pied »."),
    "clé": ("menus: []\n", "macros/menu.yml: ce fichier contient deux listes, « menu » et « pied »."),
    "ligne": ("menu: [Accueil]\n", "macros/menu.yml: une ligne du menu a un « titre »"),
    "sans page": ("menu: [{titre: Accueil}]\n", "macros/menu.yml: une ligne du menu a un « titre »"),
    "genre": (
        "menu: [{titre: A, page: index, si: [constats]}]\n",
        "macros/menu.yml: « constats » n'est pas un genre d'élément. Vouliez-vous dire `constat` ?",
    ),
    "niveau": ("menu: [{niveau: defi, page: index}]\n", "macros/menu.yml: « defi » n'est pas un genre d'élément."),
}


@pytest.mark.parametrize("faute", FAUTES)
def test_a_wrong_menu_is_told_in_french(tmp_path: Path, faute: str) -> None:
    content, words = FAUTES[faute]
    with pytest.raises(MenuFault) as told:
        lire(ecrire(tmp_path, {} if content is None else {"menu.yml": content}), edition_de())
    assert str(told.value).startswith(words)


def test_every_page_of_the_menu_of_the_repository_is_a_template_or_a_page_of_docs() -> None:
    menu = lire(MACROS, edition_de())
    known = set(gabarits(edition_de()).templates("pages"))
    known |= {
        page.relative_to(MACROS.parent / "docs").as_posix()[:-3] for page in (MACROS.parent / "docs").rglob("*.md")
    }
    cited = [page for _, content in menu.lignes for page in _pages(content)] + [page for _, page in menu.pied]
    assert set(cited) <= known
    assert len(cited) == len(set(cited))


def _pages(content: str | tuple[Entree, ...]) -> list[str]:
    return [content] if isinstance(content, str) else [page for _, below in content for page in _pages(below)]
