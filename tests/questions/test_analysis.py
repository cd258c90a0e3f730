"""Gaps, covers and the ranking of duplication agree with the plain facts, and with one another."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govmap
from govmap.questions.cover import greedy_cover, smallest_covers
from govmap.questions.gaps import CountryGaps, Gap, Gaps
from govmap.questions.overlap import ThemeMatch, overlap_on
from govmap.records import Change

MASKS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 255), min_size=1)


def union(masks: dict[str, int], names: tuple[str, ...]) -> int:
    reached = 0
    for name in names:
        reached |= masks[name]
    return reached


def test_the_ranking_counts_groups_seats_and_countries(invented: govmap.Atlas) -> None:
    """Borders: Alpha lists ARG, CHL and PER, Beta ABW, CHL and PER; asylum is Beta's alone."""
    first, second = govmap.rank_duplication(invented).themes
    assert (first.id, first.groups, first.mechanisms) == ("borders", 2, ("ALPHA", "BETA"))
    assert (first.seats, first.countries, first.repeated_seats, first.duplication) == (6, 4, 2, 0.3333)
    assert (second.id, second.seats, second.countries, second.duplication) == ("asylum", 3, 3, 0.0)


def test_a_gap_is_a_theme_whose_mechanisms_do_not_list_the_country(invented: govmap.Atlas) -> None:
    gaps = govmap.find_gaps(invented, countries=["ARG"]).countries[0]
    assert (gaps.code, gaps.seated) == ("ARG", 1)
    assert [(gap.id, gap.mechanisms) for gap in gaps.gaps] == [("asylum", ("BETA",))]


def test_countries_with_most_gaps_come_first(invented: govmap.Atlas) -> None:
    rows = [(row.code, len(row.gaps)) for row in govmap.find_gaps(invented).countries]
    assert rows == [("FRA", 2), ("ARG", 1), ("ABW", 0), ("CHL", 0), ("PER", 0)]


def test_a_country_named_twice_is_answered_once(invented: govmap.Atlas) -> None:
    assert [row.code for row in govmap.find_gaps(invented, countries=["CUB", "PER", "CUB"]).countries] == ["CUB", "PER"]


def test_a_country_that_no_mechanism_lists_has_a_gap_on_every_theme(invented: govmap.Atlas) -> None:
    (row,) = govmap.find_gaps(invented, countries=["CUB"]).countries
    assert [gap.id for gap in row.gaps] == ["asylum", "borders"]


def test_gaps_tell_what_changes_for_the_country_asked_about_or_for_any_of_several(invented: govmap.Atlas) -> None:
    """Beta takes up more work; that Argentina leaves Alpha is a matter of Argentina."""
    more = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
    left = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
    assert govmap.find_gaps(invented, countries=["FRA"]) == Gaps(
        as_of="2020-06",
        caution=None,
        themes=("asylum", "borders"),
        countries=(
            CountryGaps(
                code="FRA",
                name="France",
                seated=0,
                gaps=(Gap("asylum", "asylum", ("BETA",)), Gap("borders", "border management", ("ALPHA", "BETA"))),
            ),
        ),
        changes=(more,),
    )
    assert govmap.find_gaps(invented, countries=["ARG"]).changes == (more, left)
    assert govmap.find_gaps(invented, countries=["FRA", "PER"]).changes == (more, left)
    assert govmap.find_gaps(invented, countries=["ARG"], themes=["asylum"]).changes == (more,)


def test_gaps_of_another_date_are_told_with_caution(as_of: Callable[[str], govmap.Atlas]) -> None:
    gaps = govmap.find_gaps(as_of("2021"), countries=["FRA"])
    assert (gaps.as_of, gaps.caution) == (
        "2021",
        "Nothing was looked up after 1 July 2020: what changed later is not known",
    )


def test_all_smallest_covers_are_found(invented: govmap.Atlas) -> None:
    """CHL and PER are in both Alpha and Beta; only Gamma lists France."""
    cover = govmap.cover_countries(invented, countries=["CHL", "PER", "FRA"])
    assert cover.solutions == (("ALPHA", "GAMMA"), ("BETA", "GAMMA"))
    assert (cover.size, cover.unreachable, cover.exact) == (2, (), True)


def test_what_nothing_reaches_is_told_and_the_rest_is_covered(invented: govmap.Atlas) -> None:
    cover = govmap.cover_countries(invented, countries=["ARG", "CUB"], theme="borders")
    assert (cover.solutions, cover.unreachable) == ((("ALPHA",),), ("CUB",))


def test_nothing_to_reach_has_no_solution(invented: govmap.Atlas) -> None:
    cover = govmap.cover_countries(invented, countries=["CUB"])
    assert (cover.solutions, cover.size, cover.unreachable) == ((), 0, ("CUB",))


def test_themes_are_covered_by_the_mechanisms_that_work_on_them(invented: govmap.Atlas) -> None:
    assert govmap.cover_themes(invented).solutions == (("BETA",),)


@given(MASKS)
@settings(deadline=None)
def test_a_smallest_cover_reaches_all_and_no_smaller_set_does(masks: dict[str, int]) -> None:
    target = union(masks, tuple(masks))
    found = smallest_covers(masks, target)
    if not target:
        assert found == ()
        return
    assert all(union(masks, names) == target for names in found)
    smaller = combinations(sorted(masks), len(found[0]) - 1)
    assert not any(union(masks, names) == target for names in smaller)
    every = [names for names in combinations(sorted(masks), len(found[0])) if union(masks, names) == target]
    assert list(found) == every


@given(MASKS)
@settings(deadline=None)
def test_the_greedy_rule_reaches_all_and_is_never_better_than_the_best(masks: dict[str, int]) -> None:
    target = union(masks, tuple(masks))
    chosen = greedy_cover(masks, target)
    assert union(masks, chosen) == target
    best = smallest_covers(masks, target)
    assert len(chosen) >= (len(best[0]) if best else 0)


def test_overlap_gaps_and_cover_agree_on_every_theme(atlas: govmap.Atlas) -> None:
    for theme in atlas.groups_by_theme:
        overlap = overlap_on(atlas, theme, (ThemeMatch(theme, theme, theme, 1.0),))
        uncovered = {ref.code for ref in overlap.uncovered}
        gaps = govmap.find_gaps(atlas, themes=[theme])
        assert {row.code for row in gaps.countries if row.gaps} == uncovered, theme
        assert set(govmap.cover_countries(atlas, theme=theme).unreachable) == uncovered, theme
        measured = next(row for row in govmap.rank_duplication(atlas).themes if row.id == theme)
        assert measured.mechanisms == tuple(hit.id for hit in overlap.mechanisms)
        assert measured.countries == len(overlap.countries)
        assert measured.seats == sum(len(hit.mechanisms) for hit in overlap.countries)
        assert measured.groups == sum(hit.relevance == "direct" for hit in overlap.groups)


def test_gaps_agree_with_the_page_of_each_country(atlas: govmap.Atlas) -> None:
    for row in govmap.find_gaps(atlas).countries:
        profile = govmap.profile_country(atlas, atlas.countries[row.code])
        assert row.seated == len(profile.themes)
        assert not {gap.id for gap in row.gaps} & {theme.id for theme in profile.themes}


@pytest.mark.parametrize(
    ("text", "kind", "id_"),
    [
        ("acnur", "agency", "UNHCR"),
        ("proceso de quito", "mechanism", "QUITO"),
        ("Peru", "country", "PER"),
        ("Hondur", "country", "HND"),
        ("trata de personas", "theme", "trafficking"),
        ("investing in asylum", "group", "LAD 5"),
        ("Prensa Latina", "source", "prensa-latina-quito-2024"),
    ],
)
def test_anything_is_found_by_its_words(atlas: govmap.Atlas, text: str, kind: str, id_: str) -> None:
    first = govmap.search(atlas, text).hits[0]
    assert (first.kind, first.id) == (kind, id_)


def test_hits_are_ranked_and_say_how_to_open_them(atlas: govmap.Atlas) -> None:
    hits = govmap.search(atlas, "human trafficking").hits
    records = [hit for hit in hits if hit.kind != "source"]
    assert [hit.score for hit in records] == sorted((hit.score for hit in records), reverse=True)
    assert [hit.kind for hit in hits[len(records) :]] == ["source"] * (len(hits) - len(records)), "sources come last"
    assert {hit.kind for hit in hits} >= {"theme", "group"}
    assert all(hit.command.startswith("govmap ") for hit in hits)


def test_names_with_all_the_words_leave_out_those_with_some(atlas: govmap.Atlas) -> None:
    found = [
        (hit.kind, hit.id) for hit in govmap.search(atlas, "conferencia suramericana").hits if hit.kind != "source"
    ]
    assert found == [("mechanism", "SACM")]


def test_a_search_without_a_hit_offers_something(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.NotFoundError, match="Nothing has all the words of") as caught:
        govmap.search(atlas, "xyzzy")
    assert caught.value.suggestions
