"""Blocks on bodies out of scope, and on what resolutions say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout import words
from govmap.layout.blocks import lines
from govmap.layout.page import Lines, Table, number, table, table_of
from govmap.texts import comma_list, in_series, labelled

if TYPE_CHECKING:
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


def working_in_short(atlas: Atlas, themes: Iterable[str], others: Collection[str]) -> str:
    """Return the bodies out of scope with a group on a theme (ids), and how many of the *others* they list.

    These are the countries that no mechanism in scope reaches on it, as far as that is known.
    """
    bodies = {body.id: body for theme in themes for body in atlas.out_of_scope_on(theme)}
    listed = {member.code for body in bodies.values() for member in body.members}.intersection(others)
    ids = comma_list(sorted(bodies))
    return ids and words.counted(
        "{ids}; {n} of the {total} others is in one of them",
        "{ids}; {n} of the {total} others are in one of them",
        len(listed),
        ids=ids,
        total=len(others),
    )
