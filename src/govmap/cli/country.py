"""`govmap country NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def country(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A country by name (English, Spanish, Portuguese, French) or ISO code.",
            show_default=False,
        ),
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show where a country sits, on which themes, and where not.

    Example: govmap country Perú
    """
    emit(answers.country(open_atlas(data, as_of), name), as_json=as_json)
