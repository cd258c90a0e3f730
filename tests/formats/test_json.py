"""JSON is the record with two spaces of indent and a line break at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

import govmap
from govmap.formats.json import to_json, to_jsonl
from govmap.formats.yaml import to_yaml
from govmap.records import CountryRef, Result
from govmap.texts import UNSAFE

CURACAO, PERU = CountryRef("CUW", "Curaçao – 日本"), CountryRef("PER", "Peru")


@pytest.mark.parametrize(
    ("result", "text", "lines"),
    [
        (CURACAO, '{\n  "code": "CUW",\n  "name": "Curaçao – 日本"\n}\n', '{"code":"CUW","name":"Curaçao – 日本"}\n'),
        ((PERU,), '[\n  {\n    "code": "PER",\n    "name": "Peru"\n  }\n]\n', '{"code":"PER","name":"Peru"}\n'),
        ((), "[]\n", ""),
    ],
)
def test_a_record_is_an_indented_object_and_a_list_an_array_or_a_line_each(result: Any, text: str, lines: str) -> None:
    assert (to_json(result), to_jsonl(result)) == (text, lines)
    assert to_jsonl((CURACAO, PERU)) == to_jsonl(CURACAO) + to_jsonl(PERU)


def test_a_call_to_make_is_its_text(invented: govmap.Atlas) -> None:
    found = govmap.search(invented, "ALPHA")
    assert json.loads(to_jsonl(found)) == yaml.safe_load(to_yaml(found)) == json.loads(to_json(found))
    assert json.loads(to_json(found))["hits"][0]["command"] == "govmap.mechanism(atlas, 'ALPHA')"


def test_null_is_written_and_no_key_is_left_out(invented: govmap.Atlas) -> None:
    profile = govmap.country(invented, "France")
    head = json.loads(to_json(profile))["country"]
    assert head == {"code": "FRA", "alpha2": "FR", "name": "France", "kind": "state", "sovereign": None}


@pytest.mark.parametrize(
    "name",
    ["\x1b[31m", "\x9b2J", "\x7f", "\u202e", "\u2028", "\x00", "[bold]x[/bold]", ":smile:", 'a"b\\c', "a\nb", "\\x9b"],
)
@pytest.mark.parametrize("write", [to_json, to_jsonl])
def test_any_text_comes_back_as_it_was_and_no_control_is_written(write: Callable[[Result], str], name: str) -> None:
    text = write(CountryRef("XXX", name))
    assert json.loads(text)["name"] == name
    assert UNSAFE.search(text) is None
