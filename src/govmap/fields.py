"""The kinds of values that the records of `govmap.model` hold, and the records that they are made from.

`Meta(extra=...)` tells the loader more: `defines` and `refers` name the kind of record that an id is, `requires` is
a key that a mapping must have, `is` marks a date, and other keys are bounds in the words of JSON Schema. Dates are
texts, a year, a month or a day (ISO 8601).
"""

# Annotations are no texts here: msgspec, which reads them at every call, would have to compile each.
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, get_args

from msgspec import Meta, Struct

from govmap.dates import first_day, in_force, last_day
from govmap.language import N_, Language, _


def bounded(**bounds: Any) -> Meta:
    """Return bounds for the loader and the schema, which are not checked again where the database is read."""
    return Meta(extra=bounds, extra_json_schema=bounds)


LONGEST_ID, LONGEST_TEXT = 80, 2000  # characters
ID_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]*"

Date = Annotated[str, bounded(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), Meta(extra={"is": "date"})]
Id = Annotated[str, bounded(pattern=f"^{ID_PATTERN}$", maxLength=LONGEST_ID)]
Text = Annotated[str, bounded(minLength=1, maxLength=LONGEST_TEXT)]
Number = Annotated[int, bounded(minimum=0)]
Names = Annotated[dict[Language, Text], Meta(extra={"requires": "en"})]
Texts = Text | Names  # in the language of the data, or by language

MechanismId = Annotated[Id, Meta(extra={"refers": "mechanism"})]
AgencyId = Annotated[Id, Meta(extra={"refers": "agency"})]
ThemeId = Annotated[Id, Meta(extra={"refers": "theme"})]
SourceId = Annotated[Id, Meta(extra={"refers": "source"})]
FactId = Annotated[Text, Meta(extra={"refers": "fact"})]
CountryCode = Annotated[Id, Meta(extra={"refers": "country"})]
Themes = Annotated[tuple[ThemeId, ...], bounded(minItems=1)]

Relation = Literal["member", "associate", "observer", "endorser", "covered", "party", "participant"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
# `one source`: beside the page that is cited nothing was found. The last is given where a file that extends the bundled
# data says something and names no evidence for it.
Status = Literal["note only", "one source", "confirmed", "contradicted", "changed since", "own data"]
PLAIN_STATUSES = {"note only": "source only", "own data": "your data"}  # plainer words, which pages show
Scope = Literal["note", "wider"]  # whether a body is one of the source's, or one that other sources tell of
OWN_DATA = "own data"
# What a note on a bundled list does not speak of, where own data change that list.
LIMIT = N_("This refers to the bundled list, which your data change")


def is_acronym(mechanism: str) -> bool:
    """Return whether the id of a mechanism is its acronym, and not words in small letters."""
    return not mechanism.islower()


def short_name(mechanism: str, name: str) -> str:
    """Return the id of a mechanism where that is an acronym, else its name."""
    return mechanism if is_acronym(mechanism) else name


class Record(Struct, frozen=True, omit_defaults=True):
    """The base of everything that is read from a data file.

    A record that may be written as a bare text names the field which that text fills as its `shorthand`.
    """

    shorthand: ClassVar[str | None] = None

    def flaws(self) -> Iterator[str]:
        """Yield what is wrong with the record as a whole, each with what to write instead."""
        yield from ()

    def doubts(self) -> Iterator[str]:
        """Yield what is allowed and most likely not meant, each with what to write instead."""
        yield from ()


def flaws_of_span(since: str | None, until: str | None) -> Iterator[str]:
    """Yield a flaw where a span of time ends before it can have started."""
    if since and until and last_day(until) < first_day(since):
        template = _("ends ({end}) before it starts ({start}); swap the dates or correct one")
        yield template.format(end=until, start=since)


class Span(Record, frozen=True, kw_only=True):
    """What held from `since`, its first day, until `until`, the first day on which it no longer did."""

    since: Date | None = None
    until: Date | None = None

    @property
    def start(self) -> str | None:
        """The date from which it counts; none where nothing is known of that."""
        return self.since

    def holds(self, as_of: str) -> bool:
        """Return whether it held on a part-date."""
        return in_force(self.since, self.until, as_of)

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where it ends before it starts."""
        yield from flaws_of_span(self.since, self.until)
