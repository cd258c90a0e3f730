from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govmap
from govmap.dataset import Loaded, load
from govmap.dataset.merge import KEYS, Merger, Step, planted
from govmap.dataset.parse import parse
from govmap.dataset.problems import Place
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

Write = Callable[[dict[str, str | bytes]], Path]
Problems = Callable[[dict[str, str | bytes]], list[str]]
HEAD = "extends: bundled\n"
OWN = Evidence("own data", ())
CHECKED = Evidence("confirmed", ("crm-about",))
BELOW = """\
about: {title: Below, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One, es: Uno}
    kind: network
    relation: member
    website: https://one.example
    members: [CHL, HTI, {code: PER, since: "2000", until: "2010"}, {code: PER, since: "2015"}]
    groups: [{number: 1, name: A, themes: [borders]}, {number: 2, name: B, themes: [protection]}]
    secretariats: [{agency: IOM}]
    evidence:
      members: {status: confirmed, sources: [crm-about]}
      groups: {status: confirmed, sources: [crm-about], note: All were read}
      secretariats: {status: confirmed, sources: [crm-about]}
  - {id: TWO, names: {en: Two}, kind: network, relation: member, members: [BRA]}
resolutions:
  - {id: r1, number: "1", title: On ONE, body: Assembly, kind: resolution, date: "2001", sources: [crm-about]}
events:
  - {date: "2001", kind: founded, text: ONE begins, sources: [crm-about], mechanisms: [ONE]}
  - {date: "2002", kind: founded, text: TWO begins, sources: [crm-about], mechanisms: [TWO]}
  - {date: "2003", kind: meeting, text: Both meet, sources: [crm-about], mechanisms: [ONE, TWO]}
  - {date: "2004", kind: statement, text: Nobody meets, sources: [crm-about]}
"""


@pytest.fixture(name="extended")
def _extended(write: Write) -> Callable[[str], Any]:
    """Return the dataset of a mechanisms.yaml that extends the bundled data."""
    return lambda text: load(write({"mechanisms.yaml": HEAD + text})).dataset


@pytest.fixture(name="over")
def _over_invented(write: Write) -> Callable[[str], Dataset]:
    """Return the dataset of a mechanisms.yaml that is laid over `BELOW`."""
    below = load(write({"mechanisms.yaml": BELOW}))
    return lambda text: parse("own", {"mechanisms.yaml": (HEAD + text).encode()}, below).dataset


def one(dataset: Any, id_: str) -> Mechanism:
    found: Mechanism = next(m for m in dataset.mechanisms if m.id == id_)
    return found


def test_a_file_that_says_nothing_else_is_the_bundled_data(extended: Any, bundled: Loaded) -> None:
    assert extended("") == bundled.dataset


def test_a_new_mechanism_is_added_to_the_bundled_ones(extended: Any, bundled: Loaded) -> None:
    new = "mechanisms: [{id: NEW, names: {en: New}, kind: network, relation: member, members: [PE]}]\n"
    dataset = extended(new)
    assert [m.id for m in dataset.mechanisms] == [*(m.id for m in bundled.dataset.mechanisms), "NEW"]
    assert dataset.corrections == (Correction("mechanism", "NEW", None, None, "added"),)
    assert one(dataset, "NEW").evidence["members"].status == "own data"
    assert dataset.about == bundled.dataset.about


def test_a_member_is_added_changed_and_withdrawn(extended: Any, bundled: Loaded) -> None:
    lines = 'mechanisms: [{id: RCM, members: [VE, {code: NIC, until: "2024"}, {code: BLZ, withdraw: true}]}]\n'
    dataset = extended(lines)
    members = {m.code: m for m in one(dataset, "RCM").members}
    before = {m.code: m for m in one(bundled.dataset, "RCM").members}
    assert members.keys() == before.keys() - {"BLZ"} | {"VEN"}
    assert members["NIC"].until == "2024"
    assert [members[code].evidence.status for code in ("VEN", "NIC")] == ["own data", "own data"]  # type: ignore[union-attr]
    assert all(members[code] == before[code] for code in before if code not in ("NIC", "BLZ"))
    assert dataset.corrections == (
        Correction("mechanism", "RCM", "members", "VEN", "added"),
        Correction("mechanism", "RCM", "members", "NIC", "changed"),
        Correction("mechanism", "RCM", "members", "BLZ", "withdrawn"),
    )


def test_what_a_record_does_not_say_again_is_kept(extended: Any, bundled: Loaded) -> None:
    dataset = extended('mechanisms: [{id: LAD, members: [{code: PER, until: "2025"}]}]\n')
    (peru,) = (m for m in one(dataset, "LAD").members if m.code == "PER")
    (before,) = (m for m in one(bundled.dataset, "LAD").members if m.code == "PER")
    assert (peru.since, peru.until) == (before.since, "2025")
    assert before.since


def test_everything_in_a_record_may_be_other(over: Callable[[str], Dataset]) -> None:
    dataset = over("""\
mechanisms:
  - id: ONE
    names: {es: null, fr: Un}
    kind: forum
    parent: A union
    website: null
    until: null
    members:
      - CHL
      - {code: HTI, evidence: {status: confirmed, sources: [crm-about]}}
      - {code: PER, since: "2015", until: "2020"}
      - BRA
    unclear_members: [{code: BOL, note: A gap}]
    groups: [{number: 2, withdraw: true}, {number: 3, name: C, themes: [borders]}]
    sub_bodies: [{id: body, name: A body}]
    secretariats: [{agency: IOM, withdraw: true}]
    evidence: {parent: {status: confirmed, sources: [crm-about]}}
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
            Group(number=1, name="A", themes=("borders",)),
            Group(number=3, name="C", themes=("borders",), evidence=OWN),
        ),
        sub_bodies=(SubBody(id="body", name="A body"),),
        evidence={
            "members": limited("This speaks of the bundled list, which own data change"),
            "groups": limited("All were read; this speaks of the bundled list, which own data change"),
            "secretariats": limited("This speaks of the bundled list, which own data change"),
            "parent": CHECKED,
            "names": OWN,
            "kind": OWN,
            "unclear members": OWN,
            "sub bodies": OWN,
        },
    )
    assert dataset.corrections == (
        Correction("mechanism", "ONE", "names", None, "changed"),
        Correction("mechanism", "ONE", "kind", None, "changed"),
        Correction("mechanism", "ONE", "parent", None, "added"),
        Correction("mechanism", "ONE", "website", None, "withdrawn"),
        Correction("mechanism", "ONE", "members", "HTI", "changed"),
        Correction("mechanism", "ONE", "members", "PER", "changed"),
        Correction("mechanism", "ONE", "members", "BRA", "added"),
        Correction("mechanism", "ONE", "unclear_members", "BOL", "added"),
        Correction("mechanism", "ONE", "groups", "2", "withdrawn"),
        Correction("mechanism", "ONE", "groups", "3", "added"),
        Correction("mechanism", "ONE", "sub_bodies", "body", "added"),
        Correction("mechanism", "ONE", "secretariats", "IOM", "withdrawn"),
        Correction("mechanism", "ONE", "evidence", "parent", "added"),
    )


def limited(note: str) -> Evidence:
    return Evidence("confirmed", ("crm-about",), note=note)


def test_a_new_record_keeps_the_evidence_that_it_brings(over: Callable[[str], Dataset]) -> None:
    given = "evidence: {groups: {status: confirmed, sources: [crm-about]}}"
    lists = "members: [{code: CL, evidence: null}], groups: [{number: 1, name: A, themes: [borders]}]"
    dataset = over(
        f"mechanisms: [{{id: PE, names: {{en: New}}, kind: x, relation: member, {lists}, "
        f"secretariats: [{{agency: OAS}}], {given}}}]\n"
    )
    new = dataset.mechanisms[2]
    assert new.members == (Member(code="CHL"),)
    assert new.evidence == {"groups": CHECKED, "members": OWN, "secretariats": OWN}
    assert dataset.corrections == (Correction("mechanism", "PE", None, None, "added"),)


def test_lists_and_evidence_that_are_taken_out_are_told(over: Callable[[str], Dataset]) -> None:
    dataset = over("mechanisms: [{id: ONE, evidence: {members: null}, members: null, groups: null, pillars: null}]\n")
    changed = dataset.mechanisms[0]
    assert (changed.members, changed.groups) == ((), ())
    assert changed.evidence == {
        "groups": limited("All were read; this speaks of the bundled list, which own data change"),
        "secretariats": CHECKED,
    }
    assert dataset.corrections == (
        Correction("mechanism", "ONE", "evidence", "members", "withdrawn"),
        Correction("mechanism", "ONE", "members", None, "withdrawn"),
        Correction("mechanism", "ONE", "groups", None, "withdrawn"),
    )


def test_evidence_that_is_given_for_a_list_stands_for_what_is_changed_in_it(over: Callable[[str], Dataset]) -> None:
    piece = "{status: confirmed, sources: [crm-about]}"
    lists = "members: [BRA], sub_bodies: [{id: b, name: B}], secretariats: [{agency: OAS}]"
    given = f"evidence: {{members: {piece}, sub bodies: {piece}, secretariats: {piece}}}"
    changed = over(f"mechanisms: [{{id: ONE, {lists}, {given}}}]\n").mechanisms[0]
    assert changed.secretariats == (Secretariat(agency="IOM"), Secretariat(agency="OAS"))
    assert changed.evidence == {
        "members": CHECKED,
        "groups": Evidence("confirmed", ("crm-about",), note="All were read"),
        "secretariats": CHECKED,
        "sub bodies": CHECKED,
    }


def test_a_value_whose_evidence_is_taken_out_is_own_data(over: Callable[[str], Dataset]) -> None:
    changed = over("mechanisms: [{id: ONE, secretariats: [{agency: OAS}], evidence: {secretariats: null}}]\n")
    assert changed.mechanisms[0].evidence["secretariats"] == OWN


def test_agencies_and_resolutions_are_changed_too(over: Callable[[str], Dataset]) -> None:
    dataset = over("""\
agencies: [{id: AAA, names: {en: Agency of Aardvarks}}, {id: OAS, aliases: [The Americas]}]
resolutions:
  - {id: r1, number: "12"}
  - {id: r2, number: "2", title: On TWO, body: Assembly, kind: resolution, date: "2002", sources: [crm-about]}
""")
    assert dataset.agencies[-1] == Agency("AAA", {"en": "Agency of Aardvarks"})
    assert [resolution.number for resolution in dataset.resolutions] == ["12", "2"]
    assert dataset.resolutions[0] == Resolution("r1", "12", "On ONE", "Assembly", "resolution", "2001", ("crm-about",))
    assert dataset.corrections == (
        Correction("agency", "AAA", None, None, "added"),
        Correction("agency", "OAS", "aliases", None, "changed"),
        Correction("resolution", "r1", "number", None, "changed"),
        Correction("resolution", "r2", None, None, "added"),
    )


def test_a_second_spell_is_told_from_the_first_by_its_start(extended: Any, bundled: Loaded) -> None:
    dataset = extended('mechanisms: [{id: LAD, members: [{code: PER, since: "2030"}]}]\n')
    (before,) = (m for m in one(bundled.dataset, "LAD").members if m.code == "PER")
    assert before.since == "2022-06-10"
    assert [m for m in one(dataset, "LAD").members if m.code == "PER"] == [
        before,
        Member(code="PER", since="2030", evidence=OWN),
    ]


def test_one_of_several_spells_is_withdrawn_by_its_start(over: Callable[[str], Dataset]) -> None:
    dataset = over('mechanisms: [{id: ONE, members: [{code: PER, since: "2000", withdraw: true}]}]\n')
    assert dataset.mechanisms[0].members == (
        Member(code="CHL"),
        Member(code="HTI"),
        Member(code="PER", since="2015"),
    )
    assert [event.mechanisms for event in dataset.events] == [("ONE",), ("TWO",), ("ONE", "TWO"), ()]


def test_which_of_several_spells_is_withdrawn_must_be_told(over: Callable[[str], Dataset]) -> None:
    with pytest.raises(govmap.DataError) as caught:
        over("mechanisms:\n  - {id: ONE, members: [{code: PER, withdraw: true}]}\n")
    told = "there is no PER among the `members` below to withdraw; mend it, or take it out"
    assert caught.value.message.split("\n")[1:] == [f"mechanisms.yaml:3:25: {told}"]


def test_two_spells_of_a_new_member_are_both_added(over: Callable[[str], Dataset]) -> None:
    first = '{code: BOL, since: "2000", until: "2001", evidence: {status: confirmed, sources: [crm-about]}}'
    dataset = over(f'mechanisms: [{{id: ONE, members: [{first}, {{code: BOL, since: "2010"}}]}}]\n')
    assert dataset.mechanisms[0].members[:2] == (
        Member(code="BOL", since="2000", until="2001", evidence=CHECKED),
        Member(code="BOL", since="2010", evidence=OWN),
    )


def test_a_secretariat_is_changed_and_its_evidence_with_it(extended: Any) -> None:
    dataset = extended("mechanisms: [{id: RCM, secretariats: [OASX]}]\n".replace("[OASX]", "[{agency: OAS}]"))
    rcm = one(dataset, "RCM")
    assert [s.agency for s in rcm.secretariats] == ["IOM", "OAS"]
    assert rcm.evidence["secretariats"].status == "own data"
    assert rcm.evidence["members"].status == "confirmed"


def test_an_agency_that_nothing_names_is_withdrawn(extended: Any, bundled: Loaded) -> None:
    dataset = extended("agencies: [{id: ILO, withdraw: true}]\n")
    assert [agency.id for agency in dataset.agencies] == [a.id for a in bundled.dataset.agencies if a.id != "ILO"]
    assert dataset.corrections == (Correction("agency", "ILO", None, None, "withdrawn"),)


def test_null_withdraws_a_value(extended: Any) -> None:
    dataset = extended("mechanisms: [{id: RCM, website: null, names: {fr: null}}]\n")
    assert one(dataset, "RCM").website is None
    assert set(one(dataset, "RCM").names) == {"en", "es", "pt"}
    assert dataset.corrections == (
        Correction("mechanism", "RCM", "website", None, "withdrawn"),
        Correction("mechanism", "RCM", "names", None, "changed"),
    )


def test_evidence_that_is_given_stands(extended: Any) -> None:
    evidence = "evidence: {status: confirmed, sources: [crm-about]}"
    dataset = extended(f"mechanisms: [{{id: RCM, members: [{{code: VEN, {evidence}}}]}}]\n")
    (member,) = (m for m in one(dataset, "RCM").members if m.code == "VEN")
    assert member.evidence is not None
    assert member.evidence.status == "confirmed"


def test_evidence_alone_is_a_correction_too(extended: Any) -> None:
    piece = "{status: contradicted, sources: [crm-about], note: Another page differs}"
    dataset = extended(f"mechanisms: [{{id: RCM, evidence: {{members: {piece}, chair: {piece}}}}}]\n")
    assert one(dataset, "RCM").evidence["members"].status == "contradicted"
    assert dataset.corrections == (
        Correction("mechanism", "RCM", "evidence", "members", "changed"),
        Correction("mechanism", "RCM", "evidence", "chair", "added"),
    )


def test_what_says_again_what_is_there_corrects_nothing(extended: Any, bundled: Loaded) -> None:
    lines = "members: [MEX, {code: CAN}], website: https://crmsv.org, secretariats: [{agency: IOM}]"
    assert extended(f"mechanisms: [{{id: RCM, {lines}}}]\n") == bundled.dataset


@pytest.mark.parametrize("part", ["about", "mechanisms", "agencies", "resolutions", "events"])
def test_a_part_without_anything_in_it_is_as_good_as_none(extended: Any, bundled: Loaded, part: str) -> None:
    assert extended(f"{part}:\n") == bundled.dataset


def test_a_record_may_be_withdrawn_and_written_anew(extended: Any) -> None:
    dataset = extended('mechanisms: [{id: LAD, members: [{code: PER, withdraw: true}, {code: PER, since: "2023"}]}]\n')
    assert [m.since for m in one(dataset, "LAD").members if m.code == "PER"] == ["2023"]


def test_evidence_is_replaced_as_a_whole(extended: Any) -> None:
    dataset = extended("mechanisms: [{id: RCM, evidence: {members: {status: contradicted, sources: [crm-about]}}}]\n")
    evidence = one(dataset, "RCM").evidence
    assert evidence["members"] == Evidence("contradicted", ("crm-about",))
    assert evidence["groups"].status == "confirmed"
    assert "evidence" not in evidence


def test_evidence_of_a_list_that_is_changed_says_that_it_speaks_of_the_bundled_one(extended: Any) -> None:
    rcm = one(extended("mechanisms: [{id: RCM, members: [{code: BLZ, withdraw: true}]}]\n"), "RCM")
    assert (rcm.evidence["members"].note or "").endswith("this speaks of the bundled list, which own data change")
    assert "own data" not in (rcm.evidence["groups"].note or "")


def test_a_withdrawn_mechanism_leaves_the_events_too(over: Callable[[str], Dataset]) -> None:
    dataset = over("mechanisms: [{id: ONE, withdraw: true}]\n")
    assert [mechanism.id for mechanism in dataset.mechanisms] == ["TWO"]
    assert [(event.text, event.mechanisms) for event in dataset.events] == [
        ("TWO begins", ("TWO",)),
        ("Both meet", ("TWO",)),
        ("Nobody meets", ()),
    ]
    assert dataset.corrections == (Correction("mechanism", "ONE", None, None, "withdrawn"),)


def test_a_mechanism_that_is_written_anew_keeps_its_events(over: Callable[[str], Dataset]) -> None:
    anew = "{id: ONE, names: {en: Uno}, kind: forum, relation: member, members: [CL]}"
    dataset = over(f"mechanisms: [{{id: ONE, withdraw: true}}, {anew}]\n")
    assert dataset.mechanisms[1] == Mechanism(
        id="ONE",
        names={"en": "Uno"},
        kind="forum",
        relation="member",
        members=(Member(code="CHL"),),
        evidence={"members": OWN},
    )
    assert [event.mechanisms for event in dataset.events] == [("ONE",), ("TWO",), ("ONE", "TWO"), ()]


def test_an_own_event_of_a_withdrawn_mechanism_is_told(over: Callable[[str], Dataset]) -> None:
    event = '{date: "2010", kind: ended, text: It ends, sources: [crm-about], mechanisms: [TWO, ONE]}'
    with pytest.raises(govmap.DataError) as caught:
        over(f"mechanisms: [{{id: ONE, withdraw: true}}]\nevents:\n  - {event}\n")
    assert caught.value.message.split("\n")[1:] == [
        'mechanisms.yaml:4:88: there is no mechanism "ONE"; add it, or mend the id'
    ]


def test_an_agency_that_is_still_named_is_told_where_it_is_withdrawn(over: Callable[[str], Dataset]) -> None:
    serves = "relation: member, members: [CHL], secretariats: [{agency: OAS}, {agency: IOM}]"
    with pytest.raises(govmap.DataError) as caught:
        over(f"""\
agencies:
  - {{id: IOM, withdraw: true}}
  - {{id: ILO, withdraw: true}}
  - {{id: OAS, withdraw: true}}
  - {{id: OAS, names: {{en: The Organization}}}}
mechanisms:
  - {{id: NEW, names: {{en: New}}, kind: x, {serves}}}
""")
    assert caught.value.message.split("\n")[1:] == [
        "mechanisms.yaml:3:5: the agency IOM is still a secretariat of ONE and NEW; withdraw it there too, or keep it"
    ]


def test_an_agency_is_withdrawn_with_all_that_it_serves(over: Callable[[str], Dataset]) -> None:
    dataset = over(
        "agencies: [{id: IOM, withdraw: true}]\n"
        "mechanisms: [{id: ONE, secretariats: [{agency: IOM, withdraw: true}, {agency: OAS}]}]\n"
    )
    assert "IOM" not in {agency.id for agency in dataset.agencies}
    assert dataset.mechanisms[0].secretariats == (Secretariat(agency="OAS"),)


def test_events_are_added(extended: Any, bundled: Loaded) -> None:
    event = '{date: "2025-01", kind: joined, text: Somebody joins, sources: [crm-about], mechanisms: [RCM]}'
    dataset = extended(f"events: [{event}]\n")
    assert len(dataset.events) == len(bundled.dataset.events) + 1
    assert dataset.corrections == (Correction("event", "2025-01", None, "Somebody joins", "added"),)


def test_a_folded_text_of_an_event_is_told_as_it_is_shown(over: Callable[[str], Dataset]) -> None:
    dataset = over(
        'events:\n  - date: "2025-01"\n    kind: meeting\n    sources: [crm-about]\n    text: >\n      We\n      meet\n'
    )
    assert dataset.events[-1].text == "We meet"
    assert dataset.corrections == (Correction("event", "2025-01", None, "We meet", "added"),)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "mechanisms:\n  - {id: XYZ, withdraw: true}\n",
            "mechanisms.yaml:3:5: there is no XYZ among the `mechanisms` below to withdraw; mend it, or take it out",
        ),
        ("mechanisms:\n  - {id: RCM, membres: []}\n", "mechanisms.yaml:3:15: `membres` is not a key of `mechanisms`"),
        ("mechanisms:\n  - {id: NEW}\n", "mechanisms.yaml:3:5: `mechanisms` NEW lacks the key `kind`; add it"),
        (
            "mechanisms:\n  - {id: RCM, members: [{code: XXX}]}\n",
            'mechanisms.yaml:3:26: "XXX" is not an ISO 3166-1 code',
        ),
        (
            "agencies:\n  - {id: IOM, withdraw: true}\n",
            "mechanisms.yaml:3:5: the agency IOM is still a secretariat of RCM, SACM, RIAM, QUITO and R4V; withdraw",
        ),
        (
            'mechanisms:\n  - {id: LAD, members: [{code: PER, until: "2000"}]}\n',
            "mechanisms.yaml:3:25: PER ends (2000) before it starts (2022-06-10); swap the dates or mend one",
        ),
        (
            "mechanisms:\n  - {id: RCM, members: PER}\n",
            'mechanisms.yaml:3:15: `members` must be a list, not "PER"; write it as [a, b]',
        ),
        (
            "mechanisms:\n  - {id: RCM, members: [3, {code: XXX}]}\n",
            'mechanisms.yaml:3:25: `members` must be a mapping, not "3"; write it as key: value',
        ),
        (
            "mechanisms:\n  - {id: RCM, members: [3, {code: XXX}]}\n",
            'mechanisms.yaml:3:29: "XXX" is not an ISO 3166-1 code',
        ),
        (
            "mechanisms:\n  - {id: RCM, members: [XXX]}\n",
            'mechanisms.yaml:3:25: "XXX" is not an ISO 3166-1 code',
        ),
        (
            "mechanisms: [{id: RCM, evidence: confirmed}]\n",
            'mechanisms.yaml:2:24: `evidence` must be a mapping, not "confirmed"; write it as {key: value}',
        ),
        (
            "mechanisms:\n  - {id: NEW, names: {en: New}, kind: x, relation: member, members: [CL], evidence: yes}\n",
            "mechanisms.yaml:3:75: `evidence` must be a mapping, not yes",
        ),
        ("mechanisms: {id: RCM}\n", "mechanisms.yaml:2:1: `mechanisms` must be a list, not a mapping"),
        (
            "mechanisms: [{id: R4V, withdraw: true}]\nevents: {date: x}\n",
            "mechanisms.yaml:3:1: `events` must be a list, not a mapping",
        ),
        (
            "mechanisms: [{id: R4V, withdraw: true}]\nevents: [Peru leaves]\n",
            'mechanisms.yaml:3:10: `events` must be a mapping, not "Peru leaves"; write it as key: value',
        ),
        (
            "mechanisms:\n  - {id: RCM, pillars: [{number: 1}, {number: 1}]}\n",
            "mechanisms.yaml:3:38: the record 1 stands here again (first on line 3); keep one",
        ),
        (
            "mechanisms:\n  - {id: RCM, members: [{code: BLZ, withdraw: yes}]}\n",
            "mechanisms.yaml:3:37: `withdraw` must be true or false, not yes (which YAML reads as true)",
        ),
        (
            "mechanisms:\n  - {id: RCM, website: https://a.example}\n  - {id: RCM, website: https://b.example}\n",
            "mechanisms.yaml:4:5: the mechanism RCM stands here again (first on line 3); keep one",
        ),
        (
            'mechanisms:\n  - {id: RCM, members: [VE, {code: VEN, until: "2020"}]}\n',
            "mechanisms.yaml:3:29: the country VEN stands here again (first on line 3); keep one",
        ),
    ],
)
def test_problems_are_told_where_they_stand(problems: Problems, lines: str, problem: str) -> None:
    assert any(told.startswith(problem) for told in problems({"mechanisms.yaml": HEAD + lines}))


def test_records_without_a_key_are_told_each_where_it_stands(problems: Problems) -> None:
    new = "{names: {en: New}, kind: x, relation: member, members: [CL]}"
    assert problems({"mechanisms.yaml": f"{HEAD}mechanisms:\n  - {new}\n  - {new}\n"}) == [
        "mechanisms.yaml:3:5: `mechanisms` lacks the key `id`; add it",
        "mechanisms.yaml:4:5: `mechanisms` lacks the key `id`; add it",
    ]


def test_only_own_data_extend_the_bundled(problems: Problems, valid: str) -> None:
    assert problems({"mechanisms.yaml": valid.replace("about:", "extends: other\nabout:", 1)}) == [
        'mechanisms.yaml:1:1: `extends`: "other" is not one of: bundled'
    ]


def test_withdraw_is_a_word_of_data_that_extend_others_alone(problems: Problems, valid: str) -> None:
    told = problems({"mechanisms.yaml": valid.replace("- CHL", "- {code: CHL, withdraw: true}")})
    assert told[0].startswith("mechanisms.yaml:8:21: `withdraw` is not a key of `members`")


def test_one_json_file_may_hold_a_whole_dataset(tmp_path: Path, bundled: Loaded) -> None:
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(msgspec.to_builtins(bundled.dataset), indent="\t"))
    loaded = load(path).dataset
    assert loaded == bundled.dataset


def test_texts_of_json_are_read_as_json_has_them(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(
        '{\n\t"about": {"title": "\\ud83d\\ude00 \\\\ud83d \\/ \\u00e9", "version": "1", "reference_date": "2020"},\n'
        '\t"mechanisms": [{"id": "A", "names": {"en": "A"}, "kind": "x", "relation": "member", "members": ["PER"]}]}'
    )
    assert load(path).dataset.about.title == "😀 \\ud83d / é"


def test_a_problem_in_one_file_alone_is_told_under_its_name(tmp_path: Path, valid: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(valid.replace("CHL", "CHILE"))
    with pytest.raises(govmap.DataError) as caught:
        load(path)
    assert caught.value.message.split("\n")[1] == 'mine.yaml:8:9: "CHILE" is a name, not a code; write CHL'


VALUES = st.text("abc", max_size=3)
ENTRIES = st.fixed_dictionaries({}, optional={"name": VALUES, "names": st.dictionaries(st.sampled_from("xyz"), VALUES)})


def _records(key: str, entries: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.dictionaries(st.sampled_from("ABC"), entries).map(
        lambda found: [{KEYS[key]: id_, **entry} for id_, entry in found.items()]
    )


LISTS = st.fixed_dictionaries({"members": _records("members", ENTRIES), "groups": _records("groups", ENTRIES)})
MECHANISMS = _records("mechanisms", st.builds(dict.__or__, ENTRIES, LISTS))
FILES = st.fixed_dictionaries({"mechanisms": MECHANISMS, "agencies": _records("agencies", ENTRIES)})


def _over(below: Mapping, above: Mapping) -> Mapping:
    return Merger(lambda _place, text: pytest.fail(text), {}).files(below, above)


def _file(value: object) -> Mapping:
    file = planted(value, Place(1, 1))
    assert isinstance(file, Mapping)
    return file


@given(FILES, FILES, FILES)
def test_laying_files_over_one_another_is_associative(a: object, b: object, c: object) -> None:
    left = _over(_over(_file(a), _file(b)), _file(c))
    right = _over(_file(a), _over(_file(b), _file(c)))
    assert _canonical(left) == _canonical(right)


@given(FILES, FILES)
def test_laying_a_file_over_twice_is_laying_it_over_once(a: object, b: object) -> None:
    once = _over(_file(a), _file(b))
    assert _canonical(_over(once, _file(b))) == _canonical(once)


def test_a_member_that_stands_as_its_code_alone_is_the_same_record() -> None:
    below = _file({"mechanisms": [{"id": "A", "members": ["PER", "CHL", "BRA"]}]})
    above = _file({"mechanisms": [{"id": "A", "members": [{"code": "PER", "since": "2000"}, "CHL"]}]})
    merger = Merger(lambda _place, text: pytest.fail(text), {})
    assert merger.files(below, above) == {
        "mechanisms": [{"id": "A", "members": [{"code": "PER", "since": "2000"}, {"code": "CHL"}, "BRA"]}]
    }
    assert merger.steps == [
        Step(("mechanisms", "A", "members", "PER"), "changed"),
        Step(("mechanisms", "A"), "changed"),
    ]


def _canonical(value: Any) -> Any:
    """Return *value* with its records in the order of their keys: the order of a file makes no difference."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_canonical(item) for item in value), key=repr)
    return value
