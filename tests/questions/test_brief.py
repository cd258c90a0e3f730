"""The brief: what the other commands answer, put together and nothing else."""

from __future__ import annotations

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.formats.markdown import to_markdown
from govmap.parts.provenance import sources_of
from govmap.presentation import Presentation
from govmap.questions.compare import Likeness
from govmap.questions.country import rests_on as country_rests_on
from govmap.questions.matrix import Matrix
from govmap.questions.matrix import rests_on as matrix_rests_on
from govmap.records import Subject


@pytest.mark.parametrize("code", ["PER", "NIC", "ABW", "CUB"])
def test_a_brief_on_a_country_agrees_with_the_other_commands(atlas: govmap.Atlas, code: str) -> None:
    brief, likeness, matrix = govmap.brief(atlas, code), govmap.compare(atlas, code), govmap.matrix(atlas)
    assert isinstance(likeness, Likeness)
    assert isinstance(matrix, Matrix)
    assert (brief.of, brief.as_of) == (Subject("country", code, atlas.countries[code].name), "2023-04")
    assert brief.country == govmap.country(atlas, code)
    assert (brief.gaps,) == govmap.gaps(atlas, country=code).countries
    assert [neighbour.pair for neighbour in brief.neighbours] == list(likeness.pairs[: len(brief.neighbours)])
    assert brief.citation == govmap.cite(atlas)
    assert (brief.mechanism, brief.map, brief.not_listed) == (None, None, None)
    assert brief.matrix is not None
    assert brief.matrix.changes == ()
    whole = {row.id: row for row in matrix.entries}
    ids = [code, *(neighbour.id for neighbour in brief.neighbours)]
    assert list(brief.matrix.entries) == [whole[id_] for id_ in ids if id_ in whole and whole[id_].size]


@pytest.mark.parametrize("id_", ["RCM", "LAD", "R4V"])
def test_a_brief_on_a_mechanism_agrees_with_the_other_commands(atlas: govmap.Atlas, id_: str) -> None:
    brief, record = govmap.brief(atlas, id_), atlas.mechanisms[id_]
    assert (brief.of, brief.as_of) == (Subject("mechanism", id_, record.name), "2023-04")
    assert brief.mechanism == govmap.mechanism(atlas, id_)
    assert brief.map == govmap.map(atlas, id_)
    assert brief.citation == govmap.cite(atlas, id_)
    assert brief.not_listed is not None
    assert {ref.code for ref in brief.not_listed} == set(atlas.universe) - {member.code for member in record.members}
    assert (brief.country, brief.gaps, brief.matrix) == (None, None, None)


def test_neighbours_are_those_on_the_three_highest_levels_of_likeness(atlas: govmap.Atlas) -> None:
    assert [(neighbour.name, neighbour.pair.jaccard) for neighbour in govmap.brief(atlas, "Belize").neighbours] == [
        *[(name, 0.8) for name in ("Guatemala", "Honduras", "El Salvador")],
        *[(name, 0.75) for name in ("Canada", "United States")],
        *[(name, 0.5714) for name in ("Costa Rica", "Mexico", "Panama")],
    ]
    assert [neighbour.id for neighbour in govmap.brief(atlas, "RCM").neighbours] == ["MIRPS", "LAD", "CAM"]
    assert govmap.brief(atlas, "Cuba").neighbours == ()


def test_a_body_whose_members_are_not_known_has_what_is_known_of_it(atlas: govmap.Atlas) -> None:
    brief = govmap.brief(atlas, "GCM")
    assert (brief.neighbours, brief.map, brief.not_listed) == ((), None, None)
    assert brief.mechanism is not None
    assert brief.mechanism.members is None
    assert "iom-brazil-gcm" in [source.id for source in brief.sources]


def test_its_sources_are_those_of_what_it_is_put_together_from(atlas: govmap.Atlas) -> None:
    brief = govmap.brief(atlas, "PER")
    ids = [source.id for source in brief.sources]
    assert brief.country is not None
    assert brief.matrix is not None
    parts = (
        (brief.country, country_rests_on(brief.country, atlas)),
        (brief.matrix, matrix_rests_on(brief.matrix, atlas)),
    )
    cited = {cited.source.id for answer, rests in parts for cited in sources_of(atlas, answer, rests)}
    assert sorted(ids) == sorted(cited)


def test_on_another_date_it_says_what_held_then(atlas: govmap.Atlas) -> None:
    brief = govmap.brief(atlas.at("2024"), "NIC")
    assert brief.country is not None
    assert [seat.id for seat in brief.country.mechanisms] == ["RCM"]
    assert "As of 2024" in (brief.citation.entries[0].note or "")
    assert govmap.brief(atlas.at("1900"), "KEN").sources == ()


def test_own_data_are_briefed_on_from_their_own_sources_with_the_caution_of_the_date(invented: govmap.Atlas) -> None:
    for name in ("CHL", "ABW", "ALPHA", "GAMMA", "DELTA"):
        brief = govmap.brief(invented, name)
        assert {source.id for source in brief.sources} <= {"invented-note"}
        assert (brief.citation.entries[0].version, brief.caution) == ("1", None)
    for name in ("PER", "ALPHA"):
        assert govmap.brief(invented.at("2010"), name).caution == invented.at("2010").caution


@pytest.mark.parametrize(("name", "rests_on_it"), [("Peru", True), ("LAD", True), ("SICA", False), ("Cuba", True)])
def test_the_page_names_the_publication_that_its_lists_rest_on(
    atlas: govmap.Atlas, name: str, rests_on_it: bool
) -> None:
    page = str(Presentation(govmap.brief(atlas, name)).page())
    assert ("The lists rest on: Technical Note: Regional Migration Governance" in page) == rests_on_it


def test_on_paper_nobody_is_asked_to_look_elsewhere(atlas: govmap.Atlas) -> None:
    """The other bodies of a country are named, and all sixty members of a large body."""
    page = to_markdown(Presentation(govmap.brief(atlas.at("2026"), "Brazil")).page())
    assert "Also in 6 other bodies: Regional Platform" in page
    large = atlas_of(atlas, mechanism("LARGE", " ".join(sorted(atlas.countries)[:60])), mechanism("SMALL", "PER"))
    for name in ("LARGE", "SMALL"):
        assert " more" not in to_markdown(Presentation(govmap.brief(large, name)).page())
