"""The ranking of likeness: what it tells in whole, its order, and to what the names typed lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from govmap.questions.likeness import Likeness, rank_names
from tests.test_as_of import loaded_of

import govmap
from govmap.analysis.seats import Limit
from govmap.analysis.similarity import likest_pairs
from govmap.questions.compare import Item
from govmap.records import Change


def forum(id_: str, codes: str) -> dict[str, Any]:
    """Return a mechanism with members."""
    members = [{"code": code} for code in codes.split()]
    return {"id": id_, "names": {"en": f"{id_} Forum"}, "kind": "forum", "relation": "member", "members": members}


def test_of_pairs_that_are_as_alike_the_one_that_shares_more_comes_first(atlas: govmap.Atlas) -> None:
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    mechanisms = [forum("A", "PER"), forum("B", "PER"), forum("C", "ARG CHL"), forum("D", "ARG CHL")]
    ground = govmap.Atlas(loaded_of({"about": about, "mechanisms": mechanisms}, atlas))
    ranked = govmap.rank_mechanisms(ground)
    assert [(pair.left, pair.right) for pair in ranked.pairs][:3] == [("C", "D"), ("A", "B"), ("A", "C")]
    assert str(ranked.pair_count) == "6"


def test_a_ranking_within_a_limit_is_told_in_whole(as_of: Callable[[str], govmap.Atlas]) -> None:
    """Of the endorsers with a group on borders there are those of Beta alone, so that nothing is left to pair."""
    limit = Limit("endorser", "borders")
    assert govmap.rank_mechanisms(as_of("2019"), limit=limit) == Likeness(
        kind="mechanism",
        as_of="2019",
        of=None,
        items=(Item("ALPHA", "Alpha Process", 0), Item("BETA", "Beta Framework", 2), Item("GAMMA", "Gamma Network", 0)),
        relation="endorser",
        theme="borders",
        pairs=(),
        pair_count=0,
        caution=(
            "The lists are those of June 2020. A membership or group whose start is not known is counted since the"
            " mechanism was founded, and may have come later than 2019"
        ),
        changes=(
            Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",)),
            Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",)),
        ),
    )


def test_what_has_no_seat_within_the_limit_is_in_no_pair(as_of: Callable[[str], govmap.Atlas]) -> None:
    """Beta has endorsers and one that is covered, and no members."""
    ranked = govmap.rank_mechanisms(as_of("2019"), limit=Limit("member"))
    assert [(pair.left, pair.right, pair.jaccard) for pair in ranked.pairs] == [("ALPHA", "GAMMA", 0.0)]
    assert [item.size for item in ranked.items] == [3, 0, 1]
    assert ranked.pair_count == 1


@pytest.mark.parametrize("limit", [Limit(), Limit("member"), Limit(theme="asylum")])
@pytest.mark.parametrize("top", [None, 2])
def test_the_names_typed_say_whose_likeness_is_ranked(atlas: govmap.Atlas, limit: Limit, top: int | None) -> None:
    assert rank_names(atlas, (), limit, top) == govmap.rank_mechanisms(atlas, None, limit, top)
    mechanism, country = atlas.mechanism("SACM"), atlas.country("Peru")
    assert rank_names(atlas, ("csm",), limit, top) == govmap.rank_mechanisms(atlas, mechanism, limit, top)
    assert rank_names(atlas, ("Perú",), limit, top) == govmap.rank_countries(atlas, country, limit, top)
    with pytest.raises(govmap.NotFoundError):
        rank_names(atlas, ("xyzzyx",), limit, top)


def test_pairs_are_ranked_by_their_index_to_four_digits_and_then_by_what_they_share() -> None:
    """Of a set and one that it lies in the index is share by whole: 0.33451 before 0.33444 and 0.33445, told alike."""
    sets: dict[str, frozenset[str]] = {}
    for name, share, whole in (("more", 100, 299), ("most", 101, 302), ("next", 95, 284)):
        members = [f"{name} {n}" for n in range(whole)]
        sets |= {f"{name} part": frozenset(members[:share]), f"{name} whole": frozenset(members)}
    pairs = likest_pairs(sets, 3)
    assert [left for left, _ in pairs] == ["next part", "most part", "more part"]
    assert [right for _, right in pairs] == ["next whole", "most whole", "more whole"]
