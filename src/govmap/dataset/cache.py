"""Keeps the snapshots of datasets that a user brought, so that the next call need not read and check the files again.

They stand in the folder for caches of the platform, or where GOVMAP_CACHE says; `GOVMAP_CACHE=off` keeps none. The key
of a snapshot is made of the contents that it was read from, so nothing ever has to be found stale. Whatever goes wrong
here goes wrong in silence: the files themselves are always there to be read.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

VARIABLE = "GOVMAP_CACHE"
OFF = {"off", "no", "0", "false"}
OURS, ENDING = "govmap-", ".snapshot"  # of the names: nothing else in the folder is touched
KEPT = 8  # snapshots; the oldest go first
STRAY = 3600  # seconds after which a file that was begun and never finished is taken away


def folder() -> str | None:
    """Return the folder of the cache, which need not exist, or None where nothing is to be kept.

    Only what the platforms themselves say is followed: XDG_CACHE_HOME (XDG Base Directory Specification 0.8), Library
    on macOS, LOCALAPPDATA on Windows.
    """
    asked = os.environ.get(VARIABLE, "").strip()
    if asked:
        return None if asked.casefold() in OFF else os.path.abspath(asked)  # noqa: PTH100 - pathlib costs start-up
    home = os.path.expanduser("~")  # noqa: PTH111 - as above
    if not os.path.isdir(home):  # noqa: PTH112 - as above
        return None  # it is not ours to make
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")  # noqa: PTH118 - as above
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")  # noqa: PTH118 - as above
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # noqa: PTH117 - as above
            base = os.path.join(home, ".cache")  # noqa: PTH118 - as above
    return os.path.join(base, "govmap") if os.path.isabs(base) else None  # noqa: PTH117, PTH118 - as above


def get(key: str) -> bytes | None:
    """Return what is kept under *key*, or None."""
    where = folder()
    if where is None:
        return None
    try:
        with open(os.path.join(where, OURS + key + ENDING), "rb") as file:  # noqa: PTH118, PTH123 - as above
            return file.read()
    except (OSError, ValueError):
        return None


def put(key: str, content: bytes) -> None:
    """Keep *content* under *key*, whole or not at all."""
    where = folder()
    if where is None:
        return
    from pathlib import Path  # noqa: PLC0415 - only for what is not kept yet

    from govmap.files import scratch_folder  # noqa: PLC0415 - as above

    with suppress(OSError, ValueError):
        os.makedirs(where, mode=0o700, exist_ok=True)  # noqa: PTH103 - as above
        with scratch_folder(Path(where), OURS + key) as scratch:
            new = scratch / key
            new.write_bytes(content)
            new.replace(os.path.join(where, OURS + key + ENDING))  # noqa: PTH118 - as above
        _tidy(where)


def _tidy(where: str) -> None:
    """Take away all but the newest snapshots, and what a killed process left."""
    import shutil  # noqa: PLC0415 - only for what is not kept yet
    import time  # noqa: PLC0415 - as above

    ages: list[tuple[float, str, bool]] = []
    with os.scandir(where) as entries:
        for entry in (entry for entry in entries if entry.name.removeprefix(".").startswith(OURS)):
            with suppress(OSError):
                ages.append((entry.stat(follow_symlinks=False).st_mtime, entry.path, entry.name.endswith(ENDING)))
    kept = sorted((age for age in ages if age[2]), reverse=True)
    strays = [age for age in ages if not age[2] and time.time() - age[0] > STRAY]
    for _, path, is_snapshot in (*kept[KEPT:], *strays):
        if is_snapshot:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - as above
        else:
            shutil.rmtree(path, ignore_errors=True)
