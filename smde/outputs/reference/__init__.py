"""The reference document of Word, in the colours of an authority: made from the parts beside this file."""

from functools import lru_cache
from pathlib import Path

from smde.outputs.word.paquet import Paquet, write_zip

TEXT_WIDTH = 9298
"""In twentieths of a point: A4 between margins of 23 mm."""

BASE_SIZE = 21
"""Of its running text, in half-points; every other size was chosen beside it."""

SETTINGS = Path(__file__).parent / "settings.xml"
"""Settings of every Word file; pandoc keeps those of the reference document only in part."""

_PARTS = {
    "[Content_Types].xml": "types.xml",
    "_rels/.rels": "relations.xml",
    "word/_rels/document.xml.rels": "relations-document.xml",
    **{f"word/{name}": name for name in ("document.xml", "styles.xml", "numbering.xml", "settings.xml")},
}


@lru_cache(maxsize=8)
def reference(couleur: str, accent: str) -> bytes:
    """The reference document whose headings and tables are of `couleur`, warnings of `accent` (both `#rrggbb`)."""
    values = {
        "couleur": couleur.removeprefix("#").upper(),
        "couleur_claire": tint(couleur, 0.09),
        "accent": accent.removeprefix("#").upper(),
        "accent_clair": tint(accent, 0.07),
        "largeur": str(TEXT_WIDTH),
    }
    return write_zip(Paquet({part: _filled(name, values) for part, name in _PARTS.items()}))


def tint(couleur: str, share: float) -> str:
    """The colour diluted in white, as Word writes it."""
    channels = (int(couleur[rank : rank + 2], 16) for rank in (1, 3, 5))
    return "".join(f"{round(255 - (255 - channel) * share):02X}" for channel in channels)


def _filled(name: str, values: dict[str, str]) -> bytes:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text.encode("utf-8")
