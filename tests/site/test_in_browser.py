"""The web site in a browser, Debian's Chromium driven by Playwright: `just browser` runs this, and brings axe-core."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import govmap

pytestmark = pytest.mark.skipif(os.environ.get("GOVMAP_BROWSER") is None, reason="a recipe of its own: just browser")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(os.environ.get("GOVMAP_AXE", "axe.min.js"))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")
WIDTHS = (390, 1280)
PAGES = (
    *(
        "index",
        "en/index",
        "en/mechanisms",
        "pt/countries",
        "en/themes",
        "es/compare",
        "en/matrix",
        "fr/map",
        "en/links",
    ),
    *("en/gaps", "en/changes", "en/sources", "en/cite", "es/country/PER", "en/mechanism/QUITO", "pt/theme/asylum"),
    *("en/group/LAD-8", "en/source/oas-note-2023", "fr/compare/MIRPS-RCM"),
)
# In each language what is typed, with slips and without accents, and what is found.
TYPED = {
    "en": (("refugees", "refugee"), ("human traficking", "trafficking in persons"), ("guatmala", "Guatemala")),
    "es": (("trata", "trata de personas"), ("Peru", "Perú"), ("refugees", "refugiad"), ("Mexco", "México")),
    "pt": (("trafico de pessoas", "tráfico de pessoas"), ("refujiados", "refugiad"), ("Brasl", "Brasil")),
    "fr": (("traite", "traite"), ("refugié", "réfugié"), ("Equateur", "Équateur"), ("Perou", "Pérou")),
}


@pytest.fixture(name="site", scope="module")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled data, in a folder of another."""
    path = tmp_path_factory.mktemp("served") / "some" / "where"
    path.parent.mkdir()
    govmap.load().export("site", path)
    return path


@pytest.fixture(name="below", scope="module")
def _below(site: Path) -> Iterator[str]:
    """The address of the site below a path of a server."""
    handler = partial(QuietHandler, directory=site.parents[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/where"
    server.shutdown()
    server.server_close()


class QuietHandler(SimpleHTTPRequestHandler):
    """A server of files that logs nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is overridden
        """Say nothing."""


@pytest.fixture(name="start", params=["file", "server"])
def _start(request: pytest.FixtureRequest, site: Path, below: str) -> str:
    """The address of the site as a folder, and below a path of a server."""
    return site.as_uri() if request.param == "file" else below


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(name="page", params=WIDTHS)
def _page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page of either width, which fails the test where the console or another site hears anything."""
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda sent: troubles.append(sent.url))
    local = ("file:", "data:", "http://127.0.0.1:")
    page.on("request", lambda sent: None if sent.url.startswith(local) else troubles.append(sent.url))
    yield page
    page.context.close()
    assert troubles == []


def test_a_reader_finds_what_they_type_with_slips_in_four_languages(page: Any, start: str) -> None:
    for language, typed in TYPED.items():
        page.goto(f"{start}/{language}/index.html")
        loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
        assert not any("pages.js" in name for name in loaded), "the index is loaded when it is first used"
        for text, found in typed:
            page.fill("#search", text)
            page.wait_for_function("text => document.querySelector('#found').innerText.includes(text)", arg=found)
    page.fill("#search", "qqqqqq")
    page.wait_for_selector("#found:has-text('Aucun résultat')")
    page.fill("#search", "guatmala")
    page.wait_for_selector("#found:has-text('Guatemala')")
    page.press("#search", "Enter")
    page.wait_for_url("**/fr/country/GTM.html")


def test_a_reader_changes_the_language_and_goes_back_and_forward(page: Any, start: str) -> None:
    page.goto(f"{start}/index.html")
    page.click("main >> text=Español")
    page.wait_for_url("**/es/index.html")
    page.click(".columns >> text=Perú")
    page.wait_for_url("**/es/country/PER.html")
    page.click('nav.languages a[hreflang="fr"]')
    page.wait_for_url("**/fr/country/PER.html")
    assert "Pérou" in page.inner_text("h1")
    page.go_back()
    page.wait_for_url("**/es/country/PER.html")
    page.go_back()
    page.wait_for_url("**/es/index.html")
    page.go_forward()
    page.wait_for_url("**/es/country/PER.html")


def test_two_are_compared_in_the_browser_under_an_address_of_their_own(page: Any, start: str) -> None:
    page.goto(f"{start}/en/compare.html")
    page.wait_for_selector("#composed:has-text('Only Committee on Migration Issues')")
    page.select_option("select[name=left]", "country/PER")
    page.select_option("select[name=right]", "country/CHL")
    assert "In both (6)" in page.inner_text("#composed")
    assert page.url.endswith("#country/PER,country/CHL")
    page.goto(f"{start}/en/compare.html#mechanism/RCM,mechanism/MIRPS")
    page.reload()
    page.wait_for_selector("#composed:has-text('In both (7)')")
    assert "Only Regional Conference on Migration (4)" in page.inner_text("#composed")
    page.click("#composed >> text=Costa Rica")
    page.wait_for_url("**/en/country/CRI.html")
    page.go_back()
    page.wait_for_selector("#composed:has-text('In both (7)')")


def test_the_map_and_the_matrix_are_pointed_at_and_clicked(page: Any, start: str) -> None:
    page.goto(f"{start}/es/map.html")
    tile = page.locator('svg a[href="es/country/PER.html"]')
    tile.hover()
    assert tile.locator("title").text_content() == "Perú: CAM, LAD, QUITO, R4V, RIAM, SACM"
    tile.click()
    page.wait_for_url("**/es/country/PER.html")
    page.goto(f"{start}/en/matrix.html")
    assert "United States, LAD: endorser" in page.locator("svg g title").all_text_contents()
    page.locator("svg a", has_text="QUITO").click()
    page.wait_for_url("**/en/mechanism/QUITO.html")


def test_no_page_is_wider_than_the_screen(page: Any, start: str) -> None:
    for name in PAGES:
        page.goto(f"{start}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], name


def test_it_is_read_without_scripts(browser: Any, start: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{start}/en/country/PER.html")
    assert "CAM" in page.inner_text("main")
    assert not page.is_visible(".search")
    page.goto(f"{start}/en/compare.html")
    assert not page.is_visible("#compose")
    page.click("main >> text=QUITO, R4V")
    page.wait_for_url("**/en/compare/QUITO-R4V.html")


def test_the_keyboard_reaches_the_content_and_what_is_found(page: Any, start: str) -> None:
    page.goto(f"{start}/en/country/PER.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.fill("#search", "Chile")
    page.wait_for_selector("#found li[aria-selected=true]")
    page.press("#search", "ArrowDown")
    page.press("#search", "ArrowUp")
    page.press("#search", "Escape")
    assert page.is_hidden("#found")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious(browser: Any, site: Path, width: int, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: `just browser` fetches it")
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    found = []
    for name in PAGES:
        page.goto(site.joinpath(f"{name}.html").as_uri())
        if name.endswith("compare"):
            page.wait_for_selector("#composed a")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        found += [
            (name, each["id"], each["nodes"][0]["html"])
            for each in violations
            if each["impact"] in ("serious", "critical")
        ]
    assert found == []
