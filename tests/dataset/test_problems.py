from __future__ import annotations

from govmap.dataset.problems import nearest


def test_the_nearest_name_is_guessed_and_none_where_none_is_near() -> None:
    assert nearest("foundd", ["names", "founded", "fund"], 0) == "founded"
    assert nearest("xyz", ["names", "founded"], 0) is None


def test_no_guess_is_made_once_a_thousand_problems_were_found() -> None:
    assert nearest("foundd", ["founded"], 999) == "founded"
    assert nearest("foundd", ["founded"], 1000) is None
