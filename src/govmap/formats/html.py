"""Renders a page as one HTML file that needs no other: readable by screen readers, in the dark and on paper.

The markup and the styles are in `templates`. They escape every value; the only exceptions are CSS and SVG of ours.
"""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec.structs import replace

from govmap.formats.svg import to_inline_svg
from govmap.formats.text import plain, split_addresses
from govmap.language import _, current
from govmap.layout.page import Block, Column, Lines, Page, Sources
from govmap.layout.sources import source_lines
from govmap.records import SourceRef
from govmap.texts import quoted

SHORT = 12  # letters of a cell


def to_html(page: Page) -> str:
    """Return *page* as a whole HTML document, to be encoded in UTF-8."""
    template = load_templates().get_template("page.html.j2")
    return template.render(page=page, lang=current())


@cache
def load_templates() -> Environment:
    """Return the templates of this package, with the filters that they use."""
    return make_templates()


def make_templates(*packages: str) -> Environment:
    """Return the templates of other *packages* and of this one, with the filters that they use."""
    templates = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "govmap.formats")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    templates.filters.update(inline_svg=to_inline_svg, kind=_kind, plain=plain, source_lines=_source_lines, text=_text)
    templates.filters["quoting"] = _quoting
    templates.globals.update(_=_, cell_class=_cell_class)
    return templates


def _cell_class(column: Column, cell: str = "") -> str:
    """Return the class of a cell as an attribute. Short cells that could be broken, such as dates, stay on one line."""
    short = len(cell) <= SHORT and (" " in cell or "-" in cell)
    name = "number" if column.number else "mark" if column.marks else "short" if short else ""
    return Markup(f' class="{name}"') if name else ""  # noqa: S704 - one of ours


def _kind(block: Block) -> str:
    """Return the name of the macro for *block*."""
    return type(block).__name__.lower()


def _source_lines(sources: Sources) -> Lines:
    """Return the list of sources, with the language of each title that is not in that of the page."""
    shown = source_lines(sources)
    lines = (_with_language(line, r.source) for line, r in zip(shown.lines, sources.references, strict=False))
    return replace(shown, lines=tuple(lines)) if sources.references else shown


def _with_language(line: str, source: SourceRef) -> str:
    return line if source.language in (None, current()) else _marked(line, source.title, source.language or "")


def _quoting(line: str, block: Lines) -> Markup:
    """Return a line of a block with the language of what it quotes, where that is not the one of the page."""
    quotes = [quoted(form, len(form)) for form in block.quotes] if block.language else []
    found = next((form for form in sorted(quotes, key=len, reverse=True) if form in line), None)
    return _text(line) if found is None else _marked(line, found, block.language)


def _marked(line: str, part: str, language: str) -> Markup:
    before, part, after = line.partition(part)
    return Markup('{}<span lang="{}">{}</span>{}').format(_text(before), language, _text(part), _text(after))


def _text(text: str) -> Markup:
    """Return *text* escaped, with its web addresses as links and its line breaks kept; markup of ours as it is."""
    if isinstance(text, Markup):
        return text
    pieces = []
    for piece, is_address in split_addresses(text):
        escaped = escape(plain(piece))
        pieces.append(f'<a href="{escaped}">{escaped}</a>' if is_address else escaped)
    return Markup("".join(pieces).replace("\n", "<br>"))  # noqa: S704 - every piece is escaped
