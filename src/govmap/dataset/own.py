"""Reads a dataset that a user brings: a folder with a mechanisms.yaml, or one file (YAML or JSON) alone.

Nothing that reads YAML, and no pathlib, is loaded where a snapshot of the same files is kept.
"""

# ruff: noqa: PLC0415, PTH112, PTH113, PTH118, PTH119, PTH123 - as the docstring says
from __future__ import annotations

import os
import re

from govmap.calls import Call, Option
from govmap.dataset import cache
from govmap.dataset.loader import FILES, MAX_BYTES, bundled_files, fingerprint, is_compiled, load_bundled
from govmap.dataset.problems import InvalidDataError, Problem, refuse
from govmap.dataset.store import Loaded, pack, unpack
from govmap.errors import DataError
from govmap.language import _
from govmap.texts import quoted


def load_own(path: str) -> Loaded:
    """Return the dataset at *path*, with the bundled themes, sources, agencies and countries to build on.

    Where govmap is installed from a wheel, what was read is kept for the next call, see `govmap.dataset.cache`.

    Raises:
        DataError: The path cannot be read, or what it holds is not valid.

    """
    files, bundled = _read(path), bundled_files()
    key = _key(files, bundled) if is_compiled() and cache.folder() else ""
    loaded: Loaded | None = unpack(cache.get(key) or b"", key) if key else None
    if loaded is None:
        from govmap.dataset.parse import parse

        try:
            loaded = parse(path, files, load_bundled(bundled))
        except InvalidDataError as error:
            raise refuse(path, _called(path, error.problems)) from error
        if key:
            cache.put(key, pack(loaded, key))
    return loaded


def _key(files: dict[str, bytes], bundled: dict[str, bytes]) -> str:
    """Return what tells one state of the *files*, over one state of the *bundled* ones, from any other."""
    import hashlib

    key = hashlib.blake2b(fingerprint(bundled).encode(), digest_size=20)
    for name, content in sorted(files.items()):
        key.update(f"\n{name} {len(content)}\n".encode())
        key.update(content)
    return key.hexdigest()


def inspect_own(path: str) -> tuple[list[Problem], list[Problem]]:
    """Return everything that is wrong with the dataset at *path*, and everything that is in doubt, as they stand.

    Raises:
        DataError: The path cannot be read.

    """
    from govmap.dataset.parse import parse

    doubts: list[Problem] = []
    problems: list[Problem] = []
    try:
        parse(path, _read(path), load_bundled(), doubts)
    except InvalidDataError as error:
        problems = error.problems
    return _called(path, problems), _called(path, doubts)


def _called(path: str, problems: list[Problem]) -> list[Problem]:
    """Return *problems* in order; those of one file that stands alone under its own name."""
    alone = os.path.basename(path) if os.path.isfile(path) else None
    return sorted(problem._replace(file=alone or problem.file) for problem in problems)


def _read(path: str) -> dict[str, bytes]:
    """Return the contents of the files of a dataset by name; those of one file as those of mechanisms.yaml."""
    shown = quoted(path, 200)
    main = os.path.join(path, "mechanisms.yaml")
    try:
        os.stat(path)  # noqa: PTH116 - as above
        if not os.path.isdir(path):
            content = _content(path)
            return {"mechanisms.yaml": _as_yaml(content) if path.casefold().endswith(".json") else content}
        _require_inside(path)
        places = {name: os.path.join(path, name) for name in FILES}
        files = {name: _content(place) for name, place in places.items() if os.path.isfile(place)}
    except FileNotFoundError as error:
        known = (Option("data", "FOLDER", _("with a mechanisms.yaml in it")),)
        raise DataError(_("There is no folder or file {path}").format(path=shown), known) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(_("Cannot read {path}: {reason}").format(path=shown, reason=reason)) from error
    if "mechanisms.yaml" not in files and os.path.lexists(main):
        raise DataError(_("{path} is not a file; put the file itself there").format(path=quoted(main, 200)))
    if "mechanisms.yaml" not in files:
        calls = (Call("schema", "dataset"), _("docs/data-format.md tells what it holds"))
        raise DataError(_("{path} holds no mechanisms.yaml").format(path=shown), calls)
    return files


def _require_inside(folder: str) -> None:
    """Refuse a link to a file elsewhere: who passes a folder on must not make others read theirs."""
    root = os.path.join(os.path.realpath(folder), "")
    for name in FILES:
        place = os.path.join(folder, name)
        if not os.path.realpath(place).startswith(root):
            message = _("{path} is a link that leads out of the folder; put the file itself there")
            raise DataError(message.format(path=quoted(place, 200)))


def _content(place: str) -> bytes:
    """Return what *place* holds; raise DataError where that is too much, as in /dev/zero, which has no end."""
    with open(place, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _("{path} is larger than {n} MB; split the file")
        raise DataError(message.format(path=quoted(place, 200), n=MAX_BYTES // 1024**2))
    return content


SURROGATES = re.compile(rb"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


def _as_yaml(content: bytes) -> bytes:
    """Return JSON as the YAML that it nearly is (RFC 8259 and YAML 1.1), with every value at its place.

    A tab is white space in JSON, never part of a text, and would end YAML; and YAML has no pairs of surrogates.
    """

    def joined(pair: re.Match[bytes]) -> bytes:
        high, low = int(pair[2], 16), int(pair[3], 16)
        return pair[1] + b"\\U%08x" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return SURROGATES.sub(joined, content.replace(b"\t", b" "))
