"""The parameters that several commands share: type, flag and help, written once.

Typer evaluates these when it builds a command, so command modules import them at run time.
"""

from __future__ import annotations

from typing import Annotated

import typer

JsonOption = Annotated[
    bool, typer.Option("--json", help="Write JSON for scripts instead of a table.", show_default=False)
]
DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        envvar="GOVMAP_DATA",
        metavar="PATH",
        help="Answer from another dataset: a folder or a file.",
        show_default=False,
        show_envvar=True,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="Answer as of a year, month, day or 'today' (default: the date of the data).",
        show_default=False,
    ),
]
