"""The web site: its pages, links, twins and scripts, read from the folder."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import Call
from tests.made import atlas_of, mechanism

import govmap
from govmap.formats.schema import json_schema
from govmap.language import LANGUAGES
from govmap.questions import declaration_of
from govmap.site.contents import entries

ADDRESS = "https://example.org/atlas/"
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
            if not re.match(r"https?:|data:,$", address) and address.partition("#")[0] not in known:
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


def test_the_title_of_a_source_is_a_link_in_its_own_language(site: Path) -> None:
    text = (site / "en" / "source" / "25horas-riam-2021.html").read_text(encoding="utf-8")
    source = govmap.load().sources["25horas-riam-2021"]
    assert f'<a href="{source.url}" lang="es">{source.title}' in text
    assert f'<a href="{source.url}">{source.title}' in (site / "es" / "source" / "25horas-riam-2021.html").read_text(
        encoding="utf-8"
    )


def test_ids_and_names_are_links(site: Path) -> None:
    text = (site / "en" / "country" / "PER.html").read_text(encoding="utf-8")
    assert '<a href="en/mechanism/CAM.html">CAM</a>' in text
    assert '<a href="en/theme/hiv-aids.html">HIV/AIDS</a>' in text
    assert "<td>Human Trafficking<" in text.replace(" data-heading=Group", ""), "the name of groups of two mechanisms"
    assert '<a href="en/country/PER.html">' not in text.partition("<main")[2].partition("</main>")[0]
    assert 'hreflang="es" href="es/country/PER.html"' in text
    assert "@context" in json.loads(re.findall(r'application/ld\+json">(.*?)</script>', text)[0])


def test_the_page_of_a_mechanism_leads_to_its_groups_and_to_what_changed_since(site: Path) -> None:
    text = (site / "en" / "mechanism" / "RCM.html").read_text(encoding="utf-8")
    assert '2 <a href="en/group/RCM-2.html">Protection</a>' in text, "which is a group of R4V too"
    text = (site / "en" / "mechanism" / "MIRPS.html").read_text(encoding="utf-8")
    assert '<a href="en/changes.html">Changes</a>)' in text
    assert "govmap history" not in text


def test_a_page_is_light(site: Path) -> None:
    style = (site / "assets" / "site.css").stat().st_size
    sizes = {page.relative_to(site).as_posix(): page.stat().st_size + style for page in site.rglob("*.html")}
    assert {page: size for page, size in sizes.items() if size > HEAVIEST} == {}


def test_overviews_are_full_and_what_rests_on_the_main_source_is_counted(site: Path) -> None:
    changes = (site / "en" / "changes.html").read_text(encoding="utf-8")
    assert changes.count("<tr>") - 1 == len(govmap.history(govmap.load()).entries)
    source = (site / "en" / "source" / "oas-note-2023.html").read_text(encoding="utf-8")
    facts = govmap.evidence(govmap.load(), "oas-note-2023").facts
    count = sum(fact.mechanisms == ("RCM",) for fact in facts)
    assert re.search(rf"RCM</a><td class=number>{count}\b", source)


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as of another date, for an address."""
    path = tmp_path_factory.mktemp("published") / "site"
    govmap.load(as_of="2024-06").export("site", path, base_url=ADDRESS)
    return path


@pytest.mark.weekly
def test_calls_are_printed_as_a_shell_takes_them_and_the_page_that_is_whole_names_none(published: Path) -> None:
    text = (published / "en" / "country" / "CRI.html").read_text(encoding="utf-8")
    assert 'govmap brief "Costa Rica" --as-of 2024-06' in unescape(text)
    for page in (published / "en").rglob("*.html"):
        assert not re.search(r"--full|(?<!govmap )(?:history|brief|gaps|compare|evidence)\(", page.read_text("utf-8"))


@pytest.mark.weekly
def test_the_address_stands_in_the_links_of_a_page_its_linked_data_and_the_citation(published: Path) -> None:
    text = (published / "es" / "mechanism" / "RCM.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}es/mechanism/RCM.html">' in text
    assert f'hreflang="fr" href="{ADDRESS}fr/mechanism/RCM.html"' in text
    linked = json.loads(re.findall(r'application/ld\+json">(.*?)</script>', text)[0])
    assert linked["@context"]["mechanism"] == f"{ADDRESS}mechanism/"
    assert linked["@graph"][0]["schema:mainEntityOfPage"] == f"{ADDRESS}es/mechanism/RCM.html"
    record = json.loads((published / "data" / "cite.json").read_text(encoding="utf-8"))
    assert record["entries"][0]["url"] == ADDRESS
    assert ADDRESS in text.partition("<footer>")[2]
    assert "http" not in govmap.cite(govmap.load()).text, "the dataset itself has no address"


def test_the_home_page_leads_to_each_mechanism_country_and_body(site: Path) -> None:
    atlas = govmap.load()
    addresses = Addresses((site / "fr" / "index.html").read_text(encoding="utf-8")).addresses
    for id_ in atlas.mechanisms:
        assert f"fr/mechanism/{id_}.html" in addresses
    for code in atlas.universe:
        assert f"fr/country/{code}.html" in addresses
    statement = atlas.context.about.statement or ""
    assert statement[:30] not in (site / "fr" / "index.html").read_text(encoding="utf-8")


@pytest.mark.weekly
def test_the_same_data_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    govmap.load().export("site", tmp_path / "again")
    for path in (tmp_path / "again").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (site / path.relative_to(tmp_path / "again")).read_bytes()


def test_of_many_mechanisms_no_page_is_made_of_all_pairs(tmp_path: Path) -> None:
    atlas = atlas_of(govmap.load(), *(mechanism(f"M{n:02}", "ARG COG") for n in range(41)))
    paths = {entry.path for entry in entries(atlas)}
    assert {"mechanism/M40", "country/ARG", "compare", "map"} <= paths
    assert not paths & {"matrix", "links", "compare/M00-M01"}
    atlas.export("site", tmp_path / "site")
    text = (tmp_path / "site" / "es" / "compare.html").read_text(encoding="utf-8")
    assert text.count("<tr>") == 101, "the heading, and the most similar of 820 pairs"
    assert "matrix.html" not in text
    assert (tmp_path / "site" / "es" / "country" / "COG.html").exists(), "Congo is the name of two countries"


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
