"""`govmap overlap [THEME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import themes
from govmap.errors import UsageError
from govmap.language import _, marked


@answering
def overlap(
    atlas: Atlas,
    theme: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("THEME"),
            help=marked("A theme, in any words of four languages; all themes ranked without it."),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help=marked("Tell what each word counted for."))] = False,
) -> answers.Answer:
    """Show who works on a theme, and who is left out.

    Example: govmap overlap "trata de personas"
    """
    if explain and theme is None:
        message = _("--explain tells how words were understood; name a theme")
        raise UsageError(message, ("govmap overlap asylum --explain",))
    return answers.overlap(atlas, theme, explain=explain) if theme is not None else answers.duplication(atlas)
