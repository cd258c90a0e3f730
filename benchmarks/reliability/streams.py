"""Part `streams`: closed streams, pipes that nobody reads or reads slowly, full disks."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from benchmarks.reliability.hostile import dataset
from benchmarks.reliability.program import GOOD, NEED, answering, every_command
from benchmarks.reliability.trial import (
    DOCUMENTED,
    GOVMAP,
    LONGEST,
    Answer,
    Extent,
    Trial,
    call,
    environment,
    folder,
    run,
    shell,
)

from govmap.export.kinds import KINDS

CLOSED = {"<&-": "standard input", ">&-": "standard output", "2>&-": "standard error"}
BAD = [("country", "Atlantis"), ("country", "Atlantis", "--json"), ("nonsense",), ("list", "--data", "/nowhere")]
TELL = '; code=$?; echo "code $code" >&3'  # after a command in a pipe, whose code the shell forgets


def _calls() -> list[tuple[str, ...]]:
    good = [GOOD[name] for name in every_command() if name not in NEED]
    return [*good, *((*one, "--json") for one in good if answering(one[0])), *BAD, (), ("--help",), ("list", "--help")]


def trials(extent: Extent) -> Iterator[Trial]:
    """Try them all."""
    yield _closed(extent)
    yield _full_streams(extent)
    yield _unread(extent)
    yield _slow(extent)
    yield _endless_input(extent)
    yield _full_disk(extent)


def _closed(extent: Extent) -> Trial:
    trial = Trial("standard input, output and error closed, alone and together")
    closed = [" ".join(one) for size in (1, 2, 3) for one in combinations(CLOSED, size)]
    for arguments, redirection in extent.of([(arguments, one) for arguments in _calls() for one in closed]):
        answer = shell(f'"$@" {redirection}', *arguments)
        without = " >&-" in f" {redirection}"
        told = answer.code in DOCUMENTED and "Traceback" not in answer.err
        trial.expect(
            told and (answer.code == 3 or not without) and not (without and answer.out), redirection, arguments, answer
        )
        if redirection == "<&-":
            trial.expect(answer == run(*arguments), redirection, arguments, answer)
    return trial


def _full_streams(extent: Extent) -> Trial:
    trial = Trial("standard output, or error, on a full disk (/dev/full)")
    if not Path("/dev/full").exists():
        trial.seen = "not tried: there is no /dev/full here"
        return trial
    for arguments in extent.of(_calls()):
        answer = shell('"$@" >/dev/full', *arguments)
        fails = answer.code == 3 and "Cannot write" in answer.err and answer.err.count("\n") == 1
        trial.expect((fails or arguments in BAD) and answer.flaw() is None, arguments, answer)
        answer = shell('"$@" 2>/dev/full', *arguments)
        trial.expect(answer.code in DOCUMENTED and answer.err == "", arguments, answer)
    return trial


def _unread(extent: Extent) -> Trial:
    trial = Trial("a pipe that is closed after no line, one line or one byte (`| head`): code 0 without a word")
    exports = [("export", kind, "/dev/stdout") for kind in KINDS if not KINDS[kind].folder]
    good = [one for one in _calls() if one not in BAD]
    every = [(one, head) for one in [*good, *exports] for head in ("head -n 1", "head -c 1", "true")]
    for arguments, head in extent.of(every):
        answer = shell(f'exec 3>&2; {{ "$@" 2>&3{TELL}; }} | {head} >/dev/null', *arguments)
        trial.expect(answer.err == "code 0\n", arguments, head, answer)
    return trial


def _slow(extent: Extent) -> Trial:
    trial = Trial("a pipe that is read slowly, a few bytes at a time: the whole answer")
    for arguments in extent.of([("list", "sources", "--json"), ("evidence", "--format", "csv"), ("export", "json")]):
        reader, writer = os.pipe()
        with subprocess.Popen(
            (*GOVMAP, *arguments), stdout=writer, stderr=subprocess.PIPE, env=environment()
        ) as process:
            os.close(writer)
            pieces = []
            while piece := os.read(reader, 1500):
                pieces.append(piece)
                time.sleep(0.001)
            os.close(reader)
            err = process.communicate(timeout=LONGEST)[1].decode()
        trial.expect(Answer(process.returncode, b"".join(pieces), err) == call(*arguments), arguments, err)
    return trial


def _endless_input(extent: Extent) -> Trial:
    trial = Trial("a standard input without an end (/dev/zero), which is never read")
    for arguments in extent.of(_calls()):
        answer = shell('"$@" </dev/zero', *arguments)
        trial.expect(answer == run(*arguments), arguments, answer)
    return trial


def _full_disk(extent: Extent) -> Trial:
    trial = Trial(
        "a disk (tmpfs) that is full before an export, an answer or the cache is whole: code 3, the old file, nothing left"
    )
    mount = 'mount -t tmpfs -o size=8k tmpfs "$PLACE" || exit 99; printf old >"$PLACE/it"; '
    before = (
        "unshare",
        "--mount",
        "sh",
        "-c",
        mount + '"$@"; code=$?; ls -A "$PLACE"; cat "$PLACE/it"; exit $code',
        "sh",
    )
    with folder() as here:
        (here / "disk").mkdir()
        place = str(here / "disk" / "it")
        if os.geteuid() or run("--version", before=before, PLACE=str(here / "disk")).code == 99:
            trial.seen = "not tried: needs root"
            return trial
        exports = [("export", kind, place) for kind in KINDS if not KINDS[kind].folder]
        exports += [("export", kind, place + "-new") for kind in KINDS if KINDS[kind].folder]
        answers = [("evidence", "--format", form, "--output", place) for form in ("csv", "json", "html", "xlsx")]
        for arguments in extent.of([*exports, *answers, ("export", "json"), ("export", "json", "/dev/stdout")]):
            answer = run(*arguments, before=before, PLACE=str(here / "disk"), TMPDIR=str(here / "disk"))
            said = "No space left" in answer.err or "disk" in answer.err or "write" in answer.err
            trial.expect(
                answer.code == 3 and said and answer.flaw() is None and answer.text == "it\nold", arguments, answer
            )
        arguments = ("country", "Peru", "--json", "--data", str(dataset(here / "data", "Text")))
        answer = run(*arguments, before=before, PLACE=str(here / "disk"), GOVMAP_CACHE=str(here / "disk"))
        trial.expect(answer.out == call(*arguments).out + b"it\nold" and answer.flaw() is None, arguments, answer)
    return trial
