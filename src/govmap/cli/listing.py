"""`govmap list WHAT`, with filters that combine."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.atlas import open_atlas, theme_ids
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.errors import UsageError
from govmap.names import quoted
from govmap.pages.listing import list_page
from govmap.queries.listing import KINDS_OF_LIST, LISTS, Filters

COVERAGES = ("full", "mentioned", "all")


def list_(
    what: Annotated[str, typer.Argument(help=f"One of: {', '.join(KINDS_OF_LIST)}.", metavar="WHAT")] = "mechanisms",
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
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """List what there is, filtered; filters combine with and.

    Example: govmap list mechanisms --member Peru --theme trafficking
    """
    atlas = open_atlas(data, as_of)
    chosen = _one_of("list", what, KINDS_OF_LIST)
    filters = Filters(
        member=_member(atlas, chosen, member),
        themes=theme_ids(atlas, theme),
        secretariat=atlas.agency(secretariat).id if secretariat is not None else None,
        kind=kind,
        coverage=_one_of("coverage", coverage, COVERAGES),
    )
    items = LISTS[chosen](atlas, filters)
    emit(items, lambda: list_page(chosen, items, atlas, _in_words(filters)), as_json=as_json)


def _one_of(noun: str, typed: str, choices: tuple[str, ...]) -> str:
    if typed.casefold() in choices:
        return typed.casefold()
    import difflib  # noqa: PLC0415 - only for a wrong word

    near = difflib.get_close_matches(typed.casefold(), choices, n=1)
    raise UsageError(f"There is no {noun} {quoted(typed)}", tuple(near) or choices)


def _member(atlas: Atlas, what: str, typed: str | None) -> str | None:
    if typed is None:
        return None
    return atlas.mechanism(typed).id if what == "countries" else atlas.country(typed).alpha3


def _in_words(filters: Filters) -> str:
    given = (
        ("member", filters.member),
        ("theme", " or ".join(filters.themes)),
        ("secretariat", filters.secretariat),
        ("kind", filters.kind),
    )
    words = [f"{name} {value}" for name, value in given if value]
    if filters.coverage != "full":
        words.append(f"coverage {filters.coverage}")
    return f" with {', '.join(words)}" if words else ""
