"""Reads a table with one listing a row: an organisation, a country, and from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from sys import intern

from govmap.calls import Option
from govmap.dates import day_after, first_day, last_day
from govmap.errors import DataError
from govmap.fields import RELATIONS
from govmap.importing.cells import RefusedError, check_length, parse_date, relations_by_word
from govmap.importing.columns import list_names
from govmap.importing.organisations import Organisation
from govmap.importing.reader import TableReader
from govmap.importing.spells import Spell
from govmap.importing.table import Row
from govmap.language import _
from govmap.texts import quoted


class ListingReader(TableReader):
    """Reads one membership, or one group of an organisation, from each row."""

    layout = "listings"

    def prepare(self) -> None:
        """Raise DataError if there is no column of organisations or none of countries."""
        self._lines_with_details: set[int] = set()  # of rows that add a name, a date or a group
        self._unread = [at for at in range(len(self.columns.header)) if at not in self.column_roles]
        self._unread_cells: dict[int, tuple[str, ...]] = {}  # of the rows with a country, by line
        for role in ("organisation", "country"):
            if role not in self.columns.roles:
                message = _("{where} has no column called {role}; its columns are {columns}")
                message = message.format(where=self.where, role=role, columns=list_names(self.columns.header))
                wide = Option("wide", about=_("for a matrix of countries and organisations"))
                raise DataError(message, (Option("column", f"{role}=NAME"), wide))

    def read_row(self, row: Row) -> None:
        """Add the membership, the name, the founding date and the group in a row."""
        cells = self.columns.by_role(row.cells)
        themes = self.themes.parse(cells["theme"])
        group = cells["group"] or (themes[0] if themes else "")
        if group and not themes:
            raise RefusedError(_("has a group without a theme; add one"))
        state = self.countries.find(cells["country"]) if cells["country"] else None
        if state is None and not group:
            raise RefusedError(_("the country is missing"))
        spell = _parse_spell(cells, row.line)
        founded = parse_date(cells["founded"], "founded")
        check_length(cells["name"], "name")
        check_length(group, "group")
        organisation = self.organisations[cells["organisation"]]
        last = spell.to or (None if cells["to"] else spell.until)
        self.dates.update(date for date in (spell.start, last) if date)
        adds_details = bool(cells["name"]) and organisation.add_name(cells["name"])
        if group:
            adds_details |= organisation.add_group(group, map(self.themes.resolve, themes))
        if founded:
            adds_details |= organisation.add_founding(founded)
        if adds_details:
            self._lines_with_details.add(row.line)
        if state is not None:
            organisation.add_spell(state, spell)
            if self._unread:
                self._unread_cells[row.line] = tuple(intern(row.cells[at]) for at in self._unread)
        elif not adds_details:
            self.log.merged.add(row.line)

    def finish(self) -> tuple[Organisation, ...]:
        """Join the spells that overlap, and return the organisations that have a member or a group."""
        self.log.merged |= self.join_spells() - self._lines_with_details
        self.notes = tuple(self._doubts())
        return tuple(each for each in self.organisations.values() if each.spells or each.groups)

    def _doubts(self) -> Iterator[str]:
        """Yield a warning where rows that became one differ in columns that were not read, such as an unknown role."""
        merged = ([self._unread_cells[line] for line in merger.lines] for merger in self.log.mergers if self._unread)
        columns = (zip(self._unread, zip(*rows, strict=True), strict=True) for rows in merged)
        differ = {at for each in columns for at, cells in each if len(set(cells)) > 1}
        names = [name for at, name in enumerate(self.columns.header) if at in differ]
        if names:
            message = _(
                "Merged rows differ in what was not read: {columns}. If that tells memberships apart, say what it"
                " holds: {option}"
            )
            option = Option("column", f"relation={names[0]}")
            message = message.format(columns=list_names(tuple(names)), option=option)
            yield _("Warning: {message}").format(message=message)


def _parse_spell(cells: dict[str, str], line: int) -> Spell:
    """Return the spell in a row, whose *cells* are given by role; raise RefusedError if it makes no sense."""
    roles = ("from", "to", "until", "joined_after", "joined_by")
    since, to, until, after, by = (parse_date(cells[role], role) for role in roles)
    if to and until:
        message = _("has both `to`, the last day as a member, and `until`, the first day after; leave one empty")
        raise RefusedError(message)
    start = since or by or after
    if start and to and last_day(to) < first_day(start):
        raise RefusedError(_("ends ({to}) before it starts ({start}); correct a date").format(to=to, start=start))
    if start and until and last_day(until) <= first_day(start):
        message = _("leaves ({until}) before it joins ({start}); correct a date")
        raise RefusedError(message.format(until=until, start=start))
    word = " ".join(cells["relation"].casefold().split())
    relation = relations_by_word().get(word) if word else "member"
    if relation is None:
        message = _("{word} is not a relation; write one of: {words}")
        raise RefusedError(message.format(word=quoted(word), words=", ".join(RELATIONS)))
    return Spell(
        relation,
        line,
        since,
        until or (day_after(to) if to else None),
        joined_after=None if since else after,
        joined_by=None if since else by,
        to=to if to and day_after(to) else None,
    )
