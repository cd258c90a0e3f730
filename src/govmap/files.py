"""Writes files whole or not at all: a failure leaves what was there before as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govmap.errors import DataError, UsageError
from govmap.texts import quoted


@contextmanager
def replacing(path: Path, *, folder: bool = False) -> Iterator[Path]:
    """Give a new path to write to, and put what was written there in the place of *path* at the end.

    The permissions of an older file are kept. A link stays a link: what it points to is replaced. Into what is no
    file, as /dev/stdout or a named pipe, the bytes are written.

    Args:
        path: Where the file, or the folder, is to be.
        folder: Whether it is a folder; then *path* may only be none yet, or an empty one.

    Raises:
        UsageError: *path* is a folder and should not be, or the folder to hold it does not exist.
        DataError: It cannot be written.

    """
    # Asked of the path as it was given: that of a pipe, as /dev/stdout, leads to no place of its own.
    special = path.exists() and not path.is_file() and not path.is_dir()
    target = path if special else Path(os.path.realpath(path))
    _require_place(path, target, folder=folder)
    try:
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=None if special else target.parent))
    except OSError as error:
        raise _refused(path, error) from error
    try:
        new = scratch / target.name
        yield new
        (_pour if special else _put)(new, target)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _require_place(path: Path, target: Path, *, folder: bool) -> None:
    if not folder and target.is_dir():
        raise UsageError(f"{quoted(str(path))} is a folder; name a file in it")
    if folder and target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise UsageError(f"{quoted(str(path))} exists already; name a folder that does not, or an empty one")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {quoted(str(target.parent))} to write {quoted(path.name)} in")


def _put(new: Path, target: Path) -> None:
    """Move *new* to *target*, with the permissions of an older file or those that a new one gets."""
    if new.is_file():
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        if target.exists():
            shutil.copymode(target, new)
    new.replace(target)


def _pour(new: Path, target: Path) -> None:
    with new.open("rb") as written, target.open("wb") as special:
        shutil.copyfileobj(written, special)


def _refused(path: Path, error: OSError) -> DataError:
    return DataError(f"Cannot write {quoted(str(path))}: {error.strerror or error}")
