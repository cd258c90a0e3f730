"""Spells are joined where they overlap, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govmap.fields import Relation
from govmap.importing.countries import Period
from govmap.importing.spells import Spell, find_conflicts, join, split

DAYS = [f"2000-01-{day:02d}" for day in range(1, 20)]
RELATIONS: tuple[Relation, ...] = ("member", "observer")


def days(spells: list[Spell]) -> set[tuple[Relation, str]]:
    """Return each day on which each relation holds."""
    return {(s.relation, day) for s in spells for day in DAYS if s.first <= day < s.end}


@st.composite
def spells_of(draw: st.DrawFn, relations: tuple[Relation, ...]) -> list[Spell]:
    """Draw spells of whole days, each from a row of its own."""
    found = []
    for line in range(draw(st.integers(0, 6))):
        first, last = sorted(draw(st.tuples(st.integers(0, 17), st.integers(0, 17))))
        since = draw(st.sampled_from((DAYS[first], None)))
        found.append(
            Spell(draw(st.sampled_from(relations)), line, since, draw(st.sampled_from((DAYS[last + 1], None))))
        )
    return found


@given(spells_of(("member",)))
def test_joining_keeps_every_day_and_leaves_no_overlap(spells: list[Spell]) -> None:
    groups = join(spells)
    joined = [spell for spell, _parts in groups]
    assert days(joined) == days(spells)
    assert all(earlier.end <= later.first for earlier, later in pairwise(joined))
    assert [spell for spell, _parts in join(joined)] == joined
    assert all(spell.line == min(part.line for part in parts) for spell, parts in groups)
    assert sorted(part for _spell, parts in groups for part in parts) == sorted(spells), "each is a part of one"


@given(spells_of(RELATIONS))
def test_without_the_rows_that_conflict_no_day_has_two_relations(spells: list[Spell]) -> None:
    conflicts = find_conflicts(spells)
    assert all(earlier < line for line, earlier in conflicts.items()), "the earlier row is kept"
    held = days([spell for spell in spells if spell.line not in conflicts])
    assert len({day for _relation, day in held}) == len(held)
    if not conflicts:
        assert len({day for _relation, day in days(spells)}) == len(days(spells))


def test_a_spell_is_split_where_a_record_ends() -> None:
    state = (Period("AAA", "", "1950-01-01"), Period("BBB", "1950-01-01", "1960-01-01"), Period("CCC", "1960-01-01"))
    spell = Spell("member", 1, since="1940", until="1955-06-01", to="1955-05")
    assert list(split(state, spell)) == [
        ("AAA", Spell("member", 1, since="1940", until="1950-01-01")),
        ("BBB", Spell("member", 1, since="1950-01-01", until="1955-06-01", to="1955-05")),
    ]
    assert [code for code, _ in split(state, spell._replace(until=None), 1955)] == ["AAA", "BBB"]
    late = Spell("member", 1, joined_after="1949", joined_by="1960")
    assert list(split(state, late)) == [("CCC", late)], "a part-date stands for its last day"
    early = Spell("member", 1, until="1955", joined_after="1940", joined_by="1945")
    assert list(split(state, early)) == [
        ("AAA", early._replace(until="1950-01-01")),
        ("BBB", Spell("member", 1, since="1950-01-01", until="1955")),
    ]
    assert [code for code, _ in split(state, Spell("member", 1, until="1950-01-01"))] == ["AAA"]
    assert [code for code, _ in split(state, Spell("member", 1))] == ["CCC"]
