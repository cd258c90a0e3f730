"""A wrong call gets one message on standard error, nothing on standard output, and an exit code that tells."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.made import read_data

LONG = "x" * 100_000

# By exit code: what was typed, with LONG for a text of that length, and the message, where … stands for some of it.
TABLE = [
    (code, tuple(LONG if argument == "LONG" else argument for argument in shlex.split(line)), part)
    for code, cases in read_data("wrong_calls.yaml").items()
    for line, part in cases
]


def _with_json(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Put --json where it is an option of the call: behind a command, at the end where there is no command."""
    return (arguments[0], "--json", *arguments[1:])


def _name(value: object) -> str | None:
    return " ".join(value)[:60].encode("unicode_escape").decode() if isinstance(value, tuple) else None


@pytest.mark.parametrize(("code", "arguments", "part"), TABLE, ids=_name)
def test_a_wrong_call_gets_one_message_and_its_exit_code(
    call: Callable[..., Any], code: int, arguments: tuple[str, ...], part: str
) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert re.fullmatch(".*".join(map(re.escape, f"Error: {part}\n".split("…"))), answer.err), answer.err
    assert answer.err.count("Error") == 1
    assert len(answer.err) < 1000


@pytest.mark.parametrize(
    ("code", "arguments", "part"), [case for case in TABLE if not {"-o", "-f"} & set(case[1])], ids=_name
)
def test_with_json_the_message_is_one_object_on_standard_error(
    call: Callable[..., Any], code: int, arguments: tuple[str, ...], part: str
) -> None:
    del part
    answer = call(*_with_json(arguments))
    error = json.loads(answer.err)["error"]
    assert answer.code == code
    if error["kind"] == "no_answer" and answer.out:
        told = answer.json()
        found = told.get("groups", []) + told.get("solutions", [])
        assert found == [], "what was understood is still told, without an answer"
        if arguments[0] == "gaps":
            assert all(row["seated"] == 0 for row in told["countries"])
    else:
        assert answer.out == ""
    assert list(error) == ["kind", "message", "suggestions"]
    assert error["kind"] in ({"not_found", "ambiguous", "no_answer"} if code == 1 else {"usage"})
    assert isinstance(error["message"], str)
    assert not error["message"].endswith(".")
    assert all(isinstance(text, str) for text in error["suggestions"])
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("hostile", ["\x1b[31mx", "a\nb", "\u202ePeru?x", "Peru\udcff", "--\x1b[31mx"])
@pytest.mark.parametrize(
    "before",
    [
        *((), ("country",), ("country", "Peru"), ("country", "Peru", "--as-of"), ("country", "Peru", "--data")),
        *(("compare", "RCM"), ("overlap",), ("list",), ("list", "mechanisms", "--kind")),
    ],
    ids=_name,
)
def test_no_control_character_of_a_call_reaches_the_terminal(
    call: Callable[..., Any], before: tuple[str, ...], hostile: str
) -> None:
    answer = call(*before, hostile)
    assert answer.code in (0, 1, 2, 3)  # Peru with a stray byte may still be Peru
    assert not {char for char in answer.err if (ord(char) < 32 and char != "\n") or char == "\u202e"}
    assert answer.err.count("\n") == (1 if answer.code else 0)
    as_json = call(*before, hostile, "--json")
    assert json.loads(as_json.out or as_json.err)


@pytest.mark.parametrize("form", ["yaml", "jsonl"])
def test_a_record_is_written_before_the_error_in_every_format_of_records(call: Callable[..., Any], form: str) -> None:
    record = call("overlap", "remittances", "--json").json()
    answer = call("overlap", "remittances", "--format", form)
    assert (answer.code, yaml.safe_load(answer.out)) == (1, record)


@pytest.mark.parametrize("form", ["json", "JSON", "jsonl", "ndjson"])
def test_the_failure_of_a_record_is_a_record_however_its_format_is_written(call: Callable[..., Any], form: str) -> None:
    answer = call("country", "Atlantis", "--format", form)
    assert (answer.code, json.loads(answer.err)["error"]["kind"]) == (1, "not_found")


def test_json_is_short_for_that_format_and_for_no_other(call: Callable[..., Any]) -> None:
    assert call("compare", "RCM", "MIRPS", "--json", "--format", "json", "--output", "-").json()["kind"] == "mechanism"
    answer = call("country", "Peru", "--json", "--format", "csv")
    assert (answer.code, json.loads(answer.err)["error"]) == (
        2,
        {
            "kind": "usage",
            "message": "--json is short for --format json; use one of them",
            "suggestions": ["--format csv", "--json"],
        },
    )


def test_json_before_the_command_suggests_it_after_the_name(call: Callable[..., Any]) -> None:
    answer = call("--json", "country", "Peru")
    error = json.loads(answer.err)["error"]
    assert (answer.code, answer.out, error["kind"]) == (2, "", "usage")
    assert "govmap country Peru --json" in error["suggestions"]


BROKEN: list[tuple[bytes | None, str]] = [
    (None, "holds no mechanisms.yaml"),
    (b"mechanisms: [", "mechanisms.yaml:"),
    (b"about: {title: T}\nmechanisms: []\nmore: 1\n", "mechanisms.yaml:"),
    (b"\xff\xfe\x00\x80", "is not UTF-8 text"),
    (b"", "mechanisms.yaml:"),
]


@pytest.mark.parametrize(("content", "part"), BROKEN)
@pytest.mark.parametrize("arguments", [("country", "Peru"), ("list",), ("compare", "RCM", "MIRPS")], ids=_name)
def test_data_that_cannot_be_read_is_an_exit_of_three(
    call: Callable[..., Any], tmp_path: Path, content: bytes | None, part: str, arguments: tuple[str, ...]
) -> None:
    if content is not None:
        (tmp_path / "mechanisms.yaml").write_bytes(content)
    plain, as_json = (call(*arguments, *options, "--data", str(tmp_path)) for options in ((), ("--json",)))
    assert (plain.code, plain.out) == (as_json.code, as_json.out) == (3, "")
    assert part in plain.err
    error = json.loads(as_json.err)["error"]
    assert error["kind"] == "data"
    assert part in error["message"]


@pytest.mark.parametrize(("name", "part"), [("missing", "There is no folder or file"), (LONG, "Cannot read")])
def test_a_place_without_data_is_an_exit_of_three(call: Callable[..., Any], name: str, part: str) -> None:
    answer = call("country", "Peru", "--data", name)
    assert (answer.code, answer.out, len(answer.err) < 1000) == (3, "", True)
    assert part in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("--help",), ("--version",), ("country", "--", "-Peru"), ("country", "Peru", "--json", "--json")),
        *(("gaps", "--country", "Peru", "--country", "Chile"), ("country", "Peru", "--as-of", " 2023 ")),
        *(("country", "Peru", "--as-of", "TODAY"), ("list", "MECHANISMS"), ("mechanism", "CMC"), ("country", "JP")),
        *(("country", "Cuba"), ("list", "groups", "--theme", "remittances"), ("list", "--as-of", "1900")),
    ],
    ids=_name,
)
def test_a_right_call_has_nothing_on_standard_error(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
