"""`govmap mechanism NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import mechanisms
from govmap.language import marked


@answering
def mechanism(
    atlas: Atlas,
    name: Annotated[
        str,
        typer.Argument(
            metavar=marked("NAME"),
            help=marked("A mechanism by id, acronym or name."),
            show_default=False,
            autocompletion=mechanisms,
        ),
    ],
) -> answers.Answer:
    """Show one mechanism: members, groups, secretariat, evidence.

    Example: govmap mechanism "Proceso de Quito"
    """
    return answers.mechanism(atlas, name)
