"""Blocks on bodies out of scope, and on what resolutions say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout import words
from govmap.layout.blocks import lines
from govmap.layout.page import Lines, Table, number, table, table_of
from govmap.parts.observers import ObservedRow
from govmap.texts import comma_list, in_series, labelled

if TYPE_CHECKING:
    from govmap.model import Mechanism
    from govmap.questions.country import Seat
    from govmap.questions.mechanism import NamedBy
    from govmap.questions.overlap import OtherBody


def named_by(rows: Iterable[NamedBy]) -> Lines | None:
    """Return what resolutions say of a mechanism."""
    texts = (labelled(row.number, f"{_(row.says)} {row.text}") for row in rows)
    return lines(_("Named in resolutions"), texts)


def other_bodies(seats: Iterable[Seat], atlas: Atlas) -> Table | None:
    """Return the bodies out of scope that list a country."""
    return table_of(
        _("Other bodies"),
        seats,
        (_("Role"), lambda seat: words.term(seat.relation)),
        (_("Id"), lambda seat: seat.id),
        (_("Body"), lambda seat: words.name_and_acronym(atlas, seat)),
        (_("Since"), words.span),
        (_("Evidence"), lambda seat: words.term(seat.evidence.status or "not stated")),
    )


def other_bodies_on(bodies: Iterable[OtherBody], atlas: Atlas) -> Table | None:
    """Return the bodies out of scope with a group on a theme."""
    rows = [
        (body.id, words.name_and_acronym(atlas, body), in_series(group.name for group in body.groups), body.members)
        for body in bodies
    ]
    headings = (_("Id"), _("Body"), _("Group"), number(_("Countries")))
    return table(_("Other bodies"), headings, rows) if rows else None


def elsewhere_on(atlas: Atlas, themes: Iterable[str], left_out: Collection[str]) -> str:
    """Return the groups that bodies out of scope have on *themes*, with how many countries, and who else is left out.

    *left_out* are the countries (alpha-3 codes) in none of the mechanisms in scope that work on it.
    """
    wanted = set(themes)
    bodies = {body.id: body for theme in wanted for body in atlas.others_on(theme)}
    return in_series(_group_elsewhere(body, wanted, left_out) for _id, body in sorted(bodies.items()))


def _group_elsewhere(body: Mechanism, themes: set[str], left_out: Collection[str]) -> str:
    names = comma_list(f"{group.number} {group.name}" for group in body.groups if not themes.isdisjoint(group.themes))
    return words.counted(
        "{body} {groups} ({n} country, {others} of them not covered otherwise)",
        "{body} {groups} ({n} countries, {others} of them not covered otherwise)",
        len(body.members),
        body=body.id,
        groups=names,
        others=sum(member.code in left_out for member in body.members),
    )


def elsewhere_in_short(bodies: Iterable[Seat], observed: Iterable[ObservedRow]) -> str:
    """Return the bodies out of scope that list a country, and the mechanisms that it is beside, in one line."""
    listed = (f"{seat.name} ({words.term(seat.relation)})" for seat in bodies)
    observing = (f"{row.id} ({_(row.role)})" for row in observed)
    return in_series((*listed, *observing))
