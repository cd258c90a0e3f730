"""`evidence` as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("evidence", "Atlantis"), 1, "No mechanism, country, group or source is called"),
        (("evidence", "RCM-9"), 1, "RCM has no group 9. Try: govmap mechanism RCM"),
        (("evidence", "--status", "maybe"), 2, '--status cannot be "maybe". Try: --status "note only"'),
    ],
    ids=str,
)
def test_what_cannot_be_answered_says_what_to_type(
    call: Callable[..., Any], arguments: tuple[str, ...], code: int, told: str
) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err


def test_a_status_that_nothing_has_is_no_failure(call: Callable[..., Any]) -> None:
    answer = call("evidence", "RCM", "--status", "changed since")
    assert (answer.code, answer.err) == (0, "")
    assert "0 facts" in answer.out


def test_the_readme_shows_how_many_facts_have_which_status(call: Callable[..., Any]) -> None:
    shown = README.read_text(encoding="utf-8")
    counts = call("evidence", "--json").json()["counts"]
    every = [
        sum(c["facts"] for c in counts if c["status"] == status)
        for status in ("note only", "confirmed", "contradicted", "changed since", None)
    ]
    line = next(line for line in shown.splitlines() if re.match(r"all +\d", line))
    assert [int(word) for word in line.split()[1:]] == [*every, sum(every)]
