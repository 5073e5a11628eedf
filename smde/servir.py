"""Local preview: the site rebuilt when a YAML, a template or a page changes; faults shown in the page and here."""

import html
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from smde import report
from smde.construire import Refus, atelier, lieux, verifier
from smde.model.champ import Diffusion
from smde.outputs.outil import OutilEnEchec
from smde.pages import TemplateFault

WATCHED = ("strategy", "schema", "data", "macros", "docs", "mkdocs.yml")
PERIOD = 0.4
"""Seconds between two looks at the files."""
_CLIENT = """<script>(function(){var seen=__SEEN__,panel;function ask(){fetch('/__smde/etat',{cache:'no-store'})
.then(function(r){return r.json()}).then(function(s){if(s.tour!==seen&&!s.fautes){sessionStorage.setItem('smde-y',scrollY);
location.reload()}else if(s.fautes){show(s.fautes)}else if(panel){panel.remove();panel=null}}).catch(function(){}).then(function(){
setTimeout(ask,500)})}function show(t){if(!panel){panel=document.createElement('div');panel.id='smde-fautes';
panel.setAttribute('role','alert');panel.style.cssText='position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;'+
'background:#fff4f0;color:#1f2933;border-top:4px solid #b42318;padding:1rem;font:14px/1.5 monospace;white-space:pre-wrap';
document.body.appendChild(panel)}panel.textContent=t}var y=sessionStorage.getItem('smde-y');if(y){sessionStorage.removeItem('smde-y');
scrollTo(0,+y)}ask()})()</script>"""


class Preview:
    """The last good site, its number, and the faults of the last attempt."""

    def __init__(
        self, racine: Path, diffusion: Diffusion, date: str | None, folder: Path, dire: Callable[[str], None]
    ) -> None:
        self.racine, self.diffusion, self.date, self.dire = racine, diffusion, date or "1970-01-01", dire
        self.site = folder / "site"
        self.tour = 0
        self.fautes = ""
        self.documents: dict[str, bytes] = {}

    def refaire(self) -> bool:
        """Read, check and build again; the previous site stays when something is wrong."""
        began = time.monotonic()
        dossier, diagnostics = verifier(self.racine)
        if any(diagnostic.severite == "erreur" for diagnostic in diagnostics):
            self.fautes = report.texte(diagnostics)
        else:
            try:
                making = atelier(dossier, self.diffusion, self.date, lambda words: None)
                if not self.documents:
                    self.documents = {
                        f"documents/{name}": content for name, content in making.documents(odt_voulu=False).items()
                    }
                data = {
                    f"donnees/{path}": content
                    for path, content in making.donnees().items()
                    if not path.startswith("schemas/")
                }
                making.site(self.site, {**data, **self.documents})
                self.fautes = ""
                self.tour += 1
            except (Refus, TemplateFault, OutilEnEchec) as refusal:
                self.fautes = str(refusal)
        self.dire(
            self.fautes
            or f"Site refait en {time.monotonic() - began:.1f} s ; {report.bilan(diagnostics)}".replace(".", ",", 1)
        )
        return not self.fautes

    def etat(self) -> str:
        """What an open page asks for."""
        return json.dumps({"tour": self.tour, "fautes": self.fautes}, ensure_ascii=False)


class Handler(SimpleHTTPRequestHandler):
    """Files of the last good site, each page carrying the script that asks for news."""

    def __init__(self, preview: Preview, *arguments: object) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.site))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A page, a file, or the state of the preview."""
        path = self.path.split("?")[0]
        if path == "/__smde/etat":
            self._send(self.preview.etat().encode(), "application/json; charset=utf-8")
            return
        name = path + "index.html" if path.endswith("/") else path
        file = self.preview.site / name.lstrip("/")
        if name.endswith(".html") and file.resolve().is_relative_to(self.preview.site.resolve()) and file.is_file():
            self._send(self._page(file.read_text(encoding="utf-8")), "text/html; charset=utf-8")
        elif self.preview.tour == 0:
            self._send(
                self._page(f"<title>À corriger</title><pre>{html.escape(self.preview.fautes)}</pre></body>"),
                "text/html; charset=utf-8",
            )
        else:
            super().do_GET()

    def _page(self, words: str) -> bytes:
        script = _CLIENT.replace("__SEEN__", str(self.preview.tour))
        return words.replace("</body>", f"{script}</body>").encode()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Requests are not news."""


def etat_des_fichiers(racine: Path) -> dict[str, tuple[int, int]]:
    """Date and size of every file the site is made from."""
    places = lieux(racine)
    roots = [racine / name for name in WATCHED[:3]] + [places.macros, places.docs, places.reglages]
    return {str(file): (file.stat().st_mtime_ns, file.stat().st_size) for file in _files(roots)}


def _files(roots: list[Path]) -> Iterator[Path]:
    for root in roots:
        if root.is_file():
            yield root
        else:
            yield from (file for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def servir(racine: Path, diffusion: Diffusion, date: str | None, port: int, dire: Callable[[str], None]) -> int:
    """Serve on this machine only, until Ctrl+C."""
    with tempfile.TemporaryDirectory() as folder:
        preview = Preview(racine, diffusion, date, Path(folder), dire)
        seen = etat_des_fichiers(racine)
        dire("Première construction…")
        preview.refaire()
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, preview))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dire(f"À lire sur http://127.0.0.1:{server.server_port}/ (Ctrl+C pour arrêter)")
        try:
            while True:
                time.sleep(PERIOD)
                now = etat_des_fichiers(racine)
                if now != seen:
                    seen = now
                    preview.refaire()
        except KeyboardInterrupt:
            dire("Arrêté.")
        finally:
            server.shutdown()
            server.server_close()
    return 0
