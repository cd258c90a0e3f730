from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import govmap
from govmap.questions.country import Absence, CountryHead, Seat, SeatGroup, ThemeSeats
from govmap.records import Change, Trust

AsOf = Callable[[str], govmap.Atlas]

BETA_CHANGED = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
OUT_AND_BACK = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One}
    kind: x
    relation: member
    members:
      - {code: BOL, since: "2030-04-05", until: "2035"}
      - {code: BRA, joined_after: "2025", joined_by: "2031"}
      - {code: CHL, joined_after: "2032-05"}
      - {code: COL, since: "2033"}
      - {code: PER, since: "2001", until: "2005-03", evidence: {status: confirmed, sources: [s]}}
      - {code: PER, since: "2008", until: "2010-06-01", evidence: {status: confirmed, sources: [r, s]}}
      - {code: PER, since: "2034-02"}
    unclear_members: [{code: COL, note: A page is torn}]
    secretariats: [{agency: IOM}]
    evidence: {secretariats: {status: note only, as_of: "2011", note: Not checked, sources: [r]}}
"""
ITS_SOURCES = """\
sources:
  - {id: r, title: R, publisher: P, date: "2010", url: null, kind: report, looked_up: "2020-01-01"}
  - {id: s, title: S, publisher: P, date: "2009", url: null, kind: report, looked_up: "2020-01-01"}
"""
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


def test_it_is_told_when_each_membership_that_does_not_hold_ended_or_is_yet_to_begin(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(OUT_AND_BACK)
    (tmp_path / "sources.yaml").write_text(ITS_SOURCES)
    atlas = govmap.load(tmp_path)
    profiles = {code: govmap.profile_country(atlas, atlas.countries[code]) for code in ("BOL", "BRA", "CHL", "COL")}
    assert {code: [absence.note for absence in profile.not_in] for code, profile in profiles.items()} == {
        "BOL": ["Joined later, on 2030-04-05"],
        "BRA": ["Joined later, by 2031"],
        "CHL": ["Joined later, after 2032-05"],
        "COL": ["A page is torn; Joined later, in 2033"],
    }
    peru = govmap.profile_country(atlas, atlas.countries["PER"])
    note = "Left in 2005-03; Left on 2010-06-01; Joined later, in 2034-02"
    assert peru.not_in == (Absence("ONE", "One", note, sources=("s", "r")),)
    assert [source.id for source in peru.sources] == ["s", "r"]


def test_a_seat_tells_between_which_dates_it_began_and_on_what_its_secretariat_rests(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(OUT_AND_BACK)
    (tmp_path / "sources.yaml").write_text(ITS_SOURCES)
    atlas = govmap.load(tmp_path, "2031")
    profile = govmap.profile_country(atlas, atlas.countries["BRA"])
    seat = Seat(
        id="ONE",
        name="One",
        relation="member",
        since=None,
        until=None,
        joined_after="2025",
        joined_by="2031",
        secretariat=("IOM",),
        groups=(),
        evidence=Trust(None, None, None, ()),
        secretariat_evidence=Trust("note only", "2011", "Not checked", ("r",)),
    )
    assert (profile.mechanisms, profile.not_in) == ((seat,), ())
    assert [source.id for source in profile.sources] == ["r"]
    assert profile.caution is not None
    assert profile.caution.startswith("Nothing was looked up after ")


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
