"""A site such as a métropole would publish: every kind of page, every block and every class the templates may use."""

from collections.abc import Sequence

from smde.arbre import (
    Document,
    Figure,
    Node,
    Nodes,
    bloc,
    fort,
    image,
    lien,
    lien_element,
    mots,
    note,
    para,
    plain,
    puces,
    span,
    tableau,
    titre,
)
from smde.outputs.scene import SiteIdentity

INSEE = "https://www.insee.fr/fr/statistiques/2011101?geo=EPCI-242900314"
POPULATION = {"1968": 183_595, "1975": 206_668, "1982": 207_831, "1990": 208_265, "1999": 213_545, "2023": 215_278}
OBJECTIFS = {
    "attirer-etudiants": "Attirer et garder les étudiants après leur diplôme",
    "vacance-tertiaire": "Ramener la vacance des bureaux sous 5 % sans consommer de terres agricoles",
    "filiere-maritime": "Faire de la mer la première filière d’innovation du Pays de Brest",
    "commerces-centres": "Maintenir un commerce de proximité dans chaque centralité",
    "accessibilite-aerienne": "Garder trois liaisons aériennes quotidiennes vers un grand aéroport européen",
    "insertion": "Ramener vers l’emploi les habitants des quartiers prioritaires",
}
ACTIONS = {
    "pepiniere-marine": "Ouvrir une pépinière d’entreprises des biotechnologies marines au Technopôle",
    "friches-portuaires": "Requalifier douze hectares de friches portuaires",
    "accueil-doctorants": "Accueillir les doctorants étrangers par un guichet unique",
    "observatoire-bureaux": "Tenir un observatoire partagé des bureaux et des locaux d’activité",
    "boutiques-essai": "Ouvrir des boutiques à l’essai dans les rues commerçantes",
    "clauses-insertion": "Généraliser les clauses d’insertion dans la commande publique",
}
ACTEURS = (
    *("Brest métropole", "Région Bretagne", "État", "Pôle métropolitain", "CCI", "Chambre de métiers", "Ifremer"),
    *("Chambre d’agriculture", "Technopôle Brest-Iroise", "Université de Bretagne occidentale", "Adeupa", "SAFI"),
    *("Port de Brest", "Pôle mer", "Mission locale", "Pôle emploi", "Brest métropole aménagement", "Entreprises"),
    *("Investir en Finistère", "Communautés de communes"),
)
PRIORITES = (
    *("Innovation maritime", "Enseignement supérieur", "Foncier économique", "Immobilier tertiaire", "Commerce"),
    *("Tourisme", "Économie sociale", "Emploi et insertion", "Accessibilité", "Numérique", "Attractivité"),
    "Transition énergétique",
)
ROLES = ("Pilote", "Copilote", "Maître d’ouvrage", "Partenaire", "Financeur", "Consulté", "", "", "", "")
MAILLONS = (
    ("45", "Constats", "Ce que le territoire sait de lui-même", "page:diagnostic/index", "strategie"),
    ("11", "Enjeux", "Ce qui est à gagner ou à perdre", "page:enjeux", "strategie"),
    ("24", "Objectifs", "Ce que le Pays de Brest vise", "page:objectifs/index", "strategie"),
    ("12", "Priorités", "Ce que la métropole choisit", "page:priorites", "schema"),
    ("28", "Actions", "Ce qui sera fait, par qui, quand", "page:actions/index", "schema"),
    ("15", "Moyens", "Ce qu’il faut pour le faire", "page:financement", "schema"),
)
ENTREES = (
    ("page:priorites", "Pourquoi cette priorité ?", "Les preuves, l’enjeu et l’objectif derrière chaque choix."),
    ("page:roles", "Qui fait quoi ?", "Le rôle de chaque acteur, et s’il l’a accepté."),
    ("page:financement", "Combien, et qui paie ?", "Le coût des actions, par financeur et par année."),
    ("page:demarche/index", "Que faut-il valider ?", "Ce qui attend une instance, et pour quand."),
)
REPERES = (
    ("431 674", "habitants dans le Pays de Brest", "2023, Insee, 103 communes"),
    ("215 278", "habitants dans la métropole", "2023, Insee, 8 communes"),
    ("60,5 %", "taux d’emploi des 15-64 ans", "2020, Insee, Brest métropole"),
    ("23,7 %", "de 15-29 ans dans la population", "2020, Insee, Brest métropole"),
)
CONSTATS = {
    "population": "Une population stable depuis 1975",
    "jeunes": "Des jeunes nombreux, qui partent après leurs études",
    "emploi": "Un emploi public et maritime qui amortit les crises",
    "voiture": "La voiture domine les trajets domicile-travail",
}
TERMES = ("Contrat de plan", "Diagnostic", "Enjeu", "Groupe de pilotage", "Schéma", "SRDEII", "Stratégie")

IDS = (
    {f"objectif-{cle}": f"objectifs/{cle}" for cle in OBJECTIFS}
    | {f"action-{cle}": f"actions/{cle}" for cle in ACTIONS}
    | {f"constat-{cle}": f"diagnostic/index#constat-{cle}" for cle in CONSTATS}
    | {"terme-schema": "glossaire#terme-schema", "enjeu-competences": "enjeux#enjeu-competences"}
    | {"priorite-superieur": "priorites#priorite-superieur"}
)
MENU = (
    ("Accueil", "index"),
    ("La stratégie", (("Diagnostic", "diagnostic/index"), ("Enjeux", "enjeux"), ("Objectifs", "objectifs/index"))),
    ("Le schéma", (("Priorités", "priorites"), ("Actions", "actions/index"), ("Financement", "financement"))),
    ("Qui fait quoi", "roles"),
    ("La démarche", "demarche/index"),
    ("Chiffres", "chiffres"),
    ("Glossaire", "glossaire"),
)
IDENTITE = SiteIdentity(
    nom="Brest métropole",
    strategie="Stratégie métropolitaine de développement économique",
    date="2015-02-03",
    version="0.3",
    edition="interne",
    publique=False,
    statut="Document de travail — édition interne",
    resume="Ce que le Pays de Brest constate, ce qu’il vise, et ce que la métropole fait pour y parvenir.",
    url="https://strategie.example.fr/smde/",
    menu=MENU,
    pied=(("Mentions légales", "mentions-legales"), ("Accessibilité : non conforme", "accessibilite")),
)
FICHIERS = {
    "documents/strategie-et-schema.docx": b"PK\x03\x04 docx",
    "documents/strategie-et-schema.pdf": b"%PDF-1.7",
    "donnees/strategie.json": b'{"version": 1}\n',
}
ECRITES = {
    "mentions-legales.md": "# Mentions légales\n\n## Éditeur\n\n| | |\n| --- | --- |\n| Éditeur | Brest métropole |\n\n"
    "## Hébergeur\n\n| | |\n| --- | --- |\n| Nom | à compléter |\n\n## Contenu\n\n[Actions](actions/index.md).\n",
    "accessibilite.md": '# Accessibilité\n\n!!! note "État"\n\n    Le site n\'a pas été audité.\n',
}


def source(texte: str) -> Node:
    return note([para([*mots(texte + ", "), lien(INSEE, "insee.fr", ["externe"])])])


def statut(mot: str, classe: str) -> Node:
    return span(["statut", classe], mot)


def element(ident: str, words: str) -> Nodes:
    return [plain([lien_element(ident, words)])]


def courbe() -> Figure:
    bars = "".join(
        f'<rect x="{60 + 95 * i}" y="{220 - value / 1200:.1f}" width="55" height="{value / 1200:.1f}"/>'
        for i, value in enumerate(POPULATION.values())
    )
    labels = "".join(f'<text x="{87 + 95 * i}" y="242">{year}</text>' for i, year in enumerate(POPULATION))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 260" font-family="sans-serif" font-size="15">'
        f'<title>Population</title><g fill="#0b3c5d">{bars}</g><line x1="40" y1="220" x2="620" y2="220" stroke="#555"/>'
        f'<g fill="#222" text-anchor="middle">{labels}</g></svg>'
    )
    alt = "Histogramme : de 183 595 habitants en 1968 à 215 278 en 2023, presque toute la hausse avant 1975."
    return Figure("population", svg, "Population municipale de Brest métropole, 1968-2023", alt)


def cartes(lignes: Sequence[tuple[str, str, str]]) -> Node:
    return bloc(["cartes"], [bloc(["carte"], [titre(3, [lien(to, words)]), para(text)]) for to, words, text in lignes])


def fil(pourquoi: list[Nodes], et_donc: list[Nodes]) -> Node:
    up = bloc(["pourquoi"], [titre(2, "Pourquoi ?"), puces(pourquoi)])
    return bloc(["fil"], [up, bloc(["et-donc"], [titre(2, "Et donc ?"), puces(et_donc)])])


def accueil() -> Document:
    chapo = (
        "Pourquoi le territoire choisit ces priorités, qui en porte chacune, et ce qui attend encore une décision. "
        "Tout part de faits datés et sourcés ; chaque action se remonte jusqu’à eux."
    )
    phase = [
        *mots("Phase en cours : "),
        fort("diagnostic"),
        *mots(", animée par l’Adeupa. Prochain groupe de pilotage le 17 mars 2015. Trois points y sont "),
        statut("à valider", "a_valider"),
        *mots(" : les groupes de travail, le phasage, les attendus."),
    ]
    chaine = [bloc(["maillon", kind], [para(n), para([lien(to, name)]), para(s)]) for n, name, s, to, kind in MAILLONS]
    telecharger = [
        [plain([lien("fichier:documents/strategie-et-schema.docx", "Le document Word")])],
        [plain([lien("fichier:documents/strategie-et-schema.pdf", "Le document PDF")])],
        [plain([lien("fichier:donnees/strategie.json", "Les données (JSON)")])],
    ]
    blocs = (
        bloc(["chapo"], [para(chapo)]),
        titre(2, "La démonstration, en six pas"),
        bloc(["chaine"], chaine),
        titre(2, "Où en est la démarche"),
        para(phase),
        titre(2, "Vous cherchez…"),
        cartes(ENTREES),
        titre(2, "Quelques repères"),
        bloc(["chiffres"], [bloc(["chiffre"], [para(part) for part in repere]) for repere in REPERES]),
        titre(2, "Emporter cette version"),
        bloc(["actions-page"], [puces(telecharger)]),
    )
    resume = "La stratégie de développement économique de Brest métropole en une page."
    return Document("index", "Une stratégie pour l’économie du Pays de Brest", blocs, resume, genre="accueil")


def diagnostic() -> Document:
    legende = [*mots("Population municipale, 1968-2023"), source("Insee, recensements")]
    blocs = [bloc(["chapo"], [para("Des faits datés, leur source et leur périmètre.")])]
    blocs.append(image(courbe(), legende, "figure-population"))
    for cle, words in CONSTATS.items():
        texte = (
            "La métropole compte 215 278 habitants en 2023, contre 206 668 en 1975 : elle garde ses habitants mais "
            "n’en gagne guère, quand les communes voisines progressent."
        )
        etat = [statut("Validé", "valide"), *mots(" par le groupe de pilotage du 9 janvier 2015")]
        blocs += [titre(2, words, f"constat-{cle}"), bloc(["etat"], [para(etat)])]
        blocs.append(para([*mots(texte), source("Insee, recensement de 2020"), source("Insee, recensements")]))
    lignes = [[annee, f"{valeur:,}".replace(",", "\u202f")] for annee, valeur in POPULATION.items()]
    blocs.append(tableau("Population municipale par recensement", ["Année", "Habitants"], lignes, nombres=[1]))
    figures = {"population": courbe()}
    return Document("diagnostic/index", "Diagnostic partagé", tuple(blocs), genre="diagnostic", figures=figures)


def objectif(cle: str, words: str) -> Document:
    code = {"t": "Code", "c": [["", [], []], f"objectif-{cle}"]}
    etat = [statut("À valider", "a_valider"), *mots(" par le groupe de pilotage, avant le 17 mars 2015 · "), code]
    cibles = [
        ["Diplômés en emploi dans le Pays de Brest, un an après", "34 % (2013)", "50 %", "2020"],
        ["Étudiants étrangers inscrits", "2 150 (2014)", "3 000", "2018"],
    ]
    texte = (
        "L’université et les écoles accueillent vingt-sept mille étudiants. La plupart viennent du Finistère ; un "
        "tiers seulement y reste une fois diplômé. Les entreprises du naval disent pourtant peiner à recruter."
    )
    roles: list[list[str | Nodes]] = [
        ["Université de Bretagne occidentale", "Pilote", [statut("Accepté", "accepte")]],
        ["Région Bretagne", "Financeur", [statut("Proposé", "propose")]],
    ]
    peut = [fort("Elle cofinance et anime"), *mots(" : elle ne décide ni des formations ni des recrutements. Voir le ")]
    blocs = (
        bloc(["etat"], [para(etat)]),
        bloc(["chapo"], [para("D’ici 2020, un diplômé sur deux formé à Brest y occupe son premier emploi.")]),
        fil(
            [
                element("enjeu-competences", "Garder sur place les compétences que le territoire forme"),
                element("constat-jeunes", CONSTATS["jeunes"]),
            ],
            [
                element("priorite-superieur", "Priorité : enseignement supérieur et vie étudiante"),
                element("action-accueil-doctorants", ACTIONS["accueil-doctorants"]),
            ],
        ),
        bloc(["proposition"], [para("Proposition de travail : aucune instance n’a retenu ce seuil.")]),
        titre(2, "Ce qui est visé"),
        para(texte),
        tableau("Cibles", ["Indicateur", "Valeur de départ", "Cible", "Échéance"], cibles, nombres=[1, 2]),
        titre(2, "Ce que peut la métropole"),
        para([*peut, lien_element("terme-schema", "schéma"), *mots(".")]),
        titre(2, "Qui fait quoi"),
        tableau("Rôles", ["Acteur", "Rôle", "État"], roles),
        bloc(["actions-page"], [para([lien("https://forge.example.fr/objectifs.yml", "Proposer une modification")])]),
    )
    resume = f"{words} : pourquoi, ce qui en découle, qui le porte."
    nom = f"objectifs/{cle}"
    return Document(nom, words, blocs, resume, sous_titre="Objectif de territoire", genre="objectif")


def action(cle: str, words: str) -> Document:
    faits = {
        "Pilote": ["Direction du développement économique"],
        "Maître d’ouvrage": ["Brest métropole"],
        "Partenaires": ["Technopôle Brest-Iroise", "Université de Bretagne occidentale"],
        "Calendrier": ["De mars 2015 à décembre 2017"],
        "Budget": ["1 200 000 € HT (montant illustratif)"],
        "Territoire": ["Brest métropole, périmètre 2015, 8 communes"],
    }
    fiche = {"t": "DefinitionList", "c": [[mots(k), [[plain(v)] for v in values]] for k, values in faits.items()]}
    contexte = (
        "Les laboratoires de Plouzané déposent une vingtaine de brevets par an, mais six entreprises seulement sont "
        "nées de ces travaux en dix ans. Les porteurs de projet disent chercher des locaux."
    )
    plan: list[list[str | Nodes]] = [
        ["Brest métropole", "120 000", "240 000", "240 000", "600 000", [statut("Acquis", "acquis")]],
        ["Région Bretagne", "", "200 000", "200 000", "400 000", [statut("À solliciter", "propose")]],
    ]
    etapes = ["Étude de besoin auprès de trente laboratoires.", "Convention avec la Région.", "Ouverture du plateau."]
    numerotation = [1, {"t": "Decimal"}, {"t": "Period"}]
    annees = ["Financeur", "2015", "2016", "2017", "Total", "État"]
    blocs = (
        bloc(["etat"], [para([statut("En cours", "en_cours"), *mots(" · "), statut("Brouillon", "brouillon")])]),
        fil(
            [element("objectif-attirer-etudiants", OBJECTIFS["attirer-etudiants"])],
            [[plain("Deux postes et un local sont à trouver avant septembre 2015.")]],
        ),
        titre(2, "L’essentiel"),
        bloc(["fiche"], [fiche]),
        titre(2, "Contexte"),
        para(contexte),
        titre(2, "Étapes"),
        {"t": "OrderedList", "c": [numerotation, [[plain(etape)] for etape in etapes]]},
        titre(2, "Plan de financement"),
        tableau("Plan de financement (euros HT, illustratif)", annees, plan, nombres=[1, 2, 3, 4]),
        bloc(["avertissement"], [para("Les montants sont donnés pour illustrer la méthode : aucun n’a été voté.")]),
        bloc(["sources"], [para("Sources : Technopôle Brest-Iroise, enquête auprès des laboratoires, 2014.")]),
    )
    return Document(f"actions/{cle}", words, blocs, sous_titre="Fiche action", genre="action")


def roles() -> Document:
    def role(i: int, j: int) -> str:
        return ROLES[(7 * i + 3 * j + i * j) % len(ROLES)]

    lignes = [[acteur, *(role(i, j) for j in range(len(PRIORITES)))] for i, acteur in enumerate(ACTEURS)]
    matrice = tableau("Rôle de chaque acteur par priorité", ["Acteur", *PRIORITES], lignes, classes=["matrice"])
    chapo = bloc(["chapo"], [para("Qui pilote, qui finance, qui est consulté.")])
    return Document("roles", "Qui fait quoi", (chapo, matrice), genre="matrice")


def glossaire() -> Document:
    def terme(words: str) -> Node:
        definition = f"Ce que la démarche appelle « {words.lower()} », et le texte qui le fonde."
        ident = f"terme-{words.split()[0].lower().replace('é', 'e')}"
        return bloc([], [{"t": "DefinitionList", "c": [[mots(words), [[para(definition)]]]]}], ident)

    return Document("glossaire", "Glossaire", tuple(map(terme, TERMES)), genre="glossaire")


def vues() -> list[Document]:
    enjeu = titre(2, "Garder sur place les compétences que le territoire forme", "enjeu-competences")
    priorite = titre(2, "Enseignement supérieur et vie étudiante", "priorite-superieur")
    liste = [
        [[lien_element(f"action-{cle}", words)], "Brest métropole", [statut("En cours", "en_cours")]]
        for cle, words in ACTIONS.items()
    ]
    annees = ["Financeur", "2015", "2016"]
    acquis = [["Brest métropole", "320 000 €", "640 000 €"]]
    objectifs = [(f"page:objectifs/{cle}", words, "Cible datée, rôles, influence.") for cle, words in OBJECTIFS.items()]
    blocs = {
        ("enjeux", "Enjeux"): [enjeu, para("Un territoire qui forme sans retenir finance les autres.")],
        ("objectifs/index", "Objectifs de territoire"): [cartes(objectifs)],
        ("priorites", "Priorités de Brest métropole"): [priorite, para("La métropole tient une part des leviers.")],
        ("actions/index", "Actions"): [tableau("Actions, par état", ["Action", "Pilote", "État"], liste)],
        ("financement", "Combien, et qui paie"): [tableau("Financements acquis", annees, acquis, nombres=[1, 2])],
        ("demarche/index", "La démarche"): [puces(["Phase 1 : diagnostic", "Phase 2 : enjeux"])],
        ("chiffres", "Chiffres"): [image(courbe())],
    }
    figures = {"population": courbe()}
    return [Document(nom, words, tuple(b), genre="vue", figures=figures) for (nom, words), b in blocs.items()]


def pages() -> list[Document]:
    """Every page of the example."""
    objectifs = [objectif(cle, words) for cle, words in OBJECTIFS.items()]
    actions = [action(cle, words) for cle, words in ACTIONS.items()]
    return [accueil(), diagnostic(), roles(), glossaire(), *vues(), *objectifs, *actions]
