"""A real Chromium and a folder served on this machine, for the tests that look at a site as a person does."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MANQUE = None if CHROMIUM and find_spec("playwright") else "needs Chromium and playwright"

MARQUES = [
    pytest.mark.navigateur,
    pytest.mark.skipif(MANQUE is not None and not os.environ.get("SMDE_CI"), reason=MANQUE or ""),
]
"""What a test file that needs a browser puts in its `pytestmark`."""


class _Serveur(SimpleHTTPRequestHandler):
    entetes: tuple[tuple[str, str], ...] = ()

    def end_headers(self) -> None:
        for name, value in self.entetes:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def servi(folder: Path, **entetes: str) -> Iterator[str]:
    """The address, without its last slash, of a folder served with these headers (underscores stand for hyphens)."""
    headers = tuple((name.replace("_", "-"), value) for name, value in entetes.items())
    handler = type("Serveur", (_Serveur,), {"entetes": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def lance() -> Iterator[Any]:
    """A browser; what is missing on this machine as an AssertionError."""
    assert MANQUE is None, MANQUE
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def page(context: Any) -> Any:
    """A page whose complaints and requests are kept, in `plaintes` and `demandes`."""
    made = context.new_page()
    made.plaintes, made.demandes = [], []
    made.on("console", lambda m: m.type in ("error", "warning") and made.plaintes.append(m.text))
    made.on("pageerror", lambda error: made.plaintes.append(str(error)))
    made.on("dialog", lambda dialog: (made.plaintes.append("dialogue"), dialog.dismiss()))
    made.on("request", lambda request: made.demandes.append(request.url))
    return made


def violations(made: Any) -> list[str]:
    """What axe-core finds on a page, by rule."""
    script = Path(str(find_spec("axe_playwright_python").submodule_search_locations[0]), "axe.min.js")  # type: ignore[union-attr, index]
    made.evaluate(script.read_text(encoding="utf-8"))
    found = made.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{rule['id']} : {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]
