"""`govmap list WHAT`, with filters that combine."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.answers import TypedFilters

WHAT = "One of: mechanisms, countries, themes, groups, secretariats, sources."


@answering
def list_(
    atlas: Atlas,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=WHAT)] = "mechanisms",
    member: Annotated[
        str | None,
        typer.Option(
            help="Listing this country; for countries, listed in this mechanism.",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    theme: Annotated[
        str | None, typer.Option(help="With a group on this theme.", metavar="NAME", show_default=False)
    ] = None,
    secretariat: Annotated[
        str | None, typer.Option(help="Served by this agency.", metavar="NAME", show_default=False)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Of this kind: state, network, press …", metavar="KIND", show_default=False),
    ] = None,
    coverage: Annotated[
        str,
        typer.Option(help="Mechanisms with members known (full), only named (mentioned), or all.", metavar="WHICH"),
    ] = "full",
) -> answers.Answer:
    """List what there is, filtered; filters combine with and.

    Example: govmap list mechanisms --member Peru --theme trafficking
    """
    typed = TypedFilters(member, theme, secretariat, kind, coverage)
    return answers.listing(atlas, what, typed)
