"""Texts on who is beside a mechanism and not in it, by roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.dates import date_in_sentence, format_date
from govmap.grouping import group_by
from govmap.language import N_, _
from govmap.layout import words
from govmap.layout.blocks import lines
from govmap.layout.page import Lines
from govmap.layout.sources import SourceNumbers
from govmap.names.folding import fold
from govmap.parts.roles import ObservedRow, ObserverRow
from govmap.texts import in_series, labelled

ROLES = {
    "observer": N_("Observers"),
    "friend": N_("Group of friends"),
    "supporter": N_("Support platform"),
    "guest": N_("Guests"),
}
FEW = 4  # of one role; a short page shows the dates of so many


def table(rows: Iterable[ObserverRow], numbers: SourceNumbers) -> Lines | None:
    """Return the countries that are beside a mechanism, a line for each role."""
    texts = []
    for role, those in group_by(sorted(rows, key=lambda row: fold(row.name)), lambda row: row.role).items():
        names = in_series(numbers.after(_when(row.name, row), row.evidence.sources) for row in those)
        texts.append(labelled(_(ROLES[role]), names))
    return lines(_("Not counted as members"), texts)


def observed(rows: Iterable[ObservedRow], numbers: SourceNumbers) -> Lines | None:
    """Return the mechanisms that a country is beside and not in."""
    texts = (numbers.after(_when(labelled(row.id, _(row.role)), row), row.evidence.sources) for row in rows)
    return lines(_("Other roles, not counted"), texts)


def observers_in_short(rows: Iterable[ObserverRow]) -> Iterator[tuple[str, str]]:
    """Yield the names of the countries that are beside a mechanism, by their role."""
    for role, those in group_by(rows, lambda row: row.role).items():
        dated = in_series(_when(row.name, row) for row in those) if len(those) < FEW else ""
        yield _(ROLES[role]), dated or words.name_list(row.name for row in those)


def other_roles(rows: Iterable[ObserverRow], numbers: SourceNumbers) -> str:
    """Return how a country is beside a mechanism, which does not put it on the list; nothing where it is not."""
    roles = in_series(numbers.after(_when(_(row.role), row), row.evidence.sources) for row in rows)
    return _("{role}; does not count as membership").format(role=roles) if roles else ""


def with_roles(rows: Iterable[ObservedRow]) -> dict[str, str]:
    """Return each of the mechanisms that a country is beside, with how and when in brackets, by id."""
    grouped = group_by(rows, lambda row: row.id)
    roles = {id_: in_series(_when(_(row.role), row) for row in those) for id_, those in grouped.items()}
    return {id_: f"{id_} ({text})" for id_, text in roles.items()}


def _when(text: str, row: ObserverRow | ObservedRow) -> str:
    if row.since:
        return _("{text}, since {since}").format(text=text, since=date_in_sentence(row.since))
    if row.seen:
        dated = _("{text}, on {date}") if len(row.seen) == 10 else _("{text}, in {date}")
        return dated.format(text=text, date=format_date(row.seen))
    return text
