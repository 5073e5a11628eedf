"""The same diagnostics written for a terminal, a program and each forge; the goldens are there to be read."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smde import report
from smde.diagnostic import Diagnostic, Place, Severite, Span
from smde.dossier import charger
from tests.conftest import ecrire


def faute(
    excerpt: str,
    underlined: str = "",
    *,
    path: str = "strategy/enjeux.yml",
    line: int = 7,
    severite: Severite = "erreur",
    code: str = "reference-inconnue",
    message: str = "« Attirer » cite `vacance-tertiare`, absent des constats.",
    aide: str = "Vouliez-vous dire `vacance-tertiaire` ?",
) -> Diagnostic:
    start = excerpt.index(underlined) + 1 if underlined else 1
    span = Span(line, start, line, start + len(underlined))
    return Diagnostic(Place(path, span, excerpt), severite, code, message, aide)


DIAGNOSTICS = [
    Diagnostic(
        Place("data/livrables/rapport final, v2.yml"),
        "erreur",
        "fichier-hors-rubrique",
        "Ce fichier n'appartient à aucune rubrique du dossier.",
        "Vouliez-vous dire `data/livrables` ?",
    ),
    faute(
        "  - id: friches\ttitre: Friches",
        "\t",
        line=3,
        code="yaml-syntaxe",
        message="Une tabulation décale ce texte.",
        aide="",
    ),
    faute("    constats: [vacance-tertiare]", "vacance-tertiare"),
    faute(
        "2019,環境 7,6 🚢 %,estimé",
        "環境 7,6 🚢 %",
        path="data/indicateurs/dépôts & friches.csv",
        line=112,
        code="serie-valeur",
        message="Colonne `valeur` : « 環境 7,6 🚢 % » ne convient pas.",
        aide="Attendu : un nombre : 12.5.",
    ),
    faute(
        f"  texte: {'Les friches du port attendent une vocation. ' * 6}[[nulle-part]] {'Suite du texte. ' * 9}",
        "nulle-part",
        line=1204,
        severite="alerte",
        code="phrase-longue",
        message="Phrase de 90 mots, 100 % trop longue.\nCoupez-la.",
        aide="",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("texte", "report.txt"),
        ("json", "report.json"),
        ("github", "report.github.txt"),
        ("gitlab", "report.gitlab.json"),
        ("sarif", "report.sarif"),
    ],
)
def test_each_format_is_as_it_was_read_and_agreed(name: str, file: str, golden: Callable[[str, str], None]) -> None:
    golden(file, report.FORMATS[name](DIAGNOSTICS))


def test_every_format_has_its_golden() -> None:
    assert set(report.FORMATS) == {"texte", "json", "github", "gitlab", "sarif"}


@pytest.mark.parametrize("name", report.FORMATS)
def test_every_format_ends_with_a_line_end_and_says_nothing_when_nothing_is_wrong(name: str) -> None:
    for diagnostics in ([], DIAGNOSTICS):
        text = report.FORMATS[name](diagnostics)
        assert text.endswith("\n") and not text.endswith("\n\n")
        text.encode()
    assert report.FORMATS["texte"]([]) == "0\u00a0erreur, 0\u00a0alerte.\n"
    assert json.loads(report.FORMATS["gitlab"]([])) == []


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(0, 0, "0 erreur, 0 alerte."), (1, 1, "1 erreur, 1 alerte."), (2, 1200, "2 erreurs, 1 200 alertes.")],
)
def test_the_last_line_counts(errors: int, warnings: int, words: str) -> None:
    found = [faute("x")] * errors + [faute("x", severite="alerte")] * warnings
    assert report.bilan(found).replace("\u00a0", " ").replace("\u202f", " ") == words


# ---- texte


def frame(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """The first line, the line of the file and the carets, without their gutter."""
    first, shown, carets, *_ = report.framed(diagnostic).split("\n")
    return first, shown.split("│ ", 1)[1], carets.split("│ ", 1)[1]


def columns(words: str) -> int:
    joining = sum(unicodedata.category(c) in ("Mn", "Cf") for c in words)
    return len(words) - joining + sum(unicodedata.east_asian_width(c) in "WF" for c in words)


def test_editors_find_the_place_in_the_first_line() -> None:
    first, _, _ = frame(faute("    constats: [vacance-tertiare]", "vacance-tertiare"))
    assert first == (
        "strategy/enjeux.yml:7:16: erreur [reference-inconnue] "
        "« Attirer » cite `vacance-tertiare`, absent des constats."
    )


@pytest.mark.parametrize(
    ("excerpt", "underlined"),
    [
        ("    constats: [vacance-tertiare]", "vacance-tertiare"),
        ("vacance", "vacance"),
        ("titre: Élever l'été", "été"),
        ("titre: E\u0301lever l'e\u0301te\u0301", "e\u0301te\u0301"),
        ("titre: 環境 et port", "port"),
        ("titre: 環境 et port", "環境"),
        ("titre: 🚢🚢 port 🚢", "port"),
        ("titre: ❤️ port", "port"),
        ("titre:\tLe\tport", "port"),
        ("- " * 200 + "port" + " -" * 200, "port"),
        ("環" * 200 + "port" + "境" * 200, "port"),
        ("x" * 300 + "port", "port"),
        ("port" + "x" * 300, "port"),
        ("y" * 115 + "port", "port"),
    ],
)
def test_carets_stand_under_what_is_wrong(excerpt: str, underlined: str) -> None:
    _, shown, carets = frame(faute(excerpt, underlined))
    before, after = shown.index(underlined), shown.index(underlined) + len(underlined)
    assert carets.count(" ") == columns(shown[:before])
    assert carets.count("^") == columns(shown[before:after])


def test_the_carets_stay_right_below_whatever_the_line_number() -> None:
    for line in (1, 12, 99999):
        _, shown, carets = report.framed(faute("titre: port", "port", line=line)).split("\n")[:3]
        assert shown.index("port") == carets.index("^")


def test_a_long_line_is_shown_around_the_fault() -> None:
    _, shown, _ = frame(faute("a" * 500 + " port " + "z" * 500, "port"))
    assert len(shown) <= 112
    assert shown.startswith("…a") and shown.endswith("z…")


def test_a_fault_longer_than_the_line_shown_is_underlined_to_its_end() -> None:
    _, shown, carets = frame(faute("titre: " + "port " * 100, "port " * 100))
    assert len(carets) <= len(shown)


def test_a_whole_file_has_no_frame() -> None:
    text = report.framed(DIAGNOSTICS[0])
    assert text.count("\n") == 2
    assert text.startswith("data/livrables/rapport final, v2.yml:1:1: erreur [fichier-hors-rubrique]")


def test_nothing_typed_in_a_dossier_can_move_the_cursor_of_a_terminal(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        {"strategy/enjeux.yml": '- id: a\x1b[2J\n  titre: "b\\x1b[31m"\n  "cou\\x1bleur": x\n  id\x07: [\x9b\n'},
    )
    for write in report.FORMATS.values():
        text = write(charger(tmp_path).diagnostics)
        assert not set(text) & set(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))


# ---- programs and forges


def test_json_gives_every_field_of_a_diagnostic() -> None:
    document = json.loads(report.en_json(DIAGNOSTICS))
    assert document["bilan"] == report.bilan(DIAGNOSTICS)
    assert document["diagnostics"][2] == {
        "fichier": "strategy/enjeux.yml",
        "ligne": 7,
        "colonne": 16,
        "ligne_fin": 7,
        "colonne_fin": 32,
        "severite": "erreur",
        "code": "reference-inconnue",
        "message": "« Attirer » cite `vacance-tertiare`, absent des constats.",
        "aide": "Vouliez-vous dire `vacance-tertiaire` ?",
    }


def test_github_reads_one_command_on_one_line_per_diagnostic() -> None:
    lines = report.github(DIAGNOSTICS).splitlines()
    assert len(lines) == len(DIAGNOSTICS) + 1
    for line in lines[:-1]:
        assert line.startswith(("::error file=", "::warning file="))
        head = line[2:].split("::", 1)[0]
        properties = dict(pair.split("=", 1) for pair in head.split(" ", 1)[1].split(","))
        assert set(properties) == {"file", "line", "col", "endColumn", "title"}
    assert "file=data/livrables/rapport final%2C v2.yml," in lines[0]
    assert "100 %25 trop longue.%0ACoupez-la." in lines[4]


def test_gitlab_reads_unique_fingerprints_that_do_not_change() -> None:
    rows = json.loads(report.gitlab(DIAGNOSTICS))
    assert {row["severity"] for row in rows} == {"blocker", "minor"}
    assert len({row["fingerprint"] for row in rows}) == len(DIAGNOSTICS)
    assert rows == json.loads(report.gitlab(DIAGNOSTICS))
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert set(row["location"]) == {"path", "lines"}
        assert row["location"]["lines"]["begin"] >= 1


def test_sarif_has_the_structure_its_standard_requires() -> None:
    document = json.loads(report.sarif(DIAGNOSTICS))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "smde"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert run["columnKind"] == "unicodeCodePoints"
    assert len(run["results"]) == len(DIAGNOSTICS)
    for result, diagnostic in zip(run["results"], DIAGNOSTICS, strict=True):
        assert ids[result["ruleIndex"]] == result["ruleId"] == diagnostic.code
        assert result["level"] == ("error" if diagnostic.severite == "erreur" else "warning")
        assert result["message"]["text"].startswith(diagnostic.message)
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = place["artifactLocation"]["uri"]
        assert uri.isascii() and " " not in uri and unquote(uri) == diagnostic.place.path
        region = place["region"]
        assert (region["startLine"], region["endLine"]) == (diagnostic.place.span.line, diagnostic.place.span.end_line)
        assert 1 <= region["startColumn"] <= region["endColumn"]


SPANS = st.tuples(st.integers(1, 99), st.integers(1, 300), st.integers(0, 300)).map(
    lambda drawn: Span(drawn[0], drawn[1], drawn[0], drawn[1] + drawn[2])
)
TEXTES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(
    st.lists(
        st.builds(
            Diagnostic,
            st.builds(
                Place,
                st.just("strategy/enjeux.yml"),
                SPANS,
                st.text("aé環🚢\t e\u0301", max_size=400),
            ),
            st.sampled_from(["erreur", "alerte"]),
            st.just("code"),
            TEXTES,
            TEXTES,
        ),
        max_size=4,
    )
)  # fmt: skip
def test_any_diagnostic_can_be_written_in_any_format(diagnostics: list[Any]) -> None:
    for write in report.FORMATS.values():
        assert isinstance(write(diagnostics), str)
    assert len(json.loads(report.en_json(diagnostics))["diagnostics"]) == len(diagnostics)
