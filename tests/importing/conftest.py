"""Fixtures for the tests of imports: the bundled data, read once, and a table as the dataset that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from govmap.dataset import Database, load, own, parse
from govmap.importing import ImportOptions, ImportReport, import_table, importer
from govmap.importing.dataset_writer import dataset_files
from govmap.model import Dataset, Member


class Imported(NamedTuple):
    """The report on a table, and its dataset, read back as govmap reads any; None if nothing was written."""

    report: ImportReport
    written: Dataset | None

    @property
    def dataset(self) -> Dataset:
        """The dataset, which must have been written."""
        assert self.written is not None
        return self.written

    def members(self) -> dict[str, str] | None:
        """Return the members of each organisation: "CAN; PER observer since 1950 until 1960"."""
        if self.written is None:
            return None
        return {each.id: "; ".join(map(_describe, each.members)) for each in self.written.mechanisms}


def _describe(member: Member) -> str:
    dates = ("since", "until", "joined_after", "joined_by")
    parts = (f"{name} {getattr(member, name)}" for name in dates if getattr(member, name))
    return " ".join(filter(None, (member.code, member.relation, *parts)))


ImportText = Callable[..., Imported]


@pytest.fixture(name="bundled", scope="session")
def _bundled() -> Database:
    """The bundled dataset."""
    return load()


@pytest.fixture(autouse=True, scope="module")
def _bundled_once(bundled: Database) -> Iterator[None]:
    """Let imports, and the datasets that they make, build on the one bundled dataset."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "load_bundled", lambda: bundled)
        patch.setattr(own, "load_bundled", lambda *_: bundled)
        yield


@pytest.fixture(name="import_text", scope="session")
def _import_text(bundled: Database) -> ImportText:
    """Import a text, and read the dataset back, which must be valid."""

    def import_text(text: str | bytes, **options: Any) -> Imported:
        content = text.encode() if isinstance(text, str) else text
        report, imported = import_table(content, "table.csv", ImportOptions(**options))
        if imported is None:
            return Imported(report, None)
        files = {name: "".join(pieces).encode() for name, pieces in dataset_files(imported)}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parse, "index_names", lambda *_: bundled.names)  # costly, and names are not looked up here
            return Imported(report, parse.parse("the result", files, bundled).dataset)

    return import_text
