"""Wrong calls, and texts that try to be anything but text, in every command and format and on a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import yaml
from benchmarks.reliability.commands import EXAMPLES, answering_examples, options, write_files
from benchmarks.reliability.hostile import TEXTS, hostile_dataset
from benchmarks.reliability.runner import CONTROL, GOVMAP, Trial, call, expect_clean, run

from govmap.export.kinds import KINDS

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "html", "svg", "yaml", "xlsx")
# What nobody means by a name, a date, a path, a word of a list. No path leads out of the folder of the case.
BAD = [
    *("", " ", "\t", "\n", "-", "--", "---", "-x", "--no-such-option", "--=", "@", "?", "*", "...", "0", "-1", "1e999"),
    *("nan", "None", "null", "true", "[]", "{}", "Atlantis", "Narnia|Oz", "RCM,SACM", "Peru\x00", "\x00", "\ufffd"),
    *("\udcff", "é" * 300, "2023-13-45", "99999-01-01", "0000", "tomorrow", ".", "/dev/full", "no/such/folder/x.csv"),
    *("a.no-format", "~", "file:///x", "http://a.example/x", "'", '"', "\\", "$(id)", "`id`", ";ls", "%00", "%s%n"),
    *("\ufeffPeru", "🏴", "İ", "ß", "ﬁ", "x" * 100_000, *TEXTS.values()),
]  # fmt: skip
# Calls on a hostile dataset that show what the examples do not.
MORE = [
    *(("list", what) for what in ("countries", "groups", "themes", "secretariats", "sources")),
    *(("mechanism", name, "--sources") for name in ("RCM", "QUITO")),
    *(("compare", "--all"), ("overlap",), ("overlap", "asylum", "--explain"), ("matrix",), ("matrix", "--upset")),
    *(("cover", "--themes"), ("country", "France"), ("history", "RCM"), ("evidence", "RCM"), ("cite", "RCM")),
    *(("cite", "--style", style) for style in ("chicago", "ris", "csl-json")),
]
FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.e-]+$)")
# Markup that is one of the hostile texts, or a link to what is no page.
MARKUP = {
    "md": r"(?<!\\)<(script|img|b>|!--|/)|(?<!\\)\[x",
    "html": r"<(script|img|!--|b\b)|onerror=[^&]*>|href=\"(?!https?://|#)",
    "svg": r"<(script|img|!--|b\b|a\b)|href=",
}
PARSERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.split("\n")[:-1]],
    "yaml": yaml.safe_load,
    "svg": ET.fromstring,
}


def foreign_content(form: str, content: bytes) -> object:
    """Return what stands in an answer in the format *form* and is none of govmap's; raise where it is broken."""
    if form == "xlsx":
        rows = [row for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows()]
        return [cell.value for row in rows for cell in row if cell.data_type == "f" or cell.hyperlink]
    text = content.decode()
    if form in ("csv", "tsv"):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if form == "tsv" else ",", strict=True)
        return [cell for line in lines for cell in line if FORMULA.match(cell) or "\0" in cell]
    PARSERS.get(form, str)(text)
    return re.search(MARKUP.get(form, "$."), text) or (form != "yaml" and CONTROL.search(text))


def _bad_calls(_: Random) -> list[tuple[Any, ...]]:
    calls: list[tuple[str, ...]] = [(), ("--json",), ("--version", "x")]
    for command, example in EXAMPLES.items():
        for word in BAD:
            calls += [(word,), (word, *example), (command, word), (*example, word)]
            calls += [(*example, option, word) for option in options(command)]
            calls += [(command, word, "--format", form) for form in FORMATS if "--format" in options(command)]
        for option in options(command):
            calls += [(*example, option), (*example, option, option), (*example, f"{option}="), (option, *example)]
    return [(arguments,) for arguments in dict.fromkeys(calls)]


def bad_call(arguments: tuple[str, ...]) -> str:
    """Check that a failure is one message, with nothing on standard output and nothing on the disk."""
    write_files()
    before = set(Path().iterdir())
    answer = call(*arguments)
    differs = answer.code == 1 and "--exit-code" in arguments and not answer.err
    imported = answer.code == 0 and arguments[:1] == ("import",)  # its report is on standard error
    if not differs and not imported:
        expect_clean(answer)
    # What was understood of a theme on which nobody works, and the problems that `validate` found, are answers.
    may_answer = answer.code in (0, 1) or (answer.code == 3 and arguments[:1] == ("validate",))
    assert may_answer or not answer.out, answer
    assert answer.code == 0 or set(Path().iterdir()) == before, answer
    return f"exit code {answer.code}"


def _hostile_calls(_: Random) -> list[tuple[Any, ...]]:
    return [(text, call, form) for text in TEXTS for call in [*answering_examples(), *MORE] for form in FORMATS]


def hostile_data(text: str, arguments: tuple[str, ...], form: str) -> str:
    """Check what a reader of the format finds in an answer on a dataset whose every text is hostile."""
    write_files()
    answer = call(*arguments, "--data", hostile_dataset(text), "--format", form, "--output", "answer")
    expect_clean(answer, 0, 1, 2)
    if answer.code == 0:
        found = foreign_content(form, Path("answer").read_bytes())
        assert not found, found
    return f"exit code {answer.code}"


def _terminal_calls(_: Random) -> list[tuple[Any, ...]]:
    calls = [("mechanism", "RCM"), ("evidence", "RCM"), ("list", "sources"), ("country", "Peru", "--sources")]
    calls += [("mechanism", "RCM", "--format", form) for form in FORMATS if form not in ("svg", "xlsx")]
    calls += [("export", kind) for kind in KINDS if call("export", kind).code == 0]
    return [(text, arguments) for text in TEXTS for arguments in [*calls, ("country", TEXTS[text].replace("\0", ""))]]


def on_a_terminal(text: str, arguments: tuple[str, ...]) -> None:
    """Check that nothing but text, plain and bold, reaches a terminal: no colour, title, mode, question or move."""
    data = hostile_dataset(text)
    call("list", "--data", data)  # fills the cache: a terminal is told of the progress of reading
    command = shlex.join((*GOVMAP, *arguments, "--data", data))
    # `script` is a terminal, and ends lines as one does.
    answer = run("/dev/null", program=("script", "-qec", command), TERM="xterm", COLUMNS="99")
    assert answer.code in (0, 1) and len(answer.out) > 10, answer
    control = CONTROL.search(re.sub("\x1b\\[[01]m", "", answer.out.decode().replace("\r\n", "\n")))
    assert not control, control


TRIALS = (
    Trial("bad words in every place of every command and format: a documented code, one message", _bad_calls, bad_call),
    Trial("a dataset of hostile texts: each format, read back, holds text alone", _hostile_calls, hostile_data),
    Trial("pages, formats, exports and messages of them in a terminal: text alone", _terminal_calls, on_a_terminal),
)
