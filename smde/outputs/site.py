"""The website: staged as real files in one folder, built by MkDocs and Material, then moved in place whole.

The only file that knows MkDocs.
"""

import logging
import os
import re
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from smde.arbre import Document
from smde.etiquettes import Etiquette
from smde.outputs.permalien import Ailleurs, Repere
from smde.outputs.scene import REGLAGES, Entree, SiteIdentity, poser_macros, stage
from smde.refus import Refus

__all__ = ["REGLAGES", "Ailleurs", "Entree", "Presse", "Repere", "SiteIdentity", "build", "stage", "write"]

_USELESS = (
    *("assets/**/*.map", "assets/images/favicon.png"),
    "assets/javascripts/**/*.js",  # our pages have their own scripts
)
_MESSAGES = (
    (r"(docs/.*)", r"\1"),
    (
        r"\[macros\] - ERROR .*?_File_: `(.+?)`\n\n_.+?_:? \**'(\w+)' is undefined\**\n.*",
        r"docs/\1 : « \2 » n’existe pas parmi les macros.",
    ),
    (r"\[macros\] - ERROR .*?_File_: `(.+?)`\n\n_.+?_:? \**(.+?)\**\n.*", r"docs/\1 : une macro a échoué (\2)."),
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but the target .*",
        r"docs/\1 : le lien « \2 » ne mène à aucun fichier.",
    ),
    (
        r"Doc file '(.+?)' contains a link '(.+?)', but .*anchor.*",
        r"docs/\1 : le lien « \2 » ne mène nulle part dans la page.",
    ),
    (r"Doc file '(.+?)' contains an absolute link '(.+?)'.*", r"docs/\1 : le lien « \2 » doit être relatif à la page."),
    (r"Doc file '(.+?)' contains an unrecognized .*link '(.+?)'.*", r"docs/\1 : le lien « \2 » n’est pas compris."),
)


def write(
    pages: Sequence[Document],
    identity: SiteIdentity,
    *,
    ids: Mapping[str, str],
    target: Path,
    reperes: Mapping[str, Repere] | None = None,
    etiquettes: Mapping[str, Etiquette] | None = None,
    extra_files: Mapping[str, bytes] | None = None,
    docs: Path | None = None,
    macros: Path | None = None,
    contexte: object = None,
    reglages: Path = REGLAGES,
) -> list[str]:
    """Write the site in `target` and return what is wrong, in French; empty when clean.

    `target` is replaced only when nothing is wrong. `ids` says on which page each element is (`page` or `page#anchor`);
    a link to an element that is nowhere becomes its words. `reperes` are the elements that have a permanent
    address, and what else is known of them; `etiquettes` is what the search says of each. `extra_files` are published
    as they are. `docs` is the folder of hand-written pages, `macros` the package they may call, which finds `contexte`
    by calling `env.conf.extra["contexte"]()`. `reglages` is the mkdocs.yml to start from.
    """
    target = target.absolute()  # MkDocs takes a relative path from its settings, not from here
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        scene, made = Path(folder, "scene"), Path(folder, "site")
        faults = stage(
            pages,
            identity,
            scene,
            ids=ids,
            reperes=reperes,
            etiquettes=etiquettes,
            extra_files=extra_files,
            docs=docs,
            macros=macros,
            reglages=reglages,
        )
        faults += build(scene, made, identity.date, contexte=contexte)
        if not faults:
            _install(made, target, Path(folder, "ancien"))
    return faults


def build(scene: Path, made: Path, date: str, *, contexte: object = None) -> list[str]:
    """Build the staged folder into `made`, as of `date` (ISO), and return what is wrong, in French."""
    with _surroundings(date), _told() as faults:
        # Here and not above: what makes no site does not wait for the half second these imports take.
        from mkdocs.commands.build import build as mkdocs_build
        from mkdocs.config import load_config

        try:
            config = load_config(str(scene / "mkdocs.yml"), site_dir=str(made))
            config.extra["contexte"] = lambda: contexte
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
        except SystemExit as stop:  # MkDocs and its plugins leave that way; the reason is in what they told
            faults = faults or [f"MkDocs s’est arrêté ({stop.code})."]
        except Exception as error:
            faults.append(_of_macros(error, scene))
    if not faults:
        _lighten(made)
    return [fault.replace(str(scene) + os.sep, "") for fault in faults]


class Presse:
    """MkDocs kept ready over a staged folder: it prints one page at a time, as a whole build would print it.

    The folder holds a file for each page, were it empty: a page is known to the others before it is printed. Not to be
    used by two threads at once.
    """

    def __init__(self, scene: Path, made: Path, date: str, contexte: Callable[[], object]) -> None:
        """Copy in `made` what goes with the pages; `contexte` gives what macros may know.

        Raises `Refus` when MkDocs cannot work with these settings.
        """
        self._scene, self._date = scene, date
        with self._at_work() as faults:
            from mkdocs.commands.build import _build_theme_template
            from mkdocs.config import load_config
            from mkdocs.structure.files import get_files, set_exclusions
            from mkdocs.structure.nav import get_navigation
            from mkdocs.structure.pages import Page

            config = load_config(str(scene / "mkdocs.yml"), site_dir=str(made))
            config.extra["contexte"] = contexte
            config.plugins.on_startup(command="build", dirty=False)
            config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            env = config.theme.get_env()
            files = get_files(config)
            files.add_files_from_theme(env, config)
            files = config.plugins.on_files(files, config=config)
            set_exclusions(files, config)
            nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
            self._env = config.plugins.on_env(env, config=config, files=files)
            self._config, self._files, self._nav = config, files, nav
            self._pages = files.documentation_pages()
            self._fichiers = {file.src_uri: file for file in self._pages}
            for file in self._pages:
                file.page = file.page or Page(None, file, config)
            files.copy_static_files()
            for template in config.theme.static_templates:
                _build_theme_template(template, self._env, files, config, nav)
            _lighten(made)
        if faults:
            raise Refus("\n".join(faults))

    def page(self, nom: str, texte: bytes) -> list[str]:
        """Print a page from the text of its file; what is wrong, in French."""
        path = self._scene / "docs" / f"{nom}.md"
        path.write_bytes(texte)
        with self._at_work() as faults:
            from mkdocs.commands.build import _build_page, _populate_page

            file = self._fichiers[f"{nom}.md"]
            assert file.page is not None
            _populate_page(file.page, self._config, self._files)
            _build_page(file.page, self._config, self._pages, self._nav, self._env)
        return faults

    def renouveler(self, macros: Path) -> list[str]:
        """Take the macros of docs/ again: they, or what they know, have changed; what is wrong, in French."""
        with self._at_work() as faults:
            if "macros" in self._config.plugins:
                shutil.rmtree(self._scene / "macros")
                poser_macros(macros, self._scene)
                self._config.plugins["macros"].on_config(self._config)
        return faults

    def ancres(self, connues: Mapping[str, Collection[str]]) -> list[str]:
        """The links of the pages printed that lead to no place of the page they name, in French.

        `connues` gives the places of pages that were not printed here.
        """
        with self._at_work() as faults:
            for file in self._pages:
                if file.page and file.page.present_anchor_ids is None:
                    file.page.present_anchor_ids = set(connues.get(file.src_uri.removesuffix(".md"), ()))
            for file in self._pages:
                if file.page:
                    file.page.validate_anchor_links(files=self._files, log_level=self._config.validation.links.anchors)
        return faults

    @contextmanager
    def _at_work(self) -> Iterator[list[str]]:
        with _surroundings(self._date), _told() as faults:
            from mkdocs.exceptions import BuildError

            try:
                yield faults
            except (SystemExit, BuildError) as stop:
                if not faults:
                    faults.append(f"MkDocs s’est arrêté ({stop}).")
            except Exception as error:
                faults.append(_of_macros(error, self._scene))
            faults[:] = [fault.replace(str(self._scene) + os.sep, "") for fault in faults]


@contextmanager
def _surroundings(date: str) -> Iterator[None]:
    """What MkDocs and its plugins take from the process: the date, quiet, and no module of an earlier build."""
    epoch = int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
    wanted = {"SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1"}
    before = {key: os.environ.get(key) for key in wanted}
    path = list(sys.path)
    os.environ.update(wanted)
    _forget_macros()
    try:
        yield
    finally:
        _forget_macros()
        sys.path[:] = path
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def _of_macros(error: Exception, scene: Path) -> str:
    """What is wrong in the macros of a dossier, in French; an error that does not come from them goes on."""
    if "None of the standard functions was found" in str(error):
        return "macros/__init__.py : la fonction « define_env(env) » n’y est pas."
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    own = [(file, line) for file, line in places if Path(file).is_relative_to(scene / "macros")]
    if not own:
        raise error
    file, line = own[-1]
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    where = Path(file).relative_to(scene).as_posix()
    return f"{where}:{line} : les macros ne se chargent pas ({type(error).__name__} : {said})."


def _forget_macros() -> None:
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for pattern, french in _MESSAGES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                self.faults.append(found.expand(french))
                return
        self.faults.append(f"MkDocs : {message}")


@contextmanager
def _told() -> Iterator[list[str]]:
    """What MkDocs warns of, gathered instead of printed."""
    logger = logging.getLogger("mkdocs")
    listener, propagate = _Listener(), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener.faults
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate


def _lighten(made: Path) -> None:
    """Remove what no reader of this site loads."""
    for pattern in _USELESS:
        for path in made.glob(pattern):
            path.unlink()
    sitemap = made / "sitemap.xml"
    if b"<loc>" not in sitemap.read_bytes():  # without the address of the site
        sitemap.unlink()
        (made / "sitemap.xml.gz").unlink()


def _install(made: Path, target: Path, former: Path) -> None:
    """Put `made` in the place of `target`: the place holds a whole site, the new one or the former one."""
    if target.exists():
        target.rename(former)
    try:
        made.rename(target)
    except BaseException:
        if former.exists():
            former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)
