"""A call loads what it uses and no more: start-up is most of what a script waits for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.examples import DECLARATIONS, FIRST, QUESTIONS, Words, prepare

from govmap import model
from govmap.dataset import bundled
from govmap.fields import Record

HEAVY = {
    *("typer", "click", "rich", "gettext", "rapidfuzz", "yaml", "jinja2", "importlib.metadata", "difflib"),
    *("logging", "asyncio", "email", "http"),
}
MOST_MODULES = 53  # of ours, of a plain JSON call
ASKED = [words for words in FIRST if words in QUESTIONS]
LOOK = """
import sys
before = set(sys.modules)
import contextlib, io
from govmap.cli import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    code = main()
found = sorted(set(sys.modules) - before)
import json
print(json.dumps({"code": code, "length": len(out.getvalue()), "modules": found}))
"""

needs_database = pytest.mark.skipif(
    bundled._read(bundled.DATABASE) is None, reason="the dataset is read from YAML here: there is no database"
)


def loaded_by(*arguments: str, folder: Path | None = None) -> set[str]:
    """Return the modules that a call loads, in a process of its own."""
    command = (sys.executable, "-c", LOOK, *arguments)
    done = subprocess.run(command, capture_output=True, check=True, timeout=30, cwd=folder)
    found = json.loads(done.stdout)
    assert (found["code"], found["length"] > 0) == (0, True)
    return set(found["modules"])


@needs_database
@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_json_of_any_question_loads_nothing_heavy(words: Words, tmp_path: Path) -> None:
    prepare(tmp_path, words)
    read_from_files = set() if DECLARATIONS[words[0]].asks_atlas else {"yaml"}
    assert loaded_by(*words, "--json", folder=tmp_path) & (HEAVY - read_from_files) == set()


def test_the_overview_loads_nothing_for_the_options_of_commands() -> None:
    assert loaded_by("--help") & {"govmap.importing", "govmap.export.kinds", "govmap.formats.schema"} == set()


@needs_database
def test_a_plain_json_call_loads_few_modules() -> None:
    loaded = sorted(name for name in loaded_by("country", "Peru", "--json") if name.startswith("govmap"))
    assert len(loaded) <= MOST_MODULES, f"{len(loaded)} modules: {loaded}"


@needs_database
@pytest.mark.parametrize("words", ASKED[:4], ids=" ".join)
def test_a_table_loads_no_typer_no_catalogue_and_no_matcher_of_slips(words: Words, tmp_path: Path) -> None:
    prepare(tmp_path, words)
    assert loaded_by(*words, folder=tmp_path) & {"typer", "gettext", "rapidfuzz", "difflib"} == set()


@needs_database
def test_in_another_language_no_other_question_is_loaded() -> None:
    more = loaded_by("country", "Peru", "--lang", "es") - loaded_by("country", "Peru")
    assert {name for name in more if name.startswith("govmap.")} == set()


@needs_database
@pytest.mark.parametrize(
    "words",
    [("",), ("country", "cos"), ("overlap", "traf"), ("compare", "RCM", ""), ("list", "--kind", "")],
    ids=" ".join,
)
def test_a_tab_loads_no_typer_and_no_table(words: Words) -> None:
    assert loaded_by("__complete", "fish", *words) & {"typer", "rich", "yaml", "rapidfuzz"} == set()


def test_the_start_page_reads_no_data_at_all() -> None:
    assert loaded_by() & {"rich", "rapidfuzz", "yaml"} == set()


def test_what_is_read_from_the_database_has_no_annotations_to_be_compiled() -> None:
    records = [value for value in vars(model).values() if isinstance(value, type) and issubclass(value, Record)]
    texts = [name for each in records for name, of in vars(each).get("__annotations__", {}).items() if type(of) is str]
    assert len(records) > 20
    assert texts == []
