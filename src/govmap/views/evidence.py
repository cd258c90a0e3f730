"""The page of what facts rest on, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.fields import OWN_DATA
from govmap.grouping import group_by
from govmap.language import N_, _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.model import Country, Mechanism
from govmap.parts.facts import Fact
from govmap.questions.evidence import NOT_STATED, STATUSES, Findings
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, in_series, labelled

COLUMNS = (
    "asked as_of part mechanisms countries agency number value themes date until status evidence_as_of note as_written"
    " sources"
)
OF_FACT = "mechanisms countries themes part agency number value date until as_written"
ALL = N_("all")
DOUBTFUL = ("contradicted", "changed since")  # statuses whose note is on a short page too
EVENTS = ("events", "resolutions")  # these have sources and no status
TERMS = ("kind", "relation", "group label", "parent")  # parts whose values are words of the data's own lists


def page(findings: Findings, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page with each fact; without a name and a status, only how many facts have which status."""
    counts = _by_status(findings)
    statuses = ", ".join(f"{words.term(status)} {counts[status]}" for status in STATUSES if counts[status])
    answer = words.counted("{n} fact", "{n} facts", len(findings.facts))
    answer = labelled(answer, f"{statuses}.") if statuses else f"{answer}."
    if findings.of is None and findings.status is None:
        no_status = _("Events have sources and no status. Not stated: the data do not say.")
        return blocks.make_page(
            _("Evidence on {what}").format(what=words.term(atlas.context.about.title)),
            answer,
            _counts(findings),
            blocks.lines(_("Next"), _next_calls(atlas)),
            blocks.notes(_(words.EVIDENCE_MEANS), no_status) if full else None,
            of=findings,
        )
    return blocks.make_page(
        _title(findings),
        answer,
        _facts(findings, atlas, numbers, full=full),
        *((_slips(findings, atlas), blocks.notes(_(words.EVIDENCE_MEANS))) if full else ()),
        of=findings,
        more=blocks.more(_("notes"), _("original wording")),
    )


def _next_calls(atlas: Atlas) -> Iterator[str]:
    """Yield what else can be asked, of the first mechanism, country, group and source."""
    countries = (atlas.countries[code] for code in atlas.listed_countries[:1])
    first: list[Mechanism | Country] = [*atlas.covered[:1], *countries]
    groups = [f"{m.id}-{group.number}" for m in atlas.covered for group in m.groups][:1]
    on_one = (atlas.call_on("evidence", record) for record in first)
    calls = [*filter(None, on_one), *(Call("evidence", id_) for id_ in groups)]
    if calls:
        template = _("The facts on a mechanism, a country or a group: {calls}")
        yield template.format(calls=", ".join(map(str, calls)))
    for id_ in list(atlas.sources)[:1]:
        yield _("What rests on a source: {calls}").format(calls=Call("evidence", id_))
    yield _("All facts of one status: {calls}").format(calls=Call("evidence", status="contradicted"))


def _title(findings: Findings) -> str:
    if findings.of is None:
        title = _("Evidence on all facts of the dataset")
    elif findings.of.kind == "source":
        title = _("What rests on {what}").format(what=labelled(findings.of.id, findings.of.name))
    else:
        title = _("Evidence on {what}").format(what=words.subject_name(findings.of))
    return f"{title}, {words.term(findings.status)}" if findings.status else title


def _by_status(findings: Findings) -> Counter[str]:
    return Counter(fact.evidence.status or NOT_STATED for fact in findings.facts)


def _counts(findings: Findings) -> Table:
    """Return how many facts on each part have which status."""
    in_all = _by_status(findings)
    counts = Counter({(count.part, count.status or NOT_STATED): count.facts for count in findings.counts})
    counts.update({(ALL, status): facts for status, facts in in_all.items()})
    statuses = [status for status in STATUSES if status != OWN_DATA or in_all[status]]
    rows = []
    for part in dict.fromkeys((*(count.part for count in findings.counts), ALL)):
        sizes = [counts[part, status] for status in statuses]
        rows.append((words.term(part), *map(str, sizes), str(sum(sizes))))
    headings = (*(words.capitalised(words.term(status)) for status in statuses), _("All"))
    return table("", (_("Part"), *map(number, headings)), rows)


def _facts(findings: Findings, atlas: Atlas, numbers: SourceNumbers, *, full: bool) -> Table:
    """Return the facts, with those on one part that rest on the same evidence in one row."""
    together = group_by(
        findings.facts, lambda fact: (fact.mechanisms, fact.part, fact.evidence, fact.part in EVENTS and fact.value)
    )
    is_on_mechanism = findings.of is not None and findings.of.kind in ("mechanism", "group")
    rows = [
        (
            "" if is_on_mechanism else comma_list(first.mechanisms),
            words.term(first.part),
            in_series(_fact(fact, atlas) for fact in (first, *others)),
            numbers.marks(first.evidence.sources) if first.part in EVENTS else numbers.status(first.evidence),
            _note(first) if full or first.evidence.status in DOUBTFUL else "",
        )
        for first, *others in together.values()
    ]
    headings = (_("In"), _("Part"), _("Fact"), _("Status"), _("Note"))
    return table("", headings, rows)


def _note(fact: Fact) -> str:
    """Return what was found, and the date of the newest source that shows the value."""
    shown = _("shown as of {date}").format(date=fact.evidence.as_of) if fact.evidence.as_of else ""
    return f"{fact.evidence.note} ({shown})" if fact.evidence.note and shown else fact.evidence.note or shown


def _fact(fact: Fact, atlas: Atlas) -> str:
    """Return a fact in words: with its number, its themes, its dates."""
    if fact.value is None:
        return _("see the note") if fact.evidence.note else words.term(NOT_STATED)
    if fact.part in EVENTS:
        return _value(fact)
    label = _value(fact) if fact.number is None else f"{fact.number} {_value(fact)}"
    details = [words.name_list(atlas.themes[id_].label for id_ in fact.themes)] if fact.themes else []
    if fact.part == "links":  # which last from their first day to their last
        details += [words.start_to_end(fact.date, fact.until)] if fact.date else []
    else:
        details += [_("since {date}").format(date=fact.date)] if fact.date else []
        details += [_("until {date}").format(date=fact.until)] if fact.until else []
    return f"{label} ({', '.join(details)})" if details else label


def _value(fact: Fact) -> str:
    """Return the value of a fact in the language of the page; of an event, after its date."""
    value = fact.value or ""
    if fact.part in EVENTS:
        return labelled(words.start_to_end(fact.date, fact.until), value) if fact.date else value
    return words.term(value) if fact.part in TERMS else value


def _slips(findings: Findings, atlas: Atlas) -> Lines:
    """Return where the source has another form than the one shown."""
    template = _('{fact}: {value}; the source has "{form}"')
    texts = []
    for fact in findings.slips:
        place = " ".join(filter(None, (comma_list(fact.mechanisms), words.term(fact.part), str(fact.number or ""))))
        texts.append(template.format(fact=place, value=_value(fact), form=fact.as_written))
    return blocks.differences(_("Where the source differs"), texts, (fact.as_written for fact in findings.slips), atlas)


def rows(findings: Findings, _atlas: Atlas) -> Rows:
    """Return each fact and each slip with its evidence, one a row."""
    asked = findings.of.id if findings.of else "all"
    facts = dict.fromkeys((*findings.facts, *findings.slips))
    held = (
        {**cells.pick(fact, OF_FACT), **cells.pick(fact.evidence, "status sources evidence_as_of=as_of note")}
        for fact in facts
    )
    return tidy(COLUMNS, held, asked=asked, as_of=findings.as_of)
