"""Turns a table into a dataset: one listing a row, or a matrix of countries and organisations."""

from govmap.importing.dataset_writer import ImportedDataset, write_dataset
from govmap.importing.importer import import_table
from govmap.importing.reader import ImportOptions
from govmap.importing.report import ImportReport

__all__ = ["ImportOptions", "ImportReport", "ImportedDataset", "import_table", "write_dataset"]
