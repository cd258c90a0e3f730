"""The blocks of a brief on a country: in short, where it sits and where not, its themes, its nearest neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.grouping import group_by
from govmap.language import _, ngettext
from govmap.layout import blocks, chairs, observers, other_bodies, pairs, words
from govmap.layout.page import Block, Drawing, Table, mark, number, table
from govmap.layout.sources import SourceNumbers
from govmap.questions.brief import Brief
from govmap.questions.country import CountryProfile
from govmap.questions.matrix import Row
from govmap.texts import NOR, enumerated, in_series, labelled
from govmap.views.country import absences_table, reliability, seats_table, unclear
from govmap.views.matrix import mark_of, matrix_picture


def country_blocks(
    brief: Brief, profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers, *, full: bool
) -> tuple[str, tuple[Block | None, ...]]:
    """Return the answer in sentences, and the blocks on a country in reading order."""
    since = blocks.since_then_in(atlas.countries[profile.country.code], profile, atlas, full=True)
    since = since or blocks.since_then(profile, full=True)  # of its mechanisms
    gaps = brief.gaps.gaps if brief.gaps and profile.mechanisms and not brief.gaps.nothing_known else ()
    return blocks.sentences(*_in_short(brief, profile), *unclear(profile, atlas), since), (
        seats_table(profile, atlas, _("Where it is"), numbers, full=full),
        absences_table(profile, atlas, numbers, _("Where it is not"), gaps),
        _themes(profile, atlas) if profile.mechanisms else None,
        country_drawing(brief, atlas),
        *(_details(profile, atlas, numbers) if full else ()),  # last, so that sources are numbered in reading order
    )


def _elsewhere(profile: CountryProfile) -> str:
    """Return in which bodies out of scope a country is."""
    if not profile.other_bodies:
        return ""
    text = words.counted("Also in {n} other body", "Also in {n} other bodies", len(profile.other_bodies))
    return f"{labelled(text, in_series(seat.name for seat in profile.other_bodies))}."


def _details(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Iterator[Block | None]:
    """Yield what the whole brief has beside the short one."""
    yield from blocks.changes(profile, numbers, of_country=True)
    yield reliability(profile, atlas, numbers, full=False)
    yield chairs.chairs(profile.mechanisms, numbers)
    yield other_bodies.other_bodies(profile.other_bodies, atlas)
    yield blocks.names(atlas, (ref.id for ref in (*profile.mechanisms, *profile.not_in)))


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
        yield template.format(name=name, n=listing, total=total, roles=_roles(profile))
        yield " ".join(filter(None, (*_not_listed(profile), _elsewhere(profile))))
        yield from _themes_reached(brief, profile)
        yield from _same_seats(brief)


def _roles(profile: CountryProfile) -> str:
    by_role = group_by(profile.mechanisms, lambda seat: _(words.RELATION[seat.relation]))
    return in_series(f"{role} {enumerated(seat.id for seat in seats)}" for role, seats in by_role.items())


def _not_listed(profile: CountryProfile) -> Iterator[str]:
    if profile.not_in:
        noted = _("{mechanism} (see the note)")
        roles = observers.with_roles(profile.observes)
        named = ((absence, roles.get(absence.id, absence.id)) for absence in profile.not_in)
        ids = (noted.format(mechanism=name) if absence.note else name for absence, name in named)
        yield _("It is not in {mechanisms}.").format(mechanisms=enumerated(ids, by=NOR))


def _themes_reached(brief: Brief, profile: CountryProfile) -> Iterator[str]:
    if brief.gaps:
        if brief.gaps.nothing_known:
            not_known = words.groups_unknown(brief.gaps.themes_unknown, nothing_else=True)
            yield _("Themes covered by its mechanisms: {answer}.").format(answer=not_known)
            return
        several = sum(len(theme.mechanisms) > 1 for theme in profile.themes)
        once = _("Themes covered by its mechanisms: {n} of {total}.")
        repeated = _("Themes covered by its mechanisms: {n} of {total}; more than once: {several}.")
        total = brief.gaps.seated + len(brief.gaps.gaps)
        yield (repeated if several else once).format(n=brief.gaps.seated, total=total, several=several)


def _same_seats(brief: Brief) -> Iterator[str]:
    same = words.alphabetical(neighbour.name for neighbour in brief.neighbours if neighbour.pair.relation == "equal")
    if same:
        yield _("In the same mechanisms: {countries}.").format(countries=enumerated(same))


def _themes(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = []
    for seat in profile.mechanisms:
        themes = {theme for group in seat.groups for theme in group.themes}
        rows.append((seat.id, len(seat.groups) or "", words.theme_labels(atlas, themes) or words.no_groups()))
    title = _("Groups and themes (not every country attends every group)")
    return table(title, (_("In"), number(_("Groups")), _("Themes")), rows)


def country_drawing(brief: Brief, atlas: Atlas) -> Drawing | None:
    """Return the rows of a country and its nearest neighbours, where it has any; the same rows together."""
    if brief.matrix is None or not brief.neighbours:
        return None
    jaccard = {neighbour.id: pairs.jaccard(neighbour.pair) for neighbour in brief.neighbours}
    rows = [
        (
            enumerated(_own_first(brief.of.id, entries)),
            *(mark_of(cell, "country") for cell in cells),
            next((jaccard[entry.id] for entry in entries if entry.id in jaccard), ""),
        )
        for cells, entries in group_by(brief.matrix.entries, lambda row: row.cells).items()
    ]
    marks = (mark(column.id) for column in brief.matrix.columns)
    together = table("", (_("Country"), *marks, number(_("Jaccard"))), rows)
    title = _("{country} and the countries most like it").format(country=brief.of.name)
    picture = replace(matrix_picture(brief.matrix, atlas, (_("Jaccard"), jaccard)), title=title)
    return Drawing(_("Next to the countries most like it"), picture, together)


def _own_first(code: str, rows: list[Row]) -> list[str]:
    """Return the names of countries in alphabetical order, after the country of the brief."""
    own = [row.name for row in rows if row.id == code]
    return own + words.alphabetical(row.name for row in rows if row.id != code)
