"""The `import` command: what it writes to the screen, to a pipe and to the folder, and what others make of that."""

from __future__ import annotations

import io
import json
import re
import shlex
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govmap.dataset import Database, load, own
from govmap.importing import importer

TABLE = "organisation,country,from,to,name\nUN,Yugoslavia,1945-10-24,1992-06,United Nations\nUN,Perú,1945-10-31,,\n"
IGNORED = "--ignore is for a matrix; in other tables, columns without a role are never read. Try: --wide\n"
BAD_TABLE = TABLE + "UN,Preu,1945,,\n"


@pytest.fixture(name="bundled", scope="module")
def _bundled() -> Database:
    return load()


@pytest.fixture(autouse=True)
def _bundled_once(bundled: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Build on one bundled dataset, in a folder of the test's own."""
    monkeypatch.setattr(importer, "load_bundled", lambda: bundled)
    monkeypatch.setattr(own, "load_bundled", lambda *_: bundled)
    monkeypatch.chdir(tmp_path)
    yield


def write(text: str, name: str = "table.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def files() -> dict[str, str]:
    """Return the text of every file below the folder of the test, by path."""
    return {p.as_posix(): p.read_text(encoding="utf-8") for p in sorted(Path().rglob("*")) if p.is_file()}


def test_a_table_becomes_a_valid_dataset_on_which_commands_answer(call: Callable[..., Any]) -> None:
    answer = call("import", write(TABLE), "--output", "made")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("table.csv: 2 of 2 rows used\nWritten to made\n")
    assert "Yugoslavia (YUG)" in answer.err
    valid = call("validate", "made", "--json").json()
    assert (valid["errors"], valid["warnings"]) == ([], [])
    page = call("country", "Yugoslavia", "--data", "made").out
    assert page.startswith("Yugoslavia (YU, YUG), historical state  ")
    assert call("country", "Yugoslavia", "--data", "made", "--as-of", "1993", "--json").json()["mechanisms"] == []
    tiles = call("map", "UN", "--data", "made", "--as-of", "1990").out
    assert "Without a place on this map\nYugoslavia" in tiles


def test_the_report_is_a_record_on_standard_output_with_json(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = call("import", write(TABLE), "-o", "made", "--json")
    assert (answer.code, answer.err) == (0, "")
    report = answer.json()
    assert (report["written"], report["output"], report["rows"]["taken"]) == (True, "made", 2)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(told := io.BytesIO(), encoding="ascii"))
    call("import", write(TABLE, "é.csv"), "--dry-run", "--json")
    assert b'"\\u00e9.csv"' in told.getvalue()


def test_refused_rows_stop_the_import_and_are_reported_with_their_lines(call: Callable[..., Any]) -> None:
    before = {write(BAD_TABLE): BAD_TABLE}
    answer = call("import", "table.csv", "-o", "made")
    assert (answer.code, answer.out) == (3, "")
    assert 'line 4: "Preu" is not a country\'s name or code; did you mean Peru?' in answer.err.replace("\n  ", " ")
    assert answer.err.endswith(
        "Error: 1 row was refused, so nothing was written. Try: --skip-bad-rows, to write the others\n"
    )
    assert files() == before
    machine = call("import", "table.csv", "-o", "made", "--json")
    assert machine.code == 3
    assert machine.json()["refused"] == [
        {"reason": '"Preu" is not a country\'s name or code; did you mean Peru?', "lines": [4]}
    ]
    assert json.loads(machine.err)["error"]["kind"] == "data"
    assert files() == before


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("UN,Preu,1945,,\nUN,Chlie,1945,,\n", "2 rows were refused, so nothing was written. Try: --skip-bad-rows, to "),
        (None, "No row could be used, so nothing was written\n"),
    ],
)
def test_why_nothing_was_written_is_told_last(call: Callable[..., Any], rows: str | None, message: str) -> None:
    table = TABLE + rows if rows else BAD_TABLE.replace("Perú", "Preu").replace("Yugoslavia", "Preu")
    answer = call("import", write(table), "-o", "made")
    assert (answer.code, answer.out) == (3, "")
    assert f"Error: {message}" in answer.err
    assert list(files()) == ["table.csv"]


def test_the_other_rows_are_written_with_skip_bad_rows(call: Callable[..., Any]) -> None:
    answer = call("import", write(BAD_TABLE), "-o", "made", "--skip-bad-rows")
    assert answer.code == 0
    assert answer.err.startswith("table.csv: 2 of 3 rows used\nWritten to made\n")
    assert "Preu" in answer.err
    assert "PER" in files()["made/mechanisms.yaml"]


def test_the_page_of_a_long_report_shows_the_first_lines(call: Callable[..., Any]) -> None:
    rows = [*(f"UN,Nowhere{number},," for number in range(21)), *(",PER,," for _ in range(11)), ",,,"]
    rows += ["UN,PER,1945,1950", "UN,PER,1949,1960", "UN,PER,1949,1960"]
    err = call("import", write("organisation,country,from,to\n" + "\n".join(rows)), "--dry-run").err
    assert "35 read: 1 used, 2 merged with others, 32 refused" in err
    assert "Empty rows" in err
    assert "… and 2 more; --json lists all" in err
    assert "lines 35, 36, 37: UN, PER, overlapping periods" in err
    err = call("import", write("organisation,country\n" + ",PER\n" * 12), "--dry-run").err
    assert "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more: the organisation is missing" in err
    err = call("import", write("country,UN,EU\nPeru,1,0\nChile,-1,-9\n"), "--dry-run", "--wide").err
    assert "1 listed, 1 not, 1 not in the system of states (-1), 1 missing (-9)" in " ".join(err.split())


def test_a_dataset_is_replaced_only_with_force_and_as_a_whole(call: Callable[..., Any]) -> None:
    call("import", write(TABLE), "-o", "made")
    before = files()
    answer = call("import", "table.csv", "-o", "made", "--title", "Other")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == 'Error: "made" exists already and is not empty. Try: --force, which replaces it\n'
    assert files() == before
    long = Path("m" * 190)
    long.mkdir()
    (long / "mine").touch()
    refused = call("import", "table.csv", "-o", str(long)).err
    assert refused == f'Error: "{long}" exists already and is not empty\n'
    (long / "mine").unlink()
    long.rmdir()
    write("organisation,country\nEU,France\n", "other.csv")
    assert call("import", "other.csv", "-o", "made", "--force").code == 0
    made = sorted(path for path in files() if path.startswith("made"))
    assert made == ["made/mechanisms.yaml", "made/schema.json", "made/sources.yaml"]
    assert sorted(path.name for path in Path().iterdir()) == ["made", "other.csv", "table.csv"]


def test_a_folder_with_other_things_is_never_replaced(call: Callable[..., Any]) -> None:
    call("import", write(TABLE), "-o", "made")
    Path("made/notes.txt").touch()
    before = files()
    assert "--force" not in call("import", "table.csv", "-o", "made").err
    answer = call("import", "table.csv", "-o", "made", "--force")
    assert answer.code == 2
    assert answer.err.endswith('Error: "made" also holds "notes.txt"; name another folder\n')
    assert files() == before
    Path("made/notes.txt").unlink()
    Path("made/words.yaml").write_bytes(b"\xff")
    assert call("import", "table.csv", "-o", "made", "--force").code == 0
    assert Path("made/words.yaml").read_bytes() == b"\xff", "it is somebody's"


ALIASES = "alpha3,alias\nPER,Upper Peru\n"
WORDS = "neutral: {en: [please]}\n"


def test_what_no_import_wrote_stays_or_stops_the_next(call: Callable[..., Any]) -> None:
    """Of the four files that an import may make beside two, these four come and go; the others are somebody's."""
    old = "organisation,country,group,theme\nUN,Upper Volta,Work,things\nUN,USSR,,\nUN,burma,,\n"
    call("import", write(old), "-o", "made")
    came = {"made/countries.csv", "made/country_aliases.csv", "made/themes.yaml"}
    assert came <= set(files())
    Path("made/words.yaml").write_text(WORDS, encoding="utf-8")
    write("organisation,country\nEU,France\n", "other.csv")
    assert call("import", "other.csv", "-o", "made", "--force").code == 0
    after = files()
    assert after["made/words.yaml"] == WORDS
    assert came & set(after) == set()
    Path("made/country_aliases.csv").write_text(ALIASES, encoding="utf-8")
    assert call("import", "other.csv", "-o", "made", "--force").code == 0
    assert files()["made/country_aliases.csv"] == ALIASES
    assert call("country", "Upper Peru", "--data", "made").code == 0
    before = files()
    answer = call("import", "table.csv", "-o", "made", "--force")
    assert answer.code == 2
    assert 'country_aliases.csv" was changed after the import and is not replaced; name another folder' in answer.err
    assert files() == before


@pytest.mark.parametrize("name", ["mechanisms.yaml", "sources.yaml", "countries.csv", "schema.json"])
def test_a_dataset_written_by_hand_is_never_replaced(call: Callable[..., Any], name: str) -> None:
    call("import", write(TABLE), "-o", "made")
    Path("made", name).write_text("mine,\nmine,\n", encoding="utf-8")
    before = files()
    assert call("import", "table.csv", "-o", "made", "--force").code == 2
    assert files() == before


def test_the_files_are_completed_by_editors(call: Callable[..., Any]) -> None:
    call("import", write(TABLE), "-o", "made")
    made = files()
    for name in ("mechanisms.yaml", "sources.yaml"):
        assert made[f"made/{name}"].startswith("# yaml-language-server: $schema=schema.json\n")
    assert json.loads(made["made/schema.json"]) == call("schema", "dataset").json()


def test_a_write_that_fails_half_way_leaves_the_older_dataset(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    call("import", write(TABLE), "-o", "made")
    before = files()

    def write_half(_dataset: object, path: Path) -> None:
        path.mkdir()
        (path / "mechanisms.yaml").write_text("abo", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govmap.importing.write_dataset", write_half)
    answer = call("import", "table.csv", "-o", "made", "--force")
    assert answer.code == 3
    assert answer.err.endswith('Error: Cannot write "made": No space left on device\n')
    assert files() == before


def test_a_dry_run_writes_nothing(call: Callable[..., Any]) -> None:
    before = {write(TABLE): TABLE}
    answer = call("import", "table.csv", "--dry-run")
    assert answer.code == 0
    assert answer.err.startswith("table.csv: 2 of 2 rows used\nNothing was written\n")
    assert files() == before


def test_standard_input_is_read(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TABLE.encode())))
    assert call("import", "-", "-o", "made").err.startswith("standard input: 2 of 2 rows used\n")


def test_what_never_ends_is_read_to_the_largest_size(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        left = 4 * 1024**2  # by far enough to tell; the real one would fill the memory

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            assert self.left > 0, "it is read without bound"
            self.left -= len(buffer)
            buffer[:] = b"0" * len(buffer)
            return len(buffer)

    monkeypatch.setattr("govmap.importing.table.MAX_BYTES", 1024**2)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    for file in ("-", "/dev/zero") if Path("/dev/zero").exists() else ("-",):
        answer = call("import", file, "-o", "made")
        assert (answer.code, answer.err.rpartition(" is ")[2]) == (3, "larger than 1 MB; split it\n")


def test_organisations_whose_names_give_no_id_are_numbered_in_linear_time(call: Callable[..., Any]) -> None:
    table = "organisation,country\n" + "".join(f"{chr(0x4E00 + number)},Peru\n" for number in range(5000))
    began = time.process_time()
    assert call("import", write(table), "-o", "made").code == 0
    assert time.process_time() - began < 20
    assert "  - id: organisation-5000\n" in files()["made/mechanisms.yaml"]


def test_the_dataset_says_what_the_options_say_of_it(call: Callable[..., Any]) -> None:
    title = f"NO: a list {'x' * 1989}"  # as long as it may be
    options = ("--title", f" {title} ", "--kind", "treaty body", "--reference-date", "2020-05")
    sourced = ("--source", "The list of the ministry", "--url", "https://example.org/list")
    assert call("import", write(TABLE), "-o", "made", *options, *sourced).code == 0
    record = call("export", "json", "--data", "made").json()
    assert (record["about"]["title"], record["about"]["reference_date"]) == (title, "2020-05")
    assert record["mechanisms"][0]["kind"] == "treaty body"
    (source,) = [source for source in record["sources"] if source["id"] == "table"]
    assert (source["title"], source["url"]) == ("The list of the ministry", "https://example.org/list")
    assert record["mechanisms"][0]["evidence"]["members"]["sources"] == ["table"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("table.csv",), 2, "Name the folder to create. Try: --output FOLDER; --dry-run, which writes nothing"),
        (("none.csv", "-o", "made"), 3, 'Cannot read "none.csv": No such file or directory'),
        ((".", "-o", "made"), 3, 'Cannot read ".": Is a directory'),
        (("table.csv", "-o", "a/b"), 2, "There is no folder"),
        (("table.csv", "-o", "made", "--codes", "cow"), 2, '--codes cannot be "cow". Try: --codes name'),
        *(
            (("table.csv", "-o", "made", f"--delimiter={sign}"), 2, f'--delimiter cannot be "{sign}". Try: ')
            for sign in ("ab", "a", "é", " ")
        ),
        (("table.csv", "-o", "made", "--ignore", "x"), 2, IGNORED),
        (("table.csv", "-o", "made", "--title", "x" * 2001), 2, "--title takes a text of 1 to 2000 characters"),
        (("table.csv", "-o", "made", "--reference-date", "1945-13"), 2, '"1945-13" is not a date'),
        (("table.csv", "-o", "made", "--title", " "), 2, "--title takes a text of 1 to 2000 characters"),
        (("table.csv", "-o", "table.csv"), 2, '"table.csv" exists already; name a folder that does not'),
    ],
    ids=str,
)
def test_a_wrong_call_is_an_error_and_writes_nothing(
    call: Callable[..., Any], arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = {write(TABLE): TABLE}
    answer = call("import", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith(f"Error: {message}")
    assert files() == before


def test_the_texts_of_a_dataset_are_english_in_every_language(call: Callable[..., Any]) -> None:
    call("import", write(TABLE), "-o", "one", "--lang", "es")
    call("import", "table.csv", "-o", "two")
    for name in ("mechanisms.yaml", "sources.yaml"):
        assert files()[f"one/{name}"] == files()[f"two/{name}"]


def test_a_text_from_a_table_cannot_control_a_terminal(call: Callable[..., Any]) -> None:
    hostile = "organisation,country\nUN,\x1b[31mPeru\nUN,Peru\n[red]x,\u202ePeru\n"
    err = call("import", write(hostile), "--dry-run").err
    assert "\x1b" not in err
    assert "\u202e" not in err
    assert "\\u001b[31mPeru" in err


TABLES = Path(__file__).parents[1] / "data" / "tables"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("package", "rows", "refused", "compared"),
    [("worldcountrygroups", 35, 1, {"pairs": 3, "shared": 0}), ("country_converter", 10, 0, {"pairs": 1, "shared": 3})],
)
def test_the_recipes_of_the_document_work_on_extracts_of_the_lists(
    call: Callable[..., Any], package: str, rows: int, refused: int, compared: dict[str, int]
) -> None:
    """The calls are those of docs/how-to/import.md; the extracts hold what its Python lines write."""
    recipe = DOCUMENT.partition(f"[{package}]")[2].partition("```\n")[0]
    calls = [shlex.split(line)[1:] for line in recipe.replace("\\\n", "").splitlines() if line.startswith("govmap ")]
    (make, *named), compare = calls[0], calls[1]
    write((TABLES / f"{package}.csv").read_text(encoding="utf-8"), "groups.csv")
    answer = call(make, *named, "--json")
    assert answer.code == 0
    counts = answer.json()["rows"]
    assert (counts["read"], counts["refused"]) == (rows, refused)
    comparison = call(*compare, "--json").json()
    assert {"pairs": len(comparison["pairs"]), "shared": len(comparison["shared"])} == compared


def test_the_example_tables_of_the_document_are_taken_whole(call: Callable[..., Any]) -> None:
    listings, matrix = re.findall(r"```csv\n(.*?)```", DOCUMENT, re.DOTALL)
    assert call("import", write(listings), "--dry-run", "--json").json()["memberships"] == 3
    assert call("import", write(matrix), "--dry-run", "--wide", "--json").json()["memberships"] == 7


def test_the_files_of_the_correlates_of_war_are_taken_by_their_headers(call: Callable[..., Any]) -> None:
    report = call("import", str(TABLES / "igo.csv"), "--wide", "-o", "igo", "--json").json()
    assert (report["codes"], report["layout"]) == ("cown", "countries and years by organisations")
    assert [country["code"] for country in report["new_countries"]] == ["SUN", "YUG"]
    seats = call("country", "USSR", "--data", "igo", "--json").json()["mechanisms"]
    assert [(seat["id"], seat["joined_by"]) for seat in seats] == [("UN", "1948")]
