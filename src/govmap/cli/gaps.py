"""`govmap gaps`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.atlas import open_atlas, theme_ids
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.pages.gaps import gaps_page
from govmap.queries.gaps import find_gaps


def gaps(
    country: Annotated[str | None, typer.Option(metavar="NAME", help="Only this country.", show_default=False)] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only this theme, in any words.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show on which themes countries sit in no group.

    Example: govmap gaps --country Belize
    """
    atlas = open_atlas(data, as_of)
    codes = [atlas.country(country).alpha3] if country is not None else []
    found = find_gaps(atlas, countries=codes, themes=theme_ids(atlas, theme))
    emit(found, lambda: gaps_page(found, atlas), as_json=as_json)
