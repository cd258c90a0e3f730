"""What a terminal gets: colours, its width, what it would obey spelled out, and what is longer than it by a pager."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govmap.cli import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a pager is a program with arguments")
PAGER = "import os, pathlib, sys\npathlib.Path(sys.argv[1]).write_text(os.environ['LESS'] + sys.stdin.read())"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


Shown = Callable[..., str]


@pytest.fixture(name="shown")
def _shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shown:
    """What a call writes on a terminal of 60 columns and 30 lines, whose pager writes what it gets to a file."""
    for name, value in (("COLUMNS", "60"), ("LINES", "30"), ("TERM", "xterm"), ("LESS", ""), ("NO_COLOR", "")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LESS")
    less = tmp_path / "less"
    less.write_text(f"#!{sys.executable}\nimport sys\nsys.argv = ['', 'paged']\n{PAGER}\n", encoding="utf-8")
    less.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)

    def shown(*words: str) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Terminal())
            patch.setattr(sys, "stdout", terminal := Terminal())
            assert main(words) == 0
        return terminal.getvalue()

    return shown


def paged() -> str:
    """Return what the pager got, "" where it was not called."""
    return Path("paged").read_text(encoding="utf-8") if Path("paged").exists() else ""


LONG, SHORT = ("list", "themes"), ("membership", "Peru", "RCM")


def test_what_is_longer_than_the_screen_goes_to_less_as_a_whole(shown: Shown) -> None:
    assert shown(*LONG) == ""
    assert paged().startswith("FRX\x1b[1mThemes\x1b[0m")
    text = shown(*LONG, "--no-pager")
    assert text == paged().removeprefix("FRX")
    assert max(len(line) for line in text.splitlines() if "\x1b" not in line) <= 60


@pytest.mark.parametrize(
    ("asked", "size", "width"),
    [
        *(("", None, 80), ("", 45, 45), ("", 10, 20), ("10", 45, 20), ("61", 45, 61), ("1", 45, 20)),
        *(("99999", 45, 99_999), ("100000", 45, 45), ("0", 45, 45), ("x", 45, 45), ("²", 45, 45), ("-9", 45, 45)),
    ],
)
def test_a_line_is_as_wide_as_the_terminal_unless_another_width_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: str, size: int | None, width: int
) -> None:
    from govmap.cli.output import screen_width

    monkeypatch.setenv("COLUMNS", asked)
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    if size is not None:  # else it has no size to tell
        monkeypatch.setattr(terminal, "fileno", lambda: 7)
        monkeypatch.setattr(os, "get_terminal_size", {7: os.terminal_size((size, 9))}.__getitem__)
    assert screen_width() == width


def test_what_fits_is_written(shown: Shown) -> None:
    assert "Peru" in shown(*SHORT)
    assert paged() == ""


@pytest.mark.parametrize(
    ("variable", "value"), [("PAGER", ""), ("PAGER", "cat"), ("PAGER", "no-such-program"), ("TERM", "dumb")]
)
def test_no_pager_is_called_where_none_is_wanted_or_there(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert "asylum" in shown(*LONG)
    assert paged() == ""


def test_another_pager_has_its_arguments_and_what_less_is_told_stays(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mine.py").write_text(PAGER, encoding="utf-8")
    monkeypatch.setenv("PAGER", f"{sys.executable} mine.py 'my text'")
    monkeypatch.setenv("LESS", "S")
    assert shown(*LONG) == ""
    assert Path("my text").read_text(encoding="utf-8").startswith("S\x1b[1mThemes")


@pytest.mark.usefixtures("shown")
def test_a_line_that_the_screen_folds_counts_as_often_as_it_is_folded() -> None:
    from govmap.cli.pager import page

    assert not page("x" * 60 * 29)
    assert page("x" * 60 * 29 + "y")
    assert page("\n" * 30)


def test_a_file_for_programs_is_no_page_and_a_terminal_obeys_none_of_it(shown: Shown, tmp_path: Path) -> None:
    about = "about: {title: T, version: '1', reference_date: '2020'}\n"
    record = '{id: A, names: {en: "N\\u009b31m"}, kind: forum, relation: member, members: [PER]}'
    (tmp_path / "mechanisms.yaml").write_text(f"{about}mechanisms:\n  - {record}\n", encoding="utf-8")
    text = shown("country", "Peru", "--data", str(tmp_path), "-f", "tsv")
    assert text.splitlines()[1].startswith("PER\tPeru\t2020\tlisted\tA\tN\\x9b31m\tmember\t")
    assert not {"\x9b", "\r"} & set(text)
    assert paged() == ""
