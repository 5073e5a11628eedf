"""The style sheets that the theme of the site brings, found without loading it: their names change with them."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

DOSSIER = "assets/stylesheets"


@lru_cache(maxsize=1)
def de_material() -> tuple[str, ...]:
    """Their paths in a site, in the order in which a page reads them. Raises LookupError when one is missing."""
    found = find_spec("material")
    folder = Path(next(iter((found and found.submodule_search_locations) or ()), ""), "templates", DOSSIER)
    sheets = [sorted(folder.glob(f"{name}.*.min.css")) for name in ("main", "palette")]
    if any(len(one) != 1 for one in sheets):
        raise LookupError(f"the theme of the site has not its two style sheets in {folder}")
    return tuple(f"{DOSSIER}/{one[0].name}" for one in sheets)
