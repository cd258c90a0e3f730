"""The phrases that several pages share: relations, lists, dates, sources."""

from __future__ import annotations

from collections.abc import Iterable

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Lines
from govmap.queries.country import Seat
from govmap.queries.mechanism import MemberRow
from govmap.queries.records import Change, SourceRef, Trust

RELATION = {"member": "member of", "endorser": "endorsed", "covered": "covered by"}
RELATION_MEANS = {
    "member": "The countries listed are members",
    "endorser": "The countries listed have endorsed it; there is no membership",
    "covered": "The countries listed are covered by its plan; its partners are agencies and organisations",
}
LISTED = {"member": "Members", "endorser": "Endorsers", "covered": "Countries covered"}
SET_RELATION = {
    "equal": "{left} and {right} have the same {things}",
    "contains": "{right} is within {left}: every one of its {things} is also in {left}",
    "within": "{left} is within {right}: every one of its {things} is also in {right}",
    "overlapping": "{left} and {right} overlap; neither contains the other",
    "disjoint": "{left} and {right} share no {things}",
}
DISCLAIMER = "Lists are not statements on legal membership or on the status of any territory."


def theme_labels(atlas: Atlas, ids: Iterable[str]) -> str:
    """Return the labels of themes given by id, a comma apart."""
    return ", ".join(atlas.themes[id_].label for id_ in ids)


def count(number: int, one: str, many: str) -> str:
    """Return *number* with the noun in its right form."""
    return f"{number} {one if number == 1 else many}"


def span(row: Seat | MemberRow) -> str:
    """Return when a membership began and, where it did, ended, as far as that is known."""
    start = row.since or "not known"
    if not row.since and row.joined_after and row.joined_by:
        start = f"between {row.joined_after} and {row.joined_by}"
    elif not row.since and (row.joined_after or row.joined_by):
        start = f"after {row.joined_after}" if row.joined_after else f"by {row.joined_by}"
    return f"{start}, until {row.until}" if row.until else start


class SourceNumbers:
    """The numbers by which a page refers to its sources."""

    def __init__(self, sources: tuple[SourceRef, ...]) -> None:
        """Give each of *sources* a number, from 1 in their order."""
        self.sources = sources
        self._numbers = {source.id: number for number, source in enumerate(sources, 1)}

    def marks(self, ids: Iterable[str]) -> str:
        """Return the numbers of sources given by id, as [1][4]."""
        return "".join(f"[{self._numbers[id_]}]" for id_ in ids if id_ in self._numbers)

    def status(self, evidence: Trust) -> str:
        """Return the status of a piece of evidence with the numbers of its sources."""
        return f"{evidence.status or 'not stated'} {self.marks(evidence.sources)}".strip()

    def lines(self) -> Lines:
        """Return the numbered list of the sources."""
        return Lines("Sources", tuple(f"[{n}] {source_line(s)}" for n, s in enumerate(self.sources, 1)))


def source_line(source: SourceRef) -> str:
    """Return a source as one line: title, publisher, date, address, day looked up."""
    where = source.url or "printed"
    dated = f", {source.date}" if source.date else ""
    return f"{source.title}. {source.publisher}{dated}. {where} ({source.kind}; looked up {source.looked_up})"


def change_lines(as_of: str, changes: tuple[Change, ...], numbers: SourceNumbers | None = None) -> tuple[Lines, ...]:
    """Return the block that tells what the lists of this date do not show, or nothing."""
    if not changes:
        return ()
    lines = []
    for change in changes:
        marks = f" {numbers.marks(change.sources)}" if numbers else ""
        lines.append(f"{change.date} {change.mechanism}: {change.text}{marks}")
    return (Lines(f"Not shown in the lists above, which stand as of {spoken(as_of)}", tuple(lines)),)
