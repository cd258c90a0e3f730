"""`govmap search TEXT`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.language import marked


@answering
def search_(
    atlas: Atlas,
    text: Annotated[
        str, typer.Argument(metavar=marked("TEXT"), help=marked("Any words, in four languages."), show_default=False)
    ],
) -> answers.Answer:
    """Find anything by any word, and the call that opens it.

    Example: govmap search acnur
    """
    return answers.search(atlas, text)
