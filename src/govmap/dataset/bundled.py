"""Finds and loads the bundled dataset.

Its files are beside the package (in a wheel, an editable install of one, or a zip) or in the `data` folder of the
checkout. A wheel also carries a snapshot of them, made when it was built. The snapshot is used only while it matches
the files beside it, so it never hides an edit.
"""

# ruff: noqa: PTH100, PTH118, PTH120 - pathlib costs start-up
from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import Any

from govmap.calls import Install
from govmap.dataset.store import LoadedDataset, pack, unpack
from govmap.errors import DataError
from govmap.language import LANGUAGES, _
from govmap.version import __version__

MAIN, THEMES, SOURCES, WORDS = "mechanisms.yaml", "themes.yaml", "sources.yaml", "words.yaml"
COUNTRIES, ALIASES = "countries.csv", "country_aliases.csv"
# The bundled words are a file a language, and one for what is generated from these; own data have WORDS.
WORDS_OF = tuple(f"words-{part}.yaml" for part in (*LANGUAGES, "forms"))
FILES = (MAIN, THEMES, SOURCES, COUNTRIES, ALIASES, *WORDS_OF)
SNAPSHOT = "snapshot.msgpack"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHECKOUT = os.path.normpath(os.path.join(PACKAGE, "..", ".."))


def load_bundled(files: dict[str, bytes] | None = None) -> LoadedDataset:
    """Return the bundled dataset; *files* are its contents by name, where the caller has them already."""
    files = files or bundled_files()
    return unpack(_read(SNAPSHOT) or b"", fingerprint(files)) or _parse(files)


def bundled_files() -> dict[str, bytes]:
    """Return the contents of the bundled data files by name; raise DataError where one is missing."""
    return {name: bundled_file(name) for name in FILES}


def bundled_file(name: str) -> bytes:
    """Return the content of the bundled data file *name*; raise DataError where the installation lacks it."""
    content = _read(name)
    if content is None:
        raise DataError(_("The installation lacks its data file {name}").format(name=name), (Install(),))
    return content


def make_snapshot() -> bytes:
    """Return the snapshot of the bundled files, for the wheel."""
    files = bundled_files()
    return pack(_parse(files), fingerprint(files))


def has_snapshot() -> bool:
    """Return whether the installation has a snapshot: a wheel has one, a checkout has not, as its code changes."""
    return _read(SNAPSHOT) is not None


def fingerprint(files: dict[str, bytes]) -> str:
    """Return a text that identifies the state of the bundled *files*, and this version.

    Checksums suffice: they guard against a stale snapshot after an edit, not against an attacker, who could replace
    the snapshot itself.
    """
    sums = [f"{len(content)}:{zlib.crc32(content):08x}" for _, content in sorted(files.items())]
    return f"{__version__} {' '.join(sums)}"


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
    from govmap.dataset.parse import parse  # noqa: PLC0415 - YAML is read only where no snapshot serves

    return parse("the bundled data", files)
