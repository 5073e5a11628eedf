"""What a séance decided, written back in the dossier: the state of each element, and what exactly was validated."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from smde.dossier import Dossier
from smde.ecriture import accord, jour
from smde.edition import texte_a_valider
from smde.model.demarche import Decision, ResultatDecision, Seance, StatutSeance
from smde.model.element import Element, StatutValidation, Validation
from smde.refus import Refus
from smde.retouche import Retouche, RetoucheImpossible, retouchee
from smde.rules.decision_non_suivie import non_suivie
from smde.source import Source
from smde.textes_valides import DOSSIER, Donnees, canonique, chemin, ecrit, sceau


class Bilan(NamedTuple):
    """What a séance changes: the new text of each file, those that are born included, and what to say of it."""

    textes: dict[str, str]
    dits: list[str]


def decider(dossier: Dossier, ident: str) -> Bilan:
    """The files to write so that the dossier says what the decisions of a séance say.

    An element that an adopted decision validates becomes « valide », by this decision; the decision keeps the sha256 of
    each text as it stands now, unless it already has one: what was validated is not to be written again. The text
    itself is kept beside, word for word, as long as it is the one that was validated. Raises `Refus` when the séance
    was not held, decided nothing, or when a file cannot be written without being rearranged.
    """
    decisions = _decisions(dossier, ident)
    sources: dict[str, Source] = {}
    edits: dict[str, list[Retouche]] = {}
    said: list[str] = []
    for decision in decisions:
        for owner, retouche, words in _retouches(dossier, decision):
            source = dossier.origines[owner].source
            sources[source.path] = source
            edits.setdefault(source.path, []).append(retouche)
            said.append(f"{source.path} : {words}")
    try:
        texts = {path: retouchee(sources[path], found) for path, found in edits.items()}
    except RetoucheImpossible as fault:
        raise Refus(
            f"« {fault} » est écrit d'une façon qui ne permet pas d'y ajouter l'état sans toucher au reste : écrivez "
            "« validation: {statut: a_valider} » sur une ligne dans chaque élément soumis, puis recommencez."
        ) from None
    for decision in decisions:
        for path, text, count in _gardes(dossier, decision):
            texts[path] = text
            said.append(f"{path} : {accord(count, 'texte validé gardé', 'textes validés gardés')} mot à mot")
    return Bilan(texts, said)


def _decisions(dossier: Dossier, ident: str) -> list[Decision]:
    """The adopted decisions of a séance that was held."""
    seance = dossier.elements.get(ident)
    if not isinstance(seance, Seance):
        held = ", ".join(one.id for one in dossier.tous(Seance)) or "aucune"
        raise Refus(f"« {ident} » n'est pas une séance du dossier. Séances : {held}.")
    if seance.statut is not StatutSeance.tenue or seance.date is None:
        place = dossier.place(ident)
        raise Refus(
            f"{place.path}:{place.span.line} : « {seance.titre} » n'a pas encore eu lieu. Écrivez sa date et "
            "« statut: tenue », puis sa décision dans data/demarche/decisions.yml."
        )
    found = [one for one in dossier.tous(Decision) if one.seance == ident and one.resultat is ResultatDecision.adopte]
    if not found:
        raise Refus(
            f"Aucune décision adoptée ne cite la séance « {ident} » du {jour(seance.date)}. Écrivez-la dans "
            f"data/demarche/decisions.yml, avec « seance: {ident} », « resultat: adopte » et ce qu'elle valide."
        )
    return found


def _retouches(dossier: Dossier, decision: Decision) -> Iterator[tuple[str, Retouche, str]]:
    """Which element is written again, how, and what to say of it."""
    for rank, valide in enumerate(decision.valide):
        element = dossier.elements.get(valide.element)
        if element is None:
            continue
        if valide.empreinte is None:
            seal = sceau(canonique(_texte(dossier, element)))
            noeud = dossier.origines[decision.id].noeud
            chemin = ("valide", rank, "empreinte")
            words = f"« {element.titre} », texte validé retenu par son empreinte"
            yield decision.id, Retouche(decision.id, noeud, chemin, {"": seal}, "element"), words
        validation = element.validation
        if _a_suivi_son_cours(dossier, validation, decision, sealed=valide.empreinte is not None):
            continue
        noeud = dossier.origines[element.id].noeud
        words = f"« {element.titre} » est validé par « {decision.titre} »"
        written = isinstance(noeud, tuple) and isinstance(noeud[1], dict) and "validation" in noeud[1]
        if not written:
            state = {"statut": "valide", "decision": decision.id}
            yield element.id, Retouche(element.id, noeud, ("validation",), state, "id"), words
            continue
        yield element.id, Retouche(element.id, noeud, ("validation", "statut"), {"": "valide"}, "instance"), words
        by = Retouche(element.id, noeud, ("validation", "decision"), {"": decision.id}, "statut")
        yield element.id, by, ""


def _a_suivi_son_cours(dossier: Dossier, validation: Validation, decision: Decision, *, sealed: bool) -> bool:
    """Whether the state of an element already says this decision, or what came after it: it is not taken back."""
    if validation.statut is StatutValidation.valide:
        other = dossier.elements.get(validation.decision or "")
        later = isinstance(other, Decision) and other.date > decision.date
        return later or validation.decision == decision.id
    return sealed and not non_suivie(validation, decision)


def _texte(dossier: Dossier, element: Element) -> Donnees:
    """What is validated of an element; raises `Refus` when it holds something that its own readers may not know."""
    values = texte_a_valider(dossier, element.id)
    if values is None:
        place = dossier.place(element.id)
        raise Refus(
            f"{place.path}:{place.span.line} : « {element.titre} » cite, dans un champ obligatoire, un élément que ses "
            "propres lecteurs ne peuvent pas connaître : élargissez la diffusion de ce qu'il cite, puis recommencez."
        )
    return values


def _gardes(dossier: Dossier, decision: Decision) -> Iterator[tuple[str, str, int]]:
    """The file that keeps the texts of a decision, its new text, how many it gains; nothing when it has them all."""
    path = chemin(decision.id)
    kept = {one.empreinte: one.donnees for one in dossier.textes_valides if one.place.path == path and one.donnees}
    new = {}
    for valide in decision.valide:
        element = dossier.elements.get(valide.element)
        values = None if element is None else texte_a_valider(dossier, element.id)
        if values is not None:
            seal = sceau(canonique(values))
            if valide.empreinte in (None, seal) and seal not in kept:
                new[seal] = values
    if new:
        yield path, ecrit(kept | new), len(new)


def ecrire(racine: Path, bilan: Bilan) -> None:
    """Write the files, all or none: each beside its place first, then all put there.

    Only the file of the texts of a decision may be new.
    """
    aside: list[tuple[Path, Path]] = []
    try:
        for path, text in bilan.textes.items():
            file = racine / path
            new = path.startswith(f"{DOSSIER}/") and not file.exists()
            if new:
                file.parent.mkdir(parents=True, exist_ok=True)
            mark = b"\xef\xbb\xbf" if not new and file.read_bytes().startswith(b"\xef\xbb\xbf") else b""
            handle, name = tempfile.mkstemp(prefix=".smde-", dir=file.parent)
            aside.append((Path(name), file))
            with os.fdopen(handle, "wb") as stream:
                stream.write(mark + text.encode())
            os.chmod(name, 0o644 if new else file.stat().st_mode & 0o777)
        for beside, file in aside:
            os.replace(beside, file)
    finally:
        for beside, _ in aside:
            with suppress(FileNotFoundError):
                beside.unlink()


def resume(bilan: Bilan, *, essai: bool) -> str:
    """What was written, or would be."""
    lines = [line for line in bilan.dits if not line.endswith(" : ")]
    if not lines:
        return "Rien à écrire : le dossier dit déjà ce que la séance a décidé.\n"
    verb = "seraient écrits" if essai else "écrits"
    return "\n".join([*lines, f"{accord(len(bilan.textes), 'fichier')} {verb}."]) + "\n"
