"""The shape of the source: layers hold, only the command line knows the shell, everything public is documented."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import govmap
from govmap.cli.commands import NAMES
from govmap.questions import NAMES as QUESTIONS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "govmap"
MODULES = sorted(SOURCE.rglob("*.py"))
BELOW_CLI = [path for path in MODULES if SOURCE / "cli" not in path.parents and path.name != "shell.py"]
MECHANISMS = [mechanism.id for mechanism in govmap.load().covered]
OF_ALL_VIEWS = {"__init__", "import_report"}  # an import is no question, and has a report to show

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name_of(path: Path) -> str:
    """Return the path of a module inside the package."""
    return path.relative_to(SOURCE).as_posix()


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def definitions(tree: ast.AST) -> Iterator[Definition]:
    """Yield every class and function, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, Definition):
            yield node


def literals(path: Path) -> Iterator[str]:
    """Yield the texts of a module, but for docstrings and for what decorators declare: examples among them."""
    tree = parsed(path)
    docstrings = [node.body[0] for node in (tree, *definitions(tree)) if ast.get_docstring(node) is not None]
    declared = [decorator for node in definitions(tree) for decorator in node.decorator_list]
    passed_over = {inner for node in (*docstrings, *declared) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed_over:
            yield node.value


def test_the_contracts_of_the_layers_hold() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which("lint-imports")
    if program is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run((program, "--no-cache"), cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_document_on_the_architecture_has_the_layers_of_the_contract_and_names_what_is_there() -> None:
    text = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("| layer |")[2].partition("\n\n")[0]
    layers = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contract = re.search(r"^layers = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert contract is not None
    assert layers == [re.findall(r"govmap\.(\w+)", line) for line in contract[1].splitlines()]
    packages = "|".join(path.name for path in SOURCE.iterdir() if path.is_dir())
    named = re.findall(rf"\b(?:{packages}|tests)/[\w/]*(?:\.py)?|\b\w+\.py\b", text)
    assert len(named) > 15
    assert [name for name in named if not ((ROOT if name.startswith("tests/") else SOURCE) / name).exists()] == []


@pytest.mark.parametrize("path", BELOW_CLI, ids=name_of)
def test_nothing_below_the_command_line_words_a_shell_call(path: Path) -> None:
    """What to do instead is data there: Call, Option or Install of govmap.calls."""
    shell = re.compile(rf"govmap (?:{'|'.join(NAMES)})\b|--[a-z][a-z-]*(?:[= ]\S+)?$|pip install")
    in_python = ("pip install",) if path.name == "calls.py" else ()
    assert [text for text in literals(path) if shell.match(text) and not text.startswith(in_python)] == []


@pytest.mark.parametrize("path", BELOW_CLI, ids=name_of)
def test_nothing_below_the_command_line_knows_a_mechanism_of_the_bundled_data(path: Path) -> None:
    known = re.compile(rf"\b(?:{'|'.join(MECHANISMS)})\b")
    assert [text for text in literals(path) if known.search(text)] == []


def test_only_one_module_touches_what_is_not_public_in_typer() -> None:
    inside = re.compile(r"typer\.core|rich_utils|__mro__|typer\._click|_click")
    touching = {name_of(path) for path in MODULES if inside.search(ast.unparse(parsed(path)))}
    assert touching == {"cli/help.py"}


def test_every_question_has_a_view_and_no_view_is_without_a_question() -> None:
    views = {path.stem for path in (SOURCE / "views").glob("*.py")} - OF_ALL_VIEWS
    parts = {view for view in views for name in QUESTIONS if view.startswith(f"{name}_")}
    assert views - parts == set(QUESTIONS) == {path.stem for path in (SOURCE / "questions").glob("*.py")} - OF_ALL_VIEWS


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Yield the public classes, functions and methods, each function once where it is overloaded."""
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            if "overload" not in map(ast.unparse, node.decorator_list):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_and_all_that_is_public_in_it_is_documented(path: Path) -> None:
    tree = parsed(path)
    assert [path.name for node in (tree, *public(tree)) if not ast.get_docstring(node)] == []


def test_no_module_prints_or_exits_but_those_of_the_command_line() -> None:
    calls = {
        name_of(path)
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "exit", "input")
    }
    assert calls <= {"cli/output.py"}
