from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import govmap
from govmap.analysis.similarity import likest_pairs
from govmap.dataset import LoadedDataset
from govmap.model import Country, Event, Mechanism
from govmap.questions.compare import (
    Item,
    Pair,
    PartlyShared,
    ThemesCompared,
    ThemesOfPair,
    ThemesPartlyShared,
    compare_names,
    compare_pair,
    in_some,
    only_in_each,
    resolve_names,
    set_relation,
)
from govmap.records import Change, CountryRef, MechanismRef

AsOf = Callable[[str], govmap.Atlas]

BETA_CHANGED = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
ARGENTINA_LEFT = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
QUICK = settings(deadline=None, max_examples=150)

sets_of_letters = st.frozensets(st.sampled_from("abcdef"))
named_sets = st.dictionaries(st.sampled_from("UVWXYZ"), sets_of_letters, min_size=2)


def _mechanisms(atlas: govmap.Atlas, *ids: str) -> tuple[Mechanism, ...]:
    return tuple(atlas.mechanism(id_) for id_ in ids)


def _countries(atlas: govmap.Atlas, *codes: str) -> tuple[Country, ...]:
    return tuple(atlas.country(code) for code in codes)


def test_two_mechanisms_are_compared_by_their_members(invented: govmap.Atlas) -> None:
    result = govmap.compare_mechanisms(invented, _mechanisms(invented, "ALPHA", "BETA"))
    assert (result.kind, result.as_of) == ("mechanism", "2020-06")
    assert result.items == (Item("ALPHA", "Alpha Process", 3), Item("BETA", "Beta Framework", 3))
    assert result.shared == (CountryRef("CHL", "Chile"), CountryRef("PER", "Peru"))
    assert result.only == {"ALPHA": (CountryRef("ARG", "Argentina"),), "BETA": (CountryRef("ABW", "Aruba"),)}
    assert result.union_size == 4
    assert result.pairs == (Pair("ALPHA", "BETA", 2, 1, 1, 0.5, 0.6667, 0.6667, "overlapping", ANY),)
    assert result.themes == ThemesCompared(("borders",), {"ALPHA": (), "BETA": ("asylum",)}, ())
    assert (result.themes_unknown, result.caution) == ((), None)
    assert result.changes == (BETA_CHANGED, ARGENTINA_LEFT)


def test_mechanisms_without_a_shared_member_are_disjoint(invented: govmap.Atlas) -> None:
    result = govmap.compare_mechanisms(invented, _mechanisms(invented, "GAMMA", "ALPHA"))
    assert result.shared == ()
    assert result.pairs == (Pair("GAMMA", "ALPHA", 0, 1, 3, 0.0, 0.0, 0.0, "disjoint", themes=None),)
    assert result.themes == ThemesCompared((), {"GAMMA": (), "ALPHA": ("borders",)}, ())
    assert result.themes_unknown == ("GAMMA",), "the source lists no groups, which is not the same as having none"


def test_members_are_compared_as_of_the_date(as_of: AsOf) -> None:
    atlas = as_of("2022")
    result = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "LATER", "ALPHA"))
    assert result.shared == (CountryRef("CHL", "Chile"),)
    assert result.only["ALPHA"] == (CountryRef("BOL", "Bolivia"), CountryRef("PER", "Peru"))
    assert result.pairs == (Pair("LATER", "ALPHA", 1, 0, 2, 0.3333, 1.0, 0.3333, "within", ANY),)
    assert result.changes == ()


def test_a_comparison_on_a_date_before_the_lists_says_that_it_is_less_sure(as_of: AsOf) -> None:
    atlas = as_of("2016")
    caution = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "ALPHA", "BETA")).caution
    assert caution is not None
    assert caution.startswith("The lists are those of June 2020.")


def test_three_mechanisms_share_what_all_have_and_own_what_no_other_has(as_of: AsOf) -> None:
    atlas = as_of("2022")
    result = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "ALPHA", "BETA", "LATER"))
    assert [ref.code for ref in result.shared if isinstance(ref, CountryRef)] == ["CHL"]
    assert result.only == {"ALPHA": (CountryRef("BOL", "Bolivia"),), "BETA": (CountryRef("ABW", "Aruba"),), "LATER": ()}
    assert result.partly == (PartlyShared(("ALPHA", "BETA"), (CountryRef("PER", "Peru"),)),)
    assert result.union_size == 4  # ABW, BOL, CHL, PER
    assert [(pair.left, pair.right, pair.relation) for pair in result.pairs] == [
        ("ALPHA", "BETA", "overlapping"),
        ("ALPHA", "LATER", "contains"),
        ("BETA", "LATER", "contains"),
    ]
    assert result.themes == ThemesCompared(
        (), {"ALPHA": (), "BETA": ("asylum",), "LATER": ()}, (ThemesPartlyShared(("ALPHA", "BETA"), ("borders",)),)
    )


def test_countries_are_compared_by_the_mechanisms_that_list_them(invented: govmap.Atlas) -> None:
    result = govmap.compare_countries(invented, _countries(invented, "CHL", "PER"))
    assert (result.kind, result.as_of) == ("country", "2020-06")
    assert result.items == (Item("CHL", "Chile", 2), Item("PER", "Peru", 2))
    assert result.shared == (MechanismRef("ALPHA", "Alpha Process"), MechanismRef("BETA", "Beta Framework"))
    assert result.only == {"CHL": (), "PER": ()}
    assert result.pairs == (Pair("CHL", "PER", 2, 0, 0, 1.0, 1.0, 1.0, "equal", ANY),)
    assert result.themes == ThemesCompared(("asylum", "borders"), {"CHL": (), "PER": ()}, ())
    assert result.changes == (BETA_CHANGED,)


def test_a_change_of_what_is_not_compared_is_not_told(invented: govmap.Atlas) -> None:
    moved = Event("2019", "changed", "The secretariat moves", (), mechanisms=("BETA",), concerns="secretariats")
    dataset = replace(invented.dataset, events=(*invented.dataset.events, moved))
    atlas = govmap.Atlas(LoadedDataset(dataset, invented.names))
    assert [event.text for event in atlas.changes(("BETA",))] == [BETA_CHANGED.text, moved.text]
    assert govmap.compare_mechanisms(atlas, _mechanisms(atlas, "BETA", "GAMMA")).changes == (BETA_CHANGED,)
    assert govmap.compare_countries(atlas, _countries(atlas, "CHL", "PER")).changes == (BETA_CHANGED,)


def test_countries_in_different_mechanisms_may_share_a_theme(invented: govmap.Atlas) -> None:
    result = govmap.compare_countries(invented, _countries(invented, "ARG", "ABW"))
    assert result.shared == ()
    assert result.only == {
        "ARG": (MechanismRef("ALPHA", "Alpha Process"),),
        "ABW": (MechanismRef("BETA", "Beta Framework"),),
    }
    assert result.pairs[0].relation == "disjoint"
    assert result.themes == ThemesCompared(("borders",), {"ARG": (), "ABW": ("asylum",)}, ())
    assert result.changes == (BETA_CHANGED, ARGENTINA_LEFT)


def test_a_country_that_no_mechanism_lists_has_no_share(invented: govmap.Atlas) -> None:
    result = govmap.compare_countries(invented, _countries(invented, "BOL", "CHL"))
    assert result.pairs == (Pair("BOL", "CHL", 0, 0, 2, 0.0, None, 0.0, "disjoint", ANY),)


def test_a_mechanism_that_is_only_named_cannot_be_compared(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.NoAnswerError) as caught:
        govmap.compare_mechanisms(invented, _mechanisms(invented, "ALPHA", "DELTA"))
    assert caught.value.message == "DELTA cannot be compared: the source names it and gives no members"
    assert caught.value.suggestions == ("BETA", "GAMMA"), "the others, not ALPHA, which was typed"


def test_one_thing_or_the_same_thing_twice_is_not_compared(invented: govmap.Atlas) -> None:
    def refusal(*ids: str) -> tuple[str, tuple[str, ...]]:
        compare = govmap.compare_mechanisms if "CHL" not in ids else govmap.compare_countries
        named = [invented.mechanisms.get(id_) or invented.countries[id_] for id_ in ids]
        with pytest.raises(govmap.UsageError) as caught:
            compare(invented, tuple(named))  # type: ignore[arg-type]
        return caught.value.message, caught.value.suggestions

    twice = "{} is named twice; name different ones to compare"
    assert refusal("BETA", "ALPHA", "GAMMA", "ALPHA") == (twice.format("ALPHA"), ("govmap compare BETA ALPHA GAMMA",))
    assert refusal("ALPHA", "GAMMA", "ALPHA") == (twice.format("ALPHA"), ("govmap compare ALPHA GAMMA",))
    assert refusal("ALPHA", "ALPHA") == (twice.format("ALPHA"), ("govmap compare ALPHA BETA",))
    assert refusal("CHL", "CHL") == (twice.format("CHL"), ("govmap compare CHL ABW",))
    assert refusal("BETA") == ("Name at least two to compare", ("govmap compare BETA ALPHA",))
    assert refusal() == ("Name at least two to compare", ("govmap compare ALPHA BETA",))


def test_where_there_is_nothing_else_to_compare_with_nothing_is_offered(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        'about: {title: T, version: "1", reference_date: "2020"}\n'
        "mechanisms: [{id: ONE, names: {en: One}, kind: x, relation: member, members: [PER]}]\n"
    )
    atlas = govmap.load(tmp_path)
    for name in ("ONE", "PER"):
        with pytest.raises(govmap.UsageError, match=f"{name} is named twice") as caught:
            compare_names(atlas, (name, name))
        assert caught.value.suggestions == ()


def test_names_with_slips_are_compared_as_what_they_are_near(invented: govmap.Atlas) -> None:
    assert compare_names(invented, ("Alpha Proces", "Beta Framwork")) == govmap.compare_mechanisms(
        invented, _mechanisms(invented, "ALPHA", "BETA")
    )
    assert resolve_names(invented, ("Argentinia", "Chile")) == ("country", _countries(invented, "ARG", "CHL"))


def test_a_name_of_both_kinds_is_taken_as_what_the_others_are(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        'about: {title: T, version: "1", reference_date: "2020"}\n'
        "mechanisms: [{id: PER, names: {en: Peers}, kind: x}, {id: ONE, names: {en: One}, kind: x}]\n"
    )
    atlas = govmap.load(tmp_path)
    assert resolve_names(atlas, ("PER", "ONE")) == ("mechanism", _mechanisms(atlas, "PER", "ONE"))
    assert resolve_names(atlas, ("CHL", "PER")) == ("country", _countries(atlas, "CHL", "PER"))
    assert resolve_names(atlas, ("PER",)) == ("mechanism", _mechanisms(atlas, "PER"))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("Chle", "ALPHA"), "Chle is a country, ALPHA is a mechanism"),
        (("Alpha Proces", "Argentinia", "Peru"), "Alpha Proces is a mechanism, Argentinia is a country"),
        (("ALPHA", "BETA", "GAMMA", "DELTA", "Peru"), "ALPHA is a mechanism, Peru is a country"),
    ],
)
def test_one_of_each_kind_is_told_where_two_kinds_are_named(
    invented: govmap.Atlas, names: tuple[str, ...], told: str
) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        compare_names(invented, names)
    assert caught.value.message == f"Compare things of one kind: {told}"
    assert caught.value.suggestions == ("govmap compare RCM MIRPS", "govmap compare Peru Chile")


def test_two_names_of_each_kind_are_offered_for_one_that_is_near_to_many(tmp_path: Path) -> None:
    united = ", ".join(f"{{id: {id_}, names: {{en: United {id_}}}, kind: x}}" for id_ in ("EAST", "NORTH", "SOUTH"))
    about = 'about: {title: T, version: "1", reference_date: "2020"}\n'
    (tmp_path / "mechanisms.yaml").write_text(f"{about}mechanisms: [{united}]\n")
    atlas = govmap.load(tmp_path)
    with pytest.raises(govmap.NotFoundError) as caught:
        resolve_names(atlas, ("EAST", "united"))
    assert caught.value.message == 'No mechanism or country is called "united"'
    assert caught.value.suggestions == ("EAST", "NORTH", "United Arab Emirates", "United Kingdom")
    with pytest.raises(govmap.NotFoundError) as caught:
        resolve_names(atlas, ("EAST", "Qwertz"))
    assert caught.value.suggestions == ("govmap list mechanisms", "govmap list countries")


@QUICK
@given(sets_of_letters, sets_of_letters)
@example(frozenset(), frozenset())
def test_a_pair_is_what_the_algebra_of_sets_says(mine: frozenset[str], theirs: frozenset[str]) -> None:
    pair = compare_pair("L", "R", mine, theirs)
    assert (pair.left, pair.right) == ("L", "R")
    assert pair.shared == len(mine & theirs)
    assert pair.only_left == len(mine - theirs)
    assert pair.only_right == len(theirs - mine)
    union = pair.shared + pair.only_left + pair.only_right
    assert union == len(mine | theirs)
    assert pair.jaccard == pytest.approx(pair.shared / union if union else 0, abs=5e-5)
    assert 0 <= pair.jaccard <= 1
    for share, whole in ((pair.containment_left, mine), (pair.containment_right, theirs)):
        assert (share is None) == (not whole)
        assert share is None or share == pytest.approx(len(mine & theirs) / len(whole), abs=5e-5)


@QUICK
@given(sets_of_letters, sets_of_letters)
@example(frozenset(), frozenset())
@example(frozenset("a"), frozenset("ab"))
def test_a_pair_turned_round_is_the_same_pair_from_the_other_side(mine: frozenset[str], theirs: frozenset[str]) -> None:
    turned = {"contains": "within", "within": "contains"}
    one, other = compare_pair("L", "R", mine, theirs), compare_pair("R", "L", theirs, mine)
    assert other.relation == turned.get(one.relation, one.relation)
    assert (other.jaccard, other.shared) == (one.jaccard, one.shared)
    assert (other.only_left, other.only_right) == (one.only_right, one.only_left)
    assert (other.containment_left, other.containment_right) == (one.containment_right, one.containment_left)


@QUICK
@given(sets_of_letters, sets_of_letters)
@example(frozenset(), frozenset("a"))
def test_the_relation_of_two_sets_says_what_it_says(mine: frozenset[str], theirs: frozenset[str]) -> None:
    holds = {
        "disjoint": mine.isdisjoint(theirs),
        "equal": bool(mine) and mine == theirs,
        "contains": bool(theirs) and mine > theirs,
        "within": bool(mine) and mine < theirs,
        "overlapping": bool(mine & theirs) and bool(mine - theirs) and bool(theirs - mine),
    }
    assert [relation for relation, true in holds.items() if true] == [set_relation(mine, theirs)]


@QUICK
@given(named_sets)
def test_what_only_one_of_several_has_is_in_it_and_in_no_other(sets: dict[str, frozenset[str]]) -> None:
    only = only_in_each(sets)
    assert set(only) == set(sets)
    for letter in "abcdef":
        owners = [name for name, members in sets.items() if letter in members]
        assert [name for name, alone in only.items() if letter in alone] == (owners if len(owners) == 1 else [])
    assert sum(map(len, only.values())) == len(frozenset.union(*only.values()))


@QUICK
@given(named_sets)
def test_what_all_have_what_some_have_and_what_one_has_are_all_there_is(sets: dict[str, frozenset[str]]) -> None:
    partly = in_some(sets)
    for holders, held in partly.items():
        for letter in held:
            assert holders == tuple(name for name, members in sets.items() if letter in members)
    every, one = frozenset.intersection(*sets.values()), frozenset.union(*only_in_each(sets).values())
    counted = len(every) + sum(map(len, partly.values())) + len(one)
    assert counted == len(frozenset.union(*sets.values()))
    assert every.union(one, *partly.values()) == frozenset.union(*sets.values())


def test_what_most_have_comes_first_and_then_the_names_decide() -> None:
    holders = [names for size in (1, 2, 3, 4) for names in combinations("ABCD", size)]
    sets = {name: frozenset("".join(names) for names in holders if name in names) for name in "ABCD"}
    assert list(in_some(sets).items()) == [
        (tuple(names), frozenset({names})) for names in ("ABC", "ABD", "ACD", "BCD", "AB", "AC", "AD", "BC", "BD", "CD")
    ]


def test_every_pair_of_covered_mechanisms_agrees_with_their_members(atlas: govmap.Atlas) -> None:
    assert len(atlas.covered) == 8
    for left, right in combinations(atlas.covered, 2):
        mine, theirs = (frozenset(member.code for member in m.members) for m in (left, right))
        result = govmap.compare_mechanisms(atlas, (left, right))
        (pair,) = result.pairs
        assert {ref.code for ref in result.shared if isinstance(ref, CountryRef)} == mine & theirs
        only = {id_: {ref.code for ref in refs if isinstance(ref, CountryRef)} for id_, refs in result.only.items()}
        assert only == {left.id: mine - theirs, right.id: theirs - mine}
        assert result.union_size == len(mine | theirs) == pair.shared + pair.only_left + pair.only_right
        assert [item.size for item in result.items] == [len(mine), len(theirs)]
        assert pair.relation == set_relation(mine, theirs)


def test_all_eight_mechanisms_at_once_agree_with_their_members(atlas: govmap.Atlas) -> None:
    sets = {m.id: frozenset(member.code for member in m.members) for m in atlas.covered}
    result = govmap.compare_mechanisms(atlas, atlas.covered)
    assert {ref.code for ref in result.shared if isinstance(ref, CountryRef)} == frozenset.intersection(*sets.values())
    assert result.union_size == len(frozenset.union(*sets.values())) == len(atlas.parties)
    assert len(result.pairs) == 28
    assert sum(len(refs) for refs in result.only.values()) + len(result.shared) <= result.union_size


def test_a_pair_tells_the_themes_of_both_and_of_each(invented: govmap.Atlas) -> None:
    (pair,) = govmap.compare_mechanisms(invented, _mechanisms(invented, "ALPHA", "BETA")).pairs
    assert pair.themes == ThemesOfPair(shared=("borders",), only_left=(), only_right=("asylum",))


def test_distinct_is_what_these_share_and_no_other_has(atlas: govmap.Atlas) -> None:
    result = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "CAM", "RCM"))
    others = {code for m in atlas.covered if m.id not in ("CAM", "RCM") for code in atlas.seats[m.id]}
    expected = (set(atlas.seats["CAM"]) & set(atlas.seats["RCM"])) - others
    assert {ref.code for ref in result.distinct if isinstance(ref, CountryRef)} == expected
    assert {ref.code for ref in result.union if isinstance(ref, CountryRef)} == {
        *atlas.seats["CAM"],
        *atlas.seats["RCM"],
    }
    countries = govmap.compare_countries(atlas, (atlas.country("Canada"), atlas.country("Mexico")))
    assert countries.distinct == (), "LAD and RCM list others, too"


def test_only_countries_of_the_asked_relation_are_compared(atlas: govmap.Atlas) -> None:
    result = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "RCM", "LAD"), govmap.Limit(relation="endorser"))
    assert [item.size for item in result.items] == [0, 21]
    assert (result.relation, result.theme, result.pairs[0].relation) == ("endorser", None, "disjoint")


def test_only_mechanisms_with_a_group_on_the_theme_are_compared(atlas: govmap.Atlas) -> None:
    limit = govmap.Limit(theme="asylum")
    result = govmap.compare_countries(atlas, _countries(atlas, "Peru", "Chile"), limit)
    assert compare_names(atlas, ("Peru", "Chile"), limit) == result
    assert (result.relation, result.theme) == (None, "asylum")
    working = {m.id for m, _ in atlas.groups_on("asylum")}
    assert {ref.id for ref in result.union if isinstance(ref, MechanismRef)} <= working
    assert {ref.id for ref in result.shared if isinstance(ref, MechanismRef)} == {
        m.id for m in atlas.covered if m.id in working and {"PER", "CHL"} <= set(atlas.seats[m.id])
    }


def test_everything_is_ranked_by_its_likeness_to_one(atlas: govmap.Atlas) -> None:
    likeness = govmap.rank_mechanisms(atlas, atlas.mechanism("MIRPS"))
    first = likeness.pairs[0]
    assert (likeness.of, first.left, first.right, first.jaccard) == ("MIRPS", "MIRPS", "RCM", 0.6364)
    assert {pair.right for pair in likeness.pairs} == {m.id for m in atlas.covered} - {"MIRPS"}
    for pair in likeness.pairs:
        alone = govmap.compare_mechanisms(atlas, _mechanisms(atlas, pair.left, pair.right))
        assert alone.pairs == (pair,)
    jaccards = [pair.jaccard for pair in govmap.rank_countries(atlas, atlas.country("Haiti")).pairs]
    assert jaccards == sorted(jaccards, reverse=True)
    assert len(jaccards) == len(atlas.parties) - 1


def test_all_pairs_of_mechanisms_are_ranked(atlas: govmap.Atlas) -> None:
    likeness = govmap.rank_mechanisms(atlas)
    assert (likeness.of, len(likeness.pairs)) == (None, 28)
    within = {(pair.left, pair.right) for pair in likeness.pairs if pair.relation == "within"}
    contains = {(pair.right, pair.left) for pair in likeness.pairs if pair.relation == "contains"}
    assert {("MIRPS", "RCM"), ("LAD", "CAM"), ("QUITO", "R4V")} <= within | contains


def test_a_country_that_no_mechanism_lists_is_like_none(atlas: govmap.Atlas) -> None:
    likeness = govmap.rank_countries(atlas, atlas.country("Cuba"))
    assert likeness.pairs == ()
    assert likeness.items[0] == Item("CUB", "Cuba", 0)


def test_the_likest_of_all_pairs_are_the_first_of_all(atlas: govmap.Atlas) -> None:
    whole = govmap.rank_mechanisms(atlas)
    for top in (1, 5, 28, 100):
        some = govmap.rank_mechanisms(atlas, top=top)
        assert some.pairs == whole.pairs[:top]
        assert some.pair_count == whole.pair_count == 28
    of_one = govmap.rank_countries(atlas, atlas.country("Peru"), top=3)
    assert of_one.pairs == govmap.rank_countries(atlas, atlas.country("Peru")).pairs[:3]
    assert of_one.pair_count == len(atlas.parties) - 1


SETS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2), st.frozensets(st.integers(0, 9).map(str)), max_size=12
)


@given(SETS, st.integers(1, 20))
def test_bit_sets_find_the_pairs_that_comparing_each_finds(sets: dict[str, frozenset[str]], top: int) -> None:
    ordered = dict(sorted(sets.items()))
    pairs = [compare_pair(left, right, ordered[left], ordered[right]) for left, right in combinations(ordered, 2)]
    pairs.sort(key=lambda pair: (-pair.jaccard, -pair.shared, pair.left, pair.right))
    assert likest_pairs(ordered, top) == [(pair.left, pair.right) for pair in pairs[:top]]


def test_the_themes_that_are_compared_are_those_of_the_limit_alone(atlas: govmap.Atlas) -> None:
    limit = govmap.Limit(theme="asylum")
    themes = govmap.compare_mechanisms(atlas, _mechanisms(atlas, "MIRPS", "LAD"), limit).themes
    assert (themes.shared, themes.only) == (("asylum",), {"MIRPS": (), "LAD": ()})
