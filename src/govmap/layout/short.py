"""What a short page leaves out where there is much: of long tables it shows the first rows, and counts the others."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govmap.language import ngettext
from govmap.layout.blocks import WHOLE
from govmap.layout.page import Block, Drawing, Lines, Page, Sources, Table, with_columns
from govmap.texts import MANY, SHOWN_OF_MANY, labelled


def shortened(page: Page, many: int = MANY, shown: int = SHOWN_OF_MANY) -> Page:
    """Return *page* with the first rows, columns and lines of its blocks, and how many more there are.

    Of more than *many*, as many as *shown* are kept.
    """
    return replace(page, blocks=tuple(short for block in page.blocks for short in _shortened(block, many, shown)))


def _shortened(block: Block, many: int, shown: int) -> Iterator[Block]:
    match block:
        case Table():
            width = len(block.columns)
            # Of many columns those of the headings, the first ones, and the last one, which sums up.
            kept = with_columns(block, (*range(1 + shown), width - 1)) if width > many else block
            rows, totals = (kept.rows[:-1], kept.rows[-1:]) if block.sums_up else (kept.rows, ())
            rows = (*(rows[:shown] if len(rows) > many else rows), *totals)
            yield replace(kept, rows=rows)
            yield from _rest(len(kept.rows) - len(rows), width - len(kept.columns))
        case Drawing(text=Table() as table):
            short, *rest = _shortened(table, many, shown)
            yield replace(block, text=short)
            yield from rest
        case Lines(exact=False) if len(block.lines) > many and not isinstance(block, Sources):
            yield replace(block, lines=block.lines[:shown])
            yield from _rest(len(block.lines) - shown, 0)
        case _:
            yield block


def _rest(rows: int, columns: int) -> Iterator[Lines]:
    texts = [
        ngettext("{n} more row", "{n} more rows", rows).format(n=rows) if rows else "",
        ngettext("{n} more column", "{n} more columns", columns).format(n=columns) if columns else "",
    ]
    if any(texts):
        yield Lines("", (labelled(", ".join(filter(None, texts)), WHOLE),))
