"""What holds of every kind of export: the same dataset gives the same bytes, in a file and on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Call, content

import govmap
from govmap.export.kinds import KINDS, PROJECTIONS, load_writer

# DuckDB puts identifiers into its files that it draws anew.
STABLE = [name for name, kind in KINDS.items() if kind.extra != "duckdb"]
TEXTS: list[tuple[str, str | None]] = [(name, None) for name, kind in KINDS.items() if kind.text]
PROJECTED: list[tuple[str, str | None]] = [(name, PROJECTIONS[-1]) for name, kind in KINDS.items() if kind.projects]


@pytest.mark.parametrize("kind", STABLE)
def test_the_same_dataset_gives_the_same_bytes_and_no_day_of_writing(
    invented: govmap.Atlas, tmp_path: Path, kind: str
) -> None:
    for name in ("first", "second"):
        load_writer(kind)(invented, tmp_path / name)
    first = content(tmp_path / "first")
    assert content(tmp_path / "second") == first
    if KINDS[kind].text:
        assert b"\r" not in first[""]
        assert b"lastmodified" not in first[""]


@pytest.mark.parametrize(("kind", "project"), TEXTS + PROJECTED)
def test_a_file_and_the_screen_hold_the_same(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, invented: govmap.Atlas, kind: str, project: str | None
) -> None:
    monkeypatch.setattr("govmap.cli.commands.export.open_atlas", lambda *_: invented.at("2022"))
    path, options = tmp_path / "here", ("--project", project) if project else ()
    assert call("export", kind, str(path), *options) == (0, "", "")
    assert call("export", kind, *options) == (0, path.read_text(encoding="utf-8"), "")
