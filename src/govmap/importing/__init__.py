"""Turns a table into a dataset: one listing a row, or a matrix of countries and organisations."""

from govmap.importing.dataset_writer import SCHEMA, ImportedDataset, write_dataset
from govmap.importing.earlier import keep_others
from govmap.importing.importer import import_table
from govmap.importing.reader import ImportOptions
from govmap.importing.report import ImportReport

__all__ = ["SCHEMA", "ImportOptions", "ImportReport", "ImportedDataset", "import_table", "keep_others", "write_dataset"]
