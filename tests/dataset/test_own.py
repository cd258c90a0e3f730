from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.dataset.conftest import VALID, Files, Write, problems_of

import govmap
from govmap.calls import Call
from govmap.dataset import Database, load, own
from govmap.names.resolver import FoldedNames, Resolver


@pytest.fixture(name="long")
def _long(tmp_path: Path) -> Path:
    """A path of 205 characters where nothing is."""
    return tmp_path / ("x" * (204 - len(str(tmp_path))))


needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
needs_links = pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")


def error_of(path: Path | str) -> govmap.DataError:
    """Return the error for data that cannot be read."""
    with pytest.raises(govmap.DataError) as caught:
        load(path)
    return caught.value


def exact(kind: str, names: FoldedNames, name: str) -> tuple[str, ...]:
    return Resolver(kind, names, str, Call("list")).exact(name)


def test_a_missing_folder_is_reported_with_what_to_name(tmp_path: Path) -> None:
    """In words: not every call takes it as `--data`."""
    error = error_of(tmp_path / "nowhere")
    expected = f'There is no folder or file "{tmp_path / "nowhere"}"; name a folder with a mechanisms.yaml in it'
    assert error.message == expected
    assert error.suggestions == ()


@pytest.mark.parametrize("files", [{}, {"themes.yaml": "themes: []\n"}, {"readme.txt": "x"}])
def test_a_folder_without_mechanisms_is_reported(write: Write, files: Files) -> None:
    folder = write(files)
    assert error_of(folder).message == f'"{folder}" holds no mechanisms.yaml'
    assert error_of(folder).suggestions == (Call("schema", "dataset"),)


def test_messages_show_200_characters_of_a_long_path(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = f'"{str(long)[:200]}…"'
    assert error_of(long).message.startswith(f"There is no folder or file {shown};")
    long.mkdir()
    assert error_of(long).message == f"{shown} holds no mechanisms.yaml"
    (long / "mechanisms.yaml").mkdir()
    assert error_of(long).message == f"{shown} is not a file; put the file itself there"
    (long / "mechanisms.yaml").rmdir()
    (long / "mechanisms.yaml").write_text(VALID)
    monkeypatch.setattr(own, "MAX_BYTES", 10)
    assert error_of(long).message == f"{shown} is larger than 0 MB; split the file"


@needs_permissions
@pytest.mark.parametrize("closed", ["", "mechanisms.yaml"])
def test_missing_permission_is_reported(write: Write, closed: str) -> None:
    folder = write({"mechanisms.yaml": VALID})
    (folder / closed).chmod(0)
    try:
        assert error_of(folder).message == f'Cannot read "{folder}": Permission denied'
    finally:
        (folder / closed).chmod(0o700)


def test_a_failing_disk_is_reported(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({"mechanisms.yaml": VALID})

    def fail(_path: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(own, "_read_file", fail)
    assert error_of(folder).message == f'Cannot read "{folder}": Input/output error'


@pytest.mark.parametrize(
    ("path", "shown", "reason"),
    [("a\x00b", '"a\\u0000b"', "embedded null"), ("x" * 5000, f'"{"x" * 200}…"', "")],
    ids=["null", "long"],
)
def test_a_path_that_cannot_be_is_reported(path: str, shown: str, reason: str) -> None:
    message = error_of(path).message
    assert message.startswith(f"Cannot read {shown}: ")
    assert reason in message


def test_a_file_alone_is_read_as_mechanisms_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(VALID, encoding="utf-8")
    assert [mechanism.id for mechanism in load(file).dataset.mechanisms] == ["ONE"]
    assert load(str(file)).dataset == load(file).dataset
    file.write_text(VALID.replace("CHL", "CHILE"))
    assert problems_of(file) == ['mine.yml:8:9: "CHILE" is a name, not a code; write CHL']


def test_a_mistake_is_in_a_file_that_is_there(write: Write) -> None:
    folder = write({"mechanisms.yaml": f"{VALID}sources:\n  - {{id: s1, title: A page}}\n"})
    problems = problems_of(folder)
    assert problems[0].startswith("mechanisms.yaml:10:5: `sources` s1 lacks the key")
    assert [str(told) for told in own.inspect_own(str(folder))[0]] == problems


@pytest.mark.parametrize("content", ["{}\n", "themes: []\n", "countries: []\n"])
def test_a_file_alone_without_mechanisms_lacks_them(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.yml").write_text(content)
    assert problems_of(tmp_path / "mine.yml") == [
        f"mine.yml:1:1: `mechanisms.yaml` lacks the key `{key}`; add it" for key in ("about", "mechanisms")
    ]


def test_a_folder_with_mechanisms_alone_takes_the_other_records_from_the_bundled_data(
    write: Write, data: Database
) -> None:
    folder = write({"mechanisms.yaml": VALID})
    loaded = load(folder)
    dataset, base = loaded.dataset, data.dataset
    assert [mechanism.id for mechanism in dataset.mechanisms] == ["ONE"]
    assert (dataset.about.title, dataset.events, dataset.resolutions, dataset.sources) == ("Test", (), (), ())
    assert (dataset.themes, dataset.categories) == (base.themes, base.categories)
    assert (dataset.agencies, dataset.countries) == (base.agencies, base.countries)
    assert [exact("mechanism", loaded.names.mechanisms, name) for name in ("one", "RCM")] == [("ONE",), ()]
    assert govmap.load(folder).at("2099").caution is not None, "no source was looked up since"


def test_own_themes_sources_and_agencies_add_to_the_bundled_ones(write: Write, data: Database) -> None:
    lines = (
        "    groups: [{number: 1, name: A, themes: [whales, borders]}]\n"
        "    secretariats: [{agency: AAA}, {agency: IOM}]\n"
        "    evidence: {members: {status: confirmed, sources: [mine, oas-note-2023]}}\n"
        "agencies: [{id: AAA, names: {en: Agency of Aardvarks}}]\n"
    )
    source = 'id: mine, title: T, publisher: P, date: null, url: null, kind: note, looked_up: "2020"'
    themes = "themes: [{id: whales, broader: borders, preferred: {en: whale watching}}]\n"
    files = {"mechanisms.yaml": VALID + lines, "themes.yaml": themes, "sources.yaml": f"sources: [{{{source}}}]\n"}
    loaded = load(write({**files}))
    dataset, base = loaded.dataset, data.dataset
    assert {theme.id for theme in dataset.themes} == {theme.id for theme in base.themes} | {"whales"}
    assert [source.id for source in dataset.sources] == ["oas-note-2023", "mine"]
    assert {agency.id for agency in dataset.agencies} == {agency.id for agency in base.agencies} | {"AAA"}
    assert exact("theme", loaded.names.themes, "Whale-Watching") == ("whales",)


def test_an_own_record_replaces_the_bundled_one_with_its_id(write: Write, data: Database) -> None:
    agencies = f"{VALID}agencies: [{{id: IOM, names: {{en: Another}}}}]\n"
    themes = "themes: [{id: borders, preferred: {en: limits}}]\n"
    dataset = load(write({"mechanisms.yaml": agencies, "themes.yaml": themes})).dataset
    assert [agency.name for agency in dataset.agencies if agency.id == "IOM"] == ["Another"]
    assert [theme.label for theme in dataset.themes if theme.id == "borders"] == ["limits"]
    assert len(dataset.agencies) == len(data.dataset.agencies)
    assert len(dataset.themes) == len(data.dataset.themes)


@needs_links
@pytest.mark.parametrize("name", ["mechanisms.yaml", "countries.csv"])
def test_a_link_that_leads_out_of_the_folder_is_refused(write: Write, name: str) -> None:
    folder = write({"mechanisms.yaml": VALID})
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to("/etc/hostname")
    shown = f'"{folder / name}"'
    assert error_of(folder).message == f"{shown} is a link that leads out of the folder; put the file itself there"


@needs_links
def test_a_link_to_a_folder_whose_name_begins_as_that_of_the_data_is_refused(long: Path) -> None:
    beside = long.with_name(f"{long.name}-private")
    for folder in (long, beside):
        folder.mkdir()
    (beside / "mechanisms.yaml").write_text(VALID)
    (long / "mechanisms.yaml").symlink_to(beside / "mechanisms.yaml")
    shown = f'"{str(long)[:200]}…"'
    assert error_of(long).message == f"{shown} is a link that leads out of the folder; put the file itself there"


@needs_links
def test_a_link_within_the_folder_and_one_to_the_folder_are_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "..2024").mkdir()
    (tmp_path / "..2024" / "mechanisms.yaml").write_text(VALID)
    (tmp_path / "mechanisms.yaml").symlink_to("..2024/mechanisms.yaml")
    link = tmp_path / "a link to it"
    link.symlink_to(tmp_path)
    assert load(link).dataset == load(write({})).dataset


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this platform has no /dev/zero")
def test_a_file_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MAX_BYTES", 1024**2)
    assert error_of("/dev/zero").message == '"/dev/zero" is larger than 1 MB; split the file'


def test_a_file_of_the_largest_size_is_read_and_one_of_a_byte_more_refused(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write({"mechanisms.yaml": VALID}) / "mechanisms.yaml"
    monkeypatch.setattr(own, "MAX_BYTES", len(VALID))
    assert load(file).dataset.about.title == "Test"
    file.write_text(f"{VALID}\n")
    assert error_of(file).message.endswith("is larger than 0 MB; split the file")


@pytest.mark.parametrize("name", ["own.json", "own.JSON"])
def test_json_is_read_as_json_with_tabs_as_white_space_and_pairs_of_surrogates(tmp_path: Path, name: str) -> None:
    title = r'"\ud83d\ude00 \\ud83d \/ \u00e9"'
    (tmp_path / name).write_text(
        f'\t{{"about":\t{{"title": {title}, "version": "1", "reference_date": "2020"}},\n'
        '\t\t"mechanisms": [{"id": "A", "names": {"en": "A"}, "kind": "x"}]\t}\t\n'
    )
    assert load(tmp_path / name).dataset.about.title == "😀 \\ud83d / é"


def test_a_tab_that_indents_yaml_is_refused_and_one_in_a_text_kept(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(VALID.replace("Test", '"T\te"'))
    assert load(path).dataset.about.title == "T\te"
    path.write_text(f"\t{VALID}")
    assert "found character that cannot start any token" in problems_of(path)[0]
