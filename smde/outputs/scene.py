"""The site as a folder of real files, ready for a generator: settings, pages, theme, published files.

What people typed is in it as escaped HTML, never as Markdown; nothing here knows which generator will come.
"""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from smde.arbre import Document
from smde.ecriture import jour
from smde.outputs import permalien
from smde.outputs.couleurs import feuille, pictogramme
from smde.outputs.html import Href, Rendered, RenderedPage, escape, render_page, safe_svg
from smde.outputs.permalien import Repere

ICI = Path(__file__).parent
REGLAGES = ICI.parents[1] / "mkdocs.yml"
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg"})
_HEADER = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:\.{3}|---)[ \t]*\r?\n", re.DOTALL)
_NOM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(/[A-Za-z0-9_][A-Za-z0-9_-]*)*")
_FICHIER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")

Entree = tuple[str, "str | tuple[Entree, ...]"]
"""A line of the menu: its words, and the page it opens or the lines it gathers."""


@dataclass(frozen=True, slots=True)
class SiteIdentity:
    """Who publishes, which version, how it looks, and the menu."""

    nom: str
    strategie: str
    date: str
    """ISO date of the version."""
    version: str = ""
    edition: str = ""
    """In words: « publique », « partenaires », « interne »."""
    publique: bool = True
    """Search engines are asked to leave out the pages of an edition that is not."""
    statut: str = ""
    """The banner over every page, for example « Document de travail — édition interne »; none when empty."""
    resume: str = ""
    couleur: str = "#0b3c5d"
    accent: str = "#a63d00"
    url: str = ""
    logo: tuple[str, bytes] | None = None
    """The name of a picture, and the picture."""
    logo_alternatif: str = ""
    menu: tuple[Entree, ...] = ()
    pied: tuple[tuple[str, str], ...] = ()
    """The links of the footer: words, and the page."""


def stage(
    pages: Sequence[Document],
    identity: SiteIdentity,
    scene: Path,
    *,
    ids: Mapping[str, str],
    reperes: Mapping[str, Repere] | None = None,
    extra_files: Mapping[str, bytes] | None = None,
    docs: Path | None = None,
    macros: Path | None = None,
    reglages: Path = REGLAGES,
) -> list[str]:
    """Write in the folder `scene` everything a site generator needs: mkdocs.yml, docs/, theme/, macros/."""
    files = dict(extra_files or {})
    faults: list[str] = []
    shutil.copytree(ICI / "theme", scene / "theme", ignore=shutil.ignore_patterns("__pycache__"))
    if macros is not None:
        shutil.copytree(macros, scene / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    written = _hand_written(docs, faults) if docs is not None else {}
    noms = {page.nom for page in pages}
    if len(noms) < len(pages) or not all(map(_NOM.fullmatch, noms)):
        raise ValueError("two pages have the same name, or a name is not a path")
    for path in files:
        if not _FICHIER.fullmatch(path) or path.endswith(".md") or path.removesuffix(".html") in noms:
            raise ValueError(f"{path!r} cannot be the path of a published file")
    for path in [path for path in written if path.removesuffix(".md") in noms]:
        del written[path]
        faults.append(f"docs/{path} : une page produite porte déjà ce nom, renommez le fichier.")
    known = noms | {path.removesuffix(".md") for path in written if path.endswith(".md")}
    if "index" not in known:
        faults.append("le site n’a pas de page d’accueil (« index »).")
    place = _Place(ids, known, {path: len(data) for path, data in files.items()}, identity.menu, reperes or {})
    texts = {f"{page.nom}.md": place.page(page) for page in pages}
    content = files | place.permanentes(identity.url) | written | {path: text.encode() for path, text in texts.items()}
    content["assets/identite.css"] = feuille(identity.couleur, identity.accent).encode()
    content["assets/favicon.svg"] = pictogramme(identity.couleur, identity.nom or identity.strategie).encode()
    if identity.logo:
        name, picture = identity.logo
        if name.endswith(".svg") and not safe_svg(picture.decode("utf-8", "replace")):
            faults.append(f"data/{name} : ce dessin contient un script ou une adresse, retirez-les.")
        content[f"assets/{logo(identity)}"] = picture
    for path, data in content.items():
        destination = scene / "docs" / path
        destination.parent.mkdir(parents=True, exist_ok=True)
        destination.write_bytes(data)
    settings = _settings(identity, place, reglages, with_macros=macros is not None)
    (scene / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8")
    return faults + place.faults()


class _Place:
    """What holds where: turns targets into relative addresses, and remembers those that lead nowhere."""

    def __init__(
        self,
        ids: Mapping[str, str],
        noms: set[str],
        files: Mapping[str, int],
        menu: Sequence[Entree],
        reperes: Mapping[str, Repere],
    ) -> None:
        self.ids = ids
        self.reperes = reperes
        self.elements = {ids[ident]: ident for ident in reperes if "#" not in ids.get(ident, "#")}
        """For each page that is the page of an element, that element."""
        self.noms = noms
        self.files = files
        self.lost: dict[str, None] = {}
        self.wanted: dict[tuple[str, str], str] = {}
        self.anchors: dict[str, frozenset[str]] = {}
        self.rubriques: dict[str, str] = {}
        """For each page of the menu, the heading above it, in HTML."""
        self.titres: dict[str, str] = {}
        for words, content in menu:
            for line, nom in _lines([(words, content)]):
                self.rubriques[nom] = "" if isinstance(content, str) else escape(words)
                self.titres[nom] = escape(line)

    def href(self, nom: str) -> Href:
        prefix = "../" * nom.count("/")

        def href(target: str) -> str | None:
            if target.startswith("#"):
                found = self.ids.get(target[1:])
                return None if found is None else address(found, target)
            kind, _, rest = target.partition(":")
            if kind == "page":
                return address(rest, target)
            file, mark, part = rest.partition("#")
            if kind == "fichier" and file in self.files:
                return prefix + quote(file) + mark + quote(part, safe="=")
            self.lost[f"{nom} : le lien « {target} » ne mène nulle part."] = None
            return None

        def address(found: str, target: str) -> str | None:
            page, _, anchor = found.partition("#")
            if page not in self.noms:
                self.lost[f"{nom} : le lien « {target} » ne mène à aucune page."] = None
                return None
            if anchor:
                self.wanted.setdefault((page, anchor), nom)
            return f"{prefix}{page}.html" + (f"#{anchor}" if anchor else "")

        return href

    def page(self, document: Document) -> str:
        """One Markdown file: a header of escaped values, then one raw HTML block on one line."""
        nom = document.nom
        rendered = render_page(document.blocs, self.href(nom), document.figures, self.poids)
        self.anchors[nom] = rendered.corps.ancres
        for anchor in rendered.corps.cibles:
            self.wanted.setdefault((nom, anchor), nom)
        rubrique = self.rubrique(nom)
        meta = {
            "title": escape(document.titre),
            "description": escape(document.resume),
            "genre": escape(document.genre),
            "rubrique": f"{rubrique}.md" if rubrique else "",
        }
        header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        return f"---\n{header}---\n\n{self.frame(document, rendered, rubrique)}\n"

    def rubrique(self, nom: str) -> str:
        """The page of the menu under which this page is: itself, or the nearest one above it."""
        parts = nom.split("/")
        for length in range(len(parts), 0, -1):
            path = "/".join(parts[:length])
            for candidate in (path, f"{path}/index"):
                if candidate in self.rubriques:
                    return candidate
        return ""

    def poids(self, target: str) -> str:
        kind, _, path = target.partition(":")
        return permalien.en_octets(self.files.get(path.partition("#")[0], 0)) if kind == "fichier" else ""

    def permanentes(self, site: str) -> dict[str, bytes]:
        """The permanent address of every element that is somewhere."""
        found: list[tuple[str, Repere, str]] = []
        for ident, repere in self.reperes.items():
            page, mark, anchor = self.ids.get(ident, "").partition("#")
            if page in self.noms:
                found.append((ident, repere, f"{page}.html{mark}{anchor}"))
        return permalien.fichiers(found, site)

    def frame(self, document: Document, rendered: RenderedPage, rubrique: str) -> str:
        nom = document.nom
        title = rendered.titre or escape(document.titre)
        ident = f' id="{escape(rendered.ancre)}"' if rendered.ancre else ""
        summary = "" if nom == "index" else _summary(rendered.corps)
        subtitle = f'<p class="sous-titre">{escape(document.sous_titre)}</p>' if document.sous_titre else ""
        beside = f'<div class="cote">{rendered.fil}{summary}</div>' if rendered.fil else summary
        element = self.elements.get(nom)
        tools = ""
        if element is not None and nom != "index":
            tools = permalien.outils(element, self.reperes[element], self.href(nom), "../" * nom.count("/"))
        return (
            f'<div class="page page-{escape(document.genre or "autre")}">{self.trail(nom, rubrique)}'
            f'<header class="entete"{ident}><h1 data-search-exclude>{title}</h1>{subtitle}{rendered.etat}</header>'
            f'{beside}<div class="corps">{rendered.corps.html}</div>{tools}</div>'
        )

    def trail(self, nom: str, rubrique: str) -> str:
        if nom == "index":
            return ""
        prefix = "../" * nom.count("/")
        steps = [f'<a href="{prefix}index.html">Accueil</a>']
        if words := self.rubriques.get(rubrique):
            steps.append(f"<span>{words}</span>")
        if rubrique and rubrique not in (nom, "index"):
            steps.append(f'<a href="{prefix}{rubrique}.html">{self.titres[rubrique]}</a>')
        items = "".join([f"<li>{step}</li>" for step in steps])
        return f'<nav class="ariane" aria-label="Fil d’Ariane" data-search-exclude><ol>{items}</ol></nav>'

    def present(self, lines: Sequence[tuple[str, str]], where: str) -> list[tuple[str, str]]:
        """The lines whose page exists."""
        for _, nom in lines:
            if nom not in self.noms:
                self.lost[f"{where} : la page « {nom} » n’existe pas."] = None
        return [(words, nom) for words, nom in lines if nom in self.noms]

    def nav(self, menu: Sequence[Entree]) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for words, content in menu:
            if not isinstance(content, str):
                lines.append({escape(words): self.nav(content)})
            elif self.present([(words, content)], "menu"):
                lines.append({escape(words): f"{content}.md"})
        return lines

    def faults(self) -> list[str]:
        missing = [
            f"{nom} : le lien vers « {page}#{anchor} » ne mène à aucun endroit de la page."
            for (page, anchor), nom in self.wanted.items()
            if page in self.anchors and anchor not in self.anchors[page]
        ]
        return [*self.lost, *missing]


def logo(identity: SiteIdentity) -> str:
    """The name under which the logo is published, none when there is none."""
    return f"logo{Path(identity.logo[0]).suffix.lower()}" if identity.logo else ""


def _summary(rendered: Rendered) -> str:
    parts = [(ident, words) for level, ident, words in rendered.titres if level == 2]
    if len(parts) < 3:
        return ""
    items = "".join([f'<li><a href="#{escape(ident)}">{words}</a></li>' for ident, words in parts])
    return (
        '<nav class="sommaire" aria-label="Sur cette page" data-search-exclude>'
        f'<p class="sommaire__titre">Sur cette page</p><ul>{items}</ul></nav>'
    )


def _lines(menu: Sequence[Entree]) -> list[tuple[str, str]]:
    """The lines of the menu that open a page."""
    return [
        line
        for words, content in menu
        for line in ([(words, content)] if isinstance(content, str) else _lines(content))
    ]


def _hand_written(docs: Path, faults: list[str]) -> dict[str, bytes]:
    """The pages of docs/ and the pictures of docs/images/; nothing else of that folder is published."""
    written: dict[str, bytes] = {}
    for path in sorted(docs.rglob("*")):
        relative = path.relative_to(docs)
        picture = relative.parts[0] == "images" and path.suffix.lower() in IMAGES
        if path.is_symlink() or not path.is_file() or relative.parts[0] == "decisions" or relative.name.startswith("."):
            continue
        if path.suffix == ".md" or picture:
            data = path.read_bytes()
            if fault := _wrong(path.suffix.lower(), data):
                faults.append(f"docs/{relative.as_posix()} : {fault}")
            else:
                written[relative.as_posix()] = data
    return written


def _wrong(kind: str, data: bytes) -> str:
    """Why this file cannot be published; what a generator would show as it is, or stop at."""
    if kind == ".svg" and not safe_svg(data.decode("utf-8", "replace")):
        return "ce dessin contient un script ou une adresse, retirez-les."
    if kind == ".md":
        try:
            header = _HEADER.match(data.decode("utf-8-sig"))
            if header and not isinstance(yaml.safe_load(header[1]), dict):
                return "l’en-tête entre « --- » n’est pas fait de lignes « clé: valeur »."
        except UnicodeDecodeError:
            return "la page n’est pas en UTF-8, enregistrez-la dans cet encodage."
        except yaml.YAMLError:
            return "l’en-tête entre « --- » n’est pas du YAML valide."
    return ""


def _settings(identity: SiteIdentity, place: _Place, reglages: Path, *, with_macros: bool) -> dict[str, Any]:
    """The settings of mkdocs.yml, completed with what depends on the dossier. Every word in them is already HTML."""
    settings: dict[str, Any] = yaml.safe_load(reglages.read_text(encoding="utf-8"))
    settings |= {
        "site_name": escape(" – ".join(filter(None, [identity.strategie, identity.nom]))),
        "site_description": escape(identity.resume),
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": place.nav(identity.menu),
    }
    if identity.url:
        settings["site_url"] = identity.url
    settings["theme"]["custom_dir"] = "theme"
    if not with_macros:
        settings["plugins"] = [plugin for plugin in settings["plugins"] if "macros" not in plugin]
    settings["extra"]["site"] = {
        "nom": escape(identity.nom),
        "strategie": escape(identity.strategie),
        "version": escape(identity.version),
        "date": escape(jour(date.fromisoformat(identity.date))),
        "edition": escape(identity.edition),
        "statut": escape(identity.statut),
        "publique": identity.publique,
        "logo": logo(identity),
        "logo_alternatif": escape(identity.logo_alternatif),
        "pied": [
            {"titre": escape(words), "url": f"{nom}.html"}
            for words, nom in place.present(identity.pied, "pied de page")
        ],
    }
    return settings
