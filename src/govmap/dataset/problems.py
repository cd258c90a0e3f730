"""What is wrong with a data file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govmap.errors import DataError
from govmap.language import _, ngettext

MAX_SHOWN = 50
MAX_GUESSES = 1000


class Position(NamedTuple):
    """A position in a file: line and column, counted from 1.

    `file` names the file where that is another than the one which is checked as a whole.
    """

    line: int
    column: int
    file: str = ""


START = Position(1, 1)


class Problem(NamedTuple):
    """One thing that is wrong: the file, the position, and a text that says what it is and what to write instead."""

    file: str
    position: Position
    text: str

    @classmethod
    def at(cls, file: str, position: Position, text: str) -> Problem:
        """Return the problem at a *position*, in *file* unless that names another."""
        return cls(position.file or file, Position(position.line, position.column), text)

    def __str__(self) -> str:
        """Return the problem in the form that editors and compilers share."""
        return f"{self.file}:{self.position.line}:{self.position.column}: {self.text}"


class InvalidDataError(DataError):
    """The files of a dataset are not valid.

    Attributes:
        problems: Everything that is wrong, in the order of the files.

    """

    def __init__(self, where: str, problems: list[Problem]) -> None:
        """List the *problems*, the first 50 in full, in a message on the data at *where*."""
        self.problems = sorted(problems)
        number = len(problems)
        title = ngettext("Invalid data in {path}: {n} problem", "Invalid data in {path}: {n} problems", number)
        lines = [title.format(path=where, n=number), *map(str, self.problems[:MAX_SHOWN])]
        if number > MAX_SHOWN:
            lines.append(_("… and {n} more").format(n=number - MAX_SHOWN))
        super().__init__("\n".join(lines))


def nearest(word: str, names: Iterable[str], found: int) -> str | None:
    """Return the one of *names* that is nearest to *word*, or None where none is near.

    A guess is slow, so none is made once so many problems were *found* that nobody reads them one by one.
    """
    import difflib  # only where a file is wrong

    near = difflib.get_close_matches(word, sorted(names), n=1) if found < MAX_GUESSES else ()
    return near[0] if near else None
