"""What is wrong with a data file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govmap.errors import DataError
from govmap.language import _, ngettext

SHOWN = 50
GUESSED = 1000


class Place(NamedTuple):
    """A position in a file: line and column, counted from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing that is wrong: the file, the position, and what it is and what to write instead."""

    file: str
    place: Place
    text: str

    def __str__(self) -> str:
        """Return the problem in the form that editors and compilers share."""
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.text}"


class InvalidDataError(DataError):
    """What the files of a dataset hold is not valid.

    Attributes:
        problems: Everything that is wrong, in the order of the files.

    """

    def __init__(self, message: str, problems: list[Problem]) -> None:
        """Keep the *message*, which tells the first of the *problems*, and all of them."""
        super().__init__(message)
        self.problems = problems


def refuse(folder: str, problems: list[Problem]) -> InvalidDataError:
    """Return the error that tells every one of the *problems* (the first 50 in full), in the order of the files."""
    ordered = [str(problem) for problem in sorted(problems)]
    number = len(ordered)
    title = ngettext(
        "The data in {path} is not valid: {n} problem", "The data in {path} is not valid: {n} problems", number
    ).format(path=folder, n=number)
    if number > SHOWN:
        ordered = [*ordered[:SHOWN], _("… and {n} more").format(n=number - SHOWN)]
    return InvalidDataError("\n".join([title, *ordered]), sorted(problems))


def nearest(word: str, names: Iterable[str], found: int) -> str | None:
    """Return the one of *names* that is nearest to *word*, if any is near.

    A guess takes long; where so many problems were *found* already that nobody reads them one by one, none is made.
    """
    import difflib  # noqa: PLC0415 - only where a file is wrong

    near = difflib.get_close_matches(word, sorted(names), n=1) if found < GUESSED else ()
    return near[0] if near else None
