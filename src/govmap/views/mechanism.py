"""The page of a mechanism, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of, format_date
from govmap.language import LANGUAGES, N_, Language, _, current, in_language
from govmap.layout.page import Block, Facts, Lines, Page, Table, columns, without_empty_columns
from govmap.layout.words import (
    DISCLAIMER,
    EVIDENCE_MEANS,
    GROUPS_OF,
    LISTED,
    RELATION,
    RELATION_MEANS,
    SourceNumbers,
    acronym,
    as_in_data,
    capitalised,
    caution_lines,
    change_cells,
    change_lines,
    known_as,
    of_data,
    span,
    theme_labels,
    trust_cells,
)
from govmap.questions.mechanism import (
    CalledRow,
    GroupRow,
    MechanismProfile,
    MemberRow,
    PillarRow,
    SecretariatRow,
    SubBodyRow,
)
from govmap.rows import Cell, Rows, tidy
from govmap.texts import in_series

Dated = CalledRow | GroupRow | PillarRow | SecretariatRow | SubBodyRow
LANGUAGE_NAMES: dict[Language, str] = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "pt": N_("Portuguese"),
    "fr": N_("French"),
}
COLUMNS = (
    "asked name as_of fact code country relation since until joined_after joined_by agency agency_name number group"
    " theme theme_label pillar date text part status sources"
)
PART_NAMES = {"secretariats": "secretariat", "named": "as named"}


def page(profile: MechanismProfile, atlas: Atlas) -> Page:
    """Return the page on one mechanism."""
    head = profile.mechanism
    numbers = SourceNumbers(profile.sources)
    blocks: list[Block] = [_facts(profile, atlas, numbers)]
    if head.coverage == "full":
        blocks += [_members(profile), _groups(profile, atlas), *_pillars(profile), *_slips(profile, numbers)]
    blocks += caution_lines(profile.caution)
    blocks += change_lines(profile.as_of, profile.changes, numbers)
    blocks.append(_evidence(profile, numbers))
    blocks += [Lines(_("Note"), (_(EVIDENCE_MEANS), _(DISCLAIMER)))]
    blocks += numbers.block()
    kind = capitalised(of_data(head.kind))
    subtitle = f"{kind}, {as_of(profile.as_of)}"
    if head.coverage == "mentioned":
        subtitle = _("{kind}, named by the source; its membership is not given").format(kind=kind)
    name = known_as(atlas, head.id, head.name)
    title = name if head.id.islower() else f"{head.id}: {name}"
    return Page(title, subtitle, tuple(blocks))


def _facts(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Facts:
    head = profile.mechanism
    pairs = [(_("What a listing means"), _(RELATION_MEANS[head.relation]))] if head.relation else []
    optional = (
        (as_in_data(_("In the source")), head.note),
        (_("Part of"), parent_in_words(head.parent, atlas)),
        (_("Founded"), format_date(head.founded) if head.founded else None),
        (_("Ended"), format_date(head.until) if head.until else None),
        (_("Website"), head.website),
        (_secretariat_heading(profile), _secretariat(profile, atlas)),
        (as_in_data(_("Bodies")), in_series(_dated(body.name, body) for body in profile.sub_bodies)),
        *((_(LANGUAGE_NAMES[language]), _name(profile, language)) for language in _other_languages(profile)),
        *((_("Called"), _called(row, numbers)) for row in head.called if row.names != head.names),
        (_("Name in the source"), head.as_written),
        *unclear_pairs(profile, atlas),
    )
    return Facts((*pairs, *((label, value) for label, value in optional if value)))


def unclear_pairs(profile: MechanismProfile, atlas: Atlas) -> tuple[tuple[str, str], ...]:
    """Return the countries whose place the source leaves open, with what it has of them."""
    return tuple(
        (as_in_data(_("Not clear: {country}").format(country=atlas.countries[code].name)), note)
        for code, note in profile.unclear.items()
        if code.isupper()
    )


def parent_in_words(parent: str | None, atlas: Atlas) -> str | None:
    """Return the body that a mechanism belongs to: by the name of the agency where it is one."""
    agency = next((agency for agency in atlas.agencies.values() if agency.names["en"] == parent), None)
    return agency.name if agency else parent and of_data(parent)


def _other_languages(profile: MechanismProfile) -> tuple[Language, ...]:
    """Return the languages to tell the name in: all but that of the title, unless the title is a proposal."""
    proposed = current() in profile.mechanism.proposed_names
    return tuple(language for language in LANGUAGES if language != current() or proposed)


def _name(profile: MechanismProfile, language: Language) -> str | None:
    name = profile.mechanism.names.get(language)
    acronym = profile.mechanism.acronyms.get(language)
    if name is None:
        return None
    shown = f"{name} ({acronym})" if acronym else name
    if language in profile.mechanism.proposed_names:
        return _("{name} (this dataset's own wording)").format(name=shown)
    return shown


def _secretariat_heading(profile: MechanismProfile) -> str:
    reason = profile.unclear.get("secretariat")
    silent = reason is not None and reason.code == "as the data say"
    told = silent if profile.secretariat is None else any(row.unit or row.note for row in profile.secretariat)
    return as_in_data(_("Secretariat")) if told else _("Secretariat")


def _called(row: CalledRow, numbers: SourceNumbers) -> str:
    """Return a name that the mechanism had on another date, with what it rests on."""
    name, short = in_language(row.names), in_language({"en": "", **row.acronyms})
    known = _dated(f"{name} ({short})" if short else name, row)
    if row.evidence is None:
        return known
    return ". ".join(filter(None, (f"{known} {numbers.marks(row.evidence.sources)}".strip(), row.evidence.note)))


def _dated(text: str, row: Dated) -> str:
    """Return *text* with when it began and ended to hold, as far as that is known."""
    if row.since and row.until:
        return _("{text}, from {since} until {until}").format(text=text, since=row.since, until=row.until)
    if row.since:
        return _("{text}, since {since}").format(text=text, since=row.since)
    return _("{text}, until {until}").format(text=text, until=row.until) if row.until else text


def _secretariat(profile: MechanismProfile, atlas: Atlas) -> str:
    if profile.secretariat is None:
        return profile.unclear.get("secretariat", "")
    texts = []
    for row in profile.secretariat:
        details = in_series(text for text in (row.unit, row.note) if text)
        named = f"{acronym(atlas, row.agency)}, {row.name}"
        texts.append(_dated(f"{named} ({details})" if details else named, row))
    return "\n".join(texts) or _("None {as_of}").format(as_of=as_of(profile.as_of))


def _members(profile: MechanismProfile) -> Table:
    members = profile.members or ()
    # On a date before that of the data, which starts are not known is what the answer rests on.
    dated = profile.caution or any(m.since or m.until or m.joined_after or m.joined_by for m in members)
    mixed = len({member.relation for member in members}) > 1
    rows = tuple(
        (m.code, _country(m), _(RELATION[m.relation]) if mixed else "", span(m) if dated else "") for m in members
    )
    heading = (
        _("Listed") if mixed else _(LISTED[members[0].relation if members else profile.mechanism.relation or "member"])
    )
    headings = columns(_("Code"), _("Country"), _("Relation"), _("Since"))
    table = Table(f"{heading} ({len(members)})", headings, rows)
    return without_empty_columns(table) if rows else table


def _country(member: MemberRow) -> str:
    return member.name if member.kind == "state" else f"{member.name} ({of_data(member.kind)})"


def _groups(profile: MechanismProfile, atlas: Atlas) -> Table:
    groups = profile.groups or ()
    rows = tuple(
        (
            str(group.number),
            _dated(group.name, group),
            theme_labels(atlas, group.themes),
            str(group.pillar or ""),
        )
        for group in groups
    )
    label = _(GROUPS_OF.get(profile.group_label or "", "Groups"))
    if profile.group_label and profile.group_label not in GROUPS_OF and current() == "en":
        label = f"{profile.group_label.capitalize()}s"
    number, pillar = _("No."), _("Pillar")
    headings = columns(number, as_in_data(_("Group")), _("Themes"), pillar, numbers=(number, pillar))
    if not rows:
        return no_groups(profile, Table(label, headings, rows))
    return without_empty_columns(Table(f"{label} ({len(groups)})", headings, rows))


def no_groups(profile: MechanismProfile, table: Table) -> Table:
    """Return *table*, which has no rows, with why there are none; marked where it says so in the words of the data."""
    told = profile.unclear.get("groups")
    silence = capitalised(_("the source lists no groups, which is not the same as none"))
    title = as_in_data(table.title) if told else table.title
    return Table(title, table.columns, (), told or (silence if profile.groups is None else _("None")))


def _pillars(profile: MechanismProfile) -> tuple[Table, ...]:
    rows = tuple((str(pillar.number), _dated(pillar.name, pillar)) for pillar in profile.pillars)
    headings = columns(_("No."), as_in_data(_("Pillar")), numbers=(_("No."),))
    return (Table(_("Pillars"), headings, rows),) if rows else ()


def _slips(profile: MechanismProfile, numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return where the source has another form than the one shown, and why."""
    named = (
        *(
            (_("Technical secretariat {name}").format(name=row.name), row.as_written)
            for row in profile.secretariat or ()
        ),
        *((_("Pillar {number}").format(number=pillar.number), pillar.as_written) for pillar in profile.pillars),
    )
    lines = [_('{what}: the source has "{form}"').format(what=what, form=form) for what, form in named if form]
    label = capitalised(of_data(profile.group_label or "group"))
    for group in profile.groups or ():
        parts = [_('the source has "{form}"').format(form=group.as_written)] if group.as_written else []
        if group.evidence and group.evidence.note and group.evidence.status == "contradicted":
            parts.append(f"{group.evidence.note} {numbers.marks(group.evidence.sources)}")
        lines += [f"{label} {group.number}: {'. '.join(parts)}"] if parts else []
    return (Lines(as_in_data(_("Where the source or another list differs")), tuple(lines)),) if lines else ()


def _evidence(profile: MechanismProfile, numbers: SourceNumbers) -> Table:
    rows = tuple(
        (of_data(PART_NAMES.get(part, part)), numbers.status(piece), piece.as_of or "", piece.note or "")
        for part, piece in profile.evidence.items()
    )
    headings = columns(_("Part"), _("Status"), _("As of"), as_in_data(_("Note")))
    table = Table(_("Evidence"), headings, rows)
    return without_empty_columns(table) if rows else table


def rows(profile: MechanismProfile, atlas: Atlas) -> Rows:
    """Return each country, secretariat, theme of a group, change and piece of evidence of the page, one a row."""
    head = profile.mechanism
    return tidy(COLUMNS, _cells(profile, atlas), asked=head.id, name=head.name, as_of=profile.as_of)


def _cells(profile: MechanismProfile, atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for member in profile.members or ():
        keys = ("code", "relation", "since", "until", "joined_after", "joined_by")
        cells = {key: getattr(member, key) for key in keys}
        yield {"fact": "listed", **cells, "country": member.name, **trust_cells(member.evidence)}
    for row in profile.secretariat or ():
        details = in_series(text for text in (row.unit, row.note) if text) or None
        dates = {"since": row.since, "until": row.until}
        yield {"fact": "secretariat", "agency": row.agency, "agency_name": row.name, "text": details, **dates}
    for group in profile.groups or ():
        for theme in group.themes:
            cells = {"number": group.number, "group": group.name, "pillar": group.pillar, "theme": theme}
            dates = {"since": group.since, "until": group.until}
            label = atlas.themes[theme].label
            yield {"fact": "theme of a group", **cells, **dates, "theme_label": label, **trust_cells(group.evidence)}
    for part, piece in profile.evidence.items():
        yield {"fact": "evidence", "part": part, "date": piece.as_of, "text": piece.note, **trust_cells(piece)}
    for change in change_cells(profile.changes):
        del change["mechanism"]
        yield change
