"""What the documents show is what the tool does."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap.importing import ImportReport

ROOT = Path(__file__).parent.parent
README, SPANISH = ROOT / "README.md", ROOT / "README.es.md"
BLOCK = re.compile(r"```text\n\$ (govmap[^\n]*)\n(.*?)```", re.DOTALL)
CALLS = BLOCK.findall(README.read_text(encoding="utf-8"))
SPANISH_CALLS = BLOCK.findall(SPANISH.read_text(encoding="utf-8"))


DOCUMENTS = sorted((ROOT / "docs").glob("*.md"))
CALLS_IN_DOCUMENTS = [
    (document.name, call, shown)
    for document in DOCUMENTS
    for call, shown in re.findall(
        r"```text\n\$ (govmap[^\n]*)\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL
    )
]


def load_script(name: str) -> object:
    """Return a module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("call", "shown"), CALLS, ids=[call for call, _ in CALLS])
def test_a_screen_in_the_readme_is_what_the_call_prints(call: str, shown: str) -> None:
    screen = load_script("update_readme").screen(call)  # type: ignore[attr-defined]  # a script, loaded by path
    assert shown.rstrip("\n") == screen


@pytest.mark.parametrize(("call", "shown"), SPANISH_CALLS, ids=[call for call, _ in SPANISH_CALLS])
def test_a_screen_in_the_spanish_readme_is_what_the_call_prints(call: str, shown: str) -> None:
    screen = load_script("update_readme").screen(call, "es")  # type: ignore[attr-defined]  # a script, loaded by path
    assert shown.rstrip("\n") == screen


def test_the_spanish_readme_is_a_twin_of_the_english_one() -> None:
    english, spanish = README.read_text(encoding="utf-8"), SPANISH.read_text(encoding="utf-8")
    assert "(README.es.md)" in english
    assert "(README.md)" in spanish
    commands = {call.split()[1] for call, _ in CALLS if not call.split()[1].startswith("-")}
    assert sorted(commands - set(re.findall(r"govmap ([a-z]+)", spanish))) == []
    assert abs(english.count("\n## ") - spanish.count("\n## ")) <= 1


def flawed_dataset() -> str:
    """Return the whole dataset of docs/data-format.md with the members that its part on mistakes puts in place."""
    text = (ROOT / "docs" / "data-format.md").read_text(encoding="utf-8")
    whole = re.search(r"A whole dataset:\n+```yaml\n(.*?)```", text, re.DOTALL)
    flawed = re.search(r"in place of the members above,\n+```yaml\n(.*?)```", text, re.DOTALL)
    assert whole is not None
    assert flawed is not None
    return re.sub(r"    members:\n.*?(?=    groups:)", lambda _: flawed[1], whole[1], flags=re.DOTALL)


@pytest.mark.parametrize(
    ("document", "call", "shown"), CALLS_IN_DOCUMENTS, ids=[f"{name}: {call}" for name, call, _ in CALLS_IN_DOCUMENTS]
)
def test_a_screen_in_a_document_is_what_the_call_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str, call: str, shown: str
) -> None:
    if "FOLDER" in call:
        folder = tmp_path / "FOLDER"
        folder.mkdir()
        (folder / "mechanisms.yaml").write_text(flawed_dataset(), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
    screen = load_script("update_readme").screen(call)  # type: ignore[attr-defined]  # a script, loaded by path
    assert shown.rstrip("\n") == screen, document


def test_the_document_on_the_json_shows_an_error_and_every_block_of_a_call_is_found() -> None:
    assert ("json.md", "govmap country Peruvia --json") in [(name, call) for name, call, _ in CALLS_IN_DOCUMENTS]
    begun = sum(document.read_text(encoding="utf-8").count("\n$ govmap ") for document in DOCUMENTS)
    assert len(CALLS_IN_DOCUMENTS) == begun


# What is to be copied into a shell or into Python, but for what installs packages or releases, or takes an hour.
COPIED = [
    (path.name, language, block)
    for path in (*DOCUMENTS, README, SPANISH)
    for language, block in re.findall(
        r"^ *```(sh|python)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    if not re.search(r"pip install|benchmarks|^import govmap$", block, re.MULTILINE)
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
    assert {name for name, _, _ in COPIED} >= {
        "exports.md",
        "formats.md",
        "import.md",
        "networks.md",
        "sql.md",
        "README.md",
    }


def test_the_readme_shows_the_page_of_peru_first_and_many_more_screens() -> None:
    assert CALLS[0][0] == "govmap country Peru"
    assert len(CALLS) >= 12


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
        code, _, told = statement.partition("  # ")
        if told and not told.startswith("or "):
            assert repr(eval(code, names)) == told  # noqa: S307 - a line of our own README
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
    sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("*.md"))
    + [p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").glob("*.md"))],
)
def test_every_link_to_a_file_leads_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_key_of_the_json_is_in_its_document() -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    results = (
        *(govmap.profile_country, govmap.profile_mechanism, govmap.compare_mechanisms, govmap.overlap_about),
        *(govmap.rank_duplication, govmap.find_gaps, govmap.cover_themes, govmap.search),
    )
    for function in results:
        name, record = _record_of(function)
        assert [field for field in record.__struct_fields__ if f"`{field}`" not in text] == [], name


def _record_of(function: Callable[..., Any]) -> tuple[str, Any]:
    """Return the record that a query function returns, after its name."""
    name = str(function.__annotations__["return"]).partition("[")[0]
    return name, getattr(importlib.import_module(function.__module__), name)


def test_every_key_of_the_report_on_an_import_stands_in_its_section() -> None:
    section = _section((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), "import FILE --output DIR")
    assert [field for field in ImportReport.__struct_fields__ if f"`{field}`" not in section] == []


def _section(text: str, call: str) -> str:
    """Return the part of docs/json.md on one call."""
    found = re.search(rf"^## govmap {re.escape(call)} --json\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, call
    return found[1]


def test_every_key_of_an_answer_stands_in_the_section_on_its_call() -> None:
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    sections: dict[str, Callable[..., Any]] = {
        "country NAME": govmap.profile_country,
        "mechanism NAME": govmap.profile_mechanism,
        "compare A B …": govmap.compare_mechanisms,
        "compare NAME": govmap.rank_mechanisms,
        "overlap THEME": govmap.overlap_about,
        "overlap": govmap.rank_duplication,
        "matrix": govmap.country_matrix,
        "matrix --upset": govmap.combine_seats,
        "map": govmap.map_seats,
        "history": govmap.tell_history,
        "validate PATH": govmap.validate_data,
        "diff A B": govmap.compare_datasets,
        "evidence": govmap.find_evidence,
        "cite": govmap.cite,
        "gaps": govmap.find_gaps,
        "cover": govmap.cover_themes,
        "search TEXT": govmap.search,
    }
    for call, function in sections.items():
        _, record = _record_of(function)
        section = _section(text, call)
        assert [field for field in record.__struct_fields__ if f"| `{field}` |" not in section] == [], call
