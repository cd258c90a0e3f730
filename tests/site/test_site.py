"""The web site: its pages, links, twins and scripts, read from the folder and, where there is one, in a browser."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import Call

import govmap
from govmap.formats.schema import json_schema
from govmap.language import LANGUAGES
from govmap.questions import declaration_of
from govmap.site.contents import entries

CHROMIUM = shutil.which("chromium")
HEAVIEST = 60_000  # bytes of a page with its styles


class Addresses(HTMLParser):
    """Collects the addresses in a page, the ids in it, and whatever would break its policy of content."""

    def __init__(self, text: str) -> None:
        """Read *text*."""
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what an element refers to."""
        for name, value in attrs:
            if name in ("href", "src") and value and tag != "base":
                self.addresses.append(value)
            if name == "id" and value:
                self.ids.append(value)
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")


@pytest.fixture(name="site", scope="module")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled data."""
    path = tmp_path_factory.mktemp("site") / "site"
    govmap.load().export("site", path)
    return path


def pages(site: Path) -> Iterator[tuple[Path, Addresses]]:
    """Yield each page with what it refers to."""
    for page in sorted(site.rglob("*.html")):
        yield page, Addresses(page.read_text(encoding="utf-8"))


def test_there_is_a_page_a_language_for_every_entry(site: Path) -> None:
    paths = [entry.path for entry in entries(govmap.load())]
    assert len(paths) == len(set(paths))
    for language in LANGUAGES:
        for path in paths:
            text = (site / language / f"{path}.html").read_text(encoding="utf-8")
            assert f'<html lang="{language}">' in text
            assert text.count("<h1>") == 1


def test_no_link_is_dead_and_nothing_is_asked_of_another_site(site: Path) -> None:
    known = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    dead = set()
    for page, found in pages(site):
        for address in found.addresses:
            if not re.match(r"https?:", address) and address.partition("#")[0] not in known:
                dead.add((page.relative_to(site).as_posix(), address))
        assert len(found.ids) == len(set(found.ids)), page
        assert not found.forbidden, page
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]*)"', text)
        assert all(not address.startswith(("http", "//")) for address in loaded)
    assert not dead


def test_the_twin_of_a_page_is_valid_and_its_table_is_whole(site: Path) -> None:
    for entry in entries(govmap.load()):
        record = json.loads((site / "data" / f"{entry.path}.json").read_text(encoding="utf-8"))
        schemas = [json_schema(shape.name) for shape in declaration_of(entry.question).shapes]
        records = record if isinstance(record, list) else [record]
        assert any(
            all(
                Draft202012Validator(schema).is_valid(each)
                for each in (records if schema.get("type") != "array" else [record])
            )
            for schema in schemas
        ), entry.path
        with (site / "data" / f"{entry.path}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        assert {len(row) for row in rows} <= {len(header)}


def test_ids_and_names_are_links(site: Path) -> None:
    text = (site / "en" / "country" / "PER.html").read_text(encoding="utf-8")
    assert '<a href="en/mechanism/CAM.html">CAM</a>' in text
    assert '<a href="en/country/PER.html">' not in text.partition("<main")[2].partition("</main>")[0]
    assert 'hreflang="es" href="es/country/PER.html"' in text
    assert "@context" in json.loads(re.findall(r'application/ld\+json">(.*?)</script>', text)[0])


def test_a_page_is_light(site: Path) -> None:
    style = (site / "assets" / "site.css").stat().st_size
    heavy = {
        page.relative_to(site).as_posix(): size
        for page in (site / "en").rglob("*.html")
        if (size := page.stat().st_size + style) > HEAVIEST
    }
    # The source of the whole dataset has each fact that rests on it.
    assert set(heavy) <= {"en/changes.html", "en/sources.html", "en/gaps.html", "en/source/oas-note-2023.html"}, heavy


def test_the_same_data_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    govmap.load().export("site", tmp_path / "again")
    for path in (tmp_path / "again").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (site / path.relative_to(tmp_path / "again")).read_bytes()


def test_text_of_data_is_never_markup(tmp_path: Path, call: Call) -> None:
    hostile = Path(__file__).parents[1] / "data" / "hostile.yaml"
    if not hostile.exists():
        pytest.skip("no dataset of hostile texts")
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copytree(Path(__file__).parents[1] / "data" / "invented", folder, dirs_exist_ok=True)
    file = folder / "mechanisms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Alpha", "<script>alert(1)</script>"), encoding="utf-8")
    answer = call("export", "site", str(tmp_path / "out"), "--data", str(folder))
    assert answer.code == 0, answer.err
    for page in (tmp_path / "out").rglob("*.html"):
        assert "<script>alert" not in page.read_text(encoding="utf-8")
    assert "<script>" not in (tmp_path / "out" / "assets" / "pages.js").read_text(encoding="utf-8")


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    flags = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*flags, "--no-first-run"])
        yield browser
        browser.close()


@pytest.mark.skipif(os.environ.get("GOVMAP_BROWSER") is None, reason="a recipe of its own: just browser")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_finds_switches_compares_and_goes_back(site: Path, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto((site / "es" / "index.html").as_uri())
    for typed, found in (
        ("trata", "trata de personas"),
        ("Peru", "Perú"),
        ("refugees", "refugiad"),
        ("guatmala", "Guatemala"),
    ):
        page.fill("#search", typed)
        page.wait_for_selector("#found li")
        assert found in page.inner_text("#found")
    page.press("#search", "Enter")
    page.wait_for_url("**/es/country/GTM.html")
    page.click('nav.languages a[hreflang="fr"]')
    page.wait_for_url("**/fr/country/GTM.html")
    page.go_back()
    page.wait_for_url("**/es/country/GTM.html")
    page.goto((site / "en" / "compare.html").as_uri())
    page.select_option("select[name=left]", "country/PER")
    page.select_option("select[name=right]", "country/CHL")
    assert "In both (6)" in page.inner_text("#composed")
    for overview in ("map", "matrix"):
        page.goto((site / "en" / f"{overview}.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("svg a").first.click()
        page.wait_for_load_state()
        assert page.url.endswith(".html") and overview not in page.url
    assert messages == []


@pytest.mark.skipif(os.environ.get("GOVMAP_BROWSER") is None, reason="a recipe of its own: just browser")
def test_it_is_read_without_scripts(site: Path, browser: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((site / "en" / "country" / "PER.html").as_uri())
    assert "CAM" in page.inner_text("main")
    assert not page.is_visible(".search")
