"""What of an answer is from own data: of the names, of dated parts, and of what a list is narrowed by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap.presentation import Presentation

OWN = """\
extends: bundled
mechanisms:
  - id: RCM
    names: {fr: La conférence}
    acronyms: {fr: LC}
    website: "https://rcm.example"
    members: [{code: VEN, since: "2020"}]
    secretariats: [{agency: OAS, since: "2024"}]
    sub_bodies: [{id: cell, name: The Cell, since: "2024"}]
"""
NAMES = {("names", None, "changed"), ("acronyms", None, "changed")}  # shown wherever the mechanism is
MEMBER = {("members", "VEN", "added")}
DATED = {("secretariats", "OAS", "added"), ("sub bodies", "cell", "added")}


@pytest.fixture(name="ours", scope="module")
def _ours(tmp_path_factory: pytest.TempPathFactory) -> govmap.Atlas:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return govmap.load(path)


def own_facts(record: object) -> set[tuple[str, str | None, str]]:
    """Return what a record says is of own data; all of it is on RCM."""
    assert isinstance(record, dict)
    assert {fact["mechanism"] for fact in record["own_data"]} <= {"RCM"}
    return {(fact["part"], fact["item"], fact["change"]) for fact in record["own_data"]}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("RCM", NAMES | MEMBER | DATED),
        ("Venezuela", NAMES | MEMBER),  # no dated parts of the mechanism
    ],
)
def test_a_history_says_which_listings_and_dated_parts_are_own(
    ours: govmap.Atlas, name: str, facts: set[object]
) -> None:
    assert own_facts(Presentation(govmap.history(ours, name)).record()) == facts


@pytest.mark.parametrize(("filters", "facts"), [({}, NAMES), ({"member": "VEN"}, NAMES | MEMBER)])
def test_a_record_of_a_list_says_which_own_data_the_list_is_narrowed_by(
    ours: govmap.Atlas, filters: dict[str, str], facts: set[object]
) -> None:
    records: Any = Presentation(govmap.list(ours, "groups", **filters)).record()  # type: ignore[call-overload]
    assert own_facts(next(record for record in records if record["mechanism"] == "RCM")) == facts


LATER = """\
extends: bundled
sources: [{id: minutes, title: Minutes, publisher: P, date: null, url: null, kind: report, looked_up: "2025-01-01"}]
mechanisms:
  - id: RCM
    members: [{code: VEN, since: "2025", evidence: {status: confirmed, sources: [minutes]}}]
    groups: [{number: 9, name: Asylum, themes: [asylum], since: "2024"}]
  - id: forum
    names: {en: Forum}
    kind: forum
    relation: member
    founded: "2024"
    members: [PER]
    groups: [{number: 1, name: Asylum, themes: [asylum]}]
"""


def test_what_an_answer_tells_of_later_times_is_own_too(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(LATER, encoding="utf-8")
    ours = govmap.load(tmp_path / "own.yaml")

    def told(answer: Any) -> list[tuple[Any, ...]]:
        record: Any = Presentation(answer).record()
        return [(fact["mechanism"], fact["part"], fact["item"]) for fact in record["own_data"]]

    group, forum, venezuela = ("RCM", "groups", "9"), ("forum", None, None), ("RCM", "members", "VEN")
    assert told(govmap.overlap(ours, "asylum")) == [group, forum]
    assert told(govmap.country(ours, "Peru")) == [forum]
    assert told(govmap.matrix(ours)) == [venezuela, forum]
    assert told(govmap.gaps(ours, theme="visas")) == []


CHANGED = """\
extends: bundled
mechanisms:
  - id: RCM
    members: [{code: NIC, until: "2024-07"}, {code: VEN, since: "2025-03"}]
    secretariats: [{agency: OAS, since: "2024"}]
  - id: SACM
    members: [{code: GUY, withdraw: true}]
  - id: MIRPS
    members: [{code: SLV, withdraw: true}]
    groups: [{number: 1, name: "Ours", themes: [asylum]}]
    evidence: {groups: {status: one source, sources: [oas-note-2023]}}
"""


def test_a_list_that_own_data_change_is_theirs_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CHANGED, encoding="utf-8")
    ours, bundled = govmap.load(path), govmap.load()

    def statuses(id_: str, date: str) -> dict[str, str | None]:
        evidence = govmap.mechanism(ours.at(date), id_).evidence
        assert all(evidence[part].note is None for part in evidence if evidence[part].status == "own data")
        return {part: evidence[part].status for part in ("members", "groups", "secretariats")}

    plain = {part: piece.status for part, piece in govmap.mechanism(bundled, "RCM").evidence.items()}
    before = {part: plain[part] for part in ("members", "groups", "secretariats")}
    assert statuses("RCM", "2023-04") == before
    seat = govmap.country(ours.at("2023-04"), "Mexico").mechanisms[-2]
    assert (seat.id, seat.secretariat_evidence) == ("RCM", govmap.mechanism(bundled, "RCM").evidence["secretariats"])
    assert statuses("RCM", "2024-07") == {**before, "members": "own data"}
    assert statuses("RCM", "2025") == {**before, "members": "own data", "secretariats": "own data"}
    assert statuses("SACM", "2023-04")["members"] == "own data"
    assert statuses("MIRPS", "2018")["members"] == "confirmed"  # before El Salvador joined
    assert statuses("MIRPS", "2023-04") == {"members": "own data", "groups": "one source", "secretariats": "confirmed"}
    assert govmap.membership(ours.at("2025"), "Mexico", "RCM").evidence.status == "confirmed"
    assert govmap.membership(ours.at("2025-04"), "Venezuela", "RCM").evidence.status == "own data"
