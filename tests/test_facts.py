"""The bundled data against tables of facts that were made from the source without the tool.

The tables in tests/facts were read from the source, the OAS Technical Note of April 2023. Every fact is looked
up twice: in the atlas as `govmap.load` gives it, and in the YAML files as PyYAML alone reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

import govmap

FACTS = Path(__file__).parent / "facts"
DATA = Path(__file__).parents[1] / "data"
SOURCE = "oas-note-2023"
LAST_DAY = "2023-04-30"
COUNTS = {"CAM": 33, "RCM": 11, "SACM": 12, "MIRPS": 7, "RIAM": 18, "LAD": 21, "QUITO": 13, "R4V": 17}
GROUP_COUNTS = {"CAM": 0, "RCM": 4, "SACM": 6, "MIRPS": 4, "RIAM": 4, "LAD": 11, "QUITO": 10, "R4V": 9}
TERRITORIES = ("ABW", "CUW")
Data = dict[str, Any]
Row = dict[str, str]


def table(name: str) -> list[Row]:
    """Return the rows of one table of facts."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MEMBERSHIPS = table("memberships")
GROUPS = table("groups")
SECRETARIATS = table("secretariats")
MENTIONED = table("mentioned")
PILLARS = table("pillars")
RESOLUTIONS = table("resolutions")
CATEGORIES = table("categories")
TIMELINE = table("timeline")
LABELS = table("themes")
THEMES = sorted({row["id"] for row in LABELS})
SEATS = [(mechanism, row["alpha3"]) for mechanism in COUNTS for row in MEMBERSHIPS if row[mechanism]]


def members_of(mechanism: str) -> list[str]:
    """Return the alpha-3 codes that the source lists for a mechanism."""
    return [code for id_, code in SEATS if id_ == mechanism]


def as_plain(records: Any) -> Any:
    """Return records as the dicts and lists that YAML would give."""
    return in_english(msgspec.json.decode(msgspec.json.encode(records, enc_hook=str)))


def in_english(value: Any) -> Any:
    """Return a value of the data with its texts in English alone; names of bodies and labels stay as they are."""
    if isinstance(value, list):
        return [in_english(item) for item in value]
    if not isinstance(value, dict):
        return value
    texts = ("name", "note", "text", "unit", "body", "secretariats_note", "title", "publisher")
    return {
        key: item["en"] if key in texts and isinstance(item, dict) else in_english(item) for key, item in value.items()
    }


@cache
def read_files() -> Data:
    """Return the three YAML files as PyYAML reads them, in one dict."""
    data: Data = {}
    for name in ("mechanisms", "themes", "sources"):
        data.update(yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))
    data["mechanisms"] = [
        yaml.load((DATA / "mechanisms" / f"{item}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
        if isinstance(item, str)
        else item
        for item in data["mechanisms"]
    ]
    data["events"].extend(
        {**event, "mechanisms": [mechanism["id"], *event.get("mechanisms", [])]}
        for mechanism in data["mechanisms"]
        for event in mechanism.get("events", [])
    )
    data = in_english(data)
    for mechanism in data["mechanisms"]:
        members = mechanism.get("members", [])
        mechanism["members"] = [{"code": member} if isinstance(member, str) else member for member in members]
    return data


def held_in_april_2023(records: list[Data]) -> list[Data]:
    """Return the records whose dates, compared as texts, hold on the last day of April 2023."""
    return [
        record
        for record in records
        if record.get("since", "") <= LAST_DAY
        and record.get("joined_after", "") < LAST_DAY
        and record.get("until", "9999") > LAST_DAY
    ]


def as_loaded(atlas: govmap.Atlas) -> Data:
    """Return what the atlas holds as of the default date, as plain dicts."""
    data: Data = as_plain(atlas.dataset)
    data["mechanisms"] = as_plain(list(atlas.mechanisms.values()))
    return data


def as_filed() -> Data:
    """Return what the files hold as of April 2023, read without govmap."""
    data = read_files()
    for mechanism in data["mechanisms"]:
        for part in ("members", "groups", "secretariats"):
            mechanism[part] = held_in_april_2023(mechanism.get(part, []))
    return data


@pytest.fixture(name="data", scope="module", params=["loaded", "filed"])
def _data(request: pytest.FixtureRequest, atlas: govmap.Atlas) -> Data:
    """Two readings of the same data; a test that takes it runs on each."""
    data = as_loaded(atlas) if request.param == "loaded" else as_filed()
    data["by id"] = {mechanism["id"]: mechanism for mechanism in data["mechanisms"]}
    return data


def groups_of(data: Data, mechanism: str) -> dict[int, Data]:
    """Return the groups of a mechanism by number."""
    return {group["number"]: group for group in data["by id"][mechanism].get("groups", [])}


def written(record: Data, shown: str) -> str:
    """Return the source's own form of a record: `as_written`, or what is shown where the two agree."""
    return str(record.get("as_written") or shown)


def test_the_tables_hold_as_many_rows_as_the_source_has_facts() -> None:
    assert {mechanism: len(members_of(mechanism)) for mechanism in COUNTS} == COUNTS
    assert (len(SEATS), len(MEMBERSHIPS), len(GROUPS), len(SECRETARIATS)) == (132, 37, 48, 10)
    assert (len(MENTIONED), len(TIMELINE), len(THEMES)) == (16, 26, 51)


@pytest.mark.parametrize("mechanism", COUNTS)
def test_the_members_of_a_mechanism_are_those_that_the_source_lists(data: Data, mechanism: str) -> None:
    codes = [member["code"] for member in data["by id"][mechanism]["members"]]

    assert sorted(codes) == sorted(members_of(mechanism))


@pytest.mark.parametrize("code", [row["alpha3"] for row in MEMBERSHIPS])
def test_a_party_is_a_state_unless_it_is_a_country_of_the_kingdom_of_the_netherlands(
    atlas: govmap.Atlas, code: str
) -> None:
    country = atlas.countries[code]

    expected = ("territory", "NLD") if code in TERRITORIES else ("state", None)
    assert (country.kind, country.sovereign) == expected


@pytest.mark.parametrize("row", MEMBERSHIPS, ids=[row["alpha3"] for row in MEMBERSHIPS])
def test_a_party_is_in_exactly_the_mechanisms_that_list_it(atlas: govmap.Atlas, row: Row) -> None:
    found = {mechanism.id for mechanism in atlas.mechanisms_of(row["alpha3"])}

    assert found == {mechanism for mechanism in COUNTS if row[mechanism]}


@pytest.mark.parametrize("mechanism", COUNTS)
def test_the_groups_of_a_mechanism_have_the_names_pillars_and_themes_of_the_source(data: Data, mechanism: str) -> None:
    groups = data["by id"][mechanism].get("groups", [])
    rows = [row for row in GROUPS if row["mechanism"] == mechanism]

    assert [group["number"] for group in groups] == list(range(1, GROUP_COUNTS[mechanism] + 1))
    assert [(written(group, group["name"]), group.get("pillar"), sorted(group["themes"])) for group in groups] == [
        (row["as_written"], int(row["pillar"] or 0) or None, sorted(row["themes"].split(";"))) for row in rows
    ]


def test_the_los_angeles_declaration_alone_has_pillars_with_the_names_and_themes_of_the_source(data: Data) -> None:
    with_pillars = [mechanism for mechanism in data["mechanisms"] if mechanism.get("pillars")]
    pillars = {one["number"]: (written(one, one["name"]), sorted(one["themes"])) for one in with_pillars[0]["pillars"]}

    assert [mechanism["id"] for mechanism in with_pillars] == ["LAD"]
    assert pillars == {int(row["number"]): (row["name"], row["themes"].split(";")) for row in PILLARS}


@pytest.mark.parametrize("mechanism", COUNTS)
def test_the_agencies_that_serve_a_mechanism_are_those_of_the_source(data: Data, mechanism: str) -> None:
    served = data["by id"][mechanism].get("secretariats", [])
    rows = [row for row in SECRETARIATS if row["mechanism"] == mechanism]

    assert [(secretariat["agency"], written(secretariat, secretariat["agency"])) for secretariat in served] == [
        (row["agency"], row["as_written"]) for row in rows
    ]


def test_the_mechanisms_are_the_eight_and_the_sixteen_that_are_only_mentioned(data: Data) -> None:
    of_the_note = [m for m in data["mechanisms"] if m.get("scope", "note") == "note"]
    named = [m["id"] for m in data["mechanisms"] if SOURCE in m["evidence"].get("named", {}).get("sources", ())]

    assert {m["id"] for m in of_the_note if m.get("coverage", "full") == "full"} == set(COUNTS)
    assert len(named) == len(MENTIONED) == 16
    wider = {m["id"] for m in data["mechanisms"] if m.get("scope") == "wider"}
    assert set(named) & wider == {"CMC", "ANDEAN", "bogota-ministerial-2021", "nals-2021"}, (
        "their lists are not its own"
    )


@pytest.mark.parametrize("row", MENTIONED, ids=[row["name_as_written"] for row in MENTIONED])
def test_a_body_that_is_only_mentioned_has_the_source_as_evidence_and_no_members(data: Data, row: Row) -> None:
    found = [
        body
        for body in data["mechanisms"]
        if "named" in body["evidence"] and written(body, body["names"]["en"]) == row["name_as_written"]
    ]

    assert len(found) == 1
    assert SOURCE in found[0]["evidence"]["named"]["sources"]
    for part in ("members", "groups", "secretariats"):
        if found[0].get(part):
            assert found[0]["scope"] == "wider"
            assert SOURCE not in found[0]["evidence"][part]["sources"], "the source is silent"


@pytest.mark.parametrize("row", MENTIONED, ids=[row["name_as_written"] for row in MENTIONED])
def test_a_body_that_is_only_mentioned_is_of_the_kind_that_the_source_calls_it(data: Data, row: Row) -> None:
    kinds = {written(body, body["names"]["en"]): body["kind"] for body in data["mechanisms"]}

    if row["name_as_written"] == "Caribbean Migration Consultations":  # the more exact word of its own kind
        assert (row["kind"], kinds[row["name_as_written"]]) == ("regional mechanism", "consultative process")
    else:
        assert kinds[row["name_as_written"]] in row["kind"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_its_labels_in_four_languages_and_where_they_come_from(data: Data, theme: str) -> None:
    (found,) = (record for record in data["themes"] if record["id"] == theme)
    rows = [row for row in LABELS if row["id"] == theme]
    preferred = {row["lang"]: row["label"] for row in rows if row["kind"] == "preferred"}
    codes = {row["lang"]: row["source_code"] for row in rows if row["kind"] == "preferred"}
    alternative: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "alternative":
            alternative.setdefault(row["lang"], []).append(row["label"])

    assert set(preferred) == {"en", "es", "pt", "fr"}
    assert found["preferred"] == preferred
    assert found["label_sources"] == codes
    assert found.get("alternative", {}) == alternative
    assert found.get("broader") == (rows[0]["broader"] or None)


@pytest.mark.parametrize("theme", THEMES)
def test_every_label_of_a_theme_finds_it_and_nothing_else(atlas: govmap.Atlas, theme: str) -> None:
    labels = [row["label"] for row in LABELS if row["id"] == theme]

    assert {label: atlas.theme_names.exact(label) for label in labels} == dict.fromkeys(labels, (theme,))


def test_the_vocabulary_holds_no_theme_besides_the_51(data: Data) -> None:
    assert sorted(theme["id"] for theme in data["themes"]) == THEMES


def test_97_preferred_labels_are_proposals_of_this_dataset(data: Data) -> None:
    codes = [code for theme in data["themes"] for code in theme["label_sources"].values()]

    assert codes.count("X") == 97
    assert len(codes) == 4 * 51


def test_the_categories_are_the_ten_of_the_source_with_their_themes(data: Data) -> None:
    categories = {one["number"]: (one["label"], sorted(one["themes"])) for one in data["categories"]}

    assert categories == {int(row["number"]): (row["label"], row["themes"].split(";")) for row in CATEGORIES}
    assert list(categories) == list(range(1, 11))


def test_the_resolutions_are_three_with_their_numbers_titles_and_dates(data: Data) -> None:
    """The source gives AG/RES. 2910 no date; its day is that of another source."""
    assert [{field: one.get(field) or "" for field in RESOLUTIONS[0]} for one in data["resolutions"]] == RESOLUTIONS
    assert len(data["resolutions"]) == 3


def is_dated(event: Data, row: Row) -> bool:
    """Return whether an event bears the date of the source, as its own or as the form that was corrected."""
    slip = event.get("as_written", "")
    if not row["date"]:
        return bool(slip) and row["event"].endswith(slip)
    date, _, until = row["date"].partition("/")
    return (event["date"], event.get("until", "")) == (date, until) or slip.startswith(row["date"])


@pytest.mark.parametrize("row", TIMELINE, ids=[f"{row['date'] or 'undated'}-{row['words']}" for row in TIMELINE])
def test_a_dated_entry_of_the_source_is_among_the_events(data: Data, row: Row) -> None:
    found = [
        event
        for event in data["events"]
        if SOURCE in event["sources"] and row["words"] in event["text"] and is_dated(event, row)
    ]

    assert len(found) == 1


def test_26_events_rest_on_the_source(data: Data) -> None:
    assert sum(SOURCE in event["sources"] for event in data["events"]) == 26


def source_ids(value: Any) -> Iterator[str]:
    """Yield every id under a key `sources` or `source`, at any depth."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("source", "sources") and not any(isinstance(one, dict) for one in part):
                yield from [part] if isinstance(part, str) else part
            else:
                yield from source_ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from source_ids(part)


def test_every_id_of_a_source_is_one_of_the_sources(data: Data) -> None:
    known = {source["id"] for source in data["sources"]}
    named = set(source_ids({key: part for key, part in data.items() if key != "by id"}))

    assert SOURCE in named
    assert sorted(named - known) == []


@pytest.mark.parametrize("part", ["members", "groups", "secretariats"])
@pytest.mark.parametrize("mechanism", COUNTS)
def test_everything_a_mechanism_lists_at_any_date_has_evidence_with_a_source(mechanism: str, part: str) -> None:
    (found,) = (one for one in read_files()["mechanisms"] if one["id"] == mechanism)
    of_the_list = found["evidence"].get(part, {}).get("sources", [])
    lacking = [one for one in found.get(part, []) if not (one.get("evidence", {}).get("sources") or of_the_list)]

    assert of_the_list
    assert lacking == []
