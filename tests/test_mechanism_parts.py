"""The parts of a mechanism: a list that is new to the data is known everywhere from its entry, and from its columns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

import govmap
from govmap.fields import Record
from govmap.mechanism_parts import PARTS
from govmap.model import Mechanism

RECORD = '''\
class Host(Span, frozen=True):
    """A country that hosts a mechanism."""

    code: CountryCode
    sessions: int
    elected: Date | None = None
    evidence: Evidence | None = None


class FormerName('''
FIELD = """\
    secretariats: tuple[Secretariat, ...] = ()
    hosts: tuple[Host, ...] = ()
"""
ENTRY = """\
    Part(
        "hosts",
        key="code",
        of="country",
        recurs=True,
        twice=N_("lists the host {code} twice; keep one"),
        matched_by=("code start", "code"),
        sentences=(N_("{mechanism}, new host: {names}"), N_("{mechanism}, host that ends: {names}")),
        needs_source=True,
        about="The countries that host a mechanism",
        foreign_key="host",
    ),
)


def find_part("""
COLUMNS = """	description
evidence.host	text	hosts		The one host it is about, else all
elected	date			When it was elected
sessions	integer			How many sessions it hosts
"""
TABLE = """
hosts	The countries that host a mechanism	id* mechanism country sessions elected? since? until? in_force scope
group_leads	"""
VIEW = """
create view hosts as
select f.key as id, f.mechanism, f.item as country, f.sessions, f.elected, f.since, f.until, f.in_force, f.scope
from dated_facts as f where f.part = 'hosts' order by f.id;

create view groups as"""
EVIDENCE = """case when a.part = 'hosts' then a.item end as host,
       case when a.part = 'links' then"""
FACT = """  other_number integer,
  sessions     integer,
  elected      text,
"""
ABOUT = {"title": "T", "version": "1", "reference_date": "2020"}
CONFIRMED = {"status": "confirmed", "sources": ["site"]}
MECHANISM = {
    "id": "ONE",
    "names": {"en": "One"},
    "kind": "forum",
    "relation": "member",
    "members": ["PER"],
    "evidence": {"members": CONFIRMED},
}
PERU = {"code": "PE", "sessions": 2, "since": "2018", "until": "2021", "evidence": CONFIRMED}
CHILE = {"code": "CHL", "sessions": 1, "since": "2019", "elected": "2018-11"}
SITE = {"id": "site", "title": "S", "publisher": "P", "date": None, "url": None, "kind": "page", "looked_up": "2020"}
SCRIPT = """
import json, sys
import msgspec
import govmap
from govmap.dataset.own import inspect_own
from govmap.export.readable import read_rows
from govmap.export.sqlite import dated_copy
from govmap.facts.tables import described_tables
from govmap.parts.facts import all_facts
from govmap.parts.inventory import take_inventory
from govmap.parts.turns import tell, turns_of

atlas, fewer = (govmap.load(folder) for folder in sys.argv[1:3])
diff = govmap.diff(fewer, atlas)
tables = {table.name: table for table in described_tables()}
with dated_copy(atlas) as database:
    rows = {name: list(read_rows(database, tables[name])) for name in ("hosts", "evidence")}
print(json.dumps(msgspec.to_builtins({
    "facts": [fact for fact in all_facts(atlas) if fact.part == "hosts"],
    "items": [item for item in take_inventory(atlas, dated=False) if item.kind == "hosts"],
    "dated": [(told.date, told.text, told.sources) for told in tell(atlas, turns_of(atlas.dataset.mechanisms[0]))],
    "added": [change.id for change in diff.changes if change.kind == "hosts"],
    "columns": [(column.name, column.type, column.refers) for column in tables["hosts"].columns],
    "hosts": rows["hosts"],
    "evidence": rows["evidence"],
    "check": [[problem.text for problem in problems] for problems in inspect_own(sys.argv[3])],
}, enc_hook=str)))
"""


def with_a_new_part(folder: Path) -> Path:
    """Return a folder with a copy of the package in which mechanisms have hosts: its record and entries."""
    package = Path(govmap.__file__).parent
    copy = folder / "src" / "govmap"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    if not (package / "data").exists():
        shutil.copytree(package.parents[1] / "data", folder / "data")
    for module, edits in (
        ("model.py", (("class FormerName(", RECORD), ("    secretariats: tuple[Secretariat, ...] = ()\n", FIELD))),
        ("mechanism_parts.py", ((")\n\n\ndef find_part(", ENTRY),)),
        (
            "facts/schema.sql",
            (("  other_number integer,\n", FACT),),
        ),
        ("facts/build.py", (('"other_number")', '"other_number", "sessions", "elected")'),)),
        ("facts/columns.tsv", (("\tdescription\n", COLUMNS),)),
        ("facts/tables.tsv", (("\ngroup_leads\t", TABLE), (" link? status", " host? link? status"))),
        ("facts/tables.sql", (("\ncreate view groups as", VIEW), ("case when a.part = 'links' then", EVIDENCE))),
    ):
        text = (copy / module).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (copy / module).write_text(text, encoding="utf-8")
    return copy.parent


def write(folder: Path, *hosts: dict[str, Any]) -> str:
    """Write the dataset with these hosts to a new *folder*; return its path."""
    folder.mkdir()
    (folder / "sources.yaml").write_text(json.dumps({"sources": [SITE]}))
    data = {"about": ABOUT, "mechanisms": [{**MECHANISM, "hosts": hosts}]}
    (folder / "mechanisms.yaml").write_text(json.dumps(data))  # JSON is YAML
    return str(folder)


@pytest.fixture(name="found", scope="module")
def _found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is known of the hosts of a mechanism."""
    folder = tmp_path_factory.mktemp("new")
    folders = [
        write(folder / name, *hosts)
        for name, hosts in (("whole", (PERU, CHILE)), ("fewer", (PERU,)), ("flawed", (PERU, PERU, CHILE)))
    ]
    environment = {**os.environ, "PYTHONPATH": str(with_a_new_part(folder))}
    command = (sys.executable, "-c", SCRIPT, *folders)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_new_part_is_in_the_facts_with_its_dates_and_its_evidence(found: dict[str, Any]) -> None:
    shown = [[f["value"], f["countries"], f["date"], f["until"], f["evidence"]["sources"]] for f in found["facts"]]
    assert shown == [["Peru", ["PER"], "2018", "2021", ["site"]], ["Chile", ["CHL"], "2019", None, []]]


def test_a_new_part_is_in_the_inventory_and_in_a_diff(found: dict[str, Any]) -> None:
    fields = {"sessions": 1, "elected": "2018-11", "since": "2019"}
    likeness = [["ONE", "CHL", "2019"], ["ONE", "CHL"]]
    assert found["items"][1] == ["hosts", "ONE/CHL", "Chile", fields, likeness, ["ONE"]]
    assert found["added"] == ["ONE/CHL"]


def test_a_history_has_the_dates_of_a_new_part_with_their_sources(found: dict[str, Any]) -> None:
    assert found["dated"] == [
        ["2018", "ONE, new host: Peru", ["site"]],
        ["2021", "ONE, host that ends: Peru", ["site"]],
        ["2019", "ONE, new host: Chile", []],
    ]


def test_the_table_of_a_new_part_has_a_column_for_each_field_and_is_referred_to_by_evidence(
    found: dict[str, Any],
) -> None:
    assert found["columns"] == [
        ["id", "text", None],
        ["mechanism", "text", "mechanisms"],
        ["country", "text", "countries"],
        ["sessions", "integer", None],
        ["elected", "date", None],
        ["since", "date", None],
        ["until", "date", None],
        ["in_force", "boolean", None],
        ["scope", "text", None],
    ]
    assert found["hosts"] == [
        ["ONE/PER/2018", "ONE", "PER", 2, None, "2018", "2021", True, "note"],
        ["ONE/CHL/2019", "ONE", "CHL", 1, "2018-11", "2019", None, True, "note"],
    ]
    of_peru = ["host/ONE/PER/2018", "ONE", "hosts", *[None] * 5, "ONE/PER/2018", None, "confirmed", None, None]
    assert found["evidence"][1:] == [of_peru]


def test_a_new_part_is_checked_for_repeats_and_for_sources(found: dict[str, Any]) -> None:
    example = "evidence: {hosts: {status: note only, sources: [...]}}"
    assert found["check"] == [
        ["ONE lists the host PER since 2018 twice; keep one"],
        [f"ONE has hosts without a source; add `{example}`"],
    ]


def test_the_table_has_every_list_of_records_but_the_former_names() -> None:
    lists = {
        field.name
        for field in msgspec.structs.fields(Mechanism)
        if isinstance(record := (*get_args(field.type), None)[0], type) and issubclass(record, Record)
    }
    assert {part.field for part in PARTS} == lists - {"former_names"}


def test_references_lead_to_parts_and_fields_to_those_of_their_records() -> None:
    for part in PARTS:
        list_ = next(field.type for field in msgspec.structs.fields(Mechanism) if field.name == part.field)
        fields = {*get_args(list_)[0].__struct_encode_fields__, "start"}
        named = f"{part.key} {part.columns} {' '.join(part.matched_by)}".split()
        assert {*named, *(reference.field for reference in part.references)} <= fields
        assert {reference.part for reference in part.references} <= {other.label for other in PARTS}
        assert part.foreign_key or not {"themes", "evidence"} & fields
