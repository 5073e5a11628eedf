"""Everything about one element, for a terminal: what it says, its state, its chain both ways, who cites it."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from textwrap import wrap
from typing import Any

from smde import ecriture
from smde.changements.depuis_validation import DepuisValidation
from smde.composer import stretch_of
from smde.diagnostic import Diagnostic, Place, suggestion
from smde.dossier import Dossier
from smde.edition import Edition, edition, empreinte
from smde.libelles import mot
from smde.model.champ import INTERNE, Partie
from smde.model.element import Element
from smde.model.mesures import Indicateur
from smde.model.plan import Champ, champs
from smde.model.rubriques import CLASSES
from smde.model.strategie import Constat, PreuveEntretien, PreuveIndicateur
from smde.mots.modifies import AILLEURS
from smde.outputs.changements import redaction
from smde.views.chaine import NIVEAUX, Maillon, chaine
from smde.views.chiffres import citation, derniere
from smde.views.modifies import mention, modification

LARGEUR = 100
RETRAIT = "  "
SANS_TEXTE = (
    "Le texte validé n'est pas dans le dossier : la différence ne peut pas être montrée. `decider` garde les textes "
    "d'une séance tant qu'ils sont ceux que la décision a validés."
)
_DITS = frozenset({"id", "titre", "texte", "diffusion", "validation"})
"""Fields that have their place at the top."""


def comprendre(dossier: Dossier, ident: str, diagnostics: Sequence[Diagnostic]) -> str | None:
    """The page of one element as text; None when the dossier has no such element."""
    if ident not in dossier.origines:
        return None
    place = dossier.place(ident)
    wrong = _wrong(dossier, ident, diagnostics)
    element = dossier.elements.get(ident)
    if element is None:
        classe = CLASSES[dossier.genres[ident]]
        lines = [f"{ecriture.majuscule(classe.nom)} `{ident}`, qui n'a pas pu être lu", "", f"{RETRAIT}{_where(place)}"]
        return "\n".join([*lines, *_faults(wrong)]) + "\n"
    whole = edition(dossier, INTERNE, "1970-01-01")
    words = _Words(dossier, whole)
    lines = [
        f"{ecriture.majuscule(whole.libelle(element.genre))} « {element.titre} »",
        "",
        *_columns([
            ("Identifiant", element.id),
            ("Écrit dans", _where(place)),
            ("Diffusion", mot(element.niveau())),
            ("Validation", words.state(element)),
            ("Empreinte", empreinte(dossier, ident)),
        ]),
    ]  # fmt: skip
    lines += words.since(element)
    if element.texte:
        lines += ["", *_wrapped(element.texte)]
    lines += words.fields(element)
    walked = chaine(whole, element)
    if isinstance(element, Constat):
        lines += words.evidence(element)
        lines += words.way("Et donc ?", walked.aval)
    elif type(element) in NIVEAUX:
        lines += words.way("Pourquoi ? (du plus proche au plus lointain)", walked.amont)
        lines += words.way("Et donc ?", walked.aval)
    told = {near.id for maillon in (*walked.amont, *walked.aval) for near in maillon.elements}
    lines += words.citing(ident, told)
    return ecriture.typographie("\n".join([*lines, *_faults(wrong)])) + "\n"


def inconnu(dossier: Dossier, ident: str) -> str:
    """What to say of an id that no element has."""
    near = suggestion(ident, dossier.origines)
    return (
        f"Aucun élément ne porte l'identifiant « {ident} ». "
        f"{near or 'Les identifiants sont dans les fichiers YAML, après « id: ».'}"
    )


class _Words:
    """The words for what an element holds and for its neighbours."""

    def __init__(self, dossier: Dossier, whole: Edition) -> None:
        self.dossier, self.whole = dossier, whole

    def state(self, element: Element) -> str:
        """Where the validation of an element stands, before whom, when."""
        validation = element.validation
        words = [*filter(None, [mot(validation.statut), mention(self.whole, element)])]
        for ident in (validation.instance, validation.seance, validation.decision):
            if ident:
                words.append(self.whole.titre(ident) or ident)
        if validation.echeance:
            words.append(f"avant le {ecriture.jour(validation.echeance)}")
        return ", ".join([*words, *filter(None, [validation.motif])])

    def since(self, element: Element) -> list[str]:
        """What changed since the decision that validated it."""
        found = modification(self.whole, element)
        if found is None:
            return []
        by = f"par « {found.decision.titre} », le {ecriture.jour(found.decision.date)}"
        lines = ["", f"{ecriture.majuscule(mention(self.whole, element))} {by}"]
        if found.valide is None:
            return [*lines, *_wrapped(SANS_TEXTE)]
        changes = DepuisValidation(self.whole).changements(found.valide)
        lines += [] if changes else _wrapped(AILLEURS)
        for change in changes:
            lines += _wrapped(change.phrase, "    – ", "      ")
            lines += [folded for line in redaction(change) for folded in _wrapped(line, "        ", "        ")]
        return lines

    def fields(self, element: Element) -> list[str]:
        """Every other field that was written, under its label."""
        upwards = self._upwards(element)
        lines: list[str] = []
        for champ in champs(type(element)).values():
            value = getattr(element, champ.nom)
            if champ.nom in _DITS or champ.nom in upwards or value == champ.defaut or value in (None, []):
                continue
            said = list(self._said(champ, value))
            if len(said) == 1 and len(champ.titre) + len(said[0]) + 5 <= _width():
                lines.append(f"{RETRAIT}{champ.titre} : {said[0]}")
            else:
                lines += [
                    f"{RETRAIT}{champ.titre}",
                    *(line for item in said for line in _wrapped(item, "    – ", "      ")),
                ]
        return ["", *lines] if lines else []

    def _upwards(self, element: Element) -> set[str]:
        """Fields that cite the level above, or what stands in its place: the chain tells them."""
        if isinstance(element, Constat):
            return {"preuves"}
        if type(element) not in NIVEAUX:
            return set()
        above = {classe.genre for classe in NIVEAUX[: NIVEAUX.index(type(element))]}
        return {champ.nom for champ in champs(type(element)).values() if champ.vers and set(champ.vers) <= above}

    def _said(self, champ: Champ, value: Any) -> Iterator[str]:
        for item in value if champ.liste else (value,):
            if isinstance(item, Partie):
                yield self._part(item)
            elif champ.vers is not None:
                yield self._reference(item)
            else:
                yield _plain(item)

    def _part(self, part: Partie) -> str:
        """The fields of a part on one line, those that name something first."""
        words = []
        for champ in champs(type(part)).values():
            value = getattr(part, champ.nom)
            if value in (None, []) or value == champ.defaut:
                continue
            said = ", ".join(self._said(champ, value))
            words.append(said if champ.vers is not None or champ.choix else f"{_lower(champ.titre)} : {said}")
        level = part.niveau()
        return " ; ".join(words) + (f" ({mot(level)} seulement)" if level else "")

    def _reference(self, ident: str) -> str:
        titre = self.whole.titre(ident)
        return f"{titre} ({ident})" if titre else f"{ident} (absent du dossier)"

    def evidence(self, constat: Constat) -> list[str]:
        """What establishes a constat, each piece with what it is read in and where that is written."""
        lines = ["", "Pourquoi ?"]
        for preuve in constat.preuves:
            cited = [
                ident for champ in champs(type(preuve)).values() if champ.vers for ident in [getattr(preuve, champ.nom)]
            ]
            if any(ident and ident not in self.whole.elements for ident in cited):
                lines += _wrapped(self._part(preuve), "    – ", "      ")
                continue
            found = citation(self.whole, preuve)
            head = found.libelle
            if found.mesure:
                head += f" : {found.mesure}"
            elif found.source and not found.element:
                head = ", ".join(filter(None, [self.whole.titre(found.source), found.libelle]))
            elif isinstance(preuve, PreuveEntretien):
                head = self.whole.titre(preuve.entretien) or preuve.entretien
            if details := ", ".join(filter(None, [found.periode, self.whole.titre(found.territoire or "")])):
                head += f" ({details})"
            lines += _wrapped(head + (f" – {found.note}" if found.note else ""), "    – ", "      ")
            for ident in filter(None, (found.element, found.source)):
                titre = self.whole.titre(ident) or ""
                label = "" if ident == found.element or head.startswith(titre) else f"Source : {titre} "
                where = _where(self.dossier.place(ident))
                lines += _wrapped(f"{label}({ident}) [{where}]", "      ", "        ")
            lines += self._renewed(preuve)
        return lines if constat.preuves else [*lines, f"{RETRAIT}Aucune preuve dans le dossier."]

    def _renewed(self, preuve: Partie) -> list[str]:
        """The last value of the indicator a constat quotes, when it quotes another."""
        if not isinstance(preuve, PreuveIndicateur):
            return []
        indicateur = self.whole.element(preuve.indicateur, Indicateur)
        last = derniere(self.whole, indicateur)
        if last is None or last.valeur is None or last.periode == preuve.millesime:
            return []
        shown = ecriture.mesure(last.valeur, indicateur.unite)
        return _wrapped(f"Dernière valeur connue : {shown} ({ecriture.periode(last.periode)})", "      ", "        ")

    def way(self, heading: str, maillons: Iterable[Maillon]) -> list[str]:
        """One direction of the chain, level by level."""
        lines = ["", heading]
        for maillon in maillons:
            name = self.whole.libelle(maillon.genre, pluriel=len(maillon.elements) > 1)
            lines += ["", f"{RETRAIT}{ecriture.majuscule(name)}{'' if maillon.direct else ' (indirectement)'}"]
            lines += self._listed(maillon.elements)
        return lines if len(lines) > 2 else [*lines, f"{RETRAIT}Rien dans le dossier."]

    def citing(self, ident: str, told: set[str]) -> list[str]:
        """Who cites the element, in a field or in a text, by kind; those of the chain are told already."""
        found: dict[str, dict[str, Element]] = {}
        citing = [*self.dossier.cites_par.get(ident, ())]
        citing += [passage.element for passage, cible in self.dossier.citations if cible == ident]
        for element in citing:
            if element.id not in told and element.id != ident:
                found.setdefault(element.genre, {})[element.id] = element
        lines = ["", "Cité aussi par" if told else "Cité par"]
        for genre, elements in found.items():
            name = self.whole.libelle(genre, pluriel=len(elements) > 1)
            lines += ["", f"{RETRAIT}{ecriture.majuscule(name)}", *self._listed(list(elements.values()))]
        if found:
            return lines
        return [] if told else [*lines, f"{RETRAIT}Rien dans le dossier."]

    def _listed(self, elements: Sequence[Element]) -> list[str]:
        """Ids, titles and places in columns; a title too long goes on below itself."""
        first = min(36, max(len(element.id) for element in elements)) + 2
        lines = []
        for element in elements:
            margin = " " * (first + 4)
            head = f"    {element.id:<{first}}"
            head = head if len(head) == len(margin) else f"{head}\n{margin}"
            words = f"{element.titre} [{_where(self.dossier.place(element.id))}]"
            title = wrap(words, max(40, _width() - len(margin)), break_on_hyphens=False)
            lines += [head + title[0], *(margin + line for line in title[1:])]
        return lines


def _plain(value: object) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case Enum():
            return mot(value)
        case int() if value < 10_000:
            return str(value)
        case Decimal() | int():
            return ecriture.nombre(value)
        case date():
            return ecriture.jour(value)
    return str(value)


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _where(place: Place) -> str:
    return f"{place.path}:{place.span.line}"


def _width() -> int:
    return max(60, min(LARGEUR, shutil.get_terminal_size((LARGEUR, 24)).columns))


def _columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    rows = list(rows)
    first = max(len(label) for label, _ in rows) + 3
    return [
        line
        for label, words in rows
        for line in _wrapped(words, f"{RETRAIT}{label:<{first}}", " " * (len(RETRAIT) + first))
    ]


def _wrapped(words: str, initial: str = RETRAIT, following: str = RETRAIT) -> list[str]:
    """Words in lines of the width of the terminal, paragraph by paragraph."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        start = following if lines else initial
        lines += wrap(
            paragraph,
            _width(),
            initial_indent=start,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines


def _wrong(dossier: Dossier, ident: str, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics that stand between the first line of the element and that of the next one."""
    origine = dossier.origines[ident]
    starts = _starts(dossier)[origine.source.path]
    first = origine.source.place(stretch_of(origine.noeud)).span.line
    following = next((line for line in starts if line > first), None)
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.place.path == origine.source.path
        and first <= diagnostic.place.span.line
        and (following is None or diagnostic.place.span.line < following)
    ]


def _starts(dossier: Dossier) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for origine in dossier.origines.values():
        found.setdefault(origine.source.path, []).append(origine.source.place(stretch_of(origine.noeud)).span.line)
    return {path: sorted(lines) for path, lines in found.items()}


def _faults(wrong: Sequence[Diagnostic]) -> list[str]:
    if not wrong:
        return []
    lines = ["", "À corriger"]
    for diagnostic in wrong:
        head = f"{_where(diagnostic.place)}: {diagnostic.severite} [{diagnostic.code}] {diagnostic.message}"
        lines += _wrapped(head, RETRAIT, RETRAIT * 2)
        lines += _wrapped(diagnostic.aide, RETRAIT * 2, RETRAIT * 2) if diagnostic.aide else []
    return lines
