"""On which themes a country sits in no group, and which mechanisms would seat it."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import nobody_is_listed, nobody_works_on
from govmap.atlas import Atlas
from govmap.declaration import ANALYSE, Many, question
from govmap.errors import GovmapError
from govmap.model import Country, Theme
from govmap.parts.changes import changes_in
from govmap.records import Answer, Basis, Change, CountryRef, ThemeRef
from govmap.statements import Statement


class Gap(ThemeRef, frozen=True):
    """A theme on which the country sits in no group, and the mechanisms that have one and do not list it."""

    mechanisms: tuple[str, ...]


class CountryGaps(CountryRef, frozen=True):
    """A country: on how many of the themes asked for it sits in a group, and on which not, as far as that is known.

    `themes_unknown` are the mechanisms (ids) that list it and of which no groups are listed, which is not to say that
    there are none. Where there are no others that list it, `nothing_known` is true.
    """

    seated: int
    gaps: tuple[Gap, ...]
    themes_unknown: tuple[str, ...]
    nothing_known: bool


class Gaps(Answer, frozen=True):
    """The answer to `gaps`: `themes` are the ids of the themes asked for, most gaps first among the countries.

    `unclear` has, by country (code), those of the mechanisms of its gaps that leave open whether they list it.
    """

    as_of: str
    caution: Statement | None
    themes: tuple[str, ...]
    countries: tuple[CountryGaps, ...]
    changes: tuple[Change, ...]
    unclear: dict[str, tuple[str, ...]]


@question(ANALYSE, "--country Belize", "", "--theme asylum", "--country Peru --country Chile")
def gaps(atlas: Atlas, *, country: Many[Country] = (), theme: str | Theme | None = None) -> Gaps:
    """Show which themes the mechanisms of each country do not cover.

    By default the countries are all that the dataset is about, and the themes those on which a group works: nobody
    sits in a group that does not exist.

    >>> import govmap
    >>> gaps = govmap.gaps(govmap.load(), country="Belize", theme="gender")
    >>> [(gap.id, gap.mechanisms) for gap in gaps.countries[0].gaps]
    [('gender', ('QUITO', 'SACM'))]

    Args:
        country: Only this country; may be repeated.
        theme: Only this theme, in your own words.

    Raises:
        NotFoundError: A country has no such name, or the words fit no theme; the error suggests others.
        AmbiguousError: A name could be several, or the words are too broad for one theme.

    """
    asked = tuple(sorted(atlas.theme_ids(theme))) or atlas.themes_worked_on
    rows = [_gaps_of(atlas, code, asked) for code in (atlas.country_codes(country) or atlas.universe)]
    rows.sort(key=lambda row: (-len(row.gaps), row.code))
    only = rows[0].code if len(rows) == 1 else None
    ids = atlas.mechanisms if only is None else _naming(atlas, only)
    working = (id_ for id_ in ids if not set(asked).isdisjoint(atlas.themes_of(atlas.mechanisms[id_])))
    happened = changes_in(atlas, working, only=only, themes=asked if theme is not None else (), with_new=True)
    able = {row.code: {id_ for gap in row.gaps for id_ in gap.mechanisms} for row in rows}
    among = atlas.unclear_among(set[str]().union(*able.values()), able)
    own = ((code, tuple(id_ for id_ in ids if id_ in able[code])) for code, ids in among.items())
    unclear = {code: ids for code, ids in own if ids}
    return Gaps(atlas.as_of, atlas.caution, asked, tuple(rows), happened, unclear)


def rests_on(found: Gaps, atlas: Atlas) -> Iterator[Basis]:
    """Yield the groups on the themes, and whether their mechanisms list the countries."""
    yield from Basis.groups(atlas, found.themes)
    working = {mechanism.id for theme in found.themes for mechanism, _ in atlas.groups_on(theme)}
    yield from Basis.members(sorted(working), (country.code for country in found.countries))


def failure(found: Gaps, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer where no group works on the theme that was asked for, or nobody is listed."""
    if not any(map(atlas.is_worked_on, found.themes)):
        return nobody_works_on(atlas, found.themes)
    return None if found.countries else nobody_is_listed(atlas)


def _naming(atlas: Atlas, code: str) -> set[str]:
    """Return the ids of the mechanisms of which a change may concern a country: they name it, or are in an event."""
    in_events = (id_ for event in atlas.context.events for id_ in event.mechanisms)
    return {*in_events, *(mechanism.id for mechanism in atlas.naming(code))}.intersection(atlas.mechanisms)


def _gaps_of(atlas: Atlas, code: str, themes: tuple[str, ...]) -> CountryGaps:
    seated = {theme for mechanism in atlas.mechanisms_of(code) for theme in atlas.themes_of(mechanism)}
    gaps = tuple(
        Gap(theme, atlas.themes[theme].label, tuple(sorted({mechanism.id for mechanism, _ in atlas.groups_on(theme)})))
        for theme in themes
        if theme not in seated
    )
    unknown, name = atlas.with_unknown_groups(code), atlas.countries[code].name
    return CountryGaps(code, name, len(themes) - len(gaps), gaps, unknown, atlas.knows_no_groups(code))
