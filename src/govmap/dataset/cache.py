"""Keeps snapshots of data that are not in a wheel, so that the next call need not read and check the files again.

They are in the platform's folder for caches, or where GOVMAP_CACHE says; `GOVMAP_CACHE=off` keeps none. The key of a
snapshot tells the state of what it was made from, so no entry is ever stale. Every failure here is silent: the
files themselves can always be read instead.
"""

# ruff: noqa: PTH100, PTH103, PTH106, PTH108, PTH111, PTH112, PTH117, PTH118 - only a write loads pathlib
from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress

from govmap.dataset.store import LoadedDataset, map_file, pack, unpack

VARIABLE = "GOVMAP_CACHE"
OFF = {"off", "no", "0", "false"}
PREFIX, SUFFIX = "govmap-", ".snapshot"
# The full form of the names: GOVMAP_CACHE may name a folder of its user's, in which nothing else is ever removed.
SNAPSHOT = re.compile(r"govmap-[0-9a-f]{40}\.snapshot")
UNFINISHED = re.compile(r"\.govmap-[0-9a-f]{32}\.[0-9a-f]{12}")  # a `scratch_folder`, which holds the one file CONTENT
CONTENT = "content"
MAX_SNAPSHOTS = 8  # the oldest are removed first
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


def load(key: str | None, parse: Callable[[], LoadedDataset]) -> LoadedDataset:
    """Return the dataset that is kept under *key*; else, and without a key, what *parse* returns, and keep it."""
    if key is None:
        return parse()

    def remake() -> bytes:
        content = pack(parse(), key)
        put(key, content)
        return content

    loaded = unpack(get(key), key, remake)
    if loaded is not None:
        return loaded
    parsed = parse()
    put(key, pack(parsed, key))
    return parsed


def get(key: str) -> memoryview | None:
    """Return what is kept under *key*, or None."""
    cache_folder = folder()
    if cache_folder is None:
        return None
    try:
        return map_file(_path(cache_folder, key))
    except (OSError, ValueError):
        return None


def put(key: str, content: bytes) -> None:
    """Keep *content* under *key*, whole or not at all."""
    cache_folder = folder()
    if cache_folder is None:
        return
    from pathlib import Path

    from govmap.files import scratch_folder

    with suppress(OSError, ValueError):
        os.makedirs(cache_folder, mode=0o700, exist_ok=True)
        with scratch_folder(Path(cache_folder), PREFIX + key[:32]) as scratch:
            new = scratch / CONTENT
            new.write_bytes(content)
            new.replace(_path(cache_folder, key))
        _remove_old(cache_folder)


def _path(cache_folder: str, key: str) -> str:
    return os.path.join(cache_folder, PREFIX + key + SUFFIX)


def _remove_old(cache_folder: str) -> None:
    """Remove all but the newest snapshots, and what killed processes left."""
    import time

    snapshots: list[tuple[float, str]] = []
    with os.scandir(cache_folder) as entries:
        for entry in list(entries):
            with suppress(OSError):
                modified = entry.stat(follow_symlinks=False).st_mtime
                if SNAPSHOT.fullmatch(entry.name):
                    snapshots.append((modified, entry.path))
                elif UNFINISHED.fullmatch(entry.name) and time.time() - modified > STRAY_SECONDS:
                    _remove_unfinished(entry)
    for _, path in sorted(snapshots, reverse=True)[MAX_SNAPSHOTS:]:
        with suppress(OSError):
            os.unlink(path)


def _remove_unfinished(entry: os.DirEntry[str]) -> None:
    """Remove a folder of unfinished work; raise OSError where anything but its one file is in it, or it is a link."""
    if entry.is_dir(follow_symlinks=False):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(entry.path, CONTENT))
        os.rmdir(entry.path)
