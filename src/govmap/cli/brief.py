"""`govmap brief NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import mechanisms_or_countries
from govmap.language import marked


@answering
def brief(
    atlas: Atlas,
    name: Annotated[
        str,
        typer.Argument(
            metavar=marked("NAME"),
            help=marked("A country or a mechanism."),
            show_default=False,
            autocompletion=mechanisms_or_countries,
        ),
    ],
) -> answers.Answer:
    """Write the page on a country or a mechanism that goes into a note, with sources and citation.

    Example: govmap brief Peru -o peru.html
    """
    return answers.brief(atlas, name)
