"""Reads a table with a listing a row: an organisation, a country, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from govmap.dates import date_after, first_day, is_part_date, last_day
from govmap.fields import RELATIONS, Relation
from govmap.importing.books import Books, RefusedError
from govmap.importing.columns import Columns
from govmap.importing.organisations import Organisations, require_length
from govmap.importing.places import Place, Places, UnknownPlaceError
from govmap.importing.spells import Spell, parted
from govmap.importing.table import Row
from govmap.importing.themes import Themes
from govmap.language import _
from govmap.texts import quoted

UNKNOWN = frozenset(("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", ".", "-9"))
YEAR_AS_NUMBER = re.compile(r"([0-9]{4})\.0")
# What tables call the relations, beside their own names; 1 to 3 are those of the Correlates of War.
RELATION_WORDS: dict[str, Relation] = {
    **{relation: relation for relation in RELATIONS},
    **dict.fromkeys(("", "1", "full", "full member", "full membership", "miembro", "membro", "membre"), "member"),
    **dict.fromkeys(
        ("2", "associate member", "associate membership", "miembro asociado", "membro associado"), "associate"
    ),
    **dict.fromkeys(("3", "observador", "observateur"), "observer"),
}


class Names(NamedTuple):
    """What the rows of a table name: its organisations, countries and themes."""

    organisations: Organisations
    places: Places
    themes: Themes


def read_listings(rows: Iterable[Row], columns: Columns, names: Names, books: Books) -> None:
    """Add what *rows* tell to the organisations of *names*, and what became of each row to *books*."""
    for row in rows:
        if not any(row.cells):
            books.empty += 1
            continue
        books.read += 1
        try:
            _take(row, columns, names, books)
        except RefusedError as error:
            books.refuse(row.line, str(error))


def require_cells(row: Row, columns: Columns) -> None:
    """Raise RefusedError where a row has not as many cells as the table has columns."""
    if len(row.cells) != len(columns.header):
        raise RefusedError(
            _("has {n} cells where the first line has {m}; a text with a delimiter in it must stand in quotes").format(
                n=len(row.cells), m=len(columns.header)
            )
        )


def find_place(places: Places, typed: str) -> Place:
    """Return the country that a cell names; raise RefusedError where that is not sure."""
    try:
        return places.find(typed)
    except UnknownPlaceError as error:
        raise RefusedError(str(error)) from error


def _take(row: Row, columns: Columns, names: Names, books: Books) -> None:
    """Add what a row tells."""
    require_cells(row, columns)
    cell = {role: row.cells[place] for role, place in columns.roles.items()}
    themes = names.themes.check(cell.get("theme", ""))
    group = cell.get("group", "") or (themes[0] if themes else "")
    if group and not themes:
        raise RefusedError(_("names a group without a theme; add one"))
    place = find_place(names.places, cell["country"]) if cell.get("country") else None
    if place is None and not group:
        raise RefusedError(_("no country is named"))
    spell = _spell(cell, row.line)
    name = cell.get("name", "")
    founded = find_date(cell.get("founded", ""), "founded")
    for text, what in ((name, "name"), (group, "group")):
        require_length(text, what)
    organisation = names.organisations.get(cell["organisation"])
    books.dates.update(filter(None, (spell.start, spell.to or (None if cell.get("to") else spell.until))))
    new = bool(name) and organisation.call(name)
    new |= bool(group) and organisation.add_group(group, map(names.themes.find, themes))
    new |= bool(founded) and organisation.found(founded or "")
    for alpha3, part in parted(place, spell) if place else ():
        organisation.spells.setdefault(alpha3, []).append(part)
    if new:
        books.added.add(row.line)
    elif place is None:
        books.merged.add(row.line)


def _spell(cell: dict[str, str], line: int) -> Spell:
    """Return the spell that a row tells; raise RefusedError where its dates, or its relation, are none."""
    since, to, until, after, by = (
        find_date(cell.get(role, ""), role) for role in ("from", "to", "until", "joined_after", "joined_by")
    )
    if to and until:
        raise RefusedError(_("has both `to`, the last day in, and `until`, the first day out; leave one empty"))
    start = since or by or after
    if start and to and last_day(to) < first_day(start):
        raise RefusedError(_("ends ({to}) before it starts ({start}); mend a date").format(to=to, start=start))
    if start and until and last_day(until) <= first_day(start):
        raise RefusedError(
            _("is out ({until}) before it is in ({start}); mend a date").format(until=until, start=start)
        )
    word = " ".join(cell.get("relation", "").casefold().split())
    if word not in RELATION_WORDS:
        raise RefusedError(
            _("{word} is not a relation; write one of: {words}").format(word=quoted(word), words=", ".join(RELATIONS))
        )
    return Spell(
        relation=RELATION_WORDS[word],
        line=line,
        since=since,
        until=until or (date_after(to) if to else None),
        joined_after=after if since is None else None,
        joined_by=by if since is None else None,
        to=to if to and date_after(to) else None,
    )


def find_date(typed: str, role: str) -> str | None:
    """Return a part-date; none where it is not known; raise RefusedError where it is none."""
    if typed in UNKNOWN:
        return None
    number = YEAR_AS_NUMBER.fullmatch(typed)
    date = number[1] if number else typed
    if not is_part_date(date):
        raise RefusedError(
            _("`{role}`: {typed} is not a date; write 1945, 1945-06 or 1945-06-26").format(
                role=role, typed=quoted(typed)
            )
        )
    return date
