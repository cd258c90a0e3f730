"""Reads a dataset that a user brings: a folder with a mechanisms.yaml, or that file alone."""

from __future__ import annotations

from pathlib import Path

from govmap.dataset.index import NameIndex
from govmap.dataset.loader import FILES, load_bundled
from govmap.dataset.parse import parse
from govmap.dataset.problems import InvalidDataError, Problem
from govmap.errors import DataError
from govmap.model import Dataset
from govmap.texts import quoted


def load_own(path: str) -> tuple[Dataset, NameIndex]:
    """Return the dataset at *path*, with the bundled themes, sources, agencies and countries to build on.

    Raises:
        DataError: The path cannot be read, or what it holds is not valid.

    """
    return parse(path, _read(Path(path)), load_bundled())


def inspect_own(path: str) -> tuple[list[Problem], list[Problem]]:
    """Return everything that is wrong with the dataset at *path*, and everything that is in doubt, as they stand.

    Raises:
        DataError: The path cannot be read.

    """
    doubts: list[Problem] = []
    problems: list[Problem] = []
    try:
        parse(path, _read(Path(path)), load_bundled(), doubts)
    except InvalidDataError as error:
        problems = error.problems
    if Path(path).is_file():
        return _called(Path(path).name, problems), _called(Path(path).name, doubts)
    return problems, sorted(doubts)


def _called(name: str, problems: list[Problem]) -> list[Problem]:
    """Return *problems* of a file that stands alone, under its own *name*."""
    return sorted(problem._replace(file=name) for problem in problems)


def _read(path: Path) -> dict[str, bytes]:
    shown = quoted(str(path), 200)
    try:
        if not path.exists():
            raise DataError(f"There is no folder or file {shown}", ("--data FOLDER, with a mechanisms.yaml in it",))
        if not path.is_dir():
            return {"mechanisms.yaml": path.read_bytes()}
        files = {name: (path / name).read_bytes() for name in FILES if (path / name).is_file()}
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(f"Cannot read {shown}: {reason}") from error
    main = path / "mechanisms.yaml"
    if "mechanisms.yaml" not in files and (main.is_symlink() or main.exists()):
        raise DataError(f"{quoted(str(main), 200)} is not a file; put the file itself there")
    if "mechanisms.yaml" not in files:
        raise DataError(
            f"{shown} holds no mechanisms.yaml", ("govmap --help", "docs/data-format.md tells what it holds")
        )
    return files
