"""`govmap mechanism NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit


def mechanism(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A mechanism by id, acronym or name.", show_default=False)
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show one mechanism: members, groups, secretariat, evidence.

    Example: govmap mechanism "Proceso de Quito"
    """
    emit(answers.mechanism(open_atlas(data, as_of), name), as_json=as_json)
