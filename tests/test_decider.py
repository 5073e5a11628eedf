"""What a séance decided is written back in the files, and not another byte."""

import difflib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde.composer import Noeud
from smde.decider import decider, ecrire, resume
from smde.dossier import charger
from smde.edition import empreinte
from smde.model.element import StatutValidation
from smde.refus import Refus
from smde.retouche import Retouche, RetoucheImpossible, retouchee
from smde.source import parse
from tests.commande import anglais, simple, smde
from tests.conftest import Fichiers, lire, verifier
from tests.conftest import ecrire as ecrire_dossier
from tests.seance_tenue import DECISION, DEMARCHE, ENJEUX, GARDES, OBJECTIFS, SEANCE, changee, decidee, tenue


@pytest.fixture(name="tenue")
def _tenue(tmp_path: Path, fichiers_valmer: Fichiers) -> Path:
    return tenue(tmp_path / "valmer", fichiers_valmer)


def ajoutees(avant: Fichiers, apres: Fichiers) -> list[str]:
    """The lines that are other, as a reviewer sees them in a merge request."""
    found = []
    for path in sorted(apres):
        lines = difflib.unified_diff(str(avant[path]).splitlines(), str(apres[path]).splitlines(), lineterm="", n=0)
        found += [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]
    return found


def test_the_states_and_the_fingerprints_are_written_and_nothing_else(tenue: Path) -> None:
    before = lire(tenue)
    dossier = charger(tenue)
    bilan = decider(dossier, "seance-2020-06")
    ecrire(tenue, bilan)
    changed = ajoutees(before, {path: text for path, text in lire(tenue).items() if path in before})
    seals = {ident: empreinte(dossier, ident) for ident in ("enjeu-friches", "objectif-reconversion")}
    assert f"+        empreinte: {seals['enjeu-friches']}" in changed
    assert f"+      - {{element: objectif-reconversion, empreinte: {seals['objectif-reconversion']}}}" in changed
    assert "+  validation: {statut: valide, decision: decision-2020-06}" in changed
    text = str(lire(tenue)[DEMARCHE])
    assert "# relue par le service des assemblées" in text and "# tel que présenté" in text
    after = charger(tenue)
    for ident in seals:
        state = after.elements[ident].validation
        assert (state.statut, state.decision) == (StatutValidation.valide, "decision-2020-06")
    assert not [fault for fault in verifier(tenue) if fault.severite == "erreur"]


def test_what_was_written_is_not_written_again(tenue: Path) -> None:
    ecrire(tenue, decider(charger(tenue), "seance-2020-06"))
    once = lire(tenue)
    again = decider(charger(tenue), "seance-2020-06")
    assert again.textes == {}
    assert resume(again, essai=False).startswith("Rien à écrire")
    assert lire(tenue) == once


def test_what_was_validated_is_not_sealed_anew_when_the_text_changed(tenue: Path) -> None:
    ecrire(tenue, decider(charger(tenue), "seance-2020-06"))
    text = str(lire(tenue)[ENJEUX])
    ecrire_dossier(tenue, {ENJEUX: text.replace("titre: Donner un avenir", "titre: Rendre un avenir")})
    assert decider(charger(tenue), "seance-2020-06").textes == {}
    assert "valide-mais-modifie" in {fault.code for fault in verifier(tenue)}


def test_line_ends_and_the_mark_of_a_windows_editor_stay(tenue: Path) -> None:
    for path in (ENJEUX, DEMARCHE):
        file = tenue / path
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    ecrire(tenue, decider(charger(tenue), "seance-2020-06"))
    for path in (ENJEUX, DEMARCHE):
        content = (tenue / path).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
    assert charger(tenue).elements["enjeu-friches"].validation.statut is StatutValidation.valide


@pytest.mark.parametrize(
    ("seance", "said"),
    [
        ("inconnue", "n'est pas une séance du dossier. Séances : seance-2019-09, seance-2020-06."),
        ("enjeu-friches", "n'est pas une séance du dossier"),
        ("seance-2020-06", "n'a pas encore eu lieu. Écrivez sa date et « statut: tenue »"),
    ],
)
def test_a_seance_that_decided_nothing_is_refused_in_a_sentence(racine: Path, seance: str, said: str) -> None:
    with pytest.raises(Refus) as refused:
        decider(charger(racine), seance)
    assert said in str(refused.value)
    assert not anglais(str(refused.value))


def test_a_seance_held_without_decision_says_what_to_write(tenue: Path) -> None:
    text = str(lire(tenue)[DEMARCHE])
    day = "    date: 2020-06-18\n    resultat: "
    assert text.count(f"{day}adopte") == 1
    ecrire_dossier(tenue, {DEMARCHE: text.replace(f"{day}adopte", f"{day}ajourne")})
    with pytest.raises(Refus, match=r"Aucune décision adoptée .*du 18\s+juin 2020.*« resultat: adopte »"):
        decider(charger(tenue), "seance-2020-06")


def test_the_command_can_be_tried_before_it_writes(tenue: Path) -> None:
    before = lire(tenue)
    answer = smde("decider", "seance-2020-06", "--essai", "--racine", tenue)
    assert answer.code == 0
    assert answer.sortie.rstrip().endswith("4 fichiers seraient écrits.")
    assert lire(tenue) == before
    answer = smde("decider", "seance-2020-06", "--racine", tenue)
    assert answer.code == 0 and answer.sortie.rstrip().endswith("4 fichiers écrits.")
    assert lire(tenue) != before
    assert not list(tenue.rglob(".smde-*"))


def test_nothing_is_written_when_one_file_cannot_be(tenue: Path) -> None:
    before = lire(tenue)
    bilan = decider(charger(tenue), "seance-2020-06")
    bilan.textes["strategy/absent.yml"] = "x: y\n"
    with pytest.raises(FileNotFoundError):
        ecrire(tenue, bilan)
    assert lire(tenue) == before


def gardes(racine: Path) -> dict[str, Any]:
    """The texts kept with the decision, by fingerprint."""
    textes: dict[str, Any] = json.loads((racine / GARDES).read_text("utf-8"))["textes"]
    return textes


def test_the_texts_are_kept_word_for_word_under_the_fingerprint_that_proves_them(tenue: Path) -> None:
    before = charger(tenue)
    ecrire(tenue, decider(before, SEANCE))
    seals = {empreinte(before, ident): ident for ident in ("enjeu-friches", "objectif-reconversion")}
    assert {seal: text["id"] for seal, text in gardes(tenue).items()} == seals
    friches = next(text for text in gardes(tenue).values() if text["id"] == "enjeu-friches")
    assert friches["question"] == "Que faire de 37 hectares au bord de l'eau sans vider le centre ?"
    assert "validation" not in friches
    assert (tenue / GARDES).stat().st_mode & 0o777 == 0o644
    assert {texte.empreinte for texte in charger(tenue).textes_valides} == set(seals)


def test_only_what_the_readers_of_an_element_read_is_kept(tenue: Path) -> None:
    changee(tenue, (OBJECTIFS, "  influence: {degre: cofinance}", "  influence: {degre: cofinance}\n  notes: À revoir"))
    ecrire(tenue, decider(charger(tenue), SEANCE))
    text = (tenue / GARDES).read_text("utf-8")
    assert "valmer-metropole" in text
    assert "À revoir" not in text and '"region"' not in text, "a note, a role that nobody has accepted"


def test_a_fingerprint_written_by_hand_gains_its_text_while_it_is_still_the_one(tenue: Path) -> None:
    seal = empreinte(charger(tenue), "enjeu-friches")
    line = "      - element: enjeu-friches   # tel que présenté\n"
    changee(tenue, (DEMARCHE, line, f"{line}        empreinte: {seal}\n"))
    ecrire(tenue, decider(charger(tenue), SEANCE))
    assert seal in gardes(tenue)


def test_a_text_that_has_changed_since_is_not_kept_as_if_it_had_been_validated(tenue: Path) -> None:
    line = "      - element: enjeu-friches   # tel que présenté\n"
    changee(tenue, (DEMARCHE, line, f"{line}        empreinte: {'0' * 64}\n"))
    bilan = decider(charger(tenue), SEANCE)
    ecrire(tenue, bilan)
    assert [text["id"] for text in gardes(tenue).values()] == ["objectif-reconversion"]
    assert simple(bilan.dits[-1]).endswith("1 texte validé gardé mot à mot")


def test_a_later_decision_of_the_same_seance_leaves_what_was_kept(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    once = gardes(racine)
    changee(
        racine,
        (DEMARCHE, "      - {element: objectif-reconversion, ", "      - {element: priorite-port}\n"
         "      - {element: objectif-reconversion, "),
        (ENJEUX, "Donner un avenir", "Rendre un avenir"),
    )  # fmt: skip
    ecrire(racine, decider(charger(racine), SEANCE))
    again = gardes(racine)
    assert once.items() < again.items()
    assert {text["id"] for text in again.values()} - {text["id"] for text in once.values()} == {"priorite-port"}


@pytest.mark.parametrize(
    "etat",
    [
        "statut: a_valider, instance: groupe-pilotage, seance: seance-2021-03",
        "statut: abandonne, motif: Sans objet",
        "statut: remplace",
        "statut: valide, decision: decision-2021-03",
    ],
)
def test_what_came_after_a_decision_is_not_taken_back_when_it_is_written_again(
    etat: str, tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    later = (
        "- id: seance-2021-03\n  titre: Mars 2021\n  instance: groupe-pilotage\n  statut: prevue\n  diffusion: public\n"
    )
    vote = DECISION.replace("2020-06", "2021-03").replace("  - id", "- id").replace("\n    ", "\n  ")
    ecrire_dossier(
        racine, {"data/demarche/seances.yml": later, "data/demarche/decisions.yml": vote[: -len("questions:\n")]}
    )
    text = str(lire(racine)[ENJEUX])
    changed = re.sub(
        r"validation: \{statut: valide, decision: decision-2020-06[^}]*\}", f"validation: {{{etat}}}", text
    )
    assert changed != text
    ecrire_dossier(racine, {ENJEUX: changed})
    again = decider(charger(racine), SEANCE)
    assert again.textes == {}, again.dits


@pytest.mark.parametrize("etat", ["statut: brouillon", "statut: a_valider, seance: seance-2020-06"])
def test_a_decision_that_was_not_followed_is_written_again(
    etat: str, tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    text = str(lire(racine)[ENJEUX])
    undone = re.sub(r"statut: valide, decision: decision-2020-06, instance", f"{etat}, instance", text)
    undone = undone.replace(", seance: seance-2020-06}", "}") if "seance" in etat else undone
    ecrire_dossier(racine, {ENJEUX: undone})
    assert list(decider(charger(racine), SEANCE).textes) == [ENJEUX]


def test_a_text_that_its_own_readers_cannot_be_told_is_not_sealed(tenue: Path) -> None:
    themes = str(lire(tenue)["data/themes.yml"]).replace("diffusion: public", "diffusion: interne")
    ecrire_dossier(tenue, {"data/themes.yml": themes})
    changee(tenue, (DEMARCHE, "- {element: objectif-reconversion}", "- {element: friches-portuaires}"))
    with pytest.raises(Refus, match=r"^strategy/diagnostic/immobilier.yml:\d+ : « .* cite, dans un champ obligatoire"):
        decider(charger(tenue), SEANCE)


MOTS = st.sampled_from(["a_valider", "brouillon", "port", "friches-2"])


@settings(max_examples=60)
@given(MOTS, MOTS, st.booleans(), st.sampled_from(["", "  # une note", "   "]), st.sampled_from(["\n", "\r\n"]))
def test_a_value_is_written_whatever_the_layout_around_it(
    statut: str, instance: str, flow: bool, note: str, eol: str
) -> None:
    block = f"{note}\n    statut: {statut}{note}\n    instance: {instance}"
    state = f"{{statut: {statut}, instance: {instance}}}{note}" if flow else block
    un = "# en-tête\n- id: un\n  titre: Un\n"
    deux = f"- id: deux{note}\n  titre: Deux\n  validation: {state}\n  texte: |-\n    id: deux\n"
    text = f"{un}{deux}".replace("\n", eol)
    source = parse(text.encode(), "strategy/enjeux.yml")
    noeud: Noeud = source.places[1][1]
    edits = [
        Retouche("deux", noeud, ("validation", "statut"), {"": "valide"}, "instance"),
        Retouche("deux", noeud, ("validation", "decision"), {"": "decision-1"}, "statut"),
    ]
    data = parse(retouchee(source, edits).encode(), "strategy/enjeux.yml").data
    assert data[1]["validation"] == {"statut": "valide", "instance": instance, "decision": "decision-1"}
    assert data[0] == {"id": "un", "titre": "Un"}


@pytest.mark.parametrize("word", ["deux mots", "a: b", "#x", "", "é", "[x]"])
def test_a_word_that_yaml_could_read_otherwise_is_not_written(word: str) -> None:
    source = parse(b"- id: un\n  titre: Un\n", "strategy/enjeux.yml")
    with pytest.raises(RetoucheImpossible):
        retouchee(source, [Retouche("un", source.places[1][0], ("titre",), {"": word}, "id")])
