from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import govmap
from govmap.dataset import Loaded, load, own
from govmap.names.resolver import Names

Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(name="long")
def _long(tmp_path: Path) -> Path:
    """A path of 205 characters where nothing is."""
    return tmp_path / ("x" * (204 - len(str(tmp_path))))


needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    with pytest.raises(govmap.DataError) as caught:
        load(folder)
    assert caught.value.message == f'There is no folder or file "{folder}"'
    assert caught.value.suggestions == ("--data FOLDER, with a mechanisms.yaml in it",)


@pytest.mark.parametrize("other", [{}, {"themes.yaml": "themes: []\n"}, {"readme.txt": "x"}])
def test_a_folder_without_mechanisms_is_told(write: Write, other: dict[str, str | bytes]) -> None:
    folder = write(other)
    with pytest.raises(govmap.DataError) as caught:
        load(folder)
    assert caught.value.message == f'"{folder}" holds no mechanisms.yaml'
    assert caught.value.suggestions == ("govmap --help", "docs/data-format.md tells what it holds")


def test_a_folder_in_place_of_the_file_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").mkdir()
    with pytest.raises(govmap.DataError) as caught:
        load(tmp_path)
    assert caught.value.message == f'"{tmp_path / "mechanisms.yaml"}" is not a file; put the file itself there'


def test_of_a_long_path_messages_show_200_characters(long: Path, valid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> str:
        with pytest.raises(govmap.DataError) as caught:
            load(long)
        message: str = caught.value.message
        return message

    shown = f'"{str(long)[:200]}…"'
    assert told() == f"There is no folder or file {shown}"
    long.mkdir()
    assert told() == f"{shown} holds no mechanisms.yaml"
    (long / "mechanisms.yaml").mkdir()
    assert told() == f"{shown} is not a file; put the file itself there"
    (long / "mechanisms.yaml").rmdir()
    (long / "mechanisms.yaml").write_text(valid)
    monkeypatch.setattr(own, "MAX_BYTES", 10)
    assert told() == f"{shown} is larger than 0 MB; split the file"


@needs_permissions
def test_a_folder_that_may_not_be_read_is_told(write: Write, valid: str) -> None:
    folder = write({"mechanisms.yaml": valid})
    folder.chmod(0)
    try:
        with pytest.raises(govmap.DataError, match=r"Cannot read .*: Permission denied"):
            load(folder)
    finally:
        folder.chmod(0o700)


@needs_permissions
def test_a_file_that_may_not_be_read_is_told(write: Write, valid: str) -> None:
    folder = write({"mechanisms.yaml": valid})
    (folder / "mechanisms.yaml").chmod(0)
    with pytest.raises(govmap.DataError, match=r"Cannot read .*: Permission denied"):
        load(folder)


def test_a_failing_disk_is_told(write: Write, valid: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({"mechanisms.yaml": valid})

    def fail(_place: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(own, "_content", fail)
    with pytest.raises(govmap.DataError) as caught:
        load(folder)
    assert caught.value.message == f'Cannot read "{folder}": Input/output error'


@pytest.mark.parametrize(
    ("path", "shown", "reason"),
    [("a\x00b", r"a\\u0000b", "embedded null"), ("x" * 5000, "x{200}…", "")],
    ids=["null", "long"],
)
def test_a_path_that_cannot_be_is_told(path: str, shown: str, reason: str) -> None:
    with pytest.raises(govmap.DataError, match=f'^Cannot read "{shown}": .*{reason}'):
        load(path)


def test_a_file_alone_is_read_as_mechanisms_whatever_its_name(tmp_path: Path, valid: str) -> None:
    file = tmp_path / "mine.yml"
    file.write_text(valid, encoding="utf-8")
    assert [mechanism.id for mechanism in load(file).dataset.mechanisms] == ["ONE"]
    assert load(str(file)) == load(file)


def test_a_folder_holds_only_its_own_mechanisms_and_events(write: Write, valid: str) -> None:
    loaded = load(write({"mechanisms.yaml": valid}))
    dataset, names = loaded.dataset, loaded.names
    mechanism_names = Names("mechanism", names.mechanisms, str, "list")
    assert [mechanism.id for mechanism in dataset.mechanisms] == ["ONE"]
    assert (dataset.events, dataset.resolutions) == ((), ())
    assert dataset.about.title == "Test"
    assert mechanism_names.exact("one") == ("ONE",)
    assert mechanism_names.exact("RCM") == ()


def test_a_folder_with_mechanisms_alone_builds_on_all_that_is_bundled_but_sources_on_which_nothing_rests(
    write: Write, valid: str, bundled: Loaded
) -> None:
    dataset = load(write({"mechanisms.yaml": valid})).dataset
    lent = bundled.dataset
    assert (dataset.themes, dataset.categories) == (lent.themes, lent.categories)
    assert (dataset.agencies, dataset.countries) == (lent.agencies, lent.countries)
    assert dataset.sources == ()
    assert govmap.load(write({"mechanisms.yaml": valid})).at("2099").caution is not None, (
        "no source was looked up since"
    )


def test_own_themes_sources_and_agencies_add_to_the_bundled_ones(write: Write, valid: str, bundled: Loaded) -> None:
    own = (
        "    groups: [{number: 1, name: A, themes: [whales, borders]}]\n"
        "    secretariats: [{agency: AAA}, {agency: IOM}]\n"
        "    evidence: {members: {status: confirmed, sources: [mine, oas-note-2023]}}\n"
        "agencies: [{id: AAA, names: {en: Agency of Aardvarks}}]\n"
    )
    source = 'id: mine, title: T, publisher: P, date: null, url: null, kind: note, looked_up: "2020"'
    loaded = load(
        write(
            {
                "mechanisms.yaml": valid + own,
                "themes.yaml": "themes: [{id: whales, broader: borders, preferred: {en: whale watching}}]\n",
                "sources.yaml": f"sources: [{{{source}}}]\n",
            }
        )
    )
    dataset, names = loaded.dataset, loaded.names
    lent = bundled.dataset
    assert {theme.id for theme in dataset.themes} == {theme.id for theme in lent.themes} | {"whales"}
    assert [source.id for source in dataset.sources] == ["oas-note-2023", "mine"]
    assert {agency.id for agency in dataset.agencies} == {agency.id for agency in lent.agencies} | {"AAA"}
    assert Names("theme", names.themes, str, "list").exact("Whale-Watching") == ("whales",)


def test_an_own_record_replaces_the_bundled_one_with_its_id(write: Write, valid: str, bundled: Loaded) -> None:
    files: dict[str, str | bytes] = {
        "mechanisms.yaml": f"{valid}agencies: [{{id: IOM, names: {{en: Another}}}}]\n",
        "themes.yaml": "themes: [{id: borders, preferred: {en: limits}}]\n",
    }
    dataset = load(write(files)).dataset
    assert [agency.name for agency in dataset.agencies if agency.id == "IOM"] == ["Another"]
    assert [theme.label for theme in dataset.themes if theme.id == "borders"] == ["limits"]
    assert len(dataset.agencies) == len(bundled.dataset.agencies)
    assert len(dataset.themes) == len(bundled.dataset.themes)


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
@pytest.mark.parametrize("name", ["mechanisms.yaml", "countries.csv"])
def test_a_link_that_leads_out_of_the_folder_is_refused(write: Write, valid: str, tmp_path: Path, name: str) -> None:
    folder = write({"mechanisms.yaml": valid})
    (tmp_path / "secret").write_text("about: {title: secret}", encoding="utf-8")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret" if folder != tmp_path else "/etc/hostname")
    with pytest.raises(govmap.DataError, match="is a link that leads out of the folder; put the file itself there"):
        load(folder)


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_to_a_folder_whose_name_begins_as_that_of_the_data_is_refused(long: Path, valid: str) -> None:
    beside = long.with_name(f"{long.name}-private")
    for folder in (long, beside):
        folder.mkdir()
    (beside / "mechanisms.yaml").write_text(valid)
    (long / "mechanisms.yaml").symlink_to(beside / "mechanisms.yaml")
    with pytest.raises(govmap.DataError) as caught:
        load(long)
    assert caught.value.message == (
        f'"{str(long)[:200]}…" is a link that leads out of the folder; put the file itself there'
    )


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_a_link_within_the_folder_and_one_to_the_folder_are_followed(write: Write, valid: str, tmp_path: Path) -> None:
    folder = write({"mechanisms.yaml": valid})
    (folder / "..2024").mkdir()
    (folder / "mechanisms.yaml").rename(folder / "..2024" / "mechanisms.yaml")
    (folder / "mechanisms.yaml").symlink_to("..2024/mechanisms.yaml")
    link = tmp_path / "a link to it"
    link.symlink_to(folder)
    assert load(link).dataset == load(folder).dataset


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this platform has no /dev/zero")
def test_a_file_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govmap.dataset.own.MAX_BYTES", 1024**2)
    with pytest.raises(govmap.DataError, match='"/dev/zero" is larger than 1 MB; split the file'):
        load("/dev/zero")


def test_a_file_of_the_largest_size_is_read_and_one_of_a_byte_more_refused(
    write: Write, valid: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write({"mechanisms.yaml": valid}) / "mechanisms.yaml"
    monkeypatch.setattr(own, "MAX_BYTES", len(valid))
    assert load(file).dataset.about.title == "Test"
    file.write_text(f"{valid}\n")
    with pytest.raises(govmap.DataError, match=r"is larger than 0 MB; split the file$"):
        load(file)


@pytest.mark.parametrize("name", ["own.json", "own.JSON"])
def test_a_tab_is_white_space_anywhere_in_json(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        '\t{"about":\t{"title": "Tabs", "version": "1", "reference_date": "2020"},\n'
        '\t\t"mechanisms": [{"id": "A", "names": {"en": "A"}, "kind": "x"}]\t}\t\n'
    )
    assert load(tmp_path / name).dataset.about.title == "Tabs"


def test_a_tab_that_indents_yaml_is_refused_and_one_in_a_text_kept(tmp_path: Path, valid: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(valid.replace("Test", '"T\te"'))
    assert load(path).dataset.about.title == "T\te"
    path.write_text(f"\t{valid}")
    with pytest.raises(govmap.DataError, match="found character that cannot start any token"):
        load(path)
