"""The brief on a country or a mechanism: the page that goes into a note, its rows and its picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.grouping import group_by
from govmap.language import _, ngettext
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Block, Drawing, Facts, Lines, Page, Table, mark, number, table, table_of
from govmap.layout.picture import Picture
from govmap.layout.sources import UNNUMBERED, SourceNumbers, rows_with_sources
from govmap.names.folding import fold
from govmap.parts.provenance import sources_of
from govmap.questions.brief import Brief, rests_on
from govmap.questions.country import CountryProfile, Seat
from govmap.questions.mechanism import MechanismProfile, MemberRow
from govmap.rows import Rows
from govmap.texts import NOR, enumerated, in_series, labelled
from govmap.views import compare, country, mechanism
from govmap.views.map import map_tiles
from govmap.views.map import picture as map_picture
from govmap.views.matrix import mark_of, matrix_picture

GRADED = ("members", "relation", "groups", "secretariats")  # the parts whose evidence a brief shows
HIDDEN = ("names", "observers", "platforms")  # parts that the record of a mechanism has and the page leaves out


def page(brief: Brief, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page, with the way to cite it; *full* with all its lists."""
    if brief.country:
        name, answer = country.heading(brief.country, atlas), _country_answer(brief, brief.country, atlas)
        found = _country_blocks(brief, brief.country, atlas, numbers, full=full)
    else:
        assert brief.mechanism  # noqa: S101 - a brief is on one of the two
        name, answer = words.subject_name_after(brief.of), _mechanism_answer(brief, brief.mechanism, atlas)
        found = _mechanism_blocks(brief, brief.mechanism, atlas, numbers, full=full)
    return blocks.make_page(
        _("Brief: {name}").format(name=name),
        answer,
        *found,
        _how_to_read(brief) if full else None,
        blocks.lines(_("Cite as"), _to_cite(brief)),
        of=brief,
        more=blocks.more(_("all lists"), _("evidence")),
    )


def _to_cite(brief: Brief) -> Iterator[str]:
    """Yield the page as it is cited, and the publication that its lists rest on."""
    page, *works = brief.citation.entries
    ids = {source.id for source in brief.sources}
    yield page.text
    for work in works:
        if work.id in ids:
            published = ", ".join(filter(None, (work.author, work.issued)))
            yield labelled(_("The lists rest on"), f"{work.title}. {published}")


def _how_to_read(brief: Brief) -> Lines:
    jaccard = {
        "country": _("Jaccard: the mechanisms that list both divided by those that list either, from 0 to 1"),
        "mechanism": _("Jaccard: the countries that both list divided by those that either lists, from 0 to 1"),
    }
    has_evidence = brief.mechanism or (brief.country and brief.country.mechanisms)
    return blocks.lines(
        _("How to read this"),
        (
            _(words.DISCLAIMER),
            _(words.EVIDENCE_MEANS) if has_evidence else "",
            jaccard[brief.of.kind] if brief.neighbours else "",
        ),
    )


def _country_answer(brief: Brief, profile: CountryProfile, atlas: Atlas) -> str:
    since = blocks.since_then_in(atlas.countries[profile.country.code], profile, atlas, full=True)
    since = since or blocks.since_then(profile, full=True)  # of its mechanisms
    return blocks.sentences(*_in_short(brief, profile), *country.unclear(profile, atlas), since)


def _country_blocks(
    brief: Brief, profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers, *, full: bool
) -> Iterator[Block | None]:
    """Yield the blocks on a country in reading order, in which sources are numbered."""
    gaps = brief.gaps.gaps if brief.gaps and profile.mechanisms and not brief.gaps.nothing_known else ()
    yield country.seats_table(profile, atlas, _("Where it is"), numbers, full=full)
    yield country.absences_table(profile, atlas, numbers, _("Where it is not"), gaps)
    yield _themes(profile, atlas)
    yield _country_drawing(brief, atlas)
    if full:
        yield from blocks.changes(profile, numbers, of_country=True)
        yield country.reliability(profile, atlas, numbers, full=False)
        yield country.chairs_table(profile.mechanisms, numbers)
        yield country.other_bodies_table(profile, atlas)
        yield blocks.names(atlas, (ref.id for ref in (*profile.mechanisms, *profile.not_in)))


def _elsewhere(profile: CountryProfile) -> str:
    """Return in which bodies out of scope a country is."""
    if not profile.other_bodies:
        return ""
    text = words.counted("Also in {n} other body", "Also in {n} other bodies", len(profile.other_bodies))
    return f"{labelled(text, in_series(seat.name for seat in profile.other_bodies))}."


def _in_short(brief: Brief, profile: CountryProfile) -> Iterator[str]:
    """Yield the sentences that say the most."""
    name, listing, total = profile.country.name, len(profile.mechanisms), len(profile.mechanisms) + len(profile.not_in)
    if not total:
        yield _("No mechanism of the dataset existed then.")
    elif not listing:
        yield words.counted(
            "The only mechanism does not list {name}.", "None of the {n} mechanisms lists {name}.", total, name=name
        )
        yield _elsewhere(profile)
    else:
        template = ngettext(
            "{name} is in the only mechanism: {roles}.", "{name} is in {n} of {total} mechanisms: {roles}.", total
        )
        by_role = group_by(profile.mechanisms, lambda seat: _(words.RELATION[seat.relation]))
        roles = in_series(f"{role} {enumerated(seat.id for seat in seats)}" for role, seats in by_role.items())
        yield template.format(name=name, n=listing, total=total, roles=roles)
        yield " ".join(filter(None, (_absences(profile), _elsewhere(profile))))
        yield _themes_reached(brief, profile)
        alike = [neighbour.name for neighbour in brief.neighbours if neighbour.pair.relation == "equal"]
        same = _("In the same mechanisms: {countries}.")
        yield same.format(countries=enumerated(words.alphabetical(alike))) if alike else ""


def _absences(profile: CountryProfile) -> str:
    """Return in which mechanisms the country is not, as a sentence."""
    if not profile.not_in:
        return ""
    noted, roles = _("{mechanism} (see the note)"), parts.with_roles(profile.observes)
    named = ((absence, roles.get(absence.id, absence.id)) for absence in profile.not_in)
    ids = (noted.format(mechanism=name) if absence.note else name for absence, name in named)
    return _("It is not in {mechanisms}.").format(mechanisms=enumerated(ids, by=NOR))


def _themes_reached(brief: Brief, profile: CountryProfile) -> str:
    if brief.gaps is None:
        return ""
    if brief.gaps.nothing_known:
        not_known = words.groups_unknown(brief.gaps.themes_unknown, nothing_else=True)
        return _("Themes covered by its mechanisms: {answer}.").format(answer=not_known)
    several, total = (
        sum(len(theme.mechanisms) > 1 for theme in profile.themes),
        brief.gaps.seated + len(brief.gaps.gaps),
    )
    template = _("Themes covered by its mechanisms: {n} of {total}.")
    if several:
        template = _("Themes covered by its mechanisms: {n} of {total}; more than once: {several}.")
    return template.format(n=brief.gaps.seated, total=total, several=several)


def _themes(profile: CountryProfile, atlas: Atlas) -> Table:
    def themes(seat: Seat) -> str:
        return words.theme_labels(atlas, {theme for group in seat.groups for theme in group.themes})

    return table_of(
        _("Groups and themes (not every country attends every group)"),
        profile.mechanisms,
        (_("In"), lambda seat: seat.id),
        (number(_("Groups")), lambda seat: len(seat.groups) or ""),
        (_("Themes"), lambda seat: themes(seat) or words.no_groups()),
    )


def _country_drawing(brief: Brief, atlas: Atlas) -> Drawing | None:
    """Return the rows of a country and its nearest neighbours, where it has any; the same rows together."""
    if brief.matrix is None or not brief.neighbours:
        return None
    jaccard = {neighbour.id: compare.jaccard(neighbour.pair) for neighbour in brief.neighbours}
    rows = []
    for cells_, entries in group_by(brief.matrix.entries, lambda row: row.cells).items():
        own_first = sorted(entries, key=lambda row: (row.id != brief.of.id, fold(row.name), row.name))
        measure = next((jaccard[entry.id] for entry in entries if entry.id in jaccard), "")
        names = enumerated(row.name for row in own_first)
        rows.append((names, *(mark_of(cell, "country") for cell in cells_), measure))
    marks = (mark(column.id) for column in brief.matrix.columns)
    together = table("", (_("Country"), *marks, number(_("Jaccard"))), rows)
    title = _("{country} and the countries most like it").format(country=brief.of.name)
    picture = replace(matrix_picture(brief.matrix, atlas, (_("Jaccard"), jaccard)), title=title)
    return Drawing(_("Next to the countries most like it"), picture, together)


def _mechanism_answer(brief: Brief, profile: MechanismProfile, atlas: Atlas) -> str:
    since = blocks.since_then_in(atlas.mechanisms[brief.of.id], profile, atlas, full=True)
    not_shown = blocks.not_in_list(atlas, (brief.of.id,), "members", "groups")
    return blocks.sentences(mechanism.mechanism_answer(profile), not_shown, since)


def _mechanism_blocks(
    brief: Brief, profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers, *, full: bool
) -> Iterator[Block | None]:
    """Yield the blocks on a mechanism in reading order, in which sources are numbered."""
    yield _facts(profile, atlas, numbers)
    if profile.members is not None:
        yield _members(profile)
        yield _not_listed(brief, atlas)
        yield _mechanism_drawing(brief, atlas)
        yield _groups(profile, atlas, full=full)
    yield _neighbours(brief)
    if full:
        yield from blocks.changes(profile, numbers)
        yield _evidence(profile, atlas, numbers)
        yield blocks.names(atlas, (brief.of.id, *(neighbour.id for neighbour in brief.neighbours)))


def _facts(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Facts:
    head = profile.mechanism
    secretariats = in_series(
        f"{row.name} ({words.acronym(atlas, row.agency)})" + (f", {row.unit}" if row.unit else "")
        for row in profile.secretariat or ()
    )
    return blocks.facts(
        (_("Part of"), mechanism.parent_name(head.parent, atlas)),
        (mechanism.note_label(profile), head.note),
        (_("Chair"), parts.chair(profile.chair, numbers)),
        (_("Secretariat"), secretariats or profile.unclear.get("secretariat")),
        *parts.observers_in_short(profile.observers),
        (_("Links"), parts.links_in_short(profile.links, atlas)),
        (_("Website"), head.website),
        *mechanism.unclear_members(profile, atlas),
    )


def _members(profile: MechanismProfile) -> Lines:
    """Return the countries listed, together where they have the same relation since the same day."""
    members = profile.members or ()
    together = group_by(members, lambda member: (member.relation, _since(member)))
    is_mixed = len({relation for relation, _day in together}) > 1
    has_dates = len({day for _relation, day in together}) > 1 or any(member.since for member in members)
    texts = []
    for (relation, day), group in sorted(together.items(), key=lambda item: (item[0][0], -len(item[1]))):
        lead = ", ".join([*([words.term(relation)] if is_mixed else []), *([day] if has_dates else [])])
        names = ", ".join(words.alphabetical(member.name for member in group))
        texts.append(labelled(lead, names) if lead else names)
    title = _("Countries listed") if is_mixed else words.heading(profile.mechanism.relation)
    return Lines(f"{title} ({len(members)})", tuple(texts) or (_("None"),))


def _since(member: MemberRow) -> str:
    """Return when a membership began and, where it will, ends, as far as that is known."""
    after, by = member.joined_after, member.joined_by
    if member.since:
        start = _("since {day}").format(day=member.since)
    elif after and by:
        start = _("since a date between {first} and {last}").format(first=after, last=by)
    elif after:
        start = _("since a date after {day}").format(day=after)
    else:
        start = _("since {day} at the latest").format(day=by) if by else _("since an unknown date")
    return _("{start}, until {end}").format(start=start, end=member.until) if member.until else start


def _not_listed(brief: Brief, atlas: Atlas) -> Lines:
    names = words.alphabetical(ref.name for ref in brief.not_listed or ())
    of_mechanism = brief.map.tiles if brief.map else ()
    unclear = blocks.unclear({tile.code: tile.unclear for tile in of_mechanism}, atlas)
    shown = ", ".join(names) or _("It lists every country that is in any mechanism")
    return Lines(_("Not listed ({n})").format(n=len(names)), (shown, *unclear))


def _mechanism_drawing(brief: Brief, atlas: Atlas) -> Drawing | None:
    """Return the map of the countries that a mechanism lists, where it lists any."""
    if brief.map is None or not any(tile.mechanisms for tile in brief.map.tiles):
        return None
    return Drawing(_("On the map"), map_picture(brief.map, atlas), map_tiles(brief.map))


def _groups(profile: MechanismProfile, atlas: Atlas, *, full: bool) -> Table:
    groups = profile.groups or ()
    return table_of(
        _("Groups ({n})").format(n=len(groups)) if groups else _("Groups"),
        groups,
        (number(_("No.")), lambda group: group.number),
        (_("Group"), lambda group: group.name),
        (_("Themes"), lambda group: words.theme_labels(atlas, group.themes) if full else ""),
        empty=mechanism.without_groups(profile),
    )


def _neighbours(brief: Brief) -> Table:
    rows = [
        (f"{near.name} ({near.id})", *compare.overlap_in_numbers(near.pair), compare.common_themes(near.pair))
        for near in brief.neighbours
    ]
    numbers = (_("In both"), _("Only here"), _("Only there"), _("Jaccard"), _("Common themes"))
    return table(_("Most similar by countries"), (_("Mechanism"), *map(number, numbers)), rows)


def _evidence(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    """Return how far the parts that a brief shows can be trusted; of a body without members, every part."""
    every = profile.evidence.items()
    pieces = [(words.term(part), piece) for part, piece in every if part in GRADED or not profile.members]
    pieces += mechanism.by_agency(profile, atlas)
    rows = [(name, numbers.status(piece), piece.note) for name, piece in pieces]
    headings = (_("Part"), _("Status"), _("Note"))
    return table(_("Evidence"), headings, rows, empty=_("None stated"))


def rows(brief: Brief, atlas: Atlas) -> Rows:
    """Return the rows of the country or the mechanism, then those of its neighbours and of all sources."""
    rows = country.rows(brief.country, atlas) if brief.country else mechanism.rows(cast("Any", brief.mechanism), atlas)
    pairs = [
        {"asked": brief.of.id, "name": brief.of.name, "as_of": brief.as_of, **fact}
        for fact in cells.pairs(neighbour.pair for neighbour in brief.neighbours)
    ]
    for fact in pairs:
        del fact["relation"]  # that of sets; in these rows it is that of a country to a mechanism
    cited = sources_of(atlas, brief, rests_on(brief, atlas))
    return rows_with_sources(cells.add_facts(rows, pairs[0] if pairs else (), pairs), cited)


def picture(brief: Brief, atlas: Atlas) -> Picture | None:
    """Return the picture, where there is one."""
    drawing = _country_drawing(brief, atlas) or _mechanism_drawing(brief, atlas)
    return drawing.picture if drawing else None
