"""What the documents show is what the tool does, and each of their examples runs."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import fromstring

import pytest

import govmap

pytestmark = pytest.mark.once  # on what the documents and answers say, so that one Python is enough

ROOT = Path(__file__).parent.parent
README, SPANISH, CONTRIBUTING = ROOT / "README.md", ROOT / "README.es.md", ROOT / "CONTRIBUTING.md"
PLACES = (("atlas.sqlite", "sqlite"), ("govmap.ttl", "skos"), ("govmap-csv", "csv"), ("govmap-parquet", "parquet"))
DATA_FORMAT = ROOT / "docs" / "reference" / "data-format.md"


def load_script(name: str) -> ModuleType:
    """Return a module of scripts/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


shown = load_script("update_readme")
DOCUMENTS: list[Path] = shown.documents()
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
SCREENS = [(name, *found) for name, text in TEXTS.items() for found in shown.BLOCK.findall(text)]
# What is to be copied into a shell, Python or R, but for what installs packages or takes an hour.
COPIED = [
    (name, language, block)
    for name, text in TEXTS.items()
    for language, block in re.findall(r"^ *```(sh|python|r)\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    if not re.search(r"(pip|pipx|tool) install|benchmarks", block)
]


# Blocks for a shell or for R start a process a line.
WEEKLY = {"sh": (pytest.mark.weekly,), "r": (pytest.mark.weekly,), "python": ()}


def blocks_of(path: Path, language: str) -> list[str]:
    """Return the blocks of a document in a language."""
    return re.findall(rf"^```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def flawed_dataset() -> str:
    """Return the whole dataset of data-format.md with the members that its part on mistakes puts in place."""
    whole, *_, flawed = blocks_of(DATA_FORMAT, "yaml")
    return re.sub(r"    members:\n.*?(?=    groups:)", lambda _: flawed, whole, flags=re.DOTALL)


@pytest.mark.parametrize(("name", "call", "text"), SCREENS, ids=[f"{name}: {call}" for name, call, _ in SCREENS])
def test_a_screen_in_a_document_is_what_the_call_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, call: str, text: str
) -> None:
    """`python scripts/update_readme.py` writes them anew."""
    if "FOLDER" in call:
        folder = tmp_path / "FOLDER"
        folder.mkdir()
        (folder / "mechanisms.yaml").write_text(flawed_dataset(), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
    show = shown.answer if "FOLDER" in call else shown.screen
    printed = show(call, shown.language_of(ROOT / name))
    if "--help" in call:  # which Typer draws: what is ours are the words
        assert set(re.findall(r"[\w-]+", text)) == set(re.findall(r"[\w-]+", printed))
    else:
        assert text == printed


def test_every_screen_is_found() -> None:
    assert len(SCREENS) == sum(text.count("\n$ govmap ") for text in TEXTS.values()) > 10


@pytest.mark.skipif(sys.platform == "win32", reason="the picture of a terminal needs one of Unix")
def test_the_pictures_are_what_the_tool_draws() -> None:
    """`python scripts/update_readme.py` draws them anew."""
    pictures = shown.pictures()
    for name, picture in pictures.items():
        fromstring(picture)  # noqa: S314 - our own
        assert (shown.IMAGES / name).read_text(encoding="utf-8") == picture, name
    # Beside them lie what `just pictures` and the benchmarks make, which take a browser or a quiet machine.
    assert {path.name for path in shown.IMAGES.iterdir()} - set(pictures) <= {"site.png", "site.es.png", "scale.svg"}


def test_the_reference_is_what_the_declarations_say() -> None:
    """`python scripts/update_reference.py` writes it anew."""
    assert load_script("update_reference").stale() == []


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
    monkeypatch.setenv("COUNTRY", "Perú")
    return tmp_path


def run_by(program: str, *arguments: str) -> None:
    """Run a block as somebody who copies it does, and see that nothing in it fails."""
    found = shutil.which(program) or pytest.skip(f"{program} is not installed")
    done = subprocess.run((found, *arguments), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "Error" in done.stderr) == (0, False), done.stderr


def run_r(code: str) -> int:
    """Return the exit code of a line of R."""
    found = shutil.which("Rscript") or pytest.skip("Rscript is not installed")
    return subprocess.run((found, "-e", code), capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("name", "language", "block"),
    [
        pytest.param(*copied, id=f"{copied[0]}: {copied[2].split(maxsplit=4)[:4]}", marks=WEEKLY[copied[1]])
        for copied in COPIED
    ],
)
def test_what_a_reader_copies_from_a_document_works(desk: Path, name: str, language: str, block: str) -> None:
    for program in ("sqlite3", "jq"):
        if re.search(rf"\b{program} ", block) and shutil.which(program) is None:
            pytest.skip(f"the program {program} is not installed")
    for library in re.findall(r"^(?:from|import) (duckdb|pandas|pyspark)\b", block, re.MULTILINE):
        pytest.importorskip(library)
    for file, kind in PLACES:
        if file in block and "govmap export" not in block:
            run_by("bash", "-euo", "pipefail", "-c", f"govmap export {kind} {file}")
    if language == "sh":
        run_by("bash", "-euo", "pipefail", "-c", block)
    elif language == "r":
        for package in re.findall(r"(\w+)::", block):
            if run_r(f"quit(status = !requireNamespace('{package}', quietly = TRUE))"):
                pytest.skip(f"the package {package} of R is not installed")
        run_by("Rscript", "-e", block)
    else:
        exec(block, {})  # noqa: S102 - a block of our own documents


PRINTED = [
    (name, block[: at.end(1)], at[2])
    for name, language, block in COPIED
    if language == "python"
    for at in re.finditer(r"(print\(.*\))  # (.+)$", block, re.MULTILINE)
]


@pytest.mark.parametrize(("name", "code", "result"), PRINTED, ids=[result for *_, result in PRINTED])
def test_a_comment_in_python_tells_what_is_printed(
    capsys: pytest.CaptureFixture[str], name: str, code: str, result: str
) -> None:
    exec(code, {})  # noqa: S102 - as above
    assert capsys.readouterr().out.splitlines()[-1] == result, name


def test_the_first_two_shell_blocks_are_single_lines_that_install_and_test() -> None:
    install, test = blocks_of(README, "sh")[:2]
    assert install.count("\n") == test.count("\n") == 1
    assert install.endswith("govmap country Peru\n")
    assert test.endswith("-m pytest -n auto\n")


def test_the_datasets_of_the_documents_work(tmp_path: Path) -> None:
    whole = blocks_of(DATA_FORMAT, "yaml")[0]
    own = blocks_of(ROOT / "docs" / "how-to" / "own-data.md", "yaml")[0]
    for text, code in ((whole, "CHL"), (own, "PER"), *((block, "PER") for block in blocks_of(README, "yaml"))):
        (tmp_path / "mechanisms.yaml").write_text(text, encoding="utf-8")
        assert code in govmap.load(tmp_path).listed_countries


def test_the_page_on_the_mechanisms_says_what_the_data_say(atlas: govmap.Atlas) -> None:
    rows = re.findall(
        r"^\| (\w+) \|.*?\| (member|endorser|covered).*?\| (\d{4}) \|$",
        TEXTS["docs/explanation/mechanisms.md"],
        re.MULTILINE,
    )
    assert rows == [(m.id, m.relation, (m.founded or "")[:4]) for m in sorted(atlas.covered, key=lambda m: m.id)]


def test_every_page_stands_once_in_the_navigation() -> None:
    listed = re.findall(r'"([^"]+\.md)"', (ROOT / "zensical.toml").read_text(encoding="utf-8"))
    assert sorted(f"docs/{page}" for page in listed) == sorted(name for name in TEXTS if name.startswith("docs/"))


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("*.md")), *DOCUMENTS], ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(("path", "most"), [(README, 200), (SPANISH, 200), (CONTRIBUTING, 150)])
def test_what_everybody_reads_is_short(path: Path, most: int) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most
