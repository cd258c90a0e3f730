"""The blocks on what is around a mechanism: its chair, who is beside it, whom it has met; and on other bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from govmap.atlas import Atlas
from govmap.dates import date_in_sentence, format_date
from govmap.language import N_, _, pgettext
from govmap.layout import words
from govmap.layout.blocks import lines
from govmap.layout.page import Lines, Table, group_by, number, table, table_of
from govmap.layout.sources import SourceNumbers
from govmap.parts.around import BesideRow, ChairNow, ChairRow, LinkRow, ObserverRow
from govmap.texts import comma_list, enumerated, in_series, labelled

if TYPE_CHECKING:
    from govmap.model import Mechanism
    from govmap.questions.compare import LinksOfPair
    from govmap.questions.country import Seat
    from govmap.questions.mechanism import NamedBy
    from govmap.questions.overlap import OtherBody

ROLES = {
    "observer": N_("Observers"),
    "friend": N_("Group of friends"),
    "supporter": N_("Support platform"),
    "guest": N_("Guests"),
}
PART_OF = "part of"  # the kind of a link that lasts


def chair(now: ChairNow, numbers: SourceNumbers) -> str:
    """Return who chairs a mechanism, or since when that is not known and who was the last."""
    if now.held_by:
        return in_series(_term(row, numbers) for row in now.held_by)
    if now.not_known_since is None:
        return pgettext("chair", "not known")
    last = enumerated(numbers.after(row.name, row.evidence.sources) for row in now.last_known)
    if all(row.until for row in now.last_known):
        text = _("not known since {date}; until then {country}")
        return text.format(date=date_in_sentence(now.not_known_since), country=last)
    # What is known of the last says nothing of later.
    text = _("not known; last known: {country}, {date}")
    return text.format(date=format_date(now.not_known_since), country=last)


def _term(row: ChairRow, numbers: SourceNumbers) -> str:
    """Return a country in the chair, since when, and when it was last seen there."""
    name = _("{text}, since {since}").format(text=row.name, since=format_date(row.since)) if row.since else row.name
    if row.seen:
        name = _("{text}, last seen {date}").format(text=name, date=format_date(row.seen))
    return numbers.after(name, row.evidence.sources)


def chairs(seats: Iterable[Seat], numbers: SourceNumbers) -> Lines | None:
    """Return who chairs each of the mechanisms that list a country, as far as any chair is known."""
    shown = ((seat.id, seat.chair) for seat in seats if seat.chair and (seat.chair.held_by or seat.chair.last_known))
    return lines(_("Chairs"), (labelled(id_, chair(now, numbers)) for id_, now in shown))


def observers(rows: Iterable[ObserverRow], numbers: SourceNumbers) -> Lines | None:
    """Return the countries that are beside a mechanism, a line for each role."""
    texts = []
    for role, those in group_by(rows, lambda row: row.role).items():
        names = in_series(numbers.after(_when(row.name, row), row.evidence.sources) for row in those)
        texts.append(labelled(_(ROLES[role]), names))
    return lines(_("Not counted as members"), texts)


def beside(rows: Iterable[BesideRow], numbers: SourceNumbers) -> Lines | None:
    """Return the mechanisms that a country is beside and not in."""
    texts = (numbers.after(_when(labelled(row.id, _(row.role)), row), row.evidence.sources) for row in rows)
    return lines(_("Other roles, not counted"), texts)


def observers_in_short(rows: Iterable[ObserverRow]) -> Iterator[tuple[str, str]]:
    """Yield the names of the countries that are beside a mechanism, by their role."""
    for role, those in group_by(rows, lambda row: row.role).items():
        yield _(ROLES[role]), words.name_list(row.name for row in those)


def elsewhere_in_short(bodies: Iterable[Seat], observed: Iterable[BesideRow]) -> str:
    """Return the bodies out of scope that list a country, and the mechanisms that it is beside, in one line."""
    listed = (f"{seat.name} ({words.term(seat.relation)})" for seat in bodies)
    beside_ = (f"{row.id} ({_(row.role)})" for row in observed)
    return in_series((*listed, *beside_))


def links_in_short(rows: Iterable[LinkRow]) -> str:
    """Return with which others a mechanism is known to have met, and in which years, in one line."""
    by_other = group_by(rows, lambda row: row.right)
    years = {
        other: sorted({row.date[:4] if row.date else _without_date(row) for row in those})
        for other, those in by_other.items()
    }
    return ", ".join(f"{other} ({', '.join(dates)})" for other, dates in years.items())


def _without_date(row: LinkRow) -> str:
    """Return what stands for the date of a link: one that lasts needs none."""
    return _("one is part of the other") if row.kind == PART_OF else _("date not known")


def _when(text: str, row: ObserverRow | BesideRow) -> str:
    if row.since:
        return _("{text}, since {since}").format(text=text, since=format_date(row.since))
    return _("{text}, in {date}").format(text=text, date=format_date(row.seen)) if row.seen else text


def other_role(row: ObserverRow, numbers: SourceNumbers) -> str:
    """Return how a country is beside a mechanism, which does not put it on the list."""
    text = _("{role}; does not count as membership").format(role=_when(_(row.role), row))
    return numbers.after(text, row.evidence.sources)


def link(row: LinkRow, numbers: SourceNumbers | None = None) -> str:
    """Return a contact of two mechanisms: when, of what kind, and what is known of it."""
    when = words.start_to_end(row.date, row.until) if row.date else _without_date(row)
    text = when if row.kind == PART_OF and not row.date else labelled(when, _(row.kind))
    text = _("{text}. {note}").format(text=text, note=row.note) if row.note else text
    return numbers.after(text, row.evidence.sources) if numbers else text


def links_of(rows: Iterable[LinkRow], numbers: SourceNumbers) -> Lines:
    """Return the known contacts of a mechanism, or that none is known."""
    texts = tuple(f"{row.right}, {link(row, numbers)}" for row in rows)
    return Lines(_("Links with others"), texts or (_("No link with another mechanism is known"),))


def links_among(pairs: Iterable[LinksOfPair]) -> Lines | None:
    """Return of each two mechanisms whether they are known to have met, and who serves both."""
    every = tuple(pairs)
    texts = []
    for pair in every:
        of_pair = [link(row) for row in pair.links] or [_("No link between the two is known")]
        if pair.shared_secretariat:
            served = _("Both have {agencies} as secretariat, which does not count as a link").format(
                agencies=enumerated(pair.shared_secretariat)
            )
            of_pair.append(served)
        texts += of_pair if len(every) == 1 else [labelled(f"{pair.left}, {pair.right}", text) for text in of_pair]
    return lines(_("Links"), texts)


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


def other_bodies_on(bodies: Iterable[OtherBody], atlas: Atlas) -> Table | None:
    """Return the bodies out of scope with a group on a theme."""
    rows = [
        (body.id, words.name_and_acronym(atlas, body), in_series(group.name for group in body.groups), body.members)
        for body in bodies
    ]
    headings = (_("Id"), _("Body"), _("Group"), number(_("Countries")))
    return table(_("Other bodies"), headings, rows) if rows else None
