"""What stands beside the versions: the page that lists them all, where a visitor or a robot is led. No JavaScript.

Made from the register alone, so that whoever publishes makes the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from urllib.parse import urlsplit

from smde.ecriture import accord, periode, typographie
from smde.outputs.couleurs import CLAIR, SOMBRE, lisible
from smde.outputs.permalien import DOSSIER
from smde.publication.arborescence import EMPREINTES
from smde.publication.grammaire import EN_VIGUEUR, PROJET
from smde.publication.registre import FICHIER, MIKE, Habillage, Publication, Registre

LISTE = "versions.html"
"""The page that lists every version."""
FICHIERS = ("index.html", LISTE, "404.html", "robots.txt", "sitemap.xml", ".nojekyll", FICHIER, MIKE)
"""Every file of the root."""
DOSSIERS = (DOSSIER, EMPREINTES)
_NOMS = {EN_VIGUEUR: "en vigueur", PROJET: "projet soumis"}
_STYLE = """
body{margin:0;font:1.05rem/1.55 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
body{color:var(--encre);background:var(--fond)}
header{background:var(--bandeau);color:#fff;padding:1rem max(1rem,calc(50% - 26rem))}
header p{margin:0}
main{max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.9rem;line-height:1.2;color:var(--couleur)}
article{border-top:1px solid var(--trait);padding:.5rem 0 1rem}
h2{font-size:1.3rem;margin:.7rem 0 .3rem}
h2 small{font-size:1rem;font-weight:400;color:var(--doux)}
a{color:var(--accent)}
dl{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.3rem 1rem;margin:0}
dt{color:var(--doux)}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.1rem}
dd ul.rang{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
li a{display:inline-block;padding:.15rem 0}
code{font-size:.85rem}
.saut{position:absolute;left:-99rem}
.saut:focus{left:0;background:var(--fond);color:var(--accent);padding:.5rem 1rem}
@media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
"""


Noms = Callable[[str, str], Iterable[str]]
"""The paths of the files of a version, by its name, under one of its folders (all of them when it is empty)."""


def fichiers(registre: Registre, noms: Noms) -> dict[str, bytes]:
    """The files of the root, by path."""
    look, force = registre.habillage, registre.en_vigueur()
    lead = EN_VIGUEUR if EN_VIGUEUR in registre.alias else force
    pages = [path for path in sorted(noms(force, "")) if path.endswith(".html") and path != "404.html"]
    pages = [path for path in pages if not path.startswith(f"{DOSSIER}/")]
    elements: dict[str, str] = {}
    for version in dict.fromkeys([force, *(one.version for one in registre.recentes())]):
        for path in noms(version, DOSSIER):
            if path.endswith(".html"):
                elements.setdefault(path.removesuffix(".html"), version)
    made = {
        ".nojekyll": b"",
        FICHIER: registre.octets(),
        MIKE: registre.mike(),
        "index.html": _accueil(look, lead),
        LISTE: _liste(registre),
        "404.html": _absente(look),
        "robots.txt": _robots(registre),
    }
    if look.site:
        made["sitemap.xml"] = _plan(look.site, [LISTE, *(f"{lead}/{page}" for page in pages)])
    for ident, version in elements.items():
        where = lead if version == force else version
        made[f"{DOSSIER}/{ident}.html"] = _element(look, ident, f"../{where}/{DOSSIER}/{ident}.html")
    return made


def _page(look: Habillage, title: str, body: str, head: str = "", style: str = _STYLE) -> bytes:
    """One page of the root, whole in one file."""
    colours = [
        "".join(f"--{name}:{value};" for name, value in ground.items())
        + f"--couleur:{lisible(look.couleur, ground['surface'], 6)};--accent:{lisible(look.accent, ground['surface'])};"
        + f"--bandeau:{lisible(look.couleur, '#ffffff')};"
        for ground in (CLAIR, SOMBRE)
    ]
    sheet = f":root{{color-scheme:light dark;{colours[0]}}}@media(prefers-color-scheme:dark){{:root{{{colours[1]}}}}}"
    banner = " – ".join(filter(None, (look.strategie, look.collectivite)))
    words = escape(typographie(f"{title} – {banner}"))
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><link rel="icon" href="data:,">'
        f"<title>{words}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="description" content="{words}">{head}<style>{sheet}{style}</style></head>\n'
        f'<body><a class="saut" href="#contenu">Aller au contenu</a>'
        f"<header><p>{escape(typographie(banner))}</p></header>\n"
        f""
        f'<main id="contenu"><h1>{escape(typographie(title))}</h1>\n{body}</main><footer></footer></body></html>\n'
    ).encode()


def _renvoi(address: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={escape(address)}"><meta name="robots" content="noindex">'


def _accueil(look: Habillage, lead: str) -> bytes:
    address = f"{lead}/index.html"
    words = "Lire la version en vigueur" if lead == EN_VIGUEUR else "Lire la version la plus récente"
    body = f'<p><a href="{escape(address)}">{words}</a></p><p><a href="{LISTE}">Toutes les versions</a></p>'
    return _page(look, look.strategie, body, _renvoi(address))


def _element(look: Habillage, ident: str, address: str) -> bytes:
    """The address of an element whatever the version: it leads to the one in force, else to the last that had it."""
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(ident)} – '
        f"{escape(typographie(look.strategie))}</title>"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{_renvoi(address)}</head>'
        f'<body><main><h1>{escape(ident)}</h1><p><a href="{escape(address)}">Lire cet élément</a></p></main>'
        "</body></html>\n"
    ).encode()


def _absente(look: Habillage) -> bytes:
    """The page for an address that leads nowhere; it is served at any depth, so its links start from the root."""
    root = _racine(look)
    body = (
        "<p>Cette adresse ne mène à aucune page. Elle a pu être mal recopiée, ou la page n'existe pas dans "
        "cette version."
        f'</p><ul><li><a href="{root}">La version en vigueur</a></li><li><a href="{root}{LISTE}">Toutes les '
        "versions</a>"
        "</li></ul>"
    )
    return _page(look, "Page introuvable", body.replace("'", "’"), '<meta name="robots" content="noindex">')


def _racine(look: Habillage) -> str:
    """The path of the root on its server."""
    return escape(urlsplit(look.site).path.rstrip("/")) + "/"


def _robots(registre: Registre) -> bytes:
    """Search engines read the version in force; those of the past stay there for people."""
    root, force = _racine(registre.habillage), registre.en_vigueur()
    past = [one.version for one in registre.recentes() if not registre.noms_de(one.version) and one.version != force]
    lines = ["User-agent: *", *(f"Disallow: {root}{version}/" for version in past)]
    lines += [] if past else ["Disallow:"]
    if registre.habillage.site:
        lines.append(f"Sitemap: {registre.habillage.site.rstrip('/')}/sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def _plan(site: str, pages: Iterable[str]) -> bytes:
    rows = "".join(f"<url><loc>{escape(site.rstrip('/'))}/{escape(page)}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{rows}</urlset>\n"
    ).encode()


def _liste(registre: Registre) -> bytes:
    versions = registre.recentes()
    body = (
        f"<p>{escape(typographie(accord(len(versions), 'version publiée', 'versions publiées')))}. Une version "
        "publiée ne "
        "change plus&nbsp;: son empreinte permet de le vérifier.</p>\n"
    )
    body += "\n".join(_version(registre, one) for one in versions)
    body += (
        "<p>Pour vérifier une version, téléchargez-la avec la liste de ses fichiers, puis lancez "
        f"<code>sha256sum -c {EMPREINTES}/VERSION.txt</code> à la racine.</p>"
    )
    return _page(registre.habillage, "Toutes les versions", body)


def _version(registre: Registre, one: Publication) -> str:
    name = escape(one.version)
    notes = [_NOMS[alias] for alias in registre.noms_de(one.version)]
    said = f" <small>({', '.join(notes)})</small>" if notes else ""
    rows = "".join(f"<dt>{words}</dt><dd>{content}</dd>" for words, content in _lignes(one) if content)
    link = f'<a href="{name}/index.html">{_mots(one.titre)}</a>'
    return f'<article id="v-{name}"><h2>{link}{said}</h2><dl>{rows}</dl></article>'


def _lignes(one: Publication) -> Iterator[tuple[str, str]]:
    """What is said of a version: words, then HTML."""
    name = escape(one.version)
    yield "Version", name
    yield "Date du contenu", _mots(periode(one.date))
    yield "État", _mots(one.statut)
    yield "Instance", _mots(one.instance)
    yield "Séance", _mots(one.seance)
    yield "Décision", _mots(one.decision) or "Aucune décision n’accompagne cette version."
    yield "Télécharger", _telecharger(one)
    if one.depuis:
        rows = "".join(f"<li>{_mots(line)}</li>" for line in one.resume)
        before = f'<a href="{escape(one.depuis)}/index.html">{escape(one.depuis)}</a>'
        yield "Ce qui a changé", f"Depuis la version {before}&nbsp;: <ul>{rows}</ul>"
    else:
        yield "Ce qui a changé", "C’est la première version publiée."
    files = f'<a href="{EMPREINTES}/{name}.txt">liste des {one.fichiers} fichiers</a>'
    yield "Empreinte (sha256)", f"<code>{one.empreinte}</code> ({files})"


def _telecharger(one: Publication) -> str:
    links = [
        f'<li><a href="{escape(one.version)}/{escape(path)}">{_mots(words)}</a></li>'
        for path, words in one.telechargements.items()
    ]
    return f'<ul class="rang">{"".join(links)}</ul>' if links else ""


def _mots(words: str) -> str:
    return escape(typographie(words))
