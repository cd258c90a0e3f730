"""Texts on the parts of a mechanism beside its lists: who chairs it, who is beside it, whom it has met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from govmap.atlas import Atlas
from govmap.dates import date_in_sentence, format_date
from govmap.fields import short_name
from govmap.grouping import group_by
from govmap.language import N_, _, pgettext
from govmap.layout import words
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.parts.links import LinkRow
from govmap.parts.roles import ChairNow, ChairRow, ObservedRow, ObserverRow
from govmap.texts import comma_list, enumerated, in_series, labelled

ROLES = {
    "observer": N_("Observers"),
    "friend": N_("Group of friends"),
    "supporter": N_("Support platform"),
    "guest": N_("Guests"),
}
PART_OF = "part of"  # the kind of a link that lasts
FEW = 4  # of one role; a short page shows the dates of so many


def chair(now: ChairNow | None, numbers: SourceNumbers = UNNUMBERED) -> str:
    """Return who chairs a mechanism, or since when that is not known and who was the last; nothing of no chair."""
    if now is None:
        return ""
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
    name = _since(row.name, row.since) if row.since else row.name
    if row.seen:
        name = _("{text}, last seen {date}").format(text=name, date=format_date(row.seen))
    return numbers.after(name, row.evidence.sources)


def role(text: str, row: ObserverRow | ObservedRow, numbers: SourceNumbers = UNNUMBERED) -> str:
    """Return a *text* on who is beside a mechanism, with since when or on which date that is known."""
    if row.since:
        text = _since(text, row.since)
    elif row.seen:
        dated = _("{text}, on {date}") if len(row.seen) == 10 else _("{text}, in {date}")
        text = dated.format(text=text, date=format_date(row.seen))
    return numbers.after(text, row.evidence.sources)


def _since(text: str, date: str) -> str:
    return _("{text}, since {since}").format(text=text, since=date_in_sentence(date))


def observers_in_short(rows: Iterable[ObserverRow]) -> list[tuple[str, str]]:
    """Return the names of the countries that are beside a mechanism, by their role."""
    by_role = group_by(rows, lambda row: row.role)
    dated = {name: in_series(role(row.name, row) for row in those) for name, those in by_role.items()}
    return [
        (_(ROLES[name]), dated[name] if len(those) < FEW else words.name_list(row.name for row in those))
        for name, those in by_role.items()
    ]


def with_roles(rows: Iterable[ObservedRow]) -> dict[str, str]:
    """Return each of the mechanisms that a country is beside, with how and when in brackets, by id."""
    grouped = group_by(rows, lambda row: row.id)
    return {id_: f"{id_} ({in_series(role(_(row.role), row) for row in those)})" for id_, those in grouped.items()}


def link(row: LinkRow, numbers: SourceNumbers = UNNUMBERED) -> str:
    """Return a contact of two mechanisms: when, of what kind, and what is known of it."""
    when = words.start_to_end(row.date, row.until) if row.date else _without_date(row)
    text = when if row.kind == PART_OF and not row.date else labelled(when, _(row.kind))
    text = _("{text}. {note}").format(text=text, note=row.note) if row.note else text
    return numbers.after(text, row.evidence.sources)


def other(row: LinkRow, atlas: Atlas) -> str:
    """Return the name of the mechanism at the other end of a contact."""
    return short_name(row.right, atlas.stored(row.right).name)


def links_in_short(rows: Iterable[LinkRow], atlas: Atlas) -> str:
    """Return with which others a mechanism is known to have met, and in which years, in one line."""
    by_other = group_by(rows, lambda row: other(row, atlas))
    return ", ".join(f"{name} ({years_of(those)})" for name, those in by_other.items())


def years_of(rows: Iterable[LinkRow]) -> str:
    """Return in which years two mechanisms are known to have met."""
    return ", ".join(sorted({row.date[:4] if row.date else _without_date(row) for row in rows}))


def _without_date(row: LinkRow) -> str:
    """Return what stands for the date of a link: one that lasts needs none."""
    return _("one is part of the other") if row.kind == PART_OF else _("date not known")


def served(agencies: Mapping[str, Iterable[str]], name_of: Callable[[str], str] = str) -> Iterator[str]:
    """Yield the *agencies* that serve two mechanisms, each with those of the two of which another page differs."""
    for agency, ids in agencies.items():
        differs = f" ({labelled(comma_list(ids), words.term('contradicted'))})" if ids else ""
        yield f"{name_of(agency)}{differs}"
