"""Renders a page as CommonMark with the tables of GitHub Flavored Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govmap.formats.text import plain, split_addresses, tile_lines
from govmap.layout.page import Block, Drawing, Facts, Lines, Page, Table, Tiles

# Markup anywhere in a line, and markup only at its start: `.` or `)` after a number, `-`, `+` and `=`.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&!])")
_AT_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[-+=]))(.)(?=\s|$)", re.MULTILINE)


def to_markdown(page: Page) -> str:
    """Return *page* as Markdown text."""
    head = "\n".join(filter(None, (page.subtitle, page.dated)))
    parts = [f"# {_inline(page.title)}", _inline(head), *map(_block, page.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Facts):
        return "\n".join(f"- **{_inline(label)}**: {_inline(value)}" for label, value in block.pairs)
    heading = f"## {_inline(block.title)}\n\n" if block.title else ""
    shown = block.text if isinstance(block, Drawing) else block
    if isinstance(shown, Tiles):
        return heading + _code(tile_lines(shown))
    return heading + (_lines(shown) if isinstance(shown, Lines) else _table(shown))


def _lines(block: Lines) -> str:
    if block.exact:
        return _code(block.lines)
    if len(block.lines) == 1:
        return _inline(block.lines[0])
    return "\n".join(f"- {_inline(line)}" for line in block.lines)


def _code(lines: Iterable[str]) -> str:
    """Return *lines* as a code block, with fences longer than any run of backticks in it."""
    text = plain("\n".join(lines))
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}text\n{text}\n{fence}"


def _table(table: Table) -> str:
    if not table.rows:
        return f"{_inline(table.empty)}."
    alignments = ("---:" if column.number else ":---:" if column.marks else "---" for column in table.columns)
    lines = [_row(_inline(column.heading) for column in table.columns), _row(alignments)]
    lines += [_row(map(_inline, row)) for row in table.rows]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _inline(text: str) -> str:
    r"""Return *text* on one line, with its markup escaped and its web addresses as links.

    >>> print(_inline("a|b *c*"))
    a\|b \*c\*
    """
    if not text.strip():
        return ""  # a line break alone would begin a block of HTML
    escaped = "".join(
        f"<{plain(piece).replace('|', '%7C')}>" if is_address else _SPECIAL.sub(r"\\\1", plain(piece))
        for piece, is_address in split_addresses(text)
    )
    return _AT_START.sub(r"\1\\\2", escaped).replace("\n", "<br>")
