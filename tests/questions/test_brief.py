"""The brief: what the other commands answer, put together and nothing else."""

from __future__ import annotations

import pytest

import govmap
from govmap.questions.brief import Brief
from govmap.records import Subject


def on(atlas: govmap.Atlas, name: str) -> Brief:
    """Return the brief on a country by its code, or on a mechanism by its id."""
    named = atlas.countries.get(name) or atlas.mechanisms[name]
    return govmap.write_brief(atlas, named)


@pytest.mark.parametrize("code", ["PER", "NIC", "ABW", "CUB"])
def test_a_brief_on_a_country_agrees_with_the_other_commands(atlas: govmap.Atlas, code: str) -> None:
    brief, country = on(atlas, code), atlas.countries[code]
    assert (brief.of, brief.as_of) == (Subject("country", code, country.name), "2023-04")
    assert brief.country == govmap.profile_country(atlas, country)
    assert (brief.gaps,) == govmap.find_gaps(atlas, countries=[code]).countries
    pairs = govmap.rank_countries(atlas, country).pairs
    assert [neighbour.pair for neighbour in brief.neighbours] == list(pairs[: len(brief.neighbours)])
    assert brief.citation == govmap.cite(atlas)
    assert (brief.mechanism, brief.map, brief.not_listed) == (None, None, None)
    whole = {row.id: row for row in govmap.country_matrix(atlas).rows}
    assert brief.matrix
    assert brief.matrix.changes == ()
    assert list(brief.matrix.rows) == [
        whole[id_] for id_ in (code, *(neighbour.id for neighbour in brief.neighbours)) if id_ in whole
    ]


@pytest.mark.parametrize("id_", ["RCM", "LAD", "R4V"])
def test_a_brief_on_a_mechanism_agrees_with_the_other_commands(atlas: govmap.Atlas, id_: str) -> None:
    brief, mechanism = on(atlas, id_), atlas.mechanisms[id_]
    assert (brief.of, brief.as_of) == (Subject("mechanism", id_, mechanism.name), "2023-04")
    assert brief.mechanism == govmap.profile_mechanism(atlas, mechanism)
    assert brief.map == govmap.map_seats(atlas, (mechanism,))
    assert brief.citation == govmap.cite(atlas, mechanism)
    assert brief.not_listed is not None
    listed = {member.code for member in mechanism.members}
    assert {ref.code for ref in brief.not_listed} == set(atlas.parties) - listed
    assert (brief.country, brief.gaps, brief.matrix) == (None, None, None)


def test_neighbours_are_those_on_the_three_highest_levels_of_likeness(atlas: govmap.Atlas) -> None:
    belize = on(atlas, "BLZ").neighbours
    assert [(one.id, one.pair.jaccard) for one in belize] == [
        *[(code, 0.8) for code in ("GTM", "HND", "SLV")],
        *[(code, 0.75) for code in ("CAN", "USA")],
        *[(code, 0.5714) for code in ("CRI", "MEX", "PAN")],
    ]
    assert [one.name for one in belize[:5]] == ["Guatemala", "Honduras", "El Salvador", "Canada", "United States"]
    assert [one.id for one in on(atlas, "RCM").neighbours] == ["MIRPS", "LAD", "CAM"]
    assert on(atlas, "CUB").neighbours == ()


def test_a_body_whose_members_are_not_known_has_what_is_known_of_it(atlas: govmap.Atlas) -> None:
    brief = on(atlas, "CMC")
    assert (brief.neighbours, brief.map, brief.not_listed) == ((), None, None)
    assert brief.mechanism
    assert brief.mechanism.members is None
    assert "cmc-site" in [source.id for source in brief.sources]


def test_its_sources_are_those_of_what_it_is_put_together_from(atlas: govmap.Atlas) -> None:
    brief = on(atlas, "PER")
    ids = [source.id for source in brief.sources]
    assert len(set(ids)) == len(ids)
    assert brief.country
    assert brief.matrix
    parts = [govmap.sources_of(atlas, part) for part in (brief.country, brief.matrix)]
    assert set(ids) == {cited.source.id for part in parts for cited in part}


def test_on_another_date_it_tells_what_held_then() -> None:
    later = govmap.load(as_of="2024")
    brief = on(later, "NIC")
    assert brief.country
    assert [seat.id for seat in brief.country.mechanisms] == ["RCM"]
    assert "As of 2024" in (brief.citation.entries[0].note or "")
    assert on(govmap.load(as_of="1900"), "PER").sources == ()


@pytest.mark.parametrize("name", ["PER", "ALPHA"])
def test_on_a_date_before_the_lists_it_says_that_it_is_less_sure(invented: govmap.Atlas, name: str) -> None:
    assert on(invented, name).caution is None
    assert on(invented.at("2010"), name).caution == (
        "The lists are those of June 2020. A membership or group whose start is not known is counted since the"
        " mechanism was founded, and may have come later than 2010"
    )


def test_own_data_are_briefed_on_from_their_own_sources(invented: govmap.Atlas) -> None:
    for name in ("CHL", "ABW", "ALPHA", "GAMMA", "DELTA"):
        brief = on(invented, name)
        assert {source.id for source in brief.sources} <= {"invented-note"}
        assert brief.citation.entries[0].version == "1"
