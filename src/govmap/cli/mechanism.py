"""`govmap mechanism NAME`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.atlas import open_atlas
from govmap.cli.options import AsOfOption, DataOption, JsonOption
from govmap.cli.output import emit
from govmap.pages.mechanism import mechanism_page
from govmap.queries.mechanism import profile_mechanism


def mechanism(
    name: Annotated[str, typer.Argument(help="A mechanism by id, acronym or name.", show_default=False)],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    data: DataOption = None,
) -> None:
    """Show one mechanism: members, groups, secretariat, evidence.

    Example: govmap mechanism "Proceso de Quito"
    """
    atlas = open_atlas(data, as_of)
    profile = profile_mechanism(atlas, atlas.mechanism(name))
    emit(profile, lambda: mechanism_page(profile, atlas), as_json=as_json)
