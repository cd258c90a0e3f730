"""What questions say of data without groups, without members, and of dates on which there are none."""

from __future__ import annotations

import pytest
from tests.made import Data, ask, atlas_of, mechanism

import govmap
from govmap.calls import Call, Suggestion
from govmap.presentation import Presentation

NO_MEMBERS = [mechanism("ONE", "", "asylum")]
NO_GROUPS = [mechanism("ONE", "PER CHL"), mechanism("TWO", "PER")]
LATER = [
    mechanism("ONE", "PER", groups=[{"number": 1, "name": "A", "themes": ["asylum"], "since": "2030"}]),
]
NOT_YET = [mechanism("ONE", "PER CHL", "asylum", founded="2030")]
NO_GROUPS_KNOWN = "No groups are known as of 2020"
NOBODY_LISTED = "No mechanism of the dataset lists any country"
NONE_EXISTED = "No mechanism of the dataset existed as of 2020"
LIST, HISTORY = Call("list", "mechanisms"), Call("history")
ON_GROUPS = (
    *("overlap", "overlap asylum", "gaps", "gaps --theme", "gaps --country", "cover --theme", "cover --themes"),
    *("matrix --by theme", "map --theme", "compare --theme"),
)
CALLS: dict[str, Data] = {
    "overlap": {"ask": "overlap"},
    "overlap asylum": {"ask": "overlap asylum"},
    "gaps": {"ask": "gaps"},
    "gaps --theme": {"ask": "gaps", "options": {"theme": "asylum"}},
    "gaps --country": {"ask": "gaps", "options": {"country": "PER"}},
    "cover": {"ask": "cover"},
    "cover --theme": {"ask": "cover", "options": {"theme": "asylum"}},
    "cover --themes": {"ask": "cover", "options": {"themes": True}},
    "matrix": {"ask": "matrix"},
    "matrix --by theme": {"ask": "matrix", "options": {"by": "theme"}},
    "matrix --upset": {"ask": "matrix", "options": {"upset": True}},
    "map": {"ask": "map"},
    "map of a country": {"ask": "map PER"},
    "map --theme": {"ask": "map", "options": {"theme": "asylum"}},
    "compare --theme": {"ask": "compare PER CHL", "options": {"theme": "asylum"}},
    "compare": {"ask": "compare PER CHL"},
    "compare --all": {"ask": "compare", "options": {"all": True}},
}
CASES = [
    *((NO_GROUPS, call, NO_GROUPS_KNOWN, LIST) for call in ON_GROUPS),
    *((LATER, call, NO_GROUPS_KNOWN, HISTORY) for call in ON_GROUPS),
    *((NO_MEMBERS, call, NOBODY_LISTED, LIST) for call in ("gaps", "cover", "matrix", "matrix --upset", "map")),
    *((NOT_YET, call, NONE_EXISTED, HISTORY) for call in CALLS),
]


@pytest.mark.parametrize(("mechanisms", "call", "message", "instead"), CASES)
def test_an_answer_that_has_nothing_to_rest_on_fails_and_says_why(
    atlas: govmap.Atlas, mechanisms: list[Data], call: str, message: str, instead: Suggestion
) -> None:
    error = Presentation(ask(atlas_of(atlas, *mechanisms), CALLS[call])).failure
    assert error is not None
    assert (error.kind, error.exit_code) == ("no_answer", 1)
    assert (error.message, error.suggestions) == (message, (instead,))


@pytest.mark.parametrize("call", [call for call in CALLS if call not in ON_GROUPS])
def test_who_sits_where_is_answered_without_groups(atlas: govmap.Atlas, call: str) -> None:
    assert Presentation(ask(atlas_of(atlas, *NO_GROUPS), CALLS[call])).failure is None


def test_a_theme_that_limits_a_comparison_has_a_group(invented: govmap.Atlas) -> None:
    error = Presentation(govmap.compare(invented, "PER", "CHL", theme="visas")).failure
    assert error is not None
    assert error.message == "No group works on visas and travel documents"
    assert Presentation(govmap.compare(invented, "PER", "CHL", theme="asylum")).failure is None
