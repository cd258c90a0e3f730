"""Makes a dataset folder from a table: a listing a row, or a matrix of countries and organisations."""

from govmap.importing.files import Made, write_dataset
from govmap.importing.importer import Wish, import_table
from govmap.importing.report import Import

__all__ = ["Import", "Made", "Wish", "import_table", "write_dataset"]
