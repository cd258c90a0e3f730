"""What the documents show is what the tool does."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from tests.test_golden import TYPER_OF_THE_SCREENS

import govmap
from govmap.questions import NAMES

ROOT = Path(__file__).parent.parent
README, SPANISH = ROOT / "README.md", ROOT / "README.es.md"
DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
SCREENS = [
    (path, call, shown)
    for path in (README, SPANISH, *DOCUMENTS)
    for call, shown in re.findall(r"```text\n\$ (govmap[^\n]*)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
]


def load_script(name: str) -> ModuleType:
    """Return a module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_spanish_readme_is_a_twin_of_the_english_one() -> None:
    english, spanish = README.read_text(encoding="utf-8"), SPANISH.read_text(encoding="utf-8")
    assert "(README.es.md)" in english
    assert "(README.md)" in spanish
    shown = {call.split()[1] for path, call, _ in SCREENS if path == README}
    assert sorted(name for name in shown.intersection(NAMES) if f"govmap {name}" not in spanish) == []
    assert abs(english.count("\n## ") - spanish.count("\n## ")) <= 1


def flawed_dataset() -> str:
    """Return the whole dataset of docs/data-format.md with the members that its part on mistakes puts in place."""
    text = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    whole = re.search(r"A whole dataset:\n+```yaml\n(.*?)```", text, re.DOTALL)
    flawed = re.search(r"in place of the members above,\n+```yaml\n(.*?)```", text, re.DOTALL)
    assert whole is not None
    assert flawed is not None
    return re.sub(r"    members:\n.*?(?=    groups:)", lambda _: flawed[1], whole[1], flags=re.DOTALL)


@pytest.mark.parametrize(("path", "call", "shown"), SCREENS, ids=[f"{p.name}: {call}" for p, call, _ in SCREENS])
def test_a_screen_in_a_document_is_what_the_call_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path, call: str, shown: str
) -> None:
    if "FOLDER" in call:
        folder = tmp_path / "FOLDER"
        folder.mkdir()
        (folder / "mechanisms.yaml").write_text(flawed_dataset(), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
    if "--help" in call and not version("typer").startswith(TYPER_OF_THE_SCREENS):
        pytest.skip("another Typer draws help in its way")
    language = "es" if path == SPANISH else "en"
    assert shown.rstrip("\n") == load_script("update_readme").screen(call, language)


def test_every_screen_is_found() -> None:
    begun = sum(path.read_text(encoding="utf-8").count("\n$ govmap ") for path in (README, SPANISH, *DOCUMENTS))
    assert len(SCREENS) == begun > 40


def test_the_reference_is_what_the_declarations_say() -> None:
    """`python scripts/update_reference.py` writes it anew."""
    assert load_script("update_reference").stale() == []


# What is to be copied into a shell or into Python, but for what installs packages or releases, or takes an hour.
COPIED = [
    (path.name, language, block)
    for path in (*DOCUMENTS, README, SPANISH)
    for language, block in re.findall(
        r"^ *```(sh|python)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    if not re.search(r"pip install|benchmarks", block) and not (language == "python" and "README" in path.name)
]


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with the files that the documents speak of, in a shell that knows govmap."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "govmap").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govmap "$@"\n', encoding="utf-8")
    (programs / "govmap").chmod(0o755)
    shutil.copy(ROOT / "tests/data/tables/igo.csv", tmp_path / "state_year_formatv3.csv")
    table = "ioname,orgname,year,usa,cuba\nUN,United Nations,1948,1,1\n"
    (tmp_path / "igo_year_formatv3.csv").write_text(table, encoding="utf-8")
    (tmp_path / "our-data").symlink_to(ROOT / "tests/data/invented")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def run_in_shell(block: str) -> None:
    """Run a block as somebody who copies it does, and stop at the first line that fails."""
    bash = shutil.which("bash") or pytest.skip("bash is not installed")
    done = subprocess.run((bash, "-euo", "pipefail", "-c", block), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "Error" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize(
    ("document", "language", "block"),
    COPIED,
    ids=[f"{name}: {block.split(maxsplit=4)[:4]}" for name, _, block in COPIED],
)
def test_what_a_reader_copies_from_a_document_works(desk: Path, document: str, language: str, block: str) -> None:
    if "sqlite3" in block and shutil.which("sqlite3") is None:
        pytest.skip("the program sqlite3 is not installed")
    for file, call in (("atlas.sqlite", "sqlite"), ("govmap.ttl", "skos"), ("govmap-csv", "csv")):
        if file in block and "govmap export" not in block:
            run_in_shell(f"govmap export {call} {file}")
    if language == "sh":
        run_in_shell(block)
    elif "import pandas" not in block or pytest.importorskip("pandas"):
        exec(block, {})  # noqa: S102 - a block of our own documents


def test_what_is_copied_is_found_in_every_document_that_has_it() -> None:
    fenced = re.compile(r"^ *```(?:sh|python)$", re.MULTILINE)
    having = {path.name for path in (*DOCUMENTS, README, SPANISH) if fenced.search(path.read_text(encoding="utf-8"))}
    assert having - {name for name, _, _ in COPIED} <= {
        "mutation.md",
        "performance.md",
        "releasing.md",
        "reliability.md",
    }


def test_the_readme_shows_the_page_of_peru_first() -> None:
    assert next(call for path, call, _ in SCREENS if path == README) == "govmap country Peru"


def test_the_first_two_shell_blocks_are_single_lines_that_install_and_test() -> None:
    install, test = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[:2]
    assert install.count("\n") == test.count("\n") == 1
    assert install.endswith("govmap country Peru\n")
    assert test.endswith("-m pytest -n auto\n")


@pytest.mark.parametrize("readme", [README, SPANISH], ids=["English", "Spanish"])
def test_the_python_of_the_readme_runs_and_gives_what_it_says(monkeypatch: pytest.MonkeyPatch, readme: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for statement in re.split(r"\n(?! )", block):
        code, _, result = statement.partition("  # ")
        if result and not result.startswith("or "):
            assert repr(eval(code, names)) == result  # noqa: S307 - a line of our own README
        else:
            exec(statement, names)  # noqa: S102 - as above


def test_the_minimal_dataset_of_the_documents_works(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    match = re.search(r"A whole dataset:\n+```yaml\n(.*?)```", text, re.DOTALL)
    assert match is not None
    (tmp_path / "mechanisms.yaml").write_text(match[1], encoding="utf-8")
    atlas = govmap.load(tmp_path)
    assert "PER" in atlas.parties


@pytest.mark.parametrize(
    "document",
    [path.relative_to(ROOT).as_posix() for path in (*sorted(ROOT.glob("*.md")), *DOCUMENTS)],
)
def test_every_link_to_a_file_leads_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
