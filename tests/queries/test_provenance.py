"""What answers rest on: the evidence of exactly what they show, and of nothing else."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

import govmap
from govmap.queries.facts import all_facts
from govmap.queries.listing import list_records, resolve_filters
from govmap.queries.provenance import RULES, PartRef, gather
from govmap.render.schema import SHAPES

WITHOUT_FACTS = {"Validation", "Import", "Diff", "Dataset", "Failure"}  # of files, of data, or no answer
COMPLETE = {"Findings", "SourceRef"}  # they have all of their sources by themselves


def ids(atlas: govmap.Atlas, result: Any) -> set[str]:
    """Return the ids of the sources that *result* rests on."""
    return {cited.source.id for cited in govmap.sources_of(atlas, result)}


def evidence(atlas: govmap.Atlas, mechanism: str, *parts: str) -> set[str]:
    """Return the ids of the sources of all facts on *parts* of a mechanism."""
    facts = [f for f in all_facts(atlas) if mechanism in f.mechanisms and f.part in parts]
    assert facts
    return {id_ for fact in facts for id_ in fact.evidence.sources}


@pytest.mark.parametrize("name", list(SHAPES))
def test_every_kind_of_answer_says_what_it_rests_on(name: str) -> None:
    module, class_ = SHAPES[name].record
    assert class_ in WITHOUT_FACTS | COMPLETE or getattr(importlib.import_module(module), class_) in RULES


def test_a_comparison_rests_on_the_lists_and_the_groups_compared_and_on_no_other(atlas: govmap.Atlas) -> None:
    rcm, mirps = atlas.mechanism("RCM"), atlas.mechanism("MIRPS")
    comparison = govmap.compare_mechanisms(atlas, (rcm, mirps))
    wanted = [evidence(atlas, id_, "members", "groups", "relation") for id_ in ("RCM", "MIRPS")]
    events = {id_ for change in comparison.changes for id_ in change.sources}
    assert ids(atlas, comparison) == {*wanted[0], *wanted[1], *events}
    assert "csm-about" not in ids(atlas, comparison)
    (note, *_) = govmap.sources_of(atlas, comparison)
    assert note.source.id == "oas-note-2023"
    assert set(note.on) == {PartRef(i, p) for i in ("RCM", "MIRPS") for p in ("members", "relation", "groups")}


def test_a_country_rests_on_its_own_memberships_and_on_the_lists_that_it_is_not_in(atlas: govmap.Atlas) -> None:
    profile = govmap.profile_country(atlas, atlas.country("Nicaragua"))
    cited = govmap.sources_of(atlas, profile)
    assert [one.source for one in cited][: len(profile.sources)] == list(profile.sources), "its numbers stay"
    assert "ktvz-2023" in ids(atlas, profile), "of its membership of CAM alone"
    assert evidence(atlas, "RCM", "members", "relation", "secretariats", "groups") <= ids(atlas, profile)
    on = {one.source.id: one.on for one in cited}
    assert on["mre-paraguay-2023"] == (PartRef("SACM", "members"),), "that it is not listed rests on the list"
    assert "ktvz-2023" not in ids(atlas, govmap.profile_country(atlas, atlas.country("Belize")))


def test_that_a_country_left_rests_on_what_tells_it() -> None:
    later = govmap.load(as_of="2024")
    assert "ktvz-2023" in ids(later, govmap.tell_history(later, later.country("Nicaragua")))
    assert "ktvz-2023" in ids(later, govmap.profile_country(later, later.country("Nicaragua")))


def test_a_theme_rests_on_its_groups_and_not_on_the_others_of_the_same_mechanism(atlas: govmap.Atlas) -> None:
    named, filters = resolve_filters(atlas, "groups", theme="trafficking")
    found = [govmap.sources_of(atlas, item, filters) for item in list_records(atlas, named, filters)]
    own = {(g.mechanism, g.number): g for g in govmap.list_groups(atlas, filters)}
    assert len(own) == len(found)
    assert {id_ for one in found[0] for id_ in [one.source.id]} >= {"usaid-lad-packages"}
    members = {ref for cited in gather(found) for ref in cited.on if ref.part == "members"}
    assert members == set(), "nothing is said of who sits in them"
    narrowed = resolve_filters(atlas, "groups", member="Peru", theme="trafficking")[1]
    (lad, *_) = list_records(atlas, "groups", narrowed)
    more = {ref for one in govmap.sources_of(atlas, lad, narrowed) for ref in one.on}
    assert PartRef("LAD", "members") in more, "here Peru is said to be listed"


def test_a_history_has_the_sources_of_what_it_tells_and_rests_on_the_memberships_without_a_date(
    atlas: govmap.Atlas,
) -> None:
    history = govmap.tell_history(atlas, atlas.country("Peru"))
    assert [entry for entry in history.entries if not entry.sources] == []
    assert history.undated
    assert {ref.id for ref in history.undated} <= {
        ref.mechanism for one in govmap.sources_of(atlas, history) for ref in one.on if ref.part == "members"
    }


def test_own_data_rest_on_their_own_sources(invented: govmap.Atlas) -> None:
    results = (
        govmap.country_matrix(invented),
        govmap.rank_duplication(invented),
        govmap.map_seats(invented),
        govmap.combine_seats(invented),
        govmap.find_gaps(invented),
        govmap.cover_countries(invented),
        govmap.cite(invented),
    )
    assert [ids(invented, result) for result in results] == [{"invented-note"}] * len(results)
