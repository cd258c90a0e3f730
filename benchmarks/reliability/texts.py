"""Part `texts`: names and data that try to be anything but text, in every command and format, and on a screen."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reliability.formats import READERS, flaw_of
from benchmarks.reliability.hostile import LONG, TEXTS, dataset
from benchmarks.reliability.program import GOOD, NEED, answering, every_command
from benchmarks.reliability.screen import show
from benchmarks.reliability.trial import Answer, Extent, Trial, call, folder

from govmap.export.kinds import KINDS
from govmap.rows import FORMULA

LONGEST_TEXT = 2000  # characters that a text of the data may have
FORMS = [*READERS, "xlsx"]
# Calls on a dataset of `hostile` that show what the good call of their command does not.
MORE = [
    *(("list", what) for what in ("countries", "groups", "themes", "secretariats", "sources")),
    *(("mechanism", name) for name in ("A", "C")),
    *(("compare", "A", "B"), ("compare", "--all"), ("overlap",), ("overlap", "asylum", "--explain")),
    *(("matrix", "--upset"), ("matrix", "--by", "theme"), ("cover", "--themes"), ("country", "France")),
    *(("history", "A"), ("evidence", "A"), ("evidence", "s"), ("cite", "A"), ("mechanism", "A", "--sources")),
    *(("cite", "--style", style) for style in ("chicago", "bibtex", "ris", "csl-json")),
]
ON_A_SCREEN = [("mechanism", "A"), ("evidence", "A"), ("list", "sources"), ("country", "Peru", "--sources")]


def _allowed(name: str) -> str:
    """Return a text as long as one of the data may be."""
    return TEXTS[name][:LONGEST_TEXT].strip()


def trials(extent: Extent) -> Iterator[Trial]:
    """Try every text as an argument and as data."""
    yield from _as_arguments(extent)
    names = extent.of(list(TEXTS))
    with folder() as here:
        data = {name: str(dataset(here / str(n), _allowed(name))) for n, name in enumerate(names)}
        yield from _as_data(extent, data)
        yield _given_back(data)
        yield from _on_a_screen(extent, data)
        yield _exported(extent, data)
    yield _refused()


def _as_arguments(extent: Extent) -> Iterator[Trial]:
    trial = Trial("each text as a name, in every answering command and format")
    every = [(c, text, form) for c in every_command() if answering(c) for text in TEXTS.values() for form in FORMS]
    for command, text, form in extent.of(every):
        answer = call(command, text, "--format", form)
        trial.expect(answer.flaw() is None and len(answer.err) < 4000, answer.flaw(), command, form, text, answer)
    yield trial


def _as_data(extent: Extent, data: dict[str, str]) -> Iterator[Trial]:
    trial = Trial(
        "a dataset in which every text is such a one: every command, every format, each read by a reader of it"
    )
    good = [call for name, call in GOOD.items() if answering(name) and name not in NEED]
    every = [(name, call_, form) for name in data for call_ in [*good, *MORE] for form in FORMS]
    for name, arguments, form in extent.of(every):
        answer = call(
            *arguments, "--data", data[name], "--format", form, *(("--output", "a") if form == "xlsx" else ())
        )
        trial.expect(_flaw(answer, form) is None, _flaw(answer, form), name, arguments, form, answer)
        Path("a").unlink(missing_ok=True)
    yield trial


def _flaw(answer: Answer, form: str) -> str | None:
    """Return what is wrong with an answer in a format; one that fails may tell in it what was understood."""
    found = answer.flaw()
    content = Path("a").read_bytes() if form == "xlsx" and answer.code == 0 else answer.out
    if found or not content:
        return found
    return flaw_of(form, content)


def _given_back(data: dict[str, str]) -> Trial:
    """Read the texts back from the formats for programs: the same, to the letter."""
    trial = Trial("the same texts read back from json, csv and tsv, to the letter")
    for name, path in data.items():
        text = _allowed(name)
        record = json.loads(call("mechanism", "A", "--data", path, "--json").out)
        trial.expect(record["mechanism"]["name"] == text, name, "json", record["mechanism"]["name"])
        for form, delimiter in (("csv", ","), ("tsv", "\t")):
            answer = call("list", "mechanisms", "--data", path, "--format", form)
            rows = list(csv.DictReader(io.StringIO(answer.text, newline=""), delimiter=delimiter))
            # As docs/formats.md says it: one apostrophe before a formula, NUL spelled out.
            shown = rows[0]["name"]
            given = shown.removeprefix("'") if FORMULA.match(shown) else shown
            trial.expect(given == text.replace("\0", "\\x00"), name, form, shown)
    return trial


def _on_a_screen(extent: Extent, data: dict[str, str]) -> Iterator[Trial]:
    what = "pages in a terminal: only their text on its screen, no colour, no title, no mode, the cursor below"
    trial = Trial(what)
    for name, arguments in extent.of([(name, arguments) for name in data for arguments in ON_A_SCREEN]):
        screen = show(*arguments, "--data", data[name])
        whole = call(*arguments, "--data", data[name], "--format", "md").code == 0 and len(screen.lines) > 3
        trial.expect(
            screen.code == 0 and screen.flaw is None and whole, name, arguments, screen.flaw, screen.raw[-300:]
        )
    yield trial
    trial = Trial("the other formats, and exports, in a terminal")
    other: list[tuple[str, ...]] = [
        ("mechanism", "A", "--format", form) for form in READERS if form not in ("table", "svg")
    ]
    other += [("export", kind) for kind in KINDS if KINDS[kind].text] + [("cite", "A", "--style", "bibtex")]
    for name, arguments in extent.of([(name, arguments) for name in data for arguments in other]):
        screen = show(*arguments, "--data", data[name])
        trial.expect(screen.code == 0 and screen.flaw is None, name, arguments, screen.flaw, screen.raw[-300:])
    yield trial
    trial = Trial("messages on such a name in a terminal")
    for text in extent.of([text for text in TEXTS.values() if "\0" not in text and len(text) < LONG]):
        screen = show("country", text.lstrip("-"))
        trial.expect(screen.code in (0, 1) and screen.flaw is None, text, screen.flaw, screen.raw[-300:])
    yield trial


def _exported(extent: Extent, data: dict[str, str]) -> Trial:
    trial = Trial("each kind of export of such a dataset")
    for name, kind in extent.of([(name, kind) for name in data for kind in KINDS]):
        place = f"{list(data).index(name)}.{kind}"
        trial.expect_clean(call("export", kind, place, "--data", data[name]), name, kind)
        trial.expect(Path(place).exists(), name, kind, "nothing was written")
    return trial


def _refused() -> Trial:
    trial = Trial(f"a text of {LONG:,} characters in the data is refused, with its place")
    with folder() as here:
        for name in ("a million letters", "a million words"):
            path = dataset(here / "data", TEXTS[name])
            answer = call("country", "Peru", "--data", str(path))
            told = (
                answer.code == 3 and f"at most {LONGEST_TEXT} are allowed" in answer.err and len(answer.err) < 100_000
            )
            trial.expect(told and answer.flaw() is None and not answer.out, name, answer)
    return trial
