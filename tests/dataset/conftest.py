"""Fixtures for the tests of the files: a folder to write them in, and the problems that are found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import govmap
from govmap.dataset import Loaded, load, own

Files = dict[str, str | bytes]
Write = Callable[[Files], Path]
Problems = Callable[[Files], list[str]]
Flaws = Callable[[str], list[str]]

# Eight lines that are a valid mechanisms.yaml; what a test adds begins on line 9.
VALID = """\
about: {title: Test, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One}
    kind: network
    relation: member
    members:
      - CHL
"""


@pytest.fixture(name="valid")
def _valid() -> str:
    """The text of a valid mechanisms.yaml of eight lines, which ends within the list of members."""
    return VALID


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Write:
    """Write files into an own folder and return it."""

    def write(files: Files) -> Path:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write


@pytest.fixture(name="problems")
def _problems(write: Write) -> Problems:
    """Return the lines of the problems in files that are not valid, once their count has been checked."""

    def problems(files: Files) -> list[str]:
        folder = write(files)
        with pytest.raises(govmap.DataError) as caught:
            load(folder)
        first, *lines = caught.value.message.split("\n")
        count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
        assert first == f"The data in {folder} is not valid: {count}"
        return lines

    return problems


@pytest.fixture(name="flaws")
def _flaws(problems: Problems) -> Flaws:
    """Return the problems in a valid mechanisms.yaml with lines added to its only mechanism, from line 9 on."""

    def flaws(lines: str) -> list[str]:
        return problems({"mechanisms.yaml": VALID + lines})

    return flaws


@pytest.fixture(name="bundled", scope="session")
def _bundled() -> Loaded:
    """The bundled dataset."""
    return load()


@pytest.fixture(autouse=True, scope="module")
def _bundled_once(bundled: Loaded) -> Iterator[None]:
    """Let own folders build on the one bundled dataset instead of parsing its files each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own, "load_bundled", lambda _files=None: bundled)
        yield
