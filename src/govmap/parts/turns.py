"""The dated beginnings and ends of facts, and the sentences on them, which answers have where no event names the fact.

Who joined a mechanism, left it or changed role there; what of its parts came and went; when it began, was renamed and
ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from govmap.atlas import Atlas
from govmap.dates import day_before, first_day, last_day
from govmap.fields import short_name
from govmap.grouping import grouped
from govmap.language import in_language
from govmap.mechanism_parts import PARTS, find_part
from govmap.model import Event, Mechanism, Member
from govmap.records import trust_in
from govmap.statements import Statement

Wanted = Callable[[str], bool]  # which dates are asked for


class Turn(NamedTuple):
    """The beginning or the end of a fact.

    Attributes:
        mechanism: The mechanism that it is of.
        part: The label of the part.
        date: When.
        kind: What kind of event it is.
        what: What the sentence on it says, beside the names.
        item: The item of the part; none of the mechanism as a whole.
        whole: Whether the date counts from its first day, not its last (see `Chair`).

    """

    mechanism: Mechanism
    part: str
    date: str
    kind: str
    what: tuple[str, ...] = ()
    item: Any = None
    whole: bool = False

    @property
    def fact(self) -> str:
        """The id by which events name the fact; that it was renamed no event does."""
        part = next((part for part in PARTS if part.label == self.part), None)
        return part.fact_id(self.mechanism, self.item) if part else f"{self.mechanism.id}/{self.part}"

    @property
    def day(self) -> str:
        """The day on which it counts."""
        return first_day(self.date) if self.whole else last_day(self.date)


class Told(NamedTuple):
    """What happened on a date to one item or to several, in a sentence, and on which sources (ids) that rests."""

    date: str
    day: str
    kind: str
    text: Statement
    mechanism: str
    countries: tuple[str, ...]
    sources: tuple[str, ...]


def is_in_the_life_of(body: Mechanism, country: str, kind: str, date: str) -> bool:
    """Return whether a mechanism that begins or ends (*kind*) on a date has the *country* in it then.

    A country that is known to have joined on a date has that of its own.
    """
    spells = [member for member in body.members if member.code == country]
    if kind == "founded":
        return any(member.start is None and member.holds(date) for member in spells)
    return kind == "ended" and any(member.holds(day_before(date)) for member in spells)


def turns_of(
    mechanism: Mechanism, events: Iterable[Event] = (), *, only: str | None = None, is_wanted: Wanted | None = None
) -> Iterator[Turn]:
    """Yield the beginnings and ends of a mechanism and of its parts, but for those that *events* tell of.

    Args:
        mechanism: The mechanism as the files hold it, of every date.
        events: What is told in other words: on its date an event tells of the facts that it names.
        only: Of countries only this one, by alpha-3 code.
        is_wanted: Which dates are asked for, by default all.

    """
    told = {(fact, date) for event in events for fact in event.facts or () for date in (event.date, event.until)}
    for turn in _every_turn(mechanism, only, is_wanted):
        if (is_wanted is None or is_wanted(turn.date)) and (turn.fact, turn.date) not in told:
            yield turn


def _every_turn(mechanism: Mechanism, only: str | None, is_wanted: Wanted | None) -> Iterator[Turn]:
    """Yield what `turns_of` does, and what events tell of."""
    yield from _of_members(mechanism, only, is_wanted)
    following = mechanism.name
    for name in sorted(mechanism.former_names, key=lambda name: last_day(name.until), reverse=True):
        former = in_language(name.names)
        yield Turn(mechanism, "names", name.until, "changed", (former, following), name)
        following = former
    yield from _of_parts(mechanism, only)
    for link in mechanism.links:
        if link.date:
            yield Turn(mechanism, "links", link.date, "meeting", (link.other,), link)
    for kind, date in (("founded", mechanism.founded), ("ended", mechanism.until)):
        if date:
            yield Turn(mechanism, kind, date, kind)


def _of_members(mechanism: Mechanism, only: str | None, is_wanted: Wanted | None) -> Iterator[Turn]:
    """Yield each date on which a country joined, left or got another role, with the spell that began or ended.

    Spells may meet or overlap: what counts is whether it was listed, and as what, on that day and on the day before.
    """
    members = (member for member in mechanism.members if only in (None, member.code))
    in_time = sorted(members, key=lambda member: last_day(member.start or "0001"))
    for spells in grouped((member.code, member) for member in in_time).values():
        named = (date for spell in spells for date in (spell.until, spell.since or spell.joined_by) if date)
        for _day, date in sorted({last_day(date): date for date in filter(is_wanted, named)}.items()):
            before, after = _counting(spells, day_before(date)), _counting(spells, date)
            if after is None:
                if before is not None:
                    yield Turn(mechanism, "members", date, "left", ("left",), before)
            elif before is None:
                joined = "joined" if after.since else "joined by"
                yield Turn(mechanism, "members", date, "joined", (joined,), after)
            elif mechanism.relation_of(before) != mechanism.relation_of(after):
                roles = (mechanism.relation_of(before), mechanism.relation_of(after))
                yield Turn(mechanism, "members", date, "changed", roles, after)


def _counting(spells: list[Member], date: str) -> Member | None:
    """Return the latest of *spells*, in the order of time, that holds on a date."""
    return next((spell for spell in reversed(spells) if spell.holds(date)), None)


def _of_parts(mechanism: Mechanism, only: str | None) -> Iterator[Turn]:
    """Yield the items of the other parts that came and went, but for observers that became members.

    Of one whose beginning is not known, that is the date on which it was seen, or else its end.
    """
    joined = {(member.code, date) for member in mechanism.members for date in (member.since, member.joined_by)}
    for part in (part for part in PARTS if part.sentences):
        for item in part.items(mechanism):
            if part.of == "country" and only not in (None, item.code):
                continue
            dates, sentences = (item.since, item.until), part.sentences
            if part.undated and item.since is None:
                dates, sentences = (item.seen, None if item.seen else item.until), part.undated
            for date, sentence in zip(dates, sentences or (), strict=True):
                becomes_member = part.field == "observers" and date == item.until and (item.code, date) in joined
                if date and sentence and not becomes_member:
                    yield Turn(mechanism, part.label, date, "changed", (sentence,), item, part.whole_dates)


def tell(atlas: Atlas, turns: Iterable[Turn]) -> Iterator[Told]:
    """Yield in one sentence each what happened on one date in one part."""
    together = grouped(((turn.mechanism.id, turn.date, turn.part, turn.kind, turn.what), turn) for turn in turns)
    for alike in together.values():
        first, items = alike[0], [turn.item for turn in alike]
        sources = (id_ for item in items for id_ in trust_in(first.mechanism, first.part, item).sources)
        yield Told(
            date=first.date,
            day=first.day,
            kind=first.kind,
            text=_text(atlas, first, items),
            mechanism=first.mechanism.id,
            countries=tuple(sorted({item.code for item in items if hasattr(item, "code")})),
            sources=tuple(dict.fromkeys(sources)),
        )


def _text(atlas: Atlas, turn: Turn, items: list[Any]) -> Statement:
    """Return the sentence on a *turn* of *items*."""
    called = short_name(turn.mechanism.id, turn.mechanism.name)
    match turn.part:
        case "founded" | "ended":
            return Statement("begins" if turn.part == "founded" else "ends", name=called)
        case "names":
            former, name = turn.what
            note = (turn.item.evidence and turn.item.evidence.note) or ""
            return Statement("renamed", former=former, name=name, note=note)
        case "links":
            other = atlas.stored(turn.item.other)
            right = short_name(other.id, other.name)
            return Statement("linked", left=called, right=right, kind=turn.item.kind, note=turn.item.note or "")
    part = find_part(turn.part)
    if part.label == "members":
        names = [part.name_of(atlas, member) for member in sorted(items, key=lambda member: member.code)]
        if turn.kind == "changed":
            return Statement("role", mechanism=called, names=names, before=turn.what[0], after=turn.what[1])
        return Statement("listing", event=turn.what[0], mechanism=called, names=names)
    names = [part.name_of(atlas, item) for item in items]
    if part.of == "agency":
        names = [f"{item.agency}, {name}" for item, name in zip(items, names, strict=True)]
    return Statement("part changes", sentence=turn.what[0], mechanism=called, names=names)
