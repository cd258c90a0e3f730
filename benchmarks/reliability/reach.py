"""Part `reach`: which files a call opens, that it never asks the network, and what its source never does."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reliability.hostile import dataset
from benchmarks.reliability.program import GOOD, NEED, every_command
from benchmarks.reliability.trial import LONGEST, Extent, Trial, environment, folder, run

import govmap
from govmap.export.kinds import KINDS

PACKAGE = Path(govmap.__file__).parent
# Runs a call and tells, as JSON on standard error, what Python's audit hooks (PEP 578) saw of it.
WATCH = """
import json, os, sys
seen = []
WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove",
    "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "shutil.", "tempfile.", "urllib.",
    "http.", "ftplib.", "smtplib.", "webbrowser.", "pickle.find_class", "marshal.loads", "ctypes.dlopen", "sqlite3.connect")
def hook(event, arguments):
    if event.startswith(WATCHED) and not over:
        seen.append((event, [repr(one) if not isinstance(one, (str, int, type(None))) else one for one in arguments]))
over = []
sys.addaudithook(hook)
from govmap.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
over.append(True)
sys.stderr.write(json.dumps({"code": code, "seen": seen}))
"""
NEVER_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "urllib.", "http.",
    "ftplib.", "smtplib.", "webbrowser.", "pickle.find_class")  # fmt: skip
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "dill", "socket", "ssl", "http", "urllib", "requests", "ftplib", "smtplib",
    "subprocess", "ctypes", "webbrowser", "multiprocessing", "code", "runpy"}  # fmt: skip
ALLOWED = {"files.py": {"ctypes"}}  # to let two folders change places in one step, which no module of Python offers
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "input", "breakpoint"}
NEVER_METHODS = {"system", "popen", "execv", "spawnl", "load_module", "unsafe_load", "full_load"}


def trials(extent: Extent) -> Iterator[Trial]:
    """Try them all."""
    with folder() as here:
        data = dataset(here / "data", "Text")
        yield _watched(extent, here, data)
        yield _links(here, data)
        yield _names_of_files(here)
    yield _without_network(extent)
    yield _source()


def _calls(here: Path) -> list[tuple[str, ...]]:
    data = str(here / "data")
    good = [tuple(word.replace("FOLDER", data) for word in GOOD[name]) for name in every_command()]
    own = [(*one, "--data", data) for one in good if one[0] not in ("schema", "completion", *NEED)]
    written = [("list", "-o", str(here / f"a.{form}")) for form in ("csv", "xlsx", "html")]
    exports = [("export", kind, str(here / f"b.{kind}")) for kind in KINDS]
    return [
        *good,
        *own,
        *written,
        *exports,
        ("country", "Ecuadr"),
        ("country", "Atlantis"),
        ("--help",),
        ("--version",),
    ]


def _watched(extent: Extent, here: Path, data: Path) -> Trial:
    trial = Trial("calls watched by an audit hook: no socket, no process; read: the package, Python and its packages, the"
                  " data that was named; written: the file that was named, the cache, the folder for temporary files")  # fmt: skip
    cache = here / "cache"
    (here / "temporary").mkdir()
    for arguments in extent.of(_calls(here)):
        command = (sys.executable, "-c", WATCH, *arguments)
        env = environment(GOVMAP_CACHE=str(cache), TMPDIR=str(here / "temporary"), PYTHONDONTWRITEBYTECODE="1")
        done = subprocess.run(command, capture_output=True, env=env, timeout=LONGEST, check=False, cwd=here)
        told = json.loads(done.stderr.decode().rpartition("\n")[2])
        for event, given in told["seen"]:
            trial.expect(_is_asked_for(event, given, arguments, here), arguments, event, given)
    return trial


def _is_asked_for(event: str, given: list[object], arguments: tuple[str, ...], here: Path) -> bool:
    if event.startswith(NEVER_EVENTS):
        return False
    if event != "open" or not isinstance(given[0], str):
        return True
    place = os.path.realpath(given[0])
    mode, flags = given[1], given[2] if len(given) > 2 and isinstance(given[2], int) else 0
    writes = (isinstance(mode, str) and any(letter in mode for letter in "wax+")) or bool(
        flags & (os.O_WRONLY | os.O_RDWR)
    )
    named = [os.path.realpath(word) for word in arguments if os.sep in word]
    cached = place.startswith((str(here / "cache"), str(here / "temporary")))
    if writes:
        parents = {os.path.dirname(one) for one in named if not one.startswith(str(here / "data"))}
        return cached or place == os.devnull or any(place.startswith(parent) for parent in parents)
    installed = (sys.prefix, sys.base_prefix, os.path.dirname(PACKAGE), *(one for one in sys.path if one))
    system = place in (os.devnull, "/etc/mime.types") or place.startswith(
        ("/proc/", "/usr/share/zoneinfo", "/usr/lib", "/sys/")
    )
    unfinished = [os.path.join(os.path.dirname(one), f".{os.path.basename(one)}.") for one in named]  # it is removed
    read = place.startswith((*map(os.path.realpath, installed), *named, *unfinished, str(PACKAGE.parents[1])))
    return cached or system or read


def _links(here: Path, data: Path) -> Trial:
    trial = Trial(
        "links in a data folder that lead out of it, around in it, to a device or a pipe: refused in words, never read"
    )
    secret = here / "secret.yaml"
    secret.write_text(
        "about: {title: THE SECRET, version: '1', reference_date: '2020'}\nmechanisms: []\n", encoding="utf-8"
    )
    for name in (
        "mechanisms.yaml",
        "themes.yaml",
        "sources.yaml",
        "countries.csv",
        "country_aliases.csv",
        "words.yaml",
    ):
        for target in (str(secret), "../secret.yaml", "/etc/passwd", "/dev/zero", "/proc/self/environ", "..", name):
            linked = here / "linked"
            linked.mkdir()
            for path in data.iterdir():
                (linked / path.name).write_bytes(path.read_bytes())
            (linked / name).unlink(missing_ok=True)
            (linked / name).symlink_to(target)
            answer = run("list", "--data", str(linked))
            around = target == name and name != "mechanisms.yaml"
            refused = answer.code == 3 and ("leads out of the folder" in answer.err or "not a file" in answer.err)
            clean = answer.flaw() is None and "SECRET" not in answer.err + answer.text and "root:" not in answer.err
            trial.expect(clean and (refused or around), name, target, answer)
            for path in linked.iterdir():
                path.unlink()
            linked.rmdir()
    return trial


def _names_of_files(here: Path) -> Trial:
    trial = Trial("values of the data that name files, addresses and Python objects: shown as text, nothing opened")
    for text in (
        "!include /etc/passwd",
        "file:///etc/passwd",
        "@/etc/passwd",
        "../../../../etc/passwd",
        "${/etc/passwd}",
    ):
        data = dataset(here / "named", text)
        answer = run("mechanism", "A", "--data", str(data), "--json")
        trial.expect(answer.code == 0 and text in answer.text and "root:" not in answer.text, text, answer)
    about = "about: {title: T, version: '1', reference_date: '2020'}\nmechanisms: "
    for value in ("!!python/object/apply:os.system [id]", "!include /etc/passwd", "&a [*a]", "!!python/name:os.system"):
        (here / "named" / "mechanisms.yaml").write_text(about + value + "\n", encoding="utf-8")
        answer = run("list", "--data", str(here / "named"))
        trial.expect(answer.code == 3 and answer.flaw() is None and "uid=" not in answer.err, value, answer)
    return trial


def _without_network(extent: Extent) -> Trial:
    trial = Trial("every command where there is no network at all (`unshare --net`): the same answers")
    unshared = ("unshare", "--net")
    try:
        possible = run("--version", before=unshared).code == 0
    except FileNotFoundError:
        possible = False
    if not possible:
        trial.seen = "not tried: needs unshare and root"
        return trial
    with folder() as here:
        dataset(here / "data", "Text")
        for arguments in extent.of([one for one in _calls(here) if not {"-o", "export"} & set(one)]):
            trial.expect(run(*arguments, before=unshared) == run(*arguments), arguments)
    return trial


def _source() -> Trial:
    trial = Trial(
        "lines of the package that could run data: no pickle, marshal, eval, exec, sockets or processes in its source"
    )
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported = {alias.name.partition(".")[0] for alias in node.names} - ALLOWED.get(path.name, set())
                trial.expect(not imported & NEVER_IMPORTED, path, node.lineno, *imported)
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                harmless = module == "urllib.parse"  # which only takes addresses apart
                trial.expect(harmless or module.partition(".")[0] not in NEVER_IMPORTED, path, node.lineno)
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "id", None)
                method = getattr(node.func, "attr", None)
                trial.expect(name not in NEVER_CALLED and method not in NEVER_METHODS, path, node.lineno)
    return trial
