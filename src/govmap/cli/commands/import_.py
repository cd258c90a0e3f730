"""`govmap import FILE --output DIR`."""

from __future__ import annotations

import pathlib
from json import dumps
from typing import TYPE_CHECKING

from msgspec.structs import replace

from govmap.calls import Option, in_one_piece, option_name
from govmap.choices import not_a_choice, one_of
from govmap.cli.input import name_of_input, read_input
from govmap.cli.output import emit_record, print_to_stderr
from govmap.dataset.bundled import FILES, WORDS
from govmap.dates import read_date
from govmap.declaration import DATA, Codes, ColumnRole, Date, Delimiter, Many, Path, command
from govmap.errors import DataError, GovmapError, UsageError
from govmap.fields import LONGEST_TEXT
from govmap.files import replacing
from govmap.language import _, ngettext
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.importing import ImportedDataset, ImportReport


@command(DATA, "memberships.csv --output our-data")
def import_(
    file: Path,
    *,
    output: Path | None = None,
    column: Many[ColumnRole] = (),
    wide: bool = False,
    codes: Codes | None = None,
    ignore: Many[str] = (),
    delimiter: Delimiter | None = None,
    sheet: str | None = None,
    title: str | None = None,
    kind: str = "organisation",
    reference_date: Date | None = None,
    source: str | None = None,
    url: str | None = None,
    skip_bad_rows: bool = False,
    force: bool = False,
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Make your own dataset from a table, and report on every row.

    Args:
        file: A table: CSV in UTF-8, an Excel workbook, or Parquet; - reads standard input.
        output: Folder to create.
        column: Which column holds the organisation, country, from, to, until, relation, name, group, theme or year.
        wide: Read the table as a matrix of countries and organisations.
        ignore: Column of a matrix to ignore.
        delimiter: What separates the cells: comma, semicolon, tab or a character (default: read from the first line).
        sheet: Which sheet of a workbook to read.
        title: Title of the dataset (default: the name of the file).
        kind: What kind of bodies its organisations are.
        reference_date: Date of the data (default: the latest in the table).
        source: Title of the source of the table.
        url: Address of that source.
        skip_bad_rows: Write the dataset even if some rows are refused.
        force: Replace what an earlier import wrote there; your own words and aliases stay.
        dry_run: Only report on the table; write nothing.

    """
    from govmap.importing import ImportOptions, import_table  # not for `--help`
    from govmap.importing.countries import CODES

    folder = None if output is None else pathlib.Path(output)
    _require_output(folder, force=force, dry_run=dry_run)
    options = ImportOptions(
        roles=tuple(column),
        wide=wide,
        codes=None if codes is None else one_of("codes", codes, CODES),
        delimiter=_require_delimiter(delimiter),
        sheet=sheet,
        ignore=_require_ignore(tuple(ignore), wide=wide),
        title=_require_text(title, "title"),
        kind=_require_text(kind, "kind") or "",
        reference_date=None if reference_date is None else read_date(reference_date, "reference_date"),
        source=_require_text(source, "source"),
        url=_require_text(url, "url"),
        skip_bad_rows=skip_bad_rows,
    )
    report, dataset = import_table(read_input(file), name_of_input(file), options)
    if dataset is not None and folder is not None and not dry_run:
        report = _write(report, dataset, folder, force=force)
    if json:
        emit_record(report)
    else:
        from govmap.views.import_report import import_page

        with in_one_piece():
            page = import_page(report)
        print_to_stderr(page)
    if dataset is None:
        raise _failure(report)


def _write(report: ImportReport, dataset: ImportedDataset, output: pathlib.Path, *, force: bool) -> ImportReport:
    """Write the dataset, whole or not at all, and return the report that says so."""
    from govmap.formats.schema import json_schema
    from govmap.importing import SCHEMA, keep_others, write_dataset

    with replacing(output, folder=True, over=_replaceable() if force else ()) as new:
        write_dataset(dataset, new)
        (new / SCHEMA).write_bytes(dumps(json_schema("dataset"), indent=2).encode() + b"\n")
        if output.is_dir():
            keep_others(output, new)
    return replace(report, output=str(output), written=True)


def _failure(report: ImportReport) -> GovmapError:
    """Return why no dataset is made."""
    if not report.rows.taken:
        return DataError(_("No row could be used, so nothing was written"))
    number = report.rows.refused
    message = ngettext(
        "{n} row was refused, so nothing was written", "{n} rows were refused, so nothing was written", number
    )
    return DataError(message.format(n=number), (Option("skip_bad_rows", about=_("to write the others")),))


def _require_output(output: pathlib.Path | None, *, force: bool, dry_run: bool) -> None:
    if output is None and not dry_run:
        nothing = Option("dry_run", about=_("which writes nothing"))
        raise UsageError(_("Name the folder to create"), (Option("output", "FOLDER"), nothing))
    if output is not None and not force and not dry_run and output.is_dir() and any(output.iterdir()):
        may_replace = {file.name for file in output.iterdir()}.issubset(_replaceable())
        message = _("{folder} exists already and is not empty").format(folder=quoted(str(output), 200))
        raise UsageError(message, (Option("force", about=_("which replaces it")),) if may_replace else ())


def _replaceable() -> tuple[str, ...]:
    """Return the names of the files that an import may find in the folder that it replaces."""
    from govmap.importing import SCHEMA

    return (*FILES, WORDS, SCHEMA)


def _require_delimiter(name: str | None) -> str | None:
    from govmap.importing.table import DELIMITERS  # not for `--help`

    sign = DELIMITERS.get(name, "\t" if name == "\\t" else name) if name is not None else None
    if sign is not None and (len(sign) != 1 or sign in '"\r\n ' or sign.isalnum() or not sign.isascii()):
        raise not_a_choice("delimiter", name or "", DELIMITERS)
    return sign


def _require_ignore(columns: tuple[str, ...], *, wide: bool) -> tuple[str, ...]:
    if columns and not wide:
        message = _("--ignore is for a matrix; in other tables, columns without a role are never read")
        raise UsageError(message, (Option("wide"),))
    return columns


def _require_text(text: str | None, name: str) -> str | None:
    if text is not None and not 0 < len(text.strip()) <= LONGEST_TEXT:
        message = _("{option} takes a text of 1 to {most} characters")
        raise UsageError(message.format(option=option_name(name), most=LONGEST_TEXT))
    return text.strip() if text is not None else None
