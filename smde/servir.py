"""Local preview: pages served to this machine only, the dossier read again when its files change."""

import gc
import hashlib
import html
import json
import select
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from smde.apercu import Apercu, Page
from smde.echecs import en_mots
from smde.model.champ import Diffusion
from smde.refus import Refus
from smde.veille import Etat, etat_des_fichiers

ICI = "127.0.0.1"
PERIODE = 0.1
"""Seconds between two looks at the files."""
CALME = 0.03
"""Seconds without a change before files are taken as saved."""
PATIENCE = 1.0
"""Seconds after which files that never stop changing are read all the same."""
LENT = 1.0
"""Seconds between two looks, at most, where looking takes long."""
REPOS = 3.0
"""Seconds without an edit nor a page asked for before work is done that nobody waits for."""
ECOUTE = 20.0
"""Seconds an open page waits for news before it asks again."""
NOUVELLES = "/__smde/nouvelles"
SCRIPT = Path(__file__).with_name("apercu.js").read_text(encoding="utf-8")
ATTENTE = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Aperçu</title>'
    '<body style="font:16px/1.5 sans-serif;margin:3rem"><h1>{titre}</h1>{texte}</body></html>'
)


class Requete(SimpleHTTPRequestHandler):
    """Pages of the preview, each carrying the script that asks for news; and the files they show."""

    def __init__(self, apercu: Apercu, *arguments: object) -> None:
        self.apercu = apercu
        super().__init__(*arguments, directory=str(apercu.imprimerie.site))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page, a file, a document, or what has become of a page."""
        address = urlsplit(self.path)
        path = unquote(address.path).removeprefix("/")
        if address.path != NOUVELLES:
            self.apercu.sollicite = time.monotonic()
        if self.headers.get("Host", ICI).partition(":")[0] not in (ICI, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)  # a page of another site must not read an interne edition
        elif address.path == NOUVELLES:
            known = parse_qs(address.query)
            self._nouvelles(known.get("page", [""])[0], known.get("vu", [""])[0])
        elif path.startswith("documents/"):
            self._document(path.removeprefix("documents/"))
        elif (content := self.apercu.fichier(path)) is not None:
            self._send(content, self.guess_type(path))
        elif (nom := nom_de_page(path)) or not Path(self.translate_path(self.path)).is_file():
            self._page(self.apercu.page(nom))
        else:
            super().do_GET()  # what goes with the theme, never above its folder

    def _page(self, page: Page) -> None:
        words = self._attente() if page.fichier is None else page.fichier.read_text(encoding="utf-8")
        script = f'<script data-empreinte="{page.empreinte}" data-cadre="{page.cadre}">\n{SCRIPT}</script>'
        status = HTTPStatus.OK if page.trouvee else HTTPStatus.NOT_FOUND
        self._send(words.replace("</body>", f"{script}</body>").encode(), "text/html", status)

    def _attente(self) -> str:
        """The page shown in place of one that could not be made yet; the script says there what is wrong."""
        if self.apercu.tirage is None and not self.apercu.fautes:
            return ATTENTE.format(titre="Le site se construit…", texte="<p>Cette page se mettra à jour seule.</p>")
        return ATTENTE.format(
            titre="Cette page attend une correction",
            texte="<p>Corrigez ce qui est indiqué en bas : elle se mettra à jour seule.</p>",
        )

    def _nouvelles(self, path: str, seen: str) -> None:
        """Say what has become of a page: at once when it is no longer as seen, else when something happens."""
        apercu, limit = self.apercu, time.monotonic() + ECOUTE
        while not apercu.fini:
            number = apercu.numero
            state = {"empreinte": apercu.page(nom_de_page(path)).empreinte, "fautes": apercu.fautes}
            mark = hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()
            rest = limit - time.monotonic()
            if mark != seen or rest <= 0:
                self._send(json.dumps({"vu": mark, **state}, ensure_ascii=False).encode(), "application/json")
                return
            apercu.attendre(number, rest)
            if select.select([self.connection], [], [], 0)[0]:
                return  # the page was left
        self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

    def _document(self, nom: str) -> None:
        try:
            content = self.apercu.document(nom)
        except Exception as error:
            page = ATTENTE.format(titre="Ce document n’est pas fait", texte=f"<pre>{html.escape(en_mots(error))}</pre>")
            self._send(page.encode(), "text/html", HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        if content is None:
            self._page(self.apercu.page(f"documents/{nom}"))  # which says that it does not exist
        else:
            self._send(content, self.guess_type(nom))

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        text = kind.startswith(("text/", "application/json", "image/svg"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Nothing is kept by the browser: the next look must see the next site."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Requests are not news."""


def nom_de_page(path: str) -> str:
    """The name of the page at an address; empty when it is not that of a page."""
    path = path.removeprefix("/")
    if path.endswith("/") or not path:
        return f"{path}index"
    return path.removesuffix(".html") if path.endswith(".html") else ""


class Serveur(ThreadingHTTPServer):
    """Answers each request apart; a browser that leaves before the answer is no failure."""

    def __init__(self, apercu: Apercu, port: int) -> None:
        self.apercu = apercu
        super().__init__((ICI, port), partial(Requete, apercu))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say in words what went wrong."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and not isinstance(error, ConnectionError) and not self.apercu.fini:
            self.apercu.dire(en_mots(error))


def servir(racine: Path, diffusion: Diffusion, date: str, port: int, dire: Callable[[str], None]) -> int:
    """Serve on this machine only, until Ctrl+C; raises `Refus` when the port is taken."""
    with tempfile.TemporaryDirectory(prefix="smde-", ignore_cleanup_errors=True) as folder:
        apercu = Apercu(racine, diffusion, date, Path(folder), dire)
        server = _listen(apercu, port)
        threading.Thread(target=server.serve_forever, args=[PERIODE], daemon=True).start()
        dire(f"À lire sur http://{ICI}:{server.server_port}/ (Ctrl+C pour arrêter)")
        dire("Première construction…")
        gc.disable()  # looking for garbage in a whole dossier takes longer than making a page; see `Apercu.avancer`
        try:
            _suivre(apercu)
        except KeyboardInterrupt:
            dire("Arrêté.")
        finally:
            apercu.arreter()
            server.shutdown()
            server.server_close()
            gc.enable()
    return 0


def _listen(apercu: Apercu, port: int) -> Serveur:
    try:
        return Serveur(apercu, port)
    except PermissionError:
        raise Refus(f"Le port {port} est réservé au système : donnez-en un autre, par exemple --port 8001.") from None
    except OSError:
        other = port + 1 if port < 65535 else 8000
        raise Refus(
            f"Le port {port} est déjà pris, peut-être par un autre aperçu : donnez-en un autre, "
            f"par exemple --port {other}."
        ) from None


def _suivre(apercu: Apercu) -> None:
    """Read the dossier, then again each time the files are no longer those it was made from; work ahead meanwhile."""
    seen: Etat | None = None
    while True:
        debut = time.monotonic()
        now = etat_des_fichiers(apercu.racine)  # before reading them: a change during the work is seen next time
        fin = time.monotonic()
        fin += min(max(PERIODE, 5 * (fin - debut)), LENT)  # on a slow disk, look less often
        if now != seen:
            seen = _enregistres(apercu.racine, now) if seen else now
            apercu.relire()
        while time.monotonic() < fin and time.monotonic() - apercu.sollicite > REPOS and apercu.avancer():
            pass
        time.sleep(max(0.0, fin - time.monotonic()))


def _enregistres(racine: Path, now: Etat) -> Etat:
    """The state of the files once they no longer change: an editor may write one in several times."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        time.sleep(CALME)
        former, now = now, etat_des_fichiers(racine)
        if now == former:
            break
    return now
