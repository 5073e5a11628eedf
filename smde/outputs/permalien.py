"""What stays true of an element from one version to the next: its permanent address, and where else it can be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from smde.outputs.html import Href, escape

DOSSIER = "id"
"""The folder of the permanent addresses."""


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """Another place where an element is: words of the link, target (`fichier:…` or an address), what to know first."""

    mots: str
    cible: str
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Repere:
    """An element as its permanent address says it."""

    titre: str
    ailleurs: tuple[Ailleurs, ...] = ()


def page(ident: str) -> str:
    """The permanent address of an element, in the site."""
    return f"{DOSSIER}/{ident}.html"


def redirection(repere: Repere, adresse: str, site: str) -> bytes:
    """The page at that address: it leads to where the element is in this version, without a script.

    `adresse` is where the element is, from the root of the site; `site` the public address of that root, if known.
    """
    title, relative = escape(repere.titre), escape(f"../{adresse}")
    canonical = escape(f"{site.rstrip('/')}/{adresse}") if site else relative
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f'<title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><link rel="canonical" href="{canonical}">'
        f'<meta http-equiv="refresh" content="0; url={relative}"></head>'
        f'<body><main><h1>{title}</h1><p><a href="{relative}">Lire cette page dans cette version du site</a></p></main>'
        "</body></html>\n"
    ).encode()


def outils(ident: str, repere: Repere, href: Href, prefixe: str) -> str:
    """The block of an element's page: its permanent address, its documents, its source. `prefixe` leads to the root."""
    lines = [
        f'Lien permanent\u00a0: <a class="permalien" href="{prefixe}{escape(page(ident))}">{escape(page(ident))}</a>'
    ]
    for lieu in repere.ailleurs:
        address = href(lieu.cible) if lieu.cible.startswith("fichier:") else lieu.cible
        if address is not None:
            note = f" ({escape(lieu.precision)})" if lieu.precision else ""
            lines.append(f'<a href="{escape(address)}">{escape(lieu.mots)}</a>{note}')
    items = "".join([f"<li>{line}</li>" for line in lines])
    heading = '<h2 class="outils__titre" id="page--citer">Citer, emporter</h2>'
    return f'<section class="outils" aria-labelledby="page--citer">{heading}<ul>{items}</ul></section>'


def fichiers(reperes: Sequence[tuple[str, Repere, str]], site: str) -> dict[str, bytes]:
    """The pages of the permanent addresses, by path: for each element its id, itself, and where it is."""
    return {page(ident): redirection(repere, adresse, site) for ident, repere, adresse in reperes}
