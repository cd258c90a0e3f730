"""`govmap match FILE`."""

from __future__ import annotations

import pathlib
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from govmap.calls import Option
from govmap.cli.answer import open_atlas
from govmap.cli.input import name_of_input, read_input
from govmap.cli.options import OutputOptions
from govmap.cli.output import progress, say, writing
from govmap.declaration import DATA, Date, File, Format, MatchKind, Path, command
from govmap.errors import NotFoundError, UsageError
from govmap.formats.registry import load_writer
from govmap.language import _
from govmap.rows import Cell, Rows
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.matching import MatchedRow

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx")
UNSURE = ("several", "unknown")


@command(DATA, "countries.csv --column country --output matched.csv")
def match(
    file: Path,
    *,
    column: str | None = None,
    kind: MatchKind = "country",
    json: bool = False,
    format: Format | None = None,  # noqa: A002 - the option is called so
    output: File | None = None,
    bom: bool = False,
    as_of: Date | None = None,
    data: Path | None = None,
) -> None:
    """Match the names in a table with the records they stand for, without guessing.

    Right of each name stand its code, its name and its mechanisms, and how sure that is: exact, slip, words (a theme in
    other words), several or unknown. Where a name is not sure, the call ends with exit code 1.

    Args:
        file: A table (csv, tsv, xlsx) or a list of names; - reads standard input.
        column: Column with the names, if there are several.
        kind: What the names refer to: country, mechanism, theme or agency.
        format: csv, tsv, json, jsonl or xlsx.

    """
    from govmap.matching import match_table  # not for `--help`

    options = OutputOptions.of({"json": json, "format": format, "output": output, "bom": bom})
    form = "csv" if options.format == "table" and format is None else options.format
    if form not in FORMATS:
        message = _("A table can be written as csv, tsv, json, jsonl or xlsx")
        raise UsageError(message, tuple(Option("format", f) for f in FORMATS))
    if form == "xlsx" and options.path is None:
        message = _("{format} is not text; name a file").format(format=form)
        raise UsageError(message, (Option("output", "matched.xlsx"),))
    table_path = pathlib.Path(file)
    if options.path and options.path.exists() and table_path.exists() and options.path.samefile(table_path):
        message = _("The result would replace the table that it is made from; name another file")
        raise UsageError(message, (Option("output", f"matched.{form}"),))
    with progress(_("Reading {path}").format(path=name_of_input(file))):
        table = match_table(open_atlas(data, as_of), read_input(file), name_of_input(file), kind=kind, column=column)
        rows = list(table.rows)  # a mistake in the last line writes nothing
        content = _written(table.header, rows, form)
        with writing(options) as write:
            write(content)
    found = Counter(row.match.match for row in rows)
    if table.heading is not None:
        say(_("The first line, {name}, is taken as the heading, not as a name").format(name=quoted(table.heading)))
    if unsure := sum(found[how] for how in UNSURE):
        message = _("{n} of {total} names were not identified: {several} ambiguous, {unknown} unknown")
        total = sum(found.values()) - found[None]
        counts = {"several": found["several"], "unknown": found["unknown"]}
        raise NotFoundError(message.format(n=unsure, total=total, **counts))


def _written(header: tuple[str, ...], rows: list[MatchedRow], form: str) -> bytes:
    """Return the table as it is written; csv and tsv keep the cells that a row has beyond the header."""
    shaped: Any
    if form in ("json", "jsonl"):
        shaped = tuple(dict(zip(header, row.cells, strict=False)) for row in rows)
    elif form == "xlsx":
        shaped = Rows(header, tuple(row.cells[: len(header)] for row in rows))
    else:
        shaped = Rows(header, tuple(tuple(map(_as_number, row.cells)) for row in rows))
    written = load_writer(form)(shaped)
    return written.encode() if isinstance(written, str) else written


def _as_number(cell: str | None) -> Cell:
    """Return a number for a *cell* that is a negative one, so that -5 does not get the apostrophe of a formula."""
    if cell and cell.startswith("-"):
        for number in (int, float):
            with suppress(ValueError):
                if str(number(cell)) == cell:
                    return number(cell)
    return cell
