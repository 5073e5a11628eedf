"""The automatic check of accessibility that the page « Accessibilité » reports: every page read, each kind opened.

`python benchmarks/controler_accessibilite.py` builds the public site of the dossier around it, reads the HTML of all
its pages, opens one page of each kind in Chromium and runs axe-core on it, in light and dark, wide and narrow. With
`--enregistrer` it writes what it found in docs/controle-accessibilite.json. It gives 1 when it found a fault. It proves
no conformity to the RGAA: only people can.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import lecture_html
from smde import construire, versions
from smde.controle_accessibilite import FICHIER, Controle
from smde.model.champ import PUBLIC
from tests.navigateur import lance, servi


@dataclass(frozen=True, slots=True)
class Affichage:
    """How a page is looked at."""

    largeur: int
    couleurs: str

    @property
    def nom(self) -> str:
        """« 360 px sombre »."""
        return f"{self.largeur} px {'clair' if self.couleurs == 'light' else 'sombre'}"


AFFICHAGES = tuple(Affichage(width, colours) for width in (1280, 360) for colours in ("light", "dark"))


def echantillon(noms: Iterable[str], tailles: Mapping[str, int]) -> list[str]:
    """One page of each kind: every page alone of its kind, and the longest of those that stand under an overview."""
    names = sorted(noms)
    overviews = {name.removesuffix("index") for name in names if name.endswith("/index")}
    chosen: dict[str, str] = {}
    for name in names:
        folder = name.rpartition("/")[0] + "/"
        under = any(folder.startswith(overview) for overview in overviews if overview)
        many = under and not name.endswith("/index") and folder not in ("demarche/", "guide/")
        kind = folder if many else name
        if kind not in chosen or tailles[name] > tailles[chosen[kind]]:
            chosen[kind] = name
    return sorted(chosen.values())


@cache
def _axe() -> str:
    package = find_spec("axe_playwright_python")
    assert package is not None and package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0], "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, regles: Sequence[str] = ()) -> list[str]:
    """What axe-core finds in an open page, by rule: all of them, best practices included, or those named."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate(
        "regles => axe.run(document, {resultTypes: ['violations'], iframes: false, "
        "...(regles.length ? {runOnly: regles} : {rules: {'target-size': {enabled: true}}})}).then("
        "r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))",
        list(regles),
    )
    return [f"{rule} : {extract}" for rule, extracts in found for extract in extracts]


def essayer(
    page: Any, adresse: str, noms: Sequence[str], affichages: Sequence[Affichage] = AFFICHAGES
) -> dict[tuple[str, str], list[str]]:
    """The violations of each page in each way of looking at it; a page is loaded once, then looked at again."""
    found = {}
    for nom in noms:
        page.goto(f"{adresse}/{nom}.html")
        for affichage in affichages:
            page.set_viewport_size({"width": affichage.largeur, "height": 800})
            page.emulate_media(color_scheme=affichage.couleurs, reduced_motion="reduce")
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found[nom, affichage.nom] = violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                found[nom, affichage.nom].append(f"page plus large que l'écran de {wide} px")
    return found


def lire(site: Path) -> dict[str, lecture_html.Element]:
    """The pages of a site, by path."""
    return {file.relative_to(site).as_posix(): lecture_html.page(file) for file in sorted(site.rglob("*.html"))}


def fautes_du_html(site: Path, pages: Mapping[str, lecture_html.Element]) -> list[str]:
    """Everything wrong in the HTML of these pages, and between them."""
    own = [f"{name} : {fault}" for name, tree in pages.items() for fault in lecture_html.fautes(tree)]
    return own + lecture_html.titres_communs(dict(pages)) + lecture_html.liens_rompus(site, dict(pages))


def controler(site: Path, version: date, jour: date) -> Controle:
    """Check a built site; `version` is the date it bears, `jour` the day of the check."""
    pages = lire(site)
    read = [name.removesuffix(".html") for name, tree in pages.items() if not lecture_html.renvoi(tree)]
    sample = echantillon(read, {name: (site / f"{name}.html").stat().st_size for name in read})
    faults = fautes_du_html(site, pages)
    with servi(site) as address, lance() as browser:
        tool = f"Chromium {browser.version.partition('.')[0]}"
        page = browser.new_context().new_page()
        tried = essayer(page, address, sample)
        tools = ["lecture du HTML par lxml", f"axe-core {page.evaluate('axe.version')}", tool]
    faults += [f"{nom}, {how} : {fault}" for (nom, how), found in tried.items() for fault in found]
    return Controle(
        jour=jour,
        version=version,
        outils=tools,
        pages=len(read),
        echantillon=sample,
        affichages=[affichage.nom for affichage in AFFICHAGES],
        essais=len(tried),
        fautes=faults,
    )


def batir(racine: Path, target: Path) -> date:
    """Build the public site of a dossier in `target`, without its documents; gives the date it bears."""
    dossier, _ = construire.verifier(racine)
    version = versions.date_du_contenu(racine).date or datetime.now(UTC).date().isoformat()
    atelier = construire.atelier(dossier, PUBLIC, version, lambda _: None)
    files = {f"donnees/{path}": data for path, data in atelier.donnees().items()}
    atelier.site(target, files | {f"documents/{name}": b"" for name in atelier.noms_des_documents()})
    return date.fromisoformat(version)


def main() -> int:
    """Check, say, and record when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--racine", type=Path, default=Path(__file__).resolve().parents[1], help="folder of the dossier"
    )
    parser.add_argument("--enregistrer", action="store_true", help=f"write {FICHIER.as_posix()}")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        version = batir(chosen.racine, Path(folder, "site"))
        found = controler(Path(folder, "site"), version, datetime.now(UTC).date())
    print(f"pages lues : {found.pages} ; ouvertes : {len(found.echantillon)} ; essais : {found.essais}")
    print("\n".join(found.fautes) or "aucun défaut détecté")
    if chosen.enregistrer:
        target = chosen.racine / FICHIER
        beside = target.with_suffix(".tmp")
        beside.write_text(found.model_dump_json(indent=1) + "\n", encoding="utf-8")
        os.replace(beside, target)
    return 1 if found.fautes else 0


if __name__ == "__main__":
    sys.exit(main())
