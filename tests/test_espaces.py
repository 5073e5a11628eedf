"""What word processors put in place of a plain space or of a dash is told where it stands, and costs nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde.dossier import charger
from smde.source import parse
from tests.conftest import duree, ecrire, souligne, verifie_le_francais

N, FINE = "\u00a0", "\u202f"
ENJEU = """\
- id: enjeu-centre
  titre: Remplir le centre
  diffusion: interne
  constats: [friches-portuaires]
  influence:
    degre: anime
    leviers:
      - Plan local d'urbanisme
"""
ESPACE, PUCE = "Une espace insécable se trouve ici", "Ce signe n'est pas le trait d'union"

FAUTES: dict[str, tuple[str, str, tuple[int, int]]] = {
    "before a field": ("  titre", f"{N}{N}titre", (2, 1)),
    "between the spaces before a field": ("  titre", f" {N}titre", (2, 2)),
    "a narrow one": ("  titre", f"{FINE} titre", (2, 1)),
    "an ideographic one": ("  titre", "\u3000 titre", (2, 1)),
    "before the colon": ("titre:", f"titre{N}:", (2, 8)),
    "after the colon": ("titre: ", f"titre:{N}", (2, 9)),
    "on both sides of the colon": ("titre: ", f"titre{N}:{N}", (2, 8)),
    "after the dash of an element": ("- id", f"-{N}id", (1, 2)),
    "before a field of a block": ("    degre", f"  {N}{N}degre", (6, 3)),
    "before the second field of a block": ("    leviers", f"{N * 4}leviers", (7, 1)),
    "before the dash of an item": ("      - Plan", f"{N * 6}- Plan", (8, 1)),
    "after the dash of an item": ("- Plan", f"-{N}Plan", (8, 8)),
    "before the value of a choice": ("diffusion: ", f"diffusion: {N}", (3, 14)),
    "a long dash": ("- id", "– id", (1, 1)),
    "a very long dash": ("- id", "— id", (1, 1)),
    "a bullet": ("- id", "• id", (1, 1)),
    "a minus sign": ("- id", "− id", (1, 1)),
}


def lu(racine: Path, text: str) -> Path:
    return ecrire(racine, {"strategy/enjeux/centre.yml": text})


@pytest.mark.parametrize("name", FAUTES)
def test_a_sign_that_looks_right_is_told_once_where_it_stands_and_the_element_is_read(racine: Path, name: str) -> None:
    former, typed, place = FAUTES[name]
    assert former in ENJEU
    dossier = charger(lu(racine, ENJEU.replace(former, typed, 1)))
    (diagnostic,) = dossier.diagnostics
    assert diagnostic.code == "yaml-syntaxe"
    assert diagnostic.message.startswith(PUCE if typed[0] in "–—•−" else ESPACE)
    assert diagnostic.place.span[:2] == place
    assert not souligne(diagnostic).isascii()
    verifie_le_francais(diagnostic)
    sound = charger(lu(racine, ENJEU))
    assert sound.diagnostics == []
    assert dossier.elements["enjeu-centre"] == sound.elements["enjeu-centre"]


def test_every_line_of_a_pasted_file_is_told_in_one_run(racine: Path) -> None:
    dossier = charger(lu(racine, ENJEU.replace("  ", N * 2)))
    assert [d.place.span.line for d in dossier.diagnostics] == [2, 3, 4, 5, 6, 7, 8]
    assert {d.message[: len(ESPACE)] for d in dossier.diagnostics} == {ESPACE}
    assert "enjeu-centre" in dossier.elements


def test_what_else_is_wrong_in_the_file_is_told_in_the_same_run(racine: Path) -> None:
    text = ENJEU.replace("  titre", f"{N}{N}titre").replace("anime", "commande") + '  notes: "À suivre\n'
    codes = [(d.place.span.line, d.code) for d in charger(lu(racine, text)).diagnostics]
    assert codes == [(2, "yaml-syntaxe"), (6, "valeur-refusee"), (9, "yaml-syntaxe")]


def test_spaces_after_a_value_do_no_harm(racine: Path) -> None:
    text = ENJEU.replace("interne", f"interne{N}").replace("le centre", f"le centre {FINE}")
    dossier = charger(lu(racine, text))
    assert dossier.diagnostics == []
    assert dossier.elements["enjeu-centre"].titre == "Remplir le centre"


TEXTES = {
    "a text kept as typed": f"  texte: |-\n    Objectif{N}: loger.\n    {N}Suite{FINE}: attendre.\n    – un tiret\n",
    "a folded text": f"  texte: >-\n    Trois sites{N}:\n\n    –{N}la gare{N}: fermée{FINE};\n\n    —{N}le port.\n",
    "a text on several lines": f"  texte: Le port\n    est{N}vide\n    – ou presque\n    •{N}depuis 2009.\n",
    "a quoted text": f'  texte: "Le port\n    vide{N}: depuis\n    – 2009{N}!"\n',
    "a title": f"  question: Que faire «{N}au port{N}» – et quand{FINE}?\n",
    "a list between brackets": f"  remplace: [friches-portuaires,\n    {N}vacance-tertiaire]\n",
}


@pytest.mark.parametrize("name", TEXTES)
def test_inside_a_text_they_are_good_typography(racine: Path, name: str) -> None:
    if "remplace" in TEXTES[name]:
        assert parse((ENJEU + TEXTES[name]).encode(), "strategy/enjeux.yml").diagnostics == []
        return
    dossier = charger(lu(racine, ENJEU + TEXTES[name]))
    assert dossier.diagnostics == []
    words = dossier.elements["enjeu-centre"].model_dump()
    typed = "".join(TEXTES[name].split(":", 1)[1].split()).strip('|>"-')
    assert "".join(str(words["texte"] or words["question"]).split()) == typed


@given(
    st.lists(
        st.sampled_from([N, FINE, " ", "–", "-", "• ", ":", "a", "titre", "\n", "  ", "'", '"', "|", "["]), max_size=25
    )
)
def test_whatever_is_typed_is_read_and_only_such_signs_are_told(pieces: list[str]) -> None:
    source = parse("".join(pieces).encode(), "strategy/enjeux.yml")
    told = [d for d in source.diagnostics if d.message.startswith((ESPACE, PUCE))]
    assert all(souligne(d) in (N, FINE, "–", "•") for d in told)
    assert len({d.place.span.line for d in told}) == len(told)


def test_a_long_text_full_of_them_makes_nobody_wait() -> None:
    line = f"- id: e{N}\n  titre{N}: Le port\n  texte: |-\n    Objectif{N}: loger{FINE};\n    –{N}la gare.\n"

    def work(count: int) -> float:
        return duree(lambda: parse((line * count).encode(), "strategy/enjeux.yml"))

    assert work(4000) < 30 * max(work(400), 0.01)  # 100 times if it grew with the square
