"""The search of the site of Brest in a real Chromium, with what its readers type and what nobody should."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from smde import construire
from smde.dossier import charger
from smde.model.champ import Diffusion
from tests import index_recherche, navigateur
from tests.brest import RACINE
from tests.index_recherche import Entree

pytestmark = [*navigateur.MARQUES, pytest.mark.lent]

ECRANS = {"bureau": (1280, 800), "telephone": (360, 740)}

# Who would ask, what they would type, and what must be among the first three: an id, or a page.
QUESTIONS = {
    "élu": {
        "locaux vacants": "A-23",
        "local vacant": "A-22",
        "que doit valider le groupe de pilotage ?": "groupe-de-pilotage",
        "prochaine séance": "seance-prochain-pilotage",
        "qui paie": "financement.html",
        "combien ça coûte": "financement.html",
        "Qui fait quoi ?": "acteurs/index.html",
        "chomage": "ind-chomage-ze-brest",
        "convention avec la région": "A-33",
        "zones d'activités": "A-24",
        "clauses d'insertion": "A-05",
        "horaires decales": "A-30",
        "action 7": "A-07",
        "artificialisation des sols": "foncier-artificialisation",
        "capacité d'influence": "terme-capacite-d-influence",
    },
    "acteur économique": {
        "UBO": "ubo",
        "technopole": "technopole",
        "chambre agriculture": "ca29",
        "reprendre une entreprise": "obj-entreprendre",
        "atelier loyer artisan": "A-25",
        "sous traitant": "A-10",
        "algue": "A-28",
        "les achats publics": "A-18",
        "économie sociale et solidaire": "A-20",
        "essais en mer": "A-09",
        "sécurité informatique, numérique": "A-16",
        "logement pour mes nouveaux salariés": "A-02",
        "stage alternance": "A-13",
    },
    "journaliste": {
        "aeroport": "acces-aeroport-record",
        "31 000 étudiants": "esr-effectifs",
        "31000 etudiants": "esr-effectifs",
        "combien d'emplois dans la mer": "mer-poids-emploi",
        "emploi": "theme-emploi",
        "population": "theme-population",
        "train Paris-Brest": "acces-train-gain",
        "loi NOTRe": "notre",
        "srdeii": "terme-srdeii",
        "SRTES": "srtes",
        "stratégie régionale des transitions économiques et sociales": "srtes",
        "sources": "sources.html",
        "télécharger les documents": "telechargements.html",
        "femmes, métiers techniques": "A-06",
        "aéroprt": "acces-aeroport-record",
    },
}

HOSTILES = [
    *(
        '"',
        "'",
        "*:",
        ":",
        "+titre:a",
        "-emploi",
        "a~9",
        "^",
        "((((",
        "[a-",
        "\\",
        "%00",
        "&amp;",
        "/",
        "A-",
        "-07",
        "§",
    ),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        "javascript:alert(1)",
        "../../etc/passwd",
    ),
    *("constructor", "__proto__", "toString", "hasOwnProperty", "null", "undefined", "NaN", "true"),
    *("🐟", "👩‍🔬 emploi 🇫🇷", "مرحبا", "‮ioplme", "e\u0301tudiant", "ﬁnance", "\u200b", "０７", "日本"),
    *("a" * 500, "é" * 500, "emploi " * 71, "1 234 567 890 " * 35, "a-1 " * 120, "zzzz" * 125),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public edition of Brest, the documents it offers standing empty."""
    target = tmp_path_factory.mktemp("brest") / "site"
    atelier = construire.atelier(charger(RACINE), Diffusion.public, "2026-01-15", lambda _: None)
    files = {f"documents/{nom}": b"%PDF-1.7" for nom in atelier.noms_des_documents()}
    atelier.site(target, files | {f"donnees/{path}": content for path, content in atelier.donnees().items()})
    return target


@pytest.fixture(scope="module")
def entrees(site: Path) -> list[Entree]:
    return index_recherche.du_site(site)


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    with navigateur.servi(site) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with navigateur.lance() as browser:
        yield browser


def ouvrir(chromium: Any, adresse: str, nom: str = "index", ecran: str = "bureau", **options: Any) -> Any:
    width, height = ECRANS[ecran]
    options = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"} | options
    page = navigateur.page(chromium.new_context(**options))
    page.goto(f"{adresse}/{nom}.html")
    return page


@pytest.fixture(scope="module")
def ouverte(chromium: Any, adresse: str) -> Iterator[Any]:
    """One page with the search open and ready, for the tests that only ask questions."""
    page = ouvrir(chromium, adresse)
    prete(page)
    yield page
    page.context.close()


@pytest.fixture
def page(chromium: Any, adresse: str) -> Iterator[Any]:
    made = ouvrir(chromium, adresse, "actions/A-07")
    yield made
    made.context.close()


def prete(page: Any) -> None:
    page.click("button.recherche-ouvrir")
    page.wait_for_selector("dialog[data-pret]", timeout=60_000)


def demande(page: Any, question: str) -> list[str]:
    """The addresses found, the best first, as they stand in the page."""
    page.fill(".recherche__mots", question)
    links = page.evaluate("Array.from(document.querySelectorAll('.recherche__liste a'), a => a.getAttribute('href'))")
    return [str(link).removeprefix("./").removeprefix("../") for link in links]


def dit(page: Any) -> str:
    return " ".join(str(page.inner_text(".recherche__bilan")).split())


def nomme(entree: Entree, attendu: str) -> bool:
    return attendu in (entree.adresse, *entree.noms[:1])


# ── What people look for ─────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_at_least_thirty_questions_and_what_they_look_for_exists(entrees: list[Entree]) -> None:
    asked = [(question, attendu) for who in QUESTIONS.values() for question, attendu in who.items()]
    assert len(asked) >= 30
    lost = [(question, a) for question, a in asked if not any(nomme(entree, a) for entree in entrees)]
    assert lost == []


@pytest.mark.parametrize(
    ("question", "attendu"), [pair for who in QUESTIONS.values() for pair in who.items()], ids=lambda words: words
)
def test_the_first_three_results_hold_what_the_reader_looks_for(
    ouverte: Any, entrees: list[Entree], question: str, attendu: str
) -> None:
    by_place = {entree.adresse: entree for entree in entrees}
    found = [by_place[address] for address in demande(ouverte, question)[:3]]
    assert any(nomme(entree, attendu) for entree in found), [(entree.noms, entree.titre) for entree in found]
    assert ouverte.plaintes == []


def test_the_first_result_of_a_title_or_of_an_id_is_that_element(ouverte: Any, entrees: list[Entree]) -> None:
    """All of them, asked of the engine; two elements of one title are each other's equals."""
    asked = [(entree.titre, rank) for rank, entree in enumerate(entrees)]
    asked += [(entree.noms[0], rank) for rank, entree in enumerate(entrees) if entree.noms]
    firsts = ouverte.evaluate(
        """asked => {
          const engine = smdeMoteur(smdeIndex)
          engine.learn(Infinity)
          return asked.map(words => (engine.search(words).results[0] || {rank: -1}).rank)
        }""",
        [words for words, _ in asked],
    )

    def same(first: int, rank: int, words: str) -> bool:
        one, other = entrees[first], entrees[rank]
        return one == other or lu(one.titre) == lu(other.titre) or words in (one.titre, *one.noms)

    def lu(titre: str) -> str:
        return " ".join(titre.split("(")[0].lower().split())

    wrong = [
        (words, entrees[first].titre)
        for (words, rank), first in zip(asked, firsts, strict=True)
        if not (first >= 0 and same(first, rank, words))
    ]
    assert wrong == []


def test_every_sigle_of_the_dossier_is_found_first_in_capitals_or_not(ouverte: Any, entrees: list[Entree]) -> None:
    by_place = {entree.adresse: entree for entree in entrees}
    sigles = sorted({name for entree in entrees for name in entree.noms[1:]})
    assert len(sigles) >= 30
    for typed in (*sigles, *map(str.lower, sigles)):
        first = by_place[demande(ouverte, typed)[0]]
        assert lu_alike(typed) in map(lu_alike, first.noms), typed


def lu_alike(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").split())


def test_a_result_says_what_it_is_and_where_it_stands(ouverte: Any) -> None:
    assert demande(ouverte, "A-07")[0] == "actions/A-07.html"
    first = " ".join(str(ouverte.inner_text(".recherche__liste li:first-child")).split())
    assert first.startswith("Action A-07 ● À valider ● À lancer Soutenir la preuve de concept") or first.startswith(
        "Action A-07 À valider À lancer Soutenir la preuve de concept"
    )
    assert demande(ouverte, "acces-aeroport-record")[0] == "constats/acces-aeroport-record.html"
    assert str(ouverte.inner_text(".recherche__liste li:first-child .recherche__etiquette")).startswith("Constat")


def test_words_found_are_marked_in_the_title_and_in_the_passage_shown(ouverte: Any) -> None:
    demande(ouverte, "locaux vacants")
    marked = {str(words).lower() for words in ouverte.locator(".recherche__liste mark").all_inner_texts()}
    assert {"locaux", "vacants"} <= marked
    assert all(words[:4] in ("loca", "vaca") for words in marked)


# ── What is not found ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_misspelt_word_is_told_with_the_one_it_was_taken_for(ouverte: Any) -> None:
    assert demande(ouverte, "emplio")
    assert dit(ouverte).startswith("Rien pour « emplio » : voici ce que donne « emploi ».")


def test_a_word_that_is_nowhere_is_told_and_the_others_are_looked_for(ouverte: Any) -> None:
    assert "actions/A-28.html" in demande(ouverte, "xylophone algues")[:3]
    assert dit(ouverte).startswith("Rien pour « xylophone » : voici ce que donnent les autres mots.")


def test_nothing_found_is_said_in_french_with_what_to_do(ouverte: Any) -> None:
    assert demande(ouverte, "xylophone") == []
    assert dit(ouverte) == (
        "Aucun résultat pour « xylophone ». Essayez un autre mot, un sigle ou un numéro d’action, "
        "ou parcourez le plan du site."
    )
    link = ouverte.locator(".recherche__bilan a")
    assert link.inner_text() == "plan du site"
    assert link.get_attribute("href").endswith("plan-du-site.html")


@pytest.mark.parametrize("question", ["", " ", "\t", "\u00a0"])
def test_no_question_gets_advice_and_no_result(ouverte: Any, question: str) -> None:
    assert demande(ouverte, question) == []
    assert dit(ouverte) == "Cherchez un sujet, un acteur, un sigle, ou un élément par son numéro."


@pytest.mark.parametrize("rang", range(len(HOSTILES)))
def test_nothing_that_is_typed_breaks_the_search(ouverte: Any, rang: int) -> None:
    question = HOSTILES[rang]
    begun = ouverte.evaluate("performance.now()")
    found = demande(ouverte, question)
    assert ouverte.evaluate("performance.now()") - begun < 2000
    assert ouverte.plaintes == []
    assert dit(ouverte)
    assert found or "Aucun résultat" in dit(ouverte) or not question.strip("\u200b")
    assert ouverte.evaluate("document.querySelectorAll('.recherche :is(script, img, iframe)').length") == 0


# ── By hand and by ear ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("touche", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_the_search_and_escape_gives_the_focus_back(page: Any, touche: str) -> None:
    page.focus(".corps a")
    before = page.evaluate("document.activeElement.href")
    page.keyboard.press(touche)
    page.wait_for_selector("dialog.recherche[open]")
    assert page.evaluate("document.activeElement.name") == "mots"
    assert page.input_value(".recherche__mots") == ""
    page.keyboard.press("Escape")
    assert page.locator("dialog.recherche[open]").count() == 0
    assert page.evaluate("document.activeElement.href") == before


def test_the_slash_remains_a_slash_where_one_types(page: Any) -> None:
    prete(page)
    page.keyboard.type("eau/énergie")
    assert page.input_value(".recherche__mots") == "eau/énergie"


def test_arrows_walk_the_results_and_enter_opens_one(page: Any) -> None:
    prete(page)
    page.keyboard.type("aéroport")
    links = page.locator(".recherche__liste a").evaluate_all("all => all.map(a => a.href)")
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        page.keyboard.press(key)
        seen.append(links.index(page.evaluate("document.activeElement.href")))
    assert seen == [0, 1, 0, min(len(links), 20) - 1, 0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "mots"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(links[0])


def test_enter_in_the_field_opens_the_first_result_even_before_the_index_has_come(page: Any) -> None:
    page.click("button.recherche-ouvrir")
    page.wait_for_selector("dialog.recherche[open]")
    page.keyboard.type("A-25")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/A-25.html", timeout=60_000)


def test_a_result_on_the_same_page_closes_the_search_and_goes_there(chromium: Any, adresse: str) -> None:
    page = ouvrir(chromium, adresse, "glossaire")
    prete(page)
    page.keyboard.type("SRDEII")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossaire.html#terme-srdeii")
    assert page.locator("dialog.recherche[open]").count() == 0
    page.context.close()


def test_the_question_is_kept_when_the_search_opens_again(page: Any) -> None:
    prete(page)
    page.keyboard.type("algues")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.recherche[open]")
    assert page.locator(".recherche__liste a").count() > 0
    page.keyboard.type("friches")  # typing replaces what was asked before
    assert page.input_value(".recherche__mots") == "friches"


def test_the_number_of_results_is_said_aloud_once_the_typing_stops(page: Any) -> None:
    prete(page)
    said = "document.querySelector('.recherche [role=status]').textContent"
    page.keyboard.type("algues")
    page.wait_for_function(f"{said}.includes('résultats pour')")
    words = page.evaluate(said)
    assert words.split()[0].isdigit() and words.endswith("« algues ».".replace(" ", "\u00a0")), words
    page.fill(".recherche__mots", "xylophone")
    page.wait_for_function(f"{said}.startsWith('Aucun résultat')")


def test_results_beyond_the_first_twenty_are_shown_when_asked_for(page: Any) -> None:
    prete(page)
    page.keyboard.type("emploi")
    assert page.locator(".recherche__liste li").count() == 20
    page.click(".recherche__suite")
    assert page.locator(".recherche__liste li").count() == 40
    assert page.evaluate("document.activeElement === document.querySelectorAll('.recherche__liste a')[20]")


def test_the_keyboard_stays_in_the_open_search(page: Any) -> None:
    prete(page)
    page.keyboard.type("A-07")
    inside = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        inside.add(
            page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        )
    assert inside == {True}


@pytest.mark.parametrize("couleurs", ["light", "dark"])
@pytest.mark.parametrize("ecran", ECRANS)
def test_axe_finds_nothing_to_say_of_any_state_of_the_search(
    chromium: Any, adresse: str, ecran: str, couleurs: str
) -> None:
    page = ouvrir(chromium, adresse, "actions/A-07", ecran, color_scheme=couleurs)
    prete(page)
    for question in ("", "locaux vacants", "emplio", "xylophone"):
        demande(page, question)
        assert navigateur.violations(page) == [], question
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), question
        box = page.locator("dialog.recherche").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= ECRANS[ecran][0]
    page.context.close()


# ── Where and how it is read ─────────────────────────────────────────────────────────────────────────────────────────


def test_without_script_the_list_of_pages_takes_its_place(chromium: Any, adresse: str) -> None:
    for ecran in ECRANS:
        page = ouvrir(chromium, adresse, "actions/A-07", ecran, java_script_enabled=False)
        assert not page.locator("button.recherche-ouvrir").is_visible()
        assert not page.locator("dialog.recherche").is_visible()
        page.click("a.recherche-sans")
        page.wait_for_url("**/plan-du-site.html")
        page.context.close()


def test_the_search_works_from_a_folder_without_any_server(chromium: Any, site: Path) -> None:
    page = ouvrir(chromium, site.as_uri(), "actions/A-07")
    prete(page)
    page.keyboard.type("locaux vacants")
    page.keyboard.press("Enter")
    page.wait_for_url("file://**/actions/A-2*.html")
    page.context.close()


def test_the_search_respects_a_policy_that_refuses_inline_scripts_and_styles(chromium: Any, site: Path) -> None:
    policy = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'none'; object-src 'none'"
    with navigateur.servi(site, Content_Security_Policy=policy) as address:
        page = ouvrir(chromium, address, "actions/A-07")
        prete(page)
        assert "actions/A-07.html" in demande(page, "preuve de concept")
        assert [
            words for words in page.plaintes if "recherche" in words
        ] == []  # the theme has inline scripts of its own
        page.context.close()


def test_nothing_of_it_is_asked_for_before_someone_searches_and_never_elsewhere(chromium: Any, adresse: str) -> None:
    page = ouvrir(chromium, adresse)
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.demandes if "/recherche/" in url]
    prete(page)
    asked = {url.rsplit("/", 1)[1] for url in page.demandes if "/recherche/" in url}
    assert asked == {"termes.js", "moteur.js", "index.js", "recherche.css"}
    assert [url for url in page.demandes if not url.startswith((adresse, "data:"))] == []
    page.context.close()


def test_an_index_that_does_not_come_is_told_in_french(chromium: Any, adresse: str) -> None:
    page = ouvrir(chromium, adresse)
    page.route("**/recherche/index.js", lambda route: route.abort())
    page.click("button.recherche-ouvrir")
    page.wait_for_selector("text=La recherche n’a pas pu être chargée")
    page.unroute("**/recherche/index.js")
    page.keyboard.press("Escape")
    prete(page)  # and it comes at the next try
    assert demande(page, "emploi")
    page.context.close()


def test_the_search_weighs_little_on_a_page_and_not_much_when_opened(site: Path) -> None:
    def weight(*paths: str) -> int:
        return sum(len(gzip.compress((site / "assets" / path).read_bytes(), mtime=0)) for path in paths)

    assert weight("recherche.js") < 5_000
    assert weight(*(f"recherche/{name}" for name in ("termes.js", "moteur.js", "recherche.css"))) < 30_000
    assert weight("recherche/index.js") < 250_000


def test_a_question_is_answered_within_the_time_of_a_gesture(ouverte: Any) -> None:
    questions = json.dumps([question for who in QUESTIONS.values() for question in who])
    times = ouverte.evaluate(
        f"""() => {{
          const field = document.querySelector('.recherche__mots')
          return {questions}.map(question => {{
            field.value = question
            const begun = performance.now()
            field.dispatchEvent(new Event('input'))
            return performance.now() - begun
          }}).sort((a, b) => a - b)
        }}"""
    )
    assert times[len(times) // 2] <= 200
