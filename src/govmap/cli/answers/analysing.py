"""The answers on who is left out, and on what would reach them."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.cli.answers.answer import Answer, nobody_works_on, one_theme
from govmap.language import _

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.layout.page import View


def gaps(atlas: Atlas, countries: list[str], theme: str | None) -> Answer:
    """Answer `gaps`, of some countries, of one theme, or of all: a failure where no group works on the theme."""
    from govmap.questions.gaps import find_gaps
    from govmap.questions.overlap import theme_ids

    codes = [atlas.country(name).alpha3 for name in countries]
    themes = theme_ids(atlas, theme)
    found = find_gaps(atlas, countries=codes, themes=themes)

    def view() -> View:
        from govmap.views.gaps import gaps_view

        return gaps_view(found, atlas)

    unworked = not atlas.covered or (bool(themes) and not any(atlas.groups_on(id_) for id_ in themes))
    return Answer(found, view, nobody_works_on(atlas, themes) if unworked else None)


def cover(atlas: Atlas, countries: list[str], theme: str | None, *, themes: bool) -> Answer:
    """Answer `cover`, of countries or of all *themes*: a failure where nothing is reached."""
    from govmap.errors import NoAnswerError, UsageError
    from govmap.questions.cover import cover_countries, cover_themes

    if themes and (theme is not None or countries):
        message = _("--themes reaches every theme, so it takes no --theme and no --country")
        raise UsageError(message, ("govmap cover --themes",))
    about = one_theme(atlas, theme)
    codes = [atlas.country(name).alpha3 for name in countries]
    found = cover_themes(atlas) if themes else cover_countries(atlas, countries=codes, theme=about)

    def view() -> View:
        from govmap.views.cover import cover_view

        return cover_view(found, atlas)

    if found.solutions:
        return Answer(found, view)
    if not atlas.covered or (about and not atlas.groups_on(about)):
        return Answer(found, view, nobody_works_on(atlas, (about,) if about else ()))
    names = ", ".join(atlas.countries[code].name for code in found.unreachable)
    message = _("No mechanism lists {countries}").format(countries=names)
    if about:
        message = _("No mechanism with a group on {theme} lists {countries}").format(
            theme=atlas.themes[about].label, countries=names
        )
    return Answer(found, view, NoAnswerError(message, (f"govmap country {found.unreachable[0]}",)))
