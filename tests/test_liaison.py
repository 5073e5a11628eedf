"""References that are unknown, of a wrong kind or to oneself are told once, with the id that was meant."""

from pathlib import Path

import pytest

from smde.diagnostic import Diagnostic
from smde.dossier import charger
from tests.conftest import ecrire, souligne, verifie_le_francais


def told(racine: Path, path: str, text: str) -> list[Diagnostic]:
    """What is wrong once a file is added to the whole dossier."""
    ecrire(racine, {path: text})
    diagnostics = charger(racine).diagnostics
    for diagnostic in diagnostics:
        verifie_le_francais(diagnostic)
        assert diagnostic.place.path == path
    return diagnostics


ENJEU = "- id: enjeu-centre\n  titre: Remplir le centre\n"


@pytest.mark.parametrize(
    ("line", "where", "code", "message", "aide"),
    [
        (
            "constats: [vacance-tertiare]",
            "vacance-tertiare",
            "reference-inconnue",
            "« Remplir le centre » cite `vacance-tertiare`, absent des constats.",
            "Vouliez-vous dire `vacance-tertiaire` ?",
        ),
        (
            "constats: [vacance-tertiaire, numerique]",
            "numerique",
            "reference-inconnue",
            "« Remplir le centre » cite `numerique`, absent des constats.",
            "Ajoutez-le dans `strategy/diagnostic`, ou corrigez l'identifiant.",
        ),
        (
            "constats: [enjeu-friches]",
            "enjeu-friches",
            "reference-mal-typee",
            "« Remplir le centre » cite `enjeu-friches` dans `constats` : c'est un enjeu.",
            "Ce champ attend : constats (voir `strategy/diagnostic`).",
        ),
        (
            "constats: [decision-2019-09]",
            "decision-2019-09",
            "reference-mal-typee",
            "« Remplir le centre » cite `decision-2019-09` dans `constats` : c'est une décision.",
            "Ce champ attend : constats (voir `strategy/diagnostic`).",
        ),
        (
            "remplace: [enjeu-centre]",
            "enjeu-centre",
            "reference-a-soi-meme",
            "« Remplir le centre » se cite lui-même dans `remplace`.",
            "Citez un autre élément, ou retirez `enjeu-centre`.",
        ),
        (
            "remplace: [enjeu-central]",
            "enjeu-central",
            "reference-inconnue",
            "« Remplir le centre » cite `enjeu-central`, absent des éléments du dossier.",
            "Ajoutez-le dans le dossier, ou corrigez l'identifiant.",
        ),
        (
            "validation: {instance: groupe-pilotag}",
            "groupe-pilotag",
            "reference-inconnue",
            "« Remplir le centre » cite `groupe-pilotag`, absent des groupes de travail ou instances, services et "
            "circuits.",
            "Vouliez-vous dire `groupe-pilotage` ?",
        ),
        (
            "validation: {instance: friches-portuaires}",
            "friches-portuaires",
            "reference-mal-typee",
            "« Remplir le centre » cite `friches-portuaires` dans `instance` : c'est un constat.",
            "Ce champ attend : groupes de travail ou instances, services et circuits (voir `data/groupes` ou "
            "`schema/organisation`).",
        ),
        (
            "constats: ['Vacance tertiaire']",
            "'Vacance tertiaire'",
            "reference-inconnue",
            "« Remplir le centre » cite `Vacance tertiaire`, absent des constats.",
            "Vouliez-vous dire `vacance-tertiaire` ?",
        ),
    ],
)
def test_a_wrong_reference_is_told_with_what_was_meant(
    racine: Path, line: str, where: str, code: str, message: str, aide: str
) -> None:
    (diagnostic,) = told(racine, "strategy/enjeux/zz.yml", ENJEU + f"  {line}\n")
    assert (souligne(diagnostic), diagnostic.code, diagnostic.message, diagnostic.aide) == (where, code, message, aide)
    assert diagnostic.place.span.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "constats: [inconnu-un, inconnu-un]",
        "constats:\n    - inconnu-un\n    - inconnu-un",
        "constats: inconnu-un",
        "constats: [inconnu-un]\n  nature: inconnue",
    ],
)
def test_the_same_wrong_reference_is_told_once_in_a_field(racine: Path, text: str) -> None:
    diagnostics = told(racine, "strategy/enjeux/zz.yml", ENJEU + f"  {text}\n")
    assert [d.code for d in diagnostics].count("reference-inconnue") == 1


def test_the_same_wrong_reference_is_told_in_each_field(racine: Path) -> None:
    text = ENJEU + "  constats: [inconnu-un]\n  remplace: [inconnu-un]\n  validation: {seance: inconnu-un}\n"
    assert [d.place.span.line for d in told(racine, "strategy/enjeux/zz.yml", text)] == [3, 4, 5]


def test_references_of_every_part_are_followed(racine: Path) -> None:
    text = """\
id: zz
titre: Action
priorite: p-1
etapes: [{titre: Un}]
calendrier: {prochaine_decision: s-1}
roles:
  - {acteur: a-1, role: pilote, statut: accepte}
  - {acteur: region, role: pilote, statut: accepte}
plan_financement:
  - {financeur: a-2, annee: 2020, montant: 1, taxe: HT, etat: acquis, cadre: c-1}
suivis: [{type: impact, mesure: M, indicateur: i-1}]
articulations: [{cadre: c-2, nature: finance}]
territoire: t-1
actions_liees: [x-1]
convention_region: c-3
validation: {instance: g-1, seance: s-2, decision: d-1}
remplace: [r-1]
"""
    cited = [souligne(d) for d in told(racine, "schema/actions/zz.yml", text)]
    assert cited == ["p-1", "s-1", "a-1", "a-2", "c-1", "i-1", "c-2", "t-1", "x-1", "c-3", "g-1", "s-2", "d-1", "r-1"]


def test_the_references_of_a_piece_of_evidence_are_those_of_its_kind(racine: Path) -> None:
    text = """\
- id: zz
  titre: Constat
  theme: theme-emploi
  nature: atout
  preuves:
    - {par: indicateur, indicateur: i-1, millesime: 2019}
    - {par: chiffre, libelle: L, valeur: 1, unite: ha, source: s-1, territoire: t-1}
    - {par: entretien, entretien: e-1}
    - {par: source, source: s-2, page: inventaire}
    - {par: rumeur, source: s-3}
"""
    diagnostics = told(racine, "strategy/diagnostic/zz.yml", text)
    assert [souligne(d) for d in diagnostics] == ["i-1", "s-1", "t-1", "e-1", "s-2", "rumeur"]


def test_an_element_without_title_is_named_by_its_id(racine: Path) -> None:
    diagnostics = told(racine, "strategy/enjeux/zz.yml", "- id: centre\n  constats: [inconnu-un]\n")
    assert diagnostics[1].message == "`centre` cite `inconnu-un`, absent des constats."
    diagnostics = told(racine, "strategy/enjeux/zz.yml", "- constats: [inconnu-un]\n")
    assert diagnostics[-1].message == "Un élément cite `inconnu-un`, absent des constats."


# ---- citations in texts


def test_an_unknown_citation_is_told_where_it_stands_in_the_text(racine: Path) -> None:
    text = ENJEU + "  texte: >-\n    Trois sites ([[friches-portuaires]]),\n    et la vacance ([[vacance-tertiare]]).\n"
    (diagnostic,) = told(racine, "strategy/enjeux/zz.yml", text)
    assert (diagnostic.place.span.line, souligne(diagnostic)) == (5, "vacance-tertiare")
    assert diagnostic.message == (
        "Le texte de « Remplir le centre » cite `vacance-tertiare`, qui n'existe pas dans le dossier."
    )
    assert diagnostic.aide == "Vouliez-vous dire `vacance-tertiaire` ?"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[nulle-part]]", "nulle-part"),
        ("[le port](nulle-part)", "nulle-part"),
        ("[le port](#nulle-part)", "nulle-part"),
        ("[le port](<nulle-part>)", "nulle-part"),
        ("[le port](<#nulle-part>)", "nulle-part"),
        ("[le port]( nulle-part )", "nulle-part"),
        ("[le port](nulle-part 'Le port')", "nulle-part"),
        ("[le port](nulle-part (Le port))", "nulle-part"),
        ("[le port](<nulle-part> 'Le port' )", "nulle-part"),
        ("[[Vacance tertiaire]]", "Vacance tertiaire"),
        ("[[été]]", "été"),
        ("[[7 * 7]]", "7 * 7"),
    ],
)
def test_a_citation_is_told_however_it_is_written(racine: Path, text: str, where: str) -> None:
    (diagnostic,) = told(
        racine, "strategy/enjeux/zz.yml", ENJEU + f'  texte: "Voir {text}, puis [[friches-portuaires]]."\n'
    )
    assert (diagnostic.code, souligne(diagnostic)) == ("reference-inconnue", where)
    assert "retirez les crochets" in diagnostic.aide or "Vouliez-vous dire" in diagnostic.aide


@pytest.mark.parametrize(
    "text",
    [
        "[le site](https://www.insee.fr/)",
        "[écrire](mailto:economie@valmer.example)",
        "[[friches-portuaires]]",
        "[le port](friches-portuaires)",
        "tableau [1] et [2]",
        "[] [[]] ]] [[",
        "f(x) [a] (b)",
        "[le site](<https://www.insee.fr/> 'Insee')",
        "[le port](le port)",
    ],
)
def test_what_is_no_citation_is_no_fault(racine: Path, text: str) -> None:
    assert told(racine, "strategy/enjeux/zz.yml", ENJEU + f'  texte: "Voir {text}."\n') == []


def test_an_element_may_name_itself_in_its_own_text(racine: Path) -> None:
    assert told(racine, "strategy/enjeux/zz.yml", ENJEU + '  texte: "Voir [[enjeu-centre]]."\n') == []


def test_citations_of_every_text_field_are_followed(racine: Path) -> None:
    text = """\
id: zz
titre: "Un titre n'est pas un texte : [[rien-1]]"
contexte: "[[rien-2]]"
descriptif: "[[rien-3]] [[rien-3]]"
negociations: [{repli: "[[rien-4]]"}]
notes: "[[rien-5]]"
"""
    assert [souligne(d) for d in told(racine, "schema/actions/zz.yml", text)] == [
        "rien-2",
        "rien-3",
        "rien-4",
        "rien-5",
    ]


def test_citations_of_an_element_with_a_faulty_field_are_followed(racine: Path) -> None:
    text = ENJEU + '  influence: {degre: tout}\n  texte: "[[rien-1]]"\n'
    assert [d.code for d in told(racine, "strategy/enjeux/zz.yml", text)] == ["valeur-refusee", "reference-inconnue"]


def test_a_reference_with_a_faulty_sibling_is_followed(racine: Path) -> None:
    text = "id: zz\ntitre: Z\nroles:\n  - {acteur: rien-1, role: chef, statut: accepte}\n  - {acteur: [rien-2]}\n"
    diagnostics = told(racine, "schema/actions/zz.yml", text)
    assert [souligne(d) for d in diagnostics if d.code == "reference-inconnue"] == ["rien-1", "rien-2"]
