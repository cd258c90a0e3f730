"""The phrases that several pages share: relations, lists, dates, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.analysis.seats import Limit
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dataset.store import Head
from govmap.dates import format_date, last_day, may_precede
from govmap.language import N_, _, current, ngettext
from govmap.layout.page import MARK, Lines, Reference, Sources
from govmap.model import Mechanism
from govmap.names.folding import fold
from govmap.questions.country import Seat
from govmap.questions.mechanism import MemberRow
from govmap.questions.membership import Membership
from govmap.records import Change, SourceRef, Trust
from govmap.rows import Cell
from govmap.texts import in_series

RELATION = {
    "member": N_("member of"),
    "associate": N_("associate member of"),
    "observer": N_("observer in"),
    "endorser": N_("endorsed"),
    "covered": N_("covered by"),
}
RELATION_MEANS = {
    "member": N_("The countries listed are members"),
    "associate": N_("The countries listed are associate members"),
    "observer": N_("The countries listed are observers; they are not members"),
    "endorser": N_("The countries listed have endorsed it; there is no membership"),
    "covered": N_("The countries listed are covered by its plan; its partners are agencies and organisations"),
}
LISTED = {
    "member": N_("Members"),
    "associate": N_("Associate members"),
    "observer": N_("Observers"),
    "endorser": N_("Endorsers"),
    "covered": N_("Countries covered"),
}
NOT_MEMBERS = {
    "associate": N_("{mechanism}: associate members"),
    "observer": N_("{mechanism}: observers, not members"),
    "endorser": N_("{mechanism}: endorsers, not members"),
    "covered": N_("{mechanism}: countries covered, not members"),
}
ONLY = {
    "member": N_("only members"),
    "associate": N_("only associate members"),
    "observer": N_("only observers"),
    "endorser": N_("only endorsers"),
    "covered": N_("only countries covered"),
}
DISCLAIMER = N_("Lists are not statements on legal membership or on the status of any territory.")
EVIDENCE_MEANS = N_(
    "How a list of the dataset's source stands: confirmed, other pages agree; note only, nothing else was found, or"
    " only of a part; contradicted, another page differs in the point told; changed since, it was right in its time."
)
# Words of the data's own lists, which stay in JSON as they are: they are translated where a page shows them.
WORDS_OF_DATA = (
    # kinds of mechanisms
    *(N_("committee"), N_("consultative process"), N_("framework"), N_("network")),
    *(N_("declaration"), N_("coordination platform"), N_("OAS organ"), N_("global instrument")),
    *(N_("summit"), N_("ministerial meeting"), N_("integration bloc"), N_("unnamed class")),
    *(N_("global forum"), N_("event"), N_("proposal"), N_("partners")),
    *(N_("United Nations system"), N_("Migration governance mechanisms in the Americas")),
    # what being listed means
    *(N_("member"), N_("associate"), N_("observer"), N_("endorser"), N_("covered")),
    # kinds of countries
    *(N_("state"), N_("territory"), N_("historical")),
    # what mechanisms call their groups
    *(N_("working group"), N_("thematic area"), N_("action package"), N_("work area")),
    N_("sector"),
    # kinds of sources
    *(N_("OAS"), N_("UN"), N_("academic"), N_("civil society"), N_("government")),
    *(N_("intergovernmental"), N_("own site"), N_("press"), N_("publication"), N_("repost")),
    # statuses of evidence
    *(N_("note only"), N_("confirmed"), N_("contradicted"), N_("changed since")),
    *(N_("own data"), N_("not stated")),
    # parts of a mechanism
    *(N_("names"), N_("as named"), N_("named"), N_("kind"), N_("parent"), N_("founded")),
    *(N_("website"), N_("relation"), N_("group label"), N_("members"), N_("former members")),
    *(N_("unclear members"), N_("pillars"), N_("groups"), N_("bodies"), N_("secretariat")),
    *(N_("secretariats"), N_("events"), N_("resolutions"), N_("observers"), N_("platforms")),
    # kinds of events
    *(N_("joined"), N_("left"), N_("changed"), N_("meeting"), N_("resolution")),
    N_("statement"),
    *(N_("about"), N_("mechanisms"), N_("agencies"), N_("themes"), N_("categories")),
    *(N_("sources"), N_("countries"), N_("words"), N_("ended"), N_("former names")),
    # kinds of records
    *(N_("mechanism"), N_("country"), N_("theme"), N_("group"), N_("agency"), N_("source")),
)
GROUPS_OF = {
    "working group": N_("Working groups"),
    "network": N_("Networks"),
    "thematic area": N_("Thematic areas"),
    "action package": N_("Action packages"),
    "work area": N_("Work areas"),
    "sector": N_("Sectors"),
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


def span(row: Seat | MemberRow | Membership) -> str:
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
    return evidence_in(Call("evidence"))


def evidence_in(*calls: Call) -> Sources:
    """Return the block that says by which *calls* each list is shown with its evidence."""
    return Sources(instead=_("Each list with its evidence: {calls}").format(calls=", ".join(map(str, calls))))


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
        (_("Changed since {date}").format(date=format_date(as_of)), later),
        (_("Before {date}, but not in the lists above").format(date=format_date(as_of)), earlier),
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
