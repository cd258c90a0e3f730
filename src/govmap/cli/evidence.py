"""`govmap evidence [NAME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import constant, subjects
from govmap.language import marked


@answering
def evidence(
    atlas: Atlas,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("[NAME]"),
            help=marked("A mechanism, a country, a group as RCM-3, a source by id."),
            show_default=False,
            autocompletion=subjects,
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            metavar=marked("STATUS"),
            help=marked("Only confirmed, note only, contradicted, changed since or not stated."),
            show_default=False,
            autocompletion=constant("govmap.questions.evidence:STATUSES"),
        ),
    ] = None,
) -> answers.Answer:
    """Show each fact with its status and its sources; without a name, how many have which status.

    Example: govmap evidence RCM-1
    """
    return answers.evidence(atlas, name, status)
