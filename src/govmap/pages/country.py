"""The page of a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Block, Lines, Page, Table, View, columns
from govmap.pages.words import (
    DISCLAIMER,
    EVIDENCE_MEANS,
    RELATION,
    SourceNumbers,
    caution_lines,
    change_cells,
    change_lines,
    count,
    span,
    theme_labels,
    trust_cells,
)
from govmap.queries.country import CountryProfile
from govmap.rows import Cell, Rows, tidy

COLUMNS = (
    "asked name as_of fact mechanism mechanism_name relation since until joined_after joined_by agency number group"
    " theme theme_label date text status sources"
)


def country_view(profile: CountryProfile, atlas: Atlas) -> View:
    """Return the page and the rows of a country."""
    return View(lambda: country_page(profile, atlas), lambda: country_rows(profile, atlas))


def country_page(profile: CountryProfile, atlas: Atlas) -> Page:
    """Return the page on where a country sits, on which themes, and where not."""
    head = profile.country
    status = f", territory of {atlas.countries[head.sovereign].name}" if head.sovereign and profile.mechanisms else ""
    numbers = SourceNumbers(profile.sources)
    blocks: tuple[Block, ...] = ()
    if profile.mechanisms:
        blocks = (_seats(profile), _groups(profile, atlas), _shared_themes(profile))
    if profile.mechanisms or profile.not_in:
        blocks += (_absences(profile, numbers),)
    blocks += (
        *caution_lines(profile.caution),
        *change_lines(profile.as_of, profile.changes, numbers),
        *_evidence(profile, numbers),
        _note(atlas),
    )
    blocks += numbers.block()
    return Page(f"{head.name} ({head.alpha2}, {head.code}){status}", _subtitle(profile), blocks)


def _subtitle(profile: CountryProfile) -> str:
    total, date = len(profile.mechanisms) + len(profile.not_in), spoken(profile.as_of)
    if not total:
        return f"None of the mechanisms of the dataset existed as of {date}"
    if not profile.mechanisms:
        known = count(total, "mechanism", "mechanisms")
        return f"None of the {known} of the dataset lists {profile.country.name}, as of {date}"
    return f"In {len(profile.mechanisms)} of the {total} mechanisms, as of {date}"


def _seats(profile: CountryProfile) -> Table:
    rows = tuple(
        (
            RELATION[seat.relation],
            seat.id,
            seat.name,
            span(seat),
            ", ".join(seat.secretariat) or "not stated",
            seat.evidence.status or "not stated",
        )
        for seat in profile.mechanisms
    )
    return Table("Mechanisms", columns("Relation", "Id", "Mechanism", "Since", "Secretariat", "Evidence"), rows)


def _groups(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = tuple(
        (seat.id, str(group.number), group.name, theme_labels(atlas, group.themes))
        for seat in profile.mechanisms
        for group in seat.groups
    )
    return Table("Groups and themes", columns("In", "No.", "Group", "Themes", numbers=("No.",)), rows)


def _shared_themes(profile: CountryProfile) -> Table:
    several = [theme for theme in profile.themes if len(theme.mechanisms) > 1]
    several.sort(key=lambda theme: (-len(theme.mechanisms), theme.label))
    rows = tuple((theme.label, str(len(theme.mechanisms)), ", ".join(theme.mechanisms)) for theme in several)
    headings = columns("Theme", "Count", "Mechanisms", numbers=("Count",))
    return Table("Themes met in more than one mechanism", headings, rows)


def _absences(profile: CountryProfile, numbers: SourceNumbers) -> Table:
    rows = tuple(
        (a.id, a.name, f"{a.note} {numbers.marks(a.sources)}".strip() if a.note else "") for a in profile.not_in
    )
    headings = columns("Id", "Mechanism", "Note") if any(row[2] for row in rows) else columns("Id", "Mechanism")
    return Table("Not listed in", headings, tuple(row[: len(headings)] for row in rows), "It is listed in all of them")


def _evidence(profile: CountryProfile, numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return on what each listing rests."""
    lines = []
    for seat in profile.mechanisms:
        note = f". {seat.evidence.note}" if seat.evidence.note else ""
        lines.append(f"{seat.id}: {numbers.status(seat.evidence)}{note}")
        served = seat.secretariat_evidence
        if served.doubt:
            lines.append(f"{seat.id}, secretariat: {numbers.status(served)}. {served.note}")
    return (Lines("On the evidence of these lists", (EVIDENCE_MEANS, *lines)),) if lines else ()


def _note(atlas: Atlas) -> Lines:
    """Return what the page cannot know."""
    named = sum(mechanism.coverage == "mentioned" for mechanism in atlas.mechanisms.values())
    bodies = count(named, "more body is", "more bodies are")
    unknown = f"{bodies} named by the source without members: govmap list mechanisms --coverage mentioned"
    return Lines("Note", (DISCLAIMER, *((unknown,) if named else ())))


def country_rows(profile: CountryProfile, atlas: Atlas) -> Rows:
    """Return each listing, secretariat, theme of a group, absence and change that the page tells, one a row."""
    head = profile.country
    return tidy(COLUMNS, _facts(profile, atlas), asked=head.code, name=head.name, as_of=profile.as_of)


def _facts(profile: CountryProfile, atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for seat in profile.mechanisms:
        where = {"mechanism": seat.id, "mechanism_name": seat.name}
        yield {
            **where,
            "fact": "listed",
            **{key: getattr(seat, key) for key in ("relation", "since", "until", "joined_after", "joined_by")},
            **trust_cells(seat.evidence),
        }
        for agency in seat.secretariat:
            yield {**where, "fact": "secretariat", "agency": agency, **trust_cells(seat.secretariat_evidence)}
        for group in seat.groups:
            for theme in group.themes:
                cells: dict[str, Cell] = {"number": group.number, "group": group.name, "theme": theme}
                yield {**where, "fact": "theme of a group", **cells, "theme_label": atlas.themes[theme].label}
    for absence in profile.not_in:
        where = {"mechanism": absence.id, "mechanism_name": absence.name}
        yield {**where, "fact": "not listed", "text": absence.note, "sources": " ".join(absence.sources) or None}
    yield from change_cells(profile.changes)
