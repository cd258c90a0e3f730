"""`govmap compare A B`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.atlas import Atlas
from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.errors import GovmapError, UsageError
from govmap.pages.compare import compare_page
from govmap.queries.compare import Comparison, compare_countries, compare_mechanisms


def compare(
    names: Annotated[
        list[str],
        typer.Argument(help="Mechanisms, or countries: two or more of one kind.", show_default=False),
    ],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Compare mechanisms by their members, or countries by theirs.

    Example: govmap compare RCM MIRPS
    """
    atlas = open_atlas(data, as_of)
    comparison = compare_names(atlas, names)
    emit(comparison, lambda: compare_page(comparison, atlas), as_json=as_json)


def compare_names(atlas: Atlas, names: list[str]) -> Comparison:
    """Return the comparison of *names*, all of them mechanisms or all of them countries."""
    if all(atlas.mechanism_names.exact(name) for name in names):
        return compare_mechanisms(atlas, tuple(map(atlas.mechanism, names)))
    if all(atlas.country_names.exact(name) for name in names):
        return compare_countries(atlas, tuple(map(atlas.country, names)))
    kinds = {_kind(atlas, name) for name in names}
    if len(kinds) > 1:
        told = ", ".join(f"{name} is a {_kind(atlas, name)}" for name in names[:4])
        raise UsageError(
            f"Compare things of one kind: {told}", ("govmap compare RCM MIRPS", "govmap compare Peru Chile")
        )
    if kinds == {"mechanism"}:
        return compare_mechanisms(atlas, tuple(map(atlas.mechanism, names)))
    return compare_countries(atlas, tuple(map(atlas.country, names)))


def _kind(atlas: Atlas, name: str) -> str:
    """Return what *name* names; raise the error of the kind that it is nearest to where it names nothing."""
    for kind, names in (("mechanism", atlas.mechanism_names), ("country", atlas.country_names)):
        if names.exact(name):
            return kind
    try:
        atlas.mechanism_names.find(name)
    except GovmapError as error:
        if atlas.country_names.near(name) or not error.suggestions or error.suggestions[0].startswith("govmap "):
            atlas.country_names.find(name)
            return "country"
        raise
    return "mechanism"
