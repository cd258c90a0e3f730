"""Many questions in one call, one a line of standard input."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Answer, Call

import govmap

Ask = Callable[..., Answer]
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), min_size=1, max_size=12)


@pytest.fixture(name="ask")
def _ask(call: Call, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Run one call with *content* on standard input."""

    def run(content: str | bytes, *arguments: str) -> Answer:
        raw = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        return call(*arguments)

    return run


def records(answer: Answer) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.mark.parametrize(
    ("command", "line", "arguments"),
    [
        (("country", "-"), "Perú", ("country", "Perú")),
        (("country", "-", "--scope", "all"), "Perú", ("country", "Perú", "--scope", "all")),
        (("mechanism", "-"), "Proceso de Quito", ("mechanism", "Proceso de Quito")),
        (("overlap", "-"), "trata de personas", ("overlap", "trata de personas")),
        (("search", "-"), "acnur", ("search", "acnur")),
        (("membership", "-"), "Peru\tRCM", ("membership", "Peru", "RCM")),
        (("membership", "Peru", "-"), "RCM", ("membership", "Peru", "RCM")),
        (("country", "-", "--as-of", "2010"), "Perú", ("country", "Perú", "--as-of", "2010")),
        (("country", "-", "--sources", "--lang", "es"), "Perú", ("country", "Perú", "--sources", "--lang", "es")),
    ],
)
def test_a_line_has_the_answer_that_its_own_call_has(
    ask: Ask, call: Call, command: tuple[str, ...], line: str, arguments: tuple[str, ...]
) -> None:
    answer = ask(f"{line}\n", *command)
    assert (answer.code, answer.err) == (0, "")
    (record,) = records(answer)
    assert record.pop("asked") == line
    assert record == call(*arguments, "--json").json()


def test_what_fails_has_its_error_in_its_place_and_the_call_fails_at_its_end(ask: Ask, call: Call) -> None:
    answer = ask("Peru\nAtlantis\n\n  \r\nGuinee\nCHL\r\n", "country", "-")
    found = records(answer)
    assert [record["asked"] for record in found] == ["Peru", "Atlantis", "Guinee", "CHL"]
    assert [record.get("error", {}).get("kind") for record in found] == [None, "not_found", None, None]
    assert found[1]["error"] == json.loads(call("country", "Atlantis", "--json").err)["error"]
    assert (answer.code, answer.err) == (1, "Error: 1 of 4 questions has no answer; `error` says why\n")


def test_a_line_with_another_number_of_names_is_wrong_and_the_others_are_answered(ask: Ask) -> None:
    found = records(ask("Peru RCM\nPeru\tRCM\nPeru\tRCM\tCSM\n", "membership", "-"))
    assert [record.get("listed", record.get("error", {}).get("kind")) for record in found] == ["usage", False, "usage"]
    assert found[0]["error"]["message"] == "A line has 2 names, separated by tabs"
    (one,) = records(ask("Peru\tRCM\n", "country", "-"))
    assert one["error"]["message"] == 'No country is called "Peru\\u0009RCM"'


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_the_rows_of_all_answers_are_one_table(ask: Ask, atlas: govmap.Atlas, form: str, delimiter: str) -> None:
    answer = ask("Atlantis\n=1+1\nPeru\nNowhere\nChile\n", "country", "-", "--format", form)
    head, *rows = csv.reader(io.StringIO(answer.out, newline=""), delimiter=delimiter)
    answers = {name: govmap.country(atlas, name).rows() for name in ("Peru", "Chile")}
    assert head == ["question", *answers["Peru"].columns, "error"]
    assert [row[0] for row in rows if row[-1]] == ["Atlantis", "'=1+1", "Nowhere"]
    assert all(len(row) == len(head) for row in rows)
    for name, own in answers.items():
        assert len([row for row in rows if row[0] == name]) == len(own.rows)
    assert list(dict.fromkeys(row[0] for row in rows)) == ["Atlantis", "'=1+1", "Peru", "Nowhere", "Chile"]


def test_where_nothing_is_answered_a_table_has_the_questions_and_the_errors(ask: Ask) -> None:
    answer = ask("Atlantis\nNowhere\n", "country", "-", "-f", "csv")
    assert answer.out.split("\r\n") == [
        "question,error",
        'Atlantis,"No country is called ""Atlantis"""',
        'Nowhere,"No country is called ""Nowhere"""',
        "",
    ]
    assert ask("", "country", "-", "-f", "csv").out == "question,error\r\n"
    assert ask("", "country", "-", "-f", "csv", "--bom").out == "\ufeffquestion,error\r\n"
    assert ask("", "country", "-") == (0, "", "")


def test_a_file_is_written_whole_and_in_the_format_of_its_ending(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    assert ask("Peru\n", "country", "-", "-o", str(path), "--bom") == (0, "", "")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfquestion,asked,")
    assert ask("Atlantis\n", "country", "-", "-o", str(path)).code == 1
    assert path.read_text(encoding="utf-8").count("\n") == 2


@pytest.mark.parametrize("form", ["json", "table", "md", "xlsx", "svg"])
def test_other_formats_are_refused_with_those_to_type(ask: Ask, form: str) -> None:
    answer = ask("Peru\n", "country", "-", "--format", form)
    assert (answer.code, answer.out) == (2, "")
    assert '"Several answers can only be ' in answer.err or answer.err.startswith("Error: Several answers can only be ")
    assert "--format jsonl" in answer.err


@pytest.mark.parametrize(
    ("content", "line"), [("Peru\n".encode("utf-16"), 1), (b"Peru\nChile\n\0\n", 3), (b"x" * 200_000, 1)]
)
def test_what_is_no_text_is_refused_with_its_line(ask: Ask, content: bytes, line: int) -> None:
    answer = ask(content, "country", "-")
    assert (answer.code, answer.err) == (3, f"Error: standard input, line {line}: this is not UTF-8 text\n")


def test_a_mark_of_utf_8_is_no_part_of_a_name_and_bytes_of_another_encoding_find_nothing(ask: Ask) -> None:
    found = records(ask(b"\xef\xbb\xbfPeru\nPer\xfa\n", "country", "-"))
    assert found[0]["country"]["code"] == "PER"
    assert found[1]["asked"] == "Per\ufffd"


def test_a_closed_standard_input_is_said(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert call("country", "-") == (3, "", "Error: Cannot read standard input: it is closed\n")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES | st.sampled_from(["Peru", "PER", "Chile", "RCM", "Ecuadr"]), max_size=8))
def test_there_is_one_record_for_each_line_in_their_order(ask: Ask, names: list[str]) -> None:
    answer = ask("".join(f"{name}\n" for name in names), "country", "-")
    asked = [name.strip("\r\n ") for name in names if name.strip("\r\n ").strip()]
    assert [record["asked"] for record in records(answer)] == asked
    assert answer.code == int(any("error" in record for record in records(answer)))


def test_an_input_that_cannot_be_read_is_told(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise IsADirectoryError(21, "Is a directory")

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    error = "Error: Cannot read standard input: Is a directory\n"
    assert call("country", "-", "-o", str(tmp_path / "a.jsonl")) == (3, "", error)
    assert list(tmp_path.iterdir()) == []
