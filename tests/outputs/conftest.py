"""A document such as a métropole would publish: parts, sources, figures, long tables, a landscape matrix, fiches."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from smde import arbre
from smde.arbre import Document, Figure, Node, Nodes
from smde.modele_word import lire
from smde.outputs import docx, pdf

from . import modeles_word

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 260" font-family="sans-serif" font-size="14">
<title>Population municipale de Brest métropole</title>
<g fill="#0b3c5d">{bars}</g>
<line x1="40" y1="220" x2="620" y2="220" stroke="#555"/>
<g fill="#222" text-anchor="middle">{labels}</g></svg>"""

POPULATION = {"1968": 183_595, "1975": 206_668, "1982": 207_831, "1990": 208_265, "1999": 213_545, "2023": 215_278}

CONSTATS = (
    (
        "Une population stable depuis 1975",
        "La métropole compte 215 278 habitants en 2023, contre 206 668 en 1975 : "
        "elle garde ses habitants mais n’en gagne guère, quand les communes voisines progressent.",
    ),
    (
        "Un emploi public et maritime qui amortit les crises",
        "La Défense, l’université et l’hôpital portent une part "
        "de l’emploi salarié nettement supérieure à celle des métropoles comparables.",
    ),
    (
        "Des jeunes nombreux, qui partent après leurs études",
        "Les 15-29 ans forment 23,7 % de la population en 2020 ; "
        "le solde migratoire devient négatif à l’entrée dans la vie active.",
    ),
    (
        "La voiture domine les trajets domicile-travail",
        "74,1 % des actifs vont au travail en voiture (2016) ; les transports en commun en portent 12,3 %.",
    ),
)

ACTEURS = (
    "Métropole",
    "Région",
    "État",
    "CCI",
    "Technopôle",
    "Université",
    "Adeupa",
    "Port",
    "Entreprises",
    "Habitants",
)


def courbe() -> Figure:
    bars = "".join(
        f'<rect x="{60 + 95 * i}" y="{220 - value / 1200:.1f}" width="55" height="{value / 1200:.1f}"/>'
        for i, value in enumerate(POPULATION.values())
    )
    labels = "".join(f'<text x="{87 + 95 * i}" y="242">{year}</text>' for i, year in enumerate(POPULATION))
    alt = "Histogramme : de 183 595 habitants en 1968 à 215 278 en 2023, presque toute la hausse ayant lieu avant 1975."
    return Figure("population", SVG.format(bars=bars, labels=labels), "Population municipale, 1968-2023", alt)


def source(texte: str, url: str = "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-242900314") -> Node:
    return arbre.note([arbre.para([*arbre.mots(texte + ", "), arbre.lien(url, arbre.mots("insee.fr"), ["externe"])])])


def diagnostic() -> Nodes:
    blocs: Nodes = [
        arbre.titre(1, "Diagnostic partagé", "diagnostic"),
        arbre.bloc(
            ["chapo"],
            [
                arbre.para(
                    "Ce que le territoire sait de son économie : des faits datés, leur source, leur périmètre. "
                    "Une économie est plus que ses entreprises : le logement, la formation et les mobilités en sont."
                )
            ],
        ),
    ]
    for rang, (titre, texte) in enumerate(CONSTATS, 1):
        ident = f"constat-{rang}"
        blocs += [
            arbre.titre(2, titre, ident),
            arbre.para(
                [
                    *arbre.mots(texte),
                    source("Insee, recensement de la population"),
                    {"t": "Space"},
                    arbre.span(["code-element"], ident),
                ]
            ),
            arbre.puces(
                [
                    "Nature : tendance",
                    "Thème : démographie et emploi",
                    [arbre.plain([*arbre.mots("Fonde l’enjeu "), arbre.lien_element("enjeu-1", "Accueillir")])],
                ]
            ),
        ]
    blocs.insert(5, arbre.image(courbe(), ident="fig-population"))
    return blocs


def enjeux() -> Nodes:
    return [
        arbre.titre(1, "Enjeux et objectifs", "enjeux"),
        arbre.bloc(["proposition"], [arbre.para("Proposition – à valider par le prochain groupe de pilotage")]),
        arbre.titre(2, "Accueillir de nouveaux habitants et leurs projets", "enjeu-1"),
        arbre.para(
            [
                arbre.span(["statut"], "À valider"),
                {"t": "Space"},
                *arbre.mots("La métropole anime ; elle cofinance avec la Région. Cet enjeu répond au constat "),
                arbre.lien_element("constat-1", "Une population stable depuis 1975"),
                *arbre.mots(" et au "),
                arbre.lien_element("constat-disparu", "constat non repris ici"),
                *arbre.mots("."),
            ]
        ),
        arbre.bloc(
            ["avertissement"],
            [
                arbre.para(
                    [
                        arbre.fort("Montants illustratifs."),
                        *arbre.mots(
                            " Les montants de ce document ne sont ni votés ni notifiés ; ils montrent la méthode."
                        ),
                    ]
                ),
                arbre.puces(["aucun n’engage la métropole ;", "chacun porte son millésime."]),
            ],
        ),
        arbre.titre(3, "Objectifs rattachés"),
        {
            "t": "OrderedList",
            "c": [
                [1, {"t": "Decimal"}, {"t": "Period"}],
                [
                    [arbre.plain("Porter à 1 000 le nombre de familles accueillies chaque année.")],
                    [
                        arbre.plain("Réduire de moitié le délai de réponse aux demandes d’implantation."),
                        arbre.puces(["guichet unique", "un interlocuteur par projet"]),
                    ],
                ],
            ],
        },
        arbre.titre(4, "Ce que la métropole ne décide pas", "limites"),
        arbre.para("La fiscalité des entreprises relève de la loi ; l’immobilier d’entreprise, de l’intercommunalité."),
        {
            "t": "BlockQuote",
            "c": [arbre.para("« Nous voulons savoir qui appeler. » – entretien E07, chef d’entreprise")],
        },
    ]


def financement(lignes: int = 90) -> Node:
    return arbre.tableau(
        "Plan de financement prévisionnel des actions",
        ["Action", "Maître d’ouvrage", "Période", "Coût (€ HT)", "Métropole (€)", "État du financement"],
        [
            [
                f"Action {rang} : requalifier la zone d’activités du quartier {rang}",
                ACTEURS[rang % 4],
                "2016-2020",
                f"{rang * 12_500:,}".replace(",", "\u202f"),
                f"{rang * 2_500:,}".replace(",", "\u202f"),
                "à solliciter",
            ]
            for rang in range(1, lignes + 1)
        ],
        largeurs=[0.34, 0.16, 0.12, 0.12, 0.12, 0.14],
        nombres=[3, 4],
        ident="tableau-financement",
    )


def matrice() -> Node:
    lignes = [
        [
            f"Priorité {n} : conforter le pôle d’excellence maritime",
            *("pilote" if (n + i) % 4 == 0 else "partenaire" if (n + i) % 3 == 0 else "–" for i in range(len(ACTEURS))),
        ]
        for n in range(1, 13)
    ]
    table = arbre.tableau("Qui fait quoi : rôle de chaque acteur par priorité", ["Priorité", *ACTEURS], lignes)
    return arbre.bloc(["paysage"], [arbre.titre(2, "Matrice des rôles", "matrice"), table])


def fiches(nombre: int = 6) -> Nodes:
    blocs: Nodes = [arbre.titre(1, "Fiches action", "fiches")]
    for rang in range(1, nombre + 1):
        blocs.append(
            arbre.bloc(
                ["fiche"],
                [
                    arbre.titre(2, f"Requalifier la zone d’activités n° {rang}", f"action-{rang}"),
                    arbre.para(
                        [
                            arbre.span(["statut"], "Proposée"),
                            {"t": "Space"},
                            arbre.span(["code-element"], f"action-{rang}"),
                        ]
                    ),
                    arbre.tableau(
                        f"Fiche de l’action {rang}",
                        ["Rubrique", "Contenu"],
                        [
                            ["Priorité", [arbre.lien_element("matrice", "Conforter le pôle d’excellence maritime")]],
                            ["Pilote", "Direction du développement économique"],
                            ["Étapes", [arbre.puces(["étude des friches, 2016", "travaux, 2017-2018"])]],
                            ["Articulation", "SRDEII : compatible ; CPER 2015-2020 : finance"],
                        ],
                        largeurs=[0.25, 0.75],
                    ),
                    arbre.para(" ".join(texte for _, texte in CONSTATS)),
                    arbre.bloc(
                        ["sources"],
                        [arbre.para("Sources : Insee, recensement 2020 ; Adeupa, observatoire de l’économie.")],
                    ),
                ],
            )
        )
    return blocs


@pytest.fixture(scope="session")
def strategie() -> Document:
    blocs = [
        arbre.titre(1, "Pourquoi une stratégie ?", "pourquoi", ["unnumbered"]),
        *(arbre.para(" ".join(texte for _, texte in CONSTATS)) for _ in range(4)),
        *diagnostic(),
        *enjeux(),
        arbre.titre(1, "Moyens", "moyens"),
        arbre.titre(2, "Financement", "financement"),
        arbre.para("Le tableau ci-dessous réunit les plans de financement de toutes les actions proposées."),
        financement(),
        arbre.para("Les coûts sont hors taxes."),
        matrice(),
        arbre.titre(2, "Suite de la démarche", "suite"),
        arbre.para("Le groupe de pilotage se réunit à l’automne."),
        *fiches(),
    ]
    return Document(
        nom="strategie-et-schema",
        titre="Stratégie métropolitaine de développement économique",
        sous_titre="Stratégie du territoire et schéma de la métropole",
        auteur="Brest métropole",
        date="2026-11-22",
        version="0.3",
        statut="Document de travail – diffusion publique",
        resume="La stratégie partagée du Pays de Brest et ce à quoi la métropole s’engage.",
        blocs=tuple(blocs),
        figures={"population": courbe()},
    )


@pytest.fixture
def petit() -> Callable[..., Document]:
    """A short document of these blocks."""

    def build(*blocs: Node, **autres: object) -> Document:
        base: dict[str, object] = {
            "nom": "note",
            "titre": "Note d’étape",
            "auteur": "Brest métropole",
            "date": "2015-05-01",
        }
        return Document(blocs=blocs, **{**base, **autres})  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def bureautique() -> Path:
    """LibreOffice, or the reason why the test is skipped; in continuous integration its absence is a failure."""
    command = shutil.which("soffice")
    if command is None:
        if os.environ.get("SMDE_CI"):
            pytest.fail("LibreOffice est absent de l’intégration continue")
        pytest.skip("LibreOffice n’est pas installé")
    return Path(command)


PIEGES = (
    "#include \"secret.typ\"", "#eval(\"1+1\")", "#{1+1}", "#[x]", "$x^2$", "@enjeu", "<etiquette>", "= titre",
    "+ item", "- item", "1. item", "/ terme: sens", "// commentaire", "/* commentaire */", "*gras*", "_italique_",
    "`code`", "```typst", "{=openxml}", "<w:p/>", "]]>", "<!-- x -->", "&amp;", "<script>alert(1)</script>",
    "{{ 7*7 }}", "{% include 'x' %}", "{: onclick=x}", "--8<--", "[x](y)", "![x](y)", "\\u{41}", "a\\",
    "#pagebreak()", "...", "--", "-2", "-?", "~", "'q'", "\"d\"", "http://exemple.fr", "]", "[", "}", "%", "^1^",
    "H~2~O", "(voir)", ".fr", ";",
)  # fmt: skip
"""Texts that are code somewhere: raw pandoc, Typst, OpenXML, HTML, Jinja."""


class Word:
    """A Word file read back with nothing of the code that wrote it."""

    SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])[0]

    def find(self, path: str, inside: etree._Element | None = None) -> list[etree._Element]:
        found = (self.body if inside is None else inside).xpath(path, namespaces={"w": self.SPACE})
        assert isinstance(found, list)
        return found

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.parts[name])

    def value(self, path: str, inside: etree._Element | None = None) -> list[str]:
        """The `w:val` of these elements."""
        return [node.get(f"{{{self.SPACE}}}val") for node in self.find(path, inside)]

    def text(self, element: etree._Element) -> str:
        return "".join(node.text or "\t" for node in self.find(".//w:t | .//w:tab[ancestor::w:r]", element))

    def styled(self, style: str) -> list[etree._Element]:
        return self.find(f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")

    def texts(self, style: str) -> list[str]:
        return [self.text(paragraph) for paragraph in self.styled(style)]


@pytest.fixture
def word(tmp_path: Path) -> Iterator[Callable[[Document], Word]]:
    """Write a document as a Word file, and open it."""

    def build(document: Document) -> Word:
        docx.write(document, tmp_path / "document.docx")
        return Word(tmp_path / "document.docx")

    yield build


@pytest.fixture(scope="session")
def fichier_word(strategie: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "strategie.docx"
    docx.write(strategie, path)
    return path


@pytest.fixture(scope="session")
def grand_word(fichier_word: Path) -> Word:
    """The whole strategy, opened."""
    return Word(fichier_word)


@pytest.fixture(scope="session")
def fichier_pdf(strategie: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "strategie.pdf"
    pdf.write(strategie, path)
    return path


def sans_blancs(texte: str) -> str:
    """For comparing texts whatever the breaks of lines."""
    return re.sub(r"\s+", "", texte)


def imprime(command: Path, fichier: Path, dossier: Path) -> Path:
    """The PDF LibreOffice makes of a file, with a profile of its own."""
    profil = f"-env:UserInstallation={(dossier / 'profil').as_uri()}"
    options = [profil, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(dossier), str(fichier)]
    subprocess.run([str(command), *options], check=True, capture_output=True, timeout=240)
    return dossier / fichier.with_suffix(".pdf").name


Habille = Callable[[Document, bytes], Word]


@pytest.fixture
def habille(tmp_path: Path) -> Habille:
    """Write a document in a model, and open it."""

    def build(document: Document, octets: bytes) -> Word:
        docx.write(document, tmp_path / "document.docx", modele=lire(octets))
        return Word(tmp_path / "document.docx")

    return build


@pytest.fixture(scope="session")
def en_sobre(strategie: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return modeles_word.ecrit(strategie, modeles_word.sobre(), tmp_path_factory.mktemp("sobre"))


@pytest.fixture(scope="session")
def en_charte(strategie: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return modeles_word.ecrit(strategie, modeles_word.detache(modeles_word.charte()), tmp_path_factory.mktemp("charte"))
