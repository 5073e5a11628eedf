"""Everything about one element, for a terminal: its state, its chain both ways, where it is written."""

from textwrap import wrap

from smde.diagnostic import Diagnostic, suggestion
from smde.dossier import Dossier
from smde.ecriture import majuscule, typographie
from smde.edition import Edition, edition, empreinte
from smde.libelles import mot
from smde.model.champ import INTERNE
from smde.model.element import Element
from smde.views.chaine import Maillon, chaine


def comprendre(dossier: Dossier, ident: str, date: str, diagnostics: list[Diagnostic]) -> str | None:
    """The page of one element as text; None when the dossier has no such element."""
    element = dossier.elements.get(ident)
    if element is None:
        return None
    whole = edition(dossier, INTERNE, date)
    place = dossier.place(ident)
    lines = [
        f"{majuscule(whole.libelle(element.genre))} « {element.titre} »",
        "",
        f"  Identifiant   {element.id}",
        f"  Écrit dans    {place.path}, ligne {place.span.line}",
        f"  Diffusion     {element.niveau().name}",
        f"  Validation    {_state(element, whole)}",
        f"  Empreinte     {empreinte(dossier, ident)}",
    ]
    if element.texte:
        lines += ["", *_wrapped(element.texte)]
    walked = chaine(whole, element)
    lines += _way("Pourquoi ?", walked.amont, whole) + _way("Et donc ?", walked.aval, whole)
    known = {e.id for maillon in (*walked.amont, *walked.aval) for e in maillon.elements}
    others = [citing for citing in dossier.cites_par.get(ident, []) if citing.id not in known]
    if others:
        lines += ["", "Cité aussi par", *(f"  {other.id} – {other.titre}" for other in others)]
    end = dossier.origines[ident].source.place(dossier.origines[ident].noeud[0]).span
    wrong = [d for d in diagnostics if d.place.path == place.path and _within(dossier, ident, d, end.line)]
    if wrong:
        lines += ["", "À corriger", *(f"  ligne {d.place.span.line} : {d.message}" for d in wrong)]
    return typographie("\n".join(lines)) + "\n"


def inconnu(dossier: Dossier, ident: str) -> str:
    """What to say of an id that no element has."""
    near = suggestion(ident, dossier.elements)
    return f"Aucun élément ne porte l'identifiant « {ident} ». {near or 'Les identifiants sont dans les fichiers YAML, après « id: ».'}"


def _state(element: Element, whole: Edition) -> str:
    validation = element.validation
    words = mot(validation.statut)
    for ident in (validation.instance, validation.seance, validation.decision):
        if ident and whole.titre(ident):
            words += f", {whole.titre(ident)}"
    return words


def _way(heading: str, maillons: tuple[Maillon, ...], whole: Edition) -> list[str]:
    lines = ["", heading]
    for maillon in maillons:
        lines.append(f"  {majuscule(whole.libelle(maillon.genre, pluriel=len(maillon.elements) > 1))}")
        lines += [f"    {element.id} – {element.titre}" for element in maillon.elements]
    return lines if maillons else [*lines, "  Rien dans le dossier."]


def _wrapped(words: str, width: int = 96) -> list[str]:
    return [
        line
        for paragraph in words.split("\n")
        for line in (wrap(paragraph, width, initial_indent="  ", subsequent_indent="  ") or [""])
    ]


def _within(dossier: Dossier, ident: str, diagnostic: Diagnostic, first_line: int) -> bool:
    """Whether a diagnostic is about this element: between its first line and the next element's."""
    source = dossier.origines[ident].source
    starts = sorted(o.source.place(o.noeud[0]).span.line for o in dossier.origines.values() if o.source is source)
    following = next((line for line in starts if line > first_line), None)
    line = diagnostic.place.span.line
    return line >= first_line and (following is None or line < following)
