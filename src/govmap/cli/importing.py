"""`govmap import FILE --output DIR`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from govmap.cli.answering import JsonOption, LangOption
from govmap.cli.output import emit_record, tell
from govmap.cli.values import constant, files
from govmap.dataset.loader import FILES
from govmap.dates import is_part_date
from govmap.errors import DataError, GovmapError, UsageError
from govmap.files import replacing
from govmap.importing import ImportedDataset, ImportOptions, ImportReport, import_table, write_dataset
from govmap.importing.countries import CODES
from govmap.importing.table import DELIMITERS
from govmap.language import _, marked, ngettext
from govmap.texts import quoted

CODES_HELP = "\n\n".join(
    [marked("Which codes of countries it has, by default those that the name of their column tells:")]
    + [f"{name}: {about}" for name, about in CODES.items()]
)
STANDARD_INPUT = "standard input"


def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar=marked("FILE"),
            help=marked("A table in CSV, UTF-8; - reads standard input."),
            show_default=False,
            autocompletion=files,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar=marked("DIR"),
            help=marked("The folder to make."),
            show_default=False,
            autocompletion=files,
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar=marked("ROLE=NAME"),
            help=marked(
                "Which column is the organisation, country, from, to, until, relation, name, group, theme, year."
            ),
            show_default=False,
            autocompletion=lambda: [f"{role}=" for role in _roles()],
        ),
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help=marked("It is a matrix: countries and organisations, perhaps by year."))
    ] = False,
    codes: Annotated[
        str | None,
        typer.Option(
            metavar=marked("CODES"), help=CODES_HELP, show_default=False, autocompletion=lambda: list(CODES.items())
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar=marked("NAME"),
            help=marked("A column of a matrix that is no country and no organisation."),
            show_default=False,
        ),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option(
            metavar=marked("SIGN"),
            help=marked(
                "What stands between cells: comma, semicolon, tab or a sign (default: found by the first line)."
            ),
            show_default=False,
            autocompletion=constant("govmap.importing.table:DELIMITERS"),
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(
            metavar=marked("TEXT"),
            help=marked("The title of the dataset (default: the name of the file)."),
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option(metavar=marked("TEXT"), help=marked("What its organisations are."))
    ] = "organisation",
    reference_date: Annotated[
        str | None,
        typer.Option(
            metavar=marked("DATE"),
            help=marked("The date for which it answers (default: the latest that the table has)."),
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(metavar=marked("TEXT"), help=marked("What the table was taken from."), show_default=False),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(metavar=marked("ADDRESS"), help=marked("The address of that."), show_default=False),
    ] = None,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help=marked("Make the dataset of the other rows where some are refused."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=marked("Replace a dataset that is there already."))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=marked("Only report on the table; write nothing."))
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Make a dataset of your own from a table, and report on every row.

    Example: govmap import memberships.csv --output our-data
    """
    _require_output(output, force=force, dry_run=dry_run)
    wish = ImportOptions(
        roles=tuple(column or ()),
        wide=wide,
        codes=_require_codes(codes),
        delimiter=_require_delimiter(delimiter),
        ignore=_require_ignore(ignore, wide=wide),
        title=_require_text(title, "--title"),
        kind=_require_text(kind, "--kind") or "",
        reference_date=_require_date(reference_date),
        source=_require_text(source, "--source"),
        url=_require_text(url, "--url"),
        skip_bad_rows=skip_bad_rows,
    )
    report, made = import_table(_read(file), STANDARD_INPUT if file == "-" else file, wish)
    if made is not None and output is not None and not dry_run:
        report = _write(report, made, output, force=force)
    _show(report, None if made is not None else _failure(report), as_json=as_json)


def _roles() -> list[str]:
    from govmap.importing.columns import ROLES  # noqa: PLC0415 - for the Tab key alone

    return list(ROLES)


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError, AttributeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise DataError(_("Cannot read {file}: {reason}").format(file=quoted(file, 200), reason=reason)) from error


def _write(report: ImportReport, made: ImportedDataset, output: Path, *, force: bool) -> ImportReport:
    """Write the dataset, whole or not at all, and return the report that says so."""
    from msgspec.structs import replace  # noqa: PLC0415 - for this alone

    with replacing(output, folder=True, over=FILES if force else ()) as new:
        write_dataset(made, new)
    return replace(report, output=str(output), written=True)


def _show(report: ImportReport, failure: GovmapError | None, *, as_json: bool) -> None:
    """Write the report: as JSON to standard output, or to standard error for people; raise the *failure*, if any."""
    if as_json:
        emit_record(report)
    else:
        from govmap.views.import_report import import_page  # noqa: PLC0415 - not for JSON

        tell(import_page(report))
    if failure is not None:
        raise failure


def _failure(report: ImportReport) -> GovmapError:
    """Return why no dataset is made."""
    rows = report.rows
    if not rows.taken:
        return DataError(_("No row was taken, so there is no dataset to write"))
    message = ngettext(
        "{n} row was refused, so nothing was written", "{n} rows were refused, so nothing was written", rows.refused
    ).format(n=rows.refused)
    return DataError(message, (_("--skip-bad-rows, to write the others"),))


def _require_output(output: Path | None, *, force: bool, dry_run: bool) -> None:
    if output is None and not dry_run:
        calls = ("--output FOLDER", "--dry-run, which writes nothing")
        raise UsageError(_("Name the folder to make"), calls)
    if output is not None and not force and not dry_run and output.is_dir() and any(output.iterdir()):
        raise UsageError(
            _("{folder} exists already and is not empty").format(folder=quoted(str(output), 200)),
            (_("--force, which replaces it"),),
        )


def _require_codes(typed: str | None) -> str | None:
    if typed is not None and typed not in CODES:
        raise UsageError(
            _("--codes cannot be {typed}").format(typed=quoted(typed)), tuple(f"--codes {c}" for c in CODES)
        )
    return typed


def _require_delimiter(typed: str | None) -> str | None:
    sign = DELIMITERS.get(typed, "\t" if typed == "\\t" else typed) if typed is not None else None
    if sign is not None and (len(sign) != 1 or sign in '"\r\n ' or sign.isalnum() or not sign.isascii()):
        raise UsageError(
            _("--delimiter cannot be {typed}").format(typed=quoted(typed or "")),
            tuple(f"--delimiter {name}" for name in DELIMITERS),
        )
    return sign


def _require_ignore(typed: list[str] | None, *, wide: bool) -> tuple[str, ...]:
    if typed and not wide:
        message = _("--ignore is for a matrix; of other tables, columns without a role are not read anyway")
        raise UsageError(message, ("--wide",))
    return tuple(typed or ())


def _require_text(typed: str | None, option: str) -> str | None:
    if typed is not None and not 0 < len(typed.strip()) <= 2000:
        raise UsageError(_("{option} takes a text of 1 to 2000 characters").format(option=option))
    return typed.strip() if typed is not None else None


def _require_date(typed: str | None) -> str | None:
    if typed is not None and not is_part_date(typed):
        raise UsageError(
            _("{typed} is not a date").format(typed=quoted(typed)),
            ("--reference-date 2014", "--reference-date 2014-12"),
        )
    return typed
