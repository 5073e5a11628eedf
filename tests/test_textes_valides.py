"""The texts that decisions validated: read back as they were written, trusted for as long as they prove themselves."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from smde.dossier import Dossier, charger
from smde.edition import canonique, empreinte, texte_a_valider
from smde.textes_valides import CONTRAT, DOSSIER, ecrit, lire, relu, sceau
from smde.textes_valides import canonique as canonique_de
from smde.veille import etat_des_fichiers
from tests.canaris import Voliere
from tests.conftest import Fichiers, ecrire, verifie_le_francais, verifier
from tests.generation import dossiers
from tests.seance_tenue import GARDES, OBJECTIFS, changee, decidee


def tient(dossier: Dossier) -> None:
    """Every text that can be validated is found again, the same, from the JSON of the file that keeps it."""
    for ident, element in dossier.elements.items():
        values = texte_a_valider(dossier, ident)
        if values is None:
            continue
        (seal,) = json.loads(ecrit({empreinte(dossier, ident): values}))["textes"].items()
        assert sceau(canonique_de(seal[1])) == seal[0] == empreinte(dossier, ident)
        again = relu(type(element), seal[1])
        assert again is not None, ident
        assert canonique(again) == canonique_de(values), ident


def test_a_text_kept_reads_back_as_it_was_whatever_the_fields_of_the_model_hold(tmp_path: Path) -> None:
    tient(charger(ecrire(tmp_path, Voliere().fichiers())))


@settings(max_examples=8)
@given(dossiers())
def test_the_texts_of_any_dossier_read_back_as_they_were(files: Fichiers) -> None:
    with TemporaryDirectory() as folder:
        tient(charger(ecrire(Path(folder), files)))


def test_a_field_that_the_model_no_longer_has_is_left_out_and_a_value_it_no_longer_takes_is_said() -> None:
    from smde.model.strategie import Enjeu

    ancien = {"id": "a", "titre": "Accueillir", "diffusion": 0, "urgence": "forte", "constats": []}
    again = relu(Enjeu, ancien)
    assert again is not None and (again.titre, again.niveau().name) == ("Accueillir", "public")
    assert relu(Enjeu, {**ancien, "diffusion": 7}) is None
    assert relu(Enjeu, {"id": "a"}) is None
    profond: list[object] = []
    for _ in range(5000):
        profond = [profond]
    assert relu(Enjeu, {**ancien, "constats": profond}) is None


def test_a_dossier_without_any_text_kept_has_none(tmp_path: Path) -> None:
    assert lire(tmp_path) == ([], [])


def test_the_texts_kept_are_said_by_no_rule_as_long_as_nobody_touches_them(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    assert not [fault for fault in verifier(racine) if "texte" in fault.code and "valide" in fault.code]


def test_a_text_touched_by_hand_is_an_error_at_its_line_and_is_trusted_no_more(
    tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    changee(racine, (GARDES, "Vingt hectares", "Trente hectares"), (OBJECTIFS, "Vingt hectares", "Dix hectares"))
    (fault,) = [fault for fault in verifier(racine) if fault.code == "texte-valide-altere"]
    verifie_le_francais(fault)
    lines = (racine / GARDES).read_text("utf-8").splitlines()
    assert (fault.severite, fault.place.path) == ("erreur", GARDES)
    assert lines[fault.place.span.line - 1] == fault.place.excerpt
    assert fault.place.excerpt[fault.place.span.column :].startswith(fault.message.split("« ")[1][:12])
    assert [one.donnees is None for one in charger(racine).textes_valides].count(True) == 1


def test_a_text_that_no_decision_cites_any_more_is_said(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    seal = empreinte(charger(racine), "enjeu-friches")
    changee(racine, ("data/demarche.yml", seal, "0" * 64))
    (fault,) = [fault for fault in verifier(racine) if fault.code == "texte-valide-sans-decision"]
    verifie_le_francais(fault)
    assert seal[:12] in fault.message and fault.severite == "alerte"


ABIMES: dict[str, tuple[bytes, str]] = {
    "cut short": (b'{"contrat": "smde', "ce n'est pas un fichier JSON entier"),
    "too deep": (b"[" * 100_000, "ce n'est pas un fichier JSON entier"),
    "in the encoding of an old editor": ("é".encode("latin-1"), "il n'est pas enregistré en UTF-8"),
    "of another kind": (b"[]", "il n'annonce pas son format"),
    "of a later program": (b'{"contrat": "smde-textes-valides/9"}', "il annonce « smde-textes-valides/9 »"),
    "without texts": (json.dumps({"contrat": CONTRAT}).encode(), "il lui manque ses textes"),
    "with a list of texts": (json.dumps({"contrat": CONTRAT, "textes": []}).encode(), "il lui manque ses textes"),
    "with a key that is no fingerprint": (
        json.dumps({"contrat": CONTRAT, "textes": {"enjeu\u202e": {}}}).encode(),
        "n'est pas une empreinte",
    ),
    "with signs nobody sees": (json.dumps({"contrat": "a\u202eb" * 99}).encode(), "il annonce « a"),
    "too big": (b" " * 5_000_001, "il fait plus de 5 Mo"),
}


@pytest.mark.parametrize("abime", ABIMES)
def test_a_file_that_cannot_be_read_is_said_and_stops_nothing_else(
    abime: str, tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    content, said = ABIMES[abime]
    racine = decidee(tmp_path, fichiers_valmer)
    whole = charger(racine)
    ecrire(racine, {f"{DOSSIER}/ancienne.json": content})
    dossier = charger(racine)
    (fault,) = [fault for fault in dossier.diagnostics if fault.code == "textes-valides-illisibles"]
    verifie_le_francais(fault)
    assert said in fault.message and fault.place.path == f"{DOSSIER}/ancienne.json"
    assert dossier.textes_valides == whole.textes_valides and list(dossier.elements) == list(whole.elements)


@pytest.mark.parametrize("texte", ["[]", '"mots"', "null", "12", '{"titre": "\\ud800"}'])
def test_what_is_no_text_is_altered_and_not_a_crash(texte: str, tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    content = f'{{"contrat": "{CONTRAT}", "textes": {{"{"a" * 64}": {texte}}}}}'
    ecrire(racine, {f"{DOSSIER}/autre.json": content})
    assert [fault.place.path for fault in verifier(racine) if fault.code == "texte-valide-altere"] == [
        f"{DOSSIER}/autre.json"
    ]


def _lien(racine: Path) -> None:
    (racine.parent / "ailleurs.json").write_text("{}", "utf-8")
    (racine / DOSSIER / "lien.json").symlink_to(racine.parent / "ailleurs.json")


def _dossier(racine: Path) -> None:
    (racine / DOSSIER / "lien.json").mkdir()


@pytest.mark.parametrize("poser", [_lien, _dossier])
def test_what_leads_elsewhere_is_not_followed(
    poser: Callable[[Path], None], tmp_path: Path, fichiers_valmer: Fichiers
) -> None:
    racine = decidee(tmp_path / "valmer", fichiers_valmer)
    poser(racine)
    assert [fault.code for fault in charger(racine).diagnostics] == ["textes-valides-illisibles"]


def test_hidden_files_and_those_of_other_kinds_are_passed_over(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    ecrire(racine, {f"{DOSSIER}/{name}": "{" for name in (".brouillon.json", "notes.txt", "decision.json~")})
    assert charger(racine).diagnostics == []


def test_a_file_without_the_right_to_read_it_is_said(
    tmp_path: Path, fichiers_valmer: Fichiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    racine = decidee(tmp_path, fichiers_valmer)

    def refuse(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    (fault,) = lire(racine).diagnostics
    verifie_le_francais(fault)
    assert fault.code == "textes-valides-illisibles"


def test_the_preview_sees_them_change(tmp_path: Path, fichiers_valmer: Fichiers) -> None:
    racine = decidee(tmp_path, fichiers_valmer)
    before = etat_des_fichiers(racine)
    assert str(racine / GARDES) in before
    changee(racine, (GARDES, "Vingt hectares", "Trente hectares"))
    assert etat_des_fichiers(racine) != before
