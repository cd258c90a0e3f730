from __future__ import annotations

import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

import govmap
from govmap.calls import Install
from govmap.dataset import Database, bundled, load
from govmap.dataset.bundled import DATABASE, FILES, bundled_files, load_bundled, parse_bundled, wheel_key
from govmap.facts.build import write

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(name="content", scope="module")
def _content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database that a wheel carries."""
    path = tmp_path_factory.mktemp("built") / DATABASE
    with closing(sqlite3.connect(path)) as connection:
        write(connection, *parse_bundled(), wheel_key())
    return path.read_bytes()


@pytest.fixture(name="installed")
def _installed(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of a package that is installed under tmp_path, without any file of the data."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE).write_bytes(content)
    monkeypatch.setattr(bundled, "PACKAGE", str(tmp_path))
    monkeypatch.setattr(bundled, "CHECKOUT", str(tmp_path / "nowhere"))
    return tmp_path / "data" / DATABASE


@pytest.fixture(name="checkout")
def _checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data files of a checkout under tmp_path, which were not touched for a while, beside its code, and a cache."""
    for name, content in bundled_files().items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for folder in bundled.CODE:
        (tmp_path / "code" / folder).mkdir(parents=True, exist_ok=True)
    (tmp_path / "code" / "model.py").write_text("x = 1")
    monkeypatch.setattr(bundled, "PACKAGE", str(tmp_path / "code"))
    monkeypatch.setattr(bundled, "CHECKOUT", str(tmp_path))
    monkeypatch.setattr(bundled, "SETTLED", 0)
    monkeypatch.setenv("GOVMAP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "data"


def test_the_bundled_files_are_those_of_the_checkout_and_loading_no_path_loads_them(data: Database) -> None:
    single = [f"mechanisms/{path.name}" for path in (DATA / "mechanisms").iterdir()]
    assert bundled_files() == {name: (DATA / name).read_bytes() for name in [*FILES, *single]}
    assert load(None).dataset == load_bundled().dataset == data.dataset
    covered = [m.id for m in data.dataset.mechanisms if (m.coverage, m.scope) == ("full", "note")]
    assert covered == ["CAM", "RCM", "SACM", "MIRPS", "RIAM", "LAD", "QUITO", "R4V"]


@pytest.mark.usefixtures("installed")
def test_a_wheel_answers_from_its_database_alone(data: Database) -> None:
    assert load_bundled().dataset == data.dataset
    assert bundled.state() == load_bundled().key != ""


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 50_000])
def test_a_damaged_installation_is_reported_with_how_to_get_it_back(
    installed: Path, content: bytes, damage: bytes
) -> None:
    installed.write_bytes(damage and content[:100] + damage)
    with pytest.raises(govmap.DataError, match=r"^The installation's own data cannot be read: ") as caught:
        load_bundled()
    assert caught.value.suggestions == (Install(),)


def test_damage_that_is_met_later_is_one_error_too(installed: Path, content: bytes) -> None:
    half = len(content) // 2
    installed.write_bytes(content[:4096] + b"\xff" * (half - 4096) + content[half:])
    with pytest.raises(govmap.DataError, match=r"cannot be read|is damaged"):
        _ = load_bundled().dataset


def test_the_database_of_another_version_is_not_taken(installed: Path) -> None:
    with closing(sqlite3.connect(installed)) as connection:
        connection.execute("update build set key = '0.0.1 x'")
        connection.commit()
    with pytest.raises(govmap.DataError, match="it is of another version"):
        load_bundled()


def test_in_a_zip_the_database_is_read_into_memory(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch, data: Database
) -> None:
    with zipfile.ZipFile(tmp_path / "govmap.zip", "w") as archive:
        archive.writestr(f"data/{DATABASE}", content)

    def read(name: str, *_folders: str) -> bytes:
        with zipfile.ZipFile(tmp_path / "govmap.zip") as archive:
            return archive.read(f"data/{name}")

    monkeypatch.setattr(bundled, "PACKAGE", str(tmp_path / "govmap.zip"))
    monkeypatch.setattr(bundled, "_read", read)
    assert load_bundled().dataset == data.dataset


def test_a_checkout_parses_its_files_once(checkout: Path, data: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_bundled().dataset == data.dataset
    monkeypatch.setattr(bundled, "parse_bundled", lambda: pytest.fail("the files were parsed"))
    assert load_bundled().dataset == data.dataset
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
        (checkout.parent / "code" / "model.py").write_text("x = 22")
    else:
        (checkout / "themes.yaml").unlink()
    assert bundled.state() not in (None, before)


def test_what_was_touched_a_moment_ago_is_not_kept(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "SETTLED", 10**12)
    (checkout / "mechanisms.yaml").touch()
    assert bundled.state() is None
    load_bundled()
    assert not (checkout.parent / "cache").exists()


def test_a_mistake_in_the_bundled_files_is_reported_with_its_position_and_whose_it_is(checkout: Path) -> None:
    (checkout / "mechanisms.yaml").write_text("about: {title: Test, version: '1', reference_date: '2020'}\n")
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    # Beside it there is a problem for each file of a mechanism that the list no longer names.
    assert caught.value.message.startswith("Invalid data in the bundled data: ")
    assert "\nmechanisms.yaml:1:1: `mechanisms.yaml` lacks the key `mechanisms`; add it" in caught.value.message


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_reported_with_how_to_get_it_back(checkout: Path, file: str) -> None:
    (checkout / file).unlink()
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    assert caught.value.message == f"The installation is missing its data file {file}"
    assert caught.value.suggestions == (Install(),)
