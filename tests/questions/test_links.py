"""Which mechanisms are known to have met, held to the files and to an invented dataset."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import Call
from tests.made import atlas_of, mechanism

import govmap

compare: Any = govmap.compare  # each answer of which has a record of its own
EIGHT = ("CAM", "LAD", "MIRPS", "QUITO", "R4V", "RCM", "RIAM", "SACM")
DATA = Path(__file__).parents[2] / "data"
SERVED = {  # as the table of the source has it, tests/facts/secretariats.csv
    "CAM": {"OAS"},
    "RCM": {"IOM"},
    "SACM": {"IOM"},
    "MIRPS": {"OAS", "UNHCR"},
    "RIAM": {"IOM"},
    "LAD": set(),
    "QUITO": {"IOM", "UNHCR"},
    "R4V": {"IOM", "UNHCR"},
}


def filed(id_: str) -> dict[str, Any]:
    """Return the file of a mechanism as PyYAML reads it."""
    record: dict[str, Any] = yaml.safe_load((DATA / "mechanisms" / f"{id_}.yaml").read_text(encoding="utf-8"))
    return record


def test_every_pair_of_the_eight_is_told_once_with_what_the_files_know_of_it(atlas: govmap.Atlas) -> None:
    found = govmap.links(atlas.at("2026-11-28"))
    told: dict[tuple[str, ...], set[str]] = {pair: set() for pair in combinations(EIGHT, 2)}
    for id_ in EIGHT:
        for link in filed(id_).get("links", ()):
            pair = tuple(sorted((id_, link["other"])))
            if pair in told:
                told[pair].add(link["date"])
    assert {(pair.left, pair.right): {link.date for link in pair.links} for pair in found.pairs} == told
    assert (found.pair_count, found.linked) == (28, sum(map(bool, told.values())))
    assert told["RCM", "SACM"] >= {"2018-05-08", "2021-09-09"}, "the joint plenaries"


def test_a_shared_secretariat_is_a_column_of_its_own_and_no_link(atlas: govmap.Atlas) -> None:
    found = govmap.links(atlas)
    expected = {pair: SERVED[pair[0]] & SERVED[pair[1]] for pair in combinations(EIGHT, 2)}
    assert {(pair.left, pair.right): set(pair.shared_secretariat) for pair in found.pairs} == expected
    assert found.with_shared_secretariat == sum(map(bool, expected.values())) == 13
    assert any(pair.shared_secretariat and not pair.links for pair in found.pairs)


def test_a_shared_secretariat_that_another_page_contradicts_is_marked(atlas: govmap.Atlas, call: Call) -> None:
    """Of that of RCM another page says that IOM hosts it, and that it acts on its own."""
    found = govmap.links(atlas)
    marked = {(pair.left, pair.right): pair.contradicted for pair in found.pairs if pair.contradicted}
    others = ("QUITO", "R4V", "RIAM", "SACM")
    assert marked == {(min("RCM", id_), max("RCM", id_)): ("RCM",) for id_ in others}
    assert call("links").out.count("IOM (RCM:") == 4
    assert compare(atlas, "RCM", "SACM").links[0].contradicted == ("RCM",)
    page = " ".join(call("compare", "RCM", "SACM", "--full").out.split())
    assert "Both have IOM (RCM: contradicted) as secretariat" in page
    assert not compare(atlas, "RCM", "LAD").links[0].contradicted


def test_what_two_share_is_what_a_comparison_says(atlas: govmap.Atlas) -> None:
    for pair in govmap.links(atlas).pairs:
        (compared,) = compare(atlas, pair.left, pair.right).pairs
        themes = None if compared.themes is None else len(compared.themes.shared)
        assert (pair.shared_members, pair.shared_themes) == (compared.shared, themes)


def test_a_contact_counts_from_its_date_and_stands_with_both(atlas: govmap.Atlas) -> None:
    pair = {date: compare(atlas.at(date), "SACM", "RCM").links[0] for date in ("2018-05-07", "2018", "2021-08")}
    assert [len(each.links) for each in pair.values()] == [0, 2, 2]
    assert len(compare(atlas.at("2021-09-09"), "SACM", "RCM").links[0].links) == 3
    for id_, other in (("RCM", "SACM"), ("SACM", "RCM")):
        rows = [row for row in govmap.mechanism(atlas, id_).links if row.right == other]
        assert [row.date for row in rows] == ["2018-05-08", "2018-11-22", "2021-09-09"]
        assert all(row.left == id_ and row.evidence.sources for row in rows)


def test_one_mechanism_has_its_own_pairs_and_a_wider_one_those_with_the_eight(atlas: govmap.Atlas) -> None:
    assert govmap.links(atlas, "RCM").pair_count == 7
    network = govmap.links(atlas, "RROCM")
    assert (network.of, network.pair_count) == ("RROCM", 8)
    assert [(pair.left, pair.right, pair.kinds) for pair in network.pairs if pair.links] == [
        ("RCM", "RROCM", ("partner",))
    ]


def test_of_very_many_pairs_those_with_a_contact_are_told_and_all_are_counted(
    atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = [{"agency": "IOM"}]
    one = mechanism("ONE", "PER", links=[{"other": "TWO", "kind": "support"}], secretariats=served)
    two, six = mechanism("TWO", "PER", secretariats=[*served, {"agency": "UNHCR"}]), mechanism("SIX", "PER")
    made = atlas_of(atlas, one, two, six, mechanism("TEN", "PER", secretariats=[{"agency": "UNHCR"}]))
    whole = govmap.links(made)
    assert (whole.pair_count, len(whole.pairs), whole.linked, whole.with_shared_secretariat) == (6, 6, 1, 2)
    assert sum(bool(pair.shared_secretariat) for pair in whole.pairs) == 2
    monkeypatch.setattr("govmap.questions.links.MOST_PAIRS", 5)
    few = govmap.links(made)
    assert (few.pair_count, few.linked, few.with_shared_secretariat) == (6, 1, 2)
    assert few.pairs == tuple(pair for pair in whole.pairs if pair.links)
    assert govmap.links(made, "TWO").with_shared_secretariat == 2


def test_links_of_one_day_are_told_apart_and_one_without_a_date_is_no_last(atlas: govmap.Atlas) -> None:
    links = [{"other": "TWO", "kind": "support"}, {"other": "TWO", "kind": "observer", "date": "2019"}]
    made = atlas_of(atlas, mechanism("ONE", "PER", links=links), mechanism("TWO", "PER CHL"), mechanism("SIX", "PER"))
    first, *others = govmap.links(made).pairs
    assert (first.left, first.right, first.kinds, first.last) == ("ONE", "TWO", ("observer", "support"), "2019")
    assert [(pair.links, pair.last) for pair in others] == [((), None), ((), None)]


def test_there_is_no_answer_where_no_mechanism_existed(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("ONE", "PER", founded="2000"), as_of="1990")
    assert govmap.links(made).pairs == ()


def test_a_link_that_lasts_is_told_without_a_date(call: Callable[..., Any]) -> None:
    page = " ".join(call("mechanism", "CA-4", "--as-of", "today", "--full").out.split())
    assert "Links OCAM (one is part of the other), SICA (one is part of the other)" in page
    assert "SICA, one is part of the other. The agreement was taken into the system" in page
    assert "date not known" not in page
    compared = " ".join(call("compare", "OCAM", "CA-4").out.split())
    assert "Links one is part of the other Themes" in compared, "neither of the two is a third"
    brief = " ".join(call("brief", "RCM", "--as-of", "today").out.split())
    assert "Chair not known; last known: Belize, 2024" in brief


def test_of_a_body_whose_members_are_not_known_no_number_of_them_is_shared(atlas: govmap.Atlas) -> None:
    assert {pair.shared_members for pair in govmap.links(atlas, "UNASUR").pairs} == {None}


def test_a_mechanism_that_met_others_by_its_history_has_a_link(atlas: govmap.Atlas) -> None:
    """Of the session of the committee with several mechanisms, one page names one of them."""
    assert [pair.right for pair in govmap.links(atlas, "CAM").pairs if pair.links] == ["RCM"]
    assert ("2022-05-17", "meeting") in [(entry.date, entry.kind) for entry in govmap.history(atlas, "CAM").entries]
