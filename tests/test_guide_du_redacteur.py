"""The guide tells the truth: its examples are read, its messages are those the program prints, its tables the model."""

import re
from enum import EnumType
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from smde import report, rules, series
from smde.dossier import charger
from smde.ecriture import majuscule
from smde.libelles import LIBELLES
from smde.model.acteurs import Acteur, Groupe, Membre, NomRole, Role, StatutRole
from smde.model.cadres import NatureLien
from smde.model.champ import INTERNE, PARTENAIRES, PUBLIC, Diffusion, Partie, field_level
from smde.model.demarche import Decision, Entretien, Seance
from smde.model.element import Element, StatutValidation
from smde.model.identite import Filtre, Identite, Livrable, Niveau
from smde.model.mesures import Terme
from smde.model.rubriques import CHEMINS, RUBRIQUES
from smde.model.schema import (
    Action,
    EtatCout,
    EtatFinancement,
    Financement,
    LigneBudget,
    Maturite,
    Negociation,
    StatutAction,
)
from smde.model.strategie import Constat, DegreInfluence, Enjeu, NatureConstat, Objectif
from smde.rules import phrase_longue
from tests.brest import RACINE
from tests.conftest import Fichiers, ecrire, lire, verifier

GUIDE = RACINE / "docs" / "guide"
PAGES = {page.stem: page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md"))}
BLOC = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MESSAGE = re.compile(r"[\w/.-]+:\d+:\d+: (?:erreur|alerte) \[")


def _blocs(langue: str) -> list[tuple[str, str]]:
    """The blocks of a language, with the page they are in."""
    return [(nom, found[2]) for nom, page in PAGES.items() for found in BLOC.finditer(page) if found[1] == langue]


def _table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table whose heading row begins so."""
    lines = PAGES[page].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def _codes(words: str) -> list[str]:
    return re.findall(r"`([^`]+)`", words)


# Examples


class Exemple(NamedTuple):
    """An example of a page, as a file to add to a dossier, and the id of the element it makes."""

    page: str
    chemin: str
    texte: str
    ident: str


def _seul(classe: type[Element], ident: str) -> str:
    """The smallest element of a kind, on which the fields of an example are put."""
    own = {
        Constat: "theme: theme-foncier\nnature: atout\npreuves: [{par: source, source: src-smde-2016}]\n",
        Enjeu: "constats: [pop-jeunesse]\n",
        Objectif: "enjeux: [enjeu-savoirs]\n",
        Action: (
            "priorite: prio-foncier\nroles: [{acteur: brest-metropole, role: pilote, statut: accepte}, "
            "{acteur: brest-metropole, role: maitre_ouvrage, statut: accepte, principal: true}]\n"
        ),
        Groupe: "type: technique\n",
        Terme: "texte: Une définition.\n",
        Livrable: "lecteur: Services\nmodele: fiches\n",
        Decision: "instance: cpc\nseance: seance-cpc-2014-10-17\ndate: 2014-10-17\nresultat: adopte\n",
    }[classe]
    return f"id: {ident}\ntitre: Un exemple du guide, {ident}\ndiffusion: public\n{own}"


HOTES: tuple[type[Element], ...] = (Constat, Enjeu, Objectif, Action, Groupe, Terme, Decision, Livrable)


SEULEMENT_IDENTITE = Identite.model_fields.keys() - Element.model_fields.keys()
"""Fields of the identity: there is one in a dossier, and no example can be put beside it."""


def _hote(keys: set[str]) -> type[Element]:
    """The first kind of element that has all these fields."""
    return next(classe for classe in HOTES if keys <= set(classe.model_fields))


def _classe_entiere(keys: set[str]) -> type[Element]:
    signs: dict[str, type[Element]] = {
        **{"theme": Constat, "priorite": Action, "enjeux": Objectif},
        **{"categorie": Terme, "lecteur": Livrable},
    }
    return next(classe for sign, classe in signs.items() if sign in keys)


def _exemples() -> list[Exemple]:
    found = []
    for number, (page, texte) in enumerate(_blocs("yaml"), 1):
        data = yaml.load(texte, yaml.BaseLoader)
        if isinstance(data, dict) and data.keys() <= SEULEMENT_IDENTITE:
            continue
        ident = f"guide-{number:02d}"
        if isinstance(data, list) and "id" in data[0]:
            classe = _classe_entiere(set(data[0]))
            for index, item in enumerate(data):
                texte = texte.replace(f"id: {item['id']}\n", f"id: {ident}-{index}\n")
                texte = texte.replace(item["titre"], f"{item['titre']} ({ident})")
            ident += "-0"
        elif isinstance(data, dict) and "id" in data:
            classe = _classe_entiere(set(data))
            texte = texte.replace(f"id: {data['id']}\n", f"id: {ident}\n")
        elif isinstance(data, list):
            classe, name = (Constat, "preuves") if "par" in data[0] else (Groupe, "membres")
            texte = _sans(_seul(classe, ident), {name}) + f"{name}:\n" + texte
        else:
            classe = _hote(set(data))
            texte = _sans(_seul(classe, ident), set(data)) + texte
        found.append(Exemple(page, f"{CHEMINS[classe.genre]}/{ident}.yml", texte, ident))
    return found


def _sans(texte: str, names: set[str]) -> str:
    """An element without the fields that an example gives."""
    return "".join(line for line in texte.splitlines(keepends=True) if line.split(":")[0] not in names)


EXEMPLES = _exemples()


@pytest.fixture(scope="module")
def contenu() -> Fichiers:
    """The files of the Brest dossier."""
    folders = ("strategy", "schema", "data")
    return {f"{folder}/{path}": text for folder in folders for path, text in lire(RACINE / folder).items()}


@pytest.fixture(scope="module")
def avec_exemples(contenu: Fichiers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Brest dossier with every example of the guide in it, each in a file of its own."""
    examples: dict[str, str | bytes] = {exemple.chemin: exemple.texte for exemple in EXEMPLES}
    decisions = str(contenu["data/demarche/decisions.yml"])
    for exemple in EXEMPLES:
        if "statut: valide\n" in exemple.texte:  # the guide says that the decision cites it too
            decisions = decisions.replace("  valide:\n", f"  valide:\n    - element: {exemple.ident}\n")
    examples["data/demarche/decisions.yml"] = decisions
    return ecrire(tmp_path_factory.mktemp("guide"), {**contenu, **examples})


def test_the_guide_is_full_of_examples() -> None:
    assert len(EXEMPLES) >= 18
    assert {exemple.page for exemple in EXEMPLES} >= {
        *("ajouter-un-constat", "ajouter-un-objectif", "ajouter-une-fiche-action"),
        *("ecrire-en-yaml", "ce-qui-est-publie"),
    }


def test_every_example_is_read_whole_and_makes_no_error(avec_exemples: Path) -> None:
    dossier = charger(avec_exemples)
    assert [e.ident for e in EXEMPLES if e.ident not in dossier.elements or dossier.broken.get(e.ident)] == []
    paths = {exemple.chemin for exemple in EXEMPLES}
    wrong = [d for d in verifier(avec_exemples) if d.place.path in paths and d.severite == "erreur"]
    assert wrong == [], report.texte(wrong)


def test_the_guide_tells_every_criterion_of_a_filter_and_names_templates_that_exist() -> None:
    page = PAGES["ajouter-un-document"]
    assert [_codes(row[0])[0] for row in _table("ajouter-un-document", "Critère")] == list(Filtre.model_fields)
    assert _codes(_table("ajouter-un-document", "Critère")[0][1]) == [niveau.value for niveau in Niveau]
    (named,) = [line for line in page.splitlines() if line.startswith("`modele` est le nom du gabarit")]
    templates = {path.name.removesuffix(".md.j2") for path in (RACINE / "macros/documents").glob("*.md.j2")}
    assert set(_codes(named)) - {"modele"} <= templates


def test_an_error_in_an_example_would_be_seen(contenu: Fichiers, tmp_path: Path) -> None:
    exemple = next(e for e in EXEMPLES if "cibles" in e.texte)
    broken = exemple.texte.replace("valeur: 33000", "valeur: 33 000")
    diagnostics = verifier(ecrire(tmp_path, {**contenu, exemple.chemin: broken}))
    assert [d.code for d in diagnostics if d.place.path == exemple.chemin] == ["valeur-refusee"]


def test_the_constat_of_the_guide_is_the_one_of_the_dossier() -> None:
    shown = next(item for _, texte in _blocs("yaml") for item in _items(texte) if item.get("theme"))
    constat = charger(RACINE).elements[str(shown["id"])]
    assert isinstance(constat, Constat)
    assert (constat.titre, constat.nature.name, constat.theme) == (shown["titre"], shown["nature"], shown["theme"])


def _items(texte: str) -> list[dict[str, object]]:
    data = yaml.load(texte, yaml.BaseLoader)
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def test_the_table_of_values_of_the_guide_is_read(tmp_path: Path) -> None:
    ((_, texte),) = _blocs("csv")
    file = tmp_path / "serie.csv"
    file.write_text(texte, encoding="utf-8")
    serie = series.read(file, "serie.csv")
    assert serie.diagnostics == []
    assert [str(valeur.valeur) for valeur in serie.valeurs] == ["1236121", "None", "655000"]


# Messages

RECETTES = (
    ("strategy/enjeux.yml", "- pop-vieillissement\n", "- pop-vieilissement\n"),
    ("data/guides.yml", "titre: Guide d'entretien pour", "titre: Guide : entretien pour"),
    ("strategy/enjeux.yml", "  titre: Faire profiter", "  titer: Faire profiter"),
    ("data/demarche/seances.yml", "date: 2014-10-17", "date: 17/10/2014"),
    ("data/indicateurs/exploitations-bm.csv", "periode,valeur,note", "periode;valeur;note"),
    ("strategy/diagnostic/tourisme.yml", "      source: src-adeupa-tourisme-37\n", ""),
)
"""What to change in the dossier to have each message the guide quotes, in the order of the page."""


def _messages() -> list[str]:
    return [texte for _, texte in _blocs("") if MESSAGE.match(texte)]


def test_each_message_quoted_has_its_recipe() -> None:
    assert len(_messages()) == len(RECETTES)
    assert [texte.split(":")[0] for texte in _messages()] == [path for path, _, _ in RECETTES]


@pytest.mark.parametrize(("path", "old", "new"), RECETTES, ids=[path for path, _, _ in RECETTES])
def test_the_message_quoted_is_the_one_printed(
    path: str, old: str, new: str, contenu: Fichiers, tmp_path: Path
) -> None:
    text = contenu[path]
    assert isinstance(text, str) and old in text
    printed = report.texte(verifier(ecrire(tmp_path, {**contenu, path: text.replace(old, new, 1)})))
    quoted = _messages()[RECETTES.index((path, old, new))]
    told = [block + "\n" for block in printed.split("\n\n") if block.startswith(f"{path}:") and "erreur [" in block]
    assert told == [quoted], "copy what is printed into docs/guide/lire-un-message.md"


PANNES: dict[str, Fichiers] = {
    "yaml-syntaxe": {"data/themes.yml": "- id: [a\n"},
    "yaml-refuse": {"data/themes.yml": "- id: theme-mer\n  titre: &mer Économie maritime\n"},
    "champ-inconnu": {"data/themes.yml": "- {id: theme-mer, titre: Mer, couleur: bleu}\n"},
    "champ-manquant": {"data/themes.yml": "- {id: theme-mer}\n"},
    "valeur-refusee": {"data/themes.yml": "- {id: theme-mer, titre: Mer, diffusion: tous}\n"},
    "cle-en-double": {"data/themes.yml": "- id: theme-mer\n  titre: Mer\n  titre: Océan\n"},
    "identifiant-en-double": {"data/themes.yml": "- {id: mer, titre: Mer}\n- {id: mer, titre: Océan}\n"},
    "reference-inconnue": {"strategy/enjeux.yml": "- {id: enjeu-mer, titre: Mer, constats: [inconnu]}\n"},
    "reference-mal-typee": {
        "data/themes.yml": "- {id: theme-mer, titre: Mer}\n",
        "strategy/enjeux.yml": "- {id: enjeu-mer, titre: Vivre de la mer, constats: [theme-mer]}\n",
    },
    "fichier-hors-rubrique": {"data/divers.yml": "- {id: divers, titre: Divers}\n"},
    "encodage": {"data/themes.yml": "- {id: theme-mer, titre: Économie}\n".encode("cp1252")},
    "caractere-interdit": {"data/themes.yml": "- {id: theme-mer, titre: Éco\u200bnomie}\n"},
    "serie-entete": {"data/indicateurs/mer.csv": "annee,valeur\n"},
    "serie-ligne": {"data/indicateurs/mer.csv": "periode,valeur,note\n2020,16,4,\n"},
    "serie-valeur": {"data/indicateurs/mer.csv": 'periode,valeur,note\n2020,"16,4",\n'},
}
"""The smallest dossier that has each fault the guide lists beside the rules."""
INDICATEUR = (
    "- {id: ind-mer, titre: Emplois de la mer, unite: emplois, definition: Emplois, territoire: pays, source: etude, "
    "serie: mer.csv}\n"
)


def _listed() -> list[tuple[str, bool]]:
    """The faults the guide explains, and whether it calls them alerts."""
    rows = _table("lire-un-message", "Nom de la faute")
    return [(code, "(alerte)" in row[0]) for row in rows for code in _codes(row[0])]


@pytest.mark.parametrize(("code", "alerte"), _listed(), ids=[code for code, _ in _listed()])
def test_a_fault_the_guide_explains_exists_with_that_severity(code: str, alerte: bool, tmp_path: Path) -> None:
    if code in rules.rules():
        assert (rules.rules()[code].SEVERITE == "alerte") is alerte
        return
    extra = {"data/indicateurs/mer.yml": INDICATEUR} if code.startswith("serie-") else {}
    found = {d.code: d.severite for d in verifier(ecrire(tmp_path, {**PANNES[code], **extra}))}
    assert found.get(code) == ("alerte" if alerte else "erreur"), found


def test_each_fault_is_explained_once() -> None:
    codes = [code for code, _ in _listed()]
    assert len(codes) == len(set(codes)) >= 20


# Tables against the model


def test_the_map_of_the_guide_leads_to_every_heading() -> None:
    rows = _table("index", "Vous voulez écrire…")
    places = [place for row in rows for place in _codes(row[1])]
    for place in places:
        assert (RACINE / place).exists(), place
    for rubrique in RUBRIQUES:
        known = (f"{rubrique.chemin}.yml", f"{rubrique.chemin}/", f"{Path(rubrique.chemin).parent}/")
        assert any(place in known for place in places), rubrique.chemin


@pytest.mark.parametrize(
    ("page", "heading", "column", "values"),
    [
        ("ajouter-un-objectif", "Degré", 0, DegreInfluence),
        ("ajouter-un-objectif", "Rôle", 0, NomRole),
        ("ajouter-une-fiche-action", "`maturite` : où en est l'écriture ?", 0, Maturite),
        ("ajouter-une-fiche-action", "`maturite` : où en est l'écriture ?", 1, StatutAction),
        ("ce-qui-est-publie", "`statut`", 0, StatutValidation),
    ],
)
def test_a_table_lists_all_the_words_of_the_model(page: str, heading: str, column: int, values: EnumType) -> None:
    listed = [code for row in _table(page, heading) if column < len(row) for code in _codes(row[column])]
    assert sorted(listed) == sorted(values.__members__)


def test_words_listed_in_a_sentence_are_all_those_of_the_model() -> None:
    nature = next(row for row in _table("ajouter-un-constat", "Champ") if row[0] == "`nature`")
    assert _codes(nature[1]) == list(NatureConstat.__members__)
    fiche = " ".join(PAGES["ajouter-une-fiche-action"].split())
    sentence = re.search(r"La nature d'un lien est ([^.]+)\.", fiche)
    assert sentence and _codes(sentence[1]) == list(NatureLien.__members__)


def test_the_fields_of_a_constat_are_fields_of_the_model() -> None:
    named = {code for row in _table("ajouter-un-constat", "Champ") for code in _codes(row[0])}
    assert named <= set(Constat.model_fields)
    assert {name for name, field in Constat.model_fields.items() if field.is_required()} <= named


VOTE = (
    "{id: vote, titre: Valider les enjeux de la mer, instance: conseil, date: 2020-01-01, resultat: adopte, "
    "valide: [{element: enjeu-mer}]}\n"
)


@pytest.mark.parametrize("statut", StatutValidation.__members__)
def test_what_a_state_supposes_is_what_a_rule_demands(statut: str, tmp_path: Path) -> None:
    codes = {_codes(row[0])[0]: _codes(row[2])[0] for row in _table("ce-qui-est-publie", "État")}
    enjeu = f"{{id: enjeu-mer, titre: Vivre de la mer, diffusion: public, validation: {{statut: {statut}}}}}\n"
    files: Fichiers = {"strategy/enjeux.yml": enjeu}
    if statut == "brouillon":
        files = {**files, "data/demarche/decisions.yml": VOTE}
    assert codes[statut] in {d.code for d in verifier(ecrire(tmp_path, files))}


def test_every_state_is_in_the_table_of_what_it_supposes() -> None:
    rows = _table("ce-qui-est-publie", "État")
    assert [_codes(row[0]) for row in rows] == [[statut] for statut in StatutValidation.__members__]


def test_the_words_a_reader_sees_are_those_the_guide_says() -> None:
    rows = {_codes(row[0])[0]: row[1] for row in _table("ce-qui-est-publie", "`statut`")}
    words = dict(zip(StatutValidation.__members__, LIBELLES[StatutValidation], strict=True))
    for statut in ("a_valider", "valide", "remplace", "abandonne"):
        assert f"« {majuscule(words[statut])}" in rows[statut]
    source = (RACINE / "smde" / "vocabulaire.py").read_text(encoding="utf-8")
    quoted = re.search(r"« ([^»]+?) »", rows["brouillon"])
    assert quoted and f'"{quoted[1]}"' in source


def _level(row: str, diffusion: Diffusion = INTERNE) -> Diffusion:
    """The widest readership that sees what a row of the guide speaks of, when a part that may say its own says this."""
    who = {"acteur": "adeupa", "role": "partenaire"}
    money = {"poste": "Étude", "financeur": "region", "annee": "2027", "montant": "1", "taxe": "HT"}
    states = _codes(row)
    if row.startswith("Un rôle"):
        levels = {Role.model_validate({**who, "statut": s}).niveau() for s in states if s in StatutRole.__members__}
        if "membre" in row:
            levels |= {Membre.model_validate({"acteur": "adeupa", "statut": s}).niveau() for s in states}
    elif row.startswith("Un coût"):
        cost = {name: money[name] for name in ("poste", "annee", "montant", "taxe")}
        levels = {LigneBudget.model_validate({**cost, "etat": s}).niveau() for s in states if s in EtatCout.__members__}
    elif row.startswith("Une part"):
        share = {name: money[name] for name in ("financeur", "annee", "montant", "taxe")}
        known = [s for s in states if s in EtatFinancement.__members__]
        levels = {Financement.model_validate({**share, "etat": s, "diffusion": diffusion}).niveau() for s in known}
    elif row.startswith("La demande"):
        fields = Negociation.model_fields
        assert {field_level(fields[name]) for name in ("demande", "contrepartie")} == {PARTENAIRES}
        levels = {Negociation(diffusion=diffusion).niveau()}
    else:
        restricted: dict[str, tuple[type[Partie], tuple[str, ...]]] = {
            "Les risques": (Action, ("risques",)),
            "Les points": (Negociation, ("points", "repli")),
            "La position": (Acteur, ("position", "contact")),
            "Le compte rendu": (Seance, ("compte_rendu",)),
            "L'identité": (Entretien, ("identite", "fonction")),
            "Les notes": (Element, ("notes",)),
        }
        classe, names = next(found for start, found in restricted.items() if row.startswith(start))
        levels = {field_level(classe.model_fields[name]) for name in names}
    (level,) = levels
    return level


def test_the_table_of_publication_is_what_the_model_does() -> None:
    rows = _table("ce-qui-est-publie", "Quoi")
    assert len(rows) >= 12
    cells = {PUBLIC: ["oui", "oui", "oui"], PARTENAIRES: ["non", "oui", "oui"], INTERNE: ["non", "non", "oui"]}
    for what, *shown in rows:
        if what.startswith("Un propos"):
            continue
        if shown[1].startswith("si "):
            assert (_level(what), _level(what, PARTENAIRES), _level(what, PUBLIC)) == (
                INTERNE,
                PARTENAIRES,
                PARTENAIRES,
            )
            shown[1] = "non"
        assert shown == cells[_level(what)], what


def test_the_length_of_sentences_is_the_one_of_the_rule() -> None:
    assert phrase_longue.MOTS == 50
    assert "au-delà de cinquante, le programme le signale" in " ".join(PAGES["ecrire-en-yaml"].split())


def test_pages_of_the_guide_link_to_headings_that_exist() -> None:
    for page in PAGES.values():
        for target, anchor in re.findall(r"\]\((?:([\w-]+)\.md)?(?:#([\w-]+))?\)", page):
            words = PAGES[target] if target else page
            slugs = {_slug(heading) for heading in re.findall(r"^#+ (.+)$", words, re.MULTILINE)}
            assert not anchor or anchor in slugs, (target, anchor, slugs)


def _slug(heading: str) -> str:
    plain = heading.lower().translate(str.maketrans("àâéèêëîïôùûç", "aaeeeeiiouuc"))
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-")
