"""The cells of rows that several questions share, and how facts are added to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from govmap.records import Change, CountryRef, MechanismRef, ThemeRef
from govmap.rows import Cell, Rows

if TYPE_CHECKING:
    from govmap.analysis.similarity import Pair
    from govmap.parts.roles import ChairNow, ObservedRow, ObserverRow

Cells = dict[str, Cell]

DATES = "since until joined_after joined_by"  # of a membership
PAIR_KEYS = "shared only_left only_right jaccard containment_left containment_right relation"


def pick(record: object, keys: str) -> Cells:
    """Return the values of a record under *keys*, names a space apart; ids of a list share one cell.

    A value under another name than its own is `cell=name`; `evidence` stands for its status and its sources.

    >>> pick(CountryRef("PER", "Peru"), "code country=name")
    {'code': 'PER', 'country': 'Peru'}
    """
    cells: Cells = {}
    for cell, _, name in (key.partition("=") for key in keys.split()):
        value = getattr(record, name or cell)
        if cell == "evidence":
            cells |= {} if value is None else pick(value, "status sources")
        else:
            cells[cell] = " ".join(value) or None if isinstance(value, tuple) else value
    return cells


def country(ref: CountryRef | Any) -> Cells:
    """Return the cells of a record that has the code and the name of a country."""
    return pick(ref, "code country=name")


def mechanism(ref: MechanismRef | Any) -> Cells:
    """Return the cells of a record that has the id and the name of a mechanism."""
    return pick(ref, "mechanism=id mechanism_name=name")


def theme(ref: ThemeRef | Any) -> Cells:
    """Return the cells of a record that has the id and the label of a theme."""
    return pick(ref, "theme=id theme_label=label")


def beside(row: ObserverRow | ObservedRow) -> Cells:
    """Return how a country is beside a mechanism, when, and on what that rests."""
    return {"fact": "beside", "relation": "observer", **pick(row, "text=role since until date=seen evidence")}


def chairs(now: ChairNow | None) -> Iterator[Cells]:
    """Yield the cells of who chairs a mechanism, or of who did last where that is not known."""
    facts = {"chair": now.held_by, "last known chair": now.last_known} if now else {}
    for fact, chairs in facts.items():
        for chair in chairs:
            yield {"fact": fact, **pick(chair, "code country=name since until date=seen evidence")}


def pairs(compared: Iterable[Pair]) -> Iterator[Cells]:
    """Yield the cells of each pair of things compared."""
    for pair in compared:
        yield {"fact": "pair", **pick(pair, f"item=left other=right {PAIR_KEYS}")}


def changes(events: Iterable[Change]) -> Iterator[Cells]:
    """Yield the cells of each change."""
    for change in events:
        yield {"fact": "change", **pick(change, "mechanism date text sources")}


def add_facts(rows: Rows, columns: Iterable[str], facts: Iterable[Mapping[str, Cell]]) -> Rows:
    """Return *rows* followed by *facts*, with those of *columns* that they lack.

    Where the column `fact` is new, the rows that there were are the `answer`.
    """
    names = tuple(dict.fromkeys((*rows.columns, *columns)))
    default: Cells = {} if "fact" in rows.columns else {"fact": "answer"}
    known = [{**dict(zip(rows.columns, cells, strict=True)), **default} for cells in rows.rows]
    return Rows(names, tuple(tuple(cells.get(name) for name in names) for cells in (*known, *facts)))
