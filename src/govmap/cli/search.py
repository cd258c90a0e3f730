"""`govmap search TEXT`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def search_(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Any words, in four languages.", show_default=False)],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Find anything by any word, and the call that opens it.

    Example: govmap search acnur
    """
    emit(answers.search(open_atlas(data, as_of), text), as_json=as_json)
