"""On which themes countries sit in no group; what every field holds is in `answers/`."""

from __future__ import annotations

import pytest

import govmap
from govmap.calls import Call
from govmap.questions.gaps import failure


def test_a_gap_is_a_theme_whose_mechanisms_do_not_list_the_country(invented: govmap.Atlas) -> None:
    (row,) = govmap.gaps(invented, country="Argentina").countries
    assert (row.code, row.seated) == ("ARG", 1)
    assert [(gap.id, gap.mechanisms) for gap in row.gaps] == [("asylum", ("BETA",))]


def test_countries_with_most_gaps_come_first(invented: govmap.Atlas) -> None:
    rows = [(row.code, len(row.gaps)) for row in govmap.gaps(invented).countries]
    assert rows == [("BOL", 2), ("FRA", 2), ("ARG", 1), ("ABW", 0), ("CHL", 0), ("PER", 0)]


def test_a_country_named_twice_counts_once_and_one_that_nobody_lists_lacks_every_theme(invented: govmap.Atlas) -> None:
    rows = govmap.gaps(invented, country=["CUB", "PER", "Cuba"]).countries
    assert [(row.code, [gap.id for gap in row.gaps]) for row in rows] == [("CUB", ["asylum", "borders"]), ("PER", [])]


@pytest.mark.parametrize(
    ("countries", "theme", "mechanisms"),
    [
        (["FRA"], None, ["BETA"]),
        (["ARG"], None, ["BETA", "ALPHA"]),  # that Argentina leaves Alpha is a matter of Argentina
        (
            ["FRA", "PER"],
            None,
            ["BETA", "ALPHA", "ALPHA", "LATER"],
        ),
        (["ARG"], "asylum", ["BETA"]),
    ],
)
def test_changes_are_those_of_the_mechanisms_that_work_on_the_themes_for_the_one_country(
    invented: govmap.Atlas, countries: list[str], theme: str | None, mechanisms: list[str]
) -> None:
    found = govmap.gaps(invented, country=countries, theme=theme)
    assert [change.mechanism for change in found.changes] == mechanisms


def test_a_theme_on_which_nobody_works_is_no_answer(invented: govmap.Atlas) -> None:
    error = failure(govmap.gaps(invented, theme="visas"), invented)
    assert error is not None
    assert error.message == "No group works on visas and travel documents"
    assert error.suggestions == (Call("overlap", "visas and travel documents"),)
    assert failure(govmap.gaps(invented), invented) is None
