"""The authority's model for Word: what is read of the file its communication service gives, and why one is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smde.fichier_word import FichierRefuse, Relation, W, arbre, ouvrir, principale, relations

if TYPE_CHECKING:
    from lxml import etree

FRANCAIS = {
    "normal": "normal", "corps de texte": "body text", "titre": "title", "sous-titre": "subtitle",
    "légende": "caption", "en-tête": "header", "pied de page": "footer", "note de bas de page": "footnote text",
    "appel note de bas de p.": "footnote reference", "lien hypertexte": "hyperlink",
    "en-tête de table des matières": "toc heading", "normal (tableau)": "normal table",
    **{f"titre {rank}": f"heading {rank}" for rank in range(1, 10)},
    **{f"tm {rank}": f"toc {rank}" for rank in range(1, 10)},
}  # fmt: skip
"""The styles Word is born with, by the names it shows in French: some programs write those in the file."""
_IMAGE = ("image", "hyperlink")


def nom_canonique(nom: str) -> str:
    """The name of a style, whatever its capitals and whether its file says « heading 1 » or « Titre 1 »."""
    words = " ".join(nom.split()).casefold()
    return FRANCAIS.get(words, words)


@dataclass(frozen=True, slots=True)
class ModeleWord:
    """A Word file taken as a model: its parts, none of which is followed anywhere outside of it."""

    parts: dict[str, bytes]
    principale: str
    rattache: str = ""
    """The other model it says it depends on, which is not taken; a copy of it goes without."""

    def appelle(self, part: str = "") -> Iterator[Relation]:
        """What a part calls; by default, the text."""
        return relations(self.parts, part or self.principale)

    def arbre(self, part: str) -> "etree._Element":
        """The tree of a part, made anew each time."""
        return arbre(self.parts, part)

    def partie(self, genre: str) -> str:
        """The name of the only part of its kind (`styles`, `numbering`, `settings`, `theme`…), or nothing."""
        return next((r.cible for r in self.appelle() if r.genre == genre and r.cible in self.parts), "")


def lire(octets: bytes, *, reparer: bool = False) -> ModeleWord:
    """The model these bytes are; raises FichierRefuse. With `reparer`, what a copy can put right is let through."""
    parts = ouvrir(octets)
    modele = ModeleWord(parts, principale(parts))
    modele = ModeleWord(parts, modele.principale, _rattache(modele))
    if not modele.partie("styles"):
        raise FichierRefuse("ne contient aucun style", "Donnez un fichier enregistré dans Word.")
    for genre in ("styles", "numbering", "settings", "theme"):
        if part := modele.partie(genre):
            modele.arbre(part)
    for relation in modele.appelle():
        if relation.genre in ("header", "footer") and relation.cible in parts:
            _autour(modele, relation)
    if not reparer:
        _repare(modele)
    return modele


def titres(modele: ModeleWord) -> list[int]:
    """The levels of heading it has a style for, from 1."""
    names = modele.arbre(modele.partie("styles")).iterfind(f"{{{W}}}style/{{{W}}}name")
    known = {nom_canonique(name.get(f"{{{W}}}val", "")) for name in names}
    return [rank for rank in range(1, 10) if f"heading {rank}" in known]


def _rattache(modele: ModeleWord) -> str:
    settings = modele.partie("settings")
    found = (r.cible for r in modele.appelle(settings) if r.genre == "attachedTemplate") if settings else iter(())
    return next(found, "")


def _repare(modele: ModeleWord) -> None:
    """Refuse what a copy made by « --completer » would not have."""
    if modele.rattache:
        raise FichierRefuse(
            f"est rattaché à un autre modèle (« {modele.rattache} »), que Word irait chercher à chaque ouverture",
            "Faites-en une copie détachée avec « modele verifier … --completer COPIE.docx ».",
            reparable=True,
        )
    if 1 not in titres(modele):
        raise FichierRefuse(
            "n'a pas de style « Titre 1 » : les titres n'auraient pas d'apparence",
            "Donnez le style « Titre 1 » à un paragraphe et enregistrez, ou faites ajouter les styles qui manquent "
            "avec « modele verifier … --completer COPIE.docx ».",
            reparable=True,
        )


def _autour(modele: ModeleWord, relation: Relation) -> None:
    """Refuse a header or a footer that shows what is not in the file, or holds more than words and pictures."""
    where = "Son en-tête" if relation.genre == "header" else "Son pied de page"
    modele.arbre(relation.cible)
    for called in modele.appelle(relation.cible):
        if called.genre == "image" and called.externe:
            raise FichierRefuse(
                f"n'a pas toutes ses images. {where} montre « {called.cible} », qui n'est pas dans le fichier",
                "Supprimez cette image et insérez-la de nouveau, sans « Lier au fichier ».",
            )
        if called.genre not in _IMAGE or (called.cible not in modele.parts and not called.externe):
            raise FichierRefuse(
                f"ne peut pas être repris. {where} contient un objet incorporé (« {called.genre} »)",
                "Remplacez cet objet par une image.",
            )
