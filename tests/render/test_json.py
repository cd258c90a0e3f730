"""JSON is the record as it is: two spaces of indent, UTF-8, a line break at the end."""

from __future__ import annotations

import json

import msgspec
import pytest

import govmap
from govmap.queries.records import CountryRef, Result
from govmap.render.json import to_json


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


@pytest.mark.parametrize("typed", ["\x1b[31m", "\u202e", "\x00", "[bold]x[/bold]", ":smile:", 'a"b\\c', "a\nb"])
def test_any_text_comes_back_as_it_was_and_no_escape_byte_is_written(typed: str) -> None:
    text = to_json(CountryRef("XXX", typed))
    assert json.loads(text)["name"] == typed
    assert "\x1b" not in text
    assert "\x00" not in text


def test_the_json_holds_the_same_as_the_record(atlas: govmap.Atlas) -> None:
    record: Result = govmap.profile_mechanism(atlas, atlas.mechanism("RCM"))
    assert json.loads(to_json(record)) == json.loads(msgspec.json.encode(record))
