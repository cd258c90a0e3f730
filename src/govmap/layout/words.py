"""The phrases that several pages share: relations, lists, dates, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.analysis.seats import Limit
from govmap.atlas import Atlas
from govmap.dataset.store import Head
from govmap.dates import last_day, may_precede, spoken
from govmap.language import _, current, marked, ngettext
from govmap.layout.page import MARK, Lines, Reference, Sources
from govmap.model import Mechanism
from govmap.names.resolver import fold
from govmap.questions.country import Seat
from govmap.questions.mechanism import MemberRow
from govmap.records import Change, SourceRef, Trust
from govmap.rows import Cell
from govmap.texts import in_series

RELATION = {
    "member": marked("member of"),
    "associate": marked("associate member of"),
    "observer": marked("observer in"),
    "endorser": marked("endorsed"),
    "covered": marked("covered by"),
}
RELATION_MEANS = {
    "member": marked("The countries listed are members"),
    "associate": marked("The countries listed are associate members"),
    "observer": marked("The countries listed are observers; they are not members"),
    "endorser": marked("The countries listed have endorsed it; there is no membership"),
    "covered": marked("The countries listed are covered by its plan; its partners are agencies and organisations"),
}
LISTED = {
    "member": marked("Members"),
    "associate": marked("Associate members"),
    "observer": marked("Observers"),
    "endorser": marked("Endorsers"),
    "covered": marked("Countries covered"),
}
NOT_MEMBERS = {
    "associate": marked("{mechanism}: associate members"),
    "observer": marked("{mechanism}: observers, not members"),
    "endorser": marked("{mechanism}: endorsers, not members"),
    "covered": marked("{mechanism}: countries covered, not members"),
}
ONLY = {
    "member": marked("only members"),
    "associate": marked("only associate members"),
    "observer": marked("only observers"),
    "endorser": marked("only endorsers"),
    "covered": marked("only countries covered"),
}
DISCLAIMER = marked("Lists are not statements on legal membership or on the status of any territory.")
EVIDENCE_MEANS = marked(
    "How a list of the dataset's source stands: confirmed, other pages agree; note only, nothing else was found, or"
    " only of a part; contradicted, another page differs in the point told; changed since, it was right in its time."
)
# Words of the data's own lists, which stay in JSON as they are: they are translated where a page shows them.
WORDS_OF_DATA = (
    # kinds of mechanisms
    *(marked("committee"), marked("consultative process"), marked("framework"), marked("network")),
    *(marked("declaration"), marked("coordination platform"), marked("OAS organ"), marked("global instrument")),
    *(marked("summit"), marked("ministerial meeting"), marked("integration bloc"), marked("unnamed class")),
    *(marked("global forum"), marked("event"), marked("proposal"), marked("partners")),
    *(marked("United Nations system"), marked("Migration governance mechanisms in the Americas")),
    # what being listed means
    *(marked("member"), marked("associate"), marked("observer"), marked("endorser"), marked("covered")),
    # kinds of countries
    *(marked("state"), marked("territory"), marked("historical")),
    # what mechanisms call their groups
    *(marked("working group"), marked("thematic area"), marked("action package"), marked("work area")),
    marked("sector"),
    # kinds of sources
    *(marked("OAS"), marked("UN"), marked("academic"), marked("civil society"), marked("government")),
    *(marked("intergovernmental"), marked("own site"), marked("press"), marked("publication"), marked("repost")),
    # statuses of evidence
    *(marked("note only"), marked("confirmed"), marked("contradicted"), marked("changed since")),
    *(marked("own data"), marked("not stated")),
    # parts of a mechanism
    *(marked("names"), marked("as named"), marked("named"), marked("kind"), marked("parent"), marked("founded")),
    *(marked("website"), marked("relation"), marked("group label"), marked("members"), marked("former members")),
    *(marked("unclear members"), marked("pillars"), marked("groups"), marked("bodies"), marked("secretariat")),
    *(marked("secretariats"), marked("events"), marked("resolutions"), marked("observers"), marked("platforms")),
    # kinds of events
    *(marked("joined"), marked("left"), marked("changed"), marked("meeting"), marked("resolution")),
    marked("statement"),
    *(marked("about"), marked("mechanisms"), marked("agencies"), marked("themes"), marked("categories")),
    *(marked("sources"), marked("countries"), marked("words"), marked("ended"), marked("former names")),
    # kinds of records
    *(marked("mechanism"), marked("country"), marked("theme"), marked("group"), marked("agency"), marked("source")),
)
GROUPS_OF = {
    "working group": marked("Working groups"),
    "network": marked("Networks"),
    "thematic area": marked("Thematic areas"),
    "action package": marked("Action packages"),
    "work area": marked("Work areas"),
    "sector": marked("Sectors"),
}


def of_data(word: str) -> str:
    """Return a word of the data's own lists in the language of the page; an unknown one as it is."""
    return _(word) if word else word


def capitalised(text: str) -> str:
    """Return *text* with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def as_in_data(heading: str) -> str:
    """Return the heading of a column of the data's own prose, which has one language alone, marked in all others."""
    return heading if current() == "en" else f"{heading}\u00a0{MARK}"


def own_wording(mechanisms: Iterable[Mechanism | Head]) -> tuple[str, ...]:
    """Return which of *mechanisms* are shown under a name that is this dataset's own, or has no translation."""
    shown = tuple(mechanisms)
    proposed = ", ".join(m.id for m in shown if current() in m.proposed_names)
    lacking = ", ".join(m.id for m in shown if current() not in m.names)
    notes = (
        _("Names in this dataset's own wording: {ids}").format(ids=proposed) if proposed else "",
        _("Names without a translation, shown in English: {ids}").format(ids=lacking) if lacking else "",
    )
    return tuple(note for note in notes if note)


def name_lines(atlas: Atlas, mechanisms: Iterable[str]) -> tuple[Lines, ...]:
    """Return the block that says which of *mechanisms*, given by id, have no published name, or nothing."""
    notes = own_wording(atlas.mechanisms[id_] for id_ in mechanisms) if current() != "en" else ()
    return (Lines(_("Names"), notes),) if notes else ()


def served_by(atlas: Atlas, ids: Iterable[str]) -> str:
    """Return the agencies given by id under the acronyms of the language: OIM and ACNUR in Spanish."""
    return ", ".join(acronym(atlas, id_) for id_ in ids)


def acronym(atlas: Atlas, agency: str) -> str:
    """Return the acronym of an agency, given by id, in the language of the page; in English the id itself."""
    return agency if current() == "en" else atlas.agencies[agency].acronyms.get(current(), agency)


def known_as(atlas: Atlas, mechanism: str, name: str) -> str:
    """Return the *name* of a mechanism, given by id, with its acronym of the language where that is not the id."""
    short = atlas.mechanisms[mechanism].acronyms.get(current(), mechanism)
    return name if current() == "en" or short == mechanism else f"{name} ({short})"


def alphabetical(names: Iterable[str]) -> list[str]:
    """Return *names* in the order of the alphabet, whatever their accents and capitals."""
    return sorted(names, key=lambda name: (fold(name), name))


def theme_labels(atlas: Atlas, ids: Iterable[str]) -> str:
    """Return the labels of themes given by id, in alphabetical order, a semicolon apart."""
    return in_series(alphabetical(atlas.themes[id_].label for id_ in ids))


def countries(number: int) -> str:
    """Return a number of countries in words."""
    return ngettext("{n} country", "{n} countries", number).format(n=number)


def mechanisms(number: int) -> str:
    """Return a number of mechanisms in words."""
    return ngettext("{n} mechanism", "{n} mechanisms", number).format(n=number)


def themes(number: int) -> str:
    """Return a number of themes in words."""
    return ngettext("{n} theme", "{n} themes", number).format(n=number)


def relation_notes(atlas: Atlas, mechanisms: Iterable[str]) -> tuple[str, ...]:
    """Return what being listed means in each of *mechanisms* (ids) in which it is no membership."""
    relations = ((id_, atlas.mechanisms[id_].relation or "") for id_ in mechanisms)
    return tuple(
        _(NOT_MEMBERS[relation]).format(mechanism=id_) for id_, relation in relations if relation in NOT_MEMBERS
    )


def limit_words(atlas: Atlas, limit: Limit) -> str:
    """Return to which seats an answer is limited, as the end of a sentence; nothing for no limit."""
    told = [_(ONLY[limit.relation])] if limit.relation else []
    if limit.theme:
        told.append(_("only mechanisms with a group on {theme}").format(theme=atlas.themes[limit.theme].label))
    return "".join(f", {phrase}" for phrase in told)


def span(row: Seat | MemberRow) -> str:
    """Return when a membership began and, where it did, ended, as far as that is known."""
    start = row.since or _("not known")
    if not row.since and row.joined_after and row.joined_by:
        start = _("between {after} and {by}").format(after=row.joined_after, by=row.joined_by)
    elif not row.since and row.joined_after:
        start = _("after {date}").format(date=row.joined_after)
    elif not row.since and row.joined_by:
        start = _("by {date}").format(date=row.joined_by)
    return _("{start}, until {end}").format(start=start, end=row.until) if row.until else start


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
        return f"{of_data(evidence.status or 'not stated')} {self.marks(evidence.sources)}".strip()

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
    kind = of_data(source.kind)
    if dated:
        kind = _("{kind}, looked up {day}").format(kind=kind, day=source.looked_up)
    use = _(", for {parts}").format(parts=reference.on) if reference.on else ""
    address = source.url or _("No address")
    return f"{title} {published} ({kind}){use}. {address}"


def evidence_call() -> Sources:
    """Return the block that says how to see on what a list rests."""
    name = _("NAME")
    return Sources(instead=_("Each list with its evidence: {calls}").format(calls=f"govmap mechanism {name}"))


def credit(atlas: Atlas) -> tuple[str, ...]:
    """Return the lines that tell under a picture from which data it was drawn, and on what that rests."""
    about = atlas.dataset.about
    data = _("Data: {title}, version {version} (govmap)").format(title=of_data(about.title), version=about.version)
    source = atlas.sources.get(about.source or "")
    # A picture travels without its page, so it says itself that its date is not that of the data; in one line.
    caution = (atlas.caution.partition(". ")[0],) if atlas.caution else ()
    if source is None:
        return (*caution, data)
    rests = _("Source: {title}, {date}").format(title=source.title, date=source.date)
    return (*caution, data, rests, source.publisher)


def caution_lines(caution: str | None) -> tuple[Lines, ...]:
    """Return the block that warns of a date for which the lists are not sure, or nothing."""
    return (Lines(_("Caution"), (caution,)),) if caution else ()


def change_lines(as_of: str, changes: tuple[Change, ...], numbers: SourceNumbers | None = None) -> tuple[Lines, ...]:
    """Return the blocks that tell what the lists of this date do not show: later changes, and earlier ones left out."""
    later = [change for change in changes if last_day(change.date) > last_day(as_of)]
    earlier = [change for change in changes if change not in later]
    blocks = (
        (_("Changed since {date}").format(date=spoken(as_of)), later),
        (_("Before {date}, but not in the lists above").format(date=spoken(as_of)), earlier),
    )
    return tuple(
        Lines(as_in_data(title), tuple(_change_line(c, told is later, as_of, numbers) for c in told))
        for title, told in blocks
        if told
    )


def later_date(date: str, as_of: str) -> str:
    """Return the part-date of something told as later than *as_of*, marked where it is not exact enough to be sure."""
    return _("{date} (perhaps earlier)").format(date=date) if may_precede(date, as_of) else date


def _change_line(change: Change, later: bool, as_of: str, numbers: SourceNumbers | None) -> str:
    marks = f" {numbers.marks(change.sources)}" if numbers else ""
    date = later_date(change.date, as_of) if later else change.date
    return f"{date} {change.mechanism}: {change.text}{marks}"


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
