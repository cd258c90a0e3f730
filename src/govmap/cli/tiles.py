"""`govmap map [MECHANISM …]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import covered, themes
from govmap.language import marked


@answering
def map_(
    atlas: Atlas,
    mechanisms: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=marked("[MECHANISM …]"),
            help=marked("Only these; all without."),
            show_default=False,
            autocompletion=covered,
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            metavar=marked("WORDS"),
            help=marked("Only mechanisms with a group on this theme."),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
) -> answers.Answer:
    """Show the Americas as a map of tiles, filled by who lists each country.

    Example: govmap map RCM SACM
    """
    return answers.map_(atlas, tuple(mechanisms or ()), theme)
