from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from msgspec.structs import replace
from tests.test_as_of import loaded_of

import govmap
from govmap.dataset import LoadedDataset
from govmap.model import Event
from govmap.questions.overlap import (
    CountryHit,
    GroupHit,
    MechanismHit,
    Overlap,
    ThemeMatch,
    ancestors,
    narrower,
    neighbouring,
    overlap_on,
    theme_ids,
    themes_about,
)
from govmap.records import Change, CountryRef

AsOf = Callable[[str], govmap.Atlas]
Part = Literal["members", "groups", "secretariats", "chair", "statute"]

BETA_CHANGED = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
ARGENTINA_LEFT = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
ALPHA_BORDERS = GroupHit("ALPHA", 1, "Borders", "direct", ("borders",))
BETA_BORDERS = GroupHit("BETA", 1, "Borders and Asylum", "direct", ("asylum", "borders"))


def _on(atlas: govmap.Atlas, *themes: str) -> Overlap:
    return overlap_on(atlas, "typed", tuple(ThemeMatch(id_, atlas.themes[id_].label, id_, 1.0) for id_ in themes))


def test_a_theme_leads_to_its_groups_mechanisms_and_countries(invented: govmap.Atlas) -> None:
    result = govmap.overlap_about(invented, "gestión fronteriza")
    assert (result.query, result.as_of, result.basis) == ("gestión fronteriza", "2020-06", "direct")
    assert result.themes == (ThemeMatch("borders", "border management", "gestión fronteriza", 1.0),)
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


def test_what_each_word_of_a_question_counted_for_is_told(invented: govmap.Atlas) -> None:
    told = govmap.overlap_about(invented, "migrants and visas").explanation
    assert [(step.words, step.role, step.themes) for step in told] == [
        ("migrants", "neutral", ()),
        ("visas", "label", ("visas",)),
    ]
    assert told[0].weight == 0
    assert told[1].weight > 0


def test_a_text_is_no_question_and_a_long_question_is_one(invented: govmap.Atlas) -> None:
    assert [match.id for match in themes_about(invented, "visas " + "the " * 59)] == ["visas"]
    with pytest.raises(govmap.UsageError) as caught:
        themes_about(invented, "visas " + "the " * 60)
    assert caught.value.message == "A question of 61 words is too long; ask in at most 60"
    assert caught.value.suggestions == ("govmap list themes",)


def test_a_word_too_broad_to_stand_alone_is_answered_where_its_readings_have_the_same_groups(
    atlas: govmap.Atlas, invented: govmap.Atlas
) -> None:
    """In the invented dataset no group works on any of them."""
    assert themes_about(invented, "trafficking") == (
        ThemeMatch("smuggling", "smuggling of migrants", "trafficking", 1.0),
        ThemeMatch("trafficking", "trafficking in persons", "trafficking", 1.0),
    )
    with pytest.raises(govmap.AmbiguousError) as caught:
        themes_about(atlas, "trafficking")
    assert caught.value.message == '"trafficking" is ambiguous, or too broad to stand alone; name the theme'
    assert caught.value.suggestions == ("smuggling of migrants", "trafficking in persons")


@pytest.mark.parametrize(
    ("question", "message", "suggestions"),
    [
        (
            "migrants",
            '"migrants" names no theme, or the whole field; name a theme, or see all of them ranked',
            ("govmap overlap", "govmap list themes"),
        ),
        ("...", 'There is no word to look for in "..."', ("govmap list themes",)),
        (
            "xyzzyx",
            'No theme is about "xyzzyx", so no mechanism is known to work on it',
            ("govmap list themes",),
        ),
        (
            "arms return trafficking",
            'No theme is about "arms return trafficking", so no mechanism is known to work on it',
            ("internal displacement", "return and reintegration", "smuggling of migrants"),
        ),
    ],
)
def test_what_is_no_theme_is_told_apart_and_at_most_three_themes_are_offered(
    invented: govmap.Atlas, question: str, message: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        themes_about(invented, question)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)


def test_the_themes_above_one_are_told_from_the_nearest(atlas: govmap.Atlas) -> None:
    assert list(ancestors(atlas, "trafficking")) == ["crime", "irregular-migration"]
    assert list(ancestors(atlas, "crime")) == ["irregular-migration"]
    assert list(ancestors(atlas, "irregular-migration")) == []


def _working_on(atlas: govmap.Atlas, *themes: tuple[str, ...]) -> govmap.Atlas:
    """Return an invented dataset of mechanisms A, B and so on, each with one group, which works on *themes*."""
    mechanisms = [
        {
            "id": id_,
            "names": {"en": f"Mechanism {id_}"},
            "kind": "forum",
            "relation": "member",
            "members": [{"code": "PER"}],
            "groups": [{"number": 1, "name": f"Group of {id_}", "themes": list(worked_on)}],
        }
        for id_, worked_on in zip("ABC", themes, strict=False)
    ]
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    return govmap.Atlas(loaded_of({"about": about, "mechanisms": mechanisms}, atlas))


def test_groups_on_the_likeliest_theme_come_first_whatever_else_they_work_on(atlas: govmap.Atlas) -> None:
    made = _working_on(atlas, ("asylum", "visas"), ("health",), ("asylum", "health"))
    matches = (ThemeMatch("asylum", "asylum", "asylum", 0.5), ThemeMatch("health", "health", "health", 0.75))
    assert overlap_on(made, "asylum and health", matches).groups == (
        GroupHit("B", 1, "Group of B", "direct", ("health",)),
        GroupHit("C", 1, "Group of C", "direct", ("asylum", "health")),
        GroupHit("A", 1, "Group of A", "direct", ("asylum", "visas")),
    )


def test_of_related_groups_those_on_the_broader_theme_come_first_and_of_direct_ones_not(atlas: govmap.Atlas) -> None:
    """Socio-economic integration is the theme above livelihoods, and labour migration is beside them."""
    beside = _working_on(atlas, ("labour-migration",), ("socioeconomic",))
    assert [hit.mechanism for hit in _on(beside, "livelihoods").groups] == ["B", "A"]
    direct = _working_on(atlas, ("livelihoods",), ("livelihoods", "socioeconomic"))
    assert [hit.mechanism for hit in _on(direct, "livelihoods").groups] == ["A", "B"]


def test_what_is_beside_a_theme_is_related_where_it_is_asked_for_alone_or_nobody_works_on_any(
    atlas: govmap.Atlas,
) -> None:
    """Labour migration is beside livelihoods; health is elsewhere."""
    made = _working_on(atlas, ("livelihoods",), ("labour-migration",), ("health",))
    assert [(hit.mechanism, hit.relevance) for hit in _on(made, "livelihoods").groups] == [
        ("A", "direct"),
        ("B", "related"),
    ]
    assert [hit.mechanism for hit in _on(made, "livelihoods", "health").groups] == ["A", "C"]
    idle = _working_on(atlas, ("drivers",), ("labour-migration",))
    assert [(hit.mechanism, hit.relevance) for hit in _on(idle, "livelihoods", "health").groups] == [("B", "related")]


def test_changes_of_members_and_groups_alone_are_told_and_what_makes_the_answer_less_sure(atlas: govmap.Atlas) -> None:
    made = _working_on(atlas, ("asylum",))
    parts: tuple[Part, ...] = ("members", "groups", "secretariats", "chair", "statute")
    events = tuple(
        Event(date="2020-05", kind="changed", text=f"New {part}", sources=(), mechanisms=("A",), concerns=part)
        for part in parts
    )
    then = govmap.Atlas(LoadedDataset(replace(made.dataset, events=events), made.names), "2019")
    told = _on(then, "asylum")
    assert told.changes == (Change("2020-05", "A", "New members", ()), Change("2020-05", "A", "New groups", ()))
    assert told.caution == (
        "The lists are those of 2020. A membership or group whose start is not known is counted since the mechanism"
        " was founded, and may have come later than 2019"
    )
    assert _on(made, "asylum").caution is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (None, ()),
        (" Host-Communities ", ("host-communities",)),
        ("border control", ("borders",)),
        ("children and women", ("children", "gender")),
    ],
)
def test_themes_are_named_by_an_exact_id_or_in_any_words(
    atlas: govmap.Atlas, typed: str | None, expected: tuple[str, ...]
) -> None:
    assert theme_ids(atlas, typed) == expected
