"""One date, and what a mechanism was on it: who was in, what it had, and what it was called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from msgspec.structs import replace

from govmap.dates import in_force, last_day
from govmap.mechanism_parts import PARTS
from govmap.model import FormerName, Group, Mechanism, Member

# The parts whose items hold from `since` until `until`. The others have rules of their own, or no dates.
SPANS = tuple(part for part in PARTS if part.field not in ("members", "unclear_members", "links"))


class Moment:
    """A part-date, and what held on it.

    Attributes:
        date: The part-date.
        holds: Whether what began and ended on two dates is in force; a dataset has few pairs of them, often asked for.

    """

    def __init__(self, date: str) -> None:
        """Ask of a part-date."""
        self.date = date
        self.holds: Callable[..., bool] = cache(partial(in_force, as_of=date))

    def is_past(self, date: str) -> bool:
        """Return whether another part-date has come."""
        return last_day(date) <= last_day(self.date)

    def mechanism(self, mechanism: Mechanism, existed: Callable[[str], bool]) -> Mechanism:
        """Return *mechanism* with what held on the date, and called as it was then.

        Args:
            mechanism: The record, of every date.
            existed: Whether the mechanism with an id existed: it has no contact with one that did not.

        """
        relation = mechanism.relation or "member"
        members = tuple(m if m.relation else replace(m, relation=relation) for m in self._members(mechanism))
        then = {part.field: tuple(item for item in part.items(mechanism) if item.holds(self.date)) for part in SPANS}
        here = {None, *(pillar.number for pillar in then["pillars"]), *(body.id for body in then["sub_bodies"])}
        groups = tuple(self._group(group, here) for group in then.pop("groups"))
        dated = (link for link in mechanism.links if link.date is None or self.is_past(link.date))
        links = tuple(link for link in dated if existed(link.other))
        former = self.former_name(mechanism.former_names)
        fields = ("names", "acronyms", "proposed_names") if former else ()
        names = {field: getattr(former, field) for field in fields}
        return replace(mechanism, members=members, groups=groups, links=links, **then, **names)

    def former_name(self, names: tuple[FormerName, ...]) -> FormerName | None:
        """Return which of the former *names* of a mechanism was its name on the date, if one was."""
        ahead = (name for name in names if not self.is_past(name.until))
        return min(ahead, key=lambda name: last_day(name.until), default=None)

    def _group(self, group: Group, here: set[Any]) -> Group:
        """Return a group without what it is not known to have had on the date: its leads, a pillar or a body."""
        gone: dict[str, Any] = {name: None for name in ("pillar", "sub_body") if getattr(group, name) not in here}
        if group.leads and group.leads_since and not self.is_past(group.leads_since):
            gone["leads"] = ()
        return replace(group, **gone) if gone else group

    def _members(self, mechanism: Mechanism) -> tuple[Member, ...]:
        """Return who was in, each once: where two spells of one country meet within a part-date, the later one."""
        known = mechanism.members
        members = tuple(m for m in known if self.holds(m.since or m.joined_by, m.until, after=m.joined_after))
        if len({m.code for m in members}) == len(members):
            return members
        latest = {m.code: m for m in sorted(members, key=lambda m: last_day(m.start or "0001"))}
        return tuple(latest[code] for code in sorted(latest))
