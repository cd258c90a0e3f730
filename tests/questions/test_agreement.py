"""Overlap, lists, gaps, covers and country pages agree with one another, on any dataset."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

import govmap
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.names.lexicon import WordLists
from govmap.model import About, Country, Dataset, Group, Mechanism, Member, Theme
from govmap.questions.overlap import ThemeMatch, overlap_on

CODES = tuple("ABCDEFGH")
THEMES = ("t1", "t2", "t3", "t4", "t5")


@st.composite
def atlases(draw: st.DrawFn) -> govmap.Atlas:
    """Draw a dataset of up to six mechanisms over eight countries and five themes, some above others."""
    mechanisms = []
    for number in range(draw(st.integers(1, 6))):
        members = draw(st.sets(st.sampled_from(CODES), min_size=1))
        groups = draw(st.lists(st.sets(st.sampled_from(THEMES), min_size=1, max_size=2), max_size=3))
        mechanisms.append(
            Mechanism(
                id=f"M{number}",
                names={"en": f"Mechanism {number}"},
                kind="network",
                relation="member",
                members=tuple(Member(code=f"{code}{code}{code}") for code in sorted(members)),
                groups=tuple(
                    Group(number=i, name=f"Group {i}", themes=tuple(sorted(themes)))
                    for i, themes in enumerate(groups, 1)
                ),
            )
        )
    above = [None, *draw(st.lists(st.sampled_from([None, "t1"]), min_size=4, max_size=4))]
    dataset = Dataset(
        about=About(title="Random", version="1", reference_date="2020"),
        mechanisms=tuple(mechanisms),
        themes=tuple(
            Theme(id=id_, preferred={"en": f"label {id_}"}, broader=broader)
            for id_, broader in zip(THEMES, above, strict=True)
        ),
        countries=tuple(
            Country(code * 2, code * 3, "000", "state", None, None, {"en": f"Land {code}"}) for code in CODES
        ),
    )
    return govmap.Atlas(LoadedDataset(dataset, index_names(dataset)))


@given(atlases())
@settings(deadline=None, max_examples=150)
def test_all_answers_on_a_theme_agree(atlas: govmap.Atlas) -> None:
    ranking = {row.id: row for row in govmap.rank_duplication(atlas).themes}
    for theme in THEMES:
        listed = govmap.list_groups(atlas, govmap.Filters(themes=(theme,)))
        overlap = overlap_on(atlas, theme, (ThemeMatch(theme, theme, theme, 1.0),))
        direct = [(hit.mechanism, hit.number) for hit in overlap.groups if hit.relevance == "direct"]
        assert direct == [(item.mechanism, item.number) for item in listed]
        assert (theme in ranking) == bool(direct)
        if not direct:
            continue
        uncovered = {ref.code for ref in overlap.uncovered}
        assert {row.code for row in govmap.find_gaps(atlas, themes=[theme]).countries if row.gaps} == uncovered
        cover = govmap.cover_countries(atlas, theme=theme)
        assert set(cover.unreachable) == uncovered
        assert ranking[theme].countries == len(overlap.countries) == len(atlas.parties) - len(uncovered)
        assert ranking[theme].seats == sum(hit.members for hit in overlap.mechanisms)


@given(atlases())
@settings(deadline=None, max_examples=100)
def test_gaps_are_what_the_page_of_a_country_lacks(atlas: govmap.Atlas) -> None:
    for row in govmap.find_gaps(atlas).countries:
        seated = {theme.id for theme in govmap.profile_country(atlas, atlas.countries[row.code]).themes}
        assert {gap.id for gap in row.gaps} == set(atlas.groups_by_theme) - seated
        for gap in row.gaps:
            assert all(row.code not in atlas.seats[id_] for id_ in gap.mechanisms)
            assert gap.mechanisms


@given(atlases())
@settings(deadline=None, max_examples=100)
def test_a_cover_seats_every_country_and_nothing_smaller_does(atlas: govmap.Atlas) -> None:
    cover = govmap.cover_countries(atlas)
    assert cover.unreachable == ()
    reached = [set().union(*(atlas.seats[id_] for id_ in ids)) for ids in cover.solutions]
    assert all(seated == set(atlas.parties) for seated in reached)
    smaller = combinations(sorted(atlas.seats), cover.size - 1)
    assert not any(set().union(*(atlas.seats[id_] for id_ in ids)) == set(atlas.parties) for ids in smaller)
