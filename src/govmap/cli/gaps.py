"""`govmap gaps`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def gaps(
    country: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this country. Repeatable.", show_default=False)
    ] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only this theme, in any words.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show on which themes countries sit in no group.

    Example: govmap gaps --country Belize
    """
    emit(answers.gaps(open_atlas(data, as_of), country or [], theme), as_json=as_json)
