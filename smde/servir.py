"""Local preview: the site made again when its sources change; faults shown in the page and in the terminal."""

import html
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from smde import report
from smde.construire import Atelier, atelier, lieux, verifier
from smde.echecs import en_mots
from smde.fichiers import FOLDERS
from smde.model.champ import Diffusion
from smde.model.identite import FormatDocument
from smde.refus import Refus

ICI = "127.0.0.1"
PERIODE = 0.4
"""Seconds between two looks at the files."""
SCRIPT = Path(__file__).with_name("apercu.js").read_text(encoding="utf-8")
ATTENTE = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Aperçu</title>'
    '<body style="font:16px/1.5 sans-serif;margin:3rem"><h1>{titre}</h1>{texte}</body></html>'
)


class Apercu:
    """The last good site, its number, and the faults of the last attempt."""

    def __init__(
        self, racine: Path, diffusion: Diffusion, date: str, travail: Path, dire: Callable[[str], None]
    ) -> None:
        self.racine, self.diffusion, self.date, self.dire = racine, diffusion, date, dire
        self.site = travail / "site"
        self.tour = 0
        self.fautes = ""
        self._atelier: Atelier | None = None
        self._documents: dict[str, bytes] = {}
        self._un_seul = threading.Lock()

    def refaire(self) -> bool:
        """Read, check and make the site again; the previous one stays when something is wrong."""
        debut = time.monotonic()
        try:
            dossier, diagnostics = verifier(self.racine)
            errors = [diagnostic for diagnostic in diagnostics if diagnostic.severite == "erreur"]
            if errors:
                self.fautes = "\n".join([*map(report.framed, errors), report.bilan(diagnostics)])
            else:
                self._publier(atelier(dossier, self.diffusion, self.date, lambda words: None))
                self.fautes = ""
        except Exception as error:  # the preview goes on: the next change may mend it
            self.fautes = en_mots(error)
        if self.fautes:
            self.dire(self.fautes)
        else:
            seconds = f"{time.monotonic() - debut:.1f}".replace(".", ",")
            self.dire(f"Site à jour en {seconds} s ; {report.bilan(diagnostics)}")
        return not self.fautes

    def _publier(self, making: Atelier) -> None:
        """Make the site. Its documents are made when somebody opens one: an empty file stands for each meanwhile."""
        files = {f"donnees/{path}": content for path, content in making.donnees().items()}
        files = {path: content for path, content in files.items() if not path.startswith("donnees/schemas/")}
        making.site(self.site, files | {f"documents/{nom}": b"" for nom in making.noms_des_documents()})
        with self._un_seul:
            self._atelier, self._documents = making, {}
        self.tour += 1

    def document(self, nom: str) -> bytes | None:
        """A document of the site as it is shown, made at the first request; None when there is none of that name."""
        with self._un_seul:
            if self._atelier is None or nom not in self._atelier.noms_des_documents():
                return None
            if nom not in self._documents:
                ident, _, form = nom.rpartition(".")
                self.dire(f"Document « {nom} »…")
                self._documents |= self._atelier.documents([ident], [FormatDocument[form]])
            return self._documents[nom]

    def etat(self) -> bytes:
        """What an open page asks for."""
        return json.dumps({"tour": self.tour, "fautes": self.fautes}, ensure_ascii=False).encode()

    def attente(self) -> str:
        """The page shown while there is no site yet."""
        if not self.fautes:
            return ATTENTE.format(titre="Le site se construit…", texte="<p>Cette page se mettra à jour seule.</p>")
        faults = f'<pre style="white-space:pre-wrap">{html.escape(self.fautes)}</pre>'
        return ATTENTE.format(titre="À corriger avant de voir le site", texte=faults)


class Requete(SimpleHTTPRequestHandler):
    """Files of the last good site, each page carrying the script that asks for news."""

    def __init__(self, apercu: Apercu, *arguments: object) -> None:
        self.apercu = apercu
        super().__init__(*arguments, directory=str(apercu.site))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page, a file, a document, or the state of the preview."""
        path = self.path.partition("?")[0]
        if self.headers.get("Host", ICI).partition(":")[0] not in (ICI, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)  # a page of another site must not read an interne edition
        elif path == "/__smde/etat":
            self._send(self.apercu.etat(), "application/json")
        elif self.apercu.tour == 0:
            self._send(self._page(self.apercu.attente()), "text/html")
        elif path.startswith("/documents/"):
            self._document(path.removeprefix("/documents/"))
        else:
            self._file()

    def _file(self) -> None:
        file = Path(self.translate_path(self.path))  # never above the folder of the site
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        if not found:
            file = self.apercu.site / "404.html"
        if file.suffix == ".html" and file.is_file():
            status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
            self._send(self._page(file.read_text(encoding="utf-8")), "text/html", status)
        elif found:
            super().do_GET()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _document(self, nom: str) -> None:
        try:
            content = self.apercu.document(nom)
        except Exception as error:
            page = ATTENTE.format(titre="Ce document n’est pas fait", texte=f"<pre>{html.escape(en_mots(error))}</pre>")
            self._send(page.encode(), "text/html", HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(content, self.guess_type(nom))

    def _page(self, words: str) -> bytes:
        script = f'<script data-tour="{self.apercu.tour}">\n{SCRIPT}</script>'
        return words.replace("</body>", f"{script}</body>").encode()

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header(
            "Content-Type", kind if not kind.startswith(("text/", "application/json")) else f"{kind}; charset=utf-8"
        )
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Nothing is kept by the browser: the next look must see the next site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Requests are not news."""


def etat_des_fichiers(racine: Path) -> dict[str, tuple[int, int]]:
    """Date and size of every file the site is made from."""
    places = lieux(racine)
    roots = [*(racine / name for name in FOLDERS), places.macros, places.docs, places.reglages]
    found = {}
    for file in _files(roots):
        try:
            status = file.stat()
        except OSError:  # gone since
            continue
        found[str(file)] = (status.st_mtime_ns, status.st_size)
    return found


def _files(roots: list[Path]) -> Iterator[Path]:
    """Files a writer edits: neither hidden nor left by an editor or by Python."""
    for root in roots:
        for file in [root] if root.is_file() else sorted(root.rglob("*")):
            if not file.name.startswith(".") and not file.name.endswith("~") and "__pycache__" not in file.parts:
                yield file


def servir(racine: Path, diffusion: Diffusion, date: str, port: int, dire: Callable[[str], None]) -> int:
    """Serve on this machine only, until Ctrl+C; raises `Refus` when the port is taken."""
    with tempfile.TemporaryDirectory(prefix="smde-") as folder:
        apercu = Apercu(racine, diffusion, date, Path(folder), dire)
        server = _listen(apercu, port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dire(f"À lire sur http://{ICI}:{server.server_port}/ (Ctrl+C pour arrêter)")
        dire("Première construction…")
        try:
            _suivre(apercu)
        except KeyboardInterrupt:
            dire("Arrêté.")
        finally:
            server.shutdown()
            server.server_close()
    return 0


def _listen(apercu: Apercu, port: int) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((ICI, port), partial(Requete, apercu))
    except PermissionError:
        raise Refus(f"Le port {port} est réservé au système : donnez-en un autre, par exemple --port 8001.") from None
    except OSError:
        other = port + 1 if port < 65535 else 8000
        raise Refus(
            f"Le port {port} est déjà pris, peut-être par un autre aperçu : donnez-en un autre, "
            f"par exemple --port {other}."
        ) from None


def _suivre(apercu: Apercu) -> None:
    """Make the site, then again each time the files are no longer those it was made from."""
    seen: dict[str, tuple[int, int]] | None = None
    while True:
        now = etat_des_fichiers(apercu.racine)  # before reading them: a change during the work is seen next time
        if now != seen:
            seen = now
            apercu.refaire()
        time.sleep(PERIODE)
