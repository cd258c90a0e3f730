"""Answers one call whose values are read: opens the atlas, asks the question, writes the answer."""

from __future__ import annotations

import os
from typing import Any

from govmap.calls import Option
from govmap.cli.options import DATA, OutputOptions
from govmap.cli.output import emit
from govmap.cli.progress import progress
from govmap.declaration import Declaration
from govmap.errors import UsageError
from govmap.language import _


def answer(declaration: Declaration, values: dict[str, Any]) -> None:
    """Answer the call of a question with *values*, those of the shared options among them.

    Raises:
        GovmapError: The call is wrong, or there is no answer.

    """
    options = OutputOptions.of(values)
    atlas = open_atlas(values.get("data"), values.get("as_of")) if declaration.asks_atlas else None
    with progress(_("Working out the answer")):
        found = declaration.ask(atlas, values)
    emit(found, options, sources=bool(values.get("sources")), full=bool(values.get("full")))


def open_atlas(data: str | None, as_of: str | None) -> Any:
    """Return the atlas of the dataset at *data*, else of that which the environment names, else of the bundled one.

    Raises:
        UsageError: *data* is blank, or *as_of* is no date.
        DataError: The dataset cannot be read.

    """
    from govmap.atlas import load  # noqa: PLC0415 - so that `--help` does not load it

    if data is None:
        data = os.environ.get(DATA.variable) or None
    if data is not None and not data.strip():
        raise UsageError(_("--data is empty; name a folder or a file"), (Option("data", "FOLDER"),))
    if data is None:
        return load(None, as_of)
    name = os.path.basename(data) or data  # noqa: PTH119 - pathlib costs start-up
    with progress(_("Reading {path}").format(path=name)):
        return load(data, as_of)
