"""What a JSON Schema cannot say of the JSON: lists in order, `[]` and null, cautions and sources."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govmap.questions import NAMES, declaration_of

INVENTED = Path(__file__).parent / "data" / "invented"
EXAMPLES = [(name, *shlex.split(example)) for name in NAMES for example in declaration_of(name).examples]


@pytest.fixture(name="ask")
def _ask(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Return what makes a call with --json, in a folder with the data that examples speak of, and gives the record."""
    (tmp_path / "our-data").symlink_to(INVENTED)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: call(*arguments, "--json")


# By question and path: the fields by which a list is ordered; "-" stands before one whose length counts down.
CHANGES = {"changes": "date mechanism"}
ORDERS: dict[str, dict[str, str]] = {
    "country": {"mechanisms": "id", "not_in": "id", "themes": "id", "themes.mechanisms": "", **CHANGES}
    | {"mechanisms.groups": "number", "mechanisms.groups.themes": "", "mechanisms.secretariat": ""},
    "mechanism": {"members": "code", "groups": "number", "groups.themes": "", "secretariat": "agency", **CHANGES},
    "membership": {"elsewhere": "id", **CHANGES},
    "compare": {"shared": "key", "only": "key", "union": "key", "partly.shared": "key", "themes.shared": ""},
    "overlap": {"groups": "relevance mechanism number", "mechanisms": "id", "uncovered": "code"}
    | {"countries": "-mechanisms code", "groups.themes": "", **CHANGES},
    "gaps": {"countries": "-gaps code", "countries.gaps": "id", "countries.gaps.mechanisms": "", "themes": ""},
    "cover": {"wanted": "", "unreachable": "", "solutions": "", **CHANGES},
    "map": {"tiles": "code"},
    "matrix": {"combinations.countries": "code"},
}
LISTS = {"mechanisms": "id", "countries": "code", "themes": "id", "groups": "mechanism number"}
LISTS |= {"secretariats": "agency", "sources": "id"}


def at(value: Any, path: str) -> Iterator[list[Any]]:
    """Yield the lists at a path of keys; the keys of a record that are ids of data are gone through like a list."""
    key, _, rest = path.partition(".")
    below = value.get(key) or [] if isinstance(value, dict) else []
    for found in below.values() if isinstance(below, dict) and key == "only" else [below]:
        if not rest:
            yield found
            continue
        for item in found if isinstance(found, list) else [found]:
            yield from at(item, rest)


def order(item: Any, fields: str) -> Any:
    """Return that by which an item stands where it does."""

    def part(field: str) -> Any:
        if field == "key":
            return item.get("code", item.get("id"))
        return -len(item[field[1:]]) if field.startswith("-") else item[field]

    return item if not fields else tuple(map(part, fields.split()))


@pytest.mark.parametrize("arguments", [call for call in EXAMPLES if call[0] in ORDERS], ids=" ".join)
def test_the_lists_of_an_answer_are_sorted_and_have_each_once(
    ask: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    answer = ask(*arguments).json()
    for path, fields in ORDERS[arguments[0]].items():
        for found in at(answer, path):
            places = [order(item, fields) for item in found]
            assert places == sorted(places), path
            assert len(places) == len({str(place) for place in places}) or path == "changes"


@pytest.mark.parametrize("what", LISTS)
def test_a_list_is_sorted_by_its_key_and_has_each_once(ask: Callable[..., Any], what: str) -> None:
    places = [order(item, LISTS[what]) for item in ask("list", what).json()]
    assert places == sorted(set(places))


def test_what_is_empty_is_an_empty_list(ask: Callable[..., Any]) -> None:
    kenya = ask("country", "Kenya").json()
    assert [kenya[key] for key in ("mechanisms", "themes", "changes", "sources")] == [[], [], [], []]
    both = ask("compare", "RCM", "MIRPS").json()
    assert (both["only"]["MIRPS"], both["themes"]["shared"], both["changes"]) == ([], [], [])
    assert both["themes_unknown"] == []
    assert ask("list", "groups", "--theme", "remittances").out == "[]\n"


def test_what_is_not_known_is_null_and_the_reason_is_given(ask: Callable[..., Any]) -> None:
    named = ask("mechanism", "GCM").json()
    assert (named["members"], named["groups"], named["secretariat"]) == (None, None, None)
    assert "members" in named["unclear"]
    assert "secretariat" in ask("mechanism", "LAD").json()["unclear"]
    assert "groups" in ask("mechanism", "CAM").json()["unclear"]
    assert ask("compare", "RCM", "CAM").json()["themes_unknown"] == ["CAM"]
    assert ask("membership", "Peru", "GCM").json()["listed"] is None
    assert ask("membership", "Peru", "RCM").json()["listed"] is False


CAUTIOUS = [call for call in EXAMPLES if call[0] not in ("list", "search", "validate", "diff", "map", "matrix")]


@pytest.mark.parametrize("arguments", CAUTIOUS, ids=" ".join)
def test_a_date_of_which_nothing_or_less_is_known_has_a_caution_and_the_others_null(
    ask: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    def caution(*date: str) -> str | None:
        answer = ask(*arguments, *date)
        return None if answer.code else answer.json()["caution"]

    assert str(caution("--as-of", "2022-07")).startswith("The lists are those of April 2023. ")
    assert str(caution("--as-of", "2050")).startswith("No source was consulted after ")
    assert [caution(), caution("--as-of", "2023-04"), caution("--as-of", "2024")] == [None, None, None]


def test_a_seat_has_the_evidence_of_the_secretariat_with_sources_that_stand_in_full(ask: Callable[..., Any]) -> None:
    answer = ask("country", "Peru").json()
    evidence = {seat["id"]: seat["secretariat_evidence"] for seat in answer["mechanisms"]}
    assert (evidence["CAM"]["status"], evidence["SACM"]["sources"] != []) == ("note only", True)
    used = {id_ for piece in evidence.values() for id_ in piece["sources"]}
    assert used <= {source["id"] for source in answer["sources"]}


def test_a_country_that_left_has_the_sources_of_it_in_full(ask: Callable[..., Any]) -> None:
    answer = ask("country", "Nicaragua", "--as-of", "2024").json()
    (left,) = [absence for absence in answer["not_in"] if absence["id"] == "CAM"]
    assert left["note"] == "Left on 19 November 2023"
    assert left["sources"]
    assert set(left["sources"]) <= {source["id"] for source in answer["sources"]}


def test_the_answer_is_utf_8_with_two_spaces_of_indent_and_a_line_break(ask: Callable[..., Any]) -> None:
    out = ask("country", "CUW").out
    assert out.startswith('{\n  "country": {\n    "code": "CUW",\n')
    assert '"Curaçao"' in out
    assert out.endswith("\n}\n")
