"""The files that an import writes, as they were read and accepted; GOVMAP_UPDATE=1 writes them anew."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path

import pytest
import yaml
from tests.conftest import Call
from tests.made import accepted

ACCEPTED = Path(__file__).parent / "accepted"
REFUSED = yaml.safe_load((Path(__file__).parent / "refused.yaml").read_text(encoding="utf-8"))
TABLE = '''organisation,name,country,from,to,relation,group,theme
UN,United Nations,Perú,1945-10-31,,member,,
UN,United Nations,Yugoslavia,1945,1992-04-27,member,,
EU,"European Union: ""the 27""",Polonia,2004-05-01,,member,Borders,Schengen
EU,,Norway,1990,,observer,Borders,Schengen
EU,,Suécia,1995,,,Asylum,asylum
'''
ABOUT = ("--title", "Two unions", "--source", "A list", "--url", "https://example.org/list", "--kind", "union")


def test_the_files_match_the_golden_ones(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.csv").write_text(TABLE, encoding="utf-8")
    answer = call("import", "table.csv", "-o", "out", *ABOUT, "--reference-date", "2020")
    assert answer.code == 0
    written = {path.name: path.read_bytes().decode("utf-8") for path in sorted(Path("out").iterdir())}
    del written["schema.json"]  # which is that of `govmap schema dataset`
    told = {**written, "report.txt": answer.out + answer.err}
    for name, text in told.items():
        lines = (line for line in text.splitlines(keepends=True) if "looked_up" not in line)
        shown = "".join(lines)
        assert shown == accepted(ACCEPTED / name, shown)
    assert {path.name for path in ACCEPTED.iterdir()} == {*told, "refused"}


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_messages_for_refused_tables_match_the_golden_files(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.chdir(tmp_path)
    case = REFUSED[number]
    Path("table.csv").write_text(case["table"].replace("LONG", "x" * 2001), encoding="utf-8")
    answer = call("import", "table.csv", "--dry-run", *shlex.split(case["options"]))
    told = f"=== {case['options']} [{answer.code}]\n{case['table']}---\n{answer.out}{answer.err}"
    told = told.replace(f"Date of the data  {datetime.date.today()}", "Date of the data  today")
    assert told == accepted(ACCEPTED / "refused" / f"{number:02}.txt", told)
