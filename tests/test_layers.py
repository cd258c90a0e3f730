"""The shape of the source: layers hold, everything public is documented, nothing grows too long."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from govmap.cli.app import COMMANDS

from govmap.cli import main

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "govmap"
MODULES = sorted(SOURCE.rglob("*.py"))

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name_of(path: Path) -> str:
    """Return the path of a module inside the package."""
    return path.relative_to(SOURCE).as_posix()


def definitions(tree: ast.AST) -> Iterator[Definition]:
    """Yield every class and function, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, Definition):
            yield node


def test_the_contracts_of_the_layers_hold() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    if program is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run((program, "--no-cache"), cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_document_on_the_architecture_has_the_layers_of_the_contract_and_names_what_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("| layer |")[2].partition("\n\n")[0]
    told = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contract = re.search(r"^layers = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert contract is not None
    assert told == [re.findall(r"govmap\.(\w+)", line) for line in contract[1].splitlines()]
    named = re.findall(r"\b(?:cli|dataset|pages|queries|render|tests)/[\w/]*(?:\.py)?|\b\w+\.py\b", text)
    assert len(named) > 15
    assert [one for one in named if not ((ROOT if one.startswith("tests/") else SOURCE) / one).exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_and_all_that_is_public_in_it_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
    private = {node for outer in definitions(tree) if outer.name.startswith("_") for node in definitions(outer)}
    bare = [
        node.name
        for node in definitions(tree)
        if node not in private and not node.name.startswith("_") and not ast.get_docstring(node)
        if not _is_local(tree, node)
    ]
    assert bare == []


def _is_local(tree: ast.AST, node: Definition) -> bool:
    """Return whether *node* stands within a function, where nobody else can call it."""
    functions = [outer for outer in definitions(tree) if not isinstance(outer, ast.ClassDef) and outer is not node]
    return any(inner is node for outer in functions for inner in ast.walk(outer))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_at_most_400_lines_and_a_function_at_most_40(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    long = [
        f"{node.name}: {(node.end_lineno or 0) - node.lineno + 1}"
        for node in definitions(ast.parse(text))
        if not isinstance(node, ast.ClassDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    # A command is as long as its options are many: its signature does not count.
    assert [name for name in long if not name_of(path).startswith("cli/")] == []


def _bodies(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every function of a module with the number of lines of its body."""
    for node in definitions(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ClassDef):
            yield node.name, (node.end_lineno or 0) - node.body[0].lineno + 1


@pytest.mark.parametrize("path", sorted((SOURCE / "cli").glob("*.py")), ids=name_of)
def test_the_body_of_a_command_has_at_most_40_lines(path: Path) -> None:
    assert [(name, lines) for name, lines in _bodies(path) if lines > 40] == []


@pytest.mark.parametrize("command", list(COMMANDS))
def test_a_command_is_in_the_readme(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    if not readme:
        pytest.skip("README.md is empty")
    assert f"govmap {command}" in readme


@pytest.mark.parametrize("command", list(COMMANDS))
def test_the_help_of_a_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    out, err = capsys.readouterr()
    assert f"Example: govmap {command} " in out
    assert err == ""


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_summary_of_a_command_is_the_first_line_of_its_help(name: str) -> None:
    command = COMMANDS[name]
    function = getattr(importlib.import_module(command.module), command.function)
    assert command.summary == (inspect.getdoc(function) or "").splitlines()[0]


def test_no_module_prints_or_exits_but_those_of_the_command_line() -> None:
    calls = {
        (name_of(path), node.func.id)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "exit", "input")
    }
    assert {name for name, _ in calls} <= {"cli/output.py"}
