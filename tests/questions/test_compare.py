"""Comparisons and rankings; what every field holds is in `answers/`, the algebra in `analysis/test_similarity`."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from tests.conftest import Call as Run
from tests.made import atlas_of, mechanism, with_dataset

import govmap
from govmap.analysis.similarity import set_relation
from govmap.calls import Call
from govmap.model import Event
from govmap.questions.compare import Comparison, Likeness, failure


def compare(atlas: govmap.Atlas, *names: Any, **options: Any) -> Comparison[Any]:
    """Return the comparison of two or more."""
    found = govmap.compare(atlas, *names, **options)
    assert isinstance(found, Comparison)
    return found


def rank(atlas: govmap.Atlas, *names: Any, **options: Any) -> Likeness:
    """Return the ranking of all others by likeness to one, or of all pairs."""
    found = govmap.compare(atlas, *names, all=not names, **options)
    assert isinstance(found, Likeness)
    return found


def test_every_pair_of_mechanisms_and_all_at_once_agree_with_their_members(atlas: govmap.Atlas) -> None:
    seats = {m.id: frozenset(member.code for member in m.members) for m in atlas.covered}
    whole = compare(atlas, *atlas.covered)
    assert {ref.code for ref in whole.shared} == frozenset.intersection(*seats.values())
    assert whole.union_size == len(frozenset.union(*seats.values())) == len(atlas.listed_countries)
    assert len(whole.pairs) == 28
    for pair, (left, right) in zip(whole.pairs, combinations(seats, 2), strict=True):
        mine, theirs = seats[left], seats[right]
        found = compare(atlas, left, right)
        assert found.pairs == (pair,)
        assert {ref.code for ref in found.shared} == mine & theirs
        only = {id_: {ref.code for ref in refs} for id_, refs in found.only.items()}
        assert only == {left: mine - theirs, right: theirs - mine}
        assert found.union_size == len(mine | theirs) == pair.shared + pair.only_left + pair.only_right
        assert [item.size for item in found.items] == [len(mine), len(theirs)]
        assert pair.relation == set_relation(mine, theirs)


def test_three_share_what_all_have_and_own_what_no_other_has(invented: govmap.Atlas) -> None:
    found = compare(invented.at("2022"), "ALPHA", "BETA", "LATER")
    assert [ref.code for ref in found.shared] == ["CHL"]
    assert {id_: [ref.code for ref in refs] for id_, refs in found.only.items()} == {
        "ALPHA": ["BOL"],
        "BETA": ["ABW"],
        "LATER": [],
    }
    assert [(part.items, [ref.code for ref in part.shared]) for part in found.partly] == [(("ALPHA", "BETA"), ["PER"])]
    assert [pair.relation for pair in found.pairs] == ["overlapping", "contains", "contains"]
    assert [(part.items, part.shared) for part in found.themes.partly] == [(("ALPHA", "BETA"), ("borders",))]


def test_distinct_is_what_these_share_and_no_other_has(atlas: govmap.Atlas) -> None:
    cam, rcm = (set(atlas.seats[id_]) for id_ in ("CAM", "RCM"))
    others = {code for id_, codes in atlas.seats.items() if id_ not in ("CAM", "RCM") for code in codes}
    found = compare(atlas, "CAM", "RCM")
    assert {ref.code for ref in found.distinct} == (cam & rcm) - others
    assert {ref.code for ref in found.union} == cam | rcm
    assert compare(atlas, "Canada", "Mexico").distinct == (), "LAD and RCM list others, too"


def test_a_country_that_no_mechanism_lists_has_no_share(invented: govmap.Atlas) -> None:
    (pair,) = compare(invented, "BOL", "CHL").pairs
    assert (pair.relation, pair.containment_left, pair.containment_right) == ("disjoint", None, 0.0)


def test_a_change_of_what_is_not_compared_is_left_out(invented: govmap.Atlas) -> None:
    moved = Event("2019", "changed", "The secretariat moves", (), mechanisms=("BETA",), concerns="secretariats")
    atlas = with_dataset(invented, events=(*invented.dataset.events, moved))
    assert "The secretariat moves" in [event.text for event in atlas.changes(("BETA",))]
    told = ["Beta takes up more work than its list shows"]
    for names, more in ((("BETA", "GAMMA"), []), (("CHL", "PER"), ["Beginning of LATER"])):  # which Chile is to be in
        assert [change.text for change in compare(atlas, *names).changes] == told + more


def test_only_countries_of_the_asked_relation_are_compared(atlas: govmap.Atlas) -> None:
    found = compare(atlas, "RCM", "LAD", relation="endorser")
    assert [item.size for item in found.items] == [0, 21]
    assert (found.relation, found.theme, found.pairs[0].relation) == ("endorser", None, "disjoint")


def test_only_mechanisms_with_a_group_on_the_theme_are_compared(atlas: govmap.Atlas) -> None:
    found = compare(atlas, "Peru", "Chile", theme="asylum")
    working = {mechanism.id for mechanism, _group in atlas.groups_on("asylum")}
    assert (found.relation, found.theme) == (None, "asylum")
    assert {ref.id for ref in found.union} <= working
    assert {ref.id for ref in found.shared} == {id_ for id_ in working if {"PER", "CHL"} <= set(atlas.seats[id_])}
    themes = compare(atlas, "MIRPS", "LAD", theme="asylum").themes
    assert (themes.shared, themes.only) == (("asylum",), {"MIRPS": (), "LAD": ()})
    two, three = (compare(atlas, *names, theme="asylum") for names in (["MIRPS", "LAD"], ["RCM", "MIRPS", "LAD"]))
    assert (two.left_out, three.left_out) == ((), ("RCM",))
    assert (three.items, three.shared, three.only) == (two.items, two.shared, two.only)
    with pytest.raises(govmap.NoAnswerError, match="Of these only MIRPS has a group on asylum"):
        compare(atlas, "RCM", "MIRPS", theme="asylum")
    with pytest.raises(govmap.NoAnswerError, match="None of these has a group on asylum"):
        compare(atlas, "RCM", "RIAM", theme="asylum")


@pytest.mark.parametrize(
    ("names", "message", "suggestions"),
    [
        (
            ("BETA", "ALPHA", "GAMMA", "ALPHA"),
            "ALPHA is named twice; name different ones to compare",
            (Call("compare", "BETA", "ALPHA", "GAMMA"),),
        ),
        (
            ("ALPHA", "alpha process"),
            "ALPHA is named twice; name different ones to compare",
            (Call("compare", "ALPHA"),),  # which ranks what it may be compared with
        ),
        (("CHL", "Chile"), "CHL is named twice; name different ones to compare", (Call("compare", "CHL"),)),
        (
            ("ALPHA", "DELTA"),
            "DELTA cannot be compared: the source names it without its members",
            ("BETA", "GAMMA"),  # the others, not ALPHA, which was named
        ),
        (
            ("Chle", "ALPHA", "Peru"),
            "Compare mechanisms or countries, not both: Chle is a country, ALPHA is a mechanism",
            (Call("compare", "ALPHA"), Call("compare", "CHL", "PER")),
        ),
        (
            ("ALPHA", "BETA", "GAMMA", "Peru"),
            "Compare mechanisms or countries, not both: ALPHA is a mechanism, Peru is a country",
            (Call("compare", "ALPHA", "BETA", "GAMMA"), Call("compare", "PER")),
        ),
        (
            (),
            "Name two or more to compare, or one to rank the others by similarity",
            (Call("compare", all=True),),
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_calls_on_the_data_at_hand(
    invented: govmap.Atlas, names: tuple[str, ...], message: str, suggestions: tuple[object, ...]
) -> None:
    with pytest.raises(govmap.GovmapError) as caught:
        govmap.compare(invented, *names)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (("ALPHA",), {"all": True}, "`all` ranks all pairs of mechanisms, so it takes no names"),
        (("ALPHA",), {"mode": "union"}, "`mode` shows what two or more share; name them"),
        (("ALPHA", "BETA"), {"top": 3}, "`top` is for a ranking; name one, or none with `all`"),
        (("ALPHA",), {"top": 0}, "`top` must be 1 or more"),
        (("ALPHA", "BETA"), {"relation": "friend"}, '`relation` cannot be "friend"'),
    ],
)
def test_options_that_do_not_go_with_one_another_are_refused(
    invented: govmap.Atlas, names: tuple[str, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.compare(invented, *names, **options)
    assert caught.value.message == message


def test_where_there_is_nothing_else_to_compare_with_nothing_is_offered(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("ONE", "PER"))
    for name in ("ONE", "PER"):
        with pytest.raises(govmap.UsageError, match=f"{name} is named twice") as caught:
            govmap.compare(made, name, name)
        assert caught.value.suggestions == ()


def test_names_with_slips_are_compared_as_what_they_are_near(invented: govmap.Atlas) -> None:
    assert compare(invented, "Alpha Proces", "Beta Framwork") == compare(invented, "ALPHA", "BETA")
    assert compare(invented, "Argentinia", "Chile") == compare(invented, "ARG", "CHL")


def test_a_name_of_both_kinds_is_refused_with_what_can_be_compared(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("PER", "CHL"), mechanism("ONE", "CHL"), mechanism("TWO", "CHL"))
    both, body = ("Peru", "Mechanism PER"), ("Mechanism PER",)
    for names, offers in (
        (("PER",), both),
        (("PER", "PER"), both),
        (("PER", "ONE"), both),
        (("CHL", "PER"), both),
        (("ONE", "PER", "TWO"), body),
    ):
        with pytest.raises(govmap.AmbiguousError, match='"PER" is a country, Peru, and a mechanism') as refused:
            compare(made, *names)
        assert refused.value.suggestions == offers
    with pytest.raises(govmap.UsageError, match="CHL is a country, ONE is a mechanism") as caught:
        compare(made, "PER", "CHL", "ONE")
    assert caught.value.suggestions == (Call("compare", "Mechanism PER", "ONE"), Call("compare", "Peru", "CHL"))
    (pair,) = compare(made, made.mechanisms["PER"], "ONE").pairs
    assert (pair.left, pair.right) == ("PER", "ONE")


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("united", ("EAST", "NORTH", "United Arab Emirates", "United Kingdom")),  # two of each kind at most
        ("Qwertz", (Call("list", "mechanisms"), Call("list", "countries"))),
    ],
)
def test_a_name_that_is_near_to_many_or_none_has_others_of_both_kinds_offered(
    atlas: govmap.Atlas, name: str, suggestions: tuple[object, ...]
) -> None:
    united = [mechanism(id_, names={"en": f"United {id_}"}) for id_ in ("EAST", "NORTH", "SOUTH")]
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.compare(atlas_of(atlas, *united), "EAST", name)
    assert caught.value.message == f'No mechanism or country is called "{name}"'
    assert caught.value.suggestions == suggestions


def test_all_others_of_a_kind_are_ranked_by_likeness_to_one(atlas: govmap.Atlas) -> None:
    found = rank(atlas, "MIRPS")
    assert (found.of, found.pairs[0].right, found.pairs[0].jaccard) == ("MIRPS", "RCM", 0.6364)
    assert {pair.right for pair in found.pairs} == {m.id for m in atlas.covered} - {"MIRPS"}
    assert all(compare(atlas, pair.left, pair.right).pairs == (pair,) for pair in found.pairs)
    haiti = rank(atlas, "Haiti")
    assert [pair.jaccard for pair in haiti.pairs] == sorted((pair.jaccard or 0 for pair in haiti.pairs), reverse=True)
    assert haiti.pair_count == len(haiti.pairs) == len(atlas.listed_countries) - 1
    assert {item.id for item in haiti.items} == set(atlas.universe)
    cuba = rank(atlas, "Cuba")
    assert (cuba.pairs, cuba.items[0].size) == ((), 0), "what no mechanism lists is like none"


@pytest.mark.parametrize("names", [(), ("csm",), ("Perú",)])
@pytest.mark.parametrize("limit", [{}, {"relation": "member"}, {"theme": "asylum"}])
def test_the_likest_are_the_first_of_all(atlas: govmap.Atlas, names: tuple[str, ...], limit: dict[str, str]) -> None:
    whole = rank(atlas, *names, **limit)
    for top in (1, 5, 100):
        some = rank(atlas, *names, top=top, **limit)
        assert (some.pairs, some.pair_count) == (whole.pairs[:top], whole.pair_count)


def test_of_pairs_that_are_as_alike_the_one_that_shares_more_comes_first(atlas: govmap.Atlas) -> None:
    members = {"A": "PER", "B": "PER", "C": "ARG CHL", "D": "ARG CHL"}
    made = atlas_of(atlas, *(mechanism(id_, codes) for id_, codes in members.items()))
    pairs = [pair.left + pair.right for pair in rank(made).pairs]
    assert (pairs[:3], len(pairs)) == (["CD", "AB", "AC"], 6)


def test_what_has_no_seat_within_the_limit_is_in_no_pair(invented: govmap.Atlas) -> None:
    """Beta has endorsers and one that is covered, and no members."""
    found = rank(invented.at("2019"), relation="member")
    assert [(pair.left, pair.right, pair.jaccard) for pair in found.pairs] == [("ALPHA", "GAMMA", 0.0)]
    assert ([item.size for item in found.items], found.pair_count) == ([3, 0, 1], 1)


def test_on_a_date_without_mechanisms_there_is_nothing_to_rank(atlas: govmap.Atlas) -> None:
    nothing = rank(atlas.at("1900"))
    assert (nothing.pairs, nothing.items, nothing.pair_count) == ((), (), 0)
    error = failure(nothing, atlas.at("1900"))
    assert error is not None
    assert error.message == "No mechanism of the dataset existed as of 1900"


@pytest.mark.parametrize("typed", ["--all --relation observer", "Mexico --relation endorser --theme asylum"])
def test_the_call_to_go_on_with_has_the_limits_of_the_ranking(
    call: Run, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    page = call("compare", *typed.split())
    printed = next(line for line in page.out.splitlines() if line.startswith("Two of them side by side: "))
    limits = typed[typed.index("--relation") :]
    assert printed.endswith(f" {limits}")
    first = call("compare", *typed.split(), "--json").json()["pairs"][0]
    two = call(*printed.partition("govmap ")[2].split(), "--json").json()["pairs"][0]
    assert two == first
