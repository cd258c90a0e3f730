from __future__ import annotations

from collections.abc import Callable

import pytest

import govmap
from govmap.queries.overlap import (
    CountryHit,
    GroupHit,
    MechanismHit,
    Overlap,
    ThemeMatch,
    narrower,
    neighbouring,
    overlap_on,
)
from govmap.queries.records import Change, CountryRef

AsOf = Callable[[str], govmap.Atlas]

BETA_CHANGED = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
ARGENTINA_LEFT = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
ALPHA_BORDERS = GroupHit("ALPHA", 1, "Borders", "direct", ("borders",))
BETA_BORDERS = GroupHit("BETA", 1, "Borders and Asylum", "direct", ("asylum", "borders"))


def _on(atlas: govmap.Atlas, *themes: str) -> Overlap:
    return overlap_on(atlas, "typed", tuple(ThemeMatch(id_, atlas.themes[id_].label, id_, 1.0) for id_ in themes))


def test_a_theme_leads_to_its_groups_mechanisms_and_countries(invented: govmap.Atlas) -> None:
    result = govmap.overlap_about(invented, "gestión fronteriza")
    assert (result.query, result.as_of, result.basis) == ("gestión fronteriza", "2020-06", "direct")
    assert [(match.id, match.label, match.score) for match in result.themes] == [("borders", "border management", 1.0)]
    assert result.groups == (ALPHA_BORDERS, BETA_BORDERS)
    assert result.mechanisms == (MechanismHit("ALPHA", "Alpha Process", 3), MechanismHit("BETA", "Beta Framework", 3))


def test_countries_in_most_of_the_mechanisms_come_first(invented: govmap.Atlas) -> None:
    result = _on(invented, "borders")
    assert result.countries == (
        CountryHit("CHL", "Chile", ("ALPHA", "BETA")),
        CountryHit("PER", "Peru", ("ALPHA", "BETA")),
        CountryHit("ABW", "Aruba", ("BETA",)),
        CountryHit("ARG", "Argentina", ("ALPHA",)),
    )
    assert result.uncovered == (CountryRef("FRA", "France"),)


def test_changes_of_the_mechanisms_are_told(invented: govmap.Atlas, as_of: AsOf) -> None:
    assert _on(invented, "borders").changes == (BETA_CHANGED, ARGENTINA_LEFT)
    assert _on(as_of("2022"), "borders").changes == (BETA_CHANGED,)
    assert _on(invented, "asylum").changes == (BETA_CHANGED,)


def test_only_the_groups_on_the_theme_itself_count_where_there_are_any(invented: govmap.Atlas) -> None:
    result = _on(invented, "asylum")
    assert result.groups == (BETA_BORDERS,)
    assert [hit.id for hit in result.mechanisms] == ["BETA"]
    assert [hit.code for hit in result.countries] == ["ABW", "CHL", "PER"]
    assert [ref.code for ref in result.uncovered] == ["ARG", "FRA"]


def test_groups_on_a_neighbour_are_the_basis_where_none_is_direct(invented: govmap.Atlas) -> None:
    """Visas stand under borders, and asylum under international protection; neither end has a group of its own."""
    visas = _on(invented, "visas")
    assert visas.basis == "related"
    assert [(hit.mechanism, hit.number, hit.relevance) for hit in visas.groups] == [
        ("ALPHA", 1, "related"),
        ("BETA", 1, "related"),
    ]
    assert [hit.id for hit in visas.mechanisms] == ["ALPHA", "BETA"]
    protection = _on(invented, "international-protection")
    assert (protection.basis, [hit.mechanism for hit in protection.groups]) == ("related", ["BETA"])


def test_a_theme_without_a_group_leaves_every_country_uncovered(invented: govmap.Atlas, as_of: AsOf) -> None:
    now = _on(invented, "livelihoods")
    assert (now.groups, now.mechanisms, now.countries, now.changes) == ((), (), (), ())
    assert [ref.code for ref in now.uncovered] == ["ABW", "ARG", "CHL", "FRA", "PER"]
    then = _on(as_of("2012"), "livelihoods")
    assert then.groups == (GroupHit("ALPHA", 2, "Old Work", "direct", ("livelihoods",)),)


def test_what_no_theme_is_about_is_not_found_and_something_is_offered(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.overlap_about(invented, "xyzzyx")
    assert caught.value.suggestions


def test_several_themes_are_answered_together(invented: govmap.Atlas) -> None:
    matches = tuple(ThemeMatch(id_, invented.themes[id_].label, id_, 0.5) for id_ in ("asylum", "livelihoods"))
    result = overlap_on(invented, "work and asylum", matches)
    assert (result.query, result.themes, result.basis) == ("work and asylum", matches, "direct")
    assert result.groups == (BETA_BORDERS,)


def test_the_neighbours_of_a_theme_are_above_below_and_beside_it(atlas: govmap.Atlas) -> None:
    for theme in atlas.themes.values():
        below = {other.id for other in atlas.themes.values() if theme.id in _above(atlas, other.id)}
        assert narrower(atlas, theme.id) == below
        worked_on = bool(atlas.groups_on(theme.id))
        beside = {*theme.related, *(() if worked_on else below), *([theme.broader] if theme.broader else [])}
        assert neighbouring(atlas, {theme.id}) == beside - {theme.id}


def test_with_two_themes_only_what_is_above_a_narrow_one_is_related(atlas: govmap.Atlas) -> None:
    """QUITO-6 works on socio-economic integration, the theme above jobs; what is beside jobs is left out."""
    both = govmap.overlap_about(atlas, "jobs and xenophobia").groups
    related = {f"{hit.mechanism}-{hit.number}" for hit in both if hit.relevance == "related"}
    assert related == {"QUITO-6"}


def _above(atlas: govmap.Atlas, id_: str) -> list[str]:
    broader = atlas.themes[id_].broader
    return [broader, *_above(atlas, broader)] if broader else []


def test_the_direct_groups_on_every_bundled_theme_are_those_that_the_list_of_groups_gives(atlas: govmap.Atlas) -> None:
    for theme in atlas.themes.values():
        listed = [
            (item.mechanism, item.number) for item in govmap.list_groups(atlas, govmap.Filters(themes=(theme.id,)))
        ]
        result = _on(atlas, theme.id)
        direct = [(hit.mechanism, hit.number) for hit in result.groups if hit.relevance == "direct"]
        assert direct == sorted(listed)
        assert (result.basis == "direct") == bool(listed)
        covered = [hit.code for hit in result.countries] + [ref.code for ref in result.uncovered]
        assert sorted(covered) == list(atlas.parties)
