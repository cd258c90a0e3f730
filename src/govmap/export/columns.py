"""The columns of the exported tables: each name is described once and means the same in every table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import msgspec

from govmap.rows import Cell


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
    type: Literal["text", "date", "integer", "boolean"] = "text"
    optional: bool = False
    refers: str | None = None


Row = tuple[Cell, ...]


class Table(NamedTuple):
    """A table: `key` names the columns that no two rows share; a table that others refer to has one such column."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def links(name: str, about: str, left: Column, right: Column, pairs: Iterable[Row]) -> Table:
    """Return the table of a list: each of *pairs* once."""
    return Table(name, about, (left.name, right.name), (left, right), tuple(dict.fromkeys(pairs)))


def keys_of(tables: tuple[Table, ...]) -> dict[str, str]:
    """Return what others refer to in each table, by its name: the first column of its key."""
    return {table.name: table.key[0] for table in tables}


def _optional(name: str, about: str) -> Column:
    return Column(name, about, optional=True)


def _date(name: str, about: str) -> Column:
    return Column(name, about, "date", optional=True)


def _refers(name: str, table: str, about: str) -> Column:
    return Column(name, about, refers=table)


ID = Column("id", "Id, which other tables refer to")
NAME = Column("name", "Name in English")
TITLE = Column("title", "Title")
LANGUAGE = Column("language", "Language of the name, by ISO 639-1 code")
KIND = Column("kind", "Kind, in the words of the dataset")
POSITION = Column("position", "Place in the list, from 1", "integer")
NUMBER = Column("number", "Number", "integer")
LABEL = Column("label", "Label")
ALIAS = Column("alias", "One more name, of no stated language")
NOTE = _optional("note", "What there is to know beside it")
AS_WRITTEN = _optional("as_written", "The form of the source, where it differs from the one shown")
IN_FORCE = Column("in_force", "Whether it holds as of the date of the export (as_of in the table about)", "boolean")

SINCE = _date("since", "First day in force; empty where it is not known")
UNTIL = _date("until", "First day no longer in force; empty where it has not ended")
JOINED_AFTER = _date("joined_after", "Last day on which it was known to be out, where since is not known")
JOINED_BY = _date("joined_by", "First day on which it was known to be in, where since is not known")
DATE = _date("date", "When; empty where it is not known")
LAST_DAY = _date("until", "Last day, of what took more than one")

MECHANISM = _refers("mechanism", "mechanisms", "The mechanism")
COUNTRY = _refers("country", "countries", "The country, by alpha-3 code")
AGENCY = _refers("agency", "agencies", "The agency")
THEME = _refers("theme", "themes", "The theme")
CATEGORY = Column("category", "The category", "integer", refers="categories")
FORMER_NAME = _refers("former_name", "mechanism_former_names", "The former name")
RESOLUTION = _refers("resolution", "resolutions", "The resolution")
EVENT = Column("event", "The event", "integer", refers="events")
EVIDENCE = _refers("evidence", "evidence", "The piece of evidence")
SOURCE = _refers("source", "sources", "The source")

PART = Column("part", "What of the mechanism it is about: members, groups, founded …")
# By the field of an item of a mechanism.
FIELDS = {"code": COUNTRY} | {
    column.name: column
    for column in (
        AGENCY,
        NUMBER,
        NAME,
        Column("relation", "What the listing means: member, associate, observer, endorser or covered"),
        _optional("unit", "The part of the agency"),
        AS_WRITTEN,
        NOTE,
        _refers("pillar", "pillars", "The pillar")._replace(optional=True),
        _refers("sub_body", "sub_bodies", "The body of the mechanism that owns the group")._replace(optional=True),
        Column("other_number", "The number on the mechanism's own site, where it differs", "integer", optional=True),
        SINCE,
        UNTIL,
        JOINED_AFTER,
        JOINED_BY,
    )
}
TABLES = {
    "country": "countries",
    "mechanism": "mechanisms",
    "agency": "agencies",
    "theme": "themes",
    "source": "sources",
}

ABOUT = (
    TITLE,
    Column("version", "Version of the data"),
    Column("reference_date", "The date for which the dataset answers", "date"),
    Column("as_of", "The date for which in_force answers in this export", "date"),
    _optional("author", "Who made the dataset"),
    SOURCE._replace(optional=True),
    _optional("licence", "Licence of the data"),
    _optional("statement", "What to know before relying on the data"),
)
COUNTRIES = (
    Column("alpha3", "ISO 3166-1 alpha-3 code"),
    _optional("alpha2", "ISO 3166-1 alpha-2 code"),
    _optional("numeric", "ISO 3166-1 numeric code, with its zeros"),
    NAME,
    KIND,
    COUNTRY._replace(name="sovereign", about="The state that a dependent territory belongs to", optional=True),
    _optional("region", "Region of the world"),
)
MECHANISMS = (
    ID,
    NAME,
    KIND,
    Column("coverage", "full, or mentioned where the source only names it: its members are then not known"),
    _optional("relation", "What being listed means: member, associate, observer, endorser or covered"),
    _optional("parent", "What it belongs to"),
    _date("founded", "When it was founded"),
    UNTIL._replace(about="First day on which it no longer existed; empty where it has not ended"),
    _optional("website", "Address of its own site"),
    AS_WRITTEN,
    _optional("members_as_written", "What the source says of its members, where that slips"),
    _optional("group_label", "What it calls its groups"),
    _optional("groups_as_written", "What the source calls its groups"),
    _optional("numbering", "Where the numbers of its groups come from"),
    _optional("secretariats_note", "Why no secretariat is given"),
    NOTE,
    IN_FORCE._replace(about="Whether it existed as of the date of the export"),
)
NAMES = (
    LANGUAGE,
    _optional("name", "Name in that language"),
    _optional("acronym", "Acronym in that language"),
)
FORMER_NAMES = (
    ID,
    MECHANISM,
    NAME,
    UNTIL._replace(about="First day on which it was called otherwise", optional=False),
    IN_FORCE._replace(about="Whether it was so called as of the date of the export"),
)
PROPOSED = Column("proposed", "Whether the name is this dataset's own wording", "boolean")
EVIDENCE_STATED = (
    Column("status", "note only, confirmed, contradicted or changed since"),
    _date("as_of", "Date of the newest source that shows the value"),
    NOTE,
)
THEMES = (
    ID,
    LABEL._replace(about="Preferred label in English"),
    THEME._replace(name="broader", about="The theme above it", optional=True),
    NOTE,
)
CONCEPT = Column("concept", "A concept of another vocabulary that it matches; see docs/data-format.md")
WORD = Column("word", "A word that is too broad to stand for the theme alone")
THEME_LABELS = (
    THEME,
    LANGUAGE,
    KIND._replace(about="preferred or alternative, as in SKOS"),
    LABEL,
    _optional("label_source", "Where a preferred label comes from, in the letters of docs/data-format.md"),
    PROPOSED._replace(about="Whether a preferred label is this dataset's own proposal", optional=True),
)
SOURCES = (
    ID,
    TITLE,
    Column("publisher", "Who published it"),
    DATE,
    _optional("url", "Address; empty for print"),
    KIND,
    Column("looked_up", "The day it was read", "date"),
    _optional("isbn", "ISBN"),
)
EVENTS = (
    NUMBER._replace(about="Place in the list of events, from 1"),
    DATE,
    LAST_DAY,
    KIND,
    _optional("concerns", "The part of the mechanisms that changed"),
    Column("carried", "Whether the dates of the lists carry the change", "boolean"),
    Column("text", "What happened"),
    AS_WRITTEN,
)
RESOLUTIONS = (
    ID,
    Column("number", "Number, as the body writes it"),
    TITLE,
    Column("body", "Who passed it"),
    KIND,
    DATE,
    LAST_DAY,
    AS_WRITTEN,
    NOTE,
)
CORRECTIONS = (
    Column("number", "Running number", "integer"),
    KIND,
    Column("id", "Id of the record; of an event its date"),
    _optional("part", "The key of the record that is other, where it is not the whole record"),
    _optional("item", "The entry in that list, by its code, number or id; of an event its text"),
    Column("change", "Whether it was added, changed or withdrawn"),
)


def column_of(field: msgspec.inspect.Field) -> Column:
    """Return the column of a field of a record: as it is described here, else by its type."""
    if field.name in FIELDS:
        column = FIELDS[field.name]
        return column._replace(optional=column.optional and not field.required)
    about, optional = field.name.replace("_", " ").capitalize(), not field.required
    match _not_null(field.type):
        case msgspec.inspect.IntType():
            return Column(field.name, about, "integer", optional)
        case msgspec.inspect.BoolType():
            return Column(field.name, about, "boolean", optional)
        case msgspec.inspect.Metadata(extra={"is": "date"}):
            return Column(field.name, about, "date", optional)
        case msgspec.inspect.Metadata(extra={"refers": kind}):
            return Column(field.name, about, optional=optional, refers=TABLES[kind])
        case _:
            return Column(field.name, about, optional=optional)


def _not_null(kind: msgspec.inspect.Type) -> msgspec.inspect.Type:
    if isinstance(kind, msgspec.inspect.UnionType):
        return next(option for option in kind.types if not isinstance(option, msgspec.inspect.NoneType))
    return kind
