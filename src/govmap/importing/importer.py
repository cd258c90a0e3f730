"""Imports a table: from its bytes to a dataset, and the report on every row."""

from __future__ import annotations

import datetime
from pathlib import Path

from govmap.dataset.bundled import load_bundled
from govmap.dates import last_day
from govmap.errors import DataError
from govmap.importing.columns import choose_columns, parse_roles
from govmap.importing.dataset_writer import ImportedDataset
from govmap.importing.listings import ListingReader
from govmap.importing.matrix import MatrixReader
from govmap.importing.organisations import Organisation
from govmap.importing.reader import ImportOptions, TableReader
from govmap.importing.report import ColumnUse, ImportReport
from govmap.importing.table import read_table
from govmap.language import _
from govmap.records import country_ref
from govmap.texts import quoted


def import_table(content: bytes, where: str, options: ImportOptions) -> tuple[ImportReport, ImportedDataset | None]:
    """Return the report on a table and the dataset that it becomes.

    The report says that nothing is written: the caller changes that once it has written the dataset. The dataset is
    None if no row is taken, or if rows are refused that must not be skipped.

    Args:
        content: The bytes of the file.
        where: The name of the file.
        options: How to read it.

    Raises:
        DataError: It is no table, or lacks a column that it needs.
        UsageError: The options give a column an unknown role.

    """
    table = read_table(content, where, options.delimiter, options.sheet)
    columns = choose_columns(table.header, parse_roles(options.roles), where)
    for name in options.ignore:
        if name not in table.header:
            raise DataError(_("{where} has no column {name} to ignore").format(where=where, name=quoted(name)))
    reader_class = MatrixReader if options.wide else ListingReader
    reader = reader_class(columns, where, options, load_bundled())
    organisations = reader.read(table.rows)
    dataset = _dataset(reader, organisations)
    report = _report(reader, dataset)
    is_blocked = not organisations or (report.refused and not options.skip_bad_rows)
    return report, None if is_blocked else dataset


def _dataset(reader: TableReader, organisations: tuple[Organisation, ...]) -> ImportedDataset:
    """Return the dataset. Its texts are data, and so in English in every language of the user."""
    options, file = reader.options, Path(reader.where)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    past = (date for date in reader.dates if last_day(date) <= today)
    latest = max(past, key=lambda date: (last_day(date), date), default=today)
    countries = {code for organisation in organisations for code in organisation.spells}
    themes = {theme for organisation in organisations for group in organisation.groups.values() for theme in group}
    historical = reader.countries.historical
    return ImportedDataset(
        title=options.title or file.stem,
        kind=options.kind,
        reference_date=options.reference_date or latest,
        source=options.source or f"The table {file.name}",
        url=options.url,
        looked_up=today,
        organisations=organisations,
        new_countries=tuple(historical[code] for code in sorted(countries & historical.keys())),
        aliases={name: code for name, code in reader.countries.aliases.items() if code in countries},
        themes={id_: label for id_, label in reader.themes.new.items() if id_ in themes},
    )


def _report(reader: TableReader, dataset: ImportedDataset) -> ImportReport:
    """Return the report on a table whose dataset is not written yet."""
    log = reader.log
    return ImportReport(
        file=reader.where,
        output=None,
        written=False,
        layout=reader.layout,
        codes=reader.countries.codes,
        columns=tuple(
            ColumnUse(name, reader.column_roles.get(index)) for index, name in enumerate(reader.columns.header)
        ),
        rows=log.counts(),
        cells=reader.cells,
        refused=log.refusals(),
        merged=tuple(log.mergers),
        reference_date=dataset.reference_date,
        organisations=len(dataset.organisations),
        countries=len({code for each in dataset.organisations for code in each.spells}),
        memberships=sum(len(spells) for each in dataset.organisations for spells in each.spells.values()),
        groups=sum(len(each.groups) for each in dataset.organisations),
        new_countries=tuple(map(country_ref, dataset.new_countries)),
        new_themes=tuple(dataset.themes),
        notes=reader.notes,
    )
