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


@pytest.mark.parametrize("off", ["off", "OFF", " no ", "0"])
def test_nothing_is_kept_where_that_is_asked_for(
    kept: Path, write: Write, valid: str, off: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMAP_CACHE", off)
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


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GOVMAP_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert cache.folder() == "/elsewhere/govmap"
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache.folder() == f"{tmp_path}/.cache/govmap"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache.folder() == f"{tmp_path}/Library/Caches/govmap"
    monkeypatch.setenv("HOME", str(tmp_path / "no home"))
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
