"""Everything about one element, told in the terminal so that a writer finds where to act."""

import re
from pathlib import Path

import pytest

from smde import construire
from smde.comprendre import comprendre, inconnu
from smde.dossier import Dossier
from smde.edition import empreinte
from smde.model.rubriques import CLASSES
from tests.commande import simple, smde
from tests.conftest import VALMER, Fichiers, ecrire


def dire(racine: Path, ident: str) -> str:
    """What is said of an element, with plain spaces and apostrophes."""
    dossier, diagnostics = construire.verifier(racine)
    words = comprendre(dossier, ident, diagnostics)
    assert words is not None
    return simple(words).replace("’", "'")


def test_an_objectif_is_shown_with_its_chain_its_roles_and_what_is_to_be_done(golden: object) -> None:
    golden("comprendre-objectif.txt", dire(VALMER, "objectif-reconversion"))  # type: ignore[operator]


def test_an_action_is_shown_with_all_that_is_written_in_it(golden: object) -> None:
    golden("comprendre-action.txt", dire(VALMER, "action-requalifier-friches"))  # type: ignore[operator]


def test_the_chain_goes_both_ways_with_codes_titles_and_places() -> None:
    said = dire(VALMER, "enjeu-friches")
    above, below = said.split("Pourquoi ?")[1].split("Et donc ?")
    assert "friches-portuaires" in above and "strategy/diagnostic/immobilier.yml:22" in above
    assert "objectif-reconversion" in below and "schema/moyens.yml:11" in below
    assert below.index("objectif-reconversion") < below.index("priorite-port") < below.index("moyen-reserve-fonciere")


def pourquoi(racine: Path, ident: str) -> str:
    """What establishes a constat, on one line."""
    above, _ = dire(racine, ident).split("Pourquoi ?")[1].split("Et donc ?")
    return " ".join(above.split())


def test_a_constat_rests_on_its_evidence_with_figures_sources_and_places() -> None:
    assert pourquoi(VALMER, "vacance-tertiaire") == (
        "– Part des bureaux vacants : 7,6 % (2019, Valmer métropole, 14 communes) (vacance-bureaux) "
        "[data/indicateurs/vacance-bureaux.yml:1] Source : Observatoire de l'immobilier d'entreprise, note annuelle "
        "(observatoire-bureaux) [data/sources.yml:10] "
        "– Observatoire de l'immobilier d'entreprise, note annuelle, p. 12 (observatoire-bureaux) [data/sources.yml:10]"
    )
    assert pourquoi(VALMER, "metiers-en-tension").startswith(
        "– Entretien externe 1 – Recrutement de soudeurs (E-EXT-01) [data/entretiens.yml:1] – Emploi salarié privé : "
        "72 640 emplois (2017, Pays de Valmer, 61 communes) (emploi-salarie)"
    )
    assert "Preuves" not in dire(VALMER, "vacance-tertiaire"), "said once"


def test_a_constat_on_an_old_value_says_that_a_newer_one_is_known(racine: Path) -> None:
    path = "strategy/diagnostic/immobilier.yml"
    text = (racine / path).read_text(encoding="utf-8")
    assert "vacance-bureaux, millesime: 2019" in text
    ecrire(racine, {path: text.replace("vacance-bureaux, millesime: 2019", "vacance-bureaux, millesime: 2016")})
    assert "(vacance-bureaux) [data/indicateurs/vacance-bureaux.yml:1]" in pourquoi(racine, "vacance-tertiaire")
    assert "Dernière valeur connue : 7,6 % (2019)" in pourquoi(racine, "vacance-tertiaire")
    assert "Dernière valeur connue" not in pourquoi(VALMER, "vacance-tertiaire")


def test_evidence_that_is_nowhere_is_told_as_it_was_typed(racine: Path) -> None:
    path = "strategy/diagnostic/immobilier.yml"
    text = (racine / path).read_text(encoding="utf-8")
    assert "indicateur: vacance-bureaux" in text
    ecrire(racine, {path: text.replace("indicateur: vacance-bureaux", "indicateur: vacance-burau")})
    assert "vacance-burau (absent du dossier)" in pourquoi(racine, "vacance-tertiaire")


def test_a_constat_without_evidence_says_so(racine: Path) -> None:
    constat = "id: sans\ntitre: Le port se vide le dimanche\ntheme: theme-immobilier\nnature: faiblesse\n"
    ecrire(racine, {"strategy/diagnostic/sans.yml": constat})
    assert pourquoi(racine, "sans") == "Aucune preuve dans le dossier."


def test_the_print_that_a_decision_records_is_given_whole(valmer: Dossier) -> None:
    assert f"  Empreinte     {empreinte(valmer, 'enjeu-friches')}\n" in dire(VALMER, "enjeu-friches")


def test_who_cites_an_element_is_told_by_kind_in_fields_and_in_texts() -> None:
    said = dire(VALMER, "groupe-pilotage")
    cited = said.split("Cité par")[1]
    assert "seance-2019-09" in cited
    assert "identite-valmer" in cited  # its text alone cites the group


def test_every_element_of_a_dossier_can_be_understood(valmer: Dossier) -> None:
    kinds = set()
    for ident, element in valmer.elements.items():
        words = comprendre(valmer, ident, [])
        assert words is not None
        assert f"  Identifiant   {ident}\n" in words
        assert "None" not in words and "Decimal" not in words and "<" not in words.replace("<br", "")
        assert all(len(line) <= 100 or " " not in line.strip() for line in words.splitlines()), ident
        kinds.add(element.genre)
    assert kinds == CLASSES.keys()


@pytest.mark.parametrize("columns", ["40", "80", "100", "250"])
def test_lines_fit_the_terminal_between_sixty_and_a_hundred_columns(
    columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = dire(VALMER, "action-requalifier-friches").splitlines()
    widest = max(len(line) for line in lines if not re.search(r"Empreinte|\[|\(\S+\)|^ {4}\S+  ", line))
    assert widest <= max(60, min(100, int(columns)))


def test_an_unknown_id_brings_the_nearest_ones() -> None:
    answer = smde("comprendre", "enjeu-friche", "--racine", VALMER)
    assert answer.code == 1
    assert answer.sortie == ""
    assert answer.dit.startswith(
        "Aucun élément ne porte l'identifiant « enjeu-friche ». Vouliez-vous dire `enjeu-friches`"
    )


def test_an_id_like_none_brings_where_ids_are(valmer: Dossier) -> None:
    assert "après « id: »" in inconnu(valmer, "zzzzzz")


def test_a_dossier_with_errors_is_understood_all_the_same(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    enjeux = str(fichiers_valmer["strategy/enjeux.yml"])
    racine = ecrire(
        tmp_path, {**fichiers_valmer, "strategy/enjeux.yml": enjeux.replace("degre: decide", "degre: veut")}
    )
    said = dire(racine, "enjeu-friches")
    assert "Défi « Donner un avenir aux friches du port »" in said
    wrong = said.split("À corriger")[1]
    assert "strategy/enjeux.yml:6: erreur [valeur-refusee]" in wrong
    assert "decide, cofinance, anime, plaide, observe" in " ".join(wrong.split())
    assert "enjeu-friches" in dire(racine, "friches-portuaires")


def test_only_the_faults_of_the_element_itself_are_told(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    enjeux = str(fichiers_valmer["strategy/enjeux.yml"]).replace("degre: anime", "degre: souhaite")
    racine = ecrire(tmp_path, {**fichiers_valmer, "strategy/enjeux.yml": enjeux})
    assert "À corriger" not in dire(racine, "enjeu-friches")
    assert "degre" in dire(racine, "enjeu-competences").split("À corriger")[1]


def test_the_command_writes_the_page_on_the_standard_output() -> None:
    answer = smde("comprendre", "region", "--racine", VALMER)
    assert (answer.code, answer.dit) == (0, "")
    assert answer.sortie.startswith("Acteur « Région Littoral »\n")
