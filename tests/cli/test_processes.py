"""govmap as a real process: pipes, closed streams, full disks, interrupts, encodings, the environment."""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from tests.conftest import INVENTED, Call

GOVMAP = (sys.executable, "-m", "govmap")
FULL = Path("/dev/full")

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this platform has no /dev/full")

# A line of a traceback within our package, past the two files in which the interpreter enters it.
OWN_FRAME = re.compile(r"[\\/]govmap[\\/](?!__(?:init|main)__)[\w\\/]+\.py\"")

KINDS_OF_OUTPUT = [
    *(("country", "Peru"), ("country", "Peru", "--json"), ("country", "--help")),
]
UTF_8 = ("csv", "html")  # written as bytes, as all formats but a page and JSON are
BARE = ["COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "GOVMAP_DATA", "LC_ALL", "LANG"]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment without what would change the output, plus *changes*."""
    kept = {name: value for name, value in os.environ.items() if name not in BARE and not name.startswith("PYTHON")}
    return {**kept, "PYTHONUTF8": "1", **changes}


def run(*arguments: str, **changes: str) -> tuple[int, str, str]:
    """Run govmap and return exit code, output and errors, in the encoding that PYTHONIOENCODING asks for."""
    command = (*GOVMAP, *arguments)
    done = subprocess.run(command, capture_output=True, env=environment(**changes), timeout=30, check=False)
    encoding = changes.get("PYTHONIOENCODING", "utf-8")
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


def message_of(err: str) -> str:
    """Return the one message on standard error, which is a line, or an object where JSON is asked for."""
    assert err.count("\n") == 1
    return str(json.loads(err)["error"]["message"]) if err[0] == "{" else err.removeprefix("Error: ").removesuffix("\n")


def shell(redirection: str, *arguments: str) -> tuple[int, str, str]:
    """Run govmap under a shell with a redirection."""
    script = f'"$@" {redirection}'
    command = ("/bin/sh", "-c", script, "sh", *GOVMAP, *arguments)
    done = subprocess.run(command, capture_output=True, env=environment(), timeout=30, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@contextmanager
def started(command: Sequence[str], **changes: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start *command* with its output in pipes, and kill it after half a minute or at the end, whatever happens.

    It heeds interrupts even where the tests run in the background: a signal that is handled here, not ignored, is
    the default one there.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**changes))
    finally:
        signal.signal(signal.SIGINT, before)
    watchdog = threading.Timer(30, process.kill)
    watchdog.start()
    with process:
        try:
            yield process
        finally:
            watchdog.cancel()
            process.kill()


def unread(*arguments: str, lines: int) -> tuple[int, str]:
    """Run govmap into a pipe that is closed after *lines* lines; return the exit code and the errors."""
    command = (*GOVMAP, *arguments)
    with started(command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(lines):
            process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read().decode()
        return process.wait(timeout=30), errors


@needs_posix
@pytest.mark.parametrize("lines", [1])
@pytest.mark.parametrize("arguments", [*KINDS_OF_OUTPUT, ("list", "sources", "--json")], ids=" ".join)
def test_a_reader_that_closes_the_pipe_early_is_no_failure(arguments: tuple[str, ...], lines: int) -> None:
    assert unread(*arguments, lines=lines) == (0, "")


@contextmanager
def still_writing() -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]]:
    """Start a long answer into a pipe made so small that govmap has to wait, and yield it with its two pipes."""
    set_size = getattr(fcntl, "F_SETPIPE_SZ", None)
    if set_size is None:
        pytest.skip("this platform has pipes of one size")
    with started((*GOVMAP, "list", "sources", "--json")) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        fcntl.fcntl(process.stdout, set_size, 4096)
        select.select([process.stdout], [], [], 20)
        yield process, process.stdout, process.stderr


@needs_posix
def test_a_pipe_closed_within_a_long_answer_is_no_failure() -> None:
    with still_writing() as (process, out, err):
        out.close()
        assert (err.read(), process.wait(timeout=30)) == (b"", 0)


@needs_full
@pytest.mark.parametrize("arguments", KINDS_OF_OUTPUT, ids=" ".join)
def test_a_full_disk_is_one_line_of_error(arguments: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            (*GOVMAP, *arguments), stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=30, check=False
        )
    assert done.returncode == 3
    assert message_of(done.stderr.decode()) == "Cannot write the answer: No space left on device"


@needs_posix
@pytest.mark.parametrize("format_", ["json", "csv"])
@pytest.mark.parametrize("changes", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_disk_that_fills_up_within_an_answer_is_one_line_of_error(
    tmp_path: Path, format_: str, changes: dict[str, str]
) -> None:
    script = 'ulimit -f 8 && exec "$@" > answer'
    done = subprocess.run(
        ("/bin/sh", "-c", script, "sh", *GOVMAP, "history", "--format", format_),
        stderr=subprocess.PIPE,
        env=environment(PYTHONDONTWRITEBYTECODE="1", **changes),  # else half of a module would be kept
        timeout=30,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 3
    assert message_of(done.stderr.decode()) == "Cannot write the answer: File too large"


@needs_posix
@pytest.mark.parametrize("arguments", KINDS_OF_OUTPUT, ids=" ".join)
def test_a_closed_standard_output_is_one_line_of_error(arguments: tuple[str, ...]) -> None:
    code, out, err = shell(">&-", *arguments)
    assert (code, out, message_of(err)) == (3, "", "Cannot write the answer: standard output is closed")


@needs_posix
@pytest.mark.parametrize(
    ("redirection", "arguments", "code", "first"),
    [
        ("2>&-", ("country", "Atlantis"), 1, ""),
        ("2>&-", ("country", "Atlantis", "--json"), 1, ""),
        pytest.param("2>/dev/full", ("contry",), 2, "", marks=needs_full),
        ("2>&-", ("country", "Peru"), 0, "Peru (PE, PER)"),
        ("<&-", ("country", "Peru"), 0, "Peru (PE, PER)"),
        ("<&- >&- 2>&-", ("country", "Atlantis"), 3, ""),
        ("<&- >&- 2>&-", ("country", "Peru"), 3, ""),
    ],
)
def test_without_some_streams_the_exit_code_is_right(
    redirection: str, arguments: tuple[str, ...], code: int, first: str
) -> None:
    done = shell(redirection, *arguments)
    assert (done[0], done[1].partition("  ")[0], done[2]) == (code, first, "")


@needs_posix
@pytest.mark.parametrize("arguments", [("match", "-"), ("import", "-", "--dry-run"), ("country", "-")], ids=" ".join)
def test_a_closed_standard_input_is_one_line_of_error(arguments: tuple[str, ...]) -> None:
    code, out, err = shell("<&-", *arguments)
    assert (code, out, message_of(err)) == (3, "", "Cannot read standard input: it is closed")


@needs_posix
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_data_is_read_ends_without_a_traceback_and_caches_nothing(
    tmp_path: Path, stop: signal.Signals
) -> None:
    text = (INVENTED / "mechanisms.yaml").read_text(encoding="utf-8")
    groups = "\n".join(f"      - {{number: {n}, name: Group {n}, themes: [borders]}}" for n in range(10, 60_000))
    many = text.replace("    secretariats:\n", f"{groups}\n    secretariats:\n", 1)
    (tmp_path / "mechanisms.yaml").write_text(many, encoding="utf-8")
    command = (*GOVMAP, "country", "Peru", "--data", str(tmp_path))
    cache = {"GOVMAP_CACHE": str(tmp_path / "cache")}
    run("country", "Peru", **cache)  # an editable installation keeps a snapshot of the bundled data there
    before = list(tmp_path.glob("cache/*"))
    with started(command, **cache) as process:
        time.sleep(0.6)
        assert process.poll() is None, "the data is read too fast for this test"
        process.send_signal(stop)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (128 + stop, b"", b"")
    assert list(tmp_path.glob("cache/*")) == before


@needs_posix
def test_an_interrupt_at_any_moment_of_the_start_ends_with_130_and_no_traceback() -> None:
    """Before our code runs the interpreter may die of the signal in its own way, which is none of ours."""
    delays = random.Random()  # noqa: S311 - not for secrets
    for _ in range(8):
        delay = delays.uniform(0, 0.15)
        with started((*GOVMAP, "country", "Peru", "--json")) as process:
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        told = err.decode("utf-8", "replace")
        where = f"after {delay * 1000:.0f} ms: {process.returncode}\n{told}"
        if OWN_FRAME.search(told) is None and "KeyboardInterrupt" in told:
            continue  # the interpreter itself was starting: none of our code had run
        assert "Traceback" not in told, where
        assert told.strip() == "", where
        assert process.returncode in (0, 130, -signal.SIGINT), where


@needs_posix
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_within_an_export_leaves_nothing_unfinished(tmp_path: Path, stop: signal.Signals) -> None:
    """The export waits for a reader of the pipe that it is told to write to, with its work in the folder TMPDIR."""
    os.mkfifo(tmp_path / "pipe")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with started((*GOVMAP, "export", "json", str(tmp_path / "pipe")), TMPDIR=str(scratch)) as process:
        while not list(scratch.glob(".pipe.*/pipe")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(stop)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (128 + stop, b"", b"")
    assert list(scratch.iterdir()) == []


@needs_posix
def test_a_signal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    ignoring = ("sh", "-c", "trap '' TERM; exec \"$@\"", "sh", *GOVMAP, "export", "json", str(tmp_path / "pipe"))
    with started(ignoring, TMPDIR=str(tmp_path)) as process:
        while not list(tmp_path.glob(".pipe.*/pipe")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert json.loads((tmp_path / "pipe").read_bytes())["about"]
        assert (process.communicate(timeout=30), process.returncode) == ((b"", b""), 0)


@needs_posix
def test_an_interrupt_while_writing_ends_with_130_and_no_traceback() -> None:
    with still_writing() as (process, _out, _err):
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip()) == (130, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_any_encoding_of_the_output_is_served(encoding: str) -> None:
    """Letters that it does not have are plain letters on a page, and escapes in JSON."""
    code, out, err = run("country", "CUW", PYTHONIOENCODING=encoding)
    name = "Curacao" if encoding == "ascii" else "Curaçao"
    assert (code, out.split("  ")[0], err) == (0, f"{name} (CW, CUW), territory of Netherlands", "")
    assert "x" in run("matrix", PYTHONIOENCODING="ascii")[1].split()
    record = json.loads(run("country", "CUW", "--json", PYTHONIOENCODING=encoding)[1])
    assert record["country"]["name"] == "Curaçao"
    assert len(run("country", "--help", PYTHONIOENCODING=encoding)[1].splitlines()) > 3
    code, _, err = run("country", "Åtlantïß", PYTHONIOENCODING=encoding)
    assert (code, err[:29]) == (1, 'Error: No country is called "')


@pytest.mark.parametrize("form", UTF_8)
def test_other_formats_are_utf_8_whatever_the_encoding_of_the_output(form: str) -> None:
    changes: tuple[dict[str, str], ...] = ({}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "TERM": "dumb"})
    written = {
        subprocess.run(
            (*GOVMAP, "map", "-f", form), capture_output=True, env=environment(**change), timeout=30, check=True
        ).stdout.decode()
        for change in changes
    }
    assert len(written) == 1
    assert not any("\x1b" in text for text in written)


@needs_posix
@pytest.mark.parametrize("form", ["csv", "html"])
def test_other_formats_fail_on_a_closed_output_and_not_on_a_closed_pipe(form: str) -> None:
    assert unread("list", "sources", "-f", form, lines=1) == (0, "")
    code, out, err = shell(">&-", "country", "Peru", "-f", form)
    assert (code, out, message_of(err)) == (3, "", "Cannot write the answer: standard output is closed")


@needs_full
def test_a_full_disk_under_a_file_is_one_line_of_error() -> None:
    code, out, err = run("country", "Peru", "-f", "csv", "-o", str(FULL))
    assert (code, out) == (3, "")
    assert err == 'Error: Cannot write "/dev/full": No space left on device\n'


def test_columns_sets_the_width_and_without_it_no_line_of_a_pipe_is_broken() -> None:
    assert max(map(len, run("country", "Peru", COLUMNS="40")[1].splitlines())) <= 40
    long = "R4V    Regional Inter-Agency Coordination Platform for Refugees and Migrants from Venezuela  "
    assert long in run("country", "Peru")[1]


@pytest.mark.parametrize(
    ("variable", "options", "expected"),
    [
        (str(INVENTED), (), (0, 3)),
        ("/nowhere", ("--data", str(INVENTED)), (0, 3)),
        ("", (), (0, 8)),
        ("/nowhere", (), (3, 0)),
        (str(INVENTED), ("--data", ""), (2, 0)),
    ],
)
def test_a_dataset_can_be_named_in_the_environment_and_an_option_comes_before_it(
    call: Call, monkeypatch: pytest.MonkeyPatch, variable: str, options: tuple[str, ...], expected: tuple[int, int]
) -> None:
    monkeypatch.setenv("GOVMAP_DATA", variable)
    code, out, _ = call("list", "--json", *options)
    assert (code, len(json.loads(out or "[]"))) == expected


def test_it_answers_from_any_folder(tmp_path: Path) -> None:
    for name in ("rich.py", "typer.py", "msgspec.py", "yaml.py"):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / name).write_text("raise SystemExit(9)\n", encoding="utf-8")
    done = subprocess.run(
        (*GOVMAP, "country", "Peru"), capture_output=True, env=environment(), cwd=tmp_path, timeout=30, check=False
    )
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == run("country", "Peru")


def test_the_version_names_that_of_the_data_whichever_variable_is_empty() -> None:
    code, out, err = run("--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"govmap \S+ \(data \S+, as of 2023-04\)\n", out)
    assert run("--version", GOVMAP_DATA="") == (code, out, err)


def test_the_module_and_the_program_are_the_same() -> None:
    program = Path(sys.executable).parent / "govmap"
    if not program.exists():
        pytest.skip("the program is not installed beside this interpreter")
    done = subprocess.run((program, "--version"), capture_output=True, env=environment(), timeout=30, check=False)
    assert (done.returncode, done.stdout.decode()) == run("--version")[:2]


@needs_posix
def test_data_can_come_through_a_pipe(tmp_path: Path) -> None:
    text = (INVENTED / "mechanisms.yaml").read_text(encoding="utf-8").replace("invented-note", "oas-note-2023")
    (tmp_path / "data").write_text(text, encoding="utf-8")
    script = 'mkfifo pipe && { cat data > pipe & } && exec "$@"'
    command = ("/bin/sh", "-c", script, "sh", *GOVMAP, "list", "--json", "--data", "pipe")
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment(), timeout=30, check=False)
    assert (done.returncode, len(json.loads(done.stdout)), done.stderr) == (0, 3, b"")


@pytest.mark.parametrize(
    "options", [("-X", "utf8=0"), ("-I",), ("-OO",), ("-X", "dev", "-W", "ignore::DeprecationWarning")], ids=" ".join
)
def test_options_of_the_interpreter_and_variables_of_terminals_make_no_difference(options: tuple[str, ...]) -> None:
    variables = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "TERM": "dumb", "FORCE_COLOR": "1", "LINES": "x"}
    command = (sys.executable, *options, "-m", "govmap", "country", "Perú")
    env = {name: value for name, value in environment(**variables).items() if name != "PYTHONUTF8"}
    done = subprocess.run(command, capture_output=True, env=env, timeout=30, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Peru (PE, PER)")
    assert b"\x1b" not in done.stdout
