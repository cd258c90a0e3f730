from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Call

OWN = """\
extends: bundled
mechanisms:
  - id: RCM
    members: [{code: VEN, since: "2020"}, {code: BLZ, withdraw: true}]
    secretariats: [{agency: OAS}]
  - {id: R4V, withdraw: true}
"""


@pytest.fixture(name="own", scope="module")
def _own(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(OWN)
    return str(path)


def told(record: dict[str, list[dict[str, str | None]]]) -> list[str]:
    return [" ".join(cell for cell in fact.values() if cell) for fact in record["own_data"]]


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("country Venezuela", ["RCM members VEN added", "RCM secretariats OAS added", "R4V withdrawn"]),
        ("country Belize", ["RCM members BLZ withdrawn", "R4V withdrawn"]),
        ("country Peru", ["R4V withdrawn"]),
        (
            "evidence RCM",
            ["RCM members VEN added", "RCM members BLZ withdrawn", "RCM secretariats OAS added", "R4V withdrawn"],
        ),
        ("compare LAD CAM", ["R4V withdrawn"]),
        ("compare RCM CAM", ["RCM members VEN added", "RCM members BLZ withdrawn", "R4V withdrawn"]),
        (
            "mechanism RCM",
            ["RCM members VEN added", "RCM members BLZ withdrawn", "RCM secretariats OAS added", "R4V withdrawn"],
        ),
    ],
)
def test_an_answer_says_what_of_it_is_own_data(call: Call, own: str, typed: str, facts: list[str]) -> None:
    assert told(call(*typed.split(), "--data", own, "--json").json()) == facts
    page = call(*typed.split(), "--data", own).out
    block = page.split("From your data\n")[1].split("\n\n")[0]
    lines = block.replace(",", "").replace(":", "").split("\n")
    assert [line.removeprefix("- ") for line in lines] == facts  # one line alone has no stroke


ABSENT = ["RCM evidence members changed", "OWN added"]  # that a list does not name a country rests on the list
DATED = """\
extends: bundled
mechanisms:
  - id: RCM
    evidence: {members: {status: contradicted, sources: [crm-about], note: Another page differs}}
    secretariats: [{agency: OAS, since: "2024"}]
  - {id: OWN, names: {en: Our own network}, kind: network, relation: member, members: [HTI]}
events:
  - {date: "2024-05", kind: left, text: Peru leaves, sources: [crm-about], mechanisms: [QUITO, RIAM], countries: [PER],
     concerns: members}
  - {date: "2024-06", kind: meeting, text: We meet, sources: [crm-about]}
"""


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("country Peru", [*ABSENT, "QUITO events 2024-05 added", "RIAM events 2024-05 added"]),
        ("country Bolivia", ABSENT),
        ("brief Peru", [*ABSENT, "QUITO events 2024-05 added", "RIAM events 2024-05 added"]),
        ("history Peru", ["QUITO events 2024-05 added", "RIAM events 2024-05 added"]),
        ("history RCM", ["RCM secretariats OAS added"]),
        ("history OWN", ["OWN added"]),
        ("compare RCM CAM", ["RCM evidence members changed"]),
        ("country Canada", ["RCM evidence members changed", "RCM secretariats OAS added", "OWN added"]),
    ],
)
def test_an_answer_says_which_events_evidence_and_dates_are_own_data(
    call: Call, tmp_path: Path, typed: str, facts: list[str]
) -> None:
    path = tmp_path / "dated.yaml"
    path.write_text(DATED)
    assert told(call(*typed.split(), "--data", str(path), "--json").json()) == facts
    page = call(*typed.split(), "--data", str(path)).out
    assert all(", ".join(fact.split()[:-1]) in page.replace("\n", " ") for fact in facts)


def test_an_own_event_of_no_mechanism_is_told_too(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(DATED)
    facts = call("history", "--data", str(tmp_path), "--json").json()["own_data"]
    assert {"mechanism": None, "part": "events", "item": "2024-06", "change": "added"} in facts
    assert "- events, 2024-06 added" in call("history", "--data", str(tmp_path)).out


def test_every_country_is_told_of_a_list_that_own_data_take_out(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "without.yaml"
    path.write_text("extends: bundled\nmechanisms: [{id: RCM, members: null}]\n")
    assert told(call("country", "Belize", "--data", str(path), "--json").json()) == ["RCM members withdrawn"]
    assert "RCM, members withdrawn" in call("country", "Belize", "--data", str(path)).out


def test_each_record_of_a_list_says_what_of_it_is_own_data(call: Call, own: str) -> None:
    records = {record["id"]: told(record) for record in call("list", "mechanisms", "--data", own, "--json").json()}
    assert {id_ for id_, facts in records.items() if facts} == {"RCM"}
    assert "- R4V withdrawn" in call("list", "mechanisms", "--data", own).out


def test_extended_data_are_one_set_for_every_other_command(call: Call, own: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole.json"
    assert call("export", "json", str(whole), "--data", own).code == 0
    again = call("country", "Venezuela", "--data", str(whole), "--json").json()
    assert again == call("country", "Venezuela", "--data", own, "--json").json()


def test_a_citation_says_that_the_data_were_changed(call: Call, own: str) -> None:
    assert "as of April 2023, changed by your data" in call("cite", "--data", own).out
    assert "changed by your data" not in call("cite").out


def test_that_own_data_withdraw_a_country_rests_on_no_page(call: Call, own: str) -> None:
    record = call("membership", "Belize", "RCM", "--data", own, "--json").json()
    assert (record["listed"], record["evidence"]["status"], record["evidence"]["sources"]) == (False, "own data", [])


OTHER = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - {id: SEA, names: {en: Sea Forum}, kind: forum, relation: member, members: [PER, CHL]}
"""


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("Sea Forum --data own.yaml", 'govmap mechanism "Sea Forum" --data own.yaml'),
        ("mechanism Sea Forum --data own.yaml", 'govmap mechanism "Sea Forum" --data own.yaml'),
        ("list mechanisms Sea Forum --data own.yaml", "govmap list --help --data own.yaml"),
        ("search Sea Forum --data own.yaml", 'govmap search "Sea Forum" --data own.yaml'),
    ],
)
def test_what_to_type_instead_is_looked_up_in_the_data_of_the_call(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, tried: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text(OTHER, encoding="utf-8")
    answer = call(*typed.split())
    assert (answer.code, answer.err.partition(" Try: ")[2]) == (2, f"{tried}\n")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_wrong_with_own_data_is_told_once(call: Call, tmp_path: Path, form: tuple[str, ...]) -> None:
    (tmp_path / "mechanisms.yaml").write_text("about: {title: T}\nmechanisms: 5\n", encoding="utf-8")
    error = call("country", "Peru", "--data", str(tmp_path), *form).err
    assert error.count("Invalid data in") == 1
    assert "0 problems" not in error


def test_a_language_that_is_proposed_twice_is_one(call: Call, tmp_path: Path) -> None:
    one = "id: X, names: {en: Ex, es: Equis}, proposed_names: [es, es], kind: k, relation: member, members: [PER]"
    (tmp_path / "mechanisms.yaml").write_text(f"extends: bundled\nmechanisms: [{{{one}}}]\n", encoding="utf-8")
    assert call("mechanism", "X", "--data", str(tmp_path)).code == 0
