"""Writes the site into a folder."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment
from msgspec import json

from govmap.atlas import Atlas
from govmap.calls import Action, Call, worded_by
from govmap.dates import as_of as phrase_as_of
from govmap.export.linked import linked_data
from govmap.export.rdf import Resource, base_of, ref, to_jsonld
from govmap.formats.csv import to_csv
from govmap.formats.html import make_templates
from govmap.formats.json import to_json
from govmap.formats.svg import to_inline_svg
from govmap.language import LANGUAGES, _, current, speaking
from govmap.layout import words
from govmap.layout.blocks import WHOLE
from govmap.layout.page import Block, Drawing, Lines, Page, Reference, Sources, Table, Tiles, number, table
from govmap.layout.short import shortened
from govmap.layout.sources import make_sources, source_entries
from govmap.names.folding import fold
from govmap.presentation import Presentation
from govmap.questions import declaration_of
from govmap.questions.cite import cite
from govmap.questions.evidence import Findings
from govmap.records import source_refs
from govmap.shell import as_shell
from govmap.site.contents import CHANGES, HOME, OVERVIEWS, Entry, entries, overviews, shown_countries
from govmap.site.links import Linker, linker
from govmap.site.search import search_script

SCRIPTS = ("site.js", "minisearch.js")
NAMES = (("en", "English"), ("es", "Español"), ("pt", "Português"), ("fr", "Français"))  # of the languages
# The overview that leads to each kind of pages.
SECTIONS = {
    "compare": "compare",
    "country": "countries",
    "group": "mechanisms",
    "mechanism": "mechanisms",
    "source": "sources",
    "theme": "themes",
}
NEEDLESS = re.compile(r"</(?:dd|dt|li|td|th|tr)>\n*")  # end tags that HTML does without
# Attributes that do without quotes.
QUOTED = re.compile(r"(?<= )((?:class|data-heading|id|scope|tabindex)=)\"([\w-]+)\"")
NEEDLESS_IN_STYLES = re.compile(r"(\"[^\"]*\")|/\*.*?\*/|\n *| *([{};,>]) *|(?<=:) +", re.DOTALL)  # but what is quoted
MANY_ROWS = 400  # of a table of an overview, of which the data have the others
MOST_ROWS = 100  # of a table of a page about one thing
SHARED_STYLES = ("content.css", "shapes.css")  # with pages that need no other file


def write_site(atlas: Atlas, path: Path, base_url: str | None = None) -> None:
    """Write the site of *atlas* into the new folder *path*, for the address *base_url* if it has one."""
    if base_url is not None:
        atlas = atlas.published_at(base_url)
    with worded_by(partial(_as_shell, atlas)):
        _write_all(atlas, path)


def _as_shell(atlas: Atlas, action: Action) -> str:
    """Word a call as a shell takes it, as of the date of the site where that is not the date of the dataset.

    What the option for the whole page would show is on the page; the history of one thing is on that of all changes.
    """
    if action == WHOLE:
        return _("below")
    if isinstance(action, Call) and action.command == "history":
        return _(CHANGES)
    if isinstance(action, Call) and atlas.as_of != atlas.context.about.reference_date:
        action = Call(action.command, *action.arguments, **{"as_of": atlas.as_of, **action.options})
    return as_shell(action)


def _write_all(atlas: Atlas, path: Path) -> None:
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
            site = _Site(atlas, pages, linked)
            for entry in pages:
                _write(path / language / f"{entry.path}.html", site.page(entry))
            _write(path / language / f"{HOME}.html", site.home())
    with speaking("en"):
        _write(path / f"{HOME}.html", _Site(atlas, pages, linked).languages())


class _Site:
    """The pages in the language of the answer."""

    def __init__(self, atlas: Atlas, pages: list[Entry], linked: dict[str, Resource]) -> None:
        self._atlas, self._linked, self._address = atlas, linked, (atlas.address or "").rstrip("/")
        self._linker = linker(atlas, pages, current())
        self._templates = make_site_templates(self._linker)
        self._citation = cite(atlas).text
        self._overviews = overviews(atlas)
        self._titles: dict[str, str] = {}  # of the pages that are written

    def page(self, entry: Entry) -> str:
        """Return the page of an *entry*."""
        page = _page(self._atlas, entry)
        self._titles[entry.path] = page.title
        return self._render("entry", entry.path, page=page, entry=entry, linked=self._linked_data(entry))

    def home(self) -> str:
        """Return the first page."""
        atlas = self._atlas
        sizes = (words.countries(len(atlas.seats[mechanism.id])) for mechanism in atlas.covered)
        countries = (atlas.countries[code] for code in shown_countries(atlas))
        ids = {mechanism.id for mechanism in atlas.covered}
        picture = Presentation(_answer(atlas, OVERVIEWS["map"][1])).picture()
        return self._render(
            "home",
            HOME,
            statement=words.term(atlas.context.about.statement or ""),
            mechanisms=list(zip(atlas.covered, sizes, strict=True)),
            others=[mechanism for mechanism in atlas.mechanisms.values() if mechanism.id not in ids],
            countries=sorted(countries, key=lambda country: fold(country.name)),
            titles=self._titles,
            picture=picture,
        )

    def languages(self) -> str:
        """Return the page that leads to the languages."""
        titles = {}
        for language in LANGUAGES:
            with speaking(language):
                titles[language] = words.term(self._atlas.context.about.title)
        return self._render("languages", HOME, titles=titles)

    def _render(self, template: str, path: str, **values: Any) -> str:
        folder = "" if template == "languages" else f"{current()}/"
        here = self._linker.here = f"{folder}{path}.html"
        text = self._templates.get_template(f"{template}.html.j2").render(
            lang=current(),
            names=NAMES,
            path=path,
            here=here,
            root="../" * here.count("/") or "./",
            address=self._address,
            overviews=self._overviews,
            section=path if path in OVERVIEWS else SECTIONS.get(path.partition("/")[0], ""),
            licence=self._atlas.context.about.licence,
            citation=self._citation,
            as_of=phrase_as_of(self._atlas.as_of),
            title=words.term(self._atlas.context.about.title),
            **values,
        )
        # No attribute stands in single quotes.
        return QUOTED.sub(r"\1\2", NEEDLESS.sub("", text)).replace("&#39;", "'")

    def _linked_data(self, entry: Entry) -> str:
        """Return what is said of the subject of a page as JSON-LD; nothing where it has none."""
        kind = entry.path.partition("/")[0]
        resource = self._linked.get(f"{kind}:{entry.about}")
        if resource is None:
            return ""
        if self._address:
            page = ref(f"{self._address}/{current()}/{entry.path}.html")
            resource = resource._replace(properties={**resource.properties, "schema:mainEntityOfPage": [page]})
        record = to_jsonld([resource], base_of(self._atlas.dataset, self._atlas.address))
        return json.encode(record).decode().replace("<", "\\u003c")


def _answer(atlas: Atlas, entry: Entry) -> Any:
    return declaration_of(entry.question).ask(atlas, entry.values)


def _page(atlas: Atlas, entry: Entry) -> Page:
    """Return the page in full, with pictures of its own before the rest.

    What keeps it from an answer, if anything does, comes first. Lists are short, for they lead to pages on each. The
    sources stand on the page of one thing, not on an overview; what rests on a source has only that one.
    """
    source = atlas.sources.get(entry.about) if entry.question == "evidence" else None
    has_sources = bool(entry.about) and source is None
    full = entry.question != "list"
    presentation = Presentation(_answer(atlas, entry), sources=has_sources, full=full, sources_in_full=False)
    page = presentation.page()
    failure = presentation.failure
    first: tuple[Block, ...] = () if failure is None else (Lines("", (f"{failure.message}.",)),)
    is_drawn = any(isinstance(block, Drawing) for block in page.blocks)
    picture = None if entry.about or is_drawn else presentation.picture()
    if picture is not None:
        first = (*first, Drawing("", picture, Tiles(())))
    blocks = [*first, *(block for block in page.blocks if not isinstance(block, Sources))]
    if source is not None:
        blocks = [_counts(presentation.answer) if _is_long(block) else block for block in blocks]
        blocks.append(make_sources(map(Reference, source_refs(atlas, [source.id]))))
    elif has_sources:
        blocks += [block for block in page.blocks if isinstance(block, Sources)]
    most = MOST_ROWS if entry.about else MANY_ROWS
    return shortened(Page(page.title, page.subtitle, tuple(blocks), page.dated), most, most)


def _is_long(block: Block) -> bool:
    return isinstance(block, Table) and len(block.rows) > MOST_ROWS


def _counts(findings: Findings) -> Table:
    """Return how many facts on each mechanism rest on a source; its page and the data have them one by one."""
    counts = Counter(", ".join(fact.mechanisms) for fact in findings.facts)
    title = _("Facts by mechanism; each is on the page of its mechanism, and all are in the data below")
    return table(title, (_("In"), number(_("Facts"))), [(ids or "–", n) for ids, n in counts.most_common()])


def make_site_templates(links: Linker) -> Environment:
    """Return the templates of the site, in which texts and pictures are linked by *links*."""
    templates = make_templates("govmap.site")
    templates.filters.update(
        inline_svg=lambda picture: to_inline_svg(picture, links.address),
        source_entries=lambda sources: source_entries(sources.references, _usual_day(sources)),
        text=links.text,
    )
    templates.globals["is_link"] = lambda address: (address or "").startswith(("https://", "http://"))
    return templates


def _usual_day(sources: Sources) -> str:
    """Return the day on which most of *sources* were looked up, which need not be said of each."""
    days = Counter(reference.source.looked_up for reference in sources.references)
    return max(days, key=lambda day: (days[day], day))


def _write_assets(atlas: Atlas, path: Path) -> None:
    own, shared = files("govmap.site").joinpath("assets"), files("govmap.formats").joinpath("templates")
    styles = [*(shared.joinpath(name) for name in SHARED_STYLES), own.joinpath("site.css")]
    css = "".join(style.read_text(encoding="utf-8") for style in styles)
    _write(path / "assets" / "site.css", NEEDLESS_IN_STYLES.sub(lambda found: found[1] or found[2] or "", css))
    for name in SCRIPTS:
        _write(path / "assets" / name, own.joinpath(name).read_text(encoding="utf-8"))
    _write(path / "assets" / "pages.js", search_script(atlas))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
