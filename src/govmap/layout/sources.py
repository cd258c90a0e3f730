"""The sources of an answer and what of it is from own data, as its page, its rows and its picture have them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.grouping import group_by
from govmap.language import _, current, ngettext
from govmap.layout.cells import Cells, add_facts, pick
from govmap.layout.page import Lines, Page, Reference, Sources
from govmap.layout.picture import LETTER, MARGIN, Picture
from govmap.layout.words import term
from govmap.records import EVENTS, SourceRef, Trust
from govmap.rows import Rows
from govmap.texts import enumerated, in_series, labelled

if TYPE_CHECKING:
    from govmap.parts.own_data import OwnFact
    from govmap.parts.provenance import Cited

FEW = 4  # mechanisms that are named one by one
NAMED_BELOW = 2  # sources that a picture names
SOURCE_KEYS = "id title publisher kind date url looked_up"
COLUMNS = ("fact", "mechanism", "part", "source_number", *(f"source_{key}" for key in SOURCE_KEYS.split()))
OWN_KEYS = "mechanism part item change"
COMMON = ("asked", "as_of", "limit")  # columns whose value is the same in every row of an answer


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

    def after(self, text: str | None, ids: Iterable[str]) -> str:
        """Return *text* with the numbers of its sources."""
        return f"{text or ''} {self.marks(ids)}".strip()

    def status(self, evidence: Trust) -> str:
        """Return the status of a piece of evidence with the numbers of its sources."""
        return self.after(term(evidence.status or "not stated"), evidence.sources)

    def status_and_note(self, evidence: Trust) -> str:
        """Return the status of a piece of evidence with the numbers of its sources, and what was found."""
        return ". ".join(filter(None, (self.status(evidence), evidence.note)))

    def cited(self) -> list[SourceRef]:
        """Return the sources cited so far, in the order of their numbers."""
        return [self._sources[id_] for id_ in self._numbers]


UNNUMBERED = SourceNumbers(())  # for a page without sources


class Entry(NamedTuple):
    """An entry of the list of sources: the title, its language if another, details of it, and its address."""

    title: str
    language: str | None
    about: str
    address: str | None


def make_sources(references: Iterable[Reference]) -> Sources:
    """Return the list of sources as it is shown, each with the day on which it was looked up where these differ."""
    every = tuple(references)
    if not every:
        return Sources(_("Sources"), (_("None: no fact with a source is shown"),))
    days = {reference.source.looked_up for reference in every}
    heading, entries = source_entries(every, min(days) if len(days) == 1 else "")
    unknown = _("No address")
    lines = tuple(f"[{n}] {e.title} {e.about}. {e.address or unknown}" for n, e in enumerate(entries, 1))
    languages = {reference.source.title: e.language for reference, e in zip(every, entries, strict=True) if e.language}
    return Sources(heading, lines, languages=languages, references=every)


def source_entries(references: Iterable[Reference], day: str) -> tuple[str, list[Entry]]:
    """Return the heading of the list of sources with a *day*, if any, and its entries, with theirs if it is another."""
    heading = _("Sources (looked up {day})").format(day=day) if day else _("Sources")
    return heading, [_entry(reference, dated=reference.source.looked_up != day) for reference in references]


def _entry(reference: Reference, *, dated: bool) -> Entry:
    """Return a source: title; publisher, date, kind, the day looked up where *dated*, its use; address."""
    source = reference.source
    title = source.title if source.title.endswith(("?", "!", ".")) else f"{source.title}."
    published = f"{source.publisher}, {source.date}" if source.date else source.publisher
    kind = term(source.kind)
    if dated:
        kind = _("{kind}, looked up {day}").format(kind=kind, day=source.looked_up)
    use = _(", for {parts}").format(parts=reference.on) if reference.on else ""
    language = None if source.language == current() else source.language
    return Entry(title, language, f"{published} ({kind}){use}", source.url)


def with_sources(page: Page, numbers: SourceNumbers, cited: Iterable[Cited]) -> Page:
    """Return *page* with all sources at its end: those that it cites by *numbers*, then the others."""
    numbered = numbers.cited()
    known = {source.id for source in numbered}
    others = [Reference(c.source, _parts_on(c)) for c in cited if c.source.id not in known]
    return replace(page, blocks=(*page.blocks, make_sources((*map(Reference, numbered), *others))))


def _parts_on(cited: Cited) -> str:
    """Return the parts that rest on a source, with their mechanisms where these are few."""
    mechanisms = {
        part: tuple(ref.mechanism for ref in refs if ref.mechanism)
        for part, refs in group_by(cited.on, lambda ref: ref.part).items()
    }
    return in_series(_parts_of(parts, ids) for ids, parts in group_by(mechanisms, mechanisms.__getitem__).items())


def _parts_of(parts: list[str], ids: tuple[str, ...]) -> str:
    named = enumerated(map(term, parts))
    if not ids:
        return named
    if len(ids) > FEW:
        return _("{parts} of {n} mechanisms").format(parts=named, n=len(ids))
    return _("{parts} of {mechanisms}").format(parts=named, mechanisms=enumerated(ids))


def picture_with_sources(picture: Picture, cited: tuple[Cited, ...], *, whole: bool) -> Picture:
    """Return *picture* with its sources below it: the *whole* list of them, or the first."""
    if whole and cited:
        lines = make_sources(Reference(c.source) for c in cited)
        return with_credits(picture, lines.title, *lines.lines)
    return with_credits(picture, *_first_sources(cited))


def _first_sources(cited: tuple[Cited, ...]) -> Iterator[str]:
    """Yield, as one text, the sources on which most of an answer rests, and how many more there are."""
    by_use = group_by(cited, lambda c: sum(ref.part != EVENTS for ref in c.on))
    most = max(by_use, default=0)
    first = [c for use in sorted(by_use, reverse=True) if 2 * use > most for c in by_use[use]][:NAMED_BELOW]
    texts = [f"{entry.title} {entry.about}" for entry in (_entry(Reference(c.source), dated=False) for c in first)]
    rest = len(cited) - len(first)
    if rest:
        more = ngettext("{n} more", "{n} more", rest).format(n=rest)
        texts.append(_("{option} ({what})").format(option=Option("sources"), what=more))
    if texts:
        yield labelled(_("Sources"), in_series(texts))


def with_credits(picture: Picture, *texts: str) -> Picture:
    """Return *picture* with *texts* at the end of its credits, all of them in lines no wider than it is."""
    width = max(60, int((picture.width - 2 * MARGIN) / LETTER))
    return replace(picture, credits=tuple(chain(*(textwrap.wrap(text, width) for text in (*picture.credits, *texts)))))


def rows_with_sources(rows: Rows, cited: tuple[Cited, ...]) -> Rows:
    """Return *rows* with one more for each source and each part that rests on it."""
    first = dict(zip(rows.columns, next(iter(rows.rows), ()), strict=False))
    common = {name: first[name] for name in COMMON if name in first}
    return add_facts(rows, COLUMNS, ({**common, **cells} for cells in _source_cells(cited)))


def _source_cells(cited: tuple[Cited, ...]) -> Iterator[Cells]:
    for number, source in enumerate(cited, 1):
        cells = {f"source_{key}": value for key, value in pick(source.source, SOURCE_KEYS).items()}
        for ref in source.on or (None,):
            yield {"fact": "source", "source_number": number, **cells, **(pick(ref, "mechanism part") if ref else {})}


def with_own_facts(page: Page, facts: tuple[OwnFact, ...]) -> Page:
    """Return *page* with what own data change at its end."""
    lines = Lines(_("From your data"), tuple(map(_own_fact, facts)))
    return replace(page, blocks=(*page.blocks, lines)) if facts else page


def picture_with_own_facts(picture: Picture, facts: tuple[OwnFact, ...]) -> Picture:
    """Return *picture* with what own data change at the end of its credits."""
    return with_credits(picture, labelled(_("From your data"), in_series(map(_own_fact, facts)))) if facts else picture


def rows_with_own_facts(rows: Rows, facts: tuple[OwnFact, ...]) -> Rows:
    """Return *rows* with one more for each thing that own data change."""
    added = [{"fact": "own data", **pick(fact, OWN_KEYS)} for fact in facts]
    return add_facts(rows, ("fact", *OWN_KEYS.split()), added) if facts else rows


def _own_fact(fact: OwnFact) -> str:
    templates = {"added": _("{what} added"), "changed": _("{what} changed"), "withdrawn": _("{what} withdrawn")}
    what = ", ".join(filter(None, (fact.mechanism, term(fact.part or ""), fact.item)))
    return templates[fact.change].format(what=what)


def credits_of(atlas: Atlas) -> tuple[str, ...]:
    """Return the lines under a picture: from which data it was drawn, and why it is less than sure if it is."""
    about = atlas.context.about
    data = _("Data: {title}, version {version} (govmap)").format(title=term(about.title), version=about.version)
    # A picture travels without its page, so it says itself that its date is not that of the data; in one line.
    caution = (atlas.caution.partition(". ")[0],) if atlas.caution else ()
    return (*caution, data)
