"""The PDF carries the data it is made from: the public contract, of its edition and of its filter, the same bytes."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pypdf import PdfReader

from smde import construire, instantane
from smde.dossier import charger
from smde.model.champ import PARTENAIRES, PUBLIC, Diffusion
from smde.model.identite import FormatDocument, Livrable
from smde.outputs import donnees, schemas
from tests.conftest import VALMER, Fichiers, ecrire
from tests.rendu import edition_de

DATE = "2026-11-22"


@cache
def fabrique(niveau: Diffusion, racine: Path = VALMER) -> Mapping[str, bytes]:
    """The PDF files of an edition of the dossier."""
    return construire.atelier(charger(racine), niveau, DATE, lambda _: None).documents(formats=[FormatDocument.pdf])


def jointes(fichier: bytes) -> dict[str, bytes]:
    """The files attached to a PDF."""
    return {nom: parts[0] for nom, parts in PdfReader(io.BytesIO(fichier)).attachments.items()}


def lue(nom: str, fichier: bytes) -> Any:
    return json.loads(jointes(fichier)[nom.replace(".pdf", ".json")])


@pytest.mark.parametrize("niveau", [PUBLIC, PARTENAIRES])
def test_each_pdf_carries_the_data_of_its_edition_under_the_public_contract(niveau: Diffusion) -> None:
    files = fabrique(niveau)
    assert files
    schema = schemas.donnees(niveau, instantane.CONTRAT)
    for nom, content in files.items():
        assert list(jointes(content)) == [nom.replace(".pdf", ".json")]
        data = lue(nom, content)
        jsonschema.validate(data, schema)
        assert (data["contrat"], data["date"], data["diffusion"]) == (instantane.CONTRAT, DATE, niveau.name)


def test_a_document_without_filter_carries_what_the_open_data_publish() -> None:
    edition = edition_de(VALMER, PUBLIC)
    filters = {livrable.id: livrable.filtre for livrable in edition.tous(Livrable)}
    whole = [ident for ident, filtre in filters.items() if not (filtre.priorites or filtre.cadres)]
    assert whole
    for ident in whole:
        assert jointes(fabrique(PUBLIC)[f"{ident}.pdf"])[f"{ident}.json"] == donnees.fichiers(edition)["strategie.json"]


def test_a_document_with_a_filter_carries_what_the_filter_keeps(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    livrable = "id: extrait\ntitre: Extrait\nlecteur: Élus\nmodele: strategie-et-schema\ndiffusion: public\n"
    livrable += "filtre: {priorites: [priorite-friches]}\nformats: [pdf]\n"
    priorites = [element.id for element in edition_de(VALMER, PUBLIC).elements.values() if element.genre == "priorite"]
    livrable = livrable.replace("priorite-friches", priorites[0])
    files = fabrique(PUBLIC, ecrire(tmp_path, {**fichiers_valmer, "data/livrables/extrait.yml": livrable}))
    data = lue("extrait.pdf", files["extrait.pdf"])
    assert [element["id"] for element in data["elements"]["priorite"]] == priorites[:1]
    assert {action["priorite"] for action in data["elements"]["action"]} == {priorites[0]}


def test_a_reader_of_the_file_is_told_what_is_attached() -> None:
    root: Any = PdfReader(io.BytesIO(next(iter(fabrique(PUBLIC).values())))).trailer["/Root"]
    (spec,) = (item.get_object() for item in root["/AF"])
    assert spec["/AFRelationship"] == "/Data"
    assert spec["/Desc"] == "Les données dont ce document est tiré"
    embedded = spec["/EF"]["/F"].get_object()  # type: ignore[index]
    assert embedded["/Subtype"] == "/application/json"
    assert embedded["/Params"]["/ModDate"] == "D:20261122000000Z"


def test_the_attached_data_do_not_say_what_is_above_the_edition(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    """Two dossiers that differ by an interne element only: the same bytes, data included."""
    more = "- id: constat-secret\n  titre: Le rachat du chantier se prépare\n  theme: THEME\n  nature: tendance\n"
    theme = next(element.id for element in edition_de().elements.values() if element.genre == "theme")
    path = "strategy/diagnostic/zz-interne.yml"
    richer = ecrire(tmp_path, {**fichiers_valmer, path: more.replace("THEME", theme)})
    assert "constat-secret" in charger(richer).elements
    assert fabrique(PUBLIC, richer) == fabrique(PUBLIC)
