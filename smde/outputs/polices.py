"""Make the site's web fonts from the fontpkg wheels: French repertoire, useful weights, WOFF2.

Run by hand (`python -m smde.outputs.polices`) where fonttools[woff] and the two wheels are installed; the result is in
theme/assets/polices. The names are changed: the licence (OFL) reserves the original ones to unmodified fonts.
"""

import importlib
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

DOSSIER = Path(__file__).parent / "theme" / "assets" / "polices"

REPERTOIRE = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "‐‑–—‘’‚“”„†‡•…‰′″‹›⁄−×÷≈≠≤≥∞√€™№ᵉʳ◊←↑→↓↔↗↘↩✓▲▼■□●○\u2009\u200a\u202f⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"),
)

POLICES = (
    ("fontpkg_source_sans_3", "SourceSans3[wght].ttf", "SMDE Sans", "sans", {"wght": (400, 700)}),
    ("fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf", "SMDE Sans", "sans-italique", {"wght": (400, 700)}),
    ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", "SMDE Serif", "serif", {"wght": (400, 700), "opsz": 28}),
)


def web_font(source: Path, name: str, axes: dict[str, object]) -> TTFont:
    """The font at `source`, reduced to the axes and the repertoire of the site, under another name."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "ordn", "sups", "case"]
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=REPERTOIRE)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, axes, inplace=True)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    font.flavor = "woff2"
    return font


def main() -> None:
    for package, fichier, name, stem, axes in POLICES:
        root = Path(str(importlib.import_module(package).ROOT))
        web_font(root / "files" / fichier, name, dict(axes)).save(DOSSIER / f"{stem}.woff2")
        licence = (root / "LICENSE").read_text(encoding="utf-8")
        (DOSSIER / f"LICENCE-{stem.split('-')[0]}.txt").write_text(licence, encoding="utf-8")


if __name__ == "__main__":
    main()
