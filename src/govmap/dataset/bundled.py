"""Finds and loads the bundled dataset.

A wheel carries it as a database, made when the wheel was built. In a checkout, its files are in the folder `data`, and
what they hold is kept in the cache (see `govmap.dataset.cache`), until one of them or the code that reads them changes.
"""

# ruff: noqa: PTH100, PTH113, PTH118, PTH120, PTH208 - pathlib costs start-up
from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from govmap.calls import Install
from govmap.errors import DataError
from govmap.facts.database import Database
from govmap.language import LANGUAGES, _
from govmap.version import __version__

if TYPE_CHECKING:
    from govmap.dataset.parse import Parsed

MAIN, THEMES, SOURCES, WORDS = "mechanisms.yaml", "themes.yaml", "sources.yaml", "words.yaml"
COUNTRIES, ALIASES = "countries.csv", "country_aliases.csv"
# The bundled words are a file a language, and one for what is generated from these; own data have WORDS.
WORDS_OF = tuple(f"words-{part}.yaml" for part in (*LANGUAGES, "forms"))
FILES = (MAIN, THEMES, SOURCES, COUNTRIES, ALIASES, *WORDS_OF)
FOLDER = "mechanisms/"  # of the mechanisms that mechanisms.yaml only names: one file each
DATABASE = "govmap.sqlite"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT = os.path.normpath(os.path.join(PACKAGE, "..", ".."))
CODE = ("", "dataset", "facts", "names")  # the folders of the package that say what the files mean
SETTLED = 2 * 10**9  # nanoseconds after which another change gives a file another time, on any file system


def load_bundled() -> Database:
    """Return the bundled dataset; raise DataError where it is damaged or missing."""
    database = _of_wheel()
    if database is not None:
        return database
    from govmap.dataset import cache  # a wheel does without it

    return cache.load(_of_checkout(), parse_bundled)


def state() -> str | None:
    """Return a text that identifies the bundled data and the code that reads them, None where they may be changing."""
    database = _of_wheel()
    return _of_checkout() if database is None else database.key


def parse_bundled() -> Parsed:
    """Return what the files of a checkout hold; raise DataError where that is not valid."""
    from govmap.dataset.parse import parse  # YAML is read only where no database serves

    return parse("the bundled data", bundled_files())


def wheel_key() -> str:
    """Return what identifies the database of a wheel: the version, and a digest of the files that it is built from."""
    import hashlib

    contents = b"".join(content for _name, content in sorted(bundled_files().items()))
    return f"{__version__} {hashlib.blake2b(contents, digest_size=20).hexdigest()}"


def bundled_files() -> dict[str, bytes]:
    """Return the contents of the data files of a checkout by name; raise DataError where one is missing."""
    with suppress(OSError):
        single = mechanism_files(os.path.join(CHECKOUT, "data"))
        return {name: bundled_file(name) for name in (*FILES, *single)}
    raise _missing(FOLDER)


def bundled_file(name: str) -> bytes:
    """Return the content of the bundled data file *name*; raise DataError where the installation lacks it."""
    content = _read(name)
    if content is None:
        raise _missing(name)
    return content


def mechanism_files(data: str) -> list[str]:
    """Return the names of the files of single mechanisms in the folder *data*; raise OSError where it has none."""
    return sorted(FOLDER + file for file in os.listdir(os.path.join(data, FOLDER)) if file.endswith(".yaml"))


def _missing(name: str) -> DataError:
    return DataError(_("The installation is missing its data file {name}").format(name=name), (Install(),))


def _of_wheel() -> Database | None:
    """Return the database beside the package, None where there is none; raise DataError where it is damaged."""
    path = os.path.join(PACKAGE, "data", DATABASE)
    try:
        if os.path.isfile(path):
            database = Database.open(path)
        else:  # in a zip, or in a checkout
            content = _read(DATABASE, PACKAGE)
            if content is None:
                return None
            database = Database.holding(content)
        if database.key.startswith(f"{__version__} "):
            return database
        reason = _("it is of another version")
    except (sqlite3.Error, DataError, IndexError) as error:
        reason = str(error)
    message = _("The installation's own data cannot be read: {reason}").format(reason=reason)
    raise DataError(message, (Install(),))


def _of_checkout() -> str | None:
    """Return a text that identifies data files and code by their sizes and times, as Python does for bytecode.

    None where there are no such files, or one is so new that another change might leave its time as it is.
    """
    import hashlib  # a wheel does without it
    import time

    data = os.path.join(CHECKOUT, "data")
    folders = [data, os.path.join(data, FOLDER), *(os.path.join(PACKAGE, folder) for folder in CODE)]
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


def _read(name: str, *folders: str) -> bytes | None:
    """Return the content of a bundled file in one of the *folders*, by default of both, or None where there is none.

    The loader of this module reads it, so that a zip works as a folder does.
    """
    get_data: Any = getattr(__spec__ and __spec__.loader, "get_data", None)
    for folder in folders or (PACKAGE, CHECKOUT) if get_data else ():
        with suppress(OSError):
            return bytes(get_data(os.path.join(folder, "data", name)))
    return None
