"""The site as files: nothing typed becomes code, every link leads somewhere, same bytes, whole or not at all."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
import yaml

from smde import arbre
from smde.arbre import Document
from smde.outputs import site
from smde.outputs.site import SiteIdentity
from tests.index_recherche import du_site
from tests.outputs import exemple_site as exemple
from tests.outputs.test_html import HOSTILES, Lecteur, vu

RACINE = Path(__file__).parents[2]
SIMPLE = SiteIdentity("Valmer", "Stratégie", "2015-02-03", menu=(("Accueil", "index"),))


def ecrire_docs(folder: Path, fichiers: dict[str, str]) -> Path:
    for path, text in fichiers.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def publier(target: Path, *pages: Document, identity: SiteIdentity = SIMPLE, **options: Any) -> list[str]:
    """Write a small site with a home page."""
    accueil = Document("index", "Accueil", (arbre.para("Bienvenue."),))
    return site.write([accueil, *pages], identity, ids=options.pop("ids", {}), target=target, **options)


def fichiers(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture(scope="module")
def publie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once."""
    folder = tmp_path_factory.mktemp("exemple")
    docs = ecrire_docs(folder / "docs", exemple.ECRITES)
    faults = site.write(
        exemple.pages(),
        exemple.IDENTITE,
        ids=exemple.IDS,
        target=folder / "site",
        extra_files=exemple.FICHIERS,
        docs=docs,
    )
    assert faults == []
    return folder / "site"


def pages_html(folder: Path) -> Iterator[tuple[str, Lecteur]]:
    for path, content in fichiers(folder).items():
        if path.endswith(".html"):
            yield path, Lecteur(content.decode())


def test_every_page_is_there_and_every_published_file_as_it_came(publie: Path) -> None:
    content = fichiers(publie)
    assert {f"{page.nom}.html" for page in exemple.pages()} <= set(content)
    assert {path: content[path] for path in exemple.FICHIERS} == exemple.FICHIERS
    assert {"mentions-legales.html", "accessibilite.html", "404.html"} <= set(content)


def test_every_link_of_every_page_leads_to_a_file_and_to_a_place_in_it(publie: Path) -> None:
    read = dict(pages_html(publie))
    places = {path: {str(a["id"]) for _, a in lu.tags if a.get("id")} for path, lu in read.items()}
    checked = 0
    for path, lu in read.items():
        if path == "404.html":
            continue
        for tag, attributes in lu.tags:
            for value in (attributes.get("href"), attributes.get("src")):
                canonical = tag == "link" and attributes.get("rel") == "canonical"
                if value is None or canonical or re.match(r"https?:", value):
                    continue
                address, anchor = urldefrag(value)
                found = os.path.normpath(os.path.join(os.path.dirname(path), unquote(address))) if address else path
                assert (publie / found).is_file(), (path, value)
                assert not anchor or anchor in places[found], (path, value)
                checked += 1
    assert checked > 500


def test_addresses_are_relative_so_that_the_site_can_move(publie: Path) -> None:
    for path, lu in pages_html(publie):
        for tag, attributes in lu.tags:
            for value in (attributes.get("href") or "", attributes.get("src") or ""):
                assert path == "404.html" or not value.startswith("/"), (path, tag, value)


def test_no_page_calls_another_site(publie: Path) -> None:
    for path, lu in pages_html(publie):
        for tag, attributes in lu.tags:
            if tag in ("script", "img", "link", "iframe", "source") and attributes.get("rel") != "canonical":
                assert not re.match(r"(https?:)?//", attributes.get("src") or attributes.get("href") or ""), path
    for path, content in fichiers(publie).items():
        if path.endswith(".css"):
            assert not re.search(rb"(?:url\(|@import)\s*['\"]?(?:https?:)?//", content), path


def test_only_overviews_are_in_the_menu_and_an_element_shows_its_heading(publie: Path) -> None:
    menu = (publie / "objectifs" / "insertion.html").read_text("utf-8")
    navigation = menu[menu.index('class="menu"') : menu.index("</nav>", menu.index('class="menu"'))]
    assert "objectifs/" not in navigation.replace("objectifs/index", "")
    assert '<li class="ici"><a href="../diagnostic/index.html" aria-current="true">La stratégie</a>' in navigation
    assert '<li><a href="index.html" aria-current="true">Objectifs</a></li>' in navigation
    assert navigation.count("aria-current") == 2
    assert menu.count(">Objectifs</a>") == 2, "the menu is written once; the other link is in the way to the page"
    assert '<a href="../objectifs/index.html">Objectifs de territoire</a>' not in menu  # the menu's own words
    assert '<li><a href="../objectifs/index.html">Objectifs</a></li>' in menu


def test_the_weight_of_a_page_does_not_grow_with_the_number_of_pages(tmp_path: Path) -> None:
    sizes = []
    for count in (3, 60):
        pages = [Document(f"actions/action-{rang}", f"Action {rang}", (arbre.para("Texte."),)) for rang in range(count)]
        assert publier(tmp_path / str(count), *pages) == []
        sizes.append(len((tmp_path / str(count) / "actions" / "action-1.html").read_bytes()))
    assert sizes[0] == sizes[1]


def test_header_footer_and_banner_say_who_publishes_what(publie: Path) -> None:
    text = (publie / "index.html").read_text("utf-8")
    assert "Document de travail — édition interne" in text
    assert "Version 0.3 du 3\u00a0février 2015" in text
    assert 'href="mentions-legales.html">Mentions légales</a>' in text
    assert "<title>Stratégie métropolitaine de développement économique – Brest métropole</title>" in text
    assert 'lang="fr"' in text


def test_search_engines_are_kept_away_from_what_is_not_public(tmp_path: Path, publie: Path) -> None:
    assert 'content="noindex, nofollow"' in (publie / "roles.html").read_text("utf-8")
    assert publier(tmp_path / "site") == []
    public = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "noindex" not in public
    assert "md-banner" not in public


def test_a_page_says_what_it_is_about_to_search_engines(publie: Path) -> None:
    text = (publie / "objectifs" / "insertion.html").read_text("utf-8")
    assert '<meta name="description" content="Ramener vers l’emploi les habitants des quartiers prioritaires : ' in text


def test_the_summary_of_a_page_lists_its_parts_and_the_home_page_has_none(publie: Path) -> None:
    text = (publie / "diagnostic" / "index.html").read_text("utf-8")
    assert '<li><a href="#constat-jeunes">Des jeunes nombreux, qui partent après leurs études</a></li>' in text
    assert '<li><a href="#notes">Notes et sources</a></li>' in text
    assert "sommaire" not in (publie / "index.html").read_text("utf-8")


def test_a_document_that_brings_its_own_first_heading_has_no_other(tmp_path: Path) -> None:
    bloc = arbre.titre(1, [*arbre.mots("Enjeu "), arbre.span(["statut"], "Validé")], "enjeu")
    assert publier(tmp_path / "site", Document("enjeu", "Enjeu", (bloc, arbre.para("Texte.")))) == []
    text = (tmp_path / "site" / "enjeu.html").read_text("utf-8")
    assert text.count("<h1") == 1
    assert '<header class="entete" id="enjeu"><h1>Enjeu <span class="statut">' in text


def test_nothing_useless_is_published(publie: Path) -> None:
    paths = list(fichiers(publie))
    assert not [path for path in paths if path.endswith((".map", ".py", ".md"))]
    assert not [
        path for path in paths if path.startswith(("search/", "assets/javascripts/lunr", "assets/javascripts/w"))
    ]


def test_the_list_of_pages_for_search_engines_bears_the_date_of_the_version(tmp_path: Path, publie: Path) -> None:
    sitemap = (publie / "sitemap.xml").read_text("utf-8")
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", sitemap)) == {"2015-02-03"}
    assert "<loc>https://strategie.example.fr/smde/objectifs/insertion.html</loc>" in sitemap
    assert gzip.decompress((publie / "sitemap.xml.gz").read_bytes()).decode() == sitemap
    assert publier(tmp_path / "site") == []
    assert not (tmp_path / "site" / "sitemap.xml").exists()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page per hostile text, which is its title, its summary, its blocks; a last page says « mot » instead."""
    pages = []
    for rang, texte in enumerate([*HOSTILES, "mot"]):
        words: arbre.Nodes = [{"t": "Str", "c": texte}]
        blocs = (arbre.titre(2, words, "ici"), arbre.para(words), arbre.tableau(words, [words], [[words]]))
        blocs += (arbre.para([arbre.note([arbre.para(words)])]), {"t": "CodeBlock", "c": [["", [], []], texte]})
        pages.append(Document(f"textes/texte-{rang}", texte, blocs, texte, texte, genre=texte))
    target = tmp_path_factory.mktemp("hostile") / "site"
    entrees = tuple((page.titre, page.nom) for page in pages)
    tout = "".join(HOSTILES)
    identity = SiteIdentity(
        *(tout, tout, "2015-02-03", tout, tout, False, tout, tout),
        menu=(("Accueil", "index"), (tout, entrees)),
        pied=((tout, "index"),),
    )
    docs = ecrire_docs(target.parent / "docs", {"page.md": "# Écrite\n\nÀ la main {{ 7*7 }}.\n"})
    macros = ecrire_docs(target.parent / "macros", {"__init__.py": "def define_env(env):\n    pass\n"})
    assert publier(target, *pages, identity=identity, docs=docs, macros=macros) == []
    return target


@pytest.mark.parametrize("rang", range(len(HOSTILES)))
def test_no_text_changes_the_structure_of_its_page(hostile: Path, rang: int) -> None:
    def structure(number: int) -> Counter[tuple[str, str]]:
        lu = Lecteur((hostile / f"textes/texte-{number}.html").read_text("utf-8"))
        return Counter((tag, " ".join(sorted(attributes))) for tag, attributes in lu.tags)

    found, expected = structure(rang), structure(len(HOSTILES))
    assert found - expected in ({}, {("link", "href rel"): 1})  # the address of the next page
    assert not [names for _, names in found if re.search(r"\bon", names)]


@pytest.mark.parametrize("rang", range(len(HOSTILES)))
def test_every_text_is_read_as_typed_in_its_page_and_in_the_search(hostile: Path, rang: int) -> None:
    texte = vu(HOSTILES[rang])
    source = (hostile / f"textes/texte-{rang}.html").read_text("utf-8")
    lu = Lecteur(source)
    assert lu.texte.count(texte) >= 6
    titre = re.search(r"<title>(.*?)</title>", source, re.DOTALL)
    assert titre and unescape(titre[1]).startswith(texte)
    assert any(meta.get("content") == texte for meta in lu.balises("meta") if meta.get("name") == "description")
    [entry] = [entry for entry in du_site(hostile) if entry.adresse == f"textes/texte-{rang}.html"]
    assert entry.titre.split() == texte.split()
    assert " ".join(entry.propres.split()).count(" ".join(texte.split())) >= 5


def test_no_template_runs_outside_the_pages_that_ask_for_it(hostile: Path) -> None:
    for path, content in fichiers(hostile).items():
        if path.endswith((".html", ".json")):
            assert b">49<" not in content and b" 49 " not in content and b" 49." not in content, path
    assert "À la main {{ 7*7 }}." in (hostile / "page.html").read_text("utf-8")


def test_markdown_leaves_the_html_of_a_page_as_it_was_written(tmp_path: Path, publie: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", exemple.ECRITES)
    scene = tmp_path / "scene"
    site.stage(exemple.pages(), exemple.IDENTITE, scene, ids=exemple.IDS, docs=docs, extra_files=exemple.FICHIERS)
    for page in exemple.pages():
        body = (scene / "docs" / f"{page.nom}.md").read_text("utf-8").splitlines()[-1]
        assert body.startswith("<div")
        assert body in (publie / f"{page.nom}.html").read_text("utf-8")


def test_a_staged_page_is_a_header_and_one_line_of_html(tmp_path: Path) -> None:
    page = Document("index", "---\ntitle: vol", (arbre.para("Un."), arbre.para("Deux.")))
    assert site.stage([page], SIMPLE, tmp_path / "scene", ids={}) == []
    text = (tmp_path / "scene" / "docs" / "index.md").read_text("utf-8")
    header, body = re.fullmatch(r"---\n(.*?)\n---\n\n([^\n]*)\n", text, re.DOTALL).groups()  # type: ignore[union-attr]
    assert yaml.safe_load(header)["title"] == "---&#10;title: vol"
    assert body.startswith('<div class="page ') and body.endswith("</div>")


def test_the_staged_folder_is_enough_for_the_generator_alone(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", exemple.ECRITES)
    site.stage(
        exemple.pages(), exemple.IDENTITE, tmp_path / "scene", ids=exemple.IDS, docs=docs, extra_files=exemple.FICHIERS
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(tmp_path / "scene" / "mkdocs.yml")]
    made = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "scene" / "site" / "objectifs" / "insertion.html").is_file()


def test_links_that_lead_nowhere_are_told_all_at_once(tmp_path: Path) -> None:
    page = Document("actions/friches", "Friches", (arbre.para([
        arbre.lien("page:nulle", "a"), arbre.lien("fichier:nul.pdf", "b"), arbre.lien("#nulle-part", "c"),
        arbre.lien_element("enjeu-emploi", "d"), arbre.lien("page:index#vide", "e"), arbre.lien_element("inconnu", "f"),
    ]),))  # fmt: skip
    identity = replace(SIMPLE, menu=(("Accueil", "index"), ("Rien", "rien")), pied=(("Mentions", "mentions"),))
    faults = publier(tmp_path / "site", page, identity=identity, ids={"enjeu-emploi": "enjeux#enjeu-emploi"})
    assert faults == [
        "actions/friches : le lien « page:nulle » ne mène à aucune page.",
        "actions/friches : le lien « fichier:nul.pdf » ne mène nulle part.",
        "actions/friches : le lien « #enjeu-emploi » ne mène à aucune page.",
        "menu : la page « rien » n’existe pas.",
        "pied de page : la page « mentions » n’existe pas.",
        "actions/friches : le lien vers « index#vide » ne mène à aucun endroit de la page.",
        "actions/friches : le lien vers « actions/friches#nulle-part » ne mène à aucun endroit de la page.",
    ]
    assert not (tmp_path / "site").exists()


def test_the_links_of_hand_written_pages_are_checked_too(tmp_path: Path) -> None:
    text = "# Guide\n\n[a](nulle.md) [b](index.md#nulle-part) [c](/absolu) [d](actions/friches.md#ici)\n"
    docs = ecrire_docs(tmp_path / "docs", {"guide.md": text})
    page = Document("actions/friches", "Friches", (arbre.titre(2, "Ici", "ici"),))
    assert publier(tmp_path / "site", page, docs=docs) == [
        "docs/guide.md : le lien « nulle.md » ne mène à aucun fichier.",
        "docs/guide.md : le lien « /absolu » doit être relatif à la page.",
        "docs/guide.md : le lien « index.md#nulle-part » ne mène nulle part dans la page.",
    ]


def test_a_hand_written_page_with_the_name_of_another_is_told(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", {"index.md": "# Autre accueil\n"})
    assert publier(tmp_path / "site", docs=docs) == [
        "docs/index.md : une page produite porte déjà ce nom, renommez le fichier."
    ]


def test_a_site_without_home_page_is_told(tmp_path: Path) -> None:
    faults = site.write([Document("a", "A", ())], replace(SIMPLE, menu=()), ids={}, target=tmp_path / "site")
    assert faults == ["le site n’a pas de page d’accueil (« index »)."]


@pytest.mark.parametrize("nom", ["../evade", "/absolu", "a//b", "", "a.b", "a b", ".cache", "é"])
def test_a_page_cannot_be_written_elsewhere(tmp_path: Path, nom: str) -> None:
    with pytest.raises(ValueError):
        publier(tmp_path / "site", Document(nom, "Titre", ()))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["../evade.pdf", "/abs.pdf", "page.md", ".htaccess", "a/../b", "index.html", "a b.pdf"]
)
def test_a_published_file_cannot_be_written_elsewhere(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError):
        publier(tmp_path / "site", extra_files={path: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_two_pages_of_the_same_name_are_a_defect_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        publier(tmp_path / "site", Document("index", "Autre", ()))


def test_of_the_folder_of_pages_only_pages_and_pictures_are_published(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n", encoding="utf-8")
    docs = ecrire_docs(
        tmp_path / "docs",
        {
            "guide/ecrire.md": "# Écrire\n\n![Le port](../images/port.svg)\n",
            "guide/brouillon.md~": "x",
            "guide/notes.txt": "x",
            "decisions/0001-choix.md": "# Choix\n",
            "images/port.svg": '<svg viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
            "images/outil.py": "x",
            "script.js": "alert(1)",
            ".cache.md": "# Cache\n",
        },
    )
    (docs / "lien.md").symlink_to(secret)
    (docs / "dossier").symlink_to(tmp_path)
    before = set(publie_simple(tmp_path / "avant"))
    assert publier(tmp_path / "site", docs=docs) == []
    assert set(fichiers(tmp_path / "site")) - before == {"guide/ecrire.html", "images/port.svg"}


def test_the_words_of_a_page_keep_their_lines_and_their_indents(tmp_path: Path) -> None:
    code = "```\nacteurs:\n\n  - id: port\n      \n    titre: Le port  \n```\n"
    docs = ecrire_docs(tmp_path / "docs", {"guide/ecrire.md": f"# Écrire\n\n{code}\nLe <!--page--> du port.\n"})
    assert publier(tmp_path / "site", docs=docs) == []
    page = (tmp_path / "site" / "guide" / "ecrire.html").read_text("utf-8")
    assert "<code>acteurs:\n\n  - id: port\n\n    titre: Le port  \n</code>" in page.replace("      \n", "\n")
    assert page.index("<article ") < page.index("acteurs:") < page.index("</article>")
    assert page.count("</html>") == 1


@pytest.mark.parametrize("titre", ["<!--page--> friche", "La friche\u2028du port", "{{ 1 }} {% raw %}", "a\\nb  c"])
def test_a_title_cannot_break_the_frame_of_its_page(tmp_path: Path, titre: str) -> None:
    document = Document("friche", titre, (arbre.titre(1, titre), arbre.para("Quatre hectares.")))
    assert publier(tmp_path / "site", document) == []
    page = (tmp_path / "site" / "friche.html").read_text("utf-8")
    assert page.count("<article ") == page.count("</article>") == page.count("<title>") == 1
    assert unescape(page[page.index("<title>") + 7 : page.index("</title>")]).startswith(titre)
    assert "<p>Quatre hectares.</p>" in page[page.index("<article ") : page.index("</article>")]


def publie_simple(target: Path) -> dict[str, bytes]:
    assert publier(target) == []
    return fichiers(target)


def test_a_picture_that_carries_a_script_is_told(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", {"images/port.svg": "<svg onload='alert(1)'></svg>"})
    assert publier(tmp_path / "site", docs=docs) == [
        "docs/images/port.svg : ce dessin contient un script ou une adresse, retirez-les."
    ]


@pytest.mark.parametrize(
    ("contenu", "faute"),
    [
        ("# Été\n".encode("latin-1"), "la page n’est pas en UTF-8, enregistrez-la dans cet encodage."),
        (b"---\ntitle: [a\n---\n# A\n", "l’en-tête entre « --- » n’est pas du YAML valide."),
        (b"---\ntitre\n---\n# A\n", "l’en-tête entre « --- » n’est pas fait de lignes « clé: valeur »."),
    ],
)
def test_a_page_nobody_could_read_is_told(tmp_path: Path, contenu: bytes, faute: str) -> None:
    docs = ecrire_docs(tmp_path / "docs", {"autre.md": "# Autre\n"})
    (docs / "guide.md").write_bytes(contenu)
    assert publier(tmp_path / "site", docs=docs) == [f"docs/guide.md : {faute}"]


def test_a_page_saved_by_windows_is_a_page(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", {})
    docs.mkdir()
    (docs / "guide.md").write_bytes("\ufeff---\r\ndescription: Été\r\n---\r\n# Guide\r\n".encode())
    assert publier(tmp_path / "site", docs=docs) == []
    text = (tmp_path / "site" / "guide.html").read_text("utf-8")
    assert '<meta name="description" content="Été">' in text
    assert text.count("<h1") == 1


def test_a_place_given_from_the_current_folder_is_the_one_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert publier(Path("sortie/site")) == []
    assert (tmp_path / "sortie" / "site" / "index.html").is_file()


def test_the_tables_of_hand_written_pages_have_headers_and_can_scroll(publie: Path) -> None:
    page = (publie / "mentions-legales.html").read_text("utf-8")
    lu = Lecteur(page)
    assert [table["class"] for table in lu.balises("table")] == ["grille", "grille"]
    assert [th.get("scope") for th in lu.balises("th")] == ["row", "row"]  # an empty head is announced as nothing
    assert [caption["id"] for caption in lu.balises("caption")] == ["tableau--1", "tableau--2"]
    assert re.findall(r"<caption[^>]*>(.*?)</caption>", page) == ["Éditeur", "Hébergeur"]
    assert len([div for div in lu.balises("div") if div.get("class") == "tableau" and div.get("tabindex") == "0"]) == 2


MACROS = {
    "__init__.py": "from macros.compte import compte\n\n\ndef define_env(env):\n"
    '    edition = env.conf.extra["contexte"]()\n    env.macro(lambda: compte(edition), "actions")\n',
    "compte.py": 'def compte(edition):\n    return f"{len(edition)} actions"\n',
}
DEMANDE = "---\nrender_macros: true\n---\n# Guide\n\nIl y a {{ actions() }}.\n"


def test_a_page_that_asks_for_macros_gets_those_of_the_edition_being_built(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", {"guide.md": DEMANDE, "autre.md": "# Autre\n\n{{ actions() }}\n"})
    macros = ecrire_docs(tmp_path / "macros", MACROS)
    for edition, expected in (([1, 2, 3], "3 actions"), ([1], "1 actions")):
        assert publier(tmp_path / "site", docs=docs, macros=macros, contexte=edition) == []
        assert expected in (tmp_path / "site" / "guide.html").read_text("utf-8")
        assert "{{ actions() }}" in (tmp_path / "site" / "autre.html").read_text("utf-8")


def test_a_macro_changed_between_two_builds_is_the_new_one(tmp_path: Path) -> None:
    docs = ecrire_docs(tmp_path / "docs", {"guide.md": DEMANDE})
    for unite in ("actions", "fiches"):
        changed = {**MACROS, "compte.py": MACROS["compte.py"].replace("} actions", "} " + unite)}
        macros = ecrire_docs(tmp_path / "macros", changed)
        assert publier(tmp_path / "site", docs=docs, macros=macros, contexte=[1]) == []
        assert f"1 {unite}" in (tmp_path / "site" / "guide.html").read_text("utf-8")


@pytest.mark.parametrize("appel", ["{{ inconnue }}", "{{ inconnue() }}", "{% if %}", "{{ 1/0 }}", "{{ actions( }}"])
def test_a_macro_that_fails_is_told_with_its_page_and_publishes_nothing(tmp_path: Path, appel: str) -> None:
    page = f"---\nrender_macros: true\n---\n# Guide\n\n{appel}\n"
    docs = ecrire_docs(tmp_path / "docs", {"guide/ecrire.md": page})
    macros = ecrire_docs(tmp_path / "macros", MACROS)
    [fault] = publier(tmp_path / "site", docs=docs, macros=macros, contexte=[])
    said = r"« inconnue » n’existe pas parmi les macros" if "inconnue" in appel else r"une macro a échoué \(.+\)"
    assert re.fullmatch(rf"docs/guide/ecrire\.md : {said}\.", fault)
    assert str(tmp_path) not in fault
    assert not (tmp_path / "site").exists()


def test_a_faulty_run_leaves_the_previous_site_untouched(tmp_path: Path) -> None:
    before = publie_simple(tmp_path / "site")
    docs = ecrire_docs(tmp_path / "docs", {"guide.md": "# Guide\n\n[a](nulle.md)\n"})
    assert publier(tmp_path / "site", docs=docs)
    assert fichiers(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "site"]


@pytest.mark.parametrize("moment", ["mkdocs.commands.build._build_page", "smde.outputs.site._lighten"])
def test_an_interrupted_run_leaves_the_previous_site_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = publie_simple(tmp_path / "site")
    monkeypatch.setattr(moment, stop)
    with pytest.raises(KeyboardInterrupt):
        publier(tmp_path / "site", Document("a", "A", ()))
    assert fichiers(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_when_the_last_move_fails_the_previous_site_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = publie_simple(tmp_path / "site")
    move: Callable[[Path, Path], Path] = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "site" and self.parent != tmp_path:
            raise OSError("disque plein")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="disque plein"):
        publier(tmp_path / "site", Document("a", "A", ()))
    assert fichiers(tmp_path / "site") == before


def test_a_page_no_longer_published_is_no_longer_there(tmp_path: Path) -> None:
    assert publier(tmp_path / "site", Document("ancienne", "Ancienne", ())) == []
    assert publier(tmp_path / "site") == []
    assert not (tmp_path / "site" / "ancienne.html").exists()


def test_the_process_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)
    path, modules = list(sys.path), {name for name in sys.modules if name.startswith("macros")}
    macros = ecrire_docs(tmp_path / "macros", MACROS)
    assert publier(tmp_path / "site", macros=macros, contexte=[]) == []
    assert os.environ["SOURCE_DATE_EPOCH"] == "12"
    assert "NO_MKDOCS_2_WARNING" not in os.environ
    assert sys.path == path
    assert {name for name in sys.modules if name.startswith("macros")} == modules


SCRIPT = """
import sys
from pathlib import Path
from smde.outputs import site
from tests.outputs import exemple_site as exemple
folder = Path(sys.argv[1])
for path, text in exemple.ECRITES.items():
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    (folder / "docs" / path).write_text(text, encoding="utf-8")
faults = site.write(exemple.pages(), exemple.IDENTITE, ids=exemple.IDS, target=folder / "site",
                    extra_files=exemple.FICHIERS, docs=folder / "docs")
sys.exit(bool(faults))
"""


def empreinte(folder: Path) -> dict[str, str]:
    return {path: hashlib.sha256(content).hexdigest() for path, content in fichiers(folder).items()}


def test_another_folder_clock_locale_and_hash_seed_give_the_same_bytes(tmp_path: Path, publie: Path) -> None:
    surroundings = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    environment = {**os.environ, **surroundings, "PYTHONPATH": str(RACINE)}
    elsewhere = tmp_path / "un dossier accentué"
    elsewhere.mkdir()
    command = [sys.executable, "-c", SCRIPT, str(elsewhere)]
    subprocess.run(command, env=environment, cwd=elsewhere, check=True, capture_output=True)
    assert empreinte(elsewhere / "site") == empreinte(publie)


def test_no_page_tells_where_or_when_it_was_made(publie: Path) -> None:
    for path, content in fichiers(publie).items():
        assert str(publie.parent).encode() not in content, path
        assert b"/tmp/" not in content, path
        assert not re.search(rb"\b20(?:2[4-9]|[3-9]\d)-\d\d-\d\d", content), path


def test_the_search_index_holds_the_pages_and_neither_menus_nor_notes(publie: Path) -> None:
    by_place = {entry.adresse: entry for entry in du_site(publie)}
    assert by_place["objectifs/insertion.html"].titre == exemple.OBJECTIFS["insertion"]
    assert by_place["diagnostic/index.html#constat-jeunes"].titre == exemple.CONSTATS["jeunes"]
    words = json.dumps(list(by_place.values()), ensure_ascii=False)
    assert "Sur cette page" not in words
    assert "Insee, recensement de 2020" not in words


def test_the_settings_file_is_read_by_mkdocs_as_it_is(tmp_path: Path) -> None:
    settings = yaml.safe_load((RACINE / "mkdocs.yml").read_text("utf-8"))
    assert settings["theme"]["font"] is False
    assert settings["theme"]["language"] == "fr"
    [macros] = [plugin["macros"] for plugin in settings["plugins"] if "macros" in plugin]
    assert macros == {
        "module_name": "macros",
        "render_by_default": False,
        "on_undefined": "strict",
        "on_error_fail": True,
    }


def test_another_settings_file_can_be_given(tmp_path: Path) -> None:
    text = (RACINE / "mkdocs.yml").read_text("utf-8").replace("Sur cette page", "Dans cette page")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert publier(tmp_path / "site", reglages=tmp_path / "mkdocs.yml") == []


def test_mkdocs_is_imported_in_one_file_only_and_only_when_a_site_is_built() -> None:
    importing = [
        path.name
        for path in (RACINE / "smde").rglob("*.py")
        if re.search(r"^\s*(?:import|from) (?:mkdocs|material)\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert importing == ["site.py"]
    command = [sys.executable, "-c", "import smde.outputs.site, sys; sys.exit('mkdocs' in sys.modules)"]
    assert subprocess.run(command, cwd=RACINE, check=False).returncode == 0
