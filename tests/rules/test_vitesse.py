"""No rule costs the square of what it reads: long and hostile texts are judged in the time it takes to read them."""

import time
from types import SimpleNamespace
from typing import cast

import pytest

from smde import rules
from smde.dossier import Dossier, Passage
from smde.model.champ import PUBLIC
from smde.model.plan import champs
from smde.model.strategie import Enjeu

REGLES_DE_TEXTE = ("sigle-non-defini", "phrase-longue", "personne-nommee", "mot-conforme")


def dossier(texte: str) -> Dossier:
    """A dossier that is one text."""
    enjeu = Enjeu(id="attirer", titre="Attirer des habitants", texte=texte, diffusion=PUBLIC)
    passage = Passage(enjeu, ("texte",), champs(Enjeu)["texte"], PUBLIC, texte)
    return cast(
        Dossier, SimpleNamespace(passages=[passage], genres={"attirer": "enjeu"}, broken={}, tous=lambda classe: [])
    )


@pytest.mark.parametrize(
    "motif",
    ["PLH ", "PLH-", "A", "A.", "M. ", "M.", "Mme Mme ", "M. d'", "conforme ", "conforme à la ", ".", '."', "\n", "\n ",
     ". \n- ", "a.a-", "a.b@", "x@", "mot ", "mot\n", "[[", "](", "é", "\u00a0"],
)  # fmt: skip
@pytest.mark.parametrize("code", REGLES_DE_TEXTE)
def test_a_text_at_the_limit_of_length_is_judged_in_no_time(code: str, motif: str) -> None:
    text = f"M.{(motif * 100_000)[:100_000]}M"
    start = time.process_time()
    list(rules.rules()[code].check(dossier(text)))
    assert time.process_time() - start < 1
