"""`govmap cover`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import countries, themes
from govmap.language import marked


@answering
def cover(
    atlas: Atlas,
    country: Annotated[
        list[str] | None,
        typer.Option(
            metavar=marked("NAME"),
            help=marked("Seat this country; may be repeated."),
            show_default=False,
            autocompletion=countries,
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            metavar=marked("WORDS"),
            help=marked("With a group on this theme."),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
    themes: Annotated[bool, typer.Option("--themes", help=marked("Reach every theme, not every country."))] = False,
) -> answers.Answer:
    """Find the fewest mechanisms that seat every country, or reach every theme.

    Example: govmap cover --theme trafficking --country Peru --country Mexico
    """
    return answers.cover(atlas, country or [], theme, themes=themes)
