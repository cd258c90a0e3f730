"""A call loads what it uses and no more: start-up is most of what a script waits for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from govmap.dataset import bundled

TOO_HEAVY = (
    "typer",
    "gettext",
    "rich",
    "rapidfuzz",
    "yaml",
    "importlib.metadata",
    "difflib",
    "csv",
    "logging",
    "asyncio",
    "email",
    "http",
    "json.tool",
)
LOOK = """
import contextlib, io, json, sys
from govmap.cli import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    code = main(sys.argv[1:])
print(json.dumps({"code": code, "length": len(out.getvalue()), "modules": sorted(sys.modules)}))
"""

needs_snapshot = pytest.mark.skipif(
    bundled._read(bundled.SNAPSHOT) is None, reason="the dataset is read from YAML here: there is no snapshot"
)


def loaded_by(*arguments: str) -> set[str]:
    """Return the modules in memory after a call, in a process of its own."""
    command = (sys.executable, "-c", LOOK, *arguments)
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    found = json.loads(done.stdout)
    assert found["code"] == 0
    assert found["length"] > 0
    return set(found["modules"])


@needs_snapshot
@pytest.mark.parametrize(
    "arguments",
    [
        ("country", "Peru", "--json"),
        ("overlap", "asylum", "--json"),
        ("compare", "RCM", "MIRPS", "--json"),
        ("mechanism", "RCM", "--json"),
    ],
    ids=" ".join,
)
def test_json_for_scripts_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert sorted(loaded_by(*arguments) & set(TOO_HEAVY)) == []


@needs_snapshot
@pytest.mark.parametrize(
    "arguments", [("country", "Peru"), ("overlap", "asylum"), ("compare", "RCM", "MIRPS")], ids=" ".join
)
def test_tables_load_no_parser_of_yaml_and_no_matcher_of_slips(arguments: tuple[str, ...]) -> None:
    assert sorted(loaded_by(*arguments) & {"yaml", "rapidfuzz", "difflib", "csv"}) == []


@pytest.mark.parametrize(
    "arguments",
    [("country", "Peru", "--json"), ("overlap", "asylum", "--json"), ("compare", "RCM", "MIRPS", "--json")],
    ids=" ".join,
)
def test_json_for_scripts_never_loads_rich_or_the_matcher_of_slips(arguments: tuple[str, ...]) -> None:
    assert sorted(loaded_by(*arguments) & {"rich", "rapidfuzz", "difflib", "importlib.metadata"}) == []


@needs_snapshot
@pytest.mark.parametrize(
    "words", [("",), ("country", "cos"), ("overlap", "traf"), ("compare", "RCM", "")], ids=" ".join
)
def test_a_tab_loads_no_table_no_parser_and_no_matcher_of_slips(words: tuple[str, ...]) -> None:
    assert sorted(loaded_by("__complete", "fish", *words) & {"rich", "yaml", "rapidfuzz", "csv"}) == []


def test_the_start_page_reads_no_data_at_all() -> None:
    assert sorted(loaded_by() & {"rich", "rapidfuzz", "yaml", "csv"}) == []  # Typer itself loads difflib


@needs_snapshot
def test_a_list_in_json_loads_no_rich_and_no_yaml() -> None:
    assert sorted(loaded_by("list", "groups", "--json") & {"rich", "rapidfuzz", "yaml", "csv"}) == []
