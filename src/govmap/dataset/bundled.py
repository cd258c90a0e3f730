"""Finds and loads the bundled dataset.

Its files are beside the package (in a wheel, or a zip of one) or in the `data` folder of the checkout. A wheel also
carries a snapshot of them, made when it was built, and written last when it is installed. The snapshot is used only
while it matches the files beside it, so it never hides an edit: they must have the sizes that it knows, and be of the
same installation by their times. Where they are not, their contents decide.

What the files hold without such a snapshot, as in a checkout, is kept in the cache (see `govmap.dataset.cache`).
"""

# ruff: noqa: PTH100, PTH118, PTH120, PTH112, PTH116, PTH208 - pathlib costs start-up
from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import Any

from govmap.calls import Install
from govmap.dataset.store import LoadedDataset, Snapshot, SnapshotDataset, map_file, pack
from govmap.errors import DataError
from govmap.language import LANGUAGES, _
from govmap.version import __version__

MAIN, THEMES, SOURCES, WORDS = "mechanisms.yaml", "themes.yaml", "sources.yaml", "words.yaml"
COUNTRIES, ALIASES = "countries.csv", "country_aliases.csv"
# The bundled words are a file a language, and one for what is generated from these; own data have WORDS.
WORDS_OF = tuple(f"words-{part}.yaml" for part in (*LANGUAGES, "forms"))
FILES = (MAIN, THEMES, SOURCES, COUNTRIES, ALIASES, *WORDS_OF)
FOLDER = "mechanisms/"  # of the mechanisms that mechanisms.yaml only names: one file each
SNAPSHOT = "snapshot.msgpack"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT = os.path.normpath(os.path.join(PACKAGE, "..", ".."))
CODE = ("", "dataset", "names")  # the folders of the package that say what the files mean
INSTALLING = 600 * 10**9  # nanoseconds that an installation may take
SETTLED = 2 * 10**9  # nanoseconds after which another change gives a file another time, on any file system


def load_bundled() -> LoadedDataset:
    """Return the bundled dataset."""
    snapshot = _of_wheel()
    if snapshot is not None:
        return SnapshotDataset(snapshot, make_snapshot)
    from govmap.dataset import cache  # a wheel does without it

    return cache.load(_of_checkout(), lambda: _parse(bundled_files()))


def state() -> str | None:
    """Return a text that identifies the bundled data and the code that reads them, None where they may be changing."""
    snapshot = _of_wheel()
    return _of_checkout() if snapshot is None else snapshot.contents.key


def bundled_files() -> dict[str, bytes]:
    """Return the contents of the bundled data files by name; raise DataError where one is missing."""
    return {name: bundled_file(name) for name in FILES} | {name: bundled_file(name) for name in _mechanism_files()}


def bundled_file(name: str) -> bytes:
    """Return the content of the bundled data file *name*; raise DataError where the installation lacks it."""
    content = _read(name)
    if content is None:
        raise DataError(_("The installation is missing its data file {name}").format(name=name), (Install(),))
    return content


def make_snapshot() -> bytes:
    """Return the snapshot of the bundled files, for the wheel."""
    files = bundled_files()
    return pack(_parse(files), fingerprint(files), {name: len(content) for name, content in files.items()})


def fingerprint(files: dict[str, bytes]) -> str:
    """Return a text that identifies the contents of the bundled *files*, and this version.

    Checksums suffice: they guard against a stale snapshot after an edit, not against an attacker, who could replace
    the snapshot itself.
    """
    sums = [f"{len(content)}:{zlib.crc32(content):08x}" for _, content in sorted(files.items())]
    return f"{__version__} {' '.join(sums)}"


def mechanism_files(data: str) -> list[str]:
    """Return the names of the files of single mechanisms in the folder *data*; raise OSError where it has none."""
    return sorted(FOLDER + file for file in os.listdir(os.path.join(data, FOLDER)) if file.endswith(".yaml"))


def _mechanism_files() -> list[str]:
    """Return the names of the bundled files of single mechanisms."""
    for folder in (PACKAGE, CHECKOUT):
        with suppress(OSError):
            return mechanism_files(os.path.join(folder, "data"))
    from importlib.resources import files  # only where govmap is in a zip

    with suppress(OSError):
        return sorted(FOLDER + file.name for file in files("govmap").joinpath("data", FOLDER).iterdir())
    return []


def _of_wheel() -> Snapshot | None:
    """Return the snapshot beside the package; None where there is none, or one of other files."""
    folder = os.path.join(PACKAGE, "data")
    path = os.path.join(folder, SNAPSHOT)
    with suppress(ValueError):
        try:
            snapshot = Snapshot(map_file(path))
            if _is_installed_with(path, {os.path.join(folder, n): size for n, size in snapshot.contents.sizes.items()}):
                return snapshot
        except OSError:  # in a zip
            snapshot = Snapshot(_read(SNAPSHOT) or b"")
        if snapshot.contents.key == fingerprint(bundled_files()):
            return snapshot
    return None


def _is_installed_with(path: str, sizes: dict[str, int]) -> bool:
    """Return whether files have their *sizes* and were written just before the one at *path*."""
    written = os.stat(path).st_mtime_ns
    for file, size in sizes.items():
        found = os.stat(file)
        if found.st_size != size or not 0 <= written - found.st_mtime_ns <= INSTALLING:
            return False
    return True


def _of_checkout() -> str | None:
    """Return a text that identifies data files and code by their sizes and times, as Python does for bytecode.

    None where there are no such files, or one is so new that another change might leave its time as it is.
    """
    import hashlib  # a wheel does without it
    import time

    data = next((folder for folder in (PACKAGE, CHECKOUT) if os.path.isdir(os.path.join(folder, "data"))), CHECKOUT)
    own = (os.path.join(data, "data"), os.path.join(data, "data", FOLDER))
    folders = [*own, *(os.path.join(PACKAGE, folder) for folder in CODE)]
    found = []
    try:
        for folder in folders:
            with os.scandir(folder) as entries:
                files = ((entry.path, entry.stat()) for entry in entries if entry.is_file())
                found += [(path, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for path, at in files]
    except OSError:
        return None
    newest = max((max(modified, changed) for _path, _size, modified, changed in found), default=0)
    if time.time_ns() - newest < SETTLED:
        return None
    return hashlib.blake2b(f"{__version__} {sorted(found)}".encode(), digest_size=20).hexdigest()


def _read(name: str) -> bytes | None:
    """Return the content of a bundled file, or None where there is none.

    The loader of this module reads it, so that a zip works as a folder does.
    """
    get_data: Any = getattr(__spec__ and __spec__.loader, "get_data", None)
    for folder in (PACKAGE, CHECKOUT) if get_data else ():
        with suppress(OSError):
            return bytes(get_data(os.path.join(folder, "data", name)))
    return None


def _parse(files: dict[str, bytes]) -> LoadedDataset:
    from govmap.dataset.parse import parse  # YAML is read only where no snapshot serves

    return parse("the bundled data", files)
