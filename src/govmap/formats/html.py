"""Renders a page as one HTML file that needs no other: readable by screen readers, in the dark and on paper.

The markup and the styles are in `templates`. They escape every value; the only exceptions are CSS and SVG of ours.
"""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from govmap.formats.svg import to_inline_svg
from govmap.formats.text import plain, split_addresses
from govmap.language import _, current
from govmap.layout.page import Block, Column, Page

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
    templates.filters.update(inline_svg=to_inline_svg, kind=_kind, plain=plain, text=_text)
    templates.filters["with_languages"] = _with_languages
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


def _with_languages(line: str, languages: dict[str, str]) -> Markup:
    """Return a line with the language of the text in it that is not in that of the page, if one is."""
    found = next((text for text in sorted(languages, key=len, reverse=True) if text in line), None)
    if found is None:
        return _text(line)
    before, text, after = line.partition(found)
    return Markup('{}<span lang="{}">{}</span>{}').format(_text(before), languages[found], _text(text), _text(after))


def _text(text: str) -> Markup:
    """Return *text* escaped, with its web addresses as links and its line breaks kept; markup of ours as it is."""
    if isinstance(text, Markup):
        return text
    pieces = []
    for piece, is_address in split_addresses(text):
        escaped = escape(plain(piece))
        pieces.append(f'<a href="{escaped}">{escaped}</a>' if is_address else escaped)
    return Markup("".join(pieces).replace("\n", "<br>"))  # noqa: S704 - every piece is escaped
