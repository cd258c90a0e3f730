"""`govmap compare A B`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def compare(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME …", help="Mechanisms, or countries: two or more of one kind.", show_default=False),
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Compare mechanisms by their members, or countries by theirs.

    Example: govmap compare RCM MIRPS
    """
    emit(answers.compare(open_atlas(data, as_of), *names), as_json=as_json)
