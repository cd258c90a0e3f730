"""Homes, caches, rights, environments and ways to start Python that are not as usual."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.reliability.commands import EXAMPLES, write_files
from benchmarks.reliability.runner import GOVMAP, Trial, expect_clean, run

import govmap

PACKAGE = Path(govmap.__file__).parent
OWN_DATA = ("country", "Peru", "--json", "--data", "our-data")
CALLS = [("country", "Curaçao"), ("list", "sources", "--format", "csv"), ("country", "Atlantis"), OWN_DATA]
PLACES = ("", "relative", "~", "/nowhere", "/proc/x", "/dev/null", "memberships.csv", "memberships.csv/x", "x" * 5000)
IN_HOME = ("-u", "GOVMAP_CACHE", "-u", "XDG_CACHE_HOME", "HOME=/nowhere")
ENVIRONMENTS: list[tuple[str, ...]] = [  # words of the program `env`
    *((f"GOVMAP_CACHE={place}",) for place in PLACES),
    *((*IN_HOME, f"HOME={place}") for place in PLACES),
    *((*IN_HOME, f"XDG_CACHE_HOME={place}") for place in PLACES),
    *(("-u", "LC_ALL", "LANG=C"), ("LC_ALL=xx_XX.nonsense",), ("TMPDIR=/nowhere", "PATH=", "PYTHONDEVMODE=1")),
    *((f"TERM={term}",) for term in ("dumb", "", "nonsense", "xterm-256color")),
    *((f"TZ={zone}",) for zone in ("Pacific/Kiritimati", "nonsense", "", "<+99>-99")),
    ("FORCE_COLOR=1", "CLICOLOR_FORCE=1", "TTY_COMPATIBLE=1", "LINES=0"),
    ("PYTHONPATH=archive.zip",),  # with the package in it
]
INTERPRETER = (("-I",), ("-E",), ("-s",), ("-B",), ("-O",), ("-OO",), ("-X", "dev", "-W", "error"), ("-u",))
DELETED_FOLDER = ("sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', "sh", *GOVMAP)
NO_NETWORK = ("unshare", "--net", *GOVMAP)
NO_RIGHTS = [
    *(("list", "-o", target) for target in ("locked/new.csv", "locked/old.csv", "secret/new.csv")),
    *(("export", kind, f"locked/{name}") for kind, name in (("sqlite", "old.csv"), ("json", "new"), ("csv", "new"))),
    *(("import", "memberships.csv", "--output", "locked/new"), ("import", "secret/table.csv")),
    *(("country", "Peru", "--data", data) for data in ("secret", "secret/data.yaml", "unreadable.yaml")),
]


def _surroundings(_: Random) -> list[tuple[Any, ...]]:
    programs = [("env", *words, *GOVMAP) for words in ENVIRONMENTS]
    programs += [(sys.executable, *options, "-m", "govmap") for options in INTERPRETER]
    cases = [(program, arguments) for program in programs for arguments in CALLS]
    cases += [(DELETED_FOLDER, arguments) for arguments in CALLS if arguments != OWN_DATA]
    may_unshare = os.geteuid() == 0 and shutil.which("unshare")
    return cases + [(NO_NETWORK, example) for example in EXAMPLES.values() if may_unshare]


def surroundings(program: tuple[str, ...], arguments: tuple[str, ...]) -> None:
    """Check that an answer is the same in other surroundings, and that the files there are left alone."""
    write_files()
    table, usual = Path("memberships.csv").read_bytes(), run(*arguments)
    if "PYTHONPATH=archive.zip" in program:
        shutil.make_archive("archive", "zip", PACKAGE.parent, PACKAGE.name)
    for _ in range(2):  # the second time there may be a cache
        answer = run(*arguments, program=program)
        assert answer == usual, answer
    assert Path("memberships.csv").read_bytes() == table, "a file was touched"


def missing_rights(*arguments: str) -> None:
    """Check that what may not be read or written is refused, and left as it is."""
    write_files()
    for folder in ("locked", "secret"):
        Path(folder).mkdir()
    Path("unreadable.yaml").touch()
    Path("locked/old.csv").write_text("old", encoding="utf-8")
    for name, mode in {"locked": 0o555, "secret": 0o000, "unreadable.yaml": 0o000}.items():
        Path(name).chmod(mode)
    # Root may do everything unless it gives that up.
    before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    answer = run(*arguments, program=(*before, *GOVMAP))
    expect_clean(answer, 2, 3)
    assert not answer.out, answer
    for folder in ("locked", "secret"):
        Path(folder).chmod(0o755)
    left = {str(path): path.read_text(encoding="utf-8") for path in Path().glob("[ls]*/*")}
    assert left == {"locked/old.csv": "old"}, left


TRIALS = (
    Trial("odd homes, caches, environments, options of Python, a zipped package, no network: the usual answer",
          _surroundings, surroundings),
    Trial("files and folders that may not be read or written: refused, and left as they are", lambda _: NO_RIGHTS,
          missing_rights),
)  # fmt: skip
