"""`govmap export` as a whole: every kind to a file or a folder, and the ways in which it can fail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.conftest import Call, content

import govmap
from govmap.errors import UsageError
from govmap.export.kinds import KINDS

WRITTEN = [name for name, kind in KINDS.items() if not kind.extra or find_spec(kind.extra)]
INVENTED = str(Path(__file__).parents[1] / "data" / "invented")


@pytest.fixture(autouse=True)
def _opened(invented: govmap.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every call in this process the invented dataset, which need not be read again."""
    monkeypatch.setattr("govmap.cli.commands.export.open_atlas", lambda *_: invented)


@pytest.mark.parametrize("kind", WRITTEN)
def test_every_kind_is_written_with_nothing_beside_it(call: Call, tmp_path: Path, kind: str) -> None:
    answer = call("export", kind, str(tmp_path / "new"))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert (tmp_path / "new").is_dir() == KINDS[kind].folder


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_export_replaces_what_an_export_of_its_kind_wrote(
    call: Call, tmp_path: Path, kind: str, atlas: govmap.Atlas, invented: govmap.Atlas
) -> None:
    """Also of another dataset."""
    before = invented.at("2019") if kind == "site" else atlas  # the bundled site takes its time
    for project in (None, "countries") if KINDS[kind].projects else (None,):
        before.export(kind, tmp_path / "old", project=project)
        invented.export(kind, tmp_path / "new", force=True)
        assert call("export", kind, str(tmp_path / "old")).code == 0
        # DuckDB does not write the same bytes twice; a site words the calls on its pages as its writer types them.
        same = kind not in ("duckdb", "parquet", "site")
        assert (content(tmp_path / "old") == content(tmp_path / "new")) or not same


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_no_export_wrote_is_replaced_only_with_force(
    call: Call, tmp_path: Path, kind: str, invented: govmap.Atlas
) -> None:
    mine = tmp_path / "mine"
    if KINDS[kind].folder:
        mine.mkdir()
        (mine / ("index.html" if kind == "site" else f"about.{kind}")).write_text("mine", encoding="utf-8")
    else:
        mine.write_text('{"about": {"title": "mine"}}', encoding="utf-8")
    before = content(mine)
    answer = call("export", kind, str(mine))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith('Error: "')
    assert answer.err.endswith(
        f'mine" exists already, and `export {kind}` did not write it. Try: --force, which replaces it\n'
    )
    assert content(mine) == before
    with pytest.raises(UsageError, match="did not write it"):
        invented.export(kind, mine)
    assert call("export", kind, str(mine), "--force").code == 0
    assert content(mine) != before
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if not KINDS[kind].folder])
def test_an_empty_file_is_nothing_that_could_be_lost(call: Call, tmp_path: Path, kind: str) -> None:
    (tmp_path / "new").touch()
    assert call("export", kind, str(tmp_path / "new")).code == 0
    assert (tmp_path / "new").stat().st_size > 0


def test_a_dataset_that_somebody_wrote_as_json_is_no_export(call: Call, tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text('{\n  "about": {\n    "title": "Own"\n  },\n  "mechanisms": []\n}\n', encoding="utf-8")
    assert call("export", "json", str(own)).code == 2
    call("export", "json", str(tmp_path / "new"))
    edited = (tmp_path / "new").read_text(encoding="utf-8").replace('"about": {', '"about":\n  {', 1)
    (tmp_path / "new").write_text(edited, encoding="utf-8")
    assert call("export", "json", str(tmp_path / "new")).code == 2


@pytest.mark.parametrize("kind", [kind for kind in ("sqlite", "duckdb", "xlsx") if kind in WRITTEN])
def test_an_export_to_which_somebody_added_something_is_theirs(
    call: Call, tmp_path: Path, kind: str, invented: govmap.Atlas
) -> None:
    path = tmp_path / f"a.{kind}"
    invented.export(kind, path)
    if kind == "xlsx":
        book = openpyxl.load_workbook(path)
        book.save(path)
    else:
        connect: Any = (sqlite3 if kind == "sqlite" else pytest.importorskip("duckdb")).connect
        with closing(connect(path)) as database:
            database.execute("CREATE VIEW mine AS SELECT 1 AS one")
    before = path.read_bytes()
    assert call("export", kind, str(path)).code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if KINDS[kind].folder])
def test_a_folder_with_other_files_is_left_alone_whatever_is_asked(call: Call, tmp_path: Path, kind: str) -> None:
    (tmp_path / "mine").mkdir()
    call("export", kind, str(tmp_path / "made"))
    for place in (tmp_path / "mine", tmp_path / "made"):
        (place / "old.txt").write_text("mine", encoding="utf-8")
        before = content(place)
        for force in ((), ("--force",)):
            answer = call("export", kind, str(place), *force)
            assert (answer.code, "name another folder" in answer.err) == (2, True)
        assert content(place) == before


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_read_only_export_is_not_replaced_even_with_force(call: Call, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "new"
    call("export", kind, str(path))
    before = content(path)
    (path / "about.csv" if kind == "csv" else path).chmod(0o444)
    answer = call("export", kind, str(path), "--force")
    assert (answer.code, answer.err.rpartition(": ")[2]) == (3, "it is read-only\n")
    assert content(path) == before


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_place_that_cannot_be_written_is_told(call: Call, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").touch()
    answer = call("export", kind, str(tmp_path / "no" / "new"))
    assert (answer.code, answer.out) == (2, "")
    assert "There is no folder" in answer.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no /dev/full")
@pytest.mark.parametrize("kind", [kind for kind in WRITTEN if not KINDS[kind].folder])
def test_a_full_disk_is_told(call: Call, kind: str) -> None:
    answer = call("export", kind, "/dev/full")
    assert answer.code == 3
    assert "Cannot write" in answer.err


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX limits of the size of a file")
def test_a_disk_that_fills_half_way_leaves_nothing(tmp_path: Path) -> None:
    limited = (
        "import functools, importlib, resource, signal, sys\n"
        "from govmap.cli import main\n"
        "from govmap.export.kinds import load_writer\n"
        "command = importlib.import_module('govmap.cli.commands.export')\n"
        "command.open_atlas = functools.cache(command.open_atlas)\n"
        f"kinds = {WRITTEN}\n"
        "list(map(load_writer, kinds))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))\n"
        "for kind in kinds:\n"
        "    print(kind, main(['export', kind, sys.argv[1], '--data', sys.argv[2]]))\n"
    )
    done = run(limited, str(tmp_path / "new"), INVENTED)
    assert done.stdout.splitlines() == [f"{kind} 3" for kind in WRITTEN]
    assert [line[:19] for line in done.stderr.splitlines()] == ["Error: Cannot write"] * len(WRITTEN)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["duckdb", "parquet"])
def test_an_extra_that_is_not_installed_is_named(tmp_path: Path, kind: str) -> None:
    blocked = "import sys; sys.modules['duckdb'] = None; from govmap.cli import main; sys.exit(main(sys.argv[1:]))"
    done = run(blocked, "export", kind, str(tmp_path / "new"))
    message = f"Error: export {kind} needs duckdb, which is not installed. Try: pip install 'govmap[duckdb]"
    assert (done.returncode, done.stdout, done.stderr[: len(message)]) == (2, "", message)
    assert list(tmp_path.iterdir()) == []


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run *program* in a Python of its own."""
    command = (sys.executable, "-c", program, *arguments)
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)


def test_what_is_not_text_needs_a_path(call: Call) -> None:
    answer = call("export", "csv")
    assert answer.code == 2
    assert answer.err == "Error: csv is not text; say where to write it. Try: govmap export csv govmap-csv\n"
