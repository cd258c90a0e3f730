from __future__ import annotations

import pytest
from tests.dataset.conftest import VALID, Files, Problems, Write, problems_of

import govmap
from govmap.dataset import load, own

HEAD = VALID.partition("  - id")[0]
RECORD = """\
id: TWO
names: {en: Two}
kind: network
relation: member
members: [PER]
"""
EVENTS = """\
events:
  - {date: "2019", kind: meeting, text: The second, sources: []}
  - {date: "2018", kind: meeting, text: The first, sources: [], mechanisms: [ONE, TWO]}
"""
BOTH: Files = {"mechanisms.yaml": f"{VALID}  - TWO\n", "mechanisms/TWO.yaml": RECORD}


def test_a_mechanism_in_a_file_of_its_own_is_read_as_if_it_stood_where_it_is_named(write: Write) -> None:
    inside = "".join(f"    {line}\n" for line in RECORD.splitlines())[2:]
    whole = load(write({"mechanisms.yaml": f"{HEAD}  -{inside[1:]}{VALID.removeprefix(HEAD)}"}))
    files: Files = {"mechanisms.yaml": f"{HEAD}  - TWO\n{VALID.removeprefix(HEAD)}", "mechanisms/TWO.yaml": RECORD}
    assert load(write(files)).dataset == whole.dataset
    assert [mechanism.id for mechanism in whole.dataset.mechanisms] == ["TWO", "ONE"]


def test_the_events_of_a_mechanism_may_stand_with_it_and_are_in_the_order_of_dates(write: Write) -> None:
    general = 'events: [{date: "2018-05", kind: statement, text: Of none, sources: []}]\n'
    folder = write({**BOTH, "mechanisms.yaml": f"{general}{VALID}  - TWO\n", "mechanisms/TWO.yaml": RECORD + EVENTS})
    events = [(event.text, event.mechanisms) for event in load(folder).dataset.events]
    assert events == [("The first", ("ONE", "TWO")), ("Of none", ()), ("The second", ("TWO",))]
    (folder / "mechanisms" / "TWO.yaml").unlink()
    held = "".join(f"    {line}\n" for line in (RECORD + EVENTS).splitlines())[4:]
    alone = folder / "mechanisms.yaml"
    alone.write_text(f"{general}{VALID}  - {held}")
    assert [(event.text, event.mechanisms) for event in load(alone).dataset.events] == events


def test_an_event_is_of_the_mechanisms_of_its_facts(write: Write) -> None:
    told = RECORD + EVENTS.replace("sources: []}", "sources: [], facts: [ONE/members/CHL, TWO/members/PER]}")
    event, _ = load(write({**BOTH, "mechanisms/TWO.yaml": told})).dataset.events[::-1]
    assert (event.mechanisms, event.facts) == (("ONE", "TWO"), ("ONE/members/CHL", "TWO/members/PER"))


def test_a_file_of_a_mechanism_extends_the_bundled_one(write: Write) -> None:
    change = 'id: RCM\nmembers: [{code: VEN, since: "2025-03"}]\n' + EVENTS.replace("ONE, TWO", "SACM")
    folder = write({"mechanisms.yaml": "extends: bundled\nmechanisms: [RCM]\n", "mechanisms/RCM.yaml": change})
    atlas = govmap.load(folder, as_of="2025-12")
    assert "VEN" in [member.code for member in atlas.mechanism("RCM").members]
    assert [event.mechanisms for event in atlas.dataset.events if event.text == "The first"] == [("RCM", "SACM")]


def test_a_changed_mechanism_file_is_seen_despite_a_cached_snapshot(write: Write) -> None:
    folder = write(BOTH)
    assert [member.code for member in load(folder).dataset.mechanisms[1].members] == ["PER"]
    (folder / "mechanisms" / "TWO.yaml").write_text(RECORD.replace("PER", "CHL"))
    assert [member.code for member in load(folder).dataset.mechanisms[1].members] == ["CHL"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"mechanisms/TWO.yaml": f"{RECORD}founded: 2020\n"}, "6:1: `founded` must be a text; write it in quotes"),
        ({"mechanisms/TWO.yaml": RECORD.replace("PER", "PERU")}, '5:11: "PERU" is a name, not a code; write PER'),
        ({"mechanisms/TWO.yaml": f"{RECORD}joined: x\n"}, "6:1: `joined` is not a key of `mechanisms`"),
        ({"mechanisms/TWO.yaml": RECORD.replace("PER", "PER, PER")}, "1:1: TWO lists PER twice; keep one"),
        ({"mechanisms/TWO.yaml": f"{RECORD}events: [{{date: x}}]\n"}, "6:10: `events` lacks the key `kind`; add it"),
        ({"mechanisms/TWO.yaml": f"{RECORD}events: x\n"}, "6:1: `events` must be a list"),
        ({"mechanisms/TWO.yaml": f"{RECORD}id: TWO\n"}, "6:1: `id` is repeated here (first on line 1)"),
        (
            {"mechanisms/TWO.yaml": RECORD.replace("id: TWO", "id: TOO")},
            "1:1: `id` must be TWO, like the name of the file",
        ),
        ({"mechanisms/TWO.yaml": "a: [\n"}, "2:1: this is not YAML"),
        ({"mechanisms/TWO.yaml": ""}, "1:1: this file is empty"),
        ({"mechanisms/TWO.yaml": "[TWO]"}, "1:1: `mechanisms/TWO.yaml` must be a mapping, not a list"),
        ({"mechanisms.yaml": VALID}, "1:1: mechanisms.yaml does not name this file; add `- TWO` to its `mechanisms`"),
    ],
)
def test_a_mistake_is_reported_in_its_own_file(problems: Problems, files: dict[str, str], problem: str) -> None:
    found = problems({**BOTH, **files})
    assert found[0].startswith(f"mechanisms/TWO.yaml:{problem}")
    assert all(line.startswith("mechanisms/TWO.yaml:") for line in found)


def test_a_second_record_of_one_id_names_the_file_of_the_first(problems: Problems) -> None:
    again = VALID.replace("id: ONE", "id: TWO")
    first = "mechanisms/TWO.yaml:1:1: the mechanism TWO is repeated here (first in mechanisms.yaml, line 3); keep one"
    assert problems({**BOTH, "mechanisms.yaml": f"{again}  - TWO\n"}) == [first]


@pytest.mark.parametrize("name", ["TWO", "../TWO", "/etc/TWO", "two words"])
def test_a_missing_file_is_reported_where_it_is_named(write: Write, name: str) -> None:
    text = "next to this one; add it, or write the mechanism here"
    line = f'mechanisms.yaml:9:5: there is no file "mechanisms/{name}.yaml" {text}'
    assert problems_of(write({"mechanisms.yaml": f"{VALID}  - {name}\n"})) == [line]


def test_a_link_out_of_the_folder_is_refused(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "TWO.yaml"
    outside.write_text(RECORD)
    folder = write({**BOTH})
    (folder / "mechanisms" / "TWO.yaml").unlink()
    try:
        (folder / "mechanisms" / "TWO.yaml").symlink_to(outside)
    except OSError:
        pytest.skip("this account may not make links")
    with pytest.raises(govmap.DataError, match="is a link that leads out of the folder"):
        own.load_own(str(folder))
