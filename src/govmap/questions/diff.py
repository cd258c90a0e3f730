"""What differs between two datasets, or between two dates of one: what was added, removed and changed, by record."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

from govmap.atlas import Atlas, load
from govmap.calls import Call, Option
from govmap.dates import is_part_date, last_day
from govmap.declaration import DATA, Date, question
from govmap.errors import DataError, DifferenceError, GovmapError, NotFoundError, UsageError
from govmap.fields import LIMIT
from govmap.language import _
from govmap.model import Mechanism
from govmap.parts.inventory import KINDS, Item, Value, item_of, take_inventory, words_of
from govmap.parts.roles import ChairNow, chair_of
from govmap.records import Answer, Result
from govmap.statements import Statement

BUNDLED = "bundled"
NAMES = ("before", "after")  # of two atlases, which have none of their own
CHANGES = ("added", "removed", "changed")
TWO_DATES = Call("diff", from_="2022-06", to="2022-10", as_of=False)
Pair = tuple[Item | None, Item | None]


class Side(Result, frozen=True):
    """One of the two: its name in the call, its own title and version, and its date where one was asked for."""

    data: str
    title: str
    version: str
    as_of: str | None


class FieldChange(Result, frozen=True):
    """What a field of a record was and is; null is nothing. A list is a set, in alphabetical order."""

    field: str
    before: Value
    after: Value


class RecordChange(Result, frozen=True):
    """A record that was `added`, `removed` or `changed`, with the fields that differ, by name."""

    change: str
    kind: str
    id: str
    name: str
    mechanisms: tuple[str, ...]
    fields: tuple[FieldChange, ...]


class KindCount(Result, frozen=True):
    """How many records of a kind there were and are: `before` less `removed` and more `added` is `after`."""

    kind: str
    before: int
    after: int
    added: int
    removed: int
    changed: int


class Diff(Answer, frozen=True):
    """The answer to `diff`; `mechanism` is the one to whose records it is limited, null for all.

    Between two dates `chairs` has, by mechanism, who chairs it on the later one, where that is not as on the other.
    """

    before: Side
    after: Side
    mechanism: str | None
    equal: bool
    counts: tuple[KindCount, ...]
    changes: tuple[RecordChange, ...]
    chairs: dict[str, ChairNow]
    caution: Statement | None

    @property
    def totals(self) -> dict[str, int]:
        """How many records of all kinds were added, removed and changed."""
        return {name: sum(getattr(count, name) for count in self.counts) for name in CHANGES}


@question(DATA, "bundled our-data", "--from 2022-06 --to 2022-10", shows_failures=True)
def diff(
    before: str | Atlas | None = None,
    after: str | Atlas | None = None,
    *,
    from_: Date | None = None,
    to: Date | None = None,
    mechanism: str | Mechanism | None = None,
    exit_code: bool = False,
    as_of: Date | None = None,
    data: str | Atlas | None = None,
) -> Diff:
    """Show what was added, removed and changed between two datasets, or two dates of one.

    >>> import govmap
    >>> found = govmap.diff(govmap.load(), from_="2022-06", to="2022-08")
    >>> [(change.change, change.id) for change in found.changes if change.kind == "members"]
    [('added', 'LAD/GUY')]

    Args:
        before: A dataset: a folder, a file, or 'bundled' for the data that come with govmap.
        after: Another dataset.
        from_: First date to compare (default: the date of the data).
        to: Second date to compare (default: the latest known).
        mechanism: Only this mechanism.
        exit_code: Exit with 1 if they differ, as git does.

    Raises:
        UsageError: Fewer or more than two datasets or dates are given, or a text is no date.
        DataError: A dataset cannot be read.
        NotFoundError: Neither dataset has the mechanism.

    """
    if as_of is not None and (from_ is not None or to is not None):
        message = _("--as-of cannot be used with --from or --to")
        raise UsageError(message, (TWO_DATES,))
    sides = _sides(before, after, data, dated=from_ is not None or to is not None)
    names = tuple(side if isinstance(side, str) else name for side, name in zip(sides, NAMES, strict=True))
    old, new = _open(sides) if as_of is None else (atlas.at(as_of) for atlas in _open(sides))
    if from_ is not None or to is not None:
        old, new = _dated(old, new, from_, to)
    limit = None if mechanism is None else _mechanism(old, new, mechanism)
    return _compare(old, new, limit, names)


def failure(found: Diff, _atlas: Atlas | None, *, exit_code: bool = False) -> GovmapError | None:
    """Return that the two differ, where the call asked to fail then."""
    if found.equal or not exit_code:
        return None
    counts = _("{added} added, {removed} removed, {changed} changed").format(**found.totals)
    return DifferenceError(_("They differ: {counts}").format(counts=counts))


def _sides(
    before: str | Atlas | None, after: str | Atlas | None, data: str | Atlas | None, *, dated: bool
) -> tuple[str | Atlas, str | Atlas]:
    """Return the two datasets that are named; raise UsageError where the call does not name two sides."""
    if before is not None and data is not None:
        raise UsageError(_("Both datasets are named already; leave --data out"), (TWO_DATES,))
    if not dated and (before is None or after is None):
        instead = Call("diff", BUNDLED, before) if isinstance(before, str) else TWO_DATES
        raise UsageError(_("diff needs two datasets, or two dates of one"), (instead,))
    if before is None:
        before = data if data is not None else os.environ.get("GOVMAP_DATA") or BUNDLED
    return before, before if after is None else after


def _open(sides: tuple[str | Atlas, str | Atlas]) -> list[Atlas]:
    """Return the two sides. A dataset is read once."""
    named = [side for side in dict.fromkeys(sides) if isinstance(side, str)]
    try:
        opened = {side: load(None if side == BUNDLED else side) for side in named}
    except DataError as error:
        if len(named) < 2 or not all(map(is_part_date, named)):
            raise
        raise DataError(error.message, (Call("diff", from_=named[0], to=named[1]),)) from error
    return [opened[side] if isinstance(side, str) else side for side in sides]


def _dated(old: Atlas, new: Atlas, from_: str | None, to: str | None) -> tuple[Atlas, Atlas]:
    """Return the two sides as of their dates; raise UsageError where one is no date, or the first is the later one."""
    try:
        old, new = old.at(from_ or old.as_of), new.at(to or new.known_until)
    except UsageError as error:  # which would offer --as-of
        options = (Option("from_", "2022-06"), Option("to", "2022-10"))
        raise UsageError(error.message, options) from error
    first, second = last_day(old.as_of), last_day(new.as_of)
    if first > second:
        message = _("--from is {first}, later than --to, {second}; a year or a month stands for its last day")
        swapped = Call("diff", from_=new.as_of, to=old.as_of)
        raise UsageError(message.format(first=first, second=second), (swapped,))
    return old, new


def _mechanism(before: Atlas, after: Atlas, name: str | Mechanism) -> str:
    """Return the id of the mechanism with a *name* in either; the error is that of the later one."""
    try:
        return after.mechanism_of_any_date(name).id
    except NotFoundError:
        if isinstance(name, str) and len(before.mechanism_names.exact(name)) == 1:
            return before.mechanism_of_any_date(name).id
        raise


def _compare(before: Atlas, after: Atlas, mechanism: str | None, names: tuple[str, ...]) -> Diff:
    """Return what differs between two datasets: of every date, or as of their dates where one was asked for."""
    dated = before.is_dated or after.is_dated
    old = _items(before, after, mechanism, dated=dated)
    new = _items(after, before, mechanism, dated=dated)
    same_words = 0
    if mechanism is None:
        mine, yours = words_of(before), words_of(after)
        same_words = len(mine & yours)
        old += map(item_of, mine - yours)
        new += map(item_of, yours - mine)
    changes = tuple(sorted(filter(None, map(_change, _pairs(old, new))), key=_order))
    return Diff(
        before=_side(before, names[0], dated=dated),
        after=_side(after, names[1], dated=dated),
        mechanism=mechanism,
        equal=not changes,
        counts=_counts(old, new, changes, same_words),
        changes=changes,
        chairs=_chairs(before, after, mechanism) if dated else {},
        caution=_caution(before, after) if dated else None,
    )


def _items(atlas: Atlas, other: Atlas, mechanism: str | None, *, dated: bool) -> list[Item]:
    every = take_inventory(atlas, dated=dated, beside=other)
    return [item for item in every if mechanism is None or mechanism in item.mechanisms]


def _side(atlas: Atlas, name: str, *, dated: bool) -> Side:
    about = atlas.context.about
    return Side(name, about.title, about.version, atlas.as_of if dated else None)


def _caution(before: Atlas, after: Atlas) -> Statement | None:
    """Return why the earlier date is less sure than that of the data, and why the later one is."""
    cautions: dict[bool, Statement] = {}
    for atlas in sorted((before, after), key=lambda atlas: last_day(atlas.as_of)):
        if atlas.caution:
            cautions.setdefault(atlas.is_past(atlas.context.about.reference_date), atlas.caution)
    return Statement("both", statements=tuple(cautions.values())) if cautions else None


def _chairs(before: Atlas, after: Atlas, only: str | None) -> dict[str, ChairNow]:
    """Return who chairs each mechanism, or *only* one, in the later of two, where others do in the earlier."""
    found = {}
    for id_, mechanism in sorted(after.mechanisms.items()):
        earlier = before.mechanisms.get(id_)
        then, now = chair_of(before, earlier) if earlier else None, chair_of(after, mechanism)
        if only in (None, id_) and now and (then is None or then.codes != now.codes):
            found[id_] = now
    return found


def _pairs(old: list[Item], new: list[Item]) -> Iterator[Pair]:
    """Yield the records that are the same, old and new, and those that stand alone.

    Records are paired by what they are most alike in, round by round, so that no order of theirs counts and the pairs
    of new and old are those of old and new.
    """
    for turn in range(1 + max((len(item.likeness) for item in (*old, *new)), default=0)):
        rest: tuple[list[Item], list[Item]] = ([], [])
        buckets: dict[Hashable, tuple[list[Item], list[Item]]] = {}
        for side, items in enumerate((old, new)):
            for item in items:
                keys = _likenesses(item)
                held = buckets.setdefault(keys[turn], ([], [])) if turn < len(keys) else rest
                held[side].append(item)
        for olds, news in buckets.values():
            both = min(len(olds), len(news))
            mine, yours = sorted(olds, key=_content), sorted(news, key=_content)
            yield from zip(mine[:both], yours[:both], strict=True)
            rest[0].extend(mine[both:])
            rest[1].extend(yours[both:])
        old, new = rest
    yield from ((item, None) for item in old)
    yield from ((None, item) for item in new)


def _likenesses(item: Item) -> tuple[Hashable, ...]:
    """Return what *item* is to share with another one, round by round: everything, then one likeness each."""
    whole = (item.kind, item.likeness, tuple(sorted(item.fields.items())))
    return whole, *((item.kind, *likeness) for likeness in item.likeness)


def _content(item: Item) -> tuple[str, str]:
    return item.id, repr(sorted(item.fields.items()))


def _change(pair: Pair) -> RecordChange | None:
    """Return how two records that are the same differ, or that one stands alone; nothing where they do not."""
    old, new = pair
    shown = new or old
    assert shown is not None  # noqa: S101 - a pair has one at least
    mine, yours = (item.fields if item else {} for item in pair)
    fields = tuple(
        FieldChange(name, mine.get(name), yours.get(name))
        for name in sorted({*mine, *yours})
        if mine.get(name) != yours.get(name) and not _is_made(name, mine, yours)
    )
    if old and new and not fields:
        return None
    change = "changed" if old and new else "added" if new else "removed"
    return RecordChange(change, shown.kind, shown.id, shown.name, shown.mechanisms, fields)


def _is_made(name: str, mine: Mapping[str, Value], yours: Mapping[str, Value]) -> bool:
    """Return whether a note differs in what the merger of own data adds to it alone, which nobody wrote."""
    part, found, _language = name.partition(".note")
    if not (found and part.startswith("evidence.")):
        return False
    old, new = (str(side.get(f"{part}.note.en") or side.get(f"{part}.note") or "") for side in (mine, yours))
    return old != new and _without_limit(old) == _without_limit(new)


def _without_limit(note: str) -> str:
    return note.removesuffix(LIMIT).removesuffix(". ")


def _order(change: RecordChange) -> tuple[object, ...]:
    return KINDS.index(change.kind), change.mechanisms, change.id, change.change, change.name, repr(change.fields)


def _counts(
    old: list[Item], new: list[Item], changes: tuple[RecordChange, ...], same_words: int
) -> tuple[KindCount, ...]:
    before, after = (Counter({"words": same_words}) + Counter(item.kind for item in items) for items in (old, new))
    numbers = Counter((change.kind, change.change) for change in changes)
    return tuple(
        KindCount(kind, before[kind], after[kind], *(numbers[kind, change] for change in CHANGES)) for kind in KINDS
    )
