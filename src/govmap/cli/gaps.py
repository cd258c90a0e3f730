"""`govmap gaps`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import countries, themes
from govmap.language import marked


@answering
def gaps(
    atlas: Atlas,
    country: Annotated[
        list[str] | None,
        typer.Option(
            metavar=marked("NAME"),
            help=marked("Only this country; may be repeated."),
            show_default=False,
            autocompletion=countries,
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            metavar=marked("WORDS"),
            help=marked("Only this theme, in any words."),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
) -> answers.Answer:
    """Show on which themes countries sit in no group.

    Example: govmap gaps --country Belize
    """
    return answers.gaps(atlas, country or [], theme)
