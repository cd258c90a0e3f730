"""A short run of what `python -m benchmarks.reliability` tries at length, and whether it would see a flaw."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import openpyxl
import pytest
import yaml
from benchmarks.reliability import texts
from benchmarks.reliability.__main__ import TRIALS
from benchmarks.reliability.runner import Answer, Trial, empty_folder, run_trial


@pytest.mark.skipif(os.name != "posix", reason="some bad words are places of POSIX")
def test_a_short_run_of_bad_calls_finds_nothing_wrong() -> None:
    tried, failures, _ = run_trial(TRIALS["bad_call"], share=0.002, seed=7)
    assert tried > 20
    assert failures == []


@pytest.mark.parametrize(("text", "form"), [("HTML", "html"), ("a formula", "xlsx"), ("a mark of no width", "table")])
def test_a_dataset_of_hostile_texts_is_valid_and_gives_text_alone(text: str, form: str) -> None:
    with empty_folder():
        assert texts.hostile_data(text, ("mechanism", "RCM"), form) == "exit code 0"


def test_every_trial_has_cases() -> None:
    assert {name: bool(trial.cases(Random(1))) for name, trial in TRIALS.items()} == dict.fromkeys(TRIALS, True)  # noqa: S311


def test_a_failed_check_is_told_with_its_case_and_the_others_are_tried() -> None:
    def check(number: int) -> str:
        assert number != 2, "two"
        return "not two"

    tried, failures, notes = run_trial(Trial("no two", lambda _: [(n,) for n in range(5)], check), 1, seed=1)
    assert (tried, notes) == (5, {"not two": 4})
    assert [failure.startswith("(2,): AssertionError('two") for failure in failures] == [True]


@pytest.mark.parametrize(
    ("code", "err", "flaw"),
    [
        (4, "Error: x\n", "exit code 4"),
        (-11, "", "exit code -11"),
        (1, "Traceback (most recent call last)", "a traceback"),
        (1, "", "a failure without its message"),
        (1, "Error: \x1b[31m\n", "a control character on standard error"),
        (0, "Error: x\n", "a message beside an answer"),
        (2, "Error: x\n", None),
        (0, "", None),
    ],
)
def test_a_flaw_of_an_answer_is_seen(code: int, err: str, flaw: str | None) -> None:
    assert Answer(code, b"", err).flaw() == flaw


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("table", b"\x1b[31m"),
        ("json", '"\u202e"'.encode()),
        *(("csv", b"a,b\r\n=1,2\r\n"), ("csv", b'a\r\n"-1+1"\r\n'), ("tsv", b"a\0")),
        *(("html", b"<script>"), ("html", b'<a href="javascript:x">'), ("html", b"<p onerror=x>")),
        *(("svg", b"<svg><script/></svg>"), ("svg", b'<svg href="x"/>')),
        *(("md", b"<b>x</b>"), ("md", b"![x](http://a.example)"), ("md", b"[x](http://a.example)")),
    ],
)
def test_foreign_content_is_seen(form: str, content: bytes) -> None:
    assert texts.foreign_content(form, content)


def test_a_formula_in_a_workbook_is_seen(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "=1+1"
    workbook.save(tmp_path / "a.xlsx")
    assert texts.foreign_content("xlsx", (tmp_path / "a.xlsx").read_bytes()) == ["=1+1"]


@pytest.mark.parametrize(
    ("form", "content"), [("json", b"{"), ("jsonl", b"{}\n{\n"), ("yaml", b"["), ("svg", b"<svg>")]
)
def test_a_broken_answer_is_seen(form: str, content: bytes) -> None:
    with pytest.raises((ValueError, SyntaxError, yaml.YAMLError)):
        texts.foreign_content(form, content)
