"""`govmap cover`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.atlas import open_atlas, theme_ids
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.errors import NoAnswerError, UsageError
from govmap.pages.cover import cover_page
from govmap.queries.cover import cover_countries, cover_themes


def cover(
    country: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Seat this country; may be repeated.", show_default=False)
    ] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="WORDS", help="With a group on this theme.", show_default=False)
    ] = None,
    themes: Annotated[bool, typer.Option("--themes", help="Reach every theme, not every country.")] = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Find the fewest mechanisms that seat every country, or reach every theme.

    Example: govmap cover --theme trafficking --country Peru --country Mexico
    """
    if themes and (theme is not None or country):
        raise UsageError("--themes reaches every theme, so it takes no --theme and no --country")
    atlas = open_atlas(data, as_of)
    codes = [atlas.country(name).alpha3 for name in country or ()]
    ids = theme_ids(atlas, theme)
    if len(ids) > 1:
        raise UsageError(
            "These words are about several themes; name one", tuple(atlas.themes[id_].label for id_ in ids)
        )
    found = cover_themes(atlas) if themes else cover_countries(atlas, countries=codes, theme=ids[0] if ids else None)
    failure = None if found.solutions else NoAnswerError("No mechanism reaches any of them", ("govmap gaps",))
    emit(found, lambda: cover_page(found, atlas), as_json=as_json, failure=failure)
