"""The page of a country."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Block, Lines, Page, Table, columns
from govmap.pages.words import DISCLAIMER, RELATION, SourceNumbers, change_lines, span, theme_labels
from govmap.queries.country import CountryProfile


def country_page(profile: CountryProfile, atlas: Atlas) -> Page:
    """Return the page on where a country sits, on which themes, and where not."""
    head, total = profile.country, len(profile.mechanisms) + len(profile.not_in)
    listed = (
        f"In {len(profile.mechanisms)} of the {total} mechanisms"
        if profile.mechanisms
        else (f"None of the {total} mechanisms of the dataset lists {head.name}")
    )
    status = f", territory of {atlas.countries[head.sovereign].name}" if head.sovereign else ""
    numbers = SourceNumbers(profile.sources)
    blocks: tuple[Block, ...] = ()
    if profile.mechanisms:
        blocks = (_seats(profile), _groups(profile, atlas), _shared_themes(profile))
    blocks += (
        _absences(profile),
        *change_lines(profile.as_of, profile.changes, numbers),
        *_notes(profile, numbers),
    )
    return Page(
        f"{head.name} ({head.alpha2}, {head.code}){status}",
        f"{listed}, as of {spoken(profile.as_of)}",
        blocks,
    )


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


def _absences(profile: CountryProfile) -> Table:
    rows = tuple((absence.id, absence.name, absence.note or "") for absence in profile.not_in)
    headings = columns("Id", "Mechanism", "Note") if any(row[2] for row in rows) else columns("Id", "Mechanism")
    return Table("Not listed in", headings, tuple(row[: len(headings)] for row in rows), "It is listed in all of them")


def _notes(profile: CountryProfile, numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return on what each listing rests, and the sources in full."""
    notes = []
    for seat in profile.mechanisms:
        note = f". {seat.evidence.note}" if seat.evidence.note else ""
        notes.append(f"{seat.id}: {numbers.status(seat.evidence)}{note}")
    found = (Lines("On the evidence", (*notes, DISCLAIMER)),) if profile.mechanisms else ()
    return (*found, numbers.lines()) if profile.sources else found
