"""Adds the numbered sources of an answer to its page, its rows and its picture."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from govmap.language import _
from govmap.layout.page import Page, Reference, Sources
from govmap.layout.picture import LETTER, MARGIN, Picture
from govmap.layout.words import of_data, source_lines
from govmap.parts.provenance import Cited
from govmap.rows import Cell, Rows
from govmap.texts import enumerated, in_series

FEW = 4  # mechanisms that are named one by one
SOURCE_KEYS = ("id", "title", "publisher", "kind", "date", "url", "looked_up")
EVERYWHERE = ("asked", "as_of", "limit")  # columns whose value is the same in every row of an answer
ANSWER, SOURCE = "answer", "source"  # what a row tells, where it did not need to be said before


def with_sources(page: Page, cited: Iterable[Cited]) -> Page:
    """Return *page* with all sources at its end: those that it numbers keep their numbers, the others follow."""
    numbered = [r for block in page.blocks if isinstance(block, Sources) for r in block.references]
    known = {reference.source.id for reference in numbered}
    more = [Reference(one.source, _on(one)) for one in cited if one.source.id not in known]
    kept = tuple(block for block in page.blocks if not isinstance(block, Sources))
    return replace(page, blocks=(*kept, Sources((*numbered, *more), instead=_("None: no fact with a source is shown"))))


def _on(cited: Cited) -> str:
    """Return what rests on a source: parts, with their mechanisms where these are few."""
    by_part: dict[str, list[str]] = {}
    for ref in cited.on:
        by_part.setdefault(ref.part, []).extend([ref.mechanism] if ref.mechanism else [])
    together: dict[tuple[str, ...], list[str]] = {}
    for part, ids in by_part.items():
        together.setdefault(tuple(ids), []).append(part)
    return in_series(_parts_of(parts, ids) for ids, parts in together.items())


def _parts_of(parts: list[str], ids: tuple[str, ...]) -> str:
    told = enumerated(map(of_data, parts))
    if not ids:
        return told
    if len(ids) > FEW:
        return _("{parts} of {n} mechanisms").format(parts=told, n=len(ids))
    return _("{parts} of {mechanisms}").format(parts=told, mechanisms=enumerated(ids))


def picture_with_sources(picture: Picture, cited: tuple[Cited, ...]) -> Picture:
    """Return *picture* with the sources below it, in lines no wider than it is."""
    lines = source_lines(Sources(tuple(Reference(one.source) for one in cited)))
    width = max(60, int((picture.width - 2 * MARGIN) / LETTER))
    wrapped = [text for line in (lines.title, *lines.lines) for text in textwrap.wrap(line, width)]
    return replace(picture, credits=(*picture.credits, *wrapped)) if cited else picture


def rows_with_sources(rows: Rows, cited: tuple[Cited, ...]) -> Rows:
    """Return *rows* with one more for each source and each part that rests on it.

    A column `fact` tells them from the others; where there was none before, these are `answer`.
    """
    added = ("fact", "mechanism", "part", "source_number", *(f"source_{key}" for key in SOURCE_KEYS))
    names = (*rows.columns, *(name for name in added if name not in rows.columns))
    same = dict(zip(rows.columns, next(iter(rows.rows), ()), strict=False))
    common = {name: same[name] for name in EVERYWHERE if name in same}
    told = [dict(zip(rows.columns, cells, strict=True)) for cells in rows.rows]
    if "fact" not in rows.columns:
        told = [{**cells, "fact": ANSWER} for cells in told]
    every = [*told, *({**common, **cells} for cells in _source_cells(cited))]
    return Rows(names, tuple(tuple(cells.get(name) for name in names) for cells in every))


def _source_cells(cited: tuple[Cited, ...]) -> Iterator[dict[str, Cell]]:
    for number, one in enumerate(cited, 1):
        source = {f"source_{key}": getattr(one.source, key) for key in SOURCE_KEYS}
        for ref in one.on or (None,):
            where = {"mechanism": ref.mechanism, "part": ref.part} if ref else {}
            yield {"fact": SOURCE, "source_number": number, **source, **where}
