"""The phrases that pages share: relations, counts, limits, names, dates, and the terms of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from govmap.atlas import Atlas
from govmap.dates import may_precede
from govmap.facts.database import Head
from govmap.fields import PLAIN_STATUSES, is_acronym
from govmap.language import N_, _, current, ngettext
from govmap.model import Mechanism
from govmap.names.folding import fold
from govmap.records import MechanismRef, Subject
from govmap.texts import comma_list, in_series, labelled

if TYPE_CHECKING:
    from govmap.analysis.seats import Limit
    from govmap.questions.country import Seat
    from govmap.questions.mechanism import MemberRow
    from govmap.questions.membership import Membership

RELATION = {
    "member": N_("member of"),
    "associate": N_("associate member of"),
    "observer": N_("observer in"),
    "endorser": N_("endorsed"),
    "covered": N_("covered by"),
    "party": N_("party to"),
    "participant": N_("takes part in"),
}
# What themes and groups of a country mean wherever they are shown:
GROUPS_COUNT = N_("Each group counts for all countries of its mechanism; not every country attends every group.")
RELATION_MEANS = {
    "member": N_("The countries listed are members"),
    "associate": N_("The countries listed are associate members"),
    "observer": N_("The countries listed are observers; they are not members"),
    "endorser": N_("The countries listed have endorsed it; there is no membership"),
    "covered": N_("The countries listed are those that its work covers; they are not members"),
    "party": N_("The countries listed are parties to the agreement"),
    "participant": N_("The countries listed take part; there is no formal membership"),
}
THINGS = {  # in the order in which keys to pictures have them
    "member": N_("members"),
    "associate": N_("associate members"),
    "observer": N_("observers"),
    "endorser": N_("endorsers"),
    "covered": N_("countries covered"),
    "party": N_("parties"),
    "participant": N_("participants"),
}
DISCLAIMER = N_("Lists are not statements on legal membership or on the status of any territory.")
EVIDENCE_MEANS = N_(
    "Evidence status: confirmed, other pages agree; source only, nothing else was found, or "
    "only on a part; one source, not in the source but on one other page; contradicted, "
    "another page differs; changed since, correct at the time."
)
GROUPS_OF = {
    "working group": N_("Working groups"),
    "network": N_("Networks"),
    "thematic area": N_("Thematic areas"),
    "action package": N_("Action packages"),
    "work area": N_("Work areas"),
    "sector": N_("Sectors"),
}


def heading_of_groups(label: str | None) -> str:
    """Return the heading of the groups of a mechanism; a *label* of own data, whose plural is not known, as it is."""
    return _(GROUPS_OF[label]) if label in GROUPS_OF else capitalised(label or _("Groups"))


def term(word: str) -> str:
    """Return a word of the data's own lists in the language of the page; an unknown one as it is."""
    return _(PLAIN_STATUSES.get(word, word)) if word else word


def evidence_in_short(statuses: Iterable[str | None]) -> str:
    """Return how many lists have which status of evidence, in one line."""
    counts = Counter(status or "not stated" for status in statuses)
    phrases = {
        "confirmed": counted(
            "{n} list confirmed by other pages", "{n} lists confirmed by other pages", counts["confirmed"]
        ),
        "note only": counted("{n} from the source only", "{n} from the source only", counts["note only"]),
        "one source": counted("{n} from one source", "{n} from one source", counts["one source"]),
        "contradicted": counted("{n} contradicted", "{n} contradicted", counts["contradicted"]),
        "changed since": counted("{n} changed since", "{n} changed since", counts["changed since"]),
        "own data": counted("{n} from your data", "{n} from your data", counts["own data"]),
        "not stated": counted("{n} without a status", "{n} without a status", counts["not stated"]),
    }
    return ", ".join(phrase for status, phrase in phrases.items() if counts[status])


def things(relation: str | None) -> str:
    """Return what the countries listed are; without a relation, that they are countries."""
    return _(THINGS[relation]) if relation else _("countries")


def heading(relation: str | None) -> str:
    """Return the heading of a list of countries by what being listed means; none stands for membership."""
    return capitalised(things(relation or "member"))


def listed(relation: str, number: int) -> str:
    """Return a number of countries with what being listed means for them."""
    phrases = {
        "member": counted("{n} member", "{n} members", number),
        "associate": counted("{n} associate member", "{n} associate members", number),
        "observer": counted("{n} observer", "{n} observers", number),
        "endorser": counted("{n} endorser", "{n} endorsers", number),
        "covered": counted("{n} country covered", "{n} countries covered", number),
    }
    return phrases.get(relation) or countries(number)


def capitalised(text: str) -> str:
    """Return *text* with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def counted(one: str, many: str, number: int, **fields: object) -> str:
    """Return *one* or *many*, translated, with *number* for its field `n` and *fields* for the others."""
    return ngettext(one, many, number).format(n=number, **fields)


def countries(number: int) -> str:
    """Return a number of countries in words."""
    return counted("{n} country", "{n} countries", number)


def mechanisms(number: int) -> str:
    """Return a number of mechanisms in words."""
    return counted("{n} mechanism", "{n} mechanisms", number)


def alphabetical(names: Iterable[str]) -> list[str]:
    """Return *names* in the order of the alphabet, whatever their accents and capitals."""
    return sorted(names, key=lambda name: (fold(name), name))


def in_all(size: int) -> str:
    """Return that something is in each of *size* things, of which there are two or more."""
    return _("In both") if size == 2 else _("In all {n}").format(n=size)


def name_list(names: Iterable[str]) -> str:
    """Return *names* in alphabetical order, a comma apart."""
    return comma_list(alphabetical(names))


def theme_labels(atlas: Atlas, ids: Iterable[str]) -> str:
    """Return the labels of themes given by id, in alphabetical order, a semicolon apart."""
    return in_series(alphabetical(atlas.themes[id_].label for id_ in ids))


def acronym(atlas: Atlas, agency: str) -> str:
    """Return the acronym of an agency, given by id, in the language of the page; in English the id itself."""
    return agency if current() == "en" else atlas.agencies[agency].acronyms.get(current(), agency)


def name_and_acronym(atlas: Atlas, ref: MechanismRef) -> str:
    """Return the name of a mechanism with its acronym of the language where that is not its id."""
    short = atlas.mechanisms[ref.id].acronyms.get(current(), ref.id)
    return ref.name if current() == "en" or short == ref.id else f"{ref.name} ({short})"


def subject_name(subject: Subject) -> str:
    """Return the name of what an answer is about, after its id where that is an acronym."""
    has_acronym = subject.kind != "country" and is_acronym(subject.id)
    return labelled(subject.id, subject.name) if has_acronym else subject.name


def subject_name_after(ref: MechanismRef | Subject) -> str:
    """Return the name of a mechanism with its id after it where that is an acronym."""
    return f"{ref.name} ({ref.id})" if is_acronym(ref.id) else ref.name


def name_notes(mechanisms: Iterable[Mechanism | Head]) -> Iterator[str]:
    """Yield which of *mechanisms* are shown under a name that is this dataset's own, or has no translation."""
    shown = tuple(mechanisms)
    proposed = comma_list(m.id for m in shown if current() in m.proposed_names)
    missing = comma_list(m.id for m in shown if current() not in m.names)
    if proposed:
        yield _("Names in this dataset's own wording: {ids}").format(ids=proposed)
    if missing:
        yield _("Names without a translation, shown in English: {ids}").format(ids=missing)


def relation_notes(atlas: Atlas, mechanisms: Iterable[str]) -> tuple[str, ...]:
    """Return what being listed means in each of *mechanisms* (ids) in which it is no membership."""
    listing = ((id_, atlas.mechanisms[id_].relation) for id_ in mechanisms)
    return tuple(_relation_note(id_, relation) for id_, relation in listing if relation not in (None, "member"))


def _relation_note(id_: str, relation: str | None) -> str:
    if relation == "associate":
        return labelled(id_, things(relation))
    template = _("{mechanism}: {things}, not members")
    if relation == "party":
        template = _("{mechanism}: parties to an agreement")
    return template.format(mechanism=id_, things=things(relation))


def no_groups() -> str:
    """Return what a page says where no groups are listed."""
    return _("no groups are listed; this does not mean there are none")


def no_groups_of(ids: Iterable[str], unknown: int) -> str:
    """Return that no groups of some mechanisms (ids) are listed, and for how many countries it is *unknown*."""
    if unknown:
        return counted(
            "Not known for {n} country: no groups of {ids} are listed.",
            "Not known for {n} countries: no groups of {ids} are listed.",
            unknown,
            ids=comma_list(ids),
        )
    return _("No groups of {ids} are listed; this does not mean there are none.").format(ids=comma_list(ids))


def groups_unknown(ids: Iterable[str], *, nothing_else: bool) -> str:
    """Return what is said in place of themes, or after them, where no groups of some mechanisms (ids) are listed."""
    template = _("not known; no groups of {ids} are listed") if nothing_else else _("groups of {ids} not known")
    return template.format(ids=comma_list(ids))


def limit_words(atlas: Atlas, limit: Limit) -> str:
    """Return to which seats an answer is limited, as the end of a sentence; nothing for no limit."""
    phrases = [_("only {things}").format(things=things(limit.relation))] if limit.relation else []
    if limit.theme:
        phrases.append(_("only mechanisms with a group on {theme}").format(theme=atlas.themes[limit.theme].label))
    return "".join(f", {phrase}" for phrase in phrases)


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


def start_to_end(start: str, end: str | None) -> str:
    """Return the dates of an event, which may have lasted one day; within a month, of the last the day alone."""
    if end and start[:7] == end[:7] and len(start) == len(end) == 10:
        return f"{start}–{end[8:]}"
    return _("{start} to {end}").format(start=start, end=end) if end else start


def later_date(date: str, as_of: str) -> str:
    """Return the part-date of an event later than *as_of*, marked where it is not exact enough to be sure."""
    return _("{date} (perhaps earlier)").format(date=date) if may_precede(date, as_of) else date
