"""The last sheet of a financing model, in words: how to read it, which contracts it draws on, what it rests on."""

from smde.arbre import slug, texte, texte_brut
from smde.ecriture import majuscule, periode, typographie
from smde.edition import Edition
from smde.libelles import mot
from smde.model.champ import Diffusion
from smde.model.identite import Livrable
from smde.model.schema import FINANCEMENT_ACQUIS, Action, EtatFinancement
from smde.outputs.classeur import Cellule, Colonne, Feuille, Rangee, morceaux
from smde.views.maquette import TOLERANCE, Maquette, contrats
from smde.views.negociation import sources

LEGENDE = "Légende et sources"
_LECTURE = (
    ("Identifiant", "Repère de l’action ou du financeur dans le dossier. À ne pas modifier : il sert à "
     "relire ce fichier."),
    ("Montants", "En euros, exacts au centime. « Réels » : estimés ou votés. « Illustratifs » : ordres de grandeur "
     "fictifs, ni votés, ni demandés, ni promis, en italique ; ils ne sont jamais additionnés à des montants réels."),
    ("Taxe", "HT : hors taxes. TTC : toutes taxes comprises. Les deux ne sont jamais additionnés."),
    ("Écart", "Plan moins coût. Négatif : il manque un financement. L’écart est marqué en rouge, et la colonne "
     f"« Équilibre » le dit, quand il dépasse {TOLERANCE} euro."),
    ("Part, taux", "« Part du plan » : ce qu’apporte un financeur, sur tout ce qui finance l’action. « Taux », dans la "
     "feuille d’un financeur : ce qu’il apporte, sur ce que coûte l’action."),
    ("Calculs", "Sommes, écarts et parts sont des formules : elles suivent ce qui est changé dans les feuilles "
     "« Coûts » et « Plan de financement ». Une ligne s’ajoute au-dessus de la ligne vide qui précède les totaux."),
)  # fmt: skip
_EDITIONS = {
    Diffusion.public: "Édition publique : une part de financement n’y figure que si elle est acquise.",
    Diffusion.partenaires: "Édition pour les partenaires : parmi les parts non acquises, celles qu’ils peuvent lire.",
    Diffusion.interne: "Édition interne : des parts n’y sont pas acquises. À ne pas remettre à un partenaire.",
}


def legende(edition: Edition, livrable: Livrable, donnees: Maquette) -> Feuille:
    """The sheet; long texts are cut into as many rows as they need."""
    rows: list[dict[str, Cellule]] = []

    def section(titre: str) -> None:
        rows.append({"quoi": titre})

    def say(quoi: str, words: str, adresse: str = "") -> None:
        for rank, piece in enumerate(morceaux(typographie(words))):
            rows.append({"quoi": "" if rank else quoi, "texte": piece, "adresse": "" if rank else adresse})

    def said(typed: str | None) -> str:
        """A text as one reads it, a paragraph a line, its links in words."""
        return texte_brut(texte(typed, edition.titre))

    section("Ce document")
    say("Lecteur", livrable.lecteur)
    say("Contenu", said(livrable.texte))
    say("Diffusion", _EDITIONS[edition.diffusion])
    say("Avertissement", said(edition.identite.avertissement))
    section("Comment lire les montants")
    for quoi, words in _LECTURE:
        say(quoi, words)
    section("États d’une part de financement")
    for etat in EtatFinancement:
        refused = etat is EtatFinancement.refuse
        secured = "acquise, peut être annoncée" if etat in FINANCEMENT_ACQUIS else "non acquise, ne s’annonce pas"
        say(majuscule(mot(etat)), "Montrée, jamais additionnée." if refused else f"Additionnée ; {secured}.")
    cadres = {cadre.id: cadre for part in donnees.parts for cadre in contrats(edition, part)}
    if cadres:
        section("Contrats et dispositifs")
        for cadre in cadres.values():
            say(cadre.id, cadre.titre)
    actions = [edition.element(ident, Action) for ident in dict.fromkeys(ident for ident, _ in donnees.actions)]
    found = sorted(sources(edition, actions), key=lambda source: (slug(source.titre), source.id))
    if found:
        section("Sources des constats sur lesquels ces actions reposent")
        for source in found:
            about = [source.titre, source.editeur, periode(source.date) if source.date else ""]
            say(source.id, ", ".join(filter(None, about)), source.url or "")
    colonnes = [Colonne("quoi", "", 26), Colonne("texte", "", 105), Colonne("adresse", "", 60)]
    return Feuille(LEGENDE, "Légende et sources", colonnes, lignes=[Rangee(row) for row in rows])
