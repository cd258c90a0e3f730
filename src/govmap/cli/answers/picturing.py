"""The answers that are pictures: the matrix, the combinations of seats, the map."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.cli.answers.answer import Answer, nobody_works_on, one_of, one_theme
from govmap.language import _

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.errors import GovmapError
    from govmap.layout.page import View


def matrix(atlas: Atlas, by: str, *, upset: bool) -> Answer:
    """Answer `matrix`, by country or by theme, or as an UpSet chart."""
    from govmap.errors import UsageError
    from govmap.questions.matrix import country_matrix, theme_matrix

    chosen = one_of("--by", by, ("country", "theme"))
    if upset and chosen == "theme":
        message = _("--upset tells the combinations of countries, so it takes no --by")
        raise UsageError(message, ("govmap matrix --upset",))
    failure = None if atlas.covered else nobody_works_on(atlas, ())
    if upset:
        return _combinations(atlas, failure)
    found = country_matrix(atlas) if chosen == "country" else theme_matrix(atlas)

    def view() -> View:
        from govmap.views.matrix import matrix_view

        return matrix_view(found, atlas)

    return Answer(found, view, failure)


def _combinations(atlas: Atlas, failure: GovmapError | None) -> Answer:
    from govmap.questions.matrix import combine_seats

    found = combine_seats(atlas)

    def view() -> View:
        from govmap.views.matrix import combinations_view

        return combinations_view(found, atlas)

    return Answer(found, view, failure)


def map_(atlas: Atlas, mechanisms: tuple[str, ...], theme: str | None) -> Answer:
    """Answer `map [MECHANISM …]`: a failure where none of them works on the theme."""
    from govmap.errors import NoAnswerError
    from govmap.questions.map import map_seats

    about = one_theme(atlas, theme)
    named = tuple(map(atlas.mechanism, dict.fromkeys(mechanisms)))
    for mechanism in named:
        if mechanism.coverage == "mentioned":
            known = tuple(m.id for m in atlas.covered)
            message = _("{mechanism} has no map: the source names it and gives no members")
            raise NoAnswerError(message.format(mechanism=mechanism.id), known)
    found = map_seats(atlas, named, about)

    def view() -> View:
        from govmap.views.map import map_view

        return map_view(found, atlas)

    if found.mechanisms:
        return Answer(found, view)
    if named and about and atlas.groups_on(about):
        working = tuple(dict.fromkeys(m.id for m, _ in atlas.groups_on(about)))
        message = _("None of these has a group on {theme}").format(theme=atlas.themes[about].label)
        return Answer(found, view, NoAnswerError(message, (f"govmap map {' '.join(working)} --theme {about}",)))
    return Answer(found, view, nobody_works_on(atlas, (about,) if about else ()))
