from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govmap.dataset import Loaded, cache, load, own
from govmap.dataset.store import Stored, pack, unpack

Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(name="kept")
def _kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache, used as where govmap is installed from a wheel."""
    folder = tmp_path_factory.mktemp("cache") / "govmap"
    monkeypatch.setenv("GOVMAP_CACHE", str(folder))
    monkeypatch.setattr(own, "is_compiled", lambda: True)
    return folder


@pytest.fixture(name="not_parsed")
def _not_parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the next reading of the files fail the test."""
    return lambda: monkeypatch.setattr("govmap.dataset.parse.parse", lambda *_: pytest.fail("the files were parsed"))


def test_the_second_call_reads_what_the_first_kept(
    kept: Path, write: Write, valid: str, not_parsed: Callable[[], None]
) -> None:
    folder = write({"mechanisms.yaml": valid})
    first = load(folder)
    assert len(list(kept.iterdir())) == 1
    not_parsed()
    second = load(folder)
    assert isinstance(second, Stored)
    assert second == first
    assert second.register == first.register


@pytest.mark.parametrize("file", ["mechanisms.yaml", "themes.yaml"])
def test_a_changed_file_is_read_anew(kept: Path, write: Write, valid: str, file: str) -> None:
    files: dict[str, str | bytes] = {"mechanisms.yaml": valid, "themes.yaml": "themes: [{id: x, preferred: {en: X}}]\n"}
    load(write(files))
    changed = load(write({file: str(files[file]).replace("X}", "Z}").replace("Test", "Tost")}))
    assert "Tost" in changed.dataset.about.title or changed.dataset.themes[-1].preferred["en"] == "Z"
    assert len(list(kept.iterdir())) == 2


def test_another_version_or_other_bundled_data_have_keys_of_their_own(write: Write, valid: str) -> None:
    files = {"mechanisms.yaml": valid.encode()}
    keys = {own._key(files, {"a": b"1"}), own._key(files, {"a": b"2"}), own._key({}, {"a": b"1"})}
    assert len(keys) == 3


@pytest.mark.parametrize("damage", [b"", b"x", b"\x97\xa0\x00"])
def test_a_damaged_snapshot_is_made_anew(kept: Path, write: Write, valid: str, damage: bytes) -> None:
    folder = write({"mechanisms.yaml": valid})
    first = load(folder)
    (snapshot,) = kept.iterdir()
    whole = snapshot.read_bytes()
    snapshot.write_bytes(damage)
    assert load(folder) == first
    assert snapshot.read_bytes() == whole


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 2**20), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_snapshot_never_gives_other_data(small: tuple[Loaded, bytes], at: int, bit: int, cut: bool) -> None:
    loaded, content = small
    at %= len(content)
    damaged = content[:at] if cut else content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :]
    found = unpack(damaged, "key")
    assert found is None or found == loaded


@pytest.fixture(name="small", scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, bytes]:
    from tests.dataset.conftest import VALID  # noqa: PLC0415 - a module of tests is no package until it is run

    path = tmp_path_factory.mktemp("small") / "mechanisms.yaml"
    path.write_text(VALID)
    loaded = load(path)
    return loaded, pack(loaded, "key")


@pytest.mark.parametrize("off", ["off", "OFF", " no ", "0", "false"])
def test_nothing_is_kept_where_that_is_asked_for(
    kept: Path, write: Write, valid: str, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMAP_CACHE", off)
    assert cache.folder() is None
    load(write({"mechanisms.yaml": valid}))
    assert not kept.exists()


def test_a_checkout_keeps_nothing(kept: Path, write: Write, valid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "is_compiled", lambda: False)
    load(write({"mechanisms.yaml": valid}))
    assert not kept.exists()


def test_a_cache_that_cannot_be_written_is_done_without(
    write: Write, valid: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path_factory.mktemp("full") / "a file in the place of the folder"
    file.write_text("mine")
    monkeypatch.setattr(own, "is_compiled", lambda: True)
    for place in (file, file / "below"):
        monkeypatch.setenv("GOVMAP_CACHE", str(place))
        assert load(write({"mechanisms.yaml": valid})).dataset.about.title == "Test"
    assert file.read_text() == "mine"


def test_a_failed_writing_leaves_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        cache.put("key", b"content")
    assert list(kept.iterdir()) == []


def test_the_oldest_snapshots_go_and_so_does_what_a_killed_process_left(kept: Path) -> None:
    kept.mkdir()
    for number in range(12):
        path = kept / f"govmap-{number}{cache.ENDING}"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    for name in (".govmap-old.0", ".govmap-new.0"):
        (kept / name).mkdir()
        (kept / name / "half").write_bytes(b"half")
    os.utime(kept / ".govmap-old.0", (0, time.time() - cache.STRAY - 60))
    cache.put("new", b"content")
    left = {path.name for path in kept.iterdir()}
    assert left == {"govmap-new.snapshot", ".govmap-new.0", *(f"govmap-{number}.snapshot" for number in range(5, 12))}


def test_nothing_of_anybody_else_is_taken_away(kept: Path) -> None:
    """GOVMAP_CACHE may name a folder that holds other things."""
    kept.mkdir()
    for name in ("letter.txt", *(f"{number}.snapshot" for number in range(12))):
        (kept / name).write_bytes(b"mine")
        os.utime(kept / name, (0, 0))
    cache.put("new", b"content")
    assert len(list(kept.iterdir())) == 14


def test_what_cannot_be_taken_away_does_not_keep_the_rest(kept: Path) -> None:
    """A folder is no snapshot, though it be called one, and a file is not what a killed process leaves."""
    (kept / "govmap-4.snapshot").mkdir(parents=True)
    for number in range(12):
        path = kept / f"govmap-{number}{cache.ENDING}"
        if number != 4:
            path.write_bytes(b"")
        os.utime(path, (number, number))
    for number in range(5):
        (kept / f".govmap-folder.{number}").mkdir()
        (kept / f".govmap-file.{number}").write_bytes(b"mine")
        os.utime(kept / f".govmap-folder.{number}", (0, 0))
        os.utime(kept / f".govmap-file.{number}", (0, 0))
    cache.put("new", b"content")
    assert {path.name for path in kept.iterdir()} == {
        "govmap-new.snapshot",
        *(f"govmap-{number}.snapshot" for number in range(4, 12)),
        *(f".govmap-file.{number}" for number in range(5)),
    }


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_is_taken_away_by_its_own_age_and_what_it_leads_to_stays(kept: Path, tmp_path: Path) -> None:
    kept.mkdir()
    (tmp_path / "letter.txt").write_text("mine")
    (kept / "govmap-link.snapshot").symlink_to(tmp_path / "letter.txt")
    os.utime(kept / "govmap-link.snapshot", (0, 0), follow_symlinks=False)
    for number in range(1, 9):
        path = kept / f"govmap-{number}{cache.ENDING}"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    cache.put("new", b"content")
    left = {path.name for path in kept.iterdir()}
    assert left == {"govmap-new.snapshot", *(f"govmap-{number}.snapshot" for number in range(2, 9))}
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_the_folder_is_made_for_its_owner_alone(kept: Path) -> None:
    cache.put("key", b"content")
    assert cache.get("key") == b"content"
    assert kept.stat().st_mode & 0o777 == 0o700


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GOVMAP_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert cache.folder() == "/elsewhere/govmap"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache.folder() == f"{tmp_path}/.cache/govmap"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache.folder() == f"{tmp_path}/.cache/govmap"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache.folder() == f"{tmp_path}/Library/Caches/govmap"
    monkeypatch.setenv("HOME", str(tmp_path / "no home"))
    assert cache.folder() is None


def test_the_folder_on_windows_is_where_it_keeps_what_stays_on_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GOVMAP_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/elsewhere")
    assert cache.folder() == "/elsewhere/govmap"
    monkeypatch.delenv("LOCALAPPDATA")
    assert cache.folder() == f"{tmp_path}/AppData/Local/govmap"


def test_nothing_is_kept_under_a_home_that_depends_on_where_one_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "home")
    monkeypatch.setattr(sys, "platform", "linux")
    for variable in ("GOVMAP_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert cache.folder() is None


LOAD = """
import sys
from govmap.dataset import load, own
own.is_compiled = lambda: True
print(len(load(sys.argv[1]).dataset.mechanisms))
"""


def test_many_processes_at_once_on_a_cold_cache_all_get_the_data(kept: Path, write: Write, valid: str) -> None:
    call = [sys.executable, "-c", LOAD, str(write({"mechanisms.yaml": valid}))]
    running = [subprocess.Popen(call, stdout=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [b"1"] * 4
    assert [path.name.endswith(cache.ENDING) for path in kept.iterdir()] == [True]
