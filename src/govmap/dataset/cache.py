"""Keeps the databases of data that are not in a wheel, so that the next call need not read and check the files again.

They are in the platform's folder for caches, or where GOVMAP_CACHE says; `GOVMAP_CACHE=off` keeps none. The key of a
database tells the state of what it was built from, so no entry is ever stale. Every failure here is silent: the
files themselves can always be read instead.
"""

# ruff: noqa: PTH100, PTH106, PTH108, PTH111, PTH112, PTH117, PTH118, PTH202 - pathlib costs start-up
from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from govmap.errors import DataError
from govmap.facts.build import build, write
from govmap.facts.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    from govmap.dataset.parse import Parsed

VARIABLE = "GOVMAP_CACHE"
OFF = {"off", "no", "0", "false"}
# The full form of the names: GOVMAP_CACHE may name a folder of its user's, in which nothing else is ever removed.
ENTRY = re.compile(r"govmap-[0-9a-f]{40}\.sqlite")
UNFINISHED = re.compile(r"\.govmap-[0-9a-f]{32}\.[0-9a-f]{12}")  # a `scratch_folder`, which holds the one file CONTENT
CONTENT = "content"
CHECKED_WHOLE = 8 * 1024**2  # bytes up to which a database is checked whole at each call, in some milliseconds
MAX_ENTRIES = 8  # the oldest are removed first
STRAY_SECONDS = 3600  # age at which an unfinished file is removed


def folder() -> str | None:
    """Return the folder of the cache, which need not exist, or None where nothing is to be kept.

    It is the one that the platform names: XDG_CACHE_HOME (XDG Base Directory Specification 0.8), Library on macOS,
    LOCALAPPDATA on Windows.
    """
    setting = os.environ.get(VARIABLE, "").strip()
    if setting:
        return None if setting.casefold() in OFF else os.path.abspath(setting)
    home = os.path.expanduser("~")
    if not os.path.isdir(home):
        return None  # a cache must not create a home
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.join(home, ".cache")
    return os.path.join(base, "govmap") if os.path.isabs(base) else None


def load(key: str | None, parse: Callable[[], Parsed]) -> Database:
    """Return the database that is kept under *key*; else, and without a key, one of what *parse* returns."""
    cache_folder = folder() if key else None
    if key is None or cache_folder is None:
        return build(*parse())
    path = os.path.join(cache_folder, f"govmap-{key}.sqlite")
    return _kept(path, key) or _keep(parse(), path, key)


def _kept(path: str, key: str) -> Database | None:
    """Return the database at *path*; None where there is none, or none of this *key* that is whole."""
    with suppress(OSError, sqlite3.Error, DataError, IndexError):
        database = Database.open(path)
        is_large = os.path.getsize(path) > CHECKED_WHOLE
        if database.key == key and (is_large or database.column("pragma quick_check(1)") == ["ok"]):
            return database
    return None


def _keep(parsed: Parsed, path: str, key: str) -> Database:
    """Return a database of what was *parsed*, kept at *path* whole or not at all, and in memory where that fails."""
    from pathlib import Path

    from govmap.files import scratch_folder

    place = Path(path)
    with suppress(OSError, sqlite3.Error):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with scratch_folder(place.parent, place.stem[:39]) as scratch:
            new = scratch / CONTENT
            with closing(sqlite3.connect(new)) as connection:
                write(connection, *parsed, key)
            new.replace(place)
        with suppress(OSError):
            _remove_old(place.parent)
        return Database.open(path)
    return build(*parsed)


def _remove_old(cache_folder: Path) -> None:
    """Remove all but the newest databases, and what killed processes left."""
    import time

    entries: list[tuple[float, str]] = []
    with os.scandir(cache_folder) as found:
        for entry in list(found):
            with suppress(OSError):
                modified = entry.stat(follow_symlinks=False).st_mtime
                if ENTRY.fullmatch(entry.name):
                    entries.append((modified, entry.path))
                elif UNFINISHED.fullmatch(entry.name) and time.time() - modified > STRAY_SECONDS:
                    _remove_unfinished(entry)
    for _, path in sorted(entries, reverse=True)[MAX_ENTRIES:]:
        with suppress(OSError):
            os.unlink(path)


def _remove_unfinished(entry: os.DirEntry[str]) -> None:
    """Remove a folder of unfinished work; raise OSError where anything but its one file is in it, or it is a link."""
    if entry.is_dir(follow_symlinks=False):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(entry.path, CONTENT))
        os.rmdir(entry.path)
