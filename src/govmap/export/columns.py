"""The columns of the exported tables, from the fields of the records; each name is described once.

A column that means something else in one table is described there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from govmap.fields import Record
from govmap.rows import Cell

Row = tuple[Cell, ...]
ColumnType = Literal["text", "date", "integer", "boolean"]


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        name: What it is called.
        about: What it holds, in a few words.
        type: What its cells are; a `date` is a text, as it may be a year or a month alone.
        optional: Whether a cell may be None, for what is not known or does not apply.
        refers: The table whose key it holds.

    """

    name: str
    about: str
    type: ColumnType = "text"
    optional: bool = False
    refers: str | None = None


class Table(NamedTuple):
    """A table: `key` names the columns that no two rows share; a table that others refer to has one such column."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


DESCRIPTIONS = {
    "acronym": "Acronym in that language",
    "agency": "The agency",
    "alias": "One more name, of no stated language",
    "alpha2": "ISO 3166-1 alpha-2 code",
    "alpha3": "ISO 3166-1 alpha-3 code",
    "as_of": "Date of the newest source that shows the value",
    "as_written": "The form of the source, where it differs from the one shown",
    "author": "Who made the dataset",
    "body": "Who passed it",
    "broader": "The theme above it",
    "carried": "Whether the dates of the lists carry the change",
    "category": "The category",
    "change": "Whether it was added, changed or withdrawn",
    "concept": "A concept of another vocabulary that it matches; see docs/data-format.md",
    "concerns": "The part of the mechanisms that changed",
    "country": "The country, by alpha-3 code",
    "coverage": "full, or mentioned where the source only names it: its members are then not known",
    "date": "When; empty where it is not known",
    "event": "The event",
    "evidence": "The piece of evidence",
    "former_name": "The former name",
    "founded": "When it was founded",
    "group_label": "What it calls its groups",
    "groups_as_written": "What the source calls its groups",
    "id": "Id, which other tables refer to",
    "in_force": "Whether it holds as of the date of the export (as_of in the table about)",
    "isbn": "ISBN",
    "item": "The entry in that list, by its code, number or id; of an event its text",
    "joined_after": "Last day on which it was known to be out, where since is not known",
    "joined_by": "First day on which it was known to be in, where since is not known",
    "kind": "Kind, in the words of the dataset",
    "label": "Label",
    "label_source": "Where a preferred label comes from, in the letters of docs/data-format.md",
    "language": "Language of the name, by ISO 639-1 code",
    "licence": "Licence of the data",
    "looked_up": "The day it was read",
    "mechanism": "The mechanism",
    "members_as_written": "What the source says of its members, where that slips",
    "name": "Name in English",
    "note": "What there is to know beside it",
    "number": "Number",
    "numbering": "Where the numbers of its groups come from",
    "numeric": "ISO 3166-1 numeric code, with its zeros",
    "other_number": "The number on the mechanism's own site, where it differs",
    "parent": "What it belongs to",
    "part": "What of the mechanism it is about: members, groups, founded …",
    "pillar": "The pillar",
    "position": "Place in the list, from 1",
    "proposed": "Whether the name is this dataset's own wording",
    "publisher": "Who published it",
    "reference_date": "The date for which the dataset answers",
    "region": "Region of the world",
    "related": "A theme beside it",
    "relation": "What the listing means: member, associate, observer, endorser or covered",
    "resolution": "The resolution",
    "secretariats_note": "Why no secretariat is given",
    "since": "First day in force; empty where it is not known",
    "source": "The source",
    "sovereign": "The state that a dependent territory belongs to",
    "statement": "What to know before relying on the data",
    "status": "note only, confirmed, contradicted or changed since",
    "sub_body": "The body of the mechanism that owns the group",
    "text": "What happened",
    "theme": "The theme",
    "title": "Title",
    "unit": "The part of the agency",
    "until": "First day no longer in force; empty where it has not ended",
    "url": "Address; empty for print",
    "version": "Version of the data",
    "website": "Address of its own site",
    "word": "A word that is too broad to stand for the theme alone",
}
NAMES = {"code": "country"}  # of columns, by the field of which they are
TABLES = {
    "country": "countries",
    "mechanism": "mechanisms",
    "agency": "agencies",
    "theme": "themes",
    "source": "sources",
}


def column(
    name: str,
    about: str | None = None,
    type_: ColumnType = "text",
    *,
    optional: bool = False,
    refers: str | None = None,
) -> Column:
    """Return a column, with the description of its name where it has none of its own."""
    return Column(name, about or DESCRIPTIONS.get(name) or name.replace("_", " ").capitalize(), type_, optional, refers)


def columns_of(record: type[Record], names: Iterable[str], **about: str) -> tuple[Column, ...]:
    """Return the columns of fields or properties of a record, some with a description of their own."""
    types = {field.name: field.type for field in fields_of(record)}
    return tuple(_column(name, about.get(name), types.get(name)) for name in names)


def fields_of(record: type[Record]) -> tuple[msgspec.inspect.Field, ...]:
    """Return the fields of a record with their types."""
    kind = msgspec.inspect.type_info(record)
    assert isinstance(kind, msgspec.inspect.StructType)  # noqa: S101 - a record is one
    return kind.fields


def _column(field: str, about: str | None, kind: msgspec.inspect.Type | None) -> Column:
    name = NAMES.get(field, field)
    optional = isinstance(kind, msgspec.inspect.UnionType)
    if isinstance(kind, msgspec.inspect.UnionType):
        kind = next(option for option in kind.types if not isinstance(option, msgspec.inspect.NoneType))
    match kind:
        case msgspec.inspect.IntType():
            return column(name, about, "integer", optional=optional)
        case msgspec.inspect.BoolType():
            return column(name, about, "boolean", optional=optional)
        case msgspec.inspect.Metadata(extra={"is": "date"}):
            return column(name, about, "date", optional=optional)
        case msgspec.inspect.Metadata(extra={"refers": target}):
            return column(name, about, optional=optional, refers=TABLES[target])
        case _:
            return column(name, about, optional=optional)


def links(name: str, about: str, left: Column, right: Column, pairs: Iterable[Row]) -> Table:
    """Return the table of a list: each of *pairs* once."""
    return Table(name, about, (left.name, right.name), (left, right), tuple(dict.fromkeys(pairs)))


def keys_of(tables: tuple[Table, ...]) -> dict[str, str]:
    """Return what others refer to in each table, by its name: the first column of its key."""
    return {table.name: table.key[0] for table in tables}


ID = column("id")
NAME = column("name")
LANGUAGE = column("language")
ALIAS = column("alias")
POSITION = column("position", type_="integer")
IN_FORCE = column("in_force", type_="boolean")
MECHANISM = column("mechanism", refers="mechanisms")
COUNTRY = column("country", refers="countries")
AGENCY = column("agency", refers="agencies")
THEME = column("theme", refers="themes")
SOURCE = column("source", refers="sources")
IN_LANGUAGE = (LANGUAGE, column("name", "Name in that language", optional=True), column("acronym", optional=True))
