"""The page of a mechanism, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.language import Language
from govmap.pages.page import Block, Facts, Lines, Page, Table, View, columns, without_empty_columns
from govmap.pages.words import (
    DISCLAIMER,
    EVIDENCE_MEANS,
    LISTED,
    RELATION,
    RELATION_MEANS,
    SourceNumbers,
    caution_lines,
    change_cells,
    change_lines,
    span,
    theme_labels,
    trust_cells,
)
from govmap.queries.mechanism import MechanismProfile, MemberRow
from govmap.rows import Cell, Rows, tidy

LANGUAGE_NAMES: dict[Language, str] = {"es": "Spanish", "pt": "Portuguese", "fr": "French"}
COLUMNS = (
    "asked name as_of fact code country relation since until joined_after joined_by agency agency_name number group"
    " theme theme_label pillar date text part status sources"
)
PART_NAMES = {"secretariats": "secretariat", "named": "as named"}


def mechanism_view(profile: MechanismProfile, atlas: Atlas) -> View:
    """Return the page and the rows of a mechanism."""
    return View(lambda: mechanism_page(profile, atlas), lambda: mechanism_rows(profile, atlas))


def mechanism_page(profile: MechanismProfile, atlas: Atlas) -> Page:
    """Return the page on one mechanism."""
    head = profile.mechanism
    numbers = SourceNumbers(profile.sources)
    blocks: list[Block] = [_facts(profile, atlas)]
    if head.coverage == "full":
        blocks += [_members(profile), _groups(profile, atlas), *_pillars(profile), *_slips(profile, numbers)]
    blocks += caution_lines(profile.caution)
    blocks += change_lines(profile.as_of, profile.changes, numbers)
    blocks.append(_evidence(profile, numbers))
    blocks.append(Lines("Note", (EVIDENCE_MEANS, DISCLAIMER)))
    blocks += numbers.block()
    subtitle = f"{head.kind.capitalize()}, as of {spoken(profile.as_of)}"
    if head.coverage == "mentioned":
        subtitle = f"{head.kind[0].upper()}{head.kind[1:]}, named by the source; its membership is not given"
    title = head.name if head.id.islower() else f"{head.id}: {head.name}"
    return Page(title, subtitle, tuple(blocks))


def _facts(profile: MechanismProfile, atlas: Atlas) -> Facts:
    head = profile.mechanism
    unclear = [(code, note) for code, note in profile.unclear.items() if code.isupper()]
    pairs = [("What a listing means", RELATION_MEANS[head.relation])] if head.relation else []
    optional = (
        ("In the source", head.note),
        ("Part of", head.parent),
        ("Founded", spoken(head.founded) if head.founded else None),
        ("Website", head.website),
        ("Secretariat", _secretariat(profile)),
        ("Bodies", "; ".join(body.name for body in profile.sub_bodies)),
        *((name, _name(profile, language)) for language, name in LANGUAGE_NAMES.items()),
        ("Name in the source", head.as_written),
        *((f"Not clear: {atlas.countries[code].name}", note) for code, note in unclear),
    )
    return Facts((*pairs, *((label, value) for label, value in optional if value)))


def _name(profile: MechanismProfile, language: Language) -> str | None:
    name = profile.mechanism.names.get(language)
    acronym = profile.mechanism.acronyms.get(language)
    if name is None:
        return None
    proposed = " (this dataset's own wording)" if language in profile.mechanism.proposed_names else ""
    return f"{name} ({acronym}){proposed}" if acronym else f"{name}{proposed}"


def _secretariat(profile: MechanismProfile) -> str:
    if profile.secretariat is None:
        return profile.unclear.get("secretariat", "")
    texts = []
    for row in profile.secretariat:
        details = "; ".join(text for text in (row.unit, row.note) if text)
        texts.append(f"{row.agency}, {row.name}" + (f" ({details})" if details else ""))
    return "\n".join(texts)


def _members(profile: MechanismProfile) -> Table:
    members = profile.members or ()
    dated = any(member.since or member.until or member.joined_after or member.joined_by for member in members)
    mixed = len({member.relation for member in members}) > 1
    rows = tuple(
        (m.code, _country(m), RELATION[m.relation] if mixed else "", span(m) if dated else "") for m in members
    )
    heading = "Listed" if mixed else LISTED[profile.mechanism.relation or "member"]
    table = Table(f"{heading} ({len(members)})", columns("Code", "Country", "Relation", "Since"), rows)
    return without_empty_columns(table) if rows else table


def _country(member: MemberRow) -> str:
    return member.name if member.kind == "state" else f"{member.name} ({member.kind})"


def _groups(profile: MechanismProfile, atlas: Atlas) -> Table:
    groups = profile.groups or ()
    rows = tuple(
        (str(group.number), group.name, theme_labels(atlas, group.themes), str(group.pillar or "")) for group in groups
    )
    label = f"{profile.group_label.capitalize()}s" if profile.group_label else "Groups"
    headings = columns("No.", "Group", "Themes", "Pillar", numbers=("No.", "Pillar"))
    if not rows:
        return Table(label, headings, rows, profile.unclear.get("groups", "None"))
    return without_empty_columns(Table(f"{label} ({len(groups)})", headings, rows))


def _pillars(profile: MechanismProfile) -> tuple[Table, ...]:
    rows = tuple((str(pillar.number), pillar.name) for pillar in profile.pillars)
    return (Table("Pillars", columns("No.", "Pillar", numbers=("No.",)), rows),) if rows else ()


def _slips(profile: MechanismProfile, numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return where the source has another form than the one shown, and why."""
    lines = [
        f'Pillar {pillar.number}: the source has "{pillar.as_written}"'
        for pillar in profile.pillars
        if pillar.as_written
    ]
    label = (profile.group_label or "group").capitalize()
    for group in profile.groups or ():
        parts = [f'the source has "{group.as_written}"'] if group.as_written else []
        if group.evidence and group.evidence.note and group.evidence.status == "contradicted":
            parts.append(f"{group.evidence.note} {numbers.marks(group.evidence.sources)}")
        lines += [f"{label} {group.number}: {'. '.join(parts)}"] if parts else []
    return (Lines("Where the source or another list differs", tuple(lines)),) if lines else ()


def _evidence(profile: MechanismProfile, numbers: SourceNumbers) -> Table:
    rows = tuple(
        (PART_NAMES.get(part, part), numbers.status(piece), piece.as_of or "", piece.note or "")
        for part, piece in profile.evidence.items()
    )
    table = Table("Evidence", columns("Part", "Status", "As of", "Note"), rows)
    return without_empty_columns(table) if rows else table


def mechanism_rows(profile: MechanismProfile, atlas: Atlas) -> Rows:
    """Return each country, secretariat, theme of a group, change and piece of evidence of the page, one a row."""
    head = profile.mechanism
    return tidy(COLUMNS, _cells(profile, atlas), asked=head.id, name=head.name, as_of=profile.as_of)


def _cells(profile: MechanismProfile, atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for member in profile.members or ():
        keys = ("code", "relation", "since", "until", "joined_after", "joined_by")
        cells = {key: getattr(member, key) for key in keys}
        yield {"fact": "listed", **cells, "country": member.name, **trust_cells(member.evidence)}
    for row in profile.secretariat or ():
        details = "; ".join(text for text in (row.unit, row.note) if text) or None
        yield {"fact": "secretariat", "agency": row.agency, "agency_name": row.name, "text": details}
    for group in profile.groups or ():
        for theme in group.themes:
            cells = {"number": group.number, "group": group.name, "pillar": group.pillar, "theme": theme}
            label = atlas.themes[theme].label
            yield {"fact": "theme of a group", **cells, "theme_label": label, **trust_cells(group.evidence)}
    for part, piece in profile.evidence.items():
        yield {"fact": "evidence", "part": part, "date": piece.as_of, "text": piece.note, **trust_cells(piece)}
    for change in change_cells(profile.changes):
        del change["mechanism"]
        yield change
