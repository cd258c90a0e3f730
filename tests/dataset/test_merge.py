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
from govmap.dataset.merge import KEYS, Merger, planted
from govmap.dataset.problems import Place
from govmap.dataset.yaml_reader import Mapping
from govmap.model import Correction, Evidence, Mechanism

Write = Callable[[dict[str, str | bytes]], Path]
Problems = Callable[[dict[str, str | bytes]], list[str]]
HEAD = "extends: bundled\n"


@pytest.fixture(name="extended")
def _extended(write: Write) -> Callable[[str], Any]:
    """Return the dataset of a mechanisms.yaml that extends the bundled data."""
    return lambda text: load(write({"mechanisms.yaml": HEAD + text})).dataset


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


def test_a_second_spell_is_told_from_the_first_by_its_start(extended: Any) -> None:
    dataset = extended('mechanisms: [{id: LAD, members: [{code: PER, since: "2030"}]}]\n')
    assert [m.since for m in one(dataset, "LAD").members if m.code == "PER"] == ["2022-06-10", "2030"]


def test_a_secretariat_is_changed_and_its_evidence_with_it(extended: Any) -> None:
    dataset = extended("mechanisms: [{id: RCM, secretariats: [OASX]}]\n".replace("[OASX]", "[{agency: OAS}]"))
    rcm = one(dataset, "RCM")
    assert [s.agency for s in rcm.secretariats] == ["IOM", "OAS"]
    assert rcm.evidence["secretariats"].status == "own data"
    assert rcm.evidence["members"].status == "confirmed"


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
    assert "evidence" not in evidence


def test_evidence_of_a_list_that_is_changed_says_that_it_speaks_of_the_bundled_one(extended: Any) -> None:
    rcm = one(extended("mechanisms: [{id: RCM, members: [{code: BLZ, withdraw: true}]}]\n"), "RCM")
    assert (rcm.evidence["members"].note or "").endswith("this speaks of the bundled list, which own data change")
    assert "own data" not in (rcm.evidence["groups"].note or "")


def test_a_withdrawn_mechanism_leaves_the_events_too(extended: Any, bundled: Loaded) -> None:
    dataset = extended("mechanisms: [{id: R4V, withdraw: true}]\n")
    assert "R4V" not in {m.id for m in dataset.mechanisms}
    assert any("R4V" in event.mechanisms for event in bundled.dataset.events)
    assert not any("R4V" in event.mechanisms for event in dataset.events)


def test_events_are_added(extended: Any, bundled: Loaded) -> None:
    event = '{date: "2025-01", kind: joined, text: Somebody joins, sources: [crm-about], mechanisms: [RCM]}'
    dataset = extended(f"events: [{event}]\n")
    assert len(dataset.events) == len(bundled.dataset.events) + 1
    assert dataset.corrections == (Correction("event", "2025-01", None, "Somebody joins", "added"),)


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
        ("agencies:\n  - {id: IOM, withdraw: true}\n", 'mechanisms.yaml:1:1: there is no agency "IOM"'),
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


def _canonical(value: Any) -> Any:
    """Return *value* with its records in the order of their keys: the order of a file makes no difference."""
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_canonical(item) for item in value), key=repr)
    return value
