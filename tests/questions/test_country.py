"""Where a country sits and where not; what every field holds is in `answers/`."""

from __future__ import annotations

import pytest

import govmap
from govmap.presentation import Presentation
from govmap.records import Trust

ARGENTINA_LEAVES = "Argentina leaves the Alpha Process"


def test_a_profile_leaves_out_the_changes_of_other_members(invented: govmap.Atlas) -> None:
    secretariat = ("ALPHA", "ALPHA, new secretariat: AAA, Agency of Aardvarks")
    own = {"PER": ("BETA", "Beta takes up more work than its list shows"), "ARG": ("ALPHA", ARGENTINA_LEAVES)}
    for code, change in own.items():
        changes = govmap.country(invented, code).changes
        assert [(change.mechanism, change.text) for change in changes] == [change, secretariat]


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("BOL", "Joined later, on 5 April 2030"),
        ("BRA", "First known to be in: 2031"),
        ("CHL", "Joined later, after May 2032"),
        ("COL", "A page is torn. Joined later, in 2033"),
        ("PER", "Left in March 2005. Left on 1 June 2010. Joined later, in February 2034"),
    ],
)
def test_each_membership_that_does_not_hold_says_when_it_ended_or_begins(
    full: govmap.Atlas, code: str, note: str
) -> None:
    assert {absence.id: str(absence.note) for absence in govmap.country(full, code).not_in}["TWO"] == note


def test_an_absence_has_the_sources_of_the_memberships_that_do_not_hold(full: govmap.Atlas) -> None:
    found = govmap.country(full, "PER")
    assert [absence.sources for absence in found.not_in] == [("letter", "list")]
    assert {"letter", "list"} <= {source.id for source in found.sources}


def test_a_country_that_left_is_out_and_has_neither_themes_nor_changes(invented: govmap.Atlas) -> None:
    found = govmap.country(invented.at("2020-07-01"), "ARG")
    assert [str(absence.note) for absence in found.not_in] == ["Left on 1 July 2020", "None", "None"]
    assert (found.mechanisms, found.themes, found.changes, found.sources) == ((), (), (), ())


def test_what_the_source_leaves_open_is_no_seat(invented: govmap.Atlas) -> None:
    assert [(absence.id, str(absence.note)) for absence in govmap.country(invented, "PER").not_in] == [
        ("GAMMA", "The page is torn")
    ]


def test_a_seat_without_evidence_says_that_nothing_is_known(invented: govmap.Atlas) -> None:
    found = govmap.country(invented, "FRA")
    assert [seat.evidence for seat in found.mechanisms] == [Trust(None, None, None, ())]
    assert found.sources == ()


@pytest.mark.parametrize("date", [None, "2000", "2019", "2026"])
def test_every_country_has_each_covered_mechanism_once_in_or_out(date: str | None, atlas: govmap.Atlas) -> None:
    here = atlas.at(date) if date else atlas
    assert len(here.countries) == 249
    for country in here.countries.values():
        found = govmap.country(here, country)
        seats, absences = [seat.id for seat in found.mechanisms], [absence.id for absence in found.not_in]
        assert sorted(seats + absences) == sorted(mechanism.id for mechanism in here.covered)
        assert absences == sorted(absences)
        assert seats == sorted(id_ for id_, members in here.seats.items() if country.alpha3 in members)


def test_what_is_named_under_the_answer_is_among_its_changes(atlas: govmap.Atlas) -> None:
    """Guatemala joined a mechanism later that does not list it yet."""
    changes = govmap.country(atlas, "Guatemala").changes
    assert ("QUITO", "joined") in {(change.mechanism, change.kind) for change in changes}
    assert [change.date for change in changes] == sorted(change.date for change in changes)


@pytest.mark.parametrize(
    ("name", "most_often"),
    [
        ("Peru", "trafficking in persons (4), education (3), smuggling of migrants (3)"),  # the next are covered less
        ("Honduras", "asylum (2), labour migration (2), smuggling of migrants (2), trafficking in persons (2)"),
        ("Mexico", "asylum (3), trafficking in persons (3), education (2) and 5 more (2)"),
    ],
)
def test_a_tie_among_the_themes_most_often_covered_is_told(atlas: govmap.Atlas, name: str, most_often: str) -> None:
    assert f"most often {most_often};" in str(Presentation(govmap.country(atlas, name)).page())
