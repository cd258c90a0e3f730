"""On a date before every mechanism: what looks up says that there is none, what compares has no answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

LOOK_UPS = (
    *("list mechanisms", "list themes", "country Peru", "brief Peru", "history", "history RCM", "search RCM"),
    "evidence",
)
WITHOUT_ANSWER = (
    *("mechanism RCM", "membership Peru RCM", "compare Peru", "compare Peru Chile", "compare RCM MIRPS", "brief RCM"),
    *("compare --all", "overlap", "overlap asylum", "links", "links RCM", "matrix", "matrix --by theme", "map"),
    *("map Peru", "map RCM", "issues", "gaps", "gaps --country Peru", "gaps --theme asylum", "cover", "cover --themes"),
)


@pytest.mark.parametrize(("calls", "code"), [(LOOK_UPS, 0), (WITHOUT_ANSWER, 1)], ids=["look-ups", "comparisons"])
def test_before_every_mechanism_each_kind_of_question_ends_alike(
    call: Callable[..., Any], calls: tuple[str, ...], code: int
) -> None:
    for words in calls:
        answer = call(*words.split(), "--as-of", "1900")
        assert answer.code == code, words
        assert bool(answer.err) == bool(answer.code), words
