"""What differs between two datasets, or two dates of one; a whole answer is in `answers/`."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.made import ABOUT, Data, atlas_of, loaded_of, mechanism, random_dataset, with_dataset

import govmap
from govmap.calls import Call, Option
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.model import Event, Mechanism
from govmap.names.lexicon import WordLists
from govmap.parts.inventory import KINDS, take_inventory
from govmap.presentation import Presentation
from govmap.questions.diff import Diff, KindCount, Side

SEEDS = st.integers(0, 300)
OPPOSITE = {"added": "removed", "removed": "added", "changed": "changed"}
FORUM = mechanism(
    "A",
    [{"code": "PER"}, {"code": "CHL", "since": "2010"}],
    groups=[
        {"number": 1, "name": "Visas", "themes": ["visas"]},
        {"number": 2, "name": "Asylum", "themes": ["asylum"]},
    ],
)
MEETING = Event("2015", "meeting", "They meet", ("note",))


@pytest.fixture(name="small", scope="module")
def _small(atlas: govmap.Atlas) -> govmap.Atlas:
    """The bundled dataset without its words and sources, and of its countries but few, so that many can be compared."""
    countries = tuple(c for c in atlas.dataset.countries if c.alpha3 in ("ARG", "BOL", "CHL", "PER"))
    few = with_dataset(atlas, countries=countries, sources=(), themes=atlas.dataset.themes[:4])
    return with_words(few, WordLists())


def with_words(atlas: govmap.Atlas, words: WordLists) -> govmap.Atlas:
    """Return *atlas* with other words beside its records."""
    lent = {kind: part for kind, part in atlas.names.parts.items() if kind != "word_lists"}
    return govmap.Atlas(LoadedDataset(atlas.dataset, index_names(atlas.dataset, words, lent)))


def of_seed(seed: int, small: govmap.Atlas) -> govmap.Atlas:
    """Return a random dataset; two seeds give datasets with the same ids and most else different."""
    return govmap.Atlas(loaded_of(random_dataset(seed), small))


def in_lines(diff: Diff) -> list[str]:
    """Return the changes, each with its fields before and after."""
    return [
        f"{change.change} {change.id}: "
        + ", ".join(f"{field.field} {field.before} > {field.after}" for field in change.fields)
        for change in diff.changes
    ]


def records(diff: Diff) -> list[str]:
    """Return the records that differ, and how."""
    return [f"{change.change} {change.id}" for change in diff.changes]


@given(SEEDS, st.sampled_from(["2003", "2007-06", "2010", None]))
def test_a_dataset_does_not_differ_from_itself_whatever_the_order_of_its_records(
    small: govmap.Atlas, seed: int, date: str | None
) -> None:
    atlas = of_seed(seed, small)
    chance = random.Random(seed)  # noqa: S311 - an order of records
    mechanisms = [
        replace(m, **{part: tuple(chance.sample(items, len(items))) for part, items in parts_of(m).items()})
        for m in atlas.dataset.mechanisms
    ]
    mixed = tuple(chance.sample(mechanisms, len(mechanisms)))
    other = with_dataset(atlas, mechanisms=mixed, themes=atlas.dataset.themes[::-1])
    diff = govmap.diff(atlas, other, from_=date, to=date)
    assert (diff.equal, diff.changes) == (True, ())
    assert all(count.before == count.after for count in diff.counts)


def parts_of(record: Mechanism) -> dict[str, Any]:
    """Return the lists of a mechanism by name."""
    names = ("members", "groups", "pillars", "sub_bodies", "secretariats", "former_names")
    return {name: getattr(record, name) for name in names}


@given(SEEDS, SEEDS, st.sampled_from(["2003", "2007-06", None]), st.sampled_from(["2009", "2012-02-03", None]))
def test_a_difference_turned_round_is_its_mirror_image_and_its_numbers_add_up(
    small: govmap.Atlas, seed: int, other_seed: int, start: str | None, end: str | None
) -> None:
    left, right = of_seed(seed, small), of_seed(other_seed, small)
    old, new = (atlas.at(date) if date else atlas for atlas, date in ((left, start), (right, end)))
    there, back = govmap.diff(old, new), govmap.diff(new, old)
    mirrored = [
        (OPPOSITE[c.change], c.kind, c.mechanisms, [(f.field, f.after, f.before) for f in c.fields])
        for c in there.changes
    ]  # without the id, which is that of the later side
    turned = [(c.change, c.kind, c.mechanisms, [(f.field, f.before, f.after) for f in c.fields]) for c in back.changes]
    assert sorted(turned, key=repr) == sorted(mirrored, key=repr)
    for count in there.counts:
        assert count.before - count.removed + count.added == count.after, count.kind
        assert sum(c.kind == count.kind for c in there.changes) == count.added + count.removed + count.changed
    assert there.equal is (there.changes == ())


@given(SEEDS, SEEDS)
def test_the_changes_made_to_the_one_give_the_other(small: govmap.Atlas, seed: int, other_seed: int) -> None:
    before, after = of_seed(seed, small), of_seed(other_seed, small)
    values, expected = (
        [
            (item.kind, item.mechanisms, field)
            for item in take_inventory(atlas, dated=False)
            for field in item.fields.items()
        ]
        for atlas in (before, after)
    )
    for change in govmap.diff(before, after).changes:
        for field in change.fields:
            if field.before is not None:
                values.remove((change.kind, change.mechanisms, (field.field, field.before)))
            if field.after is not None:
                values.append((change.kind, change.mechanisms, (field.field, field.after)))
    assert sorted(values, key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (
            {"members": [{"code": "PER", "until": "2015"}, {"code": "CHL", "since": "2011"}, {"code": "BOL"}]},
            [
                "added A/BOL: relation None > member",
                "changed A/CHL: since 2010 > 2011",
                "changed A/PER: until None > 2015",
            ],
        ),
        (
            {"names": {**FORUM["names"], "es": "Un foro"}, "website": "a.example"},
            ["changed A: website None > a.example", "added A/es: name None > Un foro"],
        ),
        (
            {"relation": "endorser"},
            [f"changed {id_}: relation member > endorser" for id_ in ("A", "A/CHL", "A/PER")],
        ),
        (  # numbered anew
            {
                "groups": [
                    {"number": 1, "name": "Borders", "themes": ["borders"]},
                    *({**group, "number": group["number"] + 1} for group in FORUM["groups"]),
                ]
            },
            [
                "added A/1: name None > Borders, number None > 1, themes None > ('borders',)",
                "changed A/2: number 1 > 2",
                "changed A/3: number 2 > 3",
            ],
        ),
        (  # another name from the same day on
            {"groups": [{"number": 1, "name": "Visa policy", "themes": ["visas"]}, FORUM["groups"][1]]},
            ["changed A/1: name Visas > Visa policy"],
        ),
    ],
)
def test_a_record_that_is_corrected_is_changed_and_not_removed_and_added(
    small: govmap.Atlas, fields: Data, lines: list[str]
) -> None:
    assert in_lines(govmap.diff(atlas_of(small, FORUM), atlas_of(small, {**FORUM, **fields}))) == lines


def test_changed_spells_of_a_country_are_in_one_order_whatever_the_files(
    small: govmap.Atlas,
) -> None:
    before = [{"code": "CHL", "since": "2001", "until": "2003"}, {"code": "CHL", "since": "2010"}]
    after = [{"code": "CHL", "since": "2001", "until": "2004"}, {"code": "CHL", "since": "2010", "until": "2015"}]
    for old, new in ((before, after), (before[::-1], after), (before[::-1], after[::-1])):
        left, right = (atlas_of(small, mechanism("A", members)) for members in (old, new))
        assert [line.partition(": ")[2] for line in in_lines(govmap.diff(left, right))] == [
            "until 2003 > 2004",
            "until None > 2015",
        ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        # of two that are told alike, the one that is still there is the same
        ([{"countries": ("PER",)}, {"countries": ("CHL",)}], [{"countries": ("PER",)}], ["removed They meet ('CHL',)"]),
        # of two that could have become a third, the first by its fields has
        (
            [{"texts": "Bolivia speaks"}, {"texts": "Argentina speaks"}],
            [{"texts": "Chile speaks"}],
            ["changed Chile speaks None", "removed Bolivia speaks None"],
        ),
        (
            [],
            [{"countries": ("PER",)}, {"countries": ("CHL",)}],
            ["added They meet ('CHL',)", "added They meet ('PER',)"],
        ),
    ],
)
def test_events_of_one_day_are_kept_apart_whatever_their_order(
    small: govmap.Atlas, before: list[Data], after: list[Data], changes: list[str]
) -> None:
    old, new = ([replace(MEETING, **fields) for fields in events] for events in (before, after))
    for sides in ((old, new), (old[::-1], new[::-1])):
        left, right = (with_dataset(small, mechanisms=(), events=tuple(events)) for events in sides)
        assert [
            f"{c.change} {c.name} {next((f.before or f.after for f in c.fields if f.field == 'countries'), None)}"
            for c in govmap.diff(left, right).changes
        ] == changes


def test_a_word_that_helps_to_understand_questions_is_a_record_too(small: govmap.Atlas) -> None:
    forum = atlas_of(small, FORUM)
    before = with_words(forum, WordLists(not_countries=("Luanda",), neutral=(("also", "en"),)))
    after = with_words(forum, WordLists(neutral=(("quickly", "en"), ("also", "en"))))
    diff = govmap.diff(before, after)
    assert records(diff) == ["added neutral/en/quickly", "removed not_countries/Luanda"]
    assert diff.counts[-1] == KindCount("words", 2, 2, 1, 1, 0)


def test_two_dates_of_the_bundled_data_differ_in_members_and_events(atlas: govmap.Atlas) -> None:
    found = govmap.diff(atlas, from_="2022-06", to="2022-10")
    of_chairs_and_leads = {
        "added SACM/PER",
        "removed SACM/CHL",
        "added OCAM/DOM",
        "removed OCAM/GTM",
        "added QUITO/CHL",
        *(f"changed LAD/{n}" for n in range(1, 12)),
    }
    assert [record for record in records(found) if record not in of_chairs_and_leads] == [
        "added LAD/GUY",
        "added 2022-08 joined",
        "added 2022-10-06 meeting",
        "added 2022-07-01 changed",
    ]
    nicaragua = govmap.diff(atlas, from_="2023-11-18", to="2023-11-19", mechanism="CAM")
    assert records(nicaragua) == ["removed CAM/NIC", "added 2023-11-19 left"]
    networks = govmap.diff(atlas, from_="2025-11-17", to="2025", mechanism="SACM")
    groups = [change.change for change in networks.changes if change.kind == "groups"]
    assert sorted(groups) == ["added"] * 5 + ["removed"] * 6, "a network that followed another is not that one changed"
    named = "Special Committee on Migration Issues > Committee on Migration Issues"
    assert f"changed CAM/en: acronym CEAM > CAM, name {named}" in in_lines(govmap.diff(atlas, from_="2010", to="2013"))


@pytest.mark.parametrize("extra", ["", "    groups: [{number: 9, name: Nine, themes: [health]}]\n"])
def test_own_data_differ_by_what_is_written_in_them(tmp_path: Path, extra: str) -> None:
    """And not by what is added to the notes on the bundled lists that they change."""
    path = tmp_path / "own.yaml"
    member = "    members: [{code: VEN, since: 2025-03}]\n"
    path.write_text(f"extends: bundled\nmechanisms:\n  - id: RCM\n{member}{extra}", encoding="utf-8")
    expected = ["RCM/VEN", *(["RCM/9"] if extra else [])]
    own = govmap.load(path)
    assert records(govmap.diff("bundled", str(path))) == [f"added {id_}" for id_ in expected]
    assert records(govmap.diff(str(path), "bundled")) == [f"removed {id_}" for id_ in expected]
    assert "your data change" in str(own.mechanisms["RCM"].evidence["members"].notes)


def test_a_name_is_shown_in_its_language(atlas: govmap.Atlas) -> None:
    found = govmap.diff(atlas, from_="2010", to="2013")
    names = {change.id: change.name for change in found.changes if change.kind == "names"}
    assert names["CAM/es"] == "Comisión de Asuntos Migratorios"
    kinds = [change.kind for change in found.changes]
    assert kinds.index("members") < kinds.index("names"), "who is in them first"


def test_a_chair_of_which_no_end_is_known_is_not_removed_by_the_silence_that_follows(atlas: govmap.Atlas) -> None:
    chairs = [{"code": "PER", "since": "2015", "until": "2018"}, {"code": "CHL", "since": "2018", "seen": "2020"}]
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs))
    assert records(govmap.diff(made, from_="2020", to="2024")) == []
    assert records(govmap.diff(made, from_="2016", to="2024")) == ["removed ONE/PER"], "who came after is not known"
    assert records(govmap.diff(made, from_="2014", to="2020")) == ["added ONE/CHL"]
    ended = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs[:1]))
    assert records(govmap.diff(ended, from_="2016", to="2024")) == ["removed ONE/PER"]


def test_a_chair_that_another_is_known_to_have_followed_is_removed_at_every_later_date(atlas: govmap.Atlas) -> None:
    chairs = [{"code": "PER", "since": "2015", "seen": "2017"}, {"code": "CHL", "since": "2018"}]
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs))
    for later in ("2018-06", "2019", "2024"):
        found = govmap.diff(made, from_="2016", to=later)
        assert ("removed", "ONE/PER") in [(change.change, change.id) for change in found.changes], later
    beside = [{"code": "PER", "since": "2015", "seen": "2017"}, {"code": "CHL", "since": "2017"}]
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=beside))
    found = govmap.diff(made, from_="2016", to="2019")
    assert found.equal, "both may have been in the chair"
    assert Presentation(found).page().subtitle == "No record differs, as far as is known of both dates"


def test_the_chairs_of_2023_are_removed_by_the_last_date_as_by_an_earlier_one(atlas: govmap.Atlas) -> None:
    for later in ("2024-06", "2025-12", None):
        found = govmap.diff(atlas, from_="2023-04", to=later).changes
        removed = {change.id for change in found if (change.kind, change.change) == ("chairs", "removed")}
        assert {"MIRPS/PAN", "QUITO/CHL", "RCM/PAN"} <= removed, later


def test_chairs_of_the_later_date_are_shown_if_known(atlas: govmap.Atlas) -> None:
    chairs = [{"code": "PER", "since": "2015", "until": "2018"}, {"code": "CHL", "since": "2018", "seen": "2020"}]
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs), mechanism("TWO", "PER"))
    dates = {"2016": (("PER",), ()), "2019": (("CHL",), ()), "2024": ((), ("CHL",)), "2025": ((), ("CHL",))}
    for first, second in combinations(dates, 2):
        found = govmap.diff(made, from_=first, to=second)
        expected = {"ONE": dates[second]} if dates[first] != dates[second] else {}
        assert {id_: now.codes for id_, now in found.chairs.items()} == expected, (first, second)
        assert {row[-1] for row in found.rows().rows if row[3] == "in the chair"} == ({"CHL"} if expected else set())
    page = str(Presentation(govmap.diff(from_="2023-04", to="2026")).page())
    assert "'ended', 'QUITO/CHL'" in page
    assert "QUITO: not known; last known: Costa Rica, 2024" in page
    assert govmap.diff(made, made).chairs == {}
    assert govmap.diff(made, from_="2016", to="2024", mechanism="TWO").chairs == {}


def test_a_chair_is_no_change_where_it_is_not_known_on_one_of_the_two_dates(atlas: govmap.Atlas) -> None:
    """A chair seen on a day may have been held before and after it."""
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=[{"code": "CHL", "seen": "2018"}]))
    assert [records(govmap.diff(made, from_=a, to=b)) for a, b in (("2016", "2018"), ("2018", "2024"))] == [[], []]
    other = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=[{"code": "PER", "seen": "2018"}]))
    assert records(govmap.diff(made.at("2018"), other.at("2018"))) == ["removed ONE/CHL", "added ONE/PER"]
    chairs = [change.id for change in govmap.diff(atlas, from_="2023-04").changes if change.kind == "chairs"]
    assert not {"CAM/COL", "CAM/PAN", "LAD/COL", "QUITO/CRI"}.intersection(chairs)


def test_a_side_without_a_date_is_as_of_the_date_of_its_data(invented: govmap.Atlas) -> None:
    for sides in ((invented, invented.at("2021")), (invented.at("2020-06"), invented.at("2021"))):
        diff = govmap.diff(*sides, mechanism="ALPHA")
        assert (diff.before.as_of, diff.after.as_of) == ("2020-06", "2021")
        assert records(diff) == ["removed ALPHA/ARG", "added ALPHA/BOL", "added 2020-07-01 left"]
    nothing = govmap.diff(invented, from_="2019", to="2020", mechanism="LATER")
    assert (nothing.equal, nothing.counts) == (True, tuple(KindCount(kind, 0, 0, 0, 0, 0) for kind in KINDS))


def test_the_caution_of_two_dates_is_that_of_the_earliest_and_of_the_latest(atlas: govmap.Atlas) -> None:
    early = str(govmap.diff(atlas, from_="2010", to="2012").caution)
    assert early.count("The lists are those of April 2023") == 1
    assert early.endswith("may have come later than 2010")
    assert "later than 2012. No source was consulted after" in str(govmap.diff(atlas, from_="2012", to="2050").caution)


def test_without_dates_no_list_is_said_to_be_of_one(atlas: govmap.Atlas) -> None:
    """The data are of a day after all that was looked up."""
    about = {**ABOUT, "title": "Old", "reference_date": "2090"}
    left = atlas_of(atlas, FORUM, mechanism("B", "PER"), about=about)
    right = atlas_of(atlas, {**FORUM, "members": [{"code": "PER"}]}, mechanism("B"), about={**about, "version": "2"})
    assert left.caution
    diff = govmap.diff(left, right, mechanism="A")
    assert (diff.before, diff.after) == (Side("before", "Old", "1", None), Side("after", "Old", "2", None))
    assert (diff.caution, diff.mechanism) == (None, "A")
    assert in_lines(diff) == ["removed A/CHL: relation member > None, since 2010 > None"]


@pytest.mark.parametrize(
    ("sides", "options", "message", "suggestion"),
    [
        ((), {}, "diff needs two datasets, or two dates of one", Call("diff", from_="2022-06", to="2022-10")),
        (("ours",), {}, "diff needs two datasets, or two dates of one", Call("diff", "bundled", "ours")),
        (
            ("bundled",),
            {"as_of": "2020", "to": "2021"},
            "`as_of` cannot be used with `from_` or `to`",
            Call("diff", from_="2022-06", to="2022-10"),
        ),
        (("bundled",), {"to": "soon"}, '"soon" is not a date', Option("from_", "2022-06")),
        (
            ("bundled", "bundled"),
            {"data": "ours"},
            "Both datasets are named already; leave `data` out",
            Call("diff", from_="2022-06", to="2022-10"),
        ),
    ],
)
def test_a_call_that_does_not_name_two_sides_is_refused(
    sides: tuple[str, ...], options: dict[str, str], message: str, suggestion: object
) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.diff(*sides, **options)  # type: ignore[arg-type]  # all of them are texts
    assert (caught.value.message, caught.value.suggestions[0]) == (message, suggestion)


def test_two_dates_in_place_of_datasets_are_told_as_options() -> None:
    with pytest.raises(govmap.DataError) as caught:
        govmap.diff("2022", "2024")
    assert caught.value.suggestions == (Call("diff", from_="2022", to="2024"),)
    with pytest.raises(govmap.DataError) as caught:
        govmap.diff("2022", "no-such-folder")
    assert caught.value.suggestions == ()
