"""JSON is the record as it is: two spaces of indent, UTF-8, a line break at the end."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec
import pytest

import govmap
from govmap.formats.json import to_json, to_jsonl
from govmap.records import CountryRef, Result
from govmap.texts import UNSAFE


def test_a_record_becomes_an_object_with_two_spaces_of_indent_and_a_line_break_at_the_end() -> None:
    assert to_json(CountryRef("PER", "Peru")) == '{\n  "code": "PER",\n  "name": "Peru"\n}\n'


def test_letters_beyond_ascii_are_kept() -> None:
    assert '"Curaçao – 日本"' in to_json(CountryRef("CUW", "Curaçao – 日本"))


def test_an_empty_list_is_two_brackets() -> None:
    assert to_json(()) == "[]\n"


def test_a_list_of_records_is_an_array() -> None:
    assert json.loads(to_json((CountryRef("PER", "Peru"),))) == [{"code": "PER", "name": "Peru"}]


def test_null_is_written_and_no_key_is_left_out(invented: govmap.Atlas) -> None:
    profile = govmap.profile_country(invented, invented.country("France"))
    head = json.loads(to_json(profile))["country"]
    assert head == {"code": "FRA", "alpha2": "FR", "name": "France", "kind": "state", "sovereign": None}


@pytest.mark.parametrize(
    "typed",
    ["\x1b[31m", "\x9b2J", "\x7f", "\u202e", "\u2028", "\x00", "[bold]x[/bold]", ":smile:", 'a"b\\c', "a\nb", "\\x9b"],
)
@pytest.mark.parametrize("write", [to_json, to_jsonl])
def test_any_text_comes_back_as_it_was_and_no_control_is_written(write: Callable[[Result], str], typed: str) -> None:
    text = write(CountryRef("XXX", typed))
    assert json.loads(text)["name"] == typed
    assert UNSAFE.search(text) is None


def test_the_json_holds_the_same_as_the_record(atlas: govmap.Atlas) -> None:
    record: Result = govmap.profile_mechanism(atlas, atlas.mechanism("RCM"))
    assert json.loads(to_json(record)) == json.loads(msgspec.json.encode(record))
