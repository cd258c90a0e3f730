"""`govmap overlap THEME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


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
    emit(*answers.overlap(open_atlas(data, as_of), theme), as_json=as_json)
