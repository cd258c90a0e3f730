from __future__ import annotations

from collections.abc import Callable

import pytest

import govmap
from govmap.queries.country import Absence, CountryHead, SeatGroup, ThemeSeats
from govmap.queries.records import Change, Trust

AsOf = Callable[[str], govmap.Atlas]

BETA_CHANGED = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
ARGENTINA_LEFT = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))


def test_a_profile_says_where_a_country_sits_and_on_what(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("Peru"))
    assert profile.country == CountryHead("PER", "PE", "Peru", "state", None)
    assert profile.as_of == "2020-06"
    alpha, beta = profile.mechanisms
    assert (alpha.id, alpha.name, alpha.relation, alpha.secretariat) == ("ALPHA", "Alpha Process", "member", ("IOM",))
    assert (alpha.since, alpha.until, alpha.joined_after) == (None, None, None)
    assert alpha.groups == (SeatGroup(1, "Borders", ("borders",)),)
    assert alpha.evidence == Trust("confirmed", None, None, ("invented-note",))
    assert (beta.id, beta.relation, beta.secretariat) == ("BETA", "endorser", ())
    assert beta.groups == (SeatGroup(1, "Borders and Asylum", ("asylum", "borders")),)
    assert beta.evidence == Trust("note only", None, "Not checked", ("invented-note",))


def test_a_profile_says_where_a_country_does_not_sit_and_what_is_unclear(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("PER"))
    assert profile.not_in == (Absence("GAMMA", "Gamma Network", "The page is torn", sources=()),)


def test_a_profile_names_the_themes_of_the_mechanisms(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("PER"))
    assert profile.themes == (
        ThemeSeats("asylum", "asylum", ("BETA",)),
        ThemeSeats("borders", "border management", ("ALPHA", "BETA")),
    )


def test_a_profile_leaves_out_the_changes_of_other_members(invented: govmap.Atlas) -> None:
    assert govmap.profile_country(invented, invented.country("PER")).changes == (BETA_CHANGED,)
    assert govmap.profile_country(invented, invented.country("ARG")).changes == (ARGENTINA_LEFT,)


def test_a_profile_gives_every_source_once(invented: govmap.Atlas) -> None:
    (source,) = govmap.profile_country(invented, invented.country("PER")).sources
    assert (source.id, source.title, source.publisher) == ("invented-note", "An invented note", "Nobody")
    assert (source.date, source.url, source.kind, source.looked_up) == ("2020-06", None, "publication", "2020-07-01")


def test_the_dates_of_a_member_are_given(invented: govmap.Atlas) -> None:
    (seat,) = govmap.profile_country(invented, invented.country("ARG")).mechanisms
    assert (seat.id, seat.since, seat.until) == ("ALPHA", "2010-05-01", "2020-07-01")


def test_a_country_that_left_is_out_and_the_day_is_given(as_of: AsOf) -> None:
    atlas = as_of("2020-07-01")
    profile = govmap.profile_country(atlas, atlas.country("ARG"))
    assert profile.mechanisms == ()
    assert profile.not_in == (
        Absence("ALPHA", "Alpha Process", "Left on 2020-07-01", sources=()),
        Absence("BETA", "Beta Framework", None, sources=()),
        Absence("GAMMA", "Gamma Network", None, sources=()),
    )
    assert (profile.themes, profile.changes, profile.sources) == ((), (), ())


def test_a_country_that_joins_later_is_out_and_the_date_is_told(invented: govmap.Atlas, as_of: AsOf) -> None:
    absences = govmap.profile_country(invented, invented.country("BOL")).not_in
    assert absences[0] == Absence("ALPHA", "Alpha Process", "Joined later, in 2021", sources=())
    assert [seat.id for seat in govmap.profile_country(as_of("2022"), invented.country("BOL")).mechanisms] == ["ALPHA"]


def test_a_member_may_be_listed_as_something_else_than_the_others(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("Aruba"))
    assert profile.country == CountryHead("ABW", "AW", "Aruba", "territory", "NLD")
    assert [(seat.id, seat.relation) for seat in profile.mechanisms] == [("BETA", "covered")]


def test_a_seat_without_evidence_says_that_nothing_is_known(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("FRA"))
    (seat,) = profile.mechanisms
    assert (seat.id, seat.evidence) == ("GAMMA", Trust(None, None, None, ()))
    assert profile.sources == ()


def test_a_mechanism_founded_later_is_neither_in_nor_out(invented: govmap.Atlas, as_of: AsOf) -> None:
    chile = invented.country("CHL")
    now, later = govmap.profile_country(invented, chile), govmap.profile_country(as_of("2022"), chile)
    assert [seat.id for seat in now.mechanisms] == ["ALPHA", "BETA"]
    assert [absence.id for absence in now.not_in] == ["GAMMA"]
    assert [(seat.id, seat.relation) for seat in later.mechanisms][-1] == ("LATER", "endorser")
    assert later.mechanisms[0].secretariat == ("AAA", "IOM")


@pytest.mark.parametrize("date", [None, "2000", "2019", "2026"])
def test_every_country_has_each_covered_mechanism_once_in_or_out(date: str | None, atlas: govmap.Atlas) -> None:
    here = govmap.load(as_of=date) if date else atlas
    covered = sorted(mechanism.id for mechanism in here.covered)
    assert len(here.countries) == 249
    assert date in {"2000", "2019"} or len(covered) == 8
    for country in here.countries.values():
        profile = govmap.profile_country(here, country)
        seats = [seat.id for seat in profile.mechanisms]
        absences = [absence.id for absence in profile.not_in]
        assert sorted(seats + absences) == covered
        assert seats == sorted(seats)
        assert absences == sorted(absences)
        assert seats == sorted(id_ for id_, members in here.seats.items() if country.alpha3 in members)
