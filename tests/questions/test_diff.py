"""What differs between two datasets, or two dates of one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.test_as_of import loaded_of, made

import govmap
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.names.lexicon import WordLists
from govmap.model import Event, Mechanism
from govmap.parts.inventory import KINDS, take_inventory
from govmap.questions.diff import Diff, FieldChange, KindCount, RecordChange, Side

QUICK = settings(deadline=None, max_examples=25)
SEEDS = st.integers(0, 300)


@pytest.fixture(name="small", scope="module")
def _small(atlas: govmap.Atlas) -> govmap.Atlas:
    """The bundled dataset without its words and sources, and of its countries but few, so that many can be compared."""
    codes = {"ARG", "BOL", "CHL", "PER"}
    countries = tuple(country for country in atlas.dataset.countries if country.alpha3 in codes)
    dataset = replace(atlas.dataset, countries=countries, sources=(), themes=atlas.dataset.themes[:4])
    return with_words(govmap.Atlas(LoadedDataset(dataset, atlas.names)), WordLists())


def with_words(atlas: govmap.Atlas, aside: WordLists) -> govmap.Atlas:
    """Return *atlas* with other words beside its records."""
    lent = {kind: part for kind, part in atlas.names.parts.items() if kind != "word_lists"}
    return govmap.Atlas(LoadedDataset(atlas.dataset, index_names(atlas.dataset, aside, lent)))


def of_seed(seed: int, small: govmap.Atlas) -> govmap.Atlas:
    """Return a made dataset; two seeds give datasets with the same ids and most else different."""
    return govmap.Atlas(loaded_of(made(seed), small))


def told(diff: Diff) -> list[tuple[Any, ...]]:
    """Return the changes as plain values, without the id, which is that of the later side."""
    plain = ((c.change, c.kind, c.mechanisms, [(f.field, f.before, f.after) for f in c.fields]) for c in diff.changes)
    return sorted(plain, key=repr)


def mirrored(diff: Diff) -> list[tuple[Any, ...]]:
    """Return the changes as they are seen from the other side."""
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    plain = (
        (turned[c.change], c.kind, c.mechanisms, [(f.field, f.after, f.before) for f in c.fields]) for c in diff.changes
    )
    return sorted(plain, key=repr)


@QUICK
@given(SEEDS, st.sampled_from(["2003", "2007-06", "2010", None]))
def test_a_dataset_does_not_differ_from_itself_whatever_the_order_of_its_records(
    small: govmap.Atlas, seed: int, date: str | None
) -> None:
    one = of_seed(seed, small)
    chance = random.Random(seed)  # noqa: S311 - an order of records
    mechanisms = [
        replace(m, **{part: tuple(chance.sample(items, len(items))) for part, items in parts_of(m).items()})
        for m in one.dataset.mechanisms
    ]
    mixed = replace(
        one.dataset, mechanisms=tuple(chance.sample(mechanisms, len(mechanisms))), themes=one.dataset.themes[::-1]
    )
    other = govmap.Atlas(LoadedDataset(mixed, one.names), date)
    for left, right in ((one, one), (one.at(date) if date else one, other)):
        diff = govmap.compare_datasets(left, right)
        assert (diff.equal, diff.changes) == (True, ())
        assert all(count.before == count.after for count in diff.counts)


def parts_of(mechanism: Mechanism) -> dict[str, Any]:
    """Return the lists of a mechanism by name."""
    names = ("members", "groups", "pillars", "sub_bodies", "secretariats", "former_names")
    return {name: getattr(mechanism, name) for name in names}


@QUICK
@given(SEEDS, SEEDS, st.sampled_from(["2003", "2007-06", None]), st.sampled_from(["2009", "2012-02-03", None]))
def test_a_difference_turned_round_is_its_mirror_image_and_its_numbers_add_up(
    small: govmap.Atlas, seed: int, other_seed: int, start: str | None, end: str | None
) -> None:
    one, other = of_seed(seed, small), of_seed(other_seed, small)
    left, right = (one.at(start) if start else one), (other.at(end) if end else other)
    there, back = govmap.compare_datasets(left, right), govmap.compare_datasets(right, left)
    assert told(back) == mirrored(there)
    for count in there.counts:
        assert count.before - count.removed + count.added == count.after, count.kind
        assert sum(c.kind == count.kind for c in there.changes) == count.added + count.removed + count.changed
    assert there.equal is (there.changes == ())


@QUICK
@given(SEEDS, SEEDS)
def test_the_changes_made_to_the_one_give_the_other(small: govmap.Atlas, seed: int, other_seed: int) -> None:
    one, other = of_seed(seed, small), of_seed(other_seed, small)
    values: list[tuple[str, tuple[str, ...], tuple[str, Any]]] = []
    wanted: list[tuple[str, tuple[str, ...], tuple[str, Any]]] = []
    for atlas, held in ((one, values), (other, wanted)):
        for item in take_inventory(atlas, dated=False):
            held.extend((item.kind, item.mechanisms, field) for field in item.fields.items())
    for change in govmap.compare_datasets(one, other).changes:
        for field in change.fields:
            if field.before is not None:
                values.remove((change.kind, change.mechanisms, (field.field, field.before)))
            if field.after is not None:
                values.append((change.kind, change.mechanisms, (field.field, field.after)))
    assert sorted(values, key=repr) == sorted(wanted, key=repr)


BEFORE: dict[str, Any] = {
    "about": {"title": "T", "version": "1", "reference_date": "2020"},
    "mechanisms": [
        {
            "id": "A",
            "names": {"en": "A Forum"},
            "kind": "forum",
            "relation": "member",
            "members": [{"code": "PER"}, {"code": "CHL", "since": "2010"}],
            "groups": [
                {"number": 1, "name": "Visas", "themes": ["visas"]},
                {"number": 2, "name": "Asylum", "themes": ["asylum"]},
            ],
        }
    ],
}


def changed(small: govmap.Atlas, **fields: Any) -> list[tuple[str, str, str, list[tuple[str, Any, Any]]]]:
    """Return what differs once the one mechanism has other *fields*."""
    after = {**BEFORE, "mechanisms": [{**BEFORE["mechanisms"][0], **fields}]}
    diff = govmap.compare_datasets(*(govmap.Atlas(loaded_of(data, small)) for data in (BEFORE, after)))
    return [(c.change, c.kind, c.id, [(f.field, f.before, f.after) for f in c.fields]) for c in diff.changes]


def test_a_record_that_is_corrected_is_changed_and_not_removed_and_added(small: govmap.Atlas) -> None:
    members = [{"code": "PER", "until": "2015"}, {"code": "CHL", "since": "2011"}, {"code": "BOL"}]
    assert changed(small, members=members) == [
        ("added", "members", "A/BOL", [("relation", None, "member")]),
        ("changed", "members", "A/CHL", [("since", "2010", "2011")]),
        ("changed", "members", "A/PER", [("until", None, "2015")]),
    ]
    assert changed(small, names={"en": "A Forum", "es": "Un foro"}, website="a.example") == [
        ("changed", "mechanisms", "A", [("website", None, "a.example")]),
        ("added", "names", "A/es", [("name", None, "Un foro")]),
    ]
    assert changed(small, relation="endorser")[1:] == [
        ("changed", "members", "A/CHL", [("relation", "member", "endorser")]),
        ("changed", "members", "A/PER", [("relation", "member", "endorser")]),
    ]


def test_groups_that_are_numbered_anew_keep_their_names(small: govmap.Atlas) -> None:
    groups = [
        {"number": 1, "name": "Borders", "themes": ["borders"]},
        {"number": 2, "name": "Visas", "themes": ["visas"]},
        {"number": 3, "name": "Asylum", "themes": ["asylum"]},
    ]
    assert changed(small, groups=groups) == [
        ("added", "groups", "A/1", [("name", None, "Borders"), ("number", None, 1), ("themes", None, ("borders",))]),
        ("changed", "groups", "A/2", [("number", 1, 2)]),
        ("changed", "groups", "A/3", [("number", 2, 3)]),
    ]


def test_a_group_of_another_name_that_began_on_the_same_day_is_the_same(small: govmap.Atlas) -> None:
    groups = [{"number": 1, "name": "Visa policy", "themes": ["visas"]}, BEFORE["mechanisms"][0]["groups"][1]]
    assert changed(small, groups=groups) == [("changed", "groups", "A/1", [("name", "Visas", "Visa policy")])]


def test_two_dates_of_the_bundled_data_tell_who_came_and_what_happened(atlas: govmap.Atlas) -> None:
    diff = govmap.compare_datasets(atlas.at("2022-06"), atlas.at("2022-10"))
    assert [(c.change, c.kind, c.id) for c in diff.changes] == [
        ("added", "members", "LAD/GUY"),
        ("added", "events", "2022-08 joined"),
        ("added", "events", "2022-10-06 meeting"),
        ("added", "events", "2022-07-01 changed"),
    ]
    nicaragua = govmap.compare_datasets(atlas.at("2023-11-18"), atlas.at("2023-11-19"), mechanism="CAM")
    assert [(c.change, c.id) for c in nicaragua.changes] == [("removed", "CAM/NIC"), ("added", "2023-11-19 left")]
    networks = govmap.compare_datasets(atlas.at("2025"), atlas.at("2025-11-17"), mechanism="SACM")
    groups = [c.change for c in networks.changes if c.kind == "groups"]
    assert sorted(groups) == ["added"] * 6 + ["removed"] * 5, "a network that followed another is not that one changed"


def test_a_name_that_changed_is_told(atlas: govmap.Atlas) -> None:
    diff = govmap.compare_datasets(atlas.at("2010"), atlas.at("2013"), mechanism="CAM")
    told_of = {c.id: [(f.field, f.before, f.after) for f in c.fields] for c in diff.changes if c.kind == "names"}
    assert told_of["CAM/en"] == [
        ("acronym", "CEAM", "CAM"),
        ("name", "Special Committee on Migration Issues", "Committee on Migration Issues"),
    ]


def test_a_word_that_helps_to_understand_questions_is_a_record_too(small: govmap.Atlas) -> None:
    small = govmap.Atlas(loaded_of(BEFORE, small))
    one = with_words(small, WordLists(not_countries=("Luanda",), neutral=(("also", "en"),)))
    other = with_words(small, WordLists(neutral=(("quickly", "en"), ("also", "en"))))
    diff = govmap.compare_datasets(one, other)
    assert [(c.change, c.kind, c.id) for c in diff.changes] == [
        ("added", "words", "neutral/en/quickly"),
        ("removed", "words", "not_countries/Luanda"),
    ]
    words = diff.counts[-1]
    assert (words.kind, words.before, words.after) == ("words", 2, 2)


def test_the_caution_of_two_dates_is_that_of_the_earliest_and_of_the_latest(atlas: govmap.Atlas) -> None:
    caution = govmap.compare_datasets(atlas.at("2010"), atlas.at("2012")).caution
    assert caution is not None
    assert caution.count("The lists are those of April 2023") == 1
    assert caution.endswith("may have come later than 2010")
    both = govmap.compare_datasets(atlas.at("2050"), atlas.at("2012")).caution
    assert both is not None
    assert "later than 2012. Nothing was looked up after" in both
    assert govmap.compare_datasets(atlas, atlas).caution is None


def test_a_difference_limited_to_a_mechanism_is_told_in_whole_and_without_a_caution(atlas: govmap.Atlas) -> None:
    """The data are of a day after all that was looked up; without dates no list is said to be of one."""
    first, forum = BEFORE["mechanisms"][0], {"names": {"en": "B"}, "kind": "forum", "relation": "member"}
    other = {"id": "B", **forum, "members": [{"code": "PER"}]}
    before = {"about": {"title": "Old", "version": "1", "reference_date": "2090"}, "mechanisms": [first, other]}
    after = {
        "about": {"title": "New", "version": "2", "reference_date": "2091"},
        "mechanisms": [{**first, "members": [{"code": "PER"}]}, {**other, "members": []}],
    }
    left, right = (govmap.Atlas(loaded_of(data, atlas)) for data in (before, after))
    assert left.caution
    diff = govmap.compare_datasets(left, right, mechanism="A", called=("ours", "theirs"))
    numbers = {"mechanisms": (1, 1), "names": (1, 1), "members": (2, 1), "groups": (2, 2)}
    assert diff == Diff(
        before=Side("ours", "Old", "1", None),
        after=Side("theirs", "New", "2", None),
        mechanism="A",
        equal=False,
        counts=tuple(KindCount(kind, *numbers.get(kind, (0, 0)), 0, int(kind == "members"), 0) for kind in KINDS),
        changes=(
            RecordChange(
                "removed",
                "members",
                "A/CHL",
                "Chile",
                ("A",),
                (FieldChange("relation", "member", None), FieldChange("since", "2010", None)),
            ),
        ),
        caution=None,
    )


def test_where_one_side_has_a_date_the_other_is_as_of_that_of_its_data(
    invented: govmap.Atlas, as_of: Callable[[str], govmap.Atlas]
) -> None:
    for left, right in ((invented, as_of("2021")), (as_of("2020-06"), as_of("2021"))):
        diff = govmap.compare_datasets(left, right, mechanism="ALPHA")
        assert (diff.before.as_of, diff.after.as_of) == ("2020-06", "2021")
        assert [(c.change, c.id) for c in diff.changes] == [
            ("removed", "ALPHA/ARG"),
            ("added", "ALPHA/BOL"),
            ("added", "2020-07-01 left"),
        ]


def test_a_mechanism_that_was_on_neither_date_has_no_records_to_differ(as_of: Callable[[str], govmap.Atlas]) -> None:
    diff = govmap.compare_datasets(as_of("2019"), as_of("2020"), mechanism="LATER")
    assert (diff.equal, diff.changes) == (True, ())
    assert diff.counts == tuple(KindCount(kind, 0, 0, 0, 0, 0) for kind in KINDS)


def test_spells_of_one_country_that_changed_are_told_in_one_order_whatever_that_of_the_files(
    small: govmap.Atlas,
) -> None:
    (mechanism,) = BEFORE["mechanisms"]
    before = ({"code": "CHL", "since": "2001", "until": "2003"}, {"code": "CHL", "since": "2010"})
    after = ({"code": "CHL", "since": "2001", "until": "2004"}, {"code": "CHL", "since": "2010", "until": "2015"})
    for sides in ((before, after), (before[::-1], after), (before[::-1], after[::-1])):
        data = ({**BEFORE, "mechanisms": [{**mechanism, "members": members}]} for members in sides)
        left, right = (govmap.Atlas(loaded_of(one, small)) for one in data)
        fields = [change.fields for change in govmap.compare_datasets(left, right).changes]
        assert fields == [(FieldChange("until", "2003", "2004"),), (FieldChange("until", None, "2015"),)]


MEETING = Event("2015", "meeting", "They meet", ("note",))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (  # of two that are told alike, the one that is still there is the same
            (replace(MEETING, countries=("PER",)), replace(MEETING, countries=("CHL",))),
            (replace(MEETING, countries=("PER",)),),
            [("removed", "They meet", ("CHL",))],
        ),
        (  # of two that could have become a third, the first by its fields has
            (replace(MEETING, text="Bolivia speaks"), replace(MEETING, text="Argentina speaks")),
            (replace(MEETING, text="Chile speaks"),),
            [("changed", "Chile speaks", None), ("removed", "Bolivia speaks", None)],
        ),
        (
            (),
            (replace(MEETING, countries=("PER",)), replace(MEETING, countries=("CHL",))),
            [("added", "They meet", ("CHL",)), ("added", "They meet", ("PER",))],
        ),
    ],
)
def test_events_of_one_day_are_told_apart_whatever_their_order(
    small: govmap.Atlas, before: tuple[Event, ...], after: tuple[Event, ...], changes: list[tuple[Any, ...]]
) -> None:
    for one, other in ((before, after), (before[::-1], after[::-1])):
        datasets = (replace(small.dataset, mechanisms=(), events=events) for events in (one, other))
        left, right = (govmap.Atlas(LoadedDataset(dataset, small.names)) for dataset in datasets)
        told_of = [
            (c.change, c.name, next((f.before or f.after for f in c.fields if f.field == "countries"), None))
            for c in govmap.compare_datasets(left, right).changes
        ]
        assert told_of == changes
