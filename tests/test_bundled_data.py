"""What must hold for the bundled files as files: ids, characters, order, and the file that is generated."""

from __future__ import annotations

import csv
import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

import govmap
from govmap.dataset.bundled import bundled_files
from govmap.parts.facts import all_facts

ROOT = Path(__file__).parent.parent
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """Return the rows of a bundled CSV file."""
    return list(csv.DictReader(bundled_files()[name].decode("utf-8").splitlines()))


def records(file: str, key: str) -> list[dict[str, Any]]:
    """Return the records under a key of a bundled YAML file."""
    files = bundled_files()
    found: list[dict[str, Any]] = yaml.load(files[f"{file}.yaml"], yaml.CSafeLoader)[key]
    return [
        yaml.load(files[f"mechanisms/{item}.yaml"], yaml.CSafeLoader) if isinstance(item, str) else item
        for item in found
    ]


def repeats(values: list[Any]) -> list[Any]:
    """Return the values that stand more than once."""
    return [value for value in values if values.count(value) > 1]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("mechanisms", "mechanisms"),
        ("mechanisms", "agencies"),
        ("mechanisms", "resolutions"),
        ("themes", "themes"),
        ("sources", "sources"),
    ],
    ids=["mechanisms", "agencies", "resolutions", "themes", "sources"],
)
def test_no_two_records_share_an_id_even_in_another_case(file: str, key: str) -> None:
    ids = [record["id"].casefold() for record in records(file, key)]

    assert ids
    assert repeats(ids) == []


def test_no_agency_has_the_id_of_a_mechanism() -> None:
    mechanisms, agencies = (
        {record["id"].casefold() for record in records("mechanisms", key)} for key in ("mechanisms", "agencies")
    )

    assert mechanisms & agencies == set()


@pytest.mark.parametrize("column", ["alpha2", "alpha3", "numeric"])
def test_no_two_countries_share_a_code(column: str) -> None:
    codes = [row[column] for row in rows("countries.csv")]

    assert len(codes) == 249
    assert repeats(codes) == []


@pytest.mark.parametrize("file", bundled_files())
def test_a_file_holds_no_character_that_cannot_be_seen(file: str) -> None:
    text = bundled_files()[file].decode("utf-8")
    unseen = {
        f"U+{ord(char):04X}" for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn")
    }

    assert text
    assert unseen == set()


@pytest.mark.parametrize("file", [file for file in bundled_files() if file.endswith(".yaml")])
def test_no_text_holds_a_control_character_by_an_escape(file: str) -> None:
    # An escape such as "\x07" is plain in the file and turns into the character when YAML is read.
    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for pair in value.items() for part in pair for text in texts(part)]
        if isinstance(value, list):
            return [text for part in value for text in texts(part)]
        return [value] if isinstance(value, str) else []

    every = texts(yaml.load(bundled_files()[file], yaml.CSafeLoader))

    assert every
    assert [text for text in every if any(unicodedata.category(char) in ("Cc", "Cf") for char in text)] == []


def pinned(package: str) -> str:
    """Return the version of a package that pyproject.toml pins."""
    match = re.search(rf'"{package}==([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert match is not None
    return match[1]


def make_countries() -> ModuleType:
    """Import scripts/make_countries.py; skip where it or the versions that it is pinned to are not at hand."""
    path = ROOT / "scripts" / "make_countries.py"
    if not path.is_file():
        pytest.skip("the scripts are not beside the tests")
    for package in ("pycountry", "babel"):
        try:
            installed = version(package)
        except PackageNotFoundError:
            pytest.skip(f"{package} is not installed")
        if installed != pinned(package):
            pytest.skip(f"{package} is {installed}, not the pinned {pinned(package)}")
    spec = importlib.util.spec_from_file_location("make_countries", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_countries_are_what_the_script_generates() -> None:
    generated: str = make_countries().countries_csv()

    assert generated.encode("utf-8") == bundled_files()["countries.csv"]


def test_the_aliases_are_sorted_with_the_names_of_no_country_last() -> None:
    pairs = [(row["alpha3"], row["alias"]) for row in rows("country_aliases.csv")]
    names = [pair for pair in pairs if pair[0] != "-"]
    nobody = [pair for pair in pairs if pair[0] == "-"]

    assert names
    assert nobody
    assert pairs == [*sorted(names), *sorted(nobody)]


def test_no_alias_stands_twice() -> None:
    pairs = [(row["alpha3"], row["alias"]) for row in rows("country_aliases.csv")]

    assert repeats(pairs) == []


def test_every_alias_is_of_a_country_that_there_is(atlas: govmap.Atlas) -> None:
    codes = {row["alpha3"] for row in rows("country_aliases.csv")} - {"-"}

    assert codes
    assert codes <= set(atlas.countries)


LANGUAGES = {"en", "es", "pt", "fr"}
OWN_WORDS = {"note", "text", "unit", "secretariats_note", "body"}  # and the names of parts of mechanisms


def texts_by_key(value: Any, holder: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the texts of mechanisms that are words of the dataset, and the names of their parts, by their keys."""
    if isinstance(value, list):
        for item in value:
            yield from texts_by_key(item, holder)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in OWN_WORDS or (key == "name" and holder in ("groups", "pillars", "sub_bodies")):
                yield f"{holder}.{key}", inner
            yield from texts_by_key(inner, key)


def test_every_text_of_the_data_stands_in_the_four_languages() -> None:
    records_of = [*records("mechanisms", "mechanisms"), *records("mechanisms", "events")]
    found = list(texts_by_key([*records_of, *records("mechanisms", "resolutions")]))
    lacking = [(key, text) for key, text in found if not isinstance(text, dict) or set(text) != LANGUAGES]

    assert len(found) > 200
    assert lacking == []
    assert [text for _, text in found if any(len(each) > 3 * len(text["en"]) + 40 for each in text.values())] == []


def test_descriptions_of_sources_stand_in_the_four_languages_and_titles_as_they_are_published() -> None:
    titles = [source["title"] for source in records("sources", "sources")]
    described = [title for title in titles if isinstance(title, dict)]

    assert [title for title in titles if isinstance(title, str) and title.startswith("[")] == []
    assert all(set(title) == LANGUAGES for title in described)
    assert all(text.startswith("[") and text.endswith("]") for title in described for text in title.values())


def test_a_name_of_a_group_that_is_published_names_the_source_and_no_other_language_of_it() -> None:
    for mechanism in records("mechanisms", "mechanisms"):
        for item in (*mechanism.get("groups", []), *mechanism.get("pillars", [])):
            assert set(item.get("name_sources", {})) <= set(item["name"]) - {"en"}


@pytest.mark.once
def test_every_fact_rests_on_a_source_that_can_be_looked_up() -> None:
    atlas = govmap.load(as_of="2026-11-28")
    known = atlas.sources
    facts = [*all_facts(govmap.load()), *all_facts(atlas)]

    sourced = {"members", "former members", "unclear members", "groups", "pillars", "secretariats", "names", "events"}
    assert len(facts) > 600
    own = {name for m in atlas.dataset.mechanisms for name in (m.names[language] for language in m.proposed_names)}
    without = [fact for fact in facts if fact.part in sourced and not fact.evidence.sources]
    assert {name for fact in without for name in str(fact.value).split("; ")} <= own
    assert {fact.part for fact in without} == {"names"}
    assert {id_ for fact in facts for id_ in fact.evidence.sources} <= set(known)
    assert [s.id for s in known.values() if not (s.url or s.isbn) or not s.looked_up] == []
    confirmed = [fact for fact in facts if fact.evidence.status == "confirmed"]
    assert [fact for fact in confirmed if fact.evidence.sources == ("oas-note-2023",)] == []


def evidence_of(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each piece of evidence of the data files, and where it stands."""
    if isinstance(value, list):
        for item in value:
            name = item.get("id", item.get("code", item.get("number", ""))) if isinstance(item, dict) else ""
            yield from evidence_of(item, f"{where} {name}")
    elif isinstance(value, dict):
        if "status" in value and "sources" in value:
            yield where, value
        for key, inner in value.items():
            yield from evidence_of(inner, f"{where} {key}")


def test_what_is_confirmed_has_two_sources_and_what_has_one_source_is_not_in_the_main_one() -> None:
    found = list(evidence_of(records("mechanisms", "mechanisms")))

    assert len(found) > 250
    assert [where for where, each in found if each["status"] == "confirmed" and len(set(each["sources"])) < 2] == []
    assert [
        where for where, each in found if each["status"] == "one source" and "oas-note-2023" in each["sources"]
    ] == []


@pytest.mark.parametrize(
    ("body", "day", "before"),
    [
        ("nals-2021", "2021-11-18", "2021-11-17"),
        ("bogota-ministerial-2021", "2021-10-20", "2021-10-19"),
        ("summit-americas-9", "2022-06-06", "2022-06-05"),
        ("summit-side-event", "2022-06", "2022-05"),
        ("oas-general-assembly-51", "2021-11-10", "2021-11-09"),
        ("panama-ministerial-2022", "2022-04-19", "2022-04-18"),
        ("chile-regional-policy-proposal", "2022-04", "2022-03"),
    ],
)
def test_what_happened_once_is_not_there_before_its_day(body: str, day: str, before: str) -> None:
    atlas = govmap.load()

    assert body in atlas.at(day).mechanisms
    assert body not in atlas.at(before).mechanisms


def test_the_founding_of_rcm_is_of_its_first_meeting() -> None:
    history = govmap.history(govmap.load(), "RCM")

    assert [entry.date for entry in history.entries if entry.kind == "founded"] == ["1996-03-13"]
    assert all(entry.kind != "founded" for entry in govmap.history(govmap.load(), "RCM", since="1996-12").entries)
