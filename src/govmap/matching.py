"""Matches the names in somebody else's table to records: what each stands for, could stand for, or that it is unknown.

Nothing is guessed: a name stands for a record where it is a name of it, or has a slip and is near to no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.choices import one_of
from govmap.errors import AmbiguousError, NotFoundError, UsageError
from govmap.importing.table import NAMIBIA, Row, are_codes, read_table
from govmap.language import _
from govmap.model import Mechanism
from govmap.texts import quoted

KINDS = ("country", "mechanism", "theme", "agency")
LookUp = Callable[[str], tuple[bool, tuple[str, ...]]]
KEPT = 50_000  # names, for those that come again


class Match(NamedTuple):
    """What a name stands for.

    Attributes:
        match: `exact`, `slip`, `words` (a theme in other words), `several` or `unknown`; None where there is no name.
        code: The code or id of the record, where it is sure.
        name: Its name in the language of the answer.
        mechanisms: The ids of the mechanisms that list it, work on it or are served by it, with blanks between.
        could_be: The codes or ids where it could be several.

    """

    match: str | None
    code: str | None = None
    name: str | None = None
    mechanisms: str | None = None
    could_be: str | None = None


class MatchedRow(NamedTuple):
    """The cells of a row with what its name stands for right of the name, and that by itself."""

    cells: tuple[str | None, ...]
    match: Match


class MatchedTable(NamedTuple):
    """A table with what the names of one column stand for; its rows can be read once.

    `heading` is the first line of a list where it was taken as the heading, as it is no name, and no call said so.
    """

    header: tuple[str, ...]
    rows: Iterator[MatchedRow]
    heading: str | None = None


def match_table(
    atlas: Atlas, content: bytes, where: str, *, kind: str = "country", column: str | None = None
) -> MatchedTable:
    """Return the table in *content* with what its names stand for.

    A list of one column has a heading unless its first line is a name itself, be it with a slip or one of several.
    NA is the code of Namibia among codes of two letters alone: among names it is unknown, and N/A or n.a. is none.

    Args:
        atlas: The dataset whose names are known.
        content: The bytes of a file: separated values, a list of names, or a workbook.
        where: The name of the file, for messages.
        kind: What the names refer to: country, mechanism, theme or agency.
        column: The name of the column that has them; needed where there are several.

    Raises:
        DataError: It is no such table. This may be found only while the rows are read.
        UsageError: There is no such kind or column, or the library that reads the file is not installed.

    """
    find = _finder(atlas, one_of("kind", kind, KINDS))
    table = read_table(content, where)
    header, rows = table.header, table.rows
    heading = header[0] if len(header) == 1 and column is None else None
    if heading is not None and find(heading).match not in (None, "unknown"):
        heading, header, rows = None, ("asked",), chain([Row(1, list(header))], rows)
    at = _place(header, column)
    if kind == "country":
        every = list(rows)
        if not are_codes(row.cells[at].strip() for row in every if at < len(row.cells)):
            find = _without_namibia(find)
        rows = iter(every)
    added = (f"{header[at]} {field}" if field in header else field for field in Match._fields)
    whole = (*header[: at + 1], *added, *header[at + 1 :])
    return MatchedTable(whole, _matched(rows, len(header), at, find), heading)


def _matched(rows: Iterator[Row], width: int, at: int, find: Callable[[str], Match]) -> Iterator[MatchedRow]:
    for row in rows:
        cells = [*row.cells, *("" for _ in range(width - len(row.cells)))]
        found = find(cells[at])
        yield MatchedRow((*cells[: at + 1], *found, *cells[at + 1 :]), found)


def _without_namibia(find: Callable[[str], Match]) -> Callable[[str], Match]:
    """Return *find* for a column of names, in which NA says "not available" as often as it is a code."""

    def match(name: str) -> Match:
        written = name.strip().upper()
        if "".join(filter(str.isalpha, written)) != NAMIBIA:
            return find(name)
        return Match("unknown", could_be=find(name).code) if written == NAMIBIA else Match(None)  # n.a., #N/A

    return match


def _place(header: tuple[str, ...], column: str | None) -> int:
    if column is None and len(header) > 1:
        options = tuple(Option("column", name) for name in header)
        raise UsageError(_("The table has several columns; name the one with the names"), options)
    if column is not None and column not in header:
        message = _("There is no column {name}").format(name=quoted(column))
        raise UsageError(message, tuple(Option("column", name) for name in header))
    return header.index(column) if column is not None else 0


def _finder(atlas: Atlas, kind: str) -> Callable[[str], Match]:
    """Return what finds what a name of a *kind* stands for."""
    look_up, name_of, mechanisms_of = _ways(atlas)[kind]

    @lru_cache(KEPT)
    def match(name: str) -> Match:
        if not name.strip():
            return Match(None)
        is_other, ids = look_up(name)
        if len(ids) > 1:
            return Match("several", could_be=" ".join(sorted(ids)))
        if not ids:
            return Match("unknown")
        how = ("words" if kind == "theme" else "slip") if is_other else "exact"
        mechanisms = " ".join(sorted({mechanism.id for mechanism in mechanisms_of(ids[0])}))
        return Match(how, ids[0], name_of(ids[0]), mechanisms or None)

    return match


def _ways(atlas: Atlas) -> dict[str, tuple[LookUp, Callable[[str], str], Callable[[str], Iterable[Mechanism]]]]:
    """Return what there is to a kind: what looks a name up, the name of an id, and its mechanisms.

    These list a country, work on a theme, or are served by an agency.
    """

    def working_on(theme: str) -> Iterator[Mechanism]:
        return (mechanism for mechanism, _group in atlas.groups_on(theme))

    def served_by(agency: str) -> Iterator[Mechanism]:
        return (each for each in atlas.covered if any(other.agency == agency for other in each.secretariats))

    return {
        "country": (atlas.country_names.look_up, lambda id_: atlas.countries[id_].name, atlas.mechanisms_of),
        "mechanism": (atlas.mechanism_names.look_up, lambda id_: atlas.stored(id_).name, lambda _id: ()),
        "theme": (partial(_theme, atlas), lambda id_: atlas.themes[id_].label, working_on),
        "agency": (atlas.agency_names.look_up, lambda id_: atlas.agencies[id_].name, served_by),
    }


def _theme(atlas: Atlas, words: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether *words* are other words than the names of a theme, and the themes that they may mean."""
    try:
        return not atlas.theme_names.exact(words), atlas.theme_ids(words)
    except AmbiguousError as error:
        ids = {theme.label: theme.id for theme in atlas.themes.values()}
        return True, tuple(ids[label] for label in map(str, error.suggestions) if label in ids)
    except (NotFoundError, UsageError):
        return True, ()
