from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import govmap
from govmap.calls import Install
from govmap.dataset import LoadedDataset, bundled, load
from govmap.dataset.bundled import FILES, SNAPSHOT, bundled_files, fingerprint, load_bundled
from govmap.dataset.store import SnapshotDataset

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(name="snapshot", scope="module")
def _snapshot() -> bytes:
    """The snapshot of the bundled files."""
    return bundled.make_snapshot()


@pytest.fixture(name="installed")
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a package that is installed under tmp_path, with the files and without a snapshot."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, content in bundled_files().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    monkeypatch.setattr(bundled, "PACKAGE", str(tmp_path))
    monkeypatch.setattr(bundled, "CHECKOUT", str(tmp_path / "nowhere"))
    return folder


@pytest.fixture(name="no_parsing")
def _no_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a file is parsed."""

    def fail(_files: dict[str, bytes]) -> LoadedDataset:
        raise AssertionError("the files were parsed")

    monkeypatch.setattr(bundled, "_parse", fail)


def test_the_bundled_files_are_those_of_the_checkout_and_loading_no_path_loads_them(data: LoadedDataset) -> None:
    single = [f"mechanisms/{path.name}" for path in (DATA / "mechanisms").iterdir()]
    assert bundled_files() == {name: (DATA / name).read_bytes() for name in [*FILES, *single]}
    assert load(None) == load_bundled() == data
    covered = [m.id for m in data.dataset.mechanisms if (m.coverage, m.scope) == ("full", "note")]
    assert covered == ["CAM", "RCM", "SACM", "MIRPS", "RIAM", "LAD", "QUITO", "R4V"]


def age(folder: Path, seconds: float) -> None:
    """Set the times of the data files back, as an installation of some time ago has left them."""
    then = time.time() - seconds
    for name in bundled_files():
        os.utime(folder / name, (then, then))


def install(folder: Path, snapshot: bytes) -> None:
    """Write a snapshot as an installation does: after the files, which are not touched again."""
    age(folder, 60)
    (folder / SNAPSHOT).write_bytes(snapshot)
    os.utime(folder / SNAPSHOT, (time.time() - 59, time.time() - 59))


def test_without_a_snapshot_the_files_are_parsed(installed: Path, data: LoadedDataset) -> None:
    assert not (installed / SNAPSHOT).exists()
    assert load_bundled() == data


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_is_the_dataset_that_parsing_gives(installed: Path, snapshot: bytes, data: LoadedDataset) -> None:
    install(installed, snapshot)
    assert load_bundled() == data


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_that_was_installed_with_the_files_is_used_without_reading_them(
    installed: Path, snapshot: bytes, monkeypatch: pytest.MonkeyPatch, data: LoadedDataset
) -> None:
    install(installed, snapshot)
    monkeypatch.setattr(bundled, "bundled_files", lambda: pytest.fail("the files were read"))
    loaded = load_bundled()
    assert isinstance(loaded, SnapshotDataset)
    assert loaded.context.about == data.dataset.about


@pytest.mark.parametrize("moment", [-3600, 3600])
@pytest.mark.usefixtures("no_parsing")
def test_files_of_another_time_than_the_snapshot_are_told_by_what_they_hold(
    installed: Path, snapshot: bytes, data: LoadedDataset, moment: int
) -> None:
    """They may be copied, touched or set back."""
    install(installed, snapshot)
    age(installed, 60 + moment)
    assert load_bundled().context.about == data.dataset.about


@pytest.mark.parametrize("file", [*FILES, "mechanisms/RCM.yaml"])
@pytest.mark.parametrize("moment", [-3600, 0])
@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_of_other_files_is_not_used(installed: Path, snapshot: bytes, file: str, moment: int) -> None:
    """One byte differs, and neither the length of the file nor its name; it may have the time of an older file."""
    install(installed, snapshot)
    content = (installed / file).read_bytes()
    (installed / file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    if moment:
        os.utime(installed / file, (time.time() + moment, time.time() + moment))
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


@pytest.mark.usefixtures("no_parsing")
def test_a_file_of_another_size_is_seen_whatever_its_time(installed: Path, snapshot: bytes) -> None:
    install(installed, snapshot)
    at = (installed / FILES[0]).stat()
    with (installed / FILES[0]).open("a") as file:
        file.write("# more\n")
    os.utime(installed / FILES[0], ns=(at.st_atime_ns, at.st_mtime_ns))
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


@pytest.mark.usefixtures("no_parsing")
def test_a_missing_file_makes_a_snapshot_stale(installed: Path, snapshot: bytes) -> None:
    install(installed, snapshot)
    (installed / FILES[0]).unlink()
    with pytest.raises(govmap.DataError, match=f"is missing its data file {FILES[0]}"):
        load_bundled()


def test_an_edit_beside_a_snapshot_is_seen(installed: Path, snapshot: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    install(installed, snapshot)
    file = installed / "mechanisms" / "RCM.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    monkeypatch.setattr(bundled, "_parse", lambda files: files["mechanisms/RCM.yaml"])
    assert bytes(load_bundled()).endswith(b"# edited\n")  # type: ignore[call-overload]


def test_the_state_of_a_wheel_is_what_its_snapshot_was_made_of(installed: Path, snapshot: bytes) -> None:
    install(installed, snapshot)
    assert bundled.state() == fingerprint(bundled_files())


@pytest.fixture(name="checkout")
def _checkout(installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A package with code beside its data files, which were not touched for a while, and a cache."""
    for folder in bundled.CODE:
        (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / "model.py").write_text("x = 1")
    monkeypatch.setattr(bundled, "SETTLED", 0)
    monkeypatch.setenv("GOVMAP_CACHE", str(tmp_path / "cache"))
    return installed


def test_a_checkout_parses_its_files_once(checkout: Path, data: LoadedDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_bundled() == data
    monkeypatch.setattr(bundled, "_parse", lambda _: pytest.fail("the files were parsed"))
    assert load_bundled() == data
    assert isinstance(load_bundled(), SnapshotDataset)
    (checkout / "mechanisms.yaml").touch()
    with pytest.raises(pytest.fail.Exception):
        load_bundled()


@pytest.mark.parametrize("change", ["edit", "new file", "code", "removed"])
def test_the_state_of_a_checkout_changes_with_every_file_of_data_and_code(checkout: Path, change: str) -> None:
    before = bundled.state()
    assert before == bundled.state()
    if change == "edit":
        at = (checkout / "themes.yaml").stat()
        content = (checkout / "themes.yaml").read_bytes()
        (checkout / "themes.yaml").write_bytes(content[:-1] + b"#")
        os.utime(checkout / "themes.yaml", ns=(at.st_atime_ns, at.st_mtime_ns))  # its change has a time of its own
    elif change == "new file":
        (checkout / "more.yaml").touch()
    elif change == "code":
        (checkout.parent / "model.py").write_text("x = 22")
    else:
        (checkout / "themes.yaml").unlink()
    assert bundled.state() not in (None, before)


def test_what_was_touched_a_moment_ago_is_not_kept(
    checkout: Path, data: LoadedDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "_parse", lambda _files: data)
    monkeypatch.setattr(bundled, "SETTLED", 10**12)
    (checkout / "mechanisms.yaml").touch()
    assert bundled.state() is None
    load_bundled()
    assert not (checkout.parent / "cache").exists()


def test_a_mistake_in_the_bundled_files_is_reported_with_its_position_and_whose_it_is(installed: Path) -> None:
    (installed / "mechanisms.yaml").write_text("about: {title: Test, version: '1', reference_date: '2020'}\n")
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    # Beside it there is a problem for each file of a mechanism that the list no longer names.
    assert caught.value.message.startswith("Invalid data in the bundled data: ")
    assert "\nmechanisms.yaml:1:1: `mechanisms.yaml` lacks the key `mechanisms`; add it" in caught.value.message


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_reported_with_how_to_get_it_back(installed: Path, file: str) -> None:
    (installed / file).unlink()
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    assert caught.value.message == f"The installation is missing its data file {file}"
    assert caught.value.suggestions == (Install(),)


def test_the_files_are_looked_for_in_the_checkout_where_the_package_has_none(
    installed: Path, monkeypatch: pytest.MonkeyPatch, data: LoadedDataset
) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", str(installed.parent / "nowhere"))
    monkeypatch.setattr(bundled, "CHECKOUT", str(installed.parent))
    monkeypatch.setattr(bundled, "_parse", lambda _files: data)
    assert load_bundled() is data


def test_the_files_are_read_by_the_loader_of_the_module_so_that_a_zip_works(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bundled.__spec__ is not None
    assert hasattr(bundled.__spec__.loader, "get_data")
    monkeypatch.setattr(bundled, "__spec__", None)
    with pytest.raises(govmap.DataError, match=f"is missing its data file {FILES[0]}"):
        bundled_files()


def test_the_fingerprint_tells_contents_and_names_of_files_apart() -> None:
    states: list[dict[str, bytes]] = [
        {"a": b"1", "b": b"2"},
        {"a": b"2", "b": b"1"},
        {"a": b"1", "b": b"3"},
        {"a": b"12", "b": b""},
        {"a": b"1"},
    ]
    assert len(set(map(fingerprint, states))) == len(states)
    assert fingerprint({"b": b"2", "a": b"1"}) == fingerprint(states[0])


def _damage(content: bytes, at: int, way: str, value: int) -> bytes:
    at %= len(content)
    damaged = {
        "cut": b"",
        "flip": bytes([content[at] ^ (1 << value % 8)]) + content[at + 1 :],
        "replace": bytes([value]) + content[at + 1 :],
        "insert": bytes([value]) * 3 + content[at:],
    }
    return content[:at] + damaged[way]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, 2**24) | st.integers(0, 600),
    way=st.sampled_from(["cut", "flip", "flip", "replace", "insert"]),
    value=st.integers(0, 255),
)
def test_a_damaged_snapshot_never_stops_a_call_and_never_gives_other_data(
    installed: Path, snapshot: bytes, data: LoadedDataset, at: int, way: str, value: int
) -> None:
    install(installed, _damage(snapshot, at, way, value))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundled, "_parse", lambda _files: data)
        loaded = load_bundled()
        is_the_same = loaded.dataset == data.dataset and loaded.names == data.names
    assert is_the_same


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 1000, b"\x91" * 200_000, bytes(8)])
def test_what_is_no_snapshot_is_passed_over(
    installed: Path, data: LoadedDataset, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(installed, content)
    monkeypatch.setattr(bundled, "_parse", lambda _files: data)
    assert load_bundled() is data


def test_in_a_zip_the_snapshot_is_used_while_the_files_hold_what_it_was_made_of(
    tmp_path: Path, snapshot: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "govmap.zip", "w") as archive:
        for name, content in {**bundled_files(), SNAPSHOT: snapshot}.items():
            archive.writestr(f"data/{name}", content)

    def read(name: str) -> bytes:
        with zipfile.ZipFile(tmp_path / "govmap.zip") as archive:
            return archive.read(f"data/{name}")

    monkeypatch.setattr(bundled, "PACKAGE", str(tmp_path / "govmap.zip"))
    monkeypatch.setattr(bundled, "_read", read)
    assert isinstance(load_bundled(), SnapshotDataset)
    monkeypatch.setattr(bundled, "_read", lambda name: read(name) + (b"#" if name == FILES[0] else b""))
    assert bundled._of_wheel() is None
