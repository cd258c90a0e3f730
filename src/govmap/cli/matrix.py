"""`govmap matrix`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.language import marked


@answering
def matrix(
    atlas: Atlas,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar=marked("WHAT"),
            help=marked("One row for each country, or theme."),
            autocompletion=lambda: ["country", "theme"],
        ),
    ] = "country",
    upset: Annotated[
        bool, typer.Option("--upset", help=marked("One row for each combination of mechanisms that occurs."))
    ] = False,
) -> answers.Answer:
    """Show who sits where as one picture: countries, or themes, by mechanisms.

    Example: govmap matrix --by theme
    """
    return answers.matrix(atlas, by, upset=upset)
