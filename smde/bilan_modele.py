"""What an authority's Word model brings and lacks, said to the service that gave it; the copy with what it lacked."""

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from smde.diagnostic import suggestion
from smde.ecriture import accord, nombre, typographie
from smde.fichier_word import PLUS_GROS, FichierRefuse
from smde.modele_word import FRANCAIS, ModeleWord, lire, titres
from smde.outputs.outil import deposit
from smde.outputs.word.around import Piece, has_picture, words
from smde.outputs.word.completed import completed_copy
from smde.outputs.word.dress import Dress
from smde.outputs.word.fields import DATES
from smde.outputs.word.numerotation import Counter
from smde.outputs.word.sections import Page
from smde.outputs.word.xml import q
from smde.refus import Refus

ACCENT = "#a63d00"
_AFFICHES = {anglais: francais for francais, anglais in FRANCAIS.items()}
_PAGES = {"default": "Pages courantes", "first": "Première page", "even": "Pages paires"}
_FAITS = {
    "TITLE": "[titre]",
    "SUBJECT": "[sous-titre]",
    "AUTHOR": "[collectivité]",
    "STATUS": "[mention de diffusion]",
    **dict.fromkeys(DATES, "[date]"),
}
_SORTES = {"header": "en-tête", "footer": "pied de page"}
_LANGUES = {"en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien", "br": "breton", "nl": "néerlandais"}
_JAMAIS = {
    "comments": "les commentaires", "customXml": "les données jointes (customXml)",
    "glossaryDocument": "les blocs rapides", "people": "les noms des relecteurs",
    "printerSettings": "les réglages d'imprimante",
}  # fmt: skip


def ouvrir(fichier: Path, *, reparer: bool = False) -> ModeleWord:
    """The model in this file; raises Refus with the sentence to show. `reparer` as in `modele_word.lire`."""
    try:
        if fichier.is_dir():
            raise Refus(f"« {fichier} » est un dossier ; donnez un fichier Word.")
        if fichier.stat().st_size > PLUS_GROS:
            raise FichierRefuse(f"pèse plus de {PLUS_GROS // 1_000_000} Mo", "Réduisez ses images dans Word.")
        return lire(fichier.read_bytes(), reparer=reparer)
    except FileNotFoundError:
        near = suggestion(fichier.name, _voisins(fichier)).replace("`", "")
        raise Refus(typographie(f"Le modèle « {fichier} » n'existe pas. {near}".strip())) from None
    except FichierRefuse as refus:
        raise Refus(typographie(f"Le modèle « {fichier} » {refus.message}. {refus.aide}")) from None


def _voisins(fichier: Path) -> list[str]:
    try:
        return sorted(path.name for path in fichier.parent.iterdir() if path.suffix.lower() in (".docx", ".dotx"))
    except OSError:
        return []


def bilan(modele: ModeleWord, accent: str = ACCENT) -> str:
    """The whole report, one line a fact."""
    dress = Dress(modele, accent)
    parts = [
        ("Styles", _styles(modele, dress)),
        ("Titres", _titres(modele, dress)),
        ("Pages", _pages(dress)),
        ("En-têtes et pieds de page", _autour(modele, dress)),
        ("Langue", _langue(modele)),
        ("Ce qui n'est pas repris", _laisse(modele)),
    ]
    return typographie("\n".join(f"{title}\n" + "".join(f"  {line}\n" for line in lines) for title, lines in parts))


def completer(fichier: Path, copie: Path, accent: str = ACCENT) -> int:
    """Write a copy of a model with the styles it lacks, and say how many; raises Refus, and writes nothing then."""
    if copie.suffix.lower() != ".docx":
        raise Refus(f"« {copie} » : le nom de la copie doit finir par .docx.")
    if os.path.lexists(copie):
        raise Refus(f"« {copie} » existe déjà et n'est pas remplacé : donnez un autre nom à la copie.")
    if not copie.absolute().parent.is_dir():
        raise Refus(f"Le dossier « {copie.absolute().parent} » n'existe pas.")
    modele = ouvrir(fichier, reparer=True)
    deposit(copie, completed_copy(modele, accent))
    return len(Dress(modele, accent).completed.added)


def _styles(modele: ModeleWord, dress: Dress) -> Iterator[str]:
    added = dress.completed.added
    taken = [name for name in dress.completed.idents if dress.completed.idents[name] in dress.theirs]
    yield f"Repris du modèle : {accord(len(taken), 'style')} sur {len(dress.completed.idents)} utiles."
    if not added:
        yield "Il n'en manque aucun."
        return
    yield "Manquent, et sont faits d'après ses polices, ses tailles et ses couleurs :"
    names = sorted((_affiche(name) for name in added), key=str.casefold)
    yield from (f"  {line}" for line in _lines(names))


def _affiche(name: str) -> str:
    """A style as Word names it in French."""
    french = _AFFICHES.get(name.casefold(), name).replace("tm ", "TM ")
    return french[:1].upper() + french[1:]


def _lines(names: list[str], width: int = 100) -> Iterator[str]:
    line = ""
    for rank, name in enumerate(names):
        piece = name + ("." if rank == len(names) - 1 else ", ")
        if len(line) + len(piece) > width:
            yield line.rstrip()
            line = ""
        line += piece
    if line:
        yield line


def _titres(modele: ModeleWord, dress: Dress) -> Iterator[str]:
    levels = [level for level in titres(modele) if level <= 4]
    said = ", ".join(f"Titre {level}" for level in levels) or "aucun"
    yield f"Styles de titre du modèle : {said}. Les documents en emploient quatre niveaux."
    counter = Counter(dress.levels)
    numbers = [number for level in sorted(dress.levels) if (number := counter.next(level))]
    if numbers:
        yield f"Numérotation : celle du modèle, qui donne {', '.join(f'« {number} »' for number in numbers)}."
    else:
        yield "Numérotation : le modèle ne numérote pas ses titres, les documents non plus."
    body = dress.styles.defaults.get("paragraph", "")
    size = nombre(Decimal(dress.styles.size(body)) / 2)
    first = dress.completed.idents["Heading1"]
    yield f"Polices : {dress.styles.font(body) or 'celle de Word'} ({size} points) pour le texte, " + (
        f"{dress.styles.font(first) or 'la même'} pour les titres. Elles ne voyagent pas avec les documents."
    )
    yield f"Couleur des tableaux et des encadrés, prise aux titres : {dress.colour}."


def _pages(dress: Dress) -> Iterator[str]:
    yield f"Pages droites : {_page(dress.upright)}."
    yield f"Pages larges, pour les grands tableaux : {_page(dress.wide)}."


def _page(page: Page) -> str:
    def cm(twips: int) -> str:
        return nombre(round(Decimal(twips) / 567, 1))

    margins = ", ".join(cm(side) for side in (page.top, page.right, page.bottom, page.left))
    return f"{cm(page.width)} × {cm(page.height)} cm, marges (haut, droite, bas, gauche) {margins} cm"


def _autour(modele: ModeleWord, dress: Dress) -> Iterator[str]:
    found = [*(dress.first or []), *dress.around()]
    for piece in found:
        yield f"{_PAGES[piece.pages]}, {_SORTES[piece.kind]} : {_dit(modele, piece)}."
    for kind, ours in (("header", "titre du document et mention de diffusion"), ("footer", "version, date et page")):
        if not any(piece.kind == kind for piece in found):
            yield f"Sans {_SORTES[kind]} : les documents portent le leur ({ours})."
    if any(piece.kind == "header" for piece in found):
        yield "La mention « Document de travail – diffusion … » est dite sur la première page."


def _dit(modele: ModeleWord, piece: Piece) -> str:
    said = words(modele, piece, _FAITS)
    said = f"« {said[:80]}{'…' if len(said) > 80 else ''} »" if said else ""
    picture = "une image" if has_picture(modele, piece) else ""
    return " et ".join(filter(None, [said, picture])) or "un filet ou un champ"


def _langue(modele: ModeleWord) -> Iterator[str]:
    styles = modele.arbre(modele.partie("styles"))
    known = {node.get(q("val"), "").lower() for node in styles.iter(q("lang"))} - {""}
    foreign = sorted(code for code in known if not code.startswith("fr"))
    if foreign:
        named = ", ".join(f"{_LANGUES.get(code[:2], 'autre langue')} ({code})" for code in foreign)
        yield f"Le modèle est en {named} : les documents sont déclarés en français."
    elif known:
        yield "Français."
    else:
        yield "Le modèle ne dit pas sa langue : les documents sont déclarés en français."


def _laisse(modele: ModeleWord) -> Iterator[str]:
    yield "Toujours : son texte, ses propriétés (auteur, dates), ses révisions."
    kinds = {relation.genre for relation in modele.appelle()}
    found = [words for kind, words in _JAMAIS.items() if kind in kinds]
    if found:
        yield f"Dans ce fichier : {', '.join(found)}."
    if modele.rattache:
        yield f"Son rattachement à un autre modèle : « {modele.rattache} »."
