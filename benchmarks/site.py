"""Measure the web site: how heavy its pages are, and how soon one is read on a slow phone, `python -m benchmarks.site`.

The slow phone is Lighthouse's: 1.6 Mbit/s with 150 ms of delay, and a processor four times slower than this one. It
takes Playwright and Chromium.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import govmap

PAGES = ("es/index.html", "es/country/PER.html", "en/matrix.html", "en/theme/asylum.html")
RUNS = 5
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


class QuietHandler(SimpleHTTPRequestHandler):
    """A server of files that logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is overridden
        """Say nothing."""


def sizes(site: Path) -> str:
    """Return how much the pages weigh with their styles, as they are and as servers send them."""
    style = (site / "assets" / "site.css").read_bytes()
    pages = [page.read_bytes() for page in site.rglob("*.html")]
    plain = [len(page) + len(style) for page in pages]
    packed = [len(gzip.compress(page)) + len(gzip.compress(style)) for page in pages]
    lines = [
        f"{len(pages)} pages",
        f"with the styles: {_median_and_most(plain)}",
        f"as servers send them (gzip): {_median_and_most(packed)}",
    ]
    index = sum(len((site / "assets" / name).read_bytes()) for name in ("pages.js", "minisearch.js"))
    lines.append(f"search, when it is first used: {index / 1000:.0f} kB")
    return "\n".join(lines)


def _median_and_most(counts: list[int]) -> str:
    return f"median {statistics.median(counts) / 1000:.0f} kB, most {max(counts) / 1000:.0f} kB"


def read_on_a_phone(browser: Any, address: str) -> tuple[int, float]:
    """Return how many requests a page makes, and after how many seconds something of it is read."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda sent: None if sent.url.startswith("data:") else requests.append(sent.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    painted = page.evaluate(PAINTED) / 1000
    context.close()
    return len(requests), painted


def main() -> None:
    """Print the measures."""
    from playwright.sync_api import sync_playwright  # the sizes need none

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        site = Path(folder) / "site"
        govmap.load().export("site", site)
        print(sizes(site))
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in PAGES:
            address = f"http://127.0.0.1:{server.server_address[1]}/{name}"
            runs = [read_on_a_phone(browser, address) for _run in range(RUNS)]
            seconds = statistics.median(painted for _count, painted in runs)
            print(f"{name}: {runs[0][0]} requests, read after {seconds:.1f} s")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
