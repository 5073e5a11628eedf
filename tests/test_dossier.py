"""Loading never stops at the first mistake: all that is good, all that is bad, each told once and none made up."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smde.dossier import SORTIS, Dossier, charger
from smde.model.acteurs import Acteur
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC
from smde.model.demarche import Phase
from smde.model.element import StatutValidation
from smde.model.identite import Identite
from smde.model.rubriques import CLASSES
from smde.model.schema import Action
from smde.model.strategie import Constat, Enjeu, Objectif
from tests.conftest import (
    VALMER,
    Fichiers,
    duree,
    ecrire,
    lire,
    premieres_lignes,
    souligne,
    verifie_le_francais,
    verifier,
)

THEME = "- {id: theme-immobilier, titre: Immobilier, diffusion: public}\n"
CONSTAT = """\
- id: {0}
  titre: {1}
  theme: theme-immobilier
  nature: tendance
"""


def lignes(racine: Path) -> list[str]:
    dossier = charger(racine)
    for diagnostic in dossier.diagnostics:
        verifie_le_francais(diagnostic)
    return premieres_lignes(dossier.diagnostics)


# ---- what is good


def test_a_whole_dossier_is_read_without_a_fault(valmer: Dossier) -> None:
    assert valmer.diagnostics == []
    assert {element.genre for element in valmer.elements.values()} == set(CLASSES)
    assert valmer.identite.titre == "Valmer métropole"
    assert valmer.identite.siren == "240012344"
    assert valmer.fichiers["logo.svg"].startswith(b"<svg")
    assert not valmer.broken


def test_the_rules_find_no_error_in_a_whole_dossier() -> None:
    assert [d for d in verifier(VALMER) if d.severite == "erreur"] == []


def test_elements_are_found_by_kind_in_the_order_of_the_files(valmer: Dossier) -> None:
    assert [c.id for c in valmer.tous(Constat)] == [
        "metiers-en-tension",
        "departs-annonces",
        "vacance-tertiaire",
        "friches-portuaires",
    ]
    assert [p.id for p in valmer.tous(Phase)] == ["phase-diagnostic", "phase-enjeux"]
    assert Dossier(Path()).tous(Constat) == []


def test_every_element_knows_where_it_is_written(valmer: Dossier) -> None:
    for ident in valmer.elements:
        place = valmer.place(ident, ("id",))
        assert place.excerpt[place.span.column - 1 : place.span.end_column - 1] == ident
        assert ident in (VALMER / place.path).read_text("utf-8").splitlines()[place.span.line - 1]


def test_a_field_of_an_element_has_its_place(valmer: Dossier) -> None:
    place = valmer.place("action-requalifier-friches", ("budget", 1, "montant"))
    assert (place.path, place.span.line) == ("schema/actions/requalifier-friches.yml", 24)
    assert place.excerpt[place.span.column - 1 : place.span.end_column - 1] == "450000.50"
    key = valmer.place("action-requalifier-friches", ("budget", 1, "montant"), key=True)
    assert key.excerpt[key.span.column - 1 : key.span.end_column - 1] == "montant"


def test_links_are_followed_both_ways(valmer: Dossier) -> None:
    assert [e.id for e in valmer.cites_par["friches-portuaires"]] == ["enjeu-friches", "seance-2019-09"]
    assert [e.id for e in valmer.cites_par["vacance-bureaux"]] == [
        "vacance-tertiaire",
        "objectif-reconversion",
        "action-requalifier-friches",
    ]
    assert ("enjeu-friches", ("constats", 1), "vacance-tertiaire") in {(e.id, c, i) for e, c, i in valmer.liens}
    cited_twice = [e for e in valmer.cites_par["groupe-pilotage"] if e.id == "phase-diagnostic"]
    assert len(cited_twice) == 1


def test_texts_are_known_with_who_may_read_them(valmer: Dossier) -> None:
    levels = {(p.element.id, p.chemin): p.diffusion for p in valmer.passages}
    assert levels["friches-portuaires", ("texte",)] == PUBLIC
    assert levels["friches-portuaires", ("notes",)] == INTERNE
    assert levels["enjeu-competences", ("titre",)] == INTERNE
    assert levels["action-requalifier-friches", ("risques", 0, "titre")] == PARTENAIRES
    assert levels["action-requalifier-friches", ("negociations", 0, "repli")] == INTERNE
    assert levels["action-requalifier-friches", ("budget", 0, "poste")] == PUBLIC
    assert levels["action-requalifier-friches", ("budget", 1, "poste")] == PARTENAIRES
    assert levels["action-requalifier-friches", ("resultats", 0)] == PUBLIC
    assert levels["E-EXT-01", ("verbatims", 0, "texte")] == PUBLIC
    assert levels["E-EXT-01", ("verbatims", 1, "texte")] == INTERNE
    assert levels["union-industrielle", ("titre",)] == PARTENAIRES


def test_elements_are_found_by_status_and_those_given_up_are_no_longer_alive(tmp_path: Path) -> None:
    constats = CONSTAT.format("friches", "Les friches du port s'étendent") + "".join(
        CONSTAT.format(ident, titre) + f"  validation: {{statut: {statut}}}\n"
        for ident, titre, statut in [
            ("bureaux", "Un bureau sur dix est vide", "abandonne"),
            ("ateliers", "Les ateliers manquent de place", "a_valider"),
            ("commerces", "Les commerces quittent le bourg", "remplace"),
            ("loyers", "Les loyers reculent au centre", "a_valider"),
        ]
    )
    dossier = charger(ecrire(tmp_path, {"data/themes.yml": THEME, "strategy/diagnostic.yml": constats}))
    au_statut = {statut: [e.id for e in dossier.au_statut(statut)] for statut in StatutValidation}
    assert au_statut == {
        StatutValidation.brouillon: ["friches", "theme-immobilier"],
        StatutValidation.a_valider: ["ateliers", "loyers"],
        StatutValidation.valide: [],
        StatutValidation.remplace: ["commerces"],
        StatutValidation.abandonne: ["bureaux"],
    }
    assert {e.id for e in dossier.au_statut(*SORTIS)} == {"commerces", "bureaux"}
    assert [constat.id for constat in dossier.vivants(Constat)] == ["friches", "ateliers", "loyers"]
    assert len(dossier.tous(Constat)) == 5
    assert dossier.vivants(Enjeu) == []


def test_citations_in_texts_are_known(valmer: Dossier) -> None:
    assert {(p.element.id, cible) for p, cible in valmer.citations} == {
        ("action-requalifier-friches", "friches-portuaires"),
        ("friches-portuaires", "terme-friche"),
        ("identite-valmer", "groupe-pilotage"),
        ("terme-vacance", "vacance-bureaux"),
    }


def test_what_the_closed_phases_produced_may_be_demanded(valmer: Dossier) -> None:
    assert valmer.termines == {"constats"}


# ---- where elements are written

CONSTATS = {ident: CONSTAT.format(ident, f"Constat {ident}") for ident in ("vacance", "friches", "criee", "rade")}


@given(st.lists(st.sampled_from(["unique.yml", "a.yml", "a/b.yml", "b/c/d.yaml", "z.YML"]), min_size=4, max_size=4))
def test_a_folder_or_a_file_by_heading_give_the_same_dossier(
    tmp_path_factory: pytest.TempPathFactory, where: list[str]
) -> None:
    spread: dict[str, str] = {"data/themes.yml": THEME}
    for name, text in zip(where, CONSTATS.values(), strict=True):
        path = "strategy/diagnostic.yml" if name == "unique.yml" else f"strategy/diagnostic/{name}"
        spread[path] = spread.get(path, "") + text
    one = {"data/themes.yml": THEME, "strategy/diagnostic.yml": "".join(CONSTATS.values())}
    spread_out = charger(ecrire(tmp_path_factory.mktemp("etale"), spread))
    together = charger(ecrire(tmp_path_factory.mktemp("uni"), one))
    assert not spread_out.diagnostics
    assert spread_out.elements == together.elements
    assert spread_out.genres == together.genres


def test_a_file_holds_one_element_or_a_list(tmp_path: Path) -> None:
    alone = CONSTATS["vacance"].replace("- ", "", 1).replace("\n  ", "\n")
    ecrire(tmp_path, {"data/themes.yml": THEME, "strategy/diagnostic/vacance.yml": alone})
    assert not charger(tmp_path).diagnostics
    ecrire(tmp_path, {"strategy/diagnostic/vacance.yml": CONSTATS["vacance"]})
    assert charger(tmp_path).elements.keys() == {"vacance", "theme-immobilier"}


def test_headings_may_share_a_file(fichiers_valmer: Fichiers, tmp_path: Path) -> None:
    files = dict(fichiers_valmer)
    whole = str(files.pop("data/demarche.yml"))
    for part in whole.split("\n# ", 1)[-1].split("\n", 1)[1:]:
        blocks = [block for block in ("\n" + part).split("\n") if block]
        name = ""
        for line in blocks:
            if not line.startswith(" "):
                name = f"data/demarche/{line.rstrip(':')}.yml"
                files[name] = ""
            else:
                files[name] = str(files[name]) + line[2:] + "\n"
    apart = charger(ecrire(tmp_path, files))
    assert not apart.diagnostics
    assert apart.elements == charger(VALMER).elements


def test_an_empty_file_or_heading_is_no_fault(tmp_path: Path) -> None:
    files = {
        "strategy/enjeux.yml": "# à écrire\n",
        "data/demarche.yml": "phases:\nseances: []\n",
        "data/themes.yml": THEME,
    }
    assert lignes(ecrire(tmp_path, files)) == []


# ---- files that cannot be taken


def test_a_file_outside_any_heading_is_told_with_the_nearest_heading(tmp_path: Path) -> None:
    ecrire(
        tmp_path, {"strategy/enjeu.yml": "- id: a\n", "data/divers/notes.yml": "- id: b\n", "schema/x.yml": "a: [\n"}
    )
    dossier = charger(tmp_path)
    assert [(d.place.path, d.code) for d in dossier.diagnostics] == [
        ("data/divers/notes.yml", "fichier-hors-rubrique"),
        ("schema/x.yml", "fichier-hors-rubrique"),
        ("schema/x.yml", "yaml-syntaxe"),
        ("strategy/enjeu.yml", "fichier-hors-rubrique"),
    ]
    assert dossier.diagnostics[-1].aide == "Vouliez-vous dire `strategy/enjeux` ?"
    assert dossier.diagnostics[0].aide.startswith("Rubriques possibles : strategy/diagnostic, ")
    for diagnostic in dossier.diagnostics:
        verifie_le_francais(diagnostic)


@pytest.mark.parametrize(
    ("text", "line", "underlined"),
    [
        ("bientôt\n", 1, "bientôt"),
        ("- bientôt\n", 1, "bientôt"),
        ("- id: a\n  titre: A\n- \n", 3, "-"),
        ("- [a, b]\n", 1, "[a, b]"),
    ],
)
def test_something_else_than_an_element_is_told(tmp_path: Path, text: str, line: int, underlined: str) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": text})
    (diagnostic,) = charger(tmp_path).diagnostics
    verifie_le_francais(diagnostic)
    assert (diagnostic.code, diagnostic.place.span.line) == ("element-attendu", line)
    assert souligne(diagnostic) == underlined or line == 3


@pytest.mark.parametrize("text", ["bientôt\n", "- id: p\n  titre: P\n"])
def test_a_file_of_headings_holds_headings(tmp_path: Path, text: str) -> None:
    ecrire(tmp_path, {"data/demarche.yml": text})
    (diagnostic,) = charger(tmp_path).diagnostics
    assert diagnostic.code == "rubrique-attendue"
    assert "phases, seances, decisions" in diagnostic.aide
    verifie_le_francais(diagnostic)


def test_an_unknown_heading_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {"data/demarche.yml": "phase:\n  - id: x\nreperes:\n  - {id: r, titre: R, date: 2014}\netapes: bientôt\n"},
    )
    dossier = charger(tmp_path)
    assert premieres_lignes(dossier.diagnostics) == [
        "data/demarche.yml:1:1 [champ-inconnu] La rubrique `phase` n'existe pas.",
        "data/demarche.yml:5:9 [element-attendu] Un élément est attendu ici : un bloc avec `id` et `titre`.",
    ]
    assert dossier.diagnostics[0].aide == "Vouliez-vous dire `phases` ?"
    assert list(dossier.elements) == ["r"]


def test_an_empty_dossier_is_told_what_to_do(tmp_path: Path) -> None:
    (diagnostic,) = charger(tmp_path).diagnostics
    assert diagnostic.code == "dossier-vide"
    assert "`strategy/`" in diagnostic.message and "--racine" in diagnostic.aide
    verifie_le_francais(diagnostic)


@pytest.mark.parametrize("content", ["", "# À écrire\n", "[]\n", "null\n", "---\n", "\ufeff"])
def test_files_without_any_element_make_an_empty_dossier(content: str, tmp_path: Path) -> None:
    """Publishing it would put an empty site in the place of the former one."""
    ecrire(tmp_path, {"strategy/enjeux.yml": content, "data/demarche.yml": "phases:\n", "data/themes/a.yml": content})
    (diagnostic,) = charger(tmp_path).diagnostics
    assert diagnostic.code == "dossier-vide"
    assert diagnostic.message == "Aucun élément n'est écrit dans `strategy/`, `schema/`, `data/`."
    verifie_le_francais(diagnostic)


@pytest.mark.parametrize("name", ["absent", "fichier.txt"])
def test_a_root_that_is_no_folder_is_an_empty_dossier(tmp_path: Path, name: str) -> None:
    (tmp_path / "fichier.txt").write_text("strategy")
    assert [d.code for d in charger(tmp_path / name).diagnostics] == ["dossier-vide"]


def test_a_dossier_with_only_a_diagnostic_is_a_dossier(tmp_path: Path) -> None:
    ecrire(tmp_path, {"data/themes.yml": THEME, "strategy/diagnostic.yml": CONSTATS["vacance"]})
    dossier = charger(tmp_path)
    assert not dossier.diagnostics
    assert dossier.identite == Identite(
        id="identite", titre="Dossier", strategie="Stratégie de développement économique"
    )


# ---- ids


def test_an_id_taken_twice_is_told_at_the_second_with_the_place_of_the_first(racine: Path) -> None:
    ecrire(racine, {"strategy/diagnostic/zz.yml": CONSTAT.format("enjeu-friches", "Doublon")})
    assert lignes(racine) == [
        "strategy/enjeux.yml:1:7 [identifiant-en-double] L'identifiant `enjeu-friches` est déjà pris "
        "(strategy/diagnostic/zz.yml, ligne 1)."
    ]


def test_an_id_taken_twice_hides_no_other_fault_of_either(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "strategy/enjeux.yml": "- id: port\n  titre: Le port\n  couleur: bleu\n"
            "- id: port\n  titre: La gare\n  constats: [vacance]\n  influence: {degre: dcide}\n"
        },
    )
    assert lignes(tmp_path) == [
        "strategy/enjeux.yml:3:3 [champ-inconnu] Le champ `couleur` n'existe pas ici.",
        "strategy/enjeux.yml:4:7 [identifiant-en-double] L'identifiant `port` est déjà pris "
        "(strategy/enjeux.yml, ligne 1).",
        "strategy/enjeux.yml:6:14 [reference-inconnue] « La gare » cite `vacance`, absent des constats.",
        "strategy/enjeux.yml:7:22 [valeur-refusee] `degre` (Degré) : « dcide » n'est pas une valeur possible.",
    ]
    dossier = charger(tmp_path)
    assert dossier.elements["port"].titre == "Le port"


def test_three_elements_of_one_id_are_two_faults(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": "- {id: port, titre: Port}\n" * 3})
    assert [d.place.span.line for d in charger(tmp_path).diagnostics] == [2, 3]


@pytest.mark.parametrize("ident", ["été", "2014", "le port", "a" * 65, "-port", "port.nord"])
def test_an_id_that_is_no_name_is_told_once_and_citing_it_is_no_further_fault(tmp_path: Path, ident: str) -> None:
    ecrire(
        tmp_path,
        {
            "data/themes.yml": THEME,
            "strategy/diagnostic.yml": CONSTAT.format(ident, "Vacance"),
            "strategy/enjeux.yml": f"- id: centre\n  titre: Centre\n  constats: ['{ident}']\n",
        },
    )
    (diagnostic,) = charger(tmp_path).diagnostics
    assert diagnostic.message.startswith("`id` (Identifiant) : « ")
    assert "64 lettres" in diagnostic.aide


def test_spaces_around_an_id_between_quotes_do_not_count(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {
            "data/themes.yml": '- {id: " theme-immobilier ", titre: Immobilier}\n',
            "strategy/diagnostic.yml": CONSTATS["vacance"].replace("theme-immobilier", '" theme-immobilier"'),
        },
    )
    dossier = charger(tmp_path)
    assert not dossier.diagnostics
    assert list(dossier.elements) == ["vacance", "theme-immobilier"]


def test_an_element_without_id_is_told_and_the_rest_of_it_is_judged(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": "- titre: Le port\n  constats: [vacance]\n  couleur: bleu\n"})
    assert lignes(tmp_path) == [
        "strategy/enjeux.yml:1:3 [champ-manquant] Il manque le champ `id` (Identifiant).",
        "strategy/enjeux.yml:2:14 [reference-inconnue] « Le port » cite `vacance`, absent des constats.",
        "strategy/enjeux.yml:3:3 [champ-inconnu] Le champ `couleur` n'existe pas ici.",
    ]


def test_an_id_that_is_a_list_is_told(tmp_path: Path) -> None:
    ecrire(tmp_path, {"strategy/enjeux.yml": "- id: [port]\n  titre: Le port\n"})
    assert len(charger(tmp_path).diagnostics) == 1


# ---- one fault makes no other


@pytest.mark.parametrize(
    "fault",
    [
        "  nature: atou\n",
        "  titre: [La vacance]\n",
        "  couleur: bleu\n",
        "  preuves: [{par: chiffre}]\n",
        "  diffusion: tous\n",
        "  notes: 'l'eau'\n",
        '  notes: "non fermé\n',
        "\tnotes: rien\n",
        "  notes: a: b\n",
        "  notes: *vacance\n",
        "  notes: \x07\n",
        "  theme:\n",
    ],
)
def test_what_is_wrong_in_an_element_makes_no_citation_of_it_false(racine: Path, fault: str) -> None:
    key = fault.strip().split(":")[0]
    constat = "".join(line for line in CONSTATS["vacance"].splitlines(keepends=True) if f" {key}:" not in line)
    ecrire(
        racine,
        {
            "strategy/diagnostic/zz.yml": constat + fault,
            "strategy/enjeux/zz.yml": "- id: enjeu-centre\n  titre: Remplir le centre\n  constats: [vacance]\n"
            '  texte: "Voir [[vacance]]."\n',
        },
    )
    dossier = charger(racine)
    assert {d.place.path for d in dossier.diagnostics} == {"strategy/diagnostic/zz.yml"}
    assert "vacance" in dossier.elements
    assert dossier.genres["vacance"] == "constat"
    told = [d for d in verifier(racine) if d.severite == "erreur" and d not in dossier.diagnostics]
    assert [d for d in told if d.place.path == "strategy/enjeux/zz.yml"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02",
        b"\xff\xfe" + "- id: vacance\n".encode("utf-16-le"),
        b"- id: vacance\n" + b"#" * 1_000_001,
        b"- id: vacance\n  titre: [[[[",
        b"[[[[[[[ - id: vacance",
    ],
)
def test_ids_of_a_file_that_cannot_be_read_are_not_told_unknown(racine: Path, content: bytes) -> None:
    ecrire(
        racine,
        {
            "strategy/diagnostic/zz.yml": content,
            "strategy/enjeux/zz.yml": "- id: enjeu-centre\n  titre: Centre\n"
            "  constats: [vacance]\n  texte: '[[vacance]]'\n",
        },
    )
    dossier = charger(racine)
    if not content.startswith(b"[[["):
        assert {d.place.path for d in dossier.diagnostics} == {"strategy/diagnostic/zz.yml"}
    assert "enjeu-centre" in dossier.elements


def test_an_unreadable_file_hides_no_unknown_reference_of_another_kind(racine: Path) -> None:
    ecrire(
        racine,
        {
            "strategy/diagnostic/zz.yml": b"\x00",
            "strategy/objectifs/zz.yml": "- id: objectif-x\n  titre: X\n  enjeux: [enjeu-inconnu]\n",
        },
    )
    assert [d.code for d in charger(racine).diagnostics] == ["encodage", "reference-inconnue"]


def test_a_rejected_field_is_left_out_and_the_rest_of_the_element_is_kept(racine: Path) -> None:
    ecrire(
        racine,
        {
            "strategy/diagnostic/zz.yml": "- id: vacance\n  nature: atou\n  diffusion: public\n"
            "  preuves: [{par: source, source: inventaire-friches}, {par: rien}]\n  texte: Voir [[rien-du-tout]].\n"
        },
    )
    dossier = charger(racine)
    assert [(d.place.span.line, d.code) for d in dossier.diagnostics] == [
        (1, "champ-manquant"),
        (1, "champ-manquant"),
        (2, "valeur-refusee"),
        (4, "valeur-refusee"),
        (5, "reference-inconnue"),
    ]
    element = dossier.elements["vacance"]
    assert isinstance(element, Constat)
    assert (element.titre, element.diffusion, element.preuves) == ("vacance", PUBLIC, [])
    assert dossier.broken["vacance"] == {"titre", "theme", "nature", "preuves"}


def test_a_refused_readership_is_the_narrowest(racine: Path) -> None:
    ecrire(racine, {"data/acteurs/zz.yml": "id: port\ntitre: Port\ntype: operateur\ndiffusion: tout-public\n"})
    dossier = charger(racine)
    assert dossier.elements["port"].diffusion == INTERNE
    assert isinstance(dossier.elements["port"], Acteur)


# ---- everything at once

LIGNES_FAUTIVES = {
    "strategy/diagnostic/a.yml": (
        "- id: a\n  titre: 'l'eau'\n  theme: theme-emploi\n  nature: atout\n",
        "yaml-syntaxe",
    ),
    "strategy/diagnostic/b.yml": ("- id: b\n  titre: B\n  theme: theme-emploi\n  nature: mer\n", "valeur-refusee"),
    "strategy/enjeux/c.yml": ("- id: c\n  titre: C\n  constats: [rien]\n", "reference-inconnue"),
    "strategy/enjeux/d.yml": ("- id: d\n  titre: D\n  constats: [theme-emploi]\n", "reference-mal-typee"),
    "data/territoires/e.yml": ("id: e\ntitre: E\ntype: pays\ncomposition: [e]\n", "reference-a-soi-meme"),
    "data/livrables/f.yml": ("id: region\ntitre: F\nlecteur: L\nmodele: m\n", "identifiant-en-double"),
    "data/sources/g.yml": ("id: g\ntitre: G\nurll: https://g.example/\n", "champ-inconnu"),
    "data/groupes/h.yml": ("id: h\ntitre: H\n", "champ-manquant"),
    "data/glossaire/i.yml": ("id: i\ntitre: I\ntexte: Voir [[nulle-part]].\n", "reference-inconnue"),
    "data/indicateurs/j.yml": (
        "id: j\ntitre: J\nunite: ha\ndefinition: J.\nterritoire: pays-2014\nsource: inventaire-friches\nserie: j.csv\n",
        "fichier-absent",
    ),
    "data/indicateurs/vacance-bureaux.csv": ("periode,valeur,note\n2019,7.6,\n2020,x,\n", "serie-valeur"),
    "data/livrables/k.yml": (b"id: k\ntitre: \xe9t\xe9\nlecteur: L\nmodele: m\n", "encodage"),
    "data/entretiens/l.yml": ("id: l\ntitre: L\u200b\ncategorie: interne\n", "caractere-interdit"),
    "schema/actions/m.yml": ("id: m\ntitre: M\ntitre: N\n", "cle-en-double"),
    "schema/moyens/n.yml": ("id: n\ntitre: &n N\nnature: humain\n", "yaml-refuse"),
    "schema/n.yml": ("id: n\n", "fichier-hors-rubrique"),
}


@settings(max_examples=settings().max_examples // 3)
@given(st.sets(st.sampled_from(sorted(LIGNES_FAUTIVES)), min_size=1))
def test_all_mistakes_are_told_at_once_and_each_only_once(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[str]
) -> None:
    files = {path: LIGNES_FAUTIVES[path][0] for path in chosen}
    racine = ecrire(tmp_path_factory.mktemp("tout"), {**lire(VALMER), **files})
    assert [(d.place.path, d.code) for d in charger(racine).diagnostics] == sorted(
        (path, LIGNES_FAUTIVES[path][1]) for path in chosen
    )


def test_loading_the_same_dossier_twice_gives_the_same_thing(racine: Path) -> None:
    ecrire(racine, {path: text for path, (text, _) in LIGNES_FAUTIVES.items()})
    first, second = charger(racine), charger(racine)
    assert first.diagnostics == second.diagnostics
    assert list(first.elements) == list(second.elements)
    assert first.elements == second.elements
    assert first != second, "a dossier is itself and no other"


# ---- files that elements name

INDICATEUR = (
    "id: zz\ntitre: ZZ\nunite: ha\ndefinition: Z.\nterritoire: pays-2014\n"
    "source: inventaire-friches\ndiffusion: public\n"
)


def test_a_missing_series_is_told_with_the_name_that_is_near(racine: Path) -> None:
    ecrire(racine, {"data/indicateurs/zz.yml": INDICATEUR + "serie: vacance-bureau.csv\n"})
    dossier = charger(racine)
    (diagnostic,) = dossier.diagnostics
    assert diagnostic.message == "Le fichier `vacance-bureau.csv` de « ZZ » n'existe pas dans `data/indicateurs/`."
    assert diagnostic.aide == "Vouliez-vous dire `vacance-bureaux.csv` ?"
    assert souligne(diagnostic) == "vacance-bureau.csv"
    assert dossier.broken["zz"] == {"serie"}


def test_a_missing_image_is_told(racine: Path) -> None:
    (racine / "data/logo.svg").unlink()
    (diagnostic,) = charger(racine).diagnostics
    assert diagnostic.message == "Le fichier `logo.svg` de « Valmer métropole » n'existe pas dans `data/`."
    verifie_le_francais(diagnostic)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "../../../../etc/passwd",
            "/etc/passwd",
            "..\\..\\secret.csv",
            "../../../voisin.csv",
            "C:\\x.csv",
            "lien.csv",
        ),
        *("x" * 290, "a/" * 100 + "a.csv", "emploi-salarie.csv/x.csv", "..", ".", "~/x.csv", "dossier.csv", "tube.csv"),
        *("boucle.csv", "/dev/stdin", "https://voisin.example/a.csv"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused_where_it_is_written(racine: Path, value: str) -> None:
    import os

    (racine.parent / "voisin.csv").write_text("periode,valeur,note\n2019,1,\n")
    (racine / "data/indicateurs/lien.csv").symlink_to(racine.parent / "voisin.csv")
    (racine / "data/indicateurs/boucle.csv").symlink_to("boucle.csv")
    (racine / "data/indicateurs/dossier.csv").mkdir()
    os.mkfifo(racine / "data/indicateurs/tube.csv")
    ecrire(racine, {"data/indicateurs/zz.yml": INDICATEUR + f"serie: '{value}'\n"})
    dossier = charger(racine)
    (diagnostic,) = dossier.diagnostics
    assert diagnostic.code == "fichier-absent"
    assert diagnostic.place.path == "data/indicateurs/zz.yml"
    verifie_le_francais(diagnostic)
    assert "zz" not in dossier.series


def test_a_file_of_another_folder_of_the_dossier_may_be_named(racine: Path) -> None:
    ecrire(
        racine,
        {
            "data/indicateurs/zz.yml": INDICATEUR + "serie: ../series/zz.csv\n",
            "data/series/zz.csv": "periode,valeur,note\n2019,1,\n",
        },
    )
    dossier = charger(racine)
    assert not dossier.diagnostics
    assert len(dossier.series["zz"]) == 1


def test_a_series_shared_by_two_indicators_is_told_even_by_another_way(racine: Path) -> None:
    ecrire(racine, {"data/indicateurs/zz.yml": INDICATEUR + "serie: ../indicateurs/vacance-bureaux.csv\n"})
    (diagnostic,) = charger(racine).diagnostics
    assert diagnostic.message == "La série `../indicateurs/vacance-bureaux.csv` est déjà celle de `vacance-bureaux`."
    verifie_le_francais(diagnostic)


def test_an_image_that_is_too_big_is_told(racine: Path) -> None:
    ecrire(racine, {"data/logo.svg": b"<" * 5_400_000})
    dossier = charger(racine)
    (diagnostic,) = dossier.diagnostics
    assert diagnostic.message == "Le fichier `logo.svg` fait 5,4 Mo ; la limite est de 5 Mo."
    assert not dossier.fichiers
    verifie_le_francais(diagnostic)


def test_an_image_that_the_system_refuses_is_told(racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.suffix == ".svg":
            raise OSError(errno.EACCES, "Permission denied")
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (diagnostic,) = charger(racine).diagnostics
    assert diagnostic.message == "Le fichier `logo.svg` ne peut pas être lu : accès refusé."
    verifie_le_francais(diagnostic)


def test_a_series_whose_name_is_refused_is_not_looked_for(racine: Path) -> None:
    ecrire(racine, {"data/indicateurs/zz.yml": INDICATEUR + "serie: [a, b]\n"})
    assert [d.code for d in charger(racine).diagnostics] == ["valeur-refusee"]


# ---- time


def grand_dossier(racine: Path, count: int, broken: int = 0) -> Path:
    """A chain of `count` constats and as many enjeux; `broken` enjeux cite a constat that does not exist."""
    files: dict[str, str] = {"data/themes.yml": THEME}
    for start in range(0, count, 100):
        numbers = range(start, min(count, start + 100))
        files[f"strategy/diagnostic/{start:06d}.yml"] = "".join(
            CONSTAT.format(f"constat-{n:06d}", f"Constat {n}") + "  texte: La vacance tertiaire recule.\n"
            for n in numbers
        )
        files[f"strategy/enjeux/{start:06d}.yml"] = "".join(
            f"- id: enjeu-{n:06d}\n  titre: Enjeu {n}\n"
            f"  constats: [constat-{n:06d}{'-bis' if n < broken else ''}, constat-{n * 7 % count:06d}]\n"
            for n in numbers
        )
    return ecrire(racine, files)


def test_loading_takes_a_time_that_grows_as_the_dossier_does(tmp_path: Path) -> None:
    small, large = grand_dossier(tmp_path / "petit", 80), grand_dossier(tmp_path / "grand", 800)
    assert duree(lambda: charger(large)) < 25 * duree(lambda: charger(small))


def test_many_broken_references_cost_no_more_than_a_few_readings(tmp_path: Path) -> None:
    sound, broken = grand_dossier(tmp_path / "sain", 1000), grand_dossier(tmp_path / "casse", 1000, 200)
    dossier = charger(broken)
    assert len(dossier.diagnostics) == 200
    assert all(d.aide.startswith("Vouliez-vous dire `constat-") for d in dossier.diagnostics)
    assert duree(lambda: charger(broken)) < 6 * duree(lambda: charger(sound))


def test_classes_keep_their_kind(valmer: Dossier) -> None:
    assert isinstance(valmer.elements["enjeu-friches"], Enjeu)
    assert isinstance(valmer.elements["objectif-reconversion"], Objectif)
    assert isinstance(valmer.elements["action-ecole-soudure"], Action)
    assert valmer.genres["action-ecole-soudure"] == "action"
