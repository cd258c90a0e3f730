"""The page of what facts rest on, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.fields import OWN_DATA
from govmap.language import N_, _, ngettext
from govmap.layout.page import Block, Lines, Page, Table, columns, without_empty_columns
from govmap.layout.words import (
    EVIDENCE_MEANS,
    SourceNumbers,
    as_in_data,
    capitalised,
    caution_lines,
    of_data,
    theme_labels,
    trust_cells,
)
from govmap.parts.facts import Fact
from govmap.questions.evidence import NOT_STATED, STATUSES, Findings
from govmap.rows import Cell, Rows, tidy
from govmap.texts import in_series

COLUMNS = (
    "asked as_of part mechanisms countries agency number value themes date until status evidence_as_of note as_written"
    " sources"
)
ALL = N_("all")
HAPPENED = ("events", "resolutions")  # these have sources and no status
IN_WORDS_OF_DATA = ("kind", "relation", "group label", "parent")
NO_STATUS = N_("Events have sources and no status: a source tells of each. Not stated: the data do not say.")


def page(findings: Findings, atlas: Atlas) -> Page:
    """Return the page with each fact; without a name and a status, only how many facts have which status."""
    number = len(findings.facts)
    told = ngettext("{n} fact, {as_of}", "{n} facts, {as_of}", number).format(n=number, as_of=as_of(findings.as_of))
    if findings.of is None and findings.status is None:
        about = atlas.dataset.about
        blocks: list[Block] = [_counts(findings), *caution_lines(findings.caution)]
        blocks += [
            Lines(_("How to go on"), tuple(_next_calls(atlas))),
            Lines(_("Note"), (_(EVIDENCE_MEANS), _(NO_STATUS))),
        ]
        return Page(_("Evidence on {what}").format(what=of_data(about.title)), told, tuple(blocks))
    numbers = SourceNumbers(findings.sources)
    blocks = [_facts(findings, atlas, numbers), *_slips(findings), *caution_lines(findings.caution)]
    blocks += [Lines(_("Note"), (_(EVIDENCE_MEANS),)), *numbers.block()]
    status = f", {of_data(findings.status)}" if findings.status else ""
    return Page(_title(findings) + status, f"{told}: {_statuses(findings)}" if findings.facts else told, tuple(blocks))


def _next_calls(atlas: Atlas) -> Iterator[str]:
    """Yield what else can be asked, of the first mechanism, country, group and source."""
    ids = [mechanism.id for mechanism in atlas.covered[:1]]
    groups = [f"{m.id}-{group.number}" for m in atlas.covered for group in m.groups][:1]
    calls = [Call("evidence", name) for name in (*ids, *atlas.parties[:1], *groups)]
    if calls:
        text = _("The facts on a mechanism, a country or a group: {calls}")
        yield text.format(calls=", ".join(map(str, calls)))
    for id_ in list(atlas.sources)[:1]:
        yield _("What rests on a source: {calls}").format(calls=Call("evidence", id_))
    yield _("All facts of one status: {calls}").format(calls=Call("evidence", status="contradicted"))


def _title(findings: Findings) -> str:
    of = findings.of
    if of is None:
        return _("Evidence on all facts of the dataset")
    if of.kind == "source":
        return _("What rests on {what}").format(what=f"{of.id}: {of.name}")
    named = of.name if of.kind == "country" or of.id.islower() else f"{of.id}: {of.name}"
    return _("Evidence on {what}").format(what=named)


def _by_status(findings: Findings) -> Counter[str]:
    return Counter(fact.evidence.status or NOT_STATED for fact in findings.facts)


def _statuses(findings: Findings) -> str:
    found = _by_status(findings)
    return ", ".join(f"{of_data(status)} {found[status]}" for status in STATUSES if found[status])


def _counts(findings: Findings) -> Table:
    """Return how many facts on each part have which status."""
    found = Counter({(count.part, count.status or NOT_STATED): count.facts for count in findings.counts})
    in_all = _by_status(findings)
    statuses = [status for status in STATUSES if status != OWN_DATA or in_all[status]]
    rows = [
        (part, [found[part, status] for status in statuses]) for part in dict.fromkeys(c.part for c in findings.counts)
    ]
    rows.append((ALL, [in_all[status] for status in statuses]))
    headings = (*(capitalised(of_data(status)) for status in statuses), _("All"))
    shown = tuple((of_data(part), *map(str, numbers), str(sum(numbers))) for part, numbers in rows)
    return Table(_("Facts by part and status"), columns(_("Part"), *headings, numbers=headings), shown)


def _facts(findings: Findings, atlas: Atlas, numbers: SourceNumbers) -> Table:
    """Return the facts, with those on one part that rest on the same evidence in one row."""
    together: dict[tuple[object, ...], list[Fact]] = {}
    for fact in findings.facts:
        alone = fact.value if fact.part in HAPPENED else None
        together.setdefault((fact.mechanisms, fact.part, fact.evidence, alone), []).append(fact)
    rows = tuple(
        (
            ", ".join(facts[0].mechanisms),
            of_data(facts[0].part),
            in_series(_shown(fact, atlas) for fact in facts),
            numbers.marks(facts[0].evidence.sources)
            if facts[0].part in HAPPENED
            else numbers.status(facts[0].evidence),
            _note(facts[0]),
        )
        for facts in together.values()
    )
    headings = columns(_("In"), _("Part"), as_in_data(_("Fact")), _("Status"), as_in_data(_("Note")))
    table = Table(_("Facts ({n})").format(n=len(findings.facts)), headings, rows)
    return _without_first(table) if findings.of and findings.of.kind in ("mechanism", "group") else table


def _note(fact: Fact) -> str:
    """Return what was found, and the date of the newest source that shows the value."""
    shown = _("shown as of {date}").format(date=fact.evidence.as_of) if fact.evidence.as_of else ""
    return f"{fact.evidence.note} ({shown})" if fact.evidence.note and shown else fact.evidence.note or shown


def _without_first(table: Table) -> Table:
    """Return *table* without its first column, and without those in which nothing stands."""
    rows = tuple(row[1:] for row in table.rows)
    return without_empty_columns(Table(table.title, table.columns[1:], rows)) if rows else table


def _shown(fact: Fact, atlas: Atlas) -> str:
    """Return a fact in words: with its number, its themes, its dates."""
    if fact.value is None:
        return _("see the note") if fact.evidence.note else of_data(NOT_STATED)
    if fact.part in HAPPENED:
        return _named(fact)
    number = f"{fact.number} " if fact.number is not None else ""
    details = [theme_labels(atlas, fact.themes).replace(";", ",")] if fact.themes else []
    details += [_("since {date}").format(date=fact.date)] if fact.date else []
    details += [_("until {date}").format(date=fact.until)] if fact.until else []
    return f"{number}{_named(fact)}" + (f" ({', '.join(details)})" if details else "")


def _named(fact: Fact) -> str:
    """Return the value of a fact as the page names it: after its date where it is something that happened."""
    value = fact.value or ""
    if fact.part in HAPPENED:
        date = _("{start} to {end}").format(start=fact.date, end=fact.until) if fact.until else fact.date
        return f"{date}: {value}" if date else value
    return of_data(value) if fact.part in IN_WORDS_OF_DATA else value


def _slips(findings: Findings) -> tuple[Lines, ...]:
    """Return where the source has another form than the one shown."""
    lines = tuple(
        _('{fact}: {value}; the source has "{form}"').format(
            fact=" ".join(filter(None, (", ".join(fact.mechanisms), of_data(fact.part), str(fact.number or "")))),
            value=_named(fact),
            form=fact.as_written,
        )
        for fact in findings.slips
    )
    return (Lines(as_in_data(_("Where the source has another form")), lines),) if lines else ()


def rows(findings: Findings, _atlas: Atlas) -> Rows:
    """Return each fact and each slip with its evidence, one a row."""
    asked = findings.of.id if findings.of else "all"
    facts = dict.fromkeys((*findings.facts, *findings.slips))
    return tidy(COLUMNS, map(_cells, facts), asked=asked, as_of=findings.as_of)


def _cells(fact: Fact) -> dict[str, Cell]:
    several = {key: " ".join(getattr(fact, key)) or None for key in ("mechanisms", "countries", "themes")}
    single = {key: getattr(fact, key) for key in ("part", "agency", "number", "value", "date", "until", "as_written")}
    stated = {"evidence_as_of": fact.evidence.as_of, "note": fact.evidence.note}
    return {**several, **single, **stated, **trust_cells(fact.evidence)}
