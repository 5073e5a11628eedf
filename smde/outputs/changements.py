"""What changed between two versions, written for a terminal, a pull request, or a program."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from smde.changements.changement import Changement
from smde.changements.comparaison import Comparaison
from smde.changements.mot_a_mot import Morceau, Sort, abrege
from smde.ecriture import accord, typographie
from smde.instantane import SANS_DATE, Instantane

CONTRAT = "smde-changements/1"
MAX_COMMENTAIRE = 60_000
"""Characters of a comment: forges refuse more than 65 536."""


def texte(comparaison: Comparaison) -> str:
    """For a terminal: what goes between `[-` and `-]`, what comes between `{+` and `+}`."""
    lines = [f"{comparaison.entete()} : {accord(len(comparaison.changements), 'changement')}.", *comparaison.resume()]
    for heading, found in comparaison.rubriques():
        lines += ["", f"{heading} ({len(found)})"]
        for change in found:
            lines.append(f"  - {typographie(change.phrase)}")
            lines += [f"      {line}" for line in redaction(change)]
    return "\n".join(lines) + "\n"


def redaction(change: Changement) -> list[str]:
    """The lines of a text written again, for a terminal; none when no text was."""
    shown = "".join(_marque(run, ("[-", "-]"), ("{+", "+}")) for run in abrege(change.morceaux))
    return [line for line in shown.splitlines() if line.strip()]


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
        return {
            "nom": one.nom,
            "date": "" if one.date == SANS_DATE else one.date,
            "contrat": str(one.donnees.get("contrat")),
        }

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
