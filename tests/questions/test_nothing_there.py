"""Where nothing is there: what looks up says so and ends with 0; what compares, counts or draws has no answer, so 1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.examples import DECLARATIONS
from tests.made import DATA

BEFORE_ALL = "--as-of 1900"
SOLE = f"--data {(DATA / 'one').as_posix()}"
LOOK_UPS = (
    *(f"list {what} {BEFORE_ALL}" for what in ("mechanisms", "themes", "groups", "secretariats", "resolutions")),
    *(f"{words} {BEFORE_ALL}" for words in ("country Peru", "brief Peru", "history", "history RCM", "search RCM")),
    *(f"{words} {BEFORE_ALL}" for words in ("evidence", "cite")),
    *("list mechanisms --member Cuba", "list mechanisms --chair Cuba", "country Cuba", "country France", "brief Cuba"),
    *("membership Cuba RCM", "compare Cuba RCM", "history Cuba", "history --since 2090", "evidence Cuba"),
    *("mechanism CMC", "diff --from 2023 --to 2023"),
)
WITHOUT_ANSWER = (
    *(f"mechanism RCM {BEFORE_ALL}", f"membership Peru RCM {BEFORE_ALL}", f"brief RCM {BEFORE_ALL}"),  # named too early
    *(f"compare {names} {BEFORE_ALL}" for names in ("Peru", "Peru Chile", "RCM MIRPS", "--all")),
    *(
        f"{words} {BEFORE_ALL}"
        for words in ("overlap", "overlap asylum", "links", "links RCM", "matrix", "map", "cover")
    ),
    *(f"{words} {BEFORE_ALL}" for words in ("matrix --by theme", "map Peru", "map RCM", "issues", "gaps")),
    *(f"{words} {BEFORE_ALL}" for words in ("gaps --country Peru", "gaps --theme asylum", "cover --themes")),
    *("map Cuba", "cover --country Cuba", "compare Cuba", "compare Cuba --relation observer"),
    *("compare --all --relation party", "compare Peru --relation party", "compare RCM --relation party"),
    *(f"{words} {SOLE}" for words in ("links", "links sole", "compare sole", "compare Peru", "compare --all")),
)


@pytest.mark.parametrize(("calls", "code"), [(LOOK_UPS, 0), (WITHOUT_ANSWER, 1)], ids=["look-ups", "comparisons"])
def test_each_kind_of_question_ends_alike_where_nothing_is_there(
    call: Callable[..., Any], calls: tuple[str, ...], code: int
) -> None:
    for words in calls:
        answer = call(*words.split())
        assert answer.code == code, words
        assert answer.err.startswith("Error: ") == bool(code), words


def test_no_question_on_the_data_is_left_out() -> None:
    asked = {words.split()[0] for words in (*LOOK_UPS, *WITHOUT_ANSWER)}
    questions = {name for name, declared in DECLARATIONS.items() if declared.is_question and declared.asks_atlas}
    assert questions - asked == set(), "each has a call in LOOK_UPS (exit code 0) or WITHOUT_ANSWER (1)"
