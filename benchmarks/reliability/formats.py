"""What an answer in each format must be, whatever texts it holds: read by a reader of that format, not by eye."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import openpyxl
import yaml
from benchmarks.reliability.trial import CONTROL
from markdown_it import MarkdownIt

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "p", "a", "br"),
    *("div", "span", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ul", "ol", "li", "footer"),
    *("figure", "figcaption", "svg", "desc", "rect", "text", "circle", "line", "g", "path"),
}
BLOCKS_OF_NO_PAGE = {"html_block", "code_block", "hr", "blockquote_open", "ordered_list_open"}
IMAGES_AND_CODE = {"image", "code_inline"}


class _Tags(HTMLParser):
    """Notes what a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element or an attribute that govmap does not write."""
        given = dict(attrs)
        if tag not in ELEMENTS or any(name.startswith("on") for name in given):
            self.wrong.append(f"<{tag} {given}>")
        address = given.get("href")
        if address is not None and not address.startswith(("https://", "http://", "#")):
            self.wrong.append(address)


def _uncontrolled(text: str) -> str | None:
    found = CONTROL.search(text)
    return f"the control character {found.group()!r} after {text[: found.start()][-40:]!r}" if found else None


def _json(text: str) -> str | None:
    json.loads(text)
    return _uncontrolled(text)


def _jsonl(text: str) -> str | None:
    for line in text.split("\n")[:-1]:
        json.loads(line)
    return _uncontrolled(text)


def _rows(text: str, delimiter: str) -> str | None:
    if "\0" in text:
        return "a NUL"
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    if len({len(row) for row in rows}) > 1:
        return "rows of different lengths"
    formulas = [cell for row in rows for cell in row if cell.startswith(FORMULA) and not _is_number(cell)]
    return f"a formula: {formulas[0][:80]!r}" if formulas else None


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?", cell) is not None


def _markdown(text: str) -> str | None:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = {token.type for token in tokens} & BLOCKS_OF_NO_PAGE
    inside = [child for token in tokens for child in token.children or ()]
    kinds |= {child.type for child in inside} & IMAGES_AND_CODE
    kinds |= {child.content for child in inside if child.type == "html_inline"} - {"<br>"}
    kinds |= {str(child.attrs.get("href")) for child in inside if child.type == "link_open"} - set(_addresses(inside))
    return f"Markdown of its own: {sorted(kinds)}" if kinds else _uncontrolled(text)


def _addresses(tokens: Sequence[object]) -> Iterator[str]:
    for token in tokens:
        address = str(getattr(token, "attrs", {}).get("href"))
        if address.startswith(("https://", "http://")):
            yield address


def _html(text: str) -> str | None:
    tags = _Tags(text)
    return f"HTML of its own: {tags.wrong[0][:200]}" if tags.wrong else _uncontrolled(text)


def _svg(text: str) -> str | None:
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314 - our own output
    other = names - {"svg", "title", "desc", "style", "rect", "text", "circle", "line", "g", "path"}
    return f"elements of its own: {other}" if other else _uncontrolled(text)


def _yaml(text: str) -> str | None:
    yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return None


def flaw_of(form: str, content: bytes) -> str | None:
    """Return what is wrong with an answer's *content* in a format, or None."""
    if form == "xlsx":
        cells = [
            cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row
        ]
        formulas = [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        return f"a formula or a link: {formulas[0].value!r}" if formulas else None
    try:
        return READERS[form](content.decode("utf-8"))
    except (ValueError, csv.Error, yaml.YAMLError, ET.ParseError) as error:
        return f"no {form}: {error}"


READERS: dict[str, Callable[[str], str | None]] = {
    "table": _uncontrolled,
    "json": _json,
    "jsonl": _jsonl,
    "csv": lambda text: _rows(text, ","),
    "tsv": lambda text: _rows(text, "\t"),
    "md": _markdown,
    "html": _html,
    "yaml": _yaml,
    "svg": _svg,
}
