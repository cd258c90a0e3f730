"""A name that was read with a slip is told: beside a page on standard error, and within JSON."""

from __future__ import annotations

import shlex

import pytest
from tests.conftest import Call

import govmap
from govmap.errors import NotFoundError
from govmap.presentation import Presentation

PERU = {"typed": "peur", "kind": "country", "id": "PER", "name": "Peru"}


def test_a_page_has_a_line_on_standard_error(call: Call) -> None:
    answer = call("country", "peur")
    assert (answer.code, answer.err) == (0, '"peur" is read as Peru\n')
    assert answer.out == call("country", "Peru").out
    assert call("country", "peur", "--lang", "es").err == '"peur" se lee como Perú\n'
    assert call("country", "peur", "--json").err == ""


@pytest.mark.parametrize(
    ("words", "slips"),
    [
        ("country peur", [PERU]),
        ("brief peur", [PERU]),  # asks other questions on the way
        ("membership peur CAM", [PERU]),
        ("compare peur Chlie", [PERU, {"typed": "Chlie", "kind": "country", "id": "CHL", "name": "Chile"}]),
        ("mechanism 'Quito Proces'", [{"typed": "Quito Proces", "kind": "mechanism", "id": "QUITO", "name": "QUITO"}]),
        ("country perú", None),
        ("country PER", None),
        ("mechanism 'quito process'", None),
    ],
)
def test_json_has_what_each_was_read_as(call: Call, words: str, slips: list[dict[str, str]] | None) -> None:
    assert call(*shlex.split(words), "--json").json().get("read_as") == slips


def test_each_record_of_a_list_has_it(call: Call) -> None:
    records = call("list", "mechanisms", "--member", "peur", "--json").json()
    assert [record["read_as"] for record in records] == [[PERU]] * 6


def test_an_answer_tells_only_its_own(atlas: govmap.Atlas) -> None:
    with pytest.raises(NotFoundError):
        govmap.compare(atlas, "peur", "Nowhere at all")
    assert Presentation(govmap.country(atlas, "Peru")).slips == ()
