"""The cells of rows that several questions share, and how facts are added to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from govmap.records import Change, CountryRef, MechanismRef, ThemeRef, Trust
from govmap.rows import Cell, Rows

if TYPE_CHECKING:
    from govmap.analysis.similarity import Pair
    from govmap.parts.roles import ChairNow

Cells = dict[str, Cell]

DATES = "since until joined_after joined_by"  # of a membership
PAIR_KEYS = "shared only_left only_right jaccard containment_left containment_right relation"


def pick(record: object, keys: str) -> Cells:
    """Return the values of a record under its *keys*, names a space apart; ids of a list share one cell."""
    values = {key: getattr(record, key) for key in keys.split()}
    return {key: " ".join(value) or None if isinstance(value, tuple) else value for key, value in values.items()}


def country(ref: CountryRef | Any) -> Cells:
    """Return the cells of a record that has the code and the name of a country."""
    return {"code": ref.code, "country": ref.name}


def mechanism(ref: MechanismRef | Any) -> Cells:
    """Return the cells of a record that has the id and the name of a mechanism."""
    return {"mechanism": ref.id, "mechanism_name": ref.name}


def theme(ref: ThemeRef | Any) -> Cells:
    """Return the cells of a record that has the id and the label of a theme."""
    return {"theme": ref.id, "theme_label": ref.label}


def trust(evidence: Trust | None) -> Cells:
    """Return the status of a piece of evidence and the ids of its sources; nothing where there is none."""
    return {} if evidence is None else pick(evidence, "status sources")


def held(row: Any) -> Cells:
    """Return when a chair or a role was held, when it was last seen, and on what that rests."""
    return {**pick(row, "since until"), "date": row.seen, **trust(row.evidence)}


def beside(row: Any) -> Cells:
    """Return how a country is beside a mechanism, when, and on what that rests."""
    return {"fact": "beside", "relation": "observer", "text": row.role, **held(row)}


def chairs(now: ChairNow | None) -> Iterator[Cells]:
    """Yield the cells of who chairs a mechanism, or of who did last where that is not known."""
    for chair in now.held_by if now else ():
        yield {"fact": "chair", **country(chair), **held(chair)}
    for chair in now.last_known if now else ():
        yield {"fact": "last known chair", **country(chair), **held(chair)}


def pairs(compared: Iterable[Pair]) -> Iterator[Cells]:
    """Yield the cells of each pair of things compared."""
    for pair in compared:
        yield {"fact": "pair", "item": pair.left, "other": pair.right, **pick(pair, PAIR_KEYS)}


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
