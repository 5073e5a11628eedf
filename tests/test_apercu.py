"""The preview without its server: its pages are those of the site, made when looked at and never for nothing."""

import gc
import shutil
import threading
import time
import weakref
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import apercu as module
from smde import construire
from smde.apercu import Apercu, Tour
from smde.construire import LIVREES
from smde.fragments import TemplateFault
from smde.imprimerie import Imprimerie
from smde.model.champ import INTERNE, PUBLIC, Diffusion
from smde.model.identite import Livrable
from smde.outputs import recherche
from smde.outputs.site import Presse
from smde.tirage import Arbres, Tirage
from tests.commande import simple
from tests.conftest import ecrire

DATE = "2020-03-02"
ENJEUX, GLOSSAIRE = "strategy/enjeux.yml", "data/glossaire.yml"
FRICHES = "enjeux/enjeu-friches"
GUIDE = ("guide/index", "guide/regles", "guide/dictionnaire")
"""The pages of the guide, long to make: here each is a line of docs/."""


class Atelier(NamedTuple):
    """A preview at work on a dossier that has its own templates and hand-written pages."""

    apercu: Apercu
    racine: Path
    dits: list[str]

    def changer(self, path: str, avant: str, apres: str) -> bool:
        """Edit a file, as an editor saves it, and have the preview read it."""
        file = self.racine / path
        words = file.read_text(encoding="utf-8")
        assert avant in words
        file.write_text(words.replace(avant, apres), encoding="utf-8")
        return self.apercu.relire()

    def achever(self) -> int:
        """Let it make all it makes ahead; in how many steps."""
        return sum(1 for _ in iter(self.apercu.avancer, False))

    def lire(self, nom: str) -> str:
        """A page, as the preview shows it."""
        page = self.apercu.page(nom)
        assert page.fichier
        return simple(page.fichier.read_text(encoding="utf-8"))

    def servi(self, path: str) -> bytes | None:
        """A file of the site, as the preview answers it."""
        file = self.apercu.imprimerie.site / path
        content = self.apercu.fichier(path)
        return file.read_bytes() if content is None and file.is_file() else content


def ouvrir(racine: Path, travail: Path, diffusion: Diffusion = PUBLIC) -> Atelier:
    said: list[str] = []
    return Atelier(Apercu(racine, diffusion, DATE, travail, said.append), racine, said)


@pytest.fixture
def dossier(racine: Path) -> Path:
    """The dossier, with templates and hand-written pages of its own, to be changed at will."""
    shutil.copytree(LIVREES / "macros", racine / "macros", ignore=shutil.ignore_patterns("__pycache__", "guide"))
    cited = ("a-propos", "accessibilite", "donnees-personnelles", "licence", *GUIDE)
    pages = {f"{nom}.md": f"# {nom.title()}\n\nPage écrite à la main.\n" for nom in cited} | {
        "index-des-sigles.md": '---\nrender_macros: true\n---\n\n# Sigles\n\n{{ compte("enjeu") }}, {{ version() }}\n',
        "mentions-legales.md": "# Mentions légales\n\nÉditeur : [Valmer métropole](index-des-sigles.md).\n",
        "images/quai.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>\n',
    }
    ecrire(racine / "docs", pages)
    shutil.copy(LIVREES / "mkdocs.yml", racine / "mkdocs.yml")
    return racine


@pytest.fixture
def atelier(dossier: Path, tmp_path: Path) -> Atelier:
    """A preview that has read its dossier."""
    made = ouvrir(dossier, tmp_path / "travail")
    assert made.apercu.relire()
    return made


def construit(racine: Path, target: Path, diffusion: Diffusion = PUBLIC) -> dict[str, bytes]:
    """The site as `smde site` makes it, but for its documents, which the preview makes when they are opened."""
    read, _ = construire.verifier(racine)
    making = construire.atelier(read, diffusion, DATE, lambda _: None)
    for livrable in making.edition.tous(Livrable):
        making.document(livrable)
    data = {f"donnees/{path}": text for path, text in making.donnees().items() if not path.startswith("schemas/")}
    making.site(target, data | {f"documents/{nom}": b"" for nom in making.noms_des_documents()})
    files = {file.relative_to(target).as_posix(): file.read_bytes() for file in target.rglob("*") if file.is_file()}
    return {path: content for path, content in files.items() if not path.startswith("documents/")}


def differents(atelier: Atelier, site: dict[str, bytes]) -> list[str]:
    """The files that the preview and the site do not have the same."""
    folder = atelier.apercu.imprimerie.site
    made = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    return sorted([*(path for path in site if atelier.servi(path) != site[path]), *(made - site.keys())])


TIRANT = "- {id: terme-tirant, titre: Tirant d'eau, texte: Hauteur de coque sous l'eau., diffusion: public}\n"
CHANGEMENTS: dict[str, tuple[str, str, str]] = {
    "a title": (ENJEUX, "Donner un avenir aux friches du port", "Rendre les friches du port à la ville"),
    "a text that cites": (GLOSSAIRE, "sans travaux.", "sans travaux, comme le montre [[friches-portuaires]]."),
    "a term more, on the page of all terms": (GLOSSAIRE, "- id: terme-vacance", f"{TIRANT}\n- id: terme-vacance"),
    "a text that cites it": ("strategy/diagnostic/immobilier.yml", "[[terme-friche]]", "[[terme-tirant]]"),
    "the colours": ("data/identite.yml", "#123a5c", "#0f4c3a"),
    "the name of a level, in the menu": ("data/identite.yml", "pluriel: défis", "pluriel: grands défis"),
    "a new element": (
        "strategy/diagnostic/immobilier.yml",
        "- id: vacance-tertiaire",
        "- {id: constat-relais, titre: Les ateliers relais sont pleins, theme: theme-immobilier, nature: tendance,\n"
        "   preuves: [{par: source, source: inventaire-friches}], diffusion: public}\n\n- id: vacance-tertiaire",
    ),
    "a value of a series": ("data/indicateurs/vacance-bureaux.csv", "7.6", "7.7"),
    "a template": ("macros/elements/enjeu.md.j2", "\n", "\n\nPied de fiche des défis.\n\n"),
    "a page of docs/": ("docs/mentions-legales.md", "Éditeur", "Directrice de la publication"),
    "a macro of docs/": ("macros/__init__.py", '"""The date of the version."""', "return mots('hier')"),
}


def test_after_many_changes_every_file_is_that_of_the_site(atelier: Atelier, tmp_path: Path) -> None:
    assert atelier.achever()
    for name, (path, avant, apres) in CHANGEMENTS.items():
        file = atelier.racine / path
        file.write_text(file.read_text("utf-8").replace(avant, apres, 1), encoding="utf-8")
        assert atelier.apercu.relire(), f"{name}: {atelier.apercu.fautes}"
        atelier.lire(FRICHES)
    assert atelier.achever()
    assert atelier.apercu.fautes == ""
    assert differents(atelier, construit(atelier.racine, tmp_path / "site")) == []
    assert "hier" in atelier.lire("index-des-sigles")
    assert "Pied de fiche des défis." in atelier.lire(FRICHES)


def test_a_page_looked_at_right_after_a_change_is_that_of_the_site(atelier: Atelier, tmp_path: Path) -> None:
    atelier.achever()
    assert atelier.changer(ENJEUX, "Que faire de 37 hectares", "Que faire des 37 hectares")
    assert atelier.apercu.tirage
    noms = sorted(atelier.apercu.tirage.place.noms)
    kinds = {nom.split("/")[0]: nom for nom in noms}
    seen = {nom: atelier.apercu.page(nom).fichier for nom in [*kinds.values(), FRICHES]}
    site = construit(atelier.racine, tmp_path / "site")
    assert len(seen) > 15
    for nom, file in seen.items():
        assert file and file.read_bytes() == site[f"{nom}.html"], nom


def test_an_interne_edition_is_that_of_the_site_too(dossier: Path, tmp_path: Path) -> None:
    atelier = ouvrir(dossier, tmp_path / "travail", INTERNE)
    assert atelier.apercu.relire() and atelier.achever()
    site = construit(dossier, tmp_path / "site", INTERNE)
    assert "enjeux/enjeu-competences.html" in site
    assert differents(atelier, site) == []


def test_nothing_above_the_edition_is_in_the_preview(atelier: Atelier) -> None:
    secret = "Fermeture du chantier Le Guen annoncée en juin"
    assert atelier.changer(ENJEUX, "Former ici ceux que le port cherche", secret)
    assert atelier.achever()
    folder = atelier.apercu.imprimerie.site
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 50
    assert not [file for file in files if "Le Guen" in file.read_text("utf-8", "replace")]
    for path in ("donnees/strategie.json", recherche.FICHIER):
        content = atelier.servi(path)
        assert content and b"Le Guen" not in content
    assert atelier.apercu.page("enjeux/enjeu-competences").trouvee is False


@pytest.fixture
def imprimees(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages printed, in order."""
    printed: list[str] = []
    page = Presse.page

    def noted(self: Presse, nom: str, texte: bytes) -> list[str]:
        printed.append(nom)
        return page(self, nom, texte)

    monkeypatch.setattr(Presse, "page", noted)
    return printed


def test_only_the_pages_that_change_are_printed_again(atelier: Atelier, imprimees: list[str]) -> None:
    atelier.achever()
    assert atelier.apercu.tirage
    assert sorted(imprimees) == sorted(atelier.apercu.tirage.place.noms)
    imprimees.clear()
    assert atelier.changer(ENJEUX, "Coût de la dépollution", "Coût inconnu de la dépollution")
    atelier.lire(FRICHES)
    assert imprimees == [FRICHES]
    atelier.lire(FRICHES)
    atelier.achever()
    assert set(imprimees) - {FRICHES} <= {"index-des-sigles", "objectifs/index", "enjeux/index"}
    assert imprimees.count(FRICHES) == 1
    assert not atelier.achever()


def test_a_page_is_made_before_those_nobody_looks_at(atelier: Atelier, imprimees: list[str]) -> None:
    atelier.lire(FRICHES)
    assert imprimees == [FRICHES]


def test_a_file_saved_again_as_it_was_prints_nothing(atelier: Atelier, imprimees: list[str]) -> None:
    before = atelier.apercu.page(FRICHES)
    imprimees.clear()
    assert atelier.apercu.relire()
    assert atelier.apercu.page(FRICHES) == before
    assert imprimees == []


def test_a_link_to_a_new_place_comes_right_once_every_page_is_made(atelier: Atelier) -> None:
    former = atelier.lire("constats/friches-portuaires")
    assert atelier.changer(GLOSSAIRE, "- id: terme-vacance", f"{TIRANT}\n- id: terme-vacance")
    assert atelier.changer("strategy/diagnostic/immobilier.yml", "[[terme-friche]]", "[[terme-tirant]]")
    atelier.lire("constats/friches-portuaires")
    atelier.achever()
    link = 'href="../glossaire.html#terme-friche"'
    assert link in former
    assert link.replace("friche", "tirant") in atelier.lire("constats/friches-portuaires")
    assert atelier.apercu.fautes == ""


def test_a_fault_leaves_the_pages_as_they_were(atelier: Atelier) -> None:
    before = atelier.apercu.page(FRICHES)
    assert not atelier.changer(ENJEUX, "vacance-tertiaire]", "vacance-tertiare]")
    assert "strategy/enjeux.yml:4:" in atelier.apercu.fautes
    assert atelier.dits[-1] == atelier.apercu.fautes
    assert atelier.apercu.page(FRICHES) == before
    assert atelier.changer(ENJEUX, "vacance-tertiare]", "vacance-tertiaire]")
    assert atelier.apercu.fautes == ""
    assert atelier.apercu.page(FRICHES) == before


def test_a_wrong_template_stops_its_pages_and_no_other(atelier: Atelier) -> None:
    before, other = atelier.apercu.page(FRICHES), "objectifs/index"
    template = "macros/fiches/enjeu.md.j2"
    words = (atelier.racine / template).read_text("utf-8")
    ecrire(atelier.racine, {template: words + "\n\n{{ element.inconnu }}\n"})
    assert atelier.changer(ENJEUX, "titre: Donner un avenir", "titre: Rendre un avenir")
    assert atelier.apercu.page(FRICHES) == before
    assert template in atelier.apercu.fautes
    atelier.achever()
    assert atelier.apercu.fautes.count("« inconnu »") == 1, "the same fault of several pages is told once"
    assert "Rendre un avenir" in atelier.lire("constats/friches-portuaires"), other
    ecrire(atelier.racine, {template: words})
    assert atelier.apercu.relire()
    assert "Rendre un avenir" in atelier.lire(FRICHES)
    assert atelier.apercu.fautes == "", "what the open page no longer has is told of no other page"
    atelier.achever()
    assert atelier.apercu.fautes == ""


def test_a_block_left_open_in_a_template_stops_only_its_pages(atelier: Atelier) -> None:
    template = "macros/elements/enjeu.md.j2"
    words = (atelier.racine / template).read_text("utf-8")
    ecrire(atelier.racine, {template: words + "\n\n::: avertissement\nÀ relire.\n"})
    assert atelier.apercu.relire()
    atelier.achever()
    assert f"{template}:" in atelier.apercu.fautes
    assert "« ::: »" in atelier.apercu.fautes
    assert atelier.apercu.page("objectifs/index").fichier
    ecrire(atelier.racine, {template: words})
    assert atelier.apercu.relire() and atelier.achever()
    assert atelier.apercu.fautes == ""


def test_links_that_lead_nowhere_are_told_though_the_page_is_shown(atelier: Atelier) -> None:
    ecrire(atelier.racine / "docs", {"acces.md": "# Accès\n\n[Plan](nulle-part.md), [défis](enjeux/index.md#nul)\n"})
    template = "macros/elements/enjeu.md.j2"
    words = (atelier.racine / template).read_text("utf-8")
    ecrire(atelier.racine, {template: words + "\n\n[Voir](page:constats-perdus) [ici](#nulle-part)\n"})
    assert atelier.apercu.relire()
    assert "Voir" in atelier.lire(FRICHES)
    assert f"{FRICHES} : le lien « page:constats-perdus » ne mène à aucune page." in simple(atelier.apercu.fautes)
    atelier.achever()
    told = simple(atelier.apercu.fautes)
    assert f"{FRICHES} : le lien vers « {FRICHES}#nulle-part » ne mène à aucun endroit de la page." in told
    assert "docs/acces.md : le lien « nulle-part.md » ne mène à aucun fichier." in told
    assert "docs/acces.md : le lien « enjeux/index.md#nul » ne mène nulle part dans la page." in told
    assert "Accès" in atelier.lire("acces")
    assert simple(atelier.dits[-1]) == told
    (atelier.racine / "docs/acces.md").unlink()
    ecrire(atelier.racine, {template: words})
    assert atelier.apercu.relire() and atelier.achever()
    assert atelier.apercu.fautes == ""
    assert atelier.dits[-1] == "Plus rien à corriger."


def test_a_macro_that_fails_is_told_and_recovers(atelier: Atelier) -> None:
    assert atelier.changer("docs/index-des-sigles.md", 'compte("enjeu")', 'compte("enjeux")')
    assert atelier.apercu.page("index-des-sigles")
    assert "docs/index-des-sigles.md" in atelier.apercu.fautes
    assert atelier.changer("docs/index-des-sigles.md", 'compte("enjeux")', "compte(")
    assert atelier.apercu.page("index-des-sigles")
    assert "docs/index-des-sigles.md : une macro a échoué" in simple(atelier.apercu.fautes)
    assert atelier.changer("docs/index-des-sigles.md", "compte(", 'compte("enjeu")')
    assert "1 défi" in atelier.lire("index-des-sigles")
    assert atelier.apercu.fautes == ""


def test_settings_that_mkdocs_refuses_are_told_and_recover(atelier: Atelier) -> None:
    before = atelier.lire(FRICHES)
    atelier.changer("mkdocs.yml", "name: material", "name: materiel")
    atelier.apercu.page(FRICHES)
    assert atelier.apercu.fautes
    assert atelier.lire(FRICHES) == before
    atelier.changer("mkdocs.yml", "name: materiel", "name: material")
    assert atelier.lire(FRICHES) == before
    assert atelier.apercu.fautes == ""


def test_a_wrong_menu_leaves_the_site_as_it_was(atelier: Atelier) -> None:
    before = atelier.lire("index")
    menu = (atelier.racine / "macros/menu.yml").read_text("utf-8")
    ecrire(atelier.racine, {"macros/menu.yml": menu + "\nautre: []\n"})
    assert not atelier.apercu.relire()
    assert "macros/menu.yml" in atelier.apercu.fautes
    assert atelier.lire("index") == before
    ecrire(atelier.racine, {"macros/menu.yml": menu})
    assert atelier.apercu.relire()


def test_an_element_renamed_takes_its_page_away_and_brings_another(atelier: Atelier) -> None:
    for path in [ENJEUX, *(file.relative_to(atelier.racine).as_posix() for file in atelier.racine.rglob("*.yml"))]:
        file = atelier.racine / path
        file.write_text(file.read_text("utf-8").replace("enjeu-friches", "enjeu-quais"), encoding="utf-8")
    assert atelier.apercu.relire()
    gone = atelier.apercu.page(FRICHES)
    assert not gone.trouvee
    assert gone.fichier and '<html lang="fr"' in gone.fichier.read_text("utf-8")
    assert "Donner un avenir aux friches" in atelier.lire("enjeux/enjeu-quais")
    atelier.achever()
    assert not (atelier.apercu.imprimerie.site / f"{FRICHES}.html").exists()


def test_a_dossier_that_begins_with_a_fault_is_shown_once_mended(dossier: Path, tmp_path: Path) -> None:
    enjeux = (dossier / ENJEUX).read_text(encoding="utf-8")
    ecrire(dossier, {ENJEUX: enjeux.replace("titre: Donner", "titre : [Donner")})
    atelier = ouvrir(dossier, tmp_path / "travail")
    assert not atelier.apercu.relire()
    assert atelier.apercu.tirage is None
    assert "strategy/enjeux.yml" in atelier.apercu.fautes
    assert atelier.apercu.page(FRICHES).fichier is None
    assert atelier.apercu.fichier("assets/identite.css") is None
    assert atelier.apercu.document("livrable-strategie.docx") is None
    assert not atelier.achever()
    ecrire(dossier, {ENJEUX: enjeux})
    assert atelier.apercu.relire()
    assert "Donner un avenir" in atelier.lire(FRICHES)


def test_a_template_wrong_from_the_start_is_told_and_other_pages_are_shown(dossier: Path, tmp_path: Path) -> None:
    template = "macros/elements/enjeu.md.j2"
    words = (dossier / template).read_text("utf-8")
    ecrire(dossier, {template: words + "\n\n{{ rien_de_tel }}\n"})
    atelier = ouvrir(dossier, tmp_path / "travail")
    assert atelier.apercu.relire()
    assert atelier.apercu.page(FRICHES).fichier is None
    assert "« rien_de_tel »" in atelier.apercu.fautes
    assert "Objectifs" in atelier.lire("objectifs/index")
    ecrire(dossier, {template: words})
    assert atelier.apercu.relire()
    assert "Donner un avenir" in atelier.lire(FRICHES)


def test_a_defect_of_the_program_does_not_stop_the_preview(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> Any:
        raise ZeroDivisionError

    before = atelier.apercu.page(FRICHES)
    with monkeypatch.context() as patched:
        patched.setattr(module, "verifier", fails)
        assert not atelier.apercu.relire()
        assert atelier.apercu.fautes.startswith("Défaut du programme (ZeroDivisionError)")
        assert atelier.apercu.page(FRICHES) == before
    with monkeypatch.context() as patched:
        patched.setattr(Imprimerie, "conclure", fails)
        assert atelier.apercu.relire()
        assert atelier.achever()
        assert atelier.apercu.fautes.startswith("Défaut du programme (ZeroDivisionError)")
    assert atelier.apercu.relire() and atelier.achever()
    assert atelier.apercu.fautes == ""


def test_work_begun_ahead_is_left_for_the_next_state(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Tirage] = []
    faire = Tirage.faire

    def noted(self: Tirage, noms: Iterable[str]) -> dict[str, TemplateFault]:
        made.append(self)
        return faire(self, noms)

    monkeypatch.setattr(Tirage, "faire", noted)
    former = atelier.apercu.tirage
    for _ in range(5):
        assert atelier.apercu.avancer()
    assert set(made) == {former}
    assert atelier.changer(ENJEUX, "Donner un avenir", "Rendre un avenir")
    made.clear()
    assert atelier.achever()
    assert set(made) == {atelier.apercu.tirage}
    assert not atelier.apercu.avancer()


def test_an_edit_waits_for_little_of_what_is_made_ahead(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, int]] = []

    def count(owner: Any, name: str, size: Callable[..., int]) -> None:
        work = getattr(owner, name)

        def noted(self: Any, *arguments: Any) -> Any:
            done.append((name, size(*arguments)))
            return work(self, *arguments)

        monkeypatch.setattr(owner, name, noted)

    count(Presse, "page", lambda *_: 1)
    count(Tirage, "faire", lambda noms: len(list(noms)))
    count(construire.Atelier, "document", lambda *_: 1)
    steps: list[list[tuple[str, int]]] = []
    while atelier.apercu.avancer():
        steps.append(done.copy())
        done.clear()
    assert {name for step in steps for name, _ in step} == {"page", "faire", "document"}
    for step in steps:
        assert sum(size for name, size in step if name == "page") <= 1
        assert sum(size for name, size in step if name == "document") <= 1
        assert sum(size for name, size in step if name == "faire") <= module.LOT


def test_an_edit_is_read_in_little_of_the_time_that_the_whole_site_takes(atelier: Atelier) -> None:
    atelier.achever()
    atelier.apercu.page(FRICHES)
    spent = []
    for former, later in pairwise(("Donner un avenir", "Rendre un avenir", "Offrir un avenir", "Donner un avenir")):
        start = time.process_time()
        assert atelier.changer(ENJEUX, former, later)
        assert later in atelier.lire(FRICHES)
        shown = time.process_time()
        atelier.achever()
        spent.append((shown - start) / (time.process_time() - shown))
    assert min(spent) < 0.5


def test_work_ahead_leaves_the_turn_to_who_waits(atelier: Atelier) -> None:
    with atelier.apercu._tour.attendu():
        ahead = threading.Thread(target=atelier.apercu.avancer)
        ahead.start()
        ahead.join(0.2)
        assert ahead.is_alive()
    ahead.join(60)
    assert not ahead.is_alive()


def attendre(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.001)


def test_who_is_waited_for_goes_before_who_works_ahead() -> None:
    tour, done, go = Tour(), [], threading.Event()

    def ahead() -> None:
        for rank in range(4):
            with tour.avance():
                done.append(f"avance {rank}")
                if rank == 1:
                    go.set()
                    attendre(lambda: tour._demandes == 2)

    def waited(name: str) -> None:
        go.wait()
        with tour.attendu():
            done.append(name)

    workers = [threading.Thread(target=ahead), *(threading.Thread(target=waited, args=[name]) for name in "ab")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert done[:2] == ["avance 0", "avance 1"]
    assert sorted(done[2:4]) == ["a", "b"]
    assert done[4:] == ["avance 2", "avance 3"]


def test_a_page_that_waits_for_news_is_told_of_each_change(atelier: Atelier) -> None:
    told = threading.Event()
    number = atelier.apercu.numero

    def waits() -> None:
        atelier.apercu.attendre(number, 60)
        told.set()

    threading.Thread(target=waits, daemon=True).start()
    assert not told.wait(0.2)
    atelier.apercu.relire()
    assert told.wait(30)


def test_a_document_is_made_once_for_each_state(atelier: Atelier) -> None:
    first = atelier.apercu.document("livrable-strategie.docx")
    assert first is not None
    assert atelier.apercu.document("livrable-strategie.docx") is first
    assert simple(" ".join(atelier.dits)).count("Document « livrable-strategie.docx »…") == 1
    assert atelier.changer(ENJEUX, "Donner un avenir", "Rendre un avenir")
    again = atelier.apercu.document("livrable-strategie.docx")
    assert again is not None and again != first
    assert atelier.apercu.document("inconnu.docx") is None


def test_data_asked_for_right_after_a_change_are_those_of_the_change(atelier: Atelier) -> None:
    assert atelier.changer(ENJEUX, "Donner un avenir", "Rendre un avenir")
    content = atelier.servi("donnees/strategie.json")
    assert content and "Rendre un avenir aux friches" in content.decode()
    assert atelier.apercu.fichier("donnees/schemas/enjeux.json") is None
    assert atelier.apercu.fichier("mentions-legales.md") is None
    assert atelier.apercu.fichier("images/quai.svg")


def test_the_search_opened_right_after_a_change_looks_in_what_was_written(atelier: Atelier) -> None:
    first = atelier.servi(recherche.FICHIER)
    assert first and b"Donner un avenir aux friches" in first
    assert atelier.servi(recherche.FICHIER) is first, "made once for each state"
    assert atelier.changer(ENJEUX, "Donner un avenir", "Rendre un avenir")
    content = atelier.servi(recherche.FICHIER)
    assert content and b"Rendre un avenir aux friches" in content
    assert b"Donner un avenir aux friches" not in content


@given(st.lists(st.sets(st.sampled_from("abcdef")), max_size=6))
def test_trees_are_forgotten_once_nothing_asks_for_them(tours: list[set[str]]) -> None:
    arbres = Arbres()
    for asked in tours:
        kept = dict(arbres)
        for texte in sorted(asked):
            if texte not in arbres:
                arbres[texte] = [{"t": "Para", "c": [texte]}]
            assert arbres[texte] is kept.get(texte, arbres[texte])
        arbres.oublier()
        assert arbres.keys() == asked


def test_what_pandoc_has_read_is_kept_no_longer_than_it_serves(atelier: Atelier) -> None:
    atelier.achever()
    size = len(atelier.apercu._arbres)
    assert size
    for turn in range(3):
        ecrire(atelier.racine, {"macros/fiches/enjeu.md.j2": f"Fiche d'essai {turn}\n"})
        assert atelier.apercu.relire() and atelier.achever()
    assert len(atelier.apercu._arbres) <= size


def test_former_states_do_not_stay_in_memory(atelier: Atelier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RESTES", 1)
    assert atelier.apercu.tirage
    first = weakref.ref(atelier.apercu.tirage.gabarits)
    gc.disable()
    try:
        for _ in range(3):
            assert atelier.apercu.relire()
        assert first() is None
    finally:
        gc.enable()
