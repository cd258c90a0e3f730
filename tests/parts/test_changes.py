"""What an answer says of who joins or leaves after its date, where only the lists of the dataset tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.parts.changes import changes_in
from govmap.presentation import Presentation

# Questions whose answers another member would change, in data in which Peru joins ONE in 2021 and Chile leaves in 2022.
ASKED: dict[str, Callable[[govmap.Atlas], Any]] = {
    "a mechanism": lambda atlas: govmap.mechanism(atlas, "ONE"),
    "two mechanisms": lambda atlas: govmap.compare(atlas, "ONE", "TWO"),
    "a theme": lambda atlas: govmap.overlap(atlas, "gender"),
    "gaps": govmap.gaps,
    "the matrix": govmap.matrix,
    "the map": govmap.map,
    "the fewest that reach all": govmap.cover,
}


@pytest.fixture(name="made")
def _made(atlas: govmap.Atlas) -> govmap.Atlas:
    seats = [{"code": "PER", "since": "2021"}, {"code": "CHL", "until": "2022"}, {"code": "ARG", "since": "2001"}]
    return atlas_of(atlas, mechanism("ONE", seats, "gender"), mechanism("TWO", "ARG", "gender"), as_of="2020")


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_has_later_listings(made: govmap.Atlas, asked: str) -> None:
    changes = ASKED[asked](made).changes
    assert [(change.date, change.kind, change.countries) for change in changes] == [
        ("2021", "joined", ("PER",)),
        ("2022", "left", ("CHL",)),
    ]


def test_a_country_has_only_its_own_listings(made: govmap.Atlas) -> None:
    assert [change.kind for change in govmap.gaps(made, country="Peru").changes] == ["joined"]
    assert govmap.gaps(made, country="Argentina").changes == ()


def test_other_parts_leave_listings_out(made: govmap.Atlas) -> None:
    assert changes_in(made, ("ONE",), parts=("groups",)) == ()


def test_a_listing_with_an_event_is_reported_once(atlas: govmap.Atlas) -> None:
    event = {
        "date": "2021",
        "kind": "joined",
        "text": "Peru joins",
        "mechanisms": ["ONE"],
        "countries": ["PER"],
        "concerns": "members",
        "facts": ["ONE/members/PER"],
    }
    one = mechanism("ONE", [{"code": "PER", "since": "2021"}, {"code": "CHL", "since": "2021"}], "gender")
    made = atlas_of(atlas, one, as_of="2020", events=[event])
    assert [(change.countries, change.text) for change in changes_in(made, ("ONE",))] == [
        (("PER",), "Peru joins"),
        (("CHL",), "Chile is listed by ONE"),
    ]


def test_later_groups_on_the_theme_asked_for_are_reported(atlas: govmap.Atlas) -> None:
    late = [
        {"number": 1, "name": "Asylum", "themes": ["asylum"], "since": "2019", "until": "2023"},
        {"number": 2, "name": "Gender", "themes": ["gender"], "since": "2022"},
    ]
    made = atlas_of(atlas, mechanism("ONE", "PER", "gender"), mechanism("TWO", "ARG", groups=late), as_of="2020")

    def told(answer: Any) -> list[str]:
        return [change.text for change in answer.changes]

    new, ended = "TWO, new groups: Gender", "TWO, groups discontinued: Asylum"
    assert told(govmap.overlap(made, "gender")) == [new], "it has no group on it yet"
    assert told(govmap.overlap(made, "asylum")) == [ended]
    assert told(govmap.map(made, theme="asylum")) == told(govmap.map(made, "TWO", theme="asylum")) == [ended]
    assert told(govmap.gaps(made)) == told(govmap.mechanism(made, "TWO")) == [new, ended]
    assert told(govmap.gaps(made, country="Peru")) == []


def test_mechanisms_that_begin_or_end_later_are_reported_if_they_change_the_answer(atlas: govmap.Atlas) -> None:
    ending = mechanism("ONE", "PER", "gender", until="2022")
    coming = mechanism("NEW", "CHL", "asylum", founded="2021")
    made = atlas_of(atlas, ending, coming, as_of="2020")
    both = [("2021", "founded", "NEW"), ("2022", "ended", "ONE")]

    def told(answer: Any) -> list[tuple[str, str, str]]:
        return [(change.date, change.kind, change.mechanism) for change in answer.changes]

    assert told(govmap.matrix(made)) == told(govmap.gaps(made)) == told(govmap.cover(made)) == both
    assert told(govmap.mechanism(made, "ONE")) == told(govmap.gaps(made, country="Peru")) == both[1:]
    assert told(govmap.gaps(made, country="Chile")) == both[:1]
    assert told(govmap.overlap(made, "gender")) == both[1:], "the new one has no group on it"
    assert told(govmap.map(made, "ONE")) == both[1:], "of the mechanisms that were asked for"


def test_a_later_beginning_or_end_has_the_sources_of_its_history(atlas: govmap.Atlas) -> None:
    evidence = {"status": "confirmed", "sources": ["minutes"]}
    ending = mechanism("ONE", "PER", "gender", until="2022", evidence={"ended": evidence})
    coming = mechanism("NEW", "CHL", "asylum", founded="2021", evidence={"founded": evidence})
    made = atlas_of(atlas, ending, coming, as_of="2020")
    changes = govmap.gaps(made).changes
    assert [change.sources for change in changes] == [("minutes",), ("minutes",)]
    told = {(entry.date, entry.text) for entry in govmap.history(made).entries if entry.kind in ("founded", "ended")}
    assert told == {(change.date, change.text) for change in changes}


@pytest.mark.parametrize(
    ("ask", "is_told"),
    [
        (lambda made: govmap.overlap(made, "health"), True),
        (lambda made: govmap.gaps(made, theme="health"), True),
        (lambda made: govmap.gaps(made, country="Peru"), True),
        (lambda made: govmap.mechanism(made, "B"), True),
        (lambda made: govmap.brief(made, "B"), True),
        (lambda made: govmap.cover(made, theme="health"), True),
        (lambda made: govmap.list(made, "mechanisms", theme="health"), True),
        (lambda made: govmap.list(made, "mechanisms", theme="visas"), False),
        (lambda made: govmap.overlap(made, "visas"), False),
        (lambda made: govmap.gaps(made, theme="visas"), False),
        (lambda made: govmap.gaps(made, country="Chile"), False),
        (lambda made: govmap.membership(made, "Peru", "B"), False),
    ],
)
def test_a_group_missing_from_a_list_is_named_if_its_theme_is_asked_for(
    atlas: govmap.Atlas, ask: Callable[[govmap.Atlas], Any], is_told: bool
) -> None:
    """B works on health since 2020, and its list does not show it: Peru is not to be left out without a word.

    C does so too, and is out of scope.
    """
    event = {"date": "2020", "mechanisms": ["B", "C"], "concerns": "groups", "themes": ["health"], "text": "More work"}
    bodies = (
        mechanism("A", "CHL", "health", "asylum", "visas"),
        mechanism("B", "PER", "asylum"),
        mechanism("C", "PER", scope="wider"),
    )
    made = atlas_of(atlas, *bodies, as_of="2022", events=[event])
    found = ask(made)
    for options in ({}, {"country": "Peru"}):
        changes = govmap.gaps(made, theme="health", **options).changes
        assert [(change.mechanism, change.text) for change in changes] == [("B", "More work")]
    assert ("Not shown in the list: More work" in str(Presentation(found).page())) == is_told


def test_a_group_that_own_data_add_to_a_list_is_not_missing_from_it(atlas: govmap.Atlas) -> None:
    event = {"date": "2020", "mechanisms": ["B"], "concerns": "groups", "themes": ["health"], "text": "More work"}
    made = atlas_of(atlas, mechanism("B", "PER", "asylum", "health"), as_of="2022", events=[event])
    for found in (govmap.mechanism(made, "B"), govmap.brief(made, "B"), govmap.overlap(made, "health")):
        assert "Not shown in the list" not in str(Presentation(found).page())


def test_page_brief_and_list_name_what_a_list_lacks_by_the_date(atlas: govmap.Atlas) -> None:
    def listed(then: govmap.Atlas, name: str) -> Any:
        return govmap.list(then, "countries", member=name)

    for name, said in (("LAD", "counts 22 endorsers"), ("R4V", "covers 17 countries"), ("RIAM", "counts 21 member")):
        for ask in (govmap.mechanism, govmap.brief, listed):
            assert said in str(Presentation(ask(atlas.at("2026"), name)).page()), name
