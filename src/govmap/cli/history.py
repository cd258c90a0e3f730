"""`govmap history [NAME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import mechanisms_or_countries
from govmap.language import marked


@answering
def history(
    atlas: Atlas,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("[NAME]"),
            help=marked("A mechanism or a country; all without."),
            show_default=False,
            autocompletion=mechanisms_or_countries,
        ),
    ] = None,
) -> answers.Answer:
    """Tell what happened when: founded, joined, left, changed, meetings, resolutions.

    Example: govmap history Nicaragua
    """
    return answers.history(atlas, name)
