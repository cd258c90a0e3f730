"""`govmap compare A B …`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.values import compared, constant, themes
from govmap.language import marked


@answering
def compare(
    atlas: Atlas,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=marked("NAME …"),
            help=marked(
                "Mechanisms, or countries: two or more of one kind; or one, to rank all others by likeness to it."
            ),
            show_default=False,
            autocompletion=compared,
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=marked("Rank all pairs of mechanisms."))] = False,
    top: Annotated[
        int | None,
        typer.Option(
            metavar=marked("N"),
            help=marked("Of a ranking, only the N likest pairs."),
            show_default=False,
            autocompletion=lambda: ["10"],
        ),
    ] = None,
    mode: Annotated[
        str,
        typer.Option(
            metavar=marked("MODE"),
            help=marked("What to show of the sets: intersect, distinct or union."),
            autocompletion=constant("govmap.cli.answers.comparing:MODES"),
        ),
    ] = "intersect",
    relation: Annotated[
        str | None,
        typer.Option(
            metavar=marked("RELATION"),
            help=marked("Only countries so listed: member, associate, observer, endorser or covered."),
            show_default=False,
            autocompletion=constant("govmap.fields:RELATIONS"),
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            metavar=marked("WORDS"),
            help=marked("Only mechanisms with a group on this theme."),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
) -> answers.Answer:
    """Compare mechanisms by the countries they list, or countries by who lists them.

    Example: govmap compare RCM SACM QUITO --mode distinct
    """
    wanted = answers.TypedComparison(tuple(names or ()), everything, mode, relation, theme, top)
    return answers.compare(atlas, wanted)
