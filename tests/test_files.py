"""Files are written whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from govmap import files
from govmap.errors import DataError, UsageError
from govmap.files import replacing


def test_a_new_file_is_put_in_its_place_with_nothing_beside_it(tmp_path: Path) -> None:
    with replacing(tmp_path / "a.csv") as new:
        new.write_text("one", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "one"


def test_a_failure_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="half way"), replacing(old) as new:
        new.write_text("ne", encoding="utf-8")
        raise ValueError("half way")
    assert old.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_the_permissions_of_an_older_file_are_kept(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.touch()
    old.chmod(0o640)
    with replacing(old) as new:
        new.write_text("new", encoding="utf-8")
    assert old.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    """Also where the user is the system's own, whom no permission stops."""
    old, folder = tmp_path / "a.csv", tmp_path / "made"
    old.write_text("mine", encoding="utf-8")
    old.chmod(0o444)
    with pytest.raises(DataError, match=r'Cannot write ".*a.csv": it is read-only'), replacing(old):
        pytest.fail("nothing may be written")
    folder.mkdir()
    (folder / "b.csv").touch(0o444)
    with pytest.raises(DataError, match=r'b.csv": it is read-only'), replacing(folder, folder=True, over=["b.csv"]):
        pytest.fail("nothing may be written")
    assert old.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "made"]


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").touch()
    (tmp_path / "link.csv").symlink_to("real.csv")
    with replacing(tmp_path / "link.csv") as new:
        new.write_text("new", encoding="utf-8")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"


def test_a_folder_is_refused_where_a_file_is_meant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"), replacing(tmp_path):
        pytest.fail("nothing may be written")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"), replacing(tmp_path / "no" / "a.csv"):
        pytest.fail("nothing may be written")


def test_a_folder_takes_the_place_of_none_or_of_an_empty_one_alone(tmp_path: Path) -> None:
    for name in ("new", "empty"):
        if name == "empty":
            (tmp_path / name).mkdir()
        with replacing(tmp_path / name, folder=True) as new:
            new.mkdir()
            (new / "a.csv").touch()
        assert [path.name for path in (tmp_path / name).iterdir()] == ["a.csv"]
    with pytest.raises(UsageError, match="exists already"), replacing(tmp_path / "new", folder=True):
        pytest.fail("nothing may be written")


@pytest.mark.parametrize("one_step", [True, False])
def test_a_folder_takes_the_place_of_an_older_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    if not one_step:  # as on a system that cannot let two folders change places
        monkeypatch.setattr("govmap.files._exchange", lambda _one, _other: False)
    place = tmp_path / "it"
    place.mkdir()
    (place / "old.csv").touch()
    with replacing(place, folder=True, over=["old.csv"]) as new:
        new.mkdir()
        (new / "new.csv").touch()
        assert [path.name for path in place.iterdir()] == ["old.csv"]
    assert [path.name for path in place.iterdir()] == ["new.csv"]
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.skipif(sys.platform != "linux", reason="needs renameat2")
def test_two_folders_change_places_in_one_step_where_the_disk_can(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert files._exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()
    assert not files._exchange(tmp_path / "one", tmp_path / "none")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this platform has no /dev/full")
def test_devices_are_written_to_and_a_full_disk_is_an_error() -> None:
    with replacing(Path("/dev/null")) as new:
        new.write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match="No space left"), replacing(Path("/dev/full")) as new:
        new.write_text("x", encoding="utf-8")
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this platform has no /dev/fd")
def test_a_pipe_is_written_to() -> None:
    reader, writer = os.pipe()
    with replacing(Path(f"/dev/fd/{writer}")) as new:
        new.write_text("one", encoding="utf-8")
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        assert pipe.read() == "one"
