"""`govmap export` as a whole: every kind to a file or a folder, and the ways in which it can fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Call

import govmap
from govmap.export.kinds import KINDS

INVENTED = str(Path(__file__).parents[1] / "data" / "invented")


@pytest.fixture(autouse=True)
def _opened(invented: govmap.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every call in this process the invented dataset, which need not be read again."""
    monkeypatch.setattr("govmap.cli.commands.export.open_atlas", lambda *_: invented)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_with_nothing_beside_it(call: Call, tmp_path: Path, kind: str) -> None:
    answer = call("export", kind, str(tmp_path / "new"))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert (tmp_path / "new").is_dir() == KINDS[kind].folder


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.folder])
def test_a_folder_that_is_not_empty_is_refused_and_left_alone(call: Call, tmp_path: Path, kind: str) -> None:
    (tmp_path / "old.txt").write_text("mine", encoding="utf-8")
    answer = call("export", kind, str(tmp_path))
    assert answer.code == 2
    assert "exists already; name a folder that does not, or an empty one" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_that_cannot_be_written_is_told(call: Call, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").touch()
    answer = call("export", kind, str(tmp_path / "no" / "new"))
    assert (answer.code, answer.out) == (2, "")
    assert "There is no folder" in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no /dev/full")
@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not kind.folder])
def test_a_full_disk_is_told(call: Call, kind: str) -> None:
    answer = call("export", kind, "/dev/full")
    assert answer.code == 3
    assert "Cannot write" in answer.err


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX limits of the size of a file")
def test_a_disk_that_fills_half_way_leaves_nothing(tmp_path: Path) -> None:
    limited = (
        "import functools, importlib, resource, signal, sys\n"
        "from govmap.cli import main\n"
        "from govmap.export.kinds import KINDS, load_writer\n"
        "command = importlib.import_module('govmap.cli.commands.export')\n"
        "command.open_atlas = functools.cache(command.open_atlas)\n"
        "list(map(load_writer, KINDS))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "for kind in KINDS:\n"
        "    print(kind, main(['export', kind, sys.argv[1], '--data', sys.argv[2]]))\n"
    )
    done = run(limited, str(tmp_path / "new"), INVENTED)
    assert done.stdout.splitlines() == [f"{kind} 3" for kind in KINDS]
    assert [line[:19] for line in done.stderr.splitlines()] == ["Error: Cannot write"] * len(KINDS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_an_extra_that_is_not_installed_is_named(tmp_path: Path, kind: str) -> None:
    blocked = "import sys; sys.modules['duckdb'] = None; from govmap.cli import main; sys.exit(main(sys.argv[1:]))"
    done = run(blocked, "export", kind, str(tmp_path / "new"))
    message = f"Error: export {kind} needs duckdb, which is not installed. Try: pip install 'govmap[duckdb]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert list(tmp_path.iterdir()) == []


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run *program* in a Python of its own."""
    command = (sys.executable, "-c", program, *arguments)
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)


def test_what_is_not_text_needs_a_path(call: Call) -> None:
    answer = call("export", "csv")
    assert answer.code == 2
    assert answer.err == "Error: csv is not text; name where to write it. Try: govmap export csv govmap-csv\n"
