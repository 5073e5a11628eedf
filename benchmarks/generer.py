"""Dossiers of any size, faultless and always the same: N elements in one chain, each with a paragraph of 60 words.

`python benchmarks/generer.py 1000 /tmp/mille` writes one; benchmarks call `ecrire`.
"""

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import fill

PARTS = {"constat": 24, "enjeu": 16, "objectif": 16, "priorite": 10, "action": 20, "moyen": 14}
"""Elements of each level among a hundred; no level is more than twice the one below, so that each is cited."""
MOTS_PAR_TEXTE = 60
PAR_FICHIER = 500
NATURES = ("atout", "faiblesse", "opportunite", "menace", "tendance")
DEGRES = ("decide", "cofinance", "anime", "plaide", "observe")
NATURES_MOYENS = ("humain", "financier", "foncier", "ingenierie", "juridique", "partenarial")

SUJETS = (
    "Les ateliers du port", "Les chantiers nautiques", "Les petites entreprises du bourg", "Les commerces du centre",
    "Les exploitations maraîchères", "Les laboratoires océanographiques", "Les zones d'activité anciennes",
    "Les établissements de santé", "Les sociétés de services numériques", "Les structures d'insertion",
    "Les réparateurs de navires",
    "Les entreprises de la transition énergétique", "Les services de l'aéroport", "Les hébergements touristiques",
)  # fmt: skip
VERBES = (
    "recrutent plus qu'il y a dix ans", "manquent de terrains à bâtir", "cherchent des repreneurs avant 2030",
    "travaillent peu avec l'université", "dépendent de trois donneurs d'ordre", "gagnent des emplois qualifiés",
    "paient leurs locaux moins cher qu'à Rennes", "reçoivent peu de candidatures", "exportent par d'autres ports",
)  # fmt: skip
SUITES = (
    "alors que les jeunes diplômés partent vers d'autres métropoles", "malgré l'ouverture de la nouvelle desserte",
    "et les communes voisines partagent ce diagnostic", "sans que la formation suive le même rythme",
    "ce que confirment les entretiens menés en 2015", "pendant que les loyers du centre reculent",
    "là où les réseaux d'eau et d'énergie sont déjà posés", "et la Région en tient compte dans son schéma",
)  # fmt: skip

ALENTOUR = {
    "data/identite.yml": """\
id: identite
titre: Métropole du Ponant
strategie: Stratégie de développement économique
diffusion: public
""",
    "data/themes.yml": "".join(
        f"- id: theme-{rang}\n  titre: {sujet}\n  diffusion: public\n" for rang, sujet in enumerate(SUJETS)
    ),
    "data/sources.yml": """\
- id: src-enquete
  titre: Enquête annuelle auprès des entreprises
  editeur: Agence d'urbanisme
  date: 2015
  diffusion: public
""",
    "data/acteurs.yml": """\
- id: metropole
  titre: Métropole du Ponant
  type: epci
  diffusion: public
- id: region
  titre: Région
  type: region
  diffusion: public
""",
    "data/groupes.yml": """\
- id: groupe-de-pilotage
  titre: Groupe de pilotage
  type: pilotage
  diffusion: public
""",
    "data/demarche.yml": """\
phases:
  - id: phase-ecriture
    titre: Écriture de la stratégie
    ordre: 1
    statut: terminee
    debut: 2015-01
    fin: 2016-06
    produit: [constats, enjeux, objectifs, priorites]
    diffusion: public
  - id: phase-fiches
    titre: Mise au point des fiches
    ordre: 2
    statut: en_cours
    debut: 2016-07
    produit: [actions, moyens]
    diffusion: public
seances:
  - id: seance-prochaine
    titre: Prochain groupe de pilotage
    instance: groupe-de-pilotage
    statut: prevue
    diffusion: public
""",
    "data/livrables/strategie-et-schema.yml": """\
id: strategie-et-schema
titre: Stratégie et schéma de développement économique
lecteur: Élus et partenaires
modele: strategie-et-schema
formats: [docx, pdf]
diffusion: public
""",
}


def ecrire(racine: Path, nombre: int) -> Path:
    """Write in `racine` a dossier of `nombre` elements in the chain (at least 20), and return its folder."""
    hasard = random.Random(nombre)
    comptes = {genre: nombre * part // 100 for genre, part in PARTS.items()}
    comptes["constat"] += nombre - sum(comptes.values())
    for path, content in ALENTOUR.items():
        _deposer(racine / path, content)
    for genre, (chemin, ecrit) in _NIVEAUX.items():
        blocs = [_bloc(genre, rang, ecrit, comptes, hasard) for rang in range(comptes[genre])]
        for debut in range(0, len(blocs), PAR_FICHIER):
            _deposer(
                racine / f"{chemin}/partie-{debut // PAR_FICHIER:03}.yml", "\n".join(blocs[debut : debut + PAR_FICHIER])
            )
    return racine


def _deposer(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")


Ecrit = Callable[[int, dict[str, int], random.Random], Sequence[str]]


def _bloc(genre: str, rang: int, ecrit: Ecrit, comptes: dict[str, int], hasard: random.Random) -> str:
    phrase = _phrase(hasard)
    texte = fill(_texte(hasard), 110, initial_indent="    ", subsequent_indent="    ")
    lignes = [f"- id: {genre}-{rang}", f"  titre: {phrase} ({rang})", "  texte: >-", texte]
    lignes += [f"  {ligne}" for ligne in ecrit(rang, comptes, hasard)]
    return "\n".join(
        [*lignes, "  validation: {statut: a_valider, instance: groupe-de-pilotage}", "  diffusion: public", ""]
    )


def _phrase(hasard: random.Random) -> str:
    return f"{hasard.choice(SUJETS)} {hasard.choice(VERBES)}"


def _texte(hasard: random.Random) -> str:
    mots: list[str] = []
    while len(mots) < MOTS_PAR_TEXTE:
        mots += f"{_phrase(hasard)}, {hasard.choice(SUITES)}.".split()
    return " ".join(mots[:MOTS_PAR_TEXTE]).rstrip(".,") + "."


def _vers(genre: str, rang: int, citants: str, comptes: dict[str, int], hasard: random.Random) -> str:
    """One to three ids of a level, as a YAML list: those this rank must cite for none to be left out, then any."""
    dus = range(rang % comptes[genre], comptes[genre], comptes[citants])
    libres = (hasard.randrange(comptes[genre]) for _ in range(hasard.randint(0, 3 - len(dus))))
    return f"[{', '.join(f'{genre}-{autre}' for autre in dict.fromkeys([*dus, *libres]))}]"


def _constat(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    return (
        f"theme: theme-{rang % len(SUJETS)}",
        f"nature: {hasard.choice(NATURES)}",
        f"preuves: [{{par: source, source: src-enquete, page: p. {hasard.randint(2, 90)}}}]",
    )


def _enjeu(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    return (
        f"constats: {_vers('constat', rang, 'enjeu', comptes, hasard)}",
        f"influence: {{degre: {hasard.choice(DEGRES)}, leviers: [Réserves foncières, Commande publique]}}",
    )


def _objectif(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    return (
        f"enjeux: {_vers('enjeu', rang, 'objectif', comptes, hasard)}",
        "roles: [{acteur: metropole, role: pilote, statut: accepte}]",
    )


def _priorite(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    return (
        f"objectifs: {_vers('objectif', rang, 'priorite', comptes, hasard)}",
        "elu_referent: Vice-présidence chargée de l'économie",
    )


def _action(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    debut = hasard.randint(2016, 2019)
    return (
        f"priorite: priorite-{rang % comptes['priorite']}",
        f"calendrier: {{debut: {debut}, fin: {debut + hasard.randint(1, 4)}}}",
        "roles:",
        "  - {acteur: metropole, role: pilote, statut: accepte}",
        "  - {acteur: region, role: partenaire, statut: accepte, precision: Cofinancement des études}",
        f"resultats: [{hasard.randint(2, 30)} entreprises accompagnées]",
    )


def _moyen(rang: int, comptes: dict[str, int], hasard: random.Random) -> Sequence[str]:
    return (
        f"nature: {hasard.choice(NATURES_MOYENS)}",
        f"actions: {_vers('action', rang, 'moyen', comptes, hasard)}",
    )


_NIVEAUX: dict[str, tuple[str, Ecrit]] = {
    "constat": ("strategy/diagnostic", _constat),
    "enjeu": ("strategy/enjeux", _enjeu),
    "objectif": ("strategy/objectifs", _objectif),
    "priorite": ("schema/priorites", _priorite),
    "action": ("schema/actions", _action),
    "moyen": ("schema/moyens", _moyen),
}


if __name__ == "__main__":
    print(ecrire(Path(sys.argv[2]), int(sys.argv[1])))
