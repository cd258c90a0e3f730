"""`govmap country NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.pages.country import country_page
from govmap.queries.country import profile_country


def country(
    name: Annotated[
        str,
        typer.Argument(
            help="A country by name (English, Spanish, Portuguese, French) or ISO code.", show_default=False
        ),
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show where a country sits, on which themes, and where not.

    Example: govmap country Perú
    """
    atlas = open_atlas(data, as_of)
    profile = profile_country(atlas, atlas.country(name))
    emit(profile, lambda: country_page(profile, atlas), as_json=as_json)
