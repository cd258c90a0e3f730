"""Writes files whole or not at all: a failure leaves what was there before as it was."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from govmap.errors import DataError, UsageError
from govmap.language import _
from govmap.texts import quoted

_unfinished: set[Path] = set()


@contextmanager
def scratch_folder(parent: Path, name: str) -> Iterator[Path]:
    """Give a new folder in *parent*, called after *name*, for what is not whole yet; it is gone at the end.

    It is gone as well where a signal ends the process (see `remove_unfinished`), but for one that nobody can heed.

    Raises:
        OSError: It cannot be made.

    """
    folder = parent / f".{name[:40]}.{os.urandom(6).hex()}"
    _unfinished.add(folder)  # before it is there, so that there is no moment at which a signal would leave it
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unfinished.discard(folder)


def remove_unfinished() -> None:
    """Remove every folder of unfinished work, for a process that ends without leaving its blocks."""
    for folder in tuple(_unfinished):
        for _again in range(20):  # the threads of a library, as DuckDB's, may still be writing into it
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break


@contextmanager
def replacing(path: Path, *, folder: bool = False, over: Container[str] = ()) -> Iterator[Path]:
    """Give a new path to write to, and put what was written there in the place of *path* at the end.

    The permissions of an older file are kept. A link stays a link: what it points to is replaced. Into what is no
    file, as /dev/stdout or a named pipe, the bytes are written.

    Args:
        path: Where the file, or the folder, is to be.
        folder: Whether it is a folder; then *path* may only be none yet, an empty one, or one in which every name is
            *over*.
        over: The names of what may be replaced in a folder, with the folder as a whole.

    Raises:
        UsageError: *path* is a folder and should not be, or holds other things, or no folder is there to hold it.
        DataError: It cannot be written.
        BrokenPipeError: It is a pipe that nobody reads any more.

    """
    # Asked of the path as it was given: that of a pipe, as /dev/stdout, leads to no place of its own.
    special = path.exists() and not path.is_file() and not path.is_dir()
    target = path if special else Path(os.path.realpath(path))
    _require_place(path, target, folder=folder, over=over)
    try:
        with scratch_folder(temporary() if special else target.parent, target.name) as scratch:
            new = scratch / target.name
            yield new
            (_pour if special else _put)(new, target)
    except BrokenPipeError:  # a pipe whose reader has what it wanted
        raise
    except OSError as error:
        raise _refused(path, error) from error


def temporary() -> Path:
    """Return the folder of the system for files that do not last; raise OSError where there is none to write in."""
    import tempfile  # noqa: PLC0415 - most files are written beside their place

    return Path(tempfile.gettempdir())


def _require_place(path: Path, target: Path, *, folder: bool, over: Container[str]) -> None:
    if not folder and target.is_dir():
        raise UsageError(_("{path} is a folder; name a file in it").format(path=quoted(str(path))))
    if folder and target.exists():
        message = _("{path} exists already; name a folder that does not, or an empty one")
        other = None
        if target.is_dir():
            other = next((held for held in target.iterdir() if held.name not in over or held.is_dir()), None)
            if other is not None and over:
                message = _("{path} also holds {other}; name a folder with a dataset alone")
        if other is not None or not target.is_dir():
            raise UsageError(message.format(path=quoted(str(path)), other=quoted(other.name) if other else ""))
    if not target.parent.is_dir():
        message = _("There is no folder {folder} to write {file} in")
        raise UsageError(message.format(folder=quoted(str(target.parent)), file=quoted(path.name)))


def _put(new: Path, target: Path) -> None:
    """Move *new* to *target*, with the permissions of an older file or those that a new one gets.

    An older folder changes places with it. Where the system cannot do that in one step, the older one is moved aside
    first, and back where the new one cannot take its place.
    """
    if new.is_dir() and target.is_dir():
        if _exchange(new, target):
            return
        aside = new.with_name(f"{new.name}.old")
        target.replace(aside)
        try:
            new.replace(target)
        except BaseException:
            aside.replace(target)
            raise
        return
    if new.is_file():
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        if target.exists():
            shutil.copymode(target, new)
    new.replace(target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return False where the system or the disk cannot (Linux mostly can).

    Two renames would leave a moment with no folder at all, and a process can be killed in it.
    """
    import ctypes  # noqa: PLC0415 - for this alone

    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _pour(new: Path, target: Path) -> None:
    with new.open("rb") as written, target.open("wb") as special:
        shutil.copyfileobj(written, special)


def _refused(path: Path, error: OSError) -> DataError:
    message = _("Cannot write {path}: {reason}").format(path=quoted(str(path)), reason=error.strerror or error)
    return DataError(message)
