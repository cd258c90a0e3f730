"""Opens the atlas that a call asks for with `--data` and `--as-of`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from govmap.errors import UsageError
from govmap.language import _

if TYPE_CHECKING:
    from govmap.atlas import Atlas


def open_atlas(data: str | None, as_of: str | None) -> Atlas:
    """Return the atlas of the dataset at *data* as of *as_of*; raise UsageError where that is no date."""
    from govmap.atlas import load  # noqa: PLC0415 - so that `--help` does not load it

    if data is not None and not data.strip():
        raise UsageError(_("--data is empty; name a folder or a file"), ("--data FOLDER",))
    date = read_date(as_of) if as_of is not None else None
    if data is None:
        return load(None, date)
    from govmap.cli.progress import telling  # noqa: PLC0415 - the bundled data take a moment only

    name = os.path.basename(data) or data  # noqa: PTH119 - pathlib costs start-up
    with telling(_("Reading {path}").format(path=name)):
        return load(data, date)


def read_date(typed: str) -> str:
    """Return the part-date that was *typed*, that of the present day for `today`; whether it is one is not checked."""
    if typed.strip().casefold() == "today":
        import datetime  # noqa: PLC0415 - for this word alone

        return datetime.datetime.now().astimezone().date().isoformat()
    return typed.strip()
