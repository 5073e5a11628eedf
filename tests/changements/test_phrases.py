"""Each change is said in the sentence a negotiator or a councillor would use."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from smde.changements import changements
from smde.changements.changement import Changement, Rang
from smde.changements.particuliers import de_a
from smde.dossier import charger
from smde.edition import edition
from smde.instantane import Instantane, prendre
from smde.model.champ import INTERNE, Diffusion
from tests.commande import simple
from tests.conftest import Fichiers, ecrire

DATE = "2020-03-02"
FRICHES = "schema/actions/requalifier-friches.yml"
OBJECTIFS = "strategy/objectifs.yml"
Modifie = Callable[..., list[Changement]]


def instantane(racine: Path, nom: str, diffusion: Diffusion = INTERNE) -> Instantane:
    return prendre(edition(charger(racine), diffusion, DATE), nom)


@pytest.fixture
def modifie(fichiers_valmer: Fichiers, tmp_path: Path) -> Modifie:
    """What changed in the dossier once some words of one file are others."""

    def run(path: str, *changes: tuple[str, str], diffusion: Diffusion = INTERNE) -> list[Changement]:
        text = str(fichiers_valmer[path])
        for old, new in changes:
            assert text.count(old) == 1, (old, text.count(old))
            text = text.replace(old, new)
        before = instantane(ecrire(tmp_path / "avant", fichiers_valmer), "avant", diffusion)
        after = instantane(ecrire(tmp_path / "apres", {**fichiers_valmer, path: text}), "après", diffusion)
        return list(changements(before, after))

    return run


def phrases(found: list[Changement]) -> list[str]:
    return [simple(change.phrase) for change in found]


FICHE = "l'action « Requalifier la friche des anciennes conserveries »"
VALIDER = "diffusion: public\n\n- id: objectif-formation"


@pytest.mark.parametrize(
    ("path", "old", "new", "rang", "said"),
    [
        (
            FRICHES, "montant: 800000,", "montant: 950000,", Rang.montant,
            f"Le budget de {FICHE} passe de 1 250 000,50 € à 1 400 000,50 €.",
        ),
        (
            FRICHES, "taxe: HT, etat: sollicite,", "taxe: HT, etat: notifie,", Rang.montant,
            f"La part de « Région Littoral » en 2021 de {FICHE} (150 000 €) : « sollicité » devient « notifié ».",
        ),
        (
            FRICHES, "{acteur: region, role: financeur, statut: propose}",
            "{acteur: region, role: financeur, statut: accepte}", Rang.role,
            f"« Région Littoral », financeur de {FICHE} : proposé devient accepté.",
        ),
        (
            FRICHES, "  - {acteur: region, role: financeur, statut: propose}\n", "", Rang.role,
            f"« Région Littoral » n'est plus financeur de {FICHE}.",
        ),
        (
            FRICHES, "acteur: etablissement-foncier, role: operateur", "acteur: etablissement-foncier, role: pilote",
            Rang.role, f"« Établissement public foncier du Littoral » n'est plus opérateur de {FICHE} mais pilote.",
        ),
        (
            OBJECTIFS, "valeur: 6.5, echeance: 2025", "valeur: 5, echeance: 2027", Rang.chiffre,
            "La cible de l'objectif « Vingt hectares de friches rendus à l'activité en dix ans » pour « Part des "
            "bureaux vacants » passe de 6,5 % (2025) à 5 % (2027).",
        ),
        (
            FRICHES, "calendrier: {debut: 2020,", "calendrier: {debut: 2021,", Rang.calendrier,
            f"Dans {FICHE}, « Calendrier », début : 2020 devient 2021.",
        ),
        (
            FRICHES, "maturite: fiche_action", "maturite: engagee", Rang.avancement,
            f"Dans {FICHE}, « Maturité » : fiche action devient engagée.",
        ),
        (
            FRICHES, "public_cible: Entreprises de la réparation navale\n", "", Rang.redaction,
            f"Dans {FICHE}, « Public » : retrait de « Entreprises de la réparation navale ».",
        ),
        (
            FRICHES, "{titre: Consultation des entreprises, echeance: 2021}",
            "{titre: Consultation des entreprises, echeance: 2022}", Rang.calendrier,
            f"Dans {FICHE}, « Étapes » (« Consultation des entreprises »), échéance : 2021 devient 2022.",
        ),
        (
            OBJECTIFS, VALIDER, "validation: {statut: a_valider, instance: groupe-pilotage, seance: seance-2020-06}\n"
            f"  {VALIDER}", Rang.decision,
            "L'objectif « Vingt hectares de friches rendus à l'activité en dix ans » est soumis à validation devant "
            "« Groupe de pilotage », à la séance « Groupe de pilotage de juin 2020 ».",
        ),
    ],
)  # fmt: skip
def test_a_change_is_one_sentence(modifie: Modifie, path: str, old: str, new: str, rang: Rang, said: str) -> None:
    found = modifie(path, (old, new))
    assert phrases(found) == [said]
    assert found[0].rang is rang


def test_what_a_body_decided_is_said_with_the_body_and_the_day(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    waiting = "validation: {statut: a_valider, instance: groupe-pilotage}\n  "
    done = "validation: {statut: valide, decision: decision-2019-09}\n  "
    objectifs = str(fichiers_valmer[OBJECTIFS])
    sides = []
    for nom, words in (("avant", waiting), ("apres", done)):
        files = {**fichiers_valmer, OBJECTIFS: objectifs.replace(VALIDER, words + VALIDER)}
        sides.append(instantane(ecrire(tmp_path / nom, files), nom))
    (change,) = changements(*sides)
    assert simple(change.phrase) == (
        "L'objectif « Vingt hectares de friches rendus à l'activité en dix ans » n'est plus à valider : validé par "
        "« Groupe de pilotage » le 20 septembre 2019."
    )
    assert (change.rang, change.avant, change.apres) == (Rang.decision, "à valider", "validé")


def test_round_millions_are_said_as_millions(modifie: Modifie) -> None:
    before = ("montant: 450000.50, taxe: HT, section", "montant: 400000, taxe: HT, section")
    first = modifie(FRICHES, before)
    assert "passe de 1 250 000,50 € à 1 200 000 €" in phrases(first)[0]
    assert simple(de_a(Decimal(1_200_000), Decimal(1_500_000))) == "1,2 à 1,5 M€"
    assert simple(de_a(Decimal(900_000), Decimal(1_500_000))) == "900 000 € à 1 500 000 €"
    assert simple(de_a(Decimal(1_234_567), Decimal(1_500_000))) == "1 234 567 € à 1 500 000 €"


def test_illustrative_amounts_are_never_said_as_real(modifie: Modifie) -> None:
    cost = "section: investissement, etat: vote"
    found = modifie(FRICHES, ("montant: 800000,", "montant: 900000,"), (cost, cost.replace("vote", "illustratif")))
    (one, *_) = phrases(found)
    assert one.endswith("(montants en partie illustratifs).")


def test_a_text_written_again_is_told_word_by_word(modifie: Modifie) -> None:
    (change,) = modifie(FRICHES, ("**douze lots**", "**dix lots**"))
    assert simple(change.phrase) == f"Dans {FICHE}, « Descriptif » : texte réécrit."
    assert [(run.sort.value, run.mots) for run in change.morceaux if run.sort.value != "reste"] == [
        ("retire", "douze"),
        ("ajoute", "dix"),
    ]
    assert change.avant.startswith("Trois temps") and "**douze lots**" in change.avant
    words = simple("".join(run.mots for run in change.morceaux if run.sort.value != "retire"))
    assert words.endswith("3. viabiliser dix lots."), "the marks are not words"


def test_a_text_of_which_only_the_marks_changed_keeps_its_words(modifie: Modifie) -> None:
    (change,) = modifie(FRICHES, ("**douze lots**", "douze lots"))
    assert simple(change.phrase) == f"Dans {FICHE}, « Descriptif » : mise en forme ou liens modifiés, mêmes mots."
    assert change.morceaux == ()


def test_what_comes_in_says_what_it_costs(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    fiche = str(fichiers_valmer[FRICHES])
    new = fiche.replace("action-requalifier-friches", "A-31").replace("Requalifier la", "Clore la")
    before = instantane(ecrire(tmp_path / "avant", fichiers_valmer), "avant")
    after = instantane(ecrire(tmp_path / "apres", {**fichiers_valmer, "schema/actions/clore.yml": new}), "après")
    assert phrases(list(changements(before, after))) == [
        "Nouvelle action : A-31 « Clore la friche des anciennes conserveries », 1 250 000,50 €."
    ]
    assert phrases(list(changements(after, before))) == [
        "Action retirée : A-31 « Clore la friche des anciennes conserveries »."
    ]


def test_an_element_that_takes_the_place_of_another_is_told_from_it(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    old = str(fichiers_valmer[FRICHES])
    new = old.replace("id: action-requalifier-friches", "id: A-31\nremplace: [action-requalifier-friches]")
    files = {
        **fichiers_valmer,
        FRICHES: old + "validation: {statut: remplace, motif: Programme étendu}\n",
        "schema/actions/etendre.yml": new.replace("maturite: fiche_action", "maturite: engagee"),
    }
    before = instantane(ecrire(tmp_path / "avant", fichiers_valmer), "avant")
    found = changements(before, instantane(ecrire(tmp_path / "apres", files), "après"))
    assert phrases(list(found)) == [
        f"L{FICHE[1:]} est remplacée, parce que : Programme étendu.",
        "Nouvelle action : A-31 « Requalifier la friche des anciennes conserveries », 1 250 000,50 €, à la place de "
        "« Requalifier la friche des anciennes conserveries ».",
        "Dans l'action A-31, « Maturité » : fiche action devient engagée.",
    ]


def test_values_of_a_series_are_told_period_by_period(modifie: Modifie, fichiers_valmer: Fichiers) -> None:
    path = "data/indicateurs/vacance-bureaux.csv"
    line = next(line for line in str(fichiers_valmer[path]).splitlines()[1:] if line.split(",")[1])
    period, value, *_ = line.split(",")
    found = modifie(path, (line, line.replace(f"{period},{value}", f"{period},99.5")))
    assert len(found) == 1 and found[0].rang is Rang.chiffre
    assert f"la valeur de {period} passe de {value.replace('.', ',')} % à 99,5 %" in phrases(found)[0]


def test_decisions_come_first_then_amounts_roles_and_wording(modifie: Modifie) -> None:
    found = modifie(
        FRICHES,
        ("montant: 800000,", "montant: 950000,"),
        ("{acteur: region, role: financeur, statut: propose}", "{acteur: region, role: financeur, statut: accepte}"),
        ("**douze lots**", "**dix lots**"),
        ("diffusion: public\n", "diffusion: public\nvalidation: {statut: a_valider, instance: groupe-pilotage}\n"),
    )
    assert [change.rang for change in found] == [Rang.decision, Rang.montant, Rang.role, Rang.redaction]


def test_nothing_is_said_of_a_dossier_that_did_not_change(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    same = instantane(ecrire(tmp_path, fichiers_valmer), "ici")
    assert changements(same, same) == ()


def test_the_authority_s_own_words_name_the_levels(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    identite = str(fichiers_valmer["data/identite.yml"])
    assert "libelles:\n" in identite
    words = "libelles:\n  action: {singulier: opération, pluriel: opérations, feminin: true}\n"
    files = {**fichiers_valmer, "data/identite.yml": identite.replace("libelles:\n", words)}
    sides = []
    for nom, maturite in (("avant", "fiche_action"), ("apres", "engagee")):
        fiche = str(files[FRICHES]).replace("maturite: fiche_action", f"maturite: {maturite}")
        sides.append(instantane(ecrire(tmp_path / nom, {**files, FRICHES: fiche}), nom))
    (said,) = phrases(list(changements(*sides)))
    assert said.startswith("Dans l'opération « Requalifier la friche")
