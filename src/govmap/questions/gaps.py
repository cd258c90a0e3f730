"""On which themes a country sits in no group, and which mechanisms would seat it."""

from __future__ import annotations

from collections.abc import Iterable

from govmap.atlas import Atlas
from govmap.records import Change, Result, changes_in


class Gap(Result, frozen=True):
    """A theme on which the country sits in no group, and the mechanisms that have one and do not list it."""

    id: str
    label: str
    mechanisms: tuple[str, ...]


class CountryGaps(Result, frozen=True):
    """A country: on how many of the themes asked for it sits in a group, and on which not."""

    code: str
    name: str
    seated: int
    gaps: tuple[Gap, ...]


class Gaps(Result, frozen=True):
    """The answer to `gaps`: `themes` are the ids of the themes asked for, most gaps first among the countries."""

    as_of: str
    caution: str | None
    themes: tuple[str, ...]
    countries: tuple[CountryGaps, ...]
    changes: tuple[Change, ...]


def find_gaps(atlas: Atlas, *, countries: Iterable[str] = (), themes: Iterable[str] = ()) -> Gaps:
    """Return the gaps of *countries* (alpha-3 codes; by default all that a mechanism lists) on *themes* (ids).

    By default the themes are those on which a group works: nobody sits in a group that does not exist.

    >>> import govmap
    >>> gaps = govmap.find_gaps(govmap.load(), countries=["BLZ"], themes=["trafficking", "asylum", "gender"])
    >>> [(gap.id, gap.mechanisms) for gap in gaps.countries[0].gaps]
    [('gender', ('QUITO', 'SACM'))]
    """
    asked = tuple(sorted(set(themes) or set(atlas.groups_by_theme)))
    rows = [_gaps_of(atlas, code, asked) for code in (tuple(dict.fromkeys(countries)) or atlas.parties)]
    rows.sort(key=lambda row: (-len(row.gaps), row.code))
    working = {mechanism.id for theme in asked for mechanism, _ in atlas.groups_on(theme)}
    happened = changes_in(atlas, working, only=rows[0].code if len(rows) == 1 else None)
    return Gaps(atlas.as_of, atlas.caution, asked, tuple(rows), happened)


def _gaps_of(atlas: Atlas, code: str, themes: tuple[str, ...]) -> CountryGaps:
    gaps = []
    for theme in themes:
        working = tuple(sorted({mechanism.id for mechanism, _ in atlas.groups_on(theme)}))
        if not any(code in atlas.seats[id_] for id_ in working):
            gaps.append(Gap(theme, atlas.themes[theme].label, working))
    return CountryGaps(code, atlas.countries[code].name, len(themes) - len(gaps), tuple(gaps))
