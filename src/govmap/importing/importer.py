"""From the bytes of a table to the files of a dataset, and the report on every row."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

from govmap.calls import Option
from govmap.dataset.loader import load_bundled
from govmap.dates import last_day
from govmap.errors import DataError
from govmap.importing.books import Books
from govmap.importing.columns import Columns, choose_columns, parse_roles
from govmap.importing.files import SOURCE, Made
from govmap.importing.listings import Names, read_listings
from govmap.importing.matrix import Layout, Matrix, lay_out
from govmap.importing.organisations import Organisation, Organisations
from govmap.importing.places import Places
from govmap.importing.report import ColumnUse, Import, Merger
from govmap.importing.spells import conflicts, join
from govmap.importing.table import Table, read_table
from govmap.importing.themes import Themes
from govmap.language import _, ngettext
from govmap.model import About, Source
from govmap.records import country_ref
from govmap.texts import quoted

LISTINGS = "listings"


class Wish(NamedTuple):
    """How a table is to be read, and what its dataset is to be called.

    Attributes:
        roles: The columns, each as ROLE=NAME.
        wide: Whether it is a matrix.
        codes: Which codes of countries it has, see `places.CODES`; by default those that the column's name tells.
        delimiter: What stands between cells; by default found by the first line.
        ignore: The names of columns of a matrix that are no organisation and no country.
        title: The title of the dataset; by default the name of the file.
        kind: What its organisations are.
        reference_date: The date for which it answers; by default the latest that the table has, or today.
        source: The title of what the table was taken from, and `url` its address.
        skip_bad_rows: Whether a dataset is made although rows are refused.

    """

    roles: tuple[str, ...] = ()
    wide: bool = False
    codes: str | None = None
    delimiter: str | None = None
    ignore: tuple[str, ...] = ()
    title: str | None = None
    kind: str = "organisation"
    reference_date: str | None = None
    source: str | None = None
    url: str | None = None
    skip_bad_rows: bool = False


class Reading(NamedTuple):
    """What was read of a table, on the way to its dataset."""

    columns: Columns
    layout: Layout | None
    names: Names
    books: Books
    notes: list[str]


def import_table(content: bytes, where: str, wish: Wish) -> tuple[Import, Made | None]:
    """Return the report on the table in *content*, and the dataset that it becomes.

    Args:
        content: The bytes of the file.
        where: What it is called.
        wish: How it is to be read.

    Returns:
        The report says that nothing is written; who writes the dataset says where. There is none where rows are
        refused that must not be skipped, or where none is taken.

    Raises:
        DataError: It is no table, or lacks a column that it needs.
        UsageError: A column is given a role that there is not.

    """
    table = read_table(content, where, wish.delimiter)
    reading = _read(table, where, wish)
    organisations = _joined(reading)
    date = wish.reference_date or _latest(reading.books.dates)
    made = _made(reading, organisations, where, wish, date)
    report = _report(reading, made, where)
    blocked = bool(report.refused) and not wish.skip_bad_rows
    return report, None if blocked or not organisations else made


def _read(table: Table, where: str, wish: Wish) -> Reading:
    """Return all that the rows of *table* tell."""
    columns = choose_columns(table.header, parse_roles(wish.roles), where)
    for name in wish.ignore:
        if name not in table.header:
            raise DataError(_("{where} has no column {name} to ignore").format(where=where, name=quoted(name)))
    bundled = load_bundled()
    names = Names(Organisations(), Places(bundled, wish.codes or columns.codes()), Themes(bundled))
    books = Books()
    notes: list[str] = []
    if not wish.wide:
        _require_listings(columns, where)
        read_listings(table.rows, columns, names, books)
        return Reading(columns, None, names, books, notes)
    layout = lay_out(columns, wish.ignore, where)
    matrix = Matrix(columns, layout, names, books)
    matrix.read(table.rows)
    if matrix.open_ends:
        notes.append(
            ngettext(
                "{n} membership ends before a year that is missing (-9): whether it went on is not known",
                "{n} memberships end before a year that is missing (-9): whether they went on is not known",
                matrix.open_ends,
            ).format(n=matrix.open_ends)
        )
    return Reading(columns, layout, names, books, notes)


def _require_listings(columns: Columns, where: str) -> None:
    for role in ("organisation", "country"):
        if role not in columns.roles:
            shown = ", ".join(map(quoted, columns.header[:12]))
            raise DataError(
                _("{where} has no column called {role}; its columns are {columns}").format(
                    where=where, role=role, columns=f"{shown} …" if len(columns.header) > 12 else shown
                ),
                (
                    Option("column", f"{role}=NAME"),
                    Option("wide", about=_("for a matrix of countries and organisations")),
                ),
            )


def _joined(reading: Reading) -> tuple[Organisation, ...]:
    """Return the organisations with spells that do not overlap, noting which rows were refused or merged for it."""
    books = reading.books
    refused: set[int] = set()
    for organisation in reading.names.organisations:
        for code, spells in organisation.spells.items():
            for line, other in conflicts(spells).items():
                if line not in refused:
                    name = reading.names.places.country(code).name
                    reason = _("{country} in {organisation}: another relation at the same time as on line {line}")
                    books.refuse(line, reason.format(country=name, organisation=organisation.id, line=other))
                refused.add(line)
    absorbed: set[int] = set()
    kept: set[int] = set()
    for organisation in reading.names.organisations:
        for code in list(organisation.spells):
            spells, joined = join(spell for spell in organisation.spells[code] if spell.line not in refused)
            organisation.spells[code] = spells
            if not spells:
                del organisation.spells[code]
            kept.update(spell.line for spell in spells)
            for one in joined:
                absorbed.update(one.lines)
                kind = "duplicate" if one.same else "overlap"
                books.mergers.append(Merger(organisation.id, code, kind, one.lines))
    if reading.layout is None:
        books.merged.update(absorbed - kept - books.added)
        return tuple(one for one in reading.names.organisations if one.spells or one.groups)
    return tuple(reading.names.organisations)


def _latest(dates: set[str]) -> str:
    """Return the latest of the *dates* that a table tells, but none to come; today where it tells none."""
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    return max((date for date in dates if last_day(date) <= today), key=last_day, default=today)


def _made(
    reading: Reading, organisations: tuple[Organisation, ...], where: str, wish: Wish, reference_date: str
) -> Made:
    """Return the dataset that a table becomes. What it says is data, and so in English whoever asks."""
    title = wish.title or Path(where).stem
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    source = Source(
        id=SOURCE,
        title=wish.source or f"The table {Path(where).name}",
        publisher="not stated",
        date=None,
        url=wish.url,
        kind="table",
        looked_up=today,
    )
    places, themes = reading.names.places, reading.names.themes
    used = {code for organisation in organisations for code in organisation.spells}
    worked_on = {theme for one in organisations for group in one.groups.values() for theme in group}
    return Made(
        about=About(title=title, version=reference_date, reference_date=reference_date, source=SOURCE),
        source=source,
        kind=wish.kind,
        organisations=organisations,
        new_countries=tuple(places.historical[code] for code in sorted(used & places.historical.keys())),
        aliases={name: code for name, code in places.aliases.items() if code in used},
        themes={id_: label for id_, label in themes.new.items() if id_ in worked_on},
    )


def _report(reading: Reading, made: Made, where: str) -> Import:
    """Return the report on a table, of which nothing has been written yet."""
    books, columns = reading.books, reading.columns
    roles = {place: role for role, place in columns.roles.items()}
    members = [spells for one in made.organisations for spells in one.spells.values()]
    return Import(
        file=where,
        output=None,
        written=False,
        layout=_layout(reading),
        codes=reading.names.places.codes,
        columns=tuple(
            ColumnUse(name, roles.get(place) or _entity(reading, place)) for place, name in enumerate(columns.header)
        ),
        rows=books.rows(),
        cells=books.cell_counts(),
        refused=books.refusals(),
        merged=tuple(books.mergers),
        reference_date=made.about.reference_date,
        organisations=len(made.organisations),
        countries=len({code for one in made.organisations for code in one.spells}),
        memberships=sum(map(len, members)),
        groups=sum(len(one.groups) for one in made.organisations),
        new_countries=tuple(map(country_ref, made.new_countries)),
        new_themes=tuple(made.themes),
        notes=tuple(reading.notes),
    )


def _layout(reading: Reading) -> str:
    if reading.layout is None:
        return LISTINGS
    rows, columns = ("countries", "organisations") if reading.layout.by_country else ("organisations", "countries")
    return f"{rows}{' and years' if 'year' in reading.columns.roles else ''} by {columns}"


def _entity(reading: Reading, place: int) -> str | None:
    """Return what a column without a role is: one of the organisations, or countries, of a matrix, or nothing."""
    if reading.layout is None or place not in reading.layout.entities:
        return None
    return "an organisation" if reading.layout.by_country else "a country"
