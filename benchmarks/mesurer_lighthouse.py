"""Lighthouse on the site of the dossier: home, a fiche action, the roles. Needs Chromium, npm and an idle machine.

`python benchmarks/mesurer_lighthouse.py [--essais 3] [--cpu 4]` prints, for each page and category, the best score of
the runs, 0 to 100, and gives 1 when one is under 95. On a machine busy with other work, `--cpu 1` lets that work stand
for the slow processor Lighthouse would simulate. The pages are served compressed, as a host does. Lighthouse, pinned
here, is installed by npm in a temporary folder and is no part of the project: it weighs 185 MB, which is why continuous
integration checks weights, requests, descriptions and axe instead (`tests/test_budgets.py`, `test_accessibilite.py`).
"""

import argparse
import gzip
import json
import mimetypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.controler_accessibilite import batir
from tests.navigateur import CHROMIUM

LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SEUIL = 95


class Compresse(BaseHTTPRequestHandler):
    """Files of a folder, compressed; any other path is the page « introuvable »."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)

    def do_GET(self) -> None:
        file = self.folder / self.path.partition("?")[0].lstrip("/")
        known = file.is_file() and file.resolve().is_relative_to(self.folder.resolve())
        file = file if known else self.folder / "404.html"
        data, kind = file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        if file.suffix != ".woff2":
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def servi_compresse(folder: Path) -> Iterator[str]:
    """The address of a folder served as a host does, to this machine only."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compresse, folder=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def pages(site: Path) -> tuple[str, str, str]:
    """Home, the first fiche action, the roles."""
    actions = sorted(file.name for file in (site / "actions").glob("*.html") if file.name != "index.html")
    return "index.html", f"actions/{actions[0]}", "acteurs/index.html"


def scores(report: str) -> dict[str, int]:
    """The scores of a report, by category, out of 100."""
    categories = json.loads(report)["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}


def mesurer(folder: Path, address: str, cpu: int) -> dict[str, int]:
    """One run of Lighthouse on one page."""
    report = folder / "rapport.json"
    command = [
        *(str(folder / "node_modules" / ".bin" / "lighthouse"), address, "--quiet", "--output=json"),
        *(f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}"),
        *(f"--throttling.cpuSlowdownMultiplier={cpu}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"),
    ]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, check=True, timeout=240, capture_output=True, env=environment)
    return scores(report.read_text(encoding="utf-8"))


def main() -> int:
    """Install, build, measure, say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--essais", type=int, default=3, help="runs of which the best is kept")
    parser.add_argument("--cpu", type=int, default=4, help="slowdown Lighthouse simulates; 4 is its own choice")
    chosen = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory(prefix="smde-") as name:
        folder, site = Path(name), Path(name, "site")
        batir(Path(__file__).resolve().parents[1], site)
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), LIGHTHOUSE]
        subprocess.run(install, check=True, timeout=600, capture_output=True)
        with servi_compresse(site) as address:
            for page in pages(site):
                runs = [mesurer(folder, f"{address}/{page}", chosen.cpu) for _ in range(chosen.essais)]
                best = {name: max(run[name] for run in runs) for name in CATEGORIES}
                print(f"{page} : " + ", ".join(f"{name} {score}" for name, score in best.items()), flush=True)
                kept = kept and min(best.values()) >= SEUIL
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
