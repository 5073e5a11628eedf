"""The site as a folder of real files, ready for a generator: settings, pages, theme, published files.

What people typed is in it as escaped HTML, never as Markdown; nothing here knows which generator will come.
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from smde import images
from smde.arbre import Document
from smde.ecriture import en_octets, jour
from smde.etiquettes import Etiquette
from smde.outputs import permalien, recherche
from smde.outputs.couleurs import feuille, pictogramme
from smde.outputs.feuilles import de_material
from smde.outputs.html import Href, Rendered, RenderedPage, escape, render_page, safe_svg
from smde.outputs.permalien import Repere
from smde.outputs.prose import typographiee

ICI = Path(__file__).parent
REGLAGES, MACROS = ICI.parents[1] / "mkdocs.yml", ICI.parents[1] / "macros"
THEME = ICI / "theme"
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg"})
PLAN = "plan-du-site"
"""The page that cites every other, for who cannot search."""
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
    versions: str = ""
    """Where every version is listed, from the root of this one; empty when it is not published among others."""


def stage(
    pages: Sequence[Document],
    identity: SiteIdentity,
    scene: Path,
    *,
    ids: Mapping[str, str],
    reperes: Mapping[str, Repere] | None = None,
    etiquettes: Mapping[str, Etiquette] | None = None,
    extra_files: Mapping[str, bytes] | None = None,
    docs: Path | None = None,
    macros: Path | None = None,
    reglages: Path = REGLAGES,
) -> list[str]:
    """Write in the folder `scene` everything a site generator needs: mkdocs.yml, docs/, theme/, macros/."""
    files = dict(extra_files or {})
    weights = {path: len(data) for path, data in files.items()}
    place = Place([page.nom for page in pages], identity, ids, reperes or {}, weights, docs)
    sheets = [place.page(page) for page in pages]
    content = files | place.fixes() | place.ecrites | {f"{sheet.nom}.md": sheet.texte for sheet in sheets}
    content[recherche.FICHIER] = recherche.index(pages, ids, etiquettes or {}, place.ecrites)
    place.deposer(scene, content, macros=macros, reglages=reglages)
    return [*(fault for sheet in sheets for fault in sheet.perdus), *place.faults, *place.liens_perdus(sheets)]


@dataclass(frozen=True, slots=True)
class Feuille:
    """One page as a file of Markdown, and where its links lead."""

    nom: str
    texte: bytes
    ancres: frozenset[str]
    visees: tuple[tuple[str, str], ...]
    """The places it links to: page and anchor."""
    perdus: tuple[str, ...]
    """In French, its links that lead nowhere."""


class Place:
    """What holds where in a site: turns pages into files, one at a time, and targets into relative addresses."""

    def __init__(
        self,
        noms: Sequence[str],
        identity: SiteIdentity,
        ids: Mapping[str, str],
        reperes: Mapping[str, Repere],
        files: Mapping[str, int],
        docs: Path | None = None,
    ) -> None:
        """`noms` are the pages to come, `ids` says where each element is, `files` what each published file weighs."""
        self.identity = identity
        self.ids = ids
        self.reperes = reperes
        self.elements = {ids[ident]: ident for ident in reperes if "#" not in ids.get(ident, "#")}
        """For each page that is the page of an element, that element."""
        self.files = files
        self.faults: list[str] = []
        """In French, what is wrong whatever the pages hold."""
        self.ecrites = _hand_written(docs, self.faults) if docs is not None else {}
        """The files of docs/, by path."""
        self.noms = set(noms)
        if len(self.noms) < len(noms) or not all(map(_NOM.fullmatch, noms)):
            raise ValueError("two pages have the same name, or a name is not a path")
        for path in files:
            if not _FICHIER.fullmatch(path) or path.endswith(".md") or path.removesuffix(".html") in self.noms:
                raise ValueError(f"{path!r} cannot be the path of a published file")
        for path in [path for path in self.ecrites if path.removesuffix(".md") in self.noms]:
            del self.ecrites[path]
            self.faults.append(f"docs/{path} : une page produite porte déjà ce nom, renommez le fichier.")
        self.noms |= {path.removesuffix(".md") for path in self.ecrites if path.endswith(".md")}
        if "index" not in self.noms:
            self.faults.append("le site n’a pas de page d’accueil (« index »).")
        if identity.logo and not _safe(identity.logo[1]):
            self.faults.append(f"data/{identity.logo[0]} : ce n’est pas une image que le programme a lue.")
        self.rubriques: dict[str, str] = {}
        """For each page of the menu, the heading above it, in HTML."""
        self.titres: dict[str, str] = {}
        for words, content in identity.menu:
            for line, nom in _lines([(words, content)]):
                self.rubriques[nom] = "" if isinstance(content, str) else escape(words)
                self.titres[nom] = escape(line)
        self.nav = self._nav(identity.menu)
        self.pied = self._present(identity.pied, "pied de page")

    def fixes(self) -> dict[str, bytes]:
        """The files that go with the pages: permanent addresses, colours, pictures of the authority."""
        identity = self.identity
        content = self._permanentes(identity.url)
        content["assets/identite.css"] = feuille(identity.couleur, identity.accent).encode()
        content["assets/favicon.svg"] = pictogramme(identity.couleur, identity.nom or identity.strategie).encode()
        if identity.logo:
            content[f"assets/{logo(identity)}"] = identity.logo[1]
        return content

    def deposer(self, scene: Path, content: Mapping[str, bytes], *, macros: Path | None, reglages: Path) -> None:
        """Write the folder of a site generator, in which `content` is what is under docs/."""
        shutil.copytree(THEME, scene / "theme", ignore=shutil.ignore_patterns("__pycache__"))
        appelables = macros is not None and poser_macros(macros, scene)
        for path, data in content.items():
            destination = scene / "docs" / path
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(data)
        settings = self.reglages(reglages, with_macros=appelables)
        (scene / "mkdocs.yml").write_text(json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8")

    def page(self, document: Document) -> Feuille:
        """One Markdown file: a header of escaped values, then one raw HTML block on one line."""
        nom = document.nom
        found = _Adresses(self, nom)
        rendered = render_page(document.blocs, found.href, document.figures, self._poids)
        rubrique = self._rubrique(nom)
        meta = {
            "title": escape(document.titre),
            "description": escape(_described(document)),
            "genre": escape(document.genre),
            "rubrique": f"{rubrique}.md" if rubrique else "",
        }
        header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        text = f"---\n{header}---\n\n{self._frame(document, rendered, rubrique, found.href)}\n"
        inside = [(nom, anchor) for anchor in sorted(rendered.corps.cibles)]
        visees = tuple(dict.fromkeys([*found.visees, *inside]))
        return Feuille(nom, text.encode(), rendered.corps.ancres, visees, tuple(dict.fromkeys(found.perdus)))

    def liens_perdus(self, feuilles: Iterable[Feuille]) -> list[str]:
        """The places that some pages link to and that are not in the pages they name; each is told once, in French."""
        sheets = {sheet.nom: sheet for sheet in feuilles}
        lost: dict[tuple[str, str], str] = {}
        for sheet in sheets.values():
            for page, anchor in sheet.visees:
                if page in sheets and anchor not in sheets[page].ancres:
                    words = f"{sheet.nom} : le lien vers « {page}#{anchor} » ne mène à aucun endroit de la page."
                    lost.setdefault((page, anchor), words)
        return list(lost.values())

    def _rubrique(self, nom: str) -> str:
        """The page of the menu under which this page is: itself, or the nearest one above it."""
        parts = nom.split("/")
        for length in range(len(parts), 0, -1):
            path = "/".join(parts[:length])
            for candidate in (path, f"{path}/index"):
                if candidate in self.rubriques:
                    return candidate
        return ""

    def _poids(self, target: str) -> str:
        kind, _, path = target.partition(":")
        return en_octets(self.files.get(path.partition("#")[0], 0)) if kind == "fichier" else ""

    def _permanentes(self, site: str) -> dict[str, bytes]:
        """The permanent address of every element that is somewhere."""
        found: list[tuple[str, Repere, str]] = []
        for ident, repere in self.reperes.items():
            page, mark, anchor = self.ids.get(ident, "").partition("#")
            if page in self.noms:
                found.append((ident, repere, f"{page}.html{mark}{anchor}"))
        return permalien.fichiers(found, site)

    def _frame(self, document: Document, rendered: RenderedPage, rubrique: str, href: Href) -> str:
        nom = document.nom
        title = rendered.titre or escape(document.titre)
        ident = f' id="{escape(rendered.ancre)}"' if rendered.ancre else ""
        summary = "" if nom == "index" else _summary(rendered.corps)
        subtitle = f'<p class="sous-titre">{escape(document.sous_titre)}</p>' if document.sous_titre else ""
        beside = f'<div class="cote">{rendered.fil}{summary}</div>' if rendered.fil else summary
        element = self.elements.get(nom)
        tools = ""
        if element is not None and nom != "index":
            tools = permalien.outils(element, self.reperes[element], href, "../" * nom.count("/"))
        return (
            f'<div class="page page-{escape(document.genre or "autre")}">{self._trail(nom, rubrique)}'
            f'<header class="entete"{ident}><h1>{title}</h1>{subtitle}{rendered.etat}</header>'
            f'{beside}<div class="corps">{rendered.corps.html}</div>{tools}</div>'
        )

    def _trail(self, nom: str, rubrique: str) -> str:
        if nom == "index":
            return ""
        prefix = "../" * nom.count("/")
        steps = [f'<a href="{prefix}index.html">Accueil</a>']
        if words := self.rubriques.get(rubrique):
            steps.append(f"<span>{words}</span>")
        if rubrique and rubrique not in (nom, "index"):
            steps.append(f'<a href="{prefix}{rubrique}.html">{self.titres[rubrique]}</a>')
        items = "".join([f"<li>{step}</li>" for step in steps])
        return f'<nav class="ariane" aria-label="Fil d’Ariane"><ol>{items}</ol></nav>'

    def _present(self, lines: Sequence[tuple[str, str]], where: str) -> list[tuple[str, str]]:
        """The lines whose page exists."""
        for _, nom in lines:
            if nom not in self.noms:
                self.faults.append(f"{where} : la page « {nom} » n’existe pas.")
        return [(words, nom) for words, nom in lines if nom in self.noms]

    def _nav(self, menu: Sequence[Entree]) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for words, content in menu:
            if not isinstance(content, str):
                lines.append({escape(words): self._nav(content)})
            elif self._present([(words, content)], "menu"):
                lines.append({escape(words): f"{content}.md"})
        return lines

    def reglages(self, start: Path, *, with_macros: bool) -> dict[str, Any]:
        """The settings of mkdocs.yml, completed with what depends on the dossier. Every word in them is HTML."""
        identity = self.identity
        settings: dict[str, Any] = yaml.safe_load(start.read_text(encoding="utf-8"))
        settings |= {
            "site_name": escape(" – ".join(filter(None, [identity.strategie, identity.nom]))),
            "site_description": escape(identity.resume),
            "docs_dir": "docs",
            "site_dir": "site",
            "nav": self.nav,
        }
        if identity.url:
            settings["site_url"] = identity.url
        settings["theme"]["custom_dir"] = "theme"
        if not with_macros:
            settings["plugins"] = [plugin for plugin in settings["plugins"] if "macros" not in plugin]
        settings["extra"]["feuilles"] = list(de_material())
        settings["extra"]["site"] = {
            "nom": escape(identity.nom),
            "strategie": escape(identity.strategie),
            "version": escape(identity.version),
            "date": escape(jour(date.fromisoformat(identity.date))),
            "edition": escape(identity.edition),
            "statut": escape(identity.statut),
            "publique": identity.publique,
            "versions": escape(identity.versions),
            "plan": f"{PLAN}.html" if PLAN in self.noms else "",
            "logo": logo(identity),
            "logo_alternatif": escape(identity.logo_alternatif),
            "pied": [{"titre": escape(words), "url": f"{nom}.html"} for words, nom in self.pied],
        }
        return settings


class _Adresses:
    """The addresses of the links of one page, and what was asked on the way."""

    def __init__(self, place: Place, nom: str) -> None:
        self.place, self.nom, self.prefix = place, nom, "../" * nom.count("/")
        self.visees: list[tuple[str, str]] = []
        self.perdus: list[str] = []

    def href(self, target: str) -> str | None:
        if target.startswith("#"):
            found = self.place.ids.get(target[1:])
            return None if found is None else self.address(found, target)
        kind, _, rest = target.partition(":")
        if kind == "page":
            return self.address(rest, target)
        file, mark, part = rest.partition("#")
        if kind == "fichier" and file in self.place.files:
            return self.prefix + quote(file) + mark + quote(part, safe="=")
        self.perdus.append(f"{self.nom} : le lien « {target} » ne mène nulle part.")
        return None

    def address(self, found: str, target: str) -> str | None:
        page, _, anchor = found.partition("#")
        if page not in self.place.noms:
            self.perdus.append(f"{self.nom} : le lien « {target} » ne mène à aucune page.")
            return None
        if anchor:
            self.visees.append((page, anchor))
        return f"{self.prefix}{page}.html" + (f"#{anchor}" if anchor else "")


def poser_macros(macros: Path, scene: Path) -> bool:
    """Lay in the scene the templates of a dossier and what pages may call: the program's own unless it has some.

    Gives whether there is something pages may call.
    """
    shutil.copytree(macros, scene / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    for file in (macros / "__init__.py", MACROS / "__init__.py"):
        if file.is_file():
            shutil.copyfile(file, scene / "macros" / "__init__.py")
            return True
    return False


def logo(identity: SiteIdentity) -> str:
    """The name under which the logo is published, none when there is none."""
    return f"logo{Path(identity.logo[0]).suffix.lower()}" if identity.logo else ""


def _safe(picture: bytes) -> bool:
    """Whether a picture is one, and nothing else."""
    try:
        return images.lire(picture).octets == picture
    except images.ImageRefusee:
        return False


def _summary(rendered: Rendered) -> str:
    parts = [(ident, words) for level, ident, words in rendered.titres if level == 2]
    if len(parts) < 3:
        return ""
    items = "".join([f'<li><a href="#{escape(ident)}">{words}</a></li>' for ident, words in parts])
    return (
        '<nav class="sommaire" aria-label="Sur cette page">'
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
            elif path.suffix == ".md":
                written[relative.as_posix()] = typographiee(data.decode("utf-8-sig")).encode()
            else:
                written[relative.as_posix()] = data
    return written


def _described(document: Document) -> str:
    """What a page is about; the definition of a measure, alike for several territories, does not say which."""
    return f"{document.titre} : {document.resume}" if document.genre == "indicateur" else document.resume


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
