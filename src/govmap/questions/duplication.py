"""All themes, ranked by how much is done twice."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.records import Change, Result, changes_in


class ThemeDuplication(Result, frozen=True):
    """How often one theme is worked on.

    `seats` counts each country once for each mechanism with a group on the theme, `countries` counts it once;
    `repeated_seats` is the difference. `duplication` is repeated seats over seats: 0 where no country meets the
    theme twice, near 1 where the same countries meet it in many mechanisms.
    """

    id: str
    label: str
    groups: int
    mechanisms: tuple[str, ...]
    seats: int
    countries: int
    repeated_seats: int
    duplication: float


class Duplication(Result, frozen=True):
    """The answer to `overlap` without a theme: only themes on which a group works, most repeated seats first."""

    as_of: str
    caution: str | None
    themes: tuple[ThemeDuplication, ...]
    changes: tuple[Change, ...]


def rank_duplication(atlas: Atlas) -> Duplication:
    """Return every theme that a group works on, by how many seats on it are repeated.

    >>> import govmap
    >>> first = govmap.rank_duplication(govmap.load()).themes[0]
    >>> (first.id, first.mechanisms, first.seats, first.countries)
    ('trafficking', ('LAD', 'QUITO', 'RIAM', 'SACM'), 64, 26)
    """
    rows = [_measure(atlas, theme) for theme in atlas.groups_by_theme]
    rows.sort(key=lambda row: (-row.repeated_seats, -len(row.mechanisms), -row.groups, row.id))
    happened = changes_in(atlas, (id_ for row in rows for id_ in row.mechanisms))
    return Duplication(atlas.as_of, atlas.caution, tuple(rows), happened)


def _measure(atlas: Atlas, theme: str) -> ThemeDuplication:
    groups = atlas.groups_on(theme)
    mechanisms = tuple(sorted({mechanism.id for mechanism, _ in groups}))
    seats = sum(len(atlas.seats[id_]) for id_ in mechanisms)
    countries = len({code for id_ in mechanisms for code in atlas.seats[id_]})
    return ThemeDuplication(
        id=theme,
        label=atlas.themes[theme].label,
        groups=len(groups),
        mechanisms=mechanisms,
        seats=seats,
        countries=countries,
        repeated_seats=seats - countries,
        duplication=round((seats - countries) / seats, 4) if seats else 0.0,
    )
