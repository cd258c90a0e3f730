"""Fixtures that most tests share: the command line as a function, an invented dataset, the bundled one."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import hypothesis
import pytest

import govmap
from govmap import dataset
from govmap.cli import main
from govmap.dataset import bundled, own
from govmap.importing import importer
from govmap.names import encoder

bundled.CHECKOUT = str(Path(__file__).parents[1])  # whose data files tests read, wherever govmap is installed
os.environ["GOVMAP_LANG"] = "en"  # what the tests read, whatever the machine speaks
# What is tested there are the data, the documents and what other programs make of exports: one Python is enough.
ONCE = (
    "test_bundled_data",
    "test_discrepancies",
    "test_docs",
    "test_examples",
    "test_facts",
    "test_golden",
    "test_layers",
    "test_plain_model",
    "test_reliability",
    "test_scope",
    "test_sql_document",
    "test_translations",
    "test_wording",
    "names/test_classifier",
    "names/test_lexicon",
    "names/test_resolver",
    "names/test_words",
    "export/test_golden_exports",
    "export/test_csv_package",
    "export/test_linked_data",
    "export/test_networks",
    "export/test_databases",
    "formats/test_golden_formats",
    "formats/test_schema",
    "site/test_site",
    "cli/test_completion_in_shells",
    "cli/test_printed_calls",
    "questions/test_agreement",
    "views/test_pages",
    "importing/test_golden_import",
    "importing/test_round_trip",
    "views/test_names_of_two_kinds",
    "views/test_screens",
    "views/test_whole_pages",
)
# A property is tried on few examples by everybody, and on many each week: --hypothesis-profile=many.
hypothesis.settings.register_profile("few", max_examples=20, deadline=None)
hypothesis.settings.register_profile("many", max_examples=300, deadline=None)
hypothesis.settings.load_profile("few")
INVENTED = Path(__file__).parent / "data" / "invented"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs to run once only, and leave out what is run weekly unless `-m` names it."""
    here = Path(__file__).parent
    if "weekly" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("weekly")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if item.path.relative_to(here).with_suffix("").as_posix() in ONCE:
            item.add_marker("once")


class Answer(NamedTuple):
    """What one call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Return standard output as parsed JSON."""
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture(name="call")
def _call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run one call as a user types it, in this process: call("country", "Peru", "--json")."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("GOVMAP_DATA", raising=False)

    def run(*arguments: str) -> Answer:
        code = main(arguments)
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep databases for this run alone: from a checkout, each call would otherwise read all data files again."""
    os.environ["GOVMAP_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _bundled_once(_cache_of_the_run: None) -> Iterator[None]:
    """Open the bundled database once for all calls of this process, which are processes of their own elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        open_once = functools.cache(bundled.load_bundled)
        for module in (dataset, own, importer):
            patch.setattr(module, "load_bundled", open_once)
        yield


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test run as without the extra `ask`, so that answers are the same wherever it is installed."""
    monkeypatch.setattr(encoder, "installed_version", lambda: None)


@pytest.fixture(name="atlas", scope="session")
def _atlas() -> govmap.Atlas:
    """The bundled dataset as of its reference date."""
    return govmap.load()


@pytest.fixture(name="invented", scope="session")
def _invented() -> govmap.Atlas:
    """A small dataset in which every branch of the queries occurs; see tests/data/invented."""
    return govmap.load(INVENTED)


def content(path: Path) -> dict[str, bytes]:
    """Return the bytes of a file, or of each file of a folder, by name."""
    if not path.is_dir():
        return {"": path.read_bytes()}
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}
