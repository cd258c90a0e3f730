"""Reads the file, or the standard input, that a call names."""

from __future__ import annotations

import sys
from typing import IO

from govmap.cli.options import STANDARD_INPUT
from govmap.errors import DataError
from govmap.language import _
from govmap.texts import quoted


def name_of_input(file: str) -> str:
    """Return what a message calls a *file*."""
    return _("standard input") if file == STANDARD_INPUT else file


def standard_input() -> IO[bytes]:
    """Return the standard input; raise DataError where it is closed."""
    stream: IO[bytes] | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise DataError(_("Cannot read standard input: it is closed"))
    return stream


def read_input(file: str) -> bytes:
    """Return what is read as a table; of what never ends, such as /dev/zero, one byte more than it may have."""
    from govmap.importing.table import MAX_BYTES  # not for `--help`

    try:
        if file == STANDARD_INPUT:
            return standard_input().read(MAX_BYTES + 1)
        with open(file, "rb") as table:  # noqa: PTH123 - standard input is no path
            return table.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(_("Cannot read {file}: {reason}").format(file=quoted(file, 200), reason=reason)) from error
