"""Fixtures for the tests of imports: the bundled data once, and what becomes of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govmap.dataset import Loaded, load, own, parse
from govmap.importing import Import, Made, Wish, import_table, importer
from govmap.importing.files import files_of
from govmap.model import Dataset, Member


class Imported(NamedTuple):
    """The report on a table, and the dataset that it became, read back as govmap reads any."""

    report: Import
    made: Made | None
    dataset: Dataset | None

    def members(self, id_: str) -> list[Member]:
        """Return the members of an organisation."""
        assert self.dataset is not None
        (mechanism,) = [one for one in self.dataset.mechanisms if one.id == id_]
        return list(mechanism.members)

    def reasons(self) -> dict[str, list[int]]:
        """Return the lines of the rows that were refused, by reason."""
        return {refusal.reason: list(refusal.lines) for refusal in self.report.refused}


Take = Callable[..., Imported]


@pytest.fixture(name="bundled", scope="session")
def _bundled() -> Loaded:
    """The bundled dataset."""
    return load()


@pytest.fixture(autouse=True, scope="module")
def _bundled_once(bundled: Loaded) -> Iterator[None]:
    """Let imports, and the datasets that they make, build on the one bundled dataset."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importer, "load_bundled", lambda: bundled)
        patch.setattr(own, "load_bundled", lambda *_: bundled)
        yield


@pytest.fixture(name="take", scope="session")
def _take(bundled: Loaded) -> Take:
    """Import a text, and read the dataset back, which must be valid."""

    def take(text: str | bytes, **wish: Any) -> Imported:
        content = text.encode() if isinstance(text, str) else text
        report, made = import_table(content, "table.csv", Wish(**wish))
        if made is None:
            return Imported(report, None, None)
        files = {name: "".join(pieces).encode() for name, pieces in files_of(made)}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parse, "index_names", lambda *_: bundled.names)  # costly, and names are not looked up here
            return Imported(report, made, parse.parse("the result", files, bundled).dataset)

    return take


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "made"
