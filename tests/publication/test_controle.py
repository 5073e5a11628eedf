"""The last look before publishing: each fault planted in a sound site is found, and a sound site has none."""

import io
import zipfile
import zlib

import pytest

from smde.dossier import Dossier, charger
from smde.edition import Edition, edition
from smde.model.champ import Diffusion
from smde.publication.controle import MAX, fautes
from tests.conftest import Fichiers, ecrire

ACCUEIL = (
    '<!doctype html><html lang="fr"><head><title>Accueil</title><link rel="canonical" href="https://valmer.example/">'
    '<link rel="stylesheet" href="assets/site.css"></head><body><h1 id="haut">Accueil</h1>'
    '<p><a href="actions/a.html#etapes">Les étapes</a> <a href="../versions.html">Toutes les versions</a> '
    '<a href="https://www.insee.fr/">Insee</a> <a href="actions/">Les actions</a> <a href="#haut">En haut</a></p>'
    "</body></html>"
)
ACTION = (
    '<!doctype html><html lang="fr"><head><title>Action</title></head><body><h1>Action</h1><h2 id="etapes">Étapes</h2>'
    '<p><a href="../index.html#haut">Accueil</a> <img src="../assets/carte.svg" alt="Carte"></p></body></html>'
)
SAIN = {
    "index.html": ACCUEIL,
    "actions/a.html": ACTION,
    "actions/index.html": ACTION,
    "404.html": ACTION.replace("../", "/"),
    "assets/site.css": "body{background:url(carte.svg)}",
    "assets/carte.svg": "<svg/>",
}
SECRET = "negociation-fonciere"
TITRE = "Racheter discrètement les terrains du port"


@pytest.fixture(scope="module")
def lus(tmp_path_factory: pytest.TempPathFactory, fichiers_valmer: Fichiers) -> tuple[Dossier, Edition]:
    """The small dossier with an element that the public may not know."""
    hidden = f"- {{id: {SECRET}, titre: {TITRE}, theme: theme-emploi, nature: faiblesse}}\n"
    hidden += "- {id: port, titre: Le port, theme: theme-emploi, nature: atout}\n"
    racine = ecrire(tmp_path_factory.mktemp("controle"), {**fichiers_valmer, "strategy/diagnostic/caches.yml": hidden})
    dossier = charger(racine)
    assert {SECRET, "port"} <= dossier.elements.keys()
    return dossier, edition(dossier, Diffusion.public, "2026-11-20")


def trouve(lus: tuple[Dossier, Edition], **changes: str | bytes) -> list[str]:
    dossier, trimmed = lus
    files = {path: content.encode() for path, content in SAIN.items()}
    for path, content in changes.items():
        files[path] = content if isinstance(content, bytes) else content.encode()
    return fautes(files, trimmed, dossier)


def test_a_sound_site_has_no_fault(lus: tuple[Dossier, Edition]) -> None:
    assert trouve(lus) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (' lang="fr"', "", "la langue de la page n'est pas dite"),
        (' lang="fr"', ' lang="en"', "la langue de la page n'est pas dite"),
        ("<title>Accueil</title>", "<title> </title>", "la page n'a pas de titre"),
        ('<h1 id="haut">Accueil</h1>', '<p id="haut">Accueil</p>', "la page a 0 titres"),
        ("<p>", "<h1>Encore</h1><p>", "la page a 2 titres"),
        ("<p>", '<p><img src="assets/carte.svg">', "une image n'a pas de texte de remplacement"),
        ("<p>", '<p><a href="actions/a.html"></a>', "un lien n'a pas de mots"),
        ("actions/a.html#etapes", "actions/b.html", "le lien « actions/b.html » ne mène nulle part"),
        ("#etapes", "#budget", "le lien « actions/a.html#budget » ne mène nulle part"),
        ("../versions.html", "../2026-06/index.html", "le lien « ../2026-06/index.html » ne mène nulle part"),
        ("#haut", "#bas", "le lien « #bas » ne mène nulle part"),
        ("</head>", '<script src="https://mesure.example/t.js"></script></head>', "demande un fichier à un autre site"),
        ("</head>", '<script src="//mesure.example/t.js"></script></head>', "demande un fichier à un autre site"),
        ("<p>", '<p><img alt="" src="http://pixel.example/1.gif">', "demande un fichier à un autre site"),
        ("<p>", '<p style="background:url(https://x.example/f.png)">', "demande un fichier à un autre site"),
        ("</head>", "<style>@font-face{src:url('//x.example/f.woff')}</style></head>", "à un autre site"),
        ("assets/site.css", "assets/autre.css", "le lien « assets/autre.css » ne mène nulle part"),
    ],
)
def test_a_fault_of_a_page_is_told_with_the_page(lus: tuple[Dossier, Edition], old: str, new: str, said: str) -> None:
    assert old in ACCUEIL
    found = trouve(lus, **{"index.html": ACCUEIL.replace(old, new, 1)})
    assert any(fault.startswith("index.html : ") and said in fault for fault in found), found


@pytest.mark.parametrize("sheet", ["@import 'https://x.example/a.css';", 'p{background:url( "//x.example/a.png")}'])
def test_a_style_sheet_that_asks_elsewhere_is_told(lus: tuple[Dossier, Edition], sheet: str) -> None:
    (found,) = trouve(lus, **{"assets/site.css": sheet})
    assert found.startswith("assets/site.css : demande un fichier à un autre site")


def archive(words: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:t>{words[:12]}</w:t><w:t>{words[12:]}</w:t>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("donnees/strategie.json", f'{{"cite": "{SECRET}"}}'),
        ("donnees/strategie.json", '{"titre": "Racheter discr\\u00e8tement les terrains du port"}'),
        ("actions/a.html", ACTION.replace("</p>", "Racheter discrètement les\u00a0terrains du <em>port</em></p>")),
        ("actions/a.html", ACTION.replace("</p>", "RACHETER DISCR&Egrave;TEMENT LES TERRAINS DU PORT</p>")),
        ("actions/a.html", ACTION.replace("<h2 ", f'<h2 data-cite="{SECRET}" ')),
        (f"id/{SECRET}.html", ACTION),
        ("documents/strategie.docx", archive(TITRE)),
        ("documents/strategie.docx", archive(SECRET)),
        ("documents/strategie.pdf", b"%PDF-1.7\nstream\n" + zlib.compress(SECRET.encode()) + b"\nendstream"),
        ("assets/recherche/index.js", f'var index = ["{TITRE.lower()}"]'),
        ("donnees/series/a.csv", f"note\n{TITRE}\n"),
        ("sitemap.xml", f"<loc>https://valmer.example/{SECRET}.html</loc>"),
    ],
)
def test_what_the_public_may_not_know_is_found_wherever_it_hides(
    lus: tuple[Dossier, Edition], path: str, content: str | bytes
) -> None:
    found = trouve(lus, **{path: content})
    assert any(path in fault and SECRET in fault and "n'est pas public" in fault for fault in found), found


def test_words_that_the_public_edition_says_itself_are_no_leak(lus: tuple[Dossier, Edition]) -> None:
    """« Le port » is the title of a hidden element, and an ordinary word."""
    assert trouve(lus, **{"actions/a.html": ACTION.replace("</p>", "Le port et ses quais</p>")}) == []


def test_what_a_hand_written_page_says_is_no_leak_but_nothing_more_than_it_says(lus: tuple[Dossier, Edition]) -> None:
    dossier, trimmed = lus
    page = ACTION.replace("</p>", f"documents {SECRET}</p>").encode()
    files = {path: content.encode() for path, content in SAIN.items()} | {"actions/a.html": page}
    assert fautes(files, trimmed, dossier, f"Lancez `documents {SECRET}`.") == []
    files["actions/index.html"] = ACTION.replace("</p>", f"{TITRE}</p>").encode()
    assert len(fautes(files, trimmed, dossier, f"Lancez `documents {SECRET}`.")) == 1


def test_many_faults_are_told_at_once_and_counted(lus: tuple[Dossier, Edition]) -> None:
    broken = "".join(f'<a href="absente-{rank}.html">Page {rank}</a>' for rank in range(MAX + 7))
    found = trouve(lus, **{"index.html": ACCUEIL.replace("<p>", f"<p>{broken}")})
    assert len(found) == MAX + 1
    assert found[-1] == "… et 7 de plus."
