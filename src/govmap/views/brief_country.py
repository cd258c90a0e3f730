"""What a brief says of a country: in short, where it sits and where not, on what, beside whom."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.language import _
from govmap.layout.page import EMPTY, FULL, Block, Drawing, Lines, Table, columns
from govmap.layout.words import (
    RELATION,
    SourceNumbers,
    alphabetical,
    as_in_data,
    known_as,
    of_data,
    served_by,
    span,
    theme_labels,
)
from govmap.questions.brief import Brief, Neighbour
from govmap.questions.country import CountryProfile
from govmap.questions.gaps import CountryGaps
from govmap.questions.matrix import Matrix
from govmap.texts import NOR, decimal, enumerated, in_series
from govmap.views.matrix import matrix_picture


def on_country(brief: Brief, profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Iterator[Block]:
    """Yield what a brief tells of a country, in reading order."""
    yield Lines(_("In short"), tuple(_in_short(brief, profile)))
    if profile.mechanisms:
        yield _seats(profile, atlas, numbers)
    if profile.not_in:
        yield _absences(profile, brief.gaps, atlas, numbers)
    if profile.mechanisms:
        yield _themes(profile, atlas)
    yield from country_drawing(brief, atlas)


def country_drawing(brief: Brief, atlas: Atlas) -> tuple[Drawing, ...]:
    """Return the picture of a country's row beside those of its neighbours, where it has a seat."""
    if brief.matrix is None or not brief.matrix.entries:
        return ()
    return (_beside_neighbours(brief, brief.matrix, atlas),)


def _in_short(brief: Brief, profile: CountryProfile) -> Iterator[str]:
    """Yield the sentences that say the most."""
    name, total = profile.country.name, len(profile.mechanisms) + len(profile.not_in)
    if not total:
        yield _("No mechanism of the dataset existed then")
        return
    if not profile.mechanisms:
        yield _("None of the {total} mechanisms of the dataset lists {name}").format(total=total, name=name)
        return
    yield _("{name} is listed by {n} of {total} mechanisms: {roles}").format(
        name=name, n=len(profile.mechanisms), total=total, roles=_roles(profile)
    )
    if profile.not_in:
        noted = _("{mechanism} (see the note)")
        ids = (noted.format(mechanism=a.id) if a.note else a.id for a in profile.not_in)
        yield _("It is not listed by {mechanisms}").format(mechanisms=enumerated(ids, by=NOR))
    if brief.gaps:
        total = brief.gaps.seated + len(brief.gaps.gaps)
        several = sum(len(theme.mechanisms) > 1 for theme in profile.themes)
        one = _("Its mechanisms have a group on {n} of the {total} themes on which any has one")
        more = _(
            "Its mechanisms have a group on {n} of the {total} themes on which any has one,"
            " and more than one of them on {several}"
        )
        yield (more if several else one).format(n=brief.gaps.seated, total=total, several=several)
    yield from _alike(brief, name)


def _roles(profile: CountryProfile) -> str:
    by_role: dict[str, list[str]] = {}
    for seat in profile.mechanisms:
        by_role.setdefault(_(RELATION[seat.relation]), []).append(seat.id)
    return in_series(f"{role} {enumerated(ids)}" for role, ids in by_role.items())


def _alike(brief: Brief, name: str) -> Iterator[str]:
    same = [neighbour.name for neighbour in brief.neighbours if neighbour.pair.relation == "equal"]
    if same:
        yield _("Listed by the same mechanisms as {name}: {countries}").format(
            name=name, countries=enumerated(alphabetical(same))
        )


def _seats(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    rows = tuple(
        (
            seat.id,
            known_as(atlas, seat.id, seat.name),
            of_data(seat.relation),
            span(seat),
            f"{served_by(atlas, seat.secretariat)} {numbers.marks(seat.secretariat_evidence.sources)}"
            if seat.secretariat
            else _("not stated"),
            numbers.status(seat.evidence),
        )
        for seat in profile.mechanisms
    )
    headings = columns(_("Id"), _("Mechanism"), _("Role"), _("Since"), _("Secretariat"), _("Evidence"))
    return Table(_("Where it sits"), headings, rows)


def _themes(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = []
    for seat in profile.mechanisms:
        themes = dict.fromkeys(theme for group in seat.groups for theme in group.themes)
        told = theme_labels(atlas, themes) or _("the source lists no groups, which is not the same as none")
        rows.append((seat.id, str(len(seat.groups) or ""), told))
    headings = columns(_("In"), _("Groups"), _("Themes"), numbers=(_("Groups"),))
    return Table(_("Groups and themes"), headings, tuple(rows))


def _absences(profile: CountryProfile, gaps: CountryGaps | None, atlas: Atlas, numbers: SourceNumbers) -> Table:
    """Return where it does not sit, with the themes on which only what does not list it has a group."""
    lacking: dict[str, list[str]] = {}
    for gap in gaps.gaps if gaps and profile.mechanisms else ():
        for id_ in gap.mechanisms:
            lacking.setdefault(id_, []).append(gap.label)
    rows = tuple(
        (
            absence.id,
            known_as(atlas, absence.id, absence.name),
            in_series(alphabetical(lacking.get(absence.id, ()))),
            f"{absence.note or ''} {numbers.marks(absence.sources)}".strip(),
        )
        for absence in profile.not_in
    )
    headings = columns(_("Id"), _("Mechanism"), _("Themes on which its own have no group"), as_in_data(_("Note")))
    kept = [i for i in range(len(headings)) if i < 2 or any(row[i] for row in rows)]
    shown = tuple(tuple(row[i] for i in kept) for row in rows)
    return Table(_("Where it does not sit"), tuple(headings[i] for i in kept), shown)


def trust_in_seats(profile: CountryProfile, numbers: SourceNumbers) -> tuple[Block, ...]:
    """Return what was found on the lists that are less than confirmed."""
    lines = []
    for seat in profile.mechanisms:
        if seat.evidence.doubt:
            lines.append(f"{seat.id}: {numbers.status(seat.evidence)}. {seat.evidence.note}")
        if seat.secretariat_evidence.doubt:
            served = seat.secretariat_evidence
            told = {"mechanism": seat.id, "status": numbers.status(served), "note": served.note}
            lines.append(_("{mechanism}, secretariat: {status}. {note}").format(**told))
    return (Lines(as_in_data(_("What to know of these lists")), tuple(lines)),) if lines else ()


def _beside_neighbours(brief: Brief, matrix: Matrix, atlas: Atlas) -> Drawing:
    """Return the rows of a country and its neighbours, those with the same row together."""
    like = {neighbour.id: neighbour for neighbour in brief.neighbours}
    together: dict[tuple[int | None, ...], list[str]] = {}
    for row in matrix.entries:
        together.setdefault(row.cells, []).append(row.id)
    ids = [column.id for column in matrix.columns]
    rows = tuple(
        (
            enumerated(_first_its_own(brief.of.id, codes, atlas)),
            *(FULL if cell else EMPTY for cell in cells),
            _likeness(codes, like),
        )
        for cells, codes in together.items()
    )
    headings = columns(_("Country"), *ids, _("Jaccard"), numbers=(_("Jaccard"),), marks=ids)
    measure = (_("Jaccard"), {code: decimal(neighbour.pair.jaccard) for code, neighbour in like.items()})
    title = _("{country} beside its nearest neighbours").format(country=brief.of.name)
    picture = replace(matrix_picture(matrix, atlas, measure), title=title)
    return Drawing(_("Beside its nearest neighbours"), picture, Table("", headings, rows))


def _first_its_own(code: str, codes: list[str], atlas: Atlas) -> list[str]:
    """Return the names of countries in the order of the alphabet, after the one that the brief is on."""
    own = [atlas.countries[code].name] if code in codes else []
    return own + alphabetical(atlas.countries[other].name for other in codes if other != code)


def _likeness(codes: list[str], like: dict[str, Neighbour]) -> str:
    known = next((like[code] for code in codes if code in like), None)
    return decimal(known.pair.jaccard) if known else ""
