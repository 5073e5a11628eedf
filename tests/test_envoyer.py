"""What is handed to an actor is frozen in the register: the exact files, their seals, the edition they come from."""

import hashlib
import io
import multiprocessing
import os
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from smde import envois, pages
from smde.arbre import Document
from smde.construire import atelier
from smde.dossier import charger
from smde.edition import edition
from smde.envoyer import Demande, Inscrit, demande, inscrire, resume
from smde.instantane import texte
from smde.model.acteurs import Acteur
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion
from smde.model.envois import Envoi
from smde.refus import Refus
from smde.retrouver import retrouver
from smde.views.envois import detenus, recents
from tests.commande import anglais, simple, smde
from tests.conftest import VALMER, ecrire, lire, premieres_lignes, verifier
from tests.rendu import cibles, page, paroles, tableaux

FRICHES = "schema/actions/requalifier-friches.yml"
REPRIS = ("anciennes conserveries", "anciennes conserveries et de leurs quais")
"""What the title of the action says before and after."""
PREMIER = "envoi-2019-09-20-region"
"""The envoi the dossier has already: handed to the Region at the séance of 20 September 2019."""
JOUR = date(2020, 6, 18)
WORD = {"livrable-strategie.docx": b"PK les octets du fichier Word", "livrable-strategie.pdf": b"%PDF ceux du PDF"}


def voulu(racine: Path, acteur: str = "region", niveau: Diffusion = PARTENAIRES, jour: date | None = JOUR) -> Demande:
    return demande(charger(racine), ["livrable-strategie"], acteur, None, jour, niveau, copie=False)


def remis(racine: Path, fichiers: dict[str, bytes] = WORD, niveau: Diffusion = PARTENAIRES) -> Inscrit:
    """Hand these files to the Region."""
    dossier = charger(racine)
    une = edition(dossier, niveau, "2020-06-12")
    return inscrire(dossier, voulu(racine, niveau=niveau), une, fichiers)


def refus(racine: Path, livrables: list[str], acteur: str, **autres: object) -> str:
    choix = {"seance": None, "remis": JOUR, "diffusion": PUBLIC, "copie": False, **autres}
    with pytest.raises(Refus) as refused:
        demande(charger(racine), livrables, acteur, **choix)  # type: ignore[arg-type]
    return simple(str(refused.value))


def test_the_exact_files_are_kept_with_their_seals_and_the_dossier_has_no_fault(racine: Path) -> None:
    done = remis(racine)
    place = racine / done.place
    assert {file.name: file.read_bytes() for file in place.iterdir() if file.name in WORD} == WORD
    one = charger(racine).elements[done.ident]
    assert isinstance(one, Envoi)
    seals = {fichier.nom: fichier.empreinte for fichier in one.remis}
    assert seals == {name: hashlib.sha256(content).hexdigest() for name, content in WORD.items()}
    assert (one.acteur, one.date, one.edition, one.version) == ("region", JOUR, PARTENAIRES, date(2020, 6, 12))
    assert one.contenu is not None
    kept = (place / one.contenu.nom).read_text("utf-8")
    assert kept == texte(edition(charger(racine), PARTENAIRES, "2020-06-12"))
    assert not [fault for fault in verifier(racine) if fault.severite == "erreur"]


def test_the_files_keep_their_bytes_on_every_machine_git_writes_them_on(racine: Path) -> None:
    for file in (racine / envois.REGISTRE).rglob("*"):
        if file.is_file():
            file.unlink()
    for folder in [*(racine / envois.REGISTRE).iterdir(), racine / envois.REGISTRE]:
        folder.rmdir()
    remis(racine)
    assert "* -text" in (racine / envois.REGISTRE / ".gitattributes").read_text("utf-8")


def test_the_same_files_handed_twice_on_a_day_are_written_once(racine: Path) -> None:
    first = remis(racine)
    before = sorted(racine.rglob("*"))
    again = remis(racine)
    assert (again.ident, again.fait) == (first.ident, False)
    assert sorted(racine.rglob("*")) == before
    assert "déjà au registre" in resume(again, voulu(racine))


def test_other_files_on_the_same_day_stand_beside_the_first_that_stay_as_they_were(racine: Path) -> None:
    first = remis(racine)
    second = remis(racine, {"livrable-strategie.docx": b"PK corrige dans l'apres-midi"})
    assert (first.ident, second.ident) == ("envoi-2020-06-18-region", "envoi-2020-06-18-region-2")
    assert (racine / first.place / "livrable-strategie.docx").read_bytes() == WORD["livrable-strategie.docx"]
    dossier = charger(racine)
    assert [one.id for one in recents(dossier.tous(Envoi))] == [second.ident, first.ident, PREMIER]
    assert [(nom, one.id) for nom, one in detenus(dossier.tous(Envoi), "region")] == [
        ("livrable-strategie", second.ident)
    ]
    assert simple(dossier.elements[second.ident].titre) == "Remise du 18 juin 2020 (2) – Région Littoral"


@pytest.mark.parametrize("nom", ["livrable-strategie.docx", "strategie.json"])
@pytest.mark.parametrize("sort", ["repris", "retire"])
def test_a_file_of_the_register_that_is_no_longer_itself_is_an_error_at_its_line(
    racine: Path, nom: str, sort: str
) -> None:
    done = remis(racine)
    file = racine / done.place / nom
    file.write_bytes(file.read_bytes() + b" ") if sort == "repris" else file.unlink()
    (told,) = [line for line in premieres_lignes(verifier(racine)) if "[envoi-altere]" in line]
    assert told.startswith(f"{done.place.as_posix()}/envoi.yml:")
    assert nom in told
    dossier = charger(racine)
    if nom == "strategie.json":
        with pytest.raises(Refus, match="smde verifier"):
            envois.instantane(dossier, dossier.elements[done.ident])  # type: ignore[arg-type]


def test_an_envoi_without_its_data_is_told_and_compares_with_nothing(racine: Path) -> None:
    sheet = f"{envois.REGISTRE}/{PREMIER}/envoi.yml"
    ecrire(racine, {sheet: str(lire(racine)[sheet]).partition("- nom: strategie.json")[0]})
    (told,) = [line for line in premieres_lignes(verifier(racine)) if "[envoi-altere]" in line]
    assert told.startswith(f"{sheet}:") and "n'a pas ses données (`strategie.json`)" in told
    with pytest.raises(Refus, match="rien ne s'y compare"):
        retrouver("region", racine, PUBLIC)


@pytest.mark.parametrize("niveau", ["public", "partenaires"])
def test_the_register_can_be_made_for_nobody_else(racine: Path, niveau: str) -> None:
    sheet = racine / envois.REGISTRE / PREMIER / "envoi.yml"
    ecrire(racine, {sheet.relative_to(racine).as_posix(): sheet.read_text("utf-8").replace("interne", niveau)})
    told = [fault for fault in verifier(racine) if fault.code == "valeur-refusee"]
    assert [fault.aide for fault in told] == ["Attendu : interne : le registre des envois n'en sort jamais."]
    for readers in (PUBLIC, PARTENAIRES):
        assert not edition(charger(racine), readers, "2020-06-30").tous(Envoi)


def test_nothing_of_the_register_is_in_what_others_read(racine: Path, tmp_path: Path) -> None:
    without = lire(racine)
    remis(racine, {"livrable-strategie.docx": b"PK canari-de-l-envoi"})
    for readers in (PUBLIC, PARTENAIRES):
        making = atelier(charger(racine), readers, "2020-06-30", lambda words: None)
        assert (dict(making.remises), dict(making.remis)) == ({}, {})
        made = pages.site(making.gabarits())
        assert not [one.nom for one in made.documents if "remis" in one.nom or "envoi" in one.nom]
        assert not [ident for ident in making.edition.elements if ident.startswith("envoi-")]
        before = atelier(charger(ecrire(tmp_path / readers.name, without)), readers, "2020-06-30", lambda words: None)
        assert making.donnees() == before.donnees()


def test_the_version_last_handed_is_called_by_the_name_of_the_actor(racine: Path) -> None:
    done = remis(racine)
    then = texte(edition(charger(racine), PARTENAIRES, "2020-06-12"))
    action = str(lire(racine)[FRICHES])
    ecrire(racine, {FRICHES: action.replace(*REPRIS)})
    found = retrouver("region", racine, PARTENAIRES)
    assert simple(found.nom) == "remise du 18 juin 2020 – Région Littoral"
    assert found.donnees == retrouver(done.ident, racine, PARTENAIRES).donnees
    assert found.donnees["elements"].keys() == yaml.safe_load(then)["elements"].keys()
    assert retrouver(PREMIER, racine, PUBLIC).date == "2019-09-18"
    with pytest.raises(Refus, match="--diffusion partenaires"):
        retrouver("region", racine, PUBLIC)


def test_a_document_never_handed_to_an_actor_is_refused_with_what_was(racine: Path) -> None:
    with pytest.raises(Refus) as refused:
        retrouver("region", racine, PUBLIC, documents=["synthese"])
    assert "« synthese » : jamais remis à « Région Littoral »" in simple(str(refused.value))
    assert PREMIER in str(refused.value)
    with pytest.raises(Refus, match="Rien n'a été remis à « Agence d"):
        retrouver("agence-urbanisme", racine, PUBLIC)


def test_all_that_stands_in_the_way_is_told_at_once(racine: Path) -> None:
    told = refus(racine, ["livrable-stratégie"], "regoin", seance="seance-2091", remis=None)
    assert len(told.splitlines()) == 3
    assert "Le document « livrable-stratégie » n'existe pas." in told
    assert "« regoin » n'est pas un acteur du dossier. Vouliez-vous dire `region` ?" in told
    assert "« seance-2091 » n'est pas une séance du dossier." in told
    assert not anglais(told)


def test_a_day_is_needed_and_the_one_of_the_seance_is_taken(racine: Path) -> None:
    assert "aucune séance n'est dite. Donnez-le avec --le" in refus(
        racine, ["livrable-strategie"], "region", remis=None
    )
    told = refus(racine, ["livrable-strategie"], "region", seance="seance-2020-06", remis=None)
    assert "« Groupe de pilotage de juin 2020 » n'a pas encore de date" in told
    asked = demande(charger(racine), ["livrable-strategie"], "region", "seance-2019-09", None, PUBLIC, copie=False)
    assert asked.jour == date(2019, 9, 20)


def test_a_seance_that_was_cancelled_hands_nothing(racine: Path) -> None:
    demarche = str(lire(racine)["data/demarche.yml"]).replace("statut: prevue", "statut: annulee")
    ecrire(racine, {"data/demarche.yml": demarche})
    assert "a été annulée" in refus(racine, ["livrable-strategie"], "region", seance="seance-2020-06")


def test_the_internal_edition_is_handed_to_nobody_outside(racine: Path) -> None:
    told = refus(racine, ["livrable-strategie"], "region", diffusion=INTERNE)
    assert "L'édition interne ne sort pas de la collectivité" in told
    identite = str(lire(racine)["data/identite.yml"])
    assert "acteur: valmer-metropole" in identite
    assert voulu(racine, "valmer-metropole", INTERNE).diffusion is INTERNE


def test_a_document_made_for_another_is_handed_as_a_copy_only_and_the_register_says_so(racine: Path) -> None:
    livrable = "data/livrables/strategie.yml"
    ecrire(racine, {livrable: str(lire(racine)[livrable]) + "destinataire: region\n"})
    told = refus(racine, ["livrable-strategie"], "agence-urbanisme")
    assert "est fait pour « Région Littoral », pas pour « Agence d'urbanisme" in told
    assert "--copie" in told
    dossier = charger(racine)
    asked = demande(dossier, ["livrable-strategie"], "agence-urbanisme", None, JOUR, PUBLIC, copie=True)
    done = inscrire(dossier, asked, edition(dossier, PUBLIC, "2020-06-12"), WORD)
    assert yaml.safe_load((racine / done.place / "envoi.yml").read_text("utf-8"))["copie"] is True


def test_a_document_is_handed_from_the_edition_that_holds_it(racine: Path) -> None:
    livrable = "data/livrables/strategie.yml"
    words = str(lire(racine)[livrable])
    ecrire(racine, {livrable: words.replace("diffusion: public", "diffusion: partenaires")})
    assert voulu(racine, niveau=PUBLIC).diffusion is PARTENAIRES
    ecrire(racine, {livrable: words + "plafond: public\n"})
    assert "plafond : public" in refus(racine, ["livrable-strategie"], "region", diffusion=PARTENAIRES)


def test_a_disk_that_fails_leaves_the_register_as_it_was(racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(racine.rglob("*"))

    def full(_source: object, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OSError, match="No space"):
        remis(racine)
    assert sorted(racine.rglob("*")) == before


def _remettre(racine: Path, rang: int) -> str:
    return remis(racine, {"livrable-strategie.docx": b"PK version %d" % rang}).ident


def test_people_who_hand_documents_at_the_same_time_lose_none(racine: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        idents = pool.starmap(_remettre, [(racine, rank) for rank in range(8)])
    assert len(set(idents)) == 8
    assert {one.id for one in charger(racine).tous(Envoi)} == {PREMIER, *idents}
    assert not [fault for fault in verifier(racine) if fault.severite == "erreur"]
    assert not list((racine / envois.REGISTRE).glob(".smde-*"))


@given(titre=st.text(st.characters(whitelist_categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60))
def test_whatever_the_name_of_an_actor_the_register_reads_as_it_was_written(
    titre: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = " ".join(titre.split()) or "Région"
    racine = tmp_path_factory.mktemp("envoi")
    dossier = charger(ecrire(racine, {"data/acteurs.yml": "- {id: region, titre: Région, type: region}\n"}))
    acteur = dossier.elements["region"]
    assert isinstance(acteur, Acteur)
    asked = Demande((), acteur.model_copy(update={"titre": name}), None, JOUR, PUBLIC, copie=False)
    done = inscrire(dossier, asked, edition(dossier, PUBLIC, "2020-06-12"), WORD)
    assert charger(racine).elements[done.ident].titre.endswith(unicodedata.normalize("NFC", name))


@pytest.fixture(scope="module")
def interne(tmp_path_factory: pytest.TempPathFactory) -> pages.Pages:
    """The internal site, after the Region was handed a document and the budget of an action changed."""
    racine = ecrire(tmp_path_factory.mktemp("interne"), lire(VALMER))
    remis(racine)
    action = str(lire(racine)[FRICHES])
    ecrire(racine, {FRICHES: action.replace(*REPRIS)})
    return pages.site(atelier(charger(racine), INTERNE, "2020-06-30", lambda words: None).gabarits())


def region(interne: pages.Pages) -> Document:
    return page(interne, "acteurs/region")


def test_the_page_of_a_partner_says_what_they_hold_and_how_much_changed_since(interne: pages.Pages) -> None:
    _, row = tableaux(region(interne).blocs)["Ce que l’acteur détient"]
    assert row[0] == "Stratégie et schéma"
    assert simple(row[1]).startswith("Version du 12 juin 2020, remise le 18 juin 2020")
    assert "changement" in row[2]
    rows = tableaux(region(interne).blocs)["Tout ce qui lui a été remis"]
    assert [simple(row[0]) for row in rows[1:]] == [
        "Remise du 18 juin 2020 – Région Littoral",
        "Remise du 20 septembre 2019 – Région Littoral",
    ]
    assert "page:remises/depuis-envoi-2020-06-18-region" in cibles(region(interne))


def test_a_partner_who_holds_nothing_has_no_such_section(interne: pages.Pages) -> None:
    assert "Documents remis" not in paroles(page(interne, "acteurs/agence-urbanisme").blocs)


def test_what_changed_since_is_told_as_the_partner_would_read_it(interne: pages.Pages) -> None:
    told = simple(paroles(page(interne, "remises/depuis-envoi-2020-06-18-region").blocs))
    assert (
        "python3 build.py documents livrable-strategie --diffusion partenaires --depuis envoi-2020-06-18-region" in told
    )


def test_the_register_lists_each_envoi_with_its_files_and_seals(interne: pages.Pages) -> None:
    register = page(interne, "envois")
    assert {"fichier:envois/envoi-2020-06-18-region/livrable-strategie.docx"} <= set(cibles(register))
    seal = hashlib.sha256(WORD["livrable-strategie.docx"]).hexdigest()
    assert seal in paroles(register.blocs).replace(" ", "")
    assert f"#{PREMIER}" in cibles(page(interne, "demarche/validations"))


def test_the_command_freezes_real_word_files_then_shows_what_changed_since(racine: Path, tmp_path: Path) -> None:
    given = ("envoyer", "livrable-strategie", "--a", "region", "--le", "2020-06-18", "--diffusion", "partenaires")
    made = ("--racine", racine, "--date", "2020-06-12", "--format", "docx")
    tried = smde(*given, *made, "--essai")
    assert (tried.code, "Serait inscrit" in tried.sortie) == (0, True), tried.dit
    assert not (racine / envois.REGISTRE / "envoi-2020-06-18-region").exists()
    done = smde(*given, *made)
    assert done.code == 0, done.dit
    file = racine / envois.REGISTRE / "envoi-2020-06-18-region" / "livrable-strategie.docx"
    seal = hashlib.sha256(file.read_bytes()).hexdigest()
    assert f"(sha256 {seal})" in done.sortie and f"(sha256 {seal})" in tried.sortie
    action = (racine / FRICHES).read_text("utf-8")
    ecrire(racine, {FRICHES: action.replace(*REPRIS)})
    again = ("documents", "livrable-strategie", "--depuis", "region", "--diffusion", "partenaires", *made)
    shown = smde(*again, "--sortie", tmp_path / "sortie")
    assert shown.code == 0, shown.dit
    (word,) = (tmp_path / "sortie" / "documents").glob("*.docx")
    body = zipfile.ZipFile(io.BytesIO(word.read_bytes())).read("word/document.xml").decode()
    assert "<w:ins " in body and "<w:del " in body
    assert smde("verifier", "--racine", racine).code == 0
