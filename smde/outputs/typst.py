"""The only door to Typst: a folder of sources in, a PDF or pictures out, composed in a child process with limits.

The child is this very file run as a script: Typst ends the whole process when memory runs out.
"""

import datetime
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SECONDES = 300
MEMOIRE = 4 << 30
GRAISSES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
FAMILLES = {"font_source_sans_pro": "SourceSansPro", "font_source_serif_pro": "SourceSerifPro"}
_MAKER = re.compile(rb"(?<=[(>])Typst [\d.]+(?=[)<])")
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"


def pdf(sources: Mapping[str, str | bytes], date: datetime.date, standards: Sequence[str]) -> bytes:
    """The PDF of `main.typ` among these sources; it says no more of what made it than a Word file does."""
    (made,) = _composed(sources, "pdf", date=date.isoformat(), standards=list(standards))
    return _MAKER.sub(lambda found: b"smde".ljust(len(found[0])), made)  # of the same length: a PDF counts its bytes


def pictures(drawings: Sequence[str], ppi: float) -> list[bytes]:
    """SVG drawings as PNG files, in order."""
    if not drawings:
        return []
    sources: dict[str, str | bytes] = {f"{rank}.svg": svg for rank, svg in enumerate(drawings)}
    pages = "\n#pagebreak()\n".join(f'#image("{name}")' for name in sources)
    style = f'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "{SANS}", lang: "fr")\n'
    return _composed({"main.typ": style + pages, **sources}, "png", ppi=ppi)


def _composed(sources: Mapping[str, str | bytes], genre: str, **request: Any) -> list[bytes]:
    from smde.outputs.outil import run  # the child, which has no use for it, does not know the package

    with tempfile.TemporaryDirectory(prefix="smde-") as name:
        folder = Path(name)
        for path, content in sources.items():
            (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        copy_fonts(folder / "polices")
        order = json.dumps({"dossier": name, "genre": genre, "memoire": MEMOIRE, **request}).encode("ascii")
        run("Typst", [sys.executable, "-P", "-X", "utf8", __file__], entree=order, secondes=SECONDES)
        return [path.read_bytes() for path in sorted(folder.glob("sortie-*"))]


def copy_fonts(target: Path) -> None:
    """One file for each face: the wheels hold several, which Typst would take in the order of the disk."""
    target.mkdir()
    for package, famille in FAMILLES.items():
        spec = find_spec(package)
        assert spec and spec.origin, f"{package} n’est pas installé"
        for graisse in GRAISSES:
            shutil.copy(Path(spec.origin).parent / "files" / f"{famille}-{graisse}.ttf", target)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _child(order: dict[str, Any]) -> None:
    import typst

    _limit_memory(order["memoire"])
    folder = Path(order["dossier"])
    options: dict[str, Any] = {"format": order["genre"]}
    if order["genre"] == "pdf":
        day = datetime.datetime.fromisoformat(order["date"]).replace(tzinfo=datetime.UTC)
        options |= {"timestamp": day, "pdf_standards": order["standards"]}
    else:
        options |= {"ppi": order["ppi"]}
    try:
        made = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=[folder / "polices"],
            ignore_system_fonts=True,
            package_path=folder,
            package_cache_path=folder,
            **options,
        )
    except typst.TypstError as error:
        sys.exit(re.sub(rf"\S*{re.escape(folder.name)}[/\\]", "", error.diagnostic))
    for rank, content in enumerate(made if isinstance(made, list) else [made]):
        (folder / f"sortie-{rank:05}").write_bytes(content)


if __name__ == "__main__":
    _child(json.load(sys.stdin))
