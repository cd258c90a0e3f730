"""Part `calls`: every command, in every format, with every bad argument of a generated list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.reliability.formats import READERS
from benchmarks.reliability.hostile import TEXTS
from benchmarks.reliability.program import GOOD, answering, every_command, parameters
from benchmarks.reliability.trial import Answer, Extent, Trial, call, folder, run

IN_PROCESSES = 300
Call = tuple[str, ...]

# What nobody means by a name, a date, a path, a word of a list.
BAD = [
    *("", " ", "\t", "\n", "-", "--", "---", "-x", "--no-such-option", "--=", "@", "?", "*", "...", "0", "-1", "1e999"),
    *("nan", "None", "null", "true", "[]", "{}", "Atlantis", "Narnia|Oz", "RCM,SACM", "Peru\x00", "\x00", "\ufffd"),
    *("\udcff", "é" * 300, "2023-13-45", "99999-01-01", "0000", "tomorrow", "../../../etc/passwd", "/", "/dev/null"),
    *("/dev/full", "/proc/self/mem", "no/such/folder/x.csv", "a.no-format", "~", "file:///x", "http://a.example/x"),
    *("'", '"', "\\", "$(id)", "`id`", ";ls", "%00", "%s%n", "\u202e", "\ufeffPeru", "🏴", "İ", "ß", "ﬁ", "x" * 100_000),
    *(text for name, text in TEXTS.items() if not name.startswith("a million")),
]  # fmt: skip
FORMS = [*READERS, "xlsx"]


def bad_calls() -> list[Call]:
    """Return every bad call: each bad word in each place of each command, and options used wrongly."""
    calls: list[Call] = [
        (),
        ("--version", "x"),
        ("--json",),
        *((word,) for word in BAD),
        *((word, "Peru") for word in BAD),
    ]
    for command in every_command():
        good = GOOD[command]
        given = parameters(command)
        calls += [(command, word) for word in BAD]
        calls += [(*good, word) for word in BAD]
        for option in (one.typed for one in given if one.typed):
            calls += [(*good, option), (*good, option, option), (*good, f"{option}="), (option, *good)]
        for option in (one.typed for one in given if one.typed and one.takes_value):
            calls += [(*good, option, word) for word in BAD]
    return list(dict.fromkeys(calls))


def in_every_format() -> list[Call]:
    """Return each command that answers with a bad name in place of its own, in every format."""
    names = [word for word in BAD if not word.startswith("-")]
    every = product(filter(answering, every_command()), names, FORMS)
    return [(command, name, "--format", form) for command, name, form in every]


def flaw(arguments: Call, answer: Answer, left: list[Path]) -> str | None:
    """Return what is wrong with the *answer* to a bad call that left these files, or None."""
    if answer.code == 1 and "--exit-code" in arguments and answer.out and not answer.err:
        return None  # what it is for: to tell by the code that something differs
    found = answer.flaw()
    if found or answer.code == 0:
        return found
    if answer.out and not _may_tell(arguments, answer):
        return "words on standard output beside a failure"
    return f"it left {left[0].name}" if left else None


def _may_tell(arguments: Call, answer: Answer) -> bool:
    """Return whether a failing call has something to tell: what was understood, or what is wrong with the data."""
    return answer.code == 1 or (answer.code == 3 and arguments[:1] == ("validate",))


def _replaced(arguments: Call, here: Path) -> Call:
    return tuple(word.replace("FOLDER", str(here / "data")) for word in arguments)


def trials(extent: Extent) -> Iterator[Trial]:
    """Try them in this process, and a sample of them in processes of their own."""
    here_too = [one for one in bad_calls() if "\x00" not in "".join(one) and all(len(word) < 100_000 for word in one)]
    in_processes = extent.random.sample(here_too, extent.times(IN_PROCESSES))
    with folder() as here:
        (here / "data").mkdir()
        for what, calls, way in (
            ("every bad word in every place of every command", extent.of(bad_calls()), call),
            ("every bad name, every answering command, every format", extent.of(in_every_format()), call),
            ("a sample of these calls as real processes", in_processes, run),
        ):
            trial = Trial(what)
            codes: dict[int, int] = {}
            for arguments in calls:
                answer = way(*_replaced(arguments, here))
                left = [path for path in here.iterdir() if path.name != "data"]
                trial.expect(flaw(arguments, answer, left) is None, flaw(arguments, answer, left), arguments, answer)
                codes[answer.code] = codes.get(answer.code, 0) + 1
                for path in left:
                    path.unlink()
            trial.seen = ", ".join(f"{times} × exit code {code}" for code, times in sorted(codes.items()))
            yield trial
