"""The fewest mechanisms that seat every country, or reach every theme; what every field holds is in `answers/`."""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import atlas_of, mechanism

import govmap
from govmap.calls import Call
from govmap.presentation import Presentation
from govmap.questions.cover import failure, greedy_cover, smallest_covers

MASKS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 255), min_size=1)


def test_all_smallest_covers_are_found(invented: govmap.Atlas) -> None:
    """CHL and PER are in both Alpha and Beta; only Gamma lists France."""
    found = govmap.cover(invented, country=["Chile", "Peru", "France"])
    assert found.solutions == (("ALPHA", "GAMMA"), ("BETA", "GAMMA"))
    assert (found.size, found.unreachable, found.exact) == (2, (), True)


@pytest.mark.parametrize(
    ("theme", "parts"),
    [(None, ["members of ALPHA", "members of BETA"]), ("borders", ["members of ALPHA", "groups of ALPHA"])],
)
def test_changes_are_those_of_the_parts_on_which_the_cover_rests(
    atlas: govmap.Atlas, theme: str | None, parts: list[str]
) -> None:
    events = [
        {"date": date, "mechanisms": [id_], "concerns": part, "text": f"{part} of {id_}"}
        for date, id_, part in (
            ("2021", "ALPHA", "members"),
            ("2022", "ALPHA", "groups"),
            ("2023", "ALPHA", "chair"),
            ("2024", "BETA", "members"),
        )
    ]
    mechanisms = (mechanism("ALPHA", "CHL PER", "borders"), mechanism("BETA", "ARG", "asylum"))
    made = atlas_of(atlas, *mechanisms, events=events)
    assert [change.text for change in govmap.cover(made, theme=theme).changes] == parts
    assert len(govmap.cover(made, themes=True).changes) == 3


def test_among_many_candidates_the_fewest_are_found(atlas: govmap.Atlas) -> None:
    """CMC, RCM and RIAM list all 42 countries between them; the rule that takes the largest first needs four."""
    found = govmap.cover(govmap.load(scope="all", as_of="2024"))
    assert (found.exact, found.solutions) == (True, (("CMC", "RCM", "RIAM"), ("CMC", "RIAM", "RROCM")))
    bodies = [mechanism(f"{code}{copy}", code) for code in ("ARG", "BOL", "CHL", "PER", "URY") for copy in range(5)]
    assert len(govmap.cover(atlas_of(atlas, *bodies)).solutions) == 5**5


def test_where_the_fewest_would_take_too_long_the_largest_is_taken_first_and_the_page_says_so(
    atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govmap.questions.cover.MOST_SETS", 1)
    bodies = (mechanism("ONE", "ARG BOL CHL"), mechanism("TWO", "PER URY VEN"), mechanism("LARGE", "BOL CHL PER URY"))
    made = atlas_of(atlas, *bodies, mechanism("SMALL", "ARG"), mechanism("WEE", "VEN"))
    found = govmap.cover(made)
    assert (found.exact, found.solutions, found.size) == (False, (("LARGE", "ONE", "TWO"),), 3)
    for text in (str(Presentation(found, full=full).page()) for full in (False, True)):
        assert "3 mechanisms cover 6 of 6; a smaller set may exist." in text
        assert "fewest" not in text


@given(MASKS)
def test_a_smallest_cover_reaches_all_no_smaller_set_does_and_the_greedy_rule_is_no_better(
    masks: dict[str, int],
) -> None:
    target = reduce(or_, masks.values())
    found, greedy = smallest_covers(masks, target), greedy_cover(masks, target)
    assert found is not None
    assert reduce(or_, (masks[name] for name in greedy), 0) == target
    if not target:
        assert (found, greedy) == ((), ())
        return
    size = len(found[0])
    every = [names for names in combinations(sorted(masks), size) if reduce(or_, (masks[n] for n in names)) == target]
    assert list(found) == every
    smaller = combinations(sorted(masks), size - 1)
    assert not any(reduce(or_, (masks[name] for name in names), 0) == target for names in smaller)
    assert len(greedy) >= size


def test_the_greedy_rule_takes_what_can_be_reached_of_a_target() -> None:
    assert greedy_cover({"A": 0b001, "B": 0b011, "C": 0b010}, 0b111) == ("B",)


@pytest.mark.parametrize(
    ("country", "theme", "message", "call"),
    [
        ("Cuba", None, "None of the 3 mechanisms lists Cuba", Call("country", "CUB")),
        ("Cuba", "asylum", "No mechanism with a group on asylum lists Cuba", Call("country", "CUB")),
        ((), "health", "No group works on health", Call("overlap")),
    ],
)
def test_where_nothing_is_reached_there_is_no_answer(
    invented: govmap.Atlas, country: str, theme: str | None, message: str, call: Call
) -> None:
    found = govmap.cover(invented, country=country, theme=theme)
    assert (found.solutions, found.size) == ((), 0)
    error = failure(found, invented)
    assert error is not None
    assert (error.message, error.suggestions) == (message, (call,))


def test_every_theme_is_reached_without_a_theme_or_a_country_named(invented: govmap.Atlas) -> None:
    for options in ({"country": "Peru"}, {"theme": "asylum"}):
        with pytest.raises(govmap.UsageError, match="`themes` covers every theme") as caught:
            govmap.cover(invented, themes=True, **options)
        assert caught.value.suggestions == (Call("cover", themes=True),)
