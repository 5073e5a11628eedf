"""What changed between two versions, written for a terminal, a pull request, or a program."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from smde.changements.changement import RUBRIQUES, Changement, Rang
from smde.changements.mot_a_mot import Morceau, Sort
from smde.ecriture import accord, enumeration, majuscule, periode, typographie
from smde.instantane import Instantane

CONTRAT = "smde-changements/1"
CONTEXTE = 8
"""How many words stay shown on each side of a change, in a long text."""
MAX_COMMENTAIRE = 60_000
"""Characters of a comment: forges refuse more than 65 536."""


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two snapshots of the same readership, and what changed from one to the other."""

    avant: Instantane
    apres: Instantane
    changements: tuple[Changement, ...]

    def entete(self) -> str:
        """« De « 2026-06 » (1er juin 2026) à « 2026-11 » (22 novembre 2026), édition publique »."""
        before, after = (f"« {one.nom} » ({periode(one.date)})" for one in (self.avant, self.apres))
        edition = {"public": "publique"}.get(self.apres.diffusion.name, self.apres.diffusion.name)
        return typographie(f"De {before} à {after}, édition {edition}")

    def resume(self) -> list[str]:
        """Three lines at most: what was decided and who came or left, money and roles, then the rest."""
        if not self.changements:
            return ["Rien n'a changé."]
        counts = {rang: sum(change.rang is rang for change in self.changements) for rang in Rang}
        lines = [
            _compte(counts, (Rang.decision, "décision ou validation", "décisions ou validations"),
                    (Rang.presence, "entrée ou sortie", "entrées ou sorties")),
            _compte(counts, (Rang.montant, "montant", "montants"), (Rang.role, "rôle", "rôles"),
                    (Rang.chiffre, "cible ou chiffre", "cibles ou chiffres"), (Rang.calendrier, "date", "dates")),
            _compte(counts, (Rang.lien, "lien", "liens"), (Rang.avancement, "état", "états"),
                    (Rang.redaction, "rédaction", "rédactions"), (Rang.ordre, "déplacement", "déplacements")),
        ]  # fmt: skip
        return [majuscule(line) + "." for line in lines if line]

    def rubriques(self) -> Iterator[tuple[str, list[Changement]]]:
        """The changes under their headings, from what matters most."""
        for rang, found in groupby(self.changements, key=lambda change: change.rang):
            yield RUBRIQUES[rang], list(found)


def _compte(counts: Mapping[Rang, int], *kinds: tuple[Rang, str, str]) -> str:
    return enumeration([accord(counts[rang], one, several) for rang, one, several in kinds if counts[rang]])


def texte(comparaison: Comparaison) -> str:
    """For a terminal: what goes between `[-` and `-]`, what comes between `{+` and `+}`."""
    lines = [f"{comparaison.entete()} : {accord(len(comparaison.changements), 'changement')}.", *comparaison.resume()]
    for heading, found in comparaison.rubriques():
        lines += ["", f"{heading} ({len(found)})"]
        for change in found:
            lines.append(f"  - {typographie(change.phrase)}")
            if change.morceaux:
                shown = "".join(_marque(run, ("[-", "-]"), ("{+", "+}")) for run in abrege(change.morceaux))
                lines += [f"      {line}" for line in shown.splitlines() if line.strip()]
    return "\n".join(lines) + "\n"


def markdown(comparaison: Comparaison) -> str:
    """For the comment of a pull request: the three lines, then the changes folded by heading, cut if it is too long."""
    lines = [f"### {_echappe(comparaison.entete())}", "", *(f"- {line}" for line in comparaison.resume())]
    for heading, found in comparaison.rubriques():
        lines += ["", f"<details><summary>{heading} ({len(found)})</summary>", ""]
        for change in found:
            lines.append(f"- {_echappe(typographie(change.phrase))}")
            if change.morceaux:
                escaped = [Morceau(run.sort, _echappe(run.mots)) for run in abrege(change.morceaux)]
                shown = "".join(_marque(run, ("<del>", "</del>"), ("<ins>", "</ins>")) for run in escaped)
                lines += [f"  > {line}" for line in shown.splitlines() if line.strip()]
        lines += ["", "</details>"]
    return _coupe(lines)


def _coupe(lines: Sequence[str]) -> str:
    """As many whole lines as a forge takes, and the sentence that says so when some are left out."""
    kept: list[str] = []
    length = 0
    for rank, line in enumerate(lines):
        length += len(line) + 1
        if length > MAX_COMMENTAIRE:
            opened = sum("<details>" in one for one in kept) - sum("</details>" in one for one in kept)
            kept += [""] + ["</details>"] * opened
            kept += ["", f"… et {accord(len(lines) - rank, 'ligne')} de plus : « smde comparer » les montre toutes."]
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def en_json(comparaison: Comparaison) -> str:
    """For a program."""

    def side(one: Instantane) -> dict[str, str]:
        return {"nom": one.nom, "date": one.date, "contrat": str(one.donnees.get("contrat"))}

    rows = []
    for change in comparaison.changements:
        row = {key: value for key, value in asdict(change).items() if value not in ("", ())}
        row["rang"] = change.rang.name
        if change.morceaux:
            row["morceaux"] = [{run.sort.value: run.mots} for run in change.morceaux]
        rows.append(row)
    document = {
        "contrat": CONTRAT,
        "diffusion": comparaison.apres.diffusion.name,
        "avant": side(comparaison.avant),
        "apres": side(comparaison.apres),
        "resume": comparaison.resume(),
        "changements": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def abrege(morceaux: Sequence[Morceau]) -> list[Morceau]:
    """The runs of a text, what stays being cut to a few words around each change."""
    last = len(morceaux) - 1
    kept = []
    for rank, run in enumerate(morceaux):
        pieces = run.mots.split(" ")
        if run.sort is Sort.reste and len(pieces) > 2 * CONTEXTE + 4:
            head = [*pieces[:CONTEXTE], ""] if rank else []
            tail = ["", *pieces[-CONTEXTE:]] if rank < last else []
            run = Morceau(run.sort, "[…]".join((" ".join(head), " ".join(tail))))
        kept.append(run)
    return kept


Bornes = tuple[str, str]


def _marque(run: Morceau, retire: Bornes, ajoute: Bornes) -> str:
    """A run of words between its marks; the blanks around it stay outside, and blanks alone bear none."""
    if run.sort is Sort.reste or not run.mots.strip():
        return run.mots
    before, after = retire if run.sort is Sort.retire else ajoute
    core = run.mots.strip()
    at = run.mots.index(core)
    return f"{run.mots[:at]}{before}{core}{after}{run.mots[at + len(core) :]}"


def _echappe(words: str) -> str:
    """What people typed, as plain words of a Markdown page: no tag, no mark, no link, no mention of anybody."""
    out = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    out = re.sub(r"([\\`*_{}\[\]#|~])", r"\\\1", out)
    out = re.sub(r"(?m)^(\s*)(?=[-+=]|\d+[.)])", r"\1&#8203;", out)
    return out.replace("@", "@&#8203;").replace("://", "&#58;//")


FORMATS: Mapping[str, Callable[[Comparaison], str]] = {"texte": texte, "markdown": markdown, "json": en_json}
