"""`govmap country NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import countries
from govmap.language import marked


@answering
def country(
    atlas: Atlas,
    name: Annotated[
        str,
        typer.Argument(
            metavar=marked("NAME"),
            help=marked("A country by name (English, Spanish, Portuguese, French) or ISO code."),
            show_default=False,
            autocompletion=countries,
        ),
    ],
) -> answers.Answer:
    """Show where a country sits, on which themes, and where not.

    Example: govmap country Perú
    """
    return answers.country(atlas, name)
