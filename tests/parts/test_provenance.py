"""What answers rest on: the evidence of exactly what they show, and of nothing else."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap.formats.schema import SHAPES
from govmap.parts.facts import all_facts
from govmap.parts.provenance import RULES, PartRef, gather
from govmap.questions.list import Filters, list_records, resolve_filters

WITHOUT_FACTS = {"Validation", "ImportReport", "Diff", "Dataset", "Failure"}  # of files, of data, or no answer
COMPLETE = {"Findings", "SourceRef"}  # they have all of their sources by themselves
# Every part, country and group has a source of its own; `torn` is the source of the dataset, which leaves Ecuador open.
APART = """\
about: {title: T, version: "1", reference_date: "2020", source: torn}
agencies:
  - {id: QLY, names: {en: Quillay Agency}}
mechanisms:
  - id: NORTH
    names: {en: Quillay Process}
    kind: process
    relation: member
    founded: "2000"
    website: https://north.example/
    members:
      - {code: BOL, until: "2010", evidence: {status: confirmed, sources: [n-bol]}}
      - {code: CHL, evidence: {status: confirmed, sources: [n-chl]}}
      - {code: PER, evidence: {status: confirmed, sources: [n-per]}}
    unclear_members: [{code: ECU, note: The page is torn}]
    groups:
      - {number: 1, name: Posts, themes: [borders], evidence: {status: confirmed, sources: [n-g1]}}
      - {number: 2, name: Quillay, themes: [asylum], evidence: {status: confirmed, sources: [n-g2]}}
    secretariats: [{agency: IOM}]
    evidence:
      names: {status: confirmed, sources: [n-names]}
      kind: {status: confirmed, sources: [n-kind]}
      founded: {status: confirmed, sources: [n-founded]}
      website: {status: confirmed, sources: [n-website]}
      relation: {status: confirmed, sources: [n-relation]}
      members: {status: confirmed, sources: [n-members]}
      groups: {status: confirmed, sources: [n-groups]}
      secretariats: {status: confirmed, sources: [n-agencies]}
  - id: SOUTH
    names: {en: South Process}
    kind: process
    relation: member
    members:
      - {code: ARG, evidence: {status: confirmed, sources: [s-arg]}}
      - {code: PER, evidence: {status: confirmed, sources: [s-per]}}
    groups:
      - {number: 1, name: Bridges, themes: [borders], evidence: {status: confirmed, sources: [s-g1]}}
      - {number: 3, name: Equality, themes: [gender], evidence: {status: confirmed, sources: [s-g3]}}
    secretariats: [{agency: QLY}]
    evidence:
      relation: {status: confirmed, sources: [s-relation]}
      members: {status: confirmed, sources: [s-members]}
      groups: {status: confirmed, sources: [s-groups]}
      secretariats: {status: confirmed, sources: [s-agencies]}
  - id: EAST
    names: {en: East Process}
    kind: process
    relation: member
    members: [{code: FRA, evidence: {status: confirmed, sources: [e-fra]}}]
    groups:
      - {number: 1, name: Shelter, themes: [international-protection], evidence: {status: confirmed, sources: [e-g1]}}
    secretariats: [{agency: IOM}]
    evidence:
      members: {status: confirmed, sources: [e-members]}
      groups: {status: confirmed, sources: [e-groups]}
      secretariats: {status: confirmed, sources: [e-agencies]}
  - id: LATE
    names: {en: Late Process}
    kind: process
    relation: member
    founded: "2025"
    members: [{code: CHL, evidence: {status: confirmed, sources: [l-chl]}}]
    evidence:
      founded: {status: confirmed, sources: [l-founded]}
      members: {status: confirmed, sources: [l-members]}
events:
  - {date: "2015", kind: meeting, mechanisms: [EAST], text: East meets, sources: [meeting]}
  - {date: "2021", kind: changed, mechanisms: [SOUTH], concerns: groups, text: South does more, sources: [change]}
  - {date: "2025", kind: joined, mechanisms: [LATE], countries: [CHL], concerns: members, carried: true,
     text: Chile is in at once, sources: []}
resolutions:
  - {id: r, number: "1", title: On Roads, body: Assembly, kind: resolution, date: "2016", sources: [resolution]}
"""


def ids(atlas: govmap.Atlas, result: Any) -> set[str]:
    """Return the ids of the sources that *result* rests on."""
    return {cited.source.id for cited in govmap.sources_of(atlas, result)}


@pytest.fixture(name="apart", scope="module")
def _apart(tmp_path_factory: pytest.TempPathFactory) -> govmap.Atlas:
    """Return a dataset in which all that an answer may rest on has a source of its own; one is titled Quillay."""
    return load(tmp_path_factory.mktemp("apart"), APART)


def load(folder: Path, text: str) -> govmap.Atlas:
    """Return the dataset that the *text* of mechanisms.yaml makes, with the sources that it names."""
    named = dict.fromkeys(re.findall(r"(?:sources: \[|source: )([a-z0-9-]+)", text))
    rest = 'publisher: P, date: "2019", url: null, kind: report, looked_up: "2020-01-01"'
    rows = [f"  - {{id: {id_}, title: {'Quillay' if id_ == 'e-fra' else 'T'}, {rest}}}\n" for id_ in named]
    (folder / "mechanisms.yaml").write_text(text)
    (folder / "sources.yaml").write_text("".join(["sources:\n", *rows]))
    return govmap.load(folder)


def rests(atlas: govmap.Atlas, result: Any, filters: Filters | None = None) -> dict[str, str]:
    """Return the sources of each part shown; under `itself` those that nothing else of the answer rests on."""
    found: dict[str, list[str]] = {}
    for cited in govmap.sources_of(atlas, result, filters):
        for part in [f"{ref.mechanism or 'no mechanism'} {ref.part}" for ref in cited.on] or ["itself"]:
            found.setdefault(part, []).append(cited.source.id)
    return {part: " ".join(sorted(ids_)) for part, ids_ in found.items()}


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


# All of the lists of a dataset in which every part, country and group rests on a source of its own.
ITS_MEMBERS = {
    "NORTH members": "n-chl n-members n-per",
    "SOUTH members": "s-arg s-members s-per",
    "EAST members": "e-fra e-members",
}
ITS_RELATIONS = {"NORTH relation": "n-relation", "SOUTH relation": "s-relation", "EAST relation": "e-members"}
ITS_GROUPS = {
    "NORTH groups": "n-g1 n-g2 n-groups",
    "SOUTH groups": "s-g1 s-g3 s-groups",
    "EAST groups": "e-g1 e-groups",
}
CHANGED = {"SOUTH events": "change"}


def only(parts: dict[str, str], *mechanisms: str) -> dict[str, str]:
    """Return those of *parts* that are of the *mechanisms*."""
    return {part: held for part, held in parts.items() if part.split()[0] in mechanisms}


def test_a_country_rests_on_each_of_its_seats_and_on_the_lists_that_leave_it_out(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.profile_country(apart, apart.countries["PER"])) == {
        "NORTH members": "n-per",
        "SOUTH members": "s-per",
        "EAST members": "e-members",
        **only(ITS_RELATIONS, "NORTH", "SOUTH"),
        "NORTH secretariats": "n-agencies",
        "SOUTH secretariats": "s-agencies",
        **only(ITS_GROUPS, "NORTH", "SOUTH"),
        **CHANGED,
    }


@pytest.mark.parametrize(("code", "source"), [("BOL", "n-bol"), ("ECU", "torn"), ("CUB", "n-members")])
def test_that_a_country_is_out_rests_on_what_tells_that_it_left_or_leaves_it_open_or_else_on_the_list(
    apart: govmap.Atlas, code: str, source: str
) -> None:
    assert rests(apart, govmap.profile_country(apart, apart.countries[code])) == {
        "NORTH members": source,
        "SOUTH members": "s-members",
        "EAST members": "e-members",
    }


def test_compared_mechanisms_rest_on_their_own_lists_whole(apart: govmap.Atlas) -> None:
    comparison = govmap.compare_mechanisms(apart, (apart.mechanism("NORTH"), apart.mechanism("EAST")))
    both = only({**ITS_MEMBERS, **ITS_RELATIONS, **ITS_GROUPS}, "NORTH", "EAST")
    assert rests(apart, comparison) == both


def test_compared_countries_rest_on_every_list_and_on_the_groups_of_the_mechanisms_that_have_them(
    apart: govmap.Atlas,
) -> None:
    comparison = govmap.compare_countries(apart, (apart.countries["CHL"], apart.countries["ARG"]))
    assert rests(apart, comparison) == {
        "NORTH members": "n-chl n-members",
        "SOUTH members": "s-arg s-members",
        "EAST members": "e-members",
        **only({**ITS_RELATIONS, **ITS_GROUPS}, "NORTH", "SOUTH"),
        **CHANGED,
    }


def test_a_ranking_of_likeness_rests_on_all_lists_those_of_the_one_that_is_ranked_first(apart: govmap.Atlas) -> None:
    everything = {**ITS_MEMBERS, **ITS_RELATIONS, **ITS_GROUPS, **CHANGED}
    assert rests(apart, govmap.rank_countries(apart, apart.countries["PER"])) == everything
    ranking = govmap.rank_mechanisms(apart, apart.mechanism("SOUTH"))
    assert rests(apart, ranking) == everything
    assert govmap.sources_of(apart, ranking)[0].source.id == "s-members"


def test_an_overlap_rests_on_the_groups_it_names_and_on_the_lists_of_the_mechanisms_that_work_on_it(
    apart: govmap.Atlas,
) -> None:
    """Asylum is beside international protection, on which East works; only North works on asylum itself."""
    assert rests(apart, govmap.overlap_about(apart, "asylum")) == {
        "NORTH groups": "n-g2",
        "EAST groups": "e-g1",
        **only({**ITS_MEMBERS, **ITS_RELATIONS}, "NORTH"),
    }


def test_a_ranking_of_themes_rests_on_each_group_and_on_the_lists_whole(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.rank_duplication(apart)) == {
        "NORTH groups": "n-g1 n-g2",
        "SOUTH groups": "s-g1 s-g3",
        "EAST groups": "e-g1",
        **ITS_MEMBERS,
        **CHANGED,
    }


def test_a_matrix_rests_on_each_seat_or_on_the_groups(apart: govmap.Atlas) -> None:
    """Each of the four countries is out of some mechanism, which rests on its list."""
    assert rests(apart, govmap.country_matrix(apart)) == {**ITS_MEMBERS, **ITS_RELATIONS}
    assert rests(apart, govmap.theme_matrix(apart)) == {**ITS_GROUPS, **CHANGED}


def test_a_list_that_leaves_out_no_country_of_a_matrix_is_not_what_the_seats_rest_on(tmp_path: Path) -> None:
    atlas = load(
        tmp_path,
        """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One}
    kind: process
    relation: member
    members: [{code: CHL, evidence: {status: confirmed, sources: [letter]}}]
    evidence: {members: {status: confirmed, sources: [list]}, relation: {status: confirmed, sources: [statute]}}
""",
    )
    assert rests(atlas, govmap.country_matrix(atlas)) == {"ONE members": "letter", "ONE relation": "statute"}


def test_a_map_rests_on_the_lists_and_the_groups_on_its_theme_of_the_mechanisms_shown(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.map_seats(apart)) == {**ITS_MEMBERS, **ITS_RELATIONS}
    north = only({**ITS_MEMBERS, **ITS_RELATIONS}, "NORTH")
    assert rests(apart, govmap.map_seats(apart, (apart.mechanism("NORTH"),), "borders")) == {
        **north,
        "NORTH groups": "n-g1",
    }


def test_a_history_rests_on_its_events_and_on_the_seats_of_which_no_source_tells_the_date(apart: govmap.Atlas) -> None:
    """The founding of North and the leaving of Bolivia are told by their own records, the joining of Late by none."""
    assert rests(apart, govmap.tell_history(apart)) == {
        "NORTH events": "n-bol n-founded",
        "SOUTH events": "change",
        "EAST events": "meeting",
        "LATE events": "l-founded",
        "LATE members": "l-chl",
        "no mechanism events": "resolution",
    }
    assert rests(apart, govmap.tell_history(apart, apart.countries["PER"])) == {
        "NORTH members": "n-per",
        "SOUTH members": "s-per",
    }


def test_gaps_rest_on_the_groups_on_the_themes_and_on_whether_their_mechanisms_list_the_country(
    apart: govmap.Atlas,
) -> None:
    assert rests(apart, govmap.find_gaps(apart, countries=["ARG"], themes=["borders", "asylum"])) == {
        "NORTH groups": "n-g1 n-g2",
        "SOUTH groups": "s-g1",
        "NORTH members": "n-members",
        "SOUTH members": "s-arg",
        **CHANGED,
    }


def test_a_cover_of_countries_rests_on_the_lists_and_one_of_themes_on_the_groups(apart: govmap.Atlas) -> None:
    each_group = {"NORTH groups": "n-g1 n-g2", "SOUTH groups": "s-g1 s-g3", "EAST groups": "e-g1"}
    assert rests(apart, govmap.cover_countries(apart)) == ITS_MEMBERS
    assert rests(apart, govmap.cover_themes(apart)) == {**each_group, **CHANGED}
    assert rests(apart, govmap.cover_countries(apart, theme="asylum")) == {
        "NORTH groups": "n-g2",
        **only(ITS_MEMBERS, "NORTH"),
    }


def test_a_citation_of_a_mechanism_rests_on_all_parts_of_it_and_on_no_other_mechanism(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.cite(apart, apart.mechanism("SOUTH"))) == {
        **only({**ITS_MEMBERS, **ITS_RELATIONS, **ITS_GROUPS}, "SOUTH"),
        "SOUTH secretariats": "s-agencies",
    }


def test_what_a_search_finds_rests_on_what_names_it(apart: govmap.Atlas) -> None:
    """The word is in the name of North, of its second group, of the agency of South and of a source."""
    assert rests(apart, govmap.search(apart, "quillay")) == {
        "NORTH names": "n-names",
        "NORTH groups": "n-g2",
        "SOUTH secretariats": "s-agencies",
        "itself": "e-fra",
    }


def test_a_listed_mechanism_rests_on_all_that_its_row_tells(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.list_mechanisms(apart, Filters())[1]) == {
        "NORTH names": "n-names",
        "NORTH kind": "n-kind",
        "NORTH founded": "n-founded",
        "NORTH website": "n-website",
        "NORTH secretariats": "n-agencies",
        **only({**ITS_MEMBERS, **ITS_RELATIONS, **ITS_GROUPS}, "NORTH"),
    }


def test_a_listed_country_rests_on_its_seats_and_on_the_lists_that_leave_it_out(apart: govmap.Atlas) -> None:
    assert [rests(apart, item) for item in govmap.list_countries(apart, Filters(member="SOUTH"))] == [
        {"NORTH members": "n-members", "SOUTH members": "s-arg", "EAST members": "e-members"},
        {"NORTH members": "n-per", "SOUTH members": "s-per", "EAST members": "e-members"},
    ]


def test_a_record_of_a_narrowed_list_rests_on_what_it_was_narrowed_by_too(apart: govmap.Atlas) -> None:
    filters = Filters(member="PER", themes=("borders",), secretariat="QLY")
    narrowed = {"SOUTH groups": "s-g1", "SOUTH members": "s-per", "SOUTH secretariats": "s-agencies"}
    (bridges,), (agency,) = govmap.list_groups(apart, filters), govmap.list_secretariats(apart, filters)
    assert rests(apart, bridges) == {"SOUTH groups": "s-g1"}
    assert rests(apart, bridges, filters) == narrowed
    assert rests(apart, agency) == {"SOUTH secretariats": "s-agencies"}
    assert rests(apart, agency, filters) == narrowed
    cited = govmap.sources_of(apart, agency, filters)
    assert gather([cited, cited]) == cited


def test_a_listed_source_rests_on_itself_alone(apart: govmap.Atlas) -> None:
    assert rests(apart, govmap.list_sources(apart, Filters())[0]) == {"itself": "change"}


def test_filters_are_no_matter_to_an_answer_that_is_no_list(apart: govmap.Atlas) -> None:
    cover = govmap.cover_countries(apart)
    assert rests(apart, cover, Filters(member="PER", themes=("borders",))) == ITS_MEMBERS
