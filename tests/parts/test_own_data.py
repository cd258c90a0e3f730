"""What of an answer is from own data: of the names, of dated parts, and of what a list is narrowed by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Call

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
    assert (seat.id, seat.secretariat_evidence.status) == ("RCM", plain["secretariats"])
    assert statuses("RCM", "2024-07") == {**before, "members": "own data"}
    assert statuses("RCM", "2025") == {**before, "members": "own data", "secretariats": "own data"}
    assert statuses("SACM", "2023-04")["members"] == "own data"
    assert statuses("MIRPS", "2018")["members"] == "confirmed"  # before El Salvador joined
    assert statuses("MIRPS", "2023-04") == {"members": "own data", "groups": "one source", "secretariats": "confirmed"}
    assert govmap.membership(ours.at("2025"), "Mexico", "RCM").evidence.status == "confirmed"
    assert govmap.membership(ours.at("2025-04"), "Venezuela", "RCM").evidence.status == "own data"


def statuses_of_agencies(atlas: govmap.Atlas, id_: str) -> dict[str, str | None]:
    """Return the status of each agency that serves a mechanism, which all answers have to give alike."""
    profile = govmap.mechanism(atlas, id_)
    listed = {
        row.agency: (row.evidence or profile.evidence["secretariats"]).status for row in profile.secretariat or ()
    }
    found = govmap.evidence(atlas, id_).facts
    assert listed == {fact.agency: fact.evidence.status for fact in found if fact.agency}
    member = (profile.members or ())[0].code
    (seat,) = (seat for seat in govmap.country(atlas, member).mechanisms if seat.id == id_)
    assert listed == {
        agency: seat.evidence_of_agencies.get(agency, seat.secretariat_evidence).status for agency in seat.secretariat
    }
    contradicted = {agency for agency, status in listed.items() if status == "contradicted"}
    every = govmap.list(atlas, "secretariats")
    assert {item.agency for item in every if id_ in item.contradicted} == contradicted
    for pair in govmap.links(atlas, id_).pairs:
        differing = {agency for agency, ids in pair.contradicted_by_agency.items() if id_ in ids}
        assert differing == contradicted & set(pair.shared_secretariat)
        assert (id_ in pair.contradicted) == bool(differing)
    return listed


IOM = {"IOM": "contradicted"}  # of RCM, by the bundled data
MINUTES = """
sources: [{id: minutes, title: Minutes, publisher: P, date: null, url: null, kind: report, looked_up: "2025-01-01"}]
"""


@pytest.mark.parametrize(
    ("secretariats", "before", "after"),
    [
        ('{agency: UNHCR, since: "2024"}', IOM, {**IOM, "UNHCR": "own data"}),
        pytest.param(
            "{agency: UNHCR}", {**IOM, "UNHCR": "own data"}, {**IOM, "UNHCR": "own data"}, marks=pytest.mark.weekly
        ),
        (
            '{agency: UNHCR, since: "2024", evidence: {status: one source, sources: [minutes]}}',
            IOM,
            {**IOM, "UNHCR": "one source"},
        ),
        pytest.param(
            "{agency: IOM, unit: An office}", {"IOM": "own data"}, {"IOM": "own data"}, marks=pytest.mark.weekly
        ),
        # As of a member that is given an end, the statement is theirs at every date.
        ('{agency: IOM, until: "2024"}, {agency: UNHCR, since: "2024"}', {"IOM": "own data"}, {"UNHCR": "own data"}),
        ("{agency: IOM, evidence: {status: confirmed, sources: [minutes]}}", *[{"IOM": "confirmed"}] * 2),
        ("{agency: UNHCR}, {agency: IOM, withdraw: true}", {"UNHCR": "own data"}, {"UNHCR": "own data"}),
    ],
)
def test_a_secretariat_of_own_data_leaves_the_others_their_evidence(
    tmp_path: Path, secretariats: str, before: dict[str, str], after: dict[str, str]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"extends: bundled{MINUTES}mechanisms: [{{id: RCM, secretariats: [{secretariats}]}}]\n")
    ours = govmap.load(path)
    assert statuses_of_agencies(ours.at("2023-12"), "RCM") == before
    assert statuses_of_agencies(ours.at("2025"), "RCM") == after
    ours.export("json", tmp_path / "whole.json")
    exported = govmap.load(tmp_path / "whole.json")
    assert exported.dataset.mechanisms == ours.dataset.mechanisms
    assert statuses_of_agencies(exported.at("2025"), "RCM") == after
    ours.at("2025").export("json", tmp_path / "then.json")
    assert statuses_of_agencies(govmap.load(tmp_path / "then.json"), "RCM") == after


def test_who_serves_along_with_one_that_own_data_withdraw_keeps_its_evidence(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("extends: bundled\nmechanisms: [{id: MIRPS, secretariats: [{agency: OAS, withdraw: true}]}]\n")
    ours = govmap.load(path)
    assert statuses_of_agencies(ours, "MIRPS") == {"UNHCR": "confirmed"}
    assert govmap.mechanism(ours, "MIRPS").evidence["secretariats"].status == "own data"


def test_evidence_on_a_list_that_own_data_empty_is_theirs(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('extends: bundled\nmechanisms: [{id: RCM, secretariats: [{agency: IOM, until: "2020"}]}]\n')
    ours = govmap.load(path)
    (fact,) = (fact for fact in govmap.evidence(ours, "RCM").facts if fact.part == "secretariats")
    assert fact.evidence.status == govmap.mechanism(ours, "RCM").evidence["secretariats"].status == "own data"


def test_a_secretariat_where_the_bundled_data_know_none_is_own_data(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    body = "{id: own, names: {en: Own}, kind: forum, relation: member, members: [PER], secretariats: [{agency: OAS}]}"
    path.write_text(f"extends: bundled\nmechanisms: [{{id: CMC, secretariats: [{{agency: IOM}}]}}, {body}]\n")
    ours = govmap.load(path)
    assert statuses_of_agencies(ours, "own") == {"OAS": "own data"}
    (served,) = govmap.mechanism(ours, "CMC").secretariat or ()
    assert (served.agency, served.evidence) == ("IOM", None)
    assert govmap.mechanism(ours, "CMC").evidence["secretariats"].status == "own data"


def test_pages_mark_the_agency_that_another_page_contradicts(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('extends: bundled\nmechanisms: [{id: RCM, secretariats: [{agency: UNHCR, since: "2024"}]}]\n')

    def text(*typed: str) -> str:
        return " ".join(
            call(*typed, "--data", str(path), "--as-of", "2025", "--format", "md").out.replace("|", "").split()
        )

    assert "in San José; contradicted)" in text("mechanism", "RCM")
    assert "secretariat your data" in text("mechanism", "RCM", "--full")
    assert "secretariat (IOM) contradicted" in text("mechanism", "RCM", "--full")
    assert "secretariat (IOM) contradicted" in text("brief", "RCM", "--full")
    assert "RCM (IOM), secretariat: contradicted" in text("country", "Mexico", "--full")
    assert "RCM (OIM), secretaría técnica: contradicho" in text("country", "Mexico", "--full", "--lang", "es")
    assert "IOM (RCM: contradicted), UNHCR" in text("links", "QUITO")
    assert "Both have IOM (RCM: contradicted) and UNHCR as" in text("compare", "QUITO", "RCM", "--full")
    found = govmap.mechanism(govmap.load(path).at("2025"), "RCM").rows()
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    assert {row["agency"]: row["status"] for row in rows if row["agency"]} == {"IOM": "contradicted", "UNHCR": None}
