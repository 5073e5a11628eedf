"""A Word file goes out, is changed by others, and is read back: each field found, and exactly those that changed."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from lxml import etree

from smde import pages
from smde.dossier import charger
from smde.edition import Edition, edition
from smde.fichier_word import FichierRefuse
from smde.inputs.word import Retour, lire
from smde.model.champ import INTERNE, PARTENAIRES
from smde.model.identite import Livrable
from smde.outputs import docx
from smde.saisie import Origine
from tests.brest import RACINE
from tests.conftest import VALMER, Fichiers, ecrire
from tests.controle_word import fautes
from tests.generation import dossiers
from tests.outputs.conftest import bureautique as bureautique
from tests.rendu import DATE, edition_de, gabarits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXTE, NOTES, LISTE = "word/document.xml", "word/footnotes.xml", "customXml/item1.xml"
FRICHE = "action-requalifier-friches"
TITRE = Origine(FRICHE, "titre")
DEMANDE = Origine(FRICHE, "negociations.0.demande")


def ecrit(une_edition: Edition, livrable: Livrable, *, suivi: bool = False) -> bytes:
    """The Word file of a livrable."""
    with TemporaryDirectory() as folder:
        docx.write(pages.livrable(gabarits(une_edition), livrable), Path(folder, "a.docx"), suivi=suivi)
        return Path(folder, "a.docx").read_bytes()


@pytest.fixture(scope="module")
def valmer() -> bytes:
    here = edition_de(VALMER, INTERNE)
    return ecrit(here, here.tous(Livrable)[0])


@pytest.fixture(scope="module")
def region() -> bytes:
    here = edition_de(RACINE, PARTENAIRES)
    return ecrit(here, here.element("dossier-region", Livrable))


def parties(contenu: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refait(contenu: bytes, nom: str, change: Callable[[etree._Element], None]) -> bytes:
    """The same file, one of its parts changed."""
    parts = parties(contenu)
    tree = etree.fromstring(parts[nom])
    change(tree)
    parts[nom] = etree.tostring(tree)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def signets(contenu: bytes) -> list[str]:
    """The names of all bookmarks, text then notes."""
    parts = parties(contenu)
    return [
        str(start.get(f"{W}name"))
        for name in (TEXTE, NOTES)
        for start in etree.fromstring(parts[name]).iter(f"{W}bookmarkStart")
    ]


def annonces(contenu: bytes) -> list[str]:
    """The names of the bookmarks the list of the fields gives."""
    return [str(node.get("nom")) for node in etree.fromstring(parties(contenu)[LISTE]).iter("{*}signet")]


def debut(tree: etree._Element, nom: str) -> etree._Element:
    return next(start for start in tree.iter(f"{W}bookmarkStart") if start.get(f"{W}name") == nom)


def textes_de(tree: etree._Element, nom: str) -> list[etree._Element]:
    """The words of a bookmark that lies in one paragraph."""
    start = debut(tree, nom)
    inside = start.itersiblings()
    runs = []
    for node in inside:
        if node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") == start.get(f"{W}id"):
            break
        runs += list(node.iter(f"{W}t"))
    return runs


def change(nom: str, mots: str) -> Callable[[etree._Element], None]:
    """Write other words in a bookmark, as who does not track revisions."""

    def made(tree: etree._Element) -> None:
        first, *rest = textes_de(tree, nom)
        first.text = mots
        for other in rest:
            other.text = ""

    return made


def changes(contenu: bytes) -> dict[Origine, list[str]]:
    """The fields that changed, and what they now say where they did."""
    return {
        champ.origine: [printed.texte for printed in champ.impressions if printed.changee]
        for champ in lire(contenu).changes()
    }


def signet_de(contenu: bytes, origine: Origine, rang: int = 0) -> str:
    """The name of a bookmark of a field."""
    for found in etree.fromstring(parties(contenu)[LISTE]):
        if (found.get("element"), found.get("chemin")) == origine:
            return str(list(found.iter("{*}signet"))[rang].get("nom"))
    raise LookupError(origine)


def champ(retour: Retour, origine: Origine) -> list[str]:
    return [p.texte for found in retour.champs if found.origine == origine for p in found.impressions]


def test_a_file_read_back_as_it_went_out_says_what_it_is_and_that_nothing_changed(valmer: bytes) -> None:
    retour = lire(valmer)
    assert (retour.livrable, retour.edition, retour.date) == ("livrable-strategie", "interne", DATE)
    assert retour.version == DATE[:7]
    assert retour.changes() == ()
    assert not [lost for found in retour.champs for printed in found.impressions for lost in printed.perdus]


def test_each_text_is_found_as_it_was_typed_whatever_holds_it(valmer: bytes) -> None:
    retour = lire(valmer)
    assert set(champ(retour, TITRE)) == {"Requalifier la friche des anciennes conserveries"}
    assert champ(retour, DEMANDE) == ["Une part régionale de 20 % de la dépollution."]
    assert champ(retour, Origine(FRICHE, "etapes.1.titre")) == ["Consultation des entreprises"], "a cell of a table"
    assert champ(retour, Origine(FRICHE, "descriptif")) == [
        "Trois temps :\ndépolluer les sols ;\ndémolir ce qui ne peut pas servir ;\nviabiliser douze lots."
    ]


def test_a_field_printed_again_has_bookmarks_of_its_own(valmer: bytes) -> None:
    assert len(champ(lire(valmer), TITRE)) > 2, "its own heading, and tables that name it"


def test_a_note_has_its_fields(region: bytes) -> None:
    notes = etree.fromstring(parties(region)[NOTES])
    named = {str(start.get(f"{W}name")) for start in notes.iter(f"{W}bookmarkStart")}
    assert named
    assert named <= set(annonces(region))


@pytest.mark.parametrize("fichier", ["valmer", "region"])
def test_every_bookmark_is_sound_and_every_listed_one_is_there(fichier: str, request: pytest.FixtureRequest) -> None:
    contenu = request.getfixturevalue(fichier)
    listed = annonces(contenu)
    assert len(listed) == len(set(listed)) > 100
    assert set(listed) <= set(signets(contenu))
    assert max(map(len, listed)) <= 32, "LibreOffice adds « _Copy_1 » in notes, within forty"
    assert fautes(contenu) == []


def test_the_same_dossier_gives_the_same_names(valmer: bytes) -> None:
    here = edition_de(VALMER, INTERNE)
    assert ecrit(here, here.tous(Livrable)[0]) == valmer


def test_partners_are_told_of_no_field_they_may_not_read() -> None:
    """Neither its name nor its digest: the shortest positions could be guessed from it."""
    here = edition_de(VALMER, PARTENAIRES)
    retour = lire(ecrit(here, here.tous(Livrable)[0]))
    kept = {found.origine for found in retour.champs}
    assert not {origine for origine in kept if origine.chemin.endswith((".repli", ".points.0", "notes"))}


def test_exactly_the_fields_that_were_changed_are_said_to_have_changed(valmer: bytes) -> None:
    step = Origine(FRICHE, "etapes.1.titre")
    returned = refait(valmer, TEXTE, change(signet_de(valmer, DEMANDE), "Une part de 15 %."))
    returned = refait(returned, TEXTE, change(signet_de(valmer, step), "Consultation lancée"))
    assert changes(returned) == {
        DEMANDE: ["Une part de 15 %."],
        step: ["Consultation lancée"],
    }


def test_a_tracked_deletion_and_a_tracked_insertion_are_read_as_accepted(valmer: bytes) -> None:
    def track(tree: etree._Element) -> None:
        words = textes_de(tree, signet_de(valmer, DEMANDE))[0]
        run = words.getparent()
        assert run is not None
        deleted, inserted = (etree.Element(f"{W}{tag}", {f"{W}id": n}) for tag, n in (("del", "901"), ("ins", "902")))
        run.addnext(inserted)
        inserted.append(etree.fromstring(f'<r xmlns="{W[1:-1]}"><t>Un quart de la dépollution.</t></r>'))
        run.addnext(deleted)
        words.tag = f"{W}delText"
        deleted.append(run)

    assert changes(refait(valmer, TEXTE, track)) == {DEMANDE: ["Un quart de la dépollution."]}


def test_words_typed_at_the_edge_of_a_paragraph_that_is_all_a_field_are_of_the_field(valmer: bytes) -> None:
    def after(tree: etree._Element) -> None:
        paragraph = debut(tree, signet_de(valmer, DEMANDE)).getparent()
        assert paragraph is not None
        paragraph.append(etree.fromstring(f'<r xmlns="{W[1:-1]}"><t> Et un calendrier.</t></r>'))

    assert changes(refait(valmer, TEXTE, after)) == {
        DEMANDE: ["Une part régionale de 20 % de la dépollution. Et un calendrier."]
    }


def test_a_paragraph_taken_away_is_said_to_be_lost(valmer: bytes) -> None:
    descriptif = Origine(FRICHE, "descriptif")
    nom = signet_de(valmer, descriptif, 2)

    def take_away(tree: etree._Element) -> None:
        paragraph = debut(tree, nom).getparent()
        assert paragraph is not None
        paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]

    (found,) = lire(refait(valmer, TEXTE, take_away)).changes()
    assert found.origine == descriptif
    assert [printed.perdus for printed in found.impressions] == [(nom,)]


def test_other_blanks_and_other_runs_are_no_change(valmer: bytes) -> None:
    """Word and LibreOffice cut runs and change blanks as they please."""

    def cut(tree: etree._Element) -> None:
        for words in list(tree.iter(f"{W}t")):
            words.text = (words.text or "").replace("\u00a0", " ").replace("\u202f", "  ")

    assert changes(refait(valmer, TEXTE, cut)) == {}


def test_a_file_that_names_no_field_is_refused_in_a_sentence(valmer: bytes) -> None:
    def forget(tree: etree._Element) -> None:
        tree.tag = "autre"

    with pytest.raises(FichierRefuse, match="ne dit pas de quels champs il est fait"):
        lire(refait(valmer, LISTE, forget))
    with pytest.raises(FichierRefuse):
        lire(b"Bonjour")


def test_bookmarks_laid_over_one_another_are_refused_before_they_fill_the_memory(valmer: bytes) -> None:
    def pile(tree: etree._Element) -> None:
        words = next(tree.iter(f"{W}t"))
        words.text = "x" * 100_000
        paragraph = next(words.iterancestors(f"{W}p"))
        for rank in range(20_000):
            node = {f"{W}id": str(90_000 + rank), f"{W}name": f"z{rank}"}
            paragraph.insert(0, etree.Element(f"{W}bookmarkStart", node))
            paragraph.append(etree.Element(f"{W}bookmarkEnd", {f"{W}id": node[f"{W}id"]}))

    with pytest.raises(FichierRefuse, match="se recouvrent"):
        lire(refait(valmer, TEXTE, pile))


def test_with_or_without_tracking_the_fields_are_the_same(valmer: bytes) -> None:
    here = edition_de(VALMER, INTERNE)
    tracked = ecrit(here, here.tous(Livrable)[0], suivi=True)
    asked = [b"trackRevisions" in parties(contenu)["word/settings.xml"] for contenu in (valmer, tracked)]
    assert asked == [False, True]
    assert lire(tracked) == lire(valmer)
    assert fautes(tracked) == []


@settings(max_examples=6)
@given(dossiers())
def test_whatever_the_dossier_every_field_goes_out_and_comes_back(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        here = edition(charger(ecrire(Path(folder), files)), INTERNE, DATE)
    for livrable in here.tous(Livrable)[:1]:
        contenu = ecrit(here, livrable)
        retour = lire(contenu)
        assert retour.changes() == ()
        assert len(annonces(contenu)) == len(set(annonces(contenu)))
        assert {found.origine.element for found in retour.champs} <= {*here.elements, here.identite.id}


@pytest.mark.libreoffice
def test_libreoffice_keeps_every_field_of_the_dossier_for_the_region(
    region: bytes, bureautique: Path, tmp_path: Path
) -> None:
    """Opened and saved by LibreOffice, nothing changed; then three fields amended, and those three only."""
    source, target = tmp_path / "dossier.docx", tmp_path / "rendu"
    source.write_bytes(region)
    profil = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    options = [profil, "--headless", "--norestore", "--convert-to", "docx", "--outdir", str(target), str(source)]
    subprocess.run([str(bureautique), *options], check=True, capture_output=True, timeout=400)
    shutil.rmtree(tmp_path / "profil", ignore_errors=True)
    saved = (target / "dossier.docx").read_bytes()
    known = {nom.split("_Copy_")[0] for nom in signets(saved)}
    assert set(annonces(region)) <= known
    assert lire(saved) == lire(region), "every field found, its text the same"
    chosen = [found for found in lire(region).champs if found.origine.chemin in ("contexte", "negociations.0.demande")][
        :3
    ]
    amended = saved
    for found in chosen:
        amended = refait(amended, TEXTE, change(signet_de(region, found.origine), "Autrement dit."))
    assert len(chosen) == 3
    assert set(changes(amended)) == {found.origine for found in chosen}
