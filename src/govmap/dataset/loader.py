"""Finds the files of a dataset and turns them into one checked `Dataset`.

The bundled files are looked for beside the package (a wheel, an editable install of one, a zip) and then in
the `data` folder of the checkout. A wheel also carries a snapshot of them, made when it was built; it is used
only while it is of exactly the files beside it, so an edited file is never hidden by it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from govmap.dataset.index import NameIndex
from govmap.errors import DataError
from govmap.model import Dataset
from govmap.version import __version__

FILES = ("mechanisms.yaml", "themes.yaml", "sources.yaml", "countries.csv", "country_aliases.csv", "words.yaml")
SNAPSHOT = "snapshot.msgpack"
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib costs start-up
CHECKOUT = os.path.normpath(os.path.join(PACKAGE, "..", ".."))  # noqa: PTH118 - as above


class Loaded(NamedTuple):
    """A dataset and the folded names of its records."""

    dataset: Dataset
    names: NameIndex


class Snapshot(msgspec.Struct, array_like=True):
    """A dataset as the wheel carries it: the fingerprint of the files that it was made from, and its own checksum."""

    fingerprint: str
    checksum: int
    dataset: msgspec.Raw
    names: msgspec.Raw


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
        raise DataError(f"The installation lacks its data file {name}", ("pip install --force-reinstall govmap",))
    return content


def make_snapshot() -> bytes:
    """Return the snapshot of the bundled files, for the wheel."""
    files = bundled_files()
    loaded = _parse_bundled(files)
    encoder = msgspec.msgpack.Encoder()
    dataset, names = (encoder.encode(part) for part in loaded)
    checksum = zlib.crc32(names, zlib.crc32(dataset))
    return encoder.encode(Snapshot(fingerprint(files), checksum, msgspec.Raw(dataset), msgspec.Raw(names)))


def _from_snapshot(content: bytes | None, files: dict[str, bytes]) -> Loaded | None:
    """Return what the snapshot holds, or None where it is damaged or of other files."""
    if content is None:
        return None
    try:
        snapshot = msgspec.msgpack.decode(content, type=Snapshot)
        whole = snapshot.checksum == zlib.crc32(snapshot.names, zlib.crc32(snapshot.dataset))
        if not whole or snapshot.fingerprint != fingerprint(files):
            return None
        dataset = msgspec.msgpack.decode(snapshot.dataset, type=Dataset)
        return Loaded(dataset, msgspec.msgpack.decode(snapshot.names, type=NameIndex))
    except (msgspec.MsgspecError, ValueError):
        return None


def _parse_bundled(files: dict[str, bytes]) -> Loaded:
    from govmap.dataset.parse import parse  # noqa: PLC0415 - YAML is only read where no snapshot serves

    return Loaded(*parse("the bundled data", files))


def load_bundled() -> Loaded:
    """Return the bundled dataset."""
    files = bundled_files()
    return _from_snapshot(_bundled(SNAPSHOT), files) or _parse_bundled(files)


def load(path: str | os.PathLike[str] | None = None) -> Loaded:
    """Return the bundled dataset, or the one in the folder (or mechanisms file) at *path*.

    Raises:
        DataError: The data cannot be read, or is not valid; the message tells every problem.

    """
    if path is None:
        return load_bundled()
    from govmap.dataset.own import load_own  # noqa: PLC0415 - only where somebody brings data

    return Loaded(*load_own(os.fspath(path)))
