from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govmap
from govmap.dataset import Loaded, loader
from govmap.dataset.loader import (
    FILES,
    SNAPSHOT,
    bundled_files,
    fingerprint,
    is_compiled,
    load,
    load_bundled,
    make_snapshot,
)
from govmap.dataset.store import Stored, pack


class Quiet(NamedTuple):
    """The bundled files, their dataset and their snapshot, which Hypothesis shall not print in full."""

    files: dict[str, bytes]
    bundled: Loaded
    snapshot: bytes

    def __repr__(self) -> str:
        """Return a word instead of a megabyte."""
        return "<the bundled data>"


@pytest.fixture(name="snapshot", scope="module")
def _snapshot() -> bytes:
    """The snapshot of the bundled files."""
    return make_snapshot()


@pytest.fixture(name="quiet", scope="module")
def _quiet(snapshot: bytes, bundled: Loaded) -> Quiet:
    return Quiet(bundled_files(), bundled, snapshot)


@pytest.fixture(name="installed")
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a package that is installed under tmp_path, with the files and without a snapshot."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name, content in bundled_files().items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr(loader, "PACKAGE", str(tmp_path))
    monkeypatch.setattr(loader, "CHECKOUT", str(tmp_path / "nowhere"))
    return folder


@pytest.fixture(name="no_parsing")
def _no_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where a file is parsed."""

    def fail(_files: dict[str, bytes]) -> Loaded:
        raise AssertionError("the files were parsed")

    monkeypatch.setattr(loader, "_parse_bundled", fail)


def test_the_bundled_files_are_those_of_the_checkout() -> None:
    checkout = Path(__file__).parents[2] / "data"
    assert bundled_files() == {name: (checkout / name).read_bytes() for name in FILES}


def test_loading_no_path_is_loading_the_bundled_data(bundled: Loaded) -> None:
    assert load(None) == load_bundled() == bundled
    assert [m.id for m in bundled.dataset.mechanisms if m.coverage == "full"] == [
        "CAM",
        "RCM",
        "SACM",
        "MIRPS",
        "RIAM",
        "LAD",
        "QUITO",
        "R4V",
    ]


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_is_the_dataset_that_parsing_gives(installed: Path, snapshot: bytes, bundled: Loaded) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    assert load_bundled() == bundled


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_is_used_where_it_is_of_the_files_at_hand(installed: Path, bundled: Loaded) -> None:
    files = {"mechanisms.yaml": b"about: {title: Test}"}
    (installed / SNAPSHOT).write_bytes(pack(bundled, fingerprint(files)))
    loaded = load_bundled(files)
    assert isinstance(loaded, Stored)
    assert loaded.context.about == bundled.dataset.about


def test_an_installation_with_a_snapshot_is_compiled(installed: Path) -> None:
    assert not is_compiled()
    (installed / SNAPSHOT).write_bytes(b"")
    assert is_compiled()


def test_a_mistake_in_the_bundled_files_is_told_with_its_place_and_whose_it_is() -> None:
    with pytest.raises(govmap.DataError) as caught:
        load_bundled({"mechanisms.yaml": b"about: {title: Test, version: '1', reference_date: '2020'}\n"})
    assert caught.value.message == (
        "The data in the bundled data is not valid: 1 problem\n"
        "mechanisms.yaml:1:1: `mechanisms.yaml` lacks the key `mechanisms`; add it"
    )


def test_without_a_snapshot_the_files_are_parsed(installed: Path, bundled: Loaded) -> None:
    assert not (installed / SNAPSHOT).exists()
    assert load_bundled() == bundled


@pytest.mark.parametrize("file", FILES)
@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_of_other_files_is_not_used(installed: Path, snapshot: bytes, file: str) -> None:
    """One byte differs, and neither the length of the file nor its name."""
    (installed / SNAPSHOT).write_bytes(snapshot)
    content = (installed / file).read_bytes()
    (installed / file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


def test_an_edit_beside_a_snapshot_is_seen(installed: Path, snapshot: bytes) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    text = (installed / "mechanisms.yaml").read_text(encoding="utf-8")
    (installed / "mechanisms.yaml").write_text(text.replace("reference_date: ", "reference_date:  "), encoding="utf-8")
    assert text.count("founded: ") > 1
    edited = text.replace('founded: "1996"', 'founded: "1997"')
    assert edited != text
    (installed / "mechanisms.yaml").write_text(edited, encoding="utf-8")
    assert [m.founded for m in load_bundled().dataset.mechanisms if m.id == "RCM"] == ["1997"]


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_of_another_version_is_not_used(
    installed: Path, snapshot: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    monkeypatch.setattr(loader, "__version__", "0.0.0.dev0")
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_told_with_how_to_get_it_back(installed: Path, file: str) -> None:
    (installed / file).unlink()
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    assert caught.value.message == f"The installation lacks its data file {file}"
    assert caught.value.suggestions == ("pip install --force-reinstall govmap",)


def test_the_files_are_looked_for_in_the_checkout_where_the_package_has_none(
    installed: Path, monkeypatch: pytest.MonkeyPatch, bundled: Loaded
) -> None:
    monkeypatch.setattr(loader, "PACKAGE", str(installed.parent / "nowhere"))
    monkeypatch.setattr(loader, "CHECKOUT", str(installed.parent))
    assert load_bundled() == bundled


def test_the_fingerprint_tells_contents_and_names_of_files_apart() -> None:
    prints = [
        fingerprint({"a": b"1", "b": b"2"}),
        fingerprint({"a": b"2", "b": b"1"}),
        fingerprint({"a": b"1", "b": b"3"}),
        fingerprint({"a": b"12", "b": b""}),
        fingerprint({"a": b"1"}),
    ]
    assert len(set(prints)) == len(prints)
    assert fingerprint({"b": b"2", "a": b"1"}) == prints[0]


def _damage(content: bytes, at: int, way: str, value: int) -> bytes:
    at %= len(content)
    if way == "cut":
        return content[:at]
    if way == "flip":
        return content[:at] + bytes([content[at] ^ (1 << value % 8)]) + content[at + 1 :]
    if way == "replace":
        return content[:at] + bytes([value]) + content[at + 1 :]
    return content[:at] + bytes([value]) * 3 + content[at:]


@settings(deadline=None, max_examples=150)
@given(
    at=st.integers(0, 2**24) | st.integers(0, 300),
    way=st.sampled_from(["cut", "flip", "flip", "replace", "insert"]),
    value=st.integers(0, 255),
)
def test_a_damaged_snapshot_never_stops_a_call_and_never_gives_other_data(
    quiet: Quiet, at: int, way: str, value: int
) -> None:
    """The parser is replaced by its known result: what comes back must equal it, by whichever way it came."""
    contents = {**quiet.files, SNAPSHOT: _damage(quiet.snapshot, at, way, value)}
    bundled = quiet.bundled
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_bundled", contents.get)
        patch.setattr(loader, "_parse_bundled", lambda _files: bundled)
        loaded = load_bundled()
        is_the_same = loaded.dataset == bundled.dataset and loaded.names == bundled.names
    assert is_the_same


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 1000, b"\x91" * 200_000, b"\x93\xa0\x90\x90"])
def test_what_is_no_snapshot_is_passed_over(content: bytes, bundled: Loaded) -> None:
    contents = {**bundled_files(), SNAPSHOT: content}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_bundled", contents.get)
        assert load_bundled() == bundled


def test_the_files_are_missing_where_the_package_cannot_tell_how_it_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loader, "__spec__", None)
    with pytest.raises(govmap.DataError, match=f"lacks its data file {FILES[0]}"):
        bundled_files()


def test_the_package_can_tell_where_it_is_loaded_from() -> None:
    """The look-up of files uses the loader of the module, so that a zip works as a folder does."""
    spec = importlib.util.find_spec("govmap.dataset.loader")
    assert spec is not None
    assert hasattr(spec.loader, "get_data")
