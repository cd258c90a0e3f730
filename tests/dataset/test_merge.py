from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dataset.conftest import VALID, Problems, Write, table
from tests.made import DATA

import govmap
from govmap.dataset import Database, load
from govmap.dataset.merge import KEYS, Merger, with_positions
from govmap.dataset.parse import parse
from govmap.dataset.problems import START
from govmap.dataset.yaml_reader import Mapping
from govmap.model import (
    Agency,
    Correction,
    Dataset,
    Evidence,
    Group,
    Mechanism,
    Member,
    Resolution,
    Secretariat,
    SubBody,
    Unclear,
)

HEAD = "extends: bundled\n"
PIECE = "{status: confirmed, sources: [crm-about]}"
OWN = Evidence("own data", ())
CHECKED = Evidence("confirmed", ("crm-about",))
ALL_READ = Evidence("confirmed", ("crm-about",), notes="All were read")
# It is said in each language, for the lists that have no note of their own.
LIMITED = Evidence(
    "confirmed",
    ("crm-about",),
    notes={
        "en": "This refers to the bundled list, which your data change",
        "es": "Esto se refiere a la lista incluida, que sus datos modifican",
        "pt": "Isto se refere à lista incluída, que os seus dados modificam",
        "fr": "Ceci concerne la liste fournie, que vos données modifient",
    },
)
ALL_READ_LIMITED = Evidence(
    "confirmed", ("crm-about",), notes="All were read. This refers to the bundled list, which your data change"
)
BELOW = (DATA / "below.yaml").read_text(encoding="utf-8")
Merge = Callable[[str], Dataset]


@pytest.fixture(name="extended")
def _extended(write: Write) -> Merge:
    """Return the dataset of a mechanisms.yaml that extends the bundled data."""
    return lambda text: load(write({"mechanisms.yaml": HEAD + text})).dataset


@pytest.fixture(name="over")
def _over(write: Write) -> Merge:
    """Return the dataset of a mechanisms.yaml that is merged into `BELOW`."""
    below = load(write({"mechanisms.yaml": BELOW}))
    return lambda text: parse("own", {"mechanisms.yaml": (HEAD + text).encode()}, below).dataset


@pytest.fixture(name="one")
def _one(over: Merge) -> Callable[[str], Mechanism]:
    """Return the mechanism ONE of `BELOW` with some keys of it merged."""
    return lambda keys: over(f"mechanisms: [{{id: ONE, {keys}}}]\n").mechanisms[0]


def corrections(dataset: Dataset) -> list[str]:
    """Return what a dataset corrects, a line each."""
    shown = ((c.kind, c.id, c.part, c.item, c.change) for c in dataset.corrections)
    return [" ".join(part or "-" for part in parts) for parts in shown]


@pytest.mark.parametrize(
    "text",
    [
        "",
        *(f"{part}:\n" for part in ("about", "mechanisms", "agencies", "resolutions", "events")),
        "mechanisms: [{id: RCM, members: [MEX, {code: CAN}], website: https://crmsv.org}]",
        "mechanisms: [{id: RCM, secretariats: [{agency: IOM}]}]",
    ],
)
def test_a_file_that_says_nothing_else_is_the_bundled_data(extended: Merge, data: Database, text: str) -> None:
    assert extended(text) == data.dataset


def test_a_new_mechanism_is_added_to_the_bundled_ones(extended: Merge, data: Database) -> None:
    dataset = extended("mechanisms: [{id: NEW, names: {en: New}, kind: network, relation: member, members: [PE]}]\n")
    assert [m.id for m in dataset.mechanisms] == [*(m.id for m in data.dataset.mechanisms), "NEW"]
    assert dataset.corrections == (Correction("mechanism", "NEW", None, None, "added"),)
    assert dataset.mechanisms[-1].evidence == {"members": OWN}
    assert dataset.about == data.dataset.about


def test_a_member_is_added_changed_and_withdrawn_in_the_bundled_data(extended: Merge, data: Database) -> None:
    members = 'VE, {code: NIC, until: "2024"}, {code: BLZ, withdraw: true}'
    dataset = extended(f"mechanisms: [{{id: RCM, members: [{members}]}}]\n")
    after, before = (
        {m.code: m for mechanism in found.mechanisms if mechanism.id == "RCM" for m in mechanism.members}
        for found in (dataset, data.dataset)
    )
    assert after.keys() == before.keys() - {"BLZ"} | {"VEN"}
    assert after["VEN"] == Member(code="VEN", evidence=OWN)
    assert after["NIC"] == msgspec.structs.replace(before["NIC"], until="2024", evidence=OWN)
    assert all(after[code] == before[code] for code in before if code not in ("NIC", "BLZ"))
    assert corrections(dataset) == [
        "mechanism RCM members VEN added",
        "mechanism RCM members NIC changed",
        "mechanism RCM members BLZ withdrawn",
    ]


def test_everything_in_a_record_may_be_other(over: Merge) -> None:
    dataset = over(f"""\
mechanisms:
  - id: ONE
    names: {{es: null, fr: Un}}
    kind: forum
    parent: A union
    website: null
    until: null
    members:
      - CHL
      - {{code: HTI, evidence: {PIECE}}}
      - {{code: PER, since: "2015", until: "2020"}}
      - BRA
    unclear_members: [{{code: BOL, note: A gap}}]
    groups: [{{number: 2, withdraw: true}}, {{number: 3, name: C, themes: [borders]}}]
    sub_bodies: [{{id: body, name: A body}}]
    secretariats: [{{agency: IOM, withdraw: true}}]
    evidence: {{parent: {PIECE}}}
""")
    assert dataset.mechanisms[0] == Mechanism(
        id="ONE",
        names={"en": "One", "fr": "Un"},
        kind="forum",
        relation="member",
        parent="A union",
        members=(
            Member(code="BRA", evidence=OWN),
            Member(code="CHL"),
            Member(code="HTI", evidence=CHECKED),
            Member(code="PER", since="2000", until="2010"),
            Member(code="PER", since="2015", until="2020", evidence=OWN),
        ),
        unclear_members=(Unclear("BOL", "A gap"),),
        groups=(
            Group(number=1, names="A", themes=("borders",)),
            Group(number=3, names="C", themes=("borders",), evidence=OWN),
        ),
        sub_bodies=(SubBody(id="body", names="A body"),),
        evidence={
            "members": LIMITED,
            "groups": ALL_READ_LIMITED,
            "secretariats": LIMITED,
            "parent": CHECKED,
            **dict.fromkeys(("names", "kind", "unclear members", "sub bodies"), OWN),
        },
    )
    assert corrections(dataset) == [
        "mechanism ONE names - changed",
        "mechanism ONE kind - changed",
        "mechanism ONE parent - added",
        "mechanism ONE website - withdrawn",
        "mechanism ONE members HTI changed",
        "mechanism ONE members PER changed",
        "mechanism ONE members BRA added",
        "mechanism ONE unclear_members BOL added",
        "mechanism ONE groups 2 withdrawn",
        "mechanism ONE groups 3 added",
        "mechanism ONE sub_bodies body added",
        "mechanism ONE secretariats IOM withdrawn",
        "mechanism ONE evidence parent added",
    ]


@pytest.mark.parametrize(
    ("id_", "members", "expected"),
    [
        # a second spell is told from the first by its start
        ("TWO", '{code: BRA, since: "2030"}', [("BRA", "2001", None, None), ("BRA", "2030", None, OWN)]),
        # what is not said again is kept
        ("TWO", '{code: BR, until: "2030"}', [("BRA", "2001", "2030", OWN)]),
        # a record may be withdrawn and written anew
        ("TWO", '{code: BRA, withdraw: true}, {code: BRA, since: "2023"}', [("BRA", "2023", None, OWN)]),
        # two spells of a new member are both added
        (
            "TWO",
            f'{{code: BOL, since: "2000", until: "2001", evidence: {PIECE}}}, {{code: BOL, since: "2010"}}',
            [("BOL", "2000", "2001", CHECKED), ("BOL", "2010", None, OWN), ("BRA", "2001", None, None)],
        ),
        # one of several spells is withdrawn by its start
        (
            "ONE",
            '{code: PER, since: "2000", withdraw: true}',
            [("CHL", None, None, None), ("HTI", None, None, None), ("PER", "2015", None, None)],
        ),
    ],
)
def test_spells_of_a_country_are_told_apart(
    over: Merge, id_: str, members: str, expected: list[tuple[str, str | None, str | None, Evidence | None]]
) -> None:
    dataset = over(f"mechanisms: [{{id: {id_}, members: [{members}]}}]\n")
    (mechanism,) = (m for m in dataset.mechanisms if m.id == id_)
    assert [(m.code, m.since, m.until, m.evidence) for m in mechanism.members] == expected
    assert [event.mechanisms for event in dataset.events] == [("ONE",), ("TWO",), ("ONE", "TWO"), ()]


def test_a_new_record_keeps_the_evidence_that_it_brings(over: Merge) -> None:
    lists = "members: [{code: CL, evidence: null}], groups: [{number: 1, name: A, themes: [borders]}]"
    dataset = over(
        f"mechanisms: [{{id: PE, names: {{en: New}}, kind: x, relation: member, {lists}, "
        f"secretariats: [{{agency: OAS}}], evidence: {{groups: {PIECE}}}}}]\n"
    )
    new = dataset.mechanisms[2]
    assert new.members == (Member(code="CHL"),)
    assert new.evidence == {"groups": CHECKED, "members": OWN, "secretariats": OWN}
    assert corrections(dataset) == ["mechanism PE - - added"]


def test_lists_and_evidence_that_are_removed_are_corrections(over: Merge) -> None:
    dataset = over("mechanisms: [{id: ONE, evidence: {members: null}, members: null, groups: null, pillars: null}]\n")
    changed = dataset.mechanisms[0]
    assert (changed.members, changed.groups) == ((), ())
    assert changed.evidence == {"groups": ALL_READ_LIMITED, "secretariats": CHECKED}
    assert corrections(dataset) == [
        "mechanism ONE evidence members withdrawn",
        "mechanism ONE members - withdrawn",
        "mechanism ONE groups - withdrawn",
    ]


def test_evidence_alone_is_a_correction_and_is_replaced_as_a_whole(over: Merge) -> None:
    piece = "{status: contradicted, sources: [crm-about]}"
    dataset = over(f"mechanisms: [{{id: ONE, evidence: {{groups: {piece}, chair: {piece}}}}}]\n")
    contradicted = Evidence("contradicted", ("crm-about",))
    evidence = dataset.mechanisms[0].evidence
    assert evidence == {"members": CHECKED, "secretariats": CHECKED, "groups": contradicted, "chair": contradicted}
    assert corrections(dataset) == ["mechanism ONE evidence groups changed", "mechanism ONE evidence chair added"]


@pytest.mark.parametrize(
    ("keys", "evidence"),
    [
        ("secretariats: [{agency: OAS}]", {"secretariats": LIMITED}),
        ("kind: forum, secretariats: [{agency: OAS}]", {"secretariats": LIMITED, "kind": OWN}),
        (
            f"""members: [BRA], sub_bodies: [{{id: b, name: B}}], secretariats: [{{agency: OAS}}],
            evidence: {{members: {PIECE}, sub bodies: {PIECE}, secretariats: {PIECE}}}""",
            {"sub bodies": CHECKED},
        ),
    ],
)
def test_what_is_changed_is_own_data_unless_evidence_is_given_for_it(
    one: Callable[[str], Mechanism], keys: str, evidence: dict[str, Evidence]
) -> None:
    changed = one(keys)
    assert changed.secretariats == (Secretariat(agency="IOM"), Secretariat(agency="OAS", evidence=OWN))
    assert changed.evidence == {"members": CHECKED, "groups": ALL_READ, "secretariats": CHECKED, **evidence}


def test_agencies_and_resolutions_are_changed_too(over: Merge) -> None:
    dataset = over("""\
agencies: [{id: AAA, names: {en: Agency of Aardvarks}}, {id: OAS, aliases: [The Americas]}]
resolutions:
  - {id: r1, number: "12"}
  - {id: r2, number: "2", title: On TWO, body: Assembly, kind: resolution, date: "2002", sources: [crm-about]}
""")
    assert dataset.agencies[-1] == Agency("AAA", {"en": "Agency of Aardvarks"})
    assert [resolution.number for resolution in dataset.resolutions] == ["12", "2"]
    assert dataset.resolutions[0] == Resolution("r1", "12", "On ONE", "Assembly", "resolution", "2001", ("crm-about",))
    assert corrections(dataset) == [
        "agency AAA - - added",
        "agency OAS aliases - changed",
        "resolution r1 number - changed",
        "resolution r2 - - added",
    ]


def test_every_bundled_mechanism_can_be_withdrawn(extended: Merge, data: Database) -> None:
    """What resolutions, events and links say of it goes with it."""
    gone = {mechanism.id for mechanism in data.dataset.mechanisms} - {"MIRPS"}
    dataset = extended(f"mechanisms: [{', '.join(f'{{id: {id_}, withdraw: true}}' for id_ in sorted(gone))}]\n")
    assert [mechanism.id for mechanism in dataset.mechanisms] == ["MIRPS"]
    points = [point for resolution in dataset.resolutions for point in resolution.points]
    assert points
    assert {id_ for point in points for id_ in point.mechanisms} == {"MIRPS"}
    assert len(dataset.resolutions) == len(data.dataset.resolutions)


def test_a_withdrawn_mechanism_leaves_the_events_too(over: Merge) -> None:
    dataset = over("mechanisms: [{id: ONE, withdraw: true}]\n")
    assert [mechanism.id for mechanism in dataset.mechanisms] == ["TWO"]
    assert [(event.text, event.mechanisms) for event in dataset.events] == [
        ("TWO begins", ("TWO",)),
        ("Both meet", ("TWO",)),
        ("Nobody meets", ()),
    ]
    assert corrections(dataset) == ["mechanism ONE - - withdrawn"]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("id: ONE, website: null", ("ONE/members/HTI", "TWO/members/BRA")),
        ("id: ONE, members: [{code: HTI, withdraw: true}]", ("TWO/members/BRA",)),
        ("id: ONE, withdraw: true", ("TWO/members/BRA",)),
        ("id: ONE, withdraw: true}, {id: TWO, members: [{code: BRA, withdraw: true}, CHL]", ()),
    ],
)
def test_a_withdrawn_fact_leaves_the_events_which_need_not_be_told_beside_the_lists_for_that(
    over: Merge, lines: str, left: tuple[str, ...]
) -> None:
    (event,) = (event for event in over(f"mechanisms: [{{{lines}}}]\n").events if event.text == "Both meet")
    assert (event.facts, event.carried) == (left, True)


def test_a_mechanism_that_is_written_anew_keeps_its_events_and_nothing_else(over: Merge) -> None:
    anew = "{id: ONE, names: {en: Uno}, kind: forum, relation: member, members: [CL]}"
    dataset = over(f"mechanisms: [{{id: ONE, withdraw: true}}, {anew}]\n")
    members, evidence = (Member(code="CHL"),), {"members": OWN}
    assert dataset.mechanisms[1] == Mechanism(
        id="ONE", names={"en": "Uno"}, kind="forum", relation="member", members=members, evidence=evidence
    )
    assert [event.mechanisms for event in dataset.events] == [("ONE",), ("TWO",), ("ONE", "TWO"), ()]


def test_an_agency_is_withdrawn_with_all_that_it_serves(over: Merge) -> None:
    dataset = over(
        "agencies: [{id: IOM, withdraw: true}, {id: ILO, withdraw: true}]\n"
        "mechanisms: [{id: ONE, secretariats: [{agency: IOM, withdraw: true}, {agency: OAS}]}]\n"
    )
    assert {"IOM", "ILO"}.isdisjoint(agency.id for agency in dataset.agencies)
    assert dataset.mechanisms[0].secretariats == (Secretariat(agency="OAS", evidence=OWN),)
    assert "agency ILO - - withdrawn" in corrections(dataset)


def test_events_are_added_and_a_correction_names_them_by_their_text_as_shown(over: Merge) -> None:
    fields = 'date: "2025-01"\n    kind: meeting\n    sources: [crm-about]\n    text: >\n      We\n      meet\n'
    dataset = over(f"events:\n  - {fields}")
    assert [event.text for event in dataset.events[3:]] == ["Nobody meets", "We meet"]
    assert dataset.corrections == (Correction("event", "2025-01", None, "We meet", "added"),)


# Lines of a file that extends the bundled data, and how a problem in them begins.
MISTAKES = (DATA / "mistakes_in_own_data.txt").read_text(encoding="utf-8")
# The same over `BELOW`, and the only problem in them. Of the three agencies, one is not used, and one is written anew.
WITHDRAWN = r"""
mechanisms: [{id: ONE, members: [{code: PER, withdraw: true}]}]
=> 2:34: there is no PER in the bundled `members` to withdraw; correct or remove it
mechanisms: [{id: ONE, withdraw: true}]
\nevents: [{date: "2010", kind: ended, text: A, sources: [], mechanisms: [TWO, ONE]}]
=> 3:78: there is no mechanism "ONE"; add it, or correct the id
agencies: [{id: ILO, withdraw: true}, {id: OAS, withdraw: true}, {id: OAS, names: {en: A}}, {id: IOM, withdraw: true}]
\nmechanisms: [{id: NEW, names: {en: New}, kind: x, secretariats: [{agency: OAS}, {agency: IOM}]}]
=> 2:93: the agency IOM is still a secretariat of ONE and NEW; withdraw it there too, or keep it
"""


@pytest.mark.parametrize(("lines", "problem"), table(MISTAKES))
def test_problems_are_reported_where_they_are(problems: Problems, lines: str, problem: str) -> None:
    found = problems({"mechanisms.yaml": HEAD + lines.replace(r"\n", "\n")})
    assert any(line.startswith(f"mechanisms.yaml:{problem}") for line in found)


@pytest.mark.parametrize(("lines", "problem"), table(WITHDRAWN))
def test_what_is_withdrawn_is_there_and_is_no_longer_used(over: Merge, lines: str, problem: str) -> None:
    with pytest.raises(govmap.DataError) as caught:
        over(lines.replace(r"\n", "\n"))
    assert caught.value.message.split("\n")[1:] == [f"mechanisms.yaml:{problem}"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("about:", "extends: other\nabout:", '1:1: `extends`: "other" is not one of: bundled'),
        ("- CHL", "- {code: CHL, withdraw: true}", "8:21: `withdraw` is not a key of `members`"),
    ],
)
def test_only_data_that_extend_the_bundled_data_know_the_words_for_it(
    problems: Problems, old: str, new: str, problem: str
) -> None:
    (found,) = problems({"mechanisms.yaml": VALID.replace(old, new, 1)})
    assert found.startswith(f"mechanisms.yaml:{problem}")


def test_one_json_file_may_hold_a_whole_dataset(tmp_path: Path, data: Database) -> None:
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(msgspec.to_builtins(data.dataset), indent="\t"))
    assert load(path).dataset == data.dataset


VALUES = st.text("abc", max_size=3)
ENTRIES = st.fixed_dictionaries({}, optional={"name": VALUES, "names": st.dictionaries(st.sampled_from("xyz"), VALUES)})


def _records(key: str, entries: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.dictionaries(st.sampled_from("ABC"), entries).map(
        lambda found: [{KEYS[key]: id_, **entry} for id_, entry in found.items()]
    )


LISTS = st.fixed_dictionaries({"members": _records("members", ENTRIES), "groups": _records("groups", ENTRIES)})
MECHANISMS = _records("mechanisms", st.builds(dict.__or__, ENTRIES, LISTS))
FILES = st.fixed_dictionaries({"mechanisms": MECHANISMS, "agencies": _records("agencies", ENTRIES)}).map(
    lambda value: with_positions(value, START)
)


def merged(base: Any, overlay: Any) -> Mapping:
    return Merger(lambda _position, text: pytest.fail(text), {}).merge(base, overlay)


def _canonical(value: Any) -> Any:
    """Return *value* with its records in the order of their keys: the order of a file makes no difference."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return sorted((_canonical(item) for item in value), key=repr) if isinstance(value, list) else value


@given(FILES, FILES, FILES)
def test_merging_files_is_associative(a: object, b: object, c: object) -> None:
    assert _canonical(merged(merged(a, b), c)) == _canonical(merged(a, merged(b, c)))


@given(FILES, FILES)
def test_merging_a_file_twice_is_merging_it_once(a: object, b: object) -> None:
    once = merged(a, b)
    assert _canonical(merged(once, b)) == _canonical(once)


def test_a_member_that_is_written_as_its_code_alone_is_the_same_record() -> None:
    base, overlay = (
        with_positions({"mechanisms": [{"id": "A", "members": members}]}, START)
        for members in (["PER", "CHL", "BRA"], [{"code": "PER", "since": "2000"}, "CHL"])
    )
    merger = Merger(lambda _position, text: pytest.fail(text), {})
    assert isinstance(base, Mapping)
    assert isinstance(overlay, Mapping)
    members = [{"code": "PER", "since": "2000"}, {"code": "CHL"}, {"code": "BRA"}]
    assert merger.merge(base, overlay) == {"mechanisms": [{"id": "A", "members": members}]}
    assert merger.corrections == [Correction("mechanism", "A", "members", "PER", "changed")]
