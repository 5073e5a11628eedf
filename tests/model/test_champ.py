"""A field says who may read it, or nobody outside may: nothing is public by forgetting."""

import pytest
from pydantic import BaseModel, Field, ValidationError

from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, Partie, champ, field_level
from smde.model.element import Element
from smde.model.strategie import Enjeu


def test_readerships_go_from_the_widest_to_the_narrowest() -> None:
    assert PUBLIC < PARTENAIRES < INTERNE
    assert [level.name for level in sorted(Diffusion)] == ["public", "partenaires", "interne"]
    assert max(PUBLIC, INTERNE) is INTERNE


def test_a_field_cannot_be_declared_without_saying_who_reads_it() -> None:
    with pytest.raises(TypeError):
        champ("Titre", "Intitulé.")  # type: ignore[call-arg]


@pytest.mark.parametrize("level", Diffusion)
def test_a_field_keeps_the_readership_it_was_declared_for(level: Diffusion) -> None:
    class Fiche(BaseModel):
        titre: str = champ("Titre", "Intitulé.", level)

    assert field_level(Fiche.model_fields["titre"]) is level
    assert Fiche.model_fields["titre"].title == "Titre"


def test_a_field_built_around_the_declaration_is_internal() -> None:
    class Fiche(BaseModel):
        oubli: str = "x"
        ailleurs: str = Field("x", json_schema_extra={"diffusion": 3})
        appel: str = Field("x", json_schema_extra=lambda schema: None)

    assert {field_level(info) for info in Fiche.model_fields.values()} == {INTERNE}


def test_a_part_is_public_unless_its_own_state_says_otherwise() -> None:
    assert Partie().niveau() is PUBLIC


def test_a_part_cannot_be_changed_and_takes_no_unknown_field() -> None:
    enjeu = Enjeu(id="friches", titre="Les friches")
    with pytest.raises(ValidationError):
        enjeu.titre = "Autre"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Enjeu.model_validate({"id": "friches", "titre": "Les friches", "couleur": "bleu"})


def test_two_elements_share_no_list() -> None:
    first, second = Enjeu(id="a", titre="A"), Enjeu(id="b", titre="B")
    assert first.constats == [] and first.constats is not second.constats


def test_the_value_typed_is_not_in_the_text_of_an_error() -> None:
    with pytest.raises(ValidationError) as caught:
        Enjeu.model_validate({"id": "friches", "titre": "Les friches", "constats": "position confidentielle"})
    assert "confidentielle" not in str(caught.value)


def test_an_element_without_readership_is_internal() -> None:
    assert Element(id="friches", titre="Les friches").niveau() is INTERNE
