"""Turns data files into one checked dataset.

`bundled` and `own` find the files, `yaml_reader`, `countries` and `tiles` read them, `merge` lays own data over the
bundled data, `check` and `references` check what was read, `parse` runs these steps and `index` folds the names.
A mechanism in a file of its own is put in its place by `mechanism_files`, before all that follows.
`cache` keeps the databases of facts that these become.
"""

from __future__ import annotations

import os

from govmap.dataset.bundled import load_bundled
from govmap.facts.database import Database

__all__ = ["Database", "load"]


def load(path: str | os.PathLike[str] | None = None) -> Database:
    """Return the bundled dataset, or the one in the folder (or mechanisms file) at *path*.

    Raises:
        DataError: The data cannot be read, or is not valid; the message lists every problem.

    """
    if path is None:
        return load_bundled()
    from govmap.dataset.own import load_own  # only where somebody brings data

    return load_own(os.fspath(path))
