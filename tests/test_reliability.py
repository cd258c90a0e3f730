"""A short run of what `python -m benchmarks.reliability` tries at length; see docs/reliability.md."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from random import Random

import pytest
from benchmarks.reliability import calls, damage, reach
from benchmarks.reliability.__main__ import DOCUMENT, PARTS, table, written
from benchmarks.reliability.formats import flaw_of
from benchmarks.reliability.screen import show
from benchmarks.reliability.trial import Answer, Extent, Trial

from govmap.dataset import LoadedDataset, bundled


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch, parsed: LoadedDataset) -> None:
    """Read the bundled YAML once for all calls in this process, as the snapshot of a wheel does."""
    monkeypatch.setattr(bundled, "_parse", lambda _files: parsed)


@pytest.fixture(name="parsed", scope="module")
def _parsed() -> LoadedDataset:
    return bundled.load_bundled()


needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX processes")


def short(share: float) -> Extent:
    """Return the extent of a short run; it is the same every time."""
    return Extent(Random(7), share)  # noqa: S311 - not for secrets


@needs_posix
@pytest.mark.parametrize(
    ("part", "share"),
    [(calls, 0.001), (damage, 0.002)],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_short_run_of_a_part_finds_nothing_wrong(part: object, share: float) -> None:
    trials = list(part.trials(short(share)))  # type: ignore[attr-defined]  # each module of a part has it
    assert sum(trial.times for trial in trials) > 5
    assert [line for trial in trials for line in trial.wrong] == []


def test_no_line_of_the_package_could_run_data_or_ask_the_network() -> None:
    trial = reach._source()
    assert trial.times > 1000
    assert trial.wrong == []


def test_the_list_of_bad_calls_is_long_and_covers_every_command() -> None:
    listed = [*calls.bad_calls(), *calls.in_every_format()]
    assert len(set(listed)) > 20_000
    assert {"country", "diff", "import", "completion"} <= {call[0] for call in listed if call}


@pytest.mark.parametrize(
    ("code", "out", "err", "told"),
    [
        (4, b"", "Error: x\n", "exit code 4"),
        (1, b"", "Traceback (most recent call last)", "a traceback"),
        (1, b"", "", "not told as one"),
        (1, b"", "Error: \x1b[31m\n", "a control character"),
        (0, b"x", "Error: x\n", "words on standard error"),
    ],
)
def test_a_flaw_of_an_answer_is_seen(code: int, out: bytes, err: str, told: str) -> None:
    assert told in str(Answer(code, out, err).flaw())


@pytest.mark.parametrize(
    ("form", "content"),
    [
        *(
            ("table", b"\x1b[31m"),
            ("json", b"{"),
            ("csv", b"a,b\r\n=1,2\r\n"),
            ("csv", b"a,b\r\n1\r\n"),
            ("tsv", b"a\0"),
        ),
        *(("html", b"<script>"), ("html", b'<a href="javascript:x">'), ("html", b"<p onclick=x>"), ("yaml", b"[")),
        *(
            ("svg", b"<svg><script/></svg>"),
            ("md", b"<b>x</b>"),
            ("md", b"![x](http://a.example)"),
            ("jsonl", b"{}\n{\n"),
        ),
    ],
)
def test_a_flaw_of_a_format_is_seen(form: str, content: bytes) -> None:
    assert flaw_of(form, content) is not None


@needs_posix
def test_a_terminal_sees_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert show("country", "Peru").flaw is None
    for written_, told in (
        ("\\x1b]0;owned\\x07", "it was told: icon owned"),
        ("\\x1b[31mred\\n", "a colour"),
        ("\\x1b[?25l", "modes"),
        ("x", "cursor"),
    ):
        monkeypatch.setattr("benchmarks.reliability.screen.GOVMAP", ("printf", written_))
        assert told in str(show().flaw)


def test_the_document_has_a_place_for_every_part_and_its_tables_are_put_there() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for part in PARTS:
        trial = Trial("a thing")
        trial.expect(False, "x")
        content = table(part, [trial], argparse.Namespace(seed=1, share=1), 60)
        assert "| a thing | 1 | 1 |  |" in content
        once = written(text, part, content)
        assert content in once
        assert written(once, part, content) == once


def test_no_module_of_the_runs_is_longer_than_what_one_reads() -> None:
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in Path(calls.__file__).parent.glob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}
