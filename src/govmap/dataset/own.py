"""Loads and checks own data: a folder with a mechanisms.yaml, or one file (YAML or JSON) alone.

Nothing that reads YAML is imported where the cache holds a database of the same files.
"""

# ruff: noqa: PTH112, PTH113, PTH116, PTH118, PTH119, PTH123 - as the docstring says
from __future__ import annotations

import os
import re
from functools import partial
from typing import TYPE_CHECKING

from govmap.calls import Call
from govmap.dataset import cache
from govmap.dataset.bundled import FILES, FOLDER, MAIN, WORDS, load_bundled, mechanism_files, state
from govmap.dataset.problems import InvalidDataError, Problem
from govmap.errors import DataError
from govmap.language import _
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.dataset.parse import Parsed
    from govmap.facts.database import Database

MAX_BYTES = 256 * 1024 * 1024  # of one file


def load_own(path: str) -> Database:
    """Return the dataset at *path*, which may use the bundled themes, sources, agencies and countries.

    The result is cached for the next call (see `govmap.dataset.cache`).

    Raises:
        DataError: The path cannot be read, or what it holds is not valid.

    """
    files = _read_files(path)
    return cache.load(_cache_key(files, state()), partial(_parse, path, files))


def _parse(path: str, files: dict[str, bytes], doubts: list[Problem] | None = None) -> Parsed:
    from govmap.dataset.parse import parse

    try:
        return parse(path, files, load_bundled(), doubts)
    except InvalidDataError as error:
        raise InvalidDataError(path, _with_file_names(path, files, error.problems)) from error


def inspect_own(path: str) -> tuple[list[Problem], list[Problem]]:
    """Return the problems in the dataset at *path*, and what is valid and yet doubtful, each in file order.

    Raises:
        DataError: The path cannot be read.

    """
    doubts: list[Problem] = []
    problems: list[Problem] = []
    files = _read_files(path)
    try:
        _parse(path, files, doubts)
    except InvalidDataError as error:
        problems = error.problems
    return problems, _with_file_names(path, files, doubts)


def _cache_key(files: dict[str, bytes], bundled: str | None) -> str | None:
    """Return a digest of the own *files* and of the state of the *bundled* data; None where that is not known."""
    if bundled is None or cache.folder() is None:
        return None
    import hashlib

    digest = hashlib.blake2b(bundled.encode(), digest_size=20)
    for name, content in sorted(files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _with_file_names(path: str, files: dict[str, bytes], problems: list[Problem]) -> list[Problem]:
    """Return *problems* in file order, each with the name of a file that is there.

    A mechanisms.yaml may hold what other files would; one given alone has a name of its own.
    """
    alone = None if os.path.isdir(path) else os.path.basename(path)
    return sorted(p._replace(file=alone or (p.file if p.file in files else MAIN)) for p in problems)


def _read_files(path: str) -> dict[str, bytes]:
    """Return the contents of the data files at *path* by name; a file given alone is read as mechanisms.yaml."""
    shown = quoted(path, 200)
    main = os.path.join(path, MAIN)
    try:
        os.stat(path)
        if not os.path.isdir(path):
            content = _read_file(path)
            return {MAIN: _json_as_yaml(content) if path.casefold().endswith(".json") else content}
        os.stat(os.path.join(path, os.curdir))  # a folder that may not be looked into is not an empty one
        single = mechanism_files(path) if os.path.isdir(os.path.join(path, FOLDER)) else ()
        paths = {name: os.path.join(path, name) for name in (*FILES, WORDS, *single)}
        root = os.path.join(os.path.realpath(path), "")
        for file in paths.values():  # shared data must not make its users read files of their own
            if not os.path.realpath(file).startswith(root):
                message = _("{path} is a link that leads out of the folder; put the file itself there")
                raise DataError(message.format(path=quoted(file, 200)))
        files = {name: _read_file(file) for name, file in paths.items() if os.path.isfile(file)}
    except FileNotFoundError as error:
        message = _("There is no folder or file {path}; name a folder with a mechanisms.yaml in it")
        raise DataError(message.format(path=shown)) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(_("Cannot read {path}: {reason}").format(path=shown, reason=reason)) from error
    if MAIN not in files and os.path.lexists(main):
        raise DataError(_("{path} is not a file; put the file itself there").format(path=quoted(main, 200)))
    if MAIN not in files:
        calls = (Call("schema", "dataset"),)
        raise DataError(_("{path} holds no mechanisms.yaml").format(path=shown), calls)
    return files


def _read_file(path: str) -> bytes:
    """Return the content of a file; raise DataError for one that is too large, such as /dev/zero, which never ends."""
    with open(path, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        message = _("{path} is larger than {n} MB; split the file")
        raise DataError(message.format(path=quoted(path, 200), n=MAX_BYTES // 1024**2))
    return content


SURROGATES = re.compile(rb"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


def _json_as_yaml(content: bytes) -> bytes:
    """Return JSON (RFC 8259) as valid YAML 1.1, with every value at the same position.

    A tab, which is white space in JSON and never part of a text, would be an error in YAML. Pairs of surrogates, which
    YAML does not know, become one escape.
    """

    def join(pair: re.Match[bytes]) -> bytes:
        high, low = int(pair[2], 16), int(pair[3], 16)
        return pair[1] + b"\\U%08x" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return SURROGATES.sub(join, content.replace(b"\t", b" "))
