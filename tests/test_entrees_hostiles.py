"""Files no one should write, and someone will: a clear sentence, a place, no crash, no wait, and the rest read."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from smde import report
from smde.dossier import charger
from smde.model.strategie import Constat
from smde.source import MAX_BYTES, MAX_FAULTS_TOLD, parse
from tests.conftest import VALMER, duree, ecrire, lire, verifie_le_francais, verifier
from tests.test_arbre import HOSTILES

BOMBE = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(24)
)
FUSIONS = "a: &a {x: y}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)}\n  <<: [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
)
ENJEU = "- id: enjeu-hostile\n  titre: Un enjeu\n  diffusion: interne\n  constats: [friches-portuaires]\n"
ENJEUX, TERRITOIRES = "strategy/enjeux/a.yml", "data/territoires/a.yml"
PAYS = b"id: a\ntitre: A\ntype: pays\n"


def enjeu(more: str) -> bytes:
    return (ENJEU + more).encode()


# Path, content, and the codes of what is told about that file: nothing else is told, and the rest is read.
FICHIERS: dict[str, tuple[str, bytes, set[str]]] = {
    "a tab": (ENJEUX, enjeu("\tnotes: x\n"), {"yaml-syntaxe"}),
    "an unclosed quote": (ENJEUX, enjeu('  notes: "x\n'), {"yaml-syntaxe"}),
    "a wrong indent": (ENJEUX, enjeu("     notes: x\n"), {"yaml-syntaxe"}),
    "a duplicate key": (ENJEUX, enjeu("  titre: Autre\n"), {"cle-en-double"}),
    "an anchor bomb": (ENJEUX, enjeu("  notes: &a x\n"), {"yaml-refuse"}),
    "a billion laughs": ("data/bombe.yml", BOMBE.encode(), {"yaml-refuse", "fichier-hors-rubrique"}),
    "a merge bomb": ("data/bombe.yml", FUSIONS.encode(), {"yaml-refuse", "fichier-hors-rubrique"}),
    "a billion laughs in an element": (
        ENJEUX,
        ("".join("  " + line for line in (ENJEU + BOMBE).splitlines(keepends=True))).encode(),
        {"yaml-syntaxe", "yaml-refuse", "champ-inconnu"},
    ),
    "a Python object": (
        ENJEUX,
        enjeu("  notes: !!python/object/apply:os.system ['touch /tmp/smde-hostile']\n"),
        {"yaml-refuse"},
    ),
    "ten thousand brackets": (ENJEUX, enjeu("  notes: " + "[" * 10_000), {"trop-imbrique"}),
    "ten thousand braces": (ENJEUX, enjeu("  notes: " + "{a: " * 10_000), {"trop-imbrique"}),
    "ten thousand dashes": (ENJEUX, enjeu("  notes:\n    " + "- " * 10_000), {"trop-imbrique"}),
    "a thousand blocks": (
        ENJEUX,
        (ENJEU + "  notes:\n" + "".join(" " * (4 + n) + "a:\n" for n in range(1000))).encode(),
        {"trop-imbrique"},
    ),
    "latin-1": (ENJEUX, (ENJEU + "  notes: été\n").encode("latin-1"), {"encodage"}),
    "UTF-16": (ENJEUX, (ENJEU + "  notes: été\n").encode("utf-16"), {"encodage"}),
    "UTF-16 without a mark": (ENJEUX, ENJEU.encode("utf-16-le"), {"encodage"}),
    "UTF-32": (ENJEUX, ENJEU.encode("utf-32"), {"encodage"}),
    "a null character": (ENJEUX, enjeu("  notes: a\0b\n"), {"caractere-interdit"}),
    "an image": (ENJEUX, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {"encodage"}),
    "a Word file": (ENJEUX, b"PK\x03\x04\x14\x00\x06\x00\x08\x00", {"encodage"}),
    "a line of fifty megabytes": (ENJEUX, b"x" * 50_000_000, {"fichier-trop-gros"}),
    "a text of a megabyte": (ENJEUX, enjeu("  notes: " + "x" * 900_000), {"texte-trop-long"}),
    "a key of a megabyte": (ENJEUX, enjeu("  ? " + "k" * 900_000 + "\n  : x\n"), {"champ-inconnu"}),
    "invisible characters": (ENJEUX, enjeu("  notes: a\u202eb\n"), {"caractere-interdit"}),
    "invisible escapes": (ENJEUX, enjeu('  notes: "a\\u202eb\\0"\n'), {"caractere-interdit"}),
    "half of a character": (ENJEUX, enjeu('  notes: "\\ud83d"\n'), {"yaml-syntaxe"}),
    "no as a readership": (ENJEUX, ENJEU.replace("interne", "non").encode(), {"valeur-refusee"}),
    "an hour as a period": ("data/demarche/reperes.yml", b"id: a\ntitre: A\ndate: 12:30\n", {"valeur-refusee"}),
    "an impossible period": ("data/demarche/reperes.yml", b"id: a\ntitre: A\ndate: 2014-13-45\n", {"valeur-refusee"}),
    "an octal number": (TERRITOIRES, PAYS + b"communes: 0o14\n", {"valeur-refusee"}),
    "an underscored number": (TERRITOIRES, PAYS + b"communes: 1_000\n", {"valeur-refusee"}),
    "an endless number": (TERRITOIRES, PAYS + b"communes: " + b"9" * 5000, {"valeur-refusee"}),
    "two documents": (ENJEUX, enjeu("---\n- id: b\n  titre: B\n"), {"second-document"}),
    "a page of HTML": (ENJEUX, b"<html>\n<body>x</body>\n</html>\n", {"element-attendu"}),
    "a spreadsheet": (ENJEUX, b"id;titre\na;A\n", {"element-attendu"}),
    "JSON": (ENJEUX, b'[{"id": "a", "titre": "A", "couleur": null}]', {"champ-inconnu"}),
    "a template": (ENJEUX, b"{% for x in y %}\n- id: {{ x }}\n{% endfor %}\n", {"yaml-syntaxe"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FICHIERS)
def test_a_hostile_file_is_told_and_the_rest_is_read(racine: Path, name: str) -> None:
    path, content, codes = FICHIERS[name]
    ecrire(racine, {path: content})
    dossier = charger(racine)
    assert {d.code for d in dossier.diagnostics} == codes, dossier.diagnostics
    for diagnostic in dossier.diagnostics:
        assert diagnostic.place.path == path
        verifie_le_francais(diagnostic)
        assert len(diagnostic.message) < 300
    assert dossier.elements.keys() >= charger(VALMER).elements.keys()
    if path == "strategy/enjeux/a.yml" and b"enjeu-hostile" in content and name != "a billion laughs in an element":
        assert "enjeu-hostile" in dossier.elements, "one bad field does not cost the element"


def test_all_hostile_files_together_are_each_told(racine: Path) -> None:
    files = {}
    for rank, (path, content, _) in enumerate(FICHIERS.values()):
        folder = path.rsplit(".", 1)[0] if path == "data/demarche/reperes.yml" else path.rsplit("/", 1)[0]
        files[f"{folder}/hostile-{rank:02d}.yml"] = content.replace(b"enjeu-hostile", b"enjeu-hostile-%d" % rank)
    ecrire(racine, files)
    told = charger(racine).diagnostics
    assert {d.place.path for d in told} == set(files)


def test_a_python_object_is_not_built() -> None:
    assert not Path("/tmp/smde-hostile").exists()


def test_a_bomb_in_the_whole_dossier_leaves_small_data_behind() -> None:
    for text in (BOMBE, FUSIONS):
        source = parse(text.encode(), "strategy/enjeux.yml")
        assert len(str(source.data)) < 10_000


def test_a_line_full_of_faults_is_told_in_part_and_makes_nobody_wait() -> None:
    """Each fault shows its line: a hundred thousand references on one line once took minutes."""
    text = "a: &a x\nb: [" + "*a, " * 200_000 + "]\n"
    told = parse(text.encode(), "strategy/enjeux.yml").diagnostics
    assert len(told) == MAX_FAULTS_TOLD
    assert told[0].message == "L'ancre `&a` n'est pas acceptée."
    assert told[-1].message == "Le renvoi `*a` n'est pas accepté. Ce fichier contient encore 199701 autres fautes."
    assert duree(lambda: parse(text[:200_000].encode(), "strategy/enjeux.yml")) < 10


# ---- waiting


def benign(size: int) -> str:
    line = "- id: enjeu-{0}\n  titre: Un enjeu du port\n  texte: Les friches du port attendent une vocation.\n"
    return "".join(line.format(n) for n in range(size // len(line)))


DEMESURES: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "[" * size,
    "braces": lambda size: "{a: " * (size // 4),
    "dashes": lambda size: "- " * (size // 2),
    "questions": lambda size: "? " * (size // 2),
    "quotes": lambda size: '"' * size,
    "an open quote": lambda size: "a: '" + "x " * (size // 2),
    "open quotes": lambda size: "- a: 'x\n" * (size // 8),
    "colons": lambda size: "a: " * (size // 3),
    "colon lines": lambda size: "- a: b: c\n" * (size // 10),
    "ampersands": lambda size: "&a " * (size // 3),
    "anchors": lambda size: "- &a b\n" * (size // 7),
    "tags": lambda size: "- !a b\n" * (size // 7),
    "keys": lambda size: "a: b\n" * (size // 5),
    "tabs": lambda size: "\t" * size,
    "tab lines": lambda size: "- a: b\n\tc: d\n" * (size // 13),
    "lines": lambda size: "\n" * size,
    "documents": lambda size: "---\n" * (size // 4),
    "document lists": lambda size: "- a: b\n---\n" * (size // 11),
    "comments": lambda size: "#" * size,
    "zero-width spaces": lambda size: "a: b\u200b\n" * (size // 6),
    "steps": lambda size: "".join(" " * n + "a:\n" for n in range(int((2 * size) ** 0.5))),
    "misaligned lines": lambda size: "- a: b\n c: d\n" * (size // 13),
    "words": lambda size: "friches\n" * (size // 8),
    "stray lines": lambda size: "a: b\n" + "friches\n" * (size // 8),
    "double accents": lambda size: "- e\u0301te\u0301\n" * (size // 8),
}


@pytest.mark.parametrize("name", DEMESURES)
def test_a_hostile_file_is_refused_in_a_time_that_grows_as_it_does(name: str) -> None:
    small, large = DEMESURES[name](2_000).encode(), DEMESURES[name](20_000).encode()
    assert len(large) < MAX_BYTES
    read = duree(lambda: parse(large, "strategy/enjeux.yml"))
    assert read < 30 * duree(lambda: parse(small, "strategy/enjeux.yml")) + 0.05


def test_what_is_told_of_a_hostile_file_is_never_longer_than_the_file_by_much() -> None:
    for write in DEMESURES.values():
        content = write(6_000).encode()
        told = parse(content, "strategy/enjeux.yml").diagnostics
        assert len(told) <= len(content) / 3 + 25


# ---- the whole command

LIMITE = 700_000_000
"""Bytes of memory the command may take before any bomb of this size would."""


def command(racine: Path) -> subprocess.CompletedProcess[str]:
    """`smde verifier` in a process of its own, with little memory."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (LIMITE * 3, LIMITE * 3))

    return subprocess.run(
        [sys.executable, "-m", "smde", "verifier", "--racine", str(racine)],
        capture_output=True,
        text=True,
        timeout=300,  # a wait without end, not a measure
        preexec_fn=limited,
        cwd=VALMER.parents[2],
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_the_command_says_everything_and_ends_with_one(racine: Path) -> None:
    names = ["a billion laughs", "ten thousand brackets", "a line of fifty megabytes", "an image", "a tab"]
    for rank, name in enumerate(names):
        path, content, _ = FICHIERS[name]
        ecrire(racine, {path.replace(".yml", f"-{rank}.yml"): content})
    done = command(racine)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    for code in ("yaml-refuse", "trop-imbrique", "fichier-trop-gros", "encodage", "yaml-syntaxe"):
        assert f"[{code}]" in done.stdout


def test_the_command_ends_well_on_a_whole_dossier(racine: Path) -> None:
    done = command(racine)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("files", [{}, {"strategy/diagnostic.yml": "- id: a\n"}])
def test_the_command_says_what_an_unfinished_dossier_lacks(tmp_path: Path, files: dict[str, str]) -> None:
    ecrire(tmp_path, files)
    done = command(tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert "erreur" in done.stdout


# ---- texts


@pytest.mark.parametrize("source", [text for text in HOSTILES if text.isprintable() or "\n" in text])
def test_a_hostile_text_is_a_text_like_another(racine: Path, source: str) -> None:
    if "\u2028" in source or "\x00" in source or "[[" in source or "(friches)" in source:
        return
    block = "".join(f"    {line}\n" for line in source.split("\n"))
    ecrire(
        racine,
        {
            "strategy/diagnostic/zz.yml": "- id: zz\n  titre: Constat\n  theme: theme-emploi\n  nature: atout\n"
            f"  preuves: [{{par: source, source: inventaire-friches}}]\n  texte: |-\n{block}  diffusion: interne\n"
        },
    )
    dossier = charger(racine)
    assert dossier.diagnostics == []
    element = dossier.elements["zz"]
    assert isinstance(element, Constat)
    assert element.texte == source.strip() or source.startswith(" ")


@pytest.mark.parametrize("field", ["titre", "id", "theme", "nature", "diffusion", "inconnu"])
@pytest.mark.parametrize(
    "source", ["<script>alert(1)</script>", "{{ 7*7 }}", "\\x1b[31m", "%s%n", "../../etc", "': [", "$(ls)"]
)
def test_a_hostile_value_in_any_field_comes_to_no_harm(racine: Path, field: str, source: str) -> None:
    quoted = "'" + source.replace("'", "''") + "'"
    lines = {"id": "zz", "titre": "Constat", "theme": "theme-emploi", "nature": "atout", field: quoted}
    text = "- " + "\n  ".join(f"{key}: {value}" for key, value in lines.items()) + "\n"
    ecrire(racine, {"strategy/diagnostic/zz.yml": text})
    diagnostics = verifier(racine)
    for write in report.FORMATS.values():
        write(diagnostics)
    for diagnostic in charger(racine).diagnostics:
        verifie_le_francais(diagnostic)


def test_hostile_names_of_files_come_to_no_harm(tmp_path: Path) -> None:
    for name in ("$(ls).yml", "a b.yml", "é.yml", "'.yml", "%s.yml", "-rf.yml", "a;b.yml", "🌊.yml", "con.yml"):
        ecrire(tmp_path, {f"strategy/diagnostic/{name}": "- [\n"})
    diagnostics = charger(tmp_path).diagnostics
    assert len({d.place.path for d in diagnostics}) == 9
    for write in report.FORMATS.values():
        write(diagnostics)


def test_the_dossier_is_never_written_to(racine: Path) -> None:
    ecrire(racine, {path: content for path, content, _ in list(FICHIERS.values())[:12]})
    before = {path: (racine / path).stat().st_mtime_ns for path in lire(VALMER)}
    verifier(racine)
    assert {path: (racine / path).stat().st_mtime_ns for path in lire(VALMER)} == before
