"""`govmap validate PATH`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import files
from govmap.language import marked


@answering
def validate(
    path: Annotated[
        str,
        typer.Argument(
            metavar=marked("PATH"),
            help=marked("A dataset: a folder, or a mechanisms file."),
            show_default=False,
            autocompletion=files,
        ),
    ],
    strict: Annotated[bool, typer.Option("--strict", help=marked("Take warnings for errors."))] = False,
) -> answers.Answer:
    """Tell everything that is wrong with a dataset, where, and what to write instead.

    Example: govmap validate our-data
    """
    return answers.validate(path, strict=strict)
