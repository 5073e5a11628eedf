"""The reader of HTML finds each fault it says it finds, says nothing of a sound page, and names what is wrong."""

from pathlib import Path

import pytest
from lxml import html

from benchmarks.controler_accessibilite import AFFICHAGES, echantillon
from benchmarks.lecture_html import Element, fautes, liens_rompus, nom, page, renvoi, titres_communs
from tests.conftest import ecrire

SAINE = """<!doctype html><html lang="fr"><head><title>Friches – Stratégie</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="description" content="Les friches.">
<link rel="stylesheet" href="assets/site.css"><link rel="canonical" href="https://strategie.valmer.example/"></head>
<body><a href="#suite">Aller au contenu</a><header><nav aria-label="Menu">
<ul><li><a href="index.html">Accueil</a></li></ul>
<button type="button" aria-label="Rechercher dans le site">Rechercher <kbd aria-hidden="true">/</kbd>
<svg aria-hidden="true"><path d="M0 0"/></svg></button></nav></header>
<main id="suite"><h1>Friches</h1><h2 id="faits">Faits</h2><h3>Port</h3><p>Lisez <a href="#faits">les faits</a>.</p>
<h2>Chiffres</h2><svg role="img" aria-labelledby="t"><title id="t">Friches par quartier</title></svg>
<img src="port.webp" alt="Le port vu du phare"><img src="trait.svg" alt="">
<table><caption>Surfaces</caption><tr><th scope="col">Quartier</th></tr><tr><th scope="row">Port</th></tr></table>
<dl><dt>Pilote</dt><dd>Service foncier</dd></dl><details><summary>Méthode</summary><p>Relevé.</p></details>
<label for="mot">Mot</label><input id="mot"><p>Le <abbr title="schéma de cohérence territoriale">SCoT</abbr>.</p>
</main><footer>Valmer</footer></body></html>"""


def lue(source: str = SAINE) -> Element:
    return html.document_fromstring(source)


def test_a_sound_page_has_nothing_wrong() -> None:
    assert fautes(lue()) == []


@pytest.mark.parametrize(
    ("juste", "faux", "dit"),
    [
        ('<html lang="fr">', "<html>", "langue de la page : None"),
        ('<html lang="fr">', '<html lang="en">', "langue de la page : 'en'"),
        ("Friches – Stratégie", "", "titre de la page : ['']"),
        ("<title>Friches – Stratégie</title>", "", "titre de la page : []"),
        ('content="Les friches."', 'content=" "', "description de la page absente"),
        ("initial-scale=1", "initial-scale=1,user-scalable=no", "agrandissement empêché"),
        ("initial-scale=1", "maximum-scale=1", "agrandissement empêché"),
        ("</title>", '</title><meta http-equiv="refresh" content="30">', "page qui se recharge seule"),
        ("<footer>Valmer</footer>", "", "0 zones « contentinfo »"),
        ("<footer>", "<footer></footer><footer>", "2 zones « contentinfo »"),
        ('<a href="#suite">Aller au contenu</a>', "", "le premier lien ne mène pas au contenu"),
        ('href="#suite"', 'href="#contenu"', "le premier lien ne mène pas au contenu"),
        ('<input id="mot">', '<input id="mot" tabindex="3">', "ordre du clavier forcé"),
        ("<h1>Friches</h1>", "", "0 titres de premier niveau"),
        ("<h3>Port</h3>", "<h4>Port</h4>", "titre de niveau 4 après un niveau 2"),
        ("<h3>Port</h3>", "<h3> </h3>", "titre vide"),
        ('id="faits"', 'id="suite"', "identifiant répété : suite"),
        ('aria-labelledby="t"', 'aria-labelledby="titre"', "aria-labelledby cite un identifiant absent : titre"),
        ("Accueil</a>", "</a>", "lien ou bouton sans nom"),
        (">les faits<", ">ici<", "lien ou bouton qui ne dit pas où il mène : ici"),
        (">les faits<", ">En savoir plus…<", "lien ou bouton qui ne dit pas où il mène"),
        ('aria-label="Rechercher dans', 'aria-label="Chercher dans', "ne contient pas les mots vus « Rechercher »"),
        ("les faits</a>", "les <button>faits</button></a>", "lien ou bouton dans un autre"),
        ('<a href="#faits">', "<a>", "lien sans adresse"),
        ("<summary>Méthode</summary>", "", "bloc dépliable sans intitulé"),
        ('alt=""', "", "image sans texte de remplacement"),
        ('<svg aria-hidden="true">', "<svg>", "dessin ni nommé ni caché"),
        (' aria-labelledby="t"', "", "dessin sans nom"),
        (' title="schéma de cohérence territoriale"', "", "abréviation sans développement"),
        ("<caption>Surfaces</caption>", "", "tableau sans titre"),
        ("<caption>Surfaces</caption>", "<caption> </caption>", "tableau sans titre"),
        (' scope="col"', "", "en-tête sans portée dans « Surfaces »"),
        (' scope="row"', ' scope="ligne"', "en-tête sans portée dans « Surfaces »"),
        (">Quartier<", "><", "en-tête vide dans « Surfaces »"),
        ("<li>", "<p>Menu</p><li>", "liste qui contient autre chose que ses lignes"),
        ("<dt>Pilote</dt>", "", "liste de définitions qui ne commence pas par un terme"),
        ('<label for="mot">Mot</label>', "", "champ sans étiquette"),
        ('href="assets/site.css"', 'href="https://polices.example/site.css"', "ressource d'un autre site"),
        ('src="port.webp"', 'src="//images.example/port.webp"', "ressource d'un autre site"),
        ("</main>", '</main><script src="https://mesure.example/a.js"></script>', "ressource d'un autre site"),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_named(juste: str, faux: str, dit: str) -> None:
    assert juste in SAINE
    assert any(dit in fault for fault in fautes(lue(SAINE.replace(juste, faux, 1)))), fautes(
        lue(SAINE.replace(juste, faux, 1))
    )


def test_a_table_without_any_header_is_told() -> None:
    bare = SAINE.replace("<th", "<td").replace("</th>", "</td>")
    assert "tableau sans en-tête : Surfaces" in fautes(lue(bare))


@pytest.mark.parametrize(
    ("source", "lu"),
    [
        ('<a href="#">Fiche <b>A-01</b></a>', "Fiche A-01"),
        ('<a href="#"><img src="x" alt="Plan du port"></a>', "Plan du port"),
        ('<a href="#" aria-label="Retour à l’appel de note 3">↑</a>', "Retour à l’appel de note 3"),
        ('<button title="Couleurs"><svg></svg></button>', "Couleurs"),
        ('<a href="#"><span aria-hidden="true">→</span></a>', ""),
    ],
)
def test_a_link_is_called_what_a_screen_reader_says(source: str, lu: str) -> None:
    assert nom(html.fragment_fromstring(source)) == lu


RENVOI = (
    '<html lang="fr"><head><title>Friches</title><meta http-equiv="refresh" content="0; url=../enjeux/friches.html">'
    '</head><body><a href="../enjeux/friches.html">Friches</a></body></html>'
)


def test_a_page_that_sends_elsewhere_at_once_is_not_a_page_to_read() -> None:
    assert renvoi(lue(RENVOI)) == "../enjeux/friches.html"
    assert fautes(lue(RENVOI)) == []
    assert renvoi(lue()) == ""
    assert renvoi(lue(RENVOI.replace("0;", "5;"))) == ""


def test_who_is_not_sent_has_a_link_to_follow() -> None:
    assert fautes(lue(RENVOI.replace(">Friches</a>", "></a>"))) == ["renvoi sans lien pour qui n'est pas emmené"]
    assert fautes(lue(RENVOI.replace(' lang="fr"', ""))) == ["langue de la page : None"]
    assert fautes(lue(RENVOI.replace("<title>Friches</title>", ""))) == ["titre de la page absent"]


def test_links_are_followed_to_their_page_their_file_and_their_place(tmp_path: Path) -> None:
    liens = (
        '<a href="b/c.html">1</a><a href="b/c.html#ici">2</a><a href="b/c.html#là">3</a><a href="#haut">4</a>'
        '<a href="d.pdf">5</a><a href="e.pdf">6</a><a href="https://exemple.fr/x">7</a><a href="b/absente.html">8</a>'
    )
    retour = '<p id="ici"><a href="../a.html">9</a><a href="../a.html#haut">10</a></p>'
    ecrire(tmp_path, {"a.html": liens, "b/c.html": retour, "d.pdf": b"%PDF"})
    pages = {name: page(tmp_path / name) for name in ("a.html", "b/c.html")}
    assert liens_rompus(tmp_path, pages) == [
        "a.html : b/c.html#là", "a.html : #haut", "a.html : e.pdf", "a.html : b/absente.html",
        "b/c.html : ../a.html#haut",
    ]  # fmt: skip


def test_two_pages_of_one_title_are_told_but_not_those_that_send_elsewhere() -> None:
    pages = {"a.html": lue(), "b.html": lue(), "c.html": lue(RENVOI), "d.html": lue(RENVOI)}
    assert titres_communs(pages) == ["titre de 2 pages : Friches – Stratégie"]


def test_the_sample_has_one_page_of_each_kind_and_the_longest_of_many() -> None:
    sizes = {
        "index": 9, "404": 1, "actions/index": 5, "actions/a-01": 3, "actions/a-02": 8, "demarche/index": 4,
        "demarche/methode": 2, "demarche/groupes": 1, "guide/index": 2, "guide/regles": 9, "enjeux/index": 1,
        "enjeux/e-01": 1,
    }  # fmt: skip
    assert echantillon(sizes, sizes) == sorted(set(sizes) - {"actions/a-01"})
    assert [affichage.nom for affichage in AFFICHAGES] == [
        "1280 px clair", "1280 px sombre", "360 px clair", "360 px sombre",
    ]  # fmt: skip
