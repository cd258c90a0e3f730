"""The options of an import."""

from __future__ import annotations

from typing import NamedTuple


class ImportOptions(NamedTuple):
    """How to read a table, and how to describe the dataset.

    Attributes:
        roles: The columns, each as ROLE=NAME.
        wide: Whether the table is a matrix.
        codes: Which codes of countries it has, a key of `countries.CODES`; by default as its header suggests.
        delimiter: The sign between cells; by default as the first line suggests.
        ignore: The names of columns of a matrix that are neither organisations nor countries.
        title: The title of the dataset; by default the name of the file.
        kind: What its organisations are.
        reference_date: The date for which the dataset answers; by default the latest in the table, or today.
        source: The title of the source of the table.
        url: The address of that source.
        skip_bad_rows: Whether to make a dataset even if rows are refused.

    """

    roles: tuple[str, ...] = ()
    wide: bool = False
    codes: str | None = None
    delimiter: str | None = None
    ignore: tuple[str, ...] = ()
    title: str | None = None
    kind: str = "organisation"
    reference_date: str | None = None
    source: str | None = None
    url: str | None = None
    skip_bad_rows: bool = False
