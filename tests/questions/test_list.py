"""What there is, filtered; what every field holds is in `answers/`."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made import atlas_of, mechanism, read_data

import govmap
from govmap.calls import Call
from govmap.layout.page import Table
from govmap.presentation import Presentation
from govmap.questions.list import LISTS


def ids(atlas: govmap.Atlas, what: str, **filters: Any) -> list[str]:
    """Return what names each record of a list."""
    found: Any = govmap.list(atlas, what, **filters)  # type: ignore[call-overload]  # any of the lists
    return [
        f"{item.mechanism}-{item.number}" if what == "groups" else str(getattr(item, item.__struct_fields__[0]))
        for item in found
    ]


@pytest.mark.parametrize("case", read_data("narrowed_lists.yaml"), ids=str)
def test_a_list_has_what_fits_every_filter(invented: govmap.Atlas, case: dict[str, Any]) -> None:
    assert ids(invented, case["list"], **case.get("by", {})) == case["has"].split()


def test_a_list_is_that_of_the_date(invented: govmap.Atlas) -> None:
    assert ids(invented.at("2005"), "mechanisms") == ["ALPHA", "GAMMA"]
    assert ids(invented.at("2022"), "secretariats", secretariat="Agency of Aardvarks") == ["AAA"]
    assert ids(invented.at("2012"), "groups", theme="livelihoods") == ["ALPHA-2"]
    assert [govmap.list(invented.at(date))[0].groups for date in ("2012", "2022")] == [2, 1]


def test_a_narrowed_list_counts_the_groups_and_mechanisms_that_fit(invented: govmap.Atlas) -> None:
    (borders,) = govmap.list(invented, "themes", member="ARG")
    assert (borders.groups, borders.mechanisms) == (1, ("ALPHA",))
    (chile, *_) = [item for item in govmap.list(invented, "countries", theme="asylum") if item.code == "CHL"]
    assert chile.mechanisms == ("ALPHA", "BETA"), "a country names all of its mechanisms"
    assert [item.mechanisms for item in govmap.list(invented, "secretariats", member="FRA")] == [("GAMMA",)]


def test_all_themes_are_listed_with_their_labels_and_those_that_are_proposals(invented: govmap.Atlas) -> None:
    """The label of governance in French is marked with X in themes.yaml, those in the other languages with M."""
    items = {item.id: item for item in govmap.list(invented, "themes")}
    assert list(items) == sorted(invented.themes)
    assert {id_: item.groups for id_, item in items.items() if item.groups} == {"asylum": 1, "borders": 2}
    assert items["asylum"].labels == {"en": "asylum", "es": "asilo", "pt": "refúgio e asilo", "fr": "asile"}
    assert (items["asylum"].label, items["asylum"].broader) == ("asylum", "international-protection")
    assert items["governance"].proposed == ("fr",)


def test_the_kinds_of_groups_are_what_mechanisms_call_them(atlas: govmap.Atlas) -> None:
    labels = {mechanism.group_label for mechanism in atlas.covered if mechanism.group_label}
    assert len(labels) > 1
    assert sorted(id_ for label in labels for id_ in ids(atlas, "groups", kind=label)) == sorted(
        f"{m.id}-{group.number}" for m in atlas.covered if m.group_label for group in m.groups
    )


def test_sources_are_listed_by_id_and_by_kind(invented: govmap.Atlas) -> None:
    assert ids(invented, "sources") == sorted(invented.sources)
    kinds = {source.kind for source in invented.sources.values()}
    assert sorted(id_ for kind in kinds for id_ in ids(invented, "sources", kind=kind)) == sorted(invented.sources)


def test_words_are_understood_in_any_case_and_kinds_in_the_language_of_the_answer(invented: govmap.Atlas) -> None:
    assert ids(invented, "Mechanisms", coverage="All") == ids(invented, "mechanisms", coverage="all")
    assert ids(invented, "countries", kind="Territory") == ["ABW"]
    with govmap.speaking("es"):
        assert len(ids(invented, "countries", kind="Estado")) == 5
    with pytest.raises(govmap.UsageError):
        govmap.list(invented, "countries", kind="Estado")


@pytest.mark.parametrize(
    ("what", "filters", "message", "suggestions"),
    [
        ("sountries", {}, 'There is no list "sountries"', ("countries",)),  # sources is near as well
        ("xyz", {}, 'There is no list "xyz"', tuple(LISTS)),
        ("mechanisms", {"coverage": "ful"}, 'There is no coverage "ful"', ("full",)),
        (
            "groups",
            {"coverage": "all"},
            "Only a list of mechanisms takes `coverage`",
            (Call("list", "mechanisms", coverage="all"),),
        ),
        (
            "countries",
            {"member": "delta"},
            "The source names DELTA without its members",
            (Call("mechanism", "DELTA"),),
        ),
        (
            "mechanisms",
            {"kind": "club"},
            'There is no kind "club" in this list',
            ("consultative process", "forum", "framework", "network"),
        ),
        ("countries", {"kind": "republic"}, 'There is no kind "republic" in this list', ("state", "territory")),
        ("groups", {"kind": "working group"}, 'There is no kind "working group" in this list', ()),
        ("themes", {"kind": "state"}, "A list of themes takes no `kind`", (Call("list", "themes"),)),
        ("secretariats", {"kind": "state"}, "A list of secretariats takes no `kind`", (Call("list", "secretariats"),)),
        ("resolutions", {"member": "CHL"}, "A list of resolutions takes no filter", (Call("list", "resolutions"),)),
        ("resolutions", {"kind": "UN"}, "A list of resolutions takes no filter", (Call("list", "resolutions"),)),
        ("sources", {"member": "CHL"}, "A list of sources takes no filter but `kind`", (Call("list", "sources"),)),
        ("sources", {"theme": "borders"}, "A list of sources takes no filter but `kind`", (Call("list", "sources"),)),
        ("sources", {"secretariat": "IOM"}, "A list of sources takes no filter but `kind`", (Call("list", "sources"),)),
    ],
)
def test_a_list_or_a_filter_that_there_is_not_is_refused_with_what_to_ask(
    invented: govmap.Atlas, what: str, filters: dict[str, str], message: str, suggestions: tuple[object, ...]
) -> None:
    with pytest.raises((govmap.UsageError, govmap.NoAnswerError)) as caught:
        ids(invented, what, **filters)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)


def test_a_secretariat_on_which_another_page_differs_is_marked(atlas: govmap.Atlas) -> None:
    """RCM has a secretariat of its own by a page of IOM, which the source names."""
    found = {item.agency: item for item in govmap.list(atlas, "secretariats")}
    assert found["IOM"].contradicted == ("RCM",)
    assert {item.contradicted for agency, item in found.items() if agency != "IOM"} == {()}
    block = Presentation(govmap.list(atlas, "secretariats")).page().blocks[0]
    assert isinstance(block, Table)
    (row,) = (row for row in block.rows if row[0] == "IOM")
    assert "RCM (contradicted)" in row[3].split(", ")


def test_an_agency_with_two_units_in_one_mechanism_serves_it_once(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("ONE", "PER", secretariats=[{"agency": "IOM"}, {"agency": "IOM", "unit": "Two"}]))
    (item,) = govmap.list(made, "secretariats")
    assert item.mechanisms == ("ONE",)


def test_resolutions_are_listed_with_what_they_say_of_mechanisms(atlas: govmap.Atlas) -> None:
    listed = govmap.list(atlas, "resolutions")
    assert [(each.id, each.date) for each in listed] == [
        ("ag-res-2910", "2017-06-21"),
        ("ag-res-2967", "2021-11-10"),
        ("cp-dec-68", "2016-12-15"),
    ]
    recognised, places = listed[1].points
    assert (recognised.says, recognised.text) == ("recognises", "the existing regional mechanisms")
    assert recognised.mechanisms == ("ANDEAN", "CMC", "MIRPS", "QUITO", "RCM", "SACM", "other-regional-spaces")
    assert places.mechanisms == ("CAM", "CIDI", "oas-permanent-council")
    assert [each.id for each in govmap.list(atlas.at("2017"), "resolutions")] == ["ag-res-2910", "cp-dec-68"]
    assert [(hit.kind, hit.id) for hit in govmap.search(atlas, "AG/RES. 2967").hits] == [("resolution", "ag-res-2967")]


def test_one_list_shows_who_chairs_what_on_the_date_or_did_last(atlas: govmap.Atlas) -> None:
    known, later = (
        {item.id: item for item in govmap.list(atlas.at(date), "mechanisms")} for date in ("2023-04", "2026")
    )
    assert (known["RCM"].chaired_by, known["RCM"].last_chaired_by) == (("PAN",), ())
    assert (later["RCM"].chaired_by, later["RCM"].last_chaired_by) == ((), ("BLZ",))
    assert known["R4V"].chair is None
    full = str(Presentation(govmap.list(atlas.at("2026"), "mechanisms"), full=True).page())
    assert "not known; last known: Belize, 2024" in full
    nobody = str(Presentation(govmap.list(atlas.at("2026"), "mechanisms", chair="Brazil")).page())
    assert "Last known in the chair of SACM: Brazil." in nobody
