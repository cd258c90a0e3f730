"""What is in the folder of an earlier import, and what of it a new one leaves as it is."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from govmap.dataset.bundled import ALIASES, COUNTRIES, load_bundled
from govmap.errors import UsageError
from govmap.importing.countries import CountryResolver
from govmap.importing.dataset_writer import MADE, SCHEMA, country_row
from govmap.language import _
from govmap.texts import quoted


def keep_others(older: Path, new: Path) -> None:
    """Copy to a *new* dataset the files of an *older* one that no import wrote.

    Raises:
        UsageError: One of them has the name of a new file.

    """
    for file in sorted(older.iterdir()):
        if is_imported(file):
            continue
        if (new / file.name).exists():
            message = _("{path} was changed after the import and is not replaced; name another folder")
            raise UsageError(message.format(path=quoted(str(file), 200)))
        shutil.copy2(file, new)


def is_imported(file: Path) -> bool:
    """Return whether an import wrote a file of a dataset: it says so, or has only rows that imports write."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.name == SCHEMA:
        return '"$id": "urn:govmap:schema:' in text
    if file.name not in (COUNTRIES, ALIASES):
        return MADE in text[:1000]
    resolver = CountryResolver(load_bundled(), "name")
    rows = list(csv.reader(text.splitlines()[1:]))
    if file.name == COUNTRIES:
        return set(map(tuple, rows)) <= set(map(country_row, resolver.historical.values()))
    return all(len(row) == 2 and resolver.is_former_name(*row) for row in rows)
