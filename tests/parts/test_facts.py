"""The facts that a dataset shows, each with its evidence: whole lists of small invented datasets.

In `tests/data/facts_full` every field is filled in; in `facts_spare` few facts have evidence of their own. Each has the
facts expected of it in `expected.yaml`, without what is null or empty.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec
from tests.made import DATA, read_data

import govmap
from govmap.parts.facts import Fact, all_facts, facts_of

EMPTY: tuple[object, ...] = (None, [], {})


def plain(fact: Fact) -> dict[str, Any]:
    """Return a fact as the files write it, without what is null or empty."""
    record = json.loads(msgspec.json.encode(fact))
    record["evidence"] = {key: value for key, value in record["evidence"].items() if value not in EMPTY}
    return {key: value for key, value in record.items() if value not in EMPTY}


def test_every_fact_of_a_full_record_is_told_with_its_dates_its_form_and_its_evidence() -> None:
    assert list(map(plain, all_facts(govmap.load(DATA / "facts_full")))) == read_data("facts_full/expected.yaml")


def test_a_fact_without_evidence_of_its_own_has_that_of_the_part_it_rests_on_too() -> None:
    """A heading that is the word shown, in the plural or with another capital, is no other form."""
    atlas = govmap.load(DATA / "facts_spare")
    assert list(map(plain, facts_of(atlas, atlas.mechanism("TWO")))) == read_data("facts_spare/expected.yaml")


def test_a_name_is_a_former_one_from_the_day_of_the_next() -> None:
    before, after = (govmap.load(DATA / "facts_spare", as_of=date) for date in ("2009", "2010"))
    names = [
        [(fact.part, fact.value) for fact in facts_of(atlas, atlas.mechanism("TWO")) if "names" in fact.part]
        for atlas in (before, after)
    ]
    assert names == [[("names", "Old Two")], [("names", "Two"), ("former names", "Old Two")]]
