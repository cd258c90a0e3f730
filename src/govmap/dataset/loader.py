"""Finds the files of a dataset and turns them into one checked `Dataset`.

The bundled files are looked for beside the package (a wheel, an editable install of one, a zip) and then in
the `data` folder of the checkout. A wheel also carries a snapshot of them, made when it was built; it is used
only while it is of exactly the files beside it, so an edited file is never hidden by it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable

from govmap.calls import Install
from govmap.dataset.store import Loaded, pack, unpack
from govmap.errors import DataError
from govmap.language import _
from govmap.version import __version__

FILES = ("mechanisms.yaml", "themes.yaml", "sources.yaml", "countries.csv", "country_aliases.csv", "words.yaml")
MAX_BYTES = 256 * 1024 * 1024  # of one file
SNAPSHOT = "snapshot.msgpack"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib costs start-up
CHECKOUT = os.path.normpath(os.path.join(PACKAGE, "..", ".."))  # noqa: PTH118 - as above


def fingerprint(files: dict[str, bytes]) -> str:
    """Return what tells one state of the bundled *files* from another.

    A checksum is enough: it guards against a stale snapshot after an edit, not against an attacker, who could
    replace the snapshot itself.
    """
    sums = [f"{len(content)}:{zlib.crc32(content):08x}" for _, content in sorted(files.items())]
    return f"{__version__} {' '.join(sums)}"


def _bundled(name: str) -> bytes | None:
    """Return the content of a bundled file, or None where there is none."""
    loader = __spec__.loader if __spec__ else None
    get_data: Callable[[str], bytes] | None = getattr(loader, "get_data", None)
    for folder in (os.path.join(PACKAGE, "data"), os.path.join(CHECKOUT, "data")):  # noqa: PTH118 - start-up
        try:
            path = os.path.join(folder, name)  # noqa: PTH118 - as above
            if get_data is not None:
                return get_data(path)
        except OSError:
            continue
    return None


def bundled_files() -> dict[str, bytes]:
    """Return the contents of the bundled data files by name.

    Raises:
        DataError: A file is missing, so the installation is damaged.

    """
    return {name: bundled_file(name) for name in FILES}


def bundled_file(name: str) -> bytes:
    """Return the content of the bundled data file *name*; raise DataError where the installation lacks it."""
    content = _bundled(name)
    if content is None:
        message = _("The installation lacks its data file {name}").format(name=name)
        raise DataError(message, (Install(),))
    return content


def make_snapshot() -> bytes:
    """Return the snapshot of the bundled files, for the wheel."""
    files = bundled_files()
    loaded = _parse_bundled(files)
    return pack(loaded, fingerprint(files))


def _parse_bundled(files: dict[str, bytes]) -> Loaded:
    from govmap.dataset.parse import parse  # noqa: PLC0415 - YAML is only read where no snapshot serves

    return parse("the bundled data", files)


def is_compiled() -> bool:
    """Return whether the installation has a snapshot: a wheel has, a checkout, whose code changes, has not."""
    return _bundled(SNAPSHOT) is not None


def load_bundled(files: dict[str, bytes] | None = None) -> Loaded:
    """Return the bundled dataset, read from its *files* where these are at hand."""
    files = files or bundled_files()
    return unpack(_bundled(SNAPSHOT) or b"", fingerprint(files)) or _parse_bundled(files)


def load(path: str | os.PathLike[str] | None = None) -> Loaded:
    """Return the bundled dataset, or the one in the folder (or mechanisms file) at *path*.

    Raises:
        DataError: The data cannot be read, or is not valid; the message tells every problem.

    """
    if path is None:
        return load_bundled()
    from govmap.dataset.own import load_own  # noqa: PLC0415 - only where somebody brings data

    return load_own(os.fspath(path))
