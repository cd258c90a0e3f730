"""`govmap diff A B`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.answering import AsOfOption, DataOption, answering
from govmap.cli.values import dates, files, mechanisms
from govmap.language import marked


@answering
def diff(
    before: Annotated[
        str | None,
        typer.Argument(
            metavar="[A",
            help=marked("A dataset: a folder, a file, or 'bundled' for the one that govmap brings."),
            show_default=False,
            autocompletion=files,
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Argument(metavar="B]", help=marked("Another one."), show_default=False, autocompletion=files),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar=marked("DATE"),
            help=marked("Compare as of dates: the first (default: the date of the data)."),
            show_default=False,
            autocompletion=dates,
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar=marked("DATE"),
            help=marked("Compare as of dates: the second (default: the date of the data)."),
            show_default=False,
            autocompletion=dates,
        ),
    ] = None,
    mechanism: Annotated[
        str | None,
        typer.Option(
            metavar=marked("NAME"),
            help=marked("Only what is of this mechanism."),
            show_default=False,
            autocompletion=mechanisms,
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=marked("Exit with 1 where they differ, as git does."))
    ] = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> answers.Answer:
    """Show what was added, removed and changed between two datasets, or two dates of one.

    Example: govmap diff bundled our-data
    """
    return answers.diff(answers.TypedDiff(before, after, start, end, as_of, data, mechanism, exit_code))
