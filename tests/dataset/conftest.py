"""Fixtures for the tests of the files: a folder to write them in, and the problems that are found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import govmap
from govmap.dataset import Database, load, own
from govmap.dataset.parse import parse
from govmap.facts.build import build

Files = dict[str, str | bytes]
Write = Callable[[Files], Path]
Problems = Callable[[Files], list[str]]
Flaws = Callable[[str], list[str]]

# Eight lines that are a valid mechanisms.yaml; what a test adds begins on line 9, within the list of members.
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


def table(text: str, **names: str) -> list[tuple[str, str]]:
    """Return the pairs in a table, `text => expected`, one a line; a line that begins with => or \\n continues one.

    `{NAME}` is replaced by what *names* say.
    """
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    rows = text.strip("\n").replace("\n=> ", " => ").replace("\n\\n", "\\n").split("\n")
    return [(left, right) for left, _, right in (row.partition(" => ") for row in rows)]


def problems_of(path: Path) -> list[str]:
    """Return the lines of the problems in data that are not valid, once their count has been checked."""
    with pytest.raises(govmap.DataError) as caught:
        load(path)
    first, *lines = caught.value.message.split("\n")
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    assert first == f"Invalid data in {path}: {count}"
    return lines


def parsed(files: dict[str, str], base: Database | None = None) -> Database:
    """Return the dataset in *files*, on the *base* of another one."""
    return build(*parse("here", {name: text.encode() for name, text in files.items()}, base))


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Write:
    """Write files into an own folder and return it."""

    def write(files: Files) -> Path:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write


@pytest.fixture(name="problems")
def _problems(write: Write) -> Problems:
    """Return the problems in files, which have a valid mechanisms.yaml unless they bring another."""
    return lambda files: problems_of(write({"mechanisms.yaml": VALID, **files}))


@pytest.fixture(name="flaws")
def _flaws(problems: Problems) -> Flaws:
    """Return the problems in a valid mechanisms.yaml with lines added to its only mechanism, from line 9 on."""
    return lambda lines: problems({"mechanisms.yaml": VALID + lines})


@pytest.fixture(name="data", scope="session")
def _data() -> Database:
    """The bundled dataset."""
    return load()


@pytest.fixture(autouse=True, scope="module")
def _bundled_once(data: Database) -> Iterator[None]:
    """Let own folders build on the one bundled dataset instead of parsing its files each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own, "load_bundled", lambda: data)
        yield
