"""Whatever Pydantic refuses, anywhere in the model, is told in French at its place, with what to write instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from smde import fautes
from smde.diagnostic import Diagnostic
from smde.dossier import charger
from smde.model.champ import Partie
from smde.model.element import Element
from smde.model.mesures import Territoire
from smde.model.plan import champs
from smde.model.rubriques import RUBRIQUES
from smde.model.strategie import Constat
from smde.source import Source, parse
from tests.conftest import ecrire, premieres_lignes, souligne, verifie_le_francais, verifier


def judged(classe: type[Element], text: str) -> tuple[Source, list[Diagnostic]]:
    """The element read, and what is wrong with it as one of its class."""
    source = parse(text.encode(), "dossier.yml")
    try:
        classe.model_validate(source.data)
    except ValidationError as error:
        return source, list(fautes.diagnostics(error, classe, source, source.places))
    return source, []


# ---- every field of every class, with every kind of wrong value

Pas = tuple[str, bool, str, str]
"""A step down the model: field, whether it is a list, discriminating key, its value."""


def below(classe: type[Partie], pas: tuple[Pas, ...] = ()) -> Iterator[tuple[type[Partie], tuple[Pas, ...]]]:
    """A class, and every class of the parts it holds, with the way to them."""
    yield classe, pas
    for nom, champ in champs(classe).items():
        for tag, part in champ.parties.items():
            yield from below(part, (*pas, (nom, champ.liste, champ.discriminant, tag)))


def smallest(classe: type[Partie]) -> dict[str, Any]:
    """The least that can be written of a part."""
    found: dict[str, Any] = {}
    for nom, champ in champs(classe).items():
        if champ.requis and champ.parties:
            found[nom] = smallest(champ.parties[""])
        elif champ.requis:
            found[nom] = fautes.stand_in(classe, nom)
    return found


def holding(classe: type[Partie], pas: tuple[Pas, ...], inner: dict[str, Any]) -> dict[str, Any]:
    """An element that holds a part at the end of a way, and is otherwise the least that can be written."""
    if not pas:
        return inner
    (nom, liste, discriminant, tag), rest = pas[0], pas[1:]
    part = holding(champs(classe)[nom].parties[tag], rest, inner)
    part = {discriminant: tag, **part} if discriminant else part
    return {**smallest(classe), nom: [part] if liste else part}


WRONG: tuple[Any, ...] = (
    None,
    "   ",
    "x" * 400,
    "été à l'eau",
    "12",
    "1_000",
    "nan",
    "１２",
    "-1",
    "2500",
    "9" * 20,
    "12,5",
    "12:30",
    "2014-13-45",
    "2015-02-30",
    "non",
    "Public",
    ["un", "deux"],
    [None],
    [["un"]],
    [{"port": "gare"}],
    {"port": "gare"},
)


@pytest.mark.parametrize("classe", [rubrique.classe for rubrique in RUBRIQUES], ids=lambda classe: classe.genre)
def test_every_wrong_value_of_every_field_is_told_once_in_french_where_it_is(classe: type[Element]) -> None:
    for part, pas in below(classe):
        inner = smallest(part)
        assert judged(classe, yaml.safe_dump(holding(classe, pas, inner)))[1] == [], (part, "the least is accepted")
        for nom, champ in champs(part).items():
            for wrong in WRONG:
                data = holding(classe, pas, {**inner, nom: wrong})
                _, told = judged(classe, yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
                assert len({(d.place, d.message) for d in told}) == len(told), "each fault is told once"
                assert len(told) <= 1 or "port" in str(wrong) or isinstance(wrong, list), told
                for diagnostic in told:
                    verifie_le_francais(diagnostic)
                    said = diagnostic.message + diagnostic.aide
                    named = f"`{nom}` ({champ.titre})" in said or (bool(pas) and f"`{pas[-1][2]}`" in said)
                    assert named or "port" in str(wrong), said
                    assert diagnostic.aide
                    assert len(said) < 400


@pytest.mark.parametrize("classe", [rubrique.classe for rubrique in RUBRIQUES], ids=lambda classe: classe.genre)
def test_an_unknown_key_is_told_at_every_level_with_the_keys_that_exist(classe: type[Element]) -> None:
    for part, pas in below(classe):
        data = holding(classe, pas, {**smallest(part), "zzz_inconnu": "rade"})
        _, (diagnostic,) = judged(classe, yaml.safe_dump(data, sort_keys=False))
        assert diagnostic.message == "Le champ `zzz_inconnu` n'existe pas ici."
        assert diagnostic.aide == f"Champs possibles : {', '.join(champs(part))}."
        assert souligne(diagnostic) == "zzz_inconnu"
        verifie_le_francais(diagnostic)


@pytest.mark.parametrize("classe", [rubrique.classe for rubrique in RUBRIQUES], ids=lambda classe: classe.genre)
def test_every_missing_field_is_told_with_its_help(classe: type[Element]) -> None:
    for part, pas in below(classe):
        inner = smallest(part)
        for nom in inner:
            data = holding(classe, pas, {key: value for key, value in inner.items() if key != nom})
            if pas and pas[-1][2] == nom:
                continue  # the key that says which part it is: another message
            _, (diagnostic,) = judged(classe, yaml.safe_dump(data, sort_keys=False))
            champ = champs(part)[nom]
            assert diagnostic.message == f"Il manque le champ `{nom}` ({champ.titre})."
            assert diagnostic.aide == f"Ajoutez une ligne `{nom}: …`. {champ.description}"
            verifie_le_francais(diagnostic)


@pytest.mark.parametrize("classe", [rubrique.classe for rubrique in RUBRIQUES], ids=lambda classe: classe.genre)
def test_every_required_field_has_a_neutral_value_that_its_class_accepts(classe: type[Element]) -> None:
    for nom, champ in champs(classe).items():
        if champ.requis:
            assert fautes.stand_in(classe, nom) is not None, nom


# ---- what each message says

CONSTAT = (
    "id: vacance-tertiaire\ntitre: La vacance recule\ntheme: theme-immobilier\nnature: tendance\ndiffusion: public\n"
)


def test_an_unknown_key_without_a_value_is_told_at_every_level(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "strategy/diagnostic.yml": """\
- nautre:
  id: vacance
  titre: La vacance
  theme: theme-immobilier
  nature: tendance
  territoire:
  preuves:
    - {par: chiffre, libelle: Bureaux, valeur: 7,6, unite: "%"}
    - {par: source, source: observatoire, pages: }
  validation: {statut: brouillon, motfi: }
  territoires:
- id: criee
  titre: La criée
  theme: theme-immobilier
  nature: tendance
  preuves: [observatoire]
  validation: valide
  texte:
- id: friches
  titre: Les friches
  theme: theme-immobilier
  nature: tendance
"""
        },
    )
    told = [d for d in charger(tmp_path).diagnostics if d.code == "champ-inconnu"]
    assert [(d.place.span.line, souligne(d), d.aide) for d in told] == [
        (1, "nautre", "Vouliez-vous dire `nature` ?"),
        (8, "6", "Un nombre décimal s'écrit avec un point, pas une virgule."),
        (9, "pages", "Vouliez-vous dire `page` ?"),
        (10, "motfi", "Vouliez-vous dire `motif` ?"),
        (11, "territoires", "Vouliez-vous dire `territoire` ?"),
    ]


@pytest.mark.parametrize(
    ("line", "where", "message", "aide"),
    [
        (
            "nature: atou",
            "atou",
            "`nature` (Nature) : « atou » n'est pas une valeur possible.",
            "Vouliez-vous dire `atout` ?",
        ),
        (
            "nature: mer",
            "mer",
            "`nature` (Nature) : « mer » n'est pas une valeur possible.",
            "Valeurs possibles : atout, faiblesse, opportunite, menace, tendance.",
        ),
        (
            "nature:",
            "nature",
            "Le champ `nature` (Nature) est vide.",
            "Donnez-lui une valeur. atout, faiblesse, opportunite, menace ou tendance.",
        ),
        ("natur: atout", "natur", "Le champ `natur` n'existe pas ici.", "Vouliez-vous dire `nature` ?"),
        (
            "titre: [La vacance]",
            "[La vacance]",
            "`titre` (Titre) : une liste alors qu'un texte est attendu.",
            "Écrivez le texte sur la même ligne, ou après `>-` ; s'il commence par [ ou {, entre guillemets.",
        ),
        ("titre: ' '", "' '", "`titre` (Titre) est vide.", "Donnez une valeur ou supprimez la ligne."),
        (
            "diffusion: publique",
            "publique",
            "`diffusion` (Diffusion) : « publique » ne convient pas.",
            "Attendu : public, partenaires ou interne.",
        ),
        (
            "preuves: observatoire",
            "observatoire",
            "`preuves` (Preuves) : « observatoire » alors qu'une liste est attendue.",
            "Écrivez `preuves: [premier, second]`, ou un tiret par ligne.",
        ),
        (
            "preuves: [observatoire]",
            "observatoire",
            "`preuves` (Preuves) : « observatoire » alors qu'un bloc est attendu.",
            "Écrivez `par:` suivi de : indicateur, chiffre, entretien, source.",
        ),
        (
            "preuves: [{source: observatoire}]",
            "source",
            "Il manque la clé `par` dans `preuves` (Preuves).",
            "Ajoutez `par:` suivi de : indicateur, chiffre, entretien, source.",
        ),
        (
            "preuves: [{source: observatoire, par: sources}]",
            "sources",
            "`par` : « sources » n'est pas possible dans `preuves` (Preuves).",
            "Vouliez-vous dire `source` ?",
        ),
        (
            "preuves: [{par: [source]}]",
            "[source]",
            "`par` : une liste n'est pas possible dans `preuves` (Preuves).",
            "Valeurs possibles : indicateur, chiffre, entretien, source.",
        ),
        (
            "preuves: [{par: source, source: observatoire, page: [12]}]",
            "[12]",
            "`page` (Page) : une liste alors qu'un texte est attendu.",
            "Écrivez le texte sur la même ligne, ou après `>-` ; s'il commence par [ ou {, entre guillemets.",
        ),
        (
            "preuves: [{par: indicateur, indicateur: vacance-bureaux, millesime: '12:30'}]",
            "'12:30'",
            "`millesime` (Millésime) : « 12:30 » ne convient pas.",
            "Attendu : une période : 2020, 2020-06, 2020-06-30, 2015-T2 (trimestre), 2015-S2 (semestre) ou 2009-2010.",
        ),
        (
            "preuves: [{par: chiffre, libelle: Friches, valeur: 1_000, unite: ha}]",
            "1_000",
            "`valeur` (Valeur) : « 1_000 » ne convient pas.",
            "Attendu : un nombre avec un point décimal et sans espace, par exemple 12.5.",
        ),
        (
            "validation: valide",
            "valide",
            "`validation` (Validation) : « valide » alors qu'un bloc est attendu.",
            "Écrivez ses champs en dessous, décalés : statut, instance, seance, echeance, decision, motif.",
        ),
        (
            "validation: {echeance: 2014-13-45}",
            "2014-13-45",
            "`echeance` (Échéance) : « 2014-13-45 » ne convient pas.",
            "Attendu : un jour qui existe, sous la forme AAAA-MM-JJ.",
        ),
        (
            "remplace: [a, ]\ntexte: {non: oui}",
            "non",
            "`texte` (Texte) : un bloc alors qu'un texte est attendu.",
            "Écrivez le texte sur la même ligne, ou après `>-` ; s'il commence par [ ou {, entre guillemets.",
        ),
    ],
)  # fmt: skip
def test_a_message_names_the_field_the_value_and_the_way_out(line: str, where: str, message: str, aide: str) -> None:
    key = line.split(":")[0]
    replaced = "nature" if key == "natur" else key
    text = (
        "".join(known for known in CONSTAT.splitlines(keepends=True) if not known.startswith(replaced + ":"))
        + line
        + "\n"
    )
    _, told = judged(Constat, text)
    assert [(souligne(d), d.message, d.aide) for d in told] == [(where, message, aide)]


def test_a_key_with_a_typing_error_is_not_told_again_as_a_missing_field() -> None:
    _, told = judged(Constat, CONSTAT.replace("theme:", "thème:").replace("nature:", "natur:"))
    assert [d.message for d in told] == ["Le champ `thème` n'existe pas ici.", "Le champ `natur` n'existe pas ici."]


def test_a_field_that_is_missing_and_a_key_that_is_not_its_misspelling_are_both_told() -> None:
    _, told = judged(Constat, CONSTAT.replace("theme:", "commune:"))
    assert [d.code for d in told] == ["champ-manquant", "champ-inconnu"]


def test_a_number_out_of_bounds_is_told_with_the_bound() -> None:
    text = "id: t\ntitre: Pays\ntype: pays\ncommunes: -3\ntuile: {x: 51, y: 0}\n"
    _, told = judged(Territoire, text)
    assert [(d.message, d.aide) for d in told] == [
        ("`communes` (Communes) : « -3 » ne convient pas.", "Attendu : au moins 0."),
        ("`x` (Colonne) : « 51 » ne convient pas.", "Attendu : au plus 50."),
    ]


def test_a_long_value_is_shortened_in_the_message() -> None:
    _, (diagnostic,) = judged(Constat, CONSTAT.replace("tendance", "tendance très longue " * 20))
    assert len(diagnostic.message) < 130
    assert "…" in diagnostic.message


def test_what_yaml_refused_is_not_told_again_by_the_model() -> None:
    text = CONSTAT.replace("theme-immobilier", "*theme") + "preuves: [{par: *p}, {par: source, source: *s}, *q]\n"
    source, told = judged(Constat, text)
    assert told == []
    assert [souligne(d) for d in source.diagnostics] == ["*theme", "*p", "*s", "*q"]


def test_a_field_lost_in_a_broken_line_is_not_told_missing_but_another_is() -> None:
    source, told = judged(Constat, "id: vacance\ntitre: La vacance\n   nature: tendance\ndiffusion: public\n")
    assert [d.place.span.line for d in source.diagnostics] == [3]
    assert [d.message for d in told] == ["Il manque le champ `theme` (Thème)."]


def test_broken_fields_are_those_of_the_element_itself() -> None:
    source = parse((CONSTAT + "preuves: [{par: chiffre, valeur: x}]\nnotes: []\n").encode(), "dossier.yml")
    with pytest.raises(ValidationError) as caught:
        Constat.model_validate(source.data)
    assert fautes.broken_fields(caught.value) == {"preuves", "notes"}


# ---- through the whole dossier


def test_three_faulty_fields_a_dangling_reference_and_a_rule_are_all_told_at_once(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "strategy/diagnostic.yml": """\
- id: vacance-tertiaire
  titre: La vacance tertiaire recule
  nature: atou
  diffusion: publique
  territoire: metropole
  preuves:
    - {par: chiffre, libelle: Bureaux, valeur: 7,6, unite: "%"}
""",
            "strategy/enjeux.yml": """\
- id: enjeu-centre
  titre: Remplir le centre
  constats: []
  influence: {degre: decider}
  couleur: bleu
""",
        },
    )
    assert premieres_lignes(charger(tmp_path).diagnostics) == [
        "strategy/diagnostic.yml:1:3 [champ-manquant] Il manque le champ `theme` (Thème).",
        "strategy/diagnostic.yml:3:11 [valeur-refusee] `nature` (Nature) : « atou » n'est pas une valeur possible.",
        "strategy/diagnostic.yml:4:14 [valeur-refusee] `diffusion` (Diffusion) : « publique » ne convient pas.",
        "strategy/diagnostic.yml:5:15 [reference-inconnue] « La vacance tertiaire recule » cite `metropole`, "
        "absent des territoires.",
        "strategy/diagnostic.yml:7:50 [champ-inconnu] Le champ `6` n'existe pas ici.",
        "strategy/enjeux.yml:4:22 [valeur-refusee] `degre` (Degré) : « decider » n'est pas une valeur possible.",
        "strategy/enjeux.yml:5:3 [champ-inconnu] Le champ `couleur` n'existe pas ici.",
    ]
    rules_told = [(d.code, d.place.path, d.place.span.line) for d in verifier(tmp_path)]
    assert ("enjeu-sans-constat", "strategy/enjeux.yml", 3) in rules_told
    assert "constat-sans-preuve" not in {code for code, _, _ in rules_told}, "evidence is written, though wrongly"
