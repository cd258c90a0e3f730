"""Part `places`: homes, folders and caches that are not as usual, many processes at once, odd ways to start Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.reliability.hostile import dataset
from benchmarks.reliability.program import GOOD, NEED, answering, every_command
from benchmarks.reliability.trial import GOVMAP, LONGEST, Answer, Extent, Trial, call, environment, folder, run

import govmap

AT_ONCE, ROUNDS = 20, 10
PACKAGE = Path(govmap.__file__).parent
WIDTHS = ["0", "1", "-1", "20", "79", "99999", "100000", "9" * 30, "1e3", "²", "x", " 80 ", "80\n"]
ENCODINGS = ["ascii", "latin-1", "cp1252", "cp437", "utf-16", "utf-8", "shift_jis", "ascii:strict", "nonsense"]
ENVIRONMENTS: list[dict[str, Any]] = [
    {"LANG": "C", "LC_ALL": None, "PYTHONUTF8": None},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "xx_XX.nonsense"},
    *({"TERM": term} for term in ("dumb", "", "nonsense", "xterm-256color")),
    *({name: "1"} for name in ("PYTHONOPTIMIZE", "PYTHONDEVMODE", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")),
    {"PYTHONOPTIMIZE": "2"},
    {"PYTHONHASHSEED": "0"},
    *({"TZ": zone} for zone in ("Pacific/Kiritimati", "nonsense", "", "<+99>-99")),
    {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TTY_COMPATIBLE": "1"},
    {"GOVMAP_TRACEBACK": "0"},
    {"LINES": "0"},
    {"TMPDIR": "/nowhere"},
    {"PATH": ""},
]
OPTIONS = [
    ("-I",),
    ("-E",),
    ("-s",),
    ("-B",),
    ("-O",),
    ("-OO",),
    ("-X", "dev", "-W", "error"),
    ("-u",),
    ("-X", "utf8=0"),
]


def trials(extent: Extent) -> Iterator[Trial]:
    """Try them all."""
    with folder() as here:
        data = str(dataset(here / "data", "Text ñ"))
        yield _at_once(extent, here, data)
        yield _homes(here, data)
        yield _rights(here, data)
    yield _environments(extent)
    yield _interpreters(extent)
    yield _zipped()
    yield _deleted_folder(extent)


def _calls() -> list[tuple[str, ...]]:
    good = [GOOD[name] for name in every_command() if name not in NEED]
    return [*good, *((*one, "--json") for one in good if answering(one[0]))]


def _at_once(extent: Extent, here: Path, data: str) -> Trial:
    trial = Trial(f"{AT_ONCE} processes at once on a cold cache: each answers the same, one snapshot is left")
    arguments = ("country", "Peru", "--json", "--data", data)
    right = call(*arguments)
    cache = here / "cache"
    for _ in range(extent.times(ROUNDS)):
        shutil.rmtree(cache, ignore_errors=True)
        env = environment(GOVMAP_CACHE=str(cache))
        processes = [
            subprocess.Popen((*GOVMAP, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
            for _ in range(AT_ONCE)
        ]
        for process in processes:
            out, err = process.communicate(timeout=10 * LONGEST)
            trial.expect(Answer(process.returncode, out, err.decode()) == right, process.returncode, out, err)
        left = sorted(path.name for path in cache.iterdir()) if cache.exists() else []
        trial.seen = f"{len(left)} file in the cache at the end"
        if len(left) > 1:
            trial.wrong.append(f"left in the cache: {left}")
    return trial


def _homes(here: Path, data: str) -> Trial:
    trial = Trial("no HOME, an empty or wrong one, a cache that is a file, a folder in a file, unwritable or nowhere")
    arguments = ("country", "Peru", "--json", "--data", data)
    right = call(*arguments)
    (here / "file").write_text("mine", encoding="utf-8")
    homes: list[dict[str, Any]] = [
        *({"HOME": home, "GOVMAP_CACHE": None, "XDG_CACHE_HOME": None} for home in (None, "", "/nowhere", "relative")),
        {"HOME": str(here / "file"), "GOVMAP_CACHE": None, "XDG_CACHE_HOME": None},
        {"HOME": "/proc", "GOVMAP_CACHE": None, "XDG_CACHE_HOME": None},
        *({"GOVMAP_CACHE": None, "XDG_CACHE_HOME": place} for place in ("", "relative", "/proc", str(here / "file"))),
        *(
            {"GOVMAP_CACHE": place}
            for place in ("", " ", "off", str(here / "file"), str(here / "file" / "x"), "/proc/x")
        ),
        *({"GOVMAP_CACHE": place} for place in ("/dev/null", "x" * 5000, "\n", "~", str(here / "new" / "deep"))),
    ]
    for changes in homes:
        given = dict(changes)
        if given.get("GOVMAP_CACHE", "") is None and given.get("HOME", "") is None:
            given["XDG_CACHE_HOME"] = str(here / "xdg")  # or the real home of whoever runs this would be written to
        for _ in range(2):
            answer = run(*arguments, **given)
            trial.expect(answer == right, given, answer)
        for one in ("relative", "~"):
            shutil.rmtree(one, ignore_errors=True)
    trial.expect((here / "file").read_text(encoding="utf-8") == "mine", "a file was touched")
    return trial


def _rights(here: Path, data: str) -> Trial:
    trial = Trial("a home and a cache that are read-only; a folder, a file, data that may not be read or written")
    # Root may do everything unless it gives that up.
    before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    place = here / "rights"
    place.mkdir()
    for name in ("home", "secret"):
        (place / name).mkdir()
    (place / "old.csv").write_text("old", encoding="utf-8")
    shutil.copytree(data, place / "locked")
    for path in (place / "locked").iterdir():
        path.chmod(0o000)
    for name, mode in (("home", 0o555), ("secret", 0o000), (".", 0o555)):
        (place / name).chmod(mode)
    try:
        home: dict[str, Any] = {"HOME": str(place / "home"), "GOVMAP_CACHE": None, "XDG_CACHE_HOME": None}
        arguments = ("country", "Peru", "--json", "--data", data)
        right = call(*arguments)
        for changes in (home, home, {"GOVMAP_CACHE": str(place / "secret")}):
            answer = run(*arguments, before=before, **changes)
            trial.expect(answer == right, changes, answer)
        for target in (place / "new.csv", place / "old.csv", place / "secret" / "x.csv"):
            for writing in (("list", "-o", str(target)), ("export", "sqlite", str(target))):
                answer = run(*writing, before=before, **home)
                trial.expect(answer.code in (2, 3) and not answer.out and answer.flaw() is None, target, answer)
        for target in (place / "locked", place / "locked" / "mechanisms.yaml", place / "secret"):
            answer = run("country", "Peru", "--data", str(target), before=before, **home)
            trial.expect(answer.code == 3 and not answer.out and answer.flaw() is None, target, answer)
        trial.expect((place / "old.csv").read_text(encoding="utf-8") == "old", "the old file")
        trial.expect(len(list(place.iterdir())) == 4 and not list((place / "home").iterdir()), "something was left")
    finally:
        for name in (".", "home", "secret"):
            (place / name).chmod(0o755)
    return trial


def _environments(extent: Extent) -> Trial:
    trial = Trial("odd values of COLUMNS, PYTHONIOENCODING, LANG, TERM, TZ, PYTHON… and others")
    every: list[dict[str, Any]] = [*({"COLUMNS": width} for width in WIDTHS), *ENVIRONMENTS]
    every += [{"PYTHONIOENCODING": encoding, "PYTHONUTF8": None} for encoding in ENCODINGS[:-1]]
    calls = [
        ("country", "Peru"),
        ("country", "Curaçao", "--json"),
        ("list", "sources"),
        ("map", "-f", "csv"),
        ("nonsense",),
    ]
    for changes, arguments in extent.of([(changes, arguments) for changes in every for arguments in calls]):
        answer = run(*arguments, **changes)
        trial.expect(answer.code == (2 if arguments == ("nonsense",) else 0), changes, arguments, answer)
        trial.expect_clean(Answer(answer.code, b"", answer.err.replace("\0", "")), changes, arguments)
    return trial


def _interpreters(extent: Extent) -> Trial:
    trial = Trial("options of Python: -I, -E, -O, -OO, -B, -X dev -W error …")
    for options, arguments in extent.of([(options, arguments) for options in OPTIONS for arguments in _calls()]):
        command = (sys.executable, *options, "-m", "govmap", *arguments)
        done = subprocess.run(command, capture_output=True, env=environment(), timeout=LONGEST, check=False)
        answer = Answer(done.returncode, done.stdout, done.stderr.decode())
        trial.expect(answer == run(*arguments), options, arguments, answer)
    return trial


def _zipped() -> Trial:
    trial = Trial("the package in a zip file, imported from it, and as a zipapp")
    with folder() as here:
        archive = here / "govmap.zip"
        with zipfile.ZipFile(archive, "w") as zipped:
            for path in sorted(PACKAGE.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    zipped.write(path, Path("govmap") / path.relative_to(PACKAGE))
            if not (PACKAGE / "data").exists():  # a checkout, whose data stand at its root
                for path in (PACKAGE.parents[1] / "data").iterdir():
                    zipped.write(path, Path("govmap") / "data" / path.name)
            zipped.writestr("__main__.py", "import sys\nfrom govmap.cli import main\nsys.exit(main())\n")
        for arguments in _calls():
            right = run(*arguments)
            for way in (("-m", "govmap"), (str(archive),)):
                command = (sys.executable, *way, *arguments)
                env = environment(PYTHONPATH=str(archive))
                done = subprocess.run(command, capture_output=True, env=env, timeout=LONGEST, check=False)
                answer = Answer(done.returncode, done.stdout, done.stderr.decode())
                trial.expect(answer == right, way, arguments, answer)
    return trial


def _deleted_folder(extent: Extent) -> Trial:
    trial = Trial("a current folder that was deleted")
    for arguments in extent.of(
        [*_calls(), ("list", "-o", "x.csv"), ("list", "--data", "x"), ("export", "sqlite", "x")]
    ):
        script = 'd=$(mktemp -d) && cd "$d" && rmdir "$d" && "$@"'
        answer = run(*arguments, before=("sh", "-c", script, "sh"))
        fails = any(word in arguments for word in ("-o", "--data", "sqlite"))
        trial.expect(answer.flaw() is None and answer.code in ((2, 3) if fails else (0,)), arguments, answer)
    return trial
