"""`govmap cover`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def cover(
    country: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Seat this country; may be repeated.", show_default=False)
    ] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="WORDS", help="With a group on this theme.", show_default=False)
    ] = None,
    themes: Annotated[bool, typer.Option("--themes", help="Reach every theme, not every country.")] = False,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Find the fewest mechanisms that seat every country, or reach every theme.

    Example: govmap cover --theme trafficking --country Peru --country Mexico
    """
    emit(answers.cover(open_atlas(data, as_of), country or [], theme, themes=themes), as_json=as_json)
