"""The blocks of a brief on a country: in short, where it sits and where not, its themes, its nearest neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout.blocks import lines
from govmap.layout.page import EMPTY, FULL, Block, Drawing, Lines, Table
from govmap.layout.sources import SourceNumbers
from govmap.layout.tables import column, group_by, mark, number, table
from govmap.layout.words import (
    RELATION,
    acronyms,
    alphabetical,
    name_and_acronym,
    no_groups,
    span,
    term,
    theme_labels,
    untranslated,
)
from govmap.questions.brief import Brief
from govmap.questions.country import Absence, CountryProfile, Seat
from govmap.questions.matrix import Row
from govmap.texts import NOR, decimal, enumerated, in_series
from govmap.views.country import doubt_on_secretariat
from govmap.views.matrix import matrix_picture


def country_blocks(
    brief: Brief, profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers
) -> tuple[Block | None, ...]:
    """Return the blocks on a country, in reading order."""
    return (
        Lines(_("In short"), tuple(_in_short(brief, profile))),
        _seats(profile, atlas, numbers) if profile.mechanisms else None,
        _absences(brief, profile, atlas, numbers) if profile.not_in else None,
        _themes(profile, atlas) if profile.mechanisms else None,
        country_drawing(brief, atlas),
    )


def _in_short(brief: Brief, profile: CountryProfile) -> Iterator[str]:
    """Yield the sentences that say the most."""
    name, listing, total = profile.country.name, len(profile.mechanisms), len(profile.mechanisms) + len(profile.not_in)
    if not total:
        yield _("No mechanism of the dataset existed then")
    elif not listing:
        yield _("None of the {total} mechanisms of the dataset lists {name}").format(total=total, name=name)
    else:
        template = _("{name} is listed by {n} of {total} mechanisms: {roles}")
        yield template.format(name=name, n=listing, total=total, roles=_roles(profile))
        yield from _not_listed(profile)
        yield from _themes_reached(brief, profile)
        yield from _same_seats(brief, name)


def _roles(profile: CountryProfile) -> str:
    by_role = group_by(profile.mechanisms, lambda seat: _(RELATION[seat.relation]))
    return in_series(f"{role} {enumerated(seat.id for seat in seats)}" for role, seats in by_role.items())


def _not_listed(profile: CountryProfile) -> Iterator[str]:
    if profile.not_in:
        noted = _("{mechanism} (see the note)")
        ids = (noted.format(mechanism=absence.id) if absence.note else absence.id for absence in profile.not_in)
        yield _("It is not listed by {mechanisms}").format(mechanisms=enumerated(ids, by=NOR))


def _themes_reached(brief: Brief, profile: CountryProfile) -> Iterator[str]:
    if brief.gaps:
        several = sum(len(theme.mechanisms) > 1 for theme in profile.themes)
        once = _("Its mechanisms have a group on {n} of the {total} themes on which any has one")
        repeated = _(
            "Its mechanisms have a group on {n} of the {total} themes on which any has one,"
            " and more than one of them on {several}"
        )
        total = brief.gaps.seated + len(brief.gaps.gaps)
        yield (repeated if several else once).format(n=brief.gaps.seated, total=total, several=several)


def _same_seats(brief: Brief, name: str) -> Iterator[str]:
    same = alphabetical(neighbour.name for neighbour in brief.neighbours if neighbour.pair.relation == "equal")
    if same:
        template = _("Listed by the same mechanisms as {name}: {countries}")
        yield template.format(name=name, countries=enumerated(same))


def _seats(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    return table(
        _("Where it sits"),
        profile.mechanisms,
        column(_("Id"), lambda seat: seat.id),
        column(_("Mechanism"), lambda seat: name_and_acronym(atlas, seat.id, seat.name)),
        column(_("Role"), lambda seat: term(seat.relation)),
        column(_("Since"), lambda seat: span(seat)),  # noqa: PLW0108 - for the types
        column(_("Secretariat"), lambda seat: _secretariat(seat, atlas, numbers)),
        column(_("Evidence"), lambda seat: numbers.status(seat.evidence)),
    )


def _secretariat(seat: Seat, atlas: Atlas, numbers: SourceNumbers) -> str:
    if not seat.secretariat:
        return _("not stated")
    return f"{acronyms(atlas, seat.secretariat)} {numbers.marks(seat.secretariat_evidence.sources)}"


def _themes(profile: CountryProfile, atlas: Atlas) -> Table:
    def labels(seat: Seat) -> str:
        return theme_labels(atlas, {theme for group in seat.groups for theme in group.themes}) or no_groups()

    return table(
        _("Groups and themes"),
        profile.mechanisms,
        column(_("In"), lambda seat: seat.id),
        number(_("Groups"), lambda seat: len(seat.groups) or ""),
        column(_("Themes"), labels),
    )


def _absences(brief: Brief, profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    """Return where it does not sit, with the themes on which only what does not list it has a group."""
    gaps = brief.gaps.gaps if brief.gaps and profile.mechanisms else ()

    def themes(absence: Absence) -> str:
        return in_series(alphabetical(gap.label for gap in gaps if absence.id in gap.mechanisms))

    return table(
        _("Where it does not sit"),
        profile.not_in,
        column(_("Id"), lambda absence: absence.id),
        column(_("Mechanism"), lambda absence: name_and_acronym(atlas, absence.id, absence.name)),
        column(_("Themes on which its own have no group"), themes),
        column(untranslated(_("Note")), lambda absence: numbers.after(absence.note, absence.sources)),
        skip_empty=True,
    )


def doubts(profile: CountryProfile, numbers: SourceNumbers) -> Lines | None:
    """Return what was found on the lists that are less than confirmed."""
    texts: list[str] = []
    for seat in profile.mechanisms:
        if seat.evidence.doubt:
            texts.append(f"{seat.id}: {numbers.status(seat.evidence)}. {seat.evidence.note}")
        texts += doubt_on_secretariat(seat, numbers)
    return lines(untranslated(_("What to know of these lists")), texts)


def country_drawing(brief: Brief, atlas: Atlas) -> Drawing | None:
    """Return the rows of a country and its nearest neighbours, where it has a seat; the same rows together."""
    if brief.matrix is None or not brief.matrix.entries:
        return None
    jaccard = {neighbour.id: decimal(neighbour.pair.jaccard) for neighbour in brief.neighbours}

    def seat(place: int) -> Callable[[list[Row]], str]:
        return lambda rows: FULL if rows[0].cells[place] else EMPTY

    together = table(
        "",
        group_by(brief.matrix.entries, lambda row: row.cells).values(),
        column(_("Country"), lambda rows: enumerated(_own_first(brief.of.id, rows, atlas))),
        *(mark(column.id, seat(place)) for place, column in enumerate(brief.matrix.columns)),
        number(_("Jaccard"), lambda rows: next((jaccard[row.id] for row in rows if row.id in jaccard), "")),
    )
    title = _("{country} beside its nearest neighbours").format(country=brief.of.name)
    picture = replace(matrix_picture(brief.matrix, atlas, (_("Jaccard"), jaccard)), title=title)
    return Drawing(_("Beside its nearest neighbours"), picture, together)


def _own_first(code: str, rows: list[Row], atlas: Atlas) -> list[str]:
    """Return the names of countries in alphabetical order, after the country of the brief."""
    own = [row.name for row in rows if row.id == code]
    return own + alphabetical(row.name for row in rows if row.id != code)
