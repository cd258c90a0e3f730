"""`govmap list WHAT`, with filters that combine."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli import answers
from govmap.cli.answering import answering
from govmap.cli.answers import TypedFilters
from govmap.cli.values import agencies, constant, members, named_atlas, themes
from govmap.language import marked

WHAT = marked("One of: mechanisms, countries, themes, groups, secretariats, sources.")


def kinds(context: typer.Context) -> list[str]:
    """Return the kinds of what is to be listed, for completion."""
    from govmap.questions.list import KINDS  # noqa: PLC0415 - so that `--help` does not load it

    return list(KINDS[what](named_atlas(context))) if (what := context.params["what"]) in KINDS else []


@answering
def list_(
    atlas: Atlas,
    what: Annotated[
        str,
        typer.Argument(metavar=marked("WHAT"), help=WHAT, autocompletion=constant("govmap.questions.list:LISTS")),
    ] = "mechanisms",
    member: Annotated[
        str | None,
        typer.Option(
            help=marked("Listing this country; for countries, listed in this mechanism."),
            metavar=marked("NAME"),
            show_default=False,
            autocompletion=members,
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option(
            help=marked("With a group on this theme."),
            metavar=marked("NAME"),
            show_default=False,
            autocompletion=themes,
        ),
    ] = None,
    secretariat: Annotated[
        str | None,
        typer.Option(
            help=marked("Served by this agency."), metavar=marked("NAME"), show_default=False, autocompletion=agencies
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help=marked("Of this kind: state, network, press …"),
            metavar=marked("KIND"),
            show_default=False,
            autocompletion=kinds,
        ),
    ] = None,
    coverage: Annotated[
        str,
        typer.Option(
            help=marked("Mechanisms with members known (full), only named (mentioned), or all."),
            metavar=marked("WHICH"),
            autocompletion=constant("govmap.questions.list:COVERAGES"),
        ),
    ] = "full",
) -> answers.Answer:
    """List what there is, filtered; filters combine with and.

    Example: govmap list mechanisms --member Peru --theme trafficking
    """
    typed = TypedFilters(member, theme, secretariat, kind, coverage)
    return answers.listing(atlas, what, typed)
