"""Writes the site into a folder."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from msgspec import json

from govmap.atlas import Atlas
from govmap.dates import as_of as phrase_as_of
from govmap.export.linked import linked_data
from govmap.export.rdf import Resource, prefixes, to_jsonld
from govmap.formats.csv import to_csv
from govmap.formats.html import make_templates
from govmap.formats.json import to_json
from govmap.formats.svg import to_inline_svg
from govmap.language import LANGUAGES, current, speaking
from govmap.layout.page import Block, Drawing, Lines, Page, Tiles
from govmap.layout.picture import Picture
from govmap.presentation import Presentation
from govmap.questions import declaration_of
from govmap.questions.cite import cite
from govmap.site.contents import HOME, OVERVIEWS, Entry, entries
from govmap.site.links import Linker, linker
from govmap.site.search import search_script

SCRIPTS = ("site.js", "minisearch.js")
SHARED_STYLES = ("content.css", "shapes.css")  # with pages that need no other file
_LABEL = re.compile(r"(<text [^>]*>)([^<]+)(</text>)")


def write_site(atlas: Atlas, path: Path, base_url: str = "") -> None:
    """Write the site of *atlas* into the new folder *path*, for the address *base_url* if it has one."""
    pages = list(entries(atlas))
    path.mkdir()
    _write_assets(atlas, path)
    for entry in pages:
        presentation = Presentation(_answer(atlas, entry), sources=True)
        _write(path / "data" / f"{entry.path}.json", to_json(presentation.record()))
        _write(path / "data" / f"{entry.path}.csv", to_csv(presentation.rows()))
    linked = {resource.iri: resource for resource in linked_data(atlas)}
    for language in LANGUAGES:
        with speaking(language):
            site = _Site(atlas, pages, linked, base_url)
            for entry in pages:
                _write(path / language / f"{entry.path}.html", site.page(entry))
            _write(path / language / f"{HOME}.html", site.home())
    with speaking("en"):
        _write(path / f"{HOME}.html", _Site(atlas, pages, linked, base_url).languages())


class _Site:
    """The pages in the language of the answer."""

    def __init__(self, atlas: Atlas, pages: list[Entry], linked: dict[str, Resource], base_url: str) -> None:
        self._atlas, self._linked, self._base_url = atlas, linked, base_url.rstrip("/")
        self._linker = linker(atlas, pages, current())
        self._templates = make_site_templates(self._linker)
        self._citation = cite(atlas).text

    def page(self, entry: Entry) -> str:
        """Return the page of an *entry*."""
        self._linker.here = f"{current()}/{entry.path}.html"
        page = _page(self._atlas, entry)
        return self._render("entry", entry.path, page=page, entry=entry, linked=self._linked_data(entry))

    def home(self) -> str:
        """Return the first page."""
        self._linker.here = f"{current()}/{HOME}.html"
        about = self._atlas.context.about
        return self._render("home", HOME, about=about, mechanisms=list(self._atlas.mechanisms.values()))

    def languages(self) -> str:
        """Return the page that leads to the languages."""
        return self._render("languages", HOME)

    def _render(self, template: str, path: str, **values: Any) -> str:
        depth = path.count("/") + (template != "languages")
        return self._templates.get_template(f"{template}.html.j2").render(
            lang=current(),
            languages=LANGUAGES,
            path=path,
            root="../" * depth or "./",
            base_url=self._base_url,
            overviews=OVERVIEWS,
            citation=self._citation,
            as_of=phrase_as_of(self._atlas.as_of),
            title=self._atlas.context.about.title,
            **values,
        )

    def _linked_data(self, entry: Entry) -> str:
        """Return what is said of the subject of a page as JSON-LD; nothing where it has none."""
        kind = entry.path.partition("/")[0]
        resource = self._linked.get(f"{kind}:{entry.about}")
        if resource is None:
            return ""
        record = to_jsonld([resource], prefixes(self._atlas.dataset))
        return json.encode(record).decode().replace("<", "\\u003c")


def _answer(atlas: Atlas, entry: Entry) -> Any:
    return declaration_of(entry.question).ask(atlas, entry.values)


def _page(atlas: Atlas, entry: Entry) -> Page:
    """Return the page with pictures of its own before the rest, and what keeps it from an answer, if anything does."""
    of_one = bool(entry.about)  # an overview leads to the pages that have the sources
    presentation = Presentation(_answer(atlas, entry), sources=of_one, full=of_one and entry.question != "country")
    page = presentation.page()
    failure = presentation.failure
    first: tuple[Block, ...] = () if failure is None else (Lines("", (f"{failure.message}.",)),)
    picture = None if of_one or _draws(page) else presentation.picture()
    if picture is not None:
        first = (*first, Drawing("", picture, Tiles(())))
    # A map of tiles is drawn here.
    blocks = (*first, *(block for block in page.blocks if not isinstance(block, Tiles)))
    return Page(page.title, page.subtitle, blocks, page.dated)


def _draws(page: Page) -> bool:
    return any(isinstance(block, Drawing) for block in page.blocks)


def make_site_templates(links: Linker) -> Environment:
    """Return the templates of the site, in which texts are linked by *links*."""

    def inline_svg(picture: Picture) -> str:
        def linked(match: re.Match[str]) -> str:
            address = links.address(match[2])
            return f'<a href="{address}">{match[0]}</a>' if address else match[0]

        return _LABEL.sub(linked, to_inline_svg(picture))

    templates = make_templates("govmap.site")
    templates.filters.update(text=links.text, inline_svg=inline_svg)
    return templates


def _write_assets(atlas: Atlas, path: Path) -> None:
    own, shared = files("govmap.site").joinpath("assets"), files("govmap.formats").joinpath("templates")
    styles = [*(shared.joinpath(name) for name in SHARED_STYLES), own.joinpath("site.css")]
    _write(path / "assets" / "site.css", "".join(style.read_text(encoding="utf-8") for style in styles))
    for name in SCRIPTS:
        _write(path / "assets" / name, own.joinpath(name).read_text(encoding="utf-8"))
    _write(path / "assets" / "pages.js", search_script(atlas))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
