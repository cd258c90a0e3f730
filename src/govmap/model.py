"""What the data files hold: one frozen, typed record for each kind of thing.

The classes are the format: the loader checks files against them field by field, so a new field is one line
here. docs/reference/data-format.md explains them to people.
"""

# Annotations are no texts here: msgspec, which reads them at every call, would have to compile each.
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, field

from govmap.dates import first_day, in_force, last_day
from govmap.fields import (
    AgencyId,
    CountryCode,
    Date,
    FactId,
    Id,
    MechanismId,
    Names,
    Number,
    Record,
    Relation,
    Scope,
    SourceId,
    Span,
    Status,
    Text,
    Texts,
    ThemeId,
    Themes,
    flaws_of_span,
)
from govmap.language import Language, _, in_language
from govmap.mechanism_parts import PARTS, Part, find_part
from govmap.texts import repeated


class Named:
    """A record with a name, in one language or by language."""

    __slots__ = ()
    names: Texts

    @property
    def name(self) -> str:
        """The name in the language of the answer, as far as the data have it."""
        return in_language(self.names)


class Noted:
    """A record with a note, which may be in one language alone."""

    __slots__ = ()
    notes: Texts | None

    @property
    def note(self) -> str | None:
        """The note in the language of the answer, as far as the data have it."""
        return None if self.notes is None else in_language(self.notes)


class Evidence(Record, Noted, frozen=True):
    """What is known of how far a value can be trusted.

    `as_of` is the date of the newest source that shows the value; none means that only the publication
    date of the dataset's source is known.
    """

    status: Status
    sources: tuple[SourceId, ...]
    as_of: Date | None = None
    notes: Texts | None = field(default=None, name="note")


class Member(Span, frozen=True):
    """A country that a mechanism lists, by alpha-3 code.

    `since` is the first day in, `until` the first day out. Where the day it joined is not known, `joined_after`
    is the last day on which it was known to be out, and `joined_by` the first on which it was known to be in.
    """

    shorthand: ClassVar[str | None] = "code"

    code: CountryCode
    relation: Relation | None = None
    joined_after: Date | None = None
    joined_by: Date | None = None
    as_written: Text | None = None
    evidence: Evidence | None = None

    @property
    def start(self) -> str | None:
        """The date from which it counts: its first day, or else what is known of that; none where nothing is."""
        return self.since or self.joined_by or self.joined_after

    def holds(self, date: str) -> bool:
        """Return whether the country is in on a date; where it joined after a day, it was out until then."""
        return in_force(self.since or self.joined_by, self.until, date, self.joined_after)

    def is_open(self, date: str) -> bool:
        """Return whether it is not known on a date: after the last day out, and before the first known to be in."""
        if self.since or not self.joined_by or last_day(date) >= last_day(self.joined_by):
            return False
        return not self.joined_after or last_day(date) > last_day(self.joined_after)

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where the membership ends before it starts."""
        yield from flaws_of_span(self.start, self.until)

    def doubts(self) -> Iterator[str]:
        """Yield a doubt where an observer stands among the members, of which it is counted as one."""
        if self.relation == "observer":
            yield _("is an observer and counted as a member; write it under `observers` if it should not be")


class Unclear(Record, frozen=True):
    """A country whose place in a mechanism the source leaves open: it is not counted, and it is named."""

    code: CountryCode
    notes: Texts = field(name="note")

    @property
    def note(self) -> str:
        """Why, in the language of the answer, as far as the data have it."""
        return in_language(self.notes)


class Observer(Span, frozen=True):
    """A country that is beside a mechanism and not in it: it stands in no list of members, and counts in no set.

    `role` says how: an observer, a friend (of a group of friends), a supporter (of a support platform), or a guest.
    `seen` is a date on which it was seen in that role, where no more is known of since when; `joined_after` is the last
    day on which it was known not to be.
    """

    shorthand: ClassVar[str | None] = "code"

    code: CountryCode
    role: Literal["observer", "friend", "supporter", "guest"] = "observer"
    seen: Date | None = None
    joined_after: Date | None = None
    evidence: Evidence | None = None

    @property
    def start(self) -> str | None:
        """The date from which it counts: its first day, or else the day on which it was seen."""
        return self.since or self.seen

    def holds(self, as_of: str) -> bool:
        """Return whether it is known to have been beside the mechanism by a part-date, and not to have ended."""
        return in_force(self.start, self.until, as_of, self.joined_after)


class Chair(Span, frozen=True):
    """A country that chairs a mechanism, which many call the presidency pro tempore.

    A year or a month is meant as a whole: the chair of 2024 holds from its first day. Where it is not known until when
    one was held, `seen` is the last date on which it was, by default the one of its start: it says nothing of later.
    """

    code: CountryCode
    seen: Date | None = None
    evidence: Evidence | None = None

    @property
    def start(self) -> str | None:
        """The date from which it counts: its first day, or else the first on which anything is known of it."""
        return self.since or self.seen or self.until

    @property
    def known_until(self) -> str | None:
        """The first day on which it was no longer held, or else the last date on which it is known to have been."""
        return self.until or self.seen or self.since

    def holds(self, as_of: str) -> bool:
        """Return whether it is known to have been held on a part-date."""
        day = last_day(as_of)
        if not self.start or first_day(self.start) > day:
            return False
        return first_day(self.until) > day if self.until else last_day(self.known_until or "") >= day


class Link(Record, Noted, frozen=True):
    """A contact of two mechanisms, which stands with one of them; `date` and `until` are its first and last day.

    That both are served by one agency is no link.
    """

    other: MechanismId
    kind: Literal["joint meeting", "guest", "observer", "exchange", "support", "part of", "partner"]
    date: Date | None = None
    until: Date | None = None
    notes: Texts | None = field(default=None, name="note")
    evidence: Evidence | None = None

    @property
    def start(self) -> str | None:
        """The date on which it came about; none where that is not known."""
        return self.date

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where it ends before it starts."""
        yield from flaws_of_span(self.date, self.until)


class Group(Span, Named, frozen=True):
    """A working group, network, thematic area, action package, work area or sector of a mechanism.

    `as_written` is the source's own name where the one shown differs from it; `other_number` is the number
    that the mechanism's own site gives where it differs. `name_sources` says by language where a name is published;
    in a language that is not there, other than English, it is this dataset's own wording. `leads` are the countries
    that lead it, known so since `leads_since`; what that rests on is the evidence of the mechanism on its leads.
    """

    number: Number
    names: Texts = field(name="name")
    themes: Themes
    as_written: Text | None = None
    pillar: Number | None = None
    sub_body: Id | None = None
    other_number: Number | None = None
    name_sources: dict[Language, SourceId] = {}
    leads: tuple[CountryCode, ...] = ()
    leads_since: Date | None = None
    evidence: Evidence | None = None


class Pillar(Span, Named, frozen=True):
    """A heading under which a mechanism arranges its groups; `name_sources` are as those of a group."""

    number: Number
    names: Texts = field(name="name")
    themes: Themes
    as_written: Text | None = None
    name_sources: dict[Language, SourceId] = {}


class SubBody(Span, Named, Noted, frozen=True):
    """A body of a mechanism that owns some of its groups."""

    id: Id
    names: Texts = field(name="name")
    notes: Texts | None = field(default=None, name="note")


class Secretariat(Span, Noted, frozen=True):
    """An agency that serves a mechanism as its technical secretariat, or a part of it."""

    agency: AgencyId
    units: Texts | None = field(default=None, name="unit")
    as_written: Text | None = None
    notes: Texts | None = field(default=None, name="note")
    evidence: Evidence | None = None

    @property
    def unit(self) -> str | None:
        """The part of the agency in the language of the answer, as far as the data have it."""
        return None if self.units is None else in_language(self.units)


class FormerName(Record, frozen=True):
    """What a mechanism was called before `until`, the first day on which it was called otherwise."""

    names: Names
    until: Date
    acronyms: dict[Language, Text] = {}
    proposed_names: tuple[Language, ...] = ()
    evidence: Evidence | None = None


class Event(Record, frozen=True):
    """Something that happened on a date, or between `date` and `until` (the last day).

    `concerns` names the part of the mechanism that changed, and `facts` which facts of the dataset begin or end with
    it, so that the lists carry the change (where none of these is left, the list is empty). A change without `facts` is
    always shown beside the lists, and beside answers on its `themes`.
    `as_written` keeps the source's own date or wording where it slips.
    """

    date: Date | None
    kind: Literal["founded", "ended", "joined", "left", "changed", "meeting", "resolution", "publication", "statement"]
    texts: Texts = field(name="text")
    sources: tuple[SourceId, ...]
    until: Date | None = None
    mechanisms: tuple[MechanismId, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    themes: tuple[ThemeId, ...] = ()
    concerns: Literal["members", "groups", "secretariats", "chair", "statute"] | None = None
    facts: tuple[FactId, ...] | None = None
    as_written: Text | None = None

    @property
    def carried(self) -> bool:
        """Whether the lists of the dataset carry the change, so that it need not be told beside them."""
        return self.facts is not None

    @property
    def text(self) -> str:
        """What happened, in the language of the answer, as far as the data have it."""
        return in_language(self.texts)

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where the event ends before it starts."""
        yield from flaws_of_span(self.date, self.until)


class Mechanism(Record, Named, Noted, frozen=True):
    """A body that governs migration, with its members, groups and secretariats.

    `scope` is `wider` for a body that the source of the dataset does not tell of: questions answer on it where it is
    named, or where all are asked for. `coverage` is `mentioned` for a body that is only named: its members are not
    known, which is not the same as having none. `proposed_names` lists the languages in which the name is this
    dataset's own. `until` is the first day on which it no longer existed.
    """

    id: Annotated[Id, Meta(extra={"defines": "mechanism"})]
    names: Names
    kind: Text
    scope: Scope = "note"
    coverage: Literal["full", "mentioned"] = "full"
    acronyms: dict[Language, Text] = {}
    aliases: tuple[Text, ...] = ()
    proposed_names: tuple[Language, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    relation: Relation | None = None
    parent: Text | None = None
    founded: Date | None = None
    until: Date | None = None
    website: Text | None = None
    as_written: Text | None = None
    notes: Texts | None = field(default=None, name="note")
    members_as_written: Text | None = None
    members: tuple[Member, ...] = ()
    unclear_members: tuple[Unclear, ...] = ()
    observers: tuple[Observer, ...] = ()
    chairs: tuple[Chair, ...] = ()
    group_label: Text | None = None
    groups_as_written: Text | None = None
    numbering: Text | None = None
    groups: tuple[Group, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    sub_bodies: tuple[SubBody, ...] = ()
    secretariats: tuple[Secretariat, ...] = ()
    secretariats_notes: Texts | None = field(default=None, name="secretariats_note")
    links: tuple[Link, ...] = ()
    evidence: dict[Text, Evidence] = {}

    @property
    def secretariats_note(self) -> str | None:
        """What is to be said of the secretariats, in the language of the answer, as far as the data have it."""
        return None if self.secretariats_notes is None else in_language(self.secretariats_notes)

    def fact_ids(self) -> Iterator[str]:
        """Yield the ids by which events name its facts: RCM/founded, RCM/ended, RCM/members/PER."""
        yield from (f"{self.id}/{name}" for name, date in (("founded", self.founded), ("ended", self.until)) if date)
        yield from (part.fact_id(self, item) for part in PARTS for item in part.items(self))

    def evidence_on(self, part: str, item: Any = None) -> Evidence | None:
        """Return the evidence of an *item* of a part, given by label, or else that of the part."""
        return getattr(item, "evidence", None) or self.evidence.get(part)

    def relation_of(self, member: Member) -> Relation:
        """Return what it means that a *member* is listed."""
        return member.relation or self.relation or "member"

    def flaws(self) -> Iterator[str]:
        """Yield what does not fit together: repeats, groups of no pillar, members without a relation."""
        yield from flaws_of_span(self.founded, self.until)
        for date in repeated([name.until for name in self.former_names]):
            yield _("has two names until {date}; a name ends where the next begins").format(date=date)
        for part in PARTS:
            yield from self._flaws_of(part)
        if self.coverage == "mentioned" and (self.members or self.groups):
            yield _("is only `mentioned`, yet has members or groups; leave `coverage` out")
        if self.members and self.relation is None and any(m.relation is None for m in self.members):
            yield _("does not say what being listed means; add `relation: member`, `endorser` or `covered`")
        if any(link.other == self.id for link in self.links):
            yield _("has a link with itself; name the other mechanism")

    def _flaws_of(self, part: Part) -> Iterator[str]:
        """Yield the items of one key, and the references to items that are not there."""
        items = part.items(self)
        if part.twice:
            for key in repeated([part.key_of(item) for item in items]):
                yield _(part.twice).format(**{part.key: key})
        for reference in part.references:
            other = find_part(reference.part)
            known = {None, *(getattr(item, other.key) for item in other.items(self))}
            for item in items:
                key = getattr(item, reference.field)
                if key not in known:
                    named = {reference.field: key, other.key: key, part.key: getattr(item, part.key)}
                    yield _(reference.lacking).format(**named)

    def doubts(self) -> Iterator[str]:
        """Yield lists that rest on nothing, memberships that overlap or are too early, and a body without members."""
        if self.coverage == "full" and not self.members:
            yield _("has no members; add them, or `coverage: mentioned` if they are not known")
        for part in (part for part in PARTS if part.needs_source and part.label not in self.evidence):
            if not all(getattr(item, "evidence", None) for item in part.items(self)):
                example = f"evidence: {{{part.label}: {{status: note only, sources: [...]}}}}"
                yield _("has {part} without a source; add `{example}`").format(part=part.label, example=example)
        spells = sorted(self.members, key=lambda member: (member.code, last_day(member.start or "0000")))
        for member in spells:
            if member.since and self.founded and last_day(member.since) < first_day(self.founded):
                text = _("lists {code} since {since}, before it was founded; correct one of the two")
                yield text.format(code=member.code, since=member.since)
        for first, second in pairwise(spells):
            again = last_day(second.start or "0000")
            if first.code == second.code and (first.until is None or last_day(first.until) > again):
                yield _("lists {code} twice at the same time; give the first period an `until`").format(code=first.code)


PARTS_AS_STORED = sorted(PARTS, key=lambda part: Mechanism.__struct_encode_fields__.index(part.field))


class Agency(Record, Named, frozen=True):
    """An organisation that serves as secretariat."""

    id: Annotated[Id, Meta(extra={"defines": "agency"})]
    names: Names
    acronyms: dict[Language, Text] = {}
    aliases: tuple[Text, ...] = ()


class Point(Record, frozen=True):
    """What a resolution says of some mechanisms: that it recognises, urges or mandates something."""

    says: Literal["recognises", "urges", "mandates"]
    texts: Texts = field(name="text")
    mechanisms: tuple[MechanismId, ...] = ()

    @property
    def text(self) -> str:
        """What it says of them, in the language of the answer, as far as the data have it."""
        return in_language(self.texts)


class Resolution(Record, Noted, frozen=True):
    """A resolution or declaration that the source rests on; its `points` are what it says of mechanisms."""

    id: Annotated[Id, Meta(extra={"defines": "resolution"})]
    number: Text
    title: Text
    bodies: Texts = field(name="body")
    kind: Text
    date: Date | None
    sources: tuple[SourceId, ...]
    until: Date | None = None
    as_written: Text | None = None
    notes: Texts | None = field(default=None, name="note")
    points: tuple[Point, ...] = ()

    @property
    def body(self) -> str:
        """Who adopted it, in the language of the answer, as far as the data have it."""
        return in_language(self.bodies)


class Theme(Record, frozen=True):
    """A concept of the vocabulary, in the terms of SKOS (W3C Recommendation, 18 August 2009).

    `label_sources` says by language where a preferred label comes from, in the codes of docs/reference/data-format.md;
    `X` marks this dataset's own proposal. `never_alone` lists words too broad to stand for the theme.
    """

    id: Annotated[Id, Meta(extra={"defines": "theme"})]
    preferred: Names
    broader: ThemeId | None = None
    related: tuple[ThemeId, ...] = ()
    alternative: dict[Language, tuple[Text, ...]] = {}
    label_sources: dict[Language, Text] = {}
    matches: tuple[Text, ...] = ()
    never_alone: tuple[Text, ...] = ()
    note: Text | None = None

    @property
    def label(self) -> str:
        """The preferred label in the language of the answer, in English where it has none in that."""
        return in_language(self.preferred)


class Category(Record, frozen=True):
    """One of the source's categories of issues, as a grouping over the themes; `labels` has it in other languages."""

    number: Number
    label: Text
    themes: Themes
    labels: dict[Language, Text] = {}

    @property
    def name(self) -> str:
        """The label in the language of the answer, in English where it has none in that."""
        return in_language({"en": self.label, **self.labels})


class Source(Record, frozen=True):
    """A document or page that a fact rests on.

    `authors` are persons, by last and first name with a comma between; `series` is its number in a series; `language`
    is that of a title as published.
    """

    id: Annotated[Id, Meta(extra={"defines": "source"})]
    titles: Texts = field(name="title")
    publishers: Texts = field(name="publisher")
    date: Date | None
    url: Text | None
    kind: Text
    looked_up: Date
    language: Language | None = None
    isbn: Text | None = None
    series: Text | None = None
    authors: tuple[Text, ...] = ()

    @property
    def title(self) -> str:
        """The title as published; a description, in the language of the answer, as far as the data have it."""
        return in_language(self.titles)

    @property
    def publisher(self) -> str:
        """Who published it, in the language of the answer where the data have it."""
        return in_language(self.publishers)


class Country(Record, Named, frozen=True):
    """A territory of ISO 3166-1: a `state` is a member or observer of the United Nations, else it is a `territory`.

    A `historical` state has the codes of ISO 3166-3; `sovereign` is the state to which a dependent territory belongs.
    """

    alpha2: str
    alpha3: Annotated[str, Meta(extra={"defines": "country"})]
    numeric: str
    kind: Literal["state", "territory", "historical"]
    sovereign: str | None
    region: str | None
    names: dict[Language, str]
    other_names: tuple[str, ...] = ()

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where it has neither a code nor an English name."""
        if not (re.fullmatch("[A-Z]{3}", self.alpha3) and self.names.get("en")):
            yield _("needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical")


Compared = Mechanism | Country  # what `compare` and `map` take names of


class About(Record, frozen=True):
    """What a dataset is: its title, version and source, who made it, and the date for which it answers.

    `date` is that of the version. `universe` are the countries that are left out where no mechanism lists them, beside
    whoever one does on any date.
    """

    title: Text
    version: Text
    reference_date: Date
    date: Date | None = None
    author: Text | None = None
    source: SourceId | None = None
    licence: Text | None = None
    statement: Text | None = None
    universe: tuple[CountryCode, ...] = ()


class Correction(Record, frozen=True):
    """What a dataset that extends the bundled one has other than it.

    `part` names a key of the record, and `item` an entry in a list that stands there, by its code, number or id; both
    are none where the record as a whole was added or withdrawn. An event has its date as `id` and its text as `item`.
    Before `since`, an item of a list is as in the bundled data.
    """

    kind: Literal["mechanism", "agency", "resolution", "event"]
    id: str
    part: str | None
    item: str | None
    change: Literal["added", "changed", "withdrawn"]
    since: Date | None = None


class Dataset(Record, frozen=True):
    """Everything that govmap answers from; `corrections` tells what is not from the bundled data it extends."""

    about: About
    mechanisms: tuple[Mechanism, ...]
    agencies: tuple[Agency, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    themes: tuple[Theme, ...] = ()
    categories: tuple[Category, ...] = ()
    sources: tuple[Source, ...] = ()
    countries: tuple[Country, ...] = ()
    corrections: tuple[Correction, ...] = ()
