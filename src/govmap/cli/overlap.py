"""`govmap overlap THEME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.pages.overlap import overlap_page
from govmap.queries.overlap import overlap_by_label


def overlap(
    theme: Annotated[
        str, typer.Argument(help="A theme, in English, Spanish, Portuguese or French.", show_default=False)
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show who works on a theme, and who is left out.

    Example: govmap overlap "trata de personas"
    """
    atlas = open_atlas(data, as_of)
    found = overlap_by_label(atlas, theme)
    emit(found, lambda: overlap_page(found, atlas), as_json=as_json)
