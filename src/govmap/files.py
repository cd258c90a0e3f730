"""Writes files atomically: a failure leaves what was there before."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from govmap.errors import DataError, UsageError
from govmap.language import _
from govmap.signals import clean_ups
from govmap.texts import quoted

_unfinished: set[Path] = set()


@contextmanager
def scratch_folder(parent: Path, name: str) -> Iterator[Path]:
    """Create a folder in *parent*, named after *name*, for unfinished work, and remove it at the end.

    A signal that ends the process removes it too (see `govmap.signals`), except one that no process can handle.

    Raises:
        OSError: It cannot be created.

    """
    folder = parent / f".{name[:40]}.{os.urandom(6).hex()}"
    _unfinished.add(folder)  # before it exists, so that a signal never leaves it
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unfinished.discard(folder)


def _remove_unfinished() -> None:
    """Remove every folder of unfinished work, for a process that ends without leaving its `with` blocks."""
    for folder in tuple(_unfinished):
        for _attempt in range(20):  # the threads of a library, such as DuckDB, may still write to it
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break


clean_ups.append(_remove_unfinished)


@contextmanager
def replacing(path: Path, *, folder: bool = False, over: Container[str] = ()) -> Iterator[Path]:
    """Yield a new path to write to, and replace *path* by what was written there at the end.

    The permissions of an older file are kept, and one that is read-only stays as it is. A link stays a link: its target
    is replaced. Anything but a regular file, such as /dev/stdout or a named pipe, gets the bytes written to it.

    Args:
        path: The file or folder to write.
        folder: Whether it is a folder; then *path* must not exist, be empty, or hold only names in *over*.
        over: The names of files that may be replaced with a folder as a whole.

    Raises:
        UsageError: *path* is a folder and should not be, or holds other files, or its parent does not exist.
        DataError: It cannot be written, or is read-only.
        BrokenPipeError: It is a pipe that nobody reads any more.

    """
    # This asks about the path as given: that of a pipe, such as /dev/stdout, does not resolve to a path of its own.
    special = path.exists() and not path.is_file() and not path.is_dir()
    target = path if special else Path(os.path.realpath(path))
    try:
        _require_place(path, target, folder=folder, over=over)
        with scratch_folder(temporary() if special else target.parent, target.name) as scratch:
            new = scratch / target.name
            yield new
            (_copy if special else _move)(new, target)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        raise
    except OSError as error:
        message = _("Cannot write {path}: {reason}").format(path=quoted(str(path)), reason=error.strerror or error)
        raise DataError(message) from error


def temporary() -> Path:
    """Return the system's folder for temporary files; raise OSError where none can be written to."""
    import tempfile  # most files are written beside their target

    return Path(tempfile.gettempdir())


def _require_place(path: Path, target: Path, *, folder: bool, over: Container[str]) -> None:
    if not folder and target.is_dir():
        raise UsageError(_("{path} is a folder; name a file in it").format(path=quoted(str(path))))
    inside = sorted(target.iterdir()) if folder and target.is_dir() else []
    # A name that ends in a slash is that of a folder.
    other = next((file for file in inside if file.name + "/" * file.is_dir() not in over), None)
    if other and over:
        message = _("{path} also holds {other}; name another folder")
        raise UsageError(message.format(path=quoted(str(path), 200), other=quoted(other.name)))
    if other or (folder and target.exists() and not target.is_dir()):
        message = _("{path} exists already; name a folder that does not, or an empty one")
        raise UsageError(message.format(path=quoted(str(path))))
    for old in (target, *inside):
        if (old.is_file() or old.is_dir()) and not _may_be_changed(old):
            raise DataError(_("Cannot write {path}: it is read-only").format(path=quoted(str(old), 200)))
    if not target.parent.is_dir():
        message = _("There is no folder {folder} to write {file} in")
        raise UsageError(message.format(folder=quoted(str(target.parent)), file=quoted(path.name)))


def _may_be_changed(old: Path) -> bool:
    """Return whether an older file may be changed: by somebody, which binds also root, and by this user."""
    return bool(old.stat().st_mode & 0o222) and os.access(old, os.W_OK)


def _move(new: Path, target: Path) -> None:
    """Move *new* to *target*, with the permissions of an older file, if there is one.

    An older folder is exchanged with it. Where the system cannot do that in one step, the older one is moved aside
    first, and back if the new one cannot replace it.
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


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; return False where the system or the disk cannot (Linux mostly can).

    Between two renames there would be no folder at all, and a process can be killed at that moment.
    """
    import ctypes

    at_fdcwd, rename_exchange = -100, 2  # of renameat2(2)
    rename = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    paths = (at_fdcwd, os.fsencode(first), at_fdcwd, os.fsencode(second))
    return rename is not None and rename(*paths, rename_exchange) == 0


def _copy(new: Path, target: Path) -> None:
    with new.open("rb") as written, target.open("wb") as special:
        shutil.copyfileobj(written, special)
