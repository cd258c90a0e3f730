from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govmap
from govmap.calls import Install
from govmap.dataset import LoadedDataset, bundled, load
from govmap.dataset.bundled import FILES, SNAPSHOT, bundled_files, fingerprint, has_snapshot, load_bundled
from govmap.dataset.store import SnapshotDataset, pack

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


def test_without_a_snapshot_the_files_are_parsed(installed: Path, data: LoadedDataset) -> None:
    assert not (installed / SNAPSHOT).exists()
    assert not has_snapshot()
    assert load_bundled() == data


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_is_the_dataset_that_parsing_gives(installed: Path, snapshot: bytes, data: LoadedDataset) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    assert has_snapshot()
    assert load_bundled() == data


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_is_used_where_it_is_of_the_files_at_hand(installed: Path, data: LoadedDataset) -> None:
    files = {"mechanisms.yaml": b"about: {title: Test}"}
    (installed / SNAPSHOT).write_bytes(pack(data, fingerprint(files)))
    loaded = load_bundled(files)
    assert isinstance(loaded, SnapshotDataset)
    assert loaded.context.about == data.dataset.about


@pytest.mark.parametrize("file", [*FILES, "mechanisms/RCM.yaml"])
@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_of_other_files_is_not_used(installed: Path, snapshot: bytes, file: str) -> None:
    """One byte differs, and neither the length of the file nor its name."""
    (installed / SNAPSHOT).write_bytes(snapshot)
    content = (installed / file).read_bytes()
    (installed / file).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


@pytest.mark.usefixtures("no_parsing")
def test_a_snapshot_of_another_version_is_not_used(
    installed: Path, snapshot: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    monkeypatch.setattr(bundled, "__version__", "0.0.0.dev0")
    with pytest.raises(AssertionError, match="the files were parsed"):
        load_bundled()


def test_an_edit_beside_a_snapshot_is_seen(installed: Path, snapshot: bytes) -> None:
    (installed / SNAPSHOT).write_bytes(snapshot)
    file = installed / "mechanisms" / "RCM.yaml"
    edited = file.read_text(encoding="utf-8").replace('founded: "1996"', 'founded: "1997"')
    file.write_text(edited, encoding="utf-8")
    assert [m.founded for m in load_bundled().dataset.mechanisms if m.id == "RCM"] == ["1997"]


def test_a_mistake_in_the_bundled_files_is_reported_with_its_position_and_whose_it_is() -> None:
    with pytest.raises(govmap.DataError) as caught:
        load_bundled({"mechanisms.yaml": b"about: {title: Test, version: '1', reference_date: '2020'}\n"})
    assert caught.value.message == (
        "The data in the bundled data is not valid: 1 problem\n"
        "mechanisms.yaml:1:1: `mechanisms.yaml` lacks the key `mechanisms`; add it"
    )


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_reported_with_how_to_get_it_back(installed: Path, file: str) -> None:
    (installed / file).unlink()
    with pytest.raises(govmap.DataError) as caught:
        load_bundled()
    assert caught.value.message == f"The installation lacks its data file {file}"
    assert caught.value.suggestions == (Install(),)


def test_the_files_are_looked_for_in_the_checkout_where_the_package_has_none(
    installed: Path, monkeypatch: pytest.MonkeyPatch, data: LoadedDataset
) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", str(installed.parent / "nowhere"))
    monkeypatch.setattr(bundled, "CHECKOUT", str(installed.parent))
    assert load_bundled() == data


def test_the_files_are_read_by_the_loader_of_the_module_so_that_a_zip_works(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bundled.__spec__ is not None
    assert hasattr(bundled.__spec__.loader, "get_data")
    monkeypatch.setattr(bundled, "__spec__", None)
    with pytest.raises(govmap.DataError, match=f"lacks its data file {FILES[0]}"):
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


def _load_with(contents: Mapping[str, bytes], parsed: LoadedDataset) -> LoadedDataset:
    """Load from *contents*, with the parser replaced by its known result."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundled, "_read", contents.get)
        patch.setattr(bundled, "_parse", lambda _files: parsed)
        return load_bundled()


@settings(deadline=None, max_examples=150)
@given(
    at=st.integers(0, 2**24) | st.integers(0, 300),
    way=st.sampled_from(["cut", "flip", "flip", "replace", "insert"]),
    value=st.integers(0, 255),
)
def test_a_damaged_snapshot_never_stops_a_call_and_never_gives_other_data(
    large: Mapping[str, bytes], data: LoadedDataset, at: int, way: str, value: int
) -> None:
    loaded = _load_with({**large, SNAPSHOT: _damage(large[SNAPSHOT], at, way, value)}, data)
    is_the_same = loaded.dataset == data.dataset and loaded.names == data.names
    assert is_the_same


class Contents(dict[str, bytes]):
    """Contents of files, which Hypothesis shall not print in full."""

    __repr__ = object.__repr__


@pytest.fixture(name="large", scope="module")
def _large(snapshot: bytes) -> Contents:
    return Contents({**bundled_files(), SNAPSHOT: snapshot})


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 1000, b"\x91" * 200_000, b"\x93\xa0\x90\x90"])
def test_what_is_no_snapshot_is_passed_over(content: bytes, data: LoadedDataset) -> None:
    assert _load_with({**bundled_files(), SNAPSHOT: content}, data) is data
