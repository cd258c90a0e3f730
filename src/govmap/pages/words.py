"""The phrases that several pages share: relations, lists, dates, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.dates import last_day, spoken
from govmap.language import _
from govmap.pages.page import Lines, Reference, Sources
from govmap.queries.country import Seat
from govmap.queries.mechanism import MemberRow
from govmap.queries.records import Change, SourceRef, Trust
from govmap.queries.seats import Limit
from govmap.rows import Cell

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
LISTING_RELATION = {
    "equal": "{left} and {right} are listed by the same mechanisms",
    "contains": "Every mechanism that lists {right} also lists {left}",
    "within": "Every mechanism that lists {left} also lists {right}",
    "overlapping": "Some mechanisms list both {left} and {right}, others only one of them",
    "disjoint": "No mechanism lists both {left} and {right}",
}
DISCLAIMER = "Lists are not statements on legal membership or on the status of any territory."
EVIDENCE_MEANS = (
    "How a list of the dataset's source stands: confirmed, other pages agree; note only, nothing else was found, or"
    " only of a part; contradicted, another page differs in the point told; changed since, it was right in its time."
)


def theme_labels(atlas: Atlas, ids: Iterable[str]) -> str:
    """Return the labels of themes given by id, in alphabetical order, a semicolon apart."""
    return "; ".join(sorted((atlas.themes[id_].label for id_ in ids), key=str.casefold))


def count(number: int, one: str, many: str) -> str:
    """Return *number* with the noun in its right form."""
    return f"{number} {one if number == 1 else many}"


def enumerated(names: Iterable[str]) -> str:
    """Return *names* as they are told: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def relation_notes(atlas: Atlas, mechanisms: Iterable[str]) -> tuple[str, ...]:
    """Return what being listed means in each of *mechanisms* (ids) in which it is no membership."""
    relations = ((id_, atlas.mechanisms[id_].relation) for id_ in mechanisms)
    return tuple(
        f"{id_}: {LISTED[relation].casefold()}, not members"
        for id_, relation in relations
        if relation not in (None, "member")
    )


def limit_words(atlas: Atlas, limit: Limit) -> str:
    """Return to which seats an answer is limited, as the end of a sentence; nothing for no limit."""
    relation = f", only {LISTED[limit.relation].casefold()}" if limit.relation else ""
    theme = f", only mechanisms with a group on {atlas.themes[limit.theme].label}" if limit.theme else ""
    return relation + theme


def span(row: Seat | MemberRow) -> str:
    """Return when a membership began and, where it did, ended, as far as that is known."""
    start = row.since or "not known"
    if not row.since and row.joined_after and row.joined_by:
        start = f"between {row.joined_after} and {row.joined_by}"
    elif not row.since and (row.joined_after or row.joined_by):
        start = f"after {row.joined_after}" if row.joined_after else f"by {row.joined_by}"
    return f"{start}, until {row.until}" if row.until else start


class SourceNumbers:
    """The numbers by which a page refers to its sources: from 1, in the order in which it cites them."""

    def __init__(self, sources: tuple[SourceRef, ...]) -> None:
        """Keep *sources*, of which those that the page cites get a number."""
        self._sources = {source.id: source for source in sources}
        self._numbers: dict[str, int] = {}

    def marks(self, ids: Iterable[str]) -> str:
        """Return the numbers of sources given by id, as [1][4]."""
        known = (id_ for id_ in ids if id_ in self._sources)
        return "".join(f"[{self._numbers.setdefault(id_, len(self._numbers) + 1)}]" for id_ in known)

    def status(self, evidence: Trust) -> str:
        """Return the status of a piece of evidence with the numbers of its sources."""
        return f"{evidence.status or 'not stated'} {self.marks(evidence.sources)}".strip()

    def block(self) -> tuple[Sources, ...]:
        """Return the numbered list of the sources cited so far, if any."""
        cited = tuple(Reference(self._sources[id_]) for id_ in self._numbers)
        return (Sources(cited),) if cited else ()


def source_lines(sources: Sources) -> Lines:
    """Return the list of sources as it is shown, with the day on which they were looked up."""
    references = sources.references
    if not references:
        return Lines(_("Sources"), (sources.instead,))
    days = {reference.source.looked_up for reference in references}
    heading = _("Sources (looked up {day})").format(day=min(days)) if len(days) == 1 else _("Sources")
    lines = (f"[{n}] {_source_line(r, dated=len(days) > 1)}" for n, r in enumerate(references, 1))
    return Lines(heading, tuple(lines))


def _source_line(reference: Reference, *, dated: bool) -> str:
    """Return a source as one line: title, publisher, date, kind, the day looked up where *dated*, address, its use."""
    source = reference.source
    title = source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."
    published = f"{source.publisher}, {source.date}" if source.date else source.publisher
    kind = _("{kind}, looked up {day}").format(kind=source.kind, day=source.looked_up) if dated else source.kind
    use = _(", for {parts}").format(parts=reference.on) if reference.on else ""
    return f"{title} {published} ({kind}){use}. {source.url or _('No address')}"


EVIDENCE_CALL = Sources(instead="Each list with its evidence: govmap mechanism NAME")


def credit(atlas: Atlas) -> tuple[str, ...]:
    """Return the lines that tell under a picture from which data it was drawn, and on what that rests."""
    about = atlas.dataset.about
    data = f"Data: {about.title}, version {about.version} (govmap)"
    source = atlas.sources.get(about.source or "")
    return (data, f"Source: {source.title}, {source.date}", source.publisher) if source else (data,)


def caution_lines(caution: str | None) -> tuple[Lines, ...]:
    """Return the block that warns of a date for which the lists are not sure, or nothing."""
    return (Lines("Caution", (caution,)),) if caution else ()


def change_lines(as_of: str, changes: tuple[Change, ...], numbers: SourceNumbers | None = None) -> tuple[Lines, ...]:
    """Return the blocks that tell what the lists of this date do not show: later changes, and earlier ones left out."""
    later = [change for change in changes if last_day(change.date) > last_day(as_of)]
    earlier = [change for change in changes if change not in later]
    blocks = (
        (f"Changed since {spoken(as_of)}", later),
        (f"Before {spoken(as_of)}, but not in the lists above", earlier),
    )
    return tuple(Lines(title, tuple(_change_line(c, numbers) for c in told)) for title, told in blocks if told)


def _change_line(change: Change, numbers: SourceNumbers | None) -> str:
    marks = f" {numbers.marks(change.sources)}" if numbers else ""
    return f"{change.date} {change.mechanism}: {change.text}{marks}"


def trust_cells(evidence: Trust | None) -> dict[str, Cell]:
    """Return the cells of a row that tell how far it can be trusted: the status, and ids of sources a space apart."""
    if evidence is None:
        return {}
    return {"status": evidence.status, "sources": " ".join(evidence.sources) or None}


def change_cells(changes: tuple[Change, ...]) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each change."""
    for change in changes:
        sources = " ".join(change.sources) or None
        cells = {"mechanism": change.mechanism, "date": change.date, "text": change.text, "sources": sources}
        yield {"fact": "change", **cells}
