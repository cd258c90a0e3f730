"""`govmap overlap [THEME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.errors import UsageError


def overlap(
    theme: Annotated[
        str | None,
        typer.Argument(
            metavar="THEME",
            help="A theme, in any words of four languages; all themes ranked without it.",
            show_default=False,
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell what each word counted for.")] = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show who works on a theme, and who is left out.

    Example: govmap overlap "trata de personas"
    """
    if explain and theme is None:
        raise UsageError(
            "--explain tells how words were understood; name a theme", ("govmap overlap asylum --explain",)
        )
    atlas = open_atlas(data, as_of)
    answer = answers.overlap(atlas, theme, explain=explain) if theme is not None else answers.duplication(atlas)
    emit(answer, as_json=as_json)
