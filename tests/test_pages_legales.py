"""The pages the law asks for: filled from the identity and from the last check, and plain about what is missing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from smde import arbre, construire, controle_accessibilite
from smde.arbre import Document
from smde.controle_accessibilite import FICHIER, Controle
from smde.edition import Edition
from smde.model.rubriques import CLASSES
from smde.outputs.scene import SiteIdentity
from smde.outputs.site import write
from smde.pages import Contexte
from smde.refus import Refus
from tests.conftest import ecrire
from tests.rendu import DATE, MACROS, RACINE, edition_avec, simple

COMPLETER = "à compléter"
PAGES = ("accessibilite", "donnees-personnelles", "licence", "mentions-legales", "a-propos")
COMPLETE: dict[str, Any] = {
    "id": "identite",
    "titre": "Valmer métropole",
    "strategie": "Stratégie de Valmer",
    "site": "https://strategie.valmer.example/",
    "siren": "123 456 782",
    "mentions": {
        "statut": "Communauté d'agglomération",
        "adresse": "1 place du Port, 99000 Valmer",
        "telephone": "02 99 00 00 00",
        "courriel": "strategie@valmer.example",
        "publication": "Présidence de Valmer métropole",
        "redaction": "Direction de l'économie",
        "hebergeur": {"nom": "Syndicat numérique", "adresse": "2 rue du Phare, Valmer", "telephone": "02 99 00 00 01"},
    },
    "donnees_personnelles": {
        "delegue": "Déléguée à la protection des données",
        "contact": "dpd@valmer.example",
        "base_legale": "Mission d'intérêt public",
        "journaux": "douze mois",
        "comptes_rendus": "cinq ans",
    },
    "accessibilite": {
        "courriel": "acces@valmer.example",
        "formulaire": "https://valmer.example/signaler",
        "adresse": "1 place du Port, 99000 Valmer",
        "schema_pluriannuel": "https://valmer.example/schema",
        "plan_annuel": "https://valmer.example/plan",
        "declaration": "2026-01-15",
        "audit": {
            "date": "2025-12-01",
            "organisme": "Cabinet Accès pour tous",
            "taux": "87.5",
            "rapport": "https://valmer.example/audit.pdf",
            "pages": ["Accueil", "Fiche action A-01"],
            "environnement": ["NVDA et Firefox sous Windows"],
            "non_conformites": ["Critère 4.1 : la vidéo de la *séance* n'a pas de transcription"],
            "derogations": ["Les plans <numérisés> de 1998"],
        },
    },
}
RELEVE = Controle(
    jour=date(2026, 11, 23),
    version=date(2026, 11, 22),
    outils=["axe-core 4.11", "Chromium 150"],
    pages=272,
    echantillon=["index", "actions/A-01"],
    affichages=["1 280 px clair", "360 px sombre"],
    essais=4,
    fautes=[],
)


def batir(dossier: Path, edition: Edition, controle: Controle | None = None) -> dict[str, html.HtmlElement]:
    """The pages of docs/ built for an edition, by name."""
    noms = ("a-propos", *PAGES)
    docs = ecrire(dossier / "docs", {f"{nom}.md": (RACINE / "docs" / f"{nom}.md").read_bytes() for nom in noms})
    ecrire(docs, {"guide/index.md": "# Guide\n", "guide/ce-qui-est-publie.md": "# Ce qui est publié\n"})
    pages = [Document(nom, nom, (arbre.titre(1, nom),), genre="accueil") for nom in ("index", "plan-du-site")]
    identite = SiteIdentity(nom="Valmer", strategie="Stratégie", date=DATE, menu=(("Accueil", "index"),))
    contexte = Contexte(edition, {}, controle)
    faults = write(pages, identite, ids={}, target=dossier / "site", docs=docs, macros=MACROS, contexte=contexte)
    assert faults == []
    return {nom: html.parse(dossier / "site" / f"{nom}.html").xpath('//div[@class="corps"]')[0] for nom in PAGES}


@pytest.fixture(scope="module")
def vides(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """The pages of an authority that has said nothing but its name."""
    return batir(tmp_path_factory.mktemp("vides"), edition_avec())


@pytest.fixture(scope="module")
def remplies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    """The pages of one that has said everything, after a check."""
    identite = CLASSES["identite"].model_validate(COMPLETE)
    return batir(tmp_path_factory.mktemp("remplies"), edition_avec(identite=identite), RELEVE)


def dit(page: html.HtmlElement) -> str:
    """The words of a page, spaces made plain."""
    return simple(" ".join(page.text_content().split()))


def cellules(page: html.HtmlElement) -> dict[str, str]:
    """The rows of its tables whose header is in the first column."""
    return {
        simple(row[0].text_content()): simple(row[1].text_content()) for row in page.iter("tr") if row[0].tag == "th"
    }


def test_what_nobody_gave_is_said_to_be_completed(vides: dict[str, html.HtmlElement]) -> None:
    rows = cellules(vides["mentions-legales"])
    assert rows.pop("Éditeur") == "Valmer"
    assert set(rows.values()) == {COMPLETER}
    assert len(rows) == 8
    marked = {nom: len(page.find_class("a-completer")) for nom, page in vides.items()}
    assert marked["accessibilite"] == 6
    assert marked["donnees-personnelles"] == 5
    assert marked["licence"] == 0
    assert marked["a-propos"] == 2


def test_without_an_audit_the_declaration_says_so_plainly(vides: dict[str, html.HtmlElement]) -> None:
    words = dit(vides["accessibilite"])
    assert "Ce site est non conforme avec le référentiel général d'amélioration de l'accessibilité (RGAA)" in words
    assert "Aucun audit de conformité au RGAA n'a été réalisé." in words
    assert "Aucun contrôle automatique n'est enregistré pour ce site." in words
    assert not any(boast in words for boast in ("est conforme", "partiellement", "totalement", "% des critères"))


def test_the_declaration_has_the_parts_the_model_asks_for(vides: dict[str, html.HtmlElement]) -> None:
    assert [simple(heading.text_content()) for heading in vides["accessibilite"].iter("h2")] == [
        "État de conformité", "Résultats des tests", "Contenus non accessibles", "Établissement de cette déclaration",
        "Retour d'information et contact", "Voies de recours",
    ]  # fmt: skip
    assert "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07" in dit(vides["accessibilite"])


def test_what_the_authority_gave_takes_its_place(remplies: dict[str, html.HtmlElement]) -> None:
    assert all(not page.find_class("a-completer") and COMPLETER not in cellules(page) for page in remplies.values())
    assert cellules(remplies["mentions-legales"]) == {
        "Éditeur": "Valmer métropole",
        "Statut": "Communauté d'agglomération",
        "Numéro SIREN": "123 456 782",
        "Adresse électronique": "strategie@valmer.example",
        "Direction de la publication": "Présidence de Valmer métropole",
        "Responsable de la rédaction": "Direction de l'économie",
        "Nom ou raison sociale": "Syndicat numérique",
        "Adresse": "2 rue du Phare, Valmer",
        "Téléphone": "02 99 00 00 01",
    }
    links = {link.get("href") for page in remplies.values() for link in page.iter("a")}
    assert {"mailto:strategie@valmer.example", "https://valmer.example/signaler", "mailto:dpd@valmer.example"} <= links


def test_an_audit_is_told_with_its_rate_and_what_it_found(remplies: dict[str, html.HtmlElement]) -> None:
    words = dit(remplies["accessibilite"])
    assert "Ce site est partiellement conforme" in words
    assert "mené par Cabinet Accès pour tous, terminé le 1er décembre 2025, révèle que 87,5 % des critères" in words
    assert "Critère 4.1 : la vidéo de la séance n'a pas de transcription" in words
    assert "Les plans <numérisés> de 1998" in words  # typed words stay words
    assert "NVDA et Firefox sous Windows" in words
    assert "Aucun audit" not in words


def test_the_last_check_is_told_as_it_was_recorded(remplies: dict[str, html.HtmlElement]) -> None:
    words = dit(remplies["accessibilite"])
    for said in (
        "Date du contrôle : 23 novembre 2026", "Version contrôlée : celle du 22 novembre 2026",
        "axe-core 4.11 et Chromium 150", "272 pages", "2 pages, au moins une de chaque sorte", "4 essais",
        "aucun défaut détecté par ces outils", "Son résultat ne prouve pas la conformité",
    ):  # fmt: skip
        assert said in words


def test_the_faults_of_the_last_check_are_told_one_by_one(tmp_path: Path) -> None:
    faults = ["actions/A-01 : contraste trop faible", "index : lien <b> sans nom"]
    page = batir(tmp_path, edition_avec(), RELEVE.model_copy(update={"fautes": faults}))["accessibilite"]
    words = dit(page)
    assert "Résultat : 2 défauts" in words
    assert all(fault in words for fault in faults)
    assert "aucun défaut" not in words


def test_a_field_the_identity_does_not_have_is_told_to_who_writes_the_page(tmp_path: Path) -> None:
    docs = ecrire(
        tmp_path / "docs",
        {"x.md": "---\nrender_macros: true\n---\n# X\n\n{{ identite('mentions.adrese') }} {{ identite('mentions') }}\n"
         "{% if fourni('accesibilite') %}oui{% endif %}\n"},
    )  # fmt: skip
    accueil = Document("index", "Accueil", (arbre.titre(1, "Accueil"),), genre="accueil")
    identite = SiteIdentity(nom="Valmer", strategie="Stratégie", date=DATE, menu=(("Accueil", "index"),))
    contexte = Contexte(edition_avec(), {})
    faults = write([accueil], identite, ids={}, target=tmp_path / "s", docs=docs, macros=MACROS, contexte=contexte)
    told = simple(" ".join(faults))
    assert "« adrese » n'est pas un champ de l'identité. Vouliez-vous dire `adresse`" in told
    assert "« mentions » rassemble plusieurs champs : nommez l'un d'eux." in told
    assert "« accesibilite » n'est pas un champ de l'identité." in told


def test_the_footer_says_the_standing_beside_the_link_to_the_declaration() -> None:
    lieux = construire.lieux(RACINE)
    for known, said in ((edition_avec(), "non conforme"), (_complete(), "partiellement conforme")):
        pied = {page: simple(words) for words, page in construire.identity(known, lieux).pied}
        assert pied["accessibilite"] == f"Accessibilité : {said}"
        assert pied["mentions-legales"] == "Mentions légales"
        assert pied["plan-du-site"] == "Plan du site"


def _complete() -> Edition:
    return edition_avec(identite=CLASSES["identite"].model_validate(COMPLETE))


def test_a_record_reads_as_it_was_written(tmp_path: Path) -> None:
    ecrire(tmp_path, {FICHIER.as_posix(): RELEVE.model_dump_json(indent=1)})
    assert controle_accessibilite.lire(tmp_path) == RELEVE
    assert controle_accessibilite.lire(tmp_path / "ailleurs") is None


@pytest.mark.parametrize(
    "texte",
    [
        "", "{", "[]", "{}", "\ufeffnon", b"\xff\xfe",
        json.dumps({**RELEVE.model_dump(mode="json"), "pages": -1}),
        json.dumps({**RELEVE.model_dump(mode="json"), "note": "conforme"}),
        json.dumps({**RELEVE.model_dump(mode="json"), "jour": "hier"}),
    ],
)  # fmt: skip
def test_a_broken_record_is_refused_in_french(tmp_path: Path, texte: str | bytes) -> None:
    ecrire(tmp_path, {FICHIER.as_posix(): texte})
    with pytest.raises(Refus, match=r"docs/controle-accessibilite.json : ce fichier n'est pas un relevé de contrôle"):
        controle_accessibilite.lire(tmp_path)


def test_the_pages_of_the_repository_name_no_authority() -> None:
    for nom in PAGES[:-1]:  # « À propos » is written by Brest métropole for its own site
        assert "Brest" not in (RACINE / "docs" / f"{nom}.md").read_text("utf-8"), nom


def test_the_example_of_the_guide_is_an_identity() -> None:
    guide = (RACINE / "docs" / "guide" / "ce-qui-est-publie.md").read_text("utf-8")
    written = guide.partition("```\nmentions:")[2].partition("```")[0]
    typed = yaml.load(f"mentions:{written}", yaml.BaseLoader)
    identite = CLASSES["identite"].model_validate({"id": "i", "titre": "Valmer", "strategie": "Stratégie", **typed})
    assert set(typed) == {"mentions", "donnees_personnelles", "accessibilite"}
    assert "Syndicat numérique" in repr(identite)
