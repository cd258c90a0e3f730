from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dataset.conftest import VALID, Write, parsed

from govmap.dataset import bundled, cache, load, own
from govmap.dataset.store import SnapshotDataset, pack, unpack

MAIN = {"mechanisms.yaml": VALID}


@pytest.fixture(name="kept")
def _kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache, used as where govmap is installed from a wheel."""
    folder = tmp_path_factory.mktemp("cache") / "govmap"
    monkeypatch.setenv("GOVMAP_CACHE", str(folder))
    monkeypatch.setattr(own, "state", lambda: "bundled")
    return folder


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def key(number: int) -> str:
    """Return a key of the form that keys have."""
    return f"{number:040x}"


def snapshots(numbers: Iterable[int]) -> set[str]:
    return {f"govmap-{key(number)}.snapshot" for number in numbers}


def fill(folder: Path, numbers: Iterable[int]) -> None:
    """Make a snapshot for each of *numbers*, which is its age too: the higher, the newer."""
    folder.mkdir(exist_ok=True)
    for number in numbers:
        path = folder / f"govmap-{key(number)}.snapshot"
        path.write_bytes(b"")
        os.utime(path, (number, number))


def unfinished(number: int) -> str:
    """Return what the folder of an unfinished snapshot is called."""
    return f".govmap-{key(number)[:32]}.{number:012x}"


def test_the_second_call_reads_what_the_first_kept(kept: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({**MAIN})
    first = load(folder)
    assert len(names_in(kept)) == 1
    monkeypatch.setattr("govmap.dataset.parse.parse", lambda *_: pytest.fail("the files were parsed"))
    second = load(folder)
    assert isinstance(second, SnapshotDataset)
    assert (second, second.register) == (first, first.register)


def test_a_changed_file_is_read_anew(kept: Path, write: Write) -> None:
    load(write({**MAIN}))
    changed = load(write({"mechanisms.yaml": VALID.replace("Test", "Tost")}))
    assert "Tost" in changed.dataset.about.title
    assert len(names_in(kept)) == 2


def test_another_version_or_other_bundled_data_have_keys_of_their_own(kept: Path) -> None:
    files = {"mechanisms.yaml": b"x"}
    keys = {own._cache_key(*pair) for pair in ((files, "1"), (files, "2"), ({}, "1"))}
    assert len(keys) == 3
    assert own._cache_key(files, None) is None


@pytest.mark.parametrize("damage", [b"", b"x", b"\x97\xa0\x00"])
def test_a_damaged_snapshot_is_made_anew(kept: Path, write: Write, damage: bytes) -> None:
    folder = write({**MAIN})
    first = load(folder)
    (snapshot,) = kept.iterdir()
    whole = snapshot.read_bytes()
    snapshot.write_bytes(damage)
    assert load(folder) == first
    assert snapshot.read_bytes() == whole


def test_a_section_that_is_damaged_is_made_anew_when_it_is_read(kept: Path, write: Write) -> None:
    folder = write({**MAIN})
    first = load(folder)
    (snapshot,) = kept.iterdir()
    whole = snapshot.read_bytes()
    snapshot.write_bytes(whole[:-9] + b"\xff" * 9)
    assert load(folder) == first
    assert snapshot.read_bytes() == whole


SMALL = parsed({"mechanisms.yaml": VALID.replace("      - CHL\n", "      []\n")})
PACKED = pack(SMALL, "key")


@given(at=st.integers(0, len(PACKED) - 1), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_snapshot_never_gives_other_data(at: int, bit: int, cut: bool) -> None:
    rest = b"" if cut else bytes([PACKED[at] ^ (1 << bit)]) + PACKED[at + 1 :]
    loaded = unpack(PACKED[:at] + rest, "key", lambda: PACKED)
    assert loaded in (None, SMALL)


@pytest.mark.parametrize("off", ["off", "OFF", " no ", "0", "false"])
def test_nothing_is_kept_where_that_is_asked_for(
    kept: Path, write: Write, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMAP_CACHE", off)
    assert cache.folder() is None
    load(write({**MAIN}))
    assert not kept.exists()


def test_nothing_is_kept_while_the_bundled_data_may_be_changing(
    kept: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "state", lambda: None)
    load(write({**MAIN}))
    assert not kept.exists()


def test_a_cache_that_cannot_be_written_is_done_without(
    kept: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text("mine")  # a file in the place of the folder
    for place in (kept, kept / "below"):
        monkeypatch.setenv("GOVMAP_CACHE", str(place))
        assert load(write({**MAIN})).dataset.about.title == "Test"
    assert kept.read_text() == "mine"


def test_a_failed_writing_leaves_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        cache.put("key", b"content")
    assert names_in(kept) == set()


def test_the_oldest_snapshots_go_and_so_does_what_a_killed_process_left(kept: Path) -> None:
    fill(kept, range(12))
    for number in (1, 2, 3):
        (kept / unfinished(number)).mkdir()
        (kept / unfinished(number) / "content").write_bytes(b"half")
    (kept / unfinished(4)).mkdir()  # killed before it wrote anything
    (kept / unfinished(3) / "letter.txt").write_bytes(b"mine")
    for number in (1, 3, 4):
        os.utime(kept / unfinished(number), (0, time.time() - cache.STRAY_SECONDS - 60))
    cache.put(key(99), b"content")
    assert names_in(kept) == {unfinished(2), unfinished(3), *snapshots([99, *range(5, 12)])}
    assert (kept / unfinished(3) / "letter.txt").read_bytes() == b"mine"


def test_an_unfinished_snapshot_has_the_name_by_which_it_is_known(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed as it writes leaves what a later one removes."""
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    monkeypatch.setattr(Path, "replace", lambda *_: None)
    cache.put(key(1), b"content")
    (left,) = kept.iterdir()
    os.utime(left, (0, 0))
    cache._remove_old(str(kept))
    assert names_in(kept) == set()


def test_nothing_of_anybody_else_is_removed(kept: Path) -> None:
    """GOVMAP_CACHE may name a folder that holds other things, and what they are called may be near."""
    kept.mkdir()
    files = {"letter.txt", "govmap-paper", *(f"govmap-{number}.snapshot" for number in range(12)), unfinished(7)}
    folders = {"govmap-csv", "govmap-parquet", ".govmap-paper", ".govmap-paper.0123456789ab", *snapshots(range(3))}
    for name in files:
        (kept / name).write_bytes(b"mine")
    for name in folders:
        (kept / name).mkdir()
        (kept / name / "content").write_bytes(b"mine")
    for name in files | folders:
        os.utime(kept / name, (0, 0))
    fill(kept, range(3, 12))
    cache.put(key(99), b"content")
    assert names_in(kept) == {*files, *folders, *snapshots([99, *range(5, 12)])}
    assert {(kept / name / "content").read_bytes() for name in folders} == {b"mine"}


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_is_removed_by_its_own_age_and_what_it_leads_to_stays(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    (tmp_path / "content").write_text("mine")
    fill(kept, range(1, 9))
    (kept / f"govmap-{key(0)}.snapshot").symlink_to(tmp_path / "letter.txt")
    (kept / unfinished(0)).symlink_to(tmp_path)
    for name in (f"govmap-{key(0)}.snapshot", unfinished(0)):
        os.utime(kept / name, (0, 0), follow_symlinks=False)
    cache.put(key(99), b"content")
    assert names_in(kept) == {unfinished(0), *snapshots([99, *range(2, 9)])}
    assert names_in(tmp_path) >= {"letter.txt", "content"}


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_the_folder_is_made_for_its_owner_alone(kept: Path) -> None:
    cache.put("key", b"content")
    content = cache.get("key")
    assert content is not None
    assert bytes(content) == b"content"
    assert kept.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/govmap"),
        ("linux", {"XDG_CACHE_HOME": "not/absolute"}, "{home}/.cache/govmap"),
        ("linux", {}, "{home}/.cache/govmap"),
        ("linux", {"HOME": "."}, None),  # a home that depends on the working directory
        ("darwin", {}, "{home}/Library/Caches/govmap"),
        ("darwin", {"HOME": "/no home"}, None),
        ("win32", {"LOCALAPPDATA": "/elsewhere"}, "/elsewhere/govmap"),
        ("win32", {}, "{home}/AppData/Local/govmap"),
    ],
)
def test_the_folder_is_that_of_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, environment: dict[str, str], folder: str | None
) -> None:
    for variable in ("GOVMAP_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in {"HOME": str(tmp_path), **environment}.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.folder() == (folder and folder.format(home=tmp_path))


LOAD = """
import sys
from govmap.dataset import load, own
own.state = lambda: "bundled"
print(len(load(sys.argv[1]).dataset.mechanisms))
"""


def test_many_processes_at_once_on_a_cold_cache_all_get_the_data(kept: Path, write: Write) -> None:
    call = [sys.executable, "-c", LOAD, str(write({**MAIN}))]
    running = [subprocess.Popen(call, stdout=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [b"1"] * 3
    datasets = 2 if bundled._of_wheel() is None else 1  # in a checkout, the bundled data too are kept in the cache
    assert [name.endswith(cache.SUFFIX) for name in names_in(kept)] == [True] * datasets
