"""`govmap cite [NAME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import constant, mechanisms
from govmap.language import marked


@answering
def cite(
    atlas: Atlas,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("[NAME]"),
            help=marked("A mechanism; the whole dataset without."),
            show_default=False,
            autocompletion=mechanisms,
        ),
    ] = None,
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar=marked("STYLE"),
            help=marked("apa, chicago, bibtex, ris or csl-json."),
            autocompletion=constant("govmap.analysis.citation_styles:STYLES"),
        ),
    ] = "apa",
) -> answers.Answer:
    """Cite the dataset, or its page on a mechanism, and the source that it rests on.

    Example: govmap cite RCM --style bibtex
    """
    return answers.cite(atlas, name, style)
